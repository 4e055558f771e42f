import { sql } from 'kysely';
import { agencyDomains } from '../addresses/addresses.ts';
import { NotFound } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import { fixedRead } from '../data/fixed-read.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import type { Row } from '../data/schema.ts';

export type Agency = Row<'agency'> & { mail_domains: string[] };

/** An agency with its mail domains. @throws NotFound */
export async function agencyById(db: Db | Trx, id: number): Promise<Agency> {
  const row = await db.selectFrom('agency').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return { ...row, mail_domains: await agencyDomains(db, id) };
}

/** Has a record been filed under the agency's code? */
export async function hasRecords(db: Db, agency: Pick<Agency, 'id'>) {
  const row = await db.selectFrom('record').select('id').where('agency_id', '=', agency.id).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** How many addresses are in a domain of the agency: in the registry, reserved ones too, or somebody's to sign in with. */
export async function domainUses(db: Db | Trx, agency: Pick<Agency, 'id'>, domain: string) {
  const ending = `%@${domain}`;
  const registered = db.selectFrom('address').select('address').where('address', 'like', ending);
  const signIns = db
    .selectFrom('user')
    .select('email as address')
    .where('agency_id', '=', agency.id)
    .where('email', 'like', ending);
  const { count } = await db
    .selectFrom(registered.union(signIns).as('used'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export type AgencySummary = {
  id: number;
  name: string;
  code: string;
  domains: string;
  administrators: number;
  code_requests: number;
  account_requests: number;
  oldest: string | null;
};

/** Every agency with its administrators who can sign in, and what waits for them since when. */
function summaries(db: Db | Trx) {
  const waiting = db.selectFrom('agency').select(({ selectFrom, fn }) => [
    'agency.id',
    'agency.name',
    'agency.code',
    'agency.ministry',
    selectFrom('mail_domain')
      .select(sql<string>`group_concat(domain, ', ')`.as('domains'))
      .whereRef('mail_domain.agency_id', '=', 'agency.id')
      .as('domains'),
    selectFrom('user')
      .select(fn.countAll<number>().as('count'))
      .whereRef('user.agency_id', '=', 'agency.id')
      .where('role', '=', 'admin')
      .where('status', '=', 'active')
      .where('password_hash', 'is not', null)
      .as('administrators'),
    selectFrom('access_code_request')
      .select(fn.countAll<number>().as('count'))
      .whereRef('access_code_request.agency_id', '=', 'agency.id')
      .where('status', '=', 'submitted')
      .as('code_requests'),
    selectFrom('account_request')
      .select(fn.countAll<number>().as('count'))
      .whereRef('account_request.agency_id', '=', 'agency.id')
      .where('status', '=', 'submitted')
      .as('account_requests'),
    // the pluses: of what waits the oldest, not of all the oldest that waits
    sql<string | null>`(select min(at) from (
      select min(+created_at) as at from access_code_request
        where agency_id = ${sql.ref('agency.id')} and status = 'submitted'
      union all select min(+submitted_at) from account_request
        where agency_id = ${sql.ref('agency.id')} and status = 'submitted'))`.as('oldest'),
  ]);
  return db.selectFrom(waiting.as('summary'));
}

/** An agency whose only administrator leaves has nobody who approves anything. */
export const FEWEST_SAFE = 2;

export async function listAgencies(db: Db, query: ListQuery): Promise<Found<AgencySummary>> {
  let found = summaries(db);
  const { administrators, waiting } = query.filters;
  if (administrators === 'none') found = found.where('administrators', '=', 0);
  if (administrators === 'risk') found = found.where('administrators', '<', FEWEST_SAFE);
  if (waiting === 'yes') found = found.where('oldest', 'is not', null);
  if (query.q !== '') found = found.where(anyContains(query.q, ['name', 'code', 'ministry', 'domains']));
  return onePage(db, found.selectAll().$castTo<AgencySummary>(), query, 'id', 'last');
}

/** The numbers on the helpdesk's first page. */
export async function overviewCounts(db: Db, now: Date) {
  const ofAgencies = await countsOfAgencies(db);
  const rest = await countsOfRest(db, now.toISOString());
  if (ofAgencies === undefined || rest === undefined) throw new Error('a count is always there');
  return { ...ofAgencies, ...rest };
}

const countsOfAgencies = fixedRead((db) =>
  summaries(db).select(({ fn }) => [
    fn.countAll<number>().as('agencies'),
    sql<number>`coalesce(sum(administrators < ${FEWEST_SAFE}), 0)`.as('alone'),
    sql<number>`coalesce(sum(code_requests), 0)`.as('code_requests'),
    sql<number>`coalesce(sum(account_requests), 0)`.as('account_requests'),
  ]),
);

const countsOfRest = fixedRead((db, now: string) =>
  db.selectNoFrom(({ selectFrom, fn }) => [
    selectFrom('user')
      .select(fn.countAll<number>().as('count'))
      .where(sql<boolean>`role <> 'user'`) // the index is of these few alone
      .where('role', '=', 'admin')
      .where('status', '!=', 'deleted')
      .where('agency_id', 'is not', null)
      .as('admins'),
    selectFrom('user')
      .select(fn.countAll<number>().as('count'))
      .where('agency_id', 'is', null)
      .where('role', '=', 'helpdesk')
      .where('status', '!=', 'deleted')
      .as('staff'),
    selectFrom('outbox').select(fn.countAll<number>().as('count')).where('state', '=', 'failed').as('failed_mails'),
    selectFrom('throttle')
      .select(sql<number>`count(distinct user_id)`.as('count'))
      .where('locked_until', '>', now)
      .as('locked'),
  ]),
);
