import { type Kysely, sql } from 'kysely';

/**
 * SOP 4.7 step 1: any part of a name, address, login ID or identity number finds the mailbox, among a million.
 * `mailbox_search` holds what is searched, folded to one spelling, in the order of agency and (nearly) name; its key is
 * 16 bits of agency, 20 of the name's beginning (`coarse_place`) and 27 of the mailbox. `mailbox_fts` is its trigram index under the same
 * key: what it finds comes in that order. A line break ends each text, so that its last two characters begin a trigram, too.
 * Triggers keep both in step with `mailbox` and its aliases. Deleted mailboxes are left out.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table mailbox_search (
      docid integer primary key,
      agency_id integer not null check (agency_id < 65536),
      mailbox_id integer not null check (mailbox_id < 134217728),
      name text not null,
      email text not null,
      login text not null,
      identity text not null,
      status text not null,
      package text not null,
      service_type text not null,
      category text not null,
      created_at text not null
    ) strict`.execute(db);
  await sql`create index mailbox_search_name on mailbox_search (agency_id, name)`.execute(db);
  await sql`create index mailbox_search_email on mailbox_search (agency_id, email)`.execute(db);
  await sql`create index mailbox_search_created on mailbox_search (agency_id, created_at)`.execute(db);
  await sql`create index mailbox_search_kind on mailbox_search (agency_id, status, package, service_type, category)`.execute(
    db,
  );
  await sql`
    create virtual table mailbox_fts using fts5 (
      name, email, login, identity,
      content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
    )`.execute(db);
  await sql`create virtual table mailbox_fts_term using fts5vocab (mailbox_fts, 'row')`.execute(db);
  const docid = (row: string) =>
    `((${row}.agency_id << 47) | (coarse_place(folded(${row}.display_name)) << 27) | ${row}.id)`;
  await sql`
    create view mailbox_to_search as
    select ${sql.raw(docid('mailbox'))} as docid, agency_id, id as mailbox_id, folded(display_name) as name,
      folded(primary_email) || coalesce((
        select char(10) || group_concat(folded(address), char(10) order by address) from address
        where kind = 'alias' and item_id = mailbox.id
      ), '') as email,
      folded(login_id) as login,
      coalesce(ic_number, '') || case when passport is null then '' else char(10) || folded(passport) end as identity,
      status, package, service_type, category, created_at
    from mailbox where status != 'deleted'`.execute(db);

  const forget = (row: string) => `delete from mailbox_search where docid = ${docid(row)};`;
  const keep = (id: string) => `insert into mailbox_search select * from mailbox_to_search where mailbox_id = ${id};`;
  const refresh = (id: string) =>
    `delete from mailbox_search where docid = (select ${docid('mailbox')} from mailbox where id = ${id}); ${keep(id)}`;
  const triggers = [
    `mailbox_search_added after insert on mailbox begin ${keep('new.id')} end`,
    `mailbox_search_changed after update of
      agency_id, display_name, primary_email, login_id, ic_number, passport, status on mailbox
      when (old.agency_id, old.display_name, old.primary_email, old.login_id, old.ic_number, old.passport, old.status = 'deleted')
        is not (new.agency_id, new.display_name, new.primary_email, new.login_id, new.ic_number, new.passport, new.status = 'deleted')
      begin ${forget('old')} ${keep('new.id')} end`,
    `mailbox_search_turned after update of status, package, service_type, category on mailbox when new.status != 'deleted' begin
      update mailbox_search set status = new.status, package = new.package, service_type = new.service_type, category = new.category
      where docid = ${docid('new')}; end`,
    `mailbox_search_gone after delete on mailbox begin ${forget('old')} end`,
    `mailbox_search_alias_added after insert on address when new.kind = 'alias' begin ${refresh('new.item_id')} end`,
    `mailbox_search_alias_changed after update on address when 'alias' in (old.kind, new.kind)
      begin ${refresh('old.item_id')} ${refresh('new.item_id')} end`,
    `mailbox_search_alias_gone after delete on address when old.kind = 'alias' begin ${refresh('old.item_id')} end`,
    `mailbox_search_indexed after insert on mailbox_search begin
      insert into mailbox_fts (rowid, name, email, login, identity) values (
        new.docid, new.name || char(10), new.email || char(10), new.login || char(10), new.identity || char(10));
      end`,
    `mailbox_search_unindexed after delete on mailbox_search begin
      delete from mailbox_fts where rowid = old.docid; end`,
  ];
  for (const trigger of triggers) await sql`create trigger ${sql.raw(trigger)}`.execute(db);
  await sql`insert into mailbox_search select * from mailbox_to_search order by 1`.execute(db);
  await sql`insert into mailbox_fts (mailbox_fts) values ('optimize')`.execute(db);
}
