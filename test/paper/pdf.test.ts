import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { inflateSync } from 'node:zlib';
import { t } from 'tap';
import { markEnglish } from '../../src/base/english-words.ts';
import { type PdfBlock, type PdfDocument, pdfOf } from '../../src/paper/pdf.ts';
import { piecesOf } from '../../src/paper/pdf-fonts.ts';
import { START } from '../helper.ts';
import { complaintsOf, structureOf, textOf } from '../records/pdf-text.ts';

const document = (blocks: PdfDocument['blocks'], more: Partial<PdfDocument> = {}): PdfDocument => ({
  language: 'ms',
  title: 'Tajuk & <ujian>',
  at: START,
  foot: 'Kaki halaman',
  blocks,
  ...more,
});
const made = async (blocks: PdfDocument['blocks'], more: Partial<PdfDocument> = {}) =>
  buffer(pdfOf(document(blocks, more)));
const oneLine = (pages: string[]) => pages.join('\n').replaceAll('\n', ' ');

t.test('names in the scripts of Malaysia can be read and copied', async (t) => {
  const names = [
    'Nur Aisyah binti Abdullah',
    'Dayang Nurfaizah @ Ñoñó Łukasz',
    '陈美玲',
    'முருகன்',
    'سليمان',
    'Jugah anak Barieng',
  ];
  const facts = names.map((name, index) => [`Nama ${index}`, name] as const);
  const text = textOf(await made([{ kind: 'facts', facts }])).join('\n');
  const close = (words: string) => words.replace(/\s/g, '');
  for (const name of names) t.ok(close(text).includes(close(name)), name);
});

t.test('a letter that no font has becomes its number, and is not lost', async (t) => {
  const text = oneLine(textOf(await made([{ kind: 'paragraph', text: 'Tanda 𒀀 dan \u0007 sahaja' }])));
  t.match(text, 'U+12000');
  t.match(text, 'U+0007');
  t.match(text, /Tanda .* dan .* sahaja/);
});

/** A letter for each font file that the program chooses by itself for one of these. */
function lettersByFont(from: readonly number[], weight: 'regular' | 'bold') {
  const letters = new Map<string, string>();
  for (const point of from) {
    const letter = String.fromCodePoint(point);
    const [piece] = piecesOf(letter, weight);
    if (piece?.text === letter && letter.trim() !== '') letters.set(piece.font.name, letter);
  }
  return letters;
}

t.test('every font file that can be chosen is read, and its letters are drawn and can be copied', async (t) => {
  const folder = new URL('../../node_modules/@fontsource/noto-sans-sc/', import.meta.url);
  const parts: Record<string, string> = JSON.parse(readFileSync(new URL('unicode.json', folder), 'utf8'));
  const points = Object.values(parts)
    .flatMap((ranges) => ranges.replaceAll('U+', '').split(','))
    .flatMap((range) => {
      const [from = 0, to = from] = range.split('-').map((point) => Number.parseInt(point, 16));
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    });
  for (const weight of ['regular', 'bold'] as const) {
    const letters = lettersByFont([...points, 0x0bae], weight);
    t.ok(letters.size > 90, `${weight}: ${letters.size} files; what the few others hold is in the first font`);
    const all = [...letters.values()].join('');
    const block: PdfBlock = weight === 'bold' ? { kind: 'heading', text: all } : { kind: 'paragraph', text: all };
    const pdf = await made([block]);
    t.equal(await complaintsOf(pdf), '');
    const text = textOf(pdf).join('').replaceAll('\n', '');
    for (const [name, letter] of letters) t.ok(text.includes(letter), `${name}: ${letter}`);
  }
});

t.test('no letter stops a document, not even what is none', async (t) => {
  const hostile = [
    'ไทย ภาษาไทย',
    '場 場所 龘 𠮷 㐂',
    '👩‍👩‍👧‍👦 🇲🇾 ❤️ 1️⃣',
    'سُلَيْمَان ﷺ \u202eتسرب\u202c',
    'முருகன் க்ஷ்ரீ \u0bcd\u0bbf',
    'अनुष्का क्‍ष',
    'e\u0301\u0301\u0301\u20dd',
    '\ue000\uf8ff\u{f0000}\u{10fffd}',
    'a\ud800b\udfffc\udc00\ud800',
    '\u0000\u0001\u0008\u001b\u007f\u0085\ufffe\uffff',
    '\u0378\u{2fffe}\u{e0fff}',
  ];
  for (const text of hostile) {
    const name = JSON.stringify(text);
    const pdf = await made(
      [
        { kind: 'heading', text },
        { kind: 'table', caption: text, columns: [{ heading: text, share: 0.01 }], rows: [[text.repeat(20)]] },
      ],
      { title: text, subtitle: text, foot: text },
    );
    t.equal(await complaintsOf(pdf), '', name);
    t.match(pdf.subarray(-6).toString(), '%%EOF', name);
    const properties = /<x:xmpmeta[\s\S]*<\/x:xmpmeta>/.exec(pdf.toString())?.[0];
    t.match(properties, /<\/dc:title>/, name);
    t.notMatch(properties, /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u, `${name}: what XML allows`);
    for (const page of textOf(pdf)) t.notMatch(page, '\ufffd', `${name}: nothing without a letter behind it`);
  }
});

