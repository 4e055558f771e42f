import type { Database } from 'better-sqlite3';
import { headFault, keptAuditHead } from '../audit-head.ts';
import { type Installation, openWithAnyKey } from '../installation.ts';
import { type BadRows, badRows, type Head } from '../trail/chain.ts';
import { type Command, Refused } from './command.ts';
import { findFaults } from './faults.ts';
import { mailedHeadFault, readHead } from './mailed-head.ts';
import { schemaFaults } from './schema-faults.ts';

export const check: Command = {
  usage: '[--head "ROW SEAL"]',
  does: 'Looks over the whole database: pages, schema, references, audit chain, records, attachments, addresses, login IDs, orphans.',
  help: `
May run beside a server. What is wrong is listed, one line each, and the exit code is 1.

  --head "ROW SEAL"   also says whether the trail still has the row that a daily mail of an earlier day named, with its seal`,
  options: { head: { type: 'string' } },
  async run({ settings, values }) {
    const mailed = typeof values.head === 'string' ? readHead(values.head) : null;
    const [head, lost] = [keptAuditHead(settings.secretFile), headFault(settings.secretFile)];
    const { keyFault, ...installation } = await openWithAnyKey(settings);
    try {
      const ofFiles = [keyFault, lost].filter((fault) => fault !== null);
      const found = [...ofFiles, ...(await checkAll(installation, head, installation.secrets !== null))];
      const rewritten = mailed === null ? null : await mailedHeadFault(installation.db, mailed);
      if (rewritten !== null) found.push(rewritten);
      for (const fault of found) console.log(fault);
      if (found.length > 0)
        throw new Refused(`check found ${found.length} ${found.length === 1 ? 'fault' : 'faults'}.`);
      if (mailed !== null) console.log(`Audit row ${mailed.id} is in the trail with the seal that was kept elsewhere.`);
      console.log(
        'Everything is as it must be: pages, schema, references, audit trail, records, attachments, addresses, login IDs.',
      );
    } finally {
      await installation.close();
    }
  },
};

/**
 * Everything that is wrong, one text each, as of one moment also while others write.
 * @param head the audit row that was the newest at some earlier time
 * @param hasKey without the key, no seal can be looked at
 */
export async function checkAll(
  { db, sqlite }: Pick<Installation, 'db' | 'sqlite'>,
  head: Head | undefined,
  hasKey = true,
): Promise<string[]> {
  const broken = brokenPages(sqlite);
  if (broken.length > 0) return broken;
  const schema = await schemaFaults(sqlite);
  if (schema.lacksTables) return schema.found;
  sqlite.exec('begin');
  try {
    return [
      ...schema.found,
      ...danglingReferences(sqlite),
      ...(hasKey ? sealFaults('audit trail: row', await badRows(db, 'audit', head)) : []),
      ...(hasKey ? sealFaults('records: number', await badRows(db, 'record')) : []),
      ...(await findFaults(db)),
    ];
  } finally {
    sqlite.exec('rollback');
  }
}

function brokenPages(sqlite: Database) {
  const rows = sqlite.pragma('integrity_check(20)') as { integrity_check: string }[];
  return rows.flatMap(({ integrity_check: text }) => (text === 'ok' ? [] : [`damaged database: ${text}`]));
}

function danglingReferences(sqlite: Database) {
  const rows = sqlite.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[];
  return rows.map(({ table, rowid, parent }) => `row of ${table} that points at no ${parent}: ${rowid ?? 'unknown'}`);
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
