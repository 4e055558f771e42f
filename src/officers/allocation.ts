import { RuleBroken } from '../base/errors.ts';
import type { Trx } from '../data/database.ts';
import type { Category, Package, ServiceType } from '../data/schema.ts';
import { together } from '../forms/together.ts';

export type Allocation = {
  primary_email: string;
  login_id: string;
  package: Package | null;
  grade: string | null;
  storage_mb: number | null;
  services: string[];
  service_type: ServiceType | null;
};

/** A civil servant has a grade. @throws RuleBroken beside `grade` */
export function refuseWithoutGrade({ category }: { category: Category }, { grade }: Pick<Allocation, 'grade'>) {
  if (category === 'civil_servant' && grade === null) throw new RuleBroken('form.choose', {}, 'grade');
}

/** What a package may hold is the helpdesk's table; where it says nothing, nothing is enforced. @throws beside `storage_mb` and `services` */
export async function checkLimit(trx: Trx, input: Allocation) {
  const { package: chosen } = input;
  if (chosen === null) return;
  const limit = await trx.selectFrom('package_limit').selectAll().where('package', '=', chosen).executeTakeFirst();
  if (limit === undefined) return;
  const largest = limit.largest_storage_mb;
  const allowed = JSON.parse(limit.services) as string[];
  const refused = input.services.filter((service) => !allowed.includes(service));
  await together(
    () => {
      if (largest !== null && (input.storage_mb ?? 0) > largest)
        throw new RuleBroken('allocation.storageLimit', { package: chosen, largest }, 'storage_mb');
    },
    () => {
      if (limit.services_limited === 1 && refused.length > 0)
        throw new RuleBroken('allocation.serviceLimit', { package: chosen, services: refused.join(', ') }, 'services');
    },
  );
}
