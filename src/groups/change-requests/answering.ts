import { userOf } from '../../base/actor.ts';
import { NotFound, RuleBroken } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import { audit } from '../../trail/audit.ts';
import { groupItem, type Item, listRequestItem } from '../../trail/items.ts';
import type { Circular } from '../../trail/outbox.ts';
import { fileRecord } from '../../trail/records.ts';
import { announce } from '../announce.ts';
import { requestAnswered } from '../mails.ts';
import { type Group, groupById } from '../queries.ts';
import { carryOut, type Naming } from './carrying-out.ts';
import { type ChangeRequest, findRequest, findRequestToAnswer, openRequestsFor } from './queries.ts';
import type { Outcome, Wanted } from './wanted.ts';
import { isOver } from './withdrawing.ts';

/**
 * The administrator approves what was asked of a list, and by that it is done (SOP 5.0), wholly or with what could not be
 * done named; the asker is mailed. What was asked in free text was made by hand before: the answer says what.
 * @returns the kind of request, how much of it could not be done, and the addresses mailed
 * @throws NotFound; Conflict that says who answered before; RuleBroken when nothing of it can be done
 */
export async function approveRequest(act: Act, id: number, { answer }: { answer: string }) {
  return approve(act, await findRequest(act.trx, act.actor, id), answer);
}

/**
 * The administrator approves a new list, which is made by that (SOP 4.13), under the name and address that it gets in the end.
 * @returns as `approveRequest`
 * @throws NotFound also for a request of another kind; Conflict; RuleBroken beside `display_name` or `primary_email`
 */
export async function approveNewList(act: Act, id: number, { answer, ...naming }: { answer: string } & Naming) {
  const request = await findRequest(act.trx, act.actor, id);
  if (request.kind !== 'new') throw new NotFound();
  return approve(act, request, answer, naming);
}

/** An owner lets somebody into the own list, or go. The same rules and mails. */
export async function approveAsOwner(act: Act, id: number, answer: string) {
  return approve(act, await findRequestToAnswer(act.trx, act.actor, id), answer);
}

async function approve(act: Act, request: ChangeRequest, answer: string, named?: Naming) {
  await decide(act, request, 'approved', answer);
  if (request.kind === 'free-text' && answer === '') throw new RuleBroken('group.request.sayWhat', {}, 'answer');
  const asked = JSON.parse(request.wanted) as Wanted;
  const { display_name = '', primary_email = '' } = asked;
  const naming = named ?? { display_name, primary_email };
  const wanted = request.kind === 'new' ? { ...asked, ...naming } : asked;
  const { group, outcome, letters } = await carryOut(act, request, wanted, naming);
  await act.trx
    .updateTable('list_change_request')
    .set({ group_id: group.id, wanted: JSON.stringify(wanted), outcome: JSON.stringify(outcome) })
    .where('id', '=', request.id)
    .execute();
  const closed = await close(act, { ...request, wanted: JSON.stringify(wanted) }, group, 'approved', answer, outcome);
  return {
    kind: request.kind,
    left: outcome.refused?.length ?? 0,
    mailed: await announce(act, [...closed, ...letters]),
  };
}

/**
 * The administrator says no, with a reason that is mailed; nothing changes.
 * @returns the addresses mailed
 * @throws NotFound, or Conflict that says who answered before
 */
export async function refuseRequest(act: Act, id: number, reason: string) {
  return refuse(act, await findRequest(act.trx, act.actor, id), reason);
}

/** An owner does not let somebody into the own list, or go. */
export async function refuseAsOwner(act: Act, id: number, reason: string) {
  return refuse(act, await findRequestToAnswer(act.trx, act.actor, id), reason);
}

async function refuse(act: Act, request: ChangeRequest, reason: string) {
  await decide(act, request, 'refused', reason);
  const group = request.group_id === null ? null : await groupById(act.trx, request.group_id);
  return announce(act, await close(act, request, group, 'refused', reason, {}));
}

/** SOP 4.17: what was asked of a list that is deleted has no object any more; who asked hears so. Returns the letters. */
export async function closeRequests(act: Act, group: Group): Promise<Circular[]> {
  const letters: Circular[] = [];
  for (const request of await openRequestsFor(act.trx, group)) {
    await act.trx
      .updateTable('list_change_request')
      .set({
        status: 'refused',
        closed_by_deletion: 1,
        decided_by: act.actor.userId,
        decided_at: act.now.toISOString(),
      })
      .where('id', '=', request.id)
      .execute();
    const closed = { ...request, closed_by_deletion: 1 };
    letters.push(...(await close(act, closed, group, 'refused', '', {})));
  }
  return letters;
}

/** The condition on the status decides who is first. */
async function decide(act: Act, request: ChangeRequest, status: 'approved' | 'refused', answer: string) {
  const { numUpdatedRows } = await act.trx
    .updateTable('list_change_request')
    .set({ status, answer, decided_by: userOf(act.actor), decided_at: act.now.toISOString() })
    .where('id', '=', request.id)
    .where('status', '=', 'requested')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw isOver(request);
}

/** Audit row, record (SOP 6.0) and the asker's letter of a request that has been answered. */
async function close(
  act: Act,
  request: ChangeRequest,
  group: Group | null,
  status: 'approved' | 'refused',
  answer: string,
  outcome: Outcome,
): Promise<Circular[]> {
  const wanted = JSON.parse(request.wanted) as Wanted;
  const item: Item = request.kind === 'new' || group === null ? listRequestItem(request) : groupItem(group);
  const facts = {
    ...(request.kind === 'free-text' || request.text === '' ? {} : { note: request.text }),
    ...(request.kind === 'free-text' ? { text: request.text } : {}),
    ...wanted,
    ...(request.closed_by_deletion === 1 ? { closed_by_deletion: true } : { answer }),
    ...outcome,
  };
  const what = request.kind === 'free-text' ? 'change' : request.kind;
  await audit(act, {
    action: `group.${what}-${status}`,
    sop: '5.0',
    item,
    after: { request_id: request.id, asked_by: request.requester, ...facts },
  });
  const content = {
    kind: request.kind,
    list: group?.display_name ?? request.list,
    ...(group === null ? {} : { list_address: group.primary_email }),
    asked_by: request.requester,
    created_at: request.created_at,
    ...facts,
    decided_by: act.actor.name,
  };
  const title = `record.list-request-${status}` as const;
  await fileRecord(act, { agencyId: request.agency_id, sop: '5.0', title, item, content });
  if (request.requester_status !== 'active') return [];
  return requestAnswered(item, request, { status, answer, wanted, outcome });
}
