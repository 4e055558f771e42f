import { sql } from 'kysely';
import { dayOf } from '../base/time.ts';
import { type Act, actName } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { Sop } from '../sop/index.ts';
import type { Label } from '../texts.ts';
import { addSealed } from './chain.ts';
import type { Item } from './items.ts';

/**
 * SOP 6.0. Files the record of a case that has ended, in the transaction that ends it.
 * @param content the form as it was submitted and decided: plain facts by field name
 * @returns its number, `JC/IPMS/2026/000123`
 */
export async function fileRecord(
  act: Act,
  entry: { agencyId: number; sop: Sop; title: Label; item: Item; content: Record<string, unknown> },
) {
  const year = Number(dayOf(act.now).slice(0, 4));
  const { code, file_reference, sequence } = await nextNumber(act.trx, entry.agencyId, year);
  const number = `${code}/IPMS/${year}/${String(sequence).padStart(6, '0')}`;
  await addSealed(act.trx, 'record', {
    agency_id: entry.agencyId,
    year,
    sequence,
    number,
    file_reference,
    sop: entry.sop,
    title: entry.title,
    item_type: entry.item.type,
    item_id: entry.item.id,
    content: JSON.stringify(entry.content),
    filed_by_name: act.actor.name,
    filed_at: act.now.toISOString(),
    item_name: entry.item.name,
    act: actName(act.actor),
  });
  return number;
}

/** What the next record of an agency and year is called. The unique index knows the last one: it is looked up, not searched for. */
async function nextNumber(trx: Trx, agencyId: number, year: number) {
  const { rows } = await sql<{ code: string; file_reference: string; sequence: number }>`
    select code, file_reference, 1 + coalesce(
      (select sequence from record where agency_id = ${agencyId} and year = ${year} order by sequence desc limit 1), 0) as sequence
    from agency where id = ${agencyId}`.execute(trx);
  const [next] = rows;
  if (next === undefined) throw new Error(`There is no agency ${agencyId}`);
  return next;
}
