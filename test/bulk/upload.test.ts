import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { t } from 'tap';
import { readRows } from '../../src/bulk/file.ts';
import { KINDS } from '../../src/bulk/kinds.ts';
import { checkRows } from '../../src/bulk/rows.ts';
import { VERIFIED } from '../account-requests/joining.ts';
import { stateOfTables } from '../doors/tables.ts';
import {
  formWithFile,
  HEAD,
  intakeFile,
  preparedRun,
  ROW,
  rowsAt,
  runAt,
  startBulk,
  uploadFile,
  workOffRuns,
} from './runs.ts';

// A file on its way in: what it may cost, what is not even read, and how long it is kept.

/** What no proxy passes on. */
const HUGE = 100_000_000;

const LARGEST = 5 * 1024 * 1024;
const upTo5MB = (start: string, again: string) => start + again.repeat((LARGEST - start.length) / again.length);
const WIDE = Array.from({ length: 200 }, (_, at) => `x${at}`).join(',');

/** What costs most to read: how it is refused in both languages, and how many steps of reading that takes at most. */
const HOSTILE: Record<string, [file: string, ms: RegExp, en: RegExp, steps: number]> = {
  '5 MB of commas': [
    upTo5MB('', ','),
    /Baris 1 melebihi 100 lajur\. Buang/,
    /Line 1 has more than 100 columns\. Del/,
    40,
  ],
  'a heading of a million columns': [
    upTo5MB('', 'x,').slice(0, 2_000_000),
    /Baris 1 melebihi 100 lajur/,
    /Line 1 has more than 100 columns/,
    40,
  ],
  '200 columns in every row': [upTo5MB('', `${WIDE}\n`), /Baris 1 melebihi 100 lajur/, /Line 1 has more/, 40],
  '200 columns below a right heading': [
    upTo5MB(`${HEAD}\n`, `${WIDE}\n`),
    /Baris 2 melebihi 100 lajur/,
    /Line 2 has more/,
    40,
  ],
  'commas below a right heading': [upTo5MB(`${HEAD}\n`, ','), /Baris 2 melebihi 100 lajur/, /Line 2 has more/, 40],
  'one-letter rows': [upTo5MB('', 'a\n'), /Tidak dikenali: a\./, /Not known: a\./, 100],
  'one-letter rows below a right heading': [
    upTo5MB(`${HEAD}\n`, 'a\n'),
    /melebihi 20000 baris\. Bahagikan/,
    /more than 20000 rows\. Split/,
    21_100,
  ],
  'empty lines': [
    upTo5MB(`${HEAD}\n`, '\n'),
    /melebihi 40000 baris, termasuk baris kosong\. Buang/,
    /more than 40000 lines, with the empty ones\. Delete/,
    41_100,
  ],
  'empty columns': [
    `${HEAD}\n${`${ROW}${','.repeat(80)}\n`.repeat(19_000)}`,
    /melebihi 500000 sel, dikira hingga baris 5\d\d\d\. Buang lajur kosong/,
    /more than 500000 cells, counted up to line 5\d\d\d\. Delete empty columns/,
    7000,
  ],
  'one quoted cell': [
    `${HEAD}\n"${'x'.repeat(LARGEST - 100)}"`,
    /Baris 2 terlalu panjang: had sebaris ialah 64 KB\. Semak tanda petik/,
    /Line 2 is too long: a line may hold 64 KB\. Look at the quotation marks/,
    120,
  ],
  'quotes that never close': [
    upTo5MB(`${HEAD}\n"`, `${ROW}\n`),
    /Baris \d+ terlalu panjang: had sebaris ialah 64 KB/,
    /Line \d+ is too long: a line may hold 64 KB/,
    120,
  ],
};

t.test('what costs most to read is refused with the limit and what to do, in both languages', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const before = await stateOfTables(ipms.db);
  for (const [what, [file, ms, en]] of Object.entries(HOSTILE))
    for (const [language, words] of Object.entries({ ms, en })) {
      admin.carry('ipms-language', language);
      const answer = await uploadFile(admin, 'access-codes', file);
      t.equal(answer.status, 422, what);
      t.match(answer.problems.file, words, what);
    }
  t.strictSame(await stateOfTables(ipms.db), before);
});

t.test('reading ends at the first excess, and gives way after each piece and each row', async (t) => {
  let steps = 0;
  const count = async () => {
    steps += 1;
  };
  const kind = KINDS['access-codes'];
  for (const [what, [file, , , most]] of Object.entries(HOSTILE)) {
    steps = 0;
    t.match(await readRows(kind, Buffer.from(file), count).catch((error) => error), { field: 'file' }, what);
    t.ok(steps > 0 && steps <= most, `${what}: ${steps} steps`);
  }
  steps = 0;
  const long = `${ROW}${' '.repeat(5000)}\n`;
  const file = Buffer.from(`${HEAD}\n${long.repeat(900)}`);
  const rows = await readRows(kind, file, count);
  t.ok(steps >= 900 + file.length / 1024, `${steps} steps`);
  steps = 0;
  await checkRows(kind, rows, count);
  t.equal(steps, 900, 'one for each row that is checked');
});

t.test('the text around a file is short', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const before = await stateOfTables(ipms.db);
  const _csrf = await admin.token('/admin/bulk/new?kind=access-codes');
  const { body, headers } = formWithFile(
    { _csrf, kind: 'x'.repeat(64 * 1024 + 1) },
    { name: 'x.csv', bytes: intakeFile(1) },
  );
  t.equal((await admin.send('POST', '/admin/bulk/new', body, headers)).status, 413);
  t.strictSame(await stateOfTables(ipms.db), before);
});

