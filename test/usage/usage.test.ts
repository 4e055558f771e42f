import { t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { DAY, later } from '../../src/base/time.ts';
import { type Act, inAct, UNSET } from '../../src/data/act.ts';
import { runDue } from '../../src/due.ts';
import { texts } from '../../src/texts.ts';
import { addRows, beginUsage } from '../../src/usage/usage-file.ts';
import { type Ipms, START, startIpms, type Visitor } from '../helper.ts';
import { changeMailbox, makeOfficer } from '../make.ts';
import { mailboxNow, mailboxOf, trailOf } from '../read.ts';
import { fileAt, HEAD, refusedOf, sendUsage, takenOver, takeOver } from './files.ts';

// How much storage each mailbox uses: a file of the mail system, sent by the helpdesk. Today is 24 November 2026.

const NEW = '/helpdesk/usage/new';
const OWN = 'pegawai.jabatan@jabatan.test';

async function start(t: Parameters<typeof startIpms>[0]) {
  const ipms = await startIpms(t);
  for (const login of ['pegawai.jabatan', 'admin.jabatan'])
    await changeMailbox(ipms, login, { used_mb: 0, used_on: null, last_mail_on: null });
  return { ipms, helpdesk: await ipms.signIn('meja.bantuan') };
}

/** Posts what no page offers, with a token all the same. */
async function command(browser: Visitor, path: string, page = NEW) {
  return browser.post(path, { _csrf: await browser.token(page) });
}

const figures = async (ipms: Ipms, login: string) => {
  const { used_mb, used_on, last_mail_on } = await mailboxOf(ipms, login);
  return [used_mb, used_on, last_mail_on];
};

t.test('a file is checked, confirmed, and only then taken over; each step is in the trail', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const sent = await sendUsage(helpdesk, [
    `${OWN},742.6,2026-11-23,22/11/2026`,
    'admin.jabatan@jabatan.test,1310,23/11/2026,',
  ]);
  t.match(sent, { status: 303, location: /^\/helpdesk\/usage\/\d+$/ });
  const page = await helpdesk.get(sent.location);
  t.match(page.text, /Belum ada angka yang berubah/);
  t.match(page.text, 'Sahkan 2 angka');
  t.match(page.text, '743 MB, 23 Nov 2026', 'the preview has each row');
  t.match(page.text, texts['usage.notKnown'].ms, 'beside what is known now');
  await takeOver(ipms);
  t.strictSame(await figures(ipms, 'pegawai.jabatan'), [0, null, null], 'nothing before it is confirmed');

  t.match(await helpdesk.submit(sent.location, `${sent.location}/confirm`), { status: 303, location: sent.location });
  t.match((await helpdesk.get(sent.location)).dom.querySelector('progress')?.getAttribute('max'), '2');
  const twice = await command(helpdesk, `${sent.location}/confirm`);
  t.equal(twice.status, 409);
  t.match(twice.text, /Telah disahkan oleh/);
  await takeOver(ipms);
  t.strictSame(await figures(ipms, 'pegawai.jabatan'), [743, '2026-11-23', '2026-11-22']);
  t.strictSame(await figures(ipms, 'admin.jabatan'), [1310, '2026-11-23', null]);
  const file = await fileAt(ipms, sent.location);
  t.match(file, { state: 'done', done: 2, same: 0, refused: 0, confirmed_by_name: file.created_by_name });
  const trail = await trailOf(ipms, 'usage_file', file.id);
  t.strictSame(
    trail.map((row) => [row.action, row.actor_role, row.after]),
    [
      ['usage.uploaded', 'helpdesk', '{"count":2}'],
      ['usage.confirmed', 'helpdesk', '{"count":2,"refused":0}'],
      ['usage.recorded', 'system', '{"done":2,"same":0,"refused":0}'],
    ],
  );
  const again = await takenOver(t, ipms, helpdesk, [`${OWN},743,2026-11-23,`]);
  t.match(await fileAt(ipms, again), { done: 0, same: 1 });
  t.strictSame(
    await figures(ipms, 'pegawai.jabatan'),
    [743, '2026-11-23', '2026-11-22'],
    'what it does not tell stays',
  );
});

