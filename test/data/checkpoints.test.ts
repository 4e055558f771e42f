import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Test, t } from 'tap';
import { checkpointsAside, logOf } from '../../src/data/checkpoints.ts';
import { openSqlite } from '../../src/data/database.ts';
import { secrets } from '../helper.ts';

// The log of the database is written into its file by a thread of its own, and by no commit.

t.test('a large log is written into the file by the thread, and a small one is left', async (t) => {
  const { sqlite, look, fill } = begin(t);
  fill(1);
  await look();
  t.not(logOf(sqlite).waiting, 0, 'what is little waits');
  fill(34);
  t.ok(logOf(sqlite).waiting > 8192, 'the commit has not written it');
  await look();
  t.equal(logOf(sqlite).waiting, 0);
});

t.test('what somebody reads of before stays in the log, and the log begins anew after that', async (t) => {
  const { sqlite, look, fill } = begin(t);
  const reader = new Sqlite(sqlite.name);
  t.teardown(() => reader.close());
  const read = () => {
    if (reader.inTransaction) reader.exec('rollback');
    reader.exec('begin');
    reader.prepare('select count(*) from filed').get();
  };
  // where nothing could be written, some looks are left out
  const looks = async () => {
    for (let many = 6; many > 0; many -= 1) await look();
  };
  read();
  fill(34);
  await looks();
  t.ok(logOf(sqlite).waiting > 8192, 'nobody writes it, and nobody waits for that');
  read();
  fill(2);
  await looks();
  t.ok(logOf(sqlite).waiting < 1024, 'all but what came since');
  reader.exec('rollback');
  await looks();
  fill(1);
  t.ok(logOf(sqlite).length < 1024, 'all of it was written: it has begun anew');
});

/** A database with a log, and what puts so many megabytes into it. */
function begin(t: Test) {
  const folder = mkdtempSync(join(tmpdir(), 'ipms-log-'));
  const sqlite = openSqlite(join(folder, 'ipms.db'), secrets.audit);
  t.teardown(() => {
    sqlite.close();
    rmSync(folder, { recursive: true });
  });
  const look = checkpointsAside(sqlite);
  sqlite.exec('create table filed (bytes blob)');
  const insert = sqlite.prepare('insert into filed values (zeroblob(?))');
  return { sqlite, look, fill: (megabytes: number) => insert.run(megabytes * 1_000_000) };
}
