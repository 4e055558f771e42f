import { t } from 'tap';
import { listAudit } from '../../src/audit-trail/queries.ts';
import { type Actor, SYSTEM } from '../../src/base/actor.ts';
import { type Db, migrate, openSqlite, queryBuilder, type Sqlite } from '../../src/data/database.ts';
import type { Found, ListQuery } from '../../src/data/paging.ts';
import { allRows } from '../../src/lists/listing.ts';
import { listMails } from '../../src/outbox/queries.ts';
import { listRecords } from '../../src/records/queries.ts';
import { secrets } from '../helper.ts';

// Files of rows whose numbers only grow: each row once, and no step reads or sorts more than it gives

const HELPDESK: Actor = { ...SYSTEM, role: 'helpdesk' };
const ADMIN: Actor = { ...SYSTEM, role: 'admin', agencyId: 1 };
const NONE = { by: 'all', refused: {}, sort: 'id', page: 1, limit: 25, offset: 0 };

async function openWith(rows: number) {
  const sqlite = openSqlite(':memory:', secrets.audit);
  const db = queryBuilder(sqlite);
  await migrate(db);
  const name = "iif(i % 199 = 0 or i in (1, 200, 201, 20000, 20001, 40000), 'abu', 'siti')";
  sqlite.exec(`with recursive row(i) as (select 1 union all select i + 1 from row where i < ${rows})
    insert into audit (at, act, actor_name, actor_role, address, agency_id, action, item_type, item_id, item_name, hash)
    select '2026-01-01T00:00:00.000Z', 'a', 'IPMS', 'system', '', 1 + i % 3, 'contact.created', iif(i % 7 = 0, 'mailbox', 'contact'), i, ${name}, ''
    from row`);
  return { sqlite, db };
}

/** What is asked from here on. */
function statementsOf(sqlite: Sqlite.Database) {
  const asked = new Set<string>();
  const prepare = sqlite.prepare.bind(sqlite);
  sqlite.prepare = ((text: string) => {
    asked.add(text);
    return prepare(text);
  }) as typeof sqlite.prepare;
  return asked;
}

function planOf(sqlite: Sqlite.Database, text: string) {
  const values = new Array(text.split('?').length - 1).fill(1);
  const plan = sqlite.prepare(`explain query plan ${text}`).all(values) as { detail: string }[];
  return plan.map(({ detail }) => detail);
}

t.test('each row comes once and in order, wherever steps and windows end', async (t) => {
  const { sqlite, db } = await openWith(40_001);
  const wanted = (where: string, way: string) =>
    sqlite.prepare(`select id from audit where ${where} order by id ${way}`);
  for (const upTo of [0, 1, 199, 200, 201, 400, 19_999, 20_000, 20_001, 20_200, 40_000, 40_001])
    for (const [actor, own] of [
      [HELPDESK, 'true'],
      [ADMIN, 'agency_id = 1'],
    ] as const)
      for (const [q, kind, found] of [
        ['', '', 'true'],
        ['abu', '', "item_name = 'abu'"],
        ['zainal', '', 'false'],
        ['', 'mailbox', "item_type = 'mailbox'"],
      ] as const)
        for (const descending of [true, false]) {
          const query: ListQuery = { ...NONE, q, descending, filters: kind === '' ? {} : { kind } };
          const read: number[] = [];
          for await (const { id } of allRows(query, (each) => listAudit(db, actor, each, upTo))) read.push(id);
          const all = wanted(`id <= ${upTo} and ${own} and ${found}`, descending ? 'desc' : 'asc')
            .pluck()
            .all();
          if (JSON.stringify(read) !== JSON.stringify(all))
            t.same(read, all, `${actor.role}, up to ${upTo}, "${q}", ${kind}, ${descending}`);
        }
  t.pass('all are as SQL has them');
  await db.destroy();
});

t.test('what is written while a file is read is not in it, and does not keep it from ending', async (t) => {
  const { sqlite, db } = await openWith(1000);
  sqlite.exec(`insert into agency (id, name, code, ministry, postmaster_email, file_reference, created_at)
    values (1, 'Jabatan', 'JC', 'Kementerian', 'p@jabatan.test', '', '2026')`);
  const more = sqlite.prepare(`with recursive row(i) as (select 1 union all select i + 1 from row where i < ?)
    insert into record (agency_id, year, sequence, number, file_reference, sop, title, item_type, item_id, content, filed_by_name, filed_at)
    select 1, 2026, (select count(*) from record) + i, hex(randomblob(8)), '', '4.9', 'record.mailbox-disabled', 'mailbox', i, '{}', '', '' from row`);
  more.run(450);
  const query = { ...NONE, q: '', descending: false, filters: {} };
  let steps = 0;
  let read = 0;
  for await (const _row of allRows(query, (each) => {
    steps += 1;
    if (steps < 20) more.run(250);
    return listRecords(db, HELPDESK, each);
  }))
    read += 1;
  t.same([read, steps], [700, 4]);
  await db.destroy();
});

t.test('no step of a file sorts, whatever the file is narrowed by', async (t) => {
  const { sqlite, db } = await openWith(10);
  const asked = statementsOf(sqlite);
  type Step = (db: Db, actor: Actor, query: ListQuery) => Promise<Found<unknown>>;
  const files: [Step, Record<string, string>[]][] = [
    [
      (db, actor, query) => listAudit(db, actor, query, 10),
      [
        {},
        { sop: '4.9' },
        { action: 'contact.created' },
        { role: 'system' },
        { kind: 'contact' },
        { from: '2026-01-01' },
      ],
    ],
    [listRecords, [{}, { sop: '4.9' }, { agency: '1' }, { to: '2026-01-01' }]],
    [listMails, [{}, { state: 'sent' }, { mail: 'N1' }]],
  ];
  for (const [step, filters] of files)
    for (const each of filters)
      for (const actor of [HELPDESK, ADMIN])
        for (const q of ['', 'abu'])
          await step(db, actor, { ...NONE, q, descending: true, filters: each, whole: { upTo: 10 } });
  const steps = [...asked].filter((text) => /order by "id" desc/.test(text));
  t.ok(steps.length > 20, `${steps.length} statements`);
  for (const text of steps) {
    const plan = planOf(sqlite, text);
    const sorting = plan.filter((detail) => detail.includes('TEMP B-TREE'));
    if (sorting.length > 0) t.same(plan, [], text);
  }
  await db.destroy();
});

t.test('the records of one thing are few, and found by their index', async (t) => {
  const { sqlite, db } = await openWith(1);
  const asked = statementsOf(sqlite);
  await listRecords(db, ADMIN, { ...NONE, q: '', descending: true, filters: { item: 'group-12' }, whole: {} });
  const statements = [...asked];
  t.ok(statements.length > 1);
  for (const text of statements) t.match(planOf(sqlite, text).join('; '), /record_item|AND id=\?\)/, text);
  await db.destroy();
});
