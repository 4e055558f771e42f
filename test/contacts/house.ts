import type { Letter } from '../../src/base/letter.ts';
import { contactFacts } from '../../src/contacts/contact.ts';
import type { Ipms, Visitor } from '../helper.ts';

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
export async function ask(admin: Visitor, kind: 'register' | 'update' | 'delete', fields: Fields, contactId?: number) {
  const page = `/admin/contact-requests/new?kind=${kind}${contactId === undefined ? '' : `&contact_id=${contactId}`}`;
  const answer = await admin.submit(page, page, fields);
  return { answer, id: Number(answer.location.split('/').at(-1)) };
}

/** Sends one of a ticket's own forms, as it is filled in, with some fields changed. */
export function command(person: Visitor, area: 'admin' | 'helpdesk', id: number, name: string, fields: Fields = {}) {
  return person.submit(`/${area}/tickets/${id}`, `/${area}/tickets/${id}/${name}`, fields);
}

export const ticketOf = ({ db }: Ipms, id: number) =>
  db.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

export const contactWith = ({ db }: Ipms, email: string) =>
  db.selectFrom('contact').selectAll().where('email', '=', email).orderBy('id', 'desc').executeTakeFirst();

export const addressOf = ({ db }: Ipms, address: string) =>
  db.selectFrom('address').selectAll().where('address', '=', address).executeTakeFirst();

/** Which mails are about a ticket, and to whom. */
export async function mailsOf({ db }: Ipms, id: number) {
  const rows = await db
    .selectFrom('outbox')
    .select(['mail', 'to_address'])
    .where('item_type', '=', 'ticket')
    .where('item_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map((row) => `${row.mail} ${row.to_address}`);
}

/** The newest mail about a ticket: where it leads, and the values of its table. */
export async function letterOf({ db }: Ipms, id: number) {
  const { letter } = await db
    .selectFrom('outbox')
    .select('letter')
    .where('item_type', '=', 'ticket')
    .where('item_id', '=', id)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const { link, facts = [] } = JSON.parse(letter) as Letter;
  return { path: link?.path, values: facts.map(({ value }) => value) };
}

/** What was audited of an item, oldest first. */
export async function deedsOf({ db }: Ipms, type: 'ticket' | 'contact' | 'weekend', id: number) {
  const rows = await db
    .selectFrom('audit')
    .select(['action', 'before', 'after'])
    .where('item_type', '=', type)
    .where('item_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map(({ action, before, after }) => ({
    action,
    before: JSON.parse(before ?? 'null'),
    after: JSON.parse(after ?? 'null'),
  }));
}

/** Under which numbers of the SOP a ticket and what was done to its contact are audited. */
export async function numbersOf({ db }: Ipms, ticketId: number) {
  const rows = await db
    .selectFrom('ticket')
    .innerJoin('audit', (join) =>
      join.on((eb) =>
        eb.or([
          eb.and([eb('audit.item_type', '=', 'ticket'), eb('audit.item_id', '=', eb.ref('ticket.id'))]),
          eb.and([eb('audit.item_type', '=', 'contact'), eb('audit.item_id', '=', eb.ref('ticket.item_id'))]),
        ]),
      ),
    )
    .select('sop')
    .distinct()
    .where('ticket.id', '=', ticketId)
    .execute();
  return rows.map(({ sop }) => sop);
}

/** A contact that is there already, in some lists. */
export async function contact({ db, clock }: Ipms, lists: number[] = [], details = OUTSIDER) {
  const { id } = await db
    .insertInto('contact')
    .values({ ...contactFacts(details), created_at: clock.now.toISOString() })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('address')
    .values({ address: details.email, kind: 'contact', agency_id: null, item_id: id, reserved_until: null })
    .execute();
  for (const group_id of lists)
    await db
      .insertInto('membership')
      .values({
        group_id,
        member_type: 'contact',
        member_id: id,
        member_name: details.full_name,
        member_address: details.email,
        since: clock.now.toISOString(),
        added_by: 'Ujian',
      })
      .execute();
  return id;
}

export async function groupOf({ db }: Ipms, address: string) {
  const query = db.selectFrom('group').select('id').where('primary_email', '=', address);
  return (await query.executeTakeFirstOrThrow()).id;
}

export const ADMIN = 'admin.jabatan@jabatan.test';
export const HELPDESK = 'meja.bantuan@bantuan.test';
