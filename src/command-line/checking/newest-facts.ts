import { setImmediate as turn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { Row, Schema } from '../../data/schema.ts';
import { UNDER_PASSWORD_SEAL } from '../../data/secret-functions.ts';
import type { AuditAction } from '../../texts.ts';
import type { ItemType } from '../../trail/items.ts';
import { bitsOfItems } from './bits-of-items.ts';

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
    'account-request.partly-allocated': {},
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

/** So many of one kind are named. */
const NAMED = 20;

/**
 * Rows that are not as the audit trail says last: a role raised, a mailbox opened, a package changed by another way than an act.
 * What the trail never told of a row, such as of sample data, is not asked.
 *
 * The trail is read from its end: what is told first of a column is what was told last, and what is older is passed over. So
 * nothing is kept but a bit for each column of each item, however many years there are.
 */
export async function toldOtherwise(sqlite: Database): Promise<string[]> {
  const kinds = new Map(Object.entries(TOLD).map(([kind, told]) => [kind, comparing(sqlite, kind, told)]));
  for (const stretch of fromItsEnd(sqlite)) {
    for (const row of stretch) {
      const kind = KIND_OF_ACT.get(row.action) as Kind;
      const compare = kinds.get(kind) as Comparing;
      // what is asked of a list that is there is about the list, and names the request beside it
      if (row.item_type === kind) compare.tell(row.item_id, row.id, () => toldBy(row));
      else {
        const { request_id } = factsOf(row);
        if (typeof request_id === 'number') compare.tell(request_id, row.id, () => toldBy(row));
      }
    }
    for (const { compare } of kinds.values()) compare();
    await turn(); // a thread looks at something else meanwhile, and is to be told what next
  }
  const users = kinds.get('user') as Comparing;
  tellFirstRoles(sqlite, users);
  users.compare();
  return [...kinds.values()].flatMap(({ found }) => found());
}

const factsOf = ({ after }: TrailRow) => JSON.parse(after ?? '{}') as Facts;

/** What a row tells of the columns of its item. */
function toldBy(row: TrailRow): Facts {
  const { acts } = TOLD[KIND_OF_ACT.get(row.action) as Kind] as Told<keyof Schema>;
  // a list that ended is empty in the trail, and its row keeps what it was called
  const told = { ...(row.action === 'group.deleted' ? {} : factsOf(row)), ...acts[row.action] };
  return SETS_PASSWORD.has(row.action) ? { ...told, password_changed_at: row.at } : told;
}

type Comparing = ReturnType<typeof comparing>;

/** Holds what is told of the items of a kind against their rows, newest first. */
function comparing(sqlite: Database, kind: string, { table, columns }: { table: string; columns: string[] }) {
  const quoted = columns.map((column) => `"${column}"`).join(', ');
  // asked for one by one, they take half of the whole time
  const present = sqlite
    .prepare(`select id, ${quoted} from "${table}" where id in (select value from json_each(?))`)
    .raw();
  const [known, all] = [bitsOfItems(), 2 ** columns.length - 1];
  let told: { id: number; row: number; facts: Facts; untold: number }[] = [];
  const named: string[] = [];
  let count = 0;

  function hold({ id, row, facts, untold }: (typeof told)[number], values: unknown[]) {
    columns.forEach((column, at) => {
      if ((untold & (1 << at)) === 0) return;
      const [value, was] = [values[at + 1], asStored(facts[column])];
      if (value === was || isNeverSet(column, value)) return;
      count += 1;
      if (named.length < NAMED)
        named.push(
          `${kind} ${id} is not as the audit trail says last (row ${row}): ${column} is ${inWords(value)}, and was ${inWords(was)}`,
        );
    });
  }

  return {
    /** @param toldBy is asked only where a column of the item was not told of yet */
    tell(id: number, row: number, toldBy: () => Facts) {
      const before = known.get(id);
      if (before === all) return;
      const facts = toldBy();
      let untold = 0;
      for (const [at, column] of columns.entries()) if (column in facts) untold |= 1 << at;
      untold &= ~before;
      if (untold === 0) return;
      known.set(id, before | untold);
      told.push({ id, row, facts, untold });
    },
    /** Holds what was told since the last time against what is there. */
    compare() {
      if (told.length === 0) return;
      const rows = present.all(JSON.stringify([...new Set(told.map(({ id }) => id))])) as unknown[][];
      const valuesOf = new Map(rows.map((values) => [values[0], values]));
      for (const each of told) {
        const values = valuesOf.get(each.id);
        if (values !== undefined) hold(each, values);
      }
      told = [];
    },
    isTold: (id: number, column: string) => (known.get(id) & (1 << columns.indexOf(column))) !== 0,
    found: () =>
      count > NAMED ? [...named, `${kind} not as the audit trail says last: and ${count - NAMED} more`] : named,
  };
}

/** Sample people with a past have changed passwords that they never had: nobody gets in without one. */
const isNeverSet = (column: string, value: unknown) => column === 'password_changed_at' && value === null;

const inWords = (value: unknown) => (value === null ? 'nothing' : String(value));

/** The trail says yes and no where a table has 1 and 0. */
const asStored = (value: unknown) => (typeof value === 'boolean' ? Number(value) : value);

const ROWS_AT_ONCE = 5000;

/**
 * What tells of columns, newest first. One way through the trail, as there is no index by act (decision 006); a stretch at a time is
 * read forwards, as disks like it.
 */
function* fromItsEnd(sqlite: Database): Iterable<TrailRow[]> {
  const last = sqlite.prepare('select max(id) from audit where id <= ?').pluck();
  const stretch = sqlite.prepare(
    `select id, at, action, item_type, item_id, after from audit where id > ? and id <= ?
        and action in (${[...KIND_OF_ACT.keys()].map((action) => `'${action}'`).join(', ')}) order by id`,
  );
  let end = last.get(Number.MAX_SAFE_INTEGER) as number | null;
  for (; end !== null; end = last.get(end - ROWS_AT_ONCE) as number | null)
    yield (stretch.all(end - ROWS_AT_ONCE, end) as TrailRow[]).reverse();
}

/**
 * Whoever is more than an officer became so by an act. Where none is told, people are what they were when they first did something,
 * and officers from the moment at which their mailbox was made.
 */
function tellFirstRoles(sqlite: Database, users: Comparing) {
  const made = sqlite.prepare(
    `select id as row, 'user' as role from audit
      where item_type = 'mailbox' and item_id = +? and action = 'mailbox.created' order by id desc limit 1`,
  );
  const firstAct = sqlite.prepare(
    "select id as row, actor_role as role from audit where actor_user_id = +? and actor_role in ('user', 'admin', 'helpdesk') order by id limit 1",
  );
  const more = sqlite
    .prepare(
      "select user.id, mailbox.id as mailbox from user left join mailbox on user_id = user.id where role <> 'user'",
    )
    .all() as { id: number; mailbox: number | null }[];
  for (const { id, mailbox } of more) {
    if (users.isTold(id, 'role')) continue;
    const told = (made.get(mailbox) ?? firstAct.get(id)) as { row: number; role: string } | undefined;
    if (told !== undefined) users.tell(id, told.row, () => ({ role: told.role }));
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
