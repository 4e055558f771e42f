import { t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { countRunning } from '../../src/bulk/queries.ts';
import { stateOfTables } from '../doors/tables.ts';
import { openedSecret } from '../read.ts';
import {
  carriedOutRun,
  intakeFile,
  preparedRun,
  rowsAt,
  runAt,
  runIdOf,
  startBulk,
  uploadFile,
  workOffRuns,
} from './runs.ts';

// SOP 4.2 for an intake: read, tried, confirmed once, carried out row by row, taken back.

t.test('an intake gets its codes: nothing before the confirmation, everything after', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const before = await ipms.db.selectFrom('access_code').select('id').execute();
  const audits = await ipms.db.selectFrom('audit').select('id').execute();
  const place = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(120));
  t.equal((await runAt(ipms, place)).state, 'checked');
  t.equal((await ipms.db.selectFrom('access_code').select('id').execute()).length, before.length, 'no code yet');
  t.equal(
    (await ipms.db.selectFrom('audit').select('id').execute()).length,
    audits.length + 1,
    'one audit row: the upload',
  );
  const page = await admin.get(place);
  t.match(page.text, /120 kod akses dijana/);
  t.match(page.text, /360 e-mel N3 kepada 122 orang/, 'who is mailed');
  t.match(page.text, /kod yang belum digunakan ditarik balik/, 'and how it is taken back');

  t.equal((await admin.submit(place, `${place}/confirm`)).status, 303);
  t.strictSame(await countRunning(ipms.db, SYSTEM), { runs: 1, rows: 120 });
  const progress = await admin.get(place);
  t.equal(progress.headers.refresh, '3', 'a page that needs no script');
  t.match(progress.text, /0 daripada 120 baris/);
  await workOffRuns(ipms);
  const run = await runAt(ipms, place);
  t.match(run, { state: 'done', done: 120, failed: 0 });
  t.strictSame(await countRunning(ipms.db, SYSTEM), { runs: 0, rows: 0 });
  const codes = await ipms.db
    .selectFrom('access_code')
    .selectAll()
    .where('full_name', 'like', 'Pegawai Baru%')
    .execute();
  t.equal(codes.length, 120);
  t.match(codes[0], { category: 'civil_servant', notify_kind: 'personal', status: 'issued' });
  const mails = await ipms.db
    .selectFrom('outbox')
    .selectAll()
    .select(openedSecret)
    .where('act', '=', run.act)
    .execute();
  t.equal(mails.length, 360);
  t.equal(mails.filter((mail) => mail.secret !== null).length, 120, 'a code is in one mail each');
  const issued = await ipms.db
    .selectFrom('audit')
    .selectAll()
    .where('act', '=', run.act)
    .where('action', '=', 'access-code.issued')
    .execute();
  t.equal(issued.length, 120);
  t.ok(issued.every((row) => row.actor_name === 'Rosnah binti Ismail' && row.address === '127.0.0.1'));
  t.ok(
    (await rowsAt(ipms, place)).every((row) => row.input === '{}'),
    'what was typed is kept no longer than needed',
  );
  const secrets = mails.flatMap((mail) => mail.secret ?? []);
  const kept = JSON.stringify(await rowsAt(ipms, place));
  t.ok(
    secrets.every((secret) => !kept.includes(secret)),
    'no code is kept',
  );
  const done = await admin.get(place);
  t.equal(done.headers.refresh, undefined);
  t.match(done.text, /Kod akses dihantar kepada baru0@rumah.test/);
  const csv = await admin.get(`${place}?format=csv`);
  t.equal(csv.html.trim().split('\r\n').length, 121, 'the report as a file');
});

t.test('taken back: codes that nobody used are revoked, the others are left and named', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const place = await carriedOutRun(t, ipms, admin, 'access-codes', intakeFile(3));
  const [, second] = await rowsAt(ipms, place);
  await ipms.db
    .updateTable('access_code')
    .set({ status: 'registered' })
    .where('id', '=', second?.item_id ?? 0)
    .execute();
  const refused = await admin.submit(place, `${place}/undo`, { reason: '' });
  t.equal(refused.status, 422);
  t.ok(refused.problems.reason);
  const answer = await admin.submit(place, `${place}/undo`, { reason: 'Senarai yang salah' });
  t.equal(answer.status, 303);
  t.not(answer.location, place, 'a run of its own');
  await workOffRuns(ipms);
  t.match(await runAt(ipms, answer.location), {
    undo_of: runIdOf(place),
    done: 2,
    failed: 1,
    reason: 'Senarai yang salah',
  });
  t.strictSame(
    (await rowsAt(ipms, place)).map((row) => row.state),
    ['undone', 'done', 'undone'],
  );
  const codes = await ipms.db
    .selectFrom('access_code')
    .select('status')
    .where('full_name', 'like', 'Pegawai Baru%')
    .orderBy('id')
    .execute();
  t.strictSame(
    codes.map((code) => code.status),
    ['revoked', 'registered', 'revoked'],
  );
  const revoked = await ipms.db
    .selectFrom('audit')
    .select('after')
    .where('action', '=', 'access-code.revoked')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  t.match(revoked.after, /Senarai yang salah/, 'with the reason');
  t.match((await admin.get(answer.location)).text, /sudah digunakan atau dibatalkan/);
  t.equal((await admin.submit(place, `${place}/undo`, { reason: 'Lagi' })).status, 303, 'the rest can be tried again');
});

