import type { Database } from 'better-sqlite3';
import { sql } from 'kysely';
import { headFault, headsOf, type KeptHead, keptAuditHead } from '../audit-head.ts';
import type { Db } from '../data/database.ts';
import { type Installation, openWithAnyKey } from '../installation.ts';
import { type BadRows, badRows, type Head, namedRecord } from '../trail/chain.ts';
import { type Checked, keepChecked, lastChecked } from './checked.ts';
import { passwordFaults, toldOtherwise } from './checking/newest-facts.ts';
import { ownersToldOtherwise } from './checking/owners-told.ts';
import { schemaFaults } from './checking/schema-faults.ts';
import { type Command, Refused } from './command.ts';
import { faultsAmong, findFaults } from './faults.ts';
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
    const { keyFault, ...installation } = await openWithAnyKey(settings);
    try {
      const ofFiles = [keyFault, lost].filter((fault) => fault !== null);
      const hasKey = installation.secrets !== null;
      await sql`pragma cache_size = ${sql.lit(-PAGES_IN_MEMORY)}`.execute(installation.reader);
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

/** In kilobytes: among millions of rows, what is looked up once more is still there. It is a process of its own, and ends. */
const PAGES_IN_MEMORY = 256 * 1024;

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
 * Everything that is wrong, one text each, as of one moment also while others write. With a reader, its thread looks at the pages
 * meanwhile; of what tables say of each other, either of them then takes the next question, each as of a moment of its own.
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
  const way = last === undefined ? 'integrity_check' : 'quick_check';
  const ofPages = brokenPages(reader ?? db, way);
  const ofRows = () => rowFaults(db, sqlite, head, hasKey, last, tell);
  // of broken pages, nothing else that was found is to be believed, and no failure to read them
  if (reader === undefined) {
    const broken = await ofPages;
    if (broken.length > 0) return broken;
    const found = await ofRows();
    if (found.lacksTables) return found.found;
    tell('what tables say of each other');
    return [...found.found, ...(await findFaults(db))];
  }
  const { ask, found } = faultsAmong();
  const inThread = ofPages.then(async (broken) => {
    if (broken.length === 0) await ask(reader);
    return broken;
  });
  const here = ofRows().then(async (rows) => {
    tell('what tables say of each other');
    if (!rows.lacksTables) await ask(db);
    return rows;
  });
  const [pages, rows] = await Promise.allSettled([inThread, here]);
  if (pages.status === 'fulfilled' && pages.value.length > 0) return pages.value;
  if (rows.status === 'fulfilled' && rows.value.lacksTables) return rows.value.found;
  if (rows.status === 'rejected') throw rows.reason;
  if (pages.status === 'rejected') throw pages.reason;
  return [...rows.value.found, ...found()];
}

/** All but the pages, and what tables say of each other. */
async function rowFaults(
  db: Db,
  sqlite: Database,
  head: KeptHead | undefined,
  hasKey: boolean,
  last: Checked | undefined,
  tell: (what: string) => void,
) {
  const schema = await schemaFaults(sqlite);
  if (schema.lacksTables) return schema;
  sqlite.exec('begin');
  try {
    tell('references');
    const found = [...schema.found, ...danglingReferences(sqlite)];
    if (hasKey) {
      tell('audit trail');
      found.push(...sealFaults('audit trail: row', await badRows(db, 'audit', head, last?.audit)));
      tell('records');
      found.push(
        ...sealFaults('records: number', await badRows(db, 'record', await recordHead(db, head), last?.record)),
      );
    }
    tell('what the trail says last');
    found.push(...toldOtherwise(sqlite), ...ownersToldOtherwise(sqlite), ...missingMails(sqlite));
    if (hasKey) found.push(...passwordFaults(sqlite));
    return { found, lacksTables: false };
  } finally {
    sqlite.exec('rollback');
  }
}

/** The newest record that somebody has kept: the head beside the key, or the trail. */
async function recordHead(db: Db, head: KeptHead | undefined): Promise<Head | undefined> {
  const named = await namedRecord(db);
  return (named?.id ?? 0) > (head?.record?.id ?? 0) ? named : head?.record;
}

/** The quick one leaves out what indexes hold, which is most of the time. */
async function brokenPages(db: Db, way: 'integrity_check' | 'quick_check') {
  const { rows } = await sql<Record<string, string>>`${sql.raw(`pragma ${way}(20)`)}`.execute(db);
  return rows
    .flatMap((row) => Object.values(row))
    .flatMap((text) => (text === 'ok' ? [] : [`damaged database: ${text}`]));
}

function danglingReferences(sqlite: Database) {
  const rows = sqlite.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[];
  return rows.map(({ table, rowid, parent }) => `row of ${table} that points at no ${parent}: ${rowid ?? 'unknown'}`);
}

/** Mails are numbered without a gap, and nobody ever deletes one from the outbox. */
function missingMails(sqlite: Database) {
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
