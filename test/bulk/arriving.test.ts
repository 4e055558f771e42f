import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Test, t } from 'tap';
import { readSecrets } from '../../src/base/secrets.ts';
import { readSettings } from '../../src/base/settings.ts';
import { packRows, unpackRows } from '../../src/bulk/arriving.ts';
import { uploadRun } from '../../src/bulk/bulk-run.ts';
import { readRows } from '../../src/bulk/file.ts';
import { accessCodes } from '../../src/bulk/kinds/access-codes.ts';
import { checkRows } from '../../src/bulk/rows.ts';
import { workOff } from '../../src/bulk/worker.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { type Db, openSqlite, queryBuilder } from '../../src/data/database.ts';
import { seedDemo } from '../../src/demo/seed.ts';
import { databaseFile, openInstallation } from '../../src/installation.ts';
import { VERIFIED } from '../account-requests/joining.ts';
import { ipms as command, dataFolder, environmentOf, start } from '../command-line/folder.ts';
import { actorOf } from '../make.ts';
import { intakeFile, NOWHERE, rowsAt, runAt, runIdOf, startBulk, uploadFile, workOffRuns } from './runs.ts';

// The rows of a file come out of their pieces one piece a transaction: nothing is lost between two, nothing comes twice, and
// nobody takes some of the rows for all of them.

const COUNT = 601;
/** Three pieces. */
const PIECES = 3;

async function countOf(db: Db, table: 'bulk_arriving' | 'bulk_row', runId: number) {
  const { count } = await db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow();
  return count;
}

/** All but a few rows have a mistake: to try them takes no time, and is not what is looked at here. */
const GOOD = 5;
function sentFile(count: number) {
  const [heading, ...rows] = intakeFile(count).trim().split('\n');
  return [heading, ...rows.map((row, at) => (at < GOOD ? row : row.replace('Penjawat Awam', 'Bukan pilihan')))].join(
    '\n',
  );
}

const linesOf = (count: number) => Array.from({ length: count }, (_, at) => at + 2);

async function arrived(t: Test) {
  const opened = await startBulk(t);
  const { location } = await uploadFile(opened.admin, 'access-codes', sentFile(COUNT));
  const id = runIdOf(location);
  return { ...opened, db: opened.ipms.db, place: location, id };
}

t.test('an upload writes pieces; cut off between two, the next worker goes on', async (t) => {
  const { ipms, admin, db, place, id } = await arrived(t);
  t.match(await runAt(ipms, place), { state: 'uploaded', total: COUNT });
  t.equal(await countOf(db, 'bulk_arriving', id), PIECES);
  t.equal(await countOf(db, 'bulk_row', id), 0);

  const asked: number[] = [];
  const ending = {
    get aborted() {
      return asked.push(asked.length) > 3;
    },
  } as AbortSignal;
  t.equal(await workOff(db, NOWHERE, () => ipms.clock.now, ending), 0);
  const some = await countOf(db, 'bulk_row', id);
  t.ok(some > 0 && some < COUNT, `${some} rows are there`);
  const states = (await rowsAt(ipms, place)).map((row) => row.state);
  t.notOk(states.includes('waiting'), 'none is tried before all are there');

  const page = await admin.get(place);
  t.match(page.text, `${some - GOOD} daripada ${COUNT} baris`);
  t.match(page.text, 'Fail masih dibaca');
  t.equal(page.headers.refresh, '3');
  t.equal(
    page.dom.querySelectorAll('main .table, main a[href*="format=csv"]').length,
    0,
    'some rows are not shown as all',
  );
  const file = await admin.get(`${place}?format=csv`);
  t.equal(file.status, 409, 'nor given as a file');
  t.match(file.text, 'Fail masih dibaca');

  await Promise.all([workOffRuns(ipms), workOffRuns(ipms)]);
  t.match(await runAt(ipms, place), { state: 'refused', total: COUNT });
  t.strictSame(
    (await rowsAt(ipms, place)).map((row) => row.line),
    linesOf(COUNT),
    'each row once, in its order',
  );
  t.equal(await countOf(db, 'bulk_arriving', id), 0);
  t.notMatch((await admin.get(place)).text, 'Fail masih dibaca');
  t.equal((await admin.get(`${place}?format=csv`)).html.trim().split(/\r?\n/).length, COUNT - GOOD + 1);
});

