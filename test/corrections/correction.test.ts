import { type Test, t } from 'tap';
import { findFaults } from '../../src/command-line/faults.ts';
import { type Ipms, PASSWORD, startIpms, type Visitor } from '../helper.ts';
import { KC, makeOfficer, makeUser, type OfficerValues } from '../make.ts';
import { ADMIN } from '../people.ts';
import { actionsOf, dueInDirectory, mailboxNow, mailsOf, recordsOf, trailOf, userOf } from '../read.ts';

// SOP 4.7: an IC or passport number, or a login ID, that was wrong when it was approved

const [WRONG, RIGHT] = ['880412105672', '880412105674'];
const WISH = { ic_number: '880412-10-5674', login_id: 'Aminah.Yusof', reason: 'Digit akhir tersalah; salinan K/P' };
const SECOND = 'rosli@jabatan.test';

async function begin(t: Test, values: OfficerValues = {}) {
  const ipms = await startIpms(t);
  const mailbox = await makeOfficer(ipms, 'aminah.salah', {
    display_name: 'Siti Aminah',
    full_name: 'Siti Aminah binti Yusof',
    ic_number: WRONG,
    ...values,
  });
  await makeUser(ipms, 'rosli', { role: 'admin' });
  const page = `/admin/mailboxes/${mailbox.id}/correction`;
  return { ipms, mailbox, page, asker: await ipms.signIn('admin.jabatan'), other: await ipms.signIn('rosli') };
}

async function asked(admin: Visitor, page: string, fields: Record<string, string> = {}) {
  const answer = await admin.submit(page, page, { ...WISH, ...fields });
  return { answer, place: answer.location, id: Number(answer.location.split('/').at(-1)) };
}

/** How many wait for somebody: as the menu says it, the first page, and the list that the latter leads to. */
async function counted(who: Visitor, area: 'admin' | 'helpdesk') {
  const { dom } = await who.get(`/${area}`);
  const list = `/${area}/corrections?status=mine`;
  return [
    Number(dom.querySelector(`nav a[href="/${area}/corrections"] .count`)?.textContent ?? 0),
    Number(dom.querySelector(`.tiles a[href="${list}"] .big`)?.textContent),
    (await who.get(list)).dom.querySelectorAll('main tbody tr').length,
  ];
}

const recipients = async (ipms: Ipms, type: 'correction' | 'mailbox', id: number) =>
  (await mailsOf(ipms, type, id)).map((row) => `${row.mail} ${row.to_address}`);

