import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { makeStaff, makeUser } from '../make.ts';
import { mailsNumbered, person, trailOf } from '../read.ts';
import { codeOf, enterCode, halfSignedIn, KNOWN_SECRET, plantAuthenticator, setUpPhone } from './phone.ts';

// SOP 4.20 step 6: whoever lost the phone and the recovery codes is helped by somebody else

const reason = 'Telefon dicuri; disahkan melalui kad pengenalan di kaunter.';

const has = async (ipms: Ipms, login: string) => {
  const { id } = await person(ipms, login);
  return (await ipms.db.selectFrom('authenticator').selectAll().where('user_id', '=', id).execute()).length === 1;
};

t.test('the other administrator of the agency takes it away, with a reason; the person hears of it', async (t) => {
  const ipms = await startIpms(t);
  const lost = await makeUser(ipms, 'admin.kedua', { role: 'admin', recovery: 'kedua@rumah.test' });
  const { browser } = await setUpPhone(ipms, 'admin.kedua');
  const waiting = await halfSignedIn(ipms, 'admin.kedua');
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/sign-in-help/${lost.id}`;
  const action = `${page}/reset-second-factor`;
  const empty = await admin.submit(page, action, {});
  t.equal(empty.status, 422);
  t.not(empty.problems.reason ?? '', '');
  t.ok(await has(ipms, 'admin.kedua'));
  t.equal((await admin.submit(page, action, { reason })).location, page);
  t.notOk(await has(ipms, 'admin.kedua'));
  t.equal((await ipms.db.selectFrom('recovery_code').selectAll().execute()).length, 0);
  t.equal((await browser.get('/admin')).status, 303, 'sessions end');
  t.equal((await waiting.browser.get('/login/code')).location, '/login');
  const shown = await admin.get(page);
  t.match(shown.text, texts['second-factor.resetDone'].ms);
  t.match(shown.text, reason, 'and the history says why');
  t.match(await trailOf(ipms, 'user', lost.id, 'user.second-factor-reset'), [
    { actor_name: 'Rosnah binti Ismail', sop: '4.20', after: JSON.stringify({ reason }) },
  ]);
  const mails = await mailsNumbered(ipms, 'second-factor-reset');
  t.same(mails.map((mail) => mail.to_address).sort(), ['admin.kedua@jabatan.test', 'kedua@rumah.test']);
  t.match(mails[0]?.letter, 'Rosnah binti Ismail');
  t.match(mails[0]?.letter, reason);
  t.equal((await halfSignedIn(ipms, 'admin.kedua')).place, '/admin', 'the password is enough, to set it up again');
});

t.test('the helpdesk helps people of every agency, and its own', async (t) => {
  const ipms = await startIpms(t);
  await makeStaff(ipms, 'meja.kedua');
  const helpdesk = await ipms.signIn('meja.bantuan');
  for (const login of ['pegawai.kementerian', 'admin.jabatan', 'meja.kedua']) {
    const id = await plantAuthenticator(ipms, login);
    const page = `/helpdesk/sign-in-help/${id}`;
    t.equal((await helpdesk.submit(page, `${page}/reset-second-factor`, { reason })).location, page);
    t.notOk(await has(ipms, login));
  }
});

t.test('two at once: one takes it away, the other is told', async (t) => {
  const ipms = await startIpms(t);
  const id = await plantAuthenticator(ipms, 'pegawai.jabatan');
  const [admin, helpdesk] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('meja.bantuan')];
  const post = async (browser: typeof admin, area: string) => {
    const page = `/${area}/sign-in-help/${id}`;
    const _csrf = await browser.token(page);
    return () => browser.post(`${page}/reset-second-factor`, { reason, _csrf });
  };
  const both = [await post(admin, 'admin'), await post(helpdesk, 'helpdesk')];
  const answers = await Promise.all(both.map((send) => send()));
  t.same(answers.map((answer) => answer.status).sort(), [303, 409]);
  t.match(answers.find((answer) => answer.status === 409)?.text, texts['second-factor.noneToReset'].ms);
  t.equal((await trailOf(ipms, 'user', id, 'user.second-factor-reset')).length, 1);
});

t.test('a locked sign-in is opened as ever; that takes nothing away', async (t) => {
  const ipms = await startIpms(t);
  const id = await plantAuthenticator(ipms, 'pegawai.jabatan');
  const { browser } = await halfSignedIn(ipms, 'pegawai.jabatan');
  for (let tries = 0; tries < 5; tries += 1) await enterCode(browser, 'AAAAA-AAAAA-AAAAA');
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/sign-in-help/${id}`;
  t.equal((await admin.submit(page, `${page}/unlock`)).status, 303);
  t.equal((await enterCode(browser, codeOf(ipms, KNOWN_SECRET))).status, 303);
});

t.test('whoever lost the phone is found by name, and among those who have a second factor', async (t) => {
  const ipms = await startIpms(t);
  const id = await plantAuthenticator(ipms, 'pegawai.jabatan');
  await plantAuthenticator(ipms, 'pegawai.kementerian');
  const admin = await ipms.signIn('admin.jabatan');
  const link = `/admin/sign-in-help/${id}`;
  t.notMatch((await admin.get('/admin/sign-in-help')).html, `${link}"`, 'not stuck');
  for (const query of ['q=pegawai.jabatan', 'kind=second-factor']) {
    const found = await admin.get(`/admin/sign-in-help?${query}`);
    t.match(found.html, `${link}"`, query);
    t.match(found.text, texts['sign-in-help.fine'].ms);
    t.notMatch(found.text, 'pegawai.kementerian', 'another agency’s is not');
  }
  t.notMatch((await admin.get('/admin/sign-in-help?q=pegawai.kementerian')).text, /tbody|Tiada permintaan/);
});

t.test('where there is none, no form is shown', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await person(ipms, 'pegawai.jabatan');
  const page = await (await ipms.signIn('admin.jabatan')).get(`/admin/sign-in-help/${id}`);
  t.notMatch(page.html, 'reset-second-factor');
});

t.test('who may not: the person, another agency’s administrator, users and visitors', async (t) => {
  const ipms = await startIpms(t);
  const { secret, browser } = await setUpPhone(ipms, 'admin.jabatan');
  const { id } = await person(ipms, 'admin.jabatan');
  const path = `/admin/sign-in-help/${id}/reset-second-factor`;
  const own = await browser.post(path, { reason, _csrf: await browser.token('/admin') });
  t.equal(own.status, 422);
  t.match(own.text, texts['second-factor.resetOwn'].ms);
  for (const [login, status, page] of [
    ['admin.kementerian', 404, '/admin'],
    ['pegawai.jabatan', 403, '/me'],
    ['meja.bantuan', 403, '/helpdesk'],
  ] as const) {
    const other = await ipms.signIn(login);
    t.equal((await other.post(path, { reason, _csrf: await other.token(page) })).status, status, login);
  }
  const visitor = ipms.visitor();
  t.equal((await visitor.post(path, { reason, _csrf: await visitor.token('/login') })).location, '/login');
  t.ok(await has(ipms, 'admin.jabatan'));
  const half = await halfSignedIn(ipms, 'admin.jabatan');
  t.equal((await enterCode(half.browser, codeOf(ipms, secret))).status, 303);
});
