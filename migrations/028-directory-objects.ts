import { type Kysely, sql } from 'kysely';

/** What wanted state reads of each table (`directory/queries.ts`); any other column may change without a word. */
const MAILBOX =
  `agency_id status display_name full_name primary_email login_id department division section unit position
  address postcode city state country office_phone mobile_phone storage_mb accept_from`.split(/\s+/);
const GROUP = ['agency_id', 'status', 'display_name', 'primary_email', 'accept_from'];
const CONTACT = ['status', 'full_name', 'email', 'position', 'company', 'phone', 'address'];
const MEMBERSHIP = ['group_id', 'member_type', 'member_id', 'until'];
const AGENCY = ['code', 'name', 'postmaster_email', 'directory_mode', 'directory_ou'];

/** Of each agency, with its number: its containers, the group of all its people, the contact that stands for its postmaster. */
const HELPERS = ['ou:#', 'ou:#:Pengguna', 'ou:#:Senarai', 'ou:#:Dihapus', 'semua:#', 'postmaster:#'];
const EVERYBODY = ['semua:#'];
/** Of the installation: two containers, and the empty group through which nobody may send. */
const SHARED = ['ou:Kenalan', 'ou:Sistem', 'tiada-sesiapa'];

/** How an agency is carried into the directory. Nothing is sent before somebody has seen what would be. */
const OF_AGENCY = [
  `directory_mode text not null default 'checklist' check (directory_mode in ('checklist', 'script', 'live'))`,
  `directory_ou text not null default ''`,
  `directory_drift text not null default 'show' check (directory_drift in ('show', 'repair'))`,
  'directory_must_change integer not null default 0 check (directory_must_change in (0, 1))',
  'directory_planned_at text',
  'directory_agreed_at text',
];

const BESIDE = [
  // what is still different: steps for a person, what somebody changed there by hand, what the brake holds; and what was done
  `create table directory_change (
    id integer primary key autoincrement,
    agency_id integer references agency (id),
    item_type text not null check (item_type in ('mailbox', 'group', 'contact', 'helper')),
    item_id any not null check (typeof(item_id) = iif(item_type = 'helper', 'text', 'integer')),
    item_name text not null,
    action text not null check (action in ('create', 'update', 'rename', 'move', 'open', 'close', 'members', 'password', 'remove')),
    field text not null default '',
    from_text text not null default '',
    to_text text not null default '',
    change text not null check (json_valid(change)),
    reason text not null check (reason in ('plan', 'step', 'drift', 'held')),
    controller text,
    since text not null,
    released_at text,
    done_at text,
    done_by integer references user (id),
    done_by_name text
  ) strict`,
  `create unique index directory_change_open on directory_change (item_type, item_id, action, field) where done_at is null`,
  `create index directory_change_agency on directory_change (agency_id, reason, id) where done_at is null`,
  `create index directory_change_item on directory_change (item_type, item_id, id)`,
  // a password on its way: sealed, and erased when it has arrived, after a day, or with the account
  `create table directory_password (
    user_id integer primary key references user (id),
    sealed text not null,
    must_change integer not null default 0 check (must_change in (0, 1)),
    made_at text not null
  ) strict`,
  // one does the work at a time; what it is at, and when it tries again
  `create table directory_work (
    id integer primary key check (id = 1),
    holder text,
    claimed_until text,
    phase text not null default '',
    done integer not null default 0,
    total integer not null default 0,
    asked_at text,
    failures integer not null default 0,
    next_at text,
    last_error text check (json_valid(last_error)),
    last_error_at text,
    controller text,
    last_seen_at text,
    last_whole_at text,
    lacks text check (json_valid(lacks))
  ) strict`,
  'insert into directory_work (id) values (1)',
];

/**
 * What the directory is to hold is read from the tables when it is carried there; here stands which object is an item's,
 * and whether it is due. Triggers say so, whoever writes: no verb can forget it, and ten changes are one mark.
 */
