import { type Actor, userOf } from '../../base/actor.ts';
import { NotFound } from '../../base/errors.ts';
import type { Db, Trx } from '../../data/database.ts';
import type { Row } from '../../data/schema.ts';

/** So many may a person have: the page shows them all. */
export const MOST_PASSKEYS = 10;

/** A person's passkeys, the oldest first: never more than `MOST_PASSKEYS`. */
export async function passkeysOf(db: Db | Trx, user: Pick<Row<'user'>, 'id'>) {
  return db.selectFrom('passkey').selectAll().where('user_id', '=', user.id).orderBy('id').execute();
}

/** One of the actor's own. @throws NotFound also for somebody else's */
export async function findOwnPasskey(db: Db | Trx, actor: Actor, id: number) {
  const row = await db
    .selectFrom('passkey')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userOf(actor))
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** The passkey that a device says it has used; its id is one of a device, and says nothing of who there is. */
export async function passkeyByCredential(db: Db | Trx, credentialId: string) {
  return db.selectFrom('passkey').selectAll().where('credential_id', '=', credentialId).executeTakeFirst();
}

/** Whose a passkey is, while that person may sign in. */
export async function activePersonOf(db: Db, passkey: Pick<Row<'passkey'>, 'user_id'>) {
  return db
    .selectFrom('user')
    .selectAll()
    .where('id', '=', passkey.user_id)
    .where('status', '=', 'active')
    .executeTakeFirst();
}
