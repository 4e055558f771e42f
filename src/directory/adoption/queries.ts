import { sql } from 'kysely';
import { agencyDomains, isLive } from '../../addresses/addresses.ts';
import type { Db, Trx } from '../../data/database.ts';
import type { Row } from '../../data/schema.ts';
import type { Real } from '../objects.ts';
import { allAddresses, type Holder, type Item, icNumbersOf, type Known, type Waiting } from './sorting.ts';

type Agency = Pick<Row<'agency'>, 'id'>;
type HolderRow = {
  value: string;
  what: string;
  type: Item['type'] | null;
  id: number;
  agency_id: number | null;
  name: string | null;
};

/** What IPMS knows of these objects of a directory: whose their addresses, login IDs and identities are. */
export async function knownOf(db: Db | Trx, agency: Agency, objects: Real[], now: Date): Promise<Known> {
  const addresses = [...new Set(objects.flatMap(allAddresses))];
  const logins = objects.flatMap(({ attributes }) => attributes.sAMAccountName?.[0]?.toLowerCase() ?? []);
  const numbers = objects.flatMap(icNumbersOf);
  const held = await heldAddresses(db, addresses);
  const names = await heldLogins(db, logins);
  const served = await servedNumbers(db, numbers, now);
  const domains = await agencyDomains(db, agency.id);
  const others = await db.selectFrom('mail_domain').select('domain').where('agency_id', '<>', agency.id).execute();
  return {
    agencyId: agency.id,
    domains: new Set(domains),
    otherDomains: new Set(others.map((row) => row.domain)),
    items: await itemsByGuid(db),
    addresses: byValue(held),
    logins: byValue(names),
    identities: byValue(served),
    waiting: await waitingFor(db, held),
  };
}

/** Every item of IPMS that has an object, by the object's GUID. */
export async function itemsByGuid(db: Db | Trx): Promise<Map<string, Item>> {
  const rows = await db
    .selectFrom('directory_object')
    .select(['guid', 'item_type', 'item_id'])
    .where('guid', 'is not', null)
    .execute();
  return new Map(rows.map(({ guid, item_type, item_id }) => [guid ?? '', { type: item_type, id: item_id } as Item]));
}

async function heldAddresses(db: Db | Trx, all: string[]): Promise<HolderRow[]> {
  const asked = sql`(select value from json_each(${JSON.stringify(all)}))`;
  const { rows } = await sql<HolderRow>`
    select address.address as value, address.kind as what,
      case address.kind when 'alias' then 'mailbox' when 'mailbox' then 'mailbox' when 'group' then 'group' when 'contact' then 'contact' end as type,
      address.item_id as id, address.agency_id, coalesce(mailbox.display_name, list.display_name, contact.full_name, address.address) as name
    from address
    left join mailbox on address.kind in ('mailbox', 'alias') and mailbox.id = address.item_id
    left join "group" as list on address.kind = 'group' and list.id = address.item_id
    left join contact on address.kind = 'contact' and contact.id = address.item_id
    where address.address in ${asked}
    union all
    select user.email, 'sign-in', null, user.id, user.agency_id, user.full_name from user
    where user.email in ${asked} and ${isLive}
      and not exists (select 1 from address where address.address = user.email)`.execute(db);
  return rows;
}

async function heldLogins(db: Db | Trx, all: string[]): Promise<HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    select login_name.login_id as value, 'login' as what, iif(mailbox.id is null, null, 'mailbox') as type,
      coalesce(mailbox.id, 0) as id, coalesce(user.agency_id, request.agency_id) as agency_id,
      coalesce(mailbox.primary_email, user.full_name, request.full_name) as name
    from json_each(${JSON.stringify(all)}) as asked
    join login_name on login_name.login_id = asked.value
    left join user on user.id = login_name.user_id
    left join mailbox on mailbox.user_id = user.id
    left join account_request as request on request.id = login_name.account_request_id`.execute(db);
  return rows;
}

/** Whom the numbers serve; an access code that has expired serves nobody. */
async function servedNumbers(db: Db | Trx, all: string[], now: Date): Promise<HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    select claim.value, claim.holder as what, iif(claim.holder = 'mailbox', 'mailbox', null) as type, claim.holder_id as id,
      holder.agency_id, coalesce(mailbox.primary_email, holder.name) as name
    from json_each(${JSON.stringify(all)}) as asked
    join identity_claim as claim on claim.kind = 'ic_number' and claim.value = asked.value
    join identity_holder as holder on holder.holder = claim.holder and holder.holder_id = claim.holder_id
    left join mailbox on claim.holder = 'mailbox' and mailbox.id = claim.holder_id
    where claim.holder <> 'access_code'
      or exists (select 1 from access_code where access_code.id = claim.holder_id and expires_at > ${now.toISOString()})`.execute(
    db,
  );
  return rows;
}

/** Of the items that hold addresses, those without an object. */
async function waitingFor(db: Db | Trx, held: HolderRow[]): Promise<Map<string, Waiting>> {
  const items = held.filter(({ type }) => type !== null).map(({ type, id }) => ({ type, id }));
  const { rows } = await sql<{ type: string; id: number; agency_id: number | null; ic: string | null; status: string }>`
    select object.item_type as type, object.item_id as id, object.agency_id, mailbox.ic_number as ic,
      coalesce(mailbox.status, list.status, contact.status) as status
    from json_each(${JSON.stringify(items)}) as asked
    join directory_object as object on object.item_type = asked.value ->> 'type' and object.item_id = asked.value ->> 'id'
    left join mailbox on object.item_type = 'mailbox' and mailbox.id = object.item_id
    left join "group" as list on object.item_type = 'group' and list.id = object.item_id
    left join contact on object.item_type = 'contact' and contact.id = object.item_id
    where object.guid is null`.execute(db);
  return new Map(
    rows.map((row) => [
      `${row.type}:${row.id}`,
      { agencyId: row.agency_id, icNumber: row.ic, isActive: row.status === 'active' },
    ]),
  );
}

function byValue(rows: HolderRow[]): Map<string, Holder> {
  return new Map(
    rows.map(({ value, what, type, id, agency_id, name }) => [
      value,
      { what, item: type === null ? null : { type, id }, agencyId: agency_id, name: name ?? value },
    ]),
  );
}
