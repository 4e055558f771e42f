import { sql } from 'kysely';
import { dayOf } from '../base/time.ts';
import { type Act, actName } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { Sop } from '../sop/index.ts';
import type { Label } from '../texts.ts';
import type { Holder } from './attachment-queries.ts';
import { filedAttachments } from './attachments.ts';
import { addSealed } from './chain.ts';
import type { Item, ItemType } from './items.ts';

/**
 * SOP 6.0. Files the record of a case that has ended, in the transaction that ends it.
 * What its seal covers includes the hashes of the files that belong to the case.
 * @param content the form as it was submitted and decided: plain facts by field name
 * @param attachedTo what holds its files, where that is not the item itself
 * @returns its number, `JC/IPMS/2026/000123`
 */
export async function fileRecord(
  act: Act,
  entry: {
    agencyId: number;
    sop: Sop;
    title: Label;
    item: Item;
    content: Record<string, unknown>;
    attachedTo?: Holder;
  },
) {
  const holder = entry.attachedTo ?? holderOf(entry.item);
  const attachments = holder === null ? [] : await filedAttachments(act.trx, holder);
  const content = attachments.length > 0 ? { ...entry.content, attachments } : entry.content;
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
    content: JSON.stringify(content),
    filed_by_name: act.actor.name,
    filed_at: act.now.toISOString(),
    item_name: entry.item.name,
    act: actName(act.actor),
  });
  return number;
}

const HOLDING = ['access_code_request', 'account_request', 'ticket', 'transfer'] satisfies (ItemType &
  Holder['kind'])[];

/** An item that holds files itself. */
function holderOf({ type, id }: Item): Holder | null {
  const kind = HOLDING.find((each) => each === type);
  return kind === undefined ? null : { kind, id };
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
