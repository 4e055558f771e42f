import { checkAgencyAddress, claimAddress, hasOrHad, releaseAddresses } from '../addresses/addresses.ts';
import { changeSender } from '../addresses/allowed-senders.ts';
import { RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import { isTaken, type Trx } from '../data/database.ts';
import { refuseStale } from '../forms/stale.ts';
import { audit } from '../trail/audit.ts';
import { agencyItem } from '../trail/items.ts';
import { agencyById, domainUses } from './queries.ts';

export type AgencyDetails = {
  name: string;
  code: string;
  ministry: string;
  mail_domains: string[];
  postmaster_email: string;
  file_reference: string;
  /** Whose weekend and holidays it has; left out, it stays as it is. */
  state?: string;
};

/** Most agencies are in the federal administrative centre. */
export const USUAL_STATE = 'Wilayah Persekutuan Putrajaya';

/** What the audit trail keeps of an agency. */
function facts({ name, code, ministry, mail_domains, postmaster_email, file_reference, state }: AgencyDetails) {
  return { name, agency_code: code, ministry, mail_domains, postmaster_email, file_reference, state };
}

/** The form's name for what the audit trail calls a fact of an agency. */
export const agencyField = (fact: string) => (fact === 'agency_code' ? 'code' : fact);

/**
 * The helpdesk registers an agency: its domains and postmaster are nobody else's in the whole system.
 * @returns its id
 * @throws RuleBroken beside `code`, `mail_domains` or `postmaster_email`
 */
export async function createAgency(act: Act, given: AgencyDetails) {
  const details = { state: USUAL_STATE, ...given };
  const { mail_domains, ...columns } = details;
  const { id } = await act.trx
    .insertInto('agency')
    .values({ ...columns, created_at: act.now.toISOString() })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(codeTaken(details.code));
  await addDomains(act.trx, id, mail_domains);
  await claimPostmaster(act.trx, id, details.postmaster_email);
  await audit(act, { action: 'agency.created', item: agencyItem({ id, name: details.name }), after: facts(details) });
  return id;
}

/**
 * The helpdesk changes an agency. The code stays while records bear it; a domain stays while addresses are in it.
 * @param shown the newest change that the form was shown with
 * @returns whether anything was different
 * @throws NotFound, RuleBroken beside a field, or Conflict when somebody changed it meanwhile
 */
export async function updateAgency(act: Act, id: number, given: AgencyDetails, shown: number | null) {
  const before = await agencyById(act.trx, id);
  await refuseStale(act.trx, agencyItem(before), shown);
  const details = { state: before.state, ...given };
  if (JSON.stringify(facts(before)) === JSON.stringify(facts(details))) return false;
  await updateColumns(act.trx, id, details);
  await addDomains(
    act.trx,
    id,
    details.mail_domains.filter((domain) => !before.mail_domains.includes(domain)),
  );
  if (details.postmaster_email !== before.postmaster_email) {
    await releaseAddresses(act.trx, 'postmaster', id);
    await claimPostmaster(act.trx, id, details.postmaster_email);
    await changeSender(act, { from: before.postmaster_email, to: details.postmaster_email });
  }
  await removeDomains(
    act.trx,
    id,
    before.mail_domains.filter((domain) => !details.mail_domains.includes(domain)),
  );
  await audit(act, {
    action: 'agency.updated',
    item: agencyItem({ id, name: details.name }),
    before: facts(before),
    after: facts(details),
  });
  return true;
}

async function updateColumns(trx: Trx, id: number, { mail_domains: _domains, ...columns }: AgencyDetails) {
  const { numUpdatedRows } = await trx
    .updateTable('agency')
    .set(columns)
    .where('id', '=', id)
    .where(({ or, eb, not, exists, selectFrom }) =>
      or([
        eb('code', '=', columns.code),
        not(exists(selectFrom('record').select('record.id').where('record.agency_id', '=', id))),
      ]),
    )
    .executeTakeFirstOrThrow()
    .catch(codeTaken(columns.code));
  if (numUpdatedRows === 0n) throw new RuleBroken('agency.codeFixed', {}, 'code');
}

const codeTaken = (code: string) => (error: unknown) => {
  if (isTaken(error, 'agency.code')) throw new RuleBroken('agency.codeTaken', { code }, 'code');
  throw error;
};

async function addDomains(trx: Trx, agencyId: number, domains: string[]) {
  for (const domain of domains)
    try {
      await trx.insertInto('mail_domain').values({ domain, agency_id: agencyId }).execute();
    } catch (error) {
      if (isTaken(error, 'mail_domain.domain')) throw new RuleBroken('agency.domainTaken', { domain }, 'mail_domains');
      throw error;
    }
}

async function removeDomains(trx: Trx, agencyId: number, domains: string[]) {
  for (const domain of domains) {
    const count = await domainUses(trx, { id: agencyId }, domain);
    if (count > 0) throw new RuleBroken('agency.domainInUse', { domain, count }, 'mail_domains');
    await trx.deleteFrom('mail_domain').where('domain', '=', domain).where('agency_id', '=', agencyId).execute();
  }
}

async function claimPostmaster(trx: Trx, agencyId: number, address: string) {
  const field = 'postmaster_email';
  await checkAgencyAddress(trx, agencyId, address, field);
  const signIn = await trx.selectFrom('user').select('id').where(hasOrHad(address)).executeTakeFirst();
  if (signIn !== undefined) throw new RuleBroken('address.taken', { address }, field);
  await claimAddress(trx, { address, kind: 'postmaster', agencyId, itemId: agencyId }, field);
}
