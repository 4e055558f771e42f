import { t } from 'tap';
import { readRows } from '../../src/bulk/file.ts';
import { KINDS } from '../../src/bulk/kinds.ts';
import { checkRows } from '../../src/bulk/rows.ts';
import { usageColumns } from '../../src/usage/columns.ts';
import { stateOfTables } from '../doors/tables.ts';
import {
  formWithFile,
  HEAD,
  preparedRun,
  ROW,
  rowsAt,
  runAt,
  someMailboxes,
  startBulk,
  uploadFile,
  workOffRuns,
} from './runs.ts';

// What people and programs send for a CSV file: read, or refused in words, and nothing saved by halves.

const READ: Record<string, string | Buffer> = {
  'UTF-8 with a mark, Windows lines': `\ufeff${HEAD}\r\n${ROW}\r\n`,
  'semicolons, Malay headings, words for choices':
    'Jenis pendaftaran;Nama penuh (seperti di K/P);No. Kad Pengenalan;notify_kind;notify_email\n' +
    'Penjawat Awam;"Aminah binti Yusof";900101145678;E-mel persendirian pengguna;aminah@rumah.test\n',
  'tabs, English headings in other case and spaces':
    'Kind OF  registration\tfull_NAME\tIdentity card number\tnotify_kind\tnotify_email\nCivil Servant\tAminah binti Yusof\t900101-14-5678\tPersonal\tAMINAH@rumah.test',
  'UTF-16, as Excel writes Unicode text': Buffer.from(
    `\ufeff${HEAD.replaceAll(',', '\t')}\n${ROW.replaceAll(',', '\t')}\n`,
    'utf16le',
  ),
  'empty lines and empty cells at the end': `${HEAD},\n\n${ROW},,\n\n`.replace(`${HEAD},`, HEAD),
  'columns of our own reports': `line,${HEAD},Result\n7,${ROW},Betulkan\n`.replace('line', 'Baris fail'),
  'a line that tells the separator': `sep=;\r\n${HEAD.replaceAll(',', ';')}\r\n${ROW.replaceAll(',', ';')}\r\n`,
  'the same, quoted and filled up': `\ufeff"sep=;";;;\n${HEAD.replaceAll(',', ';')}\n${ROW.replaceAll(',', ';')}\n`,
  'empty columns at the end of every line': `${HEAD},,,\n${ROW},,,\n,,,,,,,\n`,
  'headings that end otherwise than rows': `${HEAD}\r\n${ROW}\n`,
  'rows that end otherwise than headings': `${HEAD}\n${ROW}\r\n`,
  'lines of an old Macintosh': `${HEAD}\r${ROW}\r`,
  'formulas that are nothing but a text': `${HEAD}\n="civil_servant","=""Aminah binti Yusof""",="900101145678",="personal",aminah@rumah.test\n`,
  'an apostrophe before what begins like a formula': `${HEAD}\n${ROW.replace('Aminah binti Yusof', "'=Aminah binti Yusof")}\n`,
};

t.test('files of all kinds of spreadsheets are read', async (t) => {
  const { ipms, admin } = await startBulk(t);
  for (const [what, bytes] of Object.entries(READ)) {
    const place = await preparedRun(t, ipms, admin, 'access-codes', bytes);
    const [row] = await rowsAt(ipms, place);
    t.match(await runAt(ipms, place), { state: 'checked', total: 1 }, what);
    t.match(JSON.parse(row?.input ?? '{}'), { category: ['civil_servant'], notify_kind: ['personal'] }, what);
  }
  const name = Buffer.concat([
    Buffer.from(`${HEAD}\n`),
    Buffer.from('civil_servant,José Peña,900101-14-5678,personal,a@rumah.test', 'latin1'),
  ]);
  const place = await preparedRun(t, ipms, admin, 'access-codes', name);
  t.equal((await rowsAt(ipms, place))[0]?.label, 'José Peña', 'Windows-1252');
});

