import type { App } from '../web/app-types.ts';
import { askForOfficerPage } from './ask-for-officer.ts';
import { transferLists } from './list.ts';
import { releaseOfficerPage } from './release-officer.ts';
import { transferPage } from './transfer-page.ts';

export async function transfers(app: App) {
  transferLists(app);
  await askForOfficerPage(app); // the receiving agency begins
  await releaseOfficerPage(app); // the releasing agency begins
  transferPage(app); // SOP 5.0: approved by both
}
