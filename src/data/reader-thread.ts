// The thread behind `openReader`: it opens the file for reading, and answers one question after the other.
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { addHash } from './hash-function.ts';
import { keepingStatements } from './kept-statements.ts';
import type { Answer, Opened, Question } from './reader.ts';
import { addSeals, sealingAgain } from './seals.ts';
import { addSearchFunctions } from './search-functions.ts';

const { file, keys } = workerData as Opened;
const sqlite = new Sqlite(file, { readonly: true, timeout: 10_000 });
sqlite.pragma('cache_size = -8192');
if (keys !== undefined) addSeals(sqlite, keys, sealingAgain);
addHash(sqlite);
addSearchFunctions(sqlite);
/** A file of all rows asks the same few at each step. */
const prepare = keepingStatements(sqlite, 50);

parentPort?.on('message', (question: Question) => parentPort?.postMessage(answerTo(question)));

function answerTo({ sql, parameters }: Question): Answer {
  try {
    const asked = prepare(sql);
    if (asked.reader) return { rows: asked.all(parameters) };
    asked.run(parameters); // a setting of the connection, which alone can be other than a question: the file is open for reading
    return { rows: [] };
  } catch (error) {
    return { message: (error as Error).message, code: error instanceof Sqlite.SqliteError ? error.code : null };
  }
}
