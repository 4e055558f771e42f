import { answerRequest, type CodeDetails, issueCode, resendCode, revokeCode } from '../access-codes/access-code.ts';
import {
  refuseRequest as refuseCodeRequest,
  submitRequest,
  verifyRequest,
} from '../access-codes/access-code-request.ts';
import { answerDetails } from '../access-codes/applicant.ts';
import { registerAccount } from '../account-requests/account-request.ts';
import { allocatePackage, proposal } from '../account-requests/allocation.ts';
import { approveRequest, refuseRequest, returnRequest } from '../account-requests/decision.ts';
import { registerDirectly } from '../account-requests/direct-registration.ts';
import { type Actor, SYSTEM } from '../base/actor.ts';
import { DAY, HOUR, later, MINUTE } from '../base/time.ts';
import { inAct, UNSET } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import type { Category } from '../data/schema.ts';
import type { Allocation } from '../officers/allocation.ts';
import { detailsOf } from '../officers/details.ts';
import { SERVICES, STORAGES_MB } from '../officers/package.ts';
import { NOT_ASKED, storePassword } from '../sign-in/password.ts';
import type { DemoAgency } from './agency.ts';
import { DEMO_OTHERS, DEMO_PEOPLE, type DemoPerson } from './officers.ts';
import { turns } from './turns.ts';

/** How far a case has come. Each goes through the very verbs that the pages use, at the times at which it would have. */
type Fate =
  | 'asked'
  | 'verified'
  | 'code-refused'
  | 'issued'
  | 'expired'
  | 'revoked'
  | 'returned-code'
  | 'confirmed'
  | 'registered'
  | 'allocated'
  | 'questioned'
  | 'refused'
  | 'approved'
  | 'activated';

/** Of those who came without asking. */
const VERIFIED = { verified_with: 'division', verification_note: 'Disahkan melalui telefon.' } as const;

const IN_ANOTHER_STATE: Fate[] = [
  'asked',
  'asked',
  'verified',
  'code-refused',
  'issued',
  'expired',
  'revoked',
  'returned-code',
  'confirmed',
  'registered',
  'registered',
  'allocated',
  'questioned',
  'refused',
  'approved',
  'asked',
];

/** When each of those began, in days before now; an expired code is older than 30. */
const DAYS_AGO = [9, 0.1, 6, 8, 3, 45, 10, 2, 4, 5, 1.9, 3, 7, 11, 2.5, 0.4];

/** Waits for the turn so many hours after the case began. */
type At = (hours: number) => Promise<Date>;
type TurnAt = (moment: Date) => Promise<Date>;

type Case = {
  db: Db;
  turnAt: TurnAt;
  agency: DemoAgency;
  person: DemoPerson;
  index: number;
  fate: Fate;
  hash: string;
  began: Date;
  now: Date;
};

/** Some dozens of officers who have joined, and others on every step of the way. */
export async function seedCases(db: Db, agencies: DemoAgency[], hash: string, now: Date) {
  const { turnAt, run } = turns();
  const cases = DEMO_PEOPLE.map((person, index): Case => {
    const agency = agencies[index % 3 === 2 ? 1 : 0] as DemoAgency;
    const unfinished = index - (DEMO_PEOPLE.length - IN_ANOTHER_STATE.length);
    const fate = unfinished >= 0 ? (IN_ANOTHER_STATE[unfinished] ?? 'asked') : 'activated';
    const daysAgo = fate === 'activated' ? 330 - index * 9 : (DAYS_AGO[unfinished] ?? 9);
    return { db, turnAt, agency, person, index, fate, hash, began: later(now, -daysAgo * DAY), now };
  });
  await run([
    ...cases.map((each) => () => joinFrom(each)),
    ...DEMO_OTHERS.map((other, index) => () => joinOther(db, turnAt, agencies[0] as DemoAgency, other, index, now)),
  ]);
}

const visitor: Actor = { ...SYSTEM, role: 'visitor', name: '', address: '127.0.0.1' };

