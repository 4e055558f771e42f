import type { App } from '../web/app-types.ts';
import { undoPages } from './pages.ts';

export async function undo(app: App) {
  undoPages(app, 'mailbox');
  undoPages(app, 'group');
}
