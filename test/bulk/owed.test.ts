import { sql } from 'kysely';
import { type Test, t } from 'tap';
import { DAY, later, MINUTE } from '../../src/base/time.ts';
import { forgetRows, payOwed, ROWS_KEPT } from '../../src/bulk/owed.ts';
import { openRuns } from '../../src/bulk/queries.ts';
import { findFaults } from '../../src/command-line/faults.ts';
import { membersOf } from '../groups/members.ts';
import type { Ipms } from '../helper.ts';
import { makeGroup, makeManyOfficers } from '../make.ts';
import { carriedOutRun, intakeFile, preparedRun, rowsAt, runAt, runIdOf, startBulk, workOffRuns } from './runs.ts';

// What an act says of all rows of a run is done to them afterwards, some hundred at a time.

const COUNT = 300;
const CODES = 'access-codes';

/** How many rows change while something is done: the act that says it is short. */
async function changedRows({ db }: Ipms, work: () => Promise<unknown>) {
  await sql`create temp table changed_row (id integer)`.execute(db);
  for (const verb of ['insert', 'update', 'delete'])
    await sql
      .raw(
        `create temp trigger changed_by_${verb} after ${verb} on main.bulk_row begin insert into changed_row values (${verb === 'insert' ? 'new' : 'old'}.id); end`,
      )
      .execute(db);
  await work();
  const { rows } = await sql<{ count: number }>`select count(*) as count from changed_row`.execute(db);
  await sql`drop table changed_row`.execute(db);
  for (const verb of ['insert', 'update', 'delete']) await sql.raw(`drop trigger changed_by_${verb}`).execute(db);
  return rows[0]?.count;
}

async function press(t: Test, { ipms, admin }: Awaited<ReturnType<typeof startBulk>>, place: string, data = {}) {
  const from = place.replace(/\/[a-z]+$/, '');
  let answer = { status: 0, location: '' };
  const changed = await changedRows(ipms, async () => {
    answer = await admin.submit(from, place, data);
  });
  t.equal(answer.status, 303);
  t.equal(changed, 0, 'the act changes no row');
  return answer.location;
}

const states = async (ipms: Ipms, place: string) =>
  Object.entries(Object.groupBy(await rowsAt(ipms, place), (row) => row.state)).map(([state, rows]) => [
    state,
    rows?.length,
  ]);

t.test('a file that is discarded shows no row from then on; they go piece by piece', async (t) => {
  const started = await startBulk(t);
  const { ipms, admin } = started;
  const place = await preparedRun(t, ipms, admin, CODES, intakeFile(COUNT));
  await press(t, started, `${place}/cancel`);
  const page = (await admin.get(place)).text;
  t.match(page, 'Fail dipadam. Tiada apa-apa dilaksanakan.');
  t.match(page, 'Baris fail yang dipadam tidak disimpan.');
  t.match(await runAt(ipms, place), { state: 'discarded', rows_kept: 0, owed: 'forget' });
  t.equal((await admin.get(`${place}?format=csv`)).html.trim().split('\r\n').length, 1, 'the headings alone');
  t.equal((await ipms.db.selectFrom('audit').select('id').where('action', '=', 'bulk.discarded').execute()).length, 1);

  await payOwed(ipms.db, runIdOf(place));
  const left = (await rowsAt(ipms, place)).length;
  t.ok(left > 0 && left < COUNT, `cut off, ${left} are left`);
  t.strictSame(await findFaults(ipms.db), [], 'and check finds nothing');
  await Promise.all([workOffRuns(ipms), workOffRuns(ipms)]);
  t.equal((await rowsAt(ipms, place)).length, 0);
  t.equal((await runAt(ipms, place)).owed, null);
  t.strictSame(await openRuns(ipms.db), []);
});

t.test('what is cancelled leaves out the rest, and keeps nothing that was typed', async (t) => {
  const started = await startBulk(t);
  const { ipms, admin } = started;
  const place = await preparedRun(t, ipms, admin, CODES, intakeFile(COUNT));
  await admin.submit(place, `${place}/confirm`);
  await press(t, started, `${place}/cancel`);
  t.match(await runAt(ipms, place), { state: 'cancelled', owed: 'leave' });
  await payOwed(ipms.db, runIdOf(place));
  t.strictSame(await findFaults(ipms.db), []);
  t.match((await admin.get(place)).text, /Tidak dilaksanakan\s*300/, 'also those that are yet to be marked');
  await workOffRuns(ipms);
  t.strictSame(await states(ipms, place), [['left', COUNT]]);
  t.equal((await admin.get(`${place}?format=csv`)).status, 200);
  t.ok((await rowsAt(ipms, place)).every(({ input }) => input === '{}'));
});

t.test('what takes a run back gets its rows before any is taken back', async (t) => {
  const started = await startBulk(t);
  const { ipms, admin } = started;
  const place = await carriedOutRun(t, ipms, admin, CODES, intakeFile(COUNT));
  await ipms.db.updateTable('bulk_run').set({ owed: 'leave' }).where('id', '=', runIdOf(place)).execute();
  t.notOk((await admin.get(place)).headers.refresh, 'whoever is typing the reason does not lose it');
  const back = await press(t, started, `${place}/undo`, { reason: 'Fail yang salah' });
  t.ok((await admin.get(back)).headers.refresh);
  t.match(await runAt(ipms, back), { state: 'confirmed', owed: 'fill', total: COUNT });
  await payOwed(ipms.db, runIdOf(back));
  t.equal((await admin.get(`${back}?format=csv`)).status, 409, 'no file of some rows');
  t.match((await admin.get(back)).text, /masih dikumpulkan/, 'and no list of some');
  t.strictSame(await findFaults(ipms.db), []);
  await Promise.all([workOffRuns(ipms), workOffRuns(ipms)]);
  t.match(await runAt(ipms, back), { state: 'done', owed: null, done: COUNT, failed: 0 });
  t.strictSame(await states(ipms, back), [['done', COUNT]]);
  t.strictSame(await states(ipms, place), [['undone', COUNT]]);
});

