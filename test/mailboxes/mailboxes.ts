import type { NewRow } from '../../src/data/schema.ts';
import type { AuditAction } from '../../src/texts.ts';
import type { Ipms, Page } from '../helper.ts';
import { addPerson } from '../sign-in/people.ts';

export const JC = 1;
export const KC = 2;

/** A mailbox as it is now, by its login ID. */
export async function mailboxOf({ db }: Pick<Ipms, 'db'>, login: string) {
  return db.selectFrom('mailbox').selectAll().where('login_id', '=', login).executeTakeFirstOrThrow();
}

/** Adds a person with a mailbox and further addresses. */
export async function addMailbox(
  ipms: Ipms,
  login: string,
  { aliases = [], ...values }: Partial<NewRow<'mailbox'>> & { aliases?: string[] } = {},
) {
  const agencyId = values.agency_id ?? JC;
  const user = await addPerson(ipms, { login, agencyId });
  const email = values.primary_email ?? user.email;
  await ipms.db.updateTable('user').set({ email }).where('id', '=', user.id).execute();
  const mailbox = await ipms.db
    .insertInto('mailbox')
    .values({
      agency_id: agencyId,
      user_id: user.id,
      category: 'civil_servant',
      display_name: user.full_name,
      full_name: user.full_name,
      primary_email: email,
      login_id: login,
      package: 'B',
      grade: '41',
      storage_mb: 2048,
      service_type: 'ordinary',
      created_at: ipms.clock.now.toISOString(),
      ...values,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const row = (address: string, kind: 'mailbox' | 'alias') => ({
    address,
    kind,
    agency_id: agencyId,
    item_id: mailbox.id,
    reserved_until: null,
  });
  await ipms.db
    .insertInto('address')
    .values([row(email, 'mailbox'), ...aliases.map((alias) => row(alias, 'alias'))])
    .execute();
  return mailbox;
}

/** What the registry says that a mailbox has, by address. */
export async function addressesOf({ db }: Pick<Ipms, 'db'>, mailboxId: number) {
  const rows = await db
    .selectFrom('address')
    .select(['address', 'kind'])
    .where('kind', 'in', ['mailbox', 'alias'])
    .where('item_id', '=', mailboxId)
    .orderBy('address')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.address, row.kind]));
}

/** The first cells of a page's table. */
export function namesOn(page: Page) {
  return page.dom.querySelectorAll('tbody tr td:first-child').map((cell) => cell.textContent.trim());
}

/** The newest record of a procedure about a mailbox. */
export async function recordOf({ db }: Pick<Ipms, 'db'>, mailboxId: number, sop: string) {
  const row = await db
    .selectFrom('record')
    .selectAll()
    .where('item_type', '=', 'mailbox')
    .where('item_id', '=', mailboxId)
    .where('sop', '=', sop)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row && { ...row, content: JSON.parse(row.content) as Record<string, unknown> };
}

/** What was audited about a mailbox under an action, oldest first. */
export async function auditOfMailbox({ db }: Pick<Ipms, 'db'>, mailboxId: number, action: AuditAction) {
  return db
    .selectFrom('audit')
    .selectAll()
    .where('item_type', '=', 'mailbox')
    .where('item_id', '=', mailboxId)
    .where('action', '=', action)
    .orderBy('id')
    .execute();
}

/** The directory's newest work about a mailbox. */
export async function jobOf({ db }: Pick<Ipms, 'db'>, mailboxId: number) {
  return db
    .selectFrom('directory_job')
    .selectAll()
    .where('item_type', '=', 'mailbox')
    .where('item_id', '=', mailboxId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}
