import { t } from 'tap';
import { DAY, later, MINUTE } from '../../src/base/time.ts';
import { type Ipms, PASSWORD, startIpms } from '../helper.ts';
import { makeAdministrator, makeUser } from '../make.ts';
import { mailsNumbered, openedSecret, person, trailOf } from '../read.ts';

// SOP 4.20: Lupa katalaluan

const NEW = 'Kerbau#Hitam88';

const forget = (ipms: Ipms, login: string) => ipms.visitor().submit('/password/forgot', '/password/forgot', { login });

/** The path of the newest link that waits in the outbox for an address. */
async function linkFor({ db }: Ipms, address: string) {
  const mail = await db
    .selectFrom('outbox')
    .select(openedSecret)
    .where('mail', '=', 'reset')
    .where('to_address', '=', address)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return mail.secret ?? '';
}

async function openRequests({ db }: Ipms, userId: number) {
  return db
    .selectFrom('password_request')
    .selectAll()
    .where('user_id', '=', userId)
    .where('handled_at', 'is', null)
    .execute();
}

const reset = (ipms: Ipms, path: string, new_password = NEW, confirm_password = new_password) =>
  ipms.visitor().submit(path, path, { new_password, confirm_password });

t.test('the page says the same whoever asks, and whatever comes of it', async (t) => {
  const ipms = await startIpms(t);
  await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
  await makeUser(ipms, 'tiada.pemulihan');
  await makeUser(ipms, 'bukan.aktif', { recovery: 'bukan@rumah.test' });
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('login_id', '=', 'bukan.aktif').execute();
  const before = await mailsNumbered(ipms, 'reset');
  const pages = new Set<string>();
  for (const login of ['ada.pemulihan', 'tiada.pemulihan', 'bukan.aktif', 'orang.tiada', 'orang@tiada.test']) {
    const browser = ipms.visitor();
    const answer = await browser.submit('/password/forgot', '/password/forgot', { login });
    t.equal(answer.status, 303);
    pages.add((await browser.get(answer.location)).text);
  }
  t.equal(pages.size, 1);
  const mails = (await mailsNumbered(ipms, 'reset')).slice(before.length);
  t.strictSame(
    mails.map((mail) => mail.to_address),
    ['ada@rumah.test'],
  );
});

t.test('with a recovery address: a link is mailed there, and nowhere else', async (t) => {
  const ipms = await startIpms(t);
  const user = await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
  await forget(ipms, 'ADA.Pemulihan@Jabatan.test');
  const path = await linkFor(ipms, 'ada@rumah.test');
  t.match(path, /^\/password\/reset\/[\w-]{43}$/);
  const token = path.split('/').at(-1) ?? '';
  const links = await ipms.db.selectFrom('one_time_link').selectAll().where('user_id', '=', user.id).execute();
  t.equal(links.length, 1);
  t.notMatch(JSON.stringify(links), token, 'only a digest is kept');
  t.equal((await openRequests(ipms, user.id)).length, 0);
  const [row] = await trailOf(ipms, 'user', user.id, 'user.forgot-password');
  t.match(row, { sop: '4.20', actor_role: 'visitor' });
  t.notMatch(JSON.stringify(row), token);
});

t.test('without one: the administrators are asked, once', async (t) => {
  const ipms = await startIpms(t);
  const officer = await makeUser(ipms, 'tiada.pemulihan');
  await forget(ipms, 'tiada.pemulihan');
  await forget(ipms, 'tiada.pemulihan@jabatan.test');
  const [open, ...more] = await openRequests(ipms, officer.id);
  t.match(open, { agency_id: 1, requested_at: ipms.clock.now.toISOString() });
  t.equal(more.length, 0);
  const admin = await ipms.signIn('admin.jabatan');
  t.match((await admin.get('/admin/sign-in-help?q=tiada.pemulihan')).text, officer.full_name);
});

