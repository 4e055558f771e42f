import { SYSTEM } from '../base/actor.ts';
import { MINUTE } from '../base/time.ts';
import { type Act, inAct } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { storedSettings, storeSetting } from '../data/system-settings.ts';
import { helpdeskRecipients } from '../tickets/recipients.ts';
import { enqueue } from '../trail/outbox.ts';
import { clockDoubt, type Doubt, endWhatIsAhead, SEEN } from './clock.ts';
import { doubtMail } from './mails.ts';

const SEEN_EVERY = 10 * MINUTE;
/** Where it is kept, among the system's settings, which doubt was mailed. */
const TOLD = 'clockTold';

/**
 * Before what is due is done: notes that IPMS is at work now, or, where the clock is in doubt, tells the helpdesk, once.
 * @returns the doubt: then nothing may be done that a wrong clock would do wrongly
 */
export async function watchClock(db: Db, now: Date, settings: Act['settings']): Promise<Doubt | null> {
  const doubt = await clockDoubt(db, now);
  const acting = { actor: SYSTEM, now, settings };
  const stored = await storedSettings(db);
  const seen = stored.get(SEEN);
  if (doubt === null) {
    if (seen === undefined || now.getTime() - new Date(seen).getTime() >= SEEN_EVERY)
      await inAct(db, acting, async (act) => {
        await storeSetting(act.trx, SEEN, now.toISOString());
        await endWhatIsAhead(act); // the clock may have been put right just now
      });
  } else if (stored.get(TOLD) !== nameOf(doubt)) await inAct(db, acting, (act) => tell(act, doubt));
  return doubt;
}

async function tell(act: Act, doubt: Doubt) {
  await storeSetting(act.trx, TOLD, nameOf(doubt));
  await storeSetting(act.trx, SEEN, doubt.seenAt); // the audit rows of a wrong time must not make it a right one
  const recipients = await helpdeskRecipients(act.trx, act.settings);
  await enqueue(
    act,
    recipients.map((to) => doubtMail(to, doubt, act.now)),
  );
}

const nameOf = ({ is, seenAt }: Doubt) => `${is} ${seenAt}`;
