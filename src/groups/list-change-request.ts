import { administratorsOf } from '../agencies/administrators.ts';
import { type Actor, userOf } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { Conflict } from '../platform/errors.ts';
import { timeInWords } from '../platform/time.ts';
import { announce } from './announce.ts';
import { findGroup, groupItem } from './group.ts';
import { changeAnswered, changeRequested } from './mails.ts';
import { findOwnedGroup } from './queries.ts';
import { findRequest } from './request-queries.ts';

export { countOpenRequests } from './request-queries.ts';

/**
 * An owner asks the administrators for a change of a list; nothing changes before one of them does it (SOP 5.0).
 * @returns the addresses mailed
 * @throws NotFound for a list that is not the actor's
 */
export async function askForChange(db: Db, actor: Actor, groupId: number, input: { text: string }, now: Date) {
  return change(db, actor, now, async (trx) => {
    const group = await findOwnedGroup(trx, actor, groupId);
    const { id } = await trx
      .insertInto('list_change_request')
      .values({
        group_id: group.id,
        agency_id: group.agency_id,
        requested_by: userOf(actor),
        text: input.text,
        created_at: now.toISOString(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const after = { text: input.text };
    await record(trx, actor, { action: 'group.change-requested', item: groupItem(group), after }, now);
    const administrators = await administratorsOf(trx, group.agency_id);
    return announce(trx, actor, changeRequested(group, actor, id, input.text, administrators), now);
  });
}

/**
 * The administrator's answer; the owner is mailed. Approving changes nothing by itself: the administrator goes on to the list.
 * @returns the list's id, and the addresses mailed
 * @throws NotFound, or Conflict that says who answered before
 */
export async function answerRequest(
  db: Db,
  actor: Actor,
  id: number,
  status: 'approved' | 'refused',
  answer: string,
  now: Date,
) {
  return change(db, actor, now, async (trx) => {
    const request = await findRequest(trx, actor, id);
    await decide(trx, actor, id, status, answer, now);
    const group = await findGroup(trx, actor, request.group_id);
    const action = status === 'approved' ? 'group.change-approved' : 'group.change-refused';
    const after = { text: request.text, answer };
    await record(trx, actor, { action, item: groupItem(group), after }, now);
    const to = { name: request.requester, address: request.requester_email };
    const mailed = await announce(trx, actor, changeAnswered(group, to, { text: request.text, status, answer }), now);
    return { groupId: group.id, mailed };
  });
}

/** The condition on the status decides who is first. */
async function decide(trx: Trx, actor: Actor, id: number, status: 'approved' | 'refused', answer: string, now: Date) {
  const { numUpdatedRows } = await trx
    .updateTable('list_change_request')
    .set({ status, answer, decided_by: userOf(actor), decided_at: now.toISOString() })
    .where('id', '=', id)
    .where('status', '=', 'requested')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) return;
  const { decider, decided_at } = await findRequest(trx, actor, id);
  throw new Conflict('group.request.already', { name: decider ?? '', time: timeInWords(decided_at ?? now) });
}