export async function up(db: Kysely<unknown>) {
  for (const column of OF_AGENCY) await sql.raw(`alter table agency add column ${column}`).execute(db);
  await sql`
    create table directory_object (
      id integer primary key autoincrement,
      item_type text not null check (item_type in ('mailbox', 'group', 'contact', 'helper')),
      item_id any not null check (typeof(item_id) = iif(item_type = 'helper', 'text', 'integer')),
      agency_id integer references agency (id),
      guid text,
      dn text,
      real text check (json_valid(real)),
      password_at text,
      wanted_at text not null,
      done_at text,
      state text not null default 'due' check (state in ('due', 'under-way', 'listed', 'step', 'differs', 'refused', 'held')),
      tries integer not null default 0,
      next_try_at text,
      last_error text,
      accepted text not null default '{}' check (json_valid(accepted)),
      unique (item_type, item_id)
    ) strict`.execute(db);
  await sql`create unique index directory_object_guid on directory_object (guid) where guid is not null`.execute(db);
  await sql`create index directory_object_state on directory_object (state, next_try_at)`.execute(db);
  await sql`create index directory_object_agency on directory_object (agency_id, state)`.execute(db);
  for (const table of BESIDE) await sql.raw(table).execute(db);
  await sql`create index group_sender_address on group_sender (address)`.execute(db);
  await sql`create index accepted_sender_address on accepted_sender (address)`.execute(db);
  const first = [
    markMailboxes('true'),
    markGroups(`status = 'active'`),
    markContacts(`status = 'active'`),
    markHelpers(HELPERS, 'true'),
    ...SHARED.map((name) => mark(`'helper', '${name}', null`, '(select 1) where true')),
    `update directory_object set wanted_at = waiting.since
      from (select item_type, item_id, min(created_at) as since from directory_job where state = 'waiting' group by 1, 2) as waiting
      where waiting.item_type = directory_object.item_type and waiting.item_id = directory_object.item_id;`,
    'drop table directory_job;',
  ];
  for (const statement of first) await sql.raw(statement).execute(db);
  for (const [name, statement] of Object.entries(TRIGGERS))
    await sql.raw(`create trigger directory_follows_${name} ${statement}`).execute(db);
  for (const [name, statement] of Object.entries(SHUTTING))
    await sql.raw(`create trigger directory_password_of_${name} ${statement}`).execute(db);
}

/** As it was in the moment of the first change: that is how long it has waited. A change is also a reason to try again. */
function mark(what: string, rows: string) {
  return `
    insert into directory_object (item_type, item_id, agency_id, wanted_at)
    select ${what}, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') from ${rows}
    on conflict (item_type, item_id) do update set agency_id = excluded.agency_id, state = 'due', tries = 0, next_try_at = null,
      wanted_at = iif(state = 'due', wanted_at, excluded.wanted_at)
    where state <> 'due' or next_try_at is not null or agency_id is not excluded.agency_id;`;
}

function markMailboxes(which: string) {
  return mark(`'mailbox', id, agency_id`, `mailbox where ${which}`);
}

function markGroups(which: string) {
  return mark(`'group', id, agency_id`, `"group" where ${which}`);
}

function markContacts(which: string) {
  return mark(`'contact', id, null`, `contact where ${which}`);
}

function markHelpers(names: string[], which: string) {
  return mark(
    `'helper', replace(value, '#', agency.id), agency.id`,
    `agency, json_each('${JSON.stringify(names)}') where ${which}`,
  );
}

function changed(columns: string[]) {
  return columns.map((name) => `old.${name} is not new.${name}`).join(' or ');
}

function within(type: string) {
  return `id in (select group_id from membership where member_type = '${type}' and member_id = new.id and until is null)`;
}

/** A name is given by the names of those that could have the same one: alike but for a number at the end. */
function markNamesakes(row: 'old' | 'new') {
  const stem = (address: string) => `rtrim(substr(${address}, 1, instr(${address}, '@') - 1), '-0123456789')`;
  return markGroups(
    `agency_id = ${row}.agency_id and status = 'active' and ${stem('primary_email')} = ${stem(`${row}.primary_email`)}`,
  );
}

/** The account name of a list begins with its agency's code; a login ID may begin so, too. */
function markNamedAsLogin() {
  return markGroups(`status = 'active' and agency_id in (
    select id from agency where lower(new.login_id) like lower(code) || '-%')`);
}

/** Whose address it is, and who takes mail from it: as long as nobody has it, it stands for nobody. */
function markAddress(row: 'old' | 'new') {
  return `
    ${markMailboxes(`${row}.kind in ('mailbox', 'alias') and id = ${row}.item_id`)}
    ${markGroups(`${row}.kind = 'group' and id = ${row}.item_id`)}
    ${markMailboxes(`id in (select mailbox_id from accepted_sender where address = ${row}.address)`)}
    ${markGroups(`id in (select group_id from group_sender where address = ${row}.address)`)}`;
}

/** The password of an older day that the directory has must not be good again with the account. */
function eraseWaiting(user: string) {
  return `
    update directory_object set password_at = null where item_type = 'mailbox' and item_id in (
      select mailbox.id from mailbox join directory_password on directory_password.user_id = mailbox.user_id where mailbox.user_id = ${user});
    delete from directory_password where user_id = ${user};`;
}

