import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type AuditHead, auditHead } from './platform/audit.ts';
import type { Db } from './platform/database.ts';

const headFile = (secretFile: string) => `${secretFile}.audit-head`;

/**
 * Keeps the newest audit row's number and seal beside the key, so that cutting off the end of the trail shows.
 * What was kept is only ever replaced by what follows it.
 * @throws Error when the row that was kept is not in the trail any more
 */
export async function keepAuditHead(db: Db, secretFile: string) {
  const kept = keptAuditHead(secretFile);
  if (kept !== undefined) {
    const row = await db.selectFrom('audit').select('hash').where('id', '=', kept.id).executeTakeFirst();
    if (row?.hash !== kept.hash)
      throw new Error(`audit row ${kept.id} is not what it was: npm run ipms -- check tells more`);
  }
  const head = await auditHead(db);
  if (head !== undefined && head.id !== kept?.id) writeAuditHead(secretFile, head);
}

/** Puts a head in place of the kept one, whatever that was: only for a trail that was restored from a backup. */
export function writeAuditHead(secretFile: string, head: AuditHead) {
  const file = headFile(secretFile);
  writeFileSync(`${file}.new`, JSON.stringify(head), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The kept head, if there is one. */
export function keptAuditHead(secretFile: string): AuditHead | undefined {
  const file = headFile(secretFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as AuditHead) : undefined;
}
