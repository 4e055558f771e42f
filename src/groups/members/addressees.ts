import { RuleBroken } from '../../base/errors.ts';
import type { Db, Trx } from '../../data/database.ts';
import { asOne } from '../../forms/together.ts';
import { type Group, whoHas } from '../queries.ts';
import type { Member, MemberType } from './membership.ts';

const WHY = ['unknown', 'disabled', 'deleted', 'unfit'] as const;
type Refused = Record<(typeof WHY)[number], string[]>;

/** So many of some addresses or names are named where there may be thousands. */
const NAMED = 10;

/** The first of some names, and how many more there are. */
export function namesOf(all: readonly string[], most = NAMED) {
  const more = all.length > most ? `, … (+${all.length - most})` : '';
  return all.slice(0, most).join(', ') + more;
}

/**
 * Who has these addresses, of those whom a list of the agency may hold or be owned by: its active mailboxes, by any of their
 * addresses, its active lists, and contacts. Each once, in the order of the addresses.
 * @param types what is looked for; other kinds are refused
 * @throws RuleBroken beside `field`, with every address that is refused and why; another agency's is as unknown as none
 */
export async function findAddressees(
  db: Db | Trx,
  group: Pick<Group, 'agency_id'>,
  addresses: string[],
  types: readonly MemberType[],
  field: string,
): Promise<Member[]> {
  const refused: Refused = { unknown: [], disabled: [], deleted: [], unfit: [] };
  const found = new Map<string, Member>();
  for (const { typed, fate, ...member } of await whoHas(db, group, addresses)) {
    if (fate !== 'active') refused[fate].push(typed);
    else if (!types.includes(member.type)) refused.unfit.push(typed);
    else found.set(`${member.type}:${member.id}`, member);
  }
  const reasons = WHY.filter((why) => refused[why].length > 0).map((why) => ({
    key: `group.address.${why}` as const,
    params: { addresses: namesOf(refused[why]) },
  }));
  if (reasons.length > 0) {
    const { key, params } = asOne(reasons);
    throw new RuleBroken(key, params, field);
  }
  return [...found.values()];
}
