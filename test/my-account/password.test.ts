import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { type Ipms, PASSWORD, startIpms, type Visitor } from '../helper.ts';
import { makeAdministrator } from '../make.ts';
import { mailsNumbered, person, trailOf } from '../read.ts';

// SOP 4.20: Kemaskini Katalaluan oleh Pengguna

const NEW = 'Kerbau#Hitam88';
const FIELDS = { current_password: PASSWORD, new_password: NEW, confirm_password: NEW };

const WRONG = { current_password: 'Bukan@katalaluan1' };

const change = (browser: Visitor, fields: Partial<typeof FIELDS> = {}) =>
  browser.submit('/me/password', '/me/password', { ...FIELDS, ...fields });

const enters = async (ipms: Ipms, login: string, password: string) =>
  (await ipms.visitor().submit('/login', '/login', { login, password })).status === 303;

t.test('Tukar Katalaluan: the new password holds, the other sessions end, this one goes on, N8 goes out', async (t) => {
  const ipms = await startIpms(t);
  const user = await person(ipms, 'pegawai.jabatan');
  const [browser, elsewhere] = [await ipms.signIn('pegawai.jabatan'), await ipms.signIn('pegawai.jabatan')];
  const stranger = await ipms.signIn('pegawai.kementerian');
  const cookie = browser.cookies.get('ipms');
  const answer = await change(browser);
  t.equal(answer.location, '/me/password');
  t.match((await browser.get(answer.location)).text, texts['my-password.done'].ms);
  t.not(browser.cookies.get('ipms'), cookie, 'under a new id');
  t.equal((await elsewhere.get('/me')).status, 303, 'the other session is over');
  t.equal((await stranger.get('/me')).status, 200, 'other people stay');
  const copy = ipms.visitor();
  copy.carry('ipms', decodeURIComponent(cookie ?? ''));
  t.equal((await copy.get('/me')).status, 303, 'the old id opens nothing');

  t.ok(await enters(ipms, 'pegawai.jabatan', NEW));
  t.notOk(await enters(ipms, 'pegawai.jabatan', PASSWORD));
  t.match((await mailsNumbered(ipms, 'N8')).at(-1), { to_address: user.email, item_id: user.id });
  const rows = await trailOf(ipms, 'user', user.id, 'user.password-changed');
  t.match(rows, [{ sop: '4.20', actor_user_id: user.id, before: null, after: null }]);
});

t.test('the page lists the rules, how to test it, and whom to tell by name', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_OWA_URL: 'https://owa.jabatan.test/' } });
  const browser = await ipms.signIn('pegawai.jabatan');
  const page = await browser.get('/me/password');
  t.equal(page.dom.querySelector('main form button.main')?.textContent, 'Tukar Katalaluan');
  t.equal(page.dom.querySelectorAll('.rules li').length, 9);
  t.ok(page.dom.querySelector('a[href="https://owa.jabatan.test"]'));
  t.match(page.text, 'Rosnah binti Ismail');
  t.ok(page.dom.querySelector('a[href="mailto:admin.jabatan@jabatan.test"]'));
  const now = () => browser.get('/me/password').then(({ dom }) => dom.querySelector('.rail .now')?.textContent ?? '');
  t.match(await now(), 'Pengurusan Katalaluan', 'the rail: signed in, now the change');
  await change(browser);
  t.equal(await now(), '', 'after it what is left is done outside');
});

t.test('what is wrong comes back beside its field, and no password with it', async (t) => {
  const ipms = await startIpms(t);
  const { password_hash } = await person(ipms, 'pegawai.jabatan');
  const browser = await ipms.signIn('pegawai.jabatan');
  const wrong: [Partial<typeof FIELDS>, ...string[]][] = [
    [{ current_password: 'Bukan@katalaluan1' }, 'current_password'],
    [{ current_password: '' }, 'current_password'],
    [{ new_password: 'pendek', confirm_password: 'pendek' }, 'new_password'],
    [{ confirm_password: `${NEW}x` }, 'confirm_password'],
    [{ new_password: 'pendek', confirm_password: 'lain' }, 'new_password', 'confirm_password'],
    [
      { ...WRONG, new_password: 'pendek', confirm_password: 'lain' },
      'current_password',
      'new_password',
      'confirm_password',
    ],
    [
      { ...WRONG, new_password: 'pendek', confirm_password: '' },
      'current_password',
      'new_password',
      'confirm_password',
    ],
    [
      { current_password: '', new_password: 'pendek', confirm_password: '' },
      'current_password',
      'new_password',
      'confirm_password',
    ],
  ];
  for (const [fields, ...names] of wrong) {
    const answer = await change(browser, fields);
    t.equal(answer.status, 422);
    t.strictSame(Object.keys(answer.problems), names);
    t.notMatch(answer.html, NEW);
  }
  t.equal((await person(ipms, 'pegawai.jabatan')).password_hash, password_hash);
});

t.test('a wrong present password counts as a wrong try of the sign-in', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  for (let tries = 0; tries < 5; tries += 1) await change(browser, { current_password: 'Bukan@katalaluan1' });
  const shut = await change(browser);
  t.equal(shut.status, 422);
  t.match(shut.text, 'Terlalu banyak percubaan');
  t.equal((await browser.get('/me')).status, 200, 'who is in stays in');
  await browser.post('/logout', { _csrf: await browser.token('/me/password') });
  const again = await browser.submit('/login', '/login', { login: 'pegawai.jabatan', password: PASSWORD });
  t.match(again.text, 'Terlalu banyak percubaan', 'the sign-in of this browser is shut, too');
});

