import { type Kysely, sql } from 'kysely';

/** Lower bounds, in MB, of the bands that used mailbox space is counted in. */
const BANDS = [10240, 5120, 2048, 1024, 500, 100];

/** What nobody has told yet is no band: it is not the same as nothing used. */
const band = (row: string) =>
  `case when ${row}.used_on is null then 'unknown' ${BANDS.map((least) => `when ${row}.used_mb >= ${least} then '${least}'`).join(' ')} else '0' end`;

/** What one mailbox counts as: its state, and, unless it is deleted, its package, sizes and services. */
function countedAs(row: string, from: string) {
  const live = `${from === '' ? 'where' : `${from} where`} ${row}.status <> 'deleted'`;
  const services = `from ${from === '' ? '' : `${from.replace('from ', '')}, `}json_each(${row}.services) as service`;
  return `
    select ${row}.agency_id as agency_id, 'status' as fact, ${row}.status as value ${from}
    union all select ${row}.agency_id, 'package', ${row}.package ${live}
    union all select ${row}.agency_id, 'storage', cast(${row}.storage_mb as text) ${live}
    union all select ${row}.agency_id, 'used', ${band(row)} ${live}
    union all select ${row}.agency_id, 'service', service.value ${services} where ${row}.status <> 'deleted'`;
}

const added = `
  insert into mailbox_tally (agency_id, fact, value, count)
  select agency_id, fact, value, 1 from (${countedAs('new', '')}) where true
  on conflict (agency_id, fact, value) do update set count = count + 1;`;
const removed = `
  update mailbox_tally set count = count - 1
  where (agency_id, fact, value) in (select agency_id, fact, value from (${countedAs('old', '')}));`;

/** Figures of use come by the thousand and seldom leave their band. */
const counted = (row: string) =>
  [...['agency_id', 'status', 'package', 'storage_mb', 'services'].map((name) => `${row}.${name}`), band(row)].join(
    ', ',
  );

/** When a mailbox was last used: by mail where the mail system tells, by sign-in where it does not. */
const lastUsed = (mailbox: string) =>
  `coalesce(strftime('%Y-%m-%dT%H:%M:%fZ', ${mailbox}.last_mail_on, '-8 hours'),
    (select last_sign_in_at from user where user.id = ${mailbox}.user_id))`;

/**
 * How much of its storage a mailbox uses is what a file of the mail system says, with its day; until the first, nothing is
 * known. `last_used_at` stands in the table, so that the report of who uses nothing is an index. A file's rows are kept
 * until they are carried out, those that were refused for longer.
 */
export async function up(db: Kysely<unknown>) {
  await sql`alter table mailbox add column used_on text check (used_on is null or used_on glob '????-??-??')`.execute(
    db,
  );
  await sql`alter table mailbox add column last_mail_on text check (last_mail_on is null or last_mail_on glob '????-??-??')`.execute(
    db,
  );
  await sql`alter table mailbox add column last_used_at text`.execute(db);
  await sql`update mailbox set last_used_at = ${sql.raw(lastUsed('mailbox'))}`.execute(db);

  for (const trigger of ['mailbox_tally_added', 'mailbox_tally_changed', 'mailbox_tally_removed'])
    await sql`drop trigger ${sql.raw(trigger)}`.execute(db);
  await sql`drop view mailbox_to_count`.execute(db);
  await sql`create view mailbox_to_count as ${sql.raw(countedAs('mailbox', 'from mailbox'))}`.execute(db);
  await sql`delete from mailbox_tally`.execute(db);
  await sql`
    insert into mailbox_tally select agency_id, fact, value, count(*) from mailbox_to_count group by 1, 2, 3`.execute(
    db,
  );
  const triggers = [
    `mailbox_tally_added after insert on mailbox begin ${added} end`,
    `mailbox_tally_changed after update of agency_id, status, package, storage_mb, used_mb, used_on, services on mailbox
      when (${counted('old')}) is not (${counted('new')}) begin ${removed} ${added} end`,
    `mailbox_tally_removed after delete on mailbox begin ${removed} end`,
    `mailbox_used_first after insert on mailbox begin
      update mailbox set last_used_at = ${lastUsed('new')} where id = new.id; end`,
    `mailbox_used_by_mail after update of last_mail_on on mailbox when new.last_mail_on is not old.last_mail_on begin
      update mailbox set last_used_at = ${lastUsed('new')} where id = new.id; end`,
    `mailbox_used_by_sign_in after update of last_sign_in_at on user
      when new.last_sign_in_at is not old.last_sign_in_at begin
      update mailbox set last_used_at = new.last_sign_in_at where user_id = new.id and last_mail_on is null; end`,
  ];
  for (const trigger of triggers) await sql`create trigger ${sql.raw(trigger)}`.execute(db);
  await sql`create index mailbox_last_used on mailbox (last_used_at) where status = 'active'`.execute(db);
  await sql`create index mailbox_agency_last_used on mailbox (agency_id, last_used_at) where status = 'active'`.execute(
    db,
  );
  await sql`
    create index mailbox_used_on on mailbox (agency_id, used_on)
    where used_on is not null and status <> 'deleted'`.execute(db);

  await sql`
    create table usage_file (
      id integer primary key autoincrement,
      state text not null
        check (state in ('reading', 'checked', 'confirmed', 'done', 'cancelled', 'stopped', 'discarded')),
      file_name text not null,
      file_hash text not null,
      total integer not null,
      refused integer not null default 0,
      done integer not null default 0,
      same integer not null default 0,
      created_by integer references user (id),
      created_by_name text not null,
      created_at text not null,
      confirmed_by integer references user (id),
      confirmed_by_name text,
      confirmed_at text,
      finished_at text,
      rows_kept integer not null default 1 check (rows_kept in (0, 1))
    ) strict`.execute(db);
  await sql`create index usage_file_created on usage_file (created_at)`.execute(db);
  await sql`create index usage_file_open on usage_file (state, id) where state in ('reading', 'checked', 'confirmed')`.execute(
    db,
  );
  await sql`create index usage_file_hash on usage_file (file_hash)`.execute(db);
  await sql`
    create table usage_row (
      id integer primary key autoincrement,
      file_id integer not null references usage_file (id) on delete cascade,
      line integer not null,
      address text not null,
      mailbox_id integer references mailbox (id) on delete cascade,
      used_mb integer,
      used_on text,
      last_mail_on text,
      state text not null check (state in ('waiting', 'refused')),
      said text not null default '[]' check (json_valid(said)),
      unique (file_id, line)
    ) strict`.execute(db);
  await sql`create index usage_row_state on usage_row (file_id, state, line)`.execute(db);
  await sql`create index usage_row_mailbox on usage_row (mailbox_id) where mailbox_id is not null`.execute(db);
}
