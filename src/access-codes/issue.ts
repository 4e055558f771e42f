import { text } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { identityFields, identityOf, withIdentity } from '../officers/identity.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { answerRequest, issueCode } from './access-code.ts';
import { type AccessCodeRequest, doublesOf, findRequest } from './queries.ts';
import { anew, offerRestoring } from './restoring-first.ts';
import { verificationFields } from './verification.ts';

const person = { ...identityFields, request_id: optionalId() };
const IssueForm = defineForm('issue', { ...person, ...verificationFields, anew }, identityOf);
/** With whom the person was verified, and what can be restored, stands in the request. */
const AnswerForm = defineForm('issue', person, identityOf);
const CarriedForm = defineForm('issue', { request_id: person.request_id });

/** The request that the code answers, carried from the request's page. */
function optionalId() {
  return {
    ...text({ label: 'access-code-request.reference', optional: true, max: 15, pattern: /^[1-9]\d*$/ }),
    kind: 'hidden' as const,
  };
}

/** SOP 4.2 steps 1 to 3: Kod Akses › Jana, by itself or from a request that was verified. */
export function issue(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) => {
    const requestId = Number(form.typed.request_id?.[0] ?? 0);
    const from = requestId > 0 ? await findRequest(app.db, request.actor, requestId) : null;
    const doubles = from === null ? [] : await doublesOf(app.db, from, { requestId }, app.clock());
    return page(request, reply, 'access-codes/issue', { form, from, doubles });
  };
  const config = { sop: ['4.2', '5.0'], access: ['admin'], form: IssueForm, show } as const;
  const querystring = parameters({ request: { type: 'integer', minimum: 1 } });

  const fromRequest = (request: Request, id: number) => {
    const { request_id: _request, ...details } = withIdentity(readForm(AnswerForm, request.body));
    return app.act(request, (act) => answerRequest(act, details, id));
  };
  const withoutRequest = async (request: Request) => {
    const { request_id: _none, anew: isAnew, ...values } = withIdentity(readForm(IssueForm, request.body));
    const { verified_with, verification_note, ...details } = values;
    if (!isAnew) await offerRestoring(app.db, request.actor, details, app.clock());
    return app.act(request, (act) => issueCode(act, details, { verified_with, verification_note }));
  };

  app.get('/admin/access-codes/new', { schema: { querystring }, config }, async (request, reply) => {
    const id = request.query.request;
    if (id === undefined) return show(request, reply, openForm(IssueForm, { category: 'civil_servant' }));
    const known = knownFrom(await findRequest(app.db, request.actor, id));
    return show(request, reply, openForm(IssueForm, known));
  });

  app.post('/admin/access-codes/new', { config }, async (request, reply) => {
    const { request_id } = readForm(CarriedForm, request.body);
    const issued = request_id === '' ? await withoutRequest(request) : await fromRequest(request, Number(request_id));
    setFlash(reply, {
      key: 'access-code.made',
      secret: issued.code,
      mailed: issued.mailed,
      next: 'access-code.registerStep',
    });
    return reply.redirect(`/admin/access-codes/${issued.id}`, 303);
  });
}

function knownFrom(request: AccessCodeRequest) {
  const { id, category, full_name, ic_number, email, supervisor_email, contact_email } = request;
  const identity = { category, full_name, ic_number, email, supervisor_email };
  return { ...identity, notify_kind: 'personal', notify_email: contact_email, request_id: id };
}
