import type { Actor } from '../base/actor.ts';
import { seal, unseal } from '../base/secrets.ts';
import type { Request } from './app-types.ts';

/** Whom a form was shown to: somebody who had signed in, or an applicant. */
export type Owner = { user_id: number; access_code_id: null } | { user_id: null; access_code_id: number };

/** Who asks, as the owner of a form; null for a visitor, whose forms are nobody's. */
export function ownerOf({ userId, accessCodeId }: Actor): Owner | null {
  if (userId !== null) return { user_id: userId, access_code_id: null };
  return accessCodeId === null ? null : { user_id: null, access_code_id: accessCodeId };
}

/** Do both belong to the same person? */
export function isSameOwner(one: Owner | null, other: Owner | null) {
  return one?.user_id === other?.user_id && one?.access_code_id === other?.access_code_id;
}

/** Says in a page for whom it was made, so that nobody else can say so: a form of another site has no such mark. */
export function shownToMark({ actor, server }: Request) {
  const owner = ownerOf(actor);
  return owner === null ? '' : seal(server.secrets.unsavedForms, JSON.stringify({ shownTo: owner }));
}

/** The owner that a mark speaks of; null when it is not ours. */
export function readMark({ server }: Request, mark: string): Owner | null {
  const text = mark === '' ? null : unseal(server.secrets.unsavedForms, mark);
  return text === null ? null : ((JSON.parse(text) as { shownTo?: Owner }).shownTo ?? null);
}
