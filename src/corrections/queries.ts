import type { ExpressionBuilder } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Schema } from '../data/schema.ts';

/** Whose page of a correction it is. */
export type Area = 'admin' | 'helpdesk';
export type Correction = Awaited<ReturnType<typeof findCorrection>>;

function corrections(db: Db | Trx, actor: Actor) {
  return withinReach(db.selectFrom('correction'), actor, 'correction.agency_id')
    .innerJoin('mailbox', 'mailbox.id', 'correction.mailbox_id')
    .innerJoin('agency', 'agency.id', 'correction.agency_id')
    .innerJoin('user as asker', 'asker.id', 'correction.requested_by')
    .leftJoin('user as decider', 'decider.id', 'correction.decided_by')
    .selectAll('correction')
    .select([
      'mailbox.user_id',
      'mailbox.primary_email',
      'mailbox.status as mailbox_status',
      'agency.name as agency',
      'asker.full_name as requester',
      'asker.email as requester_email',
      'decider.full_name as decider',
    ]);
}

/** @throws NotFound also for another agency's */
export async function findCorrection(db: Db | Trx, actor: Actor, id: number) {
  const row = await corrections(db, actor).where('correction.id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

export async function listCorrections(db: Db, actor: Actor, query: ListQuery): Promise<Found<Correction>> {
  const { status, agency } = query.filters;
  let found = corrections(db, actor);
  if (status === 'mine') found = found.where((eb) => toDecide(eb, actor));
  else if (status) found = found.where('correction.status', '=', status as Correction['status']);
  if (agency) found = found.where('correction.agency_id', '=', Number(agency));
  if (query.q !== '')
    found = found.where(
      anyContains(
        query.q,
        [
          'person_name',
          'mailbox.primary_email',
          'asker.full_name',
          'reason',
          ...['ic_number', 'passport', 'login_id', 'email'].flatMap((name) => [`correction.${name}`, `former_${name}`]),
        ],
        ['correction.ic_number', 'former_ic_number'],
      ),
    );
  return onePage(db, found, query, 'correction.id');
}

/** Is it one that somebody can decide on: neither asked for by that person, nor about the same? */
export function toDecide(eb: ExpressionBuilder<Schema, 'correction' | 'mailbox'>, actor: Pick<Actor, 'userId'>) {
  const own = actor.userId ?? 0;
  return eb.and([
    eb('correction.status', '=', 'requested'),
    eb('requested_by', '!=', own),
    eb('mailbox.user_id', '!=', own),
  ]);
}

/** How many corrections wait that the actor can decide on. */
export async function countToDecide(db: Db, actor: Actor) {
  const open = db
    .selectFrom('correction')
    .innerJoin('mailbox', 'mailbox.id', 'correction.mailbox_id')
    .where((eb) => toDecide(eb, actor));
  const { count } = await withinReach(open, actor, 'correction.agency_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
