import { t } from 'tap';
import { type TextKey, texts } from '../../src/texts.ts';
import { type Ipms, PASSWORD, startIpms } from '../helper.ts';
import { makeOfficer } from '../make.ts';
import { mailboxOf, mailsNumbered, person, recordsOf, trailOf } from '../read.ts';

// SOP 4.8: Kemaskini Katalaluan Akaun Pengguna

const NEW = 'Kerbau#Hitam88';
const PAST = 'Gajah#Ungu#01';
const FIELDS = { new_password: NEW, confirm_password: NEW };

const enter = (ipms: Ipms, login: string, password: string) =>
  ipms.visitor().submit('/login', '/login', { login, password });

async function begin(t: Parameters<typeof startIpms>[0]) {
  const ipms = await startIpms(t);
  const mailbox = await mailboxOf(ipms, 'pegawai.jabatan');
  return { ipms, mailbox, page: `/admin/mailboxes/${mailbox.id}/password`, admin: await ipms.signIn('admin.jabatan') };
}

t.test(
  'Change Password: sessions end, another password is asked for at the next sign-in, N8 without the password',
  async (t) => {
    const { ipms, mailbox, page, admin } = await begin(t);
    const officer = await ipms.signIn('pegawai.jabatan');
    const opened = await admin.get(page);
    t.equal(opened.dom.querySelector('main form button.main')?.textContent, 'Change Password');
    t.equal(opened.dom.querySelectorAll('.rules li').length, 8);
    const answer = await admin.submit(page, page, FIELDS);
    t.equal(answer.location, page);
    const shown = await admin.get(page);
    t.match(shown.text, texts['mailbox.password.done'].ms);
    t.match(shown.text, mailbox.primary_email);
    t.equal(shown.dom.querySelectorAll('.rail .done').length, 3);
    const other = await mailboxOf(ipms, 'admin.jabatan');
    const theirs = await admin.get(`/admin/mailboxes/${other.id}/password`);
    t.equal(
      theirs.dom.querySelectorAll('.rail .done').length,
      1,
      'but the way here, nothing was done for anybody else',
    );
    t.equal((await officer.get('/me')).status, 303, 'the session is over');
    t.equal((await enter(ipms, 'pegawai.jabatan', PASSWORD)).status, 422);
    const next = await ipms.signIn('pegawai.jabatan', NEW);
    t.equal((await next.get('/me')).location, '/me/password');
    t.equal((await person(ipms, 'pegawai.jabatan')).must_change_password, 1);

    const mail = (await mailsNumbered(ipms, 'N8')).at(-1);
    t.match(mail, { to_address: mailbox.primary_email, secret: null });
    t.match(mail?.letter, 'Rosnah binti Ismail');
    for (const table of ['outbox', 'audit', 'record', 'directory_object'] as const)
      t.notMatch(JSON.stringify(await ipms.db.selectFrom(table).selectAll().execute()), NEW, table);
    const rows = await trailOf(ipms, 'user', mailbox.user_id, 'user.password-changed');
    t.match(rows, [{ sop: '4.8', actor_name: 'Rosnah binti Ismail', before: null, after: null }]);
    t.match((await recordsOf(ipms, 'mailbox', mailbox.id, '4.8')).at(-1), {
      title: 'record.password-set',
      number: /^JC\/IPMS\//,
    });
  },
);

