import { addMembersWithin, type Outcome, removeMembersWithin } from '../../groups/members.ts';
import type { Actor } from '../../platform/actor.ts';
import { agencyOf } from '../../platform/actor.ts';
import type { Trx } from '../../platform/database.ts';
import { email } from '../../platform/fields.ts';
import { defineForm } from '../../platform/form.ts';
import { type Applied, defineKind, type Identity } from '../kind.ts';
import { listNamed } from '../which.ts';

const MembersForm = defineForm('bulk', {
  list: email({ label: 'bulk.list' }),
  member: email({ label: 'bulk.member' }),
});
const example = { list: 'semua.staf@jabatan.test', member: 'aminah.yusof@jabatan.test' };
type Row = { list: string | null; member: string | null };
type Before = { member: string };

const label = ({ list, member }: Row) => `${member} · ${list}`;
const identities = (row: Row): Identity[] => [{ column: 'member', value: `${row.member} ${row.list}` }];

type Verb = typeof addMembersWithin;

async function carryOut(trx: Trx, actor: Actor, verb: Verb, row: Row, now: Date) {
  const list = await listNamed(trx, actor, row.list ?? '');
  const outcome = await verb(trx, actor, list.id, [row.member ?? ''], now);
  const item = { type: 'group' as const, id: list.id, name: list.display_name, agencyId: agencyOf(actor) };
  return { outcome, item };
}

function applied(key: 'bulk.said.joined' | 'bulk.said.left', row: Row, item: Applied['item'], { done }: Outcome) {
  if (done.length === 0) return { item, said: { key: 'bulk.said.same' as const }, same: true, before: null };
  const before: Before = { member: row.member ?? '' };
  return { item, said: { key, params: { list: item.name } }, before };
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
  async apply({ trx, actor, now }, row) {
    const { outcome, item } = await carryOut(trx, actor, addMembersWithin, row, now);
    return applied('bulk.said.joined', row, item, outcome);
  },
  async undo({ trx, actor, now }, { id }, { member }: Before) {
    await removeMembersWithin(trx, actor, id, [member], now);
    return { key: 'bulk.said.takenOut' };
  },
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
  async apply({ trx, actor, now }, row) {
    const { outcome, item } = await carryOut(trx, actor, removeMembersWithin, row, now);
    return applied('bulk.said.left', row, item, outcome);
  },
  async undo({ trx, actor, now }, { id }, { member }: Before) {
    await addMembersWithin(trx, actor, id, [member], now);
    return { key: 'bulk.said.putBack' };
  },
  undoText: 'bulk.members-removed.undo',
});
