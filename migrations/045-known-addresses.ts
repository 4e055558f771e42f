import { type Kysely, sql } from 'kysely';

/**
 * Who is no civil servant is known by an address, which was that of the request: a wrong one could not be corrected. A
 * correction now writes the right one beside the mailbox, and the request stays as it was sent.
 */
export async function up(db: Kysely<unknown>) {
  await sql`alter table correction add column former_email text`.execute(db);
  await sql`alter table correction add column email text check (email = lower(email))`.execute(db);
  await sql`alter table mailbox add column known_email text check (known_email = lower(known_email))`.execute(db);
  const { sql: claimChanged } = await triggerOf(db, 'mailbox_claim_changed');
  await sql`drop trigger mailbox_claim_changed`.execute(db);
  await sql`drop view mailbox_known_as`.execute(db);
  await sql`
    create view mailbox_known_as as
    select mailbox.id as holder_id, mailbox.agency_id, mailbox.display_name as name, mailbox.status, mailbox.deleted_at,
      case when mailbox.category = 'civil_servant' then iif(mailbox.ic_number is null, 'passport', 'ic_number')
        else iif(coalesce(known_email, request.email, contact_email) is null, 'passport', 'email') end as kind,
      case when mailbox.category = 'civil_servant' then coalesce(mailbox.ic_number, upper(passport))
        else coalesce(known_email, lower(request.email), lower(contact_email), upper(passport)) end as value
    from mailbox left join account_request as request on request.id = account_request_id`.execute(db);
  await sql.raw(claimChanged.replace('contact_email on mailbox', 'contact_email, known_email on mailbox')).execute(db);
}

async function triggerOf(db: Kysely<unknown>, name: string) {
  const { rows } = await sql<{
    sql: string;
  }>`select sql from sqlite_schema where type = 'trigger' and name = ${name}`.execute(db);
  const [trigger] = rows;
  if (trigger === undefined) throw new Error(`there is no trigger ${name}`);
  return trigger;
}