t.test('more than 5 MB is refused before it is read', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const before = await stateOfTables(ipms.db);
  const answer = await uploadFile(admin, 'access-codes', Buffer.alloc(6 * 1024 * 1024, 'x'));
  t.equal(answer.status, 413);
  t.equal(answer.headers.connection, 'close');
  t.match(answer.text, 'Fail boleh bersaiz sehingga 5 MB');
  t.equal(answer.dom.querySelector('main a.button')?.getAttribute('href'), '/admin/bulk/new', 'and on to another file');
  const { body, headers } = formWithFile(
    { _csrf: await admin.token('/admin/bulk/new?kind=access-codes'), kind: 'access-codes', ...VERIFIED },
    { name: 'x.csv', bytes: Buffer.alloc(5 * 1024 * 1024 + 1, 'x') },
  );
  t.equal((await admin.send('POST', '/admin/bulk/new', body, headers)).status, 413, 'also by one byte');
  t.strictSame(await stateOfTables(ipms.db), before);
});

t.test('what is refused is taken to its end first: browsers and proxies read no answer while they send', async (t) => {
  const { ipms, admin } = await startBulk(t);
  await ipms.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = ipms.app.server.address() as AddressInfo;
  const signedIn = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const send = async (size: number, cookie: string) => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (text) => {
      answer += text;
    });
    socket.on('error', () => undefined);
    const form = formWithFile({ kind: 'access-codes', ...VERIFIED }, { name: 'x.csv', bytes: 'x'.repeat(1000) });
    const begun = form.body.subarray(0, -500);
    socket.write(
      `POST /admin/bulk/new HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\ncontent-type: ${form.headers['content-type']}\r\ncontent-length: ${size}\r\n\r\n`,
    );
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const [request] = (await once(ipms.app.server, 'request')) as [IncomingMessage];
    const { socket: received } = request;
    if (size < HUGE) socket.write(Buffer.concat([begun, Buffer.alloc(size - begun.length, 'x')]));
    await closed;
    return { status: Number(answer.split(' ')[1]), isWhole: received.bytesRead > size };
  };
  t.strictSame(await send(8_000_000, signedIn), { status: 413, isWhole: true }, 'too large');
  t.strictSame(await send(4_000_000, signedIn), { status: 403, isWhole: true }, 'without a token');
  t.strictSame(await send(4_000_000, ''), { status: 403, isWhole: true }, 'the session is over');
  t.strictSame(await send(HUGE, signedIn), { status: 413, isWhole: false }, 'but not without end');
});

t.test('the token comes first: without it the file is not looked at', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const before = await stateOfTables(ipms.db);
  const file = { name: 'x.csv', bytes: intakeFile(1) };
  const _csrf = await admin.token('/admin/bulk/new?kind=access-codes');
  const tries = {
    'no token': formWithFile({ kind: 'access-codes', ...VERIFIED }, file),
    'a wrong token': formWithFile(
      { _csrf: 'abcdefgh-XXXXXXXXXXXXXXXXXXXXXXXXXXX', kind: 'access-codes', ...VERIFIED },
      file,
    ),
    'the token twice': (() => {
      const form = formWithFile({ _csrf, kind: 'access-codes', ...VERIFIED }, file);
      const again = formWithFile({ _csrf })
        .body.toString()
        .replace(/--\r\n$/, '\r\n');
      const first = again.slice(0, again.lastIndexOf('--ipms'));
      return { ...form, body: Buffer.concat([Buffer.from(first), form.body]) };
    })(),
  };
  for (const [what, { body, headers }] of Object.entries(tries))
    t.equal((await admin.send('POST', '/admin/bulk/new', body, headers)).status, 403, what);
  const good = formWithFile({ _csrf, kind: 'access-codes', ...VERIFIED }, file);
  const foreign = { ...good.headers, 'sec-fetch-site': 'cross-site' };
  t.equal((await admin.send('POST', '/admin/bulk/new', good.body, foreign)).status, 403, 'from another site');
  const half = good.body.subarray(0, good.body.length - 60);
  t.equal((await admin.send('POST', '/admin/bulk/new', half, good.headers)).status, 400, 'half a form');
  const many = formWithFile(
    { _csrf, ...Object.fromEntries(Array.from({ length: 121 }, (_, at) => [`f${at}`, 'x'])) },
    file,
  );
  t.equal((await admin.send('POST', '/admin/bulk/new', many.body, many.headers)).status, 413, 'too many fields');
  const none = formWithFile({ _csrf, kind: 'access-codes', ...VERIFIED });
  t.equal((await admin.send('POST', '/admin/bulk/new', none.body, none.headers)).status, 422, 'no file');
  const elsewhere = await admin.send('POST', '/language', good.body, good.headers);
  t.equal(elsewhere.status, 400, 'other routes take no such form');
  t.strictSame(await stateOfTables(ipms.db), before);
});

t.test('what nobody confirms is forgotten, and rows of long ago, too', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const { runDue } = await import('../../src/due.ts');
  const left = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(1));
  const done = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(1, 5));
  await admin.submit(done, `${done}/confirm`);
  await workOffRuns(ipms);
  await runDue(ipms.db, new Date('2026-12-02T06:00:00Z'));
  t.match(await runAt(ipms, left), { state: 'discarded', rows_kept: 0 });
  await workOffRuns(ipms);
  t.equal((await rowsAt(ipms, left)).length, 0);
  t.equal((await rowsAt(ipms, done)).length, 1, 'a report is kept');
  await runDue(ipms.db, new Date('2027-11-25T06:00:00Z'));
  t.match(await runAt(ipms, done), { state: 'done', rows_kept: 0, total: 1, done: 1 });
  await workOffRuns(ipms);
  t.equal((await rowsAt(ipms, done)).length, 0);
});
