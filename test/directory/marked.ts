import { markOf } from '../../src/directory/objects.ts';
import { wantedOfAgency, wantedOfAll } from '../../src/directory/wanted.ts';
import { type Ipms, START } from '../helper.ts';

/** What is wanted of every agency and of all together, by the mark of each object; always as of one day, since days mark nothing. */
export async function snapshot({ db }: Ipms) {
  const agencies = await db.selectFrom('agency').selectAll().orderBy('id').execute();
  const options = { now: START, signInSuffix: null };
  const parts = [await wantedOfAll(db)];
  for (const agency of agencies) parts.push(await wantedOfAgency(db, agency, options));
  const objects = parts.flatMap((part) => part.objects);
  return new Map(objects.map((object) => [markOf(object.of), JSON.stringify(object)]));
}

/** The marks of what is due. */
export async function dueMarks({ db }: Ipms) {
  const rows = await db
    .selectFrom('directory_object')
    .select(['item_type', 'item_id'])
    .where('state', '=', 'due')
    .execute();
  return new Set(rows.map((row) => `ipms:${row.item_type}:${row.item_id}`));
}

/** From now on marks count. */
export async function settle({ db }: Ipms) {
  await db.updateTable('directory_object').set({ state: 'step' }).where('state', '<>', 'step').execute();
}
