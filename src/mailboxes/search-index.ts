import { sql } from 'kysely';
import type { Db } from '../platform/database.ts';
import { whileUnchanged } from '../platform/unchanged.ts';
import { COLUMNS, type Part } from './search-words.ts';

/** What the trigram index is asked, and whether its answer needs no second look. */
export type Match = { expression: string; isExact: boolean };

/** Up to so many characters are looked up as they stand; of a longer text, its rarest trigrams. */
const LONGEST_PHRASE = 6;
const [FEWEST, MOST] = [2, 3];
/** What so many of the sample have is not rare. */
const RARE = 0.1;
/** So many mailboxes, in the order in which they were made, show how rare a trigram is. */
const SAMPLE = 150;

/**
 * The index's question for some parts, within the keys of an agency.
 * A text of two characters is the beginning of the trigrams that hold it.
 */
export async function matchOf(db: Db, agencyId: number | null, parts: Part[]): Promise<Match> {
  const questions: string[] = [];
  for (const { text, columns } of parts) {
    const where = columns.length === COLUMNS.length ? '' : `{${columns.join(' ')}} : `;
    const characters = [...text];
    const words =
      characters.length === 2
        ? await beginningWith(db, text)
        : characters.length <= LONGEST_PHRASE
          ? quoted(text)
          : (await rarest(db, agencyId, characters)).map(quoted).join(' AND ');
    questions.push(`(${where}(${words}))`);
  }
  return {
    expression: questions.join(' OR '),
    isExact: parts.every(({ text }) => [...text].length <= LONGEST_PHRASE),
  };
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** What usually follows: asking the index for all of these costs less than asking it which there are. */
const USUAL = [..."\n '-./0123456789@_abcdefghijklmnopqrstuvwxyz"];
/** The rest, from and to; folded texts have no capitals of ASCII, and no controls but the line break. */
const UNUSUAL = ['!&', '(,', ':?', '[^', '``', '{\u{10ffff}'].map((range) => [...range]);

async function beginningWith(db: Db, pair: string) {
  const ranges = UNUSUAL.map(
    ([from, to]) => sql`select term from mailbox_fts_term where term >= ${pair + from} and term <= ${pair + to}`,
  );
  const { rows } = await sql<{ term: string }>`${sql.join(ranges, sql` union all `)}`.execute(db);
  return [...USUAL.map((character) => pair + character), ...rows.map((row) => row.term)].map(quoted).join(' OR ');
}

/** What some mailboxes are searched by. */
async function someOf(db: Db, agencyId: number | null) {
  const { rows } = await sql<{ text: string }>`
    select name || char(10) || email || char(10) || login || char(10) || identity as text
    from mailbox_search indexed by mailbox_search_created where agency_id >= ${agencyId ?? 0}
    order by agency_id, created_at limit ${SAMPLE}`.execute(db);
  return rows.map((row) => row.text);
}

/**
 * The trigrams of a text that few mailboxes have together, as far as a sample of them shows. What is common by itself
 * costs more to read than it parts: a third is taken only if it is rare.
 */
async function rarest(db: Db, agencyId: number | null, characters: string[]) {
  const all = await whileUnchanged(db, `mailbox sample ${agencyId}`, () => someOf(db, agencyId));
  const trigrams = new Set(characters.slice(2).map((_, at) => characters.slice(at, at + 3).join('')));
  const places = [...all.keys()];
  const holders = new Map([...trigrams].map((trigram) => [trigram, places.filter((at) => all[at]?.includes(trigram))]));
  const picked: string[] = [];
  let left = new Set(places);
  while (picked.length < MOST && holders.size > 0) {
    const cost = (among: number[]) => among.filter((at) => left.has(at)).length * all.length + among.length;
    const costs = [...holders].map(([trigram, among]) => ({ trigram, among, cost: cost(among) }));
    const next = costs.reduce((best, each) => (each.cost < best.cost ? each : best));
    if (picked.length >= FEWEST && next.among.length > all.length * RARE) break;
    picked.push(next.trigram);
    holders.delete(next.trigram);
    left = new Set(next.among.filter((at) => left.has(at)));
  }
  return picked;
}
