import { promises as fs } from 'node:fs';
import path from 'node:path';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import { t } from 'tap';
import { sentence } from '../../src/base/language.ts';
import { migrate, openSqlite, queryBuilder } from '../../src/data/database.ts';
import type { Sentence } from '../../src/texts.ts';
import { secrets } from '../helper.ts';

// What a row came to is kept by the keys of its texts: those of before can still be said.

const FOLDER = path.join(import.meta.dirname, '../../migrations');

t.test('a row that was refused for its addresses still says why', async (t) => {
  const sqlite = openSqlite(':memory:', secrets.audit);
  const db = queryBuilder(sqlite);
  t.teardown(() => db.destroy());
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });
  const { error } = await new Migrator({ db, provider }).migrateTo('056-files-under-way');
  t.equal(error, undefined);
  const reasons = { ms: 'Bukan alamat: x@a.test.', en: 'No address: x@a.test.' };
  const said = JSON.stringify([{ key: 'group.address.refused', params: { reasons }, column: 'member' }]);
  sqlite.pragma('foreign_keys = OFF');
  sqlite
    .prepare("insert into bulk_row (run_id, line, label, input, state, said) values (1, 2, 'x', '{}', 'failed', ?)")
    .run(said);
  sqlite.pragma('foreign_keys = ON');
  await migrate(db);
  const row = await db.selectFrom('bulk_row').select('said').executeTakeFirstOrThrow();
  const [message] = JSON.parse(row.said) as Sentence[];
  t.equal(message && sentence('ms', message), reasons.ms);
  t.match(message, { column: 'member' });
});
