import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Test, t } from 'tap';
import { dataFolder } from '../command-line/folder.ts';
import { demoDatabase } from '../demo-database.ts';
import { START, secrets } from '../helper.ts';

// What an agency's own tools read the file with: an SQLite of before 3.44, which knows none of our functions.

/** What no other program can read without our own functions, or an index of a newer SQLite. */
const OURS =
  /no such function: (folded|digit_triples|coarse_place)\b|unrecognized option: "contentless_delete"|no such fts5 table/;

const PYTHON = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for statement in sys.argv[2:]:
    try:
        print(db.execute(statement).fetchall())
    except Exception as error:
        print(error, file=sys.stderr)
`;

const ENGINES = {
  sqlite3: (file: string, statements: string[]) =>
    spawnSync('sqlite3', [file], { input: `${statements.join(';\n')};` }),
  python3: (file: string, statements: string[]) => spawnSync('python3', ['-c', PYTHON, file, ...statements]),
};

/** The demo's database as a backup holds it: one file. */
async function demoFile(t: Test) {
  const file = join(dataFolder(t), 'copy.db');
  writeFileSync(file, await demoDatabase(secrets.audit, START));
  const sqlite = new Sqlite(file);
  sqlite.pragma('journal_mode = DELETE');
  const names = sqlite
    .prepare("select name from sqlite_schema where type in ('table', 'view')")
    .pluck()
    .all() as string[];
  sqlite.close();
  return { file, names };
}

for (const [engine, ask] of Object.entries(ENGINES)) {
  const isAbsent = ask(':memory:', ['select 1']).error !== undefined;
  const skip = isAbsent ? `there is no command ${engine} on this computer` : false;
  t.test(`${engine} opens every table and view, and finds the file whole`, { skip }, async (t) => {
    const { file, names } = await demoFile(t);
    t.ok(names.length > 60, `${names.length} tables and views`);
    const opened = ask(
      file,
      names.map((name) => `select count(*) from (select * from "${name}")`),
    );
    const said = opened.stderr.toString().split('\n');
    t.strictSame(
      said.filter(
        (line) => /error|no such|unrecognized|malformed/i.test(line) && !/error here/.test(line) && !OURS.test(line),
      ),
      [],
    );
    const counts = opened.stdout.toString().trim().split('\n');
    t.ok(counts.length >= names.length - 4, `${counts.length} of them were read`);
    const { stdout, stderr } = ask(file, ['pragma integrity_check', 'pragma foreign_key_check']);
    t.equal(stderr.toString(), '');
    t.match(stdout.toString(), /^(ok\n|\[\('ok',\)\]\n\[\]\n)$/);
  });
}
