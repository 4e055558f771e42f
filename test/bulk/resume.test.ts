import { sql } from 'kysely';
import { t } from 'tap';
import { workOff } from '../../src/bulk/worker.ts';
import { intakeFile, NOWHERE, preparedRun, rowsAt, runAt, runIdOf, startBulk, workOffRuns } from './runs.ts';

// Cut off anywhere, bulk work goes on where it was: no row twice, none left out.

t.test('the worker is stopped between two transactions, and another goes on', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const place = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(130));
  await admin.submit(place, `${place}/confirm`);
  const ending = new AbortController();
  const clock = () => {
    ending.abort();
    return ipms.clock.now;
  };
  await workOff(ipms.db, NOWHERE, clock, ending.signal);
  const half = await runAt(ipms, place);
  t.equal(half.state, 'running');
  t.ok(half.done > 0 && half.done < 130, `${half.done} are done`);
  t.equal((await rowsAt(ipms, place)).filter((row) => row.state === 'done').length, half.done, 'each with its result');
  t.match((await admin.get(place)).text, new RegExp(`${half.done} daripada 130 baris`));
  await Promise.all([workOffRuns(ipms), workOffRuns(ipms)]);
  t.match(await runAt(ipms, place), { state: 'done', done: 130, failed: 0 });
  const codes = await ipms.db
    .selectFrom('access_code')
    .select('ic_number')
    .where('full_name', 'like', 'Pegawai Baru%')
    .execute();
  t.equal(codes.length, 130);
  t.equal(new Set(codes.map((code) => code.ic_number)).size, 130, 'none twice');
});

t.test('a transaction that breaks off leaves nothing, and is done again', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const place = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(30));
  await admin.submit(place, `${place}/confirm`);
  const { act } = await runAt(ipms, place);
  await sql`create trigger breaks before update of done on bulk_run begin select raise(abort, 'the power is gone'); end`.execute(
    ipms.db,
  );
  await t.rejects(workOffRuns(ipms), /the power is gone/, 'and it is reported');
  t.match(await runAt(ipms, place), { state: 'confirmed', done: 0 });
  t.ok((await rowsAt(ipms, place)).every((row) => row.state === 'waiting' && row.input !== '{}'));
  const mails = () => ipms.db.selectFrom('outbox').select('id').where('act', '=', act).execute();
  t.equal((await mails()).length, 0, 'no mail without its change');
  await sql`drop trigger breaks`.execute(ipms.db);
  await workOffRuns(ipms);
  t.match(await runAt(ipms, place), { state: 'done', done: 30, failed: 0 });
  t.equal((await mails()).length, 90);
});

t.test('what nobody foresaw in one row is reported, and keeps no other row from being done', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const place = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(5));
  await admin.submit(place, `${place}/confirm`);
  await sql`create trigger odd before insert on access_code when new.full_name = 'Pegawai Baru 2'
    begin select raise(abort, 'odd'); end`.execute(ipms.db);
  await t.rejects(workOffRuns(ipms), /odd/);
  t.match(await runAt(ipms, place), { state: 'done', done: 4, failed: 1 });
  t.match((await admin.get(`${place}?state=failed`)).text, /Pegawai Baru 2.*Tidak dapat dilaksanakan/);
  t.equal(runIdOf(place) > 0, true);
});

t.test('a run without a server: the command line carries it to its end', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const place = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(3));
  t.equal(await workOffRuns(ipms), 0, 'what is not confirmed is not carried out');
  await admin.submit(place, `${place}/confirm`);
  t.equal(await workOffRuns(ipms), 3);
  t.equal(await workOffRuns(ipms), 0, 'and only once');
});
