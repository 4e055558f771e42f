import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { formValues, type Ipms, startIpms } from '../helper.ts';
import { makeOfficer } from '../make.ts';
import { mailboxOf, recordsOf, trailOf } from '../read.ts';

// SOP 4.9 steps 7 and 8, SOP 4.10 step 4: Mail Flows, Accept Message From

const POSTMASTER = 'postadmin@jabatan.test';

async function begin(t: Parameters<typeof startIpms>[0]) {
  const ipms = await startIpms(t);
  const mailbox = await mailboxOf(ipms, 'pegawai.jabatan');
  return {
    ipms,
    mailbox,
    page: `/admin/mailboxes/${mailbox.id}/mail-flows`,
    admin: await ipms.signIn('admin.jabatan'),
  };
}

async function flowsOf(ipms: Ipms, id: number) {
  const rows = await ipms.db.selectFrom('accepted_sender').select('address').where('mailbox_id', '=', id).execute();
  const { accept_from } = await ipms.db
    .selectFrom('mailbox')
    .select('accept_from')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { accept_from, senders: rows.map((row) => row.address).sort() };
}

t.test('the SOP’s words; the postmaster first, then people of the agency by search', async (t) => {
  const { admin, page } = await begin(t);
  const { dom, text } = await admin.get(page);
  for (const words of ['Accept Message From', 'All senders', 'Only sender from following list', POSTMASTER])
    t.match(text, words);
  t.equal(dom.querySelector('main button.main')?.textContent, 'Save Changes');
  const first = dom.querySelector('input[name=senders]');
  t.equal(first?.getAttribute('value'), POSTMASTER);
  const found = await admin.get(`${page}?q=rosnah`);
  const offered = found.dom.querySelectorAll('input[name=senders]').map((box) => box.getAttribute('value'));
  t.strictSame(offered, [POSTMASTER, 'admin.jabatan@jabatan.test']);
  const others = await admin.get(`${page}?q=${encodeURIComponent('kavitha')}`);
  t.notMatch(others.text, 'kementerian.test', 'nobody of another agency');
});

t.test('only the postmaster, then All senders: audit, record and directory each time', async (t) => {
  const { ipms, admin, mailbox, page } = await begin(t);
  const answer = await admin.submit(page, page, { accept_from: 'listed', senders: POSTMASTER });
  t.equal(answer.location, page);
  t.match((await admin.get(page)).text, texts['mailbox.flows.saved.listed'].ms);
  t.strictSame(await flowsOf(ipms, mailbox.id), { accept_from: 'listed', senders: [POSTMASTER] });
  const [restricted] = await trailOf(ipms, 'mailbox', mailbox.id, 'mailbox.senders-restricted');
  t.match(restricted, { sop: '4.9' });
  t.strictSame(JSON.parse(restricted?.before ?? ''), { accept_from: 'all', senders: [] });
  t.strictSame(JSON.parse(restricted?.after ?? ''), { accept_from: 'listed', senders: [POSTMASTER] });
  const filed = (await recordsOf(ipms, 'mailbox', mailbox.id, '4.9')).at(-1);
  t.equal(filed?.title, 'record.mail-flows');
  t.match(JSON.parse(filed?.content ?? ''), { senders: [POSTMASTER] });
  t.ok(
    (await admin.get(page)).dom.querySelector('#flows-postmaster')?.hasAttribute('checked'),
    'the page shows what holds',
  );
  await admin.submit(page, page, { accept_from: 'all' });
  t.strictSame(await flowsOf(ipms, mailbox.id), { accept_from: 'all', senders: [] });
  t.match(await trailOf(ipms, 'mailbox', mailbox.id, 'mailbox.senders-restored'), [{ sop: '4.10' }]);
  t.match((await recordsOf(ipms, 'mailbox', mailbox.id, '4.10')).at(-1), { title: 'record.mail-flows' });
  await admin.submit(page, page, { accept_from: 'all' });
  t.equal(
    (await trailOf(ipms, 'mailbox', mailbox.id, 'mailbox.senders-restored')).length,
    1,
    'the same again is no act',
  );
});

