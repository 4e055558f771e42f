import { sql } from 'kysely';
import { activateAccount } from '../src/account-requests/activation.ts';
import { approveRequest } from '../src/account-requests/decision.ts';
import { registerDirectly } from '../src/account-requests/direct-registration.ts';
import { claimAddress } from '../src/addresses/addresses.ts';
import { inviteAdministrator, inviteStaff, type Newcomer } from '../src/agencies/people/invitation.ts';
import { grantRole } from '../src/agencies/people/role.ts';
import type { Actor } from '../src/base/actor.ts';
import { dayOf } from '../src/base/time.ts';
import { addContact, type ContactDetails } from '../src/contacts/contact.ts';
import { type Act, inAct, UNSET } from '../src/data/act.ts';
import type { Row } from '../src/data/schema.ts';
import { createGroup } from '../src/groups/group.ts';
import { addMembers } from '../src/groups/members/members.ts';
import { disableMailbox } from '../src/mailbox-life/disabling.ts';
import { requestDeletion } from '../src/mailbox-life/termination.ts';
import { detailsOf } from '../src/officers/details.ts';
import { hashPassword } from '../src/sign-in/hashing.ts';
import { NOT_ASKED, storePassword } from '../src/sign-in/password.ts';
import { VERIFIED } from './account-requests/joining.ts';
import { type Ipms, PASSWORD } from './helper.ts';
import { mailboxNow, person, userOf } from './read.ts';

// What tests find in the database was made by the verbs that the pages use. What was mailed on the way is thrown away.

export type Mailbox = Row<'mailbox'>;

type Made = Pick<Ipms, 'db' | 'clock'>;

/** The demo agencies. */
export const [JC, KC] = [1, 2];

const COST = 4;
const LOWEST_IC = 600101_14_1000;
let officers = 0;

/** Somebody who can sign in as who acts. */
export async function actorOf(ipms: Pick<Ipms, 'db'>, login: string): Promise<Actor> {
  const user = await person(ipms, login);
  return {
    role: user.role,
    userId: user.id,
    accessCodeId: null,
    agencyId: user.agency_id,
    name: user.full_name,
    email: user.email,
    address: '127.0.0.1',
    act: null,
  };
}

async function make<T>(ipms: Made, login: string, work: (act: Act) => Promise<T>) {
  const acting = { actor: await actorOf(ipms, login), now: ipms.clock.now, settings: UNSET };
  const made = await inAct(ipms.db, acting, work);
  await ipms.db.deleteFrom('outbox').execute();
  return made;
}

const administratorOf = (agency: number) => (agency === JC ? 'admin.jabatan' : 'admin.kementerian');
const domainOf = (agency: number) => (agency === JC ? 'jabatan.test' : 'kementerian.test');

export type OfficerValues = Partial<Omit<Mailbox, 'agency_id'>> & {
  agency?: number;
  role?: 'user' | 'admin';
  /** An address outside of the mailbox, which opens the sign-in when the password is forgotten. */
  recovery?: string;
  aliases?: string[];
};

