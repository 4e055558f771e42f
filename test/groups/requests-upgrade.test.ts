import { promises as fs } from 'node:fs';
import path from 'node:path';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import { t } from 'tap';
import { migrate, openSqlite, queryBuilder } from '../../src/data/database.ts';
import { secrets } from '../helper.ts';

// What owners asked for in free text, before requests said exactly what is wanted, is kept with its answer.

const FOLDER = path.join(import.meta.dirname, '../../migrations');

t.test('requests of before are free text, each with its number, state and answer', async (t) => {
  const sqlite = openSqlite(':memory:', secrets.audit);
  const db = queryBuilder(sqlite);
  t.teardown(() => db.destroy());
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });
  const { error } = await new Migrator({ db, provider }).migrateTo('028-directory-objects');
  t.equal(error, undefined);
  sqlite.exec(`
    insert into agency (id, name, code, postmaster_email, created_at) values (1, 'A', 'AA', 'p@a.test', '');
    insert into user (id, agency_id, role, login_id, email, full_name, created_at)
      values (1, 1, 'user', 'u1', 'u1@a.test', '', '');
    insert into "group" (id, agency_id, display_name, primary_email, created_at) values (1, 1, 'DL', 'dl@a.test', '');
    insert into list_change_request (id, group_id, agency_id, requested_by, text, status, answer, created_at)
      values (7, 1, 1, 1, 'Tambah Siti', 'requested', null, ''), (8, 1, 1, 1, 'Tukar', 'refused', 'Tidak', ''),
        (9, 1, 1, 1, 'Padam', 'refused', null, '')`);
  await migrate(db);
  const rows = await db.selectFrom('list_change_request').selectAll().orderBy('id').execute();
  t.match(rows, [
    { id: 7, kind: 'free-text', text: 'Tambah Siti', status: 'requested', wanted: '{}', closed_by_deletion: 0 },
    { id: 8, kind: 'free-text', status: 'refused', answer: 'Tidak', closed_by_deletion: 0 },
    { id: 9, kind: 'free-text', status: 'refused', answer: null, closed_by_deletion: 1 },
  ]);
  t.match(await db.selectFrom('group').selectAll().execute(), [{ joining: 'nobody', leaving: 'nobody' }]);
});
