import { type Kysely, sql } from 'kysely';

/**
 * SOP 6.0: a record names whom or what it is about and the act that filed it, and is sealed with the record before it
 * (the audit trail's key), so that a printed one can be compared and a gap shows.
 */
export async function up(db: Kysely<unknown>) {
  for (const column of ['item_name', 'act', 'hash'])
    await sql`alter table record add column ${sql.ref(column)} text not null default ''`.execute(db);
  await sql`drop trigger record_no_update`.execute(db);
  await nameItems(db);
  await sealAll(db);
  await sql`
    create trigger record_no_update before update on record
    begin select raise(abort, 'records are unchangeable'); end`.execute(db);
  await sql`create index record_agency on record (agency_id, id)`.execute(db);
}

/** What was audited of the same item at the same moment says how the item was called, and which act it was. */
async function nameItems(db: Kysely<unknown>) {
  const audited = (column: string) => sql`(
    select ${sql.ref(column)} from audit
    where audit.item_type = record.item_type and audit.item_id = record.item_id and audit.at = record.filed_at
    order by audit.id limit 1)`;
  await sql`
    update record set item_name = coalesce(${audited('item_name')}, ''), act = coalesce(${audited('act')}, '')`.execute(
    db,
  );
}

/** One record after the other, in the order of their numbers; the text is that of `sealedText` in platform/records.ts. */
async function sealAll(db: Kysely<unknown>) {
  let previous = '';
  let last = 0;
  for (;;) {
    const { rows } = await sql<{ id: number; hash: string }>`
      select id, audit_hash(${previous}, json_array(id, agency_id, number, file_reference, sop, title, item_type, item_id,
        item_name, act, content, filed_by_name, filed_at)) as hash
      from record where id > ${last} order by id limit 1`.execute(db);
    const [row] = rows;
    if (row === undefined) return;
    await sql`update record set hash = ${row.hash} where id = ${row.id}`.execute(db);
    previous = row.hash;
    last = row.id;
  }
}
