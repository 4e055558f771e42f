import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { texts } from '../../src/texts.ts';
import { formValues, type Ipms, PASSWORD, startIpms } from '../helper.ts';
import { KC, makeAdministrator, makeStaff, makeUser } from '../make.ts';
import { mailboxOf, mailsNumbered, trailOf } from '../read.ts';

// SOP 4.20 step 6: the administrators and the helpdesk help whoever cannot sign in

async function lock(ipms: Ipms, login: string) {
  for (let wrong = 0; wrong < 5; wrong += 1)
    await ipms.visitor().submit('/login', '/login', { login, password: 'Bukan@katalaluan1' });
}

const forget = (ipms: Ipms, login: string) => ipms.visitor().submit('/password/forgot', '/password/forgot', { login });

const enters = async (ipms: Ipms, login: string, password = PASSWORD) =>
  (await ipms.visitor().submit('/login', '/login', { login, password })).status === 303;

t.test(
  'the list names who asked and who is locked, counted in the menu, and can be narrowed and exported',
  async (t) => {
    const ipms = await startIpms(t);
    const asks = await makeUser(ipms, 'lupa.kata');
    const shut = await makeUser(ipms, 'terkunci.lama');
    const fine = await makeUser(ipms, 'tiada.masalah');
    const admin = await ipms.signIn('admin.jabatan');
    const counted = async () => {
      const { dom } = await admin.get('/admin/sign-in-help');
      return Number(dom.querySelector('nav a[href="/admin/sign-in-help"] .count')?.textContent ?? 0);
    };
    const before = await counted();
    await forget(ipms, 'lupa.kata');
    await lock(ipms, 'terkunci.lama');
    t.equal(await counted(), before + 1);
    const all = await admin.get('/admin/sign-in-help');
    t.match(all.text, asks.full_name);
    t.match(all.text, shut.full_name);
    t.notMatch(all.text, fine.full_name);
    t.notMatch((await admin.get('/admin/sign-in-help?kind=locked')).text, asks.full_name);
    t.notMatch((await admin.get('/admin/sign-in-help?kind=asked')).text, shut.full_name);
    t.notMatch((await admin.get('/admin/sign-in-help?q=terkunci.lama')).text, asks.full_name);
    for (const sort of ['full_name', '-login_id', 'requested_at', '-locked_until'])
      t.equal((await admin.get(`/admin/sign-in-help?sort=${sort}`)).status, 200, sort);
    t.match((await admin.get('/admin/sign-in-help?format=csv')).html, 'lupa.kata');
    const disabled = await makeUser(ipms, 'bukan.aktif');
    await lock(ipms, 'bukan.aktif');
    await ipms.db.updateTable('user').set({ status: 'disabled' }).where('id', '=', disabled.id).execute();
    t.notMatch((await admin.get('/admin/sign-in-help')).text, disabled.full_name, 'whom a link would not help');
    const page = `/admin/sign-in-help/${asks.id}`;
    await admin.submit(page, `${page}/send-link`);
    t.equal(await counted(), before, 'who was helped waits no more');
    ipms.clock.now = new Date(ipms.clock.now.getTime() + 16 * MINUTE);
    t.notMatch((await admin.get('/admin/sign-in-help?kind=locked')).text, shut.full_name, 'locks run out');
  },
);

t.test('an administrator unlocks a person of the agency, and another administrator', async (t) => {
  const ipms = await startIpms(t);
  const people = [await makeUser(ipms, 'terkunci.lama'), await makeAdministrator(ipms, 'admin.kedua')];
  const admin = await ipms.signIn('admin.jabatan');
  for (const { id, login_id } of people) {
    await lock(ipms, login_id);
    t.notOk(await enters(ipms, login_id));
    const page = `/admin/sign-in-help/${id}`;
    t.equal((await admin.submit(page, `${page}/unlock`)).location, page);
    t.ok(await enters(ipms, login_id), `${login_id} signs in at once`);
    t.match(await trailOf(ipms, 'user', id, 'user.unlocked'), [{ actor_name: 'Rosnah binti Ismail', sop: '4.20' }]);
    const history = (await admin.get(page)).text.split(texts['audit.user.unlocked'].ms);
    t.equal(history.length, 2, 'the page tells what was done for this person, and for nobody else');
  }
});

