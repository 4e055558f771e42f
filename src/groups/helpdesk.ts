import { agencyOptions } from '../agencies/administrators.ts';
import { helpdeskListing } from '../agencies/helpdesk-listing.ts';
import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import { type App, Id } from '../web/app-types.ts';
import { GROUP_TONES } from './frame.ts';
import { GroupListing } from './list.ts';
import { type ListedMember, listGroups, listMembers } from './list-queries.ts';
import { ownersOf } from './members/membership.ts';
import { aliasesOf, countMembers, findGroup, sendersOf } from './queries.ts';
import { memberColumns } from './remove-members.ts';

const MemberListing: Listing<ListedMember> = {
  title: 'group.tab.members',
  empty: 'group.owned.empty',
  searchLabel: 'group.members.search',
  exportName: 'group-members',
  sort: 'member_name',
  columns: memberColumns,
};

/** SOP 4.13 to 4.17 as the helpdesk reads them: the lists of all agencies, and one with its members. */
export function helpdeskGroups(app: App) {
  const config = { sop: '4.14', access: ['helpdesk'] } as const;

  app.get('/helpdesk/groups', { schema: { querystring: ListSchema }, config }, async (request, reply) => {
    const listing = helpdeskListing(GroupListing, await agencyOptions(app.db), '/helpdesk/groups');
    return showList(request, reply, listing, (query, db) => listGroups(db, request.actor, query, app.clock()));
  });

  const schema = { params: Id, querystring: ListSchema };
  app.get('/helpdesk/groups/:id', { schema, config }, async (request, reply) => {
    const group = await findGroup(app.db, request.actor, request.params.id);
    const agencies = await agencyOptions(app.db);
    return showList(request, reply, MemberListing, (query, db) => listMembers(db, group, query), {
      view: 'groups/helpdesk-group',
      group,
      directory: await app.directoryStanding({ type: 'group', id: group.id }),
      tone: GROUP_TONES[group.status],
      agency: agencies.find(({ value }) => value === String(group.agency_id))?.label.text ?? '',
      owners: await ownersOf(app.db, [group.id]),
      aliases: await aliasesOf(app.db, group),
      senders: await sendersOf(app.db, group),
      members: await countMembers(app.db, group),
    });
  });
}