/** An officer with a mailbox, registered, approved and activated: signs in with the usual password. */
export async function makeOfficer(ipms: Made, login: string, values: OfficerValues = {}): Promise<Mailbox> {
  const { agency = JC, role = 'user', status = 'active', recovery, aliases = [], ...columns } = values;
  const full_name = columns.full_name ?? columns.display_name ?? `Pegawai ${login}`;
  const primary_email = columns.primary_email ?? `${login}@${domainOf(agency)}`;
  const category = columns.category ?? 'civil_servant';
  officers += 1;
  const admin = administratorOf(agency);
  const applicant = {
    category,
    full_name,
    ic_number: category === 'other' ? null : (columns.ic_number ?? String(LOWEST_IC + officers)),
    email: category === 'other' ? `${login}@luar.test` : null,
    notify_kind: recovery === undefined ? ('admin' as const) : ('personal' as const),
    notify_email: recovery ?? null,
    supervisor_email: columns.supervisor_email ?? null,
  };
  const allocation = {
    primary_email,
    login_id: login,
    package: columns.package ?? 'B',
    grade: columns.grade ?? '41',
    storage_mb: columns.storage_mb ?? 1024,
    services: JSON.parse(columns.services ?? '[]') as string[],
    service_type: columns.service_type ?? 'ordinary',
  };
  const registration = { ...detailsOf(columns), full_name, stated_grade: allocation.grade };
  const made = await make(ipms, admin, (act) => registerDirectly(act, applicant, VERIFIED, registration, allocation));
  await make(ipms, admin, (act) => approveRequest(act, made.id, null));
  const request = await ipms.db
    .selectFrom('account_request')
    .select(['access_code_id', 'mailbox_id'])
    .where('id', '=', made.id)
    .executeTakeFirstOrThrow();
  const id = request.mailbox_id ?? 0;
  await activate(ipms, agency, request.access_code_id);
  if (Object.keys(columns).length > 0) await ipms.db.updateTable('mailbox').set(columns).where('id', '=', id).execute();
  const mailbox = await mailboxNow(ipms, { id });
  for (const address of aliases) await makeAlias(ipms, mailbox, address);
  if (role === 'admin') await make(ipms, 'meja.bantuan', (act) => grantRole(act, mailbox.user_id));
  if (status === 'disabled') await make(ipms, admin, (act) => disableMailbox(act, id, DISABLING));
  if (status === 'deleted') {
    const order = {
      effective_on: dayOf(ipms.clock.now),
      reason: 'Bersara',
      heirs: { all: null, byGroup: new Map() },
      leave_without: false,
    };
    await make(ipms, admin, (act) => requestDeletion(act, id, order));
  }
  return mailboxNow(ipms, mailbox);
}

/** An officer where a test asks about the sign-in, and not about the mailbox. */
export async function makeUser(ipms: Made, login: string, values: OfficerValues = {}) {
  return userOf(ipms, await makeOfficer(ipms, login, values));
}

/** Gives a mailbox of the demo data other values, as its person, the directory or time would have. */
export async function changeMailbox({ db }: Made, login: string, values: Partial<Mailbox>) {
  const change = db.updateTable('mailbox').set(values).where('login_id', '=', login);
  return change.returningAll().executeTakeFirstOrThrow();
}

const DISABLING = {
  reason: 'retirement' as const,
  disabled_from: null,
  disabled_until: null,
  description: '',
  restrict_senders: false,
  enable_by_itself: false,
  leave_without: false,
};

async function activate({ db, clock }: Made, agencyId: number, accessCodeId: number) {
  const applicant = { role: 'applicant' as const, userId: null, accessCodeId, agencyId, name: '', email: null };
  const actor = { ...applicant, address: '127.0.0.1', act: null };
  const hash = await hashPassword(PASSWORD, COST, { address: '' });
  await inAct(db, { actor, now: clock.now, settings: UNSET }, (act) =>
    activateAccount(act, { hash, directory: NOT_ASKED }),
  );
}

/** A further address of a mailbox. */
export async function makeAlias(ipms: Made, { id, agency_id }: Mailbox, address: string) {
  const entry = { address, kind: 'alias' as const, agencyId: agency_id, itemId: id };
  await make(ipms, administratorOf(agency_id), ({ trx }) => claimAddress(trx, entry, 'aliases'));
}

/** An administrator of the first agency who has no mailbox, invited by the helpdesk. */
export async function makeAdministrator(ipms: Made, login: string) {
  const invite = (act: Act, newcomer: Newcomer) => inviteAdministrator(act, { ...newcomer, agency_id: JC });
  return invited(ipms, login, 'jabatan.test', invite);
}

/** Another member of the helpdesk. */
export async function makeStaff(ipms: Made, login: string) {
  return invited(ipms, login, 'bantuan.test', inviteStaff);
}