t.test('asked by one, confirmed by another: mailbox, sign-in, search, claim, history and record follow', async (t) => {
  const { ipms, mailbox, page, asker, other } = await begin(t);
  const { answer, place, id } = await asked(asker, page);
  t.equal(answer.status, 303);
  t.match((await asker.get(place)).text, /Menunggu pengesahan.*880412-10-5672.*880412-10-5674.*aminah\.salah/);
  t.strictSame(await mailboxNow(ipms, mailbox), mailbox, 'nothing has changed yet');
  t.strictSame(await recipients(ipms, 'correction', id), [`correction ${SECOND}`]);
  t.match((await asker.get(`/admin/mailboxes/${mailbox.id}`)).text, 'menunggu pengesahan');
  t.strictSame(await counted(other, 'admin'), [1, 1, 1], 'counted for who can decide');
  t.strictSame(await counted(asker, 'admin'), [0, 0, 0], 'and not for who asked');
  await ipms.db.updateTable('directory_object').set({ state: 'listed' }).execute();
  const past = await ipms.db.selectFrom('audit').selectAll().execute();

  const confirmed = await other.submit(place, `${place}/confirm`);
  t.equal(confirmed.status, 303);
  const after = await mailboxNow(ipms, mailbox);
  t.match(after, { ic_number: RIGHT, login_id: 'aminah.yusof', version: mailbox.version + 1 });
  t.equal((await userOf(ipms, mailbox)).login_id, 'aminah.yusof');
  const claim = ipms.db.selectFrom('identity_claim').select('value').where('holder', '=', 'mailbox');
  t.strictSame(await claim.where('holder_id', '=', mailbox.id).execute(), [{ value: RIGHT }]);
  t.match(await dueInDirectory(ipms, 'mailbox'), [mailbox.id], 'the directory is to follow');

  t.equal((await ipms.visitor().submit('/login', '/login', { login: 'aminah.salah', password: PASSWORD })).status, 422);
  await ipms.signIn('aminah.yusof');
  const search = async (q: string) => (await other.get(`/admin/mailboxes?q=${q}`)).text;
  t.match(await search('880412-10-5674'), 'Siti Aminah');
  t.notMatch(await search('880412-10-5672'), 'Siti Aminah');
  t.match(await search('aminah.yusof'), 'Siti Aminah');

  t.strictSame((await recipients(ipms, 'correction', id)).slice(1), [
    `correction-done ${ADMIN}`,
    `correction-done ${SECOND}`,
  ]);
  t.strictSame(await recipients(ipms, 'mailbox', mailbox.id), [`correction-done ${mailbox.primary_email}`]);
  const [letter] = await mailsOf(ipms, 'mailbox', mailbox.id);
  t.match(letter?.letter, 'aminah.yusof');
  t.notMatch(letter?.letter, RIGHT, 'a number is not written out in a mail');

  t.strictSame(await actionsOf(ipms, 'correction', id), ['correction.requested', 'correction.confirmed']);
  const [corrected] = await trailOf(ipms, 'mailbox', mailbox.id, 'mailbox.corrected');
  t.strictSame(JSON.parse(corrected?.before ?? ''), { ic_number: WRONG, login_id: 'aminah.salah' });
  t.strictSame(JSON.parse(corrected?.after ?? ''), { ic_number: RIGHT, login_id: 'aminah.yusof' });
  t.equal(corrected?.sop, '4.7');
  const now = await ipms.db.selectFrom('audit').selectAll().execute();
  t.strictSame(now.slice(0, past.length), past, 'the past of the trail is as it was');
  const [record] = await recordsOf(ipms, 'mailbox', mailbox.id, '4.7');
  const shown = (await other.get(`/admin/records/${record?.id}`)).text;
  for (const word of ['Pembetulan No. K/P', 'tersalah', 'Rosnah binti Ismail', 'Pegawai rosli']) t.match(shown, word);
  t.match((await other.get(`/admin/mailboxes/${mailbox.id}/history`)).text, 'dibetulkan');
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('the former login ID stays reserved, to everybody but the person', async (t) => {
  const { ipms, mailbox, page, asker, other } = await begin(t);
  const { place } = await asked(asker, page);
  await other.submit(place, `${place}/confirm`);
  const next = await makeOfficer(ipms, 'hashim');
  const theirs = `/admin/mailboxes/${next.id}/correction`;
  const refused = await asked(asker, theirs, { ic_number: next.ic_number ?? '', login_id: 'aminah.salah' });
  t.equal(refused.answer.status, 422);
  t.match(refused.answer.problems.login_id, 'telah digunakan');
  const direct = '/admin/account-requests/new';
  const taken = await asker.submit(direct, direct, {
    category: 'civil_servant',
    full_name: 'Zaiton binti Ali',
    ic_number: '900101145678',
    notify_kind: 'admin',
    verified_with: 'human_resources',
    package: 'B',
    grade: '41',
    storage_mb: '1024',
    service_type: 'ordinary',
    primary_email: 'zaiton',
    login_id: 'aminah.salah',
  });
  t.equal(taken.status, 422);
  t.match(taken.problems.login_id, 'telah digunakan');
  const back = await asked(other, page, { login_id: 'aminah.salah' });
  await asker.submit(back.place, `${back.place}/confirm`);
  t.equal((await mailboxNow(ipms, mailbox)).login_id, 'aminah.salah');
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('one person, one account: served already is refused when it is asked, and when it is confirmed', async (t) => {
  const { ipms, mailbox, page, asker, other } = await begin(t);
  const double = await makeOfficer(ipms, 'hashim', { ic_number: '900101145678' });
  const own = (await asked(asker, page, { ic_number: '900101145678' })).answer;
  t.equal(own.status, 422);
  t.match(own.problems.ic_number, 'sudah mempunyai mailbox di agensi anda');
  t.equal(own.dom.querySelector('.field .problem a')?.getAttribute('href'), `/admin/mailboxes/${double.id}`);
  await makeOfficer(ipms, 'kamal', { agency: KC, ic_number: '850615075432' });
  const elsewhere = (await asked(asker, page, { ic_number: '850615075432' })).answer;
  t.match(elsewhere.problems.ic_number, 'gunakan Pertukaran agensi');
  t.notMatch(elsewhere.text, 'kamal');

  const { place } = await asked(asker, page);
  const late = await makeOfficer(ipms, 'lewat', { agency: KC, ic_number: RIGHT });
  const helpdesk = await ipms.signIn('meja.bantuan');
  for (const [decider, area, words] of [
    [other, 'admin', 'Pertukaran agensi'],
    [helpdesk, 'helpdesk', 'Akaun kedua mesti dibenarkan'],
  ] as const) {
    const there = place.replace('/admin', `/${area}`);
    const answer = await decider.submit(there, `${there}/confirm`);
    t.equal(answer.status, 422);
    t.match(answer.text, words);
  }
  t.match(
    await mailboxNow(ipms, mailbox),
    { ic_number: WRONG, login_id: 'aminah.salah' },
    'nothing of it was carried out',
  );
  const permit = '/helpdesk/second-accounts/new';
  await helpdesk.submit(permit, permit, {
    category: 'civil_servant',
    full_name: late.full_name,
    ic_number: RIGHT,
    agency_id: String(mailbox.agency_id),
    reason: 'Dua jawatan',
  });
  t.equal((await other.submit(place, `${place}/confirm`)).status, 303, 'a second account that is permitted');
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('never decided by who asked, nor by whom it is about', async (t) => {
  const { ipms, asker, other } = await begin(t);
  const rosli = await ipms.db
    .selectFrom('mailbox')
    .selectAll()
    .where('login_id', '=', 'rosli')
    .executeTakeFirstOrThrow();
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = `/admin/mailboxes/${rosli.id}/correction`;
  const { place, id } = await asked(asker, page, { login_id: 'rosli.ahmad' });
  t.strictSame(await recipients(ipms, 'correction', id), ['correction meja.bantuan@bantuan.test'], 'nobody else can');
  const [mail] = await mailsOf(ipms, 'correction', id);
  t.match(mail?.letter, `/helpdesk/corrections/${id}`);
  const token = await asker.token('/admin/mailboxes');
  for (const [who, words] of [
    [asker, 'Anda yang memohon'],
    [other, 'akaun anda sendiri'],
  ] as const) {
    const shown = await who.get(place);
    t.match(shown.text, words);
    t.equal(shown.dom.querySelector(`form[action="${place}/confirm"]`), null);
    for (const name of ['confirm', 'refuse']) {
      const _csrf = who === asker ? token : await other.token('/admin/mailboxes');
      t.equal((await who.post(`${place}/${name}`, { _csrf, reason: 'x' })).status, 422);
    }
  }
  t.equal((await mailboxNow(ipms, rosli)).login_id, 'rosli');
  const there = `/helpdesk/corrections/${id}`;
  t.strictSame(await counted(helpdesk, 'helpdesk'), [1, 1, 1]);
  t.equal((await helpdesk.submit(there, `${there}/confirm`)).status, 303);
  t.equal((await mailboxNow(ipms, rosli)).login_id, 'rosli.ahmad');
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('refused with a reason that is mailed, or withdrawn by who asked; then it may be asked for again', async (t) => {
  const { ipms, mailbox, page, asker, other } = await begin(t);
  const first = await asked(asker, page);
  const twice = await other.post(page, { ...WISH, _csrf: await other.token('/admin/mailboxes') });
  t.equal(twice.status, 409, 'one at a time');
  t.match(twice.text, 'sudah menunggu pengesahan');
  t.equal((await other.submit(first.place, `${first.place}/refuse`, { reason: '' })).status, 422);
  await other.submit(first.place, `${first.place}/refuse`, { reason: 'Salinan K/P tidak jelas' });
  t.match((await asker.get(first.place)).text, /Ditolak.*Salinan K\/P tidak jelas/);
  t.strictSame((await recipients(ipms, 'correction', first.id)).at(-1), `correction ${ADMIN}`);
  const late = await other.post(`${first.place}/confirm`, { _csrf: await other.token('/admin/mailboxes') });
  t.equal(late.status, 409);
  t.match(late.text, 'Pegawai rosli');

  const second = await asked(asker, page);
  const _csrf = await other.token('/admin/mailboxes');
  t.equal((await other.post(`${second.place}/withdraw`, { _csrf })).status, 422, 'not by another one');
  await asker.submit(second.place, `${second.place}/withdraw`);
  t.strictSame(await recipients(ipms, 'correction', second.id), [`correction ${SECOND}`, `correction ${SECOND}`]);
  t.strictSame(await actionsOf(ipms, 'correction', second.id), ['correction.requested', 'correction.withdrawn']);
  t.strictSame(await mailboxNow(ipms, mailbox), mailbox);
});

t.test('two who decide at once: one of them, and one mail to the person', async (t) => {
  const { ipms, mailbox, page, asker, other } = await begin(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { place, id } = await asked(asker, page);
  const there = `/helpdesk/corrections/${id}`;
  const [one, two] = [await other.token(place), await helpdesk.token(there)];
  const answers = await Promise.all([
    other.post(`${place}/confirm`, { _csrf: one }),
    helpdesk.post(`${there}/confirm`, { _csrf: two }),
  ]);
  t.strictSame(answers.map(({ status }) => status).sort(), [303, 409]);
  t.equal((await mailsOf(ipms, 'mailbox', mailbox.id)).length, 1);
  t.equal((await recordsOf(ipms, 'mailbox', mailbox.id, '4.7')).length, 1);
});

t.test(
  'what changed meanwhile: another mailbox than asked about, a deleted one, nothing different, no IC',
  async (t) => {
    const { ipms, mailbox, page, asker, other } = await begin(t);
    const same = (await asked(asker, page, { ic_number: WRONG, login_id: 'aminah.salah' })).answer;
    t.equal(same.status, 422);
    t.match(same.text, 'Tiada apa-apa yang berbeza');
    t.match((await asked(asker, page, { ic_number: '' })).answer.problems.ic_number, '12 digit');
    t.ok((await asked(asker, page, { reason: '' })).answer.problems.reason);
    const { place } = await asked(asker, page);
    await ipms.db.updateTable('mailbox').set({ passport: 'A1234567' }).where('id', '=', mailbox.id).execute();
    const different = await other.submit(place, `${place}/confirm`);
    t.equal(different.status, 409);
    t.match(different.text, 'tidak lagi seperti semasa');
    await ipms.db
      .updateTable('mailbox')
      .set({ passport: null, status: 'deleted' })
      .where('id', '=', mailbox.id)
      .execute();
    t.equal((await other.submit(place, `${place}/confirm`)).status, 409);
    t.match(await mailboxNow(ipms, mailbox), { ic_number: WRONG, login_id: 'aminah.salah' });
  },
);

t.test('a passport that a person is known by changes by a correction alone', async (t) => {
  const { ipms, mailbox, page, asker, other } = await begin(t, { category: 'other' });
  await ipms.db.updateTable('account_request').set({ email: null }).where('mailbox_id', '=', mailbox.id).execute();
  const known = { passport: 'A1234567', contact_email: null };
  await ipms.db.updateTable('mailbox').set(known).where('id', '=', mailbox.id).execute();
  const general = `/admin/mailboxes/${mailbox.id}`;
  const straight = await asker.submit(general, general, { passport: 'B7654321' });
  t.equal(straight.status, 422);
  t.equal((await mailboxNow(ipms, mailbox)).passport, 'A1234567');
  const { place } = await asked(asker, page, { passport: 'b7654321', login_id: 'aminah.salah' });
  await other.submit(place, `${place}/confirm`);
  t.equal((await mailboxNow(ipms, mailbox)).passport, 'B7654321');
  const claim = await ipms.db.selectFrom('identity_claim').selectAll().where('value', '=', 'B7654321').execute();
  t.match(claim, [{ kind: 'passport', holder_id: mailbox.id }]);
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('the address by which somebody is known who is no civil servant', async (t) => {
  const { ipms, mailbox, page, asker, other } = await begin(t, { category: 'other' });
  await ipms.db
    .updateTable('mailbox')
    .set({ contact_email: 'aminah.salah@luar.test' })
    .where('id', '=', mailbox.id)
    .execute();
  const claims = (id = mailbox.id) =>
    ipms.db
      .selectFrom('identity_claim')
      .select(['kind', 'value'])
      .where('holder', '=', 'mailbox')
      .where('holder_id', '=', id)
      .execute();
  const shown = await asker.get(page);
  t.equal(shown.dom.querySelector('[name=email]')?.getAttribute('value'), 'aminah.salah@luar.test');
  t.equal(shown.dom.querySelector('[name=ic_number]'), null, 'no identity card');
  const wish = { login_id: 'aminah.salah', ic_number: '' };
  t.ok((await asked(asker, page, { ...wish, email: '' })).answer.problems.email, 'nobody loses it');
  const served = await makeOfficer(ipms, 'hashim', { category: 'other' });
  const twice = (await asked(asker, page, { ...wish, email: 'hashim@luar.test' })).answer;
  t.match(twice.problems.email, 'sudah mempunyai mailbox di agensi anda');
  t.equal(twice.dom.querySelector('.field .problem a')?.getAttribute('href'), `/admin/mailboxes/${served.id}`);

  const { place, id } = await asked(asker, page, { ...wish, email: 'Aminah.Betul@luar.test' });
  t.match((await other.get(place)).text, /aminah\.salah@luar\.test.*aminah\.betul@luar\.test/);
  t.match((await other.get('/admin/corrections')).text, 'aminah.salah@luar.test → aminah.betul@luar.test');
  t.strictSame(await claims(), [{ kind: 'email', value: 'aminah.salah@luar.test' }], 'nothing has changed yet');
  t.equal((await other.submit(place, `${place}/confirm`)).status, 303);
  t.strictSame(await claims(), [{ kind: 'email', value: 'aminah.betul@luar.test' }]);
  t.match(
    await mailboxNow(ipms, mailbox),
    { contact_email: 'aminah.betul@luar.test', known_email: 'aminah.betul@luar.test' },
    'mails go to the right one, too',
  );
  const [corrected] = await trailOf(ipms, 'mailbox', mailbox.id, 'mailbox.corrected');
  t.match(JSON.parse(corrected?.before ?? ''), { email: 'aminah.salah@luar.test' });
  t.match(JSON.parse(corrected?.after ?? ''), { email: 'aminah.betul@luar.test' });
  const [record] = await recordsOf(ipms, 'mailbox', mailbox.id, '4.7');
  t.match((await other.get(`/admin/records/${record?.id}`)).text, 'aminah.betul@luar.test');
  t.match((await mailsOf(ipms, 'correction', id)).at(-1)?.letter, 'aminah.betul@luar.test');
  t.match((await asker.get(page)).dom.querySelector('[name=email]')?.getAttribute('value'), 'aminah.betul@luar.test');
  await ipms.db
    .updateTable('mailbox')
    .set({ contact_email: 'hashim@rumah.test' })
    .where('id', '=', served.id)
    .execute();
  const freed = { login_id: 'hashim', email: 'aminah.salah@luar.test' };
  const next = await asked(asker, `/admin/mailboxes/${served.id}/correction`, freed);
  t.equal(next.answer.status, 303, 'the wrong address is free for whoever has it');
  await other.submit(next.place, `${next.place}/confirm`);
  t.strictSame(await claims(served.id), [{ kind: 'email', value: 'aminah.salah@luar.test' }]);
  t.equal((await mailboxNow(ipms, served)).contact_email, 'hashim@rumah.test', 'another one to be reached at stays');
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('the list: paged, searched, filtered, exported; the helpdesk has all agencies', async (t) => {
  const { ipms, page, asker } = await begin(t);
  await asked(asker, page);
  const helpdesk = await ipms.signIn('meja.bantuan');
  for (const [who, area] of [
    [asker, 'admin'],
    [helpdesk, 'helpdesk'],
  ] as const) {
    const list = `/${area}/corrections`;
    t.match((await who.get(`${list}?q=5672`)).text, 'Siti Aminah');
    t.notMatch((await who.get(`${list}?q=5672`)).text, /880412-10-5672|880412-10-5674/, 'masked in lists');
    t.notMatch((await who.get(`${list}?q=tiada`)).text, 'Siti Aminah');
    t.notMatch((await who.get(`${list}?status=confirmed`)).text, 'Siti Aminah');
    t.match((await who.get(`${list}?format=csv`)).html, /Siti Aminah.*aminah\.salah → aminah\.yusof/);
  }
  t.notMatch((await helpdesk.get('/helpdesk/corrections?agency=2')).text, 'Siti Aminah');
});

t.test('who may not: another agency, an officer, somebody who is signed out', async (t) => {
  const { ipms, mailbox, page, asker } = await begin(t);
  const { place } = await asked(asker, page);
  const strangers = [await ipms.signIn('admin.kementerian'), await ipms.signIn('pegawai.jabatan'), ipms.visitor()];
  for (const [index, stranger] of strangers.entries()) {
    const status = [404, 403, 303][index];
    const _csrf = await stranger.token(index === 2 ? '/login' : '/me/profile');
    for (const url of [page, place]) t.equal((await stranger.get(url)).status, status, url);
    for (const url of [page, `${place}/confirm`, `${place}/refuse`, `${place}/withdraw`])
      t.equal((await stranger.post(url, { ...WISH, _csrf })).status, status, url);
  }
  t.notMatch((await strangers[0]?.get('/admin/corrections'))?.text, 'Siti Aminah');
  t.strictSame(await mailboxNow(ipms, mailbox), mailbox);
  const row = await ipms.db.selectFrom('correction').select('status').executeTakeFirstOrThrow();
  t.equal(row.status, 'requested');
});