t.test('an administrator: recovery address, else the other administrators, else the own address', async (t) => {
  const ipms = await startIpms(t);
  const withMailbox = await makeUser(ipms, 'admin.mailbox', { role: 'admin' });
  const without = await makeAdministrator(ipms, 'admin.luar');
  await makeUser(ipms, 'admin.pemulihan', { role: 'admin', recovery: 'admin@rumah.test' });
  const before = (await mailsNumbered(ipms, 'reset')).length;
  for (const login of ['admin.mailbox', 'admin.luar', 'admin.pemulihan', 'meja.bantuan']) await forget(ipms, login);
  t.equal((await openRequests(ipms, withMailbox.id)).length, 1, 'the mailbox opens with that very password');
  t.equal((await openRequests(ipms, without.id)).length, 0);
  t.strictSame(
    (await mailsNumbered(ipms, 'reset')).slice(before).map((mail) => mail.to_address),
    ['admin.luar@jabatan.test', 'admin@rumah.test', 'meja.bantuan@bantuan.test'],
  );
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.match((await helpdesk.get('/helpdesk/sign-in-help?q=admin.mailbox')).text, withMailbox.full_name);
});

t.test('the link sets a password once, ends every session, and tells the person', async (t) => {
  const ipms = await startIpms(t);
  const user = await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test', agency: 2 });
  const open = await ipms.signIn('ada.pemulihan');
  for (let wrong = 0; wrong < 5; wrong += 1)
    await ipms.visitor().submit('/login', '/login', { login: 'ada.pemulihan', password: 'Bukan@katalaluan1' });
  await forget(ipms, 'ada.pemulihan');
  const path = await linkFor(ipms, 'ada@rumah.test');
  t.match((await ipms.visitor().get(path)).text, user.full_name);
  t.equal((await reset(ipms, path)).location, '/login');
  t.equal((await open.get('/me')).status, 303, 'the session of before is over');
  await ipms.signIn('ada.pemulihan', NEW);
  const old = await ipms.visitor().submit('/login', '/login', { login: 'ada.pemulihan', password: PASSWORD });
  t.equal(old.status, 422);
  t.equal((await ipms.visitor().get(path)).status, 404, 'used is used');
  const [mail] = await mailsNumbered(ipms, 'N8');
  t.match(mail, { to_address: user.email, item_id: user.id });
  t.notMatch(JSON.stringify(mail), NEW);
  const [row] = await trailOf(ipms, 'user', user.id, 'user.password-changed');
  t.match(row, { sop: '4.20', actor_user_id: user.id, agency_id: 2 });
  t.notMatch(JSON.stringify(row), NEW);
});

t.test('whoever remembers the password and changes it needs no help any more', async (t) => {
  const ipms = await startIpms(t);
  const linked = await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
  const asked = await makeUser(ipms, 'tiada.pemulihan');
  for (const { login_id } of [linked, asked]) {
    await forget(ipms, login_id);
    const browser = await ipms.signIn(login_id);
    const fields = { current_password: PASSWORD, new_password: NEW, confirm_password: NEW };
    t.equal((await browser.submit('/me/password', '/me/password', fields)).status, 303);
  }
  t.equal((await ipms.visitor().get(await linkFor(ipms, 'ada@rumah.test'))).status, 404, 'the link is worth nothing');
  t.strictSame(await openRequests(ipms, asked.id), [], 'nobody is asked any more');
});

t.test('a password that breaks a rule does not use the link up', async (t) => {
  const ipms = await startIpms(t);
  await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
  await forget(ipms, 'ada.pemulihan');
  const path = await linkFor(ipms, 'ada@rumah.test');
  for (const [password, again, field] of [
    ['pendek', 'pendek', 'new_password'],
    [PASSWORD, PASSWORD, 'new_password'],
    [NEW, `${NEW}x`, 'confirm_password'],
  ] as const) {
    const answer = await reset(ipms, path, password, again);
    t.equal(answer.status, 422);
    t.strictSame(Object.keys(answer.problems), [field]);
  }
  t.equal((await reset(ipms, path)).status, 303);
});

t.test('two at once with one link: one password is set', async (t) => {
  const ipms = await startIpms(t);
  const user = await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
  await forget(ipms, 'ada.pemulihan');
  const path = await linkFor(ipms, 'ada@rumah.test');
  const answers = await Promise.all(['Kerbau#Hitam88', 'Kambing#Putih99'].map((each) => reset(ipms, path, each)));
  t.strictSame(answers.map((answer) => answer.status).sort(), [303, 404]);
  t.equal((await trailOf(ipms, 'user', user.id, 'user.password-changed')).length, 1);
});

