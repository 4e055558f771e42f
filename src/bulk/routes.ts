import type { App } from '../web/app-types.ts';
import { bulkRunPage } from './bulk-run-page.ts';
import { list } from './list.ts';
import { newRun } from './new.ts';
import { template } from './template.ts';

/** Bulk work: many rows from a file, by the procedures that each row belongs to. */
export async function bulk(app: App) {
  list(app);
  template(app);
  await newRun(app); // SOP 4.2, 4.3, 4.7, 4.9, 4.10, 4.11, 4.15, 4.16
  bulkRunPage(app);
}