t.test('a file with the headings of an older template is read', async (t) => {
  const read = async (kind: Parameters<typeof readRows>[0], file: string) =>
    (await readRows(kind, Buffer.from(file)))[0];
  const { disabling, deletion } = KINDS;
  for (const heading of ['Aktifkan sendiri pada tarikh akhir', 'Enable by itself on the until-date'])
    t.match(await read(disabling, `mailbox,reason,${heading}\na@b.test,Cuti,ya\n`), {
      cells: { enable_by_itself: 'ya' },
    });
  const heir = await read(
    deletion,
    'mailbox,reason,effective_on,Pengendali baru (Primary E-mail)\na@b.test,Bersara,1/12/2026,c@b.test\n',
  );
  t.match(heir, { cells: { new_owner: 'c@b.test' } });
  const usage = 'E-mel,Digunakan (MB),Tarikh angka,Aktiviti mel terakhir\na@b.test,1,24/11/2026,23/11/2026\n';
  t.match(await read(usageColumns, usage), { cells: { last_mail: '23/11/2026' } });
});

const REFUSED: Record<string, [string | Buffer, RegExp]> = {
  'an empty file': ['', /tiada baris/],
  'headings only': [`${HEAD}\n`, /tiada baris/],
  'another heading': [`${HEAD},Gaji\n${ROW},1\n`, /Tidak dikenali: Gaji\./],
  'a heading that is missing': [`category,full_name\nother,Kaunter\n`, /Tiada: /],
  'a heading that is there twice': [`${HEAD},full_name\n${ROW},x\n`, /Berulang: Nama penuh/],
  'a quote that does not close': [`${HEAD}\n${ROW.replace('Aminah', '"Aminah')}\n${ROW}\n`, /Tanda petik tidak betul/],
  NUL: [`${HEAD}\n${ROW}\0\n`, /bukan teks CSV/],
  'a program': [Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]), /bukan teks CSV/],
  'a cell without an end': [`${HEAD}\n${'x'.repeat(200_000)}`, /terlalu panjang/],
  'UTF-16 cut in the middle of a character without its mark': [Buffer.from(HEAD, 'utf16le'), /bukan teks CSV/],
  '100,000 short rows': [`${HEAD}\n${'a,b,c,d,e\n'.repeat(100_000)}`, /melebihi 20000 baris/],
};

t.test('what cannot be read is refused beside the field, and nothing is kept', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const before = await stateOfTables(ipms.db);
  for (const [what, [bytes, words]] of Object.entries(REFUSED)) {
    const answer = await uploadFile(admin, 'access-codes', bytes);
    t.equal(answer.status, 422, what);
    t.match(answer.problems.file, words, what);
    t.match(answer.html, /name="kind" value="access-codes"/, 'the kind is still chosen');
  }
  t.strictSame(await stateOfTables(ipms.db), before);
});

t.test('days are read as exports have them, and as people here write them', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const [one, other] = await someMailboxes(ipms, 'JC', 2);
  const file = `mailbox,reason,disabled_from,disabled_until
${one?.primary_email},study_leave,2026-12-24,2027-01-05
${other?.primary_email},study_leave,24/12/2026,5/1/2027`;
  const place = await preparedRun(t, ipms, admin, 'disabling', file);
  t.match(await runAt(ipms, place), { state: 'checked' });
  const answer = await admin.submit(place, `${place}/confirm`);
  t.equal(answer.status, 303);
  await workOffRuns(ipms);
  const orders = await ipms.db
    .selectFrom('disabling')
    .select(['disabled_from', 'disabled_until'])
    .where('mailbox_id', 'in', [one?.id ?? 0, other?.id ?? 0])
    .where('status', '=', 'planned')
    .execute();
  const order = { disabled_from: '2026-12-24', disabled_until: '2027-01-05' };
  t.match(orders, [order, order]);
});

