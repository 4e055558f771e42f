import { type Actor, agencyOf } from '../base/actor.ts';
import { RuleBroken } from '../base/errors.ts';
import type { Db } from '../data/database.ts';
import { flag } from '../forms/fields.ts';
import { identityFrom } from '../identities/claim.ts';
import type { CodeDetails } from './access-code.ts';
import { doublesOf } from './queries.ts';

/** The answer to the offer: a new mailbox all the same. */
export const anew = flag({ label: 'access-code.anew' });

/**
 * SOP 4.12 before SOP 4.2: whose mailbox was deleted lately gets it back, unless the administrator wants a new one.
 * @throws RuleBroken beside the identity's field, with where it is restored
 */
export async function offerRestoring(db: Db, actor: Actor, person: CodeDetails, now: Date) {
  const doubles = await doublesOf(db, { ...person, agency_id: agencyOf(actor) }, {}, now);
  const deleted = doubles.find(({ kind }) => kind === 'restorable');
  // whoever is served meanwhile is refused with words of its own
  if (deleted === undefined || doubles.some(({ kind }) => kind !== 'restorable')) return;
  const place = `/admin/mailboxes/${deleted.id}/restore`;
  throw new RuleBroken('access-code.restoreFirst', { name: deleted.name, place }, identityFrom(person).kind);
}
