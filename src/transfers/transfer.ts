import { administratorsOf } from '../agencies/administrators.ts';
import { type Actor, SYSTEM } from '../base/actor.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import { maskIcNumber } from '../base/ic-number.ts';
import { both } from '../base/language.ts';
import { DAY, dayOf, later, timeInWords } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import { isLastAdministrator } from '../mailbox-life/may-leave.ts';
import { plannedFor } from '../mailboxes/planned.ts';
import { type Mailbox, signInOf } from '../mailboxes/queries.ts';
import type { AuditAction, Sentence } from '../texts.ts';
import { audit } from '../trail/audit.ts';
import { enqueue } from '../trail/outbox.ts';
import { mailboxOf } from './allocation.ts';
import { type Notice, noticeMail } from './mails.ts';
import { agencyById, openFor, type Side, type Transfer } from './queries.ts';

/** So long a request waits for the other agency, and an agreed one for the receiving agency's package. */
const ANSWERED_WITHIN = 30 * DAY;

/** The last day, in Kuala Lumpur, before what is not answered ends by itself. */
export function expiryAfter(now: Date) {
  return dayOf(later(now, ANSWERED_WITHIN));
}

export type Party = { side: Side; agencyId: number };

/** Both agencies of a transfer that are known, each with the side that it is on. */
export function partiesOf(row: Transfer): Party[] {
  const receiving = { side: 'receiving' as const, agencyId: row.to_agency_id };
  if (row.from_agency_id === null) return [receiving];
  return [{ side: 'releasing' as const, agencyId: row.from_agency_id }, receiving];
}

/** May that side know whom it is about? The receiving agency only when the releasing one has agreed. */
function knows(row: Transfer, side: Side) {
  return side === 'releasing' || row.begun_by === 'releasing' || row.agreed_at !== null;
}

/** A transfer as one of its agencies names it: before it is agreed, the receiving one has only what it typed itself. */
export function transferItem(row: Transfer, { side, agencyId }: { side: Side; agencyId: number | null }) {
  const typed = row.sought_email ?? maskIcNumber(row.sought_ic ?? '');
  const known = knows(row, side) ? row.person_name : '';
  return { type: 'transfer' as const, id: row.id, name: known || typed, agencyId };
}

/**
 * Who acts, as the trail of one of the agencies has it: of the other one's people not from where, and not even who while
 * that would say whose officer it is.
 */
export function namedFor(
  { side, agencyId }: Pick<Party, 'side'> & { agencyId: number | null },
  row: Transfer,
  actor: Actor,
) {
  if (actor.agencyId === null || actor.agencyId === agencyId) return actor;
  return knows(row, side) ? { ...actor, address: '' } : { ...SYSTEM, act: actor.act };
}

type Facts = { before?: Record<string, unknown>; after?: Record<string, unknown> };

/**
 * One audit row for each agency that has a part in it. Where there is no such person, nobody's row stands in for the
 * releasing agency's: the trail's numbers go on alike.
 */
export async function recordForBoth(act: Act, action: AuditAction, row: Transfer, facts: Facts) {
  const nobody = { side: 'releasing' as const, agencyId: null };
  for (const party of [...(row.from_agency_id === null ? [nobody] : []), ...partiesOf(row)])
    await audit(
      { ...act, actor: namedFor(party, row, act.actor) },
      { action, item: transferItem(row, party), ...facts },
    );
}

/** Mails the administrators of one side. Returns the addresses. */
export async function tell(act: Act, side: Side, notice: Notice, row: Transfer) {
  const party = partiesOf(row).find((each) => each.side === side);
  if (party === undefined) return [];
  const agencies = {
    from: knows(row, side) ? (await agencyById(act.trx, row.from_agency_id ?? 0))?.name : undefined,
    to: (await agencyById(act.trx, row.to_agency_id))?.name ?? '',
  };
  const administrators = await administratorsOf(act.trx, party.agencyId);
  const item = transferItem(row, party);
  return enqueue(
    act,
    administrators.map((to) => noticeMail(notice, row, agencies, item, to)),
  );
}

export const otherSide = (side: Side): Side => (side === 'receiving' ? 'releasing' : 'receiving');

/** Why a mailbox cannot move now; null when it can. What is planned for it is the old agency's and must end first. */
export async function hindranceOf(db: Db | Trx, mailbox: Mailbox) {
  if (mailbox.status === 'deleted') return 'transfer.isDeleted';
  if (mailbox.status === 'disabled') return 'transfer.isDisabled';
  const { disabling, termination, correction } = await plannedFor(db, mailbox.id);
  if (disabling !== undefined) return 'transfer.hasDisabling';
  if (termination !== undefined) return 'transfer.hasTermination';
  if (correction !== undefined) return 'transfer.hasCorrection';
  return (await signInOf(db, mailbox)).password_hash === null ? 'transfer.notActivated' : null;
}

