import { type Kysely, sql } from 'kysely';

/**
 * The bytes of a file are written before the act that it belongs to, each file in a transaction of its own, so that no page waits
 * for all of a form (decision 020). What no act owns yet is named, and alone can be taken out again.
 */
export async function up(db: Kysely<unknown>) {
  await sql`alter table attachment_content rename to attachment_content_before`.execute(db);
  await sql`
    create table attachment_content (
      attachment_id integer primary key autoincrement,
      bytes blob not null
    ) strict`.execute(db);
  await sql`insert into attachment_content select attachment_id, bytes from attachment_content_before`.execute(db);
  await sql`drop table attachment_content_before`.execute(db);
  await sql`
    create table file_under_way (
      attachment_id integer primary key references attachment_content (attachment_id) on delete cascade
    ) strict`.execute(db);
  await sql`
    create trigger attachment_content_no_update before update on attachment_content
    begin select raise(abort, 'attachments are unchangeable'); end`.execute(db);
  await sql`
    create trigger attachment_content_no_delete before delete on attachment_content
    when not exists (select 1 from file_under_way as brought where brought.attachment_id = old.attachment_id)
      or exists (select 1 from attachment where attachment.id = old.attachment_id)
    begin select raise(abort, 'attachments are unchangeable'); end`.execute(db);
}