t.test('the helpdesk unlocks over all agencies: users, administrators, and its own people', async (t) => {
  const ipms = await startIpms(t);
  const people = [
    await makeUser(ipms, 'terkunci.lama', { agency: KC }),
    await makeAdministrator(ipms, 'admin.kedua'),
    await makeStaff(ipms, 'meja.kedua'),
  ];
  const helpdesk = await ipms.signIn('meja.bantuan');
  for (const { id, login_id } of people) {
    await lock(ipms, login_id);
    const page = `/helpdesk/sign-in-help/${id}`;
    t.match((await helpdesk.get(`/helpdesk/sign-in-help?q=${login_id}`)).html, page);
    t.equal((await helpdesk.submit(page, `${page}/unlock`)).status, 303);
    t.ok(await enters(ipms, login_id));
  }
});

t.test('what is not locked cannot be unlocked: the second of two sees that the first did', async (t) => {
  const ipms = await startIpms(t);
  const { id, login_id } = await makeUser(ipms, 'terkunci.lama');
  const page = `/admin/sign-in-help/${id}`;
  const early = await ipms.signIn('admin.jabatan');
  await ipms.visitor().submit('/login', '/login', { login: login_id, password: 'Bukan@katalaluan1' });
  t.equal((await early.post(`${page}/unlock`, { _csrf: await early.token(page) })).status, 409, 'one wrong try');
  await lock(ipms, login_id);
  const [first, second] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('meja.bantuan')];
  const _csrf = await second.token(`/helpdesk/sign-in-help/${id}`);
  await first.submit(page, `${page}/unlock`);
  const late = await second.post(`/helpdesk/sign-in-help/${id}/unlock`, { _csrf });
  t.equal(late.status, 409);
  t.match(late.text, 'Rosnah binti Ismail');
  t.equal((await trailOf(ipms, 'user', id, 'user.unlocked')).length, 1);
});

