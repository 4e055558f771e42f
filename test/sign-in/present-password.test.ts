import { t } from 'tap';
import { later, MINUTE, SECOND } from '../../src/base/time.ts';
import { texts } from '../../src/texts.ts';
import { formValues, type Ipms, PASSWORD, type Page, startIpms, type Visitor } from '../helper.ts';
import { makeUser } from '../make.ts';
import { person, trailOf } from '../read.ts';

// Ending others' sessions and changing credentials ask for the present password, with ten minutes' grace

const TITLE = texts['present-password.title'].ms;
const asks = ({ dom }: Page) => dom.querySelector('h1')?.textContent === TITLE;
const wait = (ipms: Ipms, minutes: number) => {
  ipms.clock.now = later(ipms.clock.now, minutes * MINUTE);
};
/** Types a password on the page that asks for it, and sends what it carries. */
const answer = (browser: Visitor, url: string, page: Page, current_password: string) =>
  browser.post(url, { ...formValues(page.dom, url, url), current_password });

t.test('within ten minutes of the sign-in nothing is asked; after that, once for ten minutes', async (t) => {
  const ipms = await startIpms(t);
  const here = await ipms.signIn('pegawai.jabatan');
  const there = await ipms.signIn('pegawai.jabatan');
  const { id } = await person(ipms, 'pegawai.jabatan');
  const url = '/me/sessions/end-others';
  ipms.clock.now = later(ipms.clock.now, 10 * MINUTE - SECOND);
  t.equal((await here.submit('/me/sessions', url)).status, 303);
  t.equal((await there.get('/me')).status, 303, 'ended');
  const again = await ipms.signIn('pegawai.jabatan');
  ipms.clock.now = later(ipms.clock.now, SECOND);
  const page = await here.submit('/me/sessions', url);
  t.ok(asks(page));
  t.equal((await again.get('/me')).status, 200, 'nothing has happened yet');
  t.equal((await trailOf(ipms, 'user', id, 'user.sessions-ended')).length, 1);
  const done = await answer(here, url, page, PASSWORD);
  t.equal(done.location, '/me/sessions');
  t.equal((await again.get('/me')).status, 303);
  t.equal((await here.get('/me')).status, 200);
  await ipms.signIn('pegawai.jabatan');
  wait(ipms, 9);
  t.equal((await here.submit('/me/sessions', url)).status, 303, 'the grace began anew');
});

t.test(
  'a wrong or missing password stands beside its field, counts as a wrong try, and what was sent stays',
  async (t) => {
    const ipms = await startIpms(t);
    const browser = await ipms.signIn('meja.bantuan');
    wait(ipms, 11);
    const url = '/helpdesk/staff/new';
    const newcomer = { full_name: 'Siti binti Ali', login_id: 'siti.ali', email: 'siti@bantuan.test' };
    let page = await browser.submit(url, url, newcomer);
    for (const wrong of ['', 'Bukan@katalaluan1']) {
      page = await answer(browser, url, page, wrong);
      t.equal(page.status, 422);
      t.ok(asks(page));
      t.same(Object.keys(page.problems), ['current_password']);
    }
    t.notOk(await ipms.db.selectFrom('user').select('id').where('login_id', '=', 'siti.ali').executeTakeFirst());
    const { id } = await person(ipms, 'meja.bantuan');
    const counted = await ipms.db.selectFrom('throttle').selectAll().where('user_id', '=', id).execute();
    t.ok(counted.length > 0);
    const done = await answer(browser, url, page, PASSWORD);
    t.equal(done.status, 303);
    t.match(await person(ipms, 'siti.ali'), { email: 'siti@bantuan.test', role: 'helpdesk' });
    const five = await browser.submit('/helpdesk/staff/new', url, { ...newcomer, login_id: 'siti.dua' });
    t.equal(five.status, 422, 'not asked again: the address is taken');
  },
);

t.test('five wrong ones shut it, as they shut the sign-in, and the page says until when', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  wait(ipms, 11);
  const url = '/me/sessions/end-others';
  await ipms.signIn('pegawai.jabatan');
  let page = await browser.submit('/me/sessions', url);
  for (let tries = 0; tries < 5; tries += 1) page = await answer(browser, url, page, 'Bukan@katalaluan1');
  page = await answer(browser, url, page, PASSWORD);
  t.equal(page.status, 422);
  t.match(page.text, 'Terlalu banyak percubaan');
  t.equal((await browser.get('/me')).status, 200, 'who is in stays in');
});

t.test('a password that was typed for somebody else goes on, and stands in no page', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const { id } = await ipms.db
    .selectFrom('mailbox')
    .select('id')
    .where('login_id', '=', 'pegawai.jabatan')
    .executeTakeFirstOrThrow();
  wait(ipms, 11);
  const url = `/admin/mailboxes/${id}/password`;
  const chosen = 'Kerbau#Hitam88';
  const page = await browser.submit(url, url, { new_password: chosen, confirm_password: chosen });
  t.ok(asks(page));
  for (const form of [chosen, Buffer.from(chosen).toString('base64'), Buffer.from(chosen).toString('hex')])
    t.notMatch(page.html, form);
  t.equal((await answer(browser, url, page, PASSWORD)).location, url);
  t.equal(
    (await ipms.visitor().submit('/login', '/login', { login: 'pegawai.jabatan', password: chosen })).status,
    303,
  );
});