/** A table whose rows belong to one object. */
function ofOne(table: string, owner: string, markThose: (which: string) => string) {
  return {
    [`${table}_added`]: `after insert on ${table} begin ${markThose(`id = new.${owner}`)} end`,
    [`${table}_changed`]: `after update on ${table} begin ${markThose(`id in (old.${owner}, new.${owner})`)} end`,
    [`${table}_removed`]: `after delete on ${table} begin ${markThose(`id = old.${owner}`)} end`,
  };
}

/** Whoever is shut out has no password on its way; the account is opened again by a newer one. */
const SHUTTING: Record<string, string> = {
  mailbox: `after update of status on mailbox when new.status <> 'active' begin ${eraseWaiting('new.user_id')} end`,
  user: `after update of status on user when new.status <> 'active' begin ${eraseWaiting('new.id')} end`,
};

const TRIGGERS: Record<string, string> = {
  mailbox_added: `after insert on mailbox
    begin ${markMailboxes('id = new.id')} ${markHelpers(EVERYBODY, 'agency.id = new.agency_id')} ${markNamedAsLogin()} end`,
  mailbox_changed: `after update of ${MAILBOX} on mailbox when ${changed(MAILBOX)}
    begin ${markMailboxes('id = new.id')} end`,
  mailbox_life: `after update of status, agency_id on mailbox when ${changed(['status', 'agency_id'])}
    begin
      ${markHelpers(EVERYBODY, 'agency.id in (old.agency_id, new.agency_id)')}
      ${markGroups(within('mailbox'))}
      ${markGroups('id in (select group_id from group_owner where mailbox_id = new.id)')}
    end`,
  user_changed: `after update of status, password_hash on user
    when ${changed(['status'])} or (old.password_hash is null) <> (new.password_hash is null)
    begin ${markMailboxes('user_id = new.id')} end`,
  group_added: `after insert on "group" begin ${markGroups('id = new.id')} end`,
  group_changed: `after update of ${GROUP} on "group" when ${changed(GROUP)}
    begin ${markGroups('id = new.id')} end`,
  group_name: `after update of agency_id, status, primary_email on "group"
    when ${changed(['agency_id', 'status', 'primary_email'])}
    begin ${markNamesakes('old')} ${markNamesakes('new')} end`,
  group_life: `after update of status on "group" when ${changed(['status'])}
    begin ${markGroups(within('group'))} end`,
  ...ofOne('group_owner', 'group_id', markGroups),
  ...ofOne('group_sender', 'group_id', markGroups),
  ...ofOne('accepted_sender', 'mailbox_id', markMailboxes),
  // thousands of rows one after the other: of all but the first, one look into an index
  membership_added: `after insert on membership when new.until is null and not exists (
      select 1 from directory_object where item_type = 'group' and item_id = new.group_id and state = 'due')
    begin ${markGroups('id = new.group_id')} end`,
  membership_changed: `after update of ${MEMBERSHIP} on membership when ${changed(MEMBERSHIP)}
    begin ${markGroups('id in (old.group_id, new.group_id)')} end`,
  membership_removed: `after delete on membership when old.until is null
    begin ${markGroups('id = old.group_id')} end`,
  contact_added: `after insert on contact begin ${markContacts('id = new.id')} end`,
  contact_changed: `after update of ${CONTACT} on contact when ${changed(CONTACT)}
    begin ${markContacts('id = new.id')} end`,
  contact_life: `after update of status on contact when ${changed(['status'])}
    begin ${markGroups(within('contact'))} end`,
  address_added: `after insert on address begin ${markAddress('new')} end`,
  address_changed: `after update on address begin ${markAddress('old')} ${markAddress('new')} end`,
  address_removed: `after delete on address begin ${markAddress('old')} end`,
  agency_added: `after insert on agency begin ${markHelpers(HELPERS, 'agency.id = new.id')} end`,
  agency_changed: `after update of ${AGENCY} on agency when ${changed(AGENCY)}
    begin
      ${markHelpers(HELPERS, 'agency.id = new.id')}
      ${markMailboxes('agency_id = new.id')}
      ${markGroups(`agency_id = new.id and status = 'active'`)}
    end`,
  termination_added: `after insert on termination begin ${markMailboxes('id = new.mailbox_id')} end`,
  termination_changed: `after update of status, effective_on on termination
    when ${changed(['status', 'effective_on'])}
    begin ${markMailboxes('id = new.mailbox_id')} end`,
};
