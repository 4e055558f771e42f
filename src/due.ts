import { randomUUID } from 'node:crypto';
import { freeReservedAddresses } from './addresses/addresses.ts';
import { forgetSenders } from './addresses/allowed-senders.ts';
import { dueAuditMail } from './audit-trail/daily.ts';
import { dueBackupMail, forgetBackups } from './backups/due.ts';
import { SYSTEM } from './base/actor.ts';
import { paced } from './base/pace.ts';
import { DAY, later } from './base/time.ts';
import { forgetRows, forgetUploads } from './bulk/owed.ts';
import { type Act, inAct, UNSET } from './data/act.ts';
import type { Db } from './data/database.ts';
import { forgetFindings } from './directory/adoption/forgetting.ts';
import { dueDisablings, dueEnablings, dueOpenBoxes, dueReminders, dueTerminations } from './mailbox-life/due.ts';
import { dueMonthlyReports } from './reports/due.ts';
import { forgetPlaces, forgetTries } from './sign-in/known-places.ts';
import { forgetChallenges } from './sign-in/passkeys/challenge.ts';
import { dueFormerAddresses, dueTransferExpiries, dueTransfers } from './transfers/due.ts';
import { forgetRefusedRows, forgetUsageFiles } from './usage/forgetting.ts';

/** How long the names of submissions are kept: a repeat after that is a new one. */
const SUBMISSIONS_KEPT = 7 * DAY;

const ADDRESSES_AT_ONCE = 100;

/**
 * One kind of work that falls due: what it does to how many, and in which words that is told. A kind is one transaction;
 * `each` has one for each of its items, so that one account does not hold up another.
 */
type Due = { name: string } & (
  | { work(act: Act): Promise<number | bigint> }
  | { each(db: Db, now: Date, settings: Act['settings'], reader: Db): Promise<number> }
);

const DUE: Due[] = [
  { name: 'accounts deleted', each: dueTerminations },
  { name: 'services still to be ended announced', each: dueOpenBoxes },
  { name: 'accounts disabled', each: dueDisablings },
  { name: 'accounts enabled', each: dueEnablings },
  { name: 'until-dates announced', each: dueReminders },
  { name: 'officers moved to another agency', each: dueTransfers },
  { name: 'unanswered transfers ended', each: dueTransferExpiries },
  { name: 'addresses of old agencies freed', each: dueFormerAddresses },
  { name: 'monthly reports sent', each: dueMonthlyReports },
  { name: 'daily mails of the audit trail', each: dueAuditMail },
  { name: 'mails about backups that are missing', each: dueBackupMail },
  { name: 'reserved addresses freed', each: freeAddresses },
  { name: 'expired sessions removed', work: removeSessions },
  { name: 'unsaved forms forgotten', work: removeUnsavedForms },
  { name: 'expired one-time links removed', work: removeLinks },
  { name: 'answered challenges of passkeys forgotten', work: forgetChallenges },
  { name: 'past counts of wrong tries removed', work: removeTries },
  { name: 'browsers and networks forgotten', work: forgetPlaces },
  { name: 'old refused tries forgotten', work: forgetTries },
  { name: 'unconfirmed bulk files forgotten', work: ({ trx, now }) => forgetUploads(trx, now) },
  { name: 'rows of old bulk runs forgotten', work: ({ trx, now }) => forgetRows(trx, now) },
  { name: 'unconfirmed files of storage used forgotten', work: ({ trx, now }) => forgetUsageFiles(trx, now) },
  { name: 'refused rows of old files of storage used forgotten', work: ({ trx, now }) => forgetRefusedRows(trx, now) },
  { name: 'findings of old reports on the directory forgotten', work: ({ trx, now }) => forgetFindings(trx, now) },
  { name: 'old entries about backups forgotten', work: forgetBackups },
  { name: 'names of old submissions removed', work: removeSubmissions },
];

/**
 * Does what is due by `now`. The server calls it every minute, the command line at any time; twice does no more than once.
 * One kind that fails keeps none of the others from being done.
 * @param settings where the helpdesk is reached, unless the helpdesk has set it
 * @param reader reads what takes long, where pages are not to wait for it
 * @returns what was done, in words for the command line
 * @throws AggregateError with all that failed, after the rest was done
 */
export async function runDue(db: Db, now: Date, settings = UNSET, reader = db): Promise<string[]> {
  const acting = { actor: SYSTEM, now, settings };
  const done: string[] = [];
  const failures: unknown[] = [];
  for (const { name, ...due } of DUE)
    try {
      const count = 'each' in due ? await due.each(db, now, settings, reader) : await inAct(db, acting, due.work);
      if (count > 0) done.push(`${name}: ${count}`);
    } catch (error) {
      failures.push(new Error(`"${name}" failed: ${(error as Error).message}`, { cause: error }));
    }
  if (failures.length > 0)
    throw new AggregateError(failures, failures.map((each) => (each as Error).message).join('; '));
  return done;
}

/** Nobody takes mail from an address that somebody else may have tomorrow. Some at a time, as each also marks what follows it. */
async function freeAddresses(db: Db, now: Date, settings: Act['settings']) {
  const breathe = paced();
  let count = 0;
  for (let last = ADDRESSES_AT_ONCE; last === ADDRESSES_AT_ONCE; count += last) {
    const acting = { actor: { ...SYSTEM, act: randomUUID() }, now, settings };
    last = await inAct(db, acting, async (act) => {
      const freed = await freeReservedAddresses(act.trx, now, ADDRESSES_AT_ONCE);
      await forgetSenders(act, freed);
      return freed.length;
    });
    await breathe();
  }
  return count;
}

async function removeSessions({ trx, now }: Act) {
  const { numDeletedRows } = await trx
    .deleteFrom('session')
    .where('expires_at', '<=', now.toISOString())
    .executeTakeFirstOrThrow();
  return numDeletedRows;
}

async function removeUnsavedForms({ trx, now }: Act) {
  const { numDeletedRows } = await trx
    .deleteFrom('unsaved_form')
    .where('expires_at', '<=', now.toISOString())
    .executeTakeFirstOrThrow();
  return numDeletedRows;
}

async function removeLinks({ trx, now }: Act) {
  const { numDeletedRows } = await trx
    .deleteFrom('one_time_link')
    .where('expires_at', '<=', now.toISOString())
    .executeTakeFirstOrThrow();
  return numDeletedRows;
}

async function removeTries({ trx, now }: Act) {
  const moment = now.toISOString();
  const { numDeletedRows } = await trx
    .deleteFrom('throttle')
    .where('window_ends_at', '<=', moment)
    .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<=', moment)]))
    .executeTakeFirstOrThrow();
  return numDeletedRows;
}

async function removeSubmissions({ trx, now }: Act) {
  const { numDeletedRows } = await trx
    .deleteFrom('submission')
    .where('at', '<=', later(now, -SUBMISSIONS_KEPT).toISOString())
    .executeTakeFirstOrThrow();
  return numDeletedRows;
}
