import { t } from 'tap';
import type { Sqlite } from '../../src/data/database.ts';
import { issueCode, PEOPLE } from '../account-requests/joining.ts';
import { startIpms } from '../helper.ts';
import { makeUser } from '../make.ts';
import { mailsNumbered, person, trailOf } from '../read.ts';
import { noteStatements, type Ran } from '../statements.ts';

// What anybody may send must not tell who exists: neither by its answer nor by the time that it takes

t.test('the same is asked of the database for somebody and for nobody', async (t) => {
  let take: () => Ran[] = () => [];
  const ipms = await startIpms(t, { watch: (sqlite: Sqlite.Database) => (take = noteStatements(sqlite)) });
  await makeUser(ipms, 'ada.orang');
  await makeUser(ipms, 'bukan.aktif');
  await makeUser(ipms, 'belum.masuk');
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('login_id', '=', 'bukan.aktif').execute();
  await ipms.db.updateTable('user').set({ password_hash: null }).where('login_id', '=', 'belum.masuk').execute();
  const { id } = await issueCode(await ipms.signIn('admin.jabatan'), PEOPLE.malay);
  t.ok(id > 0, 'somebody has an access code');
  const { reference } = await ipms.db.selectFrom('access_code_request').select('reference').executeTakeFirstOrThrow();

  /** What sending a form with each of some fields asks of the database. */
  const asked = async (page: string, tries: Record<string, string>[]) => {
    const each: string[] = [];
    for (const fields of [...tries.slice(0, 1), ...tries]) {
      await ipms.db.deleteFrom('throttle').execute();
      const browser = ipms.visitor();
      const token = await browser.token(page);
      take();
      const answer = await browser.post(page, { ...fields, _csrf: token });
      t.equal(answer.status, 422, `${page} with ${JSON.stringify(fields)}`);
      each.push(
        take()
          .map(({ text }) => text)
          .join('\n'),
      );
    }
    return each.slice(1); // the first one finds nothing read yet
  };
  const password = 'Bukan@katalaluan1';
  const logins = ['ada.orang', 'ada.orang@jabatan.test', 'bukan.aktif', 'belum.masuk', 'tiada', 'tiada@tiada.test'];
  const code = { category: 'civil_servant', access_code: 'AAAAA-AAAAA-AAAAA' };
  for (const [page, tries] of [
    ['/login', logins.map((login) => ({ login, password }))],
    ['/register?category=civil_servant', [PEOPLE.malay, PEOPLE.indian].map((person) => ({ ...code, ...person }))],
    [
      '/access-code-requests/status',
      [reference, 'KA-AAAA-AAAA'].map((each) => ({ reference: each, identity: 'siapa@luar.test' })),
    ],
  ] as const) {
    const statements = await asked(page, [...tries]);
    t.match(statements[0], 'throttle', `${page} counts`);
    for (const other of statements.slice(1)) t.equal(other, statements[0], page);
  }
});

t.test('more is done for whoever forgot a password than for nobody: all hear of it at one moment', async (t) => {
  const waited: { milliseconds: number; end: () => void }[] = [];
  const ipms = await startIpms(t, {
    answerAfter: (milliseconds) => new Promise((end) => waited.push({ milliseconds, end })),
  });
  await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
  await makeUser(ipms, 'tiada.pemulihan');
  const answers: number[] = [];
  /** Sends a form, and lets all be done that does not wait for its moment. */
  const send = async (login: string) => {
    const browser = ipms.visitor();
    const form = { login, _csrf: await browser.token('/password/forgot') };
    const begun = waited.length;
    const sent = browser.post('/password/forgot', form).then(({ status }) => answers.push(status));
    for (let turns = 0; turns < 100; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    t.equal(waited.length, begun + 1, `${login}: it has a moment`);
    return { sent };
  };
  const before = (await mailsNumbered(ipms, 'reset')).length;
  const logins = ['ada.pemulihan', 'tiada.pemulihan', 'orang.tiada', ''];
  const all: { sent: Promise<unknown> }[] = [];
  for (const login of logins) all.push(await send(login));
  t.equal((await mailsNumbered(ipms, 'reset')).length, before + 1);
  for (const login of logins.slice(0, 2)) {
    const { id } = await person(ipms, login);
    t.equal((await trailOf(ipms, 'user', id, 'user.forgot-password')).length, 1, 'all is done');
  }
  t.strictSame(answers, [], 'and nobody has an answer');
  t.equal(new Set(waited.map(({ milliseconds }) => milliseconds)).size, 1, 'one moment for all');
  for (const { end } of waited) end();
  await Promise.all(all.map(({ sent }) => sent));
  t.strictSame(answers.sort(), [303, 303, 303, 422]);
});
