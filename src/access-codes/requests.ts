import { maskIcNumber } from '../base/ic-number.ts';
import { choice, longText } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import { railOf } from '../sop/index.ts';
import { historyOf } from '../trail/audit.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { refuseRequest, verifyRequest } from './access-code-request.ts';
import { type AccessCodeRequest, doublesOf, findRequest, listRequests } from './queries.ts';

const STATUSES = [
  { value: 'submitted', label: 'access-code-request.submitted' },
  { value: 'issued', label: 'access-code-request.issued' },
  { value: 'refused', label: 'access-code-request.refused' },
] as const;
export const REQUEST_TONES = { submitted: 'wait', issued: 'good', refused: 'bad' } as const;

export const RequestListing: Listing<AccessCodeRequest> = {
  title: 'access-code-request.title',
  intro: 'access-code-request.intro',
  empty: 'access-code-request.empty',
  searchLabel: 'access-code-request.search',
  exportName: 'access-code-requests',
  sort: 'created_at',
  filters: [{ name: 'status', label: 'field.status', options: STATUSES, usual: 'submitted' }],
  columns: [
    {
      label: 'field.name',
      value: (row) => row.full_name,
      href: (row) => `/admin/access-code-requests/${row.id}`,
      sort: 'full_name',
    },
    {
      label: 'access-code-request.identity',
      value: (row) => (row.ic_number ? maskIcNumber(row.ic_number) : (row.email ?? '')),
    },
    { label: 'field.reporting_division', value: (row) => row.reporting_division },
    { label: 'access-code-request.reference', value: (row) => row.reference },
    { label: 'field.created_at', value: (row, say) => say.date(row.created_at), sort: 'created_at' },
    {
      label: 'field.waited',
      value: (row, say) =>
        row.status === 'submitted' ? say.t('field.days', { days: say.daysAgo(row.created_at) }) : '',
    },
    {
      label: 'field.status',
      value: (row, say) => say.t(`access-code-request.${row.status}`),
      tone: (row) => REQUEST_TONES[row.status],
    },
  ],
};

const VerifyForm = defineForm('verify', {
  verified_with: choice({
    label: 'verify.with',
    as: 'radio',
    options: [
      { value: 'human_resources', label: 'verify.human_resources' },
      { value: 'division', label: 'verify.division' },
    ],
  }),
  verification_note: longText({ label: 'verify.note', hint: 'verify.noteHint', optional: true }),
});

export const RefuseForm = defineForm('refuse', { reason: longText({ label: 'field.reason', hint: 'refuse.hint' }) });

/** SOP 4.1 steps 2 to 4: the agency's requests for access codes, verified, answered or refused. */
export function requests(app: App) {
  const config = { sop: '4.1', access: ['admin'] } as const;
  const schema = { params: Id };

  app.get('/admin/access-code-requests', { schema: { querystring: ListSchema }, config }, (request, reply) =>
    showList(request, reply, RequestListing, (query, db) => listRequests(db, request.actor, query)),
  );

  const show = async (
    request: WithId,
    reply: Reply,
    forms: { verify?: FormState; refuse?: FormState },
    open?: string,
  ) => {
    const found = await findRequest(app.db, request.actor, request.params.id);
    const history = await historyOf(app.db, { type: 'access_code_request', id: found.id });
    const codeHistory =
      found.access_code_id === null ? [] : await historyOf(app.db, { type: 'access_code', id: found.access_code_id });
    return page(request, reply, 'access-codes/access-code-request', {
      request: found,
      tone: REQUEST_TONES[found.status],
      open,
      doubles: await doublesOf(
        app.db,
        found.agency_id,
        found,
        { requestId: found.id, codeId: found.access_code_id ?? 0 },
        app.clock(),
      ),
      rail: railOf('4.1', [...history, ...codeHistory]),
      history,
      forms: { verify: openForm(VerifyForm, found), refuse: openForm(RefuseForm), ...forms },
    });
  };

  app.get('/admin/access-code-requests/:id', { schema, config }, (request, reply) => show(request, reply, {}));

  const verify = {
    schema,
    config: {
      ...config,
      form: VerifyForm,
      show: (request: WithId, reply: Reply, form: FormState) => show(request, reply, { verify: form }, 'verify'),
    },
  };
  app.get('/admin/access-code-requests/:id/verify', verify, (request, reply) => show(request, reply, {}, 'verify'));
  app.post('/admin/access-code-requests/:id/verify', verify, async (request, reply) => {
    await app.act(request, (act) => verifyRequest(act, request.params.id, readForm(VerifyForm, request.body)));
    setFlash(reply, { key: 'verify.done', next: 'access-code.issueStep' });
    return reply.redirect(`/admin/access-code-requests/${request.params.id}`, 303);
  });

  const refuse = {
    schema,
    config: {
      ...config,
      sop: ['4.1', '5.0'] as const,
      form: RefuseForm,
      show: (request: WithId, reply: Reply, form: FormState) => show(request, reply, { refuse: form }, 'refuse'),
    },
  };
  app.get('/admin/access-code-requests/:id/refuse', refuse, (request, reply) => show(request, reply, {}, 'refuse'));
  app.post('/admin/access-code-requests/:id/refuse', refuse, async (request, reply) => {
    const mailed = await app.act(request, (act) =>
      refuseRequest(act, request.params.id, readForm(RefuseForm, request.body)),
    );
    setFlash(reply, { key: 'refuse.done', mailed });
    return reply.redirect(`/admin/access-code-requests/${request.params.id}`, 303);
  });
}
