import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { DAY, dayOf, later, MINUTE, startOfDay } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import { withinReach } from '../data/reach.ts';

/** How many mailboxes count as each value of each fact: `status`, `package`, `storage`, `used`, `service`. */
export async function tallyOf(db: Db, actor: Actor) {
  const rows = await withinReach(db.selectFrom('mailbox_tally'), actor)
    .select(({ fn }) => ['fact', 'value', fn.sum<number>('count').as('count')])
    .groupBy(['fact', 'value'])
    .execute();
  const counts = new Map(rows.map(({ fact, value, count }) => [`${fact} ${value}`, count]));
  return (fact: (typeof rows)[number]['fact'], value: string | number) => counts.get(`${fact} ${value}`) ?? 0;
}

/** How many mailboxes are asked to be deleted, by the state in which they are until then. */
export async function countEnding(db: Db, actor: Actor) {
  return withinReach(
    db.selectFrom('termination').innerJoin('mailbox', 'mailbox.id', 'termination.mailbox_id'),
    actor,
    'termination.agency_id',
  )
    .where('termination.status', '=', 'requested')
    .select([
      sql<number>`coalesce(sum(mailbox.status = 'active'), 0)`.as('active'),
      sql<number>`coalesce(sum(mailbox.status = 'disabled'), 0)`.as('disabled'),
    ])
    .executeTakeFirstOrThrow();
}

/** The first and the last day that figures of used space are of; a step in an index for each agency. */
export async function daysOfUse(db: Db, actor: Actor) {
  const agencies = withinReach(db.selectFrom('agency').select('agency.id'), actor, 'agency.id');
  const one = (which: 'min' | 'max') => sql`(select ${sql.raw(which)}(used_on) from mailbox
    where agency_id = a.id and used_on is not null and status <> 'deleted')`;
  const { rows } = await sql<{ first: string | null; last: string | null }>`
    select min(${one('min')}) as first, max(${one('max')}) as last from (${agencies}) as a`.execute(db);
  return rows[0] ?? { first: null, last: null };
}

/** Whoever was seen so lately counts as there. */
export const SEEN_WITHIN = 15 * MINUTE;

/** How many administrators of the agencies are there now. */
export async function countOnline(db: Db, actor: Actor, now: Date) {
  const { count } = await withinReach(
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
          .where('session.seen_at', '>', later(now, -SEEN_WITHIN).toISOString())
          .where('session.expires_at', '>', now.toISOString()),
      ),
    )
    .executeTakeFirstOrThrow();
  return count;
}

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

export type Event = keyof typeof EVENTS;

/** How often something happened on each of the days; each day is a few steps in an index, however much is there. */
export async function countByDay(db: Db, actor: Actor, event: Event, days: string[]): Promise<number[]> {
  const [table, column] = EVENTS[event];
  const at = sql.ref(`${table}.${column}`);
  const starts = days.map((day) =>
    [startOfDay(day), later(startOfDay(day), DAY)].map((moment) => moment.toISOString()),
  );
  const agencies = withinReach(db.selectFrom('agency').select('agency.id'), actor, 'agency.id');
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from (${agencies}) as a cross join ${sql.table(table)} on ${sql.ref(`${table}.agency_id`)} = a.id
      and ${at} >= day.value ->> 0 and ${at} < day.value ->> 1) as count
    from json_each(${JSON.stringify(starts)}) as day order by day.key`.execute(db);
  return rows.map((row) => row.count);
}

export type Queue = { count: number; oldest: string | null };

/** What waits for somebody to do something, and since when the oldest does. */
export async function queuesOf(db: Db, actor: Actor, now: Date) {
  const count = sql<number>`count(*)`.as('count');
  const oldest = (column: string) => sql<string | null>`min(${sql.ref(column)})`.as('oldest');
  const returnedAt = sql<string | null>`min((select max(at) from audit where item_type = 'access_code'
    and item_id = access_code.id and action = 'access-code.returned'))`.as('oldest');
  return {
    codeRequests: await withinReach(db.selectFrom('access_code_request'), actor)
      .select([count, oldest('created_at')])
      .where('status', '=', 'submitted')
      .executeTakeFirstOrThrow(),
    returned: await withinReach(db.selectFrom('access_code'), actor)
      .select([count, returnedAt])
      .where('status', '=', 'returned')
      .where('expires_at', '>', now.toISOString())
      .executeTakeFirstOrThrow(),
    accounts: await withinReach(db.selectFrom('account_request'), actor)
      .select([count, oldest('submitted_at')])
      .where('status', '=', 'submitted')
      .executeTakeFirstOrThrow(),
    groupRequests: await withinReach(db.selectFrom('list_change_request'), actor)
      .select([count, oldest('created_at')])
      .where('status', '=', 'requested')
      .executeTakeFirstOrThrow(),
    help: await withinReach(
      db.selectFrom('password_request').crossJoin('user'), // in this order: few wait, and many are in an agency
      actor,
      sql`+user.agency_id`,
    )
      .select([count, oldest('requested_at')])
      .whereRef('user.id', '=', 'password_request.user_id')
      .where('handled_at', 'is', null)
      .where('user.status', '=', 'active')
      .where('user.id', '!=', actor.userId ?? 0)
      .executeTakeFirstOrThrow(),
    tickets: await withinReach(db.selectFrom('ticket'), actor)
      .select([count, oldest('resolved_at')])
      .where('status', '=', 'resolved')
      .executeTakeFirstOrThrow(),
  };
}