/**
 * May the own agency let this person go now?
 * @throws RuleBroken in words; Conflict when the person leaves already
 */
export async function refuseRelease(trx: Trx, actor: Actor, mailbox: Mailbox, leaveWithout: boolean) {
  const hindrance = await hindranceOf(trx, mailbox);
  if (hindrance !== null) throw new RuleBroken(hindrance);
  if (actor.userId === mailbox.user_id) throw new RuleBroken('transfer.notSelf');
  await refuseTwice(trx, mailbox);
  if (leaveWithout || !(await isLastAdministrator(trx, mailbox))) return;
  const agency = await agencyById(trx, mailbox.agency_id);
  throw new RuleBroken('administrator.last', { agency: agency?.name ?? '' }, 'leave_without');
}

/** Nobody decides about the own transfer, or takes it back. @throws RuleBroken that names who can */
export async function refuseOwn(trx: Trx, actor: Actor, row: Transfer) {
  if (!(await isOwn(trx, actor, row))) return;
  const { key, params } = await whoCan(trx, actor);
  throw new RuleBroken(key, params);
}

/** Is it about the actor? */
export async function isOwn(db: Db | Trx, actor: Actor, row: Pick<Transfer, 'mailbox_id'>) {
  if (row.mailbox_id === null || actor.userId === null) return false;
  return (await mailboxOf(db, row)).user_id === actor.userId;
}

/** Who can decide in the place of the one whom it is about, in words. */
export async function whoCan(db: Db | Trx, actor: Actor): Promise<Sentence> {
  const others = (await administratorsOf(db, actor.agencyId ?? 0)).filter(({ address }) => address !== actor.email);
  if (others.length === 0) return { key: 'transfer.isYourself.alone' };
  return { key: 'transfer.isYourself', params: { names: others.map(({ name }) => name).join('; ') } };
}

/** So often a day the same officer may be asked for, or offered: each time is a mail to the other agency. */
const MOST_A_DAY = 3;

/**
 * After a request was written: was it one too many?
 * @param about what it is counted by: what was typed, since more would say who somebody is; or the own agency's mailbox
 * @param field beside which it is told
 */
export async function refuseTooOften(
  trx: Trx,
  row: Transfer,
  about: ('sought_email' | 'sought_ic' | 'mailbox_id')[],
  now: Date,
  field: string | null,
) {
  let same = trx
    .selectFrom('transfer')
    .select('requested_at')
    .where('begun_by', '=', row.begun_by)
    .where('requested_at', '>', later(now, -DAY).toISOString());
  if (row.begun_by === 'receiving') same = same.where('to_agency_id', '=', row.to_agency_id);
  for (const name of about) {
    const value = row[name];
    same = value === null ? same.where(name, 'is', null) : same.where(name, '=', value);
  }
  const times = await same.orderBy('requested_at', 'desc').orderBy('id', 'desc').execute();
  const blocking = times[MOST_A_DAY];
  if (blocking === undefined) return;
  const time = timeInWords(later(new Date(blocking.requested_at), DAY).toISOString());
  throw new RuleBroken('transfer.tooOften', { count: MOST_A_DAY, time }, field);
}

async function refuseTwice(trx: Trx, mailbox: Mailbox) {
  const open = await openFor(trx, mailbox);
  if (open === undefined) return;
  const agency = await agencyById(trx, open.to_agency_id);
  throw new Conflict('transfer.isLeaving', { agency: agency?.name ?? '', time: timeInWords(open.requested_at) });
}

/** Who ended a transfer, for one side; null for the receiving one where the name would say whose officer it is. */
export function endedBy(row: Transfer, side: Side | null) {
  return row.status === 'refused' && side === 'receiving' && !knows(row, side) ? null : row.ended_by;
}

/** What the second of two people is told. */
export function overAlready(row: Transfer, side: Side | null) {
  if (row.status === 'requested') return new Conflict('transfer.notYours');
  const name = (row.status === 'agreed' ? row.agreed_by : endedBy(row, side)) ?? both('transfer.from');
  const time = timeInWords((row.status === 'agreed' ? row.agreed_at : row.ended_at) ?? row.requested_at);
  return new Conflict(`transfer.already.${row.status}`, { name, time });
}

/** The status and version that were read decide who is first. Returns the row as it is then. */
export async function move(trx: Trx, row: Transfer, changes: Partial<Omit<Transfer, 'id'>>): Promise<Transfer> {
  const moved = await trx
    .updateTable('transfer')
    .set({ ...changes, version: row.version + 1 })
    .where('id', '=', row.id)
    .where('status', '=', row.status)
    .where('version', '=', row.version)
    .returningAll()
    .executeTakeFirst();
  if (moved !== undefined) return moved;
  const present = await trx.selectFrom('transfer').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow();
  throw overAlready(present, 'receiving');
}
