import { t } from 'tap';
import { DAY } from '../../src/base/time.ts';
import { makeSetUpLink } from '../../src/sign-in/set-up.ts';
import { type Ipms, startIpms } from '../helper.ts';

const NEW = 'Kerbau#Hitam88';
const FIRST = {
  full_name: 'Noraini binti Salleh',
  login_id: 'meja.pertama',
  email: 'Meja@Bantuan.test',
  new_password: NEW,
  confirm_password: NEW,
};

const helpdesk = ({ db }: Ipms) => db.selectFrom('user').selectAll().where('role', '=', 'helpdesk').execute();

t.test('the link makes the first helpdesk account, once', async (t) => {
  const ipms = await startIpms(t, { empty: true });
  const path = await makeSetUpLink(ipms.db, ipms.clock.now);
  t.equal((await ipms.visitor().submit(path, path, FIRST)).location, '/login');
  const [made, ...more] = await helpdesk(ipms);
  t.equal(more.length, 0);
  t.match(made, { login_id: 'meja.pertama', email: 'meja@bantuan.test', agency_id: null, status: 'active' });
  t.equal((await ipms.visitor().get(path)).status, 404, 'used is used');
  const browser = await ipms.signIn('meja.pertama', NEW);
  t.equal((await browser.get('/helpdesk')).location, '/me/second-factor', 'a second factor from the first day');
  const rows = await ipms.db.selectFrom('audit').selectAll().where('action', '=', 'user.first-helpdesk').execute();
  t.match(rows, [{ item_id: made?.id, actor_role: 'system', address: '127.0.0.1' }]);
  t.notMatch(JSON.stringify(rows), NEW);
});

t.test('what is wrong comes back beside its field and does not use the link up', async (t) => {
  const ipms = await startIpms(t, { empty: true });
  const path = await makeSetUpLink(ipms.db, ipms.clock.now);
  const wrong: [Partial<typeof FIRST>, string][] = [
    [{ login_id: 'ab' }, 'login_id'],
    [{ login_id: 'a'.repeat(21) }, 'login_id'],
    [{ login_id: 'titik.' }, 'login_id'],
    [{ login_id: 'meja bantuan' }, 'login_id'],
    [{ email: 'bukan alamat' }, 'email'],
    [{ full_name: ' ' }, 'full_name'],
    [{ new_password: 'pendek', confirm_password: 'pendek' }, 'new_password'],
    [{ confirm_password: `${NEW}x` }, 'confirm_password'],
  ];
  for (const [fields, name] of wrong) {
    const answer = await ipms.visitor().submit(path, path, { ...FIRST, ...fields });
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.strictSame(Object.keys(answer.problems), [name]);
  }
  const named = 'Meja.Pertama#2026';
  const several = { ...FIRST, email: 'bukan alamat', new_password: named, confirm_password: named };
  const { problems } = await ipms.visitor().submit(path, path, several);
  t.strictSame(
    Object.keys(problems),
    ['email', 'new_password'],
    'that it names the person is told beside what is not read',
  );
  t.equal((await helpdesk(ipms)).length, 0);
  t.equal((await ipms.visitor().submit(path, path, FIRST)).status, 303);
});

t.test('a login ID in capitals is the same login ID', async (t) => {
  const ipms = await startIpms(t, { empty: true });
  const path = await makeSetUpLink(ipms.db, ipms.clock.now);
  t.equal((await ipms.visitor().submit(path, path, { ...FIRST, login_id: 'Meja.Pertama' })).status, 303);
  t.match(await helpdesk(ipms), [{ login_id: 'meja.pertama' }]);
});

t.test('two at once: one account', async (t) => {
  const ipms = await startIpms(t, { empty: true });
  const path = await makeSetUpLink(ipms.db, ipms.clock.now);
  const second = { ...FIRST, login_id: 'meja.kedua', email: 'kedua@bantuan.test' };
  const answers = await Promise.all([FIRST, second].map((fields) => ipms.visitor().submit(path, path, fields)));
  t.equal(answers.filter((answer) => answer.status === 303).length, 1);
  t.equal((await helpdesk(ipms)).length, 1);
});

t.test('who may not: with a link that is old, replaced or unknown, or when there is a helpdesk', async (t) => {
  const ipms = await startIpms(t, { empty: true });
  const replaced = await makeSetUpLink(ipms.db, ipms.clock.now);
  const path = await makeSetUpLink(ipms.db, ipms.clock.now);
  const browser = ipms.visitor();
  const _csrf = await browser.token('/login');
  for (const dead of [replaced, `${path}x`, '/set-up/x']) {
    t.equal((await browser.get(dead)).status, 404);
    t.equal((await browser.post(dead, { ...FIRST, _csrf })).status, 404);
  }
  ipms.clock.now = new Date(ipms.clock.now.getTime() + DAY);
  t.equal((await browser.get(path)).status, 404, 'after a day');
  t.equal((await browser.post(path, { ...FIRST, _csrf })).status, 404);
  t.equal((await helpdesk(ipms)).length, 0);

  const other = await startIpms(t);
  const before = await helpdesk(other);
  const late = await makeSetUpLink(other.db, other.clock.now);
  const fields = { ...FIRST, _csrf: '' };
  const visitor = other.visitor();
  fields._csrf = await visitor.token('/login');
  t.equal((await visitor.get(late)).status, 404);
  t.equal((await visitor.post(late, fields)).status, 404);
  t.strictSame(await helpdesk(other), before);
});
