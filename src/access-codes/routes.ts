import type { App } from '../web/app-types.ts';
import { checkStatus } from './check-status.ts';
import { codeList } from './code-list.ts';
import { codePage } from './code-page.ts';
import { confirm } from './confirm.ts';
import { helpdeskCodes } from './helpdesk.ts';
import { issue } from './issue.ts';
import { request } from './request.ts';
import { refuse, verify } from './request-answers.ts';
import { requestList } from './request-list.ts';
import { requestPage } from './request-page.ts';

export async function accessCodes(app: App) {
  await request(app); // SOP 4.1 step 1
  checkStatus(app); // SOP 4.1 step 1
  requestList(app); // SOP 4.1 step 2
  requestPage(app); // SOP 4.1 steps 2–4
  verify(app); // SOP 4.1 step 2
  refuse(app); // SOP 4.1 step 2
  issue(app); // SOP 4.2 steps 1–3
  codeList(app); // SOP 4.2
  codePage(app); // SOP 4.2
  confirm(app); // SOP 4.2 step 5
  helpdeskCodes(app);
}
