import { createHash, randomUUID } from 'node:crypto';
import { SYSTEM } from '../../src/base/actor.ts';
import { digest } from '../../src/base/secrets.ts';
import { DAY, later } from '../../src/base/time.ts';
import { UNSET } from '../../src/data/act.ts';
import type { Trx } from '../../src/data/database.ts';
import type { Row } from '../../src/data/schema.ts';
import { attachFiles } from '../../src/trail/attachments.ts';
import { audit } from '../../src/trail/audit.ts';
import { enqueue } from '../../src/trail/outbox.ts';
import { fileRecord } from '../../src/trail/records.ts';
import { type Ipms, START } from '../helper.ts';

/** One item of each kind, in the state that most of its forms need, all of one agency. */
export type Items = Awaited<ReturnType<typeof plantItems>>;

/** The demo agency whose items the tests look at; the other one's administrator must not find them. */
export const HOME_AGENCY = 'JC';

const MOMENT = START.toISOString();
const PERSON = { category: 'civil_servant', full_name: 'Siti Aminah binti Yusof', ic_number: '880412105672' } as const;
const REGISTERED = { ...PERSON, full_name: 'Siti Aminah binti Yusuf', ic_number: '880412105674' } as const;
const PDF = Buffer.from('%PDF-1.7\n%%EOF\n');
const RESET_TOKEN = 'test-token-of-a-password-link';
const SET_UP_TOKEN = 'test-token-of-a-set-up-link';

/** What the items are planted in: the agency, its administrator, an officer and that officer's mailbox. */
type Ground = { trx: Trx; agency: Row<'agency'>; admin: Row<'user'>; user: Row<'user'>; ownMailbox: number };

const actOf = ({ trx }: Pick<Ground, 'trx'>) => ({ trx, actor: SYSTEM, now: START, settings: UNSET });
const EXPIRES_AT = later(START, DAY).toISOString();

/** Puts one item of each kind into the database and names what leads to it. */
export async function plantItems({ db }: Pick<Ipms, 'db'>) {
  return db.transaction().execute(async (trx) => {
    const agency = await trx.selectFrom('agency').selectAll().where('code', '=', HOME_AGENCY).executeTakeFirstOrThrow();
    const officer = (login: string) =>
      trx.selectFrom('user').selectAll().where('login_id', '=', login).executeTakeFirstOrThrow();
    const [admin, user] = [await officer('admin.jabatan'), await officer('pegawai.jabatan')];
    const { id: ownMailbox } = await trx
      .selectFrom('mailbox')
      .select('id')
      .where('user_id', '=', user.id)
      .executeTakeFirstOrThrow();
    const ground = { trx, agency, admin, user, ownMailbox };
    const contact = await trx
      .selectFrom('contact')
      .select('id')
      .where('status', '=', 'active')
      .orderBy('id')
      .executeTakeFirstOrThrow();
    const first = async (table: 'holiday' | 'weekend') =>
      (await trx.selectFrom(table).select('id').orderBy('id').executeTakeFirstOrThrow()).id;
    const planted = {
      ...(await plantJoining(ground)),
      ...(await plantSignIn(ground, await officer('pegawai.kementerian'))),
      ...(await plantList(ground)),
      ...(await plantOrders(ground)),
      ...(await plantTransfer(ground)),
      ...(await plantCorrection(ground)),
      ...(await plantFiles(ground)),
      ...(await plantSecondAccount(ground)),
    };
    const newest = async (table: 'outbox' | 'audit' | 'record' | 'attachment') =>
      (await trx.selectFrom(table).select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()).id;
    return {
      ...planted,
      agency: agency.id,
      admin: admin.id,
      user: user.id,
      helpdesk: (await officer('meja.bantuan')).id,
      outbox: await newest('outbox'),
      audit: await newest('audit'),
      record: await newest('record'),
      attachment: await newest('attachment'),
      contact: contact.id,
      holiday: await first('holiday'),
      weekend: await first('weekend'),
    };
  });
}

