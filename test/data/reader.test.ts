import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Test, t } from 'tap';
import { migrate, openSqlite, queryBuilder } from '../../src/data/database.ts';
import { openReader, type Reading } from '../../src/data/reader.ts';
import { secrets } from '../helper.ts';

// What looks at very many rows is read in a thread of its own.

async function open(t: Test, reading?: Reading) {
  const folder = mkdtempSync(join(tmpdir(), 'ipms-reader-'));
  const file = join(folder, 'ipms.db');
  const db = queryBuilder(openSqlite(file, secrets.audit));
  await migrate(db);
  const reader = openReader(file, undefined, reading);
  t.teardown(async () => {
    await reader.destroy();
    await db.destroy();
    rmSync(folder, { recursive: true });
  });
  return { db, reader };
}

const agency = (name: string) => ({
  name,
  code: name.toUpperCase(),
  postmaster_email: `${name}@a.test`,
  created_at: '',
});

/** Looks at so many rows that this process would stand still. */
const long = sql<{ rows: number }>`
  with recursive row (id) as (select 1 union all select id + 1 from row where id < 600000)
  select count(*) as rows from row where id % 3 = ${0}`;

t.test('it reads what is committed, with the functions of a search, while this thread goes on', async (t) => {
  const { db, reader } = await open(t);
  let turns = 0;
  let isReading = true;
  const count = () => {
    turns += 1;
    if (isReading) setImmediate(count);
  };
  count();
  const reading = long.execute(reader).finally(() => {
    isReading = false;
  });
  await db.insertInto('agency').values(agency('Satu')).execute();
  t.strictSame((await reading).rows, [{ rows: 200_000 }]);
  t.ok(turns > 100, `${turns} turns meanwhile`);
  const names = await reader.selectFrom('agency').select(sql<string>`folded(name)`.as('name')).execute();
  t.strictSame(names, [{ name: 'satu' }]);
});

t.test('several questions at once; one that fails says why, and the next is answered', async (t) => {
  const { db, reader } = await open(t);
  await db
    .insertInto('agency')
    .values([agency('Satu'), agency('Dua')])
    .execute();
  const ask = (name: string) => reader.selectFrom('agency').select('code').where('name', '=', name).execute();
  const [one, wrong, two] = await Promise.allSettled([
    ask('Satu'),
    sql`select 1 from nowhere`.execute(reader),
    ask('Dua'),
  ]);
  t.match(one, { value: [{ code: 'SATU' }] });
  t.match(wrong, { reason: { name: 'SqliteError', code: 'SQLITE_ERROR', message: /nowhere/ } });
  t.match(two, { value: [{ code: 'DUA' }] });
});

t.test('given several questions at once, it answers each with what is its own, and ends with them', async (t) => {
  const { reader } = await open(t, { ahead: 3 });
  const ask = (number: number) => sql<{ number: number }>`select ${number} as number`.execute(reader);
  const asked = Array.from({ length: 10 }, (_, number) => ask(number));
  const wrong = t.rejects(sql`select 1 from nowhere`.execute(reader), /nowhere/);
  asked.push(ask(10));
  await wrong;
  t.strictSame(
    (await Promise.all(asked)).map(({ rows }) => rows[0]?.number),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
  const unfinished = [long, sql`select 1`, sql`select 2`, sql`select 3`].map((each) =>
    t.rejects(each.execute(reader), /has ended/),
  );
  await new Promise((resolve) => setImmediate(resolve)); // three are given to it, one waits
  await reader.destroy();
  await Promise.all(unfinished);
});

t.test('what waits and is asked again is read once, and knows what was written before it was asked', async (t) => {
  const { db, reader } = await open(t);
  const count = () => sql<{ rows: number }>`select count(*) as rows from agency`.execute(reader);
  const reading = long.execute(reader);
  const early = count();
  await db.insertInto('agency').values(agency('Satu')).execute();
  const [again, late] = [long.execute(reader), count()];
  const [one, two] = [await early, await late];
  t.strictSame(two.rows, [{ rows: 1 }]);
  t.equal(one.rows[0], two.rows[0], 'one answer for both');
  t.not((await again).rows[0], (await reading).rows[0], 'what was being read is read anew');
});

t.test('each thread of it keeps in memory what it is told', async (t) => {
  const { reader } = await open(t, { kilobytes: 12_345 });
  const { rows } = await sql<{ cache_size: number }>`pragma cache_size`.execute(reader);
  t.equal(rows[0]?.cache_size, -12_345);
});

t.test('it writes nothing, and nobody waits after its end', async (t) => {
  const { db, reader } = await open(t);
  await t.rejects(reader.insertInto('agency').values(agency('Satu')).execute());
  await t.rejects(reader.insertInto('agency').values(agency('Satu')).returning('id').execute(), {
    code: 'SQLITE_READONLY',
  });
  await t.rejects(reader.transaction().execute(async () => undefined));
  t.strictSame(await db.selectFrom('agency').select('id').execute(), []);
  const unfinished = long.execute(reader);
  const ended = t.rejects(unfinished, /has ended/);
  await new Promise((resolve) => setImmediate(resolve)); // it is asked
  await reader.destroy();
  await ended;
  await t.rejects(long.execute(reader));
});
