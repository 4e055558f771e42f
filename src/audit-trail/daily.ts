import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { SYSTEM } from '../base/actor.ts';
import { both } from '../base/language.ts';
import type { Letter } from '../base/letter.ts';
import { DAY, dayOf, later, showDate, startOfDay } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import type { AuditAction } from '../texts.ts';
import { helpdeskRecipients } from '../tickets/recipients.ts';
import { type Head, headOf } from '../trail/chain.ts';
import { isMailedToday } from '../trail/daily-mail.ts';
import { enqueue } from '../trail/outbox.ts';

const MAIL = 'audit';
const TRAIL = { type: 'audit' as const, id: 0, name: 'IPMS', agencyId: null };
const WINDOW = 20_000;
/** So many kinds of acts are named; the rest is a number. */
const MOST_NAMED = 15;

/**
 * Once a Kuala Lumpur day the helpdesk is mailed the trail's head: whoever can write to the database and the folder of the
 * key still cannot take back what is in other people's mail. After some days' standstill it goes out once, for today.
 * @returns how many mails were made
 */
export async function dueAuditMail(db: Db, now: Date, settings: Act['settings']): Promise<number> {
  if (await isMailedToday(db, MAIL, TRAIL, now)) return 0;
  const recipients = await helpdeskRecipients(db, settings);
  const [head, record] = [await headOf(db, 'audit'), await headOf(db, 'record')];
  if (head === undefined || recipients.length === 0) return 0;
  const counts = await actsOfYesterday(db, head.id, now);
  return db.transaction().execute(async (trx) => {
    if (await isMailedToday(trx, MAIL, TRAIL, now)) return 0;
    const mails = recipients.map((to) => ({
      mail: MAIL,
      to,
      item: TRAIL,
      letter: letterTo(to.name, { head, record }, counts, now),
    }));
    return (await enqueue({ trx, actor: SYSTEM, now, settings }, mails)).length;
  });
}

type Counts = Map<AuditAction, number>;

/** Goes back from the head until a whole stretch is older: there is no index by time, and other pages are answered between. */
async function actsOfYesterday(db: Db, newest: number, now: Date): Promise<Counts> {
  const until = startOfDay(dayOf(now));
  const from = later(until, -DAY).toISOString();
  const counts: Counts = new Map();
  for (let upTo = newest; upTo > 0; upTo -= WINDOW) {
    const rows = await db
      .selectFrom('audit')
      .select('action')
      .select(sql<number>`count(*) filter (where at < ${until.toISOString()})`.as('yesterday'))
      .where('id', '<=', upTo)
      .where('id', '>', upTo - WINDOW)
      .where('at', '>=', from)
      .groupBy('action')
      .execute();
    if (rows.length === 0) break;
    for (const { action, yesterday } of rows)
      if (yesterday > 0) counts.set(action, (counts.get(action) ?? 0) + yesterday);
    await turn();
  }
  return counts;
}

function letterTo(
  name: string,
  { head, record }: { head: Head; record: Head | undefined },
  counts: Counts,
  now: Date,
): Letter {
  const yesterday = later(startOfDay(dayOf(now)), -DAY);
  const date = { ms: showDate('ms', yesterday), en: showDate('en', yesterday) };
  const most = [...counts].sort((one, other) => other[1] - one[1]);
  const rest = most.slice(MOST_NAMED).reduce((sum, [, count]) => sum + count, 0);
  const all = most.reduce((sum, [, count]) => sum + count, 0);
  return {
    subject: both('audit-trail.mail.subject', { id: head.id }),
    greeting: name,
    paragraphs: [both('audit-trail.mail.text')],
    facts: [
      { label: both('audit-trail.mail.head'), value: String(head.id) },
      { label: both('audit-trail.mail.seal'), value: head.hash },
      ...(record === undefined
        ? []
        : [
            { label: both('audit-trail.mail.record'), value: String(record.id) },
            { label: both('audit-trail.mail.recordSeal'), value: record.hash },
          ]),
      { label: both('audit-trail.mail.acts', { date }), value: String(all) },
      ...most.slice(0, MOST_NAMED).map(([action, count]) => ({ label: both(`audit.${action}`), value: String(count) })),
      ...(rest > 0 ? [{ label: both('audit-trail.mail.rest'), value: String(rest) }] : []),
    ],
    link: { label: both('audit-trail.title'), path: '/helpdesk/audit' },
  };
}
