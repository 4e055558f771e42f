import type { App } from '../../web/app-types.ts';
import { loginCode } from './login-code.ts';
import { ownSecondFactor } from './own.ts';
import { requirementPage } from './requirement-page.ts';

export async function secondFactor(app: App) {
  loginCode(app); // SOP 4.20 step 1
  ownSecondFactor(app); // SOP 4.20, added by IPMS
  requirementPage(app);
}
