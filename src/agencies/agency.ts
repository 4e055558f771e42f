import {
  addressTaken,
  checkAgencyAddress,
  claimAddress,
  hasOrHad,
  refuseTakenAddress,
  releaseAddresses,
} from '../addresses/addresses.ts';
import { changeSender } from '../addresses/allowed-senders.ts';
import { RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import { isTaken, type Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { refuseStale } from '../forms/stale.ts';
import { eachTogether, together } from '../forms/together.ts';
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
} & Partial<DirectoryDetails>;

/** How its accounts are carried into the directory; what is left out stays as it is. */
type DirectoryDetails = Pick<
  Row<'agency'>,
  'directory_mode' | 'directory_ou' | 'directory_drift' | 'directory_must_change'
>;
const USUAL_DIRECTORY: DirectoryDetails = {
  directory_mode: 'checklist',
  directory_ou: '',
  directory_drift: 'show',
  directory_must_change: 0,
};

/** Most agencies are in the federal administrative centre. */
export const USUAL_STATE = 'Wilayah Persekutuan Putrajaya';

/** What the audit trail keeps of an agency. */
function facts(details: AgencyDetails) {
  const { name, code, ministry, mail_domains, postmaster_email, file_reference, state } = details;
  const { directory_mode, directory_ou, directory_drift, directory_must_change } = details;
  return {
    name,
    agency_code: code,
    ministry,
    mail_domains,
    postmaster_email,
    file_reference,
    state,
    directory_mode,
    directory_ou,
    directory_drift,
    directory_must_change,
  };
}

/** The form's name for what the audit trail calls a fact of an agency. */
export const agencyField = (fact: string) => FIELDS[fact] ?? fact;
const FIELDS: Record<string, string> = {
  agency_code: 'code',
  directory_drift: 'drift',
  directory_must_change: 'must_change',
};

/**
 * The helpdesk registers an agency: its domains and postmaster are nobody else's in the whole system.
 * @returns its id
 * @throws RuleBroken beside `code`, `mail_domains` or `postmaster_email`
 */
export async function createAgency(act: Act, given: AgencyDetails) {
  const details = { state: USUAL_STATE, ...USUAL_DIRECTORY, ...given };
  const { mail_domains, ...columns } = details;
  const [{ id }] = await together(
    () =>
      act.trx
        .insertInto('agency')
        .values({ ...columns, created_at: act.now.toISOString() })
        .returning('id')
        .executeTakeFirstOrThrow()
        .catch(codeTaken(details.code)),
    () => refuseTaken(act.trx, mail_domains, details.postmaster_email),
  );
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
  const { state, directory_mode, directory_ou, directory_drift, directory_must_change } = before;
  const details = { state, directory_mode, directory_ou, directory_drift, directory_must_change, ...given };
  if (JSON.stringify(facts(before)) === JSON.stringify(facts(details))) return false;
  const { mail_domains: domains, postmaster_email: postmaster } = details;
  const come = domains.filter((domain) => !before.mail_domains.includes(domain));
  const go = before.mail_domains.filter((domain) => !domains.includes(domain));
  const isOther = postmaster !== before.postmaster_email;
  if (isOther) await releaseAddresses(act.trx, 'postmaster', id);
  await together(
    () => updateColumns(act.trx, id, details),
    () => refuseTaken(act.trx, come, isOther ? postmaster : null),
    () => removeDomains(act.trx, id, go),
  );
  if (details.directory_mode !== directory_mode) await beginDirectory(act.trx, id, act.now);
  await addDomains(act.trx, id, come);
  if (isOther) {
    await claimPostmaster(act.trx, id, postmaster);
    await changeSender(act, { from: before.postmaster_email, to: postmaster });
  }
  await audit(act, {
    action: 'agency.updated',
    item: agencyItem({ id, name: details.name }),
    before: facts(before),
    after: facts(details),
  });
  return true;
}

/** Nothing is sent before somebody has seen what would be: the next look at the directory shows it. */
async function beginDirectory(trx: Trx, id: number, now: Date) {
  await trx
    .updateTable('agency')
    .set({ directory_planned_at: null, directory_agreed_at: null })
    .where('id', '=', id)
    .execute();
  await trx.updateTable('directory_work').set({ asked_at: now.toISOString() }).execute();
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

/**
 * All that others have already, before the keys decide: what is entered first would end what comes after it.
 * @throws RuleBroken beside `mail_domains` or `postmaster_email`
 */
async function refuseTaken(trx: Trx, domains: string[], postmaster: string | null) {
  await together(
    () =>
      eachTogether(domains, async (domain) => {
        const taken = await trx.selectFrom('mail_domain').select('domain').where('domain', '=', domain).execute();
        if (taken.length > 0) throw domainTaken(domain);
      }),
    async () => {
      if (postmaster === null) return;
      const signIn = await trx.selectFrom('user').select('id').where(hasOrHad(postmaster)).executeTakeFirst();
      if (signIn !== undefined) throw addressTaken(postmaster, 'postmaster_email');
      await refuseTakenAddress(trx, postmaster, 'postmaster_email');
    },
  );
}

const domainTaken = (domain: string) => new RuleBroken('agency.domainTaken', { domain }, 'mail_domains');

async function addDomains(trx: Trx, agencyId: number, domains: string[]) {
  for (const domain of domains)
    try {
      await trx.insertInto('mail_domain').values({ domain, agency_id: agencyId }).execute();
    } catch (error) {
      if (isTaken(error, 'mail_domain.domain')) throw domainTaken(domain);
      throw error;
    }
}

async function removeDomains(trx: Trx, agencyId: number, domains: string[]) {
  await eachTogether(domains, async (domain) => {
    const count = await domainUses(trx, { id: agencyId }, domain);
    if (count > 0) throw new RuleBroken('agency.domainInUse', { domain, count }, 'mail_domains');
    await trx.deleteFrom('mail_domain').where('domain', '=', domain).where('agency_id', '=', agencyId).execute();
  });
}

async function claimPostmaster(trx: Trx, agencyId: number, address: string) {
  const field = 'postmaster_email';
  await checkAgencyAddress(trx, agencyId, address, field);
  await claimAddress(trx, { address, kind: 'postmaster', agencyId, itemId: agencyId }, field);
}
