import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { inflateSync } from 'node:zlib';

/**
 * What can be read in a PDF that IPMS made: the text of its pages as a reader's program copies it, by way of each font's
 * table of letters, with what stands for shaped glyphs; one line a piece.
 */
export function textOf(pdf: Buffer) {
  const objects = objectsIn(pdf);
  const letters = new Map<number, Map<string, string>>();
  const tableOf = (font: number) => {
    const known = letters.get(font) ?? lettersOf(objects, font);
    letters.set(font, known);
    return known;
  };
  return [...objects.values()]
    .filter((object) => /\/Type \/Page\b(?!s)/.test(object.head))
    .map((page) => {
      const fonts = fontsOf(objects, page.head);
      const content = objects.get(reference(page.head, 'Contents'))?.stream ?? '';
      return piecesIn(content, (font) => tableOf(fonts.get(font) ?? 0)).join('\n');
    });
}

type PdfObject = { head: string; stream: string };

function objectsIn(pdf: Buffer) {
  const text = pdf.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const found of text.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [head = '', body = ''] = (found[2] ?? '').split(/\nstream\n/);
    const bytes = Buffer.from(body.replace(/\nendstream$/, ''), 'latin1');
    const stream = head.includes('/FlateDecode') ? inflateSync(bytes).toString('latin1') : bytes.toString('latin1');
    objects.set(Number(found[1]), { head, stream });
  }
  return objects;
}

function reference(head: string, name: string) {
  return Number(new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1] ?? 0);
}

/** The page's fonts: their names in its content, and the objects that they are. */
function fontsOf(objects: Map<number, PdfObject>, page: string) {
  const resources = objects.get(reference(page, 'Resources'))?.head ?? page;
  const fonts = /\/Font <<([\s\S]*?)>>/.exec(resources)?.[1] ?? '';
  return new Map([...fonts.matchAll(/\/(F\d+) (\d+) 0 R/g)].map((each) => [each[1] ?? '', Number(each[2])]));
}

function lettersOf(objects: Map<number, PdfObject>, font: number) {
  const table = objects.get(reference(objects.get(font)?.head ?? '', 'ToUnicode'))?.stream ?? '';
  const letters = new Map<string, string>();
  for (const range of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    const first = Number.parseInt(range[1] ?? '', 16);
    for (const [index, each] of [...(range[2] ?? '').matchAll(/<([^>]*)>/g)].entries()) {
      const units = (each[1] ?? '').split(' ').map((unit) => Number.parseInt(unit, 16));
      letters.set((first + index).toString(16).padStart(4, '0'), String.fromCharCode(...units));
    }
  }
  return letters;
}

/** Text orders in their order; between BDC with an actual text and its EMC that text stands for them. */
function piecesIn(content: string, tableOf: (font: string) => Map<string, string>) {
  const pieces: string[] = [];
  let font = '';
  let actual = false;
  for (const line of content.split('\n')) {
    const said = /\/ActualText \(((?:[^()\\]|\\[\s\S])*)\)/.exec(line)?.[1];
    if (said !== undefined) {
      pieces.push(unescaped(said));
      actual = true;
    } else if (line === 'EMC') actual = false;
    font = /\/(F\d+) [\d.]+ Tf/.exec(line)?.[1] ?? font;
    if (!actual && line.endsWith('TJ')) pieces.push(shown(line, tableOf(font)));
  }
  return pieces;
}

function shown(line: string, letters: Map<string, string>) {
  const glyphs = [...line.matchAll(/<([0-9a-f]+)>/g)].flatMap((part) => part[1]?.match(/.{4}/g) ?? []);
  return glyphs.map((glyph) => letters.get(glyph) ?? '\ufffd').join('');
}

/** A PDF string in UTF-16 with its mark, or in plain letters. */
function unescaped(text: string) {
  const plain = text.replace(/\\([nrtbf()\\])/g, (_all, letter: string) => ESCAPES[letter] ?? letter);
  const bytes = Buffer.from(plain, 'latin1');
  return bytes[0] === 0xfe && bytes[1] === 0xff ? bytes.subarray(2).swap16().toString('utf16le') : plain;
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/**
 * What a PDF reader of another maker finds wrong with a file: Debian's `pdftotext`, from poppler-utils. Where it is not
 * installed nothing is asked, and `textOf` alone has read the file.
 */
export async function complaintsOf(pdf: Buffer): Promise<string> {
  const read = await readBy('pdftotext', ['-', '-'], pdf);
  if (read === null) return '';
  return read.code === 0 ? read.complaints : `${read.complaints} exit code ${read.code}`;
}

/** The elements of a PDF with their texts, as that maker's `pdfinfo` hands them to who listens; null where it is not installed. */
export async function structureOf(pdf: Buffer): Promise<string | null> {
  return (await readBy('pdfinfo', ['-struct-text', '-'], pdf))?.said ?? null;
}

async function readBy(program: string, options: string[], pdf: Buffer) {
  const reader = spawn(program, options, { stdio: 'pipe' });
  reader.stdin.on('error', () => {}); // it is not there, or has stopped reading: the exit code says so
  reader.stdin.end(pdf);
  const ended = new Promise<number | 'absent' | null>((resolve, reject) => {
    reader.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve('absent') : reject(error)));
    reader.on('close', resolve);
  });
  const [said, complaints, code] = await Promise.all([text(reader.stdout), text(reader.stderr), ended]);
  return code === 'absent' ? null : { said, complaints, code };
}
