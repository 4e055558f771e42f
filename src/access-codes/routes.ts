import type { App } from '../web/app-types.ts';
import { codes } from './codes.ts';
import { confirm } from './confirm.ts';
import { helpdeskCodes } from './helpdesk.ts';
import { issue } from './issue.ts';
import { request } from './request.ts';
import { requests } from './requests.ts';

export async function accessCodes(app: App) {
  request(app); // SOP 4.1 step 1
  requests(app); // SOP 4.1 steps 2–4
  issue(app); // SOP 4.2 steps 1–3
  codes(app); // SOP 4.2
  confirm(app); // SOP 4.2 step 5
  helpdeskCodes(app);
}
