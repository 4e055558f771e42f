import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { DAY, later, startOfDay } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import { anyContains, eachWord, type Found, holding, type ListQuery, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';
import type { Group } from './queries.ts';

/** What is wrong with a list, worst first. */
export const PROBLEMS = ['no-owner', 'no-sender', 'empty', 'disabled', 'unchanged'] as const;
export type Problem = (typeof PROBLEMS)[number];

/** A list that nobody has changed for so long may be needed by nobody. */
const UNCHANGED_FOR = 365 * DAY;

export type ListedGroup = Group & { owners: string | null; members: number; problems: Problem[] };

/** Each problem of the row in hand. Members come first (`cross join`): of mailboxes that are not active there may be a hundred thousand. */
function flags(now: Date) {
  const long = later(now, -UNCHANGED_FOR).toISOString();
  return {
    'no-owner': sql<boolean>`not exists (select 1 from group_owner o join mailbox b on b.id = o.mailbox_id
      where o.group_id = "group".id and b.status = 'active')`,
    'no-sender': sql<boolean>`"group".accept_from = 'listed'
      and not exists (select 1 from group_sender s where s.group_id = "group".id)`,
    empty: sql<boolean>`not exists (select 1 from membership m where m.group_id = "group".id and m.until is null)`,
    disabled: sql<boolean>`exists (select 1 from membership m cross join mailbox b on b.id = m.member_id
      where m.group_id = "group".id and m.until is null and m.member_type = 'mailbox' and b.status <> 'active')`,
    unchanged: sql<boolean>`coalesce("group".changed_at, "group".created_at) < ${long}`,
  };
}

/** SOP 4.13 to 4.17 step 1: lists by any part of the display name, of any address, or both. */
export async function listGroups(db: Db, actor: Actor, query: ListQuery, now: Date): Promise<Found<ListedGroup>> {
  const { status = 'active', problem, agency } = query.filters;
  const wrong = flags(now);
  let found = withinReach(db.selectFrom('group'), actor, 'group.agency_id').where(
    'group.status',
    '=',
    status as Group['status'],
  );
  if (agency) found = found.where('group.agency_id', '=', Number(agency));
  if (problem === 'any') found = found.where(sql<boolean>`(${sql.join(Object.values(wrong), sql` or `)})`);
  else if (problem) found = found.where(wrong[problem as Problem]);
  if (query.q !== '') found = found.where(matches(query.q, query.by));
  const listed = found.selectAll('group').select([
    sql<
      string | null
    >`(select group_concat(b.display_name, ', ') from group_owner o join mailbox b on b.id = o.mailbox_id
        where o.group_id = "group".id)`.as('owners'),
    sql<number>`(select count(*) from membership m where m.group_id = "group".id and m.until is null)`.as('members'),
    sql<string>`json_array(${sql.join(PROBLEMS.map((name) => wrong[name]))})`.as('flags'),
  ]);
  const { rows, total } = await onePage(db, listed, { ...query, sort: `group.${query.sort}` }, 'group.id');
  return { rows: rows.map(withProblems), total };
}

function withProblems<R extends Group & { flags: string }>({ flags: found, ...row }: R) {
  const values = JSON.parse(found) as number[];
  const problems = row.status === 'active' ? PROBLEMS.filter((_name, at) => values[at] === 1) : [];
  return { ...row, problems };
}

function matches(q: string, by: string) {
  if (by === 'display_name') return anyContains(q, ['group.display_name']);
  const own = by === 'primary_email' ? ['group.primary_email'] : ['group.display_name', 'group.primary_email'];
  return eachWord(
    q,
    (word) => sql`(${sql.join(holding(word, own), sql` or `)} or exists (select 1 from address a
      where a.kind = 'group' and a.item_id = "group".id and ${sql.join(holding(word, ['a.address']))}))`,
  );
}

/** How many of the agency's lists have each problem, and how many there are. */
export async function countProblems(db: Db, actor: Actor, now: Date) {
  const wrong = flags(now);
  return withinReach(db.selectFrom('group'), actor, 'group.agency_id')
    .where('group.status', '=', 'active')
    .select([
      sql<number>`count(*)`.as('all'),
      ...PROBLEMS.map((name) => sql<number>`coalesce(sum(${wrong[name]}), 0)`.as(name)),
    ])
    .$castTo<Record<Problem | 'all', number>>()
    .executeTakeFirstOrThrow();
}

export type ListedMember = Row<'membership'> & { status: Row<'mailbox'>['status'] };

/** The members of a list, now or on the day in `on`: everybody who was in it at any time of that day, once. */
export async function listMembers(db: Db, group: Pick<Group, 'id'>, query: ListQuery): Promise<Found<ListedMember>> {
  const { on, type } = query.filters;
  let found = db.selectFrom('membership').where('membership.group_id', '=', group.id);
  found = on === undefined ? found.where('membership.until', 'is', null) : found.where(presentOn(group.id, on));
  if (type) found = found.where('membership.member_type', '=', type as 'mailbox');
  if (query.q !== '') found = found.where(anyContains(query.q, ['member_name', 'member_address']));
  const listed = found
    .leftJoin('mailbox', (join) =>
      join.onRef('mailbox.id', '=', 'membership.member_id').on('membership.member_type', '=', 'mailbox'),
    )
    .selectAll('membership')
    .select(sql<ListedMember['status']>`coalesce(mailbox.status, 'active')`.as('status'));
  return onePage(db, listed, { ...query, sort: `membership.${query.sort}` }, 'membership.id');
}

/** Of those who left and came back within the day, the last time counts. */
function presentOn(groupId: number, day: string) {
  const [from, to] = [startOfDay(day), later(startOfDay(day), DAY)].map((moment) => moment.toISOString());
  return sql<boolean>`membership.id in (select max(m.id) from membership m
    where m.group_id = ${groupId} and m.since < ${to} and (m.until is null or m.until > ${from})
    group by m.member_type, m.member_id)`;
}

/** The lists that a list is in. */
export async function listParents(db: Db, group: Pick<Group, 'id'>, query: ListQuery) {
  let found = db
    .selectFrom('membership')
    .innerJoin('group', 'group.id', 'membership.group_id')
    .where('membership.member_type', '=', 'group')
    .where('membership.member_id', '=', group.id)
    .where('membership.until', 'is', null);
  if (query.q !== '') found = found.where(anyContains(query.q, ['group.display_name', 'group.primary_email']));
  return onePage(
    db,
    found.select(['group.id', 'group.display_name', 'group.primary_email', 'membership.since', 'membership.added_by']),
    query,
    'group.id',
  );
}

export type Parent = Awaited<ReturnType<typeof listParents>>['rows'][number];

/** What was done to a list, by whom. */
export async function listHistory(db: Db, group: Pick<Group, 'id'>, query: ListQuery): Promise<Found<Row<'audit'>>> {
  let found = db.selectFrom('audit').where('item_type', '=', 'group').where('item_id', '=', group.id);
  if (query.q !== '') found = found.where(anyContains(query.q, ['actor_name', 'before', 'after']));
  return onePage(db, found.selectAll(), query);
}
