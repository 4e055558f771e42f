import { countProblems, type ListedGroup, listGroups, PROBLEMS } from '../groups/list-queries.ts';
import type { Report } from './report.ts';

/** SOP 4.13 to 4.17: mailing lists with their owners and members, and what somebody should look after. */
export const groupsReport: Report<ListedGroup> = {
  name: 'lists',
  listing: (area) => ({
    sort: 'display_name',
    filters: [
      {
        name: 'problem',
        label: 'report.look',
        options: [
          { value: 'any', label: 'group.problem.any' },
          ...PROBLEMS.map((value) => ({ value, label: `group.problem.${value}` }) as const),
        ],
      },
    ],
    columns: [
      {
        label: 'field.display_name',
        value: (row) => row.display_name,
        href: (row) => (area === 'admin' ? `/admin/groups/${row.id}` : null),
        sort: 'display_name',
      },
      { label: 'field.primary_email', value: (row) => row.primary_email, sort: 'primary_email' },
      { label: 'field.owners', value: (row) => row.owners ?? '' },
      { label: 'field.members', value: (row, say) => say.number(row.members), numeric: true },
      {
        label: 'report.look',
        value: (row, say) => row.problems.map((problem) => say.t(`group.problem.${problem}`)).join(', '),
      },
    ],
  }),
  agencyOf: (row) => row.agency_id,
  find: ({ db, actor, query, now }) => listGroups(db, actor, query, now),
  async figures({ db, actor, now }) {
    const counts = await countProblems(db, actor, now);
    return [
      { label: 'report.total', value: counts.all },
      ...PROBLEMS.map((problem) => ({ label: `group.problem.${problem}` as const, value: counts[problem] })),
    ];
  },
};
