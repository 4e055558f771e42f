import { type Test, t } from 'tap';
import { unseal } from '../../src/base/secrets.ts';
import { later, MINUTE } from '../../src/base/time.ts';
import { runDue } from '../../src/due.ts';
import { texts } from '../../src/texts.ts';
import { issueCode, PEOPLE, signInWithCode } from '../account-requests/joining.ts';
import { formValues, type Ipms, PASSWORD, secrets, startIpms, type Visitor } from '../helper.ts';
import { makeOfficer } from '../make.ts';
import { ADMIN } from '../people.ts';
import { codeOf, nextCode, setUpPhone } from '../second-factor/phone.ts';

const CREATE = '/admin/groups/new';
const TYPED = { display_name: 'Panitia Ujian', primary_email: 'panitia.ujian', owners: 'bukan alamat' };

const pass = (ipms: Ipms, milliseconds: number) => {
  ipms.clock.now = later(ipms.clock.now, milliseconds);
};

/** Opens the form of a new list, and sends it as typed when something has happened meanwhile. */
async function sentAfter(browser: Visitor, meanwhile: () => unknown, fields: Record<string, string> = TYPED) {
  const opened = await browser.get(CREATE);
  const values = formValues(opened.dom, CREATE, CREATE);
  await meanwhile();
  return browser.post(CREATE, { ...values, ...fields });
}

const kept = (ipms: Ipms) => ipms.db.selectFrom('unsaved_form').selectAll().execute();
const groups = async (ipms: Ipms) =>
  (await ipms.db.selectFrom('group').select('id').where('display_name', '=', TYPED.display_name).execute()).length;

/** The answer leads to a sign-in page that says what happened; then the person signs in there. */
async function signInAgain(t: Test, browser: Visitor, location: string, login: string) {
  t.match(location, /^\/login\?next=%2Fme%2Funsaved-form%3Fform%3D\d+&ended=kept$/);
  const page = await browser.get(location);
  t.match(page.text, 'Sesi anda telah tamat. Borang ini belum disimpan.');
  const _csrf = page.dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  return browser.post(location, { login, password: PASSWORD, _csrf });
}

/** The form stands there as it was typed, with a token that is taken, and nothing of it has been done. */
async function standsAsTyped(t: Test, ipms: Ipms, browser: Visitor, location: string) {
  const back = await browser.get(location);
  t.equal(back.status, 200);
  t.match(back.text, 'Borang ini belum disimpan');
  const values = formValues(back.dom, location, CREATE);
  for (const [name, value] of Object.entries(TYPED)) t.equal(values[name], value, name);
  t.equal(await groups(ipms), 0, 'nothing was done');
  const answer = await browser.post(CREATE, { ...values, owners: 'pegawai.jabatan@jabatan.test' });
  t.equal(answer.status, 303, answer.text);
  t.equal(await groups(ipms), 1, 'sent again, it is done');
}

t.test('a session that ended by itself: the form comes back as typed after the sign-in', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const answer = await sentAfter(browser, () => pass(ipms, 31 * MINUTE));
  t.equal(answer.status, 303);
  const signedIn = await signInAgain(t, browser, answer.location, 'admin.jabatan');
  t.match(signedIn.location, /^\/me\/unsaved-form\?form=\d+$/);
  await standsAsTyped(t, ipms, browser, signedIn.location);
});

t.test('a session that was ended in another tab', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const answer = await sentAfter(browser, () => browser.submit('/admin', '/logout'));
  const signedIn = await signInAgain(t, browser, answer.location, 'admin.jabatan');
  await standsAsTyped(t, ipms, browser, signedIn.location);
});

t.test('what was saved before the session ended, and is sent again, is neither kept nor called unsaved', async (t) => {
  const ipms = await startIpms(t);
  for (const [at, ends] of ['by itself', 'in another tab', 'signed in again'].entries()) {
    const browser = await ipms.signIn('admin.jabatan');
    const opened = await browser.get(CREATE);
    const fields = { ...TYPED, display_name: `Panitia ${at}`, primary_email: `panitia.${at}`, owners: ADMIN };
    const form = { ...formValues(opened.dom, CREATE, CREATE), ...fields };
    const first = await browser.post(CREATE, form);
    t.match(first.location, /^\/admin\/groups\/\d+/);
    if (ends === 'by itself') pass(ipms, 31 * MINUTE);
    else await browser.submit('/admin', '/logout');
    if (ends === 'signed in again')
      await browser.submit('/login', '/login', { login: 'admin.jabatan', password: PASSWORD });
    const again = await browser.post(CREATE, form);
    t.equal(again.status, 303, ends);
    if (ends === 'signed in again') t.match(first.location, again.location, 'to what it made');
    else {
      t.equal(again.location, '/login');
      const page = await browser.get(again.location);
      t.match(page.text, texts['unsaved.done'].ms);
      t.notMatch(page.text, 'belum disimpan');
    }
    t.strictSame(await kept(ipms), []);
  }
  const other = await ipms.signIn('admin.jabatan');
  await sentAfter(other, () => pass(ipms, 31 * MINUTE));
  t.equal((await kept(ipms)).length, 1, 'what was not saved is kept');
});

