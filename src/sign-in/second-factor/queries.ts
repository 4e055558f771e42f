import { sql } from 'kysely';
import type { Actor } from '../../base/actor.ts';
import { NotFound } from '../../base/errors.ts';
import type { Db, Trx } from '../../data/database.ts';
import { withinReach } from '../../data/reach.ts';
import type { Row } from '../../data/schema.ts';

/** @throws NotFound also for another agency's, and for one that has ended */
export async function findReachable(trx: Trx, actor: Actor, id: number): Promise<Row<'user'>> {
  const row = await withinReach(trx.selectFrom('user').selectAll(), actor)
    .where('id', '=', id)
    .where('status', '!=', 'deleted')
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** An active person's row, or undefined. */
export async function activeUserOf(db: Db | Trx, user: Pick<Row<'user'>, 'id'>) {
  return db.selectFrom('user').selectAll().where('id', '=', user.id).where('status', '=', 'active').executeTakeFirst();
}

export async function authenticatorOf(db: Db | Trx, user: Pick<Row<'user'>, 'id'>) {
  return db.selectFrom('authenticator').selectAll().where('user_id', '=', user.id).executeTakeFirst();
}

/** Whether the person in that column has a second factor, 1 or 0, for a query about people. */
export function secondFactorOf(userId: 'user.id') {
  return sql<number>`(exists (select 1 from authenticator where authenticator.user_id = ${sql.ref(userId)})
    or exists (select 1 from passkey where passkey.user_id = ${sql.ref(userId)}))`;
}

export async function hasSecondFactor(db: Db | Trx, user: Pick<Row<'user'>, 'id'>) {
  return (await authenticatorOf(db, user)) !== undefined || hasPasskey(db, user);
}

export async function hasPasskey(db: Db | Trx, user: Pick<Row<'user'>, 'id'>) {
  const row = await db.selectFrom('passkey').select('id').where('user_id', '=', user.id).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** How many recovery codes a person has not used yet. */
export async function countCodes(db: Db | Trx, user: Pick<Row<'user'>, 'id'>) {
  const { count } = await db
    .selectFrom('recovery_code')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('user_id', '=', user.id)
    .executeTakeFirstOrThrow();
  return count;
}

export type Spread = { role: 'admin' | 'helpdesk'; people: number; having: number };

/** Of those who can be made to have a second factor, how many there are, and how many have one. */
export async function readSpread(db: Db): Promise<Spread[]> {
  const rows = await db
    .selectFrom('user')
    .select([
      'role',
      (eb) => eb.fn.countAll<number>().as('people'),
      (eb) => eb.fn.sum<number>(secondFactorOf('user.id')).as('having'),
    ])
    .where(sql<boolean>`role <> 'user'`) // the index is of these few alone
    .where('status', '=', 'active')
    .groupBy('role')
    .execute();
  return (['helpdesk', 'admin'] as const).map((role) => {
    const row = rows.find((each) => each.role === role);
    return { role, people: row?.people ?? 0, having: row?.having ?? 0 };
  });
}