/** The agency's newest. */
async function newestOf({ trx, agency }: Ground, table: 'mailbox' | 'group') {
  const row = await trx
    .selectFrom(table)
    .select('id')
    .where('agency_id', '=', agency.id)
    .where('status', '=', 'active')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** From the request for an access code to the request for an account, with a record, an audit row and a mail. */
async function plantJoining(ground: Ground) {
  const { trx, agency, admin } = ground;
  const act = actOf(ground);
  const issued = {
    agency_id: agency.id,
    ...PERSON,
    email: null,
    contact_email: 'siti@rumah.test',
    notify_kind: 'personal',
    notify_email: 'siti@rumah.test',
    supervisor_email: `ketua@jabatan.test`,
    return_note: null,
    salt: 'salt',
    code_hash: 'hash',
    issued_by: admin.id,
    issued_at: MOMENT,
    expires_at: later(START, 30 * DAY).toISOString(),
  } as const;
  const code = await trx
    .insertInto('access_code')
    .values({ ...issued, status: 'issued' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const registered = await trx
    .insertInto('access_code')
    .values({ ...issued, ...REGISTERED, status: 'registered' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const codeRequest = await trx
    .insertInto('access_code_request')
    .values({
      agency_id: agency.id,
      ...PERSON,
      reference: 'KA-TEST-0001',
      email: null,
      contact_email: 'siti@rumah.test',
      reporting_division: 'Bahagian Kewangan',
      supervisor_email: null,
      verified_with: 'division',
      verification_note: '',
      verified_by: admin.id,
      verified_at: MOMENT,
      refusal_reason: null,
      decided_by: null,
      decided_at: null,
      access_code_id: null,
      created_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const accountRequest = await trx
    .insertInto('account_request')
    .values({
      agency_id: agency.id,
      access_code_id: registered.id,
      source: 'applicant',
      ...REGISTERED,
      email: null,
      primary_email: null,
      login_id: null,
      package: null,
      grade: null,
      storage_mb: null,
      service_type: null,
      allocated_by: null,
      allocated_at: null,
      question: null,
      refusal_reason: null,
      decided_by: null,
      decided_at: null,
      mailbox_id: null,
      submitted_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const item = {
    type: 'access_code_request' as const,
    id: codeRequest.id,
    name: PERSON.full_name,
    agencyId: agency.id,
  };
  await fileRecord(act, { agencyId: agency.id, sop: '4.1', title: 'record.access-code-refused', item, content: {} });
  await audit(act, { action: 'access-code-request.submitted', sop: '4.1', item });
  const both = { ms: 'Surat', en: 'Letter' };
  const letter = { subject: both, greeting: PERSON.full_name, paragraphs: [both] };
  await enqueue(act, [{ mail: 'N1', to: { name: 'Ketua', address: 'ketua@jabatan.test' }, item, letter }]);
  return {
    access_code: code.id,
    registered_code: registered.id,
    access_code_request: codeRequest.id,
    account_request: accountRequest.id,
    reference: 'KA-TEST-0001',
  };
}

/** Links, a passkey and a session. @param other of whom the passkey is */
async function plantSignIn({ trx, agency, user }: Ground, other: Row<'user'>) {
  await trx
    .insertInto('password_request')
    .values({ user_id: user.id, agency_id: agency.id, requested_at: MOMENT })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx
    .insertInto('one_time_link')
    .values([
      { token_hash: digest(RESET_TOKEN), purpose: 'reset', user_id: user.id, expires_at: EXPIRES_AT },
      { token_hash: digest(SET_UP_TOKEN), purpose: 'set-up', user_id: null, expires_at: EXPIRES_AT },
    ])
    .execute();
  // of somebody for whom every test asks for a second factor anyway
  const passkey = await trx
    .insertInto('passkey')
    .values({
      user_id: other.id,
      name: 'Telefon',
      credential_id: 'test-credential',
      public_key: Buffer.from('test key'),
      counter: 0,
      transports: 'internal',
      created_at: MOMENT,
      last_used_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const session = digest(randomUUID());
  await trx
    .insertInto('session')
    .values({
      id: session,
      user_id: user.id,
      access_code_id: null,
      data: JSON.stringify({ userId: user.id }),
      created_at: MOMENT,
      seen_at: MOMENT,
      expires_at: EXPIRES_AT,
    })
    .execute();
  return { passkey: passkey.id, session, reset_token: RESET_TOKEN, set_up_token: SET_UP_TOKEN };
}

/** A list of the officer's, and what is asked for it. */
async function plantList(ground: Ground) {
  const { trx, agency, user, ownMailbox } = ground;
  const group = await newestOf(ground, 'group');
  await trx
    .insertInto('group_owner')
    .values({ group_id: group, mailbox_id: ownMailbox })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const groupChange = await trx
    .insertInto('list_change_request')
    .values({
      kind: 'free-text',
      group_id: group,
      agency_id: agency.id,
      requested_by: user.id,
      text: 'Tambah ahli',
      created_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { group, list_change_request: groupChange.id };
}

/** A mailbox's disabling and deletion, with the ticket and a file. */
async function plantOrders(ground: Ground) {
  const { trx, agency, admin, ownMailbox } = ground;
  const disabling = await trx
    .insertInto('disabling')
    .values({
      mailbox_id: ownMailbox,
      agency_id: agency.id,
      reason: 'study_leave',
      disabled_from: '2026-12-01',
      disabled_until: '2027-12-01',
      ordered_by: admin.id,
      ordered_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const ticket = await trx
    .insertInto('ticket')
    .values({
      agency_id: agency.id,
      kind: 'termination',
      subject: PERSON.full_name,
      item_type: 'mailbox',
      item_id: ownMailbox,
      content: JSON.stringify({ email: false, lync: false, ad: false }),
      due_on: '2026-11-24',
      requested_by: admin.id,
      created_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await attachFiles(
    actOf(ground),
    { kind: 'ticket', id: ticket.id },
    { type: 'ticket', id: ticket.id, name: PERSON.full_name, agencyId: agency.id },
    [
      {
        name: 'surat.pdf',
        type: 'application/pdf',
        bytes: PDF,
        sha256: createHash('sha256').update(PDF).digest('hex'),
      },
    ],
  );
  const termination = await trx
    .insertInto('termination')
    .values({
      mailbox_id: ownMailbox,
      agency_id: agency.id,
      effective_on: '2026-12-24',
      reason: 'Bersara',
      ticket_id: ticket.id,
      requested_by: admin.id,
      requested_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { disabling: disabling.id, ticket: ticket.id, termination: termination.id };
}

/** Asked for by this agency, of nobody: no other agency has a part in it. */
async function plantTransfer({ trx, agency, admin }: Ground) {
  const transfer = await trx
    .insertInto('transfer')
    .values({
      begun_by: 'receiving',
      to_agency_id: agency.id,
      sought_email: 'siti@lain.test',
      effective_on: '2026-12-01',
      requested_by: admin.id,
      requested_at: MOMENT,
      expires_on: '2026-12-24',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { transfer: transfer.id };
}

/** A correction of what the officer is known by. */
async function plantCorrection({ trx, agency, user, ownMailbox }: Ground) {
  const mistaken = await trx.selectFrom('mailbox').selectAll().where('id', '=', ownMailbox).executeTakeFirstOrThrow();
  const correction = await trx
    .insertInto('correction')
    .values({
      mailbox_id: ownMailbox,
      agency_id: agency.id,
      person_name: mistaken.display_name,
      former_ic_number: mistaken.ic_number,
      former_passport: mistaken.passport,
      former_login_id: mistaken.login_id,
      ic_number: mistaken.ic_number,
      passport: mistaken.passport,
      login_id: 'pegawai.betul',
      reason: 'Tersalah taip',
      requested_by: user.id,
      requested_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { correction: correction.id };
}

/** What comes in files: bulk work, figures of use; and what was found in the directory. */
async function plantFiles(ground: Ground) {
  const { trx, agency, admin, user } = ground;
  const bulkRun = await trx
    .insertInto('bulk_run')
    .values({
      agency_id: agency.id,
      kind: 'access-codes',
      state: 'checked',
      file_name: 'pengambilan.csv',
      file_hash: 'hash',
      total: 1,
      act: randomUUID(),
      created_by: admin.id,
      created_by_name: admin.full_name,
      created_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('bulk_row')
    .values({ run_id: bulkRun.id, line: 2, label: PERSON.full_name, input: '{}', state: 'waiting' })
    .execute();
  const usageFile = await trx
    .insertInto('usage_file')
    .values({
      state: 'checked',
      file_name: 'kuota.csv',
      file_hash: 'hash',
      total: 1,
      created_by: null,
      created_by_name: 'IPMS',
      created_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const adoption = await trx
    .insertInto('directory_adoption')
    .values({
      agency_id: agency.id,
      ou: 'OU=Staf,DC=agensi,DC=test',
      state: 'reported',
      found: 1,
      clean: 1,
      asked_by: admin.id,
      asked_by_name: 'Meja Bantuan',
      asked_at: MOMENT,
      reported_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const mailbox = await newestOf(ground, 'mailbox');
  const figure = { line: 2, address: user.email, mailbox_id: mailbox, used_mb: 900, used_on: '2026-11-24' };
  await trx
    .insertInto('usage_row')
    .values({ ...figure, file_id: usageFile.id, last_mail_on: null, state: 'waiting' })
    .execute();
  return { bulk_run: bulkRun.id, usage_file: usageFile.id, adoption: adoption.id, mailbox };
}

/** Leave to serve a person twice, and a mailbox that serves somebody twice without. */
async function plantSecondAccount(ground: Ground) {
  const { trx, agency, admin } = ground;
  const mailbox = await newestOf(ground, 'mailbox');
  const secondAccount = await trx
    .insertInto('second_account')
    .values({
      kind: 'ic_number',
      value: '780412105522',
      agency_id: agency.id,
      full_name: admin.full_name,
      reason: 'Dua jawatan',
      granted_by: admin.id,
      granted_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('identity_claim')
    .set({ surplus: 1 })
    .where('holder', '=', 'mailbox')
    .where('holder_id', '=', mailbox)
    .execute();
  return { second_account: secondAccount.id, double: `mailbox-${mailbox}` };
}

/** The session cookie of somebody who signed in with an access code. */
export async function applicantSession({ app, db }: Ipms, accessCodeId: number) {
  const id = randomUUID();
  await db
    .insertInto('session')
    .values({
      id: digest(id),
      user_id: null,
      access_code_id: accessCodeId,
      data: JSON.stringify({ accessCodeId }),
      created_at: MOMENT,
      seen_at: MOMENT,
      expires_at: EXPIRES_AT,
    })
    .execute();
  return app.signCookie(id);
}
