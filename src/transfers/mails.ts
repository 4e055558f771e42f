import { dayInWords } from '../base/days.ts';
import { both } from '../base/language.ts';
import { type Letter, SIR_OR_MADAM } from '../base/letter.ts';
import { dayOf } from '../base/time.ts';
import { groupNames } from '../groups/mails.ts';
import type { GroupRef } from '../mailbox-life/queries.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import { type Item, mailboxItem } from '../trail/items.ts';
import type { Mail, Recipient } from '../trail/outbox.ts';
import type { Transfer } from './queries.ts';

export type Notice = 'asked' | 'offered' | 'agreed' | 'refused' | 'withdrawn' | 'expired' | 'addressNeeded';
type Facts = NonNullable<Letter['facts']>;

/** One agency's administrators hear how a transfer stands. @param agencies the old one is left out where it is not known */
export function noticeMail(
  notice: Notice,
  row: Transfer,
  agencies: { from: string | undefined; to: string },
  item: Item,
  to: Recipient,
): Mail {
  const facts: Facts = [
    { label: both('transfer.who'), value: item.name },
    ...(agencies.from === undefined ? [] : [{ label: both('transfer.from'), value: agencies.from }]),
    { label: both('transfer.to'), value: agencies.to },
    { label: both('field.transfer_day'), value: dayInWords(row.effective_on) },
    ...(row.note === '' ? [] : [{ label: both('field.note'), value: row.note }]),
    ...(notice === 'refused' ? [{ label: both('field.refusal'), value: row.reason }] : []),
  ];
  return {
    mail: 'transfer',
    to,
    item,
    letter: {
      subject: both(`mail.transfer.${notice}.subject`, { name: item.name }),
      greeting: to.name,
      paragraphs: [both(`mail.transfer.${notice}.text`, { name: item.name, date: dayInWords(row.expires_on) })],
      facts,
      link: { label: both('mail.transfer.link'), path: `/admin/transfers/${row.id}` },
    },
  };
}

type Moved = {
  before: Mailbox;
  after: Mailbox;
  until: Date;
  from: string;
  to: string;
  alone: Pick<GroupRef, 'display_name' | 'primary_email'>[];
  /** The lists of the old agency that the officer owned. */
  owned: Pick<GroupRef, 'display_name' | 'primary_email'>[];
};

/** The officer, both agencies' administrators and the helpdesk hear that the officer has moved. */
export function carriedOutMails(
  row: Transfer,
  moved: Moved,
  whom: { releasing: Recipient[]; receiving: Recipient[]; helpdesk: Recipient[] },
): (Mail & { item: Item })[] {
  const { before, after } = moved;
  const until = dayInWords(dayOf(moved.until));
  const what = row.keep_address === 1 ? 'kept' : 'reserved';
  const facts: Facts = [
    { label: both('field.name'), value: after.display_name },
    { label: both('transfer.from'), value: moved.from },
    { label: both('transfer.to'), value: moved.to },
    { label: both('transfer.formerEmail'), value: before.primary_email },
    { label: both('transfer.newEmail'), value: after.primary_email },
    { label: both('field.login_id'), value: after.login_id },
  ];
  const letter = (to: Recipient, text: 'officer' | 'office', more: Facts = []): Letter => ({
    subject: both('mail.transfer.done.subject', { name: after.display_name, agency: moved.to }),
    greeting: to.name || SIR_OR_MADAM,
    paragraphs: [
      both(`mail.transfer.done.${text}`, { name: after.display_name, agency: moved.to }),
      both(`mail.transfer.done.${what}`, { address: before.primary_email, date: until }),
    ],
    facts: [...facts, ...more],
  });
  const personal = after.contact_email === null ? [] : [after.contact_email];
  const officer = [after.primary_email, ...personal].map((address) => ({ name: after.full_name, address }));
  const alone: Facts =
    moved.alone.length === 0 ? [] : [{ label: both('transfer.alone'), value: groupNames(moved.alone) }];
  const owned: Facts =
    moved.owned.length === 0 ? [] : [{ label: both('mail.owner.went'), value: groupNames(moved.owned) }];
  const mail = (to: Recipient, item: Item, text: 'officer' | 'office', more?: Facts): Mail & { item: Item } => ({
    mail: 'transfer-done',
    to,
    item,
    letter: letter(to, text, more),
  });
  return [
    ...officer.map((to) => mail(to, mailboxItem(after), 'officer', owned)),
    ...whom.receiving.map((to) => mail(to, mailboxItem(after), 'office')),
    ...whom.releasing.map((to) => mail(to, mailboxItem(before), 'office', alone)),
    ...whom.helpdesk.map((to) => mail(to, mailboxItem(after), 'office', alone)),
  ];
}
