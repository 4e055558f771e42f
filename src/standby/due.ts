import { setTimeout as pause } from 'node:timers/promises';
import { SYSTEM } from '../base/actor.ts';
import { HOUR, SECOND } from '../base/time.ts';
import { type Act, inAct } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { storeSetting } from '../data/system-settings.ts';
import { helpdeskRecipients } from '../tickets/recipients.ts';
import { enqueue } from '../trail/outbox.ts';
import { behindMail } from './mails.ts';
import { newestOfReplica } from './replica.ts';
import { type Beat, lastBeat, STANDBY, type Standby, standing } from './standby.ts';

/** A replica that comes and goes is not mailed of each time. */
const TOLD_EVERY = HOUR;

/** A share that does not answer is not waited for longer. */
const LONGEST_LOOK = 10 * SECOND;

type Look = { newest: Date | null; fault: Error | null };
type Watched = { look: () => Promise<Look>; since: Date; now: Date; settings: Act['settings'] };

/**
 * Looks at a replica, never twice at once: each look at a share that does not answer would keep a thread from comparing passwords.
 * @param folder where it is
 */
export function lookingAt(folder: string): () => Promise<Look> {
  let underWay: Promise<Look> | null = null;
  const away: Look = { newest: null, fault: new Error(`${folder} does not answer`) };
  return () => {
    underWay ??= newestOfReplica(folder)
      .then(
        (newest) => ({ newest, fault: null }),
        (fault: Error) => ({ newest: null, fault }),
      )
      .finally(() => {
        underWay = null;
      });
    return Promise.race([underWay, pause(LONGEST_LOOK, away, { ref: false })]);
  };
}

/**
 * Looks at the replica of the second machine, and writes that IPMS is at work: with that, a replica which is kept is never
 * older than a few seconds, and one that has stopped can be told from a quiet night. The helpdesk is mailed once when it is behind.
 * @param watched what looks at it, and since when this process has been looking at it
 * @returns how it stands, and why the folder could not be read
 */
export async function watchStandby(db: Db, watched: Watched): Promise<Standby & { fault: Error | null }> {
  const { look, since, now, settings } = watched;
  const { newest, fault } = await look();
  const found = { since: since.toISOString(), newest: newest?.toISOString() ?? null };
  const standby = standing(found, now);
  await inAct(db, { actor: SYSTEM, now, settings }, async (act) => {
    const told = (await lastBeat(act.trx))?.told ?? null;
    const isTold = told !== null && (standby.isBehind || now.getTime() - new Date(told).getTime() < TOLD_EVERY);
    const isToTell = standby.isBehind && !isTold;
    if (isToTell) await tell(act, standby);
    const beat: Beat = { at: now.toISOString(), ...found, told: isToTell ? now.toISOString() : isTold ? told : null };
    await storeSetting(act.trx, STANDBY, JSON.stringify(beat));
  });
  return { ...standby, fault };
}

/** The same where the replica cannot be seen from here: the beat tells those who look at it there. */
export async function beatOnly(db: Db, { since, now, settings }: Omit<Watched, 'look'>) {
  const beat: Beat = { at: now.toISOString(), since: since.toISOString(), newest: null, told: null };
  await inAct(db, { actor: SYSTEM, now, settings }, ({ trx }) => storeSetting(trx, STANDBY, JSON.stringify(beat)));
}

async function tell(act: Act, { newest }: Standby) {
  const recipients = await helpdeskRecipients(act.trx, act.settings);
  await enqueue(
    act,
    recipients.map((to) => behindMail(to, newest)),
  );
}
