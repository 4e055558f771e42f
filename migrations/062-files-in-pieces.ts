import { type Kysely, sql } from 'kysely';

/**
 * The bytes of a file are in pieces, each written by itself: what a disk takes to keep 5 MB is too long for the pages that wait
 * (decision 020). A file's number is given out when it is put among those under way; from the moment in which it belongs to
 * something, no piece is added and none goes.
 */
export async function up(db: Kysely<unknown>) {
  await sql`alter table attachment_content rename to attachment_content_before`.execute(db);
  await sql`
    create table attachment_content (
      attachment_id integer not null,
      piece integer not null check (piece >= 0),
      bytes blob not null check (length(bytes) between 1 and 1048576),
      primary key (attachment_id, piece)
    ) strict`.execute(db);
  await sql`
    insert into attachment_content
    select attachment_id, piece.value, substr(bytes, piece.value * 1048576 + 1, 1048576)
    from attachment_content_before join json_each('[0, 1, 2, 3, 4]') as piece on piece.value * 1048576 < length(bytes)
    order by attachment_id, piece.value`.execute(db);
  await sql`alter table file_under_way rename to file_under_way_before`.execute(db);
  await sql`create table file_under_way (attachment_id integer primary key autoincrement) strict`.execute(db);
  await sql`insert into file_under_way select attachment_id from file_under_way_before`.execute(db);
  await sql`delete from sqlite_sequence where name = 'file_under_way'`.execute(db);
  await sql`
    insert into sqlite_sequence (name, seq)
    select 'file_under_way', coalesce(max(seq), 0) from sqlite_sequence
    where name in ('attachment_content_before', 'attachment')`.execute(db);
  await sql`drop table file_under_way_before`.execute(db);
  await sql`drop table attachment_content_before`.execute(db);
  await sql`
    create trigger attachment_content_no_insert before insert on attachment_content
    when not exists (select 1 from file_under_way as brought where brought.attachment_id = new.attachment_id)
      or exists (select 1 from attachment where attachment.id = new.attachment_id)
    begin select raise(abort, 'attachments are unchangeable'); end`.execute(db);
  await sql`
    create trigger file_under_way_no_delete before delete on file_under_way
    when exists (select 1 from attachment_content as piece where piece.attachment_id = old.attachment_id)
      and not exists (select 1 from attachment where attachment.id = old.attachment_id)
    begin select raise(abort, 'these pieces would be of no file'); end`.execute(db);
  await sql`
    create trigger attachment_content_no_update before update on attachment_content
    begin select raise(abort, 'attachments are unchangeable'); end`.execute(db);
  await sql`
    create trigger attachment_content_no_delete before delete on attachment_content
    when not exists (select 1 from file_under_way as brought where brought.attachment_id = old.attachment_id)
      or exists (select 1 from attachment where attachment.id = old.attachment_id)
    begin select raise(abort, 'attachments are unchangeable'); end`.execute(db);
}
