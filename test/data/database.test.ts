import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Test, t } from 'tap';
import { DatabaseUnusable, migrate, openSqlite, queryBuilder } from '../../src/data/database.ts';
import { databaseFile, lockDataDir, openInstallation } from '../../src/installation.ts';
import { emptyDatabase } from '../demo-database.ts';

const KEY = Buffer.alloc(32, 1);

function folder(t: Test) {
  const dataDir = mkdtempSync(join(tmpdir(), 'ipms-database-'));
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }));
  return { dataDir, secretFile: join(dataDir, 'secret.key') };
}

/** Refused, in one line that says this. */
async function refuses(t: Test, work: () => unknown, words: RegExp) {
  const error = await (async () => work())().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  t.ok(error instanceof DatabaseUnusable, 'it is refused');
  t.match((error as Error | null)?.message, words);
  t.notMatch((error as Error | null)?.message, '\n', 'in one line');
}

const tables = async (db: ReturnType<typeof queryBuilder>) =>
  (
    await sql<{
      name: string;
    }>`select name from sqlite_schema where type = 'table' and name not like 'kysely%' and name not like 'sqlite%' order by 1`.execute(
      db,
    )
  ).rows.map((row) => row.name);

t.test('every pragma that durability needs is really on', async (t) => {
  const file = join(folder(t).dataDir, 'x.db');
  const sqlite = openSqlite(file, KEY);
  sqlite.exec('create table a (b) strict, without rowid'.replace('(b)', '(b text primary key)'));
  for (const [name, value] of Object.entries({
    journal_mode: 'wal',
    synchronous: 2,
    foreign_keys: 1,
    busy_timeout: 10_000,
    secure_delete: 1,
  }))
    t.equal(sqlite.pragma(name, { simple: true }), value, name);
  sqlite.close();
  const again = openSqlite(file, KEY);
  t.equal(again.pragma('synchronous', { simple: true }), 2, 'also when the file is in WAL mode already');
  again.exec("insert into a values ('x')");
  t.equal(again.pragma('synchronous', { simple: true }), 2, 'also after a write');
  again.close();
});

t.test('foreign keys and types hold', async (t) => {
  const db = queryBuilder(openSqlite(await emptyDatabase(), KEY));
  t.teardown(() => db.destroy());
  await t.rejects(sql`insert into mail_domain values ('a.test', 99)`.execute(db), /FOREIGN KEY/);
  await t.rejects(sql`insert into mail_domain values ('a.test', 'x')`.execute(db), /cannot store TEXT/);
});

t.test('what was written to the audit trail or filed stays', async (t) => {
  const db = queryBuilder(openSqlite(await emptyDatabase(), KEY));
  t.teardown(() => db.destroy());
  await sql`insert into audit (at, act, actor_name, actor_role, address, action, item_type, item_id, item_name, hash)
    values ('', '', '', '', '', '', '', 1, '', '')`.execute(db);
  await t.rejects(sql`update audit set actor_name = 'x'`.execute(db), /append-only/);
  await t.rejects(sql`delete from audit`.execute(db), /append-only/);
  await sql`insert into agency (id, name, code, postmaster_email, created_at) values (1, 'A', 'AA', 'p@a.test', '')`.execute(
    db,
  );
  await sql`insert into record (agency_id, year, sequence, number, file_reference, sop, title, item_type, item_id, content, filed_by_name, filed_at)
    values (1, 2026, 1, 'n', '', '4.1', '', '', 1, '{}', '', '')`.execute(db);
  await t.rejects(sql`update record set content = '{"a":1}'`.execute(db), /unchangeable/);
  await t.rejects(sql`delete from record`.execute(db), /unchangeable/);
});

t.test('an empty, damaged or foreign file is refused in one line', async (t) => {
  const { dataDir } = folder(t);
  const file = join(dataDir, 'x.db');
  writeFileSync(file, '');
  await refuses(t, () => openSqlite(file, KEY), /is empty: restore a backup/);
  writeFileSync(file, 'this is no database '.repeat(500));
  await refuses(t, () => openSqlite(file, KEY), /cannot be opened: file is not a database/);
  await refuses(t, () => openSqlite(join(dataDir, 'no', 'folder', 'x.db'), KEY), /cannot be opened/);
});

t.test('a folder that has held a database never gets a fresh one', async (t) => {
  const place = folder(t);
  await (await openInstallation(place)).close();
  for (const file of readdirSync(place.dataDir).filter((name) => name.startsWith('ipms.db')))
    rmSync(join(place.dataDir, file));
  await refuses(t, () => openInstallation(place), /is missing: restore a backup/);
  writeFileSync(databaseFile(place.dataDir), '');
  await refuses(t, () => openInstallation(place), /is empty/);
  t.equal(readdirSync(place.dataDir).filter((name) => name.endsWith('-wal')).length, 0, 'nothing was made');
});

t.test('an older program refuses a newer database', async (t) => {
  const place = folder(t);
  const newer = await openInstallation(place);
  await sql`insert into kysely_migration values ('999-from-the-future', '2030-01-01')`.execute(newer.db);
  await newer.close();
  await refuses(t, () => openInstallation(place), /made by a newer IPMS/);
});

t.test('a migration that fails leaves the old state, and runs when it can', async (t) => {
  const db = queryBuilder(openSqlite(':memory:', KEY));
  t.teardown(() => db.destroy());
  await sql`create table "group" (in_the_way text) strict`.execute(db);
  await refuses(t, () => migrate(db), /migration 008-groups failed/);
  t.strictSame(await tables(db), ['group'], 'no table of the migrations before it is there');
  await sql`drop table "group"`.execute(db);
  t.ok((await migrate(db)).includes('008-groups'));
  t.ok((await tables(db)).includes('mailbox'));
  t.strictSame(await migrate(db), [], 'the next start has nothing to do');
});

t.test('one folder is for one server', async (t) => {
  const { dataDir } = folder(t);
  const release = lockDataDir(dataDir);
  await refuses(t, () => lockDataDir(dataDir), /Another IPMS is running/);
  release();
  const again = lockDataDir(dataDir);
  again();
});

t.test('a transaction that fails leaves nothing, and the next one goes on', async (t) => {
  const db = queryBuilder(openSqlite(await emptyDatabase(), KEY));
  t.teardown(() => db.destroy());
  const write = (name: string, fails: boolean) =>
    db.transaction().execute(async (trx) => {
      await trx.insertInto('system_setting').values({ name, value: '1' }).execute();
      if (fails) throw new Error('no');
    });
  const outcomes = await Promise.allSettled([write('a', true), write('b', false), write('c', true), write('d', false)]);
  t.strictSame(
    outcomes.map((outcome) => outcome.status),
    ['rejected', 'fulfilled', 'rejected', 'fulfilled'],
  );
  const rows = await db.selectFrom('system_setting').select('name').orderBy('name').execute();
  t.strictSame(
    rows.map((row) => row.name),
    ['b', 'd'],
  );
});
