import { sql } from 'kysely';
import type { Db } from '../data/database.ts';
import type { Row, Schema } from '../data/schema.ts';
import { ITEMS } from '../trail/items.ts';
import { CONTRADICTIONS, type Contradiction } from './checking/contradictions.ts';

/** What a healthy database never holds: a name for the list, the query that finds each case as one text, and more on it. */
type Fault = { what: string; sql: string; more?: string };

const OPEN = "('submitted', 'returned')";
/** Who the registry of addresses says has an address, as `kind` and `item_id`. */
const held = (kind: string, item: string, address: string) =>
  `exists (select 1 from address a where a.address = ${address} and a.kind = '${kind}' and a.item_id = ${item})`;

/** A code serves nobody once it has expired: at the latest when something was last done. */
const expired = (id: string) =>
  `exists (select 1 from access_code c where c.id = ${id} and c.expires_at <= (select max(at) from audit))`;

const NAMED_FILE = "file_name || ' (' || item_type || ' ' || item_id || ', attachment ' || attachment.id || ')'";

/** Each kind of holder is called like its table. */
const HOLDING_FILES: Row<'attachment'>['holder'][] = [
  'access_code_request',
  'account_request',
  'ticket',
  'disabling',
  'termination',
  'transfer',
];

const FOLLOWED = ['mailbox', 'group', 'contact'] as const;

const SEARCHED = [
  'docid',
  'agency_id',
  'name',
  'email',
  'login',
  'identity',
  'status',
  'package',
  'service_type',
  'category',
  'created_at',
]
  .map((column) => `wanted.${column} is known.${column}`)
  .join(' and ');

/** Waits for the helpdesk; nothing is damaged. */
export const SERVED_TWICE =
  'person who is served twice without leave: end one (SOP 4.11), or permit it under Second accounts';

