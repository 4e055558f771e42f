import { sql } from 'kysely';
import { agencyById } from '../../agencies/queries.ts';
import { SYSTEM_ITEM } from '../../agencies/system-values.ts';
import { byChunks } from '../../base/chunks.ts';
import type { Act } from '../../data/act.ts';
import { audit } from '../../trail/audit.ts';
import { agencyItem } from '../../trail/items.ts';
import type { ReadResult, Reported } from './result.ts';

export type TakenOver = { done: number; refused: number; absent: number; left: number; isWhole: boolean };
type Counts = Pick<TakenOver, 'done' | 'refused' | 'absent'>;

/**
 * What a script did is from now on compared with as done, by name and time; what it was refused stands on the object. An object
 * about which somebody said something meanwhile is left.
 * @returns how many steps are done, refused, without an object, and left as they were
 */
export async function takeOverResult(act: Act, result: ReadResult): Promise<TakenOver> {
  const totals = { done: 0, refused: 0, absent: 0, left: result.left, isWhole: result.isWhole };
  const agencies = new Map<number | null, Counts>();
  for (const chunk of byChunks(result.objects)) {
    const stored = await storeObjects(act, chunk);
    const taken = chunk.filter(({ objectId }) => stored.has(objectId));
    const done = await storeSteps(act, taken);
    for (const { objectId, agencyId, steps, refused, absent } of chunk) {
      if (!stored.has(objectId)) {
        totals.left += steps.length + refused + absent;
        continue;
      }
      const count = steps.filter(({ id }) => done.has(id)).length;
      totals.left += steps.length - count;
      const counts = agencies.get(agencyId) ?? { done: 0, refused: 0, absent: 0 };
      agencies.set(agencyId, add(counts, { done: count, refused, absent }));
      Object.assign(totals, add(totals, { done: count, refused, absent }));
    }
  }
  await auditResult(act, result, agencies);
  return totals;
}

function add(one: Counts, other: Counts): Counts {
  return { done: one.done + other.done, refused: one.refused + other.refused, absent: one.absent + other.absent };
}

/** Keeps how the objects are now, unless another one said so, or has the GUID, since the file was read. @returns which were kept */
async function storeObjects({ trx }: Act, objects: Reported[]) {
  const rows = objects.map(({ objectId, before, after, guid, refusal }) => ({
    id: objectId,
    before,
    after,
    guid,
    refusal: refusal === null ? null : JSON.stringify(refusal),
  }));
  const { rows: stored } = await sql<{ id: number }>`
    update directory_object set real = said.value ->> 'after',
      password_at = iif(guid is said.value ->> 'guid', password_at, null), guid = said.value ->> 'guid',
      state = iif(said.value ->> 'refusal' is null or state in ('due', 'under-way'), 'due', 'refused'), last_error = said.value ->> 'refusal',
      tries = 0, next_try_at = null
    from json_each(${JSON.stringify(rows)}) as said
    where directory_object.id = said.value ->> 'id' and directory_object.real is said.value ->> 'before'
      and not exists (select 1 from directory_object other
        where other.guid = said.value ->> 'guid' and other.id <> directory_object.id)
    returning directory_object.id`.execute(trx);
  return new Set(stored.map(({ id }) => id));
}

async function storeSteps({ trx, now, actor }: Act, objects: Reported[]) {
  const { rows } = await sql<{ id: number }>`
    update directory_change set done_at = ${now.toISOString()}, done_by = ${actor.userId}, done_by_name = ${actor.name},
      words = said.value ->> 'words'
    from json_each(${JSON.stringify(objects.flatMap(({ steps }) => steps))}) as said
    where directory_change.id = said.value ->> 'id' and directory_change.since = said.value ->> 'since'
      and directory_change.done_at is null
    returning directory_change.id`.execute(trx);
  return new Set(rows.map(({ id }) => id));
}

/** One row an agency: which file it was, who read it in, and what came of it. */
async function auditResult(
  act: Act,
  { fileName, sha256, plan, isWhole }: ReadResult,
  agencies: Map<number | null, Counts>,
) {
  for (const [id, counts] of agencies.size > 0 ? agencies : new Map([[null, add(NOTHING, NOTHING)]]))
    await audit(act, {
      action: 'directory.script-read',
      item: id === null ? { ...SYSTEM_ITEM, name: 'directory' } : agencyItem(await agencyById(act.trx, id)),
      after: { file: fileName, sha256, plan, whole: isWhole, ...counts },
    });
}

const NOTHING: Counts = { done: 0, refused: 0, absent: 0 };
