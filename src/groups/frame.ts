import type { Tone } from '../lists/listing.ts';
import type { Label } from '../texts.ts';
import type { Problem } from './list-queries.ts';
import type { Group } from './queries.ts';

export type GroupTab = 'general' | 'members' | 'mail-flows' | 'member-of' | 'history';

const TABS: { tab: GroupTab; path: string; label: Label }[] = [
  { tab: 'general', path: '', label: 'group.tab.general' },
  { tab: 'members', path: '/members', label: 'group.tab.members' },
  { tab: 'mail-flows', path: '/mail-flows', label: 'group.tab.mail-flows' },
  { tab: 'member-of', path: '/member-of', label: 'group.tab.member-of' },
  { tab: 'history', path: '/history', label: 'group.tab.history' },
];

export const GROUP_TONES: Record<Group['status'], Tone> = { active: 'good', deleted: 'bad' };
export const PROBLEM_TONES: Record<Problem, Tone> = {
  'no-owner': 'bad',
  'no-sender': 'bad',
  empty: 'wait',
  disabled: 'wait',
  unchanged: 'plain',
};

/** What every page about one list shows around its own: which list, its state, the tabs. For views that include `/groups/head`. */
export function groupFrame(group: Group, tab: GroupTab) {
  const place = `/admin/groups/${group.id}`;
  const tabs = TABS.map((each) => ({ href: place + each.path, label: each.label, here: each.tab === tab }));
  return { group, place, tabs, tone: GROUP_TONES[group.status] };
}
