import type { Database } from 'better-sqlite3';
import { coarsePlace, digitTriples, fold } from '../base/folding.ts';

/** What SQL needs for searching, on every connection. */
export function addSearchFunctions(sqlite: Database) {
  const add = (name: string, work: (text: string) => string | number) =>
    sqlite.function(name, { deterministic: true }, (text: unknown) => work(String(text ?? '')));
  add('folded', fold);
  add('coarse_place', coarsePlace);
  add('digit_triples', digitTriples);
}
