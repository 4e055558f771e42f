import type { Act } from '../../data/act.ts';
import { storeSetting } from '../../data/system-settings.ts';
import { audit } from '../../trail/audit.ts';
import type { Item } from '../../trail/items.ts';
import { REQUIREMENT, type Requirement, readRequirement } from './standing.ts';

export const REQUIREMENT_ITEM: Item = { type: 'setting', id: 4, name: 'Pengesahan dua faktor', agencyId: null };

/**
 * Sets who must have a second factor. It holds at once: whoever must and has none is led to it on the next page.
 * @returns whether anything was different
 */
export async function updateRequirement(act: Act, requirement: Requirement) {
  const present = await readRequirement(act.trx);
  if (present === requirement) return false;
  await storeSetting(act.trx, REQUIREMENT, requirement);
  const [before, after] = [{ second_factor_of: present }, { second_factor_of: requirement }];
  await audit(act, { action: 'setting.second-factor-updated', item: REQUIREMENT_ITEM, before, after });
  return true;
}
