import { type Kysely, sql } from 'kysely';

const NULLABLE = [
  ['transfer', 'allocation'],
  ['directory_object', 'real'],
  ['directory_object', 'adopted'],
  ['directory_work', 'last_error'],
  ['directory_work', 'lacks'],
] as const;

/**
 * An auditor's tools, and programs that copy the log, carry an older SQLite (Debian 12: 3.40). One that cannot read a single view
 * opens nothing of the file: an ORDER BY within an aggregate is of 3.44. And there `json_valid(null)` is 0, so that sound rows
 * would count as damaged.
 */
export async function up(db: Kysely<unknown>) {
  await sql`drop view mailbox_to_search`.execute(db);
  await sql`
    create view mailbox_to_search as
    select ((mailbox.agency_id << 47) | (coarse_place(folded(mailbox.display_name)) << 27) | mailbox.id) as docid,
      agency_id, id as mailbox_id, folded(display_name) as name,
      folded(primary_email) || coalesce((
        select char(10) || group_concat(alias, char(10)) from (
          select folded(address) as alias from address where kind = 'alias' and item_id = mailbox.id order by address)
      ), '') as email,
      folded(login_id) as login,
      coalesce(ic_number, '') || case when passport is null then '' else char(10) || folded(passport) end as identity,
      status, package, service_type, category, created_at
    from mailbox where status != 'deleted'`.execute(db);
  await sql`drop index directory_object_adopted`.execute(db);
  for (const [table, column] of NULLABLE) {
    const [old, checked] = [sql.ref(column), sql.ref(`${column}_checked`)];
    const within = sql.table(table);
    await sql`alter table ${within} add column ${checked} text check (${checked} is null or json_valid(${checked}))`.execute(
      db,
    );
    await sql`update ${within} set ${checked} = ${old} where ${old} is not null`.execute(db);
    await sql`alter table ${within} drop column ${old}`.execute(db);
    await sql`alter table ${within} rename column ${checked} to ${old}`.execute(db);
  }
  await sql`create index directory_object_adopted on directory_object (agency_id) where adopted is not null`.execute(
    db,
  );
}
