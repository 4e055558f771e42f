import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import Papa from 'papaparse';
import { t } from 'tap';
import { csvOf, guard, unguard } from '../../src/lists/csv.ts';
import { APPLICATION } from '../account-requests/joining.ts';
import { startIpms, type Visitor } from '../helper.ts';
import { download, unzip } from '../records/download.ts';

// Files that go out, read by another author's reader: each cell stays one cell, and none calculates.

/** The rows of a file, as a spreadsheet has them. */
function read(file: string) {
  const { data, errors } = Papa.parse<string[]>(file.replace(/\r\n$/, ''), { delimiter: ',', newline: '\r\n' });
  t.strictSame(errors, []);
  const bare = file.replace(/"(?:[^"]|"")*"/g, '').replaceAll('\r\n', '');
  t.notMatch(bare, LINE, 'what some reader takes for the end of a line stands in quotation marks');
  return data;
}

const LINE = /[\n\r\v\f\u0085\u2028\u2029]/;
const CALCULATES = /^[=+\-@\t\uff1d\uff0b\uff0d\uff20]/;
const isHarmless = (cell: string) => !/^\r/.test(cell) && cell.split(LINE).every((line) => !CALCULATES.test(line));

const HARD = [
  ...'=+-@\t\r\n\v\f\u0085\u2028\u2029\'", ;|\ufeff＝＋－＠a1\0é你😀',
  '\r\n',
  '"\n',
  '=1+2',
  "'=",
  '""',
  '\n\r',
];
const hardText = fc.array(fc.constantFrom(...HARD), { maxLength: 12 }).map((parts) => parts.join(''));
const cell = fc.oneof(hardText, fc.string({ unit: 'binary' }), fc.string());

t.test('whatever the cells hold, another reader finds just them, and none that calculates', async (t) => {
  const matrix = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(matrix, async (rows) => {
      // each file has headings: without them, an empty cell alone is no line
      const found = read(await text(csvOf([[['heading']], rows]))).slice(1);
      t.strictSame(
        found,
        rows.map((row) => row.map(guard)),
      );
      t.strictSame(
        found.map((row) => row.map(unguard)),
        rows,
        'without apostrophes it is what was there',
      );
      t.ok(found.flat().every(isHarmless));
    }),
    { numRuns: 500 },
  );
});

t.test('what begins like a formula has one apostrophe, and all else none', async (t) => {
  for (const [cell, written] of [
    ['=1+2', "'=1+2"],
    ['x\n=1+2\ny', "x\n'=1+2\ny"],
    ['x\r=1+2', "x\r'=1+2"],
    ['x\r\n@A1\r\n-1', "x\r\n'@A1\r\n'-1"],
    ['x\u2028+1\v+2\f\t3', "x\u2028'+1\v'+2\f'\t3"],
    ['\r\n=1', "'\r\n'=1"],
    ["'=1", "''=1"],
    ['＝1', "'＝1"],
    ["d'Cruz - a=b+c@d", "d'Cruz - a=b+c@d"],
    ['x\n\ny', 'x\n\ny'],
  ] as const)
    t.equal(guard(cell), written);
});

async function ask(visitor: Visitor, note: string) {
  const place = '/access-code-requests/new';
  const answer = await visitor.submit(place, place, { ...APPLICATION, note });
  t.equal(answer.status, 303);
}

for (const end of ['\n', '\r', '\r\n'])
  t.test(`a visitor's lines of ${JSON.stringify(end)} are no rows of an administrator's file`, async (t) => {
    const ipms = await startIpms(t);
    const admin = await ipms.signIn('admin.jabatan');
    const files = ['/admin/audit?sop=4.1&format=csv', '/admin/access-code-requests?format=csv'];
    const before: number[] = [];
    for (const url of files) before.push(read((await admin.get(url)).html).length);
    await ask(ipms.visitor(), ['x', '=1+2', '@SUM(A1)', 'y,"z'].join(end));
    for (const [at, url] of files.entries()) {
      const { html } = await admin.get(url);
      const rows = read(html);
      t.equal(rows.length, (before[at] ?? 0) + 1, `${url}: one row more`);
      t.ok(
        rows.every((row) => row.length === rows[0]?.length),
        'each as wide as the headings',
      );
      t.ok(rows.flat().every(isHarmless), url);
      t.notMatch(html, /^[=@]/m, 'nor does a line begin so for who splits at every line end');
    }
    const [audit = ''] = files;
    t.match((await admin.get(audit)).html, "x\n'=1+2\n'@SUM(A1)\ny", 'the note itself is there');
  });

t.test('numbers of procedures, days and seals stay what they are in a spreadsheet', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const columnsOf = async (url: string) => {
    const [heading = [], ...rows] = read((await admin.get(url)).html.replace('\ufeff', ''));
    return (name: string) => rows.map((row) => row[heading.indexOf(name)] ?? 'no such column');
  };
  const records = await columnsOf('/admin/records?format=csv');
  const filed = await ipms.db
    .selectFrom('record')
    .selectAll()
    .where('agency_id', '=', 1)
    .orderBy('id', 'desc')
    .execute();
  t.strictSame(records('Cap integriti').sort(), filed.map(({ hash }) => `seal:${hash}`).sort());
  t.strictSame(records('Prosedur SOP').sort(), filed.map(({ sop }) => `SOP ${sop}`).sort());
  const there = (moment: string) => new Date(Date.parse(moment) + 8 * 3_600_000).toISOString();
  t.strictSame(
    records('Difailkan pada').sort(),
    filed.map(({ filed_at }) => there(filed_at).slice(0, 16).replace('T', ' ')).sort(),
  );
  const audit = await columnsOf('/admin/audit?format=csv');
  t.ok(audit('Prosedur SOP').every((sop) => sop === '' || /^SOP \d\.\d+$/.test(sop)));
  t.ok(audit('Masa').every((time) => /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(time)));
  const boxes = await columnsOf('/admin/mailboxes?format=csv');
  t.ok(
    boxes('Dibina pada').every((day) => /^\d{4}-\d\d-\d\d$/.test(day)),
    String(boxes('Dibina pada')[0]),
  );

  const packed = await download(ipms, admin, '/admin/records/pack', {
    _csrf: await admin.token('/admin/records/pack'),
    from: '01/01/2020',
    to: '24/11/2026',
    count: '200',
  });
  const [heading = [], ...rows] = read(String(unzip(packed.content).get('hashes.csv')).replace('\ufeff', ''));
  const [number, seal, at] = ['No. rekod', 'Cap integriti', 'Difailkan pada'].map((name) => heading.indexOf(name));
  t.strictSame(
    new Map(rows.map((row) => [row[number ?? -1], `${row[seal ?? -1]} ${row[at ?? -1]}`])),
    new Map(
      filed.map((each) => [each.number, `seal:${each.hash} ${there(each.filed_at).slice(0, 16).replace('T', ' ')}`]),
    ),
  );
});
