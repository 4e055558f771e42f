import { randomUUID } from 'node:crypto';
import type { Actor } from '../base/actor.ts';
import { Repeated } from '../base/errors.ts';
import type { Settings } from '../base/settings.ts';
import type { Db, Trx } from './database.ts';

/** One act of one person at one moment: what a verb works with. Inside, nothing is waited for but `trx`: there is one connection. */
export type Act = {
  trx: Trx;
  actor: Actor;
  now: Date;
  /** What the environment says of the helpdesk and the web mail, where the helpdesk has not set its own, and who sends mails. */
  settings: Pick<Settings, 'owaUrl' | 'helpdeskEmail' | 'mailFrom'>;
};

/** Nothing set in the environment: what the helpdesk has set alone counts. */
export const UNSET: Act['settings'] = {
  owaUrl: null,
  helpdeskEmail: null,
  mailFrom: { name: 'IPMS', address: 'ipms@localhost' },
};

/**
 * Opens one act: everything that `work` writes, its audit rows, record and mails, or nothing. A verb is
 * given an act and never opens one; a page opens it with `app.act`, a schedule or a command with this.
 * The first thing written is the submission's name, so that a double click has one effect even when both arrive together.
 * @throws Repeated when this very submission has been carried out already
 */
export async function inAct<T>(db: Db, who: Omit<Act, 'trx'>, work: (act: Act) => Promise<T>): Promise<T> {
  const { actor, now } = who;
  return db.transaction().execute(async (trx) => {
    if (actor.act !== null) {
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto('submission')
        .values({ act: actor.act, at: now.toISOString() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) throw new Repeated(actor.act);
    }
    return work({ ...who, trx });
  });
}

/**
 * For a check that comes before the change and would go wrong the second time, such as the present password's.
 * @throws Repeated when this very submission has been carried out already
 */
export async function refuseRepeat(db: Db, { act }: Pick<Actor, 'act'>) {
  if (act !== null && (await wasDone(db, act))) throw new Repeated(act);
}

/** Has a submission of this name been carried out already? */
export async function wasDone(db: Db, act: string) {
  const done = await db.selectFrom('submission').select('act').where('act', '=', act).executeTakeFirst();
  return done !== undefined;
}

/** Rows that one act writes share its name; an act without a form (a schedule, a command) gets one of its own. */
export function actName(actor: Actor) {
  return actor.act ?? randomUUID();
}
