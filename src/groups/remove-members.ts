import { addresses } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { type Column, type Listing, ListSchema, showList } from '../lists/listing.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { tellOutcome } from './flashes.ts';
import { groupFrame } from './frame.ts';
import { type ListedMember, listMembers } from './list-queries.ts';
import { MEMBER_TYPES, removeMembers } from './members/members.ts';
import { findGroup, type Group } from './queries.ts';
import { railInHand } from './rail.ts';

/** A mailbox that is not active stands out; other kinds of members are named as what they are. */
const kind: Column<ListedMember> = {
  label: 'group.memberType',
  value: (row, say) => say.t(row.status === 'active' ? `group.type.${row.member_type}` : `mailbox.state.${row.status}`),
  tone: ({ status, member_type }) =>
    status === 'active' ? (member_type === 'mailbox' ? 'plain' : 'info') : status === 'disabled' ? 'wait' : 'bad',
};
/** The boxes in the table belong to the form under it. */
const REMOVE = 'remove-members-form';

export const memberColumns: Column<ListedMember>[] = [
  { label: 'field.name', value: (row) => row.member_name, sort: 'member_name' },
  { label: 'field.email', value: (row) => row.member_address, sort: 'member_address' },
  kind,
  { label: 'group.since', value: (row, say) => say.date(row.since), sort: 'since' },
];

function placeOf({ member_type, member_id }: ListedMember) {
  if (member_type === 'contact') return null;
  return `/admin/${member_type === 'group' ? 'groups' : 'mailboxes'}/${member_id}`;
}

const [nameColumn, ...otherColumns] = memberColumns as [Column<ListedMember>, ...Column<ListedMember>[]];

function memberListing(group: Group, past: boolean): Listing<ListedMember> {
  const until: Column<ListedMember> = {
    label: 'group.until',
    value: (row, say) => (row.until === null ? '' : say.date(row.until)),
  };
  const box: Column<ListedMember> = {
    label: 'group.deleteBox',
    value: (row) => row.member_name,
    tick: (row) => ({ form: REMOVE, name: 'members', value: row.member_address }),
  };
  return {
    title: 'group.tab.members',
    empty: 'group.members.empty',
    searchLabel: 'group.members.search',
    exportName: 'group-members',
    sort: 'member_name',
    filters: [
      {
        name: 'type',
        label: 'group.memberType',
        options: MEMBER_TYPES.map((value) => ({ value, label: `group.type.${value}` }) as const),
      },
    ],
    days: [{ name: 'on', label: 'group.on' }],
    ...(group.status === 'active' && !past
      ? { action: { href: `/admin/groups/${group.id}/members/add`, label: 'group.addMember' as const } }
      : {}),
    columns: [
      { ...nameColumn, href: placeOf },
      ...otherColumns,
      { label: 'group.addedBy', value: (row) => row.added_by },
      ...(past ? [until] : []),
      ...(past || group.status === 'deleted' ? [] : [box]),
    ],
  };
}

const RemoveForm = defineForm(
  'remove',
  {
    members: addresses({ label: 'group.typed.remove', hint: 'group.typed.removeHint', max: 15_000 }),
  },
  ({ members }) => (members === null ? { members: { key: 'form.tickOrType' } } : {}),
);

/** SOP 4.16: every member, now or on a day; delete on the rows, then Save. */
export function removeMembersPage(app: App) {
  const show = async (request: WithId, reply: Reply, refused?: FormState) => {
    const form = refused ?? openForm(RemoveForm);
    const group = await findGroup(app.db, request.actor, request.params.id);
    const { on } = request.query as { on?: string };
    const listing = memberListing(group, (on ?? '').trim() !== '');
    return showList(request, reply, listing, (query, db) => listMembers(db, group, query), {
      view: 'groups/remove-members',
      ...groupFrame(group, 'members'),
      form: { ...form, typed: { members: [(form.typed.members ?? []).filter((each) => each !== '').join('\n')] } },
      remove: REMOVE,
      rail: await railInHand(app, request.actor, group, '4.16', refused ? undefined : '4.15'),
    });
  };
  const config = { sop: '4.16', access: ['admin'], form: RemoveForm, show } as const;
  const route = { schema: { params: Id, querystring: ListSchema }, config };

  app.get('/admin/groups/:id/members', route, (request, reply) => show(request, reply));
  app.get('/admin/groups/:id/members/remove', route, (request, reply) => show(request, reply));

  app.post('/admin/groups/:id/members/remove', { schema: { params: Id }, config }, async (request, reply) => {
    const { id } = request.params;
    const { members } = readForm(RemoveForm, request.body);
    tellOutcome(
      reply,
      'removed',
      await app.act(request, (act) => removeMembers(act, id, members ?? [])),
      `/admin/groups/${id}/undo`,
    );
    return reply.redirect(`/admin/groups/${id}/members`, 303);
  });
}
