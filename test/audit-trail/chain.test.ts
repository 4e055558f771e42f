import { sql } from 'kysely';
import { t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { UNSET } from '../../src/data/act.ts';
import { openSqlite, queryBuilder } from '../../src/data/database.ts';
import { type AuditEntry, audit, auditHead, firstBadAuditRow } from '../../src/trail/audit.ts';
import { type Ipms, START, startIpms } from '../helper.ts';

const ITEM = { type: 'agency' as const, id: 1, name: 'Jabatan Contoh', agencyId: 1 };

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
  const head = await auditHead(ipms.db);
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
  t.equal(await firstBadAuditRow(ipms.db, undefined), null);
  t.equal(await firstBadAuditRow(ipms.db, earlier), null);
  t.equal(await firstBadAuditRow(ipms.db, await newest(ipms)), null);
});

t.test('an empty trail is whole, unless there was a row once', async (t) => {
  const ipms = await startIpms(t, { empty: true });
  t.equal(await firstBadAuditRow(ipms.db, undefined), null);
  t.equal(await firstBadAuditRow(ipms.db, { id: 3, hash: 'x' }), 1);
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
    t.equal(await firstBadAuditRow(ipms.db, head), bad, column);
    t.equal(await firstBadAuditRow(ipms.db, undefined), bad, `${column}, without a head`);
    await ipms.db.updateTable('audit').set(row).where('id', '=', bad).execute();
  }
  t.equal(await firstBadAuditRow(ipms.db, head), null, 'and all is well again');
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
      withHead: await firstBadAuditRow(ipms.db, head),
      without: await firstBadAuditRow(ipms.db, undefined),
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
  t.equal(await firstBadAuditRow(ipms.db, head), head.id);
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
  t.equal(await firstBadAuditRow(ipms.db, head), head.id + 1);
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