const FAULTS: Fault[] = [
  {
    what: 'mailbox that the search does not know as it is',
    // each row that is as it must be is of another mailbox, since the mailbox's number is part of its own
    sql: `select 'mailbox ' || mailbox_id from mailbox_search as known
            where not exists (select 1 from mailbox_to_search as wanted where wanted.mailbox_id = known.mailbox_id and ${SEARCHED})
          union
          select 'mailbox ' || id from mailbox where status <> 'deleted' and id not in (select mailbox_id from mailbox_search)`,
  },
  {
    what: 'count of mailboxes that is not as many as there are',
    sql: `select agency_id || ' ' || fact || ' ' || value from (
            select agency_id, fact, value, count from mailbox_tally where count <> 0
            union all select agency_id, fact, value, -count(*) from mailbox_to_count group by 1, 2, 3
          ) group by agency_id, fact, value having sum(count) <> 0`,
  },
  {
    what: 'mailbox whose address is not in the registry',
    sql: `select primary_email from mailbox where status <> 'deleted' and not ${held('mailbox', 'mailbox.id', 'mailbox.primary_email')}`,
  },
  {
    what: 'mailing list whose address is not in the registry',
    sql: `select primary_email from "group" as list where status <> 'deleted' and not ${held('group', 'list.id', 'list.primary_email')}`,
  },
  {
    what: 'postmaster address that is not in the registry',
    sql: `select postmaster_email from agency where not ${held('postmaster', 'agency.id', 'agency.postmaster_email')}`,
  },
  {
    what: 'reserved address of an open account request that is not in the registry',
    sql: `select primary_email from account_request where status in ${OPEN} and primary_email is not null
            and not ${held('request', 'account_request.id', 'account_request.primary_email')}`,
  },
  {
    what: 'registry entry without its mailbox',
    sql: `select address from address where kind in ('mailbox', 'alias')
            and not exists (select 1 from mailbox where mailbox.id = address.item_id and (address.kind = 'alias' or mailbox.primary_email = address.address))`,
  },
  {
    what: 'registry entry without its mailing list',
    sql: `select address from address where kind = 'group'
            and not exists (select 1 from "group" where "group".id = address.item_id and "group".status = 'active')`,
  },
  {
    what: 'contact whose address is not in the registry',
    sql: `select email from contact where status <> 'deleted' and not ${held('contact', 'contact.id', 'contact.email')}`,
  },
  {
    what: 'registry entry without its contact',
    sql: `select address from address where kind = 'contact'
            and not exists (select 1 from contact where contact.id = address.item_id and contact.email = address.address and contact.status = 'active')`,
  },
  {
    what: 'contact that is deleted and may send to a mailing list or mailbox',
    sql: `select email from contact where status = 'deleted'
            and (exists (select 1 from group_sender where group_sender.address = contact.email)
              or exists (select 1 from accepted_sender where accepted_sender.address = contact.email))
            and not exists (select 1 from address where address.address = contact.email)`,
  },
  {
    what: 'reserved address without a day on which it is free again',
    sql: `select address from address where (kind = 'reserved') <> (reserved_until is not null)`,
  },
  {
    what: 'member of a mailing list that was deleted',
    sql: `select list.primary_email || ': ' || member_address from membership join "group" as list on list.id = group_id
            where until is null and list.status = 'deleted'`,
  },
  {
    what: 'member of a mailing list that does not exist or was deleted',
    sql: `select member_type || ' ' || member_id || ' (membership ' || id || ')' from membership m where until is null and (
            (member_type = 'mailbox' and not exists (select 1 from mailbox where mailbox.id = m.member_id and mailbox.status <> 'deleted'))
            or (member_type = 'group' and not exists (select 1 from "group" as list where list.id = m.member_id and list.status <> 'deleted'))
            or (member_type = 'contact' and not exists (select 1 from contact where contact.id = m.member_id and contact.status <> 'deleted')))`,
  },
  {
    what: 'mailing list that holds itself',
    sql: `with recursive inside (list, id) as (
            select group_id, member_id from membership where member_type = 'group' and until is null
            union
            select list, member_id from inside join membership on group_id = inside.id
              where member_type = 'group' and until is null)
          select 'group ' || list from inside where list = id`,
  },
  {
    what: 'registry entry without its agency',
    sql: `select address from address where kind = 'postmaster'
            and not exists (select 1 from agency where agency.id = address.item_id and agency.postmaster_email = address.address)`,
  },
  {
    what: 'registry entry without its open account request',
    sql: `select address from address where kind = 'request'
            and not exists (select 1 from account_request where account_request.id = address.item_id
                              and account_request.status in ${OPEN} and account_request.primary_email = address.address)`,
  },
  {
    what: 'registry entry of another agency than its item',
    sql: `select address.address from address join mailbox on mailbox.id = item_id
            where kind in ('mailbox', 'alias') and address.agency_id is not mailbox.agency_id
          union all
          select address.address from address join "group" on "group".id = item_id
            where kind = 'group' and address.agency_id is not "group".agency_id`,
  },
  {
    what: 'sign-in whose login ID is not in the registry of login IDs',
    sql: `select login_id from user where status <> 'deleted'
            and not exists (select 1 from login_name where login_name.login_id = user.login_id and login_name.user_id = user.id)`,
  },
  {
    what: 'reserved login ID of an open account request that is not in the registry of login IDs',
    sql: `select login_id from account_request where status in ${OPEN} and login_id is not null and login_id <> ''
            and not exists (select 1 from login_name
                              where login_name.login_id = account_request.login_id
                                and login_name.account_request_id = account_request.id)`,
  },
  {
    what: 'login ID in the registry without its sign-in, open account request or correction',
    sql: `select login_id from login_name
            where not exists (select 1 from user where user.id = login_name.user_id and user.login_id = login_name.login_id)
              and not exists (select 1 from account_request r where r.id = login_name.account_request_id
                                and r.status in ${OPEN} and r.login_id = login_name.login_id)
              and not exists (select 1 from correction join mailbox on mailbox.id = mailbox_id
                                where correction.status = 'confirmed' and former_login_id = login_name.login_id
                                  and mailbox.user_id = login_name.user_id)`,
  },
  {
    what: 'mailbox that differs from its sign-in in address, login ID or agency',
    sql: `select primary_email from mailbox join user on user.id = user_id
            where primary_email <> user.email or mailbox.login_id <> user.login_id or mailbox.agency_id is not user.agency_id`,
  },
  {
    what: 'approved account request without its mailbox',
    sql: `select 'request ' || r.id from account_request r where status = 'approved'
            and not exists (select 1 from mailbox where mailbox.id = r.mailbox_id and mailbox.account_request_id = r.id)`,
  },
  {
    what: SERVED_TWICE,
    sql: `select holder || ' ' || holder_id from identity_claim where surplus > 0
            and not (holder = 'access_code' and ${expired('holder_id')})`,
  },
  {
    what: 'mailbox, open account request or live access code that is not known to serve its person',
    sql: `select holder || ' ' || holder_id from identity_holder as living
            where not (holder = 'access_code' and ${expired('holder_id')})
              and not exists (select 1 from identity_claim as claim where claim.holder = living.holder
                                and claim.holder_id = living.holder_id
                                and claim.kind = living.kind and claim.value = living.value)`,
  },
  {
    what: 'known to serve a person, and there is none such',
    sql: `select holder || ' ' || holder_id from identity_claim as claim
            where not exists (select 1 from identity_holder as living where claim.holder = living.holder
                                and claim.holder_id = living.holder_id
                                and claim.kind = living.kind and claim.value = living.value)`,
  },
  {
    what: 'second account that is not the one that was permitted',
    sql: `select claim.holder || ' ' || claim.holder_id from identity_claim as claim
            join second_account as permitted on permitted.id = second_account_id
            left join identity_holder as living on living.holder = claim.holder and living.holder_id = claim.holder_id
            where permitted.kind <> claim.kind or permitted.value <> claim.value or withdrawn_at is not null
              or permitted.agency_id <> living.agency_id`,
  },
  {
    what: 'row of directory_object about an item that does not exist',
    sql: FOLLOWED.map(
      (kind) => `select '${kind} ' || holder.item_id from directory_object as holder
        where holder.item_type = '${kind}' and not ${ITEMS[kind].isThere('holder.item_id')}`,
    ).join(' union all '),
  },
  {
    what: 'item that a directory would never hear of',
    // with a typed number, a column of any type is not looked up in its index: the sign takes the type away
    sql: FOLLOWED.map(
      (kind) => `select '${kind} ' || id from "${kind}" as item where status = 'active'
        and not exists (select 1 from directory_object where item_type = '${kind}' and item_id = +item.id)`,
    ).join(' union all '),
  },
  {
    what: 'attachment of what does not exist',
    sql: HOLDING_FILES.map(
      (kind) => `select ${NAMED_FILE} from attachment where holder = '${kind}'
        and not exists (select 1 from ${kind} as held where held.id = holder_id)`,
    ).join(' union all '),
  },
  {
    what: 'attachment whose file is missing',
    sql: `select ${NAMED_FILE} from attachment where not exists (
            select 1 from attachment_content as content where content.attachment_id = attachment.id)`,
  },
  {
    what: 'attachment whose file is not the one that was attached',
    sql: `select ${NAMED_FILE} from attachment where exists (
            select 1 from attachment_content as content where content.attachment_id = attachment.id)
          and (file_size, attachment.sha256) <> (
            select sum(length(bytes)), sha256(bytes) from (
              select bytes from attachment_content as content where content.attachment_id = attachment.id order by piece))`,
  },
  {
    what: 'bytes of no file',
    sql: `select distinct attachment_id from attachment_content as content
            where not exists (select 1 from attachment where attachment.id = content.attachment_id)
              and not exists (select 1 from file_under_way as brought where brought.attachment_id = content.attachment_id)`,
  },
  {
    what: 'attachment that is missing or not as the audit trail has it',
    sql: `select coalesce(file_name, '') || ' (' || item_type || ' ' || item_id || ')' from (
            select after ->> 'file_name' as file_name, after ->> 'sha256' as sha256, item_type, item_id, count(*) as times
            from audit where action = 'attachment.added' group by 1, 2, 3, 4) as noted
          where times <> (select count(*) from attachment as held
            where held.item_type = noted.item_type and held.item_id = noted.item_id
              and held.file_name = noted.file_name and held.sha256 = noted.sha256)`,
  },
  {
    what: 'attachment that the audit trail does not know',
    sql: `select ${NAMED_FILE} from attachment where not exists (
            select 1 from audit where action = 'attachment.added'
              and audit.item_type = attachment.item_type and audit.item_id = attachment.item_id
              and after ->> 'file_name' = attachment.file_name and after ->> 'sha256' = attachment.sha256)`,
  },
  {
    what: 'attachment that is missing or not as a record has it',
    sql: `select filed.value ->> 'file_name' || ' (record ' || number || ')'
            from record, json_each(content, '$.attachments') as filed
            where not exists (select 1 from attachment
              where attachment.id = filed.value ->> 'id' and attachment.sha256 = filed.value ->> 'sha256')`,
  },
  {
    what: 'record that is not the one that the audit trail names',
    sql: `select record.number || ' (record ' || record_id || ', audit row ' || audit.id || ')'
            from audit join record on record.id = record_id where record_id is not null and record.hash <> record_hash`,
  },
  {
    what: 'session of an access code that does not exist',
    sql: `select substr(id, 1, 8) from session where access_code_id is not null
            and not exists (select 1 from access_code where access_code.id = session.access_code_id)`,
  },
];

