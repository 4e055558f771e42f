import { SYSTEM } from '../base/actor.ts';
import { clockDoubt, confirmClock } from '../clock/clock.ts';
import { inAct } from '../data/act.ts';
import { openPresent } from '../installation.ts';
import { type Command, Refused, Usage } from './command.ts';

export const clock: Command = {
  usage: 'confirm',
  does: 'Says that the clock of this computer is right, where IPMS holds what is due because it doubts that.',
  help: `
Look at the time first. Within a minute the server does all that has fallen due, accounts being deleted among it. The helpdesk
may do the same under /helpdesk/clock; where the clock was wrong and is put right, nobody need do anything.`,
  files: 1,
  async run({ settings, files: [what] }) {
    if (what !== 'confirm') throw new Usage(`The clock cannot be "${what}".`);
    const { db, close } = await openPresent(settings);
    const now = new Date();
    try {
      if ((await clockDoubt(db, now)) === null)
        throw new Refused(`The clock, ${now.toISOString()}, is not in doubt: nothing is held.`);
      await inAct(db, { actor: SYSTEM, now, settings }, confirmClock);
      console.log(`The clock is confirmed: it is ${now.toISOString()}. What is due is done within a minute.`);
    } finally {
      await close();
    }
  },
};
