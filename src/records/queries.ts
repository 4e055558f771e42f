import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import { DAY, later, startOfDay } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import { anyContains, countUpTo, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { pageById } from '../data/paging-by-id.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';
import { type Item, type ItemType, kindOfItem } from '../trail/items.ts';
import { peopleIn } from './content.ts';

export type FiledRecord = Row<'record'>;
/** The thing that a record is about. */
export type RecordItem = Pick<Item, 'type' | 'id'>;

/** `mailbox-12`, as a list's filter names an item; null for anything else. Of a kind that is none, there are no records. */
export function readItem(text: string): RecordItem | null {
  const [, type, id] = /^([a-z_]{1,40})-(\d{1,15})$/.exec(text) ?? [];
  return type === undefined ? null : { type: type as ItemType, id: Number(id) };
}

/** Records filed in a period and by procedures, within reach. Days are YYYY-MM-DD; what is not given narrows nothing. */
export function filedRecords(db: Db, actor: Actor, wanted: { from?: string; to?: string; sops?: string[] }) {
  let found = withinReach(db.selectFrom('record'), actor);
  if (wanted.from) found = found.where('filed_at', '>=', startOfDay(wanted.from).toISOString());
  if (wanted.to) found = found.where('filed_at', '<', later(startOfDay(wanted.to), DAY).toISOString());
  if (wanted.sops?.length) found = found.where('sop', 'in', wanted.sops);
  return found;
}

/** The newest record's number of all, 0 when there is none. */
async function newestRecord(db: Db) {
  const row = await db.selectFrom('record').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row?.id ?? 0;
}

/** One page of records, searched by number, name and content. */
export async function listRecords(db: Db, actor: Actor, query: ListQuery): Promise<Found<FiledRecord>> {
  const { agency, sop, from, to, item } = query.filters;
  let found = filedRecords(db, actor, { ...(from ? { from } : {}), ...(to ? { to } : {}), sops: sop ? [sop] : [] });
  if (agency) found = found.where('agency_id', '=', Number(agency));
  const about = readItem(item ?? '');
  if (about !== null) found = found.where(isAbout(about));
  const rows = found.selectAll();
  if (query.q === '' && (query.whole === undefined || about !== null)) return onePage(db, rows, query);
  const isSought = anyContains(query.q, ['number', 'item_name', 'filed_by_name', 'content'], ['content']);
  return pageById(query.q === '' ? rows : rows.where(isSought), query, () => newestRecord(db));
}

/** A mailbox's records begin with those of its access code and of the requests that it came from. */
function isAbout({ type, id }: RecordItem) {
  const itself = sql<boolean>`(item_type = ${type} and item_id = ${id})`;
  if (type !== 'mailbox') return itself;
  return sql<boolean>`(${itself} or (item_type, item_id) in (
    with request as (
      select id, access_code_id from account_request
      where id = (select account_request_id from mailbox where mailbox.id = ${id}))
    select 'account_request', id from request
    union all select 'access_code', access_code_id from request
    union all select 'access_code_request', asked.id from access_code_request as asked
      join request on request.access_code_id = asked.access_code_id))`;
}

/** What an item was called in its newest record within reach, or null when it has none. */
export async function nameInRecords(db: Db, actor: Actor, item: RecordItem): Promise<string | null> {
  const row = await withinReach(db.selectFrom('record'), actor)
    .select('item_name')
    .where(isAbout(item))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.item_name ?? null;
}

/** @throws NotFound also for another agency's */
export async function findRecord(db: Db, actor: Actor, id: number): Promise<FiledRecord> {
  const row = await withinReach(db.selectFrom('record').selectAll(), actor).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

type AuditRow = Row<'audit'>;

/**
 * The steps that led to a record, oldest first: what was audited of its items, and what else its act did under the same
 * name. One act may be about many: nobody's record shows another's steps.
 */
export async function stepsOf(db: Db, record: FiledRecord, items: RecordItem[], most: number): Promise<AuditRow[]> {
  const lasting = kindOfItem(record.item_type)?.isLasting ?? false;
  const since = lasting ? await filedBefore(db, record) : '';
  const ofItems = sql<boolean>`(item_type, item_id) in (
    select value ->> 'type', value ->> 'id' from json_each(${JSON.stringify(items)}))`;
  return db
    .selectFrom('audit')
    .selectAll()
    .where('at', '<=', record.filed_at)
    .where(sql<boolean>`+agency_id = ${record.agency_id}`) // the plus: found by act and item, not by walking the agency's rows
    .where(({ and, or, eb }) =>
      or([
        and([eb('act', '=', record.act), or([ofItems, eb('item_name', '=', record.item_name)])]),
        and([ofItems, eb('at', '>', since), ...(lasting ? [eb('sop', '=', record.sop)] : [])]),
      ]),
    )
    .orderBy('id')
    .limit(most)
    .execute();
}

async function filedBefore(db: Db, record: FiledRecord) {
  const row = await db
    .selectFrom('record')
    .select('filed_at')
    .where('item_type', '=', record.item_type)
    .where('item_id', '=', record.item_id)
    .where('sop', '=', record.sop)
    .where('id', '<', record.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.filed_at ?? '';
}

export type CaseMail = Pick<
  Row<'outbox'>,
  'id' | 'mail' | 'to_name' | 'to_address' | 'state' | 'created_at' | 'sent_at'
> & { subject_ms: string; subject_en: string };

/** The mails of some steps about their things: whom, what about, when; never what they carried. */
export async function mailsOfSteps(
  db: Db,
  record: FiledRecord,
  steps: Pick<AuditRow, 'act' | 'at' | 'item_type' | 'item_id'>[],
  most: number,
): Promise<Found<CaseMail>> {
  const items = [record, ...steps].map(({ item_type, item_id }) => ({ item_type, item_id }));
  const acts = [record.act, ...steps.map((step) => step.act)];
  // work that no form began may have no name that its audit rows and mails share: it has a moment
  const moments = [record.filed_at, ...steps.map((step) => step.at)];
  const among = (values: string[]) => sql`(select value from json_each(${JSON.stringify([...new Set(values)])}))`;
  const found = db
    .selectFrom('outbox')
    .where('agency_id', '=', record.agency_id)
    .where(
      sql<boolean>`(item_type, item_id) in (
        select value ->> 'item_type', value ->> 'item_id' from json_each(${JSON.stringify(items)}))`,
    )
    .where(sql<boolean>`(act in ${among(acts)} or created_at in ${among(moments)})`);
  const rows = await found
    .select(['id', 'mail', 'to_name', 'to_address', 'state', 'created_at', 'sent_at'])
    .select(sql<string>`letter ->> '$.subject.ms'`.as('subject_ms'))
    .select(sql<string>`letter ->> '$.subject.en'`.as('subject_en'))
    .orderBy('id')
    .limit(most)
    .execute();
  return { rows, total: await countUpTo(db, found.select('id')) };
}

/** What was done to the item after the record was filed, oldest first. */
export async function changesSince(db: Db, record: FiledRecord, most: number): Promise<Found<AuditRow>> {
  const found = db
    .selectFrom('audit')
    .where('item_type', '=', record.item_type)
    .where('item_id', '=', record.item_id)
    .where('agency_id', '=', record.agency_id)
    .where('at', '>', record.filed_at)
    .where('act', '!=', record.act);
  const rows = await found.selectAll().orderBy('id').limit(most).execute();
  return { rows, total: await countUpTo(db, found.select('id')) };
}

/**
 * The names of the people whom records name, by the number of their sign-in.
 * @param known names that were read before, to which these are added: of a million records, most name the same few
 */
export async function namesOf(db: Db, records: FiledRecord[], known = new Map<number, string>()) {
  const ids = new Set(records.flatMap(peopleIn).filter((id) => !known.has(id)));
  if (ids.size === 0) return known;
  const rows = await db
    .selectFrom('user')
    .select(['id', 'full_name'])
    .where('id', 'in', [...ids])
    .execute();
  for (const { id, full_name } of rows) known.set(id, full_name);
  return known;
}
