import type { Letter } from '../../src/base/letter.ts';
import type { Ipms, Visitor } from '../helper.ts';
import { mailsOf, trailOf } from '../read.ts';

/** What table 22 asks for, of somebody whom nobody knows yet. */
export const OUTSIDER = {
  full_name: 'Angela Jimbun',
  email: 'angela@pembekal.test',
  position: 'Pengurus Projek',
  company: 'Pembekal Utara Sdn. Bhd.',
  phone: '03-2222 3333',
  address: '12, Jalan Contoh\n50000 Kuala Lumpur',
};

type Fields = Record<string, string>;

/** An administrator asks the helpdesk about a contact. Returns the page's answer and the ticket's number. */
export async function askAboutContact(
  admin: Visitor,
  kind: 'register' | 'update' | 'delete',
  fields: Fields,
  contactId?: number,
) {
  const page = `/admin/contact-requests/new?kind=${kind}${contactId === undefined ? '' : `&contact_id=${contactId}`}`;
  const answer = await admin.submit(page, page, fields);
  return { answer, id: Number(answer.location.split('/').at(-1)) };
}

/** Sends one of a ticket's own forms, as it is filled in, with some fields changed. */
export function sendTicketForm(
  person: Visitor,
  area: 'admin' | 'helpdesk',
  id: number,
  name: string,
  fields: Fields = {},
) {
  return person.submit(`/${area}/tickets/${id}`, `/${area}/tickets/${id}/${name}`, fields);
}

export const ticketOf = ({ db }: Ipms, id: number) =>
  db.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

export const contactWith = ({ db }: Ipms, email: string) =>
  db.selectFrom('contact').selectAll().where('email', '=', email).orderBy('id', 'desc').executeTakeFirst();

export const addressOf = ({ db }: Ipms, address: string) =>
  db.selectFrom('address').selectAll().where('address', '=', address).executeTakeFirst();

/** Which mails are about a ticket, and to whom. */
export async function ticketMails(ipms: Ipms, id: number) {
  return (await mailsOf(ipms, 'ticket', id)).map((row) => `${row.mail} ${row.to_address}`);
}

/** The newest mail about a ticket: where it leads, and the values of its table. */
export async function newestLetter(ipms: Ipms, id: number) {
  const mail = (await mailsOf(ipms, 'ticket', id)).at(-1);
  const { link, facts = [] } = JSON.parse(mail?.letter ?? '') as Letter;
  return { path: link?.path, values: facts.map(({ value }) => value) };
}

/** What was audited of an item, oldest first. */
export async function changesOf(ipms: Ipms, type: 'ticket' | 'contact' | 'weekend', id: number) {
  return (await trailOf(ipms, type, id)).map(({ action, before, after }) => ({
    action,
    before: JSON.parse(before ?? 'null'),
    after: JSON.parse(after ?? 'null'),
  }));
}

/** Under which numbers of the SOP a ticket, and what was done to its contact since it was asked, are audited. */
export async function numbersOf(ipms: Ipms, id: number) {
  const { item_id } = await ticketOf(ipms, id);
  const about = await trailOf(ipms, 'ticket', id);
  const done = await trailOf(ipms, 'contact', item_id ?? 0);
  const since = done.filter((row) => row.id > (about[0]?.id ?? 0));
  return [...new Set([...about, ...since].map(({ sop }) => sop))];
}

export async function groupOf({ db }: Ipms, address: string) {
  const query = db.selectFrom('group').select('id').where('primary_email', '=', address);
  return (await query.executeTakeFirstOrThrow()).id;
}
