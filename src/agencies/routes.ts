import type { App } from '../web/app-types.ts';
import { agencyEdit } from './agency-edit.ts';
import { agencyList } from './agency-list.ts';
import { agencyNew } from './agency-new.ts';
import { admin } from './people/admin.ts';
import { admins } from './people/admins.ts';
import { appoint } from './people/appoint.ts';
import { staffList } from './people/staff-list.ts';
import { staffMember } from './people/staff-member.ts';
import { staffNew } from './people/staff-new.ts';
import { settings } from './settings.ts';

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