t.test(
  'it opens a sign-in that wrong tries have shut, ends one-time links, and answers the request for help',
  async (t) => {
    const { ipms, mailbox, page, admin } = await begin(t);
    for (let tries = 0; tries < 5; tries += 1) await enter(ipms, 'pegawai.jabatan', 'Salah@salah12');
    await ipms.db
      .insertInto('one_time_link')
      .values({ token_hash: 'x', purpose: 'reset', user_id: mailbox.user_id, expires_at: '2027-01-01' })
      .execute();
    await ipms.db
      .insertInto('password_request')
      .values({ user_id: mailbox.user_id, agency_id: 1, requested_at: ipms.clock.now.toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await admin.submit(page, page, FIELDS);
    t.equal((await enter(ipms, 'pegawai.jabatan', NEW)).status, 303);
    const links = await ipms.db
      .selectFrom('one_time_link')
      .selectAll()
      .where('user_id', '=', mailbox.user_id)
      .execute();
    t.strictSame(links, []);
    const open = ipms.db.selectFrom('password_request').selectAll().where('user_id', '=', mailbox.user_id);
    t.strictSame(await open.where('handled_at', 'is', null).execute(), []);
  },
);

t.test('every rule is said beside the field, and nothing that was typed comes back', async (t) => {
  const { ipms, page, admin } = await begin(t);
  const { password_hash } = await person(ipms, 'pegawai.jabatan');
  const wrong: [string, string, string, TextKey][] = [
    ['Pendek@1', 'Pendek@1', 'new_password', 'password.rule.length'],
    ['TiadaNombor@@@', 'TiadaNombor@@@', 'new_password', 'password.rule.digit'],
    ['tiada@besar1234', 'tiada@besar1234', 'new_password', 'password.rule.upper'],
    ['TiadaSimbol1234', 'TiadaSimbol1234', 'new_password', 'password.rule.symbol'],
    [`A1@${'x'.repeat(70)}`, `A1@${'x'.repeat(70)}`, 'new_password', 'password.rule.bytes'],
    ['Pegawai.jabatan@1', 'Pegawai.jabatan@1', 'new_password', 'password.rule.person'],
    ['aBcdefdgh@12', 'aBcdefdgh@12', 'new_password', 'password.rule.sample'],
    ['Bahagian@12345', 'Bahagian@12345', 'new_password', 'password.rule.common'],
    [NEW, `${NEW}x`, 'confirm_password', 'password.twice'],
    ['', NEW, 'new_password', 'form.required'],
  ];
  for (const [new_password, confirm_password, field, key] of wrong) {
    const refused = await admin.submit(page, page, { new_password, confirm_password });
    t.equal(refused.status, 422, key);
    t.strictSame(Object.keys(refused.problems), [field]);
    t.match(refused.problems[field]?.toLowerCase(), texts[key].ms.toLowerCase());
    if (new_password) t.notMatch(refused.html, new_password);
  }
  t.equal((await person(ipms, 'pegawai.jabatan')).password_hash, password_hash);
});

t.test('nothing is said of the passwords that the person has, and the next one is none of these', async (t) => {
  const { ipms, page, admin } = await begin(t);
  const past = { new_password: PAST, confirm_password: PAST };
  t.notMatch((await admin.get(page)).text, texts['password.rule.past'].ms);
  t.equal((await admin.submit(page, page, past)).status, 303);
  t.equal((await admin.submit(page, page, past)).status, 303, 'it is the present one now');
  const officer = await ipms.signIn('pegawai.jabatan', PAST);
  const own = await officer.submit('/me/password', '/me/password', { current_password: PAST, ...past });
  t.match(own.problems.new_password, texts['password.rule.past'].ms);
});

t.test('a double click is one change; of two administrators at once one is told', async (t) => {
  const { ipms, mailbox, page, admin } = await begin(t);
  const second = await ipms.signIn('admin.jabatan');
  const sendings = [
    { browser: admin, fields: { ...FIELDS, _csrf: await admin.token(page) } },
    {
      browser: second,
      fields: { new_password: 'Lembu#Putih77', confirm_password: 'Lembu#Putih77', _csrf: await second.token(page) },
    },
  ];
  const answers = await Promise.all(sendings.map(({ browser, fields }) => browser.post(page, fields)));
  t.strictSame(answers.map(({ status }) => status).sort(), [303, 409]);
  t.equal((await trailOf(ipms, 'user', mailbox.user_id, 'user.password-changed')).length, 1);
  const first = sendings[answers.findIndex(({ status }) => status === 303)];
  const again = await first?.browser.post(page, first.fields);
  t.strictSame([again?.status, again?.location], [303, page]);
  t.equal((await trailOf(ipms, 'user', mailbox.user_id, 'user.password-changed')).length, 1);
});

t.test(
  'not for the own account, a disabled or deleted one, or one that is not activated: the page says what to do',
  async (t) => {
    const { ipms, admin } = await begin(t);
    const own = await mailboxOf(ipms, 'admin.jabatan');
    const disabled = await makeOfficer(ipms, 'nyah.aktif', { status: 'disabled' });
    const deleted = await makeOfficer(ipms, 'sudah.padam', { status: 'deleted' });
    const fresh = await makeOfficer(ipms, 'baru.lagi');
    await ipms.db.updateTable('user').set({ password_hash: null }).where('id', '=', fresh.user_id).execute();
    const shut = await makeOfficer(ipms, 'masuk.ditutup');
    await ipms.db.updateTable('user').set({ status: 'disabled' }).where('id', '=', shut.user_id).execute();
    const hash = (id: number) =>
      ipms.db.selectFrom('user').select('password_hash').where('id', '=', id).executeTakeFirstOrThrow();
    for (const [mailbox, key] of [
      [own, 'mailbox.password.own'],
      [disabled, 'mailbox.password.disabled'],
      [shut, 'mailbox.password.disabled'],
      [deleted, 'mailbox.password.deleted'],
      [fresh, 'mailbox.password.notActivated'],
    ] as const) {
      const page = `/admin/mailboxes/${mailbox.id}/password`;
      const before = await hash(mailbox.user_id);
      const shown = await admin.get(page);
      t.match(shown.text, texts[key].ms);
      t.notOk(shown.dom.querySelector('main input[type=password]'));
      const refused = await admin.post(page, { ...FIELDS, _csrf: await admin.token('/admin/mailboxes/1') });
      t.equal(refused.status, 422, key);
      t.strictSame(await hash(mailbox.user_id), before);
    }
  },
);

t.test('who may not', async (t) => {
  const { ipms, page } = await begin(t);
  const { password_hash } = await person(ipms, 'pegawai.jabatan');
  t.equal((await ipms.visitor().get(page)).location, `/login?next=${encodeURIComponent(page)}`);
  for (const login of ['pegawai.jabatan', 'meja.bantuan']) {
    const browser = await ipms.signIn(login);
    t.equal((await browser.get(page)).status, 403);
    t.equal((await browser.post(page, { ...FIELDS, _csrf: await browser.token('/me/password') })).status, 403);
  }
  const other = await ipms.signIn('admin.kementerian');
  t.equal((await other.get(page)).status, 404);
  t.equal((await other.post(page, { ...FIELDS, _csrf: await other.token('/me/password') })).status, 404);
  t.equal((await other.post(page, { new_password: 'x', _csrf: await other.token('/me/password') })).status, 404);
  t.equal((await person(ipms, 'pegawai.jabatan')).password_hash, password_hash);
});

t.test('no administrator sets the password of another one', async (t) => {
  const { ipms, page, admin } = await begin(t);
  await ipms.db.updateTable('user').set({ role: 'admin' }).where('login_id', '=', 'pegawai.jabatan').execute();
  const { password_hash } = await person(ipms, 'pegawai.jabatan');
  const shown = await admin.get(page);
  t.match(shown.text, texts['mailbox.password.administrator'].ms);
  t.notOk(shown.dom.querySelector(`form[action="${page}"], main form [name=new_password]`));
  t.equal((await admin.post(page, { ...FIELDS, _csrf: await admin.token(page) })).status, 422);
  t.equal((await person(ipms, 'pegawai.jabatan')).password_hash, password_hash);
});