t.test('what cannot be is named row by row, and the others are taken', async (t) => {
  const { ipms, helpdesk } = await start(t);
  await makeOfficer(ipms, 'alias.ada', { aliases: ['nama.lama@jabatan.test'] });
  const gone = await makeOfficer(ipms, 'sudah.tamat', { status: 'deleted' });
  await changeMailbox(ipms, 'admin.jabatan', { used_mb: 50, used_on: '2026-11-20' });
  const { location } = await sendUsage(helpdesk, [
    `${OWN.toUpperCase()},742,2026-11-24,`,
    'tiada@jabatan.test,1,2026-11-24,',
    `${gone.primary_email},1,2026-11-24,`,
    'admin.jabatan@jabatan.test,60,2026-11-19,',
    'admin.kementerian@kementerian.test,-5,2026-11-24,',
    'pegawai.kementerian@kementerian.test,7,2026-11-25,',
    'alias.ada@jabatan.test,1,2026-11-24,',
    'nama.lama@jabatan.test,2,2026-11-24,',
    'x,"1,024",31/02/2026,2026-12-01',
    ',,,',
    `senarai,`,
  ]);
  t.strictSame(await refusedOf(ipms, location), [
    [3, 'usage.noMailbox'],
    [4, 'usage.noMailbox'],
    [5, 'usage.older'],
    [6, 'usage.negative'],
    [7, 'usage.future'],
    [8, 'usage.twice'],
    [9, 'usage.twice'],
    [10, 'form.email', 'usage.number', 'form.date'],
    [12, 'bulk.file.cells'],
  ]);
  const page = await helpdesk.get(`${location}?state=refused`);
  t.match(page.text, /Angka yang lebih baharu, pada 20 Nov 2026/);
  t.match(page.text, /Mailbox yang sama dengan baris 9 \(nama\.lama@jabatan\.test\)/);
  t.match((await helpdesk.get(`${location}?format=csv`)).html, 'tiada@jabatan.test');
  await helpdesk.submit(location, `${location}/confirm`);
  await takeOver(ipms);
  t.strictSame(await figures(ipms, 'pegawai.jabatan'), [742, '2026-11-24', null]);
  t.strictSame(await figures(ipms, 'admin.jabatan'), [50, '2026-11-20', null]);
  t.match(await fileAt(ipms, location), { state: 'done', done: 1, refused: 9, total: 10 });
  t.match((await helpdesk.get(location)).text, 'tiada@jabatan.test', 'what was refused can still be read');
});

t.test('an alias counts for its mailbox', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const officer = await makeOfficer(ipms, 'alias.sahaja', { aliases: ['nama.lama@jabatan.test'] });
  await takenOver(t, ipms, helpdesk, ['nama.lama@jabatan.test,300,2026-11-24,2026-11-24']);
  t.match(await mailboxNow(ipms, officer), { used_mb: 300, used_on: '2026-11-24', last_mail_on: '2026-11-24' });
});

t.test('what came between checking and taking over counts', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const leaving = await makeOfficer(ipms, 'akan.tamat');
  const older = await sendUsage(helpdesk, [
    `${OWN},10,2026-11-20,2026-11-20`,
    `${leaving.primary_email},5,2026-11-20,`,
  ]);
  await takenOver(t, ipms, helpdesk, [`${OWN},30,2026-11-23,2026-11-18`]);
  await ipms.db.updateTable('mailbox').set({ status: 'deleted' }).where('id', '=', leaving.id).execute();
  await helpdesk.submit(older.location, `${older.location}/confirm`);
  await takeOver(ipms);
  t.strictSame(await figures(ipms, 'pegawai.jabatan'), [30, '2026-11-23', '2026-11-18'], 'the newer figure stays');
  t.strictSame(await refusedOf(ipms, older.location), [
    [2, 'usage.older'],
    [3, 'usage.noMailbox'],
  ]);
  t.match(await fileAt(ipms, older.location), { state: 'done', done: 0, refused: 2 });
  await takenOver(t, ipms, helpdesk, [`${OWN},31,2026-11-23,2026-11-01`]);
  t.strictSame(
    await figures(ipms, 'pegawai.jabatan'),
    [31, '2026-11-23', '2026-11-18'],
    'of two days of mail the later',
  );
});

t.test('a file that is no such file is refused whole, and nothing is kept', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const before = await ipms.db.selectFrom('usage_file').select('id').execute();
  for (const [lines, head, words] of [
    [['a@b.test,1'], 'address,used_mb', /Tiada: Tarikh angka/],
    [[], HEAD, /tiada baris/],
    [['a@b.test,1,2026-11-24,,x'], `${HEAD},lain`, /Tidak dikenali: lain/],
  ] as const) {
    const answer = await sendUsage(helpdesk, [...lines], head);
    t.equal(answer.status, 422);
    t.match(answer.problems.file, words);
  }
  t.match(await helpdesk.submit(NEW, NEW, { file: 'x' }), {
    status: 422,
    problems: { file: texts['bulk.chooseFile'].ms },
  });
  t.strictSame(await ipms.db.selectFrom('usage_file').select('id').execute(), before);
  const template = await helpdesk.get('/helpdesk/usage/template');
  t.match(template.html, 'E-mel,Digunakan (MB),Tarikh angka,Aktiviti e-mel terakhir');
});

