import { existsSync, readFileSync } from 'node:fs';
import { SYSTEM } from './base/actor.ts';
import { writeDurably } from './base/durable-file.ts';
import { inAct, UNSET } from './data/act.ts';
import type { Db } from './data/database.ts';
import { audit } from './trail/audit.ts';
import { type Head, headOf } from './trail/chain.ts';

export const headFile = (secretFile: string) => `${secretFile}.audit-head`;
/** Of a trail without any row: from its beginning, an installation has a head, so that one that is missing shows. */
export const NO_ROW: Head = { id: 0, hash: '' };

/**
 * Keeps the newest audit row's number and seal beside the key, so that cutting off the end of the trail shows.
 * What was kept is only ever replaced by what follows it. One that cannot be read shows nothing any more: that is audited,
 * and what is the newest row then is kept from there on (decision 006).
 * @returns the row from which on the end is watched again, when the kept one could not be read
 * @throws Error when the row that was kept is not in the trail any more
 */
export async function keepAuditHead(db: Db, secretFile: string, now: Date): Promise<number | null> {
  const kept = keptAuditHead(secretFile);
  if (kept !== undefined && kept.id > 0) {
    const row = await db.selectFrom('audit').select('hash').where('id', '=', kept.id).executeTakeFirst();
    if (row?.hash !== kept.hash)
      throw new Error(`audit row ${kept.id} is not what it was: npm run ipms -- check tells more`);
  }
  const head = (await headOf(db, 'audit')) ?? NO_ROW;
  if (head.id !== kept?.id) writeAuditHead(secretFile, head);
  if (kept !== undefined) return null;
  await auditLoss(db, head, now); // only once it is written: where it cannot be, there would be a row each minute
  return head.id;
}

/** Whoever cut the trail and its head does not go unseen after the head is there again. */
async function auditLoss(db: Db, { id }: Head, now: Date) {
  const item = { type: 'audit' as const, id: 0, name: 'IPMS', agencyId: null };
  const entry = { action: 'audit-trail.head-lost' as const, item, after: { last_audit_row: id } };
  await inAct(db, { actor: SYSTEM, now, settings: UNSET }, (act) => audit(act, entry));
}

/** Puts a head in place of the kept one, whatever that was: only for a trail that is new, or was restored from a backup. */
export function writeAuditHead(secretFile: string, head: Head) {
  writeDurably(headFile(secretFile), JSON.stringify(head), true);
}

/** The kept head; undefined when it is missing, or is none as it was written. */
export function keptAuditHead(secretFile: string): Head | undefined {
  try {
    const head = JSON.parse(readFileSync(headFile(secretFile), 'utf8')) as Head | null;
    if (head !== null && Number.isSafeInteger(head.id) && head.id >= 0 && typeof head.hash === 'string') return head;
  } catch (error) {
    const isOurs = error instanceof SyntaxError || (error as NodeJS.ErrnoException).code !== undefined;
    if (!isOurs) throw error;
  }
  return undefined;
}

/** What is wrong with the kept head, in one line, or null. */
export function headFault(secretFile: string) {
  if (keptAuditHead(secretFile) !== undefined) return null;
  const file = headFile(secretFile);
  return `${file} ${existsSync(file) ? 'cannot be read' : 'is missing'}: whether the end of the audit trail was cut off cannot be told. Compare its newest row with the last daily mail; a running server, or "due", writes the file anew.`;
}

/** What is said once when the head was written anew. */
export function headRenewed(secretFile: string, row: number) {
  return `${headFile(secretFile)} was missing or could not be read, and is written anew: only from audit row ${row} on is the end of the trail watched`;
}
