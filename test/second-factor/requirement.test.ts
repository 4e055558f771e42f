import { t } from 'tap';
import { readSettings } from '../../src/base/settings.ts';
import { makeSetUpLink } from '../../src/sign-in/set-up.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, PASSWORD, startIpms } from '../helper.ts';
import { person } from '../read.ts';
import { codeOf, plantAuthenticator, secretOn, setUpPhone } from './phone.ts';

// The helpdesk says who must have a second factor; they can do nothing before they have one

const SETTING = '/helpdesk/settings/second-factor';
const PLACE = '/me/second-factor';

async function demand(ipms: Ipms, second_factor_of: string) {
  const helpdesk = await ipms.signIn('meja.bantuan');
  return { helpdesk, answer: await helpdesk.submit(SETTING, SETTING, { second_factor_of }) };
}

t.test('nobody must, until the helpdesk says so', async (t) => {
  const ipms = await startIpms(t);
  for (const [login, home] of [
    ['admin.jabatan', '/admin'],
    ['meja.bantuan', '/helpdesk'],
  ] as const)
    t.equal((await (await ipms.signIn(login)).get(home)).status, 200);
});

t.test('it holds at once: administrators are led to the page, may do nothing else, and go on after it', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const user = await ipms.signIn('pegawai.jabatan');
  const { helpdesk } = await demand(ipms, 'helpdesk_and_admins');
  t.equal((await helpdesk.get('/helpdesk')).location, PLACE, 'also for whoever set it');
  t.equal((await user.get('/me')).status, 200, 'users may');
  for (const url of ['/admin', '/admin/mailboxes', '/me', '/me/password', '/me/sessions'])
    t.equal((await admin.get(url)).location, PLACE, url);
  const posted = await admin.post('/admin/access-codes/new', { _csrf: await admin.token(PLACE) });
  t.equal(posted.location, PLACE);
  const page = await admin.get(PLACE);
  t.match(page.text, texts['second-factor.forced'].ms);
  t.equal(page.dom.querySelector('nav.menu'), null, 'no menu of pages that are shut');
  const answer = await admin.submit(PLACE, PLACE, { code: codeOf(ipms, secretOn(page)), current_password: PASSWORD });
  t.equal(answer.location, PLACE);
  t.equal((await admin.get(PLACE)).dom.querySelectorAll('.codes code').length, 10);
  t.equal((await admin.get('/admin')).status, 200);
});

t.test('the helpdesk alone', async (t) => {
  const ipms = await startIpms(t);
  await demand(ipms, 'helpdesk');
  const admin = await ipms.signIn('admin.jabatan');
  t.equal((await admin.get('/admin')).status, 200);
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.equal((await helpdesk.get('/helpdesk/tickets')).location, PLACE);
});

t.test('a password that must be changed comes first, then the second factor', async (t) => {
  const ipms = await startIpms(t);
  await demand(ipms, 'helpdesk_and_admins');
  const set = (must_change_password: 0 | 1) =>
    ipms.db.updateTable('user').set({ must_change_password }).where('login_id', '=', 'admin.jabatan').execute();
  await set(1);
  const admin = await ipms.signIn('admin.jabatan');
  t.equal((await admin.get('/admin')).location, '/me/password');
  t.equal((await admin.get(PLACE)).location, '/me/password');
  await set(0);
  t.equal((await admin.get('/me/password')).location, PLACE);
});

t.test('whoever must have one cannot turn it off, but can move it to another phone', async (t) => {
  const ipms = await startIpms(t);
  const { secret, browser } = await setUpPhone(ipms, 'admin.jabatan');
  await demand(ipms, 'helpdesk_and_admins');
  const page = await browser.get(PLACE);
  t.equal(page.dom.querySelector(`form[action="${PLACE}/turn-off"]`), null);
  t.match(page.text, texts['second-factor.mustStay'].ms);
  const _csrf = await browser.token(PLACE);
  const refused = await browser.post(`${PLACE}/turn-off`, { code: codeOf(ipms, secret), _csrf });
  t.equal(refused.status, 422);
  t.match(refused.dom.querySelector('.summary')?.textContent, texts['second-factor.mustStay'].ms);
  t.equal((await ipms.db.selectFrom('authenticator').selectAll().execute()).length, 1);
  const move = `${PLACE}/replace`;
  const fresh = secretOn(await browser.get(move));
  const moved = await browser.submit(move, move, { code: codeOf(ipms, secret), new_code: codeOf(ipms, fresh) });
  t.equal(moved.status, 303, 'the refusal used up no code');
});

t.test('a change is audited in words, and the page says how many have one', async (t) => {
  const ipms = await startIpms(t);
  await plantAuthenticator(ipms, 'admin.jabatan');
  await plantAuthenticator(ipms, 'meja.bantuan');
  await ipms.db
    .deleteFrom('authenticator')
    .where('user_id', '=', (await person(ipms, 'meja.bantuan')).id)
    .execute();
  const { secret: _secret, browser } = await setUpPhone(ipms, 'meja.bantuan');
  const page = await browser.get(SETTING);
  t.match(page.text, /Petugas Meja Bantuan\s*1 daripada 1\s*Pentadbir UC\s*1 daripada 2/);
  t.equal((await browser.submit(SETTING, SETTING, { second_factor_of: 'helpdesk' })).location, SETTING);
  t.match((await browser.get(SETTING)).text, 'Meja Bantuan');
  await browser.submit(SETTING, SETTING, { second_factor_of: 'helpdesk' });
  const rows = await ipms.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'setting.second-factor-updated')
    .execute();
  t.match(rows, [{ before: '{"second_factor_of":"nobody"}', after: '{"second_factor_of":"helpdesk"}' }]);
  t.equal(rows.length, 1, 'the same again is no change');
  t.match((await browser.get('/helpdesk/settings')).html, SETTING);
});

