import { later, SECOND } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import type { Row } from '../data/schema.ts';

/** Whoever works says again and again that it does; when it has said nothing for so long, another may take over. */
const CLAIMED_FOR = 30 * SECOND;

export type Progress = { phase: string; done: number; total: number };

/** What the work in the directory is at. */
export async function readWork(db: Db): Promise<Row<'directory_work'>> {
  return db.selectFrom('directory_work').selectAll().executeTakeFirstOrThrow();
}

/** Takes the work, unless somebody else has it. One does it at a time, whether server or command. */
export async function claimWork(db: Db, holder: string, now: Date) {
  const { numUpdatedRows } = await db
    .updateTable('directory_work')
    .set({ holder, claimed_until: later(now, CLAIMED_FOR).toISOString() })
    .where((eb) =>
      eb.or([eb('holder', 'is', null), eb('holder', '=', holder), eb('claimed_until', '<=', now.toISOString())]),
    )
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Keeps the work, and says how far it is. @throws Error when it was away for so long that somebody else has it */
export async function keepWork(db: Db, holder: string, now: Date, progress: Progress) {
  const { numUpdatedRows } = await db
    .updateTable('directory_work')
    .set({ ...progress, claimed_until: later(now, CLAIMED_FOR).toISOString() })
    .where('holder', '=', holder)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new Error('the work in the directory was taken over');
}

/** Gives the work back, with what is to be remembered of it. */
export async function endWork(db: Db, holder: string, outcome: Partial<Row<'directory_work'>>) {
  await db
    .updateTable('directory_work')
    .set({ ...outcome, holder: null, claimed_until: null, phase: '', done: 0, total: 0 })
    .where('holder', '=', holder)
    .execute();
}
