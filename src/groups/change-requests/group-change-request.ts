import { administratorsOf } from '../../agencies/administrators.ts';
import { userOf } from '../../base/actor.ts';
import { Conflict } from '../../base/errors.ts';
import { timeInWords } from '../../base/time.ts';
import type { Act } from '../../data/act.ts';
import { audit } from '../../trail/audit.ts';
import { groupItem } from '../../trail/items.ts';
import { announce } from '../announce.ts';
import { changeAnswered, changeRequested } from '../mails.ts';
import { findGroup, findOwnedGroup } from '../queries.ts';
import { findRequest } from './queries.ts';

/**
 * An owner asks the administrators for a change of a list; nothing changes before one of them does it (SOP 5.0).
 * @returns the addresses mailed
 * @throws NotFound for a list that is not the actor's
 */
export async function askForChange(act: Act, groupId: number, input: { text: string }) {
  const group = await findOwnedGroup(act.trx, act.actor, groupId);
  const { id } = await act.trx
    .insertInto('list_change_request')
    .values({
      group_id: group.id,
      agency_id: group.agency_id,
      requested_by: userOf(act.actor),
      text: input.text,
      created_at: act.now.toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const after = { text: input.text };
  await audit(act, { action: 'group.change-requested', item: groupItem(group), after });
  const administrators = await administratorsOf(act.trx, group.agency_id);
  return announce(act, changeRequested(group, act.actor, id, input.text, administrators));
}

/**
 * The administrator's answer; the owner is mailed. Approving changes nothing by itself: the administrator goes on to the list.
 * @returns the list's id, and the addresses mailed
 * @throws NotFound, or Conflict that says who answered before
 */
export async function answerRequest(act: Act, id: number, status: 'approved' | 'refused', answer: string) {
  const request = await findRequest(act.trx, act.actor, id);
  await decide(act, id, status, answer);
  const group = await findGroup(act.trx, act.actor, request.group_id);
  const action = status === 'approved' ? 'group.change-approved' : 'group.change-refused';
  const after = { text: request.text, answer };
  await audit(act, { action, item: groupItem(group), after });
  const to = { name: request.requester, address: request.requester_email };
  const mailed = await announce(act, changeAnswered(group, to, { text: request.text, status, answer }));
  return { groupId: group.id, mailed };
}

/** The condition on the status decides who is first. */
async function decide(act: Act, id: number, status: 'approved' | 'refused', answer: string) {
  const { numUpdatedRows } = await act.trx
    .updateTable('list_change_request')
    .set({ status, answer, decided_by: userOf(act.actor), decided_at: act.now.toISOString() })
    .where('id', '=', id)
    .where('status', '=', 'requested')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) return;
  const { decider, decided_at } = await findRequest(act.trx, act.actor, id);
  throw new Conflict('group.request.already', { name: decider ?? '', time: timeInWords(decided_at ?? act.now) });
}
