import { t } from 'tap';
import { check } from '../../src/command-line/check.ts';
import { setup } from '../../src/command-line/setup.ts';
import { openPresent } from '../../src/installation.ts';
import { openedSecret } from '../read.ts';
import { demoFolder, ipms, startedFolder } from './folder.ts';
import { newInstallation, serve } from './installed.ts';
import { run } from './run.ts';

// npm run ipms -- setup --recover: nobody of the helpdesk is left.

const PERSON = ['--login', 'Petugas.Baru', '--email', 'petugas@bantuan.test', '--name', 'Puan Petugas Baru'];
const REASON = 'Puan Noraini telah bersara; surat KP 12/2026';
const RECOVER = ['--recover', ...PERSON, '--reason', REASON];
const MAIL = { IPMS_SMTP_URL: 'smtp://127.0.0.1:9', IPMS_HELPDESK_EMAIL: 'meja@jabatan.test' };
const CHOSEN = 'Angsana@Merah2026';

const open = (folder: string) => openPresent({ dataDir: folder, secretFile: `${folder}/secret.key` });

t.test('somebody new is invited by mail, everybody in office is told, and gets in', async (t) => {
  const folder = await demoFolder(t);
  const { code, out, err } = await ipms(folder, ['setup', ...RECOVER], '', MAIL);
  t.match({ code, err }, { code: 0, err: '' });
  const { db, close } = await open(folder);
  const user = await db.selectFrom('user').selectAll().where('login_id', '=', 'petugas.baru').executeTakeFirstOrThrow();
  t.match(user, { role: 'helpdesk', agency_id: null, password_hash: null, full_name: 'Puan Petugas Baru' });
  const row = await db.selectFrom('audit').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
  t.match(row, { action: 'staff.recovered', actor_role: 'system', item_type: 'user', item_id: user.id });
  t.match(JSON.parse(row.after ?? ''), { login_id: 'petugas.baru', email: 'petugas@bantuan.test', reason: REASON });
  const mails = await db
    .selectFrom('outbox')
    .select(['mail', 'to_address', 'letter', openedSecret])
    .where('item_type', '=', 'user')
    .where('item_id', '=', user.id)
    .execute();
  const [invitation, ...more] = mails.filter(({ mail }) => mail === 'invitation');
  t.match(invitation, { to_address: 'petugas@bantuan.test', secret: /^\/password\/reset\// });
  t.strictSame(more, []);
  const told = mails.filter(({ mail }) => mail === 'recovered');
  const known = await db
    .selectFrom('user')
    .select('email')
    .where('role', 'in', ['admin', 'helpdesk'])
    .where('status', '=', 'active')
    .where('id', '<>', user.id)
    .execute();
  t.strictSame(
    told.map((each) => each.to_address).sort(),
    [...known.map(({ email }) => email), 'meja@jabatan.test'].sort(),
  );
  for (const { letter, secret } of told) {
    t.match(letter, REASON);
    t.equal(secret, null);
  }
  t.match(out, `petugas@bantuan.test, and word of it to ${told.length} others`);
  t.notMatch(out, /password\/reset/, 'nobody is shown the link');
  await close();
  await serve(t, folder, async (visitor) => {
    const path = invitation?.secret ?? '';
    await visitor.submit(path, path, { new_password: CHOSEN, confirm_password: CHOSEN });
    await visitor.submit('/login', '/login', { login: 'petugas.baru', password: CHOSEN });
    t.equal((await visitor.get('/helpdesk/staff')).status, 200);
  });
  t.match(await run(t, folder, check), { code: 0, err: '' });
});

t.test('what is missing, taken or of no use is said, and nothing is changed', async (t) => {
  const folder = await newInstallation(t);
  const without = (name: string) => RECOVER.filter((each, index) => each !== name && RECOVER[index - 1] !== name);
  t.match(await run(t, folder, setup, without('--reason'), MAIL), { code: 2, err: /^--recover needs --reason\./ });
  t.match(await run(t, folder, setup, [...without('--reason'), '--reason', 'x'.repeat(501)], MAIL), { code: 2 });
  t.match(await run(t, folder, setup, RECOVER), {
    code: 1,
    err: 'IPMS_SMTP_URL is not set, so the invitation would reach nobody: set it to smtp://HOST:PORT.\n',
  });
  const taken = await run(t, folder, setup, [...without('--login'), '--login', 'noraini'], MAIL);
  t.match(taken, { code: 1, err: /^login_id: / });
  t.match(await run(t, folder, setup, [...without('--email'), '--email', 'bukan'], MAIL), { code: 1, err: /^email: / });
  const { db, close } = await open(folder);
  t.equal((await db.selectFrom('user').selectAll().execute()).length, 1);
  t.strictSame(
    await db.selectFrom('outbox').select('id').where('mail', 'in', ['invitation', 'recovered']).execute(),
    [],
  );
  await close();

  t.match(await run(t, await startedFolder(t), setup, RECOVER, MAIL), {
    code: 1,
    err: 'There never was a helpdesk account: make the first one, without --recover.\n',
  });
});
