import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { page, type sayers } from '../web/pages.ts';
import { findOwn, listOwnGroups, type OwnGroup } from './queries.ts';
import { whomToAsk } from './whom-to-ask.ts';

function relation(row: OwnGroup, say: ReturnType<typeof sayers>) {
  const both = row.owner !== null && row.member_since !== null;
  return say.t(both ? 'my-groups.both' : row.owner !== null ? 'my-groups.owner' : 'my-groups.member');
}

/** Leaving is for members, where the list allows it and it was not asked for yet. */
function leaving(row: OwnGroup) {
  if (row.member_since === null || row.leaving === 'nobody' || row.waits === 1) return null;
  const label = row.leaving === 'oneself' ? 'my-groups.leave' : 'my-groups.askToLeave';
  return { action: `/me/groups/${row.id}/leave`, label } as const;
}

const OwnGroupListing: Listing<OwnGroup> = {
  title: 'my-groups.title',
  empty: 'my-groups.empty',
  searchLabel: 'my-groups.search',
  exportName: 'member-of',
  sort: 'display_name',
  filters: [
    {
      name: 'as',
      label: 'my-groups.as',
      options: [
        { value: 'member', label: 'my-groups.member' },
        { value: 'owner', label: 'my-groups.owner' },
      ],
    },
  ],
  columns: [
    {
      label: 'field.display_name',
      value: (row) => row.display_name,
      href: (row) => (row.owner === null ? null : `/me/groups/${row.id}`),
      sort: 'display_name',
    },
    { label: 'field.primary_email', value: (row) => row.primary_email, sort: 'primary_email' },
    { label: 'my-groups.as', value: relation, tone: (row) => (row.owner === null ? 'plain' : 'info') },
    {
      label: 'my-groups.since',
      value: (row, say) => (row.member_since === null ? '' : say.date(row.member_since)),
      sort: 'member_since',
    },
    { label: 'list.action', value: () => '', post: leaving },
  ],
};

/** Modul Pengguna (SOP 4.20): Paparan Ahli Kumpulan (Member Of). */
export function groups(app: App) {
  const route = { schema: { querystring: ListSchema }, config: { sop: '4.20', access: ['user'] } } as const;

  app.get('/me/groups', route, async (request, reply) => {
    const { mailbox } = await findOwn(app.db, request.actor);
    const whom = await whomToAsk(app, request.actor);
    if (mailbox === null) return page(request, reply, 'my-account/no-groups', { whom });
    return showList(request, reply, OwnGroupListing, (query, db) => listOwnGroups(db, mailbox, query), {
      view: 'my-account/groups',
      whom,
    });
  });
}
