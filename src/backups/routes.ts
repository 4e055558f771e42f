import type { App } from '../web/app-types.ts';
import { list } from './list.ts';

/** The copies that are made of the database. */
export async function backups(app: App) {
  list(app);
}
