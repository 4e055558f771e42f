import { RuleBroken } from '../base/errors.ts';
import type { Trx } from '../data/database.ts';
import type { Package, ServiceType } from '../data/schema.ts';

export type Allocation = {
  primary_email: string;
  login_id: string;
  package: Package | null;
  grade: string | null;
  storage_mb: number | null;
  services: string[];
  service_type: ServiceType | null;
};

/** What a package may hold is the helpdesk's table; where it says nothing, nothing is enforced. */
export async function checkLimit(trx: Trx, input: Allocation) {
  if (input.package === null) return;
  const limit = await trx
    .selectFrom('package_limit')
    .selectAll()
    .where('package', '=', input.package)
    .executeTakeFirst();
  if (limit === undefined) return;
  if (limit.largest_storage_mb !== null && (input.storage_mb ?? 0) > limit.largest_storage_mb)
    throw new RuleBroken(
      'allocation.storageLimit',
      { package: input.package, largest: limit.largest_storage_mb },
      'storage_mb',
    );
  const allowed = JSON.parse(limit.services) as string[];
  const refused = input.services.filter((service) => !allowed.includes(service));
  if (limit.services_limited === 1 && refused.length > 0)
    throw new RuleBroken(
      'allocation.serviceLimit',
      { package: input.package, services: refused.join(', ') },
      'services',
    );
}