async function joinFrom(each: Case) {
  const { db, agency, person, fate } = each;
  const at: At = (hours) => each.turnAt(later(each.began, hours * HOUR + each.index * MINUTE));
  const contact_email = `${each.index % 4 === 0 ? 'peti' : 'e'}.${each.index + 1}@rumah.test`;
  const supervisor_email = `ketua.${(each.index % 5) + 1}@${agency.domain}`;
  await inAct(db, { actor: visitor, now: await at(0), settings: UNSET }, (act) =>
    submitRequest(act, {
      category: 'civil_servant',
      full_name: person.name,
      ic_number: person.ic,
      email: null,
      contact_email,
      agency_id: agency.id,
      reporting_division: person.division,
      supervisor_email,
      note: '',
    }),
  );
  if (fate === 'asked') return;
  const { id: requestId } = await db
    .selectFrom('access_code_request')
    .select('id')
    .where('ic_number', '=', person.ic)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  if (fate === 'code-refused')
    return void (await inAct(db, { actor: agency.admin, now: await at(5), settings: UNSET }, (act) =>
      refuseCodeRequest(act, requestId, { reason: 'Pegawai belum melapor diri menurut rekod sumber manusia.' }),
    ));
  await inAct(db, { actor: agency.admin, now: await at(4), settings: UNSET }, (act) =>
    verifyRequest(act, requestId, {
      verified_with: each.index % 2 === 0 ? 'human_resources' : 'division',
      verification_note: 'Disahkan melalui telefon.',
    }),
  );
  if (fate === 'verified') return;
  const details: CodeDetails = {
    category: 'civil_servant',
    full_name: person.name,
    ic_number: person.ic,
    email: null,
    notify_kind: each.index % 3 === 0 ? 'supervisor' : 'personal',
    notify_email: each.index % 3 === 0 ? supervisor_email : contact_email,
    supervisor_email,
  };
  const code = await inAct(db, { actor: agency.admin, now: await at(5), settings: UNSET }, (act) =>
    answerRequest(act, details, requestId),
  );
  await withCode(each, code.id, at);
}

async function withCode(each: Case, codeId: number, at: At) {
  const { db, agency, fate } = each;
  if (fate === 'issued' || fate === 'expired') return;
  if (fate === 'revoked')
    return void (await inAct(db, { actor: agency.admin, now: await at(6), settings: UNSET }, (act) =>
      revokeCode(act, codeId, { reason: 'Didaftarkan dua kali.' }),
    ));
  const applicant = applicantOf(agency, codeId, each.person.name);
  if (fate === 'returned-code')
    return void (await inAct(db, { actor: applicant, now: await at(20), settings: UNSET }, (act) =>
      answerDetails(act, { decision: 'return', note: 'Ejaan nama tidak seperti dalam kad pengenalan.' }),
    ));
  if (each.index % 7 === 3)
    await inAct(db, { actor: agency.admin, now: await at(18), settings: UNSET }, (act) => resendCode(act, codeId));
  await inAct(db, { actor: applicant, now: await at(22), settings: UNSET }, (act) =>
    answerDetails(act, { decision: 'confirm', note: '' }),
  );
  if (fate === 'confirmed') return;
  await inAct(db, { actor: applicant, now: await at(23), settings: UNSET }, (act) =>
    registerAccount(act, {
      ...registrationOf(each.person),
      full_name: each.person.name,
      stated_grade: each.person.grade,
    }),
  );
  await withRequest(each, codeId, at);
}

async function withRequest(each: Case, codeId: number, at: At) {
  const { db, agency, fate, index } = each;
  if (fate === 'registered') return;
  const { id } = await db
    .selectFrom('account_request')
    .select('id')
    .where('access_code_id', '=', codeId)
    .executeTakeFirstOrThrow();
  if (fate === 'questioned')
    return void (await inAct(db, { actor: agency.admin, now: await at(28), settings: UNSET }, (act) =>
      returnRequest(act, id, { question: 'Sila nyatakan unit dan gred penyandang jawatan.' }),
    ));
  if (fate === 'refused')
    return void (await inAct(db, { actor: agency.admin, now: await at(28), settings: UNSET }, (act) =>
      refuseRequest(act, id, { reason: 'Pegawai telah berpindah ke agensi lain sebelum akaun dibina.' }),
    ));
  const given: Allocation = { ...(await proposal(db, agency.admin, id)), ...packageOf(each.person, index) };
  await inAct(db, { actor: agency.admin, now: await at(27), settings: UNSET }, (act) =>
    allocatePackage(act, id, given, null),
  );
  if (fate === 'allocated') return;
  await inAct(db, { actor: agency.admin, now: await at(28), settings: UNSET }, (act) => approveRequest(act, id, null));
  if (fate === 'activated') await activate(each, codeId, await at(46));
}

