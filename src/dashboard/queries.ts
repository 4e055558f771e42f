import { type RawBuilder, sql } from 'kysely';
import { type Actor, userOf } from '../base/actor.ts';
import { DAY, dayOf, later, MINUTE, startOfDay } from '../base/time.ts';
import { toDecide } from '../corrections/queries.ts';
import type { Db } from '../data/database.ts';
import { fixedRowsWithinReach, withinReach } from '../data/reach.ts';
import { transfersWaitingFor } from '../transfers/queries.ts';

/** How many mailboxes count as each value of each fact: `status`, `package`, `storage`, `used`, `service`. */
export async function tallyOf(db: Db, actor: Actor) {
  const rows = await tallies(db, actor);
  const counts = new Map(rows.map(({ fact, value, count }) => [`${fact} ${value}`, count]));
  return (fact: (typeof rows)[number]['fact'], value: string | number) => counts.get(`${fact} ${value}`) ?? 0;
}

const tallies = fixedRowsWithinReach((db, actor) =>
  withinReach(db.selectFrom('mailbox_tally'), actor)
    .select(({ fn }) => ['fact', 'value', fn.sum<number>('count').as('count')])
    .groupBy(['fact', 'value']),
);

/** How many mailboxes are asked to be deleted, by the state in which they are until then. */
export async function countEnding(db: Db, actor: Actor) {
  const [found] = await ending(db, actor);
  return found ?? { active: 0, disabled: 0 };
}

const ending = fixedRowsWithinReach((db, actor) =>
  withinReach(
    db.selectFrom('termination').innerJoin('mailbox', 'mailbox.id', 'termination.mailbox_id'),
    actor,
    'termination.agency_id',
  )
    .where('termination.status', '=', 'requested')
    .select([
      sql<number>`coalesce(sum(mailbox.status = 'active'), 0)`.as('active'),
      sql<number>`coalesce(sum(mailbox.status = 'disabled'), 0)`.as('disabled'),
    ]),
);

/** The first and the last day that figures of used space are of; a step in an index for each agency. */
export async function daysOfUse(db: Db, actor: Actor) {
  const [found] = await ends(db, actor);
  return found ?? { first: null, last: null };
}

const ends = fixedRowsWithinReach((db, actor) => {
  const one = (which: 'min' | 'max') => sql<
    string | null
  >`${sql.raw(which)}((select ${sql.raw(which)}(used_on) from mailbox
    where agency_id = agency.id and used_on is not null and status <> 'deleted'))`;
  return withinReach(db.selectFrom('agency'), actor, 'agency.id').select([
    one('min').as('first'),
    one('max').as('last'),
  ]);
});

/** Whoever was seen so lately counts as there. */
export const SEEN_WITHIN = 15 * MINUTE;

/** How many administrators of the agencies are there now. */
export async function countOnline(db: Db, actor: Actor, now: Date) {
  const [found] = await online(db, actor, later(now, -SEEN_WITHIN).toISOString(), now.toISOString());
  return found?.count ?? 0;
}

const online = fixedRowsWithinReach((db, actor, seenAfter: string, now: string) =>
  withinReach(
    db.selectFrom('agency').crossJoin('user'), // in this order: each agency has few administrators
    actor,
    'agency.id',
  )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .whereRef('user.agency_id', '=', 'agency.id')
    .where('user.role', '=', 'admin')
    .where('user.status', '=', 'active')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('session')
          .select('session.id')
          .whereRef('session.user_id', '=', 'user.id')
          .where('session.seen_at', '>', seenAfter)
          .where('session.expires_at', '>', now),
      ),
    ),
);

export const DAYS_SHOWN = 30;

/** The days in Kuala Lumpur that end with today, oldest first. */
export function lastDays(now: Date, days = DAYS_SHOWN) {
  return Array.from({ length: days }, (_, index) => dayOf(later(now, (index - days + 1) * DAY)));
}

const EVENTS = {
  codeRequests: ['access_code_request', 'created_at'],
  accountRequests: ['account_request', 'submitted_at'],
  created: ['mailbox', 'created_at'],
  deleted: ['termination', 'carried_out_at'],
} as const;

type Event = keyof typeof EVENTS;

