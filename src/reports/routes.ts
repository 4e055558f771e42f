import type { App } from '../web/app-types.ts';
import { reportOverview } from './overview.ts';
import { reportPages } from './report-page.ts';
import { REPORTS } from './reports.ts';

/** Reports, for an agency's administrators and for the helpdesk; the figures of the month by mail. */
export async function reports(app: App) {
  reportOverview(app);
  for (const area of ['admin', 'helpdesk'] as const) for (const report of REPORTS) reportPages(app, area, report);
}
