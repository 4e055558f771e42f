import { sql } from 'kysely';
import { digitTriples } from '../base/folding.ts';
import type { Db } from '../data/database.ts';
import { whileUnchanged } from '../data/unchanged.ts';
import { COLUMNS, isEnough, type Term, type Word } from './search-words.ts';

/** What the trigram index is asked, and whether its answer needs no second look. */
export type Match = { expression: string; isExact: boolean };

/** Up to so many characters are looked up as they stand; of a longer text, its rarest trigrams. */
const LONGEST_PHRASE = 6;
/** In the index, characters of this kind stand for numbers, too. */
const PRIVATE = /\p{Co}/u;
const ONLY_DIGITS = /^\d+$/;
const MOST = 3;
const MOST_PAIRS = 2;
/** What it costs to look at a mailbox that the index finds, against reading its place in the index. */
const SECOND_LOOK = 15;
/** So many mailboxes show how rare a trigram is. */
const SAMPLE = 150;

/** The index's question for some words. */
export async function matchOf(db: Db, words: Word[]): Promise<Match> {
  const asked = words.filter((terms) => terms.every(({ text }) => isEnough(text)));
  const plain = asked.flatMap((terms) => (terms.length === 1 ? terms : []));
  const questions = plain.length === 0 ? [] : [within(plain[0], await questionOfAll(db, plain))];
  for (const terms of asked) if (terms.length > 1) questions.push(await eitherOf(db, terms));
  return {
    expression: questions.map(({ expression }) => expression).join(' AND '),
    isExact: asked.length === words.length && questions.every(({ isExact }) => isExact),
  };
}

async function eitherOf(db: Db, terms: Word): Promise<Match> {
  const questions: Match[] = [];
  for (const term of terms) questions.push(within(term, await questionOf(db, term.text)));
  return {
    expression: `(${questions.map(({ expression }) => expression).join(' OR ')})`,
    isExact: questions.every(({ isExact }) => isExact),
  };
}

/** A question about the columns of a term. */
function within(term: Term | undefined, { expression, isExact }: Match): Match {
  const columns = term?.columns ?? COLUMNS;
  const where = columns.length === COLUMNS.length ? '' : `{${columns.join(' ')}} : `;
  return { expression: `(${where}(${expression}))`, isExact };
}

/** Of several words what is rarest together is asked for, the rarest of their pairs, and all of their numbers. */
async function questionOfAll(db: Db, terms: Term[]): Promise<Match> {
  const texts = terms.map(({ text }) => text);
  const [first = '', ...more] = texts;
  if (more.length === 0) return questionOf(db, first);
  const parts: string[] = [];
  const letters: string[] = [];
  const pairs: string[] = [];
  for (const text of texts) {
    const numbers = digitTriples(text);
    if (numbers !== '') parts.push(allOf(numbers.split(' ')));
    else if ([...text].length === 2) pairs.push(text);
    else letters.push(text);
  }
  for (const pair of await rarestPairs(db, pairs)) parts.push(`(${await beginningWith(db, pair)})`);
  if (letters.length > 0) parts.push(allOf(await rarest(db, letters)));
  return { expression: parts.join(' AND '), isExact: false };
}

/** A text of two characters is the beginning of the trigrams that hold it; of a longer one, what is rarest is asked for. */
async function questionOf(db: Db, text: string): Promise<Match> {
  const characters = [...text];
  const isPlain = !PRIVATE.test(text);
  if (characters.length === 2) return { expression: await beginningWith(db, text), isExact: isPlain };
  const numbers = digitTriples(text);
  if (numbers !== '') return { expression: allOf(numbers.split(' ')), isExact: ONLY_DIGITS.test(text) };
  if (characters.length <= LONGEST_PHRASE) return { expression: quoted(text), isExact: isPlain };
  return { expression: allOf(await rarest(db, [text])), isExact: false };
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const allOf = (texts: string[]) => texts.map(quoted).join(' AND ');

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

/** To ask the index for a pair is to read some fifty trigrams: a second look at what is left costs less than many of them. */
async function rarestPairs(db: Db, pairs: string[]) {
  return (await fewestFirst(db, pairs, (pair) => [pair])).slice(0, MOST_PAIRS);
}

/** Words in such an order that whatever does not hold them all is found out early: as the sample shows, fewest hold the first. */
export function rarestFirst(db: Db, words: Word[]) {
  return fewestFirst(db, words, (terms) => terms.map(({ text }) => text));
}

async function fewestFirst<T>(db: Db, things: T[], textsOf: (thing: T) => string[]) {
  if (things.length < 2) return things;
  const all = await sampleOf(db);
  const counted = things.map((thing) => {
    const texts = textsOf(thing);
    return { thing, heldBy: all.filter((each) => texts.some((text) => each.includes(text))).length };
  });
  return counted.toSorted((one, other) => one.heldBy - other.heldBy).map(({ thing }) => thing);
}

const sampleOf = (db: Db) => whileUnchanged(db, 'mailbox sample', () => someOf(db));

/** What mailboxes from all over the table are searched by. */
async function someOf(db: Db) {
  const { rows } = await sql<{ text: string }>`
    select name || char(10) || email || char(10) || login || char(10) || identity as text
    from (select max(id) as newest from mailbox) cross join json_each(${JSON.stringify([...Array(SAMPLE).keys()])}) as part
    join mailbox_to_search on mailbox_id = newest - newest * part.value / ${sql.lit(SAMPLE)}`.execute(db);
  return rows.map((row) => row.text);
}

/**
 * The trigrams of some words that cost least together, as far as a sample of the mailboxes shows: reading what the index has
 * of each, and a second look at what all of them find. Of what the sample does not show, those that share a character
 * are taken for telling nearly the same, and others for having nothing to do with each other.
 */
async function rarest(db: Db, words: string[]) {
  const all = await sampleOf(db);
  const places = [...all.keys()];
  const characters = words.flatMap((word) => [...[...word], '', '']); // so parted, none is of two words
  const trigrams = [...characters.keys()].flatMap((at) => {
    const three = characters.slice(at, at + 3);
    if (three.length < 3 || three.includes('')) return [];
    const trigram = three.join('');
    const among = places.filter((place) => all[place]?.includes(trigram));
    return { at, trigram, among, share: shareOf(among.length) };
  });
  const picked: typeof trigrams = [];
  let found = { left: places, share: 1 };
  const most = MOST + words.length - 1;
  while (picked.length < most) {
    const others = trigrams.filter(({ trigram }) => picked.every((each) => each.trigram !== trigram));
    const tries = others.map((next) => {
      const left = picked.length === 0 ? next.among : next.among.filter((place) => found.left.includes(place));
      const isNear = picked.some(({ at }) => Math.abs(at - next.at) <= 2);
      const guess = isNear ? Math.min(found.share, next.share) / 2 : found.share * next.share;
      const share = left.length > 0 ? left.length / SAMPLE : guess;
      return { next, found: { left, share }, cost: next.share + SECOND_LOOK * share };
    });
    const [best] = tries.toSorted((one, other) => one.cost - other.cost);
    if (best === undefined || (picked.length > 0 && best.cost >= SECOND_LOOK * found.share)) break;
    picked.push(best.next);
    found = best.found;
  }
  return picked.map(({ trigram }) => trigram);
}

const shareOf = (rows: number) => (rows + 0.5) / SAMPLE;
