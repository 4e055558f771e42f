import type { Row } from '../../src/data/schema.ts';
import type { Ipms, Visitor } from '../helper.ts';

export type Mailbox = Row<'mailbox'>;

/** An officer with a mailbox, who can sign in with the usual password. */
export async function officer(
  { db, clock }: Ipms,
  local: string,
  { agency = 1, role = 'user' }: { agency?: number; role?: 'user' | 'admin' } = {},
): Promise<Mailbox> {
  const domain = agency === 1 ? 'jabatan.test' : 'kementerian.test';
  const at = clock.now.toISOString();
  const email = `${local}@${domain}`;
  const { password_hash } = await db
    .selectFrom('user')
    .select('password_hash')
    .where('login_id', '=', 'pegawai.jabatan')
    .executeTakeFirstOrThrow();
  const user = await db
    .insertInto('user')
    .values({
      agency_id: agency,
      role,
      login_id: local,
      email,
      full_name: `Pegawai ${local}`,
      recovery_email: null,
      password_hash,
      password_changed_at: at,
      last_sign_in_at: null,
      created_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db.insertInto('login_name').values({ login_id: local, user_id: user.id, account_request_id: null }).execute();
  const mailbox = await db
    .insertInto('mailbox')
    .values({
      agency_id: agency,
      user_id: user.id,
      category: 'civil_servant',
      display_name: `Pegawai ${local}`,
      full_name: `Pegawai ${local}`,
      primary_email: email,
      login_id: local,
      package: 'B',
      grade: '41',
      storage_mb: 1024,
      service_type: 'ordinary',
      created_at: at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await db
    .insertInto('address')
    .values({ address: email, kind: 'mailbox', agency_id: agency, item_id: mailbox.id, reserved_until: null })
    .execute();
  return mailbox;
}

/** A mailing list with these owners and members. Returns its number. */
export async function list(
  { db, clock }: Ipms,
  local: string,
  { owners = [], members = [], agency = 1 }: { owners?: Mailbox[]; members?: Mailbox[]; agency?: number },
) {
  const primary_email = `${local}@${agency === 1 ? 'jabatan.test' : 'kementerian.test'}`;
  const created_at = clock.now.toISOString();
  const { id } = await db
    .insertInto('group')
    .values({ agency_id: agency, display_name: `DL ${local}`, primary_email, created_at })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const owner of owners)
    await db.insertInto('group_owner').values({ group_id: id, mailbox_id: owner.id }).execute();
  for (const member of members) await join({ db, clock }, id, member);
  return id;
}

/** Puts a mailbox into a list. */
export async function join({ db, clock }: Pick<Ipms, 'db' | 'clock'>, groupId: number, mailbox: Mailbox) {
  await db
    .insertInto('membership')
    .values({
      group_id: groupId,
      member_type: 'mailbox',
      member_id: mailbox.id,
      member_name: mailbox.display_name,
      member_address: mailbox.primary_email,
      since: clock.now.toISOString(),
      added_by: 'Ujian',
    })
    .execute();
}

/** The lists that a mailbox is in, by their numbers. */
export async function groupsOf({ db }: Pick<Ipms, 'db'>, mailbox: Mailbox) {
  const rows = await db
    .selectFrom('membership')
    .select('group_id')
    .where('member_type', '=', 'mailbox')
    .where('member_id', '=', mailbox.id)
    .where('until', 'is', null)
    .orderBy('group_id')
    .execute();
  return rows.map((row) => row.group_id);
}

export async function again({ db }: Ipms, mailbox: Mailbox) {
  return db.selectFrom('mailbox').selectAll().where('id', '=', mailbox.id).executeTakeFirstOrThrow();
}

export async function userOf({ db }: Ipms, mailbox: Mailbox) {
  return db.selectFrom('user').selectAll().where('id', '=', mailbox.user_id).executeTakeFirstOrThrow();
}

/** Mails of a number about a mailbox. */
export async function mails({ db }: Ipms, mail: string, mailbox: Mailbox) {
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('mail', '=', mail)
    .where('item_type', '=', 'mailbox')
    .where('item_id', '=', mailbox.id)
    .orderBy('id')
    .execute();
}

/** What was done to a mailbox, oldest first. */
export async function deeds({ db }: Ipms, mailbox: Mailbox) {
  const rows = await db
    .selectFrom('audit')
    .select('action')
    .where('item_type', '=', 'mailbox')
    .where('item_id', '=', mailbox.id)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.action);
}

/** What the directory is to do for lists, newest first. */
export async function listJobs({ db }: Ipms, most: number) {
  const rows = await db
    .selectFrom('directory_job')
    .select(['operation', 'item_id'])
    .where('item_type', '=', 'group')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => [row.operation, row.item_id]);
}

export async function records({ db }: Ipms, mailbox: Mailbox) {
  return db
    .selectFrom('record')
    .select(['sop', 'title', 'content', 'filed_by_name'])
    .where('item_type', '=', 'mailbox')
    .where('item_id', '=', mailbox.id)
    .orderBy('id')
    .execute();
}

export const placeOf = (mailbox: Mailbox) => `/admin/mailboxes/${mailbox.id}`;

/** Sends a command of Manage Account from the page that has them all. */
export function command(browser: Visitor, mailbox: Mailbox, name: string, fields: Record<string, string> = {}) {
  return browser.submit(`${placeOf(mailbox)}/account`, `${placeOf(mailbox)}/${name}`, fields);
}

/** The answers of some submissions that arrive together, each from a page of its own. */
export async function together(
  browser: Visitor,
  mailbox: Mailbox,
  ...sent: [command: string, fields: Record<string, string>][]
) {
  const tokens: string[] = [];
  for (const _each of sent) tokens.push(await browser.token(`${placeOf(mailbox)}/account`));
  return Promise.all(
    sent.map(([name, fields], index) =>
      browser.post(`${placeOf(mailbox)}/${name}`, { ...fields, _csrf: tokens[index] ?? '' }),
    ),
  );
}
