import { suggestAddresses } from '../account-requests/allocation.ts';
import { DAY, dayOf, later, MINUTE, startOfDay } from '../base/time.ts';
import { inAct, UNSET } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { detailsOf } from '../officers/details.ts';
import { agreeToRelease, refuseTransfer } from '../transfers/agreement.ts';
import { allocate } from '../transfers/allocate.ts';
import type { Allocation } from '../transfers/allocation.ts';
import { dueTransfers } from '../transfers/due.ts';
import { askForOfficer, releaseOfficer } from '../transfers/transfer-request.ts';
import type { DemoAgency } from './agency.ts';

/** Officers who move between the demo agencies: moved, asked for, offered, refused, and one whom nobody answers for. */
export async function seedTransfers(db: Db, agencies: DemoAgency[], now: Date) {
  const [first, second] = agencies;
  if (first === undefined || second === undefined) return;
  const [asked, offered, refused, moved] = await free(db, first.id);
  const note = 'Surat pertukaran JPA.BPO(S)110/4/2.';
  const ask = (email: string, daysAgo: number, inDays = 7) => {
    const at = later(now, -daysAgo * DAY);
    return inAct(db, { actor: second.admin, now: at, settings: UNSET }, (act) =>
      askForOfficer(act, { email, ic: null, effective_on: dayOf(later(now, inDays * DAY)), note }),
    );
  };
  if (refused) {
    const id = await ask(refused.primary_email, 20);
    const reason = 'Tempoh bertugas di agensi ini belum tamat. Mohon semula selepas 1 Mac.';
    await inAct(db, { actor: first.admin, now: later(now, -18 * DAY), settings: UNSET }, (act) =>
      refuseTransfer(act, id, { reason }),
    );
  }
  if (moved) {
    const id = await ask(moved.primary_email, 12, -2);
    const terms = { keep_address: true, new_owner: first.admin.email, leave_without: false };
    await inAct(db, { actor: first.admin, now: later(now, -10 * DAY), settings: UNSET }, (act) =>
      agreeToRelease(act, id, terms),
    );
    const given = await packageAt(db, second, moved.id);
    await inAct(db, { actor: second.admin, now: later(now, -9 * DAY), settings: UNSET }, (act) =>
      allocate(act, id, given),
    );
    await dueTransfers(db, later(startOfDay(dayOf(later(now, -2 * DAY))), MINUTE), UNSET);
  }
  await ask(`tiada.rekod@${first.domain}`, 9);
  if (asked) await ask(asked.primary_email, 3);
  if (offered) {
    const terms = { keep_address: true, new_owner: first.admin.email, leave_without: false };
    const offer = { ...terms, agency_id: second.id, effective_on: dayOf(later(now, 14 * DAY)), note };
    await inAct(db, { actor: first.admin, now: later(now, -DAY), settings: UNSET }, (act) =>
      releaseOfficer(act, offered.id, offer),
    );
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
