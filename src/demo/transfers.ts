import type { Db } from '../platform/database.ts';
import { DAY, dayOf, later } from '../platform/time.ts';
import { refuseTransfer } from '../transfers/agreement.ts';
import { askForOfficer, releaseOfficer } from '../transfers/begin.ts';
import type { DemoAgency } from './agency.ts';

/** Officers who are to move between the demo agencies: asked for, offered, refused, and one whom nobody answers for. */
export async function seedTransfers(db: Db, agencies: DemoAgency[], now: Date) {
  const [first, second] = agencies;
  if (first === undefined || second === undefined) return;
  const [asked, offered, refused] = await free(db, first.id);
  const note = 'Surat pertukaran JPA.BPO(S)110/4/2.';
  const ask = (email: string, daysAgo: number) => {
    const at = later(now, -daysAgo * DAY);
    return askForOfficer(db, second.admin, { email, ic: null, effective_on: dayOf(later(now, 7 * DAY)), note }, at);
  };
  if (refused) {
    const id = await ask(refused.primary_email, 20);
    const reason = 'Tempoh bertugas di agensi ini belum tamat. Mohon semula selepas 1 Mac.';
    await refuseTransfer(db, first.admin, id, { reason }, later(now, -18 * DAY));
  }
  await ask(`tiada.rekod@${first.domain}`, 9);
  if (asked) await ask(asked.primary_email, 3);
  if (offered) {
    const terms = { keep_address: true, new_owner: first.admin.email, leave_without: false };
    const offer = { ...terms, agency_id: second.id, effective_on: dayOf(later(now, 14 * DAY)), note };
    await releaseOfficer(db, first.admin, offered.id, offer, later(now, -DAY));
  }
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
    .limit(3)
    .execute();
}
