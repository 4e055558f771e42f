import { dayInWords } from '../base/days.ts';
import { both } from '../base/language.ts';
import { SIR_OR_MADAM } from '../base/letter.ts';
import type { Trx } from '../data/database.ts';
import { groupNames } from '../groups/mails.ts';
import { ownersOf } from '../groups/members/membership.ts';
import type { Disabling, Termination } from '../mailboxes/planned.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import type { Box } from '../tickets/checklist.ts';
import { type Item, mailboxItem } from '../trail/items.ts';
import type { Mail, Recipient } from '../trail/outbox.ts';
import type { GroupRef } from './queries.ts';

type Change = 'disabled' | 'enabled' | 'ended' | 'restored' | 'moved';
const NUMBERS: Record<Change, string> = { disabled: 'N9', enabled: 'N11', ended: 'N14', restored: 'N11', moved: 'N14' };

/** N9, N11, N14: each owner hears once what happened to a member of all of the own lists. Why is nobody's business but the agency's. */
export async function mailsToOwners(
  trx: Trx,
  change: Change,
  mailbox: Mailbox,
  groups: GroupRef[],
  until: string | null = null,
): Promise<(Mail & { item: Item })[]> {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const owners = await ownersOf(trx, [...byId.keys()]);
  const theirs = new Map<string, { to: Recipient; groups: GroupRef[] }>();
  for (const { group_id, mailbox_id, name, address, status } of owners) {
    const group = byId.get(group_id);
    if (status !== 'active' || mailbox_id === mailbox.id || group === undefined) continue;
    const each = theirs.get(address) ?? { to: { name, address }, groups: [] };
    each.groups.push(group);
    theirs.set(address, each);
  }
  const until_ = until === null ? both('mail.n9.open') : both('mail.n9.until', { date: dayInWords(until) });
  return [...theirs.values()].map(({ to, groups: own }) => ({
    mail: NUMBERS[change],
    to,
    item: mailboxItem(mailbox),
    letter: {
      subject: both(`mail.life.${change}.subject`, { name: mailbox.display_name }),
      greeting: to.name,
      paragraphs: [both(`mail.life.${change}.text`, { name: mailbox.display_name, until: until_ })],
      facts: [
        { label: both('field.name'), value: mailbox.display_name },
        { label: both('field.primary_email'), value: mailbox.primary_email },
        { label: both('life.yourLists'), value: groupNames(own) },
      ],
    },
  }));
}

/** N10: the day until which an account is disabled comes near, or is here. */
export function untilReminder(mailbox: Mailbox, disabling: Disabling, isToday: boolean, to: Recipient): Mail {
  const until = dayInWords(disabling.disabled_until ?? '');
  const what = isToday ? 'today' : disabling.enable_by_itself === 1 ? 'byItself' : 'soon';
  return {
    mail: 'N10',
    to,
    item: mailboxItem(mailbox),
    letter: {
      subject: both('mail.n10.subject', { name: mailbox.display_name, until }),
      greeting: to.name,
      paragraphs: [both(`mail.n10.${what}`, { name: mailbox.display_name, until })],
      facts: [
        { label: both('field.name'), value: mailbox.display_name },
        { label: both('field.primary_email'), value: mailbox.primary_email },
        { label: both('field.disabled_until'), value: until },
      ],
      link: { label: both('mail.life.link'), path: `/admin/mailboxes/${mailbox.id}/account` },
    },
  };
}

type Notice = 'requested' | 'postponed' | 'withdrawn' | 'carriedOut' | 'stillOpen' | 'restored';

/** N12: the helpdesk hears that an account is to end, on another day, not at all, has ended, not in everything yet, or is there again. @param open what has not ended yet */
export function terminationNotice(
  notice: Notice,
  mailbox: Mailbox,
  termination: Pick<Termination, 'effective_on' | 'reason' | 'ticket_id'>,
  agency: string,
  to: Recipient,
  open: Box[] = [],
): Mail {
  const date = dayInWords(termination.effective_on);
  return {
    mail: 'N12',
    to,
    item: mailboxItem(mailbox),
    letter: {
      subject: both(`mail.n12.${notice}.subject`, { name: mailbox.display_name }),
      greeting: to.name || SIR_OR_MADAM,
      paragraphs: [both(`mail.n12.${notice}.text`, { name: mailbox.display_name, date })],
      facts: [
        { label: both('field.name'), value: mailbox.display_name },
        { label: both('field.primary_email'), value: mailbox.primary_email },
        { label: both('field.login_id'), value: mailbox.login_id },
        { label: both('field.agency'), value: agency },
        { label: both('field.effective_on'), value: date },
        { label: both('field.reason'), value: termination.reason },
        ...open.map((box) => ({ label: both('ticket.notDone'), value: both(`ticket.box.${box}`) })),
      ],
      ...(termination.ticket_id === null
        ? {}
        : { link: { label: both('mail.n12.link'), path: `/helpdesk/tickets/${termination.ticket_id}` } }),
    },
  };
}

/** N14: an account has ended on its day, and lists are left without anybody who looks after them. */
export function groupsLeftAlone(
  mailbox: Mailbox,
  groups: Pick<GroupRef, 'display_name' | 'primary_email'>[],
  to: Recipient,
): Mail & { item: Item } {
  return {
    mail: 'N14',
    to,
    item: mailboxItem(mailbox),
    letter: {
      subject: both('mail.life.alone.subject', { name: mailbox.display_name }),
      greeting: to.name,
      paragraphs: [both('mail.life.alone.text', { name: mailbox.display_name })],
      facts: [{ label: both('life.lists'), value: groupNames(groups) }],
      link: { label: both('mail.life.groups'), path: '/admin/groups' },
    },
  };
}
