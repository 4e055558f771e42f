import { waitingCounts } from '../access-codes/access-code.ts';
import { waitingRequests } from '../account-requests/account-request.ts';
import { administratorsOf } from '../agencies/administrators.ts';
import { agencyOf } from '../platform/actor.ts';
import type { App } from '../platform/app-types.ts';
import { page } from '../platform/pages.ts';

/** What waits for the administrators of an agency, each with the way to it. */
export function adminOverview(app: App) {
  app.get('/admin', { config: { access: ['admin'] } }, async (request, reply) => {
    const agencyId = agencyOf(request.actor);
    const codes = await waitingCounts(app.db, agencyId);
    const accounts = await waitingRequests(app.db, agencyId);
    const administrators = await administratorsOf(app.db, agencyId);
    return page(request, reply, 'home/admin', { codes, accounts, alone: administrators.length < 2 });
  });
}
