import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { findFaults } from '../../src/command-line/faults.ts';
import { runDue } from '../../src/due.ts';
import { START, startIpms, type Visitor } from '../helper.ts';
import { manage } from '../mailbox-life/manage-account.ts';
import { KC, makeOfficer } from '../make.ts';
import { mailboxNow } from '../read.ts';
import {
  askForOfficer,
  lettersNumbered,
  newestTransfer,
  offerOfficer,
  PACKAGE,
  prepareTransfer,
  registryOf,
  sendTransferForm,
} from './transfers.ts';

// SOP 5.0: two at once, ends of every kind, and who may not

/** Forms that arrive together, each from a page of its own. */
async function together(page: string, ...sent: [Visitor, string, Record<string, string>][]) {
  const tokens: string[] = [];
  for (const [browser] of sent) tokens.push(await browser.token(page));
  return Promise.all(
    sent.map(([browser, name, fields], at) => browser.post(`${page}/${name}`, { ...fields, _csrf: tokens[at] ?? '' })),
  );
}

t.test('agree and withdraw at once: one wins, the other is told', async (t) => {
  for (const order of [0, 1]) {
    const ipms = await startIpms(t);
    const { mover, from, to } = await prepareTransfer(ipms);
    const page = await askForOfficer(to, mover.primary_email);
    const both: [Visitor, string, Record<string, string>][] = [
      [from, 'agree', {}],
      [to, 'withdraw', {}],
    ];
    const answers = await together(page, ...(order === 0 ? both : both.toReversed()));
    const { status } = await newestTransfer(ipms);
    t.ok(['agreed', 'withdrawn'].includes(status));
    // what is agreed may still be withdrawn; what was withdrawn cannot be agreed to
    const statuses = answers.map((answer) => answer.status).sort();
    t.ok(JSON.stringify(statuses) === '[303,303]' ? status === 'withdrawn' : JSON.stringify(statuses) === '[303,409]');
    t.equal((await mailboxNow(ipms, mover)).agency_id, 1);
  }
});

t.test('both sides agree twice, double click: one effect', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  const page = await offerOfficer(from, mover);
  const _csrf = await to.token(page);
  const answers = await Promise.all([1, 2].map(() => to.post(`${page}/agree`, { ...PACKAGE, _csrf })));
  t.strictSame(
    answers.map((answer) => answer.status),
    [303, 303],
  );
  const late = await sendTransferForm(to, page, 'agree', PACKAGE).catch(() => null);
  t.equal(late, null, 'no form any more');
  const stale = await to.post(`${page}/agree`, { ...PACKAGE, _csrf: await to.token('/admin/transfers') });
  t.equal(stale.status, 409);
  t.match(stale.text, 'Tan Chee Keong');
  t.equal((await lettersNumbered(ipms, 'transfer-done')).length, 4);
});

t.test('disabled before the day: it waits, and goes on when that has ended; deleted: it ends', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  const page = await offerOfficer(from, mover, { effective_on: '1/12/2026' });
  await sendTransferForm(to, page, 'agree', PACKAGE);
  await manage(from, mover, 'disable', { reason: 'security_investigation' });
  ipms.clock.now = later(START, 10 * DAY);
  await runDue(ipms.db, ipms.clock.now);
  t.match(await mailboxNow(ipms, mover), { agency_id: 1, status: 'disabled' });
  const back = await ipms.signIn('admin.jabatan');
  t.match((await back.get(page)).text, 'Enable Account');
  await manage(back, mover, 'enable');
  await runDue(ipms.db, ipms.clock.now);
  t.match(await mailboxNow(ipms, mover), { agency_id: 2, status: 'active' });

  const gone = await makeOfficer(ipms, 'pergi');
  const second = await offerOfficer(back, gone, { effective_on: '30/12/2026' });
  const other = await ipms.signIn('admin.kementerian');
  await sendTransferForm(other, second, 'agree', { ...PACKAGE, primary_email: 'pergi@kementerian.test' });
  await manage(back, gone, 'delete', { effective_on: '4/12/2026', reason: 'x' });
  await runDue(ipms.db, ipms.clock.now);
  t.match(await newestTransfer(ipms), { status: 'expired' });
  t.notOk(
    (await registryOf(ipms, gone.id)).some((row) => row.includes('kementerian')),
    'the address is free again',
  );
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('disable and carry out at once', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  const page = await offerOfficer(from, mover);
  const token = await from.token(`/admin/mailboxes/${mover.id}/account`);
  const mine = await to.token(page);
  await Promise.all([
    to.post(`${page}/agree`, { ...PACKAGE, _csrf: mine }),
    from.post(`/admin/mailboxes/${mover.id}/disable`, { reason: 'other', _csrf: token }),
  ]);
  const { agency_id, status } = await mailboxNow(ipms, mover);
  t.ok(
    (agency_id === 2 && status === 'active') || (agency_id === 1 && status === 'disabled'),
    `${agency_id} ${status}`,
  );
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('two transfers of one person', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const { mover, from, to } = await prepareTransfer(ipms);
  const asked = await askForOfficer(to, mover.primary_email);
  const offered = await offerOfficer(from, mover);
  const refused = await sendTransferForm(from, asked, 'agree');
  t.equal(refused.status, 409, 'the person leaves already');
  t.match(refused.text, 'Kementerian Contoh');
  const place = `/admin/mailboxes/${mover.id}/transfer`;
  t.equal((await from.post(place, { agency_id: '2', _csrf: await from.token(place) })).status, 409);
  await sendTransferForm(to, offered, 'agree', PACKAGE);
  const left = await db.selectFrom('transfer').selectAll().where('status', '=', 'requested').executeTakeFirstOrThrow();
  t.match(left, { status: 'requested', mailbox_id: null, from_agency_id: null, person_name: '' });
  t.equal((await from.get(asked)).status, 404);
  t.strictSame(await findFaults(db), []);
});

t.test('an address that somebody else has by the day is asked for anew', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const { mover, from, to } = await prepareTransfer(ipms);
  const page = await offerOfficer(from, mover, { effective_on: '1/12/2026' });
  await sendTransferForm(to, page, 'agree', PACKAGE);
  await db.deleteFrom('address').where('address', '=', PACKAGE.primary_email).execute();
  await makeOfficer(ipms, 'orang.lain', { agency: KC, aliases: [PACKAGE.primary_email] });
  await runDue(db, later(START, 8 * DAY));
  t.match(await newestTransfer(ipms), { status: 'agreed', allocation: null });
  t.match((await lettersNumbered(ipms, 'transfer')).at(-1), {
    to: 'admin.kementerian@kementerian.test',
    subject: 'Alamat baharu diperlukan: Pegawai pindah',
  });
  ipms.clock.now = later(START, 8 * DAY);
  const later_ = await ipms.signIn('admin.kementerian');
  t.equal(
    (await sendTransferForm(later_, page, 'allocation', { ...PACKAGE, primary_email: 'pindah2@kementerian.test' }))
      .status,
    303,
  );
  t.match(await mailboxNow(ipms, mover), { agency_id: 2, primary_email: 'pindah2@kementerian.test' });
});

