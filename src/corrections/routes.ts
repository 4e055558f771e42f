import type { App } from '../web/app-types.ts';
import { askForCorrection } from './ask.ts';
import { correctionPage } from './correction-page.ts';
import { correctionLists } from './list.ts';

export async function corrections(app: App) {
  askForCorrection(app);
  correctionLists(app);
  correctionPage(app);
}
