import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import { type App, Id } from '../web/app-types.ts';
import { groupFrame } from './frame.ts';
import { nameColumns } from './list.ts';
import { listParents, type Parent } from './list-queries.ts';
import { findGroup } from './queries.ts';

const ParentListing: Listing<Parent> = {
  title: 'group.tab.member-of',
  intro: 'group.parents.intro',
  empty: 'group.parents.empty',
  exportName: 'group-member-of',
  sort: 'display_name',
  columns: [
    ...nameColumns,
    { label: 'group.since', value: (row, say) => say.date(row.since), sort: 'since' },
    { label: 'group.addedBy', value: (row) => row.added_by },
  ],
};

/** Member Of: the lists that a list is in. */
export function parents(app: App) {
  const config = { sop: '4.14', access: ['admin'] } as const;
  const schema = { params: Id, querystring: ListSchema };

  app.get('/admin/groups/:id/member-of', { schema, config }, async (request, reply) => {
    const group = await findGroup(app.db, request.actor, request.params.id);
    return showList(request, reply, ParentListing, (query, db) => listParents(db, group, query), {
      view: 'groups/parents',
      ...groupFrame(group, 'member-of'),
    });
  });
}
