import { t } from 'tap';
import { firstCells, type Ipms, startIpms } from '../helper.ts';
import { onlyForHelpdesk } from './refused.ts';

// Administrators of the agencies: invited, granted, withdrawn and unlocked by the helpdesk.

const NEW = '/helpdesk/admins/new';

const user = (ipms: Ipms, login: string) =>
  ipms.db.selectFrom('user').selectAll().where('login_id', '=', login).executeTakeFirstOrThrow();

async function agencyId(ipms: Ipms, code: string) {
  return (await ipms.db.selectFrom('agency').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id;
}

async function newcomer(ipms: Ipms, more: Record<string, string> = {}) {
  return {
    agency_id: String(await agencyId(ipms, 'JC')),
    full_name: 'Kamala a/p Raman',
    login_id: 'kamala',
    email: 'kamala@rumah.test',
    ...more,
  };
}

const pageOf = async (ipms: Ipms, login: string) => `/helpdesk/admins/${(await user(ipms, login)).id}`;

const actionsOn = async (ipms: Ipms, id: number) =>
  (
    await ipms.db
      .selectFrom('audit')
      .select('action')
      .where('item_type', '=', 'user')
      .where('item_id', '=', id)
      .where('action', 'not in', ['user.signed-in'])
      .orderBy('id')
      .execute()
  ).map((row) => row.action);

t.test('wrong and taken values come back beside their field', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const before = await ipms.db.selectFrom('user').selectAll().execute();
  const wrong: [Record<string, string>, string][] = [
    [{ agency_id: '' }, 'agency_id'],
    [{ agency_id: '999999' }, 'agency_id'],
    [{ full_name: '' }, 'full_name'],
    [{ login_id: 'ab' }, 'login_id'],
    [{ login_id: 'kamala raman' }, 'login_id'],
    [{ login_id: 'kamala.' }, 'login_id'],
    [{ login_id: 'x'.repeat(21) }, 'login_id'],
    [{ login_id: 'ADMIN.Jabatan' }, 'login_id'],
    [{ email: '' }, 'email'],
    [{ email: 'kamala@' }, 'email'],
    [{ email: 'kamala@rumah.test\r\nBcc: lain@rumah.test' }, 'email'],
    [{ email: 'kamala@rumah.test, lain@rumah.test' }, 'email'],
    [{ email: 'Admin.Jabatan@jabatan.test' }, 'email'],
    [{ email: 'postadmin@jabatan.test' }, 'email'],
    [{ email: 'kamala@kementerian.test' }, 'email'],
  ];
  for (const [fields, name] of wrong) {
    const answer = await helpdesk.submit(NEW, NEW, await newcomer(ipms, fields));
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.strictSame(Object.keys(answer.problems), [name], JSON.stringify(fields));
  }
  t.strictSame(await ipms.db.selectFrom('user').selectAll().execute(), before);
  t.strictSame(await ipms.db.selectFrom('outbox').select('id').where('mail', '=', 'invitation').execute(), []);
});

t.test('one login ID: of two at once the second is told', async (t) => {
  const ipms = await startIpms(t);
  const [one, other] = [await ipms.signIn('meja.bantuan'), await ipms.signIn('meja.bantuan')];
  const answers = await Promise.all(
    [
      { browser: one, email: 'satu@rumah.test' },
      { browser: other, email: 'dua@rumah.test' },
    ].map(async ({ browser, email }) =>
      browser.post(NEW, { ...(await newcomer(ipms, { email })), _csrf: await browser.token(NEW) }),
    ),
  );
  t.strictSame(answers.map((answer) => answer.status).sort(), [303, 422]);
  t.ok(answers.find((answer) => answer.status === 422)?.problems.login_id);
  t.equal((await ipms.db.selectFrom('user').select('id').where('login_id', '=', 'kamala').execute()).length, 1);
  t.equal(
    (await ipms.db.selectFrom('login_name').select('login_id').where('login_id', '=', 'kamala').execute()).length,
    1,
  );
  t.equal((await ipms.db.selectFrom('outbox').select('id').where('mail', '=', 'invitation').execute()).length, 1);
});

t.test('a login ID that an account request has reserved is taken', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  await ipms.db
    .insertInto('login_name')
    .values({ login_id: 'kamala', user_id: null, account_request_id: null })
    .execute();
  const answer = await helpdesk.submit(NEW, NEW, await newcomer(ipms));
  t.equal(answer.status, 422);
  t.ok(answer.problems.login_id);
  t.strictSame(await ipms.db.selectFrom('user').select('id').where('login_id', '=', 'kamala').execute(), []);
});

