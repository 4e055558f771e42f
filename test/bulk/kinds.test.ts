import { type Test, t } from 'tap';
import { KIND_NAMES } from '../../src/bulk/kinds.ts';
import { recordsOf } from '../read.ts';
import { carriedOutRun, preparedRun, rowsAt, runAt, runIdOf, someMailboxes, startBulk, workOffRuns } from './runs.ts';

// Each kind: what a row does is what its own page does, and how it is taken back.

t.test('SOP 4.7: only filled cells change; taken back, but not over what came later', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const [one, two, three] = await someMailboxes(ipms, 'JC', 3);
  const [foreign] = await someMailboxes(ipms, 'KC', 1);
  const bad = await preparedRun(
    t,
    ipms,
    admin,
    'changes',
    `mailbox,unit\n${foreign?.primary_email},Unit X\n${one?.primary_email},Unit X\n`,
  );
  t.equal((await runAt(ipms, bad)).state, 'refused', "another agency's mailbox is not found");
  t.match((await admin.get(bad)).text, /tidak ditemui dalam agensi anda/);
  const file = [
    'mailbox,division,unit,package,storage_mb,services,note',
    `${one?.primary_email},Bahagian Baru,(KOSONG),A,2 GB,"sso; BMT",`,
    `${two?.login_id},Bahagian Baru,,,,,`,
    `${three?.primary_email},${three?.division},,,,,`,
  ].join('\n');
  const place = await carriedOutRun(t, ipms, admin, 'changes', file);
  t.match(await runAt(ipms, place), { state: 'done', done: 3, failed: 0 });
  const read = (id = 0) => ipms.db.selectFrom('mailbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const after = await read(one?.id);
  t.match(after, {
    division: 'Bahagian Baru',
    unit: '',
    package: 'A',
    storage_mb: 2048,
    services: '["SSO","BMT"]',
    position: one?.position,
    grade: one?.grade,
  });
  t.match(await read(two?.id), { division: 'Bahagian Baru', unit: two?.unit, package: two?.package });
  t.equal((await rowsAt(ipms, place))[2]?.same, 1);
  t.equal((await read(three?.id)).version, three?.version, 'nothing to change, nothing changed');
  const records = await recordsOf(ipms, 'mailbox', one?.id ?? 0, '4.7');
  t.ok(records.length > 0, 'a record as from its own page');
  const { act } = await runAt(ipms, place);
  const audits = await ipms.db
    .selectFrom('audit')
    .selectAll()
    .where('act', '=', act)
    .where('action', '=', 'mailbox.updated')
    .execute();
  t.equal(audits.length, 2);
  const shown = `/admin/mailboxes/${two?.id}`;
  t.equal((await admin.submit(shown, shown, { division: 'Bahagian Ketiga' })).status, 303);
  const undoing = (await admin.submit(place, `${place}/undo`, { reason: 'Tersilap' })).location;
  await workOffRuns(ipms);
  t.match(await runAt(ipms, undoing), { done: 1, failed: 1 });
  const { version: _now, ...back } = await read(one?.id);
  const { version: _then, ...was } = one ?? { version: 0 };
  t.strictSame(back, was, 'exactly as it was');
  t.equal((await read(two?.id)).division, 'Bahagian Ketiga');
});

