import type { Database } from 'better-sqlite3';
import { t } from 'tap';
import { checkAll } from '../../src/command-line/check.ts';
import { openSqlite, queryBuilder } from '../../src/data/database.ts';
import { seedSynthetic } from '../../src/demo/synthetic.ts';
import { demoDatabase } from '../demo-database.ts';
import { START, secrets } from '../helper.ts';

// npm run ipms -- check: pages are damaged, each time in another way. What SQLite says of all of them in one go must be found.

const PAGE = 4096;
/** In the first page: the first page that is free, and how many are. In that page: how many it names, and the first of them. */
const [FIRST_FREE, FREE, NAMES, NAMED] = [32, 36, 4, 8];

/** A database as the bytes of its file, and where its pages are. */
function openedBytes(sqlite: Database) {
  const bytes = sqlite.serialize();
  const pages = sqlite.prepare('select pageno from dbstat where name = ? and pagetype = ? order by pageno').pluck();
  const start = (page: number) => (page - 1) * PAGE;
  const add = (offset: number, more: number) => bytes.writeUInt32BE(bytes.readUInt32BE(offset) + more, offset);
  return {
    bytes,
    start,
    add,
    leaf: (name: string, at: number) => (pages.all(name, 'leaf') as number[]).at(at) ?? Number.NaN,
    /** Where the inner page names the last one under it. */
    last: (name: string) => start(pages.get(name, 'internal') as number) + 8,
    trunk: start(bytes.readUInt32BE(FIRST_FREE)),
  };
}
type Opened = ReturnType<typeof openedBytes>;

const DAMAGES: [string, (opened: Opened) => void][] = [
  [
    'a table that ends in a page of another one',
    ({ bytes, leaf, last }) => bytes.writeUInt32BE(leaf('membership', 3), last('mailbox')),
  ],
  [
    'an index that ends in a page of another one',
    ({ bytes, leaf, last }) => bytes.writeUInt32BE(leaf('mailbox_search_email', 1), last('mailbox_search_name')),
  ],
  [
    'a page in use that is named as free, in place of a free one',
    ({ bytes, leaf, trunk }) => bytes.writeUInt32BE(leaf('mailbox', 2), trunk + NAMED),
  ],
  [
    'a page in use that is named as free, beside the others',
    ({ bytes, leaf, trunk, add }) => {
      bytes.writeUInt32BE(leaf('mailbox', 2), trunk + NAMED + 4 * bytes.readUInt32BE(trunk + NAMES));
      for (const count of [trunk + NAMES, FREE]) add(count, 1);
    },
  ],
  [
    'a free page that a table uses',
    ({ bytes, last, trunk, start }) => {
      const [free, used] = [bytes.readUInt32BE(trunk + NAMED), bytes.readUInt32BE(last('mailbox'))];
      bytes.copy(bytes, start(free), start(used), start(used) + PAGE);
      bytes.writeUInt32BE(free, last('mailbox'));
    },
  ],
  [
    'a page that is neither used nor free',
    ({ trunk, add }) => {
      for (const count of [trunk + NAMES, FREE]) add(count, -1);
    },
  ],
  ['another number of free pages than there are', ({ add }) => add(FREE, 1)],
  [
    'an index that says otherwise than its rows',
    ({ bytes, leaf, start }) => {
      bytes.write('~', bytes.lastIndexOf('.test', start(leaf('mailbox_search_email', 1)) + PAGE) - 1);
    },
  ],
];

t.test('what one look at all pages finds is found', async (t) => {
  const sqlite = openSqlite(await demoDatabase(secrets.audit, START), secrets.audit);
  seedSynthetic(sqlite, { mailboxes: 400, agencies: 4, groups: 20 }, START, () => undefined);
  sqlite.exec(
    `create table passing (bytes blob); insert into passing values (zeroblob(${20 * PAGE})); drop table passing`,
  );
  for (const [name, damage] of DAMAGES) {
    const opened = openedBytes(sqlite);
    damage(opened);
    const damaged = openSqlite(opened.bytes, secrets.audit);
    const db = queryBuilder(damaged);
    const texts = (damaged.pragma('integrity_check(5)') as { integrity_check: string }[])
      .flatMap(({ integrity_check }) => integrity_check.split('\n'))
      .filter((text) => !text.startsWith('***'));
    t.ok(!texts.includes('ok'), name);
    const reader = queryBuilder(openSqlite(opened.bytes, secrets.audit));
    const alone = await checkAll({ sqlite: damaged, db }, undefined);
    const shared = await checkAll({ sqlite: damaged, db, reader }, undefined);
    for (const text of texts) {
      t.ok(alone.includes(`damaged database: ${text}`), `${name}: ${text}`);
      t.ok(shared.includes(`damaged database: ${text}`), `${name}, by two: ${text}`);
    }
    for (const each of [db, reader]) await each.destroy();
  }
  sqlite.close();
});