t.test('the Jawi ga is drawn with a letter that the font has, and read as it is', async (t) => {
  t.match(oneLine(textOf(await made([{ kind: 'paragraph', text: 'نݢارا' }]))), 'نݢارا');
});

t.test('a long table goes over pages: every row once, the heading on each, the pages numbered', async (t) => {
  const rows = function* () {
    for (let row = 0; row < 150; row++) yield [`baris-${row}-x`, 'nilai'];
  };
  const table: PdfBlock = { kind: 'table', columns: [{ heading: 'Pertama' }, { heading: 'Kedua' }], rows: rows() };
  const pages = textOf(await made([table]));
  t.ok(pages.length > 2, `${pages.length} pages`);
  const all = pages.join('\n');
  for (let row = 0; row < 150; row++) t.equal(all.split(`baris-${row}-x`).length, 2, `row ${row}`);
  for (const [index, text] of pages.entries()) {
    t.equal(text.split('Pertama').length, 2, 'the heading is on each page once');
    t.match(text, `Halaman ${index + 1} daripada ${pages.length}`);
    t.match(text, 'Kaki halaman');
  }
});

t.test('a paragraph is broken into lines that fit, between its words', async (t) => {
  const words = Array.from({ length: 200 }, (_, index) => `perkataan${index}`);
  const text = textOf(await made([{ kind: 'paragraph', text: words.join(' ') }])).join('\n');
  const lines = text.split('\n').filter((line) => line.startsWith('perkataan'));
  t.ok(
    lines.every((line) => line.length < 130),
    'no line is longer than the page is wide',
  );
  t.strictSame(lines.join(' ').split(' '), words);
});

t.test('a word longer than a line is cut, a row higher than a page is broken', async (t) => {
  const word = Array.from({ length: 400 }, (_, index) => String.fromCharCode(97 + (index % 26))).join('');
  const tall = Array.from({ length: 120 }, (_, index) => `garis-${index}.`).join('\n');
  const table: PdfBlock = { kind: 'table', columns: [{ heading: 'A' }, { heading: 'B' }], rows: [[word, tall]] };
  const pages = textOf(await made([table]));
  t.ok(pages.length > 1);
  t.match(pages.join('').replaceAll('\n', ''), /abcdefghijklmnopqrstuvwxyz/);
  for (let line = 0; line < 120; line++) t.match(pages.join('\n'), `garis-${line}.`);
});

t.test('a screen reader finds a title, a language, headings and tables', async (t) => {
  const pdf = (
    await made([
      { kind: 'heading', text: 'Bahagian' },
      { kind: 'facts', facts: [['Nama', 'Nilai']] },
      { kind: 'table', caption: 'Senarai', columns: [{ heading: 'A' }], rows: [['1']] },
    ])
  ).toString('latin1');
  t.match(pdf, '%PDF-1.7');
  for (const mark of ['/Lang (ms)', '/Marked true', '/DisplayDocTitle true', '/StructTreeRoot'])
    t.ok(pdf.includes(mark), mark);
  for (const kind of ['H1', 'H2', 'Table', 'TR', 'TH', 'TD', 'Caption']) t.ok(pdf.includes(`/S /${kind}`), kind);
  t.match(pdf, /\/Scope \/Row/);
  t.match(pdf, /\/Scope \/Column/);
  t.notMatch(/<x:xmpmeta[\s\S]*<\/x:xmpmeta>/.exec(pdf)?.[0] ?? '&', /&(?!amp;|lt;|gt;)/, 'the title is no broken XML');
});

/** The orders of all pages, as they are drawn. */
function drawn(pdf: Buffer) {
  const streams = pdf.toString('latin1').matchAll(/\/FlateDecode\n>>\nstream\n([\s\S]*?)\nendstream/g);
  return Array.from(streams, ([, packed = '']) => inflateSync(Buffer.from(packed, 'latin1')).toString('latin1'))
    .filter((orders) => / Tf$/m.test(orders))
    .join('\n');
}

