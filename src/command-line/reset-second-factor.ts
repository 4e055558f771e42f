import { SYSTEM } from '../base/actor.ts';
import { inAct } from '../data/act.ts';
import { openPresent } from '../installation.ts';
import { resetSecondFactor } from '../sign-in/second-factor/reset.ts';
import { userByLogin } from '../sign-in/sign-in.ts';
import { type Command, Refused, Usage } from './command.ts';

const LONGEST_REASON = 500;

export const resetOfSecondFactor: Command = {
  usage: '--login LOGIN --reason TEXT',
  does: 'Takes away the second factor of somebody who lost it and whom nobody else can help.',
  help: `
  --login LOGIN   the login ID, or the e-mail address
  --reason TEXT   why, and how you made sure who it is; it is audited, and mailed to the person`,
  options: { login: { type: 'string' }, reason: { type: 'string' } },
  async run({ settings, values }) {
    const { login, reason: typed } = values as Record<string, string | undefined>;
    const reason = typed?.trim() ?? '';
    if (login === undefined || reason === '') throw new Usage('--login and --reason are needed.');
    if (reason.length > LONGEST_REASON) throw new Usage(`--reason takes at most ${LONGEST_REASON} characters.`);
    const { db, close } = await openPresent(settings);
    try {
      const user = await userByLogin(db, login);
      if (user === undefined) throw new Refused(`There is no sign-in "${login}".`);
      await inAct(db, { actor: SYSTEM, now: new Date(), settings }, (act) => resetSecondFactor(act, user.id, reason));
      console.log(`The second factor of ${user.login_id} is gone: the password alone is enough to log in.`);
    } finally {
      await close();
    }
  },
};
