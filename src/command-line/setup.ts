import { text } from 'node:stream/consumers';
import { SYSTEM } from '../base/actor.ts';
import { inAct } from '../data/act.ts';
import { readForm } from '../forms/form.ts';
import { openInstallation } from '../installation.ts';
import { NO_DIRECTORY, newPassword } from '../sign-in/password.ts';
import { createFirstHelpdesk } from '../sign-in/set-up.ts';
import { SetUpForm } from '../sign-in/set-up-page.ts';
import { type Command, Usage } from './command.ts';

export const setup: Command = {
  usage: '--login LOGIN --email ADDRESS [--name NAME] --password-stdin',
  does: 'Makes the first helpdesk account.',
  help: `
  --login LOGIN      the login ID: 3 to 20 of a-z 0-9 . _ -
  --email ADDRESS    the address of its owner
  --name NAME        the full name; the login ID when left out
  --password-stdin   reads the password from the standard input, up to the end of its first line`,
  options: {
    login: { type: 'string' },
    email: { type: 'string' },
    name: { type: 'string' },
    'password-stdin': { type: 'boolean' },
  },
  async run({ settings, values }) {
    const { login, email, name = login } = values as Record<string, string | undefined>;
    if (login === undefined || email === undefined) throw new Usage('--login and --email are needed.');
    if (!values['password-stdin']) throw new Usage('--password-stdin is needed: a password is no argument.');
    const password = (await text(process.stdin)).split(/\r?\n/, 1)[0] ?? '';
    const input = readForm(SetUpForm, {
      full_name: name,
      login_id: login,
      email,
      new_password: password,
      confirm_password: password,
    });
    const { db, close } = await openInstallation(settings);
    try {
      const account = {
        ...input,
        id: null,
        agency_id: null,
        login_id: input.login_id.toLowerCase(),
        email: input.email ?? '',
      };
      const password = await newPassword({ db, settings, directoryPasswords: NO_DIRECTORY }, SYSTEM, input, account);
      await inAct(db, { actor: SYSTEM, now: new Date(), settings }, (act) =>
        createFirstHelpdesk(act, account, password),
      );
      console.log(`The helpdesk account ${account.login_id} was made: sign in with it.`);
    } finally {
      await close();
    }
  },
};
