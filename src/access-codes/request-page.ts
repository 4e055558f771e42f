import { longText } from '../forms/fields.ts';
import { defineForm, type Form, type FormState, openForm } from '../forms/form.ts';
import { railOf } from '../sop/index.ts';
import { attachmentsOf } from '../trail/attachment-queries.ts';
import { historyOf } from '../trail/audit.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { doublesOf, findRequest, stageOf } from './queries.ts';
import { REQUEST_TONES } from './request-list.ts';
import { verificationFields } from './verification.ts';

export const VerifyForm = defineForm('verify', verificationFields);

export const RefuseForm = defineForm('refuse', { reason: longText({ label: 'field.reason', hint: 'refuse.hint' }) });

type Forms = { verify?: FormState; refuse?: FormState };

/** SOP 4.1 steps 2 to 4: one request, with what its person has already and both answers. */
export function requestPage(app: App) {
  const route = { schema: { params: Id }, config: { sop: '4.1', access: ['admin'] } } as const;
  app.get('/admin/access-code-requests/:id', route, (request, reply) => show(request, reply));
}

async function show(request: WithId, reply: Reply, forms: Forms = {}, open?: keyof Forms) {
  const { db, clock } = request.server;
  const found = await findRequest(db, request.actor, request.params.id);
  const history = await historyOf(db, { type: 'access_code_request', id: found.id });
  const codeHistory =
    found.access_code_id === null ? [] : await historyOf(db, { type: 'access_code', id: found.access_code_id });
  const except = { requestId: found.id, codeId: found.access_code_id ?? 0 };
  return page(request, reply, 'access-codes/access-code-request', {
    request: found,
    stage: stageOf(found),
    tone: REQUEST_TONES[stageOf(found)],
    open,
    doubles: await doublesOf(db, found, except, clock()),
    rail: railOf('4.1', [...history, ...codeHistory], { isOver: found.status === 'refused' }),
    history,
    attachments: await attachmentsOf(db, { kind: 'access_code_request', id: found.id }),
    forms: { verify: openForm(VerifyForm, found), refuse: openForm(RefuseForm), ...forms },
  });
}

/** One of the answers: its address shows the request with the form open. Returns the route that gives it. */
export function answer(app: App, name: keyof Forms, form: Form) {
  const again = (request: WithId, reply: Reply, refused: FormState) => show(request, reply, { [name]: refused }, name);
  // to refuse is to decide on an approval, too
  const sop = name === 'refuse' ? (['4.1', '5.0'] as const) : '4.1';
  const route = { schema: { params: Id }, config: { sop, access: ['admin'], form, show: again } } as const;
  app.get(`/admin/access-code-requests/:id/${name}`, route, (request, reply) => show(request, reply, {}, name));
  return route;
}
