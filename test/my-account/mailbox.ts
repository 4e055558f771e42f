import type { NewRow } from '../../src/data/schema.ts';
import type { Ipms } from '../helper.ts';
import { person } from '../sign-in/people.ts';

/** Sees to it that a person has a mailbox with these values. Returns the row. */
export async function giveMailbox(ipms: Ipms, login: string, values: Partial<NewRow<'mailbox'>> = {}) {
  const { db, clock } = ipms;
  const user = await person(ipms, login);
  const there = await db.selectFrom('mailbox').select('id').where('user_id', '=', user.id).executeTakeFirst();
  if (there === undefined) {
    const { id } = await db
      .insertInto('mailbox')
      .values({
        agency_id: user.agency_id ?? 0,
        user_id: user.id,
        category: 'civil_servant',
        display_name: user.full_name,
        full_name: user.full_name,
        primary_email: user.email,
        login_id: user.login_id,
        package: 'B',
        grade: '41',
        storage_mb: 1024,
        service_type: 'ordinary',
        created_at: clock.now.toISOString(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('address')
      .values({
        address: user.email,
        kind: 'mailbox',
        agency_id: user.agency_id,
        item_id: id,
        reserved_until: null,
      })
      .execute();
  }
  return db
    .updateTable('mailbox')
    .set({ storage_mb: 1024, ...values })
    .where('user_id', '=', user.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Makes a mailing list of an agency, with a mailbox as its member, its owner, or both. */
export async function giveGroup(
  { db, clock }: Ipms,
  mailboxId: number,
  name: string,
  as: { member?: boolean; owner?: boolean },
) {
  const now = clock.now.toISOString();
  const { id } = await db
    .insertInto('group')
    .values({
      agency_id: 1,
      display_name: name,
      primary_email: `${name.toLowerCase().replace(/\W+/g, '.')}@jabatan.test`,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (as.member)
    await db
      .insertInto('membership')
      .values({
        group_id: id,
        member_type: 'mailbox',
        member_id: mailboxId,
        member_name: name,
        member_address: '',
        since: now,
        added_by: 'IPMS',
      })
      .execute();
  if (as.owner) await db.insertInto('group_owner').values({ group_id: id, mailbox_id: mailboxId }).execute();
  return id;
}
