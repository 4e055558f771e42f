import { sql } from 'kysely';
import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { APPLICATION } from '../account-requests/joining.ts';
import { stateOfTables } from '../doors/tables.ts';
import { type Ipms, START, startIpms } from '../helper.ts';

const FORM = '/access-code-requests/new';
const WITH_NOTE = { ...APPLICATION, note: 'x'.repeat(1000) };

const ask = (ipms: Ipms) => ipms.visitor({ language: 'en' }).submit(FORM, FORM, WITH_NOTE);

t.test('a disk that cannot be written to: a page that says so, nothing kept, reads go on', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const before = await stateOfTables(ipms.db);
  await sql`pragma query_only = on`.execute(ipms.db);
  const refused = await ask(ipms);
  t.equal(refused.status, 503);
  t.match(refused.text, /Nothing was saved.*Reference: [0-9A-F]{10}/);
  t.equal(refused.headers['cache-control'], 'no-store');
  t.strictSame(await stateOfTables(ipms.db), before);
  const login = await ipms
    .visitor()
    .submit('/login', '/login', { login: 'pegawai.jabatan', password: 'Contoh@2026ipms' });
  t.equal(login.status, 503, 'nobody is told to have signed in');
  for (const minutes of [0, 2, 10]) {
    ipms.clock.now = later(START, minutes * MINUTE);
    t.equal((await admin.get('/admin/access-codes')).status, 200, `reads go on, after ${minutes} minutes`);
  }
  await sql`pragma query_only = off`.execute(ipms.db);
  t.equal((await ask(ipms)).status, 303, 'and it works again when the fault is gone');
});

t.test('a full disk: the change that does not fit is not there at all', async (t) => {
  const ipms = await startIpms(t);
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(ipms.db);
  await sql.raw(`pragma max_page_count = ${rows[0]?.page_count}`).execute(ipms.db);
  let kept = 0;
  let last = await ask(ipms);
  while (last.status === 303 && kept < 100) {
    kept += 1;
    last = await ask(ipms);
  }
  t.equal(last.status, 503, `after ${kept} that fitted`);
  const count = async (table: 'access_code_request' | 'audit' | 'outbox', column: string, value: string) =>
    (await ipms.db.selectFrom(table).selectAll().where(sql.ref(column), '=', value).execute()).length;
  t.equal(await count('access_code_request', 'full_name', APPLICATION.full_name), kept);
  t.equal(await count('audit', 'item_name', APPLICATION.full_name), kept);
  t.equal((await ipms.visitor().get(FORM)).status, 200, 'reads go on');
  await sql`pragma max_page_count = 100000`.execute(ipms.db);
  t.equal((await ask(ipms)).status, 303, 'and it works again when there is room');
  t.equal(await count('access_code_request', 'full_name', APPLICATION.full_name), kept + 1);
  t.strictSame((await sql`pragma integrity_check`.execute(ipms.db)).rows, [{ integrity_check: 'ok' }]);
});

t.test('another program that holds the database for too long is disk trouble, too', async (t) => {
  const { isDiskTrouble } = await import('../../src/data/database.ts');
  const { SqliteError } = (await import('better-sqlite3')).default;
  for (const code of [
    'SQLITE_BUSY',
    'SQLITE_FULL',
    'SQLITE_IOERR_WRITE',
    'SQLITE_IOERR_FSYNC',
    'SQLITE_READONLY',
    'SQLITE_CANTOPEN',
  ])
    t.equal(isDiskTrouble(new SqliteError('x', code)), true, code);
  for (const error of [
    new SqliteError('x', 'SQLITE_CONSTRAINT_UNIQUE'),
    new SqliteError('x', 'SQLITE_ERROR'),
    new Error('x'),
  ])
    t.equal(isDiskTrouble(error), false);
});
