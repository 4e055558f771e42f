import { addressTaken } from '../addresses/addresses.ts';
import { administratorsOf } from '../agencies/administrators.ts';
import { Conflict } from '../base/errors.ts';
import { DAY, dayOf, later } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import { isTaken, type Trx } from '../data/database.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { announce, asCircular } from '../groups/announce.ts';
import { movePermission } from '../identities/second-account.ts';
import { groupFacts } from '../mailbox-life/leaving.ts';
import { mailsToOwners } from '../mailbox-life/mails.ts';
import { generalOf } from '../mailboxes/details.ts';
import { aliasesOf, type Mailbox, signInOf } from '../mailboxes/queries.ts';
import { helpdeskRecipients } from '../tickets/recipients.ts';
import { audit } from '../trail/audit.ts';
import { mailboxItem, userItem } from '../trail/items.ts';
import { fileRecord } from '../trail/records.ts';
import { endSessions } from '../web/session.ts';
import { type Allocation, allocationOf, mailboxOf } from './allocation.ts';
import { leaveOldGroups } from './leaving-groups.ts';
import { carriedOutMails } from './mails.ts';
import { moveAddresses } from './moving-addresses.ts';
import { agencyById, type Transfer } from './queries.ts';
import { hindranceOf, move, namedFor, partiesOf, transferItem } from './transfer.ts';

/**
 * On the day: the very same mailbox and sign-in are the other agency's, with the new address and package; history and
 * password stay. Out of all lists, sessions ended, no administrator any more. Both agencies have audit rows and a record.
 * @returns the addresses mailed
 * @throws Conflict when it has ended or something hinders it; RuleBroken when the address has gone to somebody else
 */
export async function carryOut(act: Act, row: Transfer) {
  const mailbox = await mailboxOf(act.trx, row);
  const allocation = allocationOf(row);
  const hindrance = await hindranceOf(act.trx, mailbox);
  if (hindrance !== null || allocation === null) throw new Conflict(hindrance ?? 'transfer.noPackage');
  const user = await signInOf(act.trx, mailbox);
  const aliases = await aliasesOf(act.trx, mailbox);
  const ended = { ended_by: act.actor.name, ended_at: act.now.toISOString() };
  const named = namedFor({ side: 'releasing', agencyId: row.from_agency_id }, row, act.actor);
  const groups = await leaveOldGroups({ ...act, actor: named }, mailbox);
  const { addressReservationDays } = await readSystemSettings(act.trx);
  const until = later(act.now, addressReservationDays * DAY);
  const kept = await moveAddresses(act.trx, row, mailbox, allocation.primary_email, until);
  const done = await move(act.trx, row, {
    status: 'carried-out',
    ...ended,
    person_name: mailbox.display_name,
    former_email: mailbox.primary_email,
    kept_addresses: JSON.stringify(kept),
    kept_until: row.keep_address === 1 ? dayOf(until) : null,
  });
  const moved = await store(act.trx, mailbox, row.to_agency_id, allocation);
  const [from, to] = await Promise.all([agencyById(act.trx, mailbox.agency_id), agencyById(act.trx, row.to_agency_id)]);
  const receiving = namedFor({ side: 'receiving', agencyId: row.to_agency_id }, row, act.actor);
  if (from && to) await movePermission({ ...act, actor: receiving }, mailbox, { from, to });
  await forgetOthers(act.trx, row);
  await endSessions(act.trx, user.id);
  await act.trx.deleteFrom('one_time_link').where('user_id', '=', user.id).execute();
  if (user.role === 'admin')
    await audit(
      { ...act, actor: named },
      { action: 'administrator.withdrawn', item: userItem(user), before: { role: 'admin' }, after: { role: 'user' } },
    );
  const facts = {
    before: { agency_id: mailbox.agency_id, ...generalOf(mailbox, aliases) },
    after: { agency_id: moved.agency_id, ...generalOf(moved, await aliasesOf(act.trx, mailbox)) },
    groups: groups.all,
  };
  await keep(act, done, mailbox, moved, facts);
  return mailAll(act, done, { before: mailbox, after: moved, until, ...groups });
}

