import { randomUUID } from 'node:crypto';
import type { Actor } from './actor.ts';
import type { Db, Trx } from './database.ts';
import { Repeated } from './errors.ts';

/**
 * One change: everything that `work` writes, its audit rows, record, mails and directory jobs, or nothing.
 * The first thing written is the submission's name, so that a double click has one effect even when both arrive together.
 * Inside, use `trx` only, and wait for nothing slow: there is one connection.
 * @throws Repeated when this very submission has been carried out already
 */
export async function change<T>(db: Db, actor: Actor, now: Date, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    if (actor.act !== null) {
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto('submission')
        .values({ act: actor.act, at: now.toISOString() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) throw new Repeated(actor.act);
    }
    return work(trx);
  });
}

/**
 * For a check that comes before the change and would go wrong the second time, such as the present password's.
 * @throws Repeated when this very submission has been carried out already
 */
export async function refuseRepeat(db: Db, actor: Actor) {
  const done = await db
    .selectFrom('submission')
    .select('act')
    .where('act', '=', actor.act ?? '')
    .executeTakeFirst();
  if (done !== undefined) throw new Repeated(done.act);
}

/** Rows that one act writes share its name; an act without a form (a schedule, a command) gets one of its own. */
export function actName(actor: Actor) {
  return actor.act ?? randomUUID();
}
