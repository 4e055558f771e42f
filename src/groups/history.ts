import type { Row } from '../data/schema.ts';
import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import { inOneLine } from '../trail/audit-words.ts';
import { planFor } from '../trail/undo-plan.ts';
import { type App, Id } from '../web/app-types.ts';
import { groupFrame } from './frame.ts';
import { listHistory } from './list-queries.ts';
import { findGroup } from './queries.ts';

type Act = Row<'audit'>;

const HistoryListing: Listing<Act> = {
  title: 'group.tab.history',
  empty: 'group.history.empty',
  searchLabel: 'group.history.search',
  exportName: 'group-history',
  sort: 'id',
  descending: true,
  columns: [
    { label: 'audit-trail.at', value: (row, say) => say.time(row.at), sort: 'id' },
    { label: 'audit-trail.action', value: (row, say) => say.t(`audit.${row.action}`) },
    { label: 'audit-trail.actor', value: (row) => row.actor_name },
    { label: 'group.history.changes', value: (row, say) => inOneLine(say.changes(row)) },
    { label: 'audit-trail.sop', value: (row, say) => (row.sop === null ? '' : say.sopNumber(row.sop)) },
  ],
};

/** Everything that was done to a list, newest first. */
export function history(app: App) {
  const config = { sop: '4.14', access: ['admin'] } as const;
  const schema = { params: Id, querystring: ListSchema };

  app.get('/admin/groups/:id/history', { schema, config }, async (request, reply) => {
    const group = await findGroup(app.db, request.actor, request.params.id);
    return showList(request, reply, HistoryListing, (query, db) => listHistory(db, group, query), {
      view: 'groups/history',
      ...groupFrame(group, 'history'),
      undo: await planFor(app.db, request.actor, { type: 'group', id: group.id }),
      undoPlace: `/admin/groups/${group.id}`,
    });
  });
}
