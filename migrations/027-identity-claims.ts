import { type Kysely, sql } from 'kysely';

const IDENTITY = `case category when 'civil_servant' then 'ic_number' else 'email' end as kind,
  case category when 'civil_servant' then ic_number else lower(email) end as value`;

/**
 * Who is being served, and by what: the code, then the request that it became, then the mailbox. A code that expired is
 * told apart by the clock and not here. What somebody entered as an address to be reached at is not who they are: with a
 * request, a mailbox of the category *other* is known by the address of that request.
 */
const LIVING = {
  access_code: `
    select id as holder_id, agency_id, full_name as name, ${IDENTITY} from access_code
    where status in ('issued', 'returned', 'confirmed', 'registered')
      and not exists (select 1 from account_request where access_code_id = access_code.id)`,
  account_request: `
    select id as holder_id, agency_id, full_name as name, ${IDENTITY} from account_request
    where status in ('submitted', 'returned') and iif(category = 'civil_servant', ic_number, email) is not null`,
  mailbox: `
    select holder_id, agency_id, name, kind, value from mailbox_known_as where status <> 'deleted' and value is not null`,
};

/** How each mailbox's person is known, whether or not it still serves anybody. */
const KNOWN_AS = `
  select mailbox.id as holder_id, mailbox.agency_id, mailbox.display_name as name, mailbox.status, mailbox.deleted_at,
    case when mailbox.category = 'civil_servant' then iif(mailbox.ic_number is null, 'passport', 'ic_number')
      else iif(request.email is null and contact_email is null, 'passport', 'email') end as kind,
    case when mailbox.category = 'civil_servant' then coalesce(mailbox.ic_number, upper(passport))
      else coalesce(lower(request.email), lower(contact_email), upper(passport)) end as value
  from mailbox left join account_request as request on request.id = account_request_id`;

/** What each holder had before, so that the claim goes on with the person. */
const BEFORE = {
  account_request: ['access_code', 'access_code_id'],
  mailbox: ['account_request', 'account_request_id'],
};

const COLUMNS = {
  access_code: 'status, category, ic_number, email, expires_at',
  account_request: 'status, category, ic_number, email',
  mailbox: 'status, category, ic_number, passport, contact_email',
};

type Holder = keyof typeof LIVING;

/**
 * One person, one account: a unique index over everything by which a person is served, in all agencies. Triggers keep it
 * as the rows are, whoever writes them; a row that would be the second one of a person is refused by the index, unless the
 * helpdesk permitted a second account in that agency. Doubles that are there already stay, each with a number of its own
 * (`surplus`), and are named by `ipms check`.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table second_account (
      id integer primary key autoincrement,
      kind text not null check (kind in ('ic_number', 'passport', 'email')),
      value text not null,
      agency_id integer not null references agency (id),
      full_name text not null,
      reason text not null,
      granted_by integer not null references user (id),
      granted_at text not null,
      withdrawn_by integer references user (id),
      withdrawn_at text,
      check ((withdrawn_by is null) = (withdrawn_at is null))
    ) strict`.execute(db);
  await sql`create index second_account_identity on second_account (kind, value)`.execute(db);
  await sql`
    create table identity_claim (
      holder text not null check (holder in ('access_code', 'account_request', 'mailbox')),
      holder_id integer not null,
      kind text not null check (kind in ('ic_number', 'passport', 'email')),
      value text not null,
      second_account_id integer references second_account (id),
      surplus integer not null default 0 check (surplus = 0 or second_account_id is null),
      primary key (holder, holder_id)
    ) strict, without rowid`.execute(db);
  await sql.raw(`create view mailbox_known_as as ${KNOWN_AS}`).execute(db);
  for (const [holder, rows] of Object.entries(LIVING))
    await sql.raw(`create view ${holder}_identity as ${rows}`).execute(db);
  const all = Object.keys(LIVING).map((each) => `select '${each}' as holder, * from ${each}_identity`);
  await sql.raw(`create view identity_holder as ${all.join(' union all ')}`).execute(db);
  await sql`
    insert into identity_claim (holder, holder_id, kind, value, surplus)
    select holder, holder_id, kind, value,
      row_number() over (partition by kind, value order by holder = 'mailbox' desc, holder = 'account_request' desc, holder_id) - 1
    from identity_holder
    where holder <> 'access_code'
      or exists (select 1 from access_code where id = holder_id and expires_at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`.execute(
    db,
  );
  await sql`create unique index identity_claim_one
    on identity_claim (kind, value, coalesce(second_account_id, 0), surplus)`.execute(db);
  await sql`create unique index identity_claim_second on identity_claim (second_account_id)
    where second_account_id is not null`.execute(db);
  await sql`create index identity_claim_surplus on identity_claim (surplus) where surplus > 0`.execute(db);
  for (const holder of Object.keys(LIVING) as Holder[]) await follow(db, holder);
  await sql`
    create trigger identity_claim_freed after delete on identity_claim when old.second_account_id is null and old.surplus = 0
    begin
      update identity_claim set surplus = 0 where (holder, holder_id) in (
        select holder, holder_id from identity_claim
        where kind = old.kind and value = old.value and surplus > 0 order by surplus limit 1);
    end`.execute(db);
}

/** The first claim of a person needs no leave; the next takes a permission of its agency that nobody uses, if there is one. */
function claim(holder: Holder) {
  return `
    insert into identity_claim (holder, holder_id, kind, value, second_account_id)
    select '${holder}', holder_id, kind, value,
      case when exists (select 1 from identity_claim as first where first.kind = living.kind and first.value = living.value
          and second_account_id is null and surplus = 0)
        then (select min(id) from second_account as permitted
          where permitted.kind = living.kind and permitted.value = living.value
            and permitted.agency_id = living.agency_id and withdrawn_at is null
            and not exists (select 1 from identity_claim where second_account_id = permitted.id)) end
    from ${holder}_identity as living
    where holder_id = new.id
      and not exists (select 1 from identity_claim where holder = '${holder}' and holder_id = new.id);`;
}

async function follow(db: Kysely<unknown>, holder: Holder) {
  const [former, id] = BEFORE[holder as keyof typeof BEFORE] ?? [];
  const passedOn =
    former === undefined
      ? ''
      : `update identity_claim set holder = '${holder}', holder_id = new.id
           where holder = '${former}' and holder_id = new.${id}
             and exists (select 1 from ${holder}_identity where holder_id = new.id);`;
  const changed = `
    delete from identity_claim where holder = '${holder}' and holder_id = new.id
      and not exists (select 1 from ${holder}_identity as living where living.holder_id = new.id
        and living.kind = identity_claim.kind and living.value = identity_claim.value);`;
  await sql
    .raw(`create trigger ${holder}_claimed after insert on ${holder} begin ${passedOn} ${changed} ${claim(holder)} end`)
    .execute(db);
  await sql
    .raw(
      `create trigger ${holder}_claim_changed after update of ${COLUMNS[holder]} on ${holder}
       begin ${changed} ${claim(holder)} end`,
    )
    .execute(db);
}
