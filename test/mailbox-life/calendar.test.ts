import { t } from 'tap';
import { runDue } from '../../src/due.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { type Mailbox, makeOfficer } from '../make.ts';
import { mailboxNow, mailsOf } from '../read.ts';
import { manage } from './manage-account.ts';

// SOP 4.9, 4.11 and 4.2: what is planned, put off or cancelled from one page

type Planted = { disabling: Mailbox; until: Mailbox; deletion: Mailbox; code: number };

async function plant(ipms: Ipms, admin: Visitor): Promise<Planted> {
  const [disabling, until, deletion] = [
    await makeOfficer(ipms, 'kal.mula'),
    await makeOfficer(ipms, 'kal.akhir'),
    await makeOfficer(ipms, 'kal.tamat'),
  ];
  await manage(admin, disabling, 'disable', { reason: 'transfer', disabled_from: '1/12/2026' });
  await manage(admin, until, 'disable', { reason: 'study_leave', disabled_until: '2/12/2026', enable_by_itself: '1' });
  await manage(admin, deletion, 'delete', { effective_on: '3/12/2026', reason: 'Bersara' });
  const { id } = await ipms.db
    .insertInto('access_code')
    .values({
      agency_id: 1,
      category: 'civil_servant',
      full_name: 'Kal Kod binti Ujian',
      ic_number: '880412105672',
      email: null,
      contact_email: null,
      notify_kind: 'personal',
      notify_email: 'kal.kod@rumah.test',
      supervisor_email: null,
      status: 'issued',
      return_note: null,
      salt: 's',
      code_hash: 'h',
      issued_by: 2,
      issued_at: '2026-11-20T00:00:00.000Z',
      expires_at: '2026-12-03T17:00:00.000Z', // the 4th in Kuala Lumpur
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { disabling, until, deletion, code: id };
}

const orderOf = ({ db }: Ipms, mailbox: Mailbox) =>
  db.selectFrom('disabling').selectAll().where('mailbox_id', '=', mailbox.id).executeTakeFirstOrThrow();
const requestOf = ({ db }: Ipms, mailbox: Mailbox) =>
  db.selectFrom('termination').selectAll().where('mailbox_id', '=', mailbox.id).executeTakeFirstOrThrow();
const codeOf = ({ db }: Ipms, id: number) =>
  db.selectFrom('access_code').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

async function addresses(ipms: Ipms, { disabling, until, deletion, code }: Planted) {
  return {
    disabling: `/admin/calendar/disablings/${(await orderOf(ipms, disabling)).id}`,
    until: `/admin/calendar/until-dates/${(await orderOf(ipms, until)).id}`,
    deletion: `/admin/calendar/deletions/${(await requestOf(ipms, deletion)).id}`,
    code: `/admin/calendar/access-codes/${code}`,
  };
}

/** Presses the one button of a row on the calendar. */
const click = (admin: Visitor, action: string) => admin.submit('/admin/calendar?q=kal', action);

t.test('shows all kinds by their day, narrowed, and as a file', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  await plant(ipms, admin);
  const rows = async (query: string) =>
    (await admin.get(`/admin/calendar?q=kal${query}`)).dom.querySelectorAll('tbody tr').map((row) =>
      row
        .querySelectorAll('td')
        .slice(0, 3)
        .map((cell) => cell.textContent.trim()),
    );
  t.strictSame(await rows(''), [
    ['Pegawai kal.mula', '1 Dis 2026', 'Disable Account bermula'],
    ['Pegawai kal.akhir', '2 Dis 2026', 'Disable Account tamat'],
    ['Pegawai kal.tamat', '3 Dis 2026', 'Delete Account'],
    ['Kal Kod binti Ujian', '4 Dis 2026', 'Kod akses tamat tempoh'],
  ]);
  for (const [kind, name] of [
    ['disablings', 'Pegawai kal.mula'],
    ['until-dates', 'Pegawai kal.akhir'],
    ['deletions', 'Pegawai kal.tamat'],
    ['access-codes', 'Kal Kod binti Ujian'],
  ])
    t.strictSame(
      (await rows(`&kind=${kind}`)).map(([first]) => first),
      [name],
    );
  t.equal((await rows('&from=2/12/2026&to=3/12/2026')).length, 2);
  t.equal((await rows('&sort=-day'))[0]?.[0], 'Kal Kod binti Ujian');
  const csv = await admin.get('/admin/calendar?q=kal&format=csv');
  t.match(csv.html, 'Pegawai kal.tamat');
  const other = await ipms.signIn('admin.kementerian');
  t.notMatch((await other.get('/admin/calendar')).text, /kal\.|Kal Kod/);
});

t.test('one click puts off by a week', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const planted = await plant(ipms, admin);
  const at = await addresses(ipms, planted);
  for (const place of Object.values(at)) {
    const answer = await click(admin, `${place}/postpone`);
    t.strictSame([answer.status, answer.location], [303, '/admin/calendar']);
  }
  t.match(await orderOf(ipms, planted.disabling), { disabled_from: '2026-12-08', status: 'planned' });
  t.match(await orderOf(ipms, planted.until), { disabled_until: '2026-12-09', enable_by_itself: 1 });
  t.match(await requestOf(ipms, planted.deletion), { effective_on: '2026-12-10' });
  t.match(await codeOf(ipms, planted.code), { expires_at: '2026-12-11T15:59:59.999Z' });
  t.equal((await mailsOf(ipms, 'mailbox', planted.deletion.id, 'N12')).length, 2, 'the helpdesk hears of the new day');
  const acts = await ipms.db.selectFrom('audit').select('id').where('action', '=', 'access-code.postponed').execute();
  t.ok(acts.length > 0);
});