t.test('who may not: with a link that is too old, replaced, cut short, or of somebody disabled', async (t) => {
  const ipms = await startIpms(t);
  await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
  const before = await person(ipms, 'ada.pemulihan');
  await forget(ipms, 'ada.pemulihan');
  const first = await linkFor(ipms, 'ada@rumah.test');
  await forget(ipms, 'ada.pemulihan');
  const second = await linkFor(ipms, 'ada@rumah.test');
  const browser = ipms.visitor();
  for (const good of [first, second])
    t.equal((await browser.get(good)).status, 200, 'whoever else asks for one ends none that is under way');
  const admin = await ipms.signIn('admin.jabatan');
  const help = `/admin/sign-in-help/${before.id}`;
  await admin.submit(help, `${help}/send-link`);
  const path = await linkFor(ipms, 'ada@rumah.test');
  t.match(
    (await mailsNumbered(ipms, 'reset')).slice(-3),
    [{ state: 'withdrawn', secret: null }, { state: 'withdrawn', secret: null }, { secret: path }],
    'a replaced link is mailed no more',
  );
  const fields = { new_password: NEW, confirm_password: NEW, _csrf: await browser.token('/login') };
  for (const dead of [first, second, path.slice(0, -1), `${path}A`, '/password/reset/x']) {
    t.equal((await browser.get(dead)).status, 404);
    t.equal((await browser.post(dead, fields)).status, 404);
  }
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('id', '=', before.id).execute();
  t.equal((await browser.post(path, fields)).status, 404, 'disabled');
  await ipms.db.updateTable('user').set({ status: 'active' }).where('id', '=', before.id).execute();
  ipms.clock.now = new Date(ipms.clock.now.getTime() + 30 * MINUTE);
  t.equal((await browser.get(path)).status, 404, 'after half an hour');
  t.equal((await browser.post(path, fields)).status, 404);
  t.equal((await person(ipms, 'ada.pemulihan')).password_hash, before.password_hash);
});

t.test('who may not: with an invitation that is a week old', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = '/helpdesk/admins/new';
  const newcomer = { agency_id: '1', full_name: 'Aminah binti Daud', login_id: 'aminah', email: 'aminah@luar.test' };
  const { location } = await helpdesk.submit(page, page, newcomer);
  const link = /\/password\/reset\/[\w-]{43}/.exec((await helpdesk.get(location)).html)?.[0] ?? '';
  const start = ipms.clock.now;
  ipms.clock.now = later(start, 7 * DAY - 1);
  t.equal((await ipms.visitor().get(link)).status, 200, 'good to its last millisecond');
  ipms.clock.now = later(start, 7 * DAY);
  t.equal((await ipms.visitor().get(link)).status, 404);
});

t.test('who may not: ask without end', async (t) => {
  const ipms = await startIpms(t);
  const user = await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
  const before = (await mailsNumbered(ipms, 'reset')).length;
  for (const login of ['ada.pemulihan', 'orang.tiada']) {
    for (let turn = 0; turn < 5; turn += 1) t.equal((await forget(ipms, login)).status, 303);
    const shut = await forget(ipms, login);
    t.equal(shut.status, 422, `${login} the sixth time`);
    t.match(shut.text, 'Terlalu banyak borang');
  }
  t.equal((await mailsNumbered(ipms, 'reset')).length, before + 5);
  t.equal((await ipms.db.selectFrom('one_time_link').selectAll().where('user_id', '=', user.id).execute()).length, 5);
});

t.test('an office that has forgotten much signs in all the same', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_TRUST_PROXY: '127.0.0.1' } });
  const from = { 'x-forwarded-for': '203.0.113.5' };
  const ask = async (login: string) => {
    const browser = ipms.visitor();
    return browser.post('/password/forgot', { login, _csrf: await browser.token('/password/forgot') }, from);
  };
  for (let at = 0; at < 60; at += 1) t.equal((await ask(`orang.${at}`)).status, 303);
  const enough = await ask('orang.lagi');
  t.equal(enough.status, 429);
  t.match(enough.text, 'Terlalu banyak borang');
  const browser = ipms.visitor();
  const fields = { login: 'pegawai.jabatan', password: PASSWORD, _csrf: await browser.token('/login') };
  t.equal((await browser.post('/login', fields, from)).status, 303);
});
