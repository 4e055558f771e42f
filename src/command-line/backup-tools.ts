import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { keptAuditHead } from '../audit-head.ts';
import { type Looked, refuseToFill, type Tools } from '../backups/folder.ts';
import { readSecrets } from '../base/secrets.ts';
import { openSqlite, queryBuilder } from '../data/database.ts';
import { addSeals, sealingAgain } from '../data/seals.ts';
import { headOf } from '../trail/chain.ts';
import { checkAll } from './check.ts';
import { SERVED_TWICE } from './faults.ts';
import { copyDatabase } from './files.ts';

/** How the copies of a database are made and looked over, with connections of their own. */
export function toolsFor({ file, secretFile }: { file: string; secretFile: string }): Omit<Tools, 'tell'> {
  // what was the newest row before the copy is made must be in it
  const head = keptAuditHead(secretFile);

  async function copy(target: string) {
    refuseToFill(dirname(target), statSync(file).size);
    const source = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 10_000 });
    try {
      await copyDatabase(source, target);
    } finally {
      source.close();
    }
  }

  async function lookOver(plain: string): Promise<Looked> {
    const secrets = readSecrets(secretFile);
    const sqlite = openSqlite(plain, secrets.audit, secrets.former);
    addSeals(sqlite, secrets, sealingAgain);
    const db = queryBuilder(sqlite);
    try {
      const found = await checkAll({ db, sqlite }, head);
      const lastAuditRow = (await headOf(db, 'audit'))?.id ?? null;
      sqlite.pragma('journal_mode = DELETE'); // a copy is one file that needs no other
      // somebody whom the helpdesk has not decided about yet takes nothing from a copy
      return { faults: found.filter((fault) => !fault.startsWith(SERVED_TWICE)), lastAuditRow };
    } finally {
      await db.destroy();
    }
  }

  return { copyDatabase: copy, lookOver };
}