t.test('a link goes to the recovery address, unseen by the administrator, and answers the request', async (t) => {
  const ipms = await startIpms(t);
  const user = await makeUser(ipms, 'ada.pemulihan');
  await forget(ipms, 'ada.pemulihan');
  const other = await makeUser(ipms, 'orang.lain');
  await forget(ipms, 'orang.lain');
  await ipms.db.updateTable('user').set({ recovery_email: 'ada@rumah.test' }).where('id', '=', user.id).execute();
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/sign-in-help/${user.id}`;
  const answer = await admin.submit(page, `${page}/send-link`);
  const shown = await admin.get(answer.location);
  t.match(shown.text, 'ada@rumah.test');
  t.notMatch(shown.html, '/password/reset/');
  const mail = (await mailsNumbered(ipms, 'reset')).at(-1);
  t.match(mail, { to_address: 'ada@rumah.test', item_id: user.id, secret: /^\/password\/reset\// });
  t.match(mail?.letter, 'Rosnah binti Ismail');
  const request = await ipms.db
    .selectFrom('password_request')
    .selectAll()
    .where('user_id', '=', user.id)
    .executeTakeFirstOrThrow();
  const rosnah = await ipms.db
    .selectFrom('user')
    .select('id')
    .where('login_id', '=', 'admin.jabatan')
    .executeTakeFirst();
  t.match(request, { handled_at: ipms.clock.now.toISOString(), handled_by: rosnah?.id });
  const open = await ipms.db
    .selectFrom('password_request')
    .select('user_id')
    .where('user_id', '=', other.id)
    .where('handled_at', 'is', null)
    .execute();
  t.equal(open.length, 1, "and nobody else's");
});

t.test('without a recovery address the link is shown once, works once, and is kept nowhere', async (t) => {
  const ipms = await startIpms(t);
  const user = await makeUser(ipms, 'tiada.pemulihan');
  await lock(ipms, user.login_id);
  const before = await mailsNumbered(ipms, 'reset');
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/sign-in-help/${user.id}`;
  const answer = await admin.submit(page, `${page}/send-link`);
  const link = (await admin.get(answer.location)).dom.querySelector('.slip pre')?.textContent ?? '';
  t.match(link, /^http:\/\/.+\/password\/reset\/[\w-]{43}$/);
  t.notOk((await admin.get(page)).dom.querySelector('.slip'), 'only once');
  t.strictSame(await mailsNumbered(ipms, 'reset'), before);
  const told = await mailsNumbered(ipms, 'link-made');
  t.match(told, [{ to_address: user.email, item_id: user.id, secret: null }], 'the person hears of it');
  t.match(told[0]?.letter, 'Rosnah binti Ismail');
  t.notMatch(told[0]?.letter, '/password/reset/');
  const path = new URL(link).pathname;
  const rows = await trailOf(ipms, 'user', user.id, 'user.link-made');
  t.match(rows, [{ actor_role: 'admin', sop: '4.20', after: '{"recovery_email":null}' }]);
  t.notMatch(JSON.stringify(rows), path.split('/').at(-1) ?? '');

  const NEW = 'Kerbau#Hitam88';
  const fields = { new_password: NEW, confirm_password: NEW };
  t.equal((await ipms.visitor().submit(path, path, fields)).status, 303);
  t.ok(await enters(ipms, user.login_id, NEW), 'which opens the lock, too');
  t.equal((await ipms.visitor().get(path)).status, 404);
});

t.test('the link of an administrator or of the helpdesk is never shown to a colleague', async (t) => {
  const ipms = await startIpms(t);
  const administrator = await makeAdministrator(ipms, 'admin.kedua');
  const { user_id } = await mailboxOf(ipms, 'pegawai.jabatan');
  const withMailbox = { id: user_id ?? 0 };
  await ipms.db
    .updateTable('user')
    .set({ role: 'admin', recovery_email: null })
    .where('id', '=', withMailbox.id)
    .execute();
  const staff = await makeStaff(ipms, 'meja.kedua');
  const [admin, helpdesk] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('meja.bantuan')];
  const send = async (browser: typeof admin, page: string) => {
    const answer = await browser.post(`${page}/send-link`, { _csrf: await browser.token(page) });
    const shown = answer.status === 303 ? await browser.get(answer.location) : answer;
    return { status: answer.status, slip: shown.dom.querySelector('.slip'), html: answer.html };
  };
  const last = async (mail: string) => (await mailsNumbered(ipms, mail)).at(-1);

  t.match(await send(admin, `/admin/sign-in-help/${administrator.id}`), { status: 303, slip: null });
  t.match(await last('reset'), { to_address: administrator.email, secret: String }, 'to an address that can be read');

  const page = `/admin/sign-in-help/${withMailbox.id}`;
  t.notOk((await admin.get(page)).dom.querySelector(`form[action="${page}/send-link"]`));
  const refused = await send(admin, page);
  t.equal(refused.status, 422);
  t.match(refused.html, texts['sign-in-help.otherOffice'].ms);
  t.equal((await mailsNumbered(ipms, 'link-made')).length, 0);

  const other = await send(helpdesk, `/helpdesk/sign-in-help/${withMailbox.id}`);
  t.equal(other.status, 303);
  t.ok(other.slip, 'the helpdesk is another office');
  t.match(await last('link-made'), { item_id: withMailbox.id, secret: null }, 'and the person hears of it');

  t.match(await send(helpdesk, `/helpdesk/sign-in-help/${staff.id}`), { status: 303, slip: null });
  t.match(await last('reset'), { to_address: staff.email, item_id: staff.id });
  await ipms.db.updateTable('user').set({ password_hash: null }).where('id', '=', staff.id).execute();
  t.equal((await send(helpdesk, `/helpdesk/sign-in-help/${staff.id}`)).status, 422, 'who is invited is invited again');
});

