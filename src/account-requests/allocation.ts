import { isDeepStrictEqual } from 'node:util';
import {
  agencyAddress,
  agencyDomains,
  checkAgencyAddress,
  claimAddress,
  freeAddresses,
  refuseTakenAddress,
  releaseAddresses,
} from '../addresses/addresses.ts';
import { type Actor, userOf } from '../base/actor.ts';
import { Conflict } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import { together } from '../forms/together.ts';
import { type Allocation, checkLimit } from '../officers/allocation.ts';
import { freeLoginId, refuseTakenLoginId, reserveLoginId } from '../officers/login-id.ts';
import { audit } from '../trail/audit.ts';
import { accountRequestItem } from '../trail/items.ts';
import { fileRecord } from '../trail/records.ts';
import { openRequest } from './account-request.ts';
import { type AccountRequest, findAccountRequest, isComplete } from './queries.ts';
import { localParts } from './suggestions.ts';

/**
 * SOP 4.5. Saves the package of a request; the address and login ID are reserved from the first save on.
 * @param version what the page showed, or null when it did not say
 * @throws RuleBroken beside a field (taken, wrong domain, more than the package may hold); Conflict when the request is decided or has changed
 */
export async function allocatePackage(act: Act, id: number, input: Allocation, version: number | null) {
  const request = await openRequest(act.trx, act.actor, id);
  if (version !== null && version !== request.version) throw new Conflict('account-request.changed');
  await storeAllocation(act, request, input);
}

/**
 * A package that lacks something is kept and its address reserved, but nothing is allocated yet, and no record says so.
 * Of one that is as it was nothing is written.
 * @throws RuleBroken beside a field
 */
export async function storeAllocation(act: Act, request: AccountRequest, input: Allocation) {
  await together(
    () => reserveAddress(act.trx, request, input),
    () => reserveLogin(act.trx, request, input),
    () => checkLimit(act.trx, input),
  );
  if (isDeepStrictEqual(allocationOf(request), input)) return;
  const allocation = { ...input, login_id: input.login_id || null, services: JSON.stringify(input.services) };
  const stored = { ...allocation, allocated_by: userOf(act.actor), allocated_at: act.now.toISOString() };
  await act.trx
    .updateTable('account_request')
    .set({ ...stored, version: request.version + 1 })
    .where('id', '=', request.id)
    .execute();
  const isWhole = isComplete({ ...request, ...stored });
  await audit(act, {
    action: isWhole ? 'account-request.allocated' : 'account-request.partly-allocated',
    sop: '4.5',
    item: accountRequestItem(request),
    before: { ...allocationOf(request) },
    after: { ...allocation, services: input.services },
  });
  if (isWhole) await fileAllocation(act, request, input);
}

/** SOP 6.0: the package as it was saved this time; it may be saved again until the request is decided. */
async function fileAllocation(act: Act, request: AccountRequest, input: Allocation) {
  const { full_name, category, ic_number } = request;
  const content = { full_name, category, ic_number, ...input, changed_by: act.actor.name };
  const item = accountRequestItem(request);
  await fileRecord(act, {
    agencyId: request.agency_id,
    sop: '4.5',
    title: 'record.package-allocated',
    item,
    content,
  });
}

/** What of a package would be refused to somebody who has no request yet. @throws RuleBroken beside its fields */
export async function refuseUnfit(trx: Trx, agencyId: number, input: Allocation) {
  await together(
    async () => {
      const { primary_email: address } = input;
      await checkAgencyAddress(trx, agencyId, address, 'primary_email');
      await refuseTakenAddress(trx, address, 'primary_email');
    },
    () => input.login_id !== '' && refuseTakenLoginId(trx, input.login_id),
    () => checkLimit(trx, input),
  );
}

async function reserveAddress(trx: Trx, request: AccountRequest, { primary_email: address }: Allocation) {
  const { id, agency_id: agencyId } = request;
  await checkAgencyAddress(trx, agencyId, address, 'primary_email');
  if (address === request.primary_email) return;
  await releaseAddresses(trx, 'request', id);
  await claimAddress(trx, { address, kind: 'request', agencyId, itemId: id }, 'primary_email');
}

async function reserveLogin(trx: Trx, { id, login_id: former }: AccountRequest, { login_id }: Allocation) {
  if (login_id === former) return;
  await trx.deleteFrom('login_name').where('account_request_id', '=', id).execute();
  if (login_id !== '') await reserveLoginId(trx, login_id, id);
}

/** A request's package as it stands. */
export function allocationOf(request: AccountRequest): Allocation {
  const { primary_email, login_id, package: package_, grade, storage_mb, services, service_type } = request;
  return {
    primary_email: primary_email ?? '',
    login_id: login_id ?? '',
    package: package_,
    grade,
    storage_mb,
    services: JSON.parse(services) as string[],
    service_type,
  };
}

export type AddressCheck = { address: string; available: boolean; suggestions: string[] };

/**
 * SOP 4.5 steps 4 and 5: is the address free, and if not, which like it are? An address without a domain gets the agency's first.
 * @param forRequest the request that may hold it already, and whose name the suggestions are made from
 * @throws RuleBroken beside `primary_email` when it is no address of the agency
 */
export async function checkAddress(
  db: Db,
  agencyId: number,
  typed: string,
  forRequest: Pick<AccountRequest, 'full_name' | 'primary_email'> | null,
): Promise<AddressCheck> {
  const address = await agencyAddress(db, agencyId, typed);
  await checkAgencyAddress(db, agencyId, address, 'primary_email');
  const available = forRequest?.primary_email === address || (await freeAddresses(db, [address])).length > 0;
  const [local = '', domain = ''] = address.split('@');
  const name = forRequest?.full_name || local.replace(/[._-]/g, ' ');
  return { address, available, suggestions: available ? [] : await suggestAddresses(db, name, domain) };
}

/** Up to three free addresses made from a name. */
export async function suggestAddresses(db: Db, name: string, domain: string) {
  const wanted = localParts(name, 64).map((local) => `${local}@${domain}`);
  return (await freeAddresses(db, wanted)).slice(0, 3);
}

/** What the page proposes before anything was saved: a free address and login ID made from the name. */
export async function proposal(db: Db, actor: Actor, id: number) {
  const request = await findAccountRequest(db, actor, id);
  const [domain = ''] = await agencyDomains(db, request.agency_id);
  const [primary_email] = await suggestAddresses(db, request.full_name, domain);
  const login_id = await freeLoginId(db, localParts(request.full_name, 20));
  return {
    ...allocationOf(request),
    primary_email: request.primary_email ?? primary_email ?? '',
    login_id: request.login_id ?? login_id ?? '',
  };
}
