import { waitingCounts } from './access-codes/access-code.ts';
import { waitingRequests } from './account-requests/account-request.ts';
import { backupTroubles } from './backups/queries.ts';
import type { Actor } from './base/actor.ts';
import { MINUTE } from './base/time.ts';
import { clockDoubt } from './clock/clock.ts';
import { countToDecide } from './corrections/queries.ts';
import type { Db } from './data/database.ts';
import { whileUnchanged } from './data/unchanged.ts';
import { countTroubles } from './directory/pages/queries.ts';
import { countOpenRequests, countToAnswer } from './groups/change-requests/queries.ts';
import { countSurplus } from './identities/queries.ts';
import { countFailed } from './outbox/queries.ts';
import { countAsked } from './sign-in/queries.ts';
import { countToConfirm, countWaiting } from './tickets/queries.ts';
import { countMine } from './transfers/queries.ts';
import type { Menu, MenuEntry } from './web/pages.ts';

const OWN_SESSIONS = { href: '/me/sessions', label: 'menu.sessions' } as const;

async function portalEntries(db: Db, actor: Actor): Promise<MenuEntry[]> {
  return [
    { href: '/me', label: 'menu.me' },
    { href: '/me/profile', label: 'menu.profile' },
    { href: '/me/password', label: 'menu.password' },
    { href: '/me/second-factor', label: 'menu.secondFactor' },
    { href: '/me/quota', label: 'menu.quota' },
    { href: '/me/groups', label: 'menu.groups' },
    { href: '/me/list-requests', label: 'group.menu.ownRequests', count: await countToAnswer(db, actor) },
    OWN_SESSIONS,
  ];
}

/** The pages that a role has, with the number of things that wait in each, to the minute. */
export async function menuOf(db: Db, actor: Actor, now: Date): Promise<Menu> {
  const minute = new Date(Math.floor(now.getTime() / MINUTE) * MINUTE);
  const name = `menu ${actor.role} ${actor.agencyId} ${actor.userId} ${minute.getTime()}`;
  return whileUnchanged(db, name, () => readMenu(db, actor, minute));
}

async function readMenu(db: Db, actor: Actor, now: Date): Promise<Menu> {
  if (actor.role === 'user') return [{ heading: 'menu.portal', entries: await portalEntries(db, actor) }];
  if (actor.role === 'admin') return adminMenu(db, actor, now);
  if (actor.role === 'helpdesk') return helpdeskMenu(db, actor, now);
  return [];
}

/** What waits for somebody comes first, then what is looked up daily; the rest is folded, the own portal under the own name. */
async function adminMenu(db: Db, actor: Actor, now: Date): Promise<Menu> {
  const agencyId = actor.agencyId ?? 0;
  const { requests, returned } = await waitingCounts(db, agencyId, now);
  const accounts = await waitingRequests(db, agencyId);
  return [
    {
      heading: 'menu.work',
      entries: [
        { href: '/admin', label: 'menu.overview' },
        { href: '/admin/access-code-requests', label: 'menu.accessCodeRequests', count: requests },
        { href: '/admin/access-codes', label: 'menu.accessCodes', count: returned },
        { href: '/admin/account-requests', label: 'menu.accountRequests', count: accounts.count },
        { href: '/admin/sign-in-help', label: 'menu.passwordRequests', count: await countAsked(db, actor) },
        {
          href: '/admin/list-change-requests',
          label: 'group.menu.requests',
          count: await countOpenRequests(db, actor),
        },
        { href: '/admin/tickets', label: 'menu.tickets', count: await countToConfirm(db, actor) },
        { href: '/admin/corrections', label: 'menu.corrections', count: await countToDecide(db, actor) },
        { href: '/admin/transfers', label: 'menu.transfers', count: await countMine(db, actor) },
      ],
    },
    {
      heading: 'menu.accounts',
      entries: [
        { href: '/admin/mailboxes', label: 'menu.mailboxes' },
        { href: '/admin/groups', label: 'group.menu' },
        { href: '/admin/contacts', label: 'menu.contacts' },
        { href: '/admin/address-list', label: 'menu.addressList' },
      ],
    },
    {
      heading: 'menu.more',
      isFolded: true,
      entries: [
        { href: '/admin/mailboxes/deleted', label: 'menu.deletedMailboxes' },
        { href: '/admin/groups/health', label: 'group.menu.health' },
        { href: '/admin/calendar', label: 'menu.calendar' },
        { href: '/admin/bulk', label: 'menu.bulk' },
        { href: '/admin/directory', label: 'menu.directory' },
      ],
    },
    {
      heading: 'menu.office',
      isFolded: true,
      entries: [
        { href: '/admin/reports', label: 'menu.reports' },
        { href: '/admin/records', label: 'menu.records' },
        { href: '/admin/audit', label: 'menu.audit' },
      ],
    },
    { heading: { text: actor.name }, isFolded: true, entries: await portalEntries(db, actor) },
  ];
}

