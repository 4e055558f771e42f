import type { App } from '../web/app-types.ts';
import { adminDashboard } from './admin.ts';
import { overview } from './helpdesk.ts';

/** The first pages of an agency's administrators and of the helpdesk. */
export async function dashboard(app: App) {
  adminDashboard(app);
  overview(app);
}