t.test('whatever else is wrong, a present password that is tried counts, and is not told by the new one', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  t.equal((await change(browser)).status, 303);
  // the present one as the new one, by who does not know it: another answer than to any other password would tell
  const guess = await change(browser, WRONG);
  t.strictSame(Object.keys(guess.problems), ['current_password']);
  for (const fields of [
    { new_password: 'pendek' },
    { confirm_password: '' },
    { new_password: '' },
    { confirm_password: 'x' },
  ])
    t.ok((await change(browser, { ...WRONG, ...fields })).problems.current_password);
  const right = { current_password: NEW, new_password: 'pendek', confirm_password: 'pendek' };
  const shut = await change(browser, right);
  t.match(shut.text, 'Terlalu banyak percubaan', 'five wrong ones, and the right one is not looked at, either');
  t.strictSame(shut.problems, {}, 'nor is it told that it was right');
  const tries = await ipms.db.selectFrom('refused_try').select('what').execute();
  t.equal(tries.length, 5, 'each is kept');
});

t.test('a right present password beside a wrong new one is no try', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  for (let tries = 0; tries < 6; tries += 1)
    t.strictSame(Object.keys((await change(browser, { new_password: 'pendek' })).problems), [
      'new_password',
      'confirm_password',
    ]);
  t.equal((await change(browser)).status, 303);
});

t.test('the same submission twice changes once and shows the first result', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await person(ipms, 'pegawai.jabatan');
  const browser = await ipms.signIn('pegawai.jabatan');
  const fields = { ...FIELDS, _csrf: await browser.token('/me/password') };
  t.equal((await browser.post('/me/password', fields)).status, 303);
  const again = await browser.post('/me/password', fields);
  t.equal(again.location, '/me/password', 'back and send again is no wrong try');
  t.equal((await trailOf(ipms, 'user', id, 'user.password-changed')).length, 1);
});

t.test('two sessions at once with the same present password: one change', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await person(ipms, 'pegawai.jabatan');
  const browsers = [await ipms.signIn('pegawai.jabatan'), await ipms.signIn('pegawai.jabatan')];
  const tokens = await Promise.all(browsers.map((browser) => browser.token('/me/password')));
  const answers = await Promise.all(
    browsers.map((browser, index) => browser.post('/me/password', { ...FIELDS, _csrf: tokens[index] ?? '' })),
  );
  t.equal(answers.filter((answer) => answer.status === 303 && answer.location === '/me/password').length, 1);
  t.equal((await trailOf(ipms, 'user', id, 'user.password-changed')).length, 1);
});

t.test('who must change the password is sent here by every page, until it is done', async (t) => {
  const ipms = await startIpms(t);
  for (const [login, pages] of [
    ['admin.jabatan', ['/me', '/me/profile', '/me/quota', '/me/groups', '/me/sessions', '/admin/access-codes']],
    ['meja.bantuan', ['/me/sessions', '/helpdesk/sign-in-help']],
  ] as const) {
    await ipms.db.updateTable('user').set({ must_change_password: 1 }).where('login_id', '=', login).execute();
    const browser = await ipms.signIn(login);
    for (const url of pages) t.equal((await browser.get(url)).location, '/me/password', url);
    const page = await browser.get('/me/password');
    t.match(page.text, texts['my-password.forced'].ms);
    t.notOk(page.dom.querySelector('nav'), 'no menu to pages that do not open');
    const posted = await browser.post('/me/sessions/end-others', { _csrf: await browser.token('/me/password') });
    t.equal(posted.location, '/me/password');
    t.equal((await change(browser)).status, 303);
    for (const url of pages) t.equal((await browser.get(url)).status, 200, url);
    t.equal((await person(ipms, login)).must_change_password, 0);
  }
});

t.test('the helpdesk has this page, and asks its own', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('meja.bantuan');
  t.match((await browser.get('/me/password')).text, texts['whom.helpdeskStaff'].ms);
  t.equal((await change(browser)).status, 303);
  t.ok(await enters(ipms, 'meja.bantuan', NEW));
});

t.test('an administrator alone is sent to the helpdesk, and never to himself', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_HELPDESK_EMAIL: 'tolong@bantuan.test' } });
  const browser = await ipms.signIn('admin.jabatan');
  t.match((await browser.get('/me/password')).text, 'tolong@bantuan.test');
  const other = await makeAdministrator(ipms, 'admin.kedua');
  const page = await browser.get('/me/password');
  t.match(page.text, other.full_name);
  t.notMatch(page.text, 'admin.jabatan@jabatan.test');
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const visitor = ipms.visitor();
  const { password_hash } = await person(ipms, 'pegawai.jabatan');
  t.equal((await visitor.get('/me/password')).location, '/login?next=%2Fme%2Fpassword');
  const posted = await visitor.post('/me/password', { ...FIELDS, _csrf: await visitor.token('/login') });
  t.equal(posted.location, '/login');
  const browser = await ipms.signIn('pegawai.jabatan');
  t.equal((await browser.post('/me/password', FIELDS)).status, 403, 'without a token');
  t.equal((await person(ipms, 'pegawai.jabatan')).password_hash, password_hash);
});
