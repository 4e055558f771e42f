import { DAY, HOUR, later, MINUTE } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import { signInName } from '../sign-in/sign-in.ts';

/** What a helpdesk meets: mails that were sent, two that could not be, somebody locked out, somebody who forgot the password. */
export async function seedTroubles(db: Db, now: Date) {
  const dayAgo = later(now, -DAY).toISOString();
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('outbox')
      .set((eb) => ({ state: 'sent', sent_at: eb.ref('created_at'), tries: 1, secret: null }))
      .where('created_at', '<', dayAgo)
      .execute();
    const failed = await trx
      .selectFrom('outbox')
      .select('id')
      .where('mail', '=', 'N6')
      .orderBy('id', 'desc')
      .limit(2)
      .execute();
    const ids = failed.map((row) => row.id);
    await trx
      .updateTable('outbox')
      .set({
        state: 'failed',
        sent_at: null,
        tries: 14,
        last_error: '550 5.1.1 Recipient address rejected: user unknown',
      })
      .where('id', 'in', ids)
      .execute();
    const [locked, forgetful] = await trx
      .selectFrom('user')
      .select(['id', 'agency_id', 'login_id'])
      .where('role', '=', 'user')
      .where('agency_id', '=', 1)
      .where('password_hash', 'is not', null)
      .orderBy('id', 'desc')
      .limit(2)
      .execute();
    if (locked)
      await trx
        .insertInto('throttle')
        .values({
          key: `${signInName(locked.login_id)}@198.51.100.40`,
          user_id: locked.id,
          failures: 5,
          window_ends_at: later(now, 15 * MINUTE).toISOString(),
          locked_until: later(now, 15 * MINUTE).toISOString(),
        })
        .execute();
    if (forgetful)
      await trx
        .insertInto('password_request')
        .values({
          user_id: forgetful.id,
          agency_id: forgetful.agency_id,
          requested_at: later(now, -3 * HOUR).toISOString(),
        })
        .execute();
  });
}