t.test('of much help the newest is shown, the last on top', async (t) => {
  const ipms = await startIpms(t);
  const user = await makeUser(ipms, 'sering.lupa', { recovery: 'lupa@rumah.test' });
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/sign-in-help/${user.id}`;
  for (let each = 0; each < 21; each += 1) {
    if (each > 0) ipms.clock.now = later(ipms.clock.now, MINUTE);
    const url = `${page}/send-link`;
    const sent = await admin.submit(page, url);
    if (sent.status === 200) await admin.post(url, { ...formValues(sent.dom, url, url), current_password: PASSWORD });
  }
  const times = (await admin.get(page)).text.match(/14:\d\d/g) ?? [];
  const shown = Array.from({ length: 20 }, (_, each) => `14:${String(each + 1).padStart(2, '0')}`);
  t.strictSame(
    times.filter((time) => shown.includes(time) || time === '14:00'),
    shown.toReversed(),
  );
});

t.test('a double click makes one link', async (t) => {
  const ipms = await startIpms(t);
  const user = await makeUser(ipms, 'tiada.pemulihan');
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/sign-in-help/${user.id}`;
  const _csrf = await admin.token(page);
  const answers = await Promise.all([1, 2].map(() => admin.post(`${page}/send-link`, { _csrf })));
  t.strictSame(
    answers.map((answer) => answer.location),
    [page, page],
  );
  t.equal((await trailOf(ipms, 'user', user.id, 'user.link-made')).length, 1);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const foreign = await makeUser(ipms, 'orang.asing', { agency: KC });
  const helper = await makeStaff(ipms, 'meja.kedua');
  const gone = await makeUser(ipms, 'sudah.dipadam');
  for (const { login_id } of [foreign, helper, gone]) await lock(ipms, login_id);
  await ipms.db.updateTable('user').set({ status: 'deleted' }).where('id', '=', gone.id).execute();
  const admin = await ipms.signIn('admin.jabatan');
  const own = await ipms.db
    .selectFrom('user')
    .selectAll()
    .where('login_id', '=', 'admin.jabatan')
    .executeTakeFirstOrThrow();
  const state = async () => [
    await ipms.db.selectFrom('one_time_link').selectAll().execute(),
    await ipms.db.selectFrom('throttle').selectAll().where('user_id', 'in', [foreign.id, helper.id, gone.id]).execute(),
  ];
  const before = await state();
  const _csrf = await admin.token('/admin/sign-in-help');
  t.notMatch((await admin.get('/admin/sign-in-help')).text, foreign.full_name);
  for (const { id } of [foreign, helper, gone, { id: 999_999 }]) {
    t.equal((await admin.get(`/admin/sign-in-help/${id}`)).status, 404);
    for (const act of ['unlock', 'send-link'])
      t.equal((await admin.post(`/admin/sign-in-help/${id}/${act}`, { _csrf })).status, 404, act);
  }
  const self = `/admin/sign-in-help/${own.id}`;
  t.notOk((await admin.get(self)).dom.querySelector(`form[action^="${self}"]`), 'no form for oneself');
  for (const act of ['unlock', 'send-link']) t.equal((await admin.post(`${self}/${act}`, { _csrf })).status, 422, act);
  t.equal((await admin.get('/helpdesk/sign-in-help')).status, 403);
  const officer = await ipms.signIn('pegawai.jabatan');
  for (const url of ['/admin/sign-in-help', '/helpdesk/sign-in-help', self])
    t.equal((await officer.get(url)).status, 403);
  t.equal((await (await ipms.signIn('meja.bantuan')).get('/admin/sign-in-help')).status, 403);
  t.equal((await ipms.visitor().get(self)).status, 303);
  t.strictSame(await state(), before, 'nothing was changed');
});
