import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { join } from 'node:path';
import { type Test, t } from 'tap';
import { later, SECOND } from '../../src/base/time.ts';
import { backup } from '../../src/command-line/backup.ts';
import { check } from '../../src/command-line/check.ts';
import { standby } from '../../src/command-line/standby.ts';
import { storeSetting } from '../../src/data/system-settings.ts';
import { openPresent } from '../../src/installation.ts';
import { STANDBY } from '../../src/standby/standby.ts';
import { came, segment } from '../standby/replica.ts';
import { dataFolder } from './folder.ts';
import { makeInstallation, newInstallation } from './installed.ts';
import { run } from './run.ts';

// The copy on a second machine, from the command line.

const GONE = 'http://127.0.0.1:9'; // nothing listens at that port

/** A first machine that answers so. */
async function firstMachine(t: Test, status: number, body: string) {
  const server = createServer((_request, reply) => void reply.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A copy of an installation as it was a minute ago, and a second machine that has the key. */
async function twoMachines(t: Test) {
  const first = await newInstallation(t);
  const open = (folder: string) => openPresent({ dataDir: folder, secretFile: `${first}/secret.key` });
  const { db, close } = await open(first);
  const at = later(new Date(), 60 * SECOND).toISOString(); // later than the newest audit row
  await db.transaction().execute((trx) => storeSetting(trx, STANDBY, JSON.stringify({ at })));
  await close();
  const copy = join(dataFolder(t), 'copy.db');
  t.match(await run(t, first, backup, [copy]), { code: 0 });
  const second = dataFolder(t);
  const key = { IPMS_SECRET_FILE: `${first}/secret.key` };
  const promote = (...args: string[]) => run(t, second, standby, ['promote', ...args], key);
  return { copy, second, key, promote, open, at };
}
const isUntouched = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('ipms.db')).length === 0;

t.test('status: how old the newest is, with 1 when it is older than a minute', async (t) => {
  const folder = dataFolder(t);
  const status = (...args: string[]) => run(t, dataFolder(t), standby, ['status', ...args]);
  t.match(await status(), { code: 2, err: /^status needs FOLDER, or IPMS_STANDBY_DIR\./ });
  t.match(await status(folder), { code: 1, err: /^There is no replica of Litestream in / });
  t.match(await status(join(folder, 'nowhere')), { code: 1, err: /nowhere cannot be read: ENOENT/ });
  came(folder, segment(1), later(new Date(), -20 * SECOND));
  t.match(await status(folder), { code: 0, out: /^The newest in \S+ is of \S+Z, 2\d s ago\.\n$/, err: '' });
  const set = { IPMS_STANDBY_DIR: folder };
  t.match(await run(t, dataFolder(t), standby, ['status'], set), { code: 0, out: /s ago\.\n$/ });
  came(folder, segment(1), later(new Date(), -3600 * SECOND));
  t.match(await status(folder), { code: 1, out: '', err: /360\d s ago: the copy is behind\.\n$/ });
  came(folder, segment(1), later(new Date(), 3600 * SECOND));
  t.match(await status(folder), { code: 1, err: /s ago: the clocks differ, so that its age is not known\.\n$/ });
});

t.test(
  'promote: everything is in place, checked, and says how far behind it was; all sessions are ended',
  async (t) => {
    const { copy, second, key, promote, open, at } = await twoMachines(t);
    const promoted = await promote(copy, '--first', GONE);
    t.match(promoted, { code: 0, err: '' });
    t.match(promoted.out, /can be restored, and check finds no fault in it/);
    t.match(promoted.out, `The first machine was last seen at work at ${at}, `);
    t.match(await run(t, second, check, [], key), { code: 0, err: '' });
    const { db, close } = await open(second);
    t.strictSame(await db.selectFrom('session').selectAll().execute(), []);
    t.strictSame(await db.selectFrom('one_time_link').selectAll().execute(), []);
    t.equal((await db.selectFrom('ticket').selectAll().execute()).length, 1);
    const [row] = await db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(1).execute();
    t.match(row, { action: 'database.restored', item_name: 'copy.db' });
    await close();
    t.strictSame(
      readdirSync(second).filter((name) => /standby|verify|incoming/.test(name)),
      [],
      'nothing lies about',
    );
  },
);

t.test('promote: not while the first machine answers, whatever it says', async (t) => {
  const { copy, second, promote } = await twoMachines(t);
  for (const [status, body] of [
    [200, 'ok\n'],
    [503, 'the database or the disk does not answer\n'],
    [404, 'not here'],
    [301, ''],
  ] as const) {
    const refused = await promote(copy, '--first', await firstMachine(t, status, body));
    t.match(refused, { code: 1, out: '' });
    t.match(refused.err, new RegExp(`^The first machine answers at http://127\\S+ \\(${status}\\): stop IPMS there`));
  }
  const silent = createSocket((socket) => void socket.end());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  t.teardown(() => silent.close());
  const speechless = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  t.match(await promote(copy, '--first', speechless), { code: 1, err: /switch it off, or stop IPMS there\.\n$/ });
  const tls = speechless.replace('http:', 'https:');
  t.match(await promote(copy, '--first', tls), { code: 1, err: /switch it off, or stop IPMS there\.\n$/ });
  const unknown = await promote(copy, '--first', 'http://ipms1.invalid');
  t.match(unknown, { code: 1, err: /cannot be known \(.*\): give its address in numbers\.\n$/ });
  t.ok(isUntouched(second));
  t.match(await promote(copy, '--first', `${await firstMachine(t, 502, 'Bad Gateway')}/healthz`), { code: 0 });
});

t.test('promote: not without the key, nor with another one, nor something else or a damaged copy', async (t) => {
  const { copy, second, promote } = await twoMachines(t);
  const at = (...args: string[]) => run(t, second, standby, args);
  t.match(await at('promote', copy, '--first', GONE), { code: 1, err: /secret\.key is missing/ });
  const other = await makeInstallation(t);
  const foreign = { IPMS_SECRET_FILE: `${other}/secret.key` };
  const refused = await run(t, second, standby, ['promote', copy, '--first', GONE], foreign);
  t.match(refused, { code: 1 });
  t.match(await promote(join(second, 'nowhere'), '--first', GONE), { code: 1, err: /^There is no .*nowhere\.\n$/ });
  t.match(await promote(`${other}/secret.key`, '--first', GONE), {
    code: 1,
    err: /is no database of IPMS that can be read/,
  });
  const empty = dataFolder(t);
  const away = await promote(empty, '--first', GONE, '--litestream', '/nowhere/litestream');
  t.match(away, { code: 1, err: /^Litestream could not restore .*: spawn \/nowhere\/litestream ENOENT\n$/ });
  const idle = await promote(empty, '--first', GONE, '--litestream', '/bin/true');
  t.match(idle, { code: 1, err: /^Litestream found nothing to restore in / });
  t.match(await at('promote', copy), { code: 2, err: /^promote needs COPY and --first URL\./ });
  t.match(await at('promote', copy, '--first', 'ipms1'), { code: 2, err: /is no address like https:/ });
  t.match(await at('begin'), { code: 2, err: /^The standby cannot be "begin"\./ });
  t.ok(isUntouched(second));
  t.ok(statSync(copy).size > 0, 'the copy stays');
});
