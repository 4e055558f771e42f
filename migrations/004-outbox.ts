import { type Kysely, sql } from 'kysely';

/** Mails wait here from the transaction that caused them until a server has taken them. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table outbox (
      id integer primary key autoincrement,
      act text not null,
      mail text not null,
      agency_id integer,
      item_type text,
      item_id integer,
      to_name text not null,
      to_address text not null,
      message_id text not null unique,
      letter text not null check (json_valid(letter)),
      secret text,
      state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'withdrawn')),
      tries integer not null default 0,
      created_at text not null,
      give_up_at text not null,
      next_try_at text not null,
      sent_at text,
      last_error text
    ) strict`.execute(db);
  await sql`create index outbox_waiting on outbox (to_address, id) where state = 'waiting'`.execute(db);
  await sql`create index outbox_state on outbox (state, id)`.execute(db);
  await sql`create index outbox_item on outbox (item_type, item_id)`.execute(db);
}
