import { ownCode } from '../access-codes/applicant.ts';
import { historyOf } from '../trail/audit.ts';
import type { App } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { ownRequest, stageOf } from './queries.ts';
import { REQUEST_TONES } from './requests.ts';

/** Where an applicant follows the own request: what was done and when, and what comes next. */
export function status(app: App) {
  app.get('/register/status', { config: { sop: '4.6', access: ['applicant'] } }, async (request, reply) => {
    const code = await ownCode(app.db, request.actor);
    if (code.status === 'issued') return reply.redirect('/register/confirm', 303);
    if (code.status === 'confirmed') return reply.redirect('/register/form', 303);
    const own = await ownRequest(app.db, request.actor);
    const codeRows = await historyOf(app.db, { type: 'access_code', id: code.id });
    const requestRows = own === undefined ? [] : await historyOf(app.db, { type: 'account_request', id: own.id });
    const timeline = [...codeRows, ...requestRows].toSorted((one, other) => one.id - other.id);
    return page(request, reply, 'account-requests/status', {
      code,
      request: own,
      stage: own && stageOf(own),
      tone: own === undefined ? undefined : REQUEST_TONES[stageOf(own)],
      timeline,
    });
  });
}
