import { createHash, timingSafeEqual } from 'node:crypto';
import { byChunks } from '../../base/chunks.ts';
import { RuleBroken } from '../../base/errors.ts';
import { paced } from '../../base/pace.ts';
import { cutTo } from '../../base/spelling.ts';
import type { Db } from '../../data/database.ts';
import type { Row } from '../../data/schema.ts';
import { carriedOut, type Refusal } from '../comparing.ts';
import type { Change, Real } from '../objects.ts';
import { GUID, installationOf, sealOf } from './plan.ts';

/** What came of a step. What is kept elsewhere, or not at all, is settled for this directory. */
const SETTLED = ['done', 'already', 'elsewhere'] as const;
const OUTCOMES = [...SETTLED, 'refused', 'absent', 'skipped'] as const;
type Outcome = (typeof OUTCOMES)[number];
type Line = { id: number; seen: string; seal: string; outcome: Outcome; guid: string | null; words: string };
type Found = Row<'directory_change'> & { object_id: number; guid: string | null; real: string | null };

/** What a result says of one object: which steps are settled, how it is then, and why the rest was refused. */
export type Reported = {
  objectId: number;
  agencyId: number | null;
  before: string | null;
  after: string | null;
  guid: string | null;
  refusal: Refusal | null;
  steps: { id: number; since: string; words: string }[];
  refused: number;
  absent: number;
};
export type ReadResult = {
  fileName: string;
  sha256: string;
  plan: string;
  /** Its last line is there. */
  isWhole: boolean;
  objects: Reported[];
  /** Lines that change nothing: read before, of a step that is another one since, of an unknown one, or not carried out. */
  left: number;
};

const LONGEST_WORDS = 500;
const LONGEST_PLAN = 60;

/**
 * Reads what a script wrote down, and holds every line against the step that it speaks of. Only what is sealed by this installation
 * for that very step counts; of a file that breaks off, what is whole. Writes nothing.
 * @throws RuleBroken beside `file` when it is no result, or one of another installation
 */
export async function readResult(
  db: Db,
  key: Buffer,
  { fileName, bytes }: { fileName: string; bytes: Buffer },
): Promise<ReadResult> {
  const { head, lines, broken, isWhole } = await linesOf(bytes, key);
  const breathe = paced();
  const [seen, objects] = [new Set<number>(), new Map<number, Reported>()];
  const guids = await ownersOfGuids(db);
  let left = broken;
  for (const chunk of byChunks(lines)) {
    const rows = new Map((await stepsById(db, chunk)).map((row) => [row.id, row]));
    for (const line of chunk) {
      await breathe();
      const row = rows.get(line.id);
      const isTaken =
        row !== undefined && !seen.has(line.id) && isOpen(row, line, key) && take(objects, row, line, guids);
      if (isTaken) seen.add(line.id);
      else left += 1;
    }
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { fileName, sha256, plan: head.plan, isWhole, objects: [...objects.values()], left };
}

async function linesOf(bytes: Buffer, key: Buffer) {
  const breathe = paced();
  const [first = '', ...rest] = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split('\n');
  const head = objectIn(first);
  if (head?.ipms !== 'result' || head.format !== 1 || typeof head.plan !== 'string')
    throw new RuleBroken('directory.script.noResult', {}, 'file');
  if (head.installation !== installationOf(key)) throw new RuleBroken('directory.script.otherInstallation', {}, 'file');
  const lines: Line[] = [];
  let [broken, isWhole] = [0, false];
  for (const text of rest) {
    await breathe();
    if (text.trim() === '') continue;
    const value = objectIn(text);
    if (value?.ipms === 'end') isWhole = true;
    else {
      const line = lineOf(value);
      if (line === null) broken += 1;
      else lines.push(line);
    }
  }
  return { head: { plan: readable(head.plan, LONGEST_PLAN) }, lines, broken, isWhole };
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null; // a line that breaks off says nothing
  }
}

