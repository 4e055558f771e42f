import { sql } from 'kysely';
import type { Db } from '../../data/database.ts';
import { ALL_KEYS, anyContains } from '../../data/paging.ts';
import { findIds } from '../../mailboxes/search.ts';
import { termsOf } from '../../mailboxes/search-words.ts';
import type { Member, MemberType } from './membership.ts';

export type Candidate = Member & { inside: number };

/** A search offers so many of each kind. */
const OFFERED: Record<MemberType, number> = { mailbox: 25, group: 10, contact: 10 };
const ACTIVE = {
  status: ['active'],
  package: ['A', 'B', 'C'],
  service_type: ['ordinary', 'vip'],
  category: ['civil_servant', 'other'],
};

/**
 * Whom a list may take: the agency's active mailboxes and lists, and contacts, by any part of the name or address.
 * Without a search the first mailboxes are offered.
 * @param groupId the list whose members are marked among those found; it never finds itself
 */
export async function searchCandidates(
  db: Db,
  agencyId: number,
  q: string,
  types: readonly MemberType[],
  groupId: number,
): Promise<{ rows: Candidate[]; more: boolean }> {
  const rows: Candidate[] = [];
  let more = false;
  for (const type of types) {
    if (q === '' && type !== 'mailbox') continue;
    const most = OFFERED[type];
    const found =
      type === 'mailbox' ? await mailboxes(db, agencyId, q, most + 1) : await others(db, agencyId, q, type, groupId);
    more ||= found.length > most;
    rows.push(...(await marked(db, groupId, found.slice(0, most))));
  }
  return { rows, more };
}

/** Among a million: from the index that the search for mailboxes has. */
async function mailboxes(db: Db, agencyId: number, q: string, most: number): Promise<Member[]> {
  const wanted = { agencyId, terms: termsOf(q, ALL_KEYS), kinds: ACTIVE, isNarrowed: true, ending: 'too' as const };
  const { ids } = await findIds(db, wanted, { sort: 'name', descending: false, limit: most, offset: 0 });
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('mailbox')
    .select(['id', 'display_name as name', 'primary_email as address'])
    .where('id', 'in', ids)
    .orderBy('display_name')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ type: 'mailbox', ...row }));
}

async function others(db: Db, agencyId: number, q: string, type: 'group' | 'contact', groupId: number) {
  const most = OFFERED[type] + 1;
  if (type === 'contact') {
    const contacts = await db
      .selectFrom('contact')
      .select(['id', 'full_name as name', 'email as address'])
      .where('status', '=', 'active')
      .where(anyContains(q, ['full_name', 'email', 'company']))
      .orderBy('full_name')
      .limit(most)
      .execute();
    return contacts.map((row) => ({ type, ...row }));
  }
  const groups = await db
    .selectFrom('group')
    .select(['id', 'display_name as name', 'primary_email as address'])
    .where('agency_id', '=', agencyId)
    .where('status', '=', 'active')
    .where('id', '!=', groupId)
    .where(anyContains(q, ['display_name', 'primary_email']))
    .orderBy('display_name')
    .limit(most)
    .execute();
  return groups.map((row) => ({ type, ...row }));
}

/** Says of each whether it is in the list. */
async function marked(db: Db, groupId: number, members: Member[]): Promise<Candidate[]> {
  const { rows } = await sql<{ inside: number }>`
    select exists (select 1 from membership m where m.group_id = ${groupId} and m.until is null
      and m.member_type = value ->> 'type' and m.member_id = value ->> 'id') as inside
    from json_each(${JSON.stringify(members)}) order by key`.execute(db);
  return members.map((member, at) => ({ ...member, inside: rows[at]?.inside ?? 0 }));
}
