import { type Clock, later, MINUTE, SECOND } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { held } from './brake.ts';
import { agenciesOf, type Compared, compare, placeOf, type Refusal, type Scope, wantedIn } from './comparing.ts';
import type { Directory, Schema } from './connector.ts';
import { unheardOf } from './difference.ts';
import { giveUp, keepAndTell } from './due.ts';
import { FIELDS } from './mapping.ts';
import { type Change, fieldOf, markOf, type ObjectOf, objectOf, type Real } from './objects.ts';
import { inWords, keyOf, namesOf, releasedChanges, storePlan } from './open-changes.ts';
import { arrived, awaitedPasswords, type WaitingPassword, waitingPasswords } from './passwords/waiting.ts';
import { DirectoryRefused } from './refusals.ts';
import {
  IN_STEP,
  type Made,
  storeMade,
  storeStates,
  type Tracked,
  takeDue,
  trackedObjects,
  type Update,
  withinOf,
} from './tracked.ts';
import { keepWork, type Progress } from './work.ts';

/** What the work needs; it has the database for itself alone, since it computes for seconds. */
export type Tools = {
  db: Db;
  directory: Directory;
  passwordKey: Buffer;
  signInSuffix: string | null;
  /** The part of an agency's accounts, in percent, above which what comes from comparing is held. */
  brake: number;
  /** What the environment says of the helpdesk, for mails. */
  told: Act['settings'];
  clock: Clock;
  holder: string;
};
/** What a pass may do: only what was decided; what was changed by hand as well; or that without the brake. */
type Extent = 'decided' | 'everything' | 'forced';
export type Outcome = { done: number; refused: number; held: number; left: number };
type Snapshot = { controller: string; next: number; objects: Map<string, Real> };

/** An object on which the second look does not agree is looked at again after these pauses, and then left to a person. */
const PAUSES = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE];
/** Made, given its password, opened, and linked with what was made later: so often a pass looks again. */
const ROUNDS = 5;
const AT_ONCE = 500;
const UNDER_WAY = 8;
const SAID_EVERY = 500;

export type Passes = ReturnType<typeof openPasses>;

