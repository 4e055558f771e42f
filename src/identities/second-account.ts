import { administratorsOf } from '../agencies/administrators.ts';
import { userOf } from '../base/actor.ts';
import { Conflict, NotFound, RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { IdentityHolder } from '../data/schema.ts';
import { together } from '../forms/together.ts';
import { audit } from '../trail/audit.ts';
import { type Item, secondAccountItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { endAskedMail } from './mails.ts';
import { type Identity, type SecondAccount, secondAccountById, servedBy, surplusById, usedBy } from './queries.ts';

type Agency = { id: number; name: string };
type Permission = { identity: Identity; agency_id: number; full_name: string; reason: string };

/**
 * The helpdesk permits an agency to serve a person a second time: the next code, request or mailbox there takes it.
 * @returns its number
 * @throws RuleBroken beside a field: nobody serves the person yet, no such agency, or there is one that nobody uses
 */
export async function permitSecondAccount(act: Act, permission: Permission) {
  const { identity, agency_id } = permission;
  await together(
    async () => {
      const served = await servedBy(act.trx, identity, act.now);
      if (served.length === 0) throw new RuleBroken('second-account.first', {}, identity.kind);
    },
    async () => {
      const agency = await act.trx.selectFrom('agency').select('id').where('id', '=', agency_id).executeTakeFirst();
      if (agency === undefined) throw new RuleBroken('form.choose', {}, 'agency_id');
    },
  );
  const same = await act.trx
    .selectFrom('second_account')
    .select('id')
    .where('kind', '=', identity.kind)
    .where('value', '=', identity.value)
    .where('agency_id', '=', agency_id)
    .where('withdrawn_at', 'is', null)
    .execute();
  for (const permitted of same)
    if ((await usedBy(act.trx, permitted)) === undefined)
      throw new RuleBroken('second-account.there', { place: `/helpdesk/second-accounts/${permitted.id}` }, 'agency_id');
  const { id } = await permit(act, permission);
  return id;
}

/**
 * The same for a double that was there before doubles were refused: it stays, and is one no more.
 * @returns the permission's number
 * @throws Conflict when it is none any more
 */
export async function permitDouble(act: Act, double: { holder: IdentityHolder; id: number }, reason: string) {
  const found = await surplusById(act.trx, double.holder, double.id);
  if (found === undefined) throw new Conflict('second-account.noDouble');
  const { kind, value, agency_id, name } = found;
  const { id } = await permit(act, { identity: { kind, value }, agency_id, full_name: name, reason });
  await act.trx
    .updateTable('identity_claim')
    .set({ second_account_id: id, surplus: 0 })
    .where('holder', '=', double.holder)
    .where('holder_id', '=', double.id)
    .execute();
  return id;
}

/** Where an agency's administrators end what serves a person. */
const ENDED_AT: Record<IdentityHolder, (id: number) => string> = {
  access_code: (id) => `/admin/access-codes/${id}/revoke`,
  account_request: (id) => `/admin/account-requests/${id}/refuse`,
  mailbox: (id) => `/admin/mailboxes/${id}/account`,
};

/**
 * Or the agency's administrators are asked to end it: the code, the request, or the mailbox (SOP 4.11), which are theirs.
 * @returns the addresses mailed
 * @throws Conflict when it is none any more; RuleBroken when the agency has nobody who could be asked
 */
export async function askToEnd(act: Act, double: { holder: IdentityHolder; id: number }, reason: string) {
  const found = await surplusById(act.trx, double.holder, double.id);
  if (found === undefined) throw new Conflict('second-account.noDouble');
  const administrators = await administratorsOf(act.trx, found.agency_id);
  if (administrators.length === 0) throw new RuleBroken('second-account.nobodyToAsk');
  const item: Item = { type: double.holder, id: double.id, name: found.name, agencyId: found.agency_id };
  await audit(act, { action: 'second-account.end-asked', item, after: { reason } });
  const place = ENDED_AT[double.holder](double.id);
  return enqueue(
    act,
    administrators.map((to) => endAskedMail(item, place, reason, to)),
  );
}

async function permit(act: Act, { identity, ...rest }: Permission) {
  const row = await act.trx
    .insertInto('second_account')
    .values({ ...identity, ...rest, granted_by: userOf(act.actor), granted_at: act.now.toISOString() })
    .returningAll()
    .executeTakeFirstOrThrow();
  const item = secondAccountItem(row);
  await audit(act, { action: 'second-account.permitted', item, after: factsOf(row) });
  await file(act, row, 'record.second-account-permitted');
  return row;
}

/** @throws NotFound; Conflict when it is in use or was withdrawn */
export async function withdrawSecondAccount(act: Act, id: number) {
  const row = await secondAccountById(act.trx, id);
  const { numUpdatedRows } = await act.trx
    .updateTable('second_account')
    .set({ withdrawn_by: userOf(act.actor), withdrawn_at: act.now.toISOString() })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('identity_claim').select('holder_id').where('second_account_id', '=', id))),
    )
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n)
    throw new Conflict(row.withdrawn_at === null ? 'second-account.isUsed' : 'second-account.isWithdrawn');
  await audit(act, { action: 'second-account.withdrawn', item: secondAccountItem(row), before: factsOf(row) });
  await file(act, row, 'record.second-account-withdrawn');
}

/** A second account that moves to another agency takes its permission along: deleted there, it can be restored there. */
export async function movePermission(act: Act, mailbox: { id: number }, { from, to }: { from: Agency; to: Agency }) {
  const row = await act.trx
    .updateTable('second_account')
    .set({ agency_id: to.id })
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('identity_claim')
        .select('second_account_id')
        .where('holder', '=', 'mailbox')
        .where('holder_id', '=', mailbox.id),
    )
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return;
  const item = secondAccountItem(row);
  await audit(act, { action: 'second-account.moved', item, before: { agency: from.name }, after: { agency: to.name } });
}

function factsOf({ kind, value, full_name, reason }: SecondAccount) {
  return { full_name, [kind]: value, reason };
}

async function file(
  act: Act,
  row: SecondAccount,
  title: 'record.second-account-permitted' | 'record.second-account-withdrawn',
) {
  const content = { ...factsOf(row), granted_by: row.granted_by, granted_at: row.granted_at };
  const item = secondAccountItem(row);
  await fileRecord(act, { agencyId: row.agency_id, sop: '5.0', title, item, content });
}

/** What a double's name in an address says. @throws NotFound when it is no such name */
export function doubleNamed(name: string): { holder: IdentityHolder; id: number } {
  const [, holder, id] = /^(access_code|account_request|mailbox)-([1-9]\d{0,14})$/.exec(name) ?? [];
  if (holder === undefined) throw new NotFound();
  return { holder: holder as IdentityHolder, id: Number(id) };
}
