import { RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import { isTaken, type Trx } from '../data/database.ts';
import type { Category, IdentityHolder } from '../data/schema.ts';
import { hasUnusedPermission, type Identity, isSurplus, servedBy } from './queries.ts';

/** Where what serves a person is shown to its agency. */
const HOLDER_PLACES: Record<IdentityHolder, string> = {
  access_code: 'access-codes',
  account_request: 'account-requests',
  mailbox: 'mailboxes',
};

/** How a person is known: a civil servant by the IC number, everybody else by an address. */
export function identityFrom(person: { category: Category; ic_number: string | null; email: string | null }): Identity {
  return person.category === 'civil_servant'
    ? { kind: 'ic_number', value: person.ic_number ?? '' }
    : { kind: 'email', value: person.email ?? '' };
}

/**
 * Carries out a write by which a person begins to be served. The index over the claims, and no look before, decides who is
 * first; codes that have expired serve nobody any more.
 * @throws RuleBroken beside the identity's field when the person is served already: in the own agency with where, else without
 */
export async function servingOnce<T>(act: Act, identity: Identity, write: () => Promise<T>) {
  const { kind, value } = identity;
  await act.trx
    .deleteFrom('identity_claim')
    .where('kind', '=', kind)
    .where('value', '=', value)
    .where('holder', '=', 'access_code')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('access_code')
          .select('id')
          .whereRef('access_code.id', '=', 'holder_id')
          .where('expires_at', '<=', act.now.toISOString()),
      ),
    )
    .execute();
  try {
    return await write();
  } catch (error) {
    if (isTaken(error, 'identity_claim')) throw await refusal(act, identity);
    throw error;
  }
}

/**
 * Before a write that is to be carried out later: would it be refused now?
 * @throws RuleBroken as `servingOnce` does
 */
export async function refuseServed(act: Act, identity: Identity & { agency_id: number }) {
  if ((await servedBy(act.trx, identity, act.now)).length === 0) return;
  if (!(await hasUnusedPermission(act.trx, identity))) throw await refusal(act, identity);
}

async function refusal(act: Act, identity: Identity) {
  const field = identity.kind;
  if (act.actor.role === 'applicant') return new RuleBroken('identity.askAdministrator', {}, field);
  if (act.actor.role === 'helpdesk')
    return new RuleBroken('identity.twice', { place: '/helpdesk/second-accounts/new' }, field);
  const [served] = await servedBy(act.trx, { ...identity, agency_id: act.actor.agencyId }, act.now);
  if (served === undefined || served.agency_id !== act.actor.agencyId)
    return new RuleBroken('identity.elsewhere', { place: '/admin/transfers/new' }, field);
  const place = `/admin/${HOLDER_PLACES[served.holder]}/${served.holder_id}`;
  return new RuleBroken(`identity.${served.holder}`, { name: served.name, place }, field);
}

/**
 * A double from before doubles were refused ends in no second mailbox.
 * @throws RuleBroken until the helpdesk permits it or the other one has ended
 */
export async function refuseSurplus(trx: Trx, mailbox: { id: number }) {
  if (await isSurplus(trx, 'mailbox', mailbox)) throw new RuleBroken('identity.surplus');
}
