import { RuleBroken } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import type { Circular } from '../../trail/outbox.ts';
import { makeGroup } from '../group.ts';
import { changeDetails } from '../group-details.ts';
import { enter, exit, putIn, takeOut } from '../members/members.ts';
import { ownersOf } from '../members/membership.ts';
import { type Group, groupById } from '../queries.ts';
import { type ChangeRequest, mailboxOfAsker } from './queries.ts';
import { fitToAdd, membersToGo, type Outcome, ownersToGo, type Refused, type Wanted } from './wanted.ts';

/** What a new list is called. */
export type Naming = { display_name: string; primary_email: string };

/** What came of a request: the list, how much was done, what was not, and who is to be told. */
type CarriedOut = {
  group: Group;
  done: number;
  refused: Refused[];
  already: string[];
  letters: Circular[];
};

const outcomeOf = ({ refused, already }: Pick<CarriedOut, 'refused' | 'already'>): Outcome => ({
  ...(refused.length > 0 ? { refused } : {}),
  ...(already.length > 0 ? { already } : {}),
});

/**
 * Carries out what a request asks for, by the verbs of the procedures (SOP 4.13 to 4.19). What cannot be done any more is
 * left out and named.
 * @param naming what a new list is called in the end
 * @throws RuleBroken when nothing of it can be done, or beside a field of `naming`
 */
export async function carryOut(
  act: Act,
  request: ChangeRequest,
  wanted: Wanted,
  naming: Naming,
): Promise<CarriedOut & { outcome: Outcome }> {
  const result = await carried(act, request, wanted, naming);
  if (result.done === 0 && result.already.length === 0 && result.refused.length > 0)
    throw new RuleBroken('group.request.nothingFits');
  return { ...result, outcome: outcomeOf(result) };
}

async function carried(act: Act, request: ChangeRequest, wanted: Wanted, naming: Naming): Promise<CarriedOut> {
  if (request.kind === 'new') return makeList(act, request, wanted, naming);
  const group = await groupById(act.trx, request.group_id ?? 0);
  if (request.kind === 'join' || request.kind === 'leave') return moveAsker(act, request, group);
  return change(act, group, wanted);
}

async function change(act: Act, before: Group, wanted: Wanted): Promise<CarriedOut> {
  const details = await changeOfDetails(act, before, wanted);
  const { group } = details;
  const { fit, already, refused } = await fitToAdd(act.trx, group, wanted.members_to_add ?? []);
  const added = await putIn(act, group, fit, '4.15');
  const leaving = await membersToGo(act.trx, group, wanted.members_to_remove ?? []);
  const removed = await takeOut(act, group, leaving.fit, '4.16');
  return {
    group,
    done: details.done + added.done.length + removed.done.length,
    refused: [...details.refused, ...refused, ...leaving.refused],
    already: [...details.already, ...already, ...leaving.already],
    letters: [...details.letters, ...added.letters, ...removed.letters],
  };
}

/** Name and owners. Those who became owners since it was asked stay; the last one who can look after the list does, too. */
async function changeOfDetails(act: Act, group: Group, wanted: Wanted): Promise<CarriedOut> {
  const present = await ownersOf(act.trx, [group.id]);
  const come = await fitToAdd(act.trx, group, wanted.owners_to_add ?? [], ['mailbox']);
  const already = come.fit.filter((each) => present.some((owner) => owner.mailbox_id === each.id));
  const fresh = come.fit.filter((each) => !already.includes(each));
  const leaving = await ownersToGo(act.trx, group, wanted.owners_to_remove ?? []);
  const go = leaving.fit;
  const stay = present.filter((owner) => !go.some((each) => each.mailbox_id === owner.mailbox_id));
  const isLooked = fresh.length > 0 || stay.some((owner) => owner.status === 'active');
  const owners = [...(isLooked ? stay : present), ...fresh].map((owner) => owner.address);
  const display_name = wanted.display_name ?? group.display_name;
  const asked = fresh.length > 0 || (isLooked && go.length > 0);
  const { changed, letters } = await changeDetails(act, group, {
    display_name,
    owners: asked ? owners : null,
    aliases: null,
    joining: null,
    leaving: null,
  });
  return {
    group: { ...group, display_name },
    done: changed ? 1 : 0,
    refused: [
      ...come.refused,
      ...leaving.refused,
      ...(isLooked ? [] : go.map((owner) => ({ email: owner.address, why: 'last-owner' as const }))),
    ],
    already: [
      ...(display_name === group.display_name && wanted.display_name !== undefined ? [display_name] : []),
      ...already.map((each) => each.address),
      ...leaving.already,
    ],
    letters,
  };
}

/** SOP 4.13 and 4.15 in one: the list, its owners and its first members. */
async function makeList(act: Act, request: ChangeRequest, wanted: Wanted, naming: Naming): Promise<CarriedOut> {
  const agency = { agency_id: request.agency_id };
  const owners = await fitToAdd(act.trx, agency, wanted.owners_to_add ?? [], ['mailbox']);
  if (owners.fit.length === 0) throw new RuleBroken('group.request.noOwner');
  const { group, letters } = await makeGroup(act, { ...naming, owners: owners.fit.map((owner) => owner.address) });
  const members = await fitToAdd(act.trx, group, wanted.members_to_add ?? []);
  const added = await putIn(act, group, members.fit, '4.15');
  return {
    group,
    done: 1,
    refused: [...owners.refused, ...members.refused],
    already: members.already,
    letters: [...letters, ...added.letters],
  };
}

/** SOP 4.18 and 4.19, for who asked. */
async function moveAsker(act: Act, request: ChangeRequest, group: Group): Promise<CarriedOut> {
  const mailbox = await mailboxOfAsker(act.trx, request);
  if (mailbox === undefined) throw new RuleBroken('group.request.noMailbox', { name: request.requester });
  const { done, letters } =
    request.kind === 'join' ? await enter(act, mailbox, group) : await exit(act, mailbox, group);
  const already = done.length === 0 ? [mailbox.primary_email] : [];
  return { group, done: done.length, refused: [], already, letters };
}
