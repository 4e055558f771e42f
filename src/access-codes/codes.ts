import type { Actor } from '../base/actor.ts';
import { maskIcNumber } from '../base/ic-number.ts';
import { both } from '../base/language.ts';
import type { Db } from '../data/database.ts';
import type { Found, ListQuery } from '../data/paging.ts';
import { defineForm, type Form, type FormState, openForm, readForm } from '../forms/form.ts';
import { type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import { identityFields, identityOf, withIdentity } from '../officers/identity.ts';
import { railOf } from '../sop/index.ts';
import { historyOf } from '../trail/audit.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { correctCode, resendCode, revokeCode } from './access-code.ts';
import {
  type AccessCode,
  type AccessCodeState,
  doublesOf,
  findAccessCode,
  listAccessCodes,
  stateOf,
} from './queries.ts';
import { RefuseForm } from './requests.ts';
import { toldOf } from './told.ts';

export const CODE_TONES: Record<AccessCodeState, Tone> = {
  issued: 'info',
  returned: 'wait',
  confirmed: 'info',
  registered: 'info',
  activated: 'good',
  expired: 'bad',
  revoked: 'plain',
};
const STATES = Object.keys(CODE_TONES).map((value) => ({
  value,
  label: `access-code.state.${value as AccessCodeState}` as const,
}));

type ListedCode = AccessCode & { state: AccessCodeState };

export const CodeListing: Listing<ListedCode> = {
  title: 'access-code.title',
  intro: 'access-code.intro',
  empty: 'access-code.empty',
  searchLabel: 'access-code.search',
  exportName: 'access-codes',
  sort: 'issued_at',
  descending: true,
  filters: [{ name: 'state', label: 'field.status', options: STATES }],
  action: { href: '/admin/access-codes/new', label: 'access-code.issue' },
  columns: [
    {
      label: 'field.name',
      value: (row) => row.full_name,
      href: (row) => `/admin/access-codes/${row.id}`,
      sort: 'full_name',
    },
    {
      label: 'access-code-request.identity',
      value: (row) => (row.ic_number ? maskIcNumber(row.ic_number) : (row.email ?? '')),
    },
    { label: 'field.category', value: (row, say) => say.t(`category.${row.category}`) },
    { label: 'access-code.notifyEmail', value: (row) => row.notify_email },
    { label: 'access-code.issuedAt', value: (row, say) => say.date(row.issued_at), sort: 'issued_at' },
    { label: 'access-code.validUntil', value: (row, say) => say.date(row.expires_at), sort: 'expires_at' },
    {
      label: 'field.status',
      value: (row, say) => say.t(`access-code.state.${row.state}`),
      tone: (row) => CODE_TONES[row.state],
    },
  ],
};

const CorrectForm = defineForm('correct', identityFields, identityOf);
const ResendForm = defineForm('resend', {});

type Forms = { correct?: FormState; resend?: FormState; revoke?: FormState };

/** What SOP 4.2 steps 3 and 4 are where not everybody has an address. */
function tellingOf(code: AccessCode): Parameters<typeof railOf>[2] {
  const told = toldOf(code);
  if (told === 'both') return {};
  const untold = { 3: { task: both(`access-code.told.${told}`) } };
  return told === 'supervisor' ? untold : { ...untold, 4: { who: 'admin' } };
}

/** Codes within the actor's reach, each with what it is now. */
export async function codesWithState(db: Db, actor: Actor, query: ListQuery, now: Date): Promise<Found<ListedCode>> {
  const { rows, total } = await listAccessCodes(db, actor, query, now);
  return { rows: rows.map((row) => ({ ...row, state: stateOf(row, now) })), total };
}

/** SOP 4.2: the codes of the agency; each can be sent anew, corrected (step 5) or revoked. */
export function codes(app: App) {
  const config = { sop: '4.2', access: ['admin'] } as const;

  app.get('/admin/access-codes', { schema: { querystring: ListSchema }, config }, (request, reply) =>
    showList(request, reply, CodeListing, (query, db) => codesWithState(db, request.actor, query, app.clock())),
  );

  const show = async (request: WithId, reply: Reply, forms: Forms, open?: string) => {
    const code = await findAccessCode(app.db, request.actor, request.params.id);
    const history = await historyOf(app.db, { type: 'access_code', id: code.id });
    const state = stateOf(code, app.clock());
    return page(request, reply, 'access-codes/access-code', {
      code,
      state,
      tone: CODE_TONES[state],
      open,
      doubles: (await doublesOf(app.db, code.agency_id, code, { codeId: code.id }, app.clock())).filter(
        ({ kind }) => kind === 'restorable',
      ),
      rail: railOf('4.2', history, tellingOf(code)),
      history,
      forms: {
        correct: openForm(CorrectForm, code),
        resend: openForm(ResendForm),
        revoke: openForm(RefuseForm),
        ...forms,
      },
    });
  };

  app.get('/admin/access-codes/:id', { schema: { params: Id }, config }, (request, reply) => show(request, reply, {}));

  const command = (name: keyof Forms, form: Form) => {
    const again = (request: WithId, reply: Reply, refused: FormState) =>
      show(request, reply, { [name]: refused }, name);
    const route = { schema: { params: Id }, config: { ...config, form, show: again } };
    app.get(`/admin/access-codes/:id/${name}`, route, (request, reply) => show(request, reply, {}, name));
    return route;
  };

  app.post('/admin/access-codes/:id/resend', command('resend', ResendForm), async (request, reply) => {
    const issued = await app.act(request, (act) => resendCode(act, request.params.id));
    setFlash(reply, { key: 'access-code.resent', secret: issued.code, mailed: issued.mailed });
    return reply.redirect(`/admin/access-codes/${issued.id}`, 303);
  });

  app.post('/admin/access-codes/:id/correct', command('correct', CorrectForm), async (request, reply) => {
    const details = withIdentity(readForm(CorrectForm, request.body));
    const issued = await app.act(request, (act) => correctCode(act, request.params.id, details));
    setFlash(reply, { key: 'access-code.corrected', secret: issued.code, mailed: issued.mailed });
    return reply.redirect(`/admin/access-codes/${issued.id}`, 303);
  });

  app.post('/admin/access-codes/:id/revoke', command('revoke', RefuseForm), async (request, reply) => {
    await app.act(request, (act) => revokeCode(act, request.params.id, readForm(RefuseForm, request.body)));
    setFlash(reply, { key: 'access-code.revoked' });
    return reply.redirect(`/admin/access-codes/${request.params.id}`, 303);
  });
}
