import type { App } from '../../web/app-types.ts';
import { loginCode } from './login-code.ts';
import { recoveryCodes } from './recovery-codes.ts';
import { replaceSecondFactor } from './replace.ts';
import { requirementPage } from './requirement-page.ts';
import { setUpSecondFactor } from './set-up.ts';
import { turnOffSecondFactor } from './turn-off.ts';

export async function secondFactor(app: App) {
  loginCode(app); // SOP 4.20 step 1
  setUpSecondFactor(app); // SOP 4.20 step 1, added by IPMS, as are the next three
  recoveryCodes(app);
  turnOffSecondFactor(app);
  replaceSecondFactor(app);
  requirementPage(app);
}
