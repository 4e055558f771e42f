import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { t } from 'tap';
import { copyDatabase } from '../../src/command-line/files.ts';
import { openSqlite, queryBuilder } from '../../src/data/database.ts';
import { cutOffErased } from '../../src/directory/passwords/erased.ts';
import { arrived, sealPassword } from '../../src/directory/passwords/waiting.ts';
import { readWork } from '../../src/directory/work.ts';
import { secrets, startIpms } from '../helper.ts';
import { makeOfficer } from '../make.ts';

const PASSWORD = 'Hijau#Gunung88';

t.test('a password that waits is in no file; one that has arrived is not even sealed in any', async (t) => {
  const ipms = await startIpms(t);
  const ali = await makeOfficer(ipms, 'ali');
  const folder = t.testdir();
  const file = join(folder, 'ipms.db');
  writeFileSync(file, ipms.serialize());
  const sqlite = openSqlite(file, secrets.audit);
  const db = queryBuilder(sqlite);
  const reader = openSqlite(file, secrets.audit);
  t.teardown(async () => {
    reader.close();
    await db.destroy();
  });
  const filesWith = (bytes: Buffer) =>
    readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(bytes));
  const written = (text: string) => [
    ...(['utf8', 'utf16le'] as const).map((encoding) => Buffer.from(text, encoding)),
    ...(['utf8', 'utf16le'] as const).flatMap((encoding) =>
      (['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(Buffer.from(text, encoding).toString(form))),
    ),
  ];
  const sealed = sealPassword(secrets.passwords, ali.user_id, PASSWORD);
  await db
    .insertInto('directory_password')
    .values({ user_id: ali.user_id, sealed, made_at: ipms.clock.now.toISOString() })
    .execute();
  await copyDatabase(sqlite, join(folder, 'backup.db'));
  t.strictSame(filesWith(Buffer.from(sealed)).toSorted(), ['backup.db', 'ipms.db-wal'], 'it waits');
  for (const bytes of written(PASSWORD)) t.strictSame(filesWith(bytes), [], bytes.toString('hex'));

  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  t.ok(filesWith(Buffer.from(sealed)).includes('ipms.db'), 'some day it is in the file itself');
  reader.exec('begin');
  reader.prepare('select count(*) from mailbox').get();
  await arrived(db, { userId: ali.user_id, of: { type: 'mailbox', id: ali.id }, sealed }, ipms.clock.now);
  t.equal((await readWork(db)).erased, 1);
  t.notOk(await cutOffErased(db, sqlite), 'somebody reads the state before');
  t.equal(sqlite.pragma('busy_timeout', { simple: true }), 10_000);
  t.equal((await readWork(db)).erased, 1, 'it is not forgotten');
  reader.exec('commit');
  t.ok(await cutOffErased(db, sqlite));
  t.strictSame(filesWith(Buffer.from(sealed)), ['backup.db'], 'of before');
  t.equal((await readWork(db)).erased, 0);
  t.ok(existsSync(`${file}-wal`), 'while it is open');

  await db
    .insertInto('directory_password')
    .values({ user_id: ali.user_id, sealed, made_at: ipms.clock.now.toISOString() })
    .execute();
  await db.updateTable('directory_password').set({ sealed: 'lain' }).execute();
  t.equal((await readWork(db)).erased, 1, 'one in place of another');
});