t.test('the same file twice by a double click is one run; again on purpose it says so', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const token = await admin.token('/admin/bulk/new?kind=access-codes');
  const [one, other] = await Promise.all([
    uploadFile(admin, 'access-codes', intakeFile(2), token),
    uploadFile(admin, 'access-codes', intakeFile(2), token),
  ]);
  t.strictSame([one.status, other.status], [303, 303]);
  t.equal(one.location, other.location);
  t.equal(
    (
      await ipms.db
        .selectFrom('bulk_run')
        .select('id')
        .where('kind', '=', 'access-codes')
        .where('id', '>=', runIdOf(one.location))
        .execute()
    ).length,
    1,
  );
  t.not(
    (await uploadFile(admin, 'access-codes', intakeFile(3), token)).location,
    one.location,
    'another file is another act',
  );
  await workOffRuns(ipms);
  await admin.submit(one.location, `${one.location}/confirm`);
  await workOffRuns(ipms);
  const refused = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(2));
  t.match((await admin.get(refused)).text, /kod akses yang masih sah: Pegawai Baru 0/, 'the people have codes already');
  await ipms.db
    .updateTable('access_code')
    .set({ status: 'revoked' })
    .where('full_name', 'like', 'Pegawai Baru%')
    .execute();
  await ipms.db
    .updateTable('mailbox')
    .set({ status: 'deleted', deleted_at: ipms.clock.now.toISOString(), ic_number: '900101141000' })
    .where('login_id', '=', 'pegawai.jabatan')
    .execute();
  const again = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(2));
  const page = await admin.get(again);
  t.match(page.text, /Fail yang sama ini telah dilaksanakan/);
  t.match(page.text, /1 baris perlu dilihat/, 'and one of the people had a mailbox');
  t.match((await admin.get(`${again}?state=noted`)).text, /telah dipadam dan masih boleh dipulihkan: Muhammad Hafiz/);
});

t.test('confirmed twice at once, and cancelled: one wins, the other is told', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const place = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(60));
  const [one, other] = [await admin.token(place), await admin.token(place)];
  const answers = await Promise.all([
    admin.post(`${place}/confirm`, { _csrf: one }),
    admin.post(`${place}/confirm`, { _csrf: other }),
  ]);
  t.strictSame(answers.map((answer) => answer.status).sort(), [303, 409]);
  t.match(answers.find((answer) => answer.status === 409)?.text, /Sudah disahkan oleh Rosnah binti Ismail/);
  t.equal((await admin.submit(place, `${place}/cancel`)).status, 303);
  await workOffRuns(ipms);
  t.match(await runAt(ipms, place), { state: 'cancelled', done: 0 });
  t.ok((await rowsAt(ipms, place)).every((row) => row.state === 'left' && row.input === '{}'));
  t.equal((await admin.post(`${place}/cancel`, { _csrf: await admin.token('/admin/bulk') })).status, 409);
});

t.test('whoever lost the role meanwhile stops the run', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const place = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(4));
  await admin.submit(place, `${place}/confirm`);
  await ipms.db.updateTable('user').set({ role: 'user' }).where('login_id', '=', 'admin.jabatan').execute();
  await workOffRuns(ipms);
  t.match(await runAt(ipms, place), { state: 'stopped', done: 0 });
  const codes = await ipms.db
    .selectFrom('access_code')
    .select('id')
    .where('full_name', 'like', 'Pegawai Baru%')
    .execute();
  t.equal(codes.length, 0);
  const stopped = await ipms.db.selectFrom('audit').selectAll().where('action', '=', 'bulk.stopped').execute();
  t.match(stopped, [{ actor_role: 'system', item_id: runIdOf(place) }]);
});

t.test('who may not', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const place = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(2));
  const other = await ipms.signIn('admin.kementerian');
  const officers = [await ipms.signIn('pegawai.jabatan'), await ipms.signIn('meja.bantuan')];
  const before = await stateOfTables(ipms.db);
  for (const address of [place, `${place}/confirm`, `${place}/cancel`, `${place}/undo`])
    t.equal((await other.get(address)).status, 404, address);
  const _csrf = await other.token('/admin/bulk');
  for (const name of ['confirm', 'cancel', 'undo'])
    t.equal((await other.post(`${place}/${name}`, { _csrf, reason: 'x' })).status, 404, name);
  t.notMatch((await other.get('/admin/bulk')).text, /access-codes\.csv/);
  for (const officer of officers) {
    t.equal((await officer.get(place)).status, 403);
    t.equal(
      (await uploadFile(officer, 'access-codes', intakeFile(2), await officer.token('/me/password'))).status,
      403,
    );
  }
  t.strictSame(await stateOfTables(ipms.db), before, 'nothing changed');
});
