import { dayOf, isoTime, later, MINUTE, SECOND } from '../base/time.ts';
import { clockDoubt } from '../clock/clock.ts';
import type { Row } from '../data/schema.ts';
import { type Agency, agenciesOf } from './comparing.ts';
import { dueWaitingPasswords, tickSeenBoxes } from './due.ts';
import { openPasses, type Passes, type Tools } from './pass.ts';
import { ofMailbox } from './queries.ts';
import { DirectoryAway } from './refusals.ts';
import { agenciesWithSteps, listSteps } from './steps.ts';
import { agenciesDue } from './tracked.ts';
import { claimWork, endWork, readWork } from './work.ts';

/** A directory that is away is asked again after these, and then each minute: what waits is there soon after it is back. */
const PAUSES = [5 * SECOND, 15 * SECOND, 30 * SECOND];
const LOOKED_EVERY = MINUTE;
/** Everything is read again each night from this hour on: a link that was lost shows in nothing else. */
const NIGHT = '02:00';

/** Without a directory, what people are to do is still listed. */
type FollowerTools = Omit<Tools, 'directory'> & {
  directory: Tools['directory'] | null;
  /** For so long a password waits; null where there is nothing for it to arrive at. */
  passwordHours: number | null;
};

/** Carries what is decided into the directory for as long as the server runs. */
export function openFollower(tools: FollowerTools) {
  const { db, clock, holder } = tools;
  const { directory } = tools;
  const passes = directory === null ? null : openPasses({ ...tools, directory });
  let lookedAt = Number.NEGATIVE_INFINITY;
  let hasNews = true;

  /** Does what is to be done by now, if anything. @returns whether it did anything */
  async function turn() {
    const now = clock();
    const [work, agencies] = [await readWork(db), await agenciesOf(db)];
    const live = agencies.filter((agency) => isLive(agency));
    const planned = agencies.filter(
      ({ directory_mode, directory_agreed_at }) => directory_mode === 'live' && directory_agreed_at === null,
    );
    const isAsked = work.asked_at !== null;
    if (await listed(agencies, now)) return true;
    if (tools.passwordHours !== null && (await clockDoubt(db, now)) === null)
      await dueWaitingPasswords(db, tools.passwordHours, now);
    if (passes === null || live.length + planned.length === 0) return false;
    if (!isAsked && work.next_at !== null && work.next_at > now.toISOString()) return false;
    const isWhole = isAsked || isNightOver(work, now);
    const isTime = now.getTime() - lookedAt >= LOOKED_EVERY;
    const waiting = await agenciesWithWork(tools, live);
    if (!isWhole && !isTime && waiting.length === 0) return false;
    if (!(await claimWork(db, holder, now))) return false;
    try {
      const outcome = await follow(passes, isWhole, isTime, live, planned, waiting);
      await endWork(db, holder, {
        failures: 0,
        next_at: null,
        last_error: null,
        last_seen_at: now.toISOString(),
        ...outcome,
      });
    } catch (error) {
      await endWork(db, holder, error instanceof DirectoryAway ? away(work, error, clock()) : {});
      if (!(error instanceof DirectoryAway)) throw error;
    }
    return true;
  }

  async function follow(
    passes: Passes,
    isWhole: boolean,
    isTime: boolean,
    live: Agency[],
    planned: Agency[],
    waiting: (number | null)[],
  ) {
    const now = clock();
    if (await passes.look(isWhole)) hasNews = true;
    lookedAt = now.getTime();
    const compares = isWhole || (isTime && hasNews);
    const agencies = compares ? live : live.filter(({ id }) => waiting.includes(id));
    const isShared = live.length > 0 && (compares || waiting.includes(null));
    if (agencies.length > 0 || isShared) {
      const { done } = await passes.pass({ agencies, isShared }, 'decided', compares);
      hasNews = compares ? false : hasNews || done > 0;
    }
    await tickSeenBoxes(db, live, passes, { now, settings: tools.told });
    if (planned.length > 0 && isWhole) await passes.preview({ agencies: planned, isShared: live.length === 0 });
    const seen = { controller: passes.controller(), lacks: JSON.stringify(passes.lacks()) };
    return isWhole ? { ...seen, asked_at: null, last_whole_at: now.toISOString() } : seen;
  }

  /** For agencies whose changes a person makes. @returns whether there were any */
  async function listed(agencies: Agency[], now: Date) {
    const byHand = await agenciesWithSteps(db, agencies, now);
    if (byHand.length === 0 || !(await claimWork(db, holder, now))) return false;
    try {
      const scope = { agencies: agencies.filter(({ id }) => byHand.includes(id)), isShared: byHand.includes(null) };
      await listSteps(db, scope, now);
    } finally {
      await endWork(db, holder, {});
    }
    return true;
  }

  return { turn };
}

/** Is what is decided for this agency sent? */
export function isLive({
  directory_mode,
  directory_agreed_at,
}: Pick<Agency, 'directory_mode' | 'directory_agreed_at'>) {
  return directory_mode === 'live' && directory_agreed_at !== null;
}

function isNightOver({ last_whole_at }: Row<'directory_work'>, now: Date) {
  if (last_whole_at === null) return true;
  return dayOf(new Date(last_whole_at)) !== dayOf(now) && isoTime(now).slice(11) >= NIGHT;
}

function away({ failures }: Row<'directory_work'>, error: DirectoryAway, now: Date) {
  return {
    failures: failures + 1,
    next_at: later(now, PAUSES[failures] ?? MINUTE).toISOString(),
    last_error: JSON.stringify({ key: error.key, words: error.message }),
    last_error_at: now.toISOString(),
  };
}

/** Of which of these agencies something is due, or a password has something to arrive at; null: what belongs to all. */
async function agenciesWithWork({ db, clock }: FollowerTools, live: Agency[]): Promise<(number | null)[]> {
  if (live.length === 0) return [];
  const agencies = live.map(({ id }) => id);
  const due = await agenciesDue(db, [...agencies, null], clock());
  const passwords = await db
    .selectFrom('directory_password')
    .innerJoin('mailbox', 'mailbox.user_id', 'directory_password.user_id')
    .innerJoin('directory_object as object', (join) => join.on(ofMailbox))
    .select('mailbox.agency_id')
    .distinct()
    .where('mailbox.agency_id', 'in', agencies)
    .where('object.guid', 'is not', null)
    .where('object.state', '<>', 'refused')
    .execute();
  return [...new Set([...due, ...passwords.map((row) => row.agency_id)])];
}
