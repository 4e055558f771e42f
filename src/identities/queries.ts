import { sql } from 'kysely';
import { NotFound } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import type { IdentityHolder, IdentityKind, Row } from '../data/schema.ts';

export type Identity = { kind: IdentityKind; value: string };
export type SecondAccount = Row<'second_account'>;
export type Served = { holder: IdentityHolder; holder_id: number; agency_id: number; name: string };

/** By what a person is served; what is of the agency that is named comes first. */
export async function servedBy(
  db: Db | Trx,
  { kind, value, agency_id }: Identity & { agency_id?: number | null },
  now: Date,
): Promise<Served[]> {
  const claims = await db
    .selectFrom('identity_claim')
    .select(['holder', 'holder_id'])
    .where('kind', '=', kind)
    .where('value', '=', value)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('access_code')
            .select('id')
            .where('holder', '=', 'access_code')
            .whereRef('access_code.id', '=', 'holder_id')
            .where('expires_at', '<=', now.toISOString()),
        ),
      ),
    )
    .orderBy('second_account_id')
    .orderBy('surplus')
    .execute();
  const found: Served[] = [];
  for (const { holder, holder_id } of claims) found.push(await holderAt(db, holder, holder_id));
  return found.sort((one, other) => Number(other.agency_id === agency_id) - Number(one.agency_id === agency_id));
}

/** What serves a person. @throws NotFound when it does not any more */
async function holderAt(db: Db | Trx, holder: IdentityHolder, id: number) {
  const row = await db
    .selectFrom('identity_holder')
    .selectAll()
    .where('holder', '=', holder)
    .where('holder_id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** How a mailbox's person is known, also when it was deleted. */
export async function identityOfMailbox(db: Db | Trx, mailbox: Pick<Row<'mailbox'>, 'id'>): Promise<Identity> {
  const { kind, value } = await db
    .selectFrom('mailbox_known_as')
    .select(['kind', 'value'])
    .where('holder_id', '=', mailbox.id)
    .executeTakeFirstOrThrow();
  return { kind, value: value ?? '' };
}

/** Of a double that was there before doubles were refused: what serves the person, and who that is. */
export async function surplusById(db: Db | Trx, holder: IdentityHolder, id: number) {
  return (await isSurplus(db, holder, { id })) ? holderAt(db, holder, id) : undefined;
}

/** Is it a double from before doubles were refused? */
export async function isSurplus(db: Db | Trx, holder: IdentityHolder, { id }: { id: number }) {
  const claim = await db
    .selectFrom('identity_claim')
    .select('surplus')
    .where('holder', '=', holder)
    .where('holder_id', '=', id)
    .executeTakeFirst();
  return (claim?.surplus ?? 0) > 0;
}

export async function countSurplus(db: Db) {
  const { count } = await db
    .selectFrom('identity_claim')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('surplus', '>', 0)
    .executeTakeFirstOrThrow();
  return count;
}

/** @throws NotFound */
export async function secondAccountById(db: Db | Trx, id: number): Promise<SecondAccount> {
  const row = await db.selectFrom('second_account').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** What uses a permission, or undefined. */
export async function usedBy(db: Db | Trx, permission: Pick<SecondAccount, 'id'>) {
  const claim = await db
    .selectFrom('identity_claim')
    .select(['holder', 'holder_id'])
    .where('second_account_id', '=', permission.id)
    .executeTakeFirst();
  return claim === undefined ? undefined : holderAt(db, claim.holder, claim.holder_id);
}

/** May an agency serve a person once more, because the helpdesk permitted it and nobody has used that yet? */
export async function hasUnusedPermission(db: Db | Trx, { kind, value, agency_id }: Identity & { agency_id: number }) {
  const permission = await db
    .selectFrom('second_account')
    .select('id')
    .where('kind', '=', kind)
    .where('value', '=', value)
    .where('agency_id', '=', agency_id)
    .where('withdrawn_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(selectFrom('identity_claim').select('holder').whereRef('second_account_id', '=', 'second_account.id')),
      ),
    )
    .executeTakeFirst();
  return permission !== undefined;
}

export type SecondAccountState = 'used' | 'unused' | 'withdrawn';
export type ListedSecondAccount = SecondAccount & { state: SecondAccountState };

/** What a permission is at the moment, as SQL over `second_account`. */
export const secondAccountState = sql<SecondAccountState>`case when withdrawn_at is not null then 'withdrawn'
  when exists (select 1 from identity_claim where second_account_id = second_account.id) then 'used' else 'unused' end`;

export async function listSecondAccounts(db: Db, query: ListQuery): Promise<Found<ListedSecondAccount>> {
  let found = db.selectFrom('second_account');
  if (query.filters.agency) found = found.where('agency_id', '=', Number(query.filters.agency));
  if (query.filters.state) found = found.where(secondAccountState, '=', query.filters.state as SecondAccountState);
  if (query.q !== '') found = found.where(anyContains(query.q, ['full_name', 'reason', 'value'], ['value']));
  return onePage(db, found.selectAll().select(secondAccountState.as('state')), query);
}

export type ListedDouble = Served & Identity & { row: string };

/** The doubles that were there before doubles were refused. */
export async function listDoubles(db: Db, query: ListQuery): Promise<Found<ListedDouble>> {
  let found = db
    .selectFrom('identity_claim as claim')
    .innerJoin('identity_holder as living', (join) =>
      join.onRef('living.holder', '=', 'claim.holder').onRef('living.holder_id', '=', 'claim.holder_id'),
    )
    .where('surplus', '>', 0);
  if (query.filters.agency) found = found.where('agency_id', '=', Number(query.filters.agency));
  if (query.q !== '') found = found.where(anyContains(query.q, ['name', 'claim.value'], ['claim.value']));
  const columns = ['claim.holder', 'claim.holder_id', 'agency_id', 'name', 'claim.kind', 'claim.value'] as const;
  const row = sql<string>`claim.holder || '-' || claim.holder_id`;
  return onePage(db, db.selectFrom(found.select([...columns, row.as('row')]).as('doubles')).selectAll(), query, 'row');
}

/** The second accounts that the helpdesk permitted to whom a mailbox serves, and that are in use. */
export async function secondAccountsOf(db: Db, mailbox: Pick<Row<'mailbox'>, 'id'>) {
  return db
    .selectFrom('identity_claim as own')
    .innerJoin('second_account', (join) =>
      join.onRef('second_account.kind', '=', 'own.kind').onRef('second_account.value', '=', 'own.value'),
    )
    .innerJoin('identity_claim as used', 'used.second_account_id', 'second_account.id')
    .innerJoin('agency', 'agency.id', 'second_account.agency_id')
    .select(['agency.name as agency', 'reason', 'granted_at'])
    .where('own.holder', '=', 'mailbox')
    .where('own.holder_id', '=', mailbox.id)
    .orderBy('second_account.id')
    .execute();
}