/** Every order that draws, and is within nothing that says what it is. */
function unmarkedOrders(pdf: Buffer) {
  let depth = 0;
  return drawn(pdf)
    .split('\n')
    .filter((order) => {
      if (/ B[DM]C$/.test(order)) depth += 1;
      if (order === 'EMC') depth -= 1;
      return depth === 0 && /(?:^| )(?:TJ|Tj|S|f|re|Do|sh)$/.test(order);
    });
}

const MARK = '<pdfuaid:part>1</pdfuaid:part>';

t.test('a document that says it is one for everybody (PDF/UA) is one', async (t) => {
  const rows = Array.from({ length: 90 }, (_, row) => [`Nur Łucja ${row} – “é” سليمان`, `முருகன் 陈美玲 ${row}`]);
  const pdf = await made(
    [
      { kind: 'heading', text: 'Bahagian' },
      { kind: 'heading', level: 3, text: 'Pecahan' },
      { kind: 'facts', facts: [['Nama', '']] },
      { kind: 'table', columns: [{ heading: 'Satu' }, { heading: 'Dua' }], rows },
    ],
    { title: 'Tajuk' },
  );
  const text = pdf.toString('latin1');
  const properties = /<x:xmpmeta[\s\S]*<\/x:xmpmeta>/.exec(text)?.[0] ?? '';
  t.equal(properties.split(MARK).length, 2);
  t.match(properties, /<dc:title>[\s\S]*Tajuk[\s\S]*<\/dc:title>/);
  t.strictSame(unmarkedOrders(pdf), [], 'all that is drawn is content or decoration');
  t.notMatch(drawn(pdf), /<(?:[0-9a-f]{4})*0000(?:[0-9a-f]{4})*> [\d.-]+ TJ/, 'no letter that a font lacks');
  t.equal(text.split('/S /TH').length - text.split('/Scope /').length, 0, 'each heading says what it heads');
  t.equal(
    text.split('/Type /Page\n').length,
    text.split('/StructParents ').length,
    'and each page knows its structure',
  );
  t.notMatch(text, '/CIDSet', 'no list of glyphs that could be wrong');
  const read = await structureOf(pdf);
  if (read === null) t.comment('what a reader of another maker finds is not asked: there is no pdfinfo');
  else
    for (const each of [
      'Document',
      'H1',
      'H2',
      'H3',
      'Table',
      'Nur Łucja 89 – “é”',
      '"முருகன்"',
      '"陈美玲 89"',
      '/Scope /Column',
    ])
      t.ok(read.includes(each), each);
  // the font has a glyph for it, and nobody knows which letter it is
  const secret = await made([{ kind: 'paragraph', text: 'Huruf \uf6c5' }]);
  t.notMatch(textOf(secret).join(), 'U+F6C5');
  t.notOk(secret.includes(MARK), 'a letter that nobody can say');
  t.ok((await made([{ kind: 'paragraph', text: 'கொ கௌ ஸ்ரீ لا الله' }])).includes(MARK));
});

t.test('an English name within a Malay document says that it is English, also where its line ends in it', async (t) => {
  const text = `(${markEnglish('Disable Account')}) ${'kata '.repeat(200)}${markEnglish('tekan butang Save Changes.')}`;
  for (const content of [text, `${'x '.repeat(55)}${markEnglish('Deleted Mailbox')} akhir`]) {
    const pdf = await made([{ kind: 'paragraph', text: content }], {
      title: markEnglish('Disable Account'),
      foot: markEnglish('Update'),
    });
    const orders = drawn(pdf);
    t.match(orders, /\/Span <<\s*\/MCID \d+\s*\/Lang \(en\)\s*>> BDC/);
    t.equal(orders.match(/ B[DM]C$/gm)?.length, orders.match(/^EMC$/gm)?.length, 'what is opened is closed');
    t.notMatch(oneLine(textOf(pdf)), /[\x0e\x0f]/, 'and nothing of the marks is left');
    t.match(oneLine(textOf(pdf)), /Disable Account/);
    t.match(pdf.toString('latin1'), /rdf:li xml:lang="x-default">Disable Account</);
    t.ok(pdf.includes(MARK));
  }
  const typed = 'Nama \x0esendiri\x0f';
  t.notMatch(
    drawn(await made([{ kind: 'paragraph', text: typed }])),
    '/Lang (en)',
    'what people typed is nobody’s English',
  );
});

t.test('what writes a document holds nobody else up', async (t) => {
  const rows = Array.from({ length: 1500 }, (_, row) => [`Nama yang panjang ${row}`, `alamat.${row}@jabatan.test`]);
  await made([]); // the thread is there
  const before = process.threadCpuUsage();
  await made([{ kind: 'table', columns: [{ heading: 'A' }, { heading: 'B' }], rows }]);
  const { user, system } = process.threadCpuUsage(before);
  t.ok(user + system < 200_000, `${(user + system) / 1000} ms of this thread`);
});

