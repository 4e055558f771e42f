import { findAccessCode } from '../access-codes/queries.ts';
import { slipOf } from '../access-codes/slip.ts';
import { email, longText } from '../forms/fields.ts';
import { defineForm, type Form, type FormState, openForm, readForm } from '../forms/form.ts';
import type { Label } from '../texts.ts';
import { type App, Id, type Reply, type Request, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { approvedFlash, versionField } from './allocate.ts';
import { approveRequest, refuseRequest, returnRequest } from './decision.ts';
import { findAccountRequest } from './queries.ts';

/** Approved is what was seen: the page carries the request's version. */
const ApproveForm = defineForm('approve', {
  supervisor_email: email({ label: 'field.supervisor_email', hint: 'approve.supervisorHint', optional: true }),
  version: versionField,
});
const ReturnForm = defineForm('return', {
  question: longText({ label: 'account-request.question', hint: 'account-request.questionHint' }),
});
const RefuseForm = defineForm('refuse', { reason: longText({ label: 'field.reason', hint: 'refuse.hint' }) });

export type DecisionForms = { approve?: FormState; return?: FormState; refuse?: FormState };
type Show = (request: WithId, reply: Reply, forms: DecisionForms, open: keyof DecisionForms) => unknown;

/** The forms of a request that is at this version. */
export function decisionForms(version: number) {
  return { approve: openForm(ApproveForm, { version }), return: openForm(ReturnForm), refuse: openForm(RefuseForm) };
}

/** SOP 4.6 steps 1 and 2, and SOP 5.0: approved, given back with a question, or refused. */
export function decisions(app: App, show: Show) {
  const decision = (
    name: keyof DecisionForms,
    form: Form,
    done: 'approve.done' | 'return.done' | 'account-request.refuseDone',
    act: (request: WithId) => Promise<{ mailed: string[]; next?: Label }>,
  ) => {
    const again = (request: WithId, reply: Reply, refused: FormState) =>
      show(request, reply, { [name]: refused }, name);
    const config = { sop: ['4.6', '5.0'], access: ['admin'], form, show: again } as const;
    const route = { schema: { params: Id }, config };
    app.get(`/admin/account-requests/:id/${name}`, route, (request, reply) => show(request, reply, {}, name));
    app.post(`/admin/account-requests/:id/${name}`, route, async (request, reply) => {
      setFlash(reply, { key: done, ...(await act(request)) });
      return reply.redirect(`/admin/account-requests/${request.params.id}`, 303);
    });
  };
  decision('approve', ApproveForm, 'approve.done', async ({ body, actor, params }) => {
    const { version, supervisor_email } = readForm(ApproveForm, body);
    return approvedFlash(await app.act({ actor }, (act) => approveRequest(act, params.id, version, supervisor_email)));
  });
  decision('return', ReturnForm, 'return.done', async ({ body, actor, params }) => ({
    mailed: await app.act({ actor }, (act) => returnRequest(act, params.id, readForm(ReturnForm, body))),
  }));
  decision('refuse', RefuseForm, 'account-request.refuseDone', async ({ body, actor, params }) => ({
    mailed: await app.act({ actor }, (act) => refuseRequest(act, params.id, readForm(RefuseForm, body))),
  }));
}

/** SOP 4.6 step 3: a page to print for the supervisor: whose account was made, and how it is activated. */
export function slip(app: App) {
  app.get(
    '/admin/account-requests/:id/slip',
    { schema: { params: Id }, config: { sop: '4.6', access: ['admin'] } },
    async (request: WithId & Request, reply) => {
      const found = await findAccountRequest(app.db, request.actor, request.params.id);
      const code = await findAccessCode(app.db, request.actor, found.access_code_id);
      return page(request, reply, 'account-requests/slip', {
        request: found,
        code,
        slip: await slipOf(request, code),
      });
    },
  );
}
