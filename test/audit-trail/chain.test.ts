import { sql } from 'kysely';
import { t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { UNSET } from '../../src/data/act.ts';
import { openSqlite, queryBuilder } from '../../src/data/database.ts';
import type { Row } from '../../src/data/schema.ts';
import { type AuditEntry, audit } from '../../src/trail/audit.ts';
import { addSealed, firstBadRow, headOf, isSealed } from '../../src/trail/chain.ts';
import { emptyDatabase } from '../demo-database.ts';
import { type Ipms, START, startIpms } from '../helper.ts';

const ITEM = { type: 'agency' as const, id: 1, name: 'Jabatan Contoh', agencyId: 1 };

const AGENCY = {
  name: 'Jabatan Contoh',
  code: 'JC',
  postmaster_email: 'postadmin@jabatan.test',
  created_at: '2026-01-01T00:00:00.000Z',
};

const write = (ipms: Ipms, entry: Partial<AuditEntry>) =>
  ipms.db
    .transaction()
    .execute((trx) =>
      audit({ trx, actor: SYSTEM, now: START, settings: UNSET }, { action: 'user.signed-in', item: ITEM, ...entry }),
    );

/** As somebody could who has the database file and not the key. */
async function withoutTriggers(ipms: Ipms) {
  for (const verb of ['update', 'delete']) await sql.raw(`drop trigger audit_no_${verb}`).execute(ipms.db);
}

async function newest(ipms: Ipms) {
  const head = await headOf(ipms.db, 'audit');
  if (head === undefined) throw new Error('the trail is empty');
  return head;
}

t.test('rows are only ever added', async (t) => {
  const ipms = await startIpms(t);
  await write(ipms, {});
  const before = await ipms.db.selectFrom('audit').selectAll().execute();
  await t.rejects(ipms.db.updateTable('audit').set({ actor_name: 'Lain' }).execute(), /append-only/);
  await t.rejects(ipms.db.deleteFrom('audit').where('id', '=', 1).execute(), /append-only/);
  t.strictSame(await ipms.db.selectFrom('audit').selectAll().execute(), before);
});

t.test('an untouched trail is whole, with its head and with an earlier one', async (t) => {
  const ipms = await startIpms(t);
  await write(ipms, {});
  const earlier = await newest(ipms);
  for (let index = 0; index < 1200; index += 1) await write(ipms, { after: { index } });
  t.equal(await firstBadRow(ipms.db, 'audit'), null);
  t.equal(await firstBadRow(ipms.db, 'audit', earlier), null);
  t.equal(await firstBadRow(ipms.db, 'audit', await newest(ipms)), null);
});

t.test('an empty trail is whole, unless there was a row once', async (t) => {
  const ipms = await startIpms(t, { empty: true });
  t.equal(await firstBadRow(ipms.db, 'audit'), null);
  t.equal(await firstBadRow(ipms.db, 'audit', { id: 3, hash: 'x' }), 1);
});

t.test('whatever is changed in a row is found', async (t) => {
  const ipms = await startIpms(t);
  for (let index = 0; index < 5; index += 1)
    await write(ipms, { sop: '4.1', before: { reason: 'a' }, after: { reason: 'b' } });
  const head = await newest(ipms);
  const bad = head.id - 2;
  await withoutTriggers(ipms);
  const changes = {
    at: '2020-01-01T00:00:00.000Z',
    act: 'lain',
    actor_user_id: 999,
    actor_name: 'Lain',
    actor_role: 'helpdesk',
    address: '10.0.0.1',
    agency_id: 2,
    action: 'user.unlocked',
    sop: '4.9',
    item_type: 'user',
    item_id: 77,
    item_name: 'Lain',
    before: '{"reason":"c"}',
    after: '{"reason":"c"}',
    hash: 'lain',
    record_id: 1,
    record_hash: 'lain',
  };
  const columns = Object.keys(await ipms.db.selectFrom('audit').selectAll().executeTakeFirstOrThrow());
  t.strictSame(Object.keys(changes).sort(), columns.filter((name) => name !== 'id').sort(), 'every column is tried');
  for (const [column, value] of Object.entries(changes)) {
    const row = await ipms.db.selectFrom('audit').selectAll().where('id', '=', bad).executeTakeFirstOrThrow();
    await ipms.db
      .updateTable('audit')
      .set({ [column]: value })
      .where('id', '=', bad)
      .execute();
    t.equal(await firstBadRow(ipms.db, 'audit', head), bad, column);
    t.equal(await firstBadRow(ipms.db, 'audit'), bad, `${column}, without a head`);
    await ipms.db.updateTable('audit').set(row).where('id', '=', bad).execute();
  }
  t.equal(await firstBadRow(ipms.db, 'audit', head), null, 'and all is well again');
});

t.test('a row that is gone is found: in the middle, the first, the last ones', async (t) => {
  const remove = async (which: (head: number) => [number, number]) => {
    const ipms = await startIpms(t);
    for (let index = 0; index < 5; index += 1) await write(ipms, {});
    const head = await newest(ipms);
    await withoutTriggers(ipms);
    const [from, to] = which(head.id);
    await ipms.db.deleteFrom('audit').where('id', '>=', from).where('id', '<=', to).execute();
    return {
      from,
      withHead: await firstBadRow(ipms.db, 'audit', head),
      without: await firstBadRow(ipms.db, 'audit'),
    };
  };
  for (const which of [(head: number) => [head - 2, head - 2], () => [1, 1]] as ((
    head: number,
  ) => [number, number])[]) {
    const { from, withHead, without } = await remove(which);
    t.equal(withHead, from);
    t.equal(without, from);
  }
  const cut = await remove((head) => [head - 1, head]);
  t.equal(cut.withHead, cut.from);
  t.equal(cut.without, null, 'only the head tells that the end was cut off: that is why it is kept');
});

t.test('an end that was cut off and written anew is found by its head, also with the right key', async (t) => {
  const ipms = await startIpms(t);
  for (let index = 0; index < 3; index += 1) await write(ipms, {});
  const head = await newest(ipms);
  await withoutTriggers(ipms);
  await ipms.db.deleteFrom('audit').where('id', '=', head.id).execute();
  await sql`update sqlite_sequence set seq = ${head.id - 1} where name = 'audit'`.execute(ipms.db);
  await write(ipms, { after: { reason: 'lain' } });
  t.equal((await newest(ipms)).id, head.id);
  t.equal(await firstBadRow(ipms.db, 'audit', head), head.id);
});

t.test('a row that was written without the key is found', async (t) => {
  const ipms = await startIpms(t);
  const head = await newest(ipms);
  const sqlite = openSqlite(':memory:', Buffer.alloc(32, 9));
  const other = queryBuilder(sqlite);
  t.teardown(() => other.destroy());
  const { rows } = await sql<{ hash: string }>`select audit_hash(${head.hash}, 'x') as hash`.execute(other);
  const row = await ipms.db.selectFrom('audit').selectAll().where('id', '=', head.id).executeTakeFirstOrThrow();
  await ipms.db
    .insertInto('audit')
    .values({ ...row, id: head.id + 1, hash: rows[0]?.hash ?? '' })
    .execute();
  t.equal(await firstBadRow(ipms.db, 'audit', head), head.id + 1);
});

t.test('a secret is never written, however deep it is', async (t) => {
  const ipms = await startIpms(t);
  const head = await newest(ipms);
  for (const name of [
    'password',
    'new_password',
    'password_hash',
    'salt',
    'code',
    'access_code',
    'code_hash',
    'secret',
    'reset_token',
  ]) {
    await t.rejects(write(ipms, { after: { [name]: 'x' } }), /must not be written/, name);
    await t.rejects(write(ipms, { before: { [name]: 'x' }, after: {} }), /must not be written/, name);
    await t.rejects(write(ipms, { after: { details: [{ [name]: 'x' }] } }), /must not be written/, `deep ${name}`);
  }
  t.strictSame(await newest(ipms), head);
});

t.test('of two states only what differs is kept; of one, all', async (t) => {
  const ipms = await startIpms(t);
  await write(ipms, { before: { reason: 'a', note: 'x', tries: 1 }, after: { reason: 'b', note: 'x' } });
  await write(ipms, { after: { reason: 'b', note: 'x' } });
  const rows = await ipms.db.selectFrom('audit').select(['before', 'after']).orderBy('id', 'desc').limit(2).execute();
  t.strictSame(
    rows.map(({ before, after }) => [JSON.parse(before ?? 'null'), JSON.parse(after ?? 'null')]),
    [
      [null, { reason: 'b', note: 'x' }],
      [
        { reason: 'a', tries: 1 },
        { reason: 'b', tries: null },
      ],
    ],
  );
});

// Written by the first IPMS that sealed both, with a key of sevens: whatever seals them now must come to the same.
const OLD = {
  audit: [
    {
      id: 1,
      at: '2026-11-24T06:00:00.000Z',
      act: 'act-1',
      actor_user_id: 7,
      actor_name: 'Siti "Nur" O’Brien',
      actor_role: 'admin',
      address: '10.0.0.1',
      agency_id: 1,
      action: 'agency.created',
      sop: '4.1',
      item_type: 'agency',
      item_id: 1,
      item_name: 'Jabatan Contoh',
      before: '{"note":"baris\\nlain\\t\\\\ \\"petik\\" \\u0001 é 中 😀","count":null,"list":null}',
      after: '{"note":"x","count":3,"list":[]}',
      hash: '0C6IVCO-NkhyUk_Ht5woNfn99Zma2aB8wGHYEkePbXA',
    },
    {
      id: 2,
      at: '2026-11-24T06:00:00.000Z',
      act: 'act-2',
      actor_user_id: null,
      actor_name: 'IPMS',
      actor_role: 'system',
      address: '',
      agency_id: null,
      action: 'user.signed-in',
      sop: null,
      item_type: 'user',
      item_id: 4000000000,
      item_name: "D'Cruz \u007f \u200b",
      before: null,
      after: null,
      hash: 'V00LKAL00paZMiUHcDW-QRGMHaBtYmAaiqM0LHsb9WA',
    },
  ],
  record: [
    {
      id: 1,
      agency_id: 1,
      year: 2026,
      sequence: 1,
      number: 'JC/IPMS/2026/000001',
      file_reference: '',
      sop: '4.1',
      title: 'record.ticket',
      item_type: 'ticket',
      item_id: 1,
      content: '{"note":"baris\\nlain é 中 😀 \\u0001"}',
      filed_by_name: 'Siti "Nur" O’Brien',
      filed_at: '2026-11-24T06:00:00.000Z',
      item_name: 'Tiket "satu"',
      act: 'act-1',
      hash: 'yhtpS3Y8yHnNWzbZ69RIfnnFJGkPGTrbUGlFmaXWIP4',
    },
    {
      id: 2,
      agency_id: 1,
      year: 2026,
      sequence: 2,
      number: 'JC/IPMS/2026/000002',
      file_reference: '',
      sop: '6.0',
      title: 'record.ticket',
      item_type: 'ticket',
      item_id: 4000000000,
      content: '{}',
      filed_by_name: 'IPMS',
      filed_at: '2026-11-24T06:00:00.000Z',
      item_name: '',
      act: 'act-2',
      hash: 'SWqLiE8z5atfts44DTkHVOcYYNiRC8uimbves4J4c6k',
    },
  ],
} satisfies { audit: Omit<Row<'audit'>, 'record_id' | 'record_hash'>[]; record: Row<'record'>[] };

t.test('rows that an older IPMS sealed are whole, and would be sealed the same way today', async (t) => {
  for (const table of ['audit', 'record'] as const) {
    const sqlite = openSqlite(await emptyDatabase(), Buffer.alloc(32, 7));
    t.teardown(() => sqlite.close());
    const db = queryBuilder(sqlite);
    await db.insertInto('agency').values(AGENCY).execute();
    await db.transaction().execute(async (trx) => {
      for (const { id, hash, ...row } of OLD[table]) await addSealed(trx, table, row);
    });
    const none = table === 'audit' ? { record_id: null, record_hash: null } : {};
    const same = OLD[table].map((row) => ({ ...row, ...none }));
    t.strictSame(await db.selectFrom(table).selectAll().execute(), same, `${table}: each seal is the same`);
    t.equal(await firstBadRow(db, table), null, `${table}: and is found to be right`);
    t.equal(await isSealed(db, table, 2), true);
  }
});