async function store(trx: Trx, mailbox: Mailbox, agency_id: number, { services, grade, ...rest }: Allocation) {
  try {
    await trx
      .updateTable('user')
      .set({ agency_id, role: 'user', email: rest.primary_email })
      .where('id', '=', mailbox.user_id)
      .execute();
    return await trx
      .updateTable('mailbox')
      .set((eb) => ({
        ...rest,
        agency_id,
        grade: grade ?? '',
        services: JSON.stringify(services),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', mailbox.id)
      .where('agency_id', '=', mailbox.agency_id)
      .where('status', '=', 'active')
      .returningAll()
      .executeTakeFirstOrThrow();
  } catch (error) {
    if (isTaken(error, 'user.email')) throw addressTaken(rest.primary_email, 'primary_email');
    throw error;
  }
}

/** Other agencies that asked for the same person hear no more than before: nobody answers them. */
async function forgetOthers(trx: Trx, row: Transfer) {
  await trx
    .updateTable('transfer')
    .set({ from_agency_id: null, mailbox_id: null, person_name: '', former_email: '' })
    .where('mailbox_id', '=', row.mailbox_id)
    .where('status', '=', 'requested')
    .execute();
}

type Kept = { before: Record<string, unknown>; after: Record<string, unknown>; groups: { display_name: string }[] };

/** Each agency has the move in its own audit trail and among its own records. */
async function keep(act: Act, row: Transfer, old: Mailbox, moved: Mailbox, facts: Kept) {
  const { before, after } = facts;
  const state = { before: { status: 'agreed' }, after: { status: 'carried-out' } };
  for (const party of partiesOf(row)) {
    const named = namedFor(party, row, act.actor);
    await audit({ ...act, actor: named }, { action: 'transfer.carried-out', item: transferItem(row, party), ...state });
    const leaves = party.side === 'releasing';
    const item = mailboxItem(leaves ? old : moved);
    const action = leaves ? 'mailbox.transferred-out' : 'mailbox.transferred-in';
    await audit({ ...act, actor: named }, { action, item, before, after });
    const groups = leaves ? groupFacts(facts.groups) : {}; // the old agency's are its own
    const content = { transfer: await transferFacts(act.trx, row), before, after, ...groups };
    const title = leaves ? 'record.transferred-out' : 'record.transferred-in';
    const attachedTo = { kind: 'transfer', id: row.id } as const;
    await fileRecord(act, { agencyId: party.agencyId, sop: '5.0', title, item, content, attachedTo });
  }
}

/** What was asked for, agreed and kept, as the record of both agencies says it. */
async function transferFacts(trx: Trx, row: Transfer) {
  const {
    person_name,
    requested_by,
    requested_at,
    agreed_by,
    agreed_at,
    effective_on,
    note,
    former_email,
    kept_until,
  } = row;
  return {
    releasing_agency: (await agencyById(trx, row.from_agency_id ?? 0))?.name ?? '',
    receiving_agency: (await agencyById(trx, row.to_agency_id))?.name ?? '',
    sought_email: row.sought_email,
    sought_ic: row.sought_ic,
    display_name: person_name,
    requested_by,
    requested_at,
    agreed_by,
    agreed_at,
    note,
    former_email,
    kept_until,
    transfer_on: effective_on,
    keep_address: row.keep_address === 1,
    kept_addresses: JSON.parse(row.kept_addresses) as string[],
  };
}

type Told = { before: Mailbox; after: Mailbox; until: Date } & Awaited<ReturnType<typeof leaveOldGroups>>;

async function mailAll(act: Act, row: Transfer, told: Told) {
  const [from, to] = await Promise.all([
    agencyById(act.trx, row.from_agency_id ?? 0),
    agencyById(act.trx, row.to_agency_id),
  ]);
  const mails = carriedOutMails(
    row,
    { ...told, from: from?.name ?? '', to: to?.name ?? '' },
    {
      releasing: await administratorsOf(act.trx, row.from_agency_id ?? 0),
      receiving: await administratorsOf(act.trx, row.to_agency_id),
      helpdesk: await helpdeskRecipients(act.trx, act.settings),
    },
  );
  const owners = await mailsToOwners(act.trx, 'moved', told.before, told.left);
  return announce(act, [...mails, ...owners].map(asCircular));
}
