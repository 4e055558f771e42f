import { sql } from 'kysely';
import { RuleBroken } from '../base/errors.ts';
import { oneSpelling, withoutUnseen } from '../base/spelling.ts';
import { type Db, isTaken, type Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';

type AddressKind = Row<'address'>['kind'];

/** Local part of an official address: ASCII, 1–64, no dot at an end, no two in a row. */
const LOCAL = /^(?!.*\.\.)(?!\.)[a-z0-9._-]{1,64}(?<!\.)$/;

/** Canonical spelling of an address: without what nobody sees, trimmed, NFC, lower case. */
export function canonicalAddress(typed: string) {
  return oneSpelling(withoutUnseen(typed)).trim().toLowerCase();
}

/**
 * Is this an address that the agency may give? The domain must be one of its mail domains.
 * @throws RuleBroken beside `field`
 */
export async function checkAgencyAddress(db: Db | Trx, agencyId: number, address: string, field: string) {
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 1 || !LOCAL.test(local)) throw new RuleBroken('address.wrong', {}, field);
  const domains = await agencyDomains(db, agencyId);
  if (!domains.includes(domain)) throw new RuleBroken('address.domain', { domains: domains.join(', ') }, field);
}

export async function agencyDomains(db: Db | Trx, agencyId: number) {
  const rows = await db
    .selectFrom('mail_domain')
    .select('domain')
    .where('agency_id', '=', agencyId)
    .orderBy('domain')
    .execute();
  return rows.map((row) => row.domain);
}

/**
 * Is the sign-in one that has not ended? With the state written out: an index of a part of the rows does not serve a
 * statement in which it is a parameter.
 */
export const isLive = sql<boolean>`${sql.ref('user.status')} <> 'deleted'`;

/** Has, or had, a sign-in the address? Those that have ended have an index of their own. */
export const hasOrHad = (address: string) => sql<boolean>`(
  (${sql.ref('user.email')} = ${address} and ${isLive})
  or (${sql.ref('user.email')} = ${address} and ${sql.ref('user.status')} = 'deleted'))`;

/**
 * Enters an address into the one registry. Its key, and no look before, decides who is first.
 * @throws RuleBroken beside `field` when it is taken
 */
export async function claimAddress(
  trx: Trx,
  entry: { address: string; kind: AddressKind; agencyId: number | null; itemId: number },
  field: string,
) {
  // A sign-in that has no mailbox yet may hold the address: an administrator whom the helpdesk has invited.
  const { address } = entry;
  const signIn = await trx
    .selectFrom('user')
    .select('id')
    .where('email', '=', address)
    .where(isLive)
    .executeTakeFirst();
  if (signIn !== undefined) throw addressTaken(address, field);
  try {
    await trx
      .insertInto('address')
      .values({
        address,
        kind: entry.kind,
        agency_id: entry.agencyId,
        item_id: entry.itemId,
      })
      .execute();
  } catch (error) {
    if (isTaken(error, 'address.address')) throw addressTaken(address, field);
    throw error;
  }
}

/** Gives up what an item holds in the registry. */
export async function releaseAddresses(trx: Trx, kind: AddressKind, itemId: number) {
  await trx.deleteFrom('address').where('kind', '=', kind).where('item_id', '=', itemId).execute();
}

/** Of these addresses, those that nobody has: neither in the registry nor to sign in with. */
export async function freeAddresses(db: Db | Trx, addresses: string[]) {
  if (addresses.length === 0) return [];
  const taken = await db
    .selectFrom('address')
    .select('address')
    .where('address', 'in', addresses)
    .union(db.selectFrom('user').select('email as address').where('email', 'in', addresses).where(isLive))
    .execute();
  const set = new Set(taken.map((row) => row.address));
  return addresses.filter((address) => !set.has(address));
}

/**
 * Before the key decides: what is entered first would end what is looked at beside it.
 * @throws RuleBroken beside `field` when somebody has the address
 */
export async function refuseTakenAddress(db: Db | Trx, address: string, field: string) {
  if ((await freeAddresses(db, [address])).length === 0) throw addressTaken(address, field);
}

/** What is said of an address that somebody has. */
export const addressTaken = (address: string, field: string) => new RuleBroken('address.taken', { address }, field);

/**
 * Frees the addresses whose reservation is over (the helpdesk's setting), at most so many: anybody may have them now.
 * @returns those addresses
 */
export async function freeReservedAddresses(trx: Trx, now: Date, most: number): Promise<string[]> {
  const over = await trx
    .deleteFrom('address')
    .where('address', 'in', (eb) =>
      eb
        .selectFrom('address')
        .select('address')
        .where('kind', '=', 'reserved')
        .where('reserved_until', '<=', now.toISOString())
        .limit(most),
    )
    .returning('address')
    .execute();
  return over.map((row) => row.address);
}

/** What was typed for an address of an agency, as it is meant, in its one spelling. */
export async function agencyAddress(db: Db | Trx, agencyId: number, typed: string) {
  return withDomain(canonicalAddress(typed), await agencyDomains(db, agencyId));
}

/** An address as it is meant: a local part alone belongs to the agency's first domain. */
export function withDomain(typed: string, domains: string[]) {
  return typed.includes('@') || typed === '' ? typed : `${typed}@${domains[0] ?? ''}`;
}