t.test('what was sent goes on only for whom it was sealed, and only there', async (t) => {
  const ipms = await startIpms(t);
  const [browser, other] = [await ipms.signIn('meja.bantuan'), await ipms.signIn('admin.jabatan')];
  wait(ipms, 11);
  const url = '/helpdesk/settings/second-factor';
  const page = await browser.submit(url, url, { second_factor_of: 'helpdesk' });
  const { carried } = formValues(page.dom, url, url);
  const elsewhere = '/helpdesk/staff/new';
  const strange = { carried: carried ?? '', current_password: PASSWORD };
  t.ok(asks(await browser.post(elsewhere, { ...strange, _csrf: await browser.token(elsewhere) })), 'asked anew');
  const own = '/me/sessions/end-others';
  const theirs = formValues((await browser.post(own, { _csrf: await browser.token('/me/sessions') })).dom, own, own);
  const stolen = { ...theirs, _csrf: await other.token('/me/sessions'), current_password: PASSWORD };
  t.ok(asks(await other.post(own, stolen)), 'another person is asked anew, too');
  t.equal((await ipms.db.selectFrom('system_setting').select('name').execute()).length, 0);
  t.equal((await answer(browser, url, page, PASSWORD)).location, url);
});

t.test('sent twice, it has one effect; a language changed on the way leads back', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  const { id } = await person(ipms, 'pegawai.jabatan');
  wait(ipms, 11);
  await ipms.signIn('pegawai.jabatan');
  const url = '/me/sessions/end-others';
  const page = await browser.submit('/me/sessions', url);
  const fields = { ...formValues(page.dom, url, url), current_password: PASSWORD };
  await browser.post(url, fields);
  await browser.post(url, fields);
  t.equal((await trailOf(ipms, 'user', id, 'user.sessions-ended')).length, 1);
  t.equal((await browser.get(url)).location, '/me/sessions');
});

t.test('gone back to and sent again, from either page and at once, it is still one act', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await makeUser(ipms, 'lupa.kata');
  const browser = await ipms.signIn('admin.jabatan');
  wait(ipms, 11);
  const at = `/admin/sign-in-help/${id}`;
  const url = `${at}/send-link`;
  const sent = formValues((await browser.get(at)).dom, at, url);
  const [one, two] = [await browser.post(url, sent), await browser.post(url, sent)];
  t.ok(asks(one) && asks(two));
  const wrong = await answer(browser, url, one, 'Bukan@katalaluan1');
  const fields = { ...formValues(wrong.dom, url, url), current_password: PASSWORD };
  await Promise.all([browser.post(url, fields), answer(browser, url, two, PASSWORD)]);
  const again = await browser.post(url, sent);
  t.strictSame([again.status, again.location], [303, at], 'and leads to the result of the first');
  wait(ipms, 11);
  t.equal((await browser.post(url, sent)).location, at, 'nor is it asked for again');
  const links = async () => (await trailOf(ipms, 'user', id, 'user.link-made')).length;
  t.equal(await links(), 1);
  t.equal((await answer(browser, url, await browser.submit(at, url), PASSWORD)).status, 303);
  t.equal(await links(), 2, 'from a page that was loaded anew it is another');
});

t.test('every form that changes a credential asks', async (t) => {
  const ipms = await startIpms(t);
  const asking = ipms.app.routePatterns.filter((route) => route.config.asksPassword).map((route) => route.url);
  t.same([...new Set(asking)].sort(), [
    '/admin/mailboxes/:id/password',
    '/admin/sign-in-help/:id/reset-second-factor',
    '/admin/sign-in-help/:id/send-link',
    '/helpdesk/admins/:id/grant',
    '/helpdesk/admins/:id/invite',
    '/helpdesk/admins/new',
    '/helpdesk/clock',
    '/helpdesk/settings/second-factor',
    '/helpdesk/sign-in-help/:id/reset-second-factor',
    '/helpdesk/sign-in-help/:id/send-link',
    '/helpdesk/staff/:id/enable',
    '/helpdesk/staff/:id/invite',
    '/helpdesk/staff/new',
    '/me/second-factor/passkeys',
    '/me/second-factor/passkeys/:id/remove',
    '/me/second-factor/recovery-codes',
    '/me/second-factor/replace',
    '/me/second-factor/turn-off',
    '/me/sessions/:id/end',
    '/me/sessions/end-others',
  ]);
  for (const route of ipms.app.routePatterns)
    if (route.config.asksPassword) t.notMatch(route.config.access, ['anyone'], `${route.url} knows who asks`);
});

t.test('who may not learns nothing and is asked nothing', async (t) => {
  const ipms = await startIpms(t);
  const officer = await ipms.signIn('pegawai.jabatan');
  wait(ipms, 11);
  const _csrf = await officer.token('/me/sessions');
  t.equal((await officer.post('/helpdesk/staff/new', { _csrf })).status, 403);
  const visitor = ipms.visitor();
  const posted = await visitor.post('/me/sessions/end-others', { _csrf: await visitor.token('/login') });
  t.equal(posted.location, '/login');
});
