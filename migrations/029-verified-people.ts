import { type Kysely, sql } from 'kysely';

/**
 * SOP 4.1 step 2 is not walked round: each code says with whom its person was verified, also without a request; a file says
 * it once for everybody in it. Codes from before it was asked say nothing, unless they came from a request.
 */
export async function up(db: Kysely<unknown>) {
  for (const table of ['access_code', 'bulk_run']) {
    await sql`alter table ${sql.table(table)} add column verified_with text
      check (verified_with in ('human_resources', 'division'))`.execute(db);
    await sql`alter table ${sql.table(table)} add column verification_note text not null default ''`.execute(db);
  }
  await sql`
    update access_code set verified_with = request.verified_with,
      verification_note = coalesce(request.verification_note, '')
    from access_code_request as request where request.access_code_id = access_code.id`.execute(db);
  await besideSecond(db);
}

/**
 * When the first account of a person ends and the permitted second one stays, the person is still served: whoever comes next
 * needs a permission, too. Only what was there when the second one was permitted comes back without. What has none is given
 * the one that is in use, which the index refuses.
 */
async function besideSecond(db: Kysely<unknown>) {
  const wasThere = (other: string) => `(
    new.holder = 'mailbox' and exists (select 1 from mailbox where id = new.holder_id and created_at <= ${other}.granted_at)
    or new.holder = 'access_code' and exists (select 1 from access_code where id = new.holder_id and issued_at <= ${other}.granted_at))`;
  const used = `
    select permitted.id from identity_claim as other join second_account as permitted on permitted.id = other.second_account_id
    where other.kind = new.kind and other.value = new.value and not ${wasThere('permitted')}`;
  await sql
    .raw(`
      create trigger identity_claim_beside_second after insert on identity_claim
      when new.second_account_id is null and new.surplus = 0 and exists (${used})
      begin
        update identity_claim set second_account_id = coalesce(
          (select min(own.id) from second_account as own join identity_holder as living
              on living.holder = new.holder and living.holder_id = new.holder_id
            where own.kind = new.kind and own.value = new.value and own.agency_id = living.agency_id
              and own.withdrawn_at is null
              and not exists (select 1 from identity_claim where second_account_id = own.id)),
          (${used} limit 1))
        where holder = new.holder and holder_id = new.holder_id;
      end`)
    .execute(db);
}
