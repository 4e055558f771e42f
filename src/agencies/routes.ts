import type { App } from '../web/app-types.ts';
import { admin } from './admin.ts';
import { admins } from './admins.ts';
import { agencyEdit } from './agency-edit.ts';
import { agencyList } from './agency-list.ts';
import { agencyNew } from './agency-new.ts';
import { appoint } from './appoint.ts';
import { settings } from './settings.ts';
import { staffList } from './staff-list.ts';
import { staffMember } from './staff-member.ts';
import { staffNew } from './staff-new.ts';

/** What the helpdesk sets up, so that the SOP's procedures can begin: none of it has a number of its own. */
export async function agencies(app: App) {
  agencyList(app);
  agencyNew(app);
  agencyEdit(app);
  admins(app);
  appoint(app);
  admin(app);
  staffList(app);
  staffNew(app);
  staffMember(app);
  settings(app);
}
