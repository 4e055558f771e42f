import { readForm } from '../forms/form.ts';
import type { App } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { refuseRequest, verifyRequest } from './access-code-request.ts';
import { answer, RefuseForm, VerifyForm } from './request-page.ts';

/** SOP 4.1 step 2: with whom the request was verified. */
export function verify(app: App) {
  app.post('/admin/access-code-requests/:id/verify', answer(app, 'verify', VerifyForm), async (request, reply) => {
    const { id } = request.params;
    await app.act(request, (act) => verifyRequest(act, id, readForm(VerifyForm, request.body)));
    setFlash(reply, { key: 'verify.done', next: 'access-code.issueStep' });
    return reply.redirect(`/admin/access-code-requests/${id}`, 303);
  });
}

/** SOP 4.1: a request is refused, with a reason. */
export function refuse(app: App) {
  app.post('/admin/access-code-requests/:id/refuse', answer(app, 'refuse', RefuseForm), async (request, reply) => {
    const { id } = request.params;
    const mailed = await app.act(request, (act) => refuseRequest(act, id, readForm(RefuseForm, request.body)));
    setFlash(reply, { key: 'refuse.done', mailed });
    return reply.redirect(`/admin/access-code-requests/${id}`, 303);
  });
}