t.test('of what no row can be taken, nothing can be confirmed', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const { location } = await sendUsage(helpdesk, ['tiada@jabatan.test,1,2026-11-24,']);
  const page = await helpdesk.get(location);
  t.match(page.text, texts['usage.allRefused'].ms);
  t.notOk(page.dom.querySelector('form[action$="/confirm"]'));
  const refused = await command(helpdesk, `${location}/confirm`);
  t.equal(refused.status, 409);
  t.match(refused.dom.querySelector('.summary')?.text, texts['usage.nothingToTake'].ms);
  t.equal((await helpdesk.submit(location, `${location}/cancel`)).status, 303);
  t.match(await fileAt(ipms, location), { state: 'discarded' });
  t.equal((await command(helpdesk, `${location}/cancel`)).status, 409, 'it has ended');
});

t.test('a file that is cancelled while a command reads it keeps no rows', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const act = <T>(work: (act: Act) => Promise<T>) =>
    inAct(ipms.db, { actor: SYSTEM, now: ipms.clock.now, settings: UNSET }, work);
  const row = { line: 2, address: 'x@y.test', mailbox_id: null, used_mb: 1, used_on: '2026-11-24', last_mail_on: null };
  const rows = [{ ...row, problems: [] }];
  const id = await act((each) => beginUsage(each, { fileName: 'kuota.csv', hash: 'x', total: 2 }));
  await act((each) => addRows(each, id, rows));
  const place = `/helpdesk/usage/${id}`;
  t.equal((await helpdesk.submit(place, `${place}/cancel`)).status, 303);
  await t.rejects(act((each) => addRows(each, id, rows)));
  t.strictSame(await ipms.db.selectFrom('usage_row').selectAll().where('file_id', '=', id).execute(), []);
});

t.test('cancelled on the way, what was not taken stays out; whoever left the helpdesk confirms nothing', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const lines = [`${OWN},9,2026-11-24,`];
  const [one, two] = [await sendUsage(helpdesk, lines), await sendUsage(helpdesk, lines)];
  for (const { location } of [one, two]) await helpdesk.submit(location, `${location}/confirm`);
  await helpdesk.submit(one.location, `${one.location}/cancel`);
  t.match(await fileAt(ipms, one.location), { state: 'cancelled', done: 0 });
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('login_id', '=', 'meja.bantuan').execute();
  await takeOver(ipms);
  const stopped = await fileAt(ipms, two.location);
  t.match(stopped, { state: 'stopped', done: 0 });
  t.match((await trailOf(ipms, 'usage_file', stopped.id)).at(-1), { action: 'usage.stopped', actor_role: 'system' });
  t.strictSame(await figures(ipms, 'pegawai.jabatan'), [0, null, null]);
});

t.test('a file that nobody confirms is forgotten after a week, what was refused after 90 days', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const open = await sendUsage(helpdesk, [`${OWN},9,2026-11-24,`]);
  const done = await takenOver(t, ipms, helpdesk, [`${OWN},9,2026-11-24,`, 'tiada@jabatan.test,1,2026-11-24,']);
  await runDue(ipms.db, later(START, 6 * DAY));
  t.match(await fileAt(ipms, open.location), { state: 'checked' });
  await runDue(ipms.db, later(START, 7 * DAY));
  t.match(await fileAt(ipms, open.location), { state: 'discarded', rows_kept: 0 });
  t.equal((await refusedOf(ipms, done)).length, 1);
  await runDue(ipms.db, later(START, 90 * DAY));
  t.match(await fileAt(ipms, done), { state: 'done', rows_kept: 0, refused: 1 });
  t.equal((await refusedOf(ipms, done)).length, 0);
});