t.test('a double click invites once', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const fields = { ...(await newcomer(ipms)), _csrf: await helpdesk.token(NEW) };
  const answers = await Promise.all([1, 2].map(() => helpdesk.post(NEW, fields)));
  const page = await pageOf(ipms, 'kamala');
  for (const answer of answers) t.equal(answer.location, page);
  t.equal((await ipms.db.selectFrom('outbox').select('id').where('mail', '=', 'invitation').execute()).length, 1);
});

t.test('an officer is found by login ID or e-mail and becomes administrator', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const officer = await user(ipms, 'pegawai.jabatan');
  const page = `/helpdesk/admins/${officer.id}`;
  for (const login of ['Pegawai.Jabatan', officer.email.toUpperCase()])
    t.equal((await helpdesk.get(`${NEW}?login=${encodeURIComponent(login)}`)).location, `${page}/grant`);
  t.ok((await helpdesk.get(`${NEW}?login=tiada`)).dom.querySelector('#missing'), 'nobody found is said');

  const working = await ipms.signIn('pegawai.jabatan');
  const granted = await helpdesk.submit(`${page}/grant`, `${page}/grant`);
  t.equal(granted.location, page);
  t.match(await user(ipms, 'pegawai.jabatan'), { role: 'admin', status: 'active' });
  t.equal((await working.get('/me')).status, 303, 'sessions end when the role changes');
  t.equal((await (await ipms.signIn('pegawai.jabatan')).get('/admin/access-codes')).status, 200);
  const mails = await ipms.db.selectFrom('outbox').select('to_address').where('mail', '=', 'role').execute();
  t.strictSame(
    mails.map((mail) => mail.to_address).sort(),
    ['admin.jabatan@jabatan.test', officer.email].sort(),
    'the officer and the other administrator hear of it',
  );
  t.strictSame(await actionsOn(ipms, officer.id), ['administrator.granted']);
  const again = await helpdesk.post(`${page}/grant`, { _csrf: await helpdesk.token(page) });
  t.equal(again.status, 409);
});

t.test('withdrawing: an officer with a mailbox is a user again', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { id } = await user(ipms, 'pegawai.jabatan');
  const page = `/helpdesk/admins/${id}`;
  await helpdesk.submit(page, `${page}/grant`);
  const working = await ipms.signIn('pegawai.jabatan');
  t.equal((await helpdesk.submit(page, `${page}/withdraw`)).location, page);
  t.match(await user(ipms, 'pegawai.jabatan'), { role: 'user', status: 'active' });
  t.equal((await working.get('/me')).status, 303, 'the sessions have ended');
  t.equal((await (await ipms.signIn('pegawai.jabatan')).get('/admin/access-codes')).status, 403);
});

t.test('withdrawing: without a mailbox the sign-in is disabled, and comes back with the role', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { location: page } = await helpdesk.submit(NEW, NEW, await newcomer(ipms));
  t.equal((await helpdesk.submit(page, `${page}/withdraw`)).status, 303);
  const person = await user(ipms, 'kamala');
  t.match(person, { role: 'user', status: 'disabled' });
  t.strictSame(
    await ipms.db.selectFrom('one_time_link').select('purpose').where('user_id', '=', person.id).execute(),
    [],
  );
  t.equal((await helpdesk.submit(page, `${page}/grant`)).status, 303);
  t.match(await user(ipms, 'kamala'), { role: 'admin', status: 'active' });
  t.strictSame(await actionsOn(ipms, person.id), [
    'administrator.invited',
    'administrator.withdrawn',
    'administrator.granted',
  ]);
});

t.test('the last administrator who can sign in stays, unless the helpdesk says that it knows', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  await helpdesk.submit(NEW, NEW, await newcomer(ipms)); // invited, but without a password yet
  const page = await pageOf(ipms, 'admin.jabatan');
  const refused = await helpdesk.submit(page, `${page}/withdraw`);
  t.equal(refused.status, 422);
  t.match(refused.text, 'Jabatan Contoh');
  t.match(await user(ipms, 'admin.jabatan'), { role: 'admin', status: 'active' });
  t.equal((await helpdesk.submit(page, `${page}/withdraw`, { leave_without: '1' })).status, 303);
  t.equal((await user(ipms, 'admin.jabatan')).role, 'user');
  t.match((await helpdesk.get('/helpdesk')).text, /Agensi berisiko.*Jabatan Contoh tiada pentadbir/);
});