function lineOf(value: Record<string, unknown> | null): Line | null {
  const { step, seal, outcome, guid, words } = value ?? {};
  const [, id, seen] = /^([1-9]\d{0,14})@(\S{1,40})$/.exec(typeof step === 'string' ? step : '') ?? [];
  if (id === undefined || seen === undefined || typeof seal !== 'string') return null;
  if (!OUTCOMES.includes(outcome as Outcome)) return null;
  return {
    id: Number(id),
    seen,
    seal,
    outcome: outcome as Outcome,
    guid: typeof guid === 'string' && GUID.test(guid) ? guid.toLowerCase() : null,
    words: typeof words === 'string' ? readable(words, LONGEST_WORDS) : '',
  };
}

/** What a result says comes from outside: without what cannot be seen, and not too much. */
function readable(words: string, most: number) {
  const seen = words.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
  return cutTo(seen.trim(), most);
}

async function stepsById(db: Db, lines: Line[]): Promise<Found[]> {
  return db
    .selectFrom('directory_change')
    .innerJoin('directory_object', (join) =>
      join
        .onRef('directory_object.item_type', '=', 'directory_change.item_type')
        .onRef('directory_object.item_id', '=', 'directory_change.item_id'),
    )
    .leftJoin('agency', 'agency.id', 'directory_change.agency_id')
    .selectAll('directory_change')
    .select(['directory_object.id as object_id', 'directory_object.guid', 'directory_object.real'])
    .where(
      'directory_change.id',
      'in',
      lines.map(({ id }) => id),
    )
    .where('directory_change.reason', '=', 'step')
    .where((eb) => eb.or([eb('agency.id', 'is', null), eb('agency.directory_mode', '=', 'script')]))
    .execute();
}

/** Which object has which GUID: no other can have it. */
async function ownersOfGuids(db: Db) {
  const rows = await db.selectFrom('directory_object').select(['id', 'guid']).where('guid', 'is not', null).execute();
  return new Map(rows.map(({ id, guid }) => [guid, id]));
}

function isOpen(row: Found, { seen, seal }: Line, key: Buffer) {
  const [given, own] = [Buffer.from(seal), Buffer.from(sealOf(key, row))];
  return row.done_at === null && row.since === seen && given.length === own.length && timingSafeEqual(given, own);
}

/** Adds what a line says to what is known of its object. @returns whether it says anything */
function take(objects: Map<number, Reported>, row: Found, line: Line, guids: Map<string | null, number>): boolean {
  if (line.outcome === 'skipped') return false;
  const change = JSON.parse(row.change) as Change;
  const known = objects.get(row.object_id) ?? {
    objectId: row.object_id,
    agencyId: row.agency_id,
    before: row.real,
    after: row.real,
    guid: row.guid,
    refusal: null,
    steps: [],
    refused: 0,
    absent: 0,
  };
  if (line.guid !== null && !isOwn(line.guid, known, change, guids)) return false;
  const isSettled = (SETTLED as readonly Outcome[]).includes(line.outcome);
  const before = known.after === null ? [] : [JSON.parse(known.after) as Real];
  // to what was not made, nothing was done
  if (isSettled && before.length === 0 && change.action !== 'create') return false;
  objects.set(row.object_id, known);
  if (line.guid !== null) {
    guids.set(line.guid, row.object_id);
    known.guid = line.guid;
  }
  if (isSettled) {
    const [after] = carriedOut(before, change);
    known.after = after === undefined ? null : JSON.stringify(after);
    if (after === undefined) known.guid = null;
    known.steps.push({ id: row.id, since: row.since, words: line.words });
  } else {
    const kind = line.outcome === 'absent' ? 'absent' : 'refused';
    known[kind] += 1;
    known.refusal = { key: `directory.script.${kind}`, words: line.words };
  }
  return true;
}

/** Only what is made anew may be another object than the known one; and no two items are one object. */
function isOwn(guid: string, known: Reported, change: Change, guids: Map<string | null, number>) {
  const owner = guids.get(guid);
  if (owner !== undefined && owner !== known.objectId) return false;
  return known.guid === null || known.guid === guid || change.action === 'create';
}
