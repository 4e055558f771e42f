import { type AccessCode, findAccessCode } from '../access-codes/queries.ts';
import { slipOf } from '../access-codes/slip.ts';
import { applicantAddress, supervisorAddress, toldOf } from '../access-codes/told.ts';
import { maskIcNumber } from '../base/ic-number.ts';
import { both } from '../base/language.ts';
import { type FormState, openForm } from '../forms/form.ts';
import { isSurplus } from '../identities/queries.ts';
import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import { nameKey } from '../officers/name.ts';
import { type Instead, railOf } from '../sop/index.ts';
import { SAVED } from '../sop/joining.ts';
import { attachmentsOf } from '../trail/attachment-queries.ts';
import { historyOf, mailedNobody } from '../trail/audit.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { AllocationForm, allocation } from './allocate.ts';
import { type AddressCheck, allocationOf, proposal } from './allocation.ts';
import { type DecisionForms, decisionForms, decisions } from './approve.ts';
import {
  type AccountRequest,
  deciderOf,
  findAccountRequest,
  isComplete,
  lackingIn,
  listAccountRequests,
  longestWaiting,
  mailboxMade,
  stageOf,
} from './queries.ts';
import { CATEGORY_OPTIONS } from './register.ts';

export const REQUEST_TONES = {
  submitted: 'wait',
  allocated: 'info',
  returned: 'info',
  approved: 'good',
  refused: 'bad',
} as const;
const STATUSES = [
  { value: 'open', label: 'account-request.open' },
  { value: 'submitted', label: 'account-request.waiting' },
  { value: 'new', label: 'account-request.submitted' },
  { value: 'allocated', label: 'account-request.allocated' },
  { value: 'returned', label: 'account-request.returned' },
  { value: 'approved', label: 'account-request.approved' },
  { value: 'refused', label: 'account-request.refused' },
] as const;

export const RequestListing: Listing<AccountRequest> = {
  title: 'account-request.title',
  intro: 'account-request.intro',
  empty: 'account-request.empty',
  searchLabel: 'account-request.search',
  exportName: 'account-requests',
  sort: 'submitted_at',
  filters: [
    { name: 'status', label: 'field.status', options: STATUSES, usual: 'open' },
    { name: 'category', label: 'field.category', options: CATEGORY_OPTIONS },
  ],
  action: { href: '/admin/account-requests/new', label: 'account-request.direct' },
  columns: [
    {
      label: 'field.name',
      value: (row) => row.full_name,
      href: (row) => `/admin/account-requests/${row.id}`,
      sort: 'full_name',
    },
    {
      label: 'access-code-request.identity',
      value: (row) => (row.ic_number ? maskIcNumber(row.ic_number) : (row.email ?? '')),
      isBelow: true,
    },
    { label: 'field.category', value: (row, say) => say.t(`category.${row.category}`) },
    { label: 'account-request.sentOn', value: (row, say) => say.date(row.submitted_at), sort: 'submitted_at' },
    {
      label: 'field.waited',
      value: (row, say) =>
        row.status === 'submitted' ? say.t('field.days', { days: say.daysAgo(row.submitted_at) }) : '',
      isBelow: true,
    },
    { label: 'field.primary_email', value: (row, say) => row.primary_email ?? say.t('account-request.noPackage') },
    {
      label: 'field.status',
      value: (row, say) => say.t(`account-request.${stageOf(row)}`),
      tone: (row) => REQUEST_TONES[stageOf(row)],
    },
  ],
};

type RequestForms = DecisionForms & { allocation?: FormState };

/** SOP 4.5 steps 1 to 3 and SOP 4.6: the account requests of the agency, and what is decided on each. */
export function requests(app: App) {
  const config = { sop: ['4.5', '4.6'], access: ['admin'] } as const;

  app.get('/admin/account-requests', { schema: { querystring: ListSchema }, config }, (request, reply) =>
    showList(request, reply, RequestListing, (query, db) => listAccountRequests(db, request.actor, query)),
  );

  const show = (request: WithId, reply: Reply, forms: RequestForms, open?: keyof RequestForms, check?: AddressCheck) =>
    showRequest(app, request, reply, forms, open, check);

  app.get('/admin/account-requests/:id', { schema: { params: Id }, config }, (request, reply) =>
    show(request, reply, {}),
  );
  allocation(app, show);
  decisions(app, show);
}

