import { sql } from 'kysely';
import { t } from 'tap';
import { fold } from '../../src/base/folding.ts';
import { openSqlite, queryBuilder } from '../../src/data/database.ts';
import { anyContains } from '../../src/data/paging.ts';

const TEXTS = [
  ...['Hasnah binti Abdul Wahab', 'Kumaran a/l Muniandy', 'Wahab Hasnah'],
  ...['', 'a', 'Siti  Aminah', "Nu'man", 'Nu`man', 'Nu’man', 'école', 'ECOLE', '100%', '100', 'a_b', 'axb', 'C:\\x'],
  ...[
    'a\0b',
    'ab',
    '中文',
    'ﬁ',
    'ß',
    'SS',
    '{"note":"50\\u0025 \\"siap\\""}',
    'i\u0307',
    'İ',
    '\ufffd',
    'x'.repeat(3000),
  ],
];
const LOOKED = [
  ...TEXTS,
  '%',
  '_',
  '\\',
  '\0',
  '  ',
  '`',
  'ITI AMI',
  '0%',
  'a%b',
  '\\x',
  '\\_',
  '中',
  'fi',
  'U0025',
  '\ud800',
];

t.test('a search finds what the folded text holds, and takes no sign of it for a wildcard', async (t) => {
  const sqlite = openSqlite(':memory:', Buffer.alloc(32));
  const db = queryBuilder(sqlite);
  t.teardown(() => db.destroy());
  sqlite.exec('create table said (text text, digits text) strict');
  for (const text of TEXTS) sqlite.prepare('insert into said values (?, null)').run(text);
  sqlite.exec("insert into said values (null, '840101-14'), (null, '8401')");
  const found = async (looked: string) => {
    const { rows } = await sql<{ it: string }>`select coalesce(text, digits) as it from said
      where ${anyContains(looked, ['text'], ['digits'])} order by said.rowid`.execute(db);
    return rows.map(({ it }) => it);
  };
  for (const looked of LOOKED.filter((each) => each !== '' && !/^\d+$/.test(fold(each))))
    t.strictSame(
      await found(looked),
      TEXTS.filter((text) =>
        fold(looked.toWellFormed())
          .split(/(?<=\S)\s+(?=\S)/)
          .every((word) => fold(text).includes(word)),
      ),
      JSON.stringify(looked),
    );
  for (const [looked, names] of Object.entries({
    'hasnah abdul': ['Hasnah binti Abdul Wahab'],
    'WAHAB  hasnah': ['Hasnah binti Abdul Wahab', 'Wahab Hasnah'],
    'hasnah bt abdul': ['Hasnah binti Abdul Wahab'],
    'kumaran al muniandy': ['Kumaran a/l Muniandy'],
    'muniandy kumaran': ['Kumaran a/l Muniandy'],
    'kumaran a/l': ['Kumaran a/l Muniandy'],
    'hasnah kumaran': [],
    'hasnah zz': [],
    'a%b wahab': [],
  }))
    t.strictSame(await found(looked), names, looked);
  t.strictSame(await found('84-01'), ['840101-14', '8401'], 'numbers, without dashes in what is looked for');
});
