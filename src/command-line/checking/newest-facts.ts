import type { Database } from 'better-sqlite3';
import type { Row, Schema } from '../../data/schema.ts';
import { UNDER_PASSWORD_SEAL } from '../../data/secret-functions.ts';
import type { AuditAction } from '../../texts.ts';
import type { ItemType } from '../../trail/items.ts';

type Facts = Record<string, unknown>;

/**
 * What the trail tells of a kind of item: the columns that `after` names, and by what act. `implied` is what an act says by being
 * there, without a word.
 */
type Told<Table extends keyof Schema> = {
  table: Table;
  columns: (keyof Row<Table> & string)[];
  acts: Partial<Record<AuditAction, Partial<Record<keyof Row<Table> & string, unknown>>>>;
};

const MAILBOX: Told<'mailbox'> = {
  table: 'mailbox',
  columns: [
    'status',
    'agency_id',
    'package',
    'grade',
    'storage_mb',
    'service_type',
    'primary_email',
    'login_id',
    'accept_from',
  ],
  acts: {
    'mailbox.created': { status: 'active' },
    'mailbox.updated': {},
    'mailbox.corrected': {},
    'mailbox.disabled': {},
    'mailbox.enabled': {},
    'mailbox.deleted': { status: 'deleted' },
    'mailbox.restored': {},
    'mailbox.transferred-in': {},
    'mailbox.senders-restricted': {},
    'mailbox.senders-restored': {},
  },
};

const GROUP: Told<'group'> = {
  table: 'group',
  columns: ['status', 'display_name', 'primary_email', 'accept_from'],
  acts: { 'group.created': { status: 'active' }, 'group.updated': {}, 'group.deleted': { status: 'deleted' } },
};

const CONTACT: Told<'contact'> = {
  table: 'contact',
  columns: ['status', 'full_name', 'email'],
  acts: { 'contact.registered': { status: 'active' }, 'contact.updated': {}, 'contact.deleted': { status: 'deleted' } },
};

const USER: Told<'user'> = {
  table: 'user',
  columns: ['role', 'password_changed_at'],
  acts: {
    'user.first-helpdesk': { role: 'helpdesk' },
    'staff.invited': { role: 'helpdesk' },
    'administrator.invited': { role: 'admin' },
    'administrator.granted': {},
    'administrator.withdrawn': {},
    'user.password-changed': {},
    'user.activated': {},
  },
};

const TICKET: Told<'ticket'> = {
  table: 'ticket',
  columns: ['status', 'kind', 'due_on'],
  acts: {
    'ticket.requested': {},
    'ticket.opened': { status: 'open' },
    'ticket.resolved': { status: 'resolved' },
    'ticket.closed': { status: 'closed' },
    'ticket.reopened': { status: 'open' },
    'ticket.refused': { status: 'refused' },
    'ticket.withdrawn': { status: 'withdrawn' },
    'ticket.postponed': {},
  },
};

const TRANSFER: Told<'transfer'> = {
  table: 'transfer',
  columns: ['status', 'keep_address'],
  acts: {
    'transfer.requested': { status: 'requested' },
    'transfer.agreed': { status: 'agreed' },
    'transfer.refused': { status: 'refused' },
    'transfer.withdrawn': { status: 'withdrawn' },
    'transfer.expired': { status: 'expired' },
    'transfer.carried-out': { status: 'carried-out' },
  },
};

const ACCOUNT_REQUEST: Told<'account_request'> = {
  table: 'account_request',
  columns: ['status', 'primary_email', 'login_id', 'package', 'grade', 'storage_mb', 'service_type', 'mailbox_id'],
  acts: {
    'account-request.registered': { status: 'submitted' },
    'account-request.registered-directly': { status: 'submitted' },
    'account-request.resubmitted': { status: 'submitted' },
    'account-request.allocated': {},
    'account-request.returned': { status: 'returned' },
    'account-request.approved': { status: 'approved' },
    'account-request.refused': { status: 'refused' },
  },
};

const LIST_REQUEST: Told<'list_change_request'> = {
  table: 'list_change_request',
  columns: ['status'],
  acts: Object.fromEntries(
    (['change', 'join', 'leave', 'new'] as const).flatMap((kind) =>
      (['requested', 'approved', 'refused', 'withdrawn'] as const).map((status) => [
        `group.${kind}-${status}` satisfies AuditAction,
        { status },
      ]),
    ),
  ),
};

/** The other states of somebody who has no mailbox are told by these alone; of whoever has one, the mailbox's are. */
const TOLD = {
  mailbox: MAILBOX,
  group: GROUP,
  contact: CONTACT,
  user: USER,
  ticket: TICKET,
  transfer: TRANSFER,
  account_request: ACCOUNT_REQUEST,
  list_change_request: LIST_REQUEST,
} satisfies Partial<Record<ItemType, { table: keyof Schema; columns: string[] }>>;

type Kind = keyof typeof TOLD;

/** Each act tells of one kind of item. */
const KIND_OF_ACT = new Map<string, Kind>(
  Object.entries(TOLD).flatMap(([kind, { acts }]) => Object.keys(acts).map((act) => [act, kind as Kind] as const)),
);