/** What names items that the database cannot hold it to. A row of a bulk run has no number of what it was to make, and did not. */
const HOLDERS = ['outbox', 'record', 'audit', 'ticket', 'bulk_row', 'attachment'] satisfies (keyof Schema)[];

function itemFaults(): Fault[] {
  const kinds = Object.keys(ITEMS).map((kind) => `'${kind}'`);
  return HOLDERS.flatMap((holder) => [
    ...Object.entries(ITEMS).map(([kind, { isThere }]) => ({
      what: `row of ${holder} about an item that does not exist`,
      sql: `select '${kind} ' || holder.item_id || ' (${holder} ' || holder.id || ')' from ${holder} as holder
              where holder.item_type = '${kind}' and holder.item_id is not null and not ${isThere('holder.item_id')}`,
    })),
    {
      what: `row of ${holder} about an item of no known kind`,
      sql: `select holder.item_type || ' ' || holder.item_id || ' (${holder} ' || holder.id || ')' from ${holder} as holder
              where holder.item_type not in (${kinds})`,
    },
  ]);
}

/** A fault may be there a million times: so many of one kind are named, and all are counted. */
const NAMED = 20;

/** Of states that contradict each other, why they do. */
const contradiction = ({ what, why, sql }: Contradiction): Fault => ({
  what: what.en,
  sql,
  more: `${what.en}: ${why.en} / ${what.ms}: ${why.ms}`,
});

