import { createHash, randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Actor } from '../base/actor.ts';
import { RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import { audit } from '../trail/audit.ts';
import { agencyNameOf } from '../trail/sender-queries.ts';
import { filedRecords } from './queries.ts';

export type Period = { from: string; to: string; sops: string[] };
export type DrawnRecord = { id: number; number: string; value: string };
/** Which records an audit looks at, and what is needed to see that the draw was fair. */
export type Draw = { period: Period; seed: string; population: number; drawn: DrawnRecord[] };

/** Records whose numbers are read at a time: other pages are answered between. */
const STEP = 2000;

/**
 * SOP 6.0. Draws records at random for an audit. Each record of the population has the value SHA-256 of the seed, a colon
 * and its number; those with the lowest values are drawn, so that anybody can do the draw again.
 * @throws RuleBroken beside `from` when nothing was filed in the period
 */
export async function drawRecords(db: Db, actor: Actor, period: Period, count: number): Promise<Draw> {
  const seed = randomBytes(16).toString('hex');
  let lowest: DrawnRecord[] = [];
  let population = 0;
  for (let last = 0; ; ) {
    const rows = await filedRecords(db, actor, period)
      .select(['id', 'number'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(STEP)
      .execute();
    population += rows.length;
    const valued = rows.map((row) => ({ ...row, value: drawValue(seed, row.number) }));
    lowest = [...lowest, ...valued].sort((one, other) => (one.value < other.value ? -1 : 1)).slice(0, count);
    last = rows.at(-1)?.id ?? last;
    if (rows.length < STEP) break;
    await turn();
  }
  if (population === 0) throw new RuleBroken('records.pack.none', {}, 'from');
  return { period, seed, population, drawn: lowest.sort((one, other) => one.id - other.id) };
}

/** Where a record stands in a draw. */
export function drawValue(seed: string, number: string) {
  return createHash('sha256').update(`${seed}:${number}`).digest('hex');
}

/** Other people's files are handed over: that is an act, and the trail says which. */
export async function keepDraw(act: Act, draw: Draw) {
  const { period, seed, population, drawn } = draw;
  const after = {
    from: period.from,
    to: period.to,
    ...(period.sops.length > 0 ? { sops: period.sops } : {}),
    population,
    count: drawn.length,
    seed,
    numbers: drawn.map((each) => each.number),
  };
  await audit(act, { action: 'record.pack-made', sop: '6.0', item: await packItem(act.trx, act.actor), after });
}

/** An agency's records, or those of all. */
async function packItem(trx: Trx, actor: Actor) {
  const { agencyId } = actor;
  if (agencyId === null) return { type: 'record' as const, id: 0, name: 'IPMS', agencyId };
  const name = await agencyNameOf(trx, { agency_id: agencyId });
  return { type: 'record' as const, id: 0, name, agencyId };
}
