import { Conflict, RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { refuseStale } from '../forms/stale.ts';
import { setAcceptFrom } from '../mailboxes/mailbox.ts';
import { acceptedSenders, findMailbox, type Mailbox, sendersOfAgency } from '../mailboxes/queries.ts';
import { audit } from '../trail/audit.ts';
import { mailboxItem } from '../trail/items.ts';
import { fileRecord } from '../trail/records.ts';

export type AcceptFrom = { accept_from: Mailbox['accept_from']; senders: string[] };

const NAMED = 10;

/**
 * SOP 4.9 steps 7 and 8, SOP 4.10 step 4: Accept Message From.
 * @param shown the newest change that the form knew, or null when it did not say
 * @returns whether anything was different
 * @throws RuleBroken beside `senders`, Conflict when it was deleted or somebody changed it meanwhile
 */
export async function changeAcceptFrom(act: Act, id: number, input: AcceptFrom, shown: number | null) {
  const mailbox = await findMailbox(act.trx, act.actor, id);
  if (mailbox.status === 'deleted') throw new Conflict('mailbox.isDeleted');
  const before = { accept_from: mailbox.accept_from, senders: await acceptedSenders(act.trx, mailbox) };
  await refuseStale(act.trx, mailboxItem(mailbox), shown, Object.keys(before));
  const senders =
    input.accept_from === 'listed' ? await checkSenders(act.trx, mailbox, input.senders, before.senders) : [];
  const after = { accept_from: input.accept_from, senders };
  if (JSON.stringify(before) === JSON.stringify(after)) return false;
  await setAcceptFrom(act.trx, mailbox, after.accept_from, senders);
  await keep(act, mailbox, before, after);
  return true;
}

/** Any address of the agency; those that are listed already may stay. */
async function checkSenders(trx: Trx, mailbox: Mailbox, typed: string[], before: string[]) {
  if (typed.length === 0) throw new RuleBroken('mailbox.flows.senderNeeded', {}, 'senders');
  const wanted = typed.filter((address) => !before.includes(address));
  const known = new Set(await sendersOfAgency(trx, mailbox, wanted));
  const unknown = wanted.filter((address) => !known.has(address));
  if (unknown.length > 0)
    throw new RuleBroken('mailbox.flows.unknown', { addresses: unknown.slice(0, NAMED).join(', ') }, 'senders');
  return [...new Set(typed)].sort();
}

async function keep(act: Act, mailbox: Mailbox, before: AcceptFrom, after: AcceptFrom) {
  const item = mailboxItem(mailbox);
  const [sop, action] =
    after.accept_from === 'listed'
      ? (['4.9', 'mailbox.senders-restricted'] as const)
      : (['4.10', 'mailbox.senders-restored'] as const);
  await audit(act, { action, sop, item, before, after });
  const content = { primary_email: mailbox.primary_email, ...after, before, changed_by: act.actor.name };
  await fileRecord(act, { agencyId: mailbox.agency_id, sop, title: 'record.mail-flows', item, content });
}
