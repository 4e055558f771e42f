import { agencyOf } from '../../base/actor.ts';
import { Conflict } from '../../base/errors.ts';
import type { Trx } from '../../data/database.ts';
import { email } from '../../forms/fields.ts';
import { defineForm } from '../../forms/form.ts';
import { addMembers, type Outcome, removeMembers } from '../../groups/members/members.ts';
import { groupNamed, holdersOf } from '../find-mailbox.ts';
import { type Applied, type BulkAct, defineKind, type Identity } from '../kind.ts';

const MembersForm = defineForm('bulk', {
  list: email({ label: 'bulk.list' }),
  member: email({ label: 'bulk.member' }),
});
const example = { list: 'semua.staf@jabatan.test', member: 'aminah.yusof@jabatan.test' };
type Row = { list: string | null; member: string | null };
type Before = { member: string };

const label = ({ list, member }: Row) => `${member} · ${list}`;
const identities = (row: Row): Identity[] => [{ column: 'member', value: `${row.member} ${row.list}` }];

type Verb = typeof addMembers;

/** Alone, a stranger to the list is refused by the verb itself; among others, the verb passes over it. */
const takeOut: Verb = async (act, id, addresses) => {
  const outcome = await removeMembers(act, id, addresses);
  if (outcome.same.length > 0) throw new Conflict('bulk.changedSince');
  return outcome;
};

/** Rows that name one list, as one act: its owners get one mail. */
async function carryOut(
  verb: Verb,
  key: 'bulk.said.joined' | 'bulk.said.left',
  act: BulkAct,
  rows: Row[],
): Promise<Applied[]> {
  const group = await groupNamed(act.trx, act.actor, rows[0]?.list ?? '');
  const members = rows.map((row) => row.member ?? '');
  const outcome = await verb(act, group.id, members);
  const item = { type: 'group' as const, id: group.id, name: group.display_name, agencyId: agencyOf(act.actor) };
  const isDone = await whoWasTouched(act.trx, members, outcome);
  return members.map((member, at) => {
    if (!isDone[at]) return { item, message: { key: 'bulk.said.same' }, same: true, before: null };
    const before: Before = { member };
    return { item, message: { key, params: { list: item.name } }, before };
  });
}

/** For which of some addresses something was done: of two addresses of one member, for the first. */
async function whoWasTouched(trx: Trx, addresses: string[], { done }: Outcome) {
  const holders = await holdersOf(trx, addresses);
  const left = new Map(
    done.flatMap((member) => [member.address, `${member.type}:${member.id}`].map((name) => [name, member])),
  );
  const told = new Set();
  return addresses.map((address) => {
    const member = left.get(holders.get(address) ?? '') ?? left.get(address);
    if (member === undefined || told.has(member)) return false;
    told.add(member);
    return true;
  });
}

/** What a kind does for one row is what it does for several of one list. */
function forOneOrMany(
  verb: Verb,
  key: Parameters<typeof carryOut>[1],
  back: Verb,
  messageBack: 'bulk.said.takenOut' | 'bulk.said.putBack',
) {
  const undo = async (act: BulkAct, { id }: { id: number }, befores: Before[]) => {
    const members = befores.map((before) => before.member);
    await back(act, id, members);
    return { key: messageBack };
  };
  return {
    apply: async (act: BulkAct, row: Row) => (await carryOut(verb, key, act, [row]))[0] as Applied,
    undo: (act: BulkAct, item: { id: number }, before: Before) => undo(act, item, [before]),
    batched: { column: 'list', apply: (act: BulkAct, rows: Row[]) => carryOut(verb, key, act, rows), undo },
  };
}

/** SOP 4.15: members into lists. */
export const membersAdded = defineKind({
  title: 'bulk.members-added',
  intro: 'bulk.members-added.intro',
  sop: '4.15',
  form: MembersForm,
  example,
  label,
  identities,
  ...forOneOrMany(addMembers, 'bulk.said.joined', takeOut, 'bulk.said.takenOut'),
  undoText: 'bulk.members-added.undo',
});

/** SOP 4.16: members out of lists. */
export const membersRemoved = defineKind({
  title: 'bulk.members-removed',
  intro: 'bulk.members-removed.intro',
  sop: '4.16',
  form: MembersForm,
  example,
  label,
  identities,
  ...forOneOrMany(takeOut, 'bulk.said.left', addMembers, 'bulk.said.putBack'),
  undoText: 'bulk.members-removed.undo',
});
