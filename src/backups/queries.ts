import { DAY, HOUR, later, timeInWords } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import type { Row } from '../data/schema.ts';
import type { Sentence } from '../texts.ts';
import type { Known } from './folder.ts';

export type Backup = Row<'backup'>;

/** A day, and as long as making one may take: later than that, one is missing. */
const MOST_AGE = DAY + 2 * HOUR;
/** The first one may take so long after copies were switched on. */
const FIRST_WITHIN = 2 * HOUR;

/** What is known of the work itself. */
export async function readBackupWork(db: Db | Trx) {
  return db.selectFrom('backup_work').selectAll().executeTakeFirstOrThrow();
}

/** The newest copy that is there, was looked over, and has no fault. */
export async function newestGood(db: Db | Trx) {
  return db.selectFrom('backup').selectAll().where('state', '=', 'good').orderBy('ended_at', 'desc').executeTakeFirst();
}

/** What came of the last try to make a copy, whatever became of it since. */
export async function lastTry(db: Db | Trx) {
  return db
    .selectFrom('backup')
    .selectAll()
    .where((eb) => eb.or([eb('state', '=', 'failed'), eb('sha256', 'is not', null)]))
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** The copies that are, or should be, in the folder. */
export async function knownCopies(db: Db): Promise<Known[]> {
  return db
    .selectFrom('backup')
    .select(['file_name', 'state', 'bytes', 'sha256', 'read_at'])
    .where('state', 'in', ['good', 'faults', 'found', 'gone', 'spoilt'])
    .orderBy('id')
    .execute();
}

/** The copies and failed tries, for the helpdesk alone. */
export async function listBackups(db: Db, query: ListQuery): Promise<Found<Backup>> {
  const { state } = query.filters;
  let found = db.selectFrom('backup');
  if (state === 'kept') found = found.where('state', 'in', ['good', 'faults', 'found']);
  else if (state) found = found.where('state', '=', state as Backup['state']);
  if (query.q !== '') found = found.where(anyContains(query.q, ['file_name', 'asked_by_name', 'said']));
  return onePage(db, found.selectAll(), query);
}

/** How many tries in a row have failed, up to now. */
export async function failedTries(db: Db) {
  const { count } = await db
    .selectFrom('backup')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'failed')
    .where('id', '>', (eb) =>
      eb
        .selectFrom('backup as made')
        .select((made) => made.fn.coalesce(made.fn.max('made.id'), made.lit(0)).as('id'))
        .where('made.sha256', 'is not', null),
    )
    .executeTakeFirstOrThrow();
  return count;
}

/** What the helpdesk is to know and to do something about; nothing where IPMS makes no copies by itself. */
export async function backupTroubles(db: Db | Trx, now: Date): Promise<Sentence[]> {
  const { scheduled_since, copying_said } = await readBackupWork(db);
  if (scheduled_since === null) return [];
  const [good, last] = [await newestGood(db), await lastTry(db)];
  const found: Sentence[] = [];
  if (last?.state === 'failed') found.push({ key: 'backup.trouble.failed', params: { why: last.said ?? '' } });
  if (last?.state === 'faults') found.push({ key: 'backup.trouble.faults' });
  if (good === undefined) {
    if (later(new Date(scheduled_since), FIRST_WITHIN) <= now) found.push({ key: 'backup.trouble.none' });
  } else if (later(new Date(good.ended_at), MOST_AGE) <= now)
    found.push({ key: 'backup.trouble.old', params: { time: timeInWords(good.ended_at) } });
  const lost = await lostLately(db, now);
  if (lost.length > 0) found.push({ key: 'backup.trouble.lost', params: { files: lost.join(', ') } });
  if (copying_said !== null) found.push({ key: 'backup.trouble.notCopied', params: { why: copying_said } });
  return found;
}

/** For a day, it is said of a copy that it was lost. */
async function lostLately(db: Db | Trx, now: Date) {
  const rows = await db
    .selectFrom('backup')
    .select('file_name')
    .where('state', 'in', ['spoilt', 'gone'])
    .where('lost_at', '>', later(now, -DAY).toISOString())
    .orderBy('id')
    .execute();
  return rows.map(({ file_name }) => file_name);
}
