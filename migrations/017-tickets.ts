import { type Kysely, sql } from 'kysely';

const TEXTS = ['description', 'source', 'caller_name', 'caller_contact', 'resolution', 'refusal_reason'] as const;

/**
 * SOP 4.21 to 4.23: tickets of every kind, where they come from, what was done, and by when; `wish` names what may wait
 * only once, so that its index decides who asked first. Working hours are those of the agency's state.
 */
export async function up(db: Kysely<unknown>) {
  for (const name of TEXTS)
    await sql`alter table ticket add column ${sql.ref(name)} text not null default ${sql.lit(name === 'source' ? 'ipms' : '')}`.execute(
      db,
    );
  for (const name of ['due_at', 'resolved_at', 'ended_at', 'wish'])
    await sql`alter table ticket add column ${sql.ref(name)} text`.execute(db);
  await sql`
    update ticket set due_at = strftime('%Y-%m-%dT%H:%M:%fZ', due_on, '+16 hours') where due_on is not null`.execute(
    db,
  );
  await sql`create unique index ticket_wish on ticket (wish) where status in ('requested', 'open')`.execute(db);
  await sql`create index ticket_due on ticket (due_at) where status in ('requested', 'open')`.execute(db);
  await sql`create index ticket_assignee on ticket (assigned_to, status)`.execute(db);
  await sql`
    alter table agency add column state text not null default 'Wilayah Persekutuan Putrajaya'`.execute(db);
}
