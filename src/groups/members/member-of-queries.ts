import { sql } from 'kysely';
import type { Db } from '../../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../../data/paging.ts';
import type { Row } from '../../data/schema.ts';

type Ended = Pick<Row<'membership'>, 'since' | 'until' | 'added_by' | 'ended_by' | 'ending'>;

/** A list as a mailbox sees it: is it in it, since when, or was it in it. */
export type MailboxGroup = Pick<Row<'group'>, 'id' | 'display_name' | 'primary_email' | 'status'> & {
  state: 'member' | 'remembered' | 'other' | 'past';
} & { [Name in keyof Ended]: Ended[Name] | null };

type Asked = { id: number; agency_id: number };

/**
 * SOP 4.18 and 4.19: the lists that a mailbox is in; with a search, all lists of the agency that match; with `past`, the
 * memberships that have ended.
 */
export async function listMailboxGroups(db: Db, mailbox: Asked, query: ListQuery): Promise<Found<MailboxGroup>> {
  const { show = query.q === '' ? 'member' : '' } = query.filters;
  let found = db
    .selectFrom('group')
    .leftJoin('membership', (join) => {
      const own = join
        .onRef('membership.group_id', '=', 'group.id')
        .on('membership.member_type', '=', 'mailbox')
        .on('membership.member_id', '=', mailbox.id);
      return show === 'past' ? own.on('membership.until', 'is not', null) : own.on('membership.until', 'is', null);
    })
    .where('group.agency_id', '=', mailbox.agency_id);
  if (show !== 'past') found = found.where('group.status', '=', 'active');
  if (show === 'member')
    found = found.where((eb) =>
      eb.or([eb('group.id', 'in', joinedBy(mailbox.id, false)), eb('group.id', 'in', rememberedOf(mailbox.id))]),
    );
  if (show === 'past') found = found.where('group.id', 'in', joinedBy(mailbox.id, true));
  if (show === 'other') found = found.where('membership.id', 'is', null);
  if (query.q !== '') found = found.where(anyContains(query.q, ['group.display_name', 'group.primary_email']));
  const groups = found.select([
    'group.id',
    'group.display_name',
    'group.primary_email',
    'group.status',
    'membership.since',
    'membership.until',
    'membership.added_by',
    'membership.ended_by',
    'membership.ending',
    sql<
      MailboxGroup['state']
    >`iif(membership.id is null, iif("group".id in ${rememberedOf(mailbox.id)}, 'remembered', 'other'),
      iif(membership.until is null, 'member', 'past'))`.as('state'),
  ]);
  return onePage(db, groups, query, show === 'past' ? 'membership.id' : 'group.id');
}

/** The lists that a disabling in force gives back when it ends. */
const rememberedOf = (
  mailboxId: number,
) => sql<number>`(select m.group_id from disabling d join membership m on m.disabling_id = d.id
  where d.mailbox_id = ${mailboxId} and d.status = 'in-force' and m.ending = 'disabled')`;

/** Begins at the mailbox: it is in a few of many lists. */
function joinedBy(mailboxId: number, ended: boolean) {
  return ended
    ? sql<number>`(select group_id from membership where member_type = 'mailbox' and member_id = ${mailboxId} and until is not null)`
    : sql<number>`(select group_id from membership where member_type = 'mailbox' and member_id = ${mailboxId} and until is null)`;
}
