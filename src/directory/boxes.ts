import { randomUUID } from 'node:crypto';
import { SYSTEM } from '../base/actor.ts';
import { type Act, inAct } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { type Box, checkSeen, openBoxes } from '../tickets/checklist.ts';
import { findTicket, isUnfinished, UNFINISHED } from '../tickets/queries.ts';
import type { Agency } from './comparing.ts';
import { LYNC } from './mapping.ts';
import type { Real } from './objects.ts';
import { ofMailbox } from './queries.ts';

/** What is known of the directory: its objects by GUID, which attributes it lacks, and who said so. */
export type Seen = { objectOf(guid: string): Real | undefined; lacks(): string[]; controller(): string | null };

/**
 * SOP 4.11: on the tickets of accounts that have ended, the boxes tick themselves as far as the directory says that the service
 * has ended. What it cannot say, such as Lync without its attributes, is a person's to tick.
 */
export async function tickSeenBoxes(
  db: Db,
  agencies: Agency[],
  seen: Seen,
  at: { now: Date; settings: Act['settings'] },
) {
  if (agencies.length === 0) return;
  const open = await db
    .selectFrom('termination')
    .innerJoin('ticket', 'ticket.id', 'termination.ticket_id')
    .innerJoin('mailbox', 'mailbox.id', 'termination.mailbox_id')
    .innerJoin('directory_object as object', (join) => join.on(ofMailbox))
    .select(['ticket.id', 'ticket.content', 'object.guid'])
    .where('termination.status', '=', 'carried-out')
    .where('ticket.status', 'in', UNFINISHED)
    .where('mailbox.status', '=', 'deleted')
    .where('object.guid', 'is not', null)
    .where(
      'mailbox.agency_id',
      'in',
      agencies.map(({ id }) => id),
    )
    .execute();
  for (const { id, content, guid } of open) {
    const real = seen.objectOf(guid ?? '');
    if (real === undefined) continue;
    const left = openBoxes({ content });
    const ended = endedIn(real, seen.lacks()).filter((box) => left.includes(box));
    if (ended.length === 0) continue;
    const actor = { ...SYSTEM, act: randomUUID() };
    await inAct(db, { actor, ...at }, async (act) => {
      const ticket = await findTicket(act.trx, act.actor, id);
      if (isUnfinished(ticket)) await checkSeen(act, ticket, ended, nameOf(seen.controller()));
    });
  }
}

/** A controller is told by the name of its settings, which lie below its own. */
const nameOf = (controller: string | null) =>
  /^CN=NTDS Settings,CN=([^,]+)/i.exec(controller ?? '')?.[1] ?? controller ?? '';

/** Which services of an account the directory says to have ended. */
function endedIn({ attributes, isOpen }: Real, lacks: string[]): Box[] {
  const has = (name: string) => !lacks.includes(name);
  const addresses = [
    ...(attributes.mail ?? []),
    ...(attributes.proxyAddresses ?? []).filter((each) => /^smtp:/i.test(each)),
  ];
  return [
    ...(has('proxyAddresses') && addresses.length === 0 ? (['email'] as const) : []),
    ...(has(LYNC) && attributes[LYNC]?.[0] !== 'TRUE' ? (['lync'] as const) : []),
    ...(isOpen === false ? (['ad'] as const) : []),
  ];
}
