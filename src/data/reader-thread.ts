// The thread behind `openReader`: it opens the file for reading, and answers one question after the other.
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { addHash } from './hash-function.ts';
import { keepingStatements } from './kept-statements.ts';
import type { Answer, Opened, Question } from './reader.ts';
import { addSeals, sealingAgain } from './seals.ts';
import { addSearchFunctions } from './search-functions.ts';

const { file, keys, kilobytes } = workerData as Opened;
const sqlite = new Sqlite(file, { readonly: true, timeout: 10_000 });
sqlite.pragma(`cache_size = -${kilobytes}`);
if (keys !== undefined) addSeals(sqlite, keys, sealingAgain);
addHash(sqlite);
addSearchFunctions(sqlite);
/** A file of all rows asks the same few at each step. */
const prepare = keepingStatements(sqlite, 50);

parentPort?.on('message', (question: Question) => parentPort?.postMessage(answerTo(question)));

function answerTo({ sql, parameters }: Question): Answer {
  try {
    return { rows: prepare(sql).all(parameters) };
  } catch (error) {
    return { message: (error as Error).message, code: error instanceof Sqlite.SqliteError ? error.code : null };
  }
}