t.test('two withdrawn at once: one of the last two stays', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const second = await pageOf(ipms, 'pegawai.jabatan');
  await helpdesk.submit(second, `${second}/grant`);
  const first = await pageOf(ipms, 'admin.jabatan');
  const tokens = [await helpdesk.token(first), await helpdesk.token(second)];
  const answers = await Promise.all(
    [first, second].map((page, index) => helpdesk.post(`${page}/withdraw`, { _csrf: tokens[index] ?? '' })),
  );
  t.strictSame(answers.map((answer) => answer.status).sort(), [303, 422]);
});

t.test('an officer whose account the agency has disabled is not made administrator', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('login_id', '=', 'pegawai.jabatan').execute();
  const page = await pageOf(ipms, 'pegawai.jabatan');
  t.equal((await helpdesk.post(`${page}/grant`, { _csrf: await helpdesk.token(page) })).status, 409);
  t.match(await user(ipms, 'pegawai.jabatan'), { role: 'user', status: 'disabled' });
});

t.test('a sign-in that wrong passwords have shut is opened', async (t) => {
  const ipms = await startIpms(t);
  for (let tries = 0; tries < 6; tries += 1)
    await ipms.visitor().submit('/login', '/login', { login: 'admin.jabatan', password: 'salah' });
  const shut = await ipms.visitor().submit('/login', '/login', { login: 'admin.jabatan', password: 'Contoh@2026ipms' });
  t.equal(shut.status, 422);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = await pageOf(ipms, 'admin.jabatan');
  const { dom } = await helpdesk.get('/helpdesk/admins?state=locked');
  t.ok(dom.querySelector(`tbody a[href="${page}"]`), 'the list knows who is locked');
  t.equal((await helpdesk.submit(page, `${page}/unlock`)).location, page);
  await ipms.signIn('admin.jabatan');
});

t.test('lists of administrators: by agency, state and text', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  await helpdesk.submit(NEW, NEW, await newcomer(ipms));
  const names = async (query: string) => firstCells(await helpdesk.get(`/helpdesk/admins?${query}`));
  t.strictSame(await names('state=pending'), ['Kamala a/p Raman']);
  t.strictSame(await names(`agency=${await agencyId(ipms, 'KC')}`), ['Tan Chee Keong']);
  t.strictSame(await names('q=KAMALA%40rumah'), ['Kamala a/p Raman']);
  t.notOk((await names('')).includes('Muhammad Hafiz bin Abdullah'), 'an ordinary user is none');
  t.match((await helpdesk.get('/helpdesk/admins?format=csv&state=pending')).html, 'kamala@rumah.test');
});

t.test("a helpdesk person's page is among the staff", async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { id } = await user(ipms, 'meja.bantuan');
  t.equal((await helpdesk.get(`/helpdesk/admins/${id}`)).location, `/helpdesk/staff/${id}`);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const page = await pageOf(ipms, 'admin.jabatan');
  const commands = ['invite', 'unlock', 'grant', 'withdraw'].map((command) => `${page}/${command}`);
  await onlyForHelpdesk(t, ipms, ['/helpdesk/admins', NEW, page, ...commands], [NEW, ...commands]);
  t.match(await user(ipms, 'admin.jabatan'), { role: 'admin', status: 'active' });

  const helpdesk = await ipms.signIn('meja.bantuan');
  const own = (await user(ipms, 'meja.bantuan')).id;
  const fields = { _csrf: await helpdesk.token(page), leave_without: '1' };
  for (const command of ['invite', 'unlock', 'grant', 'withdraw'])
    for (const id of [own, 999999]) {
      const answer = await helpdesk.post(`/helpdesk/admins/${id}/${command}`, { ...fields, id: String(id) });
      t.equal(answer.status, 404, `${command} of ${id}`);
    }
  t.match(await user(ipms, 'meja.bantuan'), { role: 'helpdesk', status: 'active' });
});

t.test('nobody becomes an administrator unseen: the others of the agency are told', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const fields = { agency_id: '1', full_name: 'Aminah binti Kadir', login_id: 'aminah.k', email: 'aminah@luar.test' };
  t.equal((await helpdesk.submit('/helpdesk/admins/new', '/helpdesk/admins/new', fields)).status, 303);
  const mails = await ipms.db
    .selectFrom('outbox')
    .innerJoin('user', 'user.id', 'outbox.item_id')
    .select(['mail', 'to_address'])
    .where('user.login_id', '=', 'aminah.k')
    .where('item_type', '=', 'user')
    .execute();
  t.strictSame(mails, [
    { mail: 'invitation', to_address: 'aminah@luar.test' },
    { mail: 'role', to_address: 'admin.jabatan@jabatan.test' },
  ]);
});
