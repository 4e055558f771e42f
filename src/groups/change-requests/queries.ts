import type { Actor } from '../../base/actor.ts';
import { NotFound } from '../../base/errors.ts';
import type { Db, Trx } from '../../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../../data/paging.ts';
import type { Group } from '../queries.ts';

/** What owners have asked for, with the list, who asked, and who answered. */
function requests(db: Db | Trx) {
  return db
    .selectFrom('list_change_request as request')
    .innerJoin('group', 'group.id', 'request.group_id')
    .innerJoin('user as asker', 'asker.id', 'request.requested_by')
    .leftJoin('user as decider', 'decider.id', 'request.decided_by')
    .selectAll('request')
    .select([
      'group.display_name as list',
      'group.primary_email',
      'group.status as list_status',
      'asker.full_name as requester',
      'asker.email as requester_email',
      'decider.full_name as decider',
    ]);
}

export type ChangeRequest = Awaited<ReturnType<typeof findRequest>>;

/** @throws NotFound also for another agency's */
export async function findRequest(db: Db | Trx, actor: Actor, id: number) {
  const row = await requests(db)
    .where('request.id', '=', id)
    .where('request.agency_id', '=', actor.agencyId ?? 0)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

export async function listRequests(db: Db, actor: Actor, query: ListQuery): Promise<Found<ChangeRequest>> {
  let found = requests(db).where('request.agency_id', '=', actor.agencyId ?? 0);
  const { status } = query.filters;
  if (status) found = found.where('request.status', '=', status as 'requested');
  if (query.q !== '')
    found = found.where(
      anyContains(query.q, ['group.display_name', 'group.primary_email', 'asker.full_name', 'request.text']),
    );
  return onePage(db, found, query, 'request.id');
}

/** The latest of what has been asked for one list. */
export async function requestsFor(db: Db, group: Pick<Group, 'id'>, most: number) {
  return requests(db).where('request.group_id', '=', group.id).orderBy('request.id', 'desc').limit(most).execute();
}

/** How many requests of owners wait for the agency's administrators. */
export async function countOpenRequests(db: Db, actor: Actor) {
  const { count } = await db
    .selectFrom('list_change_request')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('agency_id', '=', actor.agencyId ?? 0)
    .where('status', '=', 'requested')
    .executeTakeFirstOrThrow();
  return count;
}