t.test('any address of the agency: mailboxes, further addresses, lists, disabled ones; nobody else', async (t) => {
  const { ipms, admin, mailbox, page } = await begin(t);
  await makeOfficer(ipms, 'nyah.aktif', { status: 'disabled', aliases: ['lain.nama@jabatan.test'] });
  const list = await ipms.db
    .selectFrom('group')
    .select('primary_email')
    .where('agency_id', '=', 1)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow();
  const senders = ['nyah.aktif@jabatan.test', 'LAIN.nama@jabatan.test', list.primary_email, POSTMASTER];
  t.equal((await admin.submit(page, page, { accept_from: 'listed', senders })).status, 303);
  const kept = await flowsOf(ipms, mailbox.id);
  t.strictSame(kept.senders, senders.map((each) => each.toLowerCase()).sort());
  const reserved = { agency_id: 1, item_id: mailbox.id, reserved_until: '2030-01-01' };
  await ipms.db
    .insertInto('address')
    .values({ address: 'lama@jabatan.test', kind: 'reserved', ...reserved })
    .execute();
  const unfit = ['pegawai.kementerian@kementerian.test', 'tiada@jabatan.test', 'lama@jabatan.test'];
  const another = ['lain.nama@jabatan.test', ...unfit];
  const refused = await admin.submit(page, page, { accept_from: 'listed', senders: another });
  t.equal(refused.status, 422);
  t.match(refused.problems.senders, unfit.join(', '));
  t.match(refused.html, 'tiada@jabatan.test');
  for (const wrong of ['bukan alamat', 'a@b', `x@jabatan.test'--`])
    t.equal((await admin.submit(page, page, { accept_from: 'listed', senders: wrong })).status, 422, wrong);
  t.equal((await admin.submit(page, page, { accept_from: 'semua' })).status, 422);
  t.strictSame(await flowsOf(ipms, mailbox.id), kept);
});

t.test('listed with nobody on the list is refused: no mail would be taken', async (t) => {
  const { ipms, admin, mailbox, page } = await begin(t);
  for (const senders of [[], '', ['', ' ']]) {
    const refused = await admin.submit(page, page, { accept_from: 'listed', senders });
    t.equal(refused.status, 422);
    t.match(refused.problems.senders, texts['mailbox.flows.senderNeeded'].ms);
  }
  t.equal((await flowsOf(ipms, mailbox.id)).accept_from, 'all');
});

t.test('the button to search keeps what is chosen and saves nothing', async (t) => {
  const { ipms, admin, mailbox, page } = await begin(t);
  const fields = {
    accept_from: 'listed',
    senders: [POSTMASTER, 'admin.jabatan@jabatan.test'],
    step: 'search',
    q: 'yap',
  };
  const shown = await admin.submit(page, page, fields);
  t.equal(shown.status, 200);
  const values = formValues(shown.dom, page, page);
  t.equal(values.accept_from, 'listed');
  t.strictSame(
    [values.senders].flat().filter((each) => each !== ''),
    [POSTMASTER, 'admin.jabatan@jabatan.test'],
  );
  t.match(shown.text, 'Yap Swee Lan');
  t.equal((await flowsOf(ipms, mailbox.id)).accept_from, 'all');
});

t.test('two administrators, and a double click', async (t) => {
  const { ipms, admin, mailbox, page } = await begin(t);
  const second = await ipms.signIn('admin.jabatan');
  const opened = formValues((await second.get(page)).dom, page, page);
  const fields = { ...formValues((await admin.get(page)).dom, page, page), accept_from: 'listed', senders: POSTMASTER };
  const twice = await Promise.all([admin.post(page, fields), admin.post(page, fields)]);
  t.strictSame(
    twice.map(({ location }) => location),
    [page, page],
  );
  t.equal((await trailOf(ipms, 'mailbox', mailbox.id, 'mailbox.senders-restricted')).length, 1);
  const late = await second.post(page, { ...opened, accept_from: 'listed', senders: 'admin.jabatan@jabatan.test' });
  t.equal(late.status, 409);
  t.match(late.text, 'Rosnah binti Ismail');
  t.strictSame((await flowsOf(ipms, mailbox.id)).senders, [POSTMASTER]);
  await ipms.db.updateTable('mailbox').set({ status: 'deleted' }).where('id', '=', mailbox.id).execute();
  t.match((await admin.get(page)).text, texts['mailbox.isDeleted'].ms);
  t.equal((await admin.post(page, { ...fields, _csrf: await admin.token('/admin/mailboxes/1') })).status, 409);
});

t.test('who may not', async (t) => {
  const { ipms, mailbox, page } = await begin(t);
  const fields = { accept_from: 'listed', senders: POSTMASTER };
  t.equal((await ipms.visitor().get(page)).location, `/login?next=${encodeURIComponent(page)}`);
  for (const login of ['pegawai.jabatan', 'meja.bantuan']) {
    const browser = await ipms.signIn(login);
    t.equal((await browser.get(page)).status, 403);
    t.equal((await browser.post(page, { ...fields, _csrf: await browser.token('/me/password') })).status, 403);
  }
  const other = await ipms.signIn('admin.kementerian');
  const _csrf = await other.token('/me/password');
  t.equal((await other.get(page)).status, 404);
  t.equal((await other.post(page, { ...fields, _csrf })).status, 404);
  t.equal((await other.post(page, { ...fields, _csrf, step: 'search', q: 'rosnah' })).status, 404);
  const own = `/admin/mailboxes/${(await mailboxOf(ipms, 'pegawai.kementerian')).id}/mail-flows`;
  t.equal((await other.post(own, { ...fields, _csrf })).status, 422, 'another agency’s postmaster');
  t.strictSame(await flowsOf(ipms, mailbox.id), { accept_from: 'all', senders: [] });
});
