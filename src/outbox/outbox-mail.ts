import { Conflict } from '../base/errors.ts';
import type { Letter } from '../base/letter.ts';
import type { Act } from '../data/act.ts';
import { audit } from '../trail/audit.ts';
import { notClaimed } from '../trail/outbox-worker.ts';
import { countFailed, failedMails, findMail, type OutboxMail } from './queries.ts';

/** How many failed mails one press of the button takes up again, so that no transaction becomes long. */
const MOST_AGAIN = 500;

/**
 * A mail that failed or waits is due now, and is tried for the whole time once more.
 * @returns its address
 * @throws Conflict when it was delivered, or is on its way at this moment
 */
export async function sendAgain(act: Act, id: number) {
  const mail = await findMail(act.trx, act.actor, id);
  if (!(await makeDue(act, mail))) throw new Conflict(whyNot(mail));
  return mail.to_address;
}

/**
 * The same for all that failed, the oldest first, as many as one transaction should hold.
 * @returns how many are tried again, and how many are still failed
 */
export async function sendFailedAgain(act: Act) {
  let again = 0;
  for (const mail of await failedMails(act.trx, act.actor, MOST_AGAIN)) if (await makeDue(act, mail)) again += 1;
  return { again, left: await countFailed(act.trx) };
}

async function makeDue(act: Act, mail: OutboxMail) {
  const due = { tries: 0, next_try_at: act.now.toISOString() };
  const { numUpdatedRows } = await act.trx
    .updateTable('outbox')
    .set({ ...due, state: 'waiting' })
    .where('id', '=', mail.id)
    .where('state', 'in', ['waiting', 'failed'])
    .where(notClaimed(act.now))
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return false;
  const item = {
    type: 'outbox' as const,
    id: mail.id,
    name: `${mail.mail}, ${mail.to_address}`,
    agencyId: mail.agency_id,
  };
  const before = { status: mail.state, tries: mail.tries, next_try_at: mail.next_try_at };
  await audit(act, { action: 'outbox.send-again', item, before, after: { status: 'waiting', ...due } });
  return true;
}

function whyNot(mail: OutboxMail) {
  if (mail.state === 'withdrawn') return 'outbox.isWithdrawn';
  if (mail.state !== 'sent') return 'outbox.isOnItsWay';
  return (JSON.parse(mail.letter) as Letter).secret ? 'outbox.isErased' : 'outbox.isSent';
}