t.test('the lists of administrators and staff tell who has one', async (t) => {
  const ipms = await startIpms(t);
  await plantAuthenticator(ipms, 'admin.jabatan');
  const helpdesk = await ipms.signIn('meja.bantuan');
  for (const sort of ['has_second_factor', '-has_second_factor']) {
    const { dom } = await helpdesk.get(`/helpdesk/admins?sort=${sort}`);
    const cells = dom.querySelectorAll('tbody tr').map((row) => row.textContent.replace(/\s+/g, ' '));
    t.match(
      cells.find((row) => row.includes('admin.jabatan')),
      ' Ya ',
    );
    t.match(
      cells.find((row) => row.includes('admin.kementerian')),
      ' Tidak ',
    );
  }
  t.match((await helpdesk.get('/helpdesk/staff?format=csv')).html, 'Dua faktor');
});

t.test('who may not: administrators, users and visitors set nothing', async (t) => {
  const ipms = await startIpms(t);
  for (const login of ['admin.jabatan', 'pegawai.jabatan']) {
    const browser = await ipms.signIn(login);
    t.equal((await browser.get(SETTING)).status, 403);
    const _csrf = await browser.token('/me');
    t.equal((await browser.post(SETTING, { second_factor_of: 'helpdesk', _csrf })).status, 403);
  }
  t.match((await ipms.visitor().get(SETTING)).location, '/login?next=');
  t.equal(
    (await ipms.db.selectFrom('system_setting').selectAll().where('name', '=', 'secondFactor').execute()).length,
    0,
  );
});

t.test(
  'an installation that was set up asks administrators and the helpdesk from its first day; that is audited',
  async (t) => {
    const ipms = await startIpms(t, { empty: true });
    const path = await makeSetUpLink(ipms.db, ipms.clock.now);
    const password = 'Kerbau#Hitam88';
    await ipms.visitor().submit(path, path, {
      full_name: 'Noraini binti Salleh',
      login_id: 'meja.pertama',
      email: 'meja@bantuan.test',
      new_password: password,
      confirm_password: password,
    });
    const browser = await ipms.signIn('meja.pertama', password);
    t.equal((await browser.get('/helpdesk')).location, PLACE);
    const page = await browser.get(PLACE);
    const fields = { code: codeOf(ipms, secretOn(page)), current_password: password };
    t.equal((await browser.submit(PLACE, PLACE, fields)).status, 303);
    t.equal((await browser.get('/helpdesk')).status, 200);
    const chosen = (await browser.get(SETTING)).dom.querySelector('input[checked]')?.getAttribute('value');
    t.equal(chosen, 'helpdesk_and_admins');
    const [row] = await ipms.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'setting.second-factor-updated')
      .execute();
    t.match(row, { actor_role: 'system', after: '{"second_factor_of":"helpdesk_and_admins"}' });
  },
);

t.test('somebody named has time until the end of a day, and nobody else', async (t) => {
  const environment = { IPMS_SECOND_FACTOR_DELAY: 'Admin.Jabatan=2026-11-25' };
  const ipms = await startIpms(t, { environment });
  const other = await ipms.signIn('admin.kementerian');
  await demand(ipms, 'helpdesk_and_admins');
  const admin = await ipms.signIn('admin.jabatan');
  t.equal((await other.get('/admin')).location, PLACE);
  t.equal((await admin.get('/admin')).status, 200);
  const { browser: helpdesk } = await setUpPhone(ipms, 'meja.bantuan');
  t.match((await helpdesk.get(SETTING)).text, 'admin.jabatan: 25 Nov 2026');
  ipms.clock.now = new Date('2026-11-25T15:59:59.999Z');
  t.equal((await (await ipms.signIn('admin.jabatan')).get('/admin')).status, 200, 'the last moment of the day');
  ipms.clock.now = new Date('2026-11-25T16:00:00.000Z');
  t.equal((await (await ipms.signIn('admin.jabatan')).get('/admin')).location, PLACE);
});

t.test('a delay that cannot be read stops the start in one line', async (t) => {
  for (const wrong of ['siti.ali', 'siti.ali=2026-02-30', 'siti.ali=1.1.2027', '=2026-12-31'])
    t.throws(
      () => readSettings({ IPMS_SECOND_FACTOR_DELAY: wrong }),
      new RegExp(`IPMS_SECOND_FACTOR_DELAY: ${wrong} `),
    );
  const { secondFactorDelays } = readSettings({ IPMS_SECOND_FACTOR_DELAY: 'a.b=2026-12-31, c=2027-01-15' });
  t.same(secondFactorDelays, { 'a.b': '2026-12-31', c: '2027-01-15' });
});
