import { suggestAddresses } from '../account-requests/allocation.ts';
import { detailsOf } from '../account-requests/details.ts';
import type { Db } from '../platform/database.ts';
import { DAY, dayOf, later, MINUTE, startOfDay } from '../platform/time.ts';
import { agreeToRelease, refuseTransfer } from '../transfers/agreement.ts';
import { allocate } from '../transfers/allocation.ts';
import { askForOfficer, releaseOfficer } from '../transfers/begin.ts';
import { dueTransfers } from '../transfers/due.ts';
import type { Allocation } from '../transfers/given.ts';
import type { DemoAgency } from './agency.ts';

const NOWHERE = { owaUrl: null, helpdeskEmail: null };

/** Officers who move between the demo agencies: moved, asked for, offered, refused, and one whom nobody answers for. */
export async function seedTransfers(db: Db, agencies: DemoAgency[], now: Date) {
  const [first, second] = agencies;
  if (first === undefined || second === undefined) return;
  const [asked, offered, refused, moved] = await free(db, first.id);
  const note = 'Surat pertukaran JPA.BPO(S)110/4/2.';
  const ask = (email: string, daysAgo: number, inDays = 7) => {
    const at = later(now, -daysAgo * DAY);
    return askForOfficer(
      db,
      second.admin,
      { email, ic: null, effective_on: dayOf(later(now, inDays * DAY)), note },
      at,
    );
  };
  if (refused) {
    const id = await ask(refused.primary_email, 20);
    const reason = 'Tempoh bertugas di agensi ini belum tamat. Mohon semula selepas 1 Mac.';
    await refuseTransfer(db, first.admin, id, { reason }, later(now, -18 * DAY));
  }
  if (moved) {
    const id = await ask(moved.primary_email, 12, -2);
    const terms = { keep_address: true, new_owner: first.admin.email, leave_without: false };
    await agreeToRelease(db, first.admin, id, terms, later(now, -10 * DAY));
    await allocate(db, second.admin, id, await packageAt(db, second, moved.id), NOWHERE, later(now, -9 * DAY));
    await dueTransfers(db, later(startOfDay(dayOf(later(now, -2 * DAY))), MINUTE));
  }
  await ask(`tiada.rekod@${first.domain}`, 9);
  if (asked) await ask(asked.primary_email, 3);
  if (offered) {
    const terms = { keep_address: true, new_owner: first.admin.email, leave_without: false };
    const offer = { ...terms, agency_id: second.id, effective_on: dayOf(later(now, 14 * DAY)), note };
    await releaseOfficer(db, first.admin, offered.id, offer, later(now, -DAY));
  }
}

/** The same package at the other agency, in a division of that. */
async function packageAt(db: Db, { domain }: DemoAgency, mailboxId: number): Promise<Allocation> {
  const mailbox = await db.selectFrom('mailbox').selectAll().where('id', '=', mailboxId).executeTakeFirstOrThrow();
  const [address] = await suggestAddresses(db, mailbox.full_name, domain);
  return {
    ...detailsOf(mailbox),
    division: 'Bahagian Dasar',
    section: '',
    unit: '',
    ministry: 'Kementerian Contoh',
    department: 'Kementerian Contoh',
    primary_email: address ?? '',
    package: mailbox.package,
    grade: mailbox.grade,
    storage_mb: mailbox.storage_mb,
    services: JSON.parse(mailbox.services),
    service_type: mailbox.service_type,
    supervisor_email: `admin.kementerian@${domain}`,
  };
}

/** Officers for whom nothing else is planned. */
async function free(db: Db, agencyId: number) {
  return db
    .selectFrom('mailbox')
    .innerJoin('user', 'user.id', 'mailbox.user_id')
    .select(['mailbox.id', 'primary_email'])
    .where('mailbox.agency_id', '=', agencyId)
    .where('mailbox.status', '=', 'active')
    .where('user.role', '=', 'user')
    .where('user.password_hash', 'is not', null)
    .where('user.recovery_email', 'is not', null)
    .where('mailbox.account_request_id', 'is not', null)
    .where('mailbox.id', 'not in', (eb) =>
      eb.selectFrom('disabling').select('mailbox_id').where('status', 'in', ['planned', 'in-force']),
    )
    .where('mailbox.id', 'not in', (eb) =>
      eb.selectFrom('termination').select('mailbox_id').where('status', '=', 'requested'),
    )
    .orderBy('mailbox.id', 'desc')
    .limit(4)
    .execute();
}