t.test('every bad row is named at once, with line, column and reason', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const file = [
    HEAD,
    ROW,
    'civil_servant,,901301-14-5678,personal,aminah@rumah.test',
    'raja,Siti,900101-14-5679,admin,siti',
    'civil_servant,Aminah binti Yusof,900101145678,personal,lain@rumah.test',
    'civil_servant,"Terlalu',
    'pendek",1,2',
    'other,Kaunter 1,,personal,kaunter@rumah.test',
  ].join('\n');
  const place = await preparedRun(t, ipms, admin, 'access-codes', file);
  t.equal((await runAt(ipms, place)).state, 'refused');
  const page = await admin.get(place);
  const found = page.dom
    .querySelectorAll('tbody tr')
    .map((row) => row.querySelectorAll('td').map((cell) => cell.textContent.trim()));
  const at = (line: number) => found.filter(([each]) => Number(each) === line).map(([, , column]) => column);
  t.strictSame(at(2), ['No. Kad Pengenalan'], 'the same person as in line 5');
  t.match(page.text, /Sama dengan baris 5/);
  t.match(page.text, /Sama dengan baris 2/);
  t.strictSame(at(3), ['Nama penuh (seperti di K/P)', 'No. Kad Pengenalan']);
  t.equal(at(4).length, 3);
  t.match(page.text, /"raja" bukan satu pilihan\. Pilih daripada: Penjawat Awam, Lain-lain/);
  t.equal(found.filter(([, , column]) => column === 'Seluruh baris').length, 1, 'a row with too few cells');
  t.strictSame(at(7), ['Alamat e-mel'], 'a rule between fields, in the row that follows a cell of two lines');
  t.match((await admin.get(`${place}?q=Siti`)).text, /raja/);
  t.match((await admin.get(`${place}?format=csv`)).html, /raja/, 'as a file');
  t.equal(
    (await admin.post(`${place}/confirm`, { _csrf: await admin.token(place) })).status,
    409,
    'nobody can confirm it',
  );
  t.equal((await admin.submit(place, `${place}/cancel`)).status, 303);
  t.match(await runAt(ipms, place), { state: 'discarded', rows_kept: 0 });
  await workOffRuns(ipms);
  t.equal((await rowsAt(ipms, place)).length, 0);
});

t.test('formulas in a file do not come out as formulas', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const place = await preparedRun(
    t,
    ipms,
    admin,
    'access-codes',
    `${HEAD}\n${ROW.replace('Aminah', '=HYPERLINK(A1) Aminah')}\n`,
  );
  t.match((await admin.get(`${place}?format=csv`)).html, /'=HYPERLINK/);
});

t.test('fields with names that mean something to JavaScript mean nothing', async (t) => {
  const { ipms, admin } = await startBulk(t);
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const _csrf = await admin.token('/admin/bulk/new?kind=access-codes');
    const fields = { _csrf, kind: 'access-codes', [name]: 'x' };
    const { body, headers } = formWithFile(fields, { name: 'x.csv', bytes: `${HEAD},${name}\n${ROW},1\n` });
    const answer = await admin.send('POST', '/admin/bulk/new', body, headers);
    t.ok([400, 422].includes(answer.status), `${name}: ${answer.status}`);
    t.equal(({} as Record<string, unknown>).x, undefined);
  }
  t.equal((await ipms.db.selectFrom('bulk_run').select('id').where('file_name', '=', 'x.csv').execute()).length, 0);
});

/** The rows that were refused: which, the column, and why. */
async function faultsIn(file: string | Buffer, kind: keyof typeof KINDS = 'access-codes') {
  const checked = await checkRows(KINDS[kind], await readRows(KINDS[kind], Buffer.from(file)));
  return checked.flatMap(({ line, problems }) => problems.map(({ column, key }) => [line, column, key]));
}

t.test('a row is named by the number that it has in the spreadsheet', async (t) => {
  const bad = ROW.replace('900101-14-5678', '1');
  for (const [file, line] of [
    [`${HEAD}\n${bad}\n`, 2],
    [`${HEAD}\n\n\n${bad}\n`, 4],
    [`${HEAD}\n"civil_servant","Siti\nAminah\n",850615075432,personal,s@rumah.test\n${bad}\n`, 3],
    [`${HEAD}\r\n"civil_servant","Siti\r\nAminah",850615075432,personal,s@rumah.test\r\n${bad}\r\n`, 3],
    [`sep=,\n${HEAD}\n${bad}\n`, 2],
  ] as const)
    t.strictSame(
      (await faultsIn(file)).filter(([, column]) => column === 'ic_number'),
      [[line, 'ic_number', 'form.icNumber']],
      file,
    );
  const quote = await readRows(KINDS['access-codes'], Buffer.from(`${HEAD}\n"a\n\n","b"x\n`)).catch((error) => error);
  t.match(quote, { key: 'bulk.file.quotes', params: { line: 2 } });
});

