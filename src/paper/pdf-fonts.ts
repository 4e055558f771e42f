import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font as OpenFont } from 'fontkit';
import { unpackWoff } from './woff.ts';

export type Weight = 'regular' | 'bold';
/** One font file: `name` is unique, and what a document registers it under. */
export type Font = { name: string; open(): OpenFont };
/** Text that one font can show: as it is read and as it is drawn. `shaped`: its glyphs do not stand one for one and in order for its letters. */
export type Piece = { text: string; drawn: string; font: Font; shaped: boolean };

const ours = createRequire(import.meta.url);
const folderOf = (set: string) => dirname(ours.resolve(`@fontsource/${set}/package.json`));

const NUMBER: Record<Weight, number> = { regular: 400, bold: 700 };
const PLAIN = /^[\x20-\x7e\u00a1-\u017f\u2010-\u2026]*$/;
const SHAPED = /[\u0590-\u08ff\u0900-\u0fff\ufb1d-\ufdff\ufe70-\ufeff]/;
/** Two letters for one Jawi letter, ga; the fonts have the second only. */
const DRAWN_AS: Record<string, string> = { '\u0762': '\u06ac' };
const graphemes = new Intl.Segmenter('ms', { granularity: 'grapheme' });

/** A font is read once and kept: opening one takes as long as writing a page. */
function fontFile(set: string, part: string, weight: Weight): Font {
  const name = `${set}-${part}-${NUMBER[weight]}-normal`;
  let opened: OpenFont | undefined;
  return {
    name,
    open() {
      // a collection of fonts is what the reader's types allow for besides
      opened ??= create(unpackWoff(readFileSync(join(folderOf(set), 'files', `${name}.woff`)))) as OpenFont;
      return opened;
    },
  };
}

/** Latin, Jawi and most other alphabets; then Tamil; Chinese, in a hundred files, comes when it is needed. */
const FIRST: Record<Weight, Font[]> = { regular: firstFonts('regular'), bold: firstFonts('bold') };

function firstFonts(weight: Weight) {
  return [fontFile('dejavu-sans', 'latin', weight), fontFile('noto-sans-tamil', 'tamil', weight)];
}

const chinese = new Map<string, Font>();
let chineseRanges: { from: number; to: number; part: string }[] | undefined;

function chineseFont(codePoint: number, weight: Weight): Font | undefined {
  chineseRanges ??= rangesIn(JSON.parse(readFileSync(join(folderOf('noto-sans-sc'), 'unicode.json'), 'utf8')));
  const part = chineseRanges.find(({ from, to }) => from <= codePoint && codePoint <= to)?.part;
  if (part === undefined) return undefined;
  const name = weight + part;
  const font = chinese.get(name) ?? fontFile('noto-sans-sc', part, weight);
  chinese.set(name, font);
  return font;
}

/** `{ "[4]": "U+1f1e9-1f1f5,U+1f21a" }`, as the package says what each of its files holds. */
function rangesIn(parts: Record<string, string>) {
  return Object.entries(parts).flatMap(([name, ranges]) =>
    ranges.split(',').map((range) => {
      const [from = '', to = from] = range.replace(/^U\+/i, '').split('-');
      return { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16), part: name.replace(/[[\]]/g, '') };
    }),
  );
}

const known = new Map<string, Font | null>();

/** The first font that has all of a letter with its marks, or null. */
function fontFor(letter: string, weight: Weight): Font | null {
  const name = weight + letter;
  let found = known.get(name);
  if (found === undefined) {
    const points = Array.from(letter, (each) => each.codePointAt(0) ?? 0);
    const fonts = [...FIRST[weight], chineseFont(points[0] ?? 0, weight)];
    found = fonts.find((font) => points.every((point) => font?.open().hasGlyphForCodePoint(point))) ?? null;
    if (known.size > 20_000) known.clear();
    known.set(name, found);
  }
  return found;
}

/** Cuts a text into pieces of one font each; a character that no font has becomes its number, `U+1F9FF`. */
export function piecesOf(text: string, weight: Weight): Piece[] {
  const base = FIRST[weight][0] as Font;
  if (PLAIN.test(text)) return [{ text, drawn: text, font: base, shaped: false }];
  const pieces: Piece[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const drawn = DRAWN_AS[segment] ?? segment;
    const whole = fontFor(drawn, weight);
    if (whole !== null) add(pieces, { text: segment, drawn, font: whole, shaped: SHAPED.test(segment) });
    else for (const point of segment) add(pieces, shown(point, fontFor(point, weight), base));
  }
  return pieces;
}

function add(pieces: Piece[], piece: Piece) {
  const last = pieces.at(-1);
  if (last?.font === piece.font && last.shaped === piece.shaped) {
    last.text += piece.text;
    last.drawn += piece.drawn;
  } else pieces.push(piece);
}

function shown(character: string, font: Font | null, base: Font): Piece {
  const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const text = font === null ? number : character;
  return { text, drawn: text, font: font ?? base, shaped: SHAPED.test(text) };
}
