import { existsSync, readFileSync } from 'node:fs';
import { SYSTEM } from './base/actor.ts';
import { writeDurably } from './base/durable-file.ts';
import { inAct, UNSET } from './data/act.ts';
import type { Db } from './data/database.ts';
import { audit } from './trail/audit.ts';
import { type Head, headOf, isThere } from './trail/chain.ts';

export const headFile = (secretFile: string) => `${secretFile}.audit-head`;
/** Of a trail without any row: from its beginning, an installation has a head, so that one that is missing shows. */
export const NO_ROW: Head = { id: 0, hash: '' };

/** The newest audit row and the newest record; a head that an older IPMS kept knows of no record. */
export type KeptHead = Head & { record?: Head };

/**
 * Keeps the number and seal of the newest audit row and of the newest record beside the key, so that cutting off the end of
 * either shows. What was kept is only ever replaced by what follows it. One that cannot be read shows nothing any more: that is audited,
 * and what is the newest row then is kept from there on (decision 006).
 * @returns the row from which on the end is watched again, when the kept one could not be read
 * @throws Error when the row that was kept is not in the trail any more
 */
export async function keepAuditHead(db: Db, secretFile: string, now: Date): Promise<number | null> {
  const kept = keptAuditHead(secretFile);
  for (const [table, called, head = NO_ROW] of [
    ['audit', 'audit row', kept],
    ['record', 'record', kept?.record],
  ] as const)
    if (head.id > 0 && !(await isThere(db, table, head)))
      throw new Error(`${called} ${head.id} is not what it was: npm run ipms -- check tells more`);
  const head = await headsOf(db);
  if (head.id !== kept?.id || head.record.id !== kept.record?.id) writeAuditHead(secretFile, head);
  if (kept !== undefined) return null;
  await auditLoss(db, head, now); // only once it is written: where it cannot be, there would be a row each minute
  return head.id;
}

/** The newest audit row and the newest record there are. */
export async function headsOf(db: Db) {
  const [audit = NO_ROW, record = NO_ROW] = [await headOf(db, 'audit'), await headOf(db, 'record')];
  return { ...audit, record };
}

/** Whoever cut the trail and its head does not go unseen after the head is there again. */
async function auditLoss(db: Db, { id }: Head, now: Date) {
  const item = { type: 'audit' as const, id: 0, name: 'IPMS', agencyId: null };
  const entry = { action: 'audit-trail.head-lost' as const, item, after: { last_audit_row: id } };
  await inAct(db, { actor: SYSTEM, now, settings: UNSET }, (act) => audit(act, entry));
}

/** Puts a head in place of the kept one, whatever that was: only for a trail that is new, or was restored from a backup. */
export function writeAuditHead(secretFile: string, head: KeptHead) {
  writeDurably(headFile(secretFile), JSON.stringify(head), true);
}

/** The kept head; undefined when it is missing, or is none as it was written. */
export function keptAuditHead(secretFile: string): KeptHead | undefined {
  try {
    const head = JSON.parse(readFileSync(headFile(secretFile), 'utf8')) as KeptHead | null;
    if (isHead(head) && (head.record === undefined || isHead(head.record))) return head;
  } catch (error) {
    const isOurs = error instanceof SyntaxError || (error as NodeJS.ErrnoException).code !== undefined;
    if (!isOurs) throw error;
  }
  return undefined;
}

function isHead<Some extends Head>(head: Some | null): head is Some {
  return head !== null && Number.isSafeInteger(head.id) && head.id >= 0 && typeof head.hash === 'string';
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
