import type { App } from '../web/app-types.ts';
import { addressList } from './address-list.ts';
import { general } from './general.ts';
import { helpdeskMailbox } from './helpdesk.ts';
import { history } from './history.ts';
import { list } from './list.ts';
import { passwordMgmt } from './password.ts';

export async function mailboxes(app: App) {
  list(app); // SOP 4.7 step 1
  general(app); // SOP 4.7 steps 2 and 3
  addressList(app); // SOP 4.7 step 3
  passwordMgmt(app); // SOP 4.8
  history(app);
  helpdeskMailbox(app);
}
