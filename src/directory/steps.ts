import { paced } from '../base/pace.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { type Agency, carriedOut, compare, type Refusal, type Scope, wantedIn } from './comparing.ts';
import { markOf, type ObjectKind, objectOf, type Real } from './objects.ts';
import { inWords, keepOpenChanges, namesOf } from './open-changes.ts';
import { agenciesDue, IN_STEP, objectsToLink, storeStates, takeDue, withinOf } from './tracked.ts';

/** Nobody takes so many steps by hand: a larger agency has a script, or a directory that is written to. */
const MOST_ACCOUNTS = 20_000;
const KINDS: Record<Row<'directory_object'>['item_type'], ObjectKind> = {
  mailbox: 'user',
  group: 'group',
  contact: 'contact',
  helper: 'group',
};

/**
 * What a person has yet to do in a directory that IPMS does not write to: what is wanted is compared with what was ticked, and
 * the difference kept as steps.
 */
export async function listSteps(db: Db, scope: Scope, now: Date) {
  await takeDue(db, scope, now);
  const { wanting, changes, refusals, rows, real } = await comparedWithTicks(db, scope, now);
  const agencies = new Map(rows.map((row) => [row.mark, row.agency_id]));
  const names = {
    ...namesOf(wanting.objects, real),
    agencyOf: (of: Parameters<typeof markOf>[0]) => agencies.get(markOf(of)) ?? null,
  };
  const left = new Set(changes.map((change) => markOf(objectOf(change))));
  const within = new Set(withinOf(scope));
  const updates = rows
    .filter((row) => within.has(row.agency_id) && row.state !== 'due')
    .map((row) => {
      const refusal = refusals.get(row.mark);
      if (refusal !== undefined)
        return { row, set: { state: 'refused' as const, last_error: JSON.stringify(refusal) } };
      // what a script was refused stands there until something changes, or somebody lets it be tried again
      if (left.has(row.mark) && row.state === 'refused' && isOfScript(row.last_error)) return { row, set: {} };
      if (left.has(row.mark)) return { row, set: { ...IN_STEP, state: 'listed' as const } };
      return { row, set: { ...IN_STEP, ...(row.state === 'step' ? {} : { done_at: now.toISOString() }) } };
    });
  const open = changes.map((change) => ({ ...inWords(change, names), reason: 'step' as const }));
  await db.transaction().execute((trx) => keepOpenChanges(trx, [...within], open, { now, controller: null }));
  await storeStates(db, updates);
}

function isOfScript(kept: string | null) {
  return kept !== null && (JSON.parse(kept) as Refusal).key.startsWith('directory.script.');
}

/** What is wanted beside what people say is there. */
export async function comparedWithTicks(db: Db | Trx, scope: Scope, now: Date) {
  const rows = await objectsToLink(db, scope);
  const wanting = await wantedIn(db, scope, { now, signInSuffix: null });
  const said = await db.selectFrom('directory_object').select('real').where('real', 'is not', null).execute();
  const real = said.map((row) => JSON.parse(row.real ?? '') as Real);
  // in place of a GUID, what a person made has its mark
  const known = new Map(real.map(({ guid }) => [guid, guid]));
  // what another agency has in the directory is there to be linked with
  for (const { mark, item_type, guid } of rows)
    if (guid !== null && !known.has(mark)) {
      known.set(mark, mark);
      real.push({
        guid: mark,
        kind: KINDS[item_type],
        container: [],
        name: mark,
        attributes: {},
        links: {},
        isOpen: null,
        mark,
      });
    }
  return { ...compare(wanting, real, known, null), rows, real };
}

/**
 * The objects of an agency as its steps would leave them, were they taken one by one. Thousands are compared: never in an act.
 * It is told from nothing, so that no container is renamed, and each object is its own.
 */
export async function everythingWanted(db: Db, agency: Agency, now: Date): Promise<Real[]> {
  const breathe = paced();
  const { changes } = await comparedWithTicks(db, { agencies: [agency], isShared: false }, now);
  const there = new Map<string, Real>();
  for (const change of changes) {
    const guid = change.action === 'create' ? markOf(change.wanted.of) : (change.guid ?? markOf(change.of));
    const before = there.get(guid);
    const [after] = carriedOut(before === undefined ? [] : [before], change);
    if (after !== undefined) there.set(guid, after);
    await breathe();
  }
  return [...there.values()];
}

/** The agencies whose steps are to be listed anew; null among them: what belongs to all. */
export async function agenciesWithSteps(db: Db, agencies: Agency[], now: Date) {
  const byHand = agencies.filter(({ directory_mode }) => directory_mode !== 'live').map(({ id }) => id);
  if (byHand.length === 0) return [];
  const large = await db
    .selectFrom('mailbox_tally')
    .select('agency_id')
    .where('fact', '=', 'status')
    .groupBy('agency_id')
    .having((eb) => eb.fn.sum('count'), '>', MOST_ACCOUNTS)
    .execute();
  const ofScripts = new Set(agencies.filter((each) => each.directory_mode === 'script').map(({ id }) => id));
  const tooLarge = new Set(large.map(({ agency_id }) => agency_id).filter((id) => !ofScripts.has(id)));
  const isAnyLive = byHand.length < agencies.length;
  return agenciesDue(db, [...byHand.filter((id) => !tooLarge.has(id)), ...(isAnyLive ? [] : [null])], now);
}
