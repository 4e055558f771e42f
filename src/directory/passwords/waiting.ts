import { seal, unseal } from '../../base/secrets.ts';
import type { Db, Trx } from '../../data/database.ts';
import { markOf, type ObjectOf } from '../objects.ts';

export type WaitingPassword = {
  userId: number;
  of: ObjectOf;
  guid: string;
  password: string;
  mustChange: boolean;
  sealed: string;
};

/** A password on its way, as the database keeps it; it is good for this person alone. */
export function sealPassword(key: Buffer, userId: number, password: string) {
  return seal(key, `${userId}:${password}`);
}

/** The passwords that wait for the directory, of those whose object is there. */
export async function waitingPasswords(
  db: Db,
  key: Buffer,
  known: ReadonlyMap<string, string>,
): Promise<WaitingPassword[]> {
  const rows = await db
    .selectFrom('directory_password')
    .innerJoin('mailbox', 'mailbox.user_id', 'directory_password.user_id')
    .innerJoin('agency', 'agency.id', 'mailbox.agency_id')
    .select(['directory_password.user_id', 'directory_password.sealed', 'directory_password.must_change', 'mailbox.id'])
    .select('agency.directory_must_change')
    .where('mailbox.status', '<>', 'deleted')
    .execute();
  return rows.flatMap(({ user_id: userId, sealed, id, must_change, directory_must_change }) => {
    const of: ObjectOf = { type: 'mailbox', id };
    const guid = known.get(markOf(of));
    const [owner, ...password] = unseal(key, sealed)?.split(':') ?? [];
    if (guid === undefined || owner !== String(userId)) return [];
    return [
      { userId, of, guid, password: password.join(':'), mustChange: must_change + directory_must_change === 2, sealed },
    ];
  });
}

/** Whose passwords wait, also of those whose object is not there yet. */
export async function awaitedPasswords(db: Db): Promise<ObjectOf[]> {
  const rows = await db
    .selectFrom('directory_password')
    .innerJoin('mailbox', 'mailbox.user_id', 'directory_password.user_id')
    .select('mailbox.id')
    .where('mailbox.status', '<>', 'deleted')
    .orderBy('mailbox.id')
    .execute();
  return rows.map(({ id }) => ({ type: 'mailbox', id }));
}

/** The directory has the password: it is erased here, and the account may be opened. A newer one that waits stays. */
export async function arrived(
  db: Db,
  { userId, of, sealed }: Pick<WaitingPassword, 'userId' | 'of' | 'sealed'>,
  now: Date,
) {
  await db.transaction().execute(async (trx) => {
    await erase(trx, userId, sealed);
    await trx
      .updateTable('directory_object')
      .set({ password_at: now.toISOString(), state: 'under-way' })
      .where('item_type', '=', of.type)
      .where('item_id', '=', of.id)
      .execute();
  });
}

async function erase(trx: Trx, userId: number, sealed: string) {
  await trx.deleteFrom('directory_password').where('user_id', '=', userId).where('sealed', '=', sealed).execute();
}
