import { administratorsOf } from '../agencies/administrators.ts';
import { agencyOf } from '../base/actor.ts';
import type { App } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { figuresOf } from './figures.ts';
import { figuresView } from './figures-view.ts';
import { queuesOf } from './queries.ts';

/** The administrators' first page: what waits and for how long, and the agency's accounts in numbers. */
export function adminDashboard(app: App) {
  app.get('/admin', { config: { sop: '5.0', access: ['admin'] } }, async (request, reply) => {
    const { db } = app;
    const now = app.clock();
    const administrators = await administratorsOf(db, agencyOf(request.actor));
    return page(request, reply, 'dashboard/admin', {
      alone: administrators.length < 2,
      queues: await queuesOf(db, request.actor, now),
      ...figuresView(request, await figuresOf(db, request.actor, now)),
    });
  });
}
