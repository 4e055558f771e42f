import { once } from 'node:events';
import { join } from 'node:path';
import { type Test, t } from 'tap';
import { readSecrets } from '../src/base/secrets.ts';
import { type Db, openSqlite, queryBuilder } from '../src/data/database.ts';
import { databaseFile } from '../src/installation.ts';
import { firstBadRow } from '../src/trail/chain.ts';
import { bringFile, pdf } from './attached-files.ts';
import { demoFolder } from './command-line/folder.ts';
import { NOT_TAKEN, openForm, send, start } from './under-load.ts';

// What was answered is there, whole, however the server ends. The real server, as a process of its own.

const KILLS = 12;
const AT_ONCE = 6;

/** Looks into the data folder: is every act whole, and everything that was answered there? */
async function look(t: Test, dataDir: string, answered: Map<string, string>) {
  const { audit } = readSecrets(join(dataDir, 'secret.key'));
  const sqlite = openSqlite(databaseFile(dataDir), audit);
  const db = queryBuilder(sqlite);
  const ours = 'Ketahanan %';
  const requests = await db.selectFrom('access_code_request').selectAll().where('full_name', 'like', ours).execute();
  const audits = await db.selectFrom('audit').select('item_id').where('item_name', 'like', ours).execute();
  const mails = await db
    .selectFrom('outbox')
    .select('item_id')
    .where('mail', '=', 'N1')
    .where('letter', 'like', '%Ketahanan %')
    .execute();
  const acts = await db.selectFrom('submission').select('act').execute();
  const admins = await db
    .selectFrom('user')
    .select('id')
    .where('agency_id', '=', 1)
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .execute();
  const ids = requests.map((request) => request.id).sort((a, b) => a - b);
  const sorted = (rows: { item_id: number | null }[]) =>
    rows.map((row) => row.item_id).sort((a, b) => Number(a) - Number(b));
  t.strictSame(sorted(audits), ids, 'an audit row for each request, and no other');
  t.strictSame(
    sorted(mails),
    ids.flatMap((id) => admins.map(() => id)),
    'a mail to each administrator for each request, and no other',
  );
  t.ok(acts.length >= ids.length, 'and the name of each submission');
  const there = new Map(requests.map((request) => [`/access-code-requests/${request.reference}`, request.full_name]));
  for (const [location, name] of answered)
    if (there.get(location) !== name) t.fail(`${name} was answered with ${location} and is not there`);
  t.equal(new Set(requests.map((request) => request.full_name)).size, requests.length, 'none twice');
  t.equal(sqlite.pragma('integrity_check', { simple: true }), 'ok');
  t.equal(await firstBadRow(db, 'audit'), null, 'the audit chain holds');
  await db.destroy();
  return requests.length;
}

t.test('kill -9 under load, a dozen times', async (t) => {
  const dataDir = await demoFolder(t);
  const answered = new Map<string, string>();
  let count = 0;
  for (let round = 1; round <= KILLS; round++) {
    const server = await start(t, dataDir);
    let left = 3 + ((round * 7) % 17);
    const ended = once(server.process, 'exit');
    const work = async () => {
      const submit = await openForm(server.address);
      for (;;) {
        count += 1;
        const name = `Ketahanan ${count}`;
        const answer = await submit(name);
        if (answer.status !== 303) throw new Error(`answered ${answer.status}`);
        answered.set(answer.location, name);
        left -= 1;
        if (left === 0) server.process.kill('SIGKILL');
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
    for (const end of ends) if (end.status === 'rejected') t.match(String(end.reason), NOT_TAKEN);
    await ended;
  }
  const kept = await look(t, dataDir, answered);
  t.ok(answered.size >= KILLS * 3, `${answered.size} were answered, ${kept} are there`);
});

t.test('SIGTERM under load: what is under way is answered, and the end is a clean one', async (t) => {
  const dataDir = await demoFolder(t);
  const server = await start(t, dataDir);
  const ended = once(server.process, 'exit');
  const forms = await Promise.all(Array.from({ length: 20 }, () => openForm(server.address)));
  const answered = new Map<string, string>();
  let asked = false;
  const answers = await Promise.allSettled(
    forms.map(async (submit, at) => {
      const name = `Ketahanan ${at}`;
      const answer = await submit(name);
      if (answer.status === 303) answered.set(answer.location, name);
      if (!asked) server.process.kill('SIGTERM');
      asked = true;
      return answer.status;
    }),
  );
  for (const answer of answers)
    if (answer.status === 'fulfilled') t.ok([303, 503].includes(answer.value), `answered ${answer.value}`);
    else t.match(String(answer.reason), NOT_TAKEN, 'or its connection was not taken');
  const [code, signal] = await ended;
  t.strictSame([code, signal], [0, null], server.said.join('\n'));
  t.ok(answered.size > 0);
  t.equal(await look(t, dataDir, answered), answered.size, 'nothing took effect without being answered');
});

t.test('two servers on one folder: the second says so in one line, and the first goes on', async (t) => {
  const dataDir = await demoFolder(t);
  const first = await start(t, dataDir);
  await t.rejects(start(t, dataDir), /^ended with 1: Another IPMS is running on \S+: stop it first\.$/);
  t.equal((await send(`${first.address}/healthz`)).status, 200);
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');
  const filesUnderWay = async (work: (db: Db) => Promise<unknown>) => {
    const { audit } = readSecrets(join(dataDir, 'secret.key'));
    const db = queryBuilder(openSqlite(databaseFile(dataDir), audit));
    await work(db);
    const rows = await db.selectFrom('file_under_way').selectAll().execute();
    await db.destroy();
    return rows.length;
  };
  t.equal(await filesUnderWay((db) => bringFile(db, pdf())), 1);
  const next = await start(t, dataDir);
  t.equal((await send(`${next.address}/healthz`)).status, 200, 'a server that was killed leaves no lock behind');
  t.equal(await filesUnderWay(async () => undefined), 0, 'nor files of a form that was under way');
});
