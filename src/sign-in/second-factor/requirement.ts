import type { Act } from '../../data/act.ts';
import type { Db, Trx } from '../../data/database.ts';
import type { SignInRole } from '../../data/schema.ts';
import { storedSettings, storeSetting } from '../../data/system-settings.ts';
import { audit } from '../../trail/audit.ts';
import type { Item } from '../../trail/items.ts';

/** Who must have a second factor, as the helpdesk sets it; everybody else may. */
export const REQUIREMENTS = ['nobody', 'helpdesk', 'helpdesk_and_admins'] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** Its name among the system's settings. */
export const REQUIREMENT = 'secondFactor';

/** Who must have one now; nobody until the helpdesk has set it. */
export async function readRequirement(db: Db | Trx): Promise<Requirement> {
  const stored = (await storedSettings(db)).get(REQUIREMENT);
  return REQUIREMENTS.find((each) => each === stored) ?? 'nobody';
}

export function mustHaveSecondFactor(requirement: Requirement, role: SignInRole) {
  if (role === 'helpdesk') return requirement !== 'nobody';
  return role === 'admin' && requirement === 'helpdesk_and_admins';
}

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
