import type { Kind } from './kind.ts';
import { accessCodes } from './kinds/access-codes.ts';
import { changes } from './kinds/changes.ts';
import { directRegistration } from './kinds/direct-registration.ts';
import { deletion, disabling, enabling } from './kinds/mailbox-life.ts';
import { membersAdded, membersRemoved } from './kinds/members.ts';

/** Every kind of bulk work, in the order in which they are offered. */
export const KINDS = {
  'access-codes': accessCodes,
  'direct-registration': directRegistration,
  changes,
  'members-added': membersAdded,
  'members-removed': membersRemoved,
  disabling,
  enabling,
  deletion,
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as KindName[];

/** @throws Error for a kind that this program does not know */
export function kindOf(name: string): Kind {
  const kind = KINDS[name as KindName];
  if (kind === undefined) throw new Error(`There is no kind of bulk work ${name}`);
  return kind;
}