async function invited(
  ipms: Made,
  login: string,
  domain: string,
  invite: (act: Act, newcomer: Newcomer) => Promise<{ id: number }>,
) {
  const newcomer = { login_id: login, email: `${login}@${domain}`, full_name: `Pegawai ${login}` };
  const hash = await hashPassword(PASSWORD, COST, { address: '' });
  await make(ipms, 'meja.bantuan', async (act) => {
    const { id } = await invite(act, newcomer);
    await storePassword(act.trx, id, { hash, directory: NOT_ASKED }, act.now);
    await act.trx.deleteFrom('one_time_link').where('user_id', '=', id).execute();
  });
  return person(ipms, login);
}

/** So many officers at once, without what a registration leaves behind. Returns their addresses. */
export async function makeManyOfficers({ db, clock }: Made, count: number, agencyId = JC, start = 'ramai') {
  const now = clock.now.toISOString();
  await db.transaction().execute(async (trx) => {
    const numbers = sql`(select value as n from json_each(${JSON.stringify(Array.from({ length: count }, (_, n) => n))}))`;
    await sql`insert into user (agency_id, role, login_id, email, full_name, created_at)
      select ${agencyId}, 'user', ${start} || n, ${start} || n || '@jabatan.test', 'Pegawai ' || n, ${now} from ${numbers}`.execute(
      trx,
    );
    await sql`insert into mailbox (agency_id, user_id, category, display_name, full_name, primary_email, login_id, package, grade, storage_mb, service_type, created_at)
      select agency_id, id, 'civil_servant', full_name, full_name, email, login_id, 'B', '29', 1024, 'ordinary', created_at
      from user where login_id glob ${`${start}[0-9]*`}`.execute(trx);
    await sql`insert into address (address, kind, agency_id, item_id)
      select primary_email, 'mailbox', agency_id, id from mailbox where login_id glob ${`${start}[0-9]*`}`.execute(trx);
    await sql`insert into login_name (login_id, user_id) select login_id, id from user where login_id glob ${`${start}[0-9]*`}`.execute(
      trx,
    );
  });
  return Array.from({ length: count }, (_, n) => `${start}${n}@jabatan.test`);
}

type Who = Mailbox | string;
const addressesOf = (people: Who[]) => people.map((each) => (typeof each === 'string' ? each : each.primary_email));

/** A group with these owners, or the agency's administrator, and members, as mailboxes or addresses. Returns its number. */
export async function makeGroup(
  ipms: Made,
  local: string,
  {
    agency = JC,
    name = `Senarai ${local}`,
    owners = [],
    members = [],
  }: { agency?: number; name?: string; owners?: Who[]; members?: Who[] } = {},
) {
  const admin = administratorOf(agency);
  const primary_email = `${local}@${domainOf(agency)}`;
  const owner = `${admin}@${domainOf(agency)}`;
  return make(ipms, admin, async (act) => {
    const addresses = owners.length === 0 ? [owner] : addressesOf(owners);
    const { id } = await createGroup(act, { display_name: name, primary_email, owners: addresses });
    if (members.length > 0) await addMembers(act, id, addressesOf(members));
    return id;
  });
}

/** A contact that the helpdesk has registered for the first agency, as a member of these groups. Returns its number. */
export async function makeContact(
  ipms: Made,
  typed: Partial<ContactDetails> & Pick<ContactDetails, 'full_name' | 'email'>,
  groups: number[] = [],
) {
  const details = { position: '', company: '', phone: '', address: '', ...typed };
  const { id } = await make(ipms, 'meja.bantuan', (act) => addContact(act, details, '4.21'));
  for (const group of groups) {
    const owned = ipms.db.selectFrom('group').select('agency_id').where('id', '=', group);
    const { agency_id } = await owned.executeTakeFirstOrThrow();
    await make(ipms, administratorOf(agency_id), (act) => addMembers(act, group, [details.email]));
  }
  return id;
}
