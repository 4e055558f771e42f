import { Worker } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Db } from './database.ts';
import type { Schema } from './schema.ts';
import { MINUTE } from './time.ts';

/** What the thread is asked, and what it answers. */
export type Question = { id: number; sql: string; parameters: readonly unknown[] };
export type Answer = { id: number } & ({ rows: unknown[] } | Failure);
/** With SQLite's code, where it is SQLite's. */
type Failure = { message: string; code: string | null };

type Waiting = { resolve(rows: unknown[]): void; reject(error: Error): void };

/** After so long without a question the thread ends, and gives its memory back. */
const IDLE = MINUTE;

/**
 * The database once more, for reading alone, in a thread of its own: what looks at every row of a large table takes seconds
 * there, and no other page waits for it. The thread is there while it is needed. It sees what is committed.
 */
export function openReader(file: string): Db {
  return new Kysely<Schema>({
    dialect: {
      createDriver: () => new ReaderDriver(file),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
  });
}

class ReaderDriver implements Driver {
  readonly #thread: ReturnType<typeof readingThread>;
  constructor(file: string) {
    this.#thread = readingThread(file);
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

/** Starts with the first question; questions are answered one after the other. */
function readingThread(file: string) {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let asked = 0;
  let isOver = false;

  const idle = setTimeout(() => {
    if (waiting.size === 0) void stop();
    else idle.refresh();
  }, IDLE);
  idle.unref();

  function start() {
    const started = new Worker(new URL('./reader-thread.ts', import.meta.url), { workerData: file });
    started.unref();
    started.on('message', (answer: Answer) => {
      const asker = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) started.unref();
      if ('rows' in answer) asker?.resolve(answer.rows);
      else asker?.reject(errorOf(answer));
    });
    started.on('error', (error) => worker === started && failAll(error));
    return started;
  }

  function failAll(error: Error) {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function ask({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>) {
    if (isOver) throw new Error('the reader has ended');
    worker ??= start();
    worker.ref();
    idle.refresh();
    asked += 1;
    const question: Question = { id: asked, sql, parameters };
    return new Promise<unknown[]>((resolve, reject) => {
      waiting.set(question.id, { resolve, reject });
      worker?.postMessage(question);
    });
  }

  async function stop() {
    const stopped = worker;
    failAll(new Error('the reader has ended'));
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