t.test('what fails while it is written ends the stream with the error', async (t) => {
  const rows = (async function* () {
    yield ['satu'];
    throw new Error('no more rows');
  })();
  await t.rejects(made([{ kind: 'table', columns: [{ heading: 'A' }], rows }]), /no more rows/);
  await t.rejects(made([], { at: new Date(Number.NaN) }), RangeError, 'also where the thread fails');
  const ports = async () => {
    await pause(50); // they close by and by
    return process.getActiveResourcesInfo().filter((each) => each === 'MessagePort').length;
  };
  const before = await ports();
  const unsendable = (() => '') as unknown as string;
  await t.rejects(made([], { title: unsendable }), { name: 'DataCloneError' }, 'what the thread cannot be given');
  t.equal(await ports(), before, 'and nothing waits for it');
  t.ok((await made([])).length > 0, 'and others go on');
});

t.test('documents that are written at once do not mix', async (t) => {
  const names = Array.from({ length: 5 }, (_, at) => `Dokumen ke-${at}`);
  const tableOf = (name: string): PdfBlock => ({
    kind: 'table',
    columns: [{ heading: name }],
    rows: Array.from({ length: 120 }, (_, row) => [`${name}, baris ${row}`]),
  });
  const all = await Promise.all(
    names.map((name) => made([tableOf(name), { kind: 'paragraph', text: `Tamat ${name}` }])),
  );
  for (const [at, name] of names.entries()) {
    const text = textOf(all[at] ?? Buffer.alloc(0)).join('\n');
    t.equal(text.split(', baris ').length, 121, name);
    t.equal(text.split(`${name}, baris `).length, 121, 'its own rows');
    t.match(text, `Tamat ${name}`);
  }
});

t.test('the same document at the same moment is the same file', async (t) => {
  const blocks: PdfBlock[] = [{ kind: 'paragraph', text: 'Sama' }];
  t.ok((await made(blocks)).equals(await made(blocks)));
});

t.test('a reader who leaves ends the work, and others are written on', async (t) => {
  const ROWS = 20_000;
  let asked = 0;
  const rows = async function* () {
    for (; asked < ROWS; asked += 1) yield [`baris ${asked}`];
  };
  const left = pdfOf(document([{ kind: 'table', columns: [{ heading: 'Satu' }], rows: rows() }]));
  left.resume();
  while (asked === 0) await turn();
  left.destroy();
  t.match(textOf(await made([{ kind: 'paragraph', text: 'Yang lain' }])).join(' '), 'Yang lain');
  const then = asked;
  t.match(textOf(await made([{ kind: 'paragraph', text: 'Dan lagi' }])).join(' '), 'Dan lagi');
  t.equal(asked, then);
  t.ok(asked < ROWS, `${asked} rows`);
});

t.test('columns are as wide as their rows need, and a long word breaks at its signs first', async (t) => {
  const table = (columns: number, text: string): PdfBlock => ({
    kind: 'table',
    columns: Array.from({ length: columns }, (_, at) => ({ heading: `K${at}` })),
    rows: Array.from({ length: 60 }, () => [text, ...Array(columns - 1).fill('x')]),
  });
  const linesIn = async (block: PdfBlock) => textOf(await made([block])).flatMap((page) => page.split('\n'));
  const address = 'kementerian.pembangunan-negara@jabatan.contoh.test';
  t.equal(
    (await linesIn(table(8, address))).filter((line) => line === address).length,
    60,
    'others need next to nothing',
  );
  const narrow: PdfBlock = {
    kind: 'table',
    columns: Array.from({ length: 3 }, (_, at) => ({ heading: `K${at}`, share: 1 })),
    rows: [[address, 'nur.aisyah_abdul-rahman.kementerian@jabatan.test', 'x'.repeat(70)]],
  };
  const lines = await linesIn(narrow);
  for (const line of [
    'kementerian.pembangunan-',
    'negara@',
    'jabatan.contoh.test',
    'nur.aisyah_abdul-rahman.',
    'kementerian@',
  ])
    t.ok(lines.includes(line), `${line} of ${lines.join(' | ')}`);
  t.ok(
    lines.some((line) => /^x{20,}$/.test(line)),
    'what has no sign breaks where it must',
  );
  const crowded = await linesIn(table(6, 'x'.repeat(900)));
  t.ok(crowded.filter((line) => line === 'x').length >= 60 * 5, 'one endless word leaves the others their room');
  t.match(
    (await linesIn({ ...table(3, 'tiada'), rows: [] } as PdfBlock)).join(' '),
    'K0',
    'no rows, and still its heading',
  );
});
