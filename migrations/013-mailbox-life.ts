import { type Kysely, sql } from 'kysely';

/** SOP 4.9 to 4.12: what is planned for a mailbox, what is in force, and what it was before. */
export async function up(db: Kysely<unknown>) {
  await sql`alter table mailbox add column accept_from text not null default 'all' check (accept_from in ('all', 'listed'))`.execute(
    db,
  );
  await sql`alter table mailbox add column deleted_at text`.execute(db);
  await sql`
    create table accepted_sender (
      mailbox_id integer not null references mailbox (id),
      address text not null,
      primary key (mailbox_id, address)
    ) strict, without rowid`.execute(db);
  await sql`
    create table disabling (
      id integer primary key autoincrement,
      mailbox_id integer not null references mailbox (id),
      agency_id integer not null references agency (id),
      reason text not null,
      description text not null default '',
      disabled_from text not null,
      disabled_until text,
      restrict_senders integer not null default 1 check (restrict_senders in (0, 1)),
      enable_by_itself integer not null default 0 check (enable_by_itself in (0, 1)),
      status text not null default 'planned' check (status in ('planned', 'in-force', 'ended', 'cancelled')),
      previous_accept_from text,
      previous_senders text,
      ordered_by integer not null references user (id),
      ordered_at text not null,
      began_at text,
      ended_at text,
      reminded_at text
    ) strict`.execute(db);
  await sql`create unique index disabling_open on disabling (mailbox_id) where status in ('planned', 'in-force')`.execute(
    db,
  );
  await sql`create index disabling_agency on disabling (agency_id, status, disabled_from)`.execute(db);
  await sql`create index disabling_due on disabling (status, disabled_from)`.execute(db);
  await sql`
    create table termination (
      id integer primary key autoincrement,
      mailbox_id integer not null references mailbox (id),
      agency_id integer not null references agency (id),
      effective_on text not null,
      reason text not null,
      status text not null default 'requested' check (status in ('requested', 'withdrawn', 'carried-out', 'restored')),
      ticket_id integer,
      previous_status text,
      requested_by integer not null references user (id),
      requested_at text not null,
      carried_out_at text,
      ended_by text
    ) strict`.execute(db);
  await sql`create unique index termination_open on termination (mailbox_id) where status = 'requested'`.execute(db);
  await sql`create index termination_agency on termination (agency_id, status, effective_on)`.execute(db);
  await sql`create index termination_due on termination (status, effective_on)`.execute(db);
  await sql`
    create table ticket (
      id integer primary key autoincrement,
      agency_id integer not null references agency (id),
      kind text not null,
      subject text not null,
      item_type text,
      item_id integer,
      content text not null default '{}' check (json_valid(content)),
      status text not null default 'requested' check (status in ('requested', 'open', 'resolved', 'closed', 'refused', 'withdrawn')),
      due_on text,
      requested_by integer references user (id),
      assigned_to integer references user (id),
      created_at text not null,
      version integer not null default 1
    ) strict`.execute(db);
  await sql`create index ticket_agency on ticket (agency_id, status, id)`.execute(db);
  await sql`create index ticket_status on ticket (status, id)`.execute(db);
  await sql`create index ticket_item on ticket (item_type, item_id)`.execute(db);
}