t.test('a large file is taken over some rows at a time, and what was cut off goes on', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const { id } = await mailboxOf(ipms, 'pegawai.jabatan');
  const addresses = Array.from({ length: 700 }, (_, at) => ({
    address: `banyak${at}@jabatan.test`,
    kind: 'alias' as const,
    agency_id: 1,
    item_id: id,
    reserved_until: null,
  }));
  await ipms.db.insertInto('address').values(addresses).execute();
  const lines = addresses.map(({ address }) => `${address},1,2026-11-24,`);
  const { location } = await sendUsage(helpdesk, lines);
  t.match(await fileAt(ipms, location), { total: 700, refused: 700 }, 'all of them are one mailbox');
  const { id: fileId } = await fileAt(ipms, location);
  await ipms.db.updateTable('usage_row').set({ state: 'waiting', said: '[]' }).where('file_id', '=', fileId).execute();
  await ipms.db.updateTable('usage_file').set({ refused: 0 }).where('id', '=', fileId).execute();
  await helpdesk.submit(location, `${location}/confirm`);
  const ending = new AbortController();
  ending.abort();
  t.equal(await takeOver(ipms, ending.signal), 0, 'nothing is begun at the end');
  t.equal(await takeOver(ipms), 700);
  t.match(await fileAt(ipms, location), { state: 'done', done: 1 + 199, same: 500 });
});

t.test('figures are shown with their day, and not known before the first', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { id } = await mailboxOf(ipms, 'pegawai.jabatan');
  const unknown = texts['usage.notKnown'].ms;
  t.match((await admin.get(`/admin/mailboxes/${id}`)).text, 'Belum diketahui, daripada 2 GB');
  t.match((await helpdesk.get(`/helpdesk/mailboxes/${id}`)).text, 'Belum diketahui, daripada 2 GB');
  const list = '/admin/reports/account-list?by=primary_email&q=pegawai.jabatan&format=csv';
  t.match((await admin.get(list)).html, ',2048,,,', 'in a file as nothing, since a spreadsheet counts the column');
  t.match((await admin.get(list.replace('&format=csv', ''))).text, unknown);
  await takenOver(t, ipms, helpdesk, [`${OWN},742,2026-11-23,2026-11-22`]);
  t.match((await admin.get(`/admin/mailboxes/${id}`)).text, '742 MB daripada 2 GB, pada 23 Nov 2026');
  const file = (await admin.get(list)).html;
  t.match(file, /742.*2026-11-23/);
  t.match((await admin.get('/admin')).text, /Angka (pada|antara) .*2026/);
  await ipms.db.updateTable('mailbox').set({ used_on: null }).execute();
  t.notMatch((await admin.get('/admin')).text, /Angka (pada|antara)/);
  t.match((await admin.get('/admin')).text, unknown);
});

t.test('accounts not in use: by the last mail where it is known, else by sign-in, and it says which', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { id } = await mailboxOf(ipms, 'pegawai.jabatan');
  const row = async (days: number) => {
    const { dom } = await admin.get(`/admin/reports/dormant?days=${days}&q=${OWN}`);
    const cells = dom.querySelectorAll('main tbody td').map((cell) => cell.text.trim());
    return cells.length === 0 ? null : cells.slice(-2);
  };
  await ipms.db.updateTable('user').set({ last_sign_in_at: null }).where('email', '=', OWN).execute();
  t.strictSame(await row(30), [texts['person.never'].ms, texts['report.bySignIn'].ms]);
  const signedIn = later(START, -40 * DAY).toISOString();
  await ipms.db.updateTable('user').set({ last_sign_in_at: signedIn }).where('email', '=', OWN).execute();
  t.strictSame(await row(30), ['15 Okt 2026', texts['report.bySignIn'].ms]);
  await takenOver(t, ipms, helpdesk, [`${OWN},1,2026-11-23,2026-11-22`]);
  t.equal(await row(30), null, 'mail is used, though nobody signs in');
  await ipms.db.updateTable('mailbox').set({ last_mail_on: '2026-08-01' }).where('id', '=', id).execute();
  await ipms.db.updateTable('user').set({ last_sign_in_at: START.toISOString() }).where('email', '=', OWN).execute();
  t.strictSame(await row(30), ['1 Ogos 2026', texts['report.byMail'].ms], 'who signs in and uses no mail is in it');
});

t.test('who may not', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const { location } = await sendUsage(helpdesk, [`${OWN},9,2026-11-24,`]);
  const paths = ['/helpdesk/usage', '/helpdesk/usage/new', '/helpdesk/usage/template', location];
  for (const path of paths)
    t.equal((await ipms.visitor().get(path)).location, `/login?next=${encodeURIComponent(path)}`);
  for (const login of ['pegawai.jabatan', 'admin.jabatan', 'admin.kementerian']) {
    const browser = await ipms.signIn(login);
    for (const path of paths) t.equal((await browser.get(path)).status, 403, `${login} ${path}`);
    for (const name of ['confirm', 'cancel'])
      t.equal((await command(browser, `${location}/${name}`, '/me/password')).status, 403, `${login} ${name}`);
  }
  t.match(await fileAt(ipms, location), { state: 'checked', confirmed_at: null });
});
