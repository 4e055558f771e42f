import { randomUUID } from 'node:crypto';
import { SYSTEM } from '../base/actor.ts';
import { both } from '../base/language.ts';
import { HOUR, later } from '../base/time.ts';
import { type Act, inAct, UNSET } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { helpdeskRecipients } from '../tickets/recipients.ts';
import { audit } from '../trail/audit.ts';
import { userItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { keepOpenChanges, type OpenChange } from './open-changes.ts';

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
