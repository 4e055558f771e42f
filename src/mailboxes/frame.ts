import type { Tone } from '../lists/listing.ts';
import type { Label } from '../texts.ts';
import type { Mailbox } from './queries.ts';

export type MailboxTab = 'general' | 'account' | 'password' | 'mail-flows' | 'groups' | 'history';

const TABS: { tab: MailboxTab; path: string; label: Label }[] = [
  { tab: 'general', path: '', label: 'mailbox.tab.general' },
  { tab: 'account', path: '/account', label: 'mailbox.tab.account' },
  { tab: 'password', path: '/password', label: 'mailbox.tab.password' },
  { tab: 'mail-flows', path: '/mail-flows', label: 'mailbox.tab.mail-flows' },
  { tab: 'groups', path: '/groups', label: 'mailbox.tab.groups' },
  { tab: 'history', path: '/history', label: 'mailbox.tab.history' },
];

export const MAILBOX_TONES: Record<Mailbox['status'], Tone> = { active: 'good', disabled: 'wait', deleted: 'bad' };

/** What every page about one mailbox shows around its own: who it is, its state, the SOP's tabs. For views that include `/mailboxes/head`. */
export function mailboxFrame(mailbox: Mailbox, tab: MailboxTab) {
  const tabs = TABS.map((each) => ({
    href: `/admin/mailboxes/${mailbox.id}${each.path}`,
    label: each.label,
    here: each.tab === tab,
  }));
  return { mailbox, tabs, tone: MAILBOX_TONES[mailbox.status] };
}
