import type { Database } from 'better-sqlite3';
import { keptAuditHead } from '../audit-head.ts';
import { type Installation, openPresent } from '../installation.ts';
import { type AuditHead, firstBadAuditRow } from '../platform/audit.ts';
import { firstBadRecord } from '../platform/records.ts';
import { type Command, Refused } from './command.ts';
import { findFaults } from './faults.ts';

export const check: Command = {
  usage: '',
  does: 'Looks over the whole database: pages, references, audit chain, records, addresses, login IDs, orphans.',
  help: '\nMay run beside a server. What is wrong is listed, one line each, and the exit code is 1.',
  async run({ settings }) {
    const head = keptAuditHead(settings.secretFile);
    const installation = await openPresent(settings);
    try {
      const found = await checkAll(installation, head);
      for (const fault of found) console.log(fault);
      if (found.length > 0)
        throw new Refused(`check found ${found.length} ${found.length === 1 ? 'fault' : 'faults'}.`);
      console.log('Everything is as it must be: pages, references, audit trail, records, addresses, login IDs.');
    } finally {
      await installation.close();
    }
  },
};

/**
 * Everything that is wrong, one text each, as of one moment also while others write.
 * @param head the audit row that was the newest at some earlier time
 */
export async function checkAll(
  { db, sqlite }: Pick<Installation, 'db' | 'sqlite'>,
  head: AuditHead | undefined,
): Promise<string[]> {
  const broken = brokenPages(sqlite);
  if (broken.length > 0) return broken;
  sqlite.exec('begin');
  try {
    return [
      ...danglingReferences(sqlite),
      ...(await auditFaults(db, head)),
      ...(await recordFaults(db)),
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

async function auditFaults(db: Installation['db'], head: AuditHead | undefined) {
  const row = await firstBadAuditRow(db, head);
  return row === null ? [] : [`audit trail: row ${row} is missing or not as it was written`];
}

async function recordFaults(db: Installation['db']) {
  const row = await firstBadRecord(db);
  return row === null ? [] : [`records: number ${row} is missing or not as it was filed`];
}