/** What is known of the directory from one pass to the next. */
export function openPasses(tools: Tools) {
  const { db, directory, clock, holder } = tools;
  let snapshot: Snapshot | null = null;
  let schema: Schema | null = null;
  let said = 0;

  async function say(progress: Progress, always = false) {
    if (!always && performance.now() - said < SAID_EVERY) return;
    said = performance.now();
    await keepWork(db, holder, clock(), progress);
  }

  /** @returns whether anything may be another than at the last look */
  async function look(whole: boolean): Promise<boolean> {
    schema ??= await directory.learnSchema();
    if (whole || snapshot === null) {
      // not two at a time: of a large directory each is tens of megabytes
      snapshot = null;
      const { controller, next, objects } = await directory.readAll();
      snapshot = { controller, next, objects: new Map(objects.map((each) => [each.guid, each])) };
      return true;
    }
    const reading = await directory.readChanged(snapshot.next);
    // another controller counts differently, and may not have heard of the latest yet
    if (reading.controller !== snapshot.controller) return await look(true);
    for (const object of reading.objects) snapshot.objects.set(object.guid, object);
    snapshot.next = reading.next;
    return reading.objects.length > 0;
  }

  async function compareNow(scope: Scope) {
    const objects = snapshot?.objects ?? new Map<string, Real>();
    const real = [...objects.values()];
    const wanting = await wantedIn(db, scope, { now: clock(), signInSuffix: tools.signInSuffix });
    const rows = await trackedObjects(db);
    // one that is not there any more is made anew
    const known = new Map(rows.flatMap(({ mark, guid }) => (guid !== null && objects.has(guid) ? [[mark, guid]] : [])));
    // of those that are there all the same, the links and the password are due, too
    const found = unheardOf(wanting, real, known);
    for (const [mark, guid] of found) known.set(mark, guid);
    const compared = compare(wanting, real, known, schema);
    return { ...compared, changes: withoutAccepted(compared.changes, rows), real, known, rows, found };
  }

  /** What would be done; sends nothing. */
  async function plan(scope: Scope) {
    await look(true);
    const compared = await compareNow(scope);
    const isDecided = decided(compared, await releasedChanges(db));
    const comparing = compared.changes.filter((change) => !isDecided(change));
    return {
      ...compared,
      held: held(comparing, tools.brake, brakeOf(compared)),
      names: namesIn(compared),
      passwords: await awaitedPasswords(db),
    };
  }

  /**
   * One pass: what is due is carried out, looked at again, and said to be done only when it was seen.
   * @param compares whether everything is compared, and not only what was decided
   */
  async function pass(scope: Scope, extent: Extent, compares: boolean): Promise<Outcome> {
    await takeDue(db, scope, clock(), ['listed']);
    const task: Task = { scope, extent, compares, refused: { objects: new Map(), changes: new Set() } };
    let done = 0;
    for (let round = 0; ; round += 1) {
      await say({ phase: 'comparing', done, total: 0 }, true);
      const came = await takeRound(task, round === ROUNDS);
      if ('left' in came) return { done, ...came };
      done += came.done;
      await look(false);
    }
  }

  /**
   * Compares, and sends what is to be done. A function of its own, so that what was compared is forgotten before the next time: of
   * a large directory it is tens of megabytes.
   * @returns how many were done, to be looked at again; or how it stands, where nothing was left to do
   */
  async function takeRound(task: Task, isLast: boolean) {
    const compared = await compareNow(task.scope);
    await storeMade(db, madeOf(compared));
    const sorted = await sortOut(compared, task);
    const isTried = (key: string) => task.refused.changes.has(key);
    const todo = sorted.todo.filter((change) => !isTried(keyOfChange(change)));
    const waiting = await waitingPasswords(db, tools.passwordKey, compared.known);
    const passwords = waiting.filter(({ of }) => !isTried(passwordKey(of)));
    if (isLast || todo.length + passwords.length === 0) return await finish({ ...compared, ...sorted }, task);
    return { done: await carryOut(todo, passwords, compared.known, task.refused) };
  }

  /** Keeps what would be done for agencies of which nothing is sent yet, so that somebody can see it. */
  async function preview(scope: Scope) {
    const compared = await compareNow(scope);
    const names = namesIn(compared);
    const open = compared.changes.map((change) => ({ ...inWords(change, names), reason: 'plan' as const }));
    const now = clock();
    await db.transaction().execute((trx) => storePlan(trx, withinOf(scope), open, { now, controller: controller() }));
  }

  async function sortOut(compared: Now, { extent, compares }: Task) {
    const { changes } = compared;
    const isDecided = decided(compared, await releasedChanges(db));
    const comparing = compares ? changes.filter((change) => !isDecided(change)) : [];
    const stopped = extent === 'forced' ? new Set<Change>() : held(comparing, tools.brake, brakeOf(compared));
    const [agencyOf, states] = [agencyFinder(compared), new Map(compared.rows.map((row) => [row.mark, row.state]))];
    const repairing = new Set(
      (await agenciesOf(db)).filter((each) => each.directory_drift === 'repair').map(({ id }) => id),
    );
    const isPutBack = (change: Change) => {
      const of = objectOf(change);
      if (stopped.has(change)) return false;
      // that restoring is over is nobody's doing: the days of the SOP have passed
      if (extent !== 'decided' || change.action === 'remove') return true;
      return repairing.has(agencyOf(of) ?? 0) && states.get(markOf(of)) !== 'refused';
    };
    const putBack = new Set(comparing.filter(isPutBack));
    const [todo, kept] = [changes.filter((change) => isDecided(change) || putBack.has(change)), [] as Change[]];
    for (const change of comparing) if (!putBack.has(change)) kept.push(change);
    return { todo, kept, stopped };
  }

  /** Sends the changes in their order; a refusal is kept, and holds up no other. @returns how many were done */
  async function carryOut(todo: Change[], passwords: WaitingPassword[], known: Map<string, string>, refused: Refused) {
    const guidOf = (of: ObjectOf) => known.get(markOf(of)) ?? null;
    const made: Made[] = [];
    const total = todo.length + passwords.length;
    let [tried, done] = [0, 0];
    const attempt = async (of: ObjectOf, key: string, work: () => Promise<void>) => {
      try {
        await work();
        done += 1;
      } catch (error) {
        if (!(error instanceof DirectoryRefused)) throw error;
        refused.changes.add(key);
        refused.objects.set(markOf(of), { key: error.key, words: error.message });
      }
      tried += 1;
      if (made.length >= AT_ONCE) await storeMade(db, made.splice(0));
      await say({ phase: 'sending', done: tried, total });
    };
    const send = async (change: Change) => {
      if (change.action !== 'create' && change.guid === null && guidOf(change.of) === null) return;
      await attempt(objectOf(change), keyOfChange(change), async () => {
        const { guid } = await directory.carryOut(change, guidOf);
        if (change.action === 'remove') snapshot?.objects.delete(guid);
        if (change.action !== 'create') return;
        known.set(markOf(change.wanted.of), guid);
        made.push({ of: change.wanted.of, guid });
      });
    };
    try {
      // whoever is to be shut out waits for nobody
      for (const change of todo.filter(({ action }) => action === 'close')) await send(change);
      for (const waiting of passwords)
        await attempt(waiting.of, passwordKey(waiting.of), async () => {
          try {
            await directory.setPassword(waiting.guid, waiting.password, waiting.mustChange);
          } catch (error) {
            // it will not be taken later either: only its officer can choose another one
            if (error instanceof DirectoryRefused && error.key === 'directory.refused.password')
              await giveUp(db, waiting, 'refused', clock());
            throw error;
          }
          await arrived(db, waiting, clock());
        });
      for (const run of runsOf(todo.filter(({ action }) => action !== 'close'))) await sendSeveral(run, send);
    } finally {
      await storeMade(db, made);
    }
    return done;
  }

  /** Says of each object how it stands, and keeps what is still different. */
  async function finish(compared: Now & Sorted, { scope, refused, compares }: Task) {
    const { kept, stopped, known, refusals } = compared;
    const now = clock();
    const places = new Map(compared.real.map((each) => [each.guid, placeOf(each)]));
    const left = Map.groupBy(compared.changes, (change) => markOf(objectOf(change)));
    const within = new Set(withinOf(scope));
    const counts = { refused: 0, held: stopped.size, left: compared.changes.length };
    const updates: Update[] = [];
    for (const row of compared.rows) {
      if (!within.has(row.agency_id)) continue;
      const dn = places.get(known.get(row.mark) ?? '') ?? null;
      const refusal = refused.objects.get(row.mark) ?? refusals.get(row.mark);
      const remaining = left.get(row.mark) ?? [];
      const isOpen = row.state === 'under-way';
      if (refusal !== undefined) counts.refused += 1;
      if (!isOpen && (!compares || row.state === 'due' || row.state === 'listed')) continue;
      if (refusal) updates.push({ row, set: { state: 'refused', last_error: JSON.stringify(refusal), dn } });
      else if (remaining.length === 0)
        updates.push({ row, set: { ...IN_STEP, ...(isOpen ? { done_at: now.toISOString() } : {}), dn } });
      else if (isOpen) updates.push({ row, set: { ...again(row, now), dn } });
      else if (row.state === 'refused') counts.refused += 1;
      else
        updates.push({ row, set: { state: remaining.some((change) => stopped.has(change)) ? 'held' : 'differs', dn } });
    }
    await storeStates(db, updates);
    if (!compares) return counts;
    const names = namesIn(compared);
    const open = kept.map((change) => ({
      ...inWords(change, names),
      reason: stopped.has(change) ? ('held' as const) : ('drift' as const),
    }));
    await keepAndTell(db, [...within], open, { now, controller: controller(), settings: tools.told });
    return counts;
  }

  const controller = () => snapshot?.controller ?? null;

  return {
    look,
    plan,
    preview,
    pass,
    /** An object as it was last seen. */
    objectOf: (guid: string) => snapshot?.objects.get(guid),
    /** The controller that answers, as far as one has. */
    controller,
    /** The attributes of the mapping that the directory does not have. */
    lacks: () => [...FIELDS.attributes, ...FIELDS.links].filter((name) => !schema?.has(name.toLowerCase())),
  };
}

