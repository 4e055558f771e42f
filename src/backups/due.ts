import { SYSTEM } from '../base/actor.ts';
import { both, sentence } from '../base/language.ts';
import type { BackupSettings } from '../base/settings.ts';
import { DAY, HOUR, later, timeInWords } from '../base/time.ts';
import { type Act, inAct, UNSET } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import type { Sentence } from '../texts.ts';
import { helpdeskRecipients } from '../tickets/recipients.ts';
import { isMailedToday } from '../trail/daily-mail.ts';
import { enqueue } from '../trail/outbox.ts';
import { beginRun, beginSchedule, endRun, noteHappening, type Run } from './backup.ts';
import { lastDue } from './copies.ts';
import type { Happening } from './folder.ts';
import { backupTroubles, lastTry, newestGood, readBackupWork } from './queries.ts';

const MAIL = 'backup-trouble';
const DATABASE = { type: 'database' as const, id: 1, name: 'IPMS', agencyId: null };
/** After a failure it is tried again so soon. */
const AGAIN_AFTER = HOUR;
const LOOKED_EVERY = HOUR;
/** What is over is listed for so long. */
const LISTED_FOR = 400 * DAY;

const asSystem = <T>(db: Db, now: Date, work: (act: Act) => Promise<T>) =>
  inAct(db, { actor: SYSTEM, now, settings: UNSET }, work);

/** What is to be done in the folders by now: a copy made, the copies looked at, or nothing. */
export async function wantedNow(db: Db, settings: BackupSettings, now: Date): Promise<'make' | 'look' | null> {
  const { asked_at, looked_at } = await readBackupWork(db);
  if (asked_at !== null) return 'make';
  const last = await lastTry(db);
  const isThere = last?.state === 'good' || last?.state === 'faults';
  const isMade = isThere && new Date(last.began_at) >= lastDue(settings, now);
  const waits = last?.state === 'failed' && later(new Date(last.ended_at), AGAIN_AFTER) > now;
  if (!isMade && !waits) return 'make';
  return looked_at === null || later(new Date(looked_at), LOOKED_EVERY) <= now ? 'look' : null;
}

/** At a start. @param isScheduled whether IPMS makes copies by itself */
export async function noteSchedule(db: Db, isScheduled: boolean, now: Date) {
  await asSystem(db, now, (act) => beginSchedule(act, isScheduled));
}

/** Says that work in the folders begins. @returns who asked for it */
export async function noteRun(db: Db, isMaking: boolean, now: Date): Promise<Run> {
  const { asked_by_name } = await readBackupWork(db);
  await asSystem(db, now, (act) => beginRun(act, isMaking));
  return { askedBy: (isMaking ? asked_by_name : null) ?? SYSTEM.name, beganAt: now };
}

/** Keeps what happened in the folders. */
export async function noteInDatabase(db: Db, happening: Happening, run: Run, now: Date) {
  await asSystem(db, now, (act) => noteHappening(act, happening, run));
}

export async function noteEnd(db: Db, now: Date) {
  await asSystem(db, now, endRun);
}

/**
 * The helpdesk is mailed once a Kuala Lumpur day while a copy is missing, failed, or is not where it should be.
 * @returns how many mails were made
 */
export async function dueBackupMail(db: Db, now: Date, settings: Act['settings']): Promise<number> {
  const troubles = await backupTroubles(db, now);
  if (troubles.length === 0 || (await isMailedToday(db, MAIL, DATABASE, now))) return 0;
  const recipients = await helpdeskRecipients(db, settings);
  const good = await newestGood(db);
  return inAct(db, { actor: SYSTEM, now, settings }, async (act) => {
    if (await isMailedToday(act.trx, MAIL, DATABASE, now)) return 0;
    const newest = good === undefined ? both('backup.never') : timeInWords(good.ended_at);
    const mails = recipients.map((to) => ({
      mail: MAIL,
      to,
      item: DATABASE,
      letter: {
        subject: both('backup.mail.subject'),
        greeting: to.name,
        paragraphs: [...troubles.map(inBoth), both('backup.mail.what')],
        facts: [{ label: both('backup.newest'), value: newest }],
        link: { label: both('backup.title'), path: '/helpdesk/backups' },
      },
    }));
    return (await enqueue(act, mails)).length;
  });
}

const inBoth = (said: Sentence) => ({ ms: sentence('ms', said), en: sentence('en', said) });

/** Failed tries, and copies that are not there any more, are listed for some time. */
export async function forgetBackups({ trx, now }: Pick<Act, 'trx' | 'now'>) {
  const { numDeletedRows } = await trx
    .deleteFrom('backup')
    .where('state', 'in', ['failed', 'removed', 'gone', 'spoilt'])
    .where('ended_at', '<=', later(now, -LISTED_FOR).toISOString())
    .executeTakeFirstOrThrow();
  return numDeletedRows;
}
