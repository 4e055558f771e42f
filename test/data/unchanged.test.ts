import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Test, t } from 'tap';
import { openSqlite, queryBuilder } from '../../src/data/database.ts';
import { whileUnchanged } from '../../src/data/unchanged.ts';

// What every page asks is read once, and never shown after it has changed.

const KEY = Buffer.alloc(32);

function open(t: Test) {
  const file = join(t.testdir(), 'some.db');
  const sqlite = openSqlite(file, KEY);
  sqlite.exec(
    "create table thing (id integer primary key, name text) strict; insert into thing (name) values ('first')",
  );
  const db = queryBuilder(sqlite);
  t.teardown(async () => {
    await db.destroy();
    rmSync(file, { force: true });
  });
  let reads = 0;
  const name = () =>
    whileUnchanged(db, 'name', async () => {
      reads += 1;
      return sqlite.prepare('select name from thing').pluck().get();
    });
  return { file, sqlite, db, name, reads: () => reads };
}

t.test('what has not changed is read once', async (t) => {
  const { name, reads } = open(t);
  t.strictSame([await name(), await name(), await name()], ['first', 'first', 'first']);
  t.equal(reads(), 1);
});

t.test('what this process writes is seen at once', async (t) => {
  const { sqlite, name } = open(t);
  await name();
  sqlite.exec("update thing set name = 'second'");
  t.equal(await name(), 'second');
  sqlite.exec('delete from thing');
  t.equal(await name(), undefined);
});

t.test('what another process writes is seen by whatever comes after', async (t) => {
  const { file, name } = open(t);
  await name();
  const other = openSqlite(file, KEY);
  other.exec("update thing set name = 'theirs'");
  other.close();
  await new Promise(setImmediate); // another process never writes within one turn of this one
  t.equal(await name(), 'theirs');
});

t.test('what is written while it is being read is not kept in the old one’s place', async (t) => {
  const { sqlite, db } = open(t);
  const read = () => sqlite.prepare('select name from thing').pluck().get();
  const old = await whileUnchanged(db, 'name', async () => {
    const found = read();
    sqlite.exec("update thing set name = 'meanwhile'");
    return found;
  });
  t.equal(old, 'first', 'the one who asked before it was written');
  t.equal(await whileUnchanged(db, 'name', async () => read()), 'meanwhile', 'the next one');
});

t.test('a change that is undone leaves what is there', async (t) => {
  const { sqlite, name } = open(t);
  await name();
  sqlite.exec("begin; update thing set name = 'never'; rollback");
  t.equal(await name(), 'first');
});
