import type { TextKey } from '../texts.ts';
import type { Actor } from './actor.ts';
import type { Item } from './audit.ts';
import type { Trx } from './database.ts';
import { dayOf } from './time.ts';

/**
 * SOP 6.0. Files the record of a case that has ended, in the transaction that ends it.
 * @param content the form as it was submitted and decided: plain facts by field name
 * @returns its number, `JC/IPMS/2026/000123`
 */
export async function fileRecord(
  trx: Trx,
  actor: Actor,
  entry: { agencyId: number; sop: string; title: TextKey; item: Item; content: Record<string, unknown> },
  now: Date,
) {
  const agency = await trx
    .selectFrom('agency')
    .select(['code', 'file_reference'])
    .where('id', '=', entry.agencyId)
    .executeTakeFirstOrThrow();
  const year = Number(dayOf(now).slice(0, 4));
  const { last } = await trx
    .selectFrom('record')
    .select((eb) => eb.fn.coalesce(eb.fn.max('sequence'), eb.lit(0)).as('last'))
    .where('agency_id', '=', entry.agencyId)
    .where('year', '=', year)
    .executeTakeFirstOrThrow();
  const sequence = Number(last) + 1;
  const number = `${agency.code}/IPMS/${year}/${String(sequence).padStart(6, '0')}`;
  await trx
    .insertInto('record')
    .values({
      agency_id: entry.agencyId,
      year,
      sequence,
      number,
      file_reference: agency.file_reference,
      sop: entry.sop,
      title: entry.title,
      item_type: entry.item.type,
      item_id: entry.item.id,
      content: JSON.stringify(entry.content),
      filed_by_name: actor.name,
      filed_at: now.toISOString(),
    })
    .execute();
  return number;
}
