import { type Kysely, sql } from 'kysely';

/** Lower bounds, in MB, of the bands that used mailbox space is counted in. */
const BANDS = [10240, 5120, 2048, 1024, 500, 100];

/** What one mailbox counts as: its state, and, unless it is deleted, its package, sizes and services. */
function countedAs(row: string, from: string) {
  const band = `case ${BANDS.map((least) => `when ${row}.used_mb >= ${least} then ${least}`).join(' ')} else 0 end`;
  const live = `${from === '' ? 'where' : `${from} where`} ${row}.status <> 'deleted'`;
  const services = `from ${from === '' ? '' : `${from.replace('from ', '')}, `}json_each(${row}.services) as service`;
  return `
    select ${row}.agency_id as agency_id, 'status' as fact, ${row}.status as value ${from}
    union all select ${row}.agency_id, 'package', ${row}.package ${live}
    union all select ${row}.agency_id, 'storage', cast(${row}.storage_mb as text) ${live}
    union all select ${row}.agency_id, 'used', cast(${band} as text) ${live}
    union all select ${row}.agency_id, 'service', service.value ${services} where ${row}.status <> 'deleted'`;
}

const added = `
  insert into mailbox_tally (agency_id, fact, value, count)
  select agency_id, fact, value, 1 from (${countedAs('new', '')}) where true
  on conflict (agency_id, fact, value) do update set count = count + 1;`;
const removed = `
  update mailbox_tally set count = count - 1
  where (agency_id, fact, value) in (select agency_id, fact, value from (${countedAs('old', '')}));`;

const counted = (row: string) =>
  ['agency_id', 'status', 'package', 'storage_mb', 'used_mb', 'services'].map((name) => `${row}.${name}`).join(', ');

/**
 * The first page counts an agency's mailboxes without reading them: triggers keep the counts in step with `mailbox`.
 * Indexes for what came and went by day, and for long reports in their usual order. Which agencies get which figures by mail every month, and which month they got.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table mailbox_tally (
      agency_id integer not null,
      fact text not null,
      value text not null,
      count integer not null,
      primary key (agency_id, fact, value)
    ) strict, without rowid`.execute(db);
  await sql`
    create view mailbox_to_count as ${sql.raw(countedAs('mailbox', 'from mailbox'))}`.execute(db);
  const triggers = [
    `mailbox_tally_added after insert on mailbox begin ${added} end`,
    `mailbox_tally_changed after update of agency_id, status, package, storage_mb, used_mb, services on mailbox
      when (${counted('old')}) is not (${counted('new')}) begin ${removed} ${added} end`,
    `mailbox_tally_removed after delete on mailbox begin ${removed} end`,
  ];
  for (const trigger of triggers) await sql`create trigger ${sql.raw(trigger)}`.execute(db);
  await sql`
    insert into mailbox_tally select agency_id, fact, value, count(*) from mailbox_to_count group by 1, 2, 3`.execute(
    db,
  );

  await sql`create index mailbox_created on mailbox (agency_id, created_at)`.execute(db);
  await sql`create index mailbox_name on mailbox (agency_id, display_name)`.execute(db);
  await sql`create index user_signed_in on user (last_sign_in_at)`.execute(db);
  await sql`create index user_agency_signed_in on user (agency_id, last_sign_in_at)`.execute(db);
  await sql`create index account_request_submitted on account_request (agency_id, submitted_at)`.execute(db);
  await sql`create index access_code_request_created on access_code_request (agency_id, created_at)`.execute(db);
  await sql`
    create index termination_carried_out on termination (agency_id, carried_out_at)
    where carried_out_at is not null`.execute(db);

  await sql`
    create table monthly_report (
      agency_id integer primary key references agency (id),
      reports text not null check (json_valid(reports)),
      since text not null
    ) strict`.execute(db);
  await sql`
    create table monthly_report_sent (
      agency_id integer not null references agency (id),
      month text not null,
      at text not null,
      primary key (agency_id, month)
    ) strict, without rowid`.execute(db);
}