/** The acts by which a password is set: the moment is in the trail, and under the password's seal. */
const SETS_PASSWORD = new Set<string>([
  'user.first-helpdesk',
  'user.password-changed',
  'user.activated',
] satisfies AuditAction[]);

type TrailRow = {
  id: number;
  at: string;
  action: AuditAction;
  item_type: ItemType;
  item_id: number;
  after: string | null;
};
type Newest = Map<string, Map<string, Fact>>;
type Fact = { value: unknown; row: number };

/** So many of one kind are named. */
const NAMED = 20;

/**
 * Rows that are not as the audit trail says last: a role raised, a mailbox opened, a package changed by another way than an act.
 * What the trail never told of a row, such as of sample data, is not asked.
 */
export function toldOtherwise(sqlite: Database): string[] {
  const newest = newestFacts(sqlite);
  addFirstRoles(sqlite, newest);
  return Object.entries(TOLD).flatMap(([kind, { table, columns }]) => {
    const quoted = columns.map((column) => `"${column}"`).join(', ');
    const rows = sqlite.prepare(`select id, ${quoted} from "${table}"`).iterate() as Iterable<Facts & { id: number }>;
    const found: string[] = [];
    for (const row of rows)
      for (const [column, fact] of newest.get(`${kind} ${row.id}`) ?? [])
        if (column in row && row[column] !== fact.value && !isNeverSet(column, row))
          found.push(
            `${kind} ${row.id} is not as the audit trail says last (row ${fact.row}): ${column} is ${inWords(row[column])}, and was ${inWords(fact.value)}`,
          );
    return found.length > NAMED
      ? [...found.slice(0, NAMED), `${kind} not as the audit trail says last: and ${found.length - NAMED} more`]
      : found;
  });
}

/** Sample people with a past have changed passwords that they never had: nobody gets in without one. */
const isNeverSet = (column: string, row: Facts) => column === 'password_changed_at' && row[column] === null;

const inWords = (value: unknown) => (value === null ? 'nothing' : String(value));

/** By item and column, what was told last. One way through the trail: there is no index by act (decision 006). */
function newestFacts(sqlite: Database): Newest {
  const newest: Newest = new Map();
  const rows = sqlite
    .prepare(
      `select id, at, action, item_type, item_id, after from audit
        where action in (${[...KIND_OF_ACT.keys()].map((action) => `'${action}'`).join(', ')}) order by id`,
    )
    .iterate() as Iterable<TrailRow>;
  for (const row of rows) {
    const kind = KIND_OF_ACT.get(row.action) as Kind;
    const { columns, acts } = TOLD[kind] as Told<keyof Schema> & { columns: string[] };
    const after = JSON.parse(row.after ?? '{}') as Facts;
    // a list that ended is empty in the trail, and its row keeps what it was called
    const told: Facts = { ...(row.action === 'group.deleted' ? {} : after), ...acts[row.action] };
    if (SETS_PASSWORD.has(row.action)) told.password_changed_at = row.at;
    // what is asked of a list that is there is about the list, and names the request beside it
    const id = row.item_type === kind ? row.item_id : after.request_id;
    if (id === undefined) continue;
    const key = `${kind} ${id}`;
    const known = newest.get(key) ?? new Map<string, Fact>();
    for (const column of columns) if (column in told) known.set(column, { value: asStored(told[column]), row: row.id });
    if (row.action === 'mailbox.created') known.set('made', { value: true, row: row.id });
    newest.set(key, known);
  }
  return newest;
}

/** The trail says yes and no where a table has 1 and 0. */
const asStored = (value: unknown) => (typeof value === 'boolean' ? Number(value) : value);

/**
 * Whoever is more than an officer became so by an act. Where none is told, people are what they were when they first did something,
 * and officers from the moment at which their mailbox was made.
 */
function addFirstRoles(sqlite: Database, newest: Newest) {
  const firstAct = sqlite.prepare(
    "select id as row, actor_role as value from audit where actor_user_id = ? and actor_role in ('user', 'admin', 'helpdesk') order by id limit 1",
  );
  const more = sqlite
    .prepare(
      "select user.id, mailbox.id as mailbox from user left join mailbox on user_id = user.id where role <> 'user'",
    )
    .all() as { id: number; mailbox: number | null }[];
  for (const { id, mailbox } of more) {
    const known = newest.get(`user ${id}`) ?? new Map<string, Fact>();
    if (known.has('role')) continue;
    const made = newest.get(`mailbox ${mailbox}`)?.get('made');
    const fact = made ? { value: 'user', row: made.row } : (firstAct.get(id) as Fact | undefined);
    if (fact === undefined) continue;
    known.set('role', fact);
    newest.set(`user ${id}`, known);
  }
}

/** Passwords that were put in place by another hand than IPMS's: the seal is missing, or of another hash, person or moment. */
export function passwordFaults(sqlite: Database): string[] {
  const rows = sqlite
    .prepare(
      `select 'user ' || id || ' (' || login_id || ')' from user where password_hash is not null
        and password_seal is not audit_hash('password', ${UNDER_PASSWORD_SEAL}) limit ${NAMED + 1}`,
    )
    .pluck()
    .all() as string[];
  const named = rows.slice(0, NAMED).map((each) => `password that IPMS has not set: ${each}`);
  return rows.length > NAMED ? [...named, 'password that IPMS has not set: and more'] : named;
}
