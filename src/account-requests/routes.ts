import type { App } from '../web/app-types.ts';
import { accountForm } from './account-form.ts';
import { activate } from './activate.ts';
import { slip } from './approve.ts';
import { direct } from './direct.ts';
import { helpdeskRequests } from './helpdesk.ts';
import { register } from './register.ts';
import { civilServantForm } from './register-civil-servant.ts';
import { otherForm } from './register-other.ts';
import { requests } from './requests.ts';
import { status } from './status.ts';

export async function accountRequests(app: App) {
  register(app); // SOP 4.3 and 4.4 step 1
  await accountForm(app, { civil_servant: civilServantForm, other: otherForm }); // SOP 4.3 and 4.4 steps 2 and 3
  status(app);
  direct(app); // SOP 4.3 to 4.5 by the administrator
  requests(app); // SOP 4.5 and 4.6
  slip(app); // SOP 4.6 step 3
  activate(app); // SOP 4.6
  helpdeskRequests(app);
}
