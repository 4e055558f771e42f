import type { App } from '../web/app-types.ts';
import { REPORTS } from './all.ts';
import { reportOverview } from './overview.ts';
import { showReport } from './show.ts';

/** Reports, for an agency's administrators and for the helpdesk; the figures of the month by mail. */
export async function reports(app: App) {
  reportOverview(app);
  for (const area of ['admin', 'helpdesk'] as const) for (const report of REPORTS) showReport(app, area, report);
}
