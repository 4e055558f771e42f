import type { App } from '../platform/app-types.ts';
import { adminDashboard } from './admin.ts';

/** The first page of an agency's administrators; the helpdesk's is in `agencies/overview.ts`. */
export async function dashboard(app: App) {
  adminDashboard(app);
}
