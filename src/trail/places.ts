import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import type { Db } from '../data/database.ts';
import type { AuditAction } from '../texts.ts';
import { type Item, kindOfItem } from './items.ts';

const secondFactor = () => '/me/second-factor';
const account = (_role: Actor['role'], id: number) => `/admin/mailboxes/${id}/account`;

const flows = (_role: Actor['role'], id: number) => `/admin/mailboxes/${id}/mail-flows`;
const memberOf = (role: Actor['role'], id: number) =>
  role === 'user' ? '/me/groups' : `/admin/mailboxes/${id}/groups`;
const members = (_role: Actor['role'], id: number) => `/admin/groups/${id}/members`;
const requests = () => '/me/list-requests';

/** Acts whose result is not where their item is shown. */
const BY_ACTION: Partial<Record<AuditAction, (role: Actor['role'], id: number) => string>> = {
  'mailbox.profile-updated': () => '/me/profile',
  'mailbox.disabling-planned': account,
  'mailbox.disabling-changed': account,
  'mailbox.disabling-cancelled': account,
  'mailbox.disabled': account,
  'mailbox.enabled': account,
  'mailbox.deletion-requested': account,
  'mailbox.deletion-postponed': account,
  'mailbox.deletion-withdrawn': account,
  'mailbox.restored': account,
  'mailbox.senders-restricted': flows,
  'mailbox.senders-restored': flows,
  'mailbox.joined-list': memberOf,
  'mailbox.left-list': memberOf,
  'group.members-added': members,
  'group.members-removed': members,
  'group.change-requested': (_role, id) => `/me/groups/${id}`,
  'group.join-requested': requests,
  'group.leave-requested': requests,
  'group.new-requested': requests,
  'group.change-withdrawn': requests,
  'group.join-withdrawn': requests,
  'group.leave-withdrawn': requests,
  'group.new-withdrawn': requests,
  'directory.agreed': () => '/helpdesk/directory',
  'directory.retried': () => '/helpdesk/directory',
  'directory.look-asked': () => '/helpdesk/directory',
  'directory.released': () => '/helpdesk/directory/held',
  'directory.put-back': (role) => `/${role}/directory/drift`,
  'directory.accepted': (role) => `/${role}/directory/drift`,
  'directory.ticked': (role) => `/${role}/directory/steps`,
  'directory.begun': (role) => `/${role}/directory/steps`,
  'holiday.removed': () => '/helpdesk/holidays',
  'weekend.removed': () => '/helpdesk/weekends',
  'setting.ticket-hours-updated': () => '/helpdesk/settings/ticket-hours',
  'user.session-ended': () => '/me/sessions',
  'user.sessions-ended': () => '/me/sessions',
  'record.pack-made': (role) => `/${role}/records/pack`,
  'user.unlocked': (role, id) => `/${role}/sign-in-help/${id}`,
  'user.link-made': (role, id) => `/${role}/sign-in-help/${id}`,
  'user.second-factor-reset': (role, id) => `/${role}/sign-in-help/${id}`,
  'user.second-factor-set-up': secondFactor,
  'user.second-factor-replaced': secondFactor,
  'user.second-factor-turned-off': secondFactor,
  'user.recovery-codes-made': secondFactor,
  'user.recovery-code-used': secondFactor,
  'user.passkey-added': secondFactor,
  'user.passkey-renamed': secondFactor,
  'user.passkey-removed': secondFactor,
  'setting.second-factor-updated': () => '/helpdesk/settings/second-factor',
};

/** The page where an actor sees an item, or null when there is none for that role. */
export function placeOf(actor: Pick<Actor, 'role' | 'userId'>, item: Pick<Item, 'type' | 'id'>): string | null {
  if (item.type === 'user' && item.id === actor.userId) return '/me/password';
  if (actor.role === 'admin' || actor.role === 'helpdesk')
    return kindOfItem(item.type)?.[actor.role]?.(item.id) ?? null;
  if (actor.role === 'applicant') return '/register/status';
  return null;
}

/** Where the result of an act is to be seen: at the first thing that it changed. */
export async function resultOf(db: Db, actor: Actor, act: string) {
  const row = await db
    .selectFrom('audit')
    .select(['action', 'item_type', 'item_id'])
    .where('act', '=', act)
    .orderBy(sql`action = 'account-request.registered-directly'`, 'desc') // its code is made before it
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.action === 'access-code-request.submitted') return standingOf(db, row.item_id);
  const place = BY_ACTION[row.action]?.(actor.role, row.item_id);
  return place ?? placeOf(actor, { type: row.item_type, id: row.item_id });
}

/** Whoever asked for a code needs the reference, and has no other page. */
async function standingOf(db: Db, requestId: number) {
  const { reference } = await db
    .selectFrom('access_code_request')
    .select('reference')
    .where('id', '=', requestId)
    .executeTakeFirstOrThrow();
  return `/access-code-requests/${reference}`;
}
