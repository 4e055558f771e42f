import { listAgencies, overviewCounts } from '../agencies/queries.ts';
import { clockDoubt } from '../clock/clock.ts';
import { countToDecide } from '../corrections/queries.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { readStandby } from '../standby/standby.ts';
import { countWaiting } from '../tickets/queries.ts';
import type { App } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { figuresOf } from './figures.ts';
import { figuresView } from './figures-view.ts';

/** So many agencies are named on the first page; the rest is behind the link to the list. */
const NAMED = 10;

/** The helpdesk's first page: what is there, what is at risk, where requests wait longest, and all accounts in numbers. */
export function overview(app: App) {
  const config = { access: ['helpdesk'] } as const;

  app.get('/helpdesk', { config }, async (request, reply) => {
    const first = (sort: string, filters: Record<string, string>) =>
      listAgencies(app.db, {
        q: '',
        by: 'all',
        sort,
        filters,
        refused: {},
        descending: false,
        page: 1,
        limit: NAMED,
        offset: 0,
      });
    return page(request, reply, 'agencies/overview', {
      counts: {
        ...(await overviewCounts(app.db, app.clock())),
        tickets: await countWaiting(app.db),
        corrections: await countToDecide(app.db, request.actor),
      },
      atRisk: await first('administrators', { administrators: 'risk' }),
      waiting: await first('oldest', { waiting: 'yes' }),
      ...figuresView(request, await figuresOf(app.db, request.actor, app.clock())),
      doubt: await clockDoubt(app.db, app.clock()),
      standby: await readStandby(app.db, app.settings.standby, app.clock()),
      helpdeskEmail: (await readSystemSettings(app.db, app.settings)).helpdeskEmail,
    });
  });
}
