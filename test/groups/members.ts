import type { Ipms } from '../helper.ts';

/** The addresses of those who are in a list now. */
export async function membersOf({ db }: Ipms, groupId: number) {
  const rows = await db
    .selectFrom('membership')
    .select('member_address')
    .where('group_id', '=', groupId)
    .where('until', 'is', null)
    .orderBy('member_address')
    .execute();
  return rows.map((row) => row.member_address);
}

/** What was mailed since the list was made: `N13 to@…`, sorted. */
export async function mailed({ db }: Ipms) {
  const rows = await db
    .selectFrom('outbox')
    .select(['mail', 'to_address'])
    .orderBy('mail')
    .orderBy('to_address')
    .execute();
  return rows.map((row) => `${row.mail} ${row.to_address}`);
}
