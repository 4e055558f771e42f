import { type Column, type Listing, ListSchema, showList } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import type { Sayers } from '../web/pages.ts';
import { GROUP_TONES, PROBLEM_TONES } from './frame.ts';
import { type ListedGroup, listGroups } from './list-queries.ts';

/** The worst that is wrong with a list, and how much else is. */
function healthInWords({ status, problems }: ListedGroup, say: Sayers) {
  const [worst, ...others] = problems;
  if (worst === undefined) return say.t(status === 'deleted' ? 'group.state.deleted' : 'group.healthy');
  const more = others.length === 0 ? '' : ` +${others.length}`;
  return say.t(`group.problem.${worst}`) + more;
}

/** Which list it is. */
export const nameColumns: Column<Pick<ListedGroup, 'id' | 'display_name' | 'primary_email'>>[] = [
  {
    label: 'field.display_name',
    value: (row) => row.display_name,
    href: (row) => `/admin/groups/${row.id}`,
    sort: 'display_name',
  },
  { label: 'field.primary_email', value: (row) => row.primary_email, sort: 'primary_email' },
];

/** What both lists of lists show: all of them, and those that somebody should look after. */
export const groupColumns: Column<ListedGroup>[] = [
  ...nameColumns,
  { label: 'field.owners', value: (row, say) => row.owners ?? say.t('none') },
  {
    label: 'field.members',
    value: (row, say) => say.number(row.members),
    href: (row) => `/admin/groups/${row.id}/members`,
    numeric: true,
  },
  {
    label: 'group.changedAt',
    value: (row, say) => say.date(row.changed_at ?? row.created_at),
  },
  {
    label: 'group.health',
    value: healthInWords,
    tone: (row) => (row.problems[0] ? PROBLEM_TONES[row.problems[0]] : GROUP_TONES[row.status]),
  },
];

export const GroupListing: Listing<ListedGroup> = {
  // whose members are not active is looked for among all members
  isGathered: true,
  title: 'group.title',
  intro: 'group.intro',
  empty: 'group.empty',
  exportName: 'groups',
  sort: 'display_name',
  keys: [
    { value: 'display_name', label: 'field.display_name' },
    { value: 'primary_email', label: 'field.primary_email' },
  ],
  filters: [
    {
      name: 'status',
      label: 'field.status',
      options: [
        { value: 'active', label: 'group.state.active' },
        { value: 'deleted', label: 'group.state.deleted' },
      ],
      usual: 'active',
    },
  ],
  action: { href: '/admin/groups/new', label: 'group.createNew' },
  columns: groupColumns,
};

/** SOP 4.13 to 4.17 step 1: Groups. */
export function list(app: App) {
  const config = { sop: ['4.14', '4.15', '4.16', '4.17'], access: ['admin'] } as const;

  app.get('/admin/groups', { schema: { querystring: ListSchema }, config }, (request, reply) =>
    showList(request, reply, GroupListing, (query, db) => listGroups(db, request.actor, query, app.clock())),
  );
}