/** Every fault in what the tables say of each other, one text each. */
export async function findFaults(db: Db): Promise<string[]> {
  const { looks, found } = tableFaults();
  for (const look of looks) await look(db);
  return found();
}

/** The same, a question each: any connection may ask it. */
export function tableFaults() {
  const found: string[][] = [];
  const looks = [...FAULTS, ...itemFaults(), ...CONTRADICTIONS.map(contradiction)].map(
    (fault, at) => async (db: Db) => {
      found[at] = await casesOf(db, fault);
    },
  );
  return { looks, found: () => found.flat() };
}

async function casesOf(db: Db, { what, sql: query, more }: Fault): Promise<string[]> {
  const { rows } = await sql<Record<string, string>>`select * from (${sql.raw(query)}) limit ${NAMED + 1}`.execute(db);
  const cases = rows.slice(0, NAMED).map((row) => `${what}: ${Object.values(row)[0]}`);
  const because = cases.length > 0 && more !== undefined ? [more] : [];
  if (rows.length <= NAMED) return [...cases, ...because];
  const { rows: counted } = await sql<{ count: number }>`select count(*) as count from (${sql.raw(query)})`.execute(db);
  return [...cases, `${what}: and ${(counted[0]?.count ?? 0) - NAMED} more`, ...because];
}