async function showRequest(
  app: App,
  request: WithId,
  reply: Reply,
  forms: RequestForms,
  open?: keyof RequestForms,
  check?: AddressCheck,
) {
  const { id } = request.params;
  const found = await findAccountRequest(app.db, request.actor, id);
  const code = await findAccessCode(app.db, request.actor, found.access_code_id);
  const history = await historyOf(app.db, { type: 'account_request', id });
  const isRefused = found.status === 'refused';
  // the applicant pressed Register last when the agency had no active administrator
  const isUntold = mailedNobody(history, 'account-request.registered', 'account-request.resubmitted');
  const proposed = found.status === 'submitted' ? await proposal(app.db, request.actor, id) : allocationOf(found);
  const allocationForm = openForm(AllocationForm, {
    ...proposed,
    service_type: proposed.service_type ?? 'ordinary',
    version: found.version,
  });
  return page(request, reply, 'account-requests/account-request', {
    request: found,
    code,
    nameDiffers: nameKey(code.full_name) !== nameKey(found.full_name),
    complete: isComplete(found),
    isSurplus: await isSurplus(app.db, 'account_request', found),
    slip: await slipOf(request, code),
    told: toldOf(code),
    reached: { supervisor: supervisorAddress(code) ?? '', applicant: applicantAddress(code) ?? '' },
    decidedBy: await deciderOf(app.db, found),
    mailbox: await mailboxMade(app.db, request.actor, found),
    // once it is decided
    following: found.status === 'submitted' ? undefined : await longestWaiting(app.db, request.actor),
    sop: open === 'allocation' ? '4.5' : procedureOf(found),
    stage: stageOf(found),
    tone: REQUEST_TONES[stageOf(found)],
    services: JSON.parse(found.services) as string[],
    open,
    check,
    history,
    attachments: await attachmentsOf(app.db, { kind: 'account_request', id: found.id }),
    rails: [
      // nobody signed in with a code where the administrator registered directly
      ...(found.source === 'admin'
        ? []
        : [
            railOf(
              found.category === 'civil_servant' ? '4.3' : '4.4',
              history,
              isUntold ? { instead: { register: { task: both('account-request.registeredUntold') } } } : {},
            ),
          ]),
      railOf('4.5', history, {
        instead: {
          ...(isUntold ? { notice: { task: both('account-request.receivedUntold') } } : {}),
          ...allocatedSoFar(found),
        },
        isOver: isRefused,
      }),
      // there is nothing to approve before there is a package
      ...(procedureOf(found) === '4.6'
        ? [railOf('4.6', history, { instead: approvalOf(found, code), isOver: isRefused })]
        : []),
    ],
    forms: {
      allocation: allocationForm,
      ...decisionForms(found.version),
      ...atVersion(forms, found.version),
    },
  });
}

/** Once there is a package, or no more is to come, it is about the approval. */
export function procedureOf(request: AccountRequest): '4.5' | '4.6' {
  return request.status === 'refused' || isComplete(request) ? '4.6' : '4.5';
}

/** A grade is a civil servant's. Of a package that was saved in part, what of SOP 4.5 steps 6 to 10 was done: what was once whole may lack something again. */
function allocatedSoFar(request: AccountRequest): Instead<'4.5'> {
  const gradeless = request.category === 'other' ? { task: both('allocation.gradeless') } : {};
  if (isComplete(request)) return { grade: gradeless };
  const doneIf = (isThere: boolean) => ({ done: isThere ? SAVED : [] });
  const { package: package_, storage_mb, services } = request;
  return {
    package: doneIf(package_ !== null),
    grade: { ...gradeless, ...doneIf(!lackingIn(request).includes('grade')) },
    storage: doneIf(storage_mb !== null),
    services: doneIf(services !== '[]'),
    update: doneIf(false),
  };
}

/** What SOP 4.6 steps 2 and 3 are where the supervisor is not told. */
function approvalOf({ status }: AccountRequest, code: AccessCode): Instead<'4.6'> {
  if (status === 'refused') return { approve: { task: both('approve.refusing') } };
  return supervisorAddress(code) === null ? { approve: { task: both('approve.untold') }, tell: { who: 'admin' } } : {};
}

/** A form that came back is shown beside the request as it is now: sent again, it is about that. */
function atVersion(forms: RequestForms, version: number): RequestForms {
  for (const form of Object.values(forms)) if ('version' in form.form.fields) form.typed.version = [String(version)];
  return forms;
}
