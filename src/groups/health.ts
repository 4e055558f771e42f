import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { groupColumns } from './list.ts';
import { countProblems, type ListedGroup, listGroups, PROBLEMS } from './list-queries.ts';

const HealthListing: Listing<ListedGroup> = {
  title: 'group.health.title',
  intro: 'group.health.intro',
  empty: 'group.health.empty',
  exportName: 'group-health',
  sort: 'display_name',
  filters: [
    {
      name: 'problem',
      label: 'group.health',
      options: [
        { value: 'any', label: 'group.problem.any' },
        ...PROBLEMS.map((value) => ({ value, label: `group.problem.${value}` }) as const),
      ],
      usual: 'any',
    },
  ],
  columns: groupColumns,
};

/** Lists that somebody should look after: without an active owner, empty, with members who are not active, unchanged for a year. */
export function health(app: App) {
  const config = { access: ['admin'] } as const;

  app.get('/admin/groups/health', { schema: { querystring: ListSchema }, config }, async (request, reply) => {
    const now = app.clock();
    return showList(request, reply, HealthListing, (query, db) => listGroups(db, request.actor, query, now), {
      view: 'groups/health',
      counts: await countProblems(app.db, request.actor, now),
      problems: PROBLEMS,
    });
  });
}
