import { text } from 'node:stream/consumers';
import { StaffForm } from '../agencies/people/forms.ts';
import { recoverHelpdesk } from '../agencies/people/invitation.ts';
import { SYSTEM } from '../base/actor.ts';
import { type Settings, WrongSetting } from '../base/settings.ts';
import { inAct } from '../data/act.ts';
import { readForm } from '../forms/form.ts';
import { openInstallation, openPresent } from '../installation.ts';
import { NO_DIRECTORY, newPassword } from '../sign-in/password.ts';
import { createFirstHelpdesk } from '../sign-in/set-up.ts';
import { SetUpForm } from '../sign-in/set-up-page.ts';
import { type Command, Usage } from './command.ts';

const LONGEST_REASON = 500;

export const setup: Command = {
  usage: '--login LOGIN --email ADDRESS [--name NAME] (--password-stdin | --recover --reason TEXT)',
  does: 'Makes the first helpdesk account, or one where nobody of the helpdesk is left.',
  help: `
  --login LOGIN      the login ID: 3 to 20 of a-z 0-9 . _ -
  --email ADDRESS    the address of its owner
  --name NAME        the full name; the login ID when left out
  --password-stdin   reads the password from the standard input, up to the end of its first line
  --recover          where nobody of the helpdesk is left who can log in: mails an invitation to that address, and tells
                     everybody of the helpdesk and every administrator; nobody is shown a password or link
  --reason TEXT      with --recover, why; it is audited, and in those mails`,
  options: {
    login: { type: 'string' },
    email: { type: 'string' },
    name: { type: 'string' },
    'password-stdin': { type: 'boolean' },
    recover: { type: 'boolean' },
    reason: { type: 'string' },
  },
  async run({ settings, values }) {
    const { login, email, name = login, reason = '' } = values as Record<string, string | undefined>;
    if (login === undefined || email === undefined) throw new Usage('--login and --email are needed.');
    const person = { full_name: name, login_id: login, email };
    if (values.recover) return recover(settings, person, reason.trim());
    if (!values['password-stdin']) throw new Usage('--password-stdin is needed: a password is no argument.');
    const password = (await text(process.stdin)).split(/\r?\n/, 1)[0] ?? '';
    const input = readForm(SetUpForm, { ...person, new_password: password, confirm_password: password });
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

async function recover(settings: Settings, typed: Record<string, string | undefined>, reason: string) {
  if (reason === '') throw new Usage('--recover needs --reason.');
  if (reason.length > LONGEST_REASON) throw new Usage(`--reason takes at most ${LONGEST_REASON} characters.`);
  if (settings.smtpUrl === null)
    throw new WrongSetting(
      'IPMS_SMTP_URL is not set, so the invitation would reach nobody: set it to smtp://HOST:PORT.',
    );
  const input = readForm(StaffForm, typed);
  const newcomer = { ...input, email: input.email ?? '' };
  const { db, close } = await openPresent(settings);
  try {
    const { mailed, told } = await inAct(db, { actor: SYSTEM, now: new Date(), settings }, (act) =>
      recoverHelpdesk(act, newcomer, reason),
    );
    console.log(
      `An invitation to the helpdesk waits to be mailed to ${mailed.join(', ')}, and word of it to ${told} others: a running server, or "mail", sends them.`,
    );
  } finally {
    await close();
  }
}
