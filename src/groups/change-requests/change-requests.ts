import { longText } from '../../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../../forms/form.ts';
import { type Listing, ListSchema, showList, type Tone } from '../../lists/listing.ts';
import { type App, Id, type Reply, type WithId } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { answerRequest } from './group-change-request.ts';
import { type ChangeRequest, findRequest, listRequests } from './queries.ts';

export const REQUEST_TONES: Record<ChangeRequest['status'], Tone> = {
  requested: 'wait',
  approved: 'good',
  refused: 'bad',
};
const STATUSES = (['requested', 'approved', 'refused'] as const).map(
  (value) => ({ value, label: `group.request.${value}` }) as const,
);

const RequestListing: Listing<ChangeRequest> = {
  title: 'group.requests.title',
  intro: 'group.requests.intro',
  empty: 'group.requests.empty',
  exportName: 'list-change-requests',
  sort: 'created_at',
  filters: [{ name: 'status', label: 'field.status', options: STATUSES, usual: 'requested' }],
  columns: [
    {
      label: 'group.one',
      value: (row) => row.list,
      href: (row) => `/admin/list-change-requests/${row.id}`,
      sort: 'list',
    },
    { label: 'group.request.asker', value: (row) => row.requester },
    { label: 'group.request.text', value: (row) => row.text },
    { label: 'field.created_at', value: (row, say) => say.date(row.created_at), sort: 'created_at' },
    {
      label: 'field.waited',
      value: (row, say) =>
        row.status === 'requested' ? say.t('field.days', { days: say.daysAgo(row.created_at) }) : '',
    },
    {
      label: 'field.status',
      value: (row, say) => say.t(`group.request.${row.status}`),
      tone: (row) => REQUEST_TONES[row.status],
    },
  ],
};

const ApproveForm = defineForm('approve', {
  answer: longText({ label: 'group.request.answer', hint: 'group.request.answerHint', optional: true, max: 1000 }),
});
const RefuseForm = defineForm('refuse', {
  reason: longText({ label: 'field.reason', hint: 'group.request.reasonHint' }),
});

/** What the owners of lists have asked for: approved, with the way to the members, or refused with a reason. */
export function changeRequests(app: App) {
  const config = { access: ['admin'] } as const;
  const schema = { params: Id };

  app.get('/admin/list-change-requests', { schema: { querystring: ListSchema }, config }, (request, reply) =>
    showList(request, reply, RequestListing, (query, db) => listRequests(db, request.actor, query)),
  );

  const show = async (
    request: WithId,
    reply: Reply,
    forms: { approve?: FormState; refuse?: FormState } = {},
    open?: 'approve' | 'refuse',
  ) => {
    const found = await findRequest(app.db, request.actor, request.params.id);
    return page(request, reply, 'groups/change-request', {
      sop: undefined, // the request is no form of the SOP: only that it is approved has a number
      request: found,
      open,
      tone: REQUEST_TONES[found.status],
      forms: { approve: openForm(ApproveForm), refuse: openForm(RefuseForm), ...forms },
    });
  };
  app.get('/admin/list-change-requests/:id', { schema, config }, (request, reply) => show(request, reply));

  const approve = {
    schema,
    config: {
      ...config,
      sop: '5.0' as const,
      form: ApproveForm,
      show: (request: WithId, reply: Reply, form: FormState) => show(request, reply, { approve: form }, 'approve'),
    },
  };
  app.get('/admin/list-change-requests/:id/approve', approve, (request, reply) => show(request, reply, {}, 'approve'));
  app.post('/admin/list-change-requests/:id/approve', approve, async (request, reply) => {
    const { answer } = readForm(ApproveForm, request.body);
    const { id } = request.params;
    const { groupId, mailed } = await app.act(request, (act) => answerRequest(act, id, 'approved', answer));
    setFlash(reply, { key: 'group.request.approvedNow', mailed, next: 'group.next.change' });
    return reply.redirect(`/admin/groups/${groupId}/members`, 303);
  });

  const refuse = {
    schema,
    config: {
      ...config,
      sop: '5.0' as const,
      form: RefuseForm,
      show: (request: WithId, reply: Reply, form: FormState) => show(request, reply, { refuse: form }, 'refuse'),
    },
  };
  app.get('/admin/list-change-requests/:id/refuse', refuse, (request, reply) => show(request, reply, {}, 'refuse'));
  app.post('/admin/list-change-requests/:id/refuse', refuse, async (request, reply) => {
    const { reason } = readForm(RefuseForm, request.body);
    const { id } = request.params;
    const { mailed } = await app.act(request, (act) => answerRequest(act, id, 'refused', reason));
    setFlash(reply, { key: 'group.request.refusedNow', mailed });
    return reply.redirect(`/admin/list-change-requests/${id}`, 303);
  });
}
