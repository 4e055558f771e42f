import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Secrets } from '../../base/secrets.ts';
import type { Sqlite } from '../../data/database.ts';

export type Value = string | number | null | Buffer;
/** Statements that were not told of before, and what to run: the number of each, and its values. */
export type Batch = { statements: string[]; runs: [number, Value[]][] };
export type Given = {
  file: string;
  database: string;
  tables: string[];
  secrets: Pick<Secrets, 'audit'>;
  port: MessagePort;
  done: Int32Array<SharedArrayBuffer>;
};

const RUNS_A_BATCH = 1000;
/** So many batches may wait for the thread. */
const WAITING = 20;
/** Of a thread that is at work, each batch takes a moment. */
const GIVEN_UP_AFTER = 10 * 60_000;
const ROWS_A_TRANSACTION = 100_000;

/**
 * Runs statements in a thread, which is a second processor: what is written to some tables and not read again goes into a file
 * beside the database, and comes into it at the end. All of it is done without a turn of the event loop once the thread is there.
 * @throws Error where the thread cannot begin: later, nobody would hear of its end
 */
export async function openBeside(sqlite: Sqlite.Database, secrets: Given['secrets'], tables: string[]) {
  const folder = `${sqlite.name}.past`;
  const file = join(folder, 'rows.db');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  remove();
  mkdirSync(folder, { mode: 0o700 });
  const newest = tables.map((table) => [table, newestOf(sqlite, table)] as const);
  const { port1: port, port2 } = new MessageChannel();
  const done = new Int32Array(new SharedArrayBuffer(4));
  const given: Given = { file, database: sqlite.name, tables, secrets: { audit: secrets.audit }, port: port2, done };
  const thread = new Worker(new URL('./beside-thread.ts', import.meta.url), {
    workerData: given,
    transferList: [port2],
  });
  await begun(thread).catch((error: unknown) => {
    remove();
    throw error;
  });
  const numbers = new Map<string, number>();
  let batch: Batch = { statements: [], runs: [] };
  let sent = 0;

  const waitFor = (batches: number) => {
    for (let at = Atomics.load(done, 0); at < batches; at = Atomics.load(done, 0)) {
      if (Atomics.wait(done, 0, at, GIVEN_UP_AFTER) === 'timed-out')
        throw new Error(`the thread that writes ${file} does not answer`);
    }
    const failed = receiveMessageOnPort(port);
    if (failed !== undefined) throw failed.message;
  };
  const send = (next: Batch | null) => {
    port.postMessage(next);
    sent += 1;
    batch = { statements: [], runs: [] };
  };

  return {
    /** Is there more for the thread to do than here? */
    isBehind: () => sent - Atomics.load(done, 0) > WAITING / 2,

    run(sql: string, values: Value[]) {
      const number = numbers.get(sql) ?? numbers.size;
      if (number === numbers.size) {
        numbers.set(sql, number);
        batch.statements.push(sql);
      }
      batch.runs.push([number, values]);
      if (batch.runs.length < RUNS_A_BATCH) return;
      send(batch);
      waitFor(sent - WAITING);
    },

    /** Everything is in the database from here on. */
    takeOver() {
      send(batch);
      send(null);
      waitFor(sent);
      sqlite.prepare('attach ? as past').run(file);
      for (const [table, from] of newest) takeRows(sqlite, table, from);
      sqlite.exec('detach past');
    },

    /** Also where it was not taken over. */
    close() {
      void thread.terminate();
      remove();
    },
  };
}

function begun(thread: Worker) {
  return new Promise<void>((resolve, reject) => {
    thread.once('message', () => resolve()).once('error', reject);
    thread.once('exit', () => reject(new Error('the thread that writes beside ended before it began')));
  });
}

function newestOf(sqlite: Sqlite.Database, table: string) {
  return sqlite.prepare(`select coalesce(max(id), 0) from "${table}"`).pluck().get() as number;
}

function takeRows(sqlite: Sqlite.Database, table: string, from: number) {
  const take = sqlite.prepare(`insert into main."${table}" select * from past."${table}" where id > ? and id <= ?`);
  const last = newestOf(sqlite, `past"."${table}`);
  for (let at = from; at < last; at += ROWS_A_TRANSACTION) take.run(at, at + ROWS_A_TRANSACTION);
}
