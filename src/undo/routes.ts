import type { App } from '../platform/app-types.ts';
import { undoPages } from './pages.ts';

export async function undo(app: App) {
  undoPages(app, 'mailbox');
  undoPages(app, 'group');
}