t.test('with a second factor, the code is asked for first', async (t) => {
  const ipms = await startIpms(t);
  const phone = await setUpPhone(ipms, 'admin.jabatan');
  const answer = await sentAfter(phone.browser, () => pass(ipms, 31 * MINUTE));
  const half = await signInAgain(t, phone.browser, answer.location, 'admin.jabatan');
  t.match(half.location, /^\/login\/code\?next=%2Fme%2Funsaved-form/);
  const early = decodeURIComponent(half.location.split('next=')[1] ?? '');
  t.match((await phone.browser.get(early)).location, /^\/login\?/, 'the password alone shows nothing of it');
  nextCode(ipms);
  const page = await phone.browser.get(half.location);
  const _csrf = page.dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const done = await phone.browser.post(half.location, { code: codeOf(ipms, phone.secret), _csrf });
  await standsAsTyped(t, ipms, phone.browser, done.location);
});

t.test('signed in again in another tab: the stale form comes back at once with a fresh token', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const answer = await sentAfter(browser, async () => {
    await browser.submit('/admin', '/logout');
    await browser.submit('/login', '/login', { login: 'admin.jabatan', password: PASSWORD });
  });
  t.equal(answer.status, 409);
  t.match(answer.text, 'Borang ini dibuka sebelum anda log masuk semula');
  t.equal(await groups(ipms), 0);
  const values = formValues(answer.dom, CREATE, CREATE);
  t.equal(values.owners, TYPED.owners);
  t.equal((await browser.post(CREATE, { ...values, owners: 'pegawai.jabatan@jabatan.test' })).status, 303);
  t.strictSame(await kept(ipms), [], 'there was nothing to keep');
});

t.test('a stale form whose route has a number in it', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const { id } = await ipms.db
    .selectFrom('mailbox')
    .select('id')
    .where('login_id', '=', 'pegawai.jabatan')
    .executeTakeFirstOrThrow();
  const [page, action] = [`/admin/mailboxes/${id}/disable`, `/admin/mailboxes/${id}/disable`];
  const values = formValues((await browser.get(page)).dom, page, action);
  pass(ipms, 31 * MINUTE);
  const answer = await browser.post(action, { ...values, description: 'Cuti tanpa gaji' });
  const { location } = await signInAgain(t, browser, answer.location, 'admin.jabatan');
  const back = formValues((await browser.get(location)).dom, location, action);
  t.equal(back.description, 'Cuti tanpa gaji');
});

t.test('an applicant, who signs in with the access code, finds the form as it was typed', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { code } = await issueCode(admin, PEOPLE.malay);
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
  const form = await applicant.get('/register/form');
  const values = formValues(form.dom, '/register/form', '/register/form');
  pass(ipms, 31 * MINUTE);
  const answer = await applicant.post('/register/form', { ...values, division: 'Bahagian Ujian' });
  t.equal(answer.location, '/register?ended=kept');
  t.match((await applicant.get(answer.location)).text, 'Sesi anda telah tamat. Borang ini belum disimpan.');
  const url = '/register?category=civil_servant';
  const signedIn = await applicant.submit(url, url, { ...PEOPLE.malay, access_code: code });
  t.match(signedIn.location, /^\/register\/unsaved-form\?form=\d+$/);
  const back = await applicant.get(signedIn.location);
  const again = formValues(back.dom, signedIn.location, '/register/form');
  t.equal(again.division, 'Bahagian Ujian');
  t.equal((await applicant.post('/register/form', again)).location, '/register/status');
});

