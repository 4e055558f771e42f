import type { Db, Trx } from '../../data/database.ts';
import type { Row } from '../../data/schema.ts';
import type { Sop } from '../../sop/index.ts';
import { MEMBER_TYPES } from '../members/members.ts';
import { isRemembered, type Member, type MemberType, ownersOf, reachesItself } from '../members/membership.ts';
import { type Addressee, type Group, membersAt, whoHas } from '../queries.ts';

/** What a request asks for, by field names of the audit trail; people by their primary addresses. */
export type Wanted = {
  display_name?: string;
  primary_email?: string;
  owners_to_add?: string[];
  owners_to_remove?: string[];
  members_to_add?: string[];
  members_to_remove?: string[];
};

/** The procedure that carries out what is asked; undefined where it is none, or more than one. */
export function procedureOf({ kind, wanted }: Pick<Row<'list_change_request'>, 'kind' | 'wanted'>): Sop | undefined {
  if (kind !== 'change') return SOP_OF[kind];
  const asked = JSON.parse(wanted) as Wanted;
  const numbers = Object.keys(asked).map((name) => SOP_OF_CHANGE[name as keyof Wanted]);
  return numbers.every((each) => each === numbers[0]) ? numbers[0] : undefined;
}

const SOP_OF = { new: '4.13', join: '4.18', leave: '4.19', 'free-text': undefined } as const;
const SOP_OF_CHANGE: Record<keyof Wanted, Sop> = {
  display_name: '4.14',
  primary_email: '4.14',
  owners_to_add: '4.14',
  owners_to_remove: '4.14',
  members_to_add: '4.15',
  members_to_remove: '4.16',
};

/** Why one person or list of a request cannot be added, or taken out, now. */
export type Why = 'unknown' | 'disabled' | 'deleted' | 'unfit' | 'loop' | 'last-owner';
export type Refused = { email: string; why: Why };
/** What of an approved request was not carried out: it could not be, or it was so already. */
export type Outcome = { refused?: Refused[]; already?: string[] };

/** Rows of a request as they stand now: what can be carried out, what is so already, and what cannot be. */
export type Standing<Row> = { fit: Row[]; already: string[]; refused: Refused[] };

/** Of those who are to be added: who can be, as things are now. */
export async function fitToAdd(
  db: Db | Trx,
  group: Pick<Group, 'agency_id'> & { id?: number },
  addresses: string[],
  types: readonly MemberType[] = MEMBER_TYPES,
): Promise<Standing<Addressee>> {
  const standing: Standing<Addressee> = { fit: [], already: [], refused: [] };
  const { id } = group;
  const inside = new Set(id === undefined ? [] : (await membersAt(db, { id }, addresses)).map((each) => each.typed));
  for (const each of await whoHas(db, group, addresses)) {
    const email = each.typed;
    const loops = each.type === 'group' && id !== undefined && (await reachesItself(db, { id }, [each]));
    if (each.fate !== 'active') standing.refused.push({ email, why: each.fate });
    else if (!types.includes(each.type)) standing.refused.push({ email, why: 'unfit' });
    else if (types.includes('group') && inside.has(email)) standing.already.push(email);
    else if (loops) standing.refused.push({ email, why: 'loop' });
    else standing.fit.push(each);
  }
  return standing;
}

type Leaving = Pick<Group, 'id' | 'agency_id'>;

/** Of those who are to be taken out: who is in, or would come back when the mailbox is enabled, and who is not. */
export async function membersToGo(db: Db | Trx, group: Leaving, addresses: string[]): Promise<Standing<Member>> {
  const present = await membersAt(db, group, addresses);
  const known = await whoHas(db, group, without(addresses, present));
  const back: Addressee[] = [];
  for (const each of known) if (each.type === 'mailbox' && (await isRemembered(db, group.id, each.id))) back.push(each);
  return { fit: [...present, ...back], ...absent(known.filter((each) => !back.includes(each))) };
}

/** Of those who are to be owners no longer: who is one, by whichever of the mailbox's addresses, and who is not. */
export async function ownersToGo(
  db: Db | Trx,
  group: Leaving,
  addresses: string[],
): Promise<Standing<Awaited<ReturnType<typeof ownersOf>>[number]>> {
  const present = await ownersOf(db, [group.id]);
  const known = await whoHas(db, group, addresses);
  const isThat = (each: Addressee, id: number) => each.type === 'mailbox' && each.id === id;
  const fit = present.filter((owner) => known.some((each) => isThat(each, owner.mailbox_id)));
  return { fit, ...absent(known.filter((each) => !fit.some((owner) => isThat(each, owner.mailbox_id)))) };
}

const without = (addresses: string[], present: { typed: string }[]) =>
  addresses.filter((address) => !present.some((each) => each.typed === address));

/** An address that nobody has any more was perhaps changed: that who had it is gone is more than anybody knows. */
function absent(known: Addressee[]): Pick<Standing<never>, 'already' | 'refused'> {
  const lost = known.filter((each) => each.fate === 'unknown');
  const gone = known.filter((each) => each.fate !== 'unknown');
  return {
    already: gone.map((each) => each.typed),
    refused: lost.map((each) => ({ email: each.typed, why: 'unknown' })),
  };
}
