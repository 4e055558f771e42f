import { type Kysely, sql } from 'kysely';
import { t } from 'tap';
import { up } from '../../migrations/019-record-seals.ts';
import { firstBadRow } from '../../src/trail/chain.ts';
import { startIpms } from '../helper.ts';

t.test('records that were filed before they had seals get them, and the names of what they are about', async (t) => {
  const { db } = await startIpms(t);
  const filed = await db
    .selectFrom('record')
    .select(['id', 'hash', 'content', 'filed_by_name'])
    .orderBy('id')
    .execute();
  await sql`drop index record_agency`.execute(db);
  for (const column of ['item_name', 'act', 'hash'])
    await sql`alter table record drop column ${sql.ref(column)}`.execute(db);
  await up(db as unknown as Kysely<unknown>);
  t.equal(await firstBadRow(db, 'record'), null);
  const after = await db.selectFrom('record').selectAll().orderBy('id').execute();
  t.match(
    after,
    filed.map(({ id, content, filed_by_name }) => ({ id, content, filed_by_name })),
  );
  for (const { id, hash } of after) t.ok(hash.length > 40, `record ${id} is sealed`);
  // a grant is audited under its code: such records are filed only since they have seals
  for (const { id, item_name } of after.filter(({ title }) => title !== 'record.access-code-granted'))
    t.not(item_name, '', `record ${id}`);
  await t.rejects(sql`update record set hash = ''`.execute(db), /unchangeable/);
});
