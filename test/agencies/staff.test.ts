import { sql } from 'kysely';
import { t } from 'tap';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { openedSecret } from '../read.ts';
import { onlyForHelpdesk } from './refused.ts';

// The helpdesk's own people.

const NEW = '/helpdesk/staff/new';
const PERSON = { full_name: 'Ahmad Faizal bin Omar', login_id: 'faizal', email: 'faizal@bantuan.test' };
const CHOSEN = 'Angsana@Merah2026';

const user = (ipms: Ipms, login: string) =>
  ipms.db.selectFrom('user').selectAll().where('login_id', '=', login).executeTakeFirstOrThrow();

/** Whoever invites a colleague sees no link to act in the colleague's name. */
async function unseen(helpdesk: Visitor, page: string) {
  const { html } = await helpdesk.get(page);
  if (html.includes('/password/reset/')) throw new Error('the page shows the link of a colleague');
}

/** A second member of staff who has set a password. */
async function colleague(ipms: Ipms) {
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { location: page } = await helpdesk.submit(NEW, NEW, PERSON);
  await unseen(helpdesk, page);
  const mail = await ipms.db
    .selectFrom('outbox')
    .select(openedSecret)
    .where('mail', '=', 'invitation')
    .where('to_address', '=', PERSON.email)
    .executeTakeFirstOrThrow();
  const path = mail.secret ?? '';
  await ipms.visitor().submit(path, path, { new_password: CHOSEN, confirm_password: CHOSEN });
  return { helpdesk, page };
}

t.test('a colleague is invited, works, is disabled and enabled', async (t) => {
  const ipms = await startIpms(t);
  const { helpdesk, page } = await colleague(ipms);
  t.match(await user(ipms, 'faizal'), { role: 'helpdesk', agency_id: null });
  const working = await ipms.signIn('faizal', CHOSEN);
  t.equal((await working.get('/helpdesk')).status, 200);

  t.equal((await helpdesk.submit(page, `${page}/disable`)).location, page);
  t.equal((await working.get('/helpdesk')).status, 303, 'sessions end at once');
  const refused = await ipms.visitor().submit('/login', '/login', { login: 'faizal', password: CHOSEN });
  t.equal(refused.status, 422);
  const again = await helpdesk.post(`${page}/disable`, { _csrf: await helpdesk.token(page) });
  t.equal(again.status, 409, 'disabling twice says that it is done');

  t.equal((await helpdesk.submit(page, `${page}/enable`)).location, page);
  await ipms.signIn('faizal', CHOSEN);
  const rows = await ipms.db
    .selectFrom('audit')
    .select(['action', 'before', 'after'])
    .where(sql<boolean>`action like 'staff.%'`)
    .orderBy('id')
    .execute();
  t.match(rows, [
    { action: 'staff.invited' },
    { action: 'staff.disabled', before: '{"status":"active"}', after: '{"status":"disabled"}' },
    { action: 'staff.enabled' },
  ]);
});

t.test('nobody disables the own sign-in, nor the last one', async (t) => {
  const ipms = await startIpms(t);
  const { helpdesk } = await colleague(ipms);
  const first = `/helpdesk/staff/${(await user(ipms, 'meja.bantuan')).id}`;
  const own = await helpdesk.post(`${first}/disable`, { _csrf: await helpdesk.token(first) });
  t.equal(own.status, 422);
  t.notOk((await helpdesk.get(first)).dom.querySelector(`form[action="${first}/disable"]`));
  t.equal((await user(ipms, 'meja.bantuan')).status, 'active');

  const second = `/helpdesk/staff/${(await user(ipms, 'faizal')).id}`;
  const other = await ipms.signIn('faizal', CHOSEN);
  const tokens = [await helpdesk.token(second), await other.token(first)];
  const answers = await Promise.all([
    helpdesk.post(`${second}/disable`, { _csrf: tokens[0] ?? '' }),
    other.post(`${first}/disable`, { _csrf: tokens[1] ?? '' }),
  ]);
  t.equal(answers.filter((answer) => answer.status === 303 && !answer.location.startsWith('/login')).length, 1);
  const active = await ipms.db
    .selectFrom('user')
    .select('id')
    .where('role', '=', 'helpdesk')
    .where('status', '=', 'active')
    .execute();
  t.equal(active.length, 1, 'two who disable each other at once leave one');
});

t.test('a name or address that is taken is refused; a double click invites once', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  for (const [fields, name] of [
    [{ login_id: 'admin.jabatan' }, 'login_id'],
    [{ email: 'admin.jabatan@jabatan.test' }, 'email'],
    [{ email: 'postadmin@jabatan.test' }, 'email'],
  ] as const) {
    const answer = await helpdesk.submit(NEW, NEW, { ...PERSON, ...fields });
    t.equal(answer.status, 422);
    t.strictSame(Object.keys(answer.problems), [name]);
  }
  const fields = { ...PERSON, _csrf: await helpdesk.token(NEW) };
  const answers = await Promise.all([1, 2].map(() => helpdesk.post(NEW, fields)));
  const page = `/helpdesk/staff/${(await user(ipms, 'faizal')).id}`;
  t.equal(answers[0]?.location, page);
  const result = await helpdesk.get(answers[1]?.location ?? '');
  t.ok(result.status === 200 || result.location === page, 'the repeat leads to the same person');
  t.equal((await ipms.db.selectFrom('outbox').select('id').where('mail', '=', 'invitation').execute()).length, 1);
});

t.test('a colleague who is locked out is opened by another', async (t) => {
  const ipms = await startIpms(t);
  const { helpdesk, page } = await colleague(ipms);
  for (let tries = 0; tries < 5; tries += 1)
    await ipms.visitor().submit('/login', '/login', { login: 'faizal', password: 'salah' });
  t.match((await helpdesk.get('/helpdesk/staff?state=locked')).text, PERSON.full_name);
  t.equal((await helpdesk.submit(page, `${page}/unlock`)).location, page);
  await ipms.signIn('faizal', CHOSEN);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const page = `/helpdesk/staff/${(await user(ipms, 'meja.bantuan')).id}`;
  const commands = ['invite', 'unlock', 'disable', 'enable'].map((command) => `${page}/${command}`);
  await onlyForHelpdesk(t, ipms, ['/helpdesk/staff', NEW, page, ...commands], [NEW, ...commands]);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const admin = (await user(ipms, 'admin.jabatan')).id;
  const token = await helpdesk.token(page);
  t.equal((await helpdesk.get(`/helpdesk/staff/${admin}`)).status, 404);
  for (const command of ['invite', 'unlock', 'disable', 'enable'])
    t.equal((await helpdesk.post(`/helpdesk/staff/${admin}/${command}`, { _csrf: token })).status, 404, command);
  t.match(await user(ipms, 'admin.jabatan'), { role: 'admin', status: 'active' });
});
