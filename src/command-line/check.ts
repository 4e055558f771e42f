import { createReadStream, statSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { headFault, headsOf, type KeptHead, keptAuditHead } from '../audit-head.ts';
import type { Db } from '../data/database.ts';
import { addSeals, sealingAgain } from '../data/seals.ts';
import { databaseFile, type Installation, openWithAnyKey } from '../installation.ts';
import { type BadRows, type Head, namedRecord, walkOf } from '../trail/chain.ts';
import { type Checked, keepChecked, lastChecked } from './checked.ts';
import { passwordFaults, toldOtherwise } from './checking/newest-facts.ts';
import { ownersToldOtherwise } from './checking/owners-told.ts';
import { pageFaults } from './checking/pages.ts';
import { schemaFaults } from './checking/schema-faults.ts';
import { type Command, Refused } from './command.ts';
import { tableFaults } from './faults.ts';
import { mailedHeadFault, readHead } from './mailed-head.ts';

export const check: Command = {
  usage: '[--since-last] [--head "ROW SEAL"] [--record-head "NUMBER SEAL"]',
  does: 'Looks over the whole database: pages, schema, references, audit chain, records, attachments, addresses, login IDs, orphans.',
  help: `
May run beside a server. What is wrong is listed, one line each, and the exit code is 1.

  --since-last        for every night: of the audit trail and records only the rows since the last check with this option that
                      found nothing, and of the indexes not what they hold; once in seven days everything
  --head "ROW SEAL"   also says whether the trail still has the row that a daily mail of an earlier day named, with its seal
  --record-head "NUMBER SEAL"
                      the same of the newest record that the mail named`,
  options: { 'since-last': { type: 'boolean' }, head: { type: 'string' }, 'record-head': { type: 'string' } },
  async run({ settings, values }) {
    const mailed = MAILED.flatMap(([option, table, says]) => {
      const text = values[option];
      return typeof text === 'string' ? [{ table, says, head: readHead(option, text) }] : [];
    });
    const now = new Date();
    const last = values['since-last'] ? lastChecked(settings.secretFile, now) : undefined;
    const [head, lost] = [keptAuditHead(settings.secretFile), headFault(settings.secretFile)];
    const kilobytes = kilobytesInMemory();
    const { keyFault, ...installation } = await openWithAnyKey(settings, { ahead: AHEAD, kilobytes });
    try {
      const ofFiles = [keyFault, lost].filter((fault) => fault !== null);
      const hasKey = installation.secrets !== null;
      if (installation.secrets !== null) addSeals(installation.sqlite, installation.secrets, sealingAgain);
      installation.sqlite.pragma(`cache_size = -${kilobytes}`);
      if (last === undefined) await readThrough(databaseFile(settings.dataDir));
      const reached = await reachedNow(installation.db, last?.wholeAt ?? now.toISOString());
      const found = [...ofFiles, ...(await checkAll(installation, head, hasKey, last, report))];
      for (const { table, head: kept } of mailed) {
        const rewritten = await mailedHeadFault(installation.db, table, kept);
        if (rewritten !== null) found.push(rewritten);
      }
      for (const fault of found) console.log(fault);
      if (found.length > 0) throw new Refused(`check found ${numberOfFaults(found)}.`);
      for (const { says, head: kept } of mailed) console.log(says(kept.id));
      if (values['since-last']) keepChecked(settings.secretFile, reached);
      console.log(
        'Everything is as it must be: pages, schema, references, audit trail, records, attachments, addresses, login IDs.',
      );
    } finally {
      await installation.close();
    }
  },
};

/**
 * Of the database, for each thread: among millions of rows, what is looked up once more is still there. It is a process of its own, and
 * ends; both together take an eighth of what nobody needs, and 256 MB at least.
 */
function kilobytesInMemory() {
  const share = Math.round(process.availableMemory() / 16 / 1024);
  return Math.min(Math.max(share, 128 * 1024), 1024 * 1024);
}
/** So many questions the reader's thread is given at once: what this thread asks may take as long as all of them. */
const AHEAD = 4;

/**
 * Reads the file from its beginning to its end, where there is memory to keep it: what is looked at follows trees, all over the file, and
 * a disk reads ten times as much a second in order.
 */
async function readThrough(file: string) {
  if (statSync(file).size > process.availableMemory() / 2) return;
  report('the file');
  for await (const _piece of createReadStream(file, { highWaterMark: PIECE }));
}
const PIECE = 4 * 1024 ** 2;

/** In words: `1 fault`, `12 faults`. */
export const numberOfFaults = ({ length }: string[]) => `${length} ${length === 1 ? 'fault' : 'faults'}`;

/** What a daily mail has named, and what is said when it is as it was. */
const MAILED = [
  ['head', 'audit', (id: number) => `Audit row ${id} is in the trail with the seal that was kept elsewhere.`],
  ['record-head', 'record', (id: number) => `Record ${id} is there with the seal that was kept elsewhere.`],
] as const;

/** How far a check comes that begins now: what is written meanwhile is for the next one. */
async function reachedNow(db: Db, wholeAt: string): Promise<Checked> {
  const { record, ...audit } = await headsOf(db);
  return { audit, record, wholeAt };
}

/** What is looked at, on a terminal. */
function report(what: string) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[Klooking at: ${what} … `);
}

/**
 * Everything that is wrong, one text each. References and what the trail says last are as of one moment also while others write. What
 * can be asked by itself is as of a moment of its own: the pages of a table, the seals of a stretch of a chain, what tables say of each
 * other. With a reader, its thread takes such questions from the front, a few at once, and this thread from the end, when it has done
 * what only it can.
 * @param head the audit row and the record that were the newest at some earlier time
 * @param hasKey without the key, no seal can be looked at
 * @param last how far the last check came, where not all is to be looked at once more
 * @param tell is told what is looked at
 */
export async function checkAll(
  { db, sqlite, reader }: Pick<Installation, 'db' | 'sqlite'> & Partial<Pick<Installation, 'reader'>>,
  head: KeptHead | undefined,
  hasKey = true,
  last?: Checked,
  tell: (what: string) => void = () => undefined,
): Promise<string[]> {
  tell('pages');
  const pages = pageFaults(last === undefined);
  const looks: Look[] = [pages.atOnce];
  const [tables] = await Promise.allSettled([pages.byTable(db)]);
  if (tables.status === 'fulfilled') looks.push(...tables.value);
  const listed = Promise.withResolvers<void>();
  const next = () => looks.shift();
  const inThread = async (by: Db) => {
    await Promise.all(Array.from({ length: AHEAD }, () => each(by, next)));
    await listed.promise;
    await Promise.all(Array.from({ length: AHEAD }, () => each(by, next)));
  };
  const here = async () => {
    if (reader === undefined) await each(db, next);
    const [rows] = await Promise.allSettled([rowFaults(db, sqlite, head, hasKey, last, tell)]);
    if (rows.status === 'fulfilled') looks.push(...rows.value.looks);
    listed.resolve();
    tell('seals, and what tables say of each other');
    await each(db, reader === undefined ? next : () => looks.pop());
    if (rows.status === 'rejected') throw rows.reason;
    return rows.value;
  };
  const [rows, beside] = await Promise.allSettled([here(), reader && inThread(reader)]);
  // of broken pages, nothing else that was found is to be believed, and no failure to read them
  const broken = pages.found();
  if (broken.length > 0) return broken;
  if (tables.status === 'rejected') throw tables.reason;
  if (rows.status === 'rejected') throw rows.reason;
  if (beside.status === 'rejected') throw beside.reason;
  return rows.value.found();
}

type Look = (by: Db) => Promise<void>;

async function each(by: Db, next: () => Look | undefined) {
  for (let look = next(); look !== undefined; look = next()) {
    await look(by);
    await turn(); // a thread may have answered meanwhile, and wait for more
  }
}

/**
 * All but the pages.
 * @returns what else is to be looked at, by any connection, and what tells after that all that was found
 */
async function rowFaults(
  db: Db,
  sqlite: Database,
  head: KeptHead | undefined,
  hasKey: boolean,
  last: Checked | undefined,
  tell: (what: string) => void,
): Promise<{ looks: Look[]; found: () => string[] }> {
  const schema = await schemaFaults(sqlite);
  if (schema.lacksTables) return { looks: [], found: () => schema.found };
  sqlite.exec('begin');
  try {
    tell('references');
    const dangling = danglingReferences(sqlite);
    await turn();
    const audit = hasKey ? await walkOf(db, 'audit', head, last?.audit) : undefined;
    const record = hasKey ? await walkOf(db, 'record', await recordHead(db, head), last?.record) : undefined;
    tell('what the trail says last');
    const otherwise: string[] = [];
    for (const look of [toldOtherwise, ownersToldOtherwise, missingMails, ...(hasKey ? [passwordFaults] : [])]) {
      otherwise.push(...(await look(sqlite)));
      await turn(); // the reader's thread may have answered all that it was given
    }
    const tables = tableFaults();
    return {
      looks: [...tables.looks, ...(record?.looks ?? []), ...(audit?.looks ?? [])],
      found: () => [
        ...schema.found,
        ...dangling,
        ...(audit === undefined ? [] : sealFaults('audit trail: row', audit.result())),
        ...(record === undefined ? [] : sealFaults('records: number', record.result())),
        ...otherwise,
        ...tables.found(),
      ],
    };
  } finally {
    sqlite.exec('rollback');
  }
}

/** The newest record that somebody has kept: the head beside the key, or the trail. */
async function recordHead(db: Db, head: KeptHead | undefined): Promise<Head | undefined> {
  const named = await namedRecord(db);
  return (named?.id ?? 0) > (head?.record?.id ?? 0) ? named : head?.record;
}

function danglingReferences(sqlite: Database) {
  const rows = sqlite.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[];
  return rows.map(({ table, rowid, parent }) => `row of ${table} that points at no ${parent}: ${rowid ?? 'unknown'}`);
}

/** Mails are numbered without a gap, and nobody ever deletes one from the outbox. */
function missingMails(sqlite: Database) {
  const { first, there, given } = sqlite
    .prepare(
      `select coalesce(min(id), 1) as first, count(*) as there, max(coalesce(max(id), 0), coalesce((select seq from sqlite_sequence where name = 'outbox'), 0)) as given
          from outbox`,
    )
    .get() as { first: number; there: number; given: number };
  if (first > 0 && there === given) return []; // to look between all of them takes ten times as long
  const gaps = sqlite
    .prepare(
      `select first, last from (
          select lag(id, 1, 0) over (order by id) + 1 as first, id - 1 as last from outbox
          union all
          select coalesce((select max(id) from outbox), 0) + 1, seq from sqlite_sequence where name = 'outbox')
        where first <= last limit ${NAMED + 1}`,
    )
    .all() as { first: number; last: number }[];
  const named = gaps
    .slice(0, NAMED)
    .map(({ first, last }) => (first === last ? `mail ${first}` : `mails ${first} to ${last}`));
  return [...named, ...(gaps.length > NAMED ? ['and more'] : [])].map(
    (each) => `mail that is missing from the outbox: ${each}`,
  );
}

/** A chain may be broken in a thousand places: so many are named. */
const NAMED = 20;

function sealFaults(what: string, { bad, rows }: { bad: BadRows[]; rows: number }) {
  const [first] = bad;
  if (first === undefined) return [];
  // each of them is bad, and there is more than one: it is the key that differs
  if (rows > 1 && first.from === 1 && first.to >= rows) return [`${what}s 1 to ${first.to} do not fit this key`];
  const named = bad.slice(0, NAMED).map(inWords(what));
  const rest = bad.slice(NAMED).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return rest > 0 ? [...named, `${what}s after these: and ${rest} more`] : named;
}

const inWords =
  (what: string) =>
  ({ from, to }: BadRows) =>
    from === to
      ? `${what} ${from} is missing or not as it was written`
      : `${what}s ${from} to ${to} are missing or not as they were written`;
