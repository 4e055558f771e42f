import { agencyOptions } from '../agencies/administrators.ts';
import type { Actor } from '../base/actor.ts';
import type { Db } from '../data/database.ts';
import type { Found } from '../data/paging.ts';
import type { Row } from '../data/schema.ts';
import { isSealed } from '../trail/chain.ts';
import {
  type CaseMail,
  changesSince,
  type FiledRecord,
  findRecord,
  mailsOfSteps,
  namesOf,
  type RecordItem,
  stepsOf,
} from './queries.ts';

/** So many rows of a kind are shown of one case; the rest is a number. */
export const MOST_SHOWN = 100;

/** A record with what belongs to its case, and what came after it. */
export type Case = {
  record: FiledRecord;
  agency: string;
  /** It is still what was filed. */
  sealed: boolean;
  people: Map<number, string>;
  steps: Row<'audit'>[];
  mails: Found<CaseMail>;
  later: Found<Row<'audit'>>;
};

/**
 * SOP 6.0. Everything that a printed record shows.
 * @throws NotFound also for another agency's
 */
export async function gatherCase(db: Db, actor: Actor, id: number): Promise<Case> {
  const record = await findRecord(db, actor, id);
  const content: unknown = JSON.parse(record.content);
  const steps = await stepsOf(db, record, itemsOf(record, content), MOST_SHOWN);
  const agencies = await agencyOptions(db);
  return {
    record,
    agency: agencies.find((each) => Number(each.value) === record.agency_id)?.label.text ?? '',
    sealed: await isSealed(db, 'record', record.id),
    people: await namesOf(db, [record]),
    steps,
    mails: await mailsOfSteps(db, record, steps, MOST_SHOWN),
    later: await changesSince(db, record, MOST_SHOWN),
  };
}

/** An account's case begins with the request for its access code, and with the code. */
function itemsOf(record: FiledRecord, content: unknown): RecordItem[] {
  const { account_request: request, access_code_request: asked } = content as {
    account_request?: { access_code_id?: number } | null;
    access_code_request?: { id?: number } | null;
  };
  const items: RecordItem[] = [{ type: record.item_type, id: record.item_id }];
  if (request?.access_code_id) items.push({ type: 'access_code', id: request.access_code_id });
  if (asked?.id) items.push({ type: 'access_code_request', id: asked.id });
  return items;
}
