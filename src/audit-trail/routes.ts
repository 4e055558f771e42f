import type { App } from '../web/app-types.ts';
import { entry } from './entry.ts';
import { list } from './list.ts';

export async function auditTrail(app: App) {
  list(app); // what every procedure wrote
  entry(app); // one row of it
}
