import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { t } from 'tap';
import { checkpointsAside } from '../../src/data/checkpoints.ts';
import { openSqlite } from '../../src/data/database.ts';
import { secrets } from '../helper.ts';

// The log of the database is written into its file by a thread of its own, and by no commit.

t.test('a large log is written into the file by the thread, and a small one is left', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ipms-log-'));
  const sqlite = openSqlite(join(folder, 'ipms.db'), secrets.audit);
  t.teardown(() => {
    sqlite.close();
    rmSync(folder, { recursive: true });
  });
  const waiting = () => {
    const [state] = sqlite.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
    return (state?.log ?? 0) - (state?.checkpointed ?? 0);
  };
  const look = checkpointsAside(sqlite);
  sqlite.exec('create table filed (bytes blob)');
  await look();
  t.not(waiting(), 0, 'what is little waits');

  sqlite.exec('insert into filed values (zeroblob(34000000))');
  t.ok(waiting() > 8192, 'the commit has not written it');
  await look();
  t.equal(waiting(), 0);

  const reads = new Sqlite(sqlite.name);
  t.teardown(() => reads.close());
  reads.exec('begin');
  reads.prepare('select count(*) from filed').get();
  sqlite.exec('insert into filed values (zeroblob(34000000))');
  await look();
  t.ok(waiting() > 8192, 'while somebody reads what was before, it waits, and so does nobody else');
  reads.exec('rollback');
  for (let looks = 1; looks < 5; looks += 1) await look();
  t.ok(waiting() > 8192, 'nor is it tried again at once');
  await look();
  t.equal(waiting(), 0);
});
