import bcrypt from 'bcrypt';
import { sql } from 'kysely';
import { type Test, t } from 'tap';
import { hashPassword } from '../../src/sign-in/hashing.ts';
import { type Ipms, PASSWORD, type Page, startIpms } from '../helper.ts';
import { makeAdministrator, makeUser } from '../make.ts';
import { person, trailOf } from '../read.ts';

// SOP 4.20 step 1: Log Masuk

const login = (ipms: Ipms, name: string, password = PASSWORD) =>
  ipms.visitor().submit('/login', '/login', { login: name, password });

/** The whole page, less what is different on every page anyway: the token and what was typed. */
function bare({ html }: Page, typed: string) {
  return html.replace(/name="_csrf" value="[^"]*"/g, '').replaceAll(typed, '');
}

async function somebodyOfEveryKind(ipms: Ipms) {
  const kinds = { wrong: 'active', disabled: 'disabled', deleted: 'deleted', pending: 'active' } as const;
  for (const [name, status] of Object.entries(kinds)) {
    const { id } = await makeUser(ipms, `orang.${name}`);
    await ipms.db.updateTable('user').set({ status }).where('id', '=', id).execute();
  }
  await ipms.db.updateTable('user').set({ password_hash: null }).where('login_id', '=', 'orang.pending').execute();
}

t.test('the right password opens the pages of the role, by login ID or address in any spelling', async (t) => {
  const ipms = await startIpms(t);
  const homes = { 'pegawai.jabatan': '/me', 'admin.jabatan': '/admin', 'meja.bantuan': '/helpdesk' };
  for (const [name, home] of Object.entries(homes)) t.equal((await login(ipms, name)).location, home);
  for (const name of ['PEGAWAI.Jabatan', '  pegawai.jabatan ', 'Pegawai.Jabatan@JABATAN.test'])
    t.equal((await login(ipms, name)).location, '/me', name);
  const user = await person(ipms, 'pegawai.jabatan');
  t.equal(user.last_sign_in_at, ipms.clock.now.toISOString());
  const rows = await trailOf(ipms, 'user', user.id, 'user.signed-in');
  t.match(rows[0], { actor_user_id: user.id, actor_role: 'user', agency_id: 1, address: '127.0.0.1' });
  t.equal(rows.length, 4);
});

t.test('unknown, wrong, disabled, deleted and not yet activated have one and the same answer', async (t) => {
  const ipms = await startIpms(t);
  await somebodyOfEveryKind(ipms);
  const compare = t.capture(bcrypt, 'compare', bcrypt.compare);
  const answers = new Set<string>();
  const tries = [
    ['orang.tiada', PASSWORD],
    ['orang.wrong', 'Bukan@katalaluan1'],
    ['orang.disabled', PASSWORD],
    ['orang.deleted', PASSWORD],
    ['orang.pending', PASSWORD],
  ] as const;
  for (const [name, password] of tries) {
    const answer = await login(ipms, name, password);
    t.equal(answer.status, 422, name);
    t.equal(compare().length, 1, `${name} costs one comparison`);
    t.notMatch(answer.html, password, 'the password does not come back');
    answers.add(bare(answer, name));
  }
  t.equal(answers.size, 1, 'nothing on the page tells them apart');
  t.equal((await ipms.db.selectFrom('session').select('id').execute()).length, 0, 'nobody is signed in');
});

t.test('a password or person that was changed while it was compared opens nothing', async (t) => {
  const ipms = await startIpms(t);
  const { compare } = bcrypt;
  let meanwhile: { password_hash: string } | { status: 'disabled' } = { password_hash: 'another' };
  t.intercept(bcrypt, 'compare', {
    value: async (text: string, hash: string) => {
      await ipms.db.updateTable('user').set(meanwhile).where('role', '=', 'user').execute();
      return compare(text, hash);
    },
  });
  await makeAdministrator(ipms, 'admin.kedua');
  t.equal((await login(ipms, 'pegawai.jabatan')).status, 422);
  await ipms.db.updateTable('user').set({ role: 'user' }).where('login_id', '=', 'admin.kedua').execute();
  meanwhile = { status: 'disabled' };
  t.equal((await login(ipms, 'admin.kedua')).status, 422);
  t.equal((await ipms.db.selectFrom('session').select('id').execute()).length, 0);
});

t.test('next leads back, and never to another site', async (t) => {
  const ipms = await startIpms(t);
  const to = async (next: string) => {
    const browser = ipms.visitor();
    const _csrf = await browser.token('/login');
    const fields = { login: 'pegawai.jabatan', password: PASSWORD, _csrf };
    return (await browser.post(`/login?next=${encodeURIComponent(next)}`, fields)).location;
  };
  t.equal(await to('/me/groups?q=ict'), '/me/groups?q=ict');
  const foreign = [
    '//evil.test',
    '/\\evil.test',
    '\\/evil.test',
    'https://evil.test/',
    'http:evil.test',
    'javascript:alert(1)',
    '/\t/evil.test',
    '/\n/evil.test',
    '/me\r\nset-cookie: a=b',
    '@evil.test',
    'me',
    '',
  ];
  for (const next of foreign) t.equal(await to(next), '/me', JSON.stringify(next));
});

