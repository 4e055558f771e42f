import { promises as fs } from 'node:fs';
import path from 'node:path';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import { t } from 'tap';
import { migrate, openSqlite, queryBuilder } from '../../src/data/database.ts';
import { findIds } from '../../src/mailboxes/search.ts';
import { termsOf } from '../../src/mailboxes/search-words.ts';
import { secrets } from '../helper.ts';

// SOP 4.7 step 1: who was there before the search index changed is found after it.

const FOLDER = path.join(import.meta.dirname, '../../migrations');

t.test('an index of before long numbers is made anew, and followed from then on', async (t) => {
  const sqlite = openSqlite(':memory:', secrets.audit);
  const db = queryBuilder(sqlite);
  t.teardown(() => db.destroy());
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });
  const { error } = await new Migrator({ db, provider }).migrateTo('024-reports');
  t.equal(error, undefined);
  sqlite.exec(
    "insert into agency (id, name, code, postmaster_email, created_at) values (1, 'A', 'AA', 'p@a.test', '')",
  );
  const add = (id: number, ic: string) =>
    sqlite.exec(`
      insert into user (id, agency_id, role, login_id, email, full_name, created_at)
        values (${id}, 1, 'user', 'u${id}', 'u${id}@a.test', '', '');
      insert into mailbox (id, agency_id, user_id, category, display_name, full_name, primary_email, login_id, ic_number,
          package, grade, storage_mb, service_type, created_at)
        values (${id}, 1, ${id}, 'civil_servant', 'Siti ${id}', '', 'u${id}@a.test', 'u${id}', '${ic}', 'C', '', 500,
          'ordinary', '')`);
  const kinds = { status: ['active'], package: ['C'], service_type: ['ordinary'], category: ['civil_servant'] };
  const found = async (q: string) => {
    const wanted = { agencyId: 1, terms: termsOf(q, 'all'), kinds, isNarrowed: false, ending: 'too' as const };
    return (await findIds(db, wanted, { sort: 'name', descending: false, limit: 25, offset: 0 })).ids;
  };
  add(1, '900101145678');
  add(2, '850312105431');
  await migrate(db);
  t.strictSame(await found('900101'), [1]);
  t.strictSame(await found('siti'), [1, 2]);
  add(3, '770101900101');
  t.strictSame(await found('900101'), [1, 3]);
  sqlite.exec("update mailbox set ic_number = '660606060606' where id = 1");
  t.strictSame(await found('900101'), [3]);
  t.strictSame(await found('660606-06-0606'), [1]);
  sqlite.exec("update mailbox set status = 'deleted' where id = 3");
  t.strictSame(await found('900101'), []);
});

t.test('a name that was indexed as it was typed is found without its marks after the upgrade', async (t) => {
  const sqlite = openSqlite(':memory:', secrets.audit);
  const db = queryBuilder(sqlite);
  t.teardown(() => db.destroy());
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });
  await new Migrator({ db, provider }).migrateTo('033-corrections');
  sqlite.exec(`
    insert into agency (id, name, code, postmaster_email, created_at) values (1, 'A', 'AA', 'p@a.test', '');
    insert into user (id, agency_id, role, login_id, email, full_name, created_at)
      values (1, 1, 'user', 'a', 'a@a.test', '', ''), (2, 1, 'user', 'b', 'b@a.test', '', '');
    insert into mailbox (id, agency_id, user_id, category, display_name, full_name, primary_email, login_id, ic_number,
        package, grade, storage_mb, service_type, created_at)
      values (1, 1, 1, 'civil_servant', 'Élodie Nu’man', '', 'a@a.test', 'a', '900101145678', 'C', '', 500, 'ordinary', ''),
        (2, 1, 2, 'civil_servant', 'Elodie', '', 'b@a.test', 'b', '900101145679', 'C', '', 500, 'ordinary', '')`);
  // as the program before wrote it: in lower case and nothing else
  sqlite.exec(`
    create temp table before as select * from mailbox_search where mailbox_id = 1;
    delete from mailbox_search where mailbox_id = 1;
    update before set name = 'élodie nu’man', docid = (1 << 47) | (coarse_place('élodie nu’man') << 27) | 1;
    insert into mailbox_search select * from before`);
  await migrate(db);
  const kinds = { status: ['active'], package: ['C'], service_type: ['ordinary'], category: ['civil_servant'] };
  for (const [q, ids] of [
    ['elodie', [2, 1]],
    ["nu'man", [1]],
    ['NU’MAN', [1]],
    ['él', [2, 1]],
  ] as const) {
    const wanted = { agencyId: 1, terms: termsOf(q, 'all'), kinds, isNarrowed: false, ending: 'too' as const };
    const { ids: found } = await findIds(db, wanted, { sort: 'name', descending: false, limit: 25, offset: 0 });
    t.strictSame(found, ids, q);
  }
  const differing = sqlite.prepare(
    'select count(*) from (select * from mailbox_to_search except select * from mailbox_search)',
  );
  t.equal(differing.pluck().get(), 0);
});
