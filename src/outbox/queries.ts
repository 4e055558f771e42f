import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { pageById } from '../data/paging-by-id.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';
import type { Bilingual } from '../texts.ts';
import type { Item } from '../trail/items.ts';

export type OutboxMail = Row<'outbox'>;

/** A mail as the list shows it. */
export type MailLine = Pick<
  OutboxMail,
  'id' | 'mail' | 'to_name' | 'to_address' | 'state' | 'tries' | 'created_at' | 'sent_at' | 'last_error'
> & { subject: Bilingual };

/** @throws NotFound */
export async function findMail(db: Db | Trx, actor: Actor, id: number): Promise<OutboxMail> {
  const row = await withinReach(db.selectFrom('outbox').selectAll(), actor).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** The newest first, or the oldest; searched by address, name and subject in both languages. */
export async function listMails(db: Db, actor: Actor, query: ListQuery): Promise<Found<MailLine>> {
  const mails = withinReach(
    db
      .selectFrom('outbox')
      .select(['id', 'mail', 'to_name', 'to_address', 'state', 'tries', 'created_at', 'sent_at', 'last_error'])
      .select(sql<string>`letter ->> '$.subject.ms'`.as('subject_ms'))
      .select(sql<string>`letter ->> '$.subject.en'`.as('subject_en')),
    actor,
  );
  let found = db.selectFrom(mails.as('found'));
  const { state, mail } = query.filters;
  if (state) found = found.where('state', '=', state as OutboxMail['state']);
  if (mail) found = found.where('mail', '=', mail);
  if (query.q !== '') found = found.where(anyContains(query.q, ['to_address', 'to_name', 'subject_ms', 'subject_en']));
  const { rows, total } =
    query.q === '' && query.whole === undefined
      ? await onePage(db, found.selectAll(), { ...query, sort: 'id' })
      : await pageById(found.selectAll(), query, () => newestMail(db));
  return {
    rows: rows.map(({ subject_ms, subject_en, ...row }) => ({ ...row, subject: { ms: subject_ms, en: subject_en } })),
    total,
  };
}

/** The newest mail's number of all, 0 when there is none. */
async function newestMail(db: Db) {
  const row = await db.selectFrom('outbox').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row?.id ?? 0;
}

/** How many mails were given up. */
export async function countFailed(db: Db | Trx) {
  const { count } = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'failed')
    .executeTakeFirstOrThrow();
  return count;
}

/** Mails that were given up, oldest first. */
export async function failedMails(trx: Trx, actor: Actor, most: number): Promise<OutboxMail[]> {
  return withinReach(trx.selectFrom('outbox').selectAll(), actor)
    .where('state', '=', 'failed')
    .orderBy('id')
    .limit(most)
    .execute();
}

/** What the thing that a mail is about was called when it was last changed; null where no trail is kept of it. */
export async function nameOfItem(db: Db, item: Pick<Item, 'type' | 'id'>) {
  const row = await db
    .selectFrom('audit')
    .select('item_name')
    .where('item_type', '=', item.type)
    .where('item_id', '=', item.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.item_name ?? null;
}
