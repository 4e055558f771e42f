import { randomBytes } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import { t } from 'tap';
import { migrate, openSqlite, queryBuilder } from '../../src/data/database.ts';
import { bytesOf } from '../../src/trail/attachment-queries.ts';
import { dropFiles } from '../../src/trail/attachments.ts';
import { bringFile, pdf } from '../attached-files.ts';
import { secrets } from '../helper.ts';

// Files from before are in one piece: each is parted, and what was under way then can still be taken out.

const FOLDER = path.join(import.meta.dirname, '../../migrations');
const MB = 1024 * 1024;

t.test('files of before are the same in pieces, and no number is given out twice', async (t) => {
  const sqlite = openSqlite(':memory:', secrets.audit);
  const db = queryBuilder(sqlite);
  t.teardown(() => db.destroy());
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });
  t.equal((await new Migrator({ db, provider }).migrateTo('061-endings-by-ticket')).error, undefined);
  const files = [1, MB, MB + 1, 5 * MB].map((size) => randomBytes(size));
  const keep = sqlite.prepare('insert into attachment_content (bytes) values (?)');
  for (const bytes of files) keep.run(bytes);
  keep.run(Buffer.from('under way'));
  sqlite.exec('insert into file_under_way values (5)');
  await migrate(db);
  const held = (id: number, file_size: number) => bytesOf(db, { id, file_size });
  for (const [at, bytes] of files.entries()) t.ok((await held(at + 1, bytes.length))?.equals(bytes), `${bytes.length}`);
  const longest = sqlite.prepare('select max(length(bytes)) from attachment_content').pluck();
  t.equal(longest.get(), MB);
  await dropFiles(db);
  t.equal(await held(5, 9), undefined);
  t.ok(await held(4, 5 * MB));
  t.equal((await bringFile(db, pdf())).id, 6);
});
