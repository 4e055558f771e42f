import type { App } from '../web/app-types.ts';
import { addMembersPage } from './add-members.ts';
import { changeRequests } from './change-requests/change-requests.ts';
import { helpdeskListRequests } from './change-requests/helpdesk.ts';
import { newList } from './change-requests/new-list.ts';
import { openGroups } from './change-requests/open-groups.ts';
import { ownRequests } from './change-requests/own-requests.ts';
import { ownedGroup } from './change-requests/owned-group.ts';
import { create } from './create.ts';
import { deletePage } from './delete.ts';
import { details } from './details.ts';
import { health } from './health.ts';
import { helpdeskGroups } from './helpdesk.ts';
import { history } from './history.ts';
import { list } from './list.ts';
import { mailFlows } from './mail-flows.ts';
import { memberOf } from './member-of.ts';
import { parents } from './parents.ts';
import { removeMembersPage } from './remove-members.ts';

export async function groups(app: App) {
  list(app); // SOP 4.13 to 4.17 step 1
  health(app);
  create(app); // SOP 4.13
  details(app); // SOP 4.14
  mailFlows(app); // SOP 4.14
  parents(app);
  history(app);
  addMembersPage(app); // SOP 4.15
  removeMembersPage(app); // SOP 4.16
  deletePage(app); // SOP 4.17
  memberOf(app); // SOP 4.18 and 4.19
  newList(app); // SOP 4.13
  openGroups(app); // SOP 4.18 and 4.19
  ownedGroup(app);
  ownRequests(app);
  changeRequests(app);
  helpdeskGroups(app);
  helpdeskListRequests(app);
}
