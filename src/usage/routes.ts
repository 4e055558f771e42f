import type { App } from '../web/app-types.ts';
import { list } from './list.ts';
import { newUsage } from './new.ts';
import { usagePage } from './usage-page.ts';

/** How much storage each mailbox uses, as the mail system says it in files; SOP 3.0, Paparan Kuota Penggunaan. */
export async function usage(app: App) {
  list(app);
  await newUsage(app);
  usagePage(app);
}