t.test('a piece that breaks off leaves nothing, and comes again', async (t) => {
  const { ipms, db, place, id } = await arrived(t);
  t.ok(await unpackRows(db, id));
  const before = await countOf(db, 'bulk_row', id);
  await sql`create trigger breaks before insert on bulk_row when new.line = 500 begin select raise(abort, 'the power is gone'); end`.execute(
    db,
  );
  await t.rejects(workOffRuns(ipms), /the power is gone/, 'and it is reported');
  t.equal(await countOf(db, 'bulk_row', id), before);
  t.equal(await countOf(db, 'bulk_arriving', id), PIECES - 1);
  t.match(await runAt(ipms, place), { state: 'uploaded' });
  await sql`drop trigger breaks`.execute(db);
  t.strictSame(await Promise.all([unpackRows(db, id), unpackRows(db, id)]), [true, true], 'two at the same piece');
  t.equal(await countOf(db, 'bulk_arriving', id), PIECES - 2);
  while (await unpackRows(db, id));
  t.strictSame(
    (await rowsAt(ipms, place)).map((row) => row.line),
    linesOf(COUNT),
  );
});

t.test('a file that is discarded meanwhile is forgotten, with its pieces, and may be sent again', async (t) => {
  const { ipms, admin, db, place, id } = await arrived(t);
  await unpackRows(db, id);
  const unpacking = unpackRows(db, id); // has read its piece when that is taken away
  t.equal((await admin.submit(place, `${place}/cancel`)).status, 303);
  await unpacking;
  t.match(await runAt(ipms, place), { state: 'discarded' });
  await workOffRuns(ipms);
  t.equal(await countOf(db, 'bulk_row', id), 0);
  t.equal(await countOf(db, 'bulk_arriving', id), 0);
  const again = (await uploadFile(admin, 'access-codes', sentFile(COUNT))).location;
  t.not(again, place);
  while (await unpackRows(db, runIdOf(again)));
  t.equal((await rowsAt(ipms, again)).length, COUNT);
});

t.test('rows with a mistake come with it, in pieces that are no longer for it', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const file = intakeFile(3).replaceAll('Penjawat Awam', 'Bukan pilihan');
  const { location } = await uploadFile(admin, 'access-codes', file);
  await workOffRuns(ipms);
  t.match(await runAt(ipms, location), { state: 'refused' });
  t.match(
    (await admin.get(location)).text,
    /&quot;Bukan pilihan&quot; bukan satu pilihan|"Bukan pilihan" bukan satu pilihan/,
  );
  const said = 'x'.repeat(100_000);
  const rows = linesOf(9).map((line) => ({
    line,
    label: '',
    typed: {},
    problems: [{ key: 'bulk.notFound' as const, params: { said } }],
  }));
  t.equal((await packRows(rows)).length, 3, 'three of them are a piece');
});

t.test('kill -9 between two pieces; `ipms due` reads the rest', async (t) => {
  const MANY = 1201;
  const folder = dataFolder(t);
  const installation = await openInstallation(readSettings({ IPMS_DATA_DIR: folder, IPMS_BCRYPT_COST: '10' }));
  const now = new Date();
  await seedDemo(installation.db, 4, now);
  const actor = { ...(await actorOf(installation, 'admin.jabatan')), act: 'upload' };
  const rows = await checkRows(accessCodes, await readRows(accessCodes, Buffer.from(sentFile(MANY))));
  const sent = { kind: 'access-codes', fileName: 'x.csv', hash: 'x', total: MANY, packed: await packRows(rows) };
  const id = await inAct(installation.db, { actor, now, settings: UNSET }, (act) =>
    uploadRun(act, { ...sent, verification: VERIFIED }),
  );
  await installation.close();

  const look = () => queryBuilder(openSqlite(databaseFile(folder), readSecrets(`${folder}/secret.key`).audit));
  const server = start(t, 'server', environmentOf(folder, { IPMS_LOG_LEVEL: 'error' }));
  const db = look();
  while ((await countOf(db, 'bulk_row', id)) === 0) await pause(1);
  server.stop('SIGKILL');
  await server.ended;
  await db.destroy();

  const cut = look();
  const [there, left] = [await countOf(cut, 'bulk_row', id), await countOf(cut, 'bulk_arriving', id)];
  await cut.destroy();
  t.ok(there > 0 && left > 0, `killed with ${there} of ${MANY} rows there, ${left} pieces left`);
  const { code, err } = await command(folder, ['due']);
  t.equal(code, 0, err);
  const after = look();
  const lines = await after.selectFrom('bulk_row').select('line').where('run_id', '=', id).orderBy('line').execute();
  t.strictSame(
    lines.map((row) => row.line),
    linesOf(MANY),
  );
  t.equal(await countOf(after, 'bulk_arriving', id), 0);
  t.match(await after.selectFrom('bulk_run').select('state').where('id', '=', id).executeTakeFirst(), {
    state: 'refused',
  });
  await after.destroy();
});
