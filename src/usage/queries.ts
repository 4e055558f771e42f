import { NotFound } from '../base/errors.ts';
import { DAY, later, startOfDay } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import type { Row } from '../data/schema.ts';

export type UsageFile = Row<'usage_file'>;

/** A file of the mail system's figures; only the helpdesk sees them, of all agencies. @throws NotFound */
export async function usageFileById(db: Db | Trx, id: number): Promise<UsageFile> {
  const row = await db.selectFrom('usage_file').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** The files that came in, for the helpdesk alone. */
export async function listUsageFiles(db: Db, query: ListQuery): Promise<Found<UsageFile>> {
  const { state, from, to } = query.filters;
  let found = db.selectFrom('usage_file');
  if (state) found = found.where('state', '=', state as UsageFile['state']);
  if (from) found = found.where('created_at', '>=', startOfDay(from).toISOString());
  if (to) found = found.where('created_at', '<', later(startOfDay(to), DAY).toISOString());
  if (query.q !== '') found = found.where(anyContains(query.q, ['file_name', 'created_by_name', 'confirmed_by_name']));
  return onePage(db, found.selectAll(), query);
}

export type ListedRow = Pick<
  Row<'usage_row'>,
  'id' | 'line' | 'address' | 'mailbox_id' | 'used_mb' | 'used_on' | 'last_mail_on' | 'state' | 'said'
> & { known_mb: number | null; known_on: string | null };

/** The rows of a file that are still kept, each beside what is known of its mailbox. */
export async function listUsageRows(db: Db, file: Pick<UsageFile, 'id'>, query: ListQuery): Promise<Found<ListedRow>> {
  let found = db
    .selectFrom('usage_row')
    .leftJoin('mailbox', 'mailbox.id', 'usage_row.mailbox_id')
    .where('usage_row.file_id', '=', file.id);
  const { state } = query.filters;
  if (state) found = found.where('usage_row.state', '=', state as ListedRow['state']);
  if (query.q !== '') found = found.where(anyContains(query.q, ['usage_row.address']));
  const rows = found.select([
    'usage_row.id',
    'usage_row.line',
    'usage_row.address',
    'usage_row.mailbox_id',
    'usage_row.used_mb',
    'usage_row.used_on',
    'usage_row.last_mail_on',
    'usage_row.state',
    'usage_row.said',
    'mailbox.used_mb as known_mb',
    'mailbox.used_on as known_on',
  ]);
  return onePage(db, rows, query, 'usage_row.id');
}

/** The first and last day of the figures that a file would bring. */
export async function daysIn(db: Db, file: Pick<UsageFile, 'id'>) {
  return db
    .selectFrom('usage_row')
    .select((eb) => [eb.fn.min('used_on').as('first'), eb.fn.max('used_on').as('last')])
    .where('file_id', '=', file.id)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
}

/** An earlier upload of this very file that was confirmed. */
export async function earlierFile(db: Db, file: Pick<UsageFile, 'id' | 'file_hash'>) {
  return db
    .selectFrom('usage_file')
    .select(['id', 'confirmed_at', 'confirmed_by_name'])
    .where('file_hash', '=', file.file_hash)
    .where('id', '!=', file.id)
    .where('confirmed_at', 'is not', null)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** The files whose figures wait to be taken over, in the order in which they were confirmed. */
export async function confirmedFiles(db: Db): Promise<Pick<UsageFile, 'id'>[]> {
  return db
    .selectFrom('usage_file')
    .select('id')
    .where('state', '=', 'confirmed')
    .orderBy('confirmed_at')
    .orderBy('id')
    .execute();
}
