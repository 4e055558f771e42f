import { checkAgencyAddress, refuseTakenAddress } from '../../addresses/addresses.ts';
import { administratorsOf } from '../../agencies/administrators.ts';
import { agencyOf } from '../../base/actor.ts';
import { Conflict, RuleBroken } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import { isTaken } from '../../data/database.ts';
import { together } from '../../forms/together.ts';
import { audit } from '../../trail/audit.ts';
import { groupItem, listRequestItem } from '../../trail/items.ts';
import { announce } from '../announce.ts';
import { requestMade } from '../mails.ts';
import { findAddressees } from '../members/addressees.ts';
import { enter, exit, MEMBER_TYPES } from '../members/members.ts';
import { type Group, membersAt } from '../queries.ts';
import { keepRequest, whoAnswers } from './asking.ts';
import { findAgencyGroup, findOwnMailbox } from './queries.ts';
import type { Wanted } from './wanted.ts';

/** What came of wanting to join or leave: it is done, it waits for an answer, or it was so already. */
type OwnMove = { what: 'done' | 'asked' | 'already'; mailed: string[] };

/**
 * An officer joins or leaves a list, as the list allows it (SOP 4.18, 4.19): at once, or when an owner or the
 * administrator says yes.
 * @throws NotFound for a list that is not of the officer's agency; RuleBroken when the list does not allow it, or without
 *   an active mailbox; Conflict when it was asked for already
 */
export async function moveOneself(act: Act, groupId: number, way: 'join' | 'leave'): Promise<OwnMove> {
  const group = await findAgencyGroup(act.trx, act.actor, groupId);
  const mailbox = await ownMailbox(act);
  const allowed = way === 'join' ? group.joining : group.leaving;
  if (allowed === 'nobody') throw new RuleBroken(`group.${way}.closed`, { list: group.display_name });
  const isInside = (await membersAt(act.trx, group, [mailbox.primary_email])).length > 0;
  if (isInside === (way === 'join')) return { what: 'already', mailed: [] };
  if (allowed === 'approval') return { what: 'asked', mailed: await askToMove(act, group, way) };
  const { letters } = way === 'join' ? await enter(act, mailbox, group) : await exit(act, mailbox, group);
  return { what: 'done', mailed: await announce(act, letters) };
}

async function ownMailbox(act: Act) {
  const mailbox = await findOwnMailbox(act.trx, act.actor);
  if (mailbox === undefined) throw new RuleBroken('group.own.noMailbox');
  return mailbox;
}

/** The unique index lets one wait. Its owners are asked; where nobody looks after the list, the administrators. */
async function askToMove(act: Act, group: Group, kind: 'join' | 'leave') {
  const asked = { kind, wanted: {}, text: '' };
  const { agency_id } = group;
  const id = await keepRequest(act, { ...asked, group_id: group.id, agency_id }).catch((error: unknown) => {
    if (!isTaken(error, 'list_change_request.group_id')) throw error;
    throw new Conflict('group.request.waits', { list: group.display_name });
  });
  const after = { request_id: id, asked_by: act.actor.name };
  await audit(act, { action: `group.${kind}-requested`, item: groupItem(group), after });
  const { to, as } = await whoAnswers(act, { kind, group_id: group.id, agency_id });
  return announce(act, requestMade(groupItem(group), act.actor, { id, ...asked }, to, as));
}

type AskedList = { display_name: string; primary_email: string; owners: string[]; add: string[]; text: string };

/**
 * An officer asks for a new list (*Pengendali DL: pengguna yang memohon pengwujudan DL*), with its owners and first
 * members; the administrators hear of it and answer (SOP 4.13, 5.0).
 * @returns the request's id and the addresses mailed
 * @throws RuleBroken beside a field for what could not be made
 */
export async function askForList(act: Act, input: AskedList) {
  const mailbox = await ownMailbox(act);
  const agencyId = agencyOf(act.actor);
  const { display_name, primary_email, text } = input;
  const group = { agency_id: agencyId };
  const [, owners, members] = await together(
    async () => {
      await checkAgencyAddress(act.trx, agencyId, primary_email, 'primary_email');
      await refuseTakenAddress(act.trx, primary_email, 'primary_email');
    },
    () => findAddressees(act.trx, group, input.owners, ['mailbox'], 'owners'),
    () => findAddressees(act.trx, group, input.add, MEMBER_TYPES, 'add'),
  );
  const wanted: Wanted = {
    display_name,
    primary_email,
    owners_to_add: owners.length > 0 ? owners.map((owner) => owner.address) : [mailbox.primary_email],
    ...(members.length > 0 ? { members_to_add: members.map((member) => member.address) } : {}),
  };
  const id = await keepRequest(act, { kind: 'new', group_id: null, agency_id: agencyId, wanted, text });
  const item = listRequestItem({ id, list: display_name, agency_id: agencyId });
  await audit(act, { action: 'group.new-requested', sop: '4.13', item, after: { ...wanted, note: text } });
  const administrators = await administratorsOf(act.trx, agencyId);
  const request = { id, kind: 'new' as const, wanted, text };
  return { id, mailed: await announce(act, requestMade(item, act.actor, request, administrators)) };
}