t.test('rows that another run is still to get are not forgotten before', async (t) => {
  const started = await startBulk(t);
  const { ipms, admin } = started;
  const place = await carriedOutRun(t, ipms, admin, CODES, intakeFile(COUNT));
  const back = (await admin.submit(place, `${place}/undo`, { reason: 'Fail yang salah' })).location;
  const forget = () => ipms.db.transaction().execute((trx) => forgetRows(trx, later(ipms.clock.now, ROWS_KEPT + DAY)));
  await payOwed(ipms.db, runIdOf(back));
  await forget();
  t.match(await runAt(ipms, place), { rows_kept: 1, owed: null });
  await workOffRuns(ipms);
  t.strictSame(await states(ipms, back), [['done', COUNT]]);
  await forget();
  t.match(await runAt(ipms, place), { rows_kept: 0, owed: 'forget' });
  await workOffRuns(ipms);
  t.equal((await rowsAt(ipms, place)).length, 0);
});

t.test('cancelled before it has its rows, it leaves them out once they are there', async (t) => {
  const started = await startBulk(t);
  const { ipms, admin } = started;
  const place = await carriedOutRun(t, ipms, admin, CODES, intakeFile(COUNT));
  const back = (await admin.submit(place, `${place}/undo`, { reason: 'Fail yang salah' })).location;
  await press(t, started, `${back}/cancel`);
  await workOffRuns(ipms);
  t.match(await runAt(ipms, back), { state: 'cancelled', owed: null, done: 0 });
  t.strictSame(await states(ipms, back), [['left', COUNT]]);
  t.strictSame(await states(ipms, place), [['done', COUNT]]);
});

t.test('what was confirmed after a run that takes another back is carried out after it', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const officers = await makeManyOfficers(ipms, 3, 1, 'giliran');
  const group = await makeGroup(ipms, 'giliran');
  const file = (members: string[]) =>
    ['list,member', ...members.map((each) => `giliran@jabatan.test,${each}`)].join('\n');
  const wrong = await carriedOutRun(t, ipms, admin, 'members-added', file(officers));
  const right = await preparedRun(t, ipms, admin, 'members-added', file(officers.slice(1)));
  ipms.clock.now = later(ipms.clock.now, MINUTE);
  await admin.submit(wrong, `${wrong}/undo`, { reason: 'Fail yang salah' });
  ipms.clock.now = later(ipms.clock.now, MINUTE);
  await admin.submit(right, `${right}/confirm`);
  await workOffRuns(ipms);
  t.match(await runAt(ipms, right), { state: 'done', failed: 0 });
  t.equal((await membersOf(ipms, group)).length, 2, 'who was put in last is in');
});

t.test('a run whose rows cannot be changed keeps no other one from what it is owed', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const place = await preparedRun(t, ipms, admin, CODES, intakeFile(3));
  const other = await carriedOutRun(t, ipms, admin, CODES, intakeFile(3, 10));
  await admin.submit(place, `${place}/cancel`);
  await sql`create trigger odd before delete on bulk_row begin select raise(abort, 'odd'); end`.execute(ipms.db);
  const back = (await admin.submit(other, `${other}/undo`, { reason: 'Fail yang salah' })).location;
  await t.rejects(workOffRuns(ipms), new RegExp(`bulk run ${runIdOf(place)}: odd`), 'it is told');
  t.match(await runAt(ipms, place), { state: 'discarded', owed: 'forget' });
  t.match(await runAt(ipms, back), { state: 'done', owed: null, done: 3 });
  await sql`drop trigger odd`.execute(ipms.db);
  await workOffRuns(ipms);
  t.strictSame(await rowsAt(ipms, place), []);
});

t.test('what somebody waits for goes before what is forgotten', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const place = await preparedRun(t, ipms, admin, CODES, intakeFile(3));
  const other = await carriedOutRun(t, ipms, admin, CODES, intakeFile(3, 10));
  await admin.submit(place, `${place}/cancel`);
  const back = (await admin.submit(other, `${other}/undo`, { reason: 'Fail yang salah' })).location;
  t.match(await openRuns(ipms.db), [{ id: runIdOf(back), owed: 'fill' }]);
});

t.test('of a run that has ended, what it had not done is shown as left out at once', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const place = await preparedRun(t, ipms, admin, CODES, intakeFile(COUNT));
  await admin.submit(place, `${place}/confirm`);
  await admin.submit(place, `${place}/cancel`);
  const looks = async () => {
    const file = (await admin.get(`${place}?format=csv`)).html.trim().split('\r\n').slice(1);
    t.equal(file.filter((line) => line.includes('Tidak dilaksanakan')).length, COUNT);
    t.match((await admin.get(place)).text, new RegExp(`Tidak dilaksanakan${COUNT}\\b`));
    t.match((await admin.get(`${place}?state=left`)).text, /Pegawai Baru 0/);
    t.notMatch((await admin.get(`${place}?state=waiting`)).text, /Pegawai Baru 0/);
  };
  await looks();
  await payOwed(ipms.db, runIdOf(place));
  await looks();
  await workOffRuns(ipms);
  await looks();
});
