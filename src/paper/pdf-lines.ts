import { unmarked } from '../base/english-words.ts';
import { type Font, type Piece, piecesOf, type Weight } from './pdf-fonts.ts';

/** Part of a line, where it stands in it, in points; `english` within a text that is not. */
export type Placed = Sized & { x: number };
type Sized = Piece & { width: number; english: boolean };
export type Line = { pieces: Placed[]; width: number };
/** How wide a text is in a font, in points. */
export type Measure = (text: string, font: Font) => number;

type Word = { text: string; pieces: Sized[]; width: number; space: boolean };

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
/** Spaces, one Chinese character, words from the right without the marks around them, all other words. */
const WORDS =
  /\s+|\p{Script=Han}|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+|[^\s\p{Script=Han}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+/gu;
const LEFT_TO_RIGHT = /\p{L}/u;
const graphemes = new Intl.Segmenter('ms', { granularity: 'grapheme' });

/** Breaks a text into lines no wider than `width`: between words, between Chinese characters, and within a word that is longer than a line (`BREAKS`). */
export function linesOf(text: string, weight: Weight, width: number, measure: Measure): Line[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .flatMap((paragraph) => filled(wordsOf(paragraph, weight, measure), weight, width, measure))
    .map(placed);
}

function wordsOf(paragraph: string, weight: Weight, measure: Measure): Word[] {
  const { plain, english } = unmarked(paragraph);
  return Array.from(plain.matchAll(WORDS), ({ 0: word, index }) => {
    const isSpace = /^\s/.test(word);
    const parts = isSpace ? [{ text: ' ', english: isWithin(english, index) }] : partsOf(word, index, english);
    return wordOf(parts, weight, measure);
  });
}

type Part = { text: string; english: boolean };

const isWithin = (english: [number, number][], at: number) => english.some(([from, to]) => from <= at && at < to);

/** A word is in one language, but for signs before and behind a name, as in `(Save)`. */
function partsOf(word: string, start: number, english: [number, number][]): Part[] {
  const end = start + word.length;
  const cuts = english.flat().filter((each) => each > start && each < end);
  return [start, ...cuts].map((from, index) => ({
    text: word.slice(from - start, (cuts[index] ?? end) - start),
    english: isWithin(english, from),
  }));
}

function wordOf(parts: Part[], weight: Weight, measure: Measure): Word {
  const pieces = parts.flatMap(({ text, english }) =>
    piecesOf(text, weight).map((piece) => ({ ...piece, english, width: measure(piece.drawn, piece.font) })),
  );
  const text = parts.map((part) => part.text).join('');
  return { text, pieces, width: pieces.reduce((sum, piece) => sum + piece.width, 0), space: text === ' ' };
}

function filled(words: Word[], weight: Weight, width: number, measure: Measure): Word[][] {
  const lines: Word[][] = [];
  let line: Word[] = [];
  let used = 0;
  const end = () => {
    if (line.at(-1)?.space) line.pop();
    lines.push(line);
    line = [];
    used = 0;
  };
  for (const word of words) {
    if (used + word.width > width && line.length > 0 && !word.space) end();
    if (word.space && line.length === 0) continue;
    const parts = word.width > width ? cut(word.text, weight, width, measure) : [word];
    for (const [index, part] of parts.entries()) {
      if (index > 0) end();
      line.push(part);
      used += part.width;
    }
  }
  end();
  return lines;
}

/** Where a word that is longer than a line is broken, rather than anywhere: an address before its domain, then between its words. */
export const BREAKS = [/(?<=@)/, /(?<=[@._-])/];

/** A word that is longer than a line, in parts that are not; no name in another language is that long. */
function cut(text: string, weight: Weight, width: number, measure: Measure, level = 0): Word[] {
  const wordFrom = (part: string) => wordOf([{ text: part, english: false }], weight, measure);
  const at = BREAKS[level];
  const pieces = at ? text.split(at) : Array.from(graphemes.segment(text), ({ segment }) => segment);
  const parts: Word[] = [];
  let part = '';
  const end = () => {
    const word = wordFrom(part);
    parts.push(...(at && word.width > width ? cut(part, weight, width, measure, level + 1) : [word]));
  };
  for (const piece of pieces) {
    if (part !== '' && wordFrom(part + piece).width > width) {
      end();
      part = '';
    }
    part += piece;
  }
  end();
  return parts;
}

/**
 * Where each piece stands. Words of a script that is written from the right stand in that order among themselves; the
 * pieces stay in the order in which they are read.
 */
function placed(words: Word[]): Line {
  const order = visualOrder(words);
  const starts = new Map<Word, number>();
  let x = 0;
  for (const word of order) {
    starts.set(word, x);
    x += word.width;
  }
  return { pieces: words.flatMap((word) => piecesAt(word, starts.get(word) ?? 0)).reduce(joined, []), width: x };
}

function visualOrder(words: Word[]): Word[] {
  const order: Word[] = [];
  for (let at = 0; at < words.length; ) {
    const end = endOfRightToLeft(words, at);
    if (end > at) order.push(...words.slice(at, end).reverse());
    else order.push(words[at] as Word);
    at = Math.max(end, at + 1);
  }
  return order;
}

/** Where the words from the right that begin here end; numbers and marks between them belong to them. */
function endOfRightToLeft(words: Word[], from: number) {
  let end = from;
  if (!RIGHT_TO_LEFT.test(words[from]?.text ?? '')) return end;
  for (let at = from; at < words.length; at++) {
    const text = words[at]?.text ?? '';
    if (RIGHT_TO_LEFT.test(text)) end = at + 1;
    else if (LEFT_TO_RIGHT.test(text)) break;
  }
  return end;
}

function piecesAt(word: Word, start: number): Placed[] {
  let x = start;
  return word.pieces.map((piece) => {
    const at = { ...piece, x };
    x += piece.width;
    return at;
  });
}

/** Neighbours of one font are written together: fewer orders, and text that can be copied with its spaces. */
function joined(pieces: Placed[], piece: Placed): Placed[] {
  const last = pieces.at(-1);
  if (last !== undefined && belongTogether(last, piece)) {
    last.text += piece.text;
    last.drawn += piece.drawn;
    last.width += piece.width;
  } else pieces.push(piece);
  return pieces;
}

function belongTogether(last: Placed, next: Placed) {
  const beside = Math.abs(last.x + last.width - next.x) < 0.01;
  return beside && last.font === next.font && last.english === next.english && !last.shaped && !next.shaped;
}
