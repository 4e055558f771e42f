import { sql } from 'kysely';
import { t } from 'tap';
import { openSqlite, queryBuilder } from '../../src/data/database.ts';
import { seedSynthetic } from '../../src/demo/synthetic.ts';
import { searchIndexInBulk } from '../../src/mailboxes/bulk.ts';
import { findIds } from '../../src/mailboxes/search.ts';
import { termsOf } from '../../src/mailboxes/search-words.ts';
import { emptyDatabase } from '../demo-database.ts';
import { START, secrets } from '../helper.ts';

// SOP 4.7 step 1: mailboxes that come by the hundred thousand are found like all others.

const KINDS = {
  status: ['active', 'disabled'],
  package: ['A', 'B', 'C'],
  service_type: ['ordinary', 'vip'],
  category: ['civil_servant', 'other'],
};

t.test('the search index is complete at the end, and keeps itself from then on', async (t) => {
  const sqlite = openSqlite(await emptyDatabase(), secrets.audit);
  const db = queryBuilder(sqlite);
  t.teardown(() => db.destroy());
  const { rows: before } = await sql`select name, sql from sqlite_schema where type = 'trigger' order by name`.execute(
    db,
  );
  seedSynthetic(sqlite, { mailboxes: 300, agencies: 2, groups: 0 }, START, () => undefined);
  const { rows: after } = await sql`select name, sql from sqlite_schema where type = 'trigger' order by name`.execute(
    db,
  );
  t.strictSame(after, before, 'its triggers are back');
  const find = async (q: string) => {
    const wanted = {
      agencyId: null,
      terms: termsOf(q, 'all'),
      kinds: KINDS,
      isNarrowed: false,
      ending: 'too' as const,
    };
    return (await findIds(db, wanted, { sort: 'name', descending: false, limit: 25, offset: 0 })).ids;
  };
  for (const mailbox of await db.selectFrom('mailbox').selectAll().where('id', 'in', [1, 150, 300]).execute())
    t.strictSame(await find(mailbox.primary_email), [mailbox.id], mailbox.primary_email);
  await db.updateTable('mailbox').set({ display_name: 'Baharu Sekali' }).where('id', '=', 150).execute();
  t.strictSame(await find('haru se'), [150]);
});

t.test('what a run left out that was cut off, the next one finds', async (t) => {
  const sqlite = openSqlite(await emptyDatabase(), secrets.audit);
  const db = queryBuilder(sqlite);
  t.teardown(() => db.destroy());
  seedSynthetic(sqlite, { mailboxes: 3, agencies: 1, groups: 0 }, START, () => undefined);
  const index = searchIndexInBulk(sqlite);
  sqlite.transaction(() =>
    index.leaveOut(() =>
      sqlite.exec(`
        insert into user (agency_id, role, login_id, email, full_name, created_at) values (1, 'user', 'tinggal', 't@x.test', 'T', '');
        insert into mailbox (agency_id, user_id, category, display_name, full_name, primary_email, login_id, package, grade, storage_mb, service_type, created_at)
          select 1, max(id), 'civil_servant', 'Tertinggal', '', 't@x.test', 'tinggal', 'A', '', 500, 'vip', '' from user;`),
    ),
  )();
  const names = async () => (await db.selectFrom('mailbox_search').select('name').execute()).map((row) => row.name);
  t.notOk((await names()).includes('tertinggal'));
  index.catchUp.immediate();
  t.ok((await names()).includes('tertinggal'));
  index.catchUp.immediate();
  t.equal((await names()).length, 4, 'once more changes nothing');
});
