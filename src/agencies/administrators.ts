import type { Db, Trx } from '../data/database.ts';
import type { Recipient } from '../trail/outbox.ts';

/**
 * The administrators of an agency who can sign in: where its mails go.
 * @param except users who are to hear nothing
 */
export async function administratorsOf(
  db: Db | Trx,
  agencyId: number,
  except: readonly number[] = [],
): Promise<Recipient[]> {
  return db
    .selectFrom('user')
    .select(['full_name as name', 'email as address'])
    .where('agency_id', '=', agencyId)
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .where('id', 'not in', [0, ...except])
    .orderBy('full_name')
    .execute();
}

/** How many administrators with a password an agency has without a certain person: 0 means that nobody would look after it. */
export async function administratorsWithout(db: Db | Trx, agencyId: number, userId: number) {
  const { count } = await db
    .selectFrom('user')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('agency_id', '=', agencyId)
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .where('password_hash', 'is not', null)
    .where('id', '!=', userId)
    .executeTakeFirstOrThrow();
  return count;
}

/** All agencies, for a choice. */
export async function agencyOptions(db: Db) {
  const rows = await db.selectFrom('agency').select(['id', 'name']).orderBy('name').execute();
  return rows.map((row) => ({ value: String(row.id), label: { text: row.name } }));
}
