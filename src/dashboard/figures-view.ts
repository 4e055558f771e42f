import type { Request } from '../web/app-types.ts';
import { markedSayers } from '../web/pages.ts';
import { barTables, dayCharts, type Figures } from './figures.ts';

/** What `views/dashboard/figures` needs, for the area of whoever asks. */
export function figuresView(request: Request, figures: Figures) {
  const area = request.actor.role === 'helpdesk' ? 'helpdesk' : 'admin';
  const say = markedSayers(request);
  return { area, figures, charts: dayCharts(area, figures, say), bars: barTables(area, figures, say) };
}