t.test('the sign-in page says which page it leads back to, and whoever is in goes on', async (t) => {
  const ipms = await startIpms(t);
  t.equal((await ipms.visitor().get('/me/groups?as=owner')).location, '/login?next=%2Fme%2Fgroups%3Fas%3Downer');
  const officer = await ipms.signIn('pegawai.jabatan');
  t.equal((await officer.get('/login')).location, '/me');
});

t.test('a form that is not filled in is shown again', async (t) => {
  const ipms = await startIpms(t);
  const answer = await login(ipms, '', '');
  t.equal(answer.status, 422);
  t.strictSame(Object.keys(answer.problems), ['login', 'password']);
  for (const field of [{ login: ['a', 'b'] }, { password: [PASSWORD, PASSWORD] }]) {
    const fields = { login: 'pegawai.jabatan', password: PASSWORD, ...field };
    t.equal((await ipms.visitor().submit('/login', '/login', fields)).status, 422, 'a repeated field');
  }
});

t.test('who may not: a form without its token, or from elsewhere', async (t) => {
  const ipms = await startIpms(t);
  const counted = () => ipms.db.selectFrom('throttle').selectAll().execute();
  const before = await counted();
  await refusesForeignForms(t, ipms, '/login', { login: 'pegawai.jabatan', password: PASSWORD });
  t.equal((await ipms.db.selectFrom('session').select('id').execute()).length, 0);
  t.strictSame(await counted(), before, 'nothing was counted');
});

async function refusesForeignForms(t: Test, ipms: Ipms, url: string, fields: Record<string, string>) {
  const browser = ipms.visitor();
  const _csrf = await browser.token(url);
  t.equal((await browser.post(url, fields)).status, 403, 'no token');
  t.equal((await browser.post(url, { ...fields, _csrf: `${_csrf}x` })).status, 403, 'a wrong token');
  t.equal((await browser.post(url, { ...fields, _csrf: [_csrf, _csrf] as never })).status, 403, 'two tokens');
  t.equal((await ipms.visitor().post(url, { ...fields, _csrf })).status, 403, "another browser's token");
  const foreign = { 'sec-fetch-site': 'cross-site' };
  t.equal((await browser.post(url, { ...fields, _csrf }, foreign)).status, 403, 'from another site');
}

t.test('a hash of a lower cost is made anew at a right sign-in, and at no wrong one', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_BCRYPT_COST: '5' } });
  const pasts = ({ id }: { id: number }) =>
    ipms.db.selectFrom('past_password').select('password_hash').where('user_id', '=', id).execute();
  const before = await person(ipms, 'pegawai.jabatan');
  t.match(before.password_hash, /^\$2b\$04\$/);
  await login(ipms, 'pegawai.jabatan', 'Bukan@katalaluan1');
  t.equal((await person(ipms, 'pegawai.jabatan')).password_hash, before.password_hash);
  // two at once: each is let in, whichever makes the hash
  await Promise.all([ipms.signIn('pegawai.jabatan'), ipms.signIn('pegawai.jabatan')]);
  const after = await person(ipms, 'pegawai.jabatan');
  t.match(after.password_hash, /^\$2b\$05\$/);
  t.equal(after.password_changed_at, before.password_changed_at, 'the password is the same one');
  t.strictSame(await pasts(after), [{ password_hash: after.password_hash }], 'and still one of the last five');
  await ipms.signIn('pegawai.jabatan');
  t.equal((await person(ipms, 'pegawai.jabatan')).password_hash, after.password_hash, 'once is enough');
});

t.test('a hash that another hand has put there gets no seal by being used; one of IPMS keeps its own', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_BCRYPT_COST: '5' } });
  const password_hash = await hashPassword(PASSWORD, 4, { address: '' });
  await ipms.db.updateTable('user').set({ password_hash }).where('login_id', '=', 'admin.jabatan').execute();
  for (const name of ['admin.jabatan', 'admin.kementerian']) t.equal((await login(ipms, name)).status, 303);
  const fitting = await ipms.db
    .selectFrom('user')
    .select('login_id')
    .where(sql<boolean>`password_seal = audit_hash('password', json_array(id, password_hash, password_changed_at))`)
    .where('password_hash', 'like', '$2b$05$%')
    .execute();
  t.strictSame(fitting, [{ login_id: 'admin.kementerian' }]);
});

t.test('a hash of a higher cost stays', async (t) => {
  const ipms = await startIpms(t);
  const dear = await hashPassword(PASSWORD, 6, { address: '' });
  await ipms.db.updateTable('user').set({ password_hash: dear }).where('login_id', '=', 'pegawai.jabatan').execute();
  await ipms.signIn('pegawai.jabatan');
  t.equal((await person(ipms, 'pegawai.jabatan')).password_hash, dear);
});
