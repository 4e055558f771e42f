import type { Db, Trx } from '../platform/database.ts';
import type { Recipient } from '../platform/outbox.ts';

/** The administrators of an agency who can sign in: where its mails go. */
export async function administratorsOf(db: Db | Trx, agencyId: number): Promise<Recipient[]> {
  return db
    .selectFrom('user')
    .select(['full_name as name', 'email as address'])
    .where('agency_id', '=', agencyId)
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .orderBy('full_name')
    .execute();
}

/** All agencies, for a choice. */
export async function agencyOptions(db: Db) {
  const rows = await db.selectFrom('agency').select(['id', 'name']).orderBy('name').execute();
  return rows.map((row) => ({ value: String(row.id), label: { text: row.name } }));
}
