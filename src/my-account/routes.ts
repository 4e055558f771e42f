import type { App } from '../web/app-types.ts';
import { groups } from './groups.ts';
import { me } from './me.ts';
import { passwordPage } from './password.ts';
import { profile } from './profile.ts';
import { quota } from './quota.ts';
import { sessions } from './sessions.ts';

export async function myAccount(app: App) {
  me(app); // SOP 4.20 step 1
  profile(app); // SOP 4.20, Modul Pengguna
  passwordPage(app); // SOP 4.20 steps 2–6
  quota(app); // SOP 4.20, Modul Pengguna
  groups(app); // SOP 4.20, Modul Pengguna
  sessions(app);
}