t.test('what a spreadsheet or a way of saving has spoilt is said, cell by cell', async (t) => {
  const line = (ic: string, name: string | Buffer = 'Aminah') =>
    Buffer.concat([Buffer.from('civil_servant,'), Buffer.from(name), Buffer.from(`,${ic},personal,a@rumah.test\n`)]);
  const head = Buffer.from(`${HEAD}\n`);
  const faults = (...lines: Buffer[]) => faultsIn(Buffer.concat([head, ...lines]));
  t.strictSame(await faults(line('10203145678')), [[2, 'ic_number', 'form.icNumberShort']]);
  t.strictSame(await faults(line('203145678')), [[2, 'ic_number', 'form.icNumberShort']], 'born in the year 2000');
  t.strictSame(await faults(line('9.00101E+11')), [[2, 'ic_number', 'form.icNumberRounded']]);
  t.strictSame(await faults(line('"9,00101E+11"')), [[2, 'ic_number', 'form.icNumberRounded']]);
  const latin = Buffer.from('José', 'latin1');
  t.strictSame(
    await faults(line('900101145678', 'Nu’man'), line('850615075432', latin)),
    [[3, 'full_name', 'bulk.spoilt']],
    'one byte of Windows-1252 among UTF-8',
  );
  t.strictSame(
    await faultsIn(Buffer.concat([Buffer.from('\ufeff'), head, line('850615075432', latin)])),
    [[2, 'full_name', 'bulk.spoilt']],
    'the same below a mark of UTF-8',
  );
  t.strictSame(await faults(line('850615075432', latin)), [], 'a file that is Windows-1252 as a whole is read');
  for (const name of ['JosÃ©', 'Nuâ€™man', 'Jos\ufffd'])
    t.strictSame(await faults(line('850615075432', name)), [[2, 'full_name', 'bulk.spoilt']], name);
  t.strictSame(await faults(line('850615075432', 'João Ângela')), [], 'such letters by themselves are a name');
});

const CHANGES = 'mailbox,state,postcode,grade';

t.test('a choice is read as people write it, or the nearest are named', async (t) => {
  const values = async (cells: string) => {
    const [row] = await checkRows(KINDS.changes, await readRows(KINDS.changes, Buffer.from(`${CHANGES}\n${cells}\n`)));
    return row;
  };
  for (const [typed, state] of [
    ['W.P. Putrajaya', 'Wilayah Persekutuan Putrajaya'],
    ['WP KL', 'Wilayah Persekutuan Kuala Lumpur'],
    ['Wilayah Persekutuan (Labuan)', 'Wilayah Persekutuan Labuan'],
    ['kuala lumpur', 'Wilayah Persekutuan Kuala Lumpur'],
    ['PENANG', 'Pulau Pinang'],
    ['P. Pinang', 'Pulau Pinang'],
    ['Negeri Perak', 'Perak'],
    ['Selangor Darul Ehsan', 'Selangor'],
    ['N. Sembilan', 'Negeri Sembilan'],
  ] as const)
    t.match(await values(`a.b,${typed},,`), { typed: { state: [state] }, problems: [] }, typed);
  for (const [typed, grade] of [
    ['Gred 41', '41'],
    ['N41', '41'],
    ['DG 44', '44'],
    ['Gred N 09', '9'],
    ['jusa c', 'JUSA C'],
    ['Turus III', 'TURUS 3'],
  ] as const)
    t.match(await values(`a.b,,,${typed}`), { typed: { grade: [grade] }, problems: [] }, typed);
  for (const cells of [',WP Johor,,', ',Wilayah Persekutuan,,', ',Darul,,', ',,,Gred 410', ',,,N0', ',,,Turus IIII'])
    t.match((await values(`a.b${cells}`))?.problems, [{ key: 'bulk.notAChoice' }], cells);
  const problem = (await values('a.b,Trengganu,,'))?.problems[0];
  t.match(problem?.params?.choices, { ms: /^Terengganu, / }, 'the last of many comes first when it is the nearest');
  t.match((await values('a.b,,,JUSSA C'))?.problems[0]?.params?.choices, { en: /^JUSA C, / });
  t.strictSame(await faultsIn(`${CHANGES}\na.b,,5000,\n`, 'changes'), [[2, 'postcode', 'form.postcodeShort']]);
});
