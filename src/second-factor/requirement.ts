import type { Actor } from '../platform/actor.ts';
import { type Item, record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db } from '../platform/database.ts';
import { storeSetting } from '../platform/system-settings.ts';
import { REQUIREMENT, type Requirement, readRequirement } from './standing.ts';

export const REQUIREMENT_ITEM: Item = { type: 'setting', id: 4, name: 'Pengesahan dua faktor', agencyId: null };

/**
 * Sets who must have a second factor. It holds at once: whoever must and has none is led to it on the next page.
 * @returns whether anything was different
 */
export async function updateRequirement(db: Db, actor: Actor, requirement: Requirement, now: Date) {
  return change(db, actor, now, async (trx) => {
    const present = await readRequirement(trx);
    if (present === requirement) return false;
    await storeSetting(trx, REQUIREMENT, requirement);
    const [before, after] = [{ second_factor_of: present }, { second_factor_of: requirement }];
    await record(trx, actor, { action: 'setting.second-factor-updated', item: REQUIREMENT_ITEM, before, after }, now);
    return true;
  });
}
