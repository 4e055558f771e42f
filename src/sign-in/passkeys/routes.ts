import type { App } from '../../web/app-types.ts';
import type { DemoSignIn } from '../login.ts';
import { ownPasskeys } from './own-passkeys.ts';
import { passkeySignIn } from './sign-in.ts';

export async function passkeys(app: App, demo: DemoSignIn[]) {
  passkeySignIn(app, demo); // SOP 4.20 step 1
  ownPasskeys(app); // SOP 4.20 step 1, added by IPMS
}
