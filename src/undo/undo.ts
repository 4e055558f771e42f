import type { Actor } from '../base/actor.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import { both } from '../base/language.ts';
import { timeInWords } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { activeGroup } from '../groups/group.ts';
import { presentDetails, presentFlows, setMailFlows, updateGroup } from '../groups/group-details.ts';
import { addMembers, joinGroup, leaveGroup, removeMembers } from '../groups/members/members.ts';
import { type AcceptFrom, changeAcceptFrom } from '../mailbox-life/senders.ts';
import { type General, generalOf, updateGeneral } from '../mailboxes/details.ts';
import { acceptedSenders, aliasesOf, findMailbox } from '../mailboxes/queries.ts';
import type { Sop } from '../sop/index.ts';
import { audit } from '../trail/audit.ts';
import { groupItem, mailboxItem } from '../trail/items.ts';
import { factsOf, type Plan, planFor } from '../trail/undo-plan.ts';
import { newestRow, type Thing } from '../trail/undo-queries.ts';

/**
 * Takes back the newest change of a mailbox or list, if it is the actor's own and nothing came after it: a change of its
 * own, with the record and the mails of the procedure that it belongs to, and a reason. It can itself be taken back.
 * @param shown the newest row that the page knew, or null when it did not say
 * @returns the addresses mailed
 * @throws NotFound; Conflict that says who did what since; RuleBroken when what was before is not possible any more
 */
export async function undoNewest(act: Act, thing: Thing, reason: string, shown: number | null) {
  await itemOf(act.trx, act.actor, thing);
  const plan = await planFor(act.trx, act.actor, thing);
  if (plan?.kind !== 'undo' || (shown !== null && shown !== plan.upTo)) throw await tooLate(act.trx, thing);
  const mailed = await putBack(act, thing, plan);
  const action = thing.type === 'mailbox' ? 'mailbox.undone' : 'group.undone';
  const after = { undone: plan.row.action, undone_at: plan.row.at, undo_reason: reason };
  await audit(act, { action, ...sopOf(plan), item: await itemOf(act.trx, act.actor, thing), after });
  return mailed;
}

/** `audit` has written the number, and takes none but the SOP's. */
const sopOf = ({ row }: { row: { sop: string | null } }) => (row.sop === null ? {} : { sop: row.sop as Sop });

async function itemOf(trx: Trx, actor: Actor, thing: Thing) {
  return thing.type === 'mailbox'
    ? mailboxItem(await findMailbox(trx, actor, thing.id))
    : groupItem(await activeGroup(trx, actor, thing.id));
}

/** Who did what since, or why it cannot be taken back at all. */
async function tooLate(trx: Trx, thing: Thing) {
  const row = await newestRow(trx, thing);
  if (row === undefined) return new Conflict('undo.nothing');
  const what = both(`audit.${row.action}`);
  return new Conflict('undo.tooLate', { name: row.actor_name, what, time: timeInWords(row.at) });
}

type Undo = Extract<Plan, { kind: 'undo' }>;

/** By the very verbs of the procedure, so that all of its rules hold. Returns the addresses mailed. */
async function putBack(act: Act, { id }: Thing, { undoing, row }: Undo): Promise<string[]> {
  const before = factsOf(row.before);
  try {
    if (undoing.what === 'membership') {
      const verb = undoing.how === 'added' ? leaveGroup : joinGroup;
      return done(await verb(act, undoing.mailboxId, undoing.groupId), 1);
    }
    if (undoing.what === 'members') {
      const verb = undoing.how === 'added' ? removeMembers : addMembers;
      const addresses = undoing.members.map((member) => member.address);
      return done(await verb(act, id, addresses), addresses.length);
    }
    return await valuesBack(act, id, undoing.what, before);
  } catch (error) {
    // a field of that procedure's own form: here the words stand for themselves
    if (error instanceof RuleBroken && error.field !== null) throw new RuleBroken(error.key, error.params);
    throw error;
  }
}

/** All of them or none: half an undoing is a new state. */
function done(outcome: { done: unknown[]; mailed: string[] }, wanted: number) {
  if (outcome.done.length !== wanted) throw new RuleBroken('undo.notWhole');
  return outcome.mailed;
}

async function valuesBack(
  act: Act,
  id: number,
  what: 'general' | 'mailbox-flows' | 'details' | 'group-flows',
  before: Record<string, unknown>,
): Promise<string[]> {
  if (what === 'details') {
    const present = await presentDetails(act.trx, await activeGroup(act.trx, act.actor, id));
    return (await updateGroup(act, id, { ...present, ...before }, null)).mailed;
  }
  if (what === 'group-flows') {
    const present = await presentFlows(act.trx, await activeGroup(act.trx, act.actor, id));
    await setMailFlows(act, id, { ...present, ...before }, null);
    return [];
  }
  const mailbox = await findMailbox(act.trx, act.actor, id);
  if (what === 'mailbox-flows') {
    const present = { accept_from: mailbox.accept_from, senders: await acceptedSenders(act.trx, mailbox) };
    await changeAcceptFrom(act, id, { ...present, ...(before as Partial<AcceptFrom>) }, null);
    return [];
  }
  const present = generalOf(mailbox, await aliasesOf(act.trx, mailbox));
  const input = { ...present, ...(before as Partial<General>) };
  await updateGeneral(act, id, input, { keepAddress: false, shown: null });
  return [];
}
