import type { App } from '../web/app-types.ts';
import { attachmentDownload } from './attachment.ts';
import { list } from './list.ts';
import { pack } from './pack.ts';
import { recordPage } from './record-page.ts';

export async function records(app: App) {
  list(app); // 6.0 all that was filed
  pack(app); // 6.0 records drawn at random, for an audit
  recordPage(app); // 6.0 one record, on the screen and on paper
  attachmentDownload(app); // 6.0 what is filed with them
}
