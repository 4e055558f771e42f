import type { Request } from '../web/app-types.ts';
import { languageOf, sayers } from '../web/pages.ts';
import { barTables, dayCharts, type Figures } from './figures.ts';

/** What `views/dashboard/figures` needs, for the area of whoever asks. */
export function figuresView(request: Request, figures: Figures) {
  const area = request.actor.role === 'helpdesk' ? 'helpdesk' : 'admin';
  const say = sayers(languageOf(request), request.server.clock());
  return { area, figures, charts: dayCharts(area, figures, say), bars: barTables(area, figures, say) };
}