/** As `activateAccount` does it, with the one hash that all demo sign-ins share. */
async function activate({ db, person, hash, index, now }: Case, codeId: number, when: Date) {
  await db.transaction().execute(async (trx) => {
    const mailbox = await trx
      .selectFrom('mailbox')
      .select('user_id')
      .where('ic_number', '=', person.ic)
      .executeTakeFirstOrThrow();
    await storePassword(trx, mailbox.user_id, { hash, directory: NOT_ASKED }, when);
    await trx.updateTable('access_code').set({ status: 'activated' }).where('id', '=', codeId).execute();
    const lastSignIn = index % 6 === 5 ? null : later(now, -((index * 13) % 90) * DAY).toISOString();
    await trx.updateTable('user').set({ last_sign_in_at: lastSignIn }).where('id', '=', mailbox.user_id).execute();
  });
}

function applicantOf(agency: DemoAgency, accessCodeId: number, name: string): Actor {
  return { ...visitor, role: 'applicant', accessCodeId, agencyId: agency.id, name };
}

function registrationOf(person: DemoPerson) {
  return detailsOf({
    ministry: 'Kementerian Contoh',
    department: 'Jabatan Contoh',
    division: person.division,
    position: person.position,
    address: 'Aras 4, Blok D3, Kompleks D',
    postcode: '62000',
    city: 'Putrajaya',
    state: 'Wilayah Persekutuan Putrajaya',
    country: 'Malaysia',
    office_phone: '03-8000 8000',
  });
}

function packageOf(person: DemoPerson, index: number) {
  return {
    package: (['A', 'B', 'C', 'B'] as const)[index % 4] ?? 'B',
    grade: person.grade,
    storage_mb: STORAGES_MB[index % 5] ?? 500,
    services: SERVICES.filter((_service, at) => (index + at) % 3 === 0),
    service_type: index % 11 === 0 ? ('vip' as const) : ('ordinary' as const),
  };
}

/** The accounts of a counter, a project and a contractor: the first is followed through, the second registered directly, the third still waits. */
async function joinOther(
  db: Db,
  turnAt: TurnAt,
  agency: DemoAgency,
  { name, email }: (typeof DEMO_OTHERS)[number],
  index: number,
  now: Date,
) {
  const when = later(now, -(20 - index * 6) * DAY);
  const person = {
    category: 'other' as Category,
    full_name: name,
    ic_number: null,
    email,
    notify_kind: 'personal' as const,
    notify_email: email,
    supervisor_email: `ketua.1@${agency.domain}`,
  };
  if (index === 1) {
    const domain = agency.domain;
    const allocation = {
      primary_email: `projek.fail@${domain}`,
      login_id: 'projek.fail',
      package: 'C' as const,
      grade: null,
      storage_mb: 1024,
      services: [],
      service_type: 'ordinary' as const,
    };
    await inAct(db, { actor: agency.admin, now: await turnAt(when), settings: UNSET }, (act) =>
      registerDirectly(
        act,
        person,
        VERIFIED,
        { ...detailsOf({ division: 'Bahagian Dasar' }), full_name: name, stated_grade: '' },
        allocation,
      ),
    );
    return;
  }
  const code = await inAct(db, { actor: agency.admin, now: await turnAt(when), settings: UNSET }, (act) =>
    issueCode(act, person, VERIFIED),
  );
  const applicant = applicantOf(agency, code.id, name);
  await inAct(db, { actor: applicant, now: await turnAt(later(when, DAY)), settings: UNSET }, (act) =>
    answerDetails(act, { decision: 'confirm', note: '' }),
  );
  await inAct(db, { actor: applicant, now: await turnAt(later(when, DAY + HOUR)), settings: UNSET }, (act) =>
    registerAccount(act, {
      ...detailsOf({ division: 'Bahagian Khidmat Pengurusan' }),
      full_name: name,
      stated_grade: '',
    }),
  );
  if (index === 2) return;
  const { id } = await db
    .selectFrom('account_request')
    .select('id')
    .where('access_code_id', '=', code.id)
    .executeTakeFirstOrThrow();
  const given: Allocation = {
    ...(await proposal(db, agency.admin, id)),
    package: 'C',
    storage_mb: 500,
    service_type: 'ordinary',
  };
  await inAct(db, { actor: agency.admin, now: await turnAt(later(when, 2 * DAY)), settings: UNSET }, (act) =>
    allocatePackage(act, id, given, null),
  );
  await inAct(db, { actor: agency.admin, now: await turnAt(later(when, 2 * DAY + HOUR)), settings: UNSET }, (act) =>
    approveRequest(act, id, null),
  );
}
