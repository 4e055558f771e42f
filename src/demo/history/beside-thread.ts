// The thread behind `openBeside`: it makes a file with the tables of the database, and runs there what it is told, in this order.
import { parentPort, workerData } from 'node:worker_threads';
import { openSqlite, type Sqlite } from '../../data/database.ts';
import { addSeals, sealingAgain } from '../../data/seals.ts';
import { packed } from '../../trail/letters.ts';
import type { Batch, Given } from './beside.ts';

const { file, database, tables, secrets, port, done } = workerData as Given;
/** More batches than there can be: nobody waits for any more. */
const EVERYTHING = 2 ** 31 - 1;
let sqlite: Sqlite.Database | undefined;
let hasFailed = false;
const statements: Sqlite.Statement[] = [];

port.on('message', (batch: Batch | null) => {
  if (hasFailed) return; // what waited already may still come: counting on from `EVERYTHING` would make it negative
  try {
    sqlite ??= open();
    if (batch === null) close(sqlite);
    else for (const sql of batch.statements) statements.push(sqlite.prepare(sql));
    for (const [statement, values] of batch?.runs ?? []) statements[statement]?.run(values);
    Atomics.add(done, 0, 1);
  } catch (error) {
    hasFailed = true;
    try {
      port.postMessage(error);
      port.close();
    } finally {
      Atomics.store(done, 0, EVERYTHING);
    }
  }
  Atomics.notify(done, 0);
});

parentPort?.postMessage('begun');

/** The tables have their newest rows, which the seals of the next ones need. */
function open() {
  const sqlite = openSqlite(file, secrets.audit);
  addSeals(sqlite, { audit: secrets.audit, former: [] }, sealingAgain);
  // all is one transaction: by a log of it, each page would be written twice (leaving it out altogether the driver refuses, and says nothing)
  for (const setting of ['journal_mode = memory', 'synchronous = off', 'foreign_keys = off', 'cache_size = -65536'])
    sqlite.pragma(setting);
  sqlite.function('packed', (text: unknown) => packed(String(text)));
  sqlite.prepare('attach ? as whole').run(database);
  const made = sqlite
    .prepare(
      `select sql from whole.sqlite_schema where type in ('table', 'index') and sql is not null
        and tbl_name in (${tables.map(() => '?')}) order by type desc`,
    )
    .pluck();
  for (const sql of made.all(tables) as string[]) sqlite.exec(sql);
  for (const table of tables) {
    sqlite.exec(`insert into "${table}" select * from whole."${table}" order by id desc limit 1`);
    sqlite.exec(`delete from sqlite_sequence where name = '${table}'`);
    sqlite.exec(`insert into sqlite_sequence select * from whole.sqlite_sequence where name = '${table}'`);
  }
  sqlite.exec(
    'insert or ignore into audit select * from whole.audit where record_id > 0 order by record_id desc limit 1',
  );
  sqlite.exec('detach whole');
  sqlite.exec('begin');
  return sqlite;
}

function close(sqlite: Sqlite.Database) {
  sqlite.exec('commit');
  sqlite.close();
  port.close();
}
