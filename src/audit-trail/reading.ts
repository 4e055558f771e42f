import { type Actor, userOf } from '../base/actor.ts';
import { HOUR, later } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { ListQuery } from '../data/paging.ts';
import { audit } from '../trail/audit.ts';
import { agencyNameOf } from '../trail/sender-queries.ts';

/** So many of a person's newest acts are looked through for the last reading. */
const LOOKED_THROUGH = 200;

/**
 * Reading the trail is written into it: who, and since when. One row a person and an hour, not one a page: a trail that
 * is mostly about reading itself would hide what it is for. It is the one look of the house that leaves a trace; where
 * nothing can be written, the trail cannot be read either.
 */
export async function noteReading(act: Act) {
  if (await hasReadLately(act)) return;
  await audit(act, { action: 'audit-trail.read', item: await trailOf(act.trx, act.actor) });
}

/** A file leaves the house: each is written down, with what it was narrowed to. */
export async function noteExport(act: Act, { q, filters }: ListQuery) {
  const after = { ...(q === '' ? {} : { q }), ...filters };
  await audit(act, { action: 'audit-trail.exported', item: await trailOf(act.trx, act.actor), after });
}

async function hasReadLately({ trx, actor, now }: Act) {
  const recent = trx
    .selectFrom('audit')
    .select(['action', 'at'])
    .where('actor_user_id', '=', userOf(actor))
    .orderBy('id', 'desc')
    .limit(LOOKED_THROUGH)
    .as('recent');
  const row = await trx
    .selectFrom(recent)
    .select('at')
    .where('action', '=', 'audit-trail.read')
    .where('at', '>', later(now, -HOUR).toISOString())
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** An agency's part of the trail, or all of it. */
async function trailOf(trx: Trx, { agencyId }: Actor) {
  const name = agencyId === null ? 'IPMS' : await agencyNameOf(trx, { agency_id: agencyId });
  return { type: 'audit' as const, id: agencyId ?? 0, name, agencyId };
}
