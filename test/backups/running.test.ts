import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { t } from 'tap';
import { openPresent } from '../../src/installation.ts';
import { dataFolder, environmentOf, start, startedFolder } from '../command-line/folder.ts';

// The server itself, with its thread

t.test('a server that is switched on makes its first copy by itself, while it answers', async (t) => {
  const [folder, dir] = [await startedFolder(t), dataFolder(t)];
  const server = start(t, 'server', environmentOf(folder, { IPMS_BACKUP_DIR: dir }));
  const address = await server.said(/on (http:\/\/[^/]+)\//);
  while (!readdirSync(dir).some((name) => name.startsWith('ipms-'))) {
    t.equal((await fetch(`${address}/healthz`)).status, 200);
    await pause(50);
  }
  // the file has its name before the database knows of it
  const known = async () => {
    const { db, close } = await openPresent({ dataDir: folder, secretFile: `${folder}/secret.key` });
    try {
      const work = await db.selectFrom('backup_work').selectAll().executeTakeFirstOrThrow();
      return { rows: await db.selectFrom('backup').select('state').execute(), work };
    } finally {
      await close();
    }
  };
  while ((await known()).work.began_at !== null || (await known()).rows.length === 0) await pause(50);
  t.strictSame((await known()).rows, [{ state: 'good' }]);
  t.notOk(existsSync(`${folder}/backup-scratch`));
  server.stop('SIGTERM');
  t.equal(await server.ended, 0);
});

t.test('a key that cannot be one stops the start in one line', async (t) => {
  const wrong = `age1${'q'.repeat(58)}`;
  const more = { IPMS_BACKUP_DIR: dataFolder(t), IPMS_BACKUP_RECIPIENT: wrong };
  const server = start(t, 'server', environmentOf(dataFolder(t), more));
  t.equal(await server.ended, 1);
  t.match(server.err(), /^IPMS_BACKUP_RECIPIENT: age1q+ is no key of age: .*\n$/);
});