t.test('who may not: nobody but its person sees anything of it', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const answer = await sentAfter(browser, () => browser.submit('/admin', '/logout'));
  const place = decodeURIComponent(/next=([^&]+)/.exec(answer.location)?.[1] ?? '');
  t.match((await ipms.visitor().get(place)).location, /^\/login\?next=/, 'signed out');
  const homes = { 'admin.kementerian': '/admin', 'pegawai.jabatan': '/me', 'meja.bantuan': '/helpdesk' };
  for (const [login, home] of Object.entries(homes)) {
    const other = ipms.visitor();
    const signedIn = await other.submit('/login', '/login', { login, password: PASSWORD });
    t.equal(signedIn.location, home, `${login} is not led there`);
    const shown = await other.get(place);
    t.strictSame([shown.status, shown.location], [303, '/'], login);
    t.notMatch(shown.html, TYPED.display_name);
  }
  const next = await signInAgain(t, browser, answer.location, 'pegawai.jabatan');
  t.equal((await browser.get(next.location)).location, '/', 'nor in the same browser');
  const rows = await kept(ipms);
  t.equal(rows.length, 1);
  t.notMatch(JSON.stringify(rows), /Panitia|panitia/, 'what is kept cannot be read in the database');
});

t.test('a form that could not be kept leads its person to its page, and somebody else home', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await makeOfficer(ipms, 'siti');
  const page = `/admin/mailboxes/${id}/history`;
  for (const [login, place] of [
    ['admin.jabatan', page],
    ['admin.kementerian', '/'],
  ] as const) {
    const browser = await ipms.signIn('admin.jabatan');
    const _csrf = await browser.token(page);
    const shown_to = formValues((await browser.get(page)).dom, page, '/logout');
    await browser.submit('/admin', '/logout');
    const answer = await browser.post(
      '/admin/groups/new',
      { ...shown_to, _csrf },
      { referer: `${ipms.app.baseUrl()}${page}` },
    );
    t.match(answer.location, /^\/login\?next=%2Fme%2Funsaved-form%3Fbefore/);
    const signedIn = await browser.post(answer.location, {
      login,
      password: PASSWORD,
      _csrf: await browser.token(answer.location),
    });
    t.equal((await browser.get(signedIn.location)).location, place, login);
  }
  const browser = await ipms.signIn('admin.jabatan');
  t.equal((await browser.get('/me/unsaved-form?before=%2Fadmin')).location, '/', 'nothing but what was sealed');
});

t.test('what no browser calls a page of this site is none to be led to', async (t) => {
  const ipms = await startIpms(t);
  const form = { '/a': 1, [`/${'a'.repeat(999)}`]: 1, [`/${'a'.repeat(1000)}`]: 0 };
  const others = [
    '//jahat.test',
    '/\\jahat.test',
    '/\t/jahat.test',
    '/\x0b',
    `/${'\\'.repeat(990)}`,
    `/${'\xff'.repeat(990)}`,
  ];
  for (const [page, isOne] of [...Object.entries(form), ...others.map((other) => [other, 0] as const)]) {
    const browser = await ipms.signIn('admin.jabatan');
    const _csrf = await browser.token('/admin');
    await browser.submit('/admin', '/logout');
    const answer = await browser.post(CREATE, { _csrf }, { referer: `${ipms.app.baseUrl()}${page}` });
    t.match(answer.location, isOne ? /^\/login\?next=/ : /^\/login$/, page.slice(0, 20));
    t.equal((await browser.get(answer.location)).status, 200, 'and the sign-in opens');
  }
});

t.test('sealed for its owner: a row that is given to somebody else opens nothing', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  await sentAfter(browser, () => browser.submit('/admin', '/logout'));
  const other = await ipms.db
    .selectFrom('user')
    .select('id')
    .where('login_id', '=', 'admin.kementerian')
    .executeTakeFirstOrThrow();
  const [row] = await ipms.db.updateTable('unsaved_form').set({ user_id: other.id }).returning('id').execute();
  t.equal((await (await ipms.signIn('admin.kementerian')).get(`/me/unsaved-form?form=${row?.id}`)).location, '/');
});

