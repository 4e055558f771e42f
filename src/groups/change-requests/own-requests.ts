import { defineForm, openForm, readForm } from '../../forms/form.ts';
import { type Listing, ListSchema, showList } from '../../lists/listing.ts';
import { type App, Id, type Reply, type WithId } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { firstOf } from '../flashes.ts';
import { approveAsOwner, refuseAsOwner } from './answering.ts';
import { type AnswerForms, ApproveForm, answerRoute, RefuseForm, STATUSES } from './change-requests.ts';
import { askedFor, outcomeNow, REQUEST_TONES, requestColumns } from './in-words.ts';
import { type ChangeRequest, findOwnRequest, listOwnRequests } from './queries.ts';
import { procedureOf } from './wanted.ts';
import { withdrawRequest } from './withdrawing.ts';

const OwnRequestListing: Listing<ChangeRequest> = {
  title: 'list-request.title',
  intro: 'list-request.intro',
  empty: 'group.requests.empty',
  exportName: 'list-requests',
  sort: 'created_at',
  descending: true,
  filters: [
    {
      name: 'show',
      label: 'list-request.show',
      options: [
        { value: 'answer', label: 'list-request.answer' },
        { value: 'asked', label: 'list-request.asked' },
      ],
    },
    { name: 'status', label: 'field.status', options: STATUSES },
  ],
  columns: requestColumns((row) => `/me/list-requests/${row.id}`),
};

const WithdrawForm = defineForm('withdraw', {});

/** In the portal: what an officer asked of lists, and what others ask of the lists that the officer owns (SOP 5.0). */
export function ownRequests(app: App) {
  const config = { access: ['user'] } as const;
  const schema = { params: Id };

  app.get('/me/list-requests', { schema: { querystring: ListSchema }, config }, (request, reply) =>
    showList(request, reply, OwnRequestListing, (query, db) => listOwnRequests(db, request.actor, query)),
  );

  const show = async (
    request: WithId,
    reply: Reply,
    forms: AnswerForms = {},
    open?: keyof AnswerForms | 'withdraw',
  ) => {
    const found = await findOwnRequest(app.db, request.actor, request.params.id);
    return page(request, reply, 'groups/own-request', {
      sop: procedureOf(found),
      request: found,
      asked: askedFor(found),
      outcome: await outcomeNow(app.db, found),
      open,
      tone: REQUEST_TONES[found.status],
      forms: {
        approve: openForm(ApproveForm),
        refuse: openForm(RefuseForm),
        withdraw: openForm(WithdrawForm),
        ...forms,
      },
    });
  };
  app.get('/me/list-requests/:id', { schema, config }, (request, reply) => show(request, reply));

  const answering = answerRoute(config.access, show);
  const approve = answering('approve', ApproveForm);
  app.get('/me/list-requests/:id/approve', approve, (request, reply) => show(request, reply, {}, 'approve'));
  app.post('/me/list-requests/:id/approve', approve, async (request, reply) => {
    const { answer } = readForm(ApproveForm, request.body);
    const { id } = request.params;
    const { mailed } = await app.act(request, (act) => approveAsOwner(act, id, answer));
    setFlash(reply, { key: 'group.request.approvedNow', mailed: firstOf(mailed) });
    return reply.redirect(`/me/list-requests/${id}`, 303);
  });

  const refuse = answering('refuse', RefuseForm);
  app.get('/me/list-requests/:id/refuse', refuse, (request, reply) => show(request, reply, {}, 'refuse'));
  app.post('/me/list-requests/:id/refuse', refuse, async (request, reply) => {
    const { reason } = readForm(RefuseForm, request.body);
    const { id } = request.params;
    const mailed = await app.act(request, (act) => refuseAsOwner(act, id, reason));
    setFlash(reply, { key: 'group.request.refusedNow', mailed });
    return reply.redirect(`/me/list-requests/${id}`, 303);
  });

  const withdraw = answering('withdraw', WithdrawForm);
  app.get('/me/list-requests/:id/withdraw', withdraw, (request, reply) => show(request, reply, {}, 'withdraw'));
  app.post('/me/list-requests/:id/withdraw', withdraw, async (request, reply) => {
    const { id } = request.params;
    const mailed = await app.act(request, (act) => withdrawRequest(act, id));
    setFlash(reply, { key: 'group.request.withdrawnNow', mailed: firstOf(mailed) });
    return reply.redirect(`/me/list-requests/${id}`, 303);
  });
}