async function helpdeskMenu(db: Db, actor: Actor, now: Date): Promise<Menu> {
  return [
    {
      heading: 'menu.work',
      entries: [
        { href: '/helpdesk', label: 'menu.overview' },
        ...((await clockDoubt(db, now)) === null
          ? []
          : [{ href: '/helpdesk/clock', label: 'clock.title', count: 1 } as const]),
        { href: '/helpdesk/tickets', label: 'menu.tickets', count: await countWaiting(db) },
        { href: '/helpdesk/sign-in-help', label: 'menu.passwordRequests', count: await countAsked(db, actor) },
        { href: '/helpdesk/corrections', label: 'menu.corrections', count: await countToDecide(db, actor) },
        { href: '/helpdesk/second-accounts', label: 'second-account.title', count: await countSurplus(db) },
        { href: '/helpdesk/directory', label: 'menu.directory', count: await countTroubles(db) },
        { href: '/helpdesk/outbox', label: 'menu.outbox', count: await countFailed(db) },
      ],
    },
    {
      heading: 'menu.allAgencies',
      entries: [
        { href: '/helpdesk/agencies', label: 'menu.agencies' },
        { href: '/helpdesk/mailboxes', label: 'menu.mailboxes' },
        { href: '/helpdesk/groups', label: 'group.menu' },
        { href: '/helpdesk/contacts', label: 'menu.contacts' },
      ],
    },
    {
      heading: 'menu.requests',
      isFolded: true,
      entries: [
        { href: '/helpdesk/access-code-requests', label: 'menu.accessCodeRequests' },
        { href: '/helpdesk/access-codes', label: 'menu.accessCodes' },
        { href: '/helpdesk/account-requests', label: 'menu.accountRequests' },
        { href: '/helpdesk/list-change-requests', label: 'group.menu.requests' },
        { href: '/helpdesk/transfers', label: 'menu.transfers' },
        { href: '/helpdesk/bulk', label: 'menu.bulk' },
      ],
    },
    {
      heading: 'menu.office',
      isFolded: true,
      entries: [
        { href: '/helpdesk/reports', label: 'menu.reports' },
        { href: '/helpdesk/records', label: 'menu.records' },
        { href: '/helpdesk/audit', label: 'menu.audit' },
        { href: '/helpdesk/refused-tries', label: 'menu.refusedTries' },
        { href: '/helpdesk/usage', label: 'menu.usage' },
      ],
    },
    {
      heading: 'menu.system',
      isFolded: true,
      entries: [
        { href: '/helpdesk/admins', label: 'menu.admins' },
        { href: '/helpdesk/staff', label: 'menu.staff' },
        { href: '/helpdesk/holidays', label: 'holiday.title' },
        { href: '/helpdesk/backups', label: 'menu.backups', count: (await backupTroubles(db, now)).length },
        { href: '/helpdesk/settings', label: 'menu.settings' },
      ],
    },
    { heading: { text: actor.name }, isFolded: true, entries: OWN_SIGN_IN },
  ];
}

const OWN_SIGN_IN: MenuEntry[] = [
  { href: '/me/password', label: 'menu.password' },
  { href: '/me/second-factor', label: 'menu.secondFactor' },
  OWN_SESSIONS,
];