t.test('what is overdue is put off from today; what is over is not there', async (t) => {
  const ipms = await startIpms(t);
  let admin = await ipms.signIn('admin.jabatan');
  const { until } = await plant(ipms, admin);
  const late = await makeOfficer(ipms, 'kal.lewat');
  await manage(admin, late, 'disable', { reason: 'transfer', disabled_until: '1/12/2026' });
  await manage(admin, until, 'delete', { effective_on: '24/11/2026', reason: 'Bersara' });
  ipms.clock.now = new Date('2026-12-10T02:00:00Z');
  admin = await ipms.signIn('admin.jabatan');
  const rows = (await admin.get('/admin/calendar?q=kal')).dom
    .querySelectorAll('tbody tr')
    .map((row) => row.textContent.replace(/\s+/g, ' '));
  const overdue = texts['life.overdue'].ms;
  t.equal(rows.length, 3, 'no until-date of a deleted account, and no code that has expired');
  t.match(rows[0], `Pegawai kal.mula 1 Dis 2026 · ${overdue}`);
  t.match(rows[1], `Pegawai kal.lewat 1 Dis 2026 · ${overdue}`);
  t.match(rows[2], `Pegawai kal.tamat 3 Dis 2026 · ${overdue}`);
  const { id } = await orderOf(ipms, late);
  await click(admin, `/admin/calendar/until-dates/${id}/postpone`);
  t.match(await orderOf(ipms, late), { disabled_until: '2026-12-17' });
});

t.test('to a day that is typed, today or later', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const planted = await plant(ipms, admin);
  const at = await addresses(ipms, planted);
  for (const place of Object.values(at)) {
    const page = `${place}/postpone`;
    const past = await admin.submit(page, page, { date: '23/11/2026' });
    t.equal(past.status, 422);
    t.ok(past.problems.date, `${page}: beside the field`);
    t.equal((await admin.submit(page, page, { date: '20/12/2026' })).status, 303);
  }
  t.match(await orderOf(ipms, planted.disabling), { disabled_from: '2026-12-20' });
  t.match(await orderOf(ipms, planted.until), { disabled_until: '2026-12-20' });
  t.match(await requestOf(ipms, planted.deletion), { effective_on: '2026-12-20' });
  await admin.submit(`${at.disabling}/postpone`, `${at.disabling}/postpone`, { date: '24/11/2026' });
  t.match(await mailboxNow(ipms, planted.disabling), { status: 'disabled' }, 'today is at once');
});

t.test('one click cancels', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const planted = await plant(ipms, admin);
  const at = await addresses(ipms, planted);
  for (const place of Object.values(at)) t.equal((await click(admin, `${place}/cancel`)).status, 303, place);
  t.match(await orderOf(ipms, planted.disabling), { status: 'cancelled' });
  t.match(await orderOf(ipms, planted.until), { status: 'in-force', disabled_until: null, enable_by_itself: 0 });
  t.match(await requestOf(ipms, planted.deletion), { status: 'withdrawn' });
  t.match(await codeOf(ipms, planted.code), { status: 'revoked' });
  t.equal((await admin.get('/admin/calendar?q=kal')).dom.querySelectorAll('tbody tr').length, 0);
  await runDue(ipms.db, new Date('2027-01-01T00:00:00Z'));
  t.match(await mailboxNow(ipms, planted.disabling), { status: 'active' });
  t.match(await mailboxNow(ipms, planted.until), { status: 'disabled' });
  t.match(await mailboxNow(ipms, planted.deletion), { status: 'active' });
});

t.test('a double click does one thing and shows its result', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const planted = await plant(ipms, admin);
  const at = await addresses(ipms, planted);
  for (const [place, result] of [
    [at.disabling, `/admin/mailboxes/${planted.disabling.id}/account`],
    [at.deletion, `/admin/mailboxes/${planted.deletion.id}/account`],
    [at.code, `/admin/access-codes/${planted.code}`],
  ]) {
    const fields = { _csrf: await admin.token('/admin/calendar') };
    t.equal((await admin.post(`${place}/cancel`, fields)).status, 303);
    const again_ = await admin.post(`${place}/cancel`, fields);
    t.strictSame([again_.status, again_.location], [303, result]);
    t.equal(
      (await admin.post(`${place}/cancel`, { _csrf: await admin.token('/admin/calendar') })).status,
      404,
      'it is over',
    );
  }
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const planted = await plant(ipms, await ipms.signIn('admin.jabatan'));
  const at = await addresses(ipms, planted);
  const other = await ipms.signIn('admin.kementerian');
  const user = await ipms.signIn('pegawai.jabatan');
  const [theirs, token] = [await other.token('/admin/calendar'), await user.token('/me/password')];
  for (const place of Object.values(at))
    for (const name of ['postpone', 'cancel']) {
      t.equal((await other.get(`${place}/${name}`)).status, 404);
      t.equal((await other.post(`${place}/${name}`, { _csrf: theirs })).status, 404);
      t.equal((await user.post(`${place}/${name}`, { _csrf: token })).status, 403);
    }
  t.match(await orderOf(ipms, planted.disabling), { disabled_from: '2026-12-01', status: 'planned' });
  t.match(await requestOf(ipms, planted.deletion), { effective_on: '2026-12-03', status: 'requested' });
  t.match(await codeOf(ipms, planted.code), { status: 'issued' });
});
