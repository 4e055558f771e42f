import { rowId } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { type Column, type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import { mailboxFrame } from '../mailboxes/frame.ts';
import { findMailbox, type Mailbox } from '../mailboxes/queries.ts';
import { railOf } from '../sop/index.ts';
import { actsInHand } from '../trail/audit.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { tellOutcome } from './flashes.ts';
import { nameColumns } from './list.ts';
import { listMailboxGroups, type MailboxGroup } from './members/member-of-queries.ts';
import { joinGroup, leaveGroup } from './members/members.ts';

const TONES: Record<MailboxGroup['state'], Tone> = {
  member: 'good',
  remembered: 'wait',
  other: 'plain',
  past: 'plain',
};

function memberOfListing(mailbox: Mailbox, past: boolean): Listing<MailboxGroup> {
  const place = `/admin/mailboxes/${mailbox.id}/groups`;
  const fields = (row: MailboxGroup) => ({ group_id: String(row.id) });
  const button = (row: MailboxGroup) => {
    if (row.state === 'member')
      return { action: `${place}/remove`, label: 'group.delete' as const, fields: fields(row) };
    if (row.state === 'remembered')
      return { action: `${place}/remove`, label: 'group.forget' as const, fields: fields(row) };
    if (row.state === 'past' || mailbox.status !== 'active') return null;
    return { action: `${place}/add`, label: 'group.add' as const, fields: fields(row) };
  };
  const until: Column<MailboxGroup> = {
    label: 'group.until',
    value: (row, say) =>
      row.until === null || row.ending === null
        ? ''
        : `${say.date(row.until)}, ${row.ended_by}: ${say.t(`group.ending.${row.ending}`)}`,
  };
  return {
    title: 'mailbox.tab.groups',
    empty: 'group.memberOf.empty',
    searchLabel: 'group.memberOf.search',
    exportName: 'member-of',
    sort: 'display_name',
    filters: [
      {
        name: 'show',
        label: 'group.memberOf.show',
        options: (['member', 'other', 'past'] as const).map(
          (value) => ({ value, label: `group.memberOf.${value}` }) as const,
        ),
      },
    ],
    columns: [
      ...nameColumns,
      {
        label: 'field.status',
        value: (row, say) => say.t(`group.memberOf.${row.state}`),
        tone: (row) => TONES[row.state],
      },
      {
        label: 'group.since',
        value: (row, say) => (row.since === null ? '' : `${say.date(row.since)}, ${row.added_by}`),
        sort: 'since',
      },
      ...(past ? [until] : []),
      ...(past ? [] : [{ label: 'list.action' as const, value: () => '', post: button }]),
    ],
  };
}

/** The page is a list of buttons: each sends the list that it is about. */
const GroupForm = defineForm('group', { group_id: rowId({ label: 'group.one', as: 'hidden' }) });

/** SOP 4.18 and 4.19: Member Of, the lists that a mailbox is in; Add after a search, or delete. */
export function memberOf(app: App) {
  const showFor = (sop: '4.18' | '4.19') => async (request: WithId, reply: Reply, form?: FormState) => {
    const mailbox = await findMailbox(app.db, request.actor, request.params.id);
    const listing = memberOfListing(mailbox, (request.query as { show?: string }).show === 'past');
    const acts = await actsInHand(app.db, request.actor, { type: 'mailbox', id: mailbox.id }, app.clock());
    return showList(request, reply, listing, (query, db) => listMailboxGroups(db, mailbox, query), {
      view: 'groups/member-of',
      ...mailboxFrame(mailbox, 'groups'),
      form: form ?? openForm(GroupForm),
      sop,
      rails: [railOf('4.18', acts), railOf('4.19', acts)],
    });
  };
  const steps = [
    { sop: '4.18', path: 'add', outcome: 'added', work: joinGroup },
    { sop: '4.19', path: 'remove', outcome: 'removed', work: leaveGroup },
  ] as const;

  for (const { sop, path, outcome, work } of steps) {
    const show = showFor(sop);
    const config = { sop, access: ['admin'], form: GroupForm, show } as const;
    const schema = { params: Id, querystring: ListSchema };
    if (path === 'add')
      app.get('/admin/mailboxes/:id/groups', { schema, config }, (request, reply) => show(request, reply));
    app.get(`/admin/mailboxes/:id/groups/${path}`, { schema, config }, (request, reply) => show(request, reply));
    app.post(`/admin/mailboxes/:id/groups/${path}`, { schema: { params: Id }, config }, async (request, reply) => {
      const { id } = request.params;
      const { group_id } = readForm(GroupForm, request.body);
      tellOutcome(
        reply,
        outcome,
        await app.act(request, (act) => work(act, id, group_id)),
        `/admin/mailboxes/${id}/undo`,
      );
      return reply.redirect(`/admin/mailboxes/${id}/groups`, 303);
    });
  }
}
