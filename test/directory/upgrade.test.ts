import { promises as fs } from 'node:fs';
import path from 'node:path';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import { t } from 'tap';
import { migrate, openSqlite, queryBuilder } from '../../src/data/database.ts';
import { secrets } from '../helper.ts';

const FOLDER = path.join(import.meta.dirname, '../../migrations');
const [FIRST, SECOND] = ['2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z'];

t.test('jobs that waited become one mark an object, and everything else is marked, too', async (t) => {
  const sqlite = openSqlite(':memory:', secrets.audit);
  const db = queryBuilder(sqlite);
  t.teardown(() => db.destroy());
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });
  t.equal((await new Migrator({ db, provider }).migrateTo('027-identity-claims')).error, undefined);
  sqlite.exec(`
    insert into agency (id, name, code, postmaster_email, created_at) values (7, 'A', 'AA', 'p@a.test', '');
    insert into user (id, agency_id, role, login_id, email, full_name, created_at)
      values (1, 7, 'user', 'u', 'u@a.test', '', '');
    insert into mailbox (id, agency_id, user_id, category, display_name, full_name, primary_email, login_id, package,
        grade, storage_mb, service_type, created_at)
      values (3, 7, 1, 'civil_servant', 'U', 'U', 'u@a.test', 'u', 'C', '', 500, 'ordinary', '');
    insert into "group" (id, agency_id, display_name, primary_email, status, created_at)
      values (4, 7, 'L', 'l@a.test', 'active', ''), (5, 7, 'M', 'm@a.test', 'deleted', '');
    insert into contact (id, full_name, email, created_at) values (6, 'C', 'c@b.test', '');
    insert into directory_job (act, agency_id, operation, item_type, item_id, state, created_at) values
      ('', 7, 'update', 'mailbox', 3, 'waiting', '${SECOND}'), ('', 7, 'create', 'mailbox', 3, 'waiting', '${FIRST}'),
      ('', 7, 'create', 'group', 4, 'waiting', '${SECOND}'), ('', 7, 'delete', 'group', 5, 'waiting', '${SECOND}')`);
  await migrate(db);
  const rows = await db
    .selectFrom('directory_object')
    .selectAll()
    .where('item_type', '<>', 'helper')
    .orderBy('item_id')
    .execute();
  t.match(rows, [
    { item_type: 'mailbox', item_id: 3, agency_id: 7, state: 'due', wanted_at: FIRST },
    { item_type: 'group', item_id: 4, agency_id: 7, state: 'due', wanted_at: SECOND },
    { item_type: 'contact', item_id: 6, agency_id: null, state: 'due' },
  ]);
  t.equal(rows.length, 3, 'no directory has ever heard of the list that was deleted');
  const helpers = db.selectFrom('directory_object').select('item_id').where('item_type', '=', 'helper');
  t.strictSame(
    (await helpers.orderBy('item_id').execute()).map((row) => row.item_id),
    [
      'ou:7',
      'ou:7:Dihapus',
      'ou:7:Pengguna',
      'ou:7:Senarai',
      'ou:Kenalan',
      'ou:Sistem',
      ...['A', 'B', 'C'].map((name) => `pakej:${name}`),
      'postmaster:7',
      'semua:7',
      ...['ADRMS', 'BMT', 'Enterprise Voice', 'Multi Conferencing', 'Online Archiving', 'SSO'].map(
        (name) => `servis:${name}`,
      ),
      'tiada-sesiapa',
      'vip',
    ],
  );
});
