import type { Ipms, Visitor } from '../helper.ts';
import { type Mailbox, makeOfficer } from '../make.ts';
import { mailsNumbered } from '../read.ts';

/** What the receiving agency fills in. */
export const PACKAGE = {
  primary_email: 'pindah@kementerian.test',
  package: 'B',
  grade: '44',
  storage_mb: '2048',
  service_type: 'ordinary',
  division: 'Bahagian Dasar',
};

export const TODAY = '24/11/2026';

/** An officer of the first agency with an identity card, and both agencies' administrators signed in. */
export async function prepareTransfer(ipms: Ipms) {
  // the demo's own are out of the way
  await ipms.db.updateTable('transfer').set({ status: 'expired', kept_until: null }).execute();
  await ipms.db.deleteFrom('outbox').execute();
  const mover = await makeOfficer(ipms, 'pindah', { ic_number: '900101145678' });
  return { mover, from: await ipms.signIn('admin.jabatan'), to: await ipms.signIn('admin.kementerian') };
}

/** The newest transfer. */
export async function newestTransfer({ db }: Pick<Ipms, 'db'>) {
  return db.selectFrom('transfer').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
}

/** The receiving agency asks. Returns the transfer's page. */
export async function askForOfficer(to: Visitor, who: string, fields: Record<string, string> = {}) {
  return (await to.submit('/admin/transfers/new', '/admin/transfers/new', { who, ...fields })).location;
}

/** The releasing agency offers an officer to the second one. Returns the transfer's page. */
export async function offerOfficer(from: Visitor, mailbox: Mailbox, fields: Record<string, string> = {}) {
  const place = `/admin/mailboxes/${mailbox.id}/transfer`;
  return (await from.submit(place, place, { agency_id: '2', ...fields })).location;
}

/** Sends one of a transfer's forms. */
export function sendTransferForm(browser: Visitor, page: string, name: string, fields: Record<string, string> = {}) {
  return browser.submit(page, `${page}/${name}`, fields);
}

/** What the registry has for a mailbox: address, kind and agency. */
export async function registryOf({ db }: Pick<Ipms, 'db'>, mailboxId: number) {
  const rows = await db
    .selectFrom('address')
    .select(['address', 'kind', 'agency_id'])
    .where('item_id', '=', mailboxId)
    .where('kind', 'in', ['mailbox', 'alias', 'reserved'])
    .orderBy('address')
    .execute();
  return rows.map((row) => `${row.kind} ${row.address} ${row.agency_id}`).sort();
}

/** The mails of a kind: subject and whom they went to. */
export async function lettersNumbered(ipms: Pick<Ipms, 'db'>, mail: string) {
  return (await mailsNumbered(ipms, mail)).map((row) => ({
    to: row.to_address,
    subject: JSON.parse(row.letter).subject.ms as string,
    letter: row.letter,
  }));
}
