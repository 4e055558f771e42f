import type { App } from '../web/app-types.ts';
import { search } from './search.ts';

export async function searching(app: App) {
  search(app);
}
