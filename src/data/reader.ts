import { Worker } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
} from 'kysely';
import { MINUTE } from '../base/time.ts';
import type { Db } from './database.ts';
import { SteadyQueryCompiler } from './query-compiler.ts';
import type { Schema } from './schema.ts';
import type { SealKeys } from './seals.ts';

/** What the thread opens, and how many kilobytes of it stay in memory. */
export type Opened = { file: string; keys: SealKeys | undefined; kilobytes: number };
/**
 * How much the thread takes on.
 * @property ahead so many questions it is given at once: with more than one it goes on while this thread is at work for long,
 *   but one that it has been given may have been read before what was written since
 * @property kilobytes of the database that stay in its memory
 */
export type Reading = { ahead?: number; kilobytes?: number };
/** What the thread is asked, one question after the other, and what it answers. */
export type Question = Pick<CompiledQuery, 'sql' | 'parameters'>;
export type Answer = { rows: unknown[] } | Failure;
/** With SQLite's code, where it is SQLite's. */
type Failure = { message: string; code: string | null };

type Asked = PromiseWithResolvers<unknown[]> & { question: Question; text: string };

const OVER = 'the reader has ended';
/** After so long without a question the thread ends, and gives its memory back. */
const IDLE = MINUTE;

/**
 * The database once more, for reading alone, in a thread of its own: what looks at every row of a large table takes seconds
 * there, and no other page waits for it. The thread is there while it is needed. It sees what is committed.
 * @param keys with them it can look at seals, too
 */
export function openReader(file: string, keys?: SealKeys, { ahead = 1, kilobytes = 8192 }: Reading = {}): Db {
  // what a thread is given is copied whole: of all secrets, it gets no more than it needs
  const copied = keys && {
    audit: keys.audit,
    former: keys.former.map(({ fingerprint, audit }) => ({ fingerprint, audit })),
  };
  return new Kysely<Schema>({
    dialect: {
      createDriver: () => new ReaderDriver({ file, keys: copied, kilobytes }, ahead),
      createQueryCompiler: () => new SteadyQueryCompiler(),
      createAdapter: () => new ReaderAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
  });
}

/** Kysely need not let a question wait for the one before: the thread has a queue. */
class ReaderAdapter extends SqliteAdapter {
  override get supportsMultipleConnections() {
    return true;
  }
}

class ReaderDriver implements Driver {
  readonly #thread: ReturnType<typeof readingThread>;
  constructor(opened: Opened, ahead: number) {
    this.#thread = readingThread(opened, ahead);
  }
  async init() {}
  async acquireConnection(): Promise<DatabaseConnection> {
    const { ask } = this.#thread;
    return {
      executeQuery: async <R>(query: CompiledQuery) => ({ rows: (await ask(query)) as R[] }),
      streamQuery: refuse,
    };
  }
  async releaseConnection() {}
  beginTransaction = refuse;
  commitTransaction = refuse;
  rollbackTransaction = refuse;
  destroy() {
    return this.#thread.end();
  }
}

function errorOf({ message, code }: Failure) {
  return code === null ? new Error(message) : new Sqlite.SqliteError(message, code);
}

function refuse(): never {
  throw new Error('the reader reads one question at a time and writes nothing');
}

/**
 * Starts with the first question. The same question again, asked while it waits for its turn, is answered with it: whoever
 * loads a slow page anew and anew does not make it slower.
 */
function readingThread(opened: Opened, ahead: number) {
  const waiting: Asked[] = [];
  /** What the thread has been given, and answers in this order. */
  const given: Asked[] = [];
  let worker: Worker | undefined;
  let isOver = false;

  const idle = setTimeout(() => {
    if (given.length === 0) void stop();
    else idle.refresh();
  }, IDLE);
  idle.unref();

  function ask({ sql, parameters }: Question) {
    if (isOver) throw new Error(OVER);
    const text = JSON.stringify([sql, parameters]);
    const same = waiting.find((each) => each.text === text);
    if (same !== undefined) return same.promise;
    const asked = { ...Promise.withResolvers<unknown[]>(), question: { sql, parameters }, text };
    waiting.push(asked);
    askNext();
    return asked.promise;
  }

  function askNext() {
    idle.refresh();
    for (const asked of waiting.splice(0, ahead - given.length)) {
      given.push(asked);
      worker ??= start();
      worker.ref();
      worker.postMessage(asked.question);
    }
    if (given.length === 0) worker?.unref();
  }

  function start() {
    const started = new Worker(new URL('./reader-thread.ts', import.meta.url), { workerData: opened });
    started.on('message', (answer: Answer) => {
      if (worker !== started) return;
      const asked = given.shift();
      if ('rows' in answer) asked?.resolve(answer.rows);
      else asked?.reject(errorOf(answer));
      askNext();
    });
    started.on('error', (error) => worker === started && failAll(error));
    return started;
  }

  function failAll(error: Error) {
    for (const asked of [...given.splice(0), ...waiting.splice(0)]) asked.reject(error);
    worker = undefined;
  }

  async function stop() {
    const stopped = worker;
    failAll(new Error(OVER));
    await stopped?.terminate();
  }

  return {
    ask,
    end() {
      isOver = true;
      return stop();
    },
  };
}