/** How often each event happened on each of the days; each day is a few steps in an index, however much is there. */
export function countByDay(db: Db, actor: Actor, days: string[]): Promise<Record<Event, number>[]> {
  const starts = days.map((day) => {
    const start = startOfDay(day);
    return [start, later(start, DAY)];
  });
  return events(db, actor, JSON.stringify(starts));
}

const events = fixedRowsWithinReach((db, actor, starts: string) => {
  const agencies = withinReach(db.selectFrom('agency').select('agency.id'), actor, 'agency.id');
  const counted = (event: Event) => {
    const [table, column] = EVENTS[event];
    const [agency, at] = [sql.ref(`${table}.agency_id`), sql.ref(`${table}.${column}`)];
    return sql<number>`(select count(*) from ${agencies.as('a')} cross join ${sql.table(table)} on ${agency} = a.id
      and ${at} >= day.value ->> 0 and ${at} < day.value ->> 1)`.as(event);
  };
  return db
    .selectFrom(sql<{ key: number }>`json_each(${starts})`.as('day'))
    .select([counted('codeRequests'), counted('accountRequests'), counted('created'), counted('deleted')])
    .orderBy('day.key');
});

export type Queue = { count: number; oldest: string | null };

/** What waits for somebody to do something, and since when the oldest does. */
export async function queuesOf(db: Db, actor: Actor, now: Date) {
  const rows = await queues(db, actor, now.toISOString(), userOf(actor), actor.agencyId ?? 0);
  return Object.fromEntries(rows.map(({ name, ...queue }) => [name, queue])) as Record<QueueName, Queue>;
}

type QueueName =
  | 'codeRequests'
  | 'returned'
  | 'accounts'
  | 'groupRequests'
  | 'corrections'
  | 'transfers'
  | 'help'
  | 'tickets';

const queues = fixedRowsWithinReach((db, actor, now: string, userId: number, agencyId: number) => {
  const named = (name: QueueName, oldest: RawBuilder<unknown>) =>
    [
      sql.lit(name).$castTo<QueueName>().as('name'),
      sql<number>`count(*)`.as('count'),
      sql<string | null>`min(${oldest})`.as('oldest'),
    ] as const;
  const returnedAt = sql`(select max(at) from audit where item_type = 'access_code'
    and item_id = access_code.id and action = 'access-code.returned')`;
  return withinReach(db.selectFrom('access_code_request'), actor)
    .select(named('codeRequests', sql.ref('created_at')))
    .where('status', '=', 'submitted')
    .unionAll(
      withinReach(db.selectFrom('access_code'), actor)
        .select(named('returned', returnedAt))
        .where('status', '=', 'returned')
        .where('expires_at', '>', now),
    )
    .unionAll(
      withinReach(db.selectFrom('account_request'), actor)
        .select(named('accounts', sql.ref('submitted_at')))
        .where('status', '=', 'submitted'),
    )
    .unionAll(
      withinReach(db.selectFrom('list_change_request'), actor)
        .select(named('groupRequests', sql.ref('created_at')))
        .where('status', '=', 'requested'),
    )
    .unionAll(
      withinReach(db.selectFrom('correction'), actor, 'correction.agency_id')
        .innerJoin('mailbox', 'mailbox.id', 'correction.mailbox_id')
        .select(named('corrections', sql.ref('requested_at')))
        .where((eb) => toDecide(eb, { userId })),
    )
    .unionAll(transfersWaitingFor(db, { agencyId }).select(named('transfers', sql`coalesce(agreed_at, requested_at)`)))
    .unionAll(
      withinReach(
        db.selectFrom('password_request').crossJoin('user'), // in this order: few wait, and many are in an agency
        actor,
        sql`+user.agency_id`,
      )
        .select(named('help', sql.ref('requested_at')))
        .whereRef('user.id', '=', 'password_request.user_id')
        .where('handled_at', 'is', null)
        .where('user.status', '=', 'active')
        .where('user.id', '!=', userId),
    )
    .unionAll(
      withinReach(db.selectFrom('ticket'), actor)
        .select(named('tickets', sql.ref('resolved_at')))
        .where('status', '=', 'resolved'),
    );
});
