import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Package } from '../data/schema.ts';
import { readSystemSettings, type SystemSettings, writeSystemSettings } from '../data/system-settings.ts';
import { refuseStale } from '../forms/stale.ts';
import { PACKAGES } from '../officers/package.ts';
import { audit } from '../trail/audit.ts';
import type { Item } from '../trail/items.ts';

/** SOP 4.5: what a package may hold; null is no limit. */
export type PackageLimits = Record<Package, { largestStorageMb: number | null; services: string[] | null }>;

export const SYSTEM_ITEM: Item = { type: 'setting', id: 1, name: 'IPMS', agencyId: null };
export const PACKAGES_ITEM: Item = { type: 'setting', id: 2, name: 'A, B, C', agencyId: null };

/** The settings as the form and the audit trail name them. */
export function settingFacts(settings: SystemSettings) {
  return {
    access_code_days: settings.accessCodeDays,
    restore_days: settings.restoreDays,
    address_reservation_days: settings.addressReservationDays,
    idle_minutes: settings.idleMinutes,
    absolute_hours: settings.absoluteHours,
    owa_url: settings.owaUrl,
    helpdesk_email: settings.helpdeskEmail,
  };
}

/** A package's letter as fields and facts begin with it. */
export const lower = (each: Package) => each.toLowerCase() as Lowercase<Package>;

/** The table as the form and the audit trail name it. */
export function limitFacts(limits: PackageLimits) {
  return Object.fromEntries(
    PACKAGES.flatMap((each) => {
      const { largestStorageMb, services } = limits[each];
      return [
        [`${lower(each)}_largest_storage_mb`, largestStorageMb],
        [`${lower(each)}_services_limited`, services !== null],
        [`${lower(each)}_services`, services ?? []],
      ];
    }),
  ) as Record<string, number | null | boolean | string[]>;
}

/**
 * Sets lifetimes and addresses for the whole system. Lifetimes hold for what is made from now on, those of sessions at once.
 * @returns whether anything was different
 * @throws Conflict when somebody changed them after `shown`
 */
export async function updateSettings(act: Act, settings: SystemSettings, shown: number | null) {
  const before = settingFacts(await readSystemSettings(act.trx, act.settings));
  await refuseStale(act.trx, SYSTEM_ITEM, shown);
  const after = settingFacts(settings);
  if (JSON.stringify(before) === JSON.stringify(after)) return false;
  await writeSystemSettings(act.trx, settings);
  await audit(act, { action: 'setting.updated', item: SYSTEM_ITEM, before, after });
  return true;
}

/** The table as it stands. */
export async function readPackageLimits(db: Db | Trx): Promise<PackageLimits> {
  const rows = await db.selectFrom('package_limit').selectAll().execute();
  const limit = (name: Package) => {
    const row = rows.find((each) => each.package === name);
    return {
      largestStorageMb: row?.largest_storage_mb ?? null,
      services: row?.services_limited ? (JSON.parse(row.services) as string[]) : null,
    };
  };
  return { A: limit('A'), B: limit('B'), C: limit('C') };
}

/**
 * Sets the table. Accounts that have been approved stay as they are.
 * @returns whether anything was different
 * @throws Conflict when somebody changed it after `shown`
 */
export async function updatePackageLimits(act: Act, limits: PackageLimits, shown: number | null) {
  const before = limitFacts(await readPackageLimits(act.trx));
  await refuseStale(act.trx, PACKAGES_ITEM, shown);
  const after = limitFacts(limits);
  if (JSON.stringify(before) === JSON.stringify(after)) return false;
  for (const [name, { largestStorageMb, services }] of Object.entries(limits))
    await act.trx
      .updateTable('package_limit')
      .set({
        largest_storage_mb: largestStorageMb,
        services: JSON.stringify(services ?? []),
        services_limited: services === null ? 0 : 1,
      })
      .where('package', '=', name as Package)
      .execute();
  await audit(act, { action: 'setting.packages-updated', item: PACKAGES_ITEM, before, after });
  return true;
}
