import { sql } from 'kysely';
import { t } from 'tap';
import { type Db, migrate, openSqlite, queryBuilder } from '../../src/data/database.ts';
import { fixedRead } from '../../src/data/fixed-read.ts';
import { ASKED_BY_INDEXES } from '../../src/data/query-compiler.ts';
import { secrets } from '../helper.ts';

// What SQLite looks at while it puts a statement together, and would put it together anew for each time (test/data/statements.test.ts
// holds every statement that is asked).

const open = () => {
  const sqlite = openSqlite(':memory:', secrets.audit);
  return { sqlite, db: queryBuilder(sqlite) };
};

t.test('what partial indexes ask for is written out, all else is out of sight', async (t) => {
  const { db } = open();
  const of = (query: { compile(): { sql: string; parameters: readonly unknown[] } }) => {
    const { sql, parameters } = query.compile();
    return [sql, ...parameters];
  };
  const mailboxes = db.selectFrom('mailbox').select('id');
  const select = 'select "id" from "mailbox"';
  t.strictSame(of(mailboxes.where('login_id', '=', 'ali')), [`${select} where "login_id" = +?`, 'ali']);
  t.strictSame(of(mailboxes.where('login_id', 'is', 'ali')), [`${select} where "login_id" is +?`, 'ali']);
  t.strictSame(of(mailboxes.where('login_id', 'like', 'ali%')), [`${select} where "login_id" like +?`, 'ali%']);
  t.strictSame(of(mailboxes.where('id', '>', 7)), [`${select} where "id" > +?`, 7]);
  t.strictSame(of(mailboxes.where('id', 'in', [7, 8])), [`${select} where "id" in (?, ?)`, 7, 8]);
  t.strictSame(of(mailboxes.limit(25).offset(50)), [`${select} limit +? offset ?`, 25, 50]);
  const status = `${select} where "status"`;
  t.strictSame(of(mailboxes.where('status', '=', 'active')), [`${status} = 'active'`]);
  t.strictSame(of(mailboxes.where('status', '!=', 'deleted')), [`${status} != 'deleted'`]);
  t.strictSame(of(mailboxes.where('status', 'in', ['active', 'deleted'])), [`${status} in ('active', 'deleted')`]);
  t.strictSame(of(mailboxes.where('to_complete', '=', 1)), [`${select} where "to_complete" = 1`]);
  const raw = sql`select 1 from outbox where state = ${'waiting'} and act = ${'x'} and id = ${3} limit ${5}`;
  t.strictSame(of({ compile: () => raw.compile(db) }), [
    "select 1 from outbox where state = 'waiting' and act = +? and id = +? limit +?",
    'x',
    3,
    5,
  ]);
  await db.destroy();
});

t.test('nothing that could be more than a word is written out', async (t) => {
  const { db } = open();
  await migrate(db);
  for (const typed of ["active' or 1 = 1 --", "a'b", 'a b', 'A', '', 'a\0', '1', 'é', 'a'.repeat(41), 'active)']) {
    const query = db
      .selectFrom('mailbox')
      .select('id')
      .where('status', '=', typed as 'active');
    t.strictSame(query.compile().parameters, [typed], JSON.stringify(typed));
    t.strictSame(await query.execute(), []);
  }
});

t.test('a value counts as it did: the sign before it changes neither its kind nor how it compares', async (t) => {
  const { sqlite, db } = open();
  sqlite.exec('create table kept (number integer, word text, any)');
  const values = [0, 1, -1, 1.5, 9_007_199_254_740_991, '0', '007', 'a', 'A', '', ' 1', null, Buffer.from('a')];
  for (const value of values) sqlite.prepare('insert into kept values (?, ?, ?)').run(value, value, value);
  for (const column of ['number', 'word', 'any'])
    for (const way of ['=', 'is', 'like'])
      for (const value of values) {
        const text = `select rowid from kept where ${column} ${way} `;
        const { rows } = await sql`${sql.raw(text)}${value} order by rowid`.execute(db);
        t.strictSame(rows, sqlite.prepare(`${text}? order by rowid`).all(value), `${column} ${way} ${value}`);
      }
  await sql`update kept set word = ${'007'}`.execute(db);
  t.strictSame(sqlite.prepare('select distinct typeof(word) as kind, word from kept').all(), [
    { kind: 'text', word: '007' },
  ]);
});

t.test('a fixed read, whose values are not known yet, uses the partial index', async (t) => {
  const { sqlite, db } = open();
  await migrate(db);
  const waiting = fixedRead((db: Db, limit: number) =>
    db
      .selectFrom('outbox')
      .select('id')
      .where('state', '=', 'waiting')
      .where('to_address', '=', 'a@b.test')
      .limit(limit),
  );
  const asked: string[] = [];
  const prepare = sqlite.prepare.bind(sqlite);
  sqlite.prepare = ((text: string) => {
    asked.push(text);
    return prepare(text);
  }) as typeof sqlite.prepare;
  await waiting(db, 3);
  const plan = prepare(`explain query plan ${asked.at(-1)}`).all('a@b.test', 3) as { detail: string }[];
  t.match(plan[0]?.detail, /USING COVERING INDEX outbox_waiting/);
});

t.test('the columns that partial indexes ask for are those that are known', async (t) => {
  const { sqlite, db } = open();
  await migrate(db);
  const conditions = sqlite
    .prepare("select sql from sqlite_schema where type = 'index' and sql is not null")
    .pluck()
    .all() as string[];
  const asked = new Set<string>();
  for (const each of conditions) {
    const [, where = ''] = each.split(/\)\s+where\s+/i);
    for (const [, name = ''] of where.matchAll(/"?(\w+)"? *(?:=|<>|!=|>|<|\bin\b) *(?:\(|'|\d)/gi)) asked.add(name);
  }
  t.strictSame([...asked].sort(), ASKED_BY_INDEXES.toSorted());
});
