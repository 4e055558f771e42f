import { type Kysely, sql } from 'kysely';

/** The one registry of addresses. Its key decides every race for an address. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table address (
      address text primary key check (address = lower(address)),
      kind text not null check (kind in ('postmaster', 'request', 'mailbox', 'alias', 'group', 'contact', 'reserved')),
      agency_id integer references agency (id),
      item_id integer not null,
      reserved_until text
    ) strict, without rowid`.execute(db);
  await sql`create index address_item on address (kind, item_id)`.execute(db);
}
