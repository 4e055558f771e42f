import { claimAddress } from '../addresses/addresses.ts';
import { DAY, later } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import type { DemoAgency } from './agency.ts';

const GROUPS = [
  { local: 'semua.warga', name: 'Semua Warga' },
  { local: 'dl.kewangan', name: 'DL Bahagian Kewangan' },
  { local: 'dl.pengurusan', name: 'DL Pengurusan Tertinggi' },
  { local: 'dl.ict', name: 'DL Pasukan ICT' },
  { local: 'dl.dasar', name: 'DL Bahagian Dasar' },
  { local: 'dl.latihan', name: 'DL Urus Setia Latihan' },
];

/** Mailing lists of each agency, owned and joined by its people; the first holds everybody. */
export async function seedGroups(db: Db, agencies: DemoAgency[], now: Date) {
  await db.transaction().execute(async (trx) => {
    for (const agency of agencies) {
      const mailboxes = await trx
        .selectFrom('mailbox')
        .select(['id', 'display_name', 'primary_email'])
        .where('agency_id', '=', agency.id)
        .orderBy('id')
        .execute();
      for (const [index, { local, name }] of GROUPS.entries()) {
        const created_at = later(now, -(300 - index * 20) * DAY).toISOString();
        const primary_email = `${local}@${agency.domain}`;
        const id = await insertGroup(trx, agency.id, { display_name: name, primary_email, created_at });
        const members = mailboxes.filter((_mailbox, at) => index === 0 || at < 2 || (at * 7) % GROUPS.length === index);
        await trx
          .insertInto('membership')
          .values(
            members.map((mailbox) => ({
              group_id: id,
              member_type: 'mailbox' as const,
              member_id: mailbox.id,
              member_name: mailbox.display_name,
              member_address: mailbox.primary_email,
              since: created_at,
              added_by: agency.admin.name,
            })),
          )
          .execute();
        const owner = mailboxes[index % Math.min(4, mailboxes.length)];
        const owners = [owner, owner === mailboxes[1] ? mailboxes[0] : undefined].filter((each) => each !== undefined);
        for (const { id: mailbox_id } of owners)
          await trx.insertInto('group_owner').values({ group_id: id, mailbox_id }).execute();
      }
    }
  });
}

/** A list as it was before IPMS looked after it: nobody has made it. Returns its number. */
export async function insertGroup(
  trx: Trx,
  agencyId: number,
  group: { display_name: string; primary_email: string; created_at: string },
) {
  const { id } = await trx
    .insertInto('group')
    .values({ agency_id: agencyId, ...group })
    .returning('id')
    .executeTakeFirstOrThrow();
  await claimAddress(trx, { address: group.primary_email, kind: 'group', agencyId, itemId: id }, 'primary_email');
  return id;
}