t.test('the present values come back as they went out', async (t) => {
  const { ipms, admin } = await startBulk(t);
  await ipms.db
    .updateTable('mailbox')
    .set({ office_phone: '+60 3-8888 1234', note: '=1+1\nbaris dua' })
    .where('agency_id', '=', 1)
    .execute();
  const { html } = await admin.get('/admin/bulk/template?kind=changes&filled=1');
  t.match(html, /'\+60 3/, 'harmless in a spreadsheet');
  const place = await carriedOutRun(t, ipms, admin, 'changes', html);
  const run = await runAt(ipms, place);
  const rows = await rowsAt(ipms, place);
  t.match(run, { state: 'done', failed: 0 });
  t.ok(rows.length > 20 && rows.every((row) => row.same === 1), `${rows.length} rows, none of which changes anything`);
});

t.test('every template can be sent back, in both languages', async (t) => {
  const { ipms, admin } = await startBulk(t);
  for (const language of ['ms', 'en'] as const) {
    await admin.post('/language', { language, _csrf: await admin.token('/admin/bulk') });
    for (const kind of KIND_NAMES) {
      const { html } = await admin.get(`/admin/bulk/template?kind=${kind}`);
      const place = await preparedRun(t, ipms, admin, kind, html);
      const rows = await rowsAt(ipms, place);
      t.equal(rows.length, 1, kind);
      t.notMatch(rows[0]?.said, /form\.|bulk\.notAChoice|bulk\.yesOrNo/, `${kind}, ${language}: its cells are read`);
    }
  }
});

/** A list, who is in it, a member of it, and officers who are not. */
async function openGroup(t: Test) {
  const { ipms, admin } = await startBulk(t);
  const group = await ipms.db
    .selectFrom('group')
    .selectAll()
    .where('agency_id', '=', 1)
    .where('status', '=', 'active')
    .where('display_name', '!=', 'Semua Warga')
    .orderBy('id')
    .executeTakeFirstOrThrow();
  const members = () =>
    ipms.db
      .selectFrom('membership')
      .select('member_id')
      .where('group_id', '=', group.id)
      .where('member_type', '=', 'mailbox')
      .where('until', 'is', null)
      .orderBy('member_id')
      .execute();
  const before = await members();
  const inside = new Set(before.map((row) => row.member_id));
  const all = await someMailboxes(ipms, 'JC', 50);
  const strangers = all.filter((each) => !inside.has(each.id)).slice(0, 2);
  const present = all.find((each) => inside.has(each.id));
  return { ipms, admin, group, members, before, strangers, present };
}

t.test('SOP 4.15: into lists, and back', async (t) => {
  const { ipms, admin, group, members, before, strangers, present } = await openGroup(t);
  const file = `list,member\n${[...strangers, present].map((each) => `${group.primary_email},${each?.primary_email}`).join('\n')}\n`;
  const place = await preparedRun(t, ipms, admin, 'members-added', file);
  const preview = await admin.get(place);
  t.match(preview.text, new RegExp(`Senarai ${group.display_name}: 2 ahli baharu`));
  t.match(preview.text, /1 baris tidak mengubah apa-apa/);
  await admin.submit(place, `${place}/confirm`);
  await workOffRuns(ipms);
  t.equal((await members()).length, before.length + 2);
  const undoing = (await admin.submit(place, `${place}/undo`, { reason: 'Senarai lain' })).location;
  await workOffRuns(ipms);
  t.match(await runAt(ipms, undoing), { total: 2, done: 2 });
  t.strictSame(await members(), before);
});

t.test('SOP 4.16: out of lists, and back', async (t) => {
  const { ipms, admin, group, members, before, present } = await openGroup(t);
  const out = await carriedOutRun(
    t,
    ipms,
    admin,
    'members-removed',
    `list,member\n${group.primary_email},${present?.primary_email}\n`,
  );
  t.equal((await members()).length, before.length - 1);
  await admin.submit(out, `${out}/undo`, { reason: 'Tersilap' });
  await workOffRuns(ipms);
  t.strictSame(await members(), before);
});

t.test("SOP 4.15: not into another agency's list, nor another agency's person", async (t) => {
  const { ipms, admin, group, present } = await openGroup(t);
  const foreign = await ipms.db
    .selectFrom('group')
    .select('primary_email')
    .where('agency_id', '=', 2)
    .executeTakeFirstOrThrow();
  const bad = await preparedRun(
    t,
    ipms,
    admin,
    'members-added',
    `list,member\n${foreign.primary_email},${present?.primary_email}\n${group.primary_email},pegawai.kementerian@kementerian.test\n`,
  );
  t.strictSame(
    (await rowsAt(ipms, bad)).map((row) => row.state),
    ['bad', 'bad'],
  );
});

/** An officer who owns a list alone, the lists that the officer is in, and a row that disables the account. */
async function openOwner(t: Test) {
  const { ipms, admin } = await startBulk(t);
  const [owner] = await someMailboxes(ipms, 'JC', 1);
  const group = await ipms.db
    .selectFrom('group')
    .selectAll()
    .where('agency_id', '=', 1)
    .where('status', '=', 'active')
    .orderBy('id')
    .executeTakeFirstOrThrow();
  await ipms.db.deleteFrom('group_owner').where('group_id', '=', group.id).execute();
  await ipms.db
    .insertInto('group_owner')
    .values({ group_id: group.id, mailbox_id: owner?.id ?? 0 })
    .execute();
  const groups = () =>
    ipms.db
      .selectFrom('membership')
      .select('group_id')
      .where('member_type', '=', 'mailbox')
      .where('member_id', '=', owner?.id ?? 0)
      .where('until', 'is', null)
      .orderBy('group_id')
      .execute();
  const status = async () =>
    (
      await ipms.db
        .selectFrom('mailbox')
        .select('status')
        .where('id', '=', owner?.id ?? 0)
        .executeTakeFirstOrThrow()
    ).status;
  const row = `mailbox,reason,disabled_until,restrict_senders\n${owner?.primary_email},Cuti belajar,01/12/2027,ya`;
  return { ipms, admin, owner, group, groups, status, row };
}

t.test('SOP 4.9: disabled and back exactly; lists that lose their only owner are named before', async (t) => {
  const { ipms, admin, group, groups, status, row } = await openOwner(t);
  const before = await groups();
  const bad = await preparedRun(t, ipms, admin, 'disabling', `${row}\nadmin.jabatan@jabatan.test,other,,\n`);
  t.strictSame(
    (await rowsAt(ipms, bad)).map((row) => row.state),
    ['waiting', 'bad'],
    'nobody disables the own account',
  );
  const place = await preparedRun(t, ipms, admin, 'disabling', row);
  t.match(
    (await admin.get(place)).text,
    new RegExp(`Senarai ${group.display_name} tidak akan mempunyai pengendali yang aktif`),
  );
  await admin.submit(place, `${place}/confirm`);
  await workOffRuns(ipms);
  t.equal(await status(), 'disabled');
  t.equal((await groups()).length, 0);
  await admin.submit(place, `${place}/undo`, { reason: 'Tersilap' });
  await workOffRuns(ipms);
  t.equal(await status(), 'active');
  t.strictSame(await groups(), before);
});

t.test('SOP 4.10: enabled, for which there is no way back in bulk', async (t) => {
  const { ipms, admin, owner, status, row } = await openOwner(t);
  await carriedOutRun(t, ipms, admin, 'disabling', row);
  const enabled = await carriedOutRun(t, ipms, admin, 'enabling', `mailbox,all_senders\n${owner?.login_id},yes\n`);
  t.equal(await status(), 'active');
  t.notMatch((await admin.get(enabled)).html, /\/undo"/);
  t.equal((await admin.post(`${enabled}/undo`, { reason: 'x', _csrf: await admin.token('/admin/bulk') })).status, 422);
});

t.test('SOP 4.11: asked for, withdrawn; a list owned alone needs an heir in the row', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const [one, two] = await someMailboxes(ipms, 'JC', 2);
  const group = await ipms.db
    .selectFrom('group')
    .select('id')
    .where('agency_id', '=', 1)
    .where('status', '=', 'active')
    .orderBy('id')
    .executeTakeFirstOrThrow();
  await ipms.db
    .deleteFrom('group_owner')
    .where('mailbox_id', 'in', [one?.id ?? 0, two?.id ?? 0])
    .execute();
  await ipms.db.deleteFrom('group_owner').where('group_id', '=', group.id).execute();
  await ipms.db
    .insertInto('group_owner')
    .values({ group_id: group.id, mailbox_id: one?.id ?? 0 })
    .execute();
  const file = (heir: string) =>
    `mailbox,effective_on,reason,new_owner\n${one?.primary_email},2026-12-31,Bersara,${heir}\n${two?.primary_email},24/11/2026,Bertukar,\n`;
  const bad = await preparedRun(t, ipms, admin, 'deletion', file(''));
  t.strictSame(
    (await rowsAt(ipms, bad)).map((row) => row.state),
    ['bad', 'waiting'],
  );
  const place = await carriedOutRun(t, ipms, admin, 'deletion', file('admin.jabatan@jabatan.test'));
  t.match(await runAt(ipms, place), { done: 2, failed: 0 });
  const status = async () =>
    (
      await ipms.db
        .selectFrom('mailbox')
        .select('status')
        .where('id', 'in', [one?.id ?? 0, two?.id ?? 0])
        .orderBy('id')
        .execute()
    ).map((row) => row.status);
  t.strictSame(await status(), ['active', 'deleted']);
  await admin.submit(place, `${place}/undo`, { reason: 'Tersilap' });
  await workOffRuns(ipms);
  t.strictSame(await status(), ['active', 'active'], 'withdrawn, and restored');
  t.strictSame(
    (await rowsAt(ipms, place)).map((row) => row.state),
    ['undone', 'undone'],
  );
});

t.test('SOP 4.3 directly: an address that is lost to another run is reported, and the others go on', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const file = (from: number) =>
    [
      'category,full_name,ic_number,notify_kind,notify_email,primary_email,package,grade,storage_mb,service_type',
      ...[0, 1, 2].map(
        (at) =>
          `civil_servant,Pegawai Terus ${from + at},900101-14-${1500 + from + at},personal,terus${from + at}@rumah.test,${at === 1 ? 'sama' : `terus${from + at}`},B,29,1 GB,Pengguna biasa`,
      ),
    ].join('\n');
  const first = await preparedRun(t, ipms, admin, 'direct-registration', file(0));
  const second = await preparedRun(t, ipms, admin, 'direct-registration', file(10));
  for (const place of [first, second]) await admin.submit(place, `${place}/confirm`);
  await workOffRuns(ipms);
  t.match(await runAt(ipms, first), { state: 'done', done: 3, failed: 0 });
  t.match(await runAt(ipms, second), { state: 'done', done: 2, failed: 1 }, 'queued, and done after it');
  const failed = await admin.get(`${second}?state=failed`);
  t.match(failed.text, /Pegawai Terus 11/);
  t.notMatch(failed.text, /Pegawai Terus 10/);
  const requests = await ipms.db
    .selectFrom('account_request')
    .selectAll()
    .where('full_name', 'like', 'Pegawai Terus%')
    .execute();
  t.equal(requests.length, 5);
  t.match(requests[0], {
    status: 'submitted',
    primary_email: 'terus0@jabatan.test',
    storage_mb: 1024,
    source: 'admin',
  });
  t.equal(
    (await ipms.db.selectFrom('access_code').select('id').where('full_name', '=', 'Pegawai Terus 11').execute()).length,
    0,
    'nothing of the row that failed is left',
  );
  t.equal(
    (await admin.post(`${first}/undo`, { reason: 'x', _csrf: await admin.token('/admin/bulk') })).status,
    422,
    'no way back in bulk',
  );
  t.equal(runIdOf(first) < runIdOf(second), true);
});

t.test('two agencies at once', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const other = await ipms.signIn('admin.kementerian');
  const [one] = await someMailboxes(ipms, 'JC', 1);
  const [two] = await someMailboxes(ipms, 'KC', 1);
  const first = await preparedRun(t, ipms, admin, 'changes', `mailbox,unit\n${one?.primary_email},Unit Satu\n`);
  const second = await preparedRun(t, ipms, other, 'changes', `mailbox,unit\n${two?.primary_email},Unit Dua\n`);
  await admin.submit(first, `${first}/confirm`);
  await other.submit(second, `${second}/confirm`);
  await Promise.all([workOffRuns(ipms), workOffRuns(ipms)]);
  for (const place of [first, second]) t.match(await runAt(ipms, place), { state: 'done', done: 1, failed: 0 });
});
