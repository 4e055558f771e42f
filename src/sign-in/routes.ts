import type { App } from '../web/app-types.ts';
import { forgotten, reset } from './forgotten.ts';
import { type DemoSignIn, login } from './login.ts';
import { refusedTries } from './refused-tries.ts';
import { setUpPage } from './set-up-page.ts';
import { signInHelp } from './sign-in-help.ts';

export async function signIn(app: App, demo: DemoSignIn[]) {
  login(app, demo); // SOP 4.20 step 1
  forgotten(app); // SOP 4.20
  reset(app); // SOP 4.20
  signInHelp(app); // SOP 4.20 step 6
  refusedTries(app); // SOP 4.20
  setUpPage(app);
}
