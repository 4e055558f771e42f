import type { Actor } from '../base/actor.ts';
import type { Db, Trx } from '../data/database.ts';
import type { AuditAction, Label } from '../texts.ts';
import { type AuditRow, type Moved, movedAt, newestRow, rowsOfAct, type Thing } from './undo-queries.ts';

/** What taking back an act would do. */
export type Undoing =
  | { what: 'general' | 'mailbox-flows' | 'details' | 'group-flows' }
  | { what: 'members'; how: 'added' | 'removed'; members: Moved[] }
  | { what: 'membership'; how: 'added' | 'removed'; mailboxId: number; groupId: number; group: string };

export type Plan =
  /** `upTo` is the newest row that was seen: a newer one means that somebody was first. */
  | { kind: 'undo'; row: AuditRow; upTo: number; undoing: Undoing }
  | { kind: 'page'; row: AuditRow; path: string; label: Label };

/** Acts that have a page of their own by which they are taken back. */
const OWN_PAGE: Partial<Record<AuditAction, [path: string, label: Label]>> = {
  'mailbox.disabled': ['enable', 'life.enable'],
  'mailbox.disabling-planned': ['cancel-disable', 'life.cancelPlan'],
  'mailbox.disabling-changed': ['change-disable', 'life.change'],
  'mailbox.disabling-cancelled': ['disable', 'life.disable'],
  'mailbox.enabled': ['disable', 'life.disable'],
  'mailbox.deletion-requested': ['withdraw-delete', 'life.withdraw'],
  'mailbox.deletion-postponed': ['postpone-delete', 'life.postponeDelete'],
  'mailbox.deletion-withdrawn': ['delete', 'life.delete'],
  'mailbox.deleted': ['restore', 'life.restore'],
  'mailbox.restored': ['delete', 'life.delete'],
  'group.created': ['delete', 'group.end.link'],
};

/**
 * How the newest change of a mailbox or list can be taken back by the person who made it; null when it cannot: somebody
 * else has changed it since, it is a password, or the act was about more than this.
 */
export async function planFor(db: Db | Trx, actor: Actor, thing: Thing): Promise<Plan | null> {
  const newest = await newestRow(db, thing);
  if (newest === undefined || newest.actor_user_id !== actor.userId || actor.role !== 'admin') return null;
  const rows = await rowsOfAct(db, newest.act);
  const own = rows.filter((row) => row.item_type === thing.type && row.item_id === thing.id);
  const paged = own.find((row) => row.action in OWN_PAGE);
  if (paged !== undefined) {
    const [path, label] = OWN_PAGE[paged.action] ?? ['', 'undo.heading'];
    return { kind: 'page', row: paged, path, label };
  }
  for (const row of own) {
    const undoing = await undoingOf(db, thing, row, rows);
    if (undoing !== null) return { kind: 'undo', row, upTo: newest.id, undoing };
  }
  return null;
}

type Facts = Record<string, unknown>;
export const factsOf = (text: string | null) => JSON.parse(text ?? '{}') as Facts;

async function undoingOf(db: Db | Trx, thing: Thing, row: AuditRow, rows: AuditRow[]): Promise<Undoing | null> {
  const joined = rows.some(isAnswer) ? null : membershipIn(rows);
  if (joined !== null) return joined;
  if (rows.some((each) => each.item_type !== thing.type || each.item_id !== thing.id || isAnswer(each))) return null;
  if (row.action === 'mailbox.updated') return { what: 'general' };
  if (row.action === 'mailbox.senders-restricted' || row.action === 'mailbox.senders-restored')
    return { what: 'mailbox-flows' };
  if (row.action === 'group.updated') {
    const flows = 'accept_from' in factsOf(row.after) || 'senders' in factsOf(row.after);
    return { what: flows ? 'group-flows' : 'details' };
  }
  if (row.action === 'group.members-added') return membersOf(db, thing, row, 'added');
  if (row.action === 'group.members-removed') return membersOf(db, thing, row, 'removed');
  return null;
}

/** Carrying out what was asked for is more than the change: somebody was answered. */
const isAnswer = (row: AuditRow) => /^group\.(change|new|join|leave)-approved$/.test(row.action);

/** SOP 4.18 and 4.19 write to the mailbox and to the list. */
function membershipIn(rows: AuditRow[]): Undoing | null {
  const mailbox = rows.find((row) => row.action === 'mailbox.joined-list' || row.action === 'mailbox.left-list');
  const group = rows.find((row) => row.item_type === 'group');
  if (mailbox === undefined || group === undefined) return null;
  const how = mailbox.action === 'mailbox.joined-list' ? 'added' : 'removed';
  return { what: 'membership', how, mailboxId: mailbox.item_id, groupId: group.item_id, group: group.item_name };
}

/** The very members that the act moved; null when they cannot be told any more. */
async function membersOf(db: Db | Trx, thing: Thing, row: AuditRow, how: 'added' | 'removed'): Promise<Undoing | null> {
  const { count, members } = factsOf(row.after) as { count: number; members: string[] };
  const moved = await movedAt(db, thing, row, how);
  const exact = moved.length === count ? moved : moved.filter((member) => members.includes(member.was));
  return exact.length === count ? { what: 'members', how, members: exact } : null;
}
