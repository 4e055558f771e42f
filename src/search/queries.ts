import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { readIcNumber } from '../base/ic-number.ts';
import { plainSigns } from '../base/spelling.ts';
import { listContacts } from '../contacts/queries.ts';
import type { Db } from '../data/database.ts';
import { ALL_KEYS, type Found, type ListQuery } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import { listGroups } from '../groups/list-queries.ts';
import { listMailboxes } from '../mailboxes/list-queries.ts';
import { termsOf } from '../mailboxes/search-words.ts';
import { type ItemType, kindOfItem } from '../trail/items.ts';

/** One thing that was found: where it stands, what it is called, and what else tells it from others. */
export type Hit = { href: string; name: string; about: string };
/** Of one kind those that are shown, how many there are, and where the rest is listed. */
export type Kind = { type: ItemType; hits: Hit[]; total: number; capped: boolean; all: string | null };

const SHOWN = 10;

/**
 * What an administrator or the helpdesk may see of what was typed, by kind; kinds of which nothing was found are left out.
 * A record's number and `#12` or `tiket 12`, a ticket's, name one thing. Else mailboxes, lists and contacts are searched as their own
 * lists search them; requests and codes, by the identity or number of somebody who has no mailbox yet.
 * @param reader reads lists and contacts, of which no index knows a part of the name (decision 012)
 * @returns null when too little was typed to search by
 */
