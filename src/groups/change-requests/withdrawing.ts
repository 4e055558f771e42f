import { Conflict, NotFound } from '../../base/errors.ts';
import { timeInWords } from '../../base/time.ts';
import type { Act } from '../../data/act.ts';
import { audit } from '../../trail/audit.ts';
import { groupItem, listRequestItem } from '../../trail/items.ts';
import { announce } from '../announce.ts';
import { requestWithdrawn } from '../mails.ts';
import { groupById } from '../queries.ts';
import { whoAnswers } from './asking.ts';
import { findOwnRequest } from './queries.ts';
import type { Wanted } from './wanted.ts';

/**
 * Who asked something of a list takes it back while it waits (SOP 5.0); whoever would have answered hears so.
 * @returns the addresses mailed
 * @throws NotFound for what somebody else asked; Conflict that says who answered before
 */
export async function withdrawRequest(act: Act, id: number) {
  const request = await findOwnRequest(act.trx, act.actor, id);
  if (request.requested_by !== act.actor.userId) throw new NotFound();
  const { numUpdatedRows } = await act.trx
    .updateTable('list_change_request')
    .set({ status: 'withdrawn', decided_by: request.requested_by, decided_at: act.now.toISOString() })
    .where('id', '=', id)
    .where('status', '=', 'requested')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw isOver(request);
  const group = request.group_id === null ? null : await groupById(act.trx, request.group_id);
  const item = group === null ? listRequestItem(request) : groupItem(group);
  const wanted = JSON.parse(request.wanted) as Wanted;
  const { kind, text } = request;
  const after = { request_id: id, asked_by: request.requester, ...wanted, ...(text === '' ? {} : { note: text }) };
  await audit(act, { action: `group.${kind === 'free-text' ? 'change' : kind}-withdrawn`, sop: '5.0', item, after });
  const { to } = await whoAnswers(act, request);
  return announce(act, [requestWithdrawn(item, { kind, text, wanted }, act.actor, to)]);
}

/** Why a request can neither be answered nor withdrawn any more. */
export function isOver({
  status,
  decider,
  decided_at,
}: {
  status: string;
  decider: string | null;
  decided_at: string | null;
}) {
  const said = { name: decider ?? '', time: timeInWords(decided_at ?? '') };
  return new Conflict(status === 'withdrawn' ? 'group.request.isWithdrawn' : 'group.request.already', said);
}
