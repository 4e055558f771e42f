import type { Db } from '../data/database.ts';
import type { Head } from '../trail/chain.ts';
import { Usage } from './command.ts';

/** The number of a row and its seal, as the daily mail has them, however they were copied. */
const HEAD = /^\D*(\d+)[^\w-]+(?:[^\d\s]+:\s*)?([\w-]{43})\s*$/;

/** @throws Usage when the text is no head */
export function readHead(option: 'head' | 'record-head', text: string): Head {
  const [, id, hash = ''] = HEAD.exec(text) ?? [];
  if (id === undefined)
    throw new Usage(`--${option} takes the number and the seal of a daily mail: --${option} "614 SEAL".`);
  return { id: Number(id), hash };
}

const CALLED = { audit: ['audit row', 'the trail'], record: ['record', 'the chain of records'] } as const;

/**
 * Whoever holds the key and the file can seal a whole chain anew, but not what somebody else has kept of it.
 * @returns what is wrong with the row as it is today, or null when it is there with the same seal
 */
export async function mailedHeadFault(db: Db, table: 'audit' | 'record', { id, hash }: Head): Promise<string | null> {
  const [row, chain] = CALLED[table];
  const found = await db.selectFrom(table).select('hash').where('id', '=', id).executeTakeFirst();
  if (found === undefined) return `${row} ${id}, whose seal was kept elsewhere, is missing: ${chain} was cut off`;
  return found.hash === hash
    ? null
    : `${row} ${id} has another seal than the one kept elsewhere: ${chain} up to there was written anew`;
}