/** Neighbours that need nothing of each other: objects that are made, links, openings. All else goes one after the other. */
function runsOf(changes: Change[]) {
  const runs: Change[][] = [];
  for (const change of changes) {
    const last = runs.at(-1);
    if (last?.[0]?.action === change.action && isFree(change) && isFree(last[0])) last.push(change);
    else runs.push([change]);
  }
  return runs;
}

function isFree(change: Change) {
  if (change.action === 'create') return change.wanted.kind !== 'container';
  return change.action === 'members' || change.action === 'open';
}

/** What is to be kept of objects whose making was not heard of. */
function madeOf({ wanting, found }: Now): Made[] {
  return wanting.objects.flatMap(({ of }) => {
    const guid = found.get(markOf(of));
    return guid === undefined ? [] : [{ of, guid }];
  });
}

/** So many are under way at once: most of the time of one is its way there and back. */
async function sendSeveral(changes: Change[], send: (change: Change) => Promise<void>) {
  const rest = changes.values();
  const sendRest = async () => {
    for (const change of rest) await send(change);
  };
  const ends = await Promise.allSettled(Array.from({ length: UNDER_WAY }, sendRest));
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
}

type Now = Compared & {
  real: Real[];
  known: Map<string, string>;
  rows: Tracked[];
  /** Those of the known that nobody has kept yet. */
  found: Map<string, string>;
};
type Sorted = { kept: Change[]; stopped: Set<Change> };
/** What one pass is to do, and what it was refused. */
type Task = { scope: Scope; extent: Extent; compares: boolean; refused: Refused };
/** Objects, each with why; and the very changes that are not tried again in this pass. */
type Refused = { objects: Map<string, Refusal>; changes: Set<string> };