t.test('refused with a reason; withdrawn; unanswered for 30 days', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  const page = await askForOfficer(to, mover.primary_email);
  t.equal((await sendTransferForm(from, page, 'refuse', { reason: '' })).status, 422);
  await sendTransferForm(from, page, 'refuse', { reason: 'Belum tamat tempoh bertugas' });
  t.match(await newestTransfer(ipms), { status: 'refused', reason: 'Belum tamat tempoh bertugas' });
  const told = (await lettersNumbered(ipms, 'transfer')).at(-1);
  t.match(told, { to: 'admin.kementerian@kementerian.test', letter: /Belum tamat/ });
  t.notMatch(told?.letter, 'Pegawai pindah', 'not even then the name');

  const second = await offerOfficer(from, mover, { effective_on: '1/12/2026' });
  await sendTransferForm(to, second, 'agree', PACKAGE);
  await sendTransferForm(to, second, 'withdraw');
  t.match(await newestTransfer(ipms), { status: 'withdrawn', holds_address: 0 });
  t.strictSame(await registryOf(ipms, mover.id), ['mailbox pindah@jabatan.test 1']);
  t.match((await lettersNumbered(ipms, 'transfer')).at(-1), { to: 'admin.jabatan@jabatan.test' });

  await askForOfficer(to, 'tiada@jabatan.test');
  await askForOfficer(to, mover.primary_email);
  await runDue(ipms.db, later(START, 29 * DAY));
  t.match(await newestTransfer(ipms), { status: 'requested' });
  await runDue(ipms.db, later(START, 30 * DAY));
  const rows = await ipms.db.selectFrom('transfer').select('status').orderBy('id', 'desc').limit(2).execute();
  t.strictSame(rows, [{ status: 'expired' }, { status: 'expired' }], 'alike, whether or not there was somebody');
});

t.test('who may not: a third agency, the helpdesk, a user; and nothing changes', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  const page = await askForOfficer(to, mover.primary_email);
  await ipms.db
    .insertInto('agency')
    .values({
      name: 'Agensi Ketiga',
      code: 'K3',
      postmaster_email: 'postadmin@tiga.test',
      created_at: START.toISOString(),
    })
    .execute();
  const outsider = await makeOfficer(ipms, 'ketiga', { role: 'admin' });
  await ipms.db.updateTable('mailbox').set({ agency_id: 3 }).where('id', '=', outsider.id).execute();
  await ipms.db.updateTable('user').set({ agency_id: 3 }).where('id', '=', outsider.user_id).execute();
  const third = await ipms.signIn('ketiga');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const user = await ipms.signIn('pegawai.jabatan');
  const _csrf = await third.token('/admin');
  for (const name of ['agree', 'allocation', 'refuse', 'withdraw']) {
    t.equal((await third.get(`${page}/${name}`)).status, 404);
    t.equal((await third.post(`${page}/${name}`, { ...PACKAGE, reason: 'x', _csrf })).status, 404);
  }
  t.equal((await third.get(page)).status, 404);
  t.notMatch((await third.get('/admin/transfers')).text, 'pindah@');
  t.equal((await third.get(`/admin/mailboxes/${mover.id}/transfer`)).status, 404);
  t.equal((await user.get('/admin/transfers')).status, 403);
  t.equal((await helpdesk.get(page)).status, 403);
  const read = await helpdesk.get(page.replace('/admin', '/helpdesk'));
  t.match(read.text, 'Pegawai pindah');
  t.equal(read.dom.querySelectorAll('main form').length, 0, 'to read only');
  t.match((await helpdesk.get('/helpdesk/transfers?agency=1')).text, 'Pegawai pindah');
  t.notMatch((await helpdesk.get('/helpdesk/transfers?agency=3')).text, 'Pegawai pindah');
  for (const [browser, name] of [
    [to, 'agree'],
    [to, 'refuse'],
    [from, 'withdraw'],
    [from, 'allocation'],
  ] as const) {
    const answer = await browser.post(`${page}/${name}`, {
      ...PACKAGE,
      reason: 'x',
      _csrf: await browser.token('/admin'),
    });
    t.equal(answer.status, 409, `${name} is the other side’s`);
  }
  t.match(await newestTransfer(ipms), { status: 'requested', version: 1 });
});
