import { randomUUID } from 'node:crypto';
import { SYSTEM } from '../base/actor.ts';
import { both } from '../base/language.ts';
import { HOUR, later } from '../base/time.ts';
import { type Act, inAct, UNSET } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { type Box, checkSeen, openBoxes } from '../tickets/checklist.ts';
import { findTicket, isUnfinished, UNFINISHED } from '../tickets/queries.ts';
import { helpdeskRecipients } from '../tickets/recipients.ts';
import { audit } from '../trail/audit.ts';
import { userItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import type { Agency } from './comparing.ts';
import { LYNC } from './mapping.ts';
import type { Real } from './objects.ts';
import { keepOpenChanges, type OpenChange } from './open-changes.ts';
import { ofMailbox } from './queries.ts';

/** A waiting password, by whose it is and how it is sealed: a newer one that waits is another. */
type Waiting = { userId: number; sealed: string };

/** Passwords that waited too long for a directory that is away are erased, and their officers asked for them again. @returns how many */
export async function dueWaitingPasswords(db: Db, hours: number, now: Date) {
  const rows = await db
    .selectFrom('directory_password')
    .select(['user_id', 'sealed'])
    .where('made_at', '<=', later(now, -hours * HOUR).toISOString())
    .execute();
  for (const { user_id, sealed } of rows) await giveUp(db, { userId: user_id, sealed }, 'late', now);
  return rows.length;
}

/** A password that never reached the directory is erased, and the officer asked to set it again. */
export async function giveUp(db: Db, waiting: Waiting, why: 'late' | 'refused', now: Date) {
  const actor = { ...SYSTEM, act: randomUUID() };
  await inAct(db, { actor, now, settings: UNSET }, (act) => askAgain(act, waiting, why));
}

async function askAgain(act: Act, { userId, sealed }: Waiting, why: 'late' | 'refused') {
  const { numDeletedRows } = await act.trx
    .deleteFrom('directory_password')
    .where('user_id', '=', userId)
    .where('sealed', '=', sealed)
    .executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) return;
  const user = await act.trx.selectFrom('user').selectAll().where('id', '=', userId).executeTakeFirstOrThrow();
  await audit(act, { action: 'user.mailbox-not-reached', sop: '4.20', item: userItem(user), after: { why } });
  // the mailbox itself may be closed until the new one has arrived
  const address = user.recovery_email ?? user.email;
  await enqueue(act, [
    {
      mail: 'set-again',
      to: { name: user.full_name, address },
      item: userItem(user),
      letter: {
        subject: both('mail.setAgain.subject'),
        greeting: user.full_name,
        paragraphs: [both(`mail.setAgain.${why}`), both('mail.setAgain.what')],
        facts: [{ label: both('field.login_id'), value: user.login_id }],
        link: { label: both('mail.setAgain.link'), path: '/me/password' },
      },
    },
  ]);
}

/** Keeps what is still different, and tells the helpdesk once of what the brake has just begun to hold. */
export async function keepAndTell(
  db: Db,
  within: (number | null)[],
  open: OpenChange[],
  { now, controller, settings }: { now: Date; controller: string | null; settings: Act['settings'] },
) {
  const actor = { ...SYSTEM, act: randomUUID() };
  await inAct(db, { actor, now, settings }, async (act) => {
    const begun = await keepOpenChanges(act.trx, within, open, { now, controller });
    if (begun.size > 0) await tellHeld(act, begun, open);
  });
}

async function tellHeld(act: Act, begun: Set<number | null>, open: OpenChange[]) {
  const rows = await act.trx.selectFrom('agency').select(['id', 'name']).orderBy('id').execute();
  const names = new Map<number | null, string>([[null, 'IPMS'], ...rows.map(({ id, name }) => [id, name] as const)]);
  const counts = [...begun].map((id) => ({
    agency: names.get(id) ?? '',
    count: open.filter((change) => change.reason === 'held' && change.agency_id === id).length,
  }));
  const helpdesk = await helpdeskRecipients(act.trx, act.settings);
  await enqueue(
    act,
    helpdesk.map((to) => ({
      mail: 'directory-held',
      to,
      letter: {
        subject: both('mail.directoryHeld.subject'),
        greeting: to.name,
        paragraphs: [both('mail.directoryHeld.what'), both('mail.directoryHeld.rest')],
        facts: counts.map(({ agency, count }) => ({ label: both('field.agency'), value: `${agency}: ${count}` })),
        link: { label: both('directory.held.title'), path: '/helpdesk/directory/held' },
      },
    })),
  );
}

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