/** The second look did not agree: somebody else changes it back, or it was not sent whole. */
function again(row: Tracked, now: Date): Partial<Row<'directory_object'>> {
  const pause = PAUSES[row.tries];
  if (pause === undefined)
    return { state: 'refused', last_error: JSON.stringify({ key: 'directory.refused.keptDifferent', words: '' }) };
  return { state: 'due', tries: row.tries + 1, next_try_at: later(now, pause).toISOString() };
}

const passwordKey = (of: ObjectOf) => `${markOf(of)} password`;

function keyOfChange(change: Change) {
  const of = objectOf(change);
  return keyOf({ item_type: of.type, item_id: of.id, action: change.action, field: fieldOf(change) });
}

/** What people decided, or let go; everything else comes from comparing alone. */
function decided({ rows }: Now, released: Set<string>) {
  const due = new Set(rows.filter(({ state }) => state === 'due' || state === 'under-way').map(({ mark }) => mark));
  return (change: Change) => due.has(markOf(objectOf(change))) || released.has(keyOfChange(change));
}

function agencyFinder({ rows }: Pick<Now, 'rows'>) {
  const agencies = new Map(rows.map(({ mark, agency_id }) => [mark, agency_id]));
  return (of: ObjectOf) => agencies.get(markOf(of)) ?? null;
}

function namesIn(compared: Now) {
  return { ...namesOf(compared.wanting.objects, compared.real), agencyOf: agencyFinder(compared) };
}

function brakeOf(compared: Now) {
  const { objects } = compared.wanting;
  const accounts = Map.groupBy(
    objects.filter(({ kind }) => kind === 'user'),
    (each) => each.agencyId,
  );
  const contacts = objects.filter(({ kind }) => kind === 'contact').length;
  return {
    agencyOf: agencyFinder(compared),
    accountsOf: (id: number | null) => (id === null ? contacts : (accounts.get(id)?.length ?? 0)),
    guidOf: (of: ObjectOf) => compared.known.get(markOf(of)) ?? null,
  };
}

/** Without what somebody has accepted as it is, for as long as it stays so. */
function withoutAccepted(changes: Change[], rows: Tracked[]) {
  const accepted = new Map(
    rows.flatMap(({ mark, accepted }) =>
      accepted === '{}' ? [] : [[mark, JSON.parse(accepted) as Record<string, string>]],
    ),
  );
  return changes.filter((change) => {
    const value = accepted.get(markOf(objectOf(change)))?.[fieldOf(change) || change.action];
    return value === undefined || value !== foundValue(change);
  });
}

/** What is found in the directory where something else is wanted: what a person can accept as it is. */
export function foundValue(change: Change) {
  if (change.action === 'update' || change.action === 'members') return JSON.stringify(change.from.toSorted());
  return change.action === 'rename' || change.action === 'move' ? change.from : change.action;
}
