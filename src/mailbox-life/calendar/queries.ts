import { sql } from 'kysely';
import type { Actor } from '../../base/actor.ts';
import { NotFound } from '../../base/errors.ts';
import type { Db } from '../../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../../data/paging.ts';
import { withinReach } from '../../data/reach.ts';

export const KINDS = ['disablings', 'until-dates', 'deletions', 'access-codes'] as const;
export type Kind = (typeof KINDS)[number];

/** Something that is going to happen by itself on a day, or asks for somebody on that day. */
export type Planned = {
  kind: Kind;
  id: number;
  /** YYYY-MM-DD in Kuala Lumpur. */
  day: string;
  /** The mailbox, or the access code. */
  item_id: number;
  name: string;
  address: string;
  /** Why: a reason's name for disablings, a text for deletions. */
  reason: string;
};

/** Everything that is planned within the actor's reach, whatever it is. */
function planned(db: Db, actor: Actor, now: Date) {
  const disabling = (kind: Kind, day: 'disabled_from' | 'disabled_until') =>
    withinReach(
      db.selectFrom('disabling').innerJoin('mailbox', 'mailbox.id', 'disabling.mailbox_id'),
      actor,
      'disabling.agency_id',
    )
      .select([
        sql<Kind>`${sql.lit(kind)}`.as('kind'),
        'disabling.id',
        sql<string>`${sql.ref(`disabling.${day}`)}`.as('day'),
        'mailbox.id as item_id',
        'mailbox.display_name as name',
        'mailbox.primary_email as address',
        'disabling.reason',
      ])
      .where('mailbox.status', '!=', 'deleted');
  const begins = disabling('disablings', 'disabled_from').where('disabling.status', '=', 'planned');
  const ends = disabling('until-dates', 'disabled_until')
    .where('disabling.status', 'in', ['planned', 'in-force'])
    .where('disabling.disabled_until', 'is not', null);
  const deletions = withinReach(
    db.selectFrom('termination').innerJoin('mailbox', 'mailbox.id', 'termination.mailbox_id'),
    actor,
    'termination.agency_id',
  )
    .select([
      sql<Kind>`'deletions'`.as('kind'),
      'termination.id',
      'termination.effective_on as day',
      'mailbox.id as item_id',
      'mailbox.display_name as name',
      'mailbox.primary_email as address',
      'termination.reason',
    ])
    .where('termination.status', '=', 'requested');
  const codes = withinReach(db.selectFrom('access_code'), actor)
    .select([
      sql<Kind>`'access-codes'`.as('kind'),
      'id',
      sql<string>`date(expires_at, '+8 hours')`.as('day'),
      'id as item_id',
      'full_name as name',
      'notify_email as address',
      sql<string>`''`.as('reason'),
    ])
    .where('status', 'in', ['issued', 'returned', 'confirmed'])
    .where('expires_at', '>', now.toISOString());
  const each = db.selectFrom(begins.unionAll(ends).unionAll(deletions).unionAll(codes).as('each'));
  return db.selectFrom(each.selectAll().select(sql<string>`kind || '-' || id`.as('key')).as('planned'));
}

export async function listPlanned(db: Db, actor: Actor, query: ListQuery, now: Date): Promise<Found<Planned>> {
  let found = planned(db, actor, now);
  const { kind, from, to } = query.filters;
  if (kind) found = found.where('kind', '=', kind as Kind);
  if (from) found = found.where('day', '>=', from);
  if (to) found = found.where('day', '<=', to);
  if (query.q !== '') found = found.where(anyContains(query.q, ['name', 'address']));
  return onePage(db, found.selectAll(), query, 'key');
}

/** One planned thing. @throws NotFound also for another agency's, and for one that is over */
export async function findPlanned(db: Db, actor: Actor, kind: Kind, id: number, now: Date): Promise<Planned> {
  const row = await planned(db, actor, now)
    .selectAll()
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}