t.test(
  'somebody else has signed in meanwhile: nothing is done, nothing is shown, its person finds it later',
  async (t) => {
    const ipms = await startIpms(t);
    const browser = await ipms.signIn('admin.jabatan');
    const answer = await sentAfter(browser, async () => {
      await browser.submit('/admin', '/logout');
      await browser.submit('/login', '/login', { login: 'admin.kementerian', password: PASSWORD });
    });
    t.equal(answer.status, 403);
    t.match(answer.text, 'dibuka dengan log masuk yang lain');
    t.notMatch(answer.html, TYPED.display_name);
    t.equal(await groups(ipms), 0);
    await browser.submit('/admin', '/logout');
    const back = await browser.submit('/login', '/login', { login: 'admin.jabatan', password: PASSWORD });
    await standsAsTyped(t, ipms, browser, back.location);
    await browser.submit('/admin', '/logout');
    const later = await browser.submit('/login', '/login', { login: 'admin.jabatan', password: PASSWORD });
    t.equal(later.location, '/admin', 'once shown, no sign-in leads there again');
  },
);

t.test('passwords and codes are never kept', async (t) => {
  const ipms = await startIpms(t);
  const secret = {
    current_password: 'Rahsia#2026',
    new_password: 'Rahsia#2026',
    confirm_password: 'Rahsia#2026',
    code: '987654',
  };
  for (const page of ['/me/password', '/me/second-factor', '/me/profile']) {
    const browser = await ipms.signIn('pegawai.jabatan');
    const values = formValues((await browser.get(page)).dom, page, page);
    pass(ipms, 31 * MINUTE);
    const typed: Record<string, string> = page === '/me/profile' ? { mobile_phone: '012-345 6789' } : {};
    const answer = await browser.post(page, { ...values, ...secret, ...typed });
    if (page === '/me/profile') t.match(answer.location, 'ended=kept');
    else t.equal(answer.location, '/login', page);
    t.match((await browser.get(answer.location)).text, 'Sesi anda telah tamat. Borang ini belum disimpan');
  }
  const rows = await kept(ipms);
  t.equal(rows.length, 1, 'of a form with nothing else, nothing is kept');
  const opened = unseal(secrets.unsavedForms, rows[0]?.sealed ?? '') ?? '';
  t.match(opened, '012-345 6789');
  t.notMatch(opened, /Rahsia#2026|987654|_csrf/);
});

t.test('kept for thirty minutes, no more than five, none too large', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const { dom } = await browser.get(CREATE);
  const values = formValues(dom, CREATE, CREATE);
  pass(ipms, 31 * MINUTE);
  for (let form = 0; form < 7; form += 1) await browser.post(CREATE, { ...values, display_name: `Senarai ${form}` });
  const ids = (await kept(ipms)).map(({ id }) => id);
  t.equal(ids.length, 5, 'the oldest give way');
  const long = Object.fromEntries(
    ['display_name', 'primary_email', 'owners'].map((name) => [name, '\u0001'.repeat(19_000)]),
  );
  t.equal((await browser.post(CREATE, { ...values, ...long })).location, '/login');
  await browser.submit('/login', '/login', { login: 'admin.jabatan', password: PASSWORD });
  const place = `/me/unsaved-form?form=${ids.at(-1)}`;
  pass(ipms, 29 * MINUTE);
  t.equal((await browser.get(place)).status, 200);
  pass(ipms, MINUTE);
  t.equal((await browser.get(place)).location, '/', 'after half an hour it is gone');
  await runDue(ipms.db, ipms.clock.now);
  t.strictSame(await kept(ipms), [], 'and removed');
});

t.test('a form of another site is still refused, and nothing of it is kept', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const values = formValues((await browser.get(CREATE)).dom, CREATE, CREATE);
  const foreign = { ...TYPED, _csrf: 'abc.def' };
  t.equal((await browser.post(CREATE, foreign)).status, 403);
  t.equal((await browser.post(CREATE, { ...values, ...TYPED }, { 'sec-fetch-site': 'cross-site' })).status, 403);
  await browser.submit('/admin', '/logout');
  t.equal((await browser.post(CREATE, foreign)).status, 403);
  t.equal((await browser.post(CREATE, { ...values, ...TYPED }, { 'sec-fetch-site': 'cross-site' })).status, 403);
  t.strictSame(await kept(ipms), []);
});

t.test('a button of a page from before is not pressed for somebody who has signed in again', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const values = formValues((await browser.get('/admin')).dom, '/admin', '/logout');
  await browser.submit('/admin', '/logout');
  await browser.submit('/login', '/login', { login: 'admin.jabatan', password: PASSWORD });
  const answer = await browser.post('/logout', values);
  t.equal(answer.status, 403);
  t.match(answer.text, 'tiada apa-apa yang dilaksanakan');
});
