import type { App } from '../web/app-types.ts';
import { clockPage } from './clock-page.ts';

/** The clock of the server, where it is in doubt. */
export async function clock(app: App) {
  clockPage(app);
}
