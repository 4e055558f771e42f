import type { Db } from '../data/database.ts';
import type { Head } from '../trail/chain.ts';
import { Usage } from './command.ts';

/** The number of a row and its seal, as the daily mail has them, however they were copied. */
const HEAD = /^\D*(\d+)[^\w-]+(?:[^\d\s]+:\s*)?([\w-]{43})\s*$/;

/** @throws Usage when the text is no head */
export function readHead(text: string): Head {
  const [, id, hash = ''] = HEAD.exec(text) ?? [];
  if (id === undefined) throw new Usage('--head takes the number and the seal of a daily mail: --head "614 SEAL".');
  return { id: Number(id), hash };
}

/**
 * Whoever holds the key and the file can seal a whole trail anew, but not what somebody else has kept of it.
 * @returns what is wrong with the row in today's trail, or null when it is there with the same seal
 */
export async function mailedHeadFault(db: Db, { id, hash }: Head): Promise<string | null> {
  const row = await db.selectFrom('audit').select('hash').where('id', '=', id).executeTakeFirst();
  if (row === undefined) return `audit row ${id}, whose seal was kept elsewhere, is missing: the trail was cut off`;
  return row.hash === hash
    ? null
    : `audit row ${id} has another seal than the one kept elsewhere: the trail up to there was written anew`;
}
