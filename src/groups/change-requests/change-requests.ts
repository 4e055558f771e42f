import { agencyAddress } from '../../addresses/addresses.ts';
import { type Access, agencyOf } from '../../base/actor.ts';
import { longText, named, text } from '../../forms/fields.ts';
import { defineForm, type Form, type FormState, openForm, readForm } from '../../forms/form.ts';
import { type Listing, ListSchema, showList } from '../../lists/listing.ts';
import { type App, Id, type Reply, type WithId } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { firstOf } from '../flashes.ts';
import { approveNewList, approveRequest, refuseRequest } from './answering.ts';
import { askedFor, outcomeNow, REQUEST_TONES, requestColumns } from './in-words.ts';
import { type ChangeRequest, findRequest, listRequests, ownsStill } from './queries.ts';
import { procedureOf, type Wanted } from './wanted.ts';

export const STATUSES = (['requested', 'approved', 'refused', 'withdrawn'] as const).map(
  (value) => ({ value, label: `group.request.${value}` }) as const,
);
const KINDS = (['change', 'new', 'join', 'leave', 'free-text'] as const).map(
  (value) => ({ value, label: `list-request.kind.${value}` }) as const,
);

export const RequestListing: Listing<ChangeRequest> = {
  title: 'group.requests.title',
  intro: 'group.requests.intro',
  empty: 'group.requests.empty',
  exportName: 'list-change-requests',
  sort: 'created_at',
  filters: [
    { name: 'status', label: 'field.status', options: STATUSES, usual: 'requested' },
    { name: 'kind', label: 'field.kind', options: KINDS },
  ],
  columns: requestColumns((row) => `/admin/list-change-requests/${row.id}`),
};

const answer = longText({
  label: 'group.request.answer',
  hint: 'group.request.answerHint',
  optional: true,
  max: 1000,
});
export const ApproveForm = defineForm('approve', { answer });
/** A new list may be called otherwise than it was asked for. */
const CreateForm = defineForm('approve', {
  display_name: named({ label: 'field.display_name', max: 120, autocomplete: 'off' }),
  primary_email: text({ label: 'field.primary_email', max: 254, autocomplete: 'off' }),
  answer,
});
export const RefuseForm = defineForm('refuse', {
  reason: longText({ label: 'field.reason', hint: 'group.request.reasonHint' }),
});

export type AnswerForms = { approve?: FormState; refuse?: FormState; withdraw?: FormState };
type ShowAnswers = (request: WithId, reply: Reply, forms: AnswerForms, open: keyof AnswerForms) => unknown;

/** The routes on which a request is answered (SOP 5.0): a form that is refused shows the page again, and is open on it. */
export function answerRoute<A extends Access>(access: readonly A[], show: ShowAnswers) {
  return (name: keyof AnswerForms, form: Form) => ({
    schema: { params: Id },
    config: {
      access,
      sop: '5.0' as const,
      form,
      show: (request: WithId, reply: Reply, refused: FormState) => show(request, reply, { [name]: refused }, name),
    },
  });
}

/** What is asked of the agency's lists: approved, which carries it out, or refused with a reason (SOP 5.0). */
export function changeRequests(app: App) {
  const config = { access: ['admin'] } as const;
  const schema = { params: Id };

  app.get('/admin/list-change-requests', { schema: { querystring: ListSchema }, config }, (request, reply) =>
    showList(request, reply, RequestListing, (query, db) => listRequests(db, request.actor, query)),
  );

  const show = async (request: WithId, reply: Reply, forms: AnswerForms = {}, open?: keyof AnswerForms) => {
    const found = await findRequest(app.db, request.actor, request.params.id);
    const { display_name, primary_email } = JSON.parse(found.wanted) as Wanted;
    return page(request, reply, 'groups/change-request', {
      sop: procedureOf(found),
      request: found,
      asked: askedFor(found),
      outcome: await outcomeNow(app.db, found),
      isOwner: found.kind !== 'change' || (await ownsStill(app.db, found)),
      open,
      tone: REQUEST_TONES[found.status],
      forms: {
        approve: found.kind === 'new' ? openForm(CreateForm, { display_name, primary_email }) : openForm(ApproveForm),
        refuse: openForm(RefuseForm),
        ...forms,
      },
    });
  };
  app.get('/admin/list-change-requests/:id', { schema, config }, (request, reply) => show(request, reply));

  const answering = answerRoute(config.access, show);
  const answered = (reply: Reply, { left, kind, mailed }: Awaited<ReturnType<typeof approveRequest>>) => {
    const told = { mailed: firstOf(mailed), next: 'group.next.owa' as const };
    const key = kind === 'free-text' ? 'group.request.approvedText' : 'group.request.approvedNow';
    if (left > 0) setFlash(reply, { key: 'group.request.approvedPart', params: { count: left }, ...told });
    else setFlash(reply, { key, ...told });
  };

  const approve = answering('approve', ApproveForm);
  app.get('/admin/list-change-requests/:id/approve', approve, (request, reply) => show(request, reply, {}, 'approve'));
  app.post('/admin/list-change-requests/:id/approve', approve, async (request, reply) => {
    const { id } = request.params;
    const input = readForm(ApproveForm, request.body);
    answered(reply, await app.act(request, (act) => approveRequest(act, id, input)));
    return reply.redirect(`/admin/list-change-requests/${id}`, 303);
  });

  const create = answering('approve', CreateForm);
  app.get('/admin/list-change-requests/:id/create', create, (request, reply) => show(request, reply, {}, 'approve'));
  app.post('/admin/list-change-requests/:id/create', create, async (request, reply) => {
    const { id } = request.params;
    const { primary_email: typed, ...input } = readForm(CreateForm, request.body);
    const primary_email = await agencyAddress(app.db, agencyOf(request.actor), typed);
    answered(reply, await app.act(request, (act) => approveNewList(act, id, { ...input, primary_email })));
    return reply.redirect(`/admin/list-change-requests/${id}`, 303);
  });

  const refuse = answering('refuse', RefuseForm);
  app.get('/admin/list-change-requests/:id/refuse', refuse, (request, reply) => show(request, reply, {}, 'refuse'));
  app.post('/admin/list-change-requests/:id/refuse', refuse, async (request, reply) => {
    const { reason } = readForm(RefuseForm, request.body);
    const { id } = request.params;
    const mailed = await app.act(request, (act) => refuseRequest(act, id, reason));
    setFlash(reply, { key: 'group.request.refusedNow', mailed });
    return reply.redirect(`/admin/list-change-requests/${id}`, 303);
  });
}
