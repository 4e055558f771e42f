import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import { DAY, later, startOfDay } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';
import type { AuditAction } from '../texts.ts';
import { secondFactorOf } from './second-factor/queries.ts';

/** Whoever cannot sign in: asked for help, or shut out by wrong tries. */
export type Stuck = Pick<Row<'user'>, 'id' | 'full_name' | 'login_id' | 'role'> & {
  agency: string | null;
  requested_at: string | null;
  locked_until: string | null;
};

const asked = sql<number>`(select user_id from password_request where handled_at is null)`;
const shut = (now: Date) =>
  sql<number>`(select user_id from throttle where user_id is not null and locked_until > ${now.toISOString()})`;

const secured = sql<number>`(select user_id from authenticator union all select user_id from passkey)`;

/** Until when a person's sign-in is shut, at the longest, to whoever tries it from where wrong ones came; null when it is not. */
export function lockedUntil(userId: 'user.id', now: Date) {
  return sql<string | null>`(select max(locked_until) from throttle
    where throttle.user_id = ${sql.ref(userId)} and locked_until > ${now.toISOString()})`;
}

/** What is asked of a user's row about help. */
const standing = (now: Date) =>
  [
    sql<string | null>`(select name from agency where agency.id = user.agency_id)`.as('agency'),
    sql<string | null>`(select requested_at from password_request
    where user_id = user.id and handled_at is null)`.as('requested_at'),
    lockedUntil('user.id', now).as('locked_until'),
  ] as const;

/** Whoever may be helped. Few are stuck and many are in an agency: the plus keeps SQLite from beginning with all of the agency's people. */
function others(db: Db, actor: Actor) {
  return withinReach(db.selectFrom('user'), actor, sql`+agency_id`)
    .where('status', '=', 'active')
    .where('id', '!=', actor.userId ?? 0);
}

/** Whoever is stuck; a search finds whoever has a second factor, too. */
export async function listStuck(db: Db, actor: Actor, query: ListQuery, now: Date): Promise<Found<Stuck>> {
  let found = others(db, actor);
  const { kind } = query.filters;
  if (kind === 'asked') found = found.where('id', 'in', asked);
  else if (kind === 'locked') found = found.where('id', 'in', shut(now));
  else if (kind === 'second-factor') found = found.where('id', 'in', secured);
  else
    found = found.where((eb) =>
      // whoever lost the phone asks by telephone, and is looked for by name
      eb.or([asked, shut(now), ...(query.q === '' ? [] : [secured])].map((those) => eb('id', 'in', those))),
    );
  if (query.q !== '') found = found.where(anyContains(query.q, ['full_name', 'login_id', 'email']));
  return onePage(db, found.select(['id', 'full_name', 'login_id', 'role']).select(standing(now)), query, 'id', 'last');
}

/** How many have asked for help and wait, for the menu. */
export async function countAsked(db: Db, actor: Actor) {
  const { count } = await others(db, actor)
    .where('id', 'in', asked)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export type Helped = Row<'user'> &
  Pick<Stuck, 'agency' | 'requested_at' | 'locked_until'> & { has_second_factor: number };

/** @throws NotFound also for another agency's, and for one that may not sign in at all */
export async function findToHelp(db: Db | Trx, actor: Actor, id: number, now: Date): Promise<Helped> {
  const row = await withinReach(
    db.selectFrom('user').selectAll().select(standing(now)).select(secondFactorOf('user.id').as('has_second_factor')),
    actor,
  )
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

const HELP: AuditAction[] = [
  'user.forgot-password',
  'user.unlocked',
  'user.link-made',
  'user.password-changed',
  'user.code-tries-shut',
  'user.second-factor-set-up',
  'user.second-factor-replaced',
  'user.second-factor-turned-off',
  'user.second-factor-reset',
  'user.passkey-added',
  'user.passkey-removed',
  'user.passkey-copied',
];
const NEWEST = 20;

/** What was done lately about a person's sign-in, oldest first. */
export async function helpHistory(db: Db, person: Pick<Row<'user'>, 'id'>) {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('item_type', '=', 'user')
    .where('item_id', '=', person.id)
    .where('action', 'in', HELP)
    .orderBy('id', 'desc')
    .limit(NEWEST)
    .execute();
  return rows.toReversed();
}

/** The cost of the dearest password that anybody has. */
export async function dearestCost(db: Db) {
  const { dearest } = await db
    .selectFrom('user')
    .select(sql<string | null>`max(substr(password_hash, 5, 2))`.as('dearest'))
    .where('password_hash', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(dearest ?? 0);
}

export type RefusedTry = Pick<Row<'refused_try'>, 'id' | 'at' | 'what' | 'user_id' | 'address' | 'page' | 'shut'> & {
  full_name: string | null;
  login_id: string | null;
  status: Row<'user'>['status'] | null;
};

/** What was tried wrongly, shut and refused, for the helpdesk alone. */
export async function listRefusedTries(db: Db, query: ListQuery): Promise<Found<RefusedTry>> {
  const { what, shut, from, to } = query.filters;
  let found = db.selectFrom('refused_try').leftJoin('user', 'user.id', 'refused_try.user_id');
  if (what) found = found.where('what', '=', what as RefusedTry['what']);
  if (shut) found = found.where('shut', '=', shut as 'name' | 'network');
  if (from) found = found.where('at', '>=', startOfDay(from).toISOString());
  if (to) found = found.where('at', '<', later(startOfDay(to), DAY).toISOString());
  if (query.q !== '') found = found.where(anyContains(query.q, ['full_name', 'login_id', 'address']));
  const rows = found.select([
    'refused_try.id',
    'at',
    'what',
    'user_id',
    'address',
    'page',
    'shut',
    'full_name',
    'login_id',
    'status',
  ]);
  return onePage(db, rows, query, 'refused_try.id');
}

/** Has the person a mailbox of 1GovUC, which can be read only with its own password? */
export async function hasMailbox(db: Db | Trx, user: Pick<Row<'user'>, 'id'>) {
  const found = await db.selectFrom('mailbox').select('id').where('user_id', '=', user.id).executeTakeFirst();
  return found !== undefined;
}

/** The words that a person's agency is known by, in small letters: its code, those of its name, and the parts of its domains. */
export async function wordsOfAgency(db: Db, { agency_id }: Pick<Row<'user'>, 'agency_id'>): Promise<Set<string>> {
  if (agency_id === null) return new Set();
  const { code, name } = await db
    .selectFrom('agency')
    .select(['code', 'name'])
    .where('id', '=', agency_id)
    .executeTakeFirstOrThrow();
  const domains = await db.selectFrom('mail_domain').select('domain').where('agency_id', '=', agency_id).execute();
  const texts = [code, name, ...domains.map(({ domain }) => domain)];
  const words = texts.flatMap((text) => [text.replace(/[^\p{L}\p{N}]/gu, ''), ...text.split(/[^\p{L}\p{N}]+/u)]);
  return new Set(words.map((word) => word.toLowerCase()).filter((word) => word.length >= 3));
}
