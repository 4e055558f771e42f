import { type Kysely, sql } from 'kysely';

/**
 * SOP 6.0: letters and scanned forms that belong to a case. What is said of a file and its bytes are two tables: lists and
 * pages never touch the bytes. Neither is changed or taken out once it is there (decision 020).
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table attachment (
      id integer primary key autoincrement,
      agency_id integer not null references agency (id),
      holder text not null check (
        holder in ('access_code_request', 'account_request', 'ticket', 'disabling', 'termination', 'transfer')),
      holder_id integer not null,
      item_type text not null,
      item_id integer not null,
      item_name text not null,
      file_name text not null,
      file_type text not null check (file_type in ('application/pdf', 'image/jpeg', 'image/png')),
      file_size integer not null check (file_size > 0),
      sha256 text not null check (length(sha256) = 64),
      attached_by_name text not null,
      attached_at text not null
    ) strict`.execute(db);
  await sql`create index attachment_holder on attachment (holder, holder_id)`.execute(db);
  await sql`
    create table attachment_content (
      attachment_id integer primary key references attachment (id),
      bytes blob not null
    ) strict`.execute(db);
  for (const table of ['attachment', 'attachment_content'])
    for (const verb of ['update', 'delete'])
      await sql`
        create trigger ${sql.raw(`${table}_no_${verb}`)} before ${sql.raw(verb)} on ${sql.ref(table)}
        begin select raise(abort, 'attachments are unchangeable'); end`.execute(db);
}