export async function findAnywhere(
  { db, reader }: { db: Db; reader: Db },
  actor: Actor,
  typed: string,
  now: Date,
): Promise<Kind[] | null> {
  const text = plainSigns(typed).trim();
  const [, sign = '', ticket] = /^((?:tiket|ticket)?\s*#?) ?(\d{1,9})$/i.exec(text) ?? [];
  const exact = ticket
    ? [...(sign === '' ? await endingIn(db, actor, ticket) : []), ...(await ticketNumbered(db, actor, Number(ticket)))]
    : await numbered(db, actor, text);
  if (text.startsWith('#') || (ticket !== undefined && sign !== '') || (exact.length > 0 && ticket === undefined))
    return exact;
  if (termsOf(typed, ALL_KEYS) === null) return ticket ? exact : null;
  const query = (sort: string): ListQuery => ({
    q: typed,
    by: ALL_KEYS,
    filters: {},
    refused: {},
    sort,
    descending: false,
    page: 1,
    limit: SHOWN,
    offset: 0,
  });
  const listed = <Row extends { id: number }>(
    type: ItemType,
    path: string,
    found: Found<Row>,
    hit: (row: Row) => Omit<Hit, 'href'>,
  ) => kindOf(actor, type, found, hit, `/${actor.role}/${path}?${new URLSearchParams({ q: typed })}`);
  const mailboxes = await listMailboxes(db, actor, query('display_name'));
  const kinds = [
    ...exact,
    listed('mailbox', 'mailboxes', mailboxes, (row) => ({
      name: row.display_name,
      about: [row.primary_email, row.login_id, actor.role === 'helpdesk' ? row.agency : ''].filter(Boolean).join(' · '),
    })),
    ...(mailboxes.total === 0 ? await joining(db, actor, text) : []),
    listed('group', 'groups', await listGroups(reader, actor, query('display_name'), now), (row) => ({
      name: row.display_name,
      about: row.primary_email,
    })),
    listed('contact', 'contacts', await listContacts(reader, query('full_name')), (row) => ({
      name: row.full_name,
      about: [row.email, row.company].filter(Boolean).join(' · '),
    })),
  ];
  return kinds.filter(({ hits }) => hits.length > 0);
}

function kindOf<Row extends { id: number }>(
  actor: Actor,
  type: ItemType,
  { rows, total, capped = false }: Found<Row>,
  hit: (row: Row) => Omit<Hit, 'href'>,
  all: string | null = null,
): Kind {
  const place = kindOfItem(type)?.[actor.role === 'helpdesk' ? 'helpdesk' : 'admin'];
  const hits = place === undefined ? [] : rows.map((row) => ({ href: place(row.id), ...hit(row) }));
  return { type, hits, total, capped, all: total > rows.length ? all : null };
}

/** The record with that number, or the request of which it is the reference. */
async function numbered(db: Db, actor: Actor, text: string): Promise<Kind[]> {
  const number = text.toUpperCase();
  const records = await withinReach(db.selectFrom('record'), actor, sql`+agency_id`)
    .select(['id', 'number', 'item_name'])
    .where('number', '=', number)
    .execute();
  const requests = await withinReach(db.selectFrom('access_code_request'), actor, sql`+agency_id`)
    .select(['id', 'reference', 'full_name'])
    .where('reference', '=', number)
    .execute();
  return [
    ...records.map((record) => recordKind(actor, [record])),
    ...requests.map((row) =>
      kindOf(actor, 'access_code_request', { rows: [row], total: 1 }, ({ full_name, reference }) => ({
        name: full_name,
        about: reference,
      })),
    ),
  ];
}

/** The records of which a number has these six digits at its end, of each agency and year, the newest first. */
async function endingIn(db: Db, actor: Actor, digits: string): Promise<Kind[]> {
  if (digits.length !== 6) return [];
  const first = await db.selectFrom('record').select('year').orderBy('id').limit(1).executeTakeFirst();
  const last = await db.selectFrom('record').select('year').orderBy('id', 'desc').limit(1).executeTakeFirst();
  if (first === undefined || last === undefined) return [];
  const years = Array.from({ length: last.year - first.year + 1 }, (_, at) => first.year + at);
  const agencies = actor.role === 'helpdesk' ? sql`(select id from agency)` : sql`(${actor.agencyId})`;
  const rows = await withinReach(db.selectFrom('record'), actor, sql`+agency_id`)
    .select(['id', 'number', 'item_name'])
    .where(sql<boolean>`agency_id in ${agencies}`)
    .where('year', 'in', years)
    .where('sequence', '=', Number(digits))
    .orderBy(sql`+id`, 'desc')
    .limit(SHOWN)
    .execute();
  return rows.length === 0 ? [] : [recordKind(actor, rows)];
}

function recordKind(actor: Actor, rows: { id: number; number: string; item_name: string }[]): Kind {
  const hits = rows.map(({ id, number: name, item_name: about }) => ({
    href: `/${actor.role}/records/${id}`,
    name,
    about,
  }));
  return { type: 'record', hits, total: hits.length, capped: false, all: null };
}

async function ticketNumbered(db: Db, actor: Actor, id: number): Promise<Kind[]> {
  const rows = await withinReach(db.selectFrom('ticket'), actor, sql`+agency_id`)
    .select(['id', 'subject'])
    .where('id', '=', id)
    .execute();
  return rows.map((row) =>
    kindOf(actor, 'ticket', { rows: [row], total: 1 }, ({ subject }) => ({ name: `#${id}`, about: subject })),
  );
}

/** Requests and codes of somebody, by identity card number or address. */
async function joining(db: Db, actor: Actor, text: string): Promise<Kind[]> {
  const ic = readIcNumber(text);
  const address = text.toLowerCase();
  if (ic === null && !address.includes('@')) return [];
  const by = ic === null ? (['email', address] as const) : (['ic_number', ic] as const);
  const kinds: Kind[] = [];
  for (const type of ['access_code_request', 'access_code', 'account_request'] as const) {
    const rows = await withinReach(db.selectFrom(type), actor, sql`+agency_id`) // the identity's index, and not the agency's, finds these
      .select(['id', 'full_name'])
      .where(by[0], '=', by[1])
      .orderBy(sql`+id`, 'desc')
      .limit(SHOWN)
      .execute();
    kinds.push(kindOf(actor, type, { rows, total: rows.length }, ({ full_name }) => ({ name: full_name, about: '' })));
  }
  return kinds;
}
