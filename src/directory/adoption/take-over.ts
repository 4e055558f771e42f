import { sql } from 'kysely';
import { checkAgencyAddress, claimAddress } from '../../addresses/addresses.ts';
import { insertAll } from '../../base/chunks.ts';
import { Conflict } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import type { Trx } from '../../data/database.ts';
import type { Row } from '../../data/schema.ts';
import { join, type Member, reachesItself } from '../../groups/members/membership.ts';
import { servingOnce } from '../../identities/claim.ts';
import { createSignIn, setAcceptFrom } from '../../mailboxes/mailbox.ts';
import { detailsOf } from '../../officers/details.ts';
import { takeLoginId } from '../../officers/login-id.ts';
import { STORAGES_MB } from '../../officers/package.ts';
import { audit } from '../../trail/audit.ts';
import { contactItem, groupItem, mailboxItem, type Item as TrailItem, touch } from '../../trail/items.ts';
import { accountName } from '../account-names.ts';
import { placeOf } from '../comparing.ts';
import { attributesOf, CONTACT_FIELDS, FIELDS, GROUP_FIELDS, USER_FIELDS } from '../mapping.ts';
import { markOf, type Real } from '../objects.ts';
import { type Adopted, asFound } from './adopted.ts';
import { fitting, type Item, type Sorted, type Taking } from './sorting.ts';

export type Agency = Pick<Row<'agency'>, 'id' | 'code' | 'name' | 'directory_mode'>;
/** What is known while objects are taken over: all that were read, which are IPMS's, and how sign-in names end. */
export type Tools = {
  agency: Agency;
  all: ReadonlyMap<string, Real>;
  items: Map<string, Item>;
  signInSuffix: string | null;
};
type Taken = Sorted & { taking: Taking };

const SENDERS = ['authOrig', 'dLMemSubmitPerms'];
const OWNERS = ['managedBy', 'msExchCoManagedByLink'];
/** What stays as it is where IPMS knew the person already: by what it signs in, and what stands where IPMS puts its mark. */
const KEPT_OF_KNOWN = ['sAMAccountName', 'userPrincipalName', 'mailNickname', 'employeeNumber', 'info'];
/** Nobody has decided it yet; the form of the mailbox asks for it. */
const UNDECIDED = { package: 'C', grade: '', service_type: 'ordinary' } as const;

/**
 * Takes one object of the directory over: from then on it is the object of a mailbox with its officer, a list with its members, or a
 * contact. The directory is not written to, nobody is mailed, and the item is in step.
 * @throws RuleBroken or Conflict where somebody else has the address, the login ID or the person meanwhile
 */
export async function takeOver(act: Act, sorted: Taken, tools: Tools): Promise<Item> {
  const { type, link } = sorted.taking;
  const id = link ?? (await MAKE[type](act, sorted, tools));
  const item = { type, id };
  const adopted = await adoptedFrom(act.trx, sorted, item, tools);
  await keepObject(act, sorted, item, adopted, tools);
  const { trail, facts } = await describe(act.trx, item);
  await audit(act, {
    action: 'directory.adopted',
    item: trail,
    after: { ...facts, in_directory: placeOf(sorted.object) },
  });
  tools.items.set(sorted.object.guid, item);
  return item;
}

const MAKE: Record<Item['type'], (act: Act, sorted: Taken, tools: Tools) => Promise<number>> = {
  mailbox: makeMailbox,
  group: makeList,
  contact: makeContact,
};

/** SOP 4.6 step 2 without what the directory does not know: the sign-in has no password, and the package is to be decided. */
async function makeMailbox(act: Act, { object, taking }: Taken, tools: Tools) {
  const { trx, now } = act;
  const { id: agencyId } = tools.agency;
  const { address, login, name, icNumber } = taking;
  await checkAgencyAddress(trx, agencyId, address, 'primary_email');
  // before there is a sign-in with it: an address that somebody signs in with is taken
  await claimAddress(trx, { address, kind: 'mailbox', agencyId, itemId: 0 }, 'primary_email');
  const signIn = { agency_id: agencyId, login_id: login, email: address, full_name: name, recovery_email: null };
  const { id: userId } = await createSignIn(trx, signIn, now);
  await takeLoginId(trx, login, userId);
  const make = () =>
    trx
      .insertInto('mailbox')
      .values({
        ...detailsIn(object),
        ...UNDECIDED,
        agency_id: agencyId,
        user_id: userId,
        category: 'civil_servant',
        to_complete: 1,
        display_name: name,
        full_name: name,
        primary_email: address,
        login_id: login,
        ic_number: icNumber,
        storage_mb: storageOf(object),
        created_at: now.toISOString(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
  const { id } =
    icNumber === null ? await make() : await servingOnce(act, { kind: 'ic_number', value: icNumber }, make);
  await trx.updateTable('address').set({ item_id: id }).where('address', '=', address).execute();
  for (const alias of taking.aliases)
    await claimAddress(trx, { address: alias, kind: 'alias', agencyId, itemId: id }, 'aliases');
  if (isLimited(object)) await setAcceptFrom(trx, { id }, 'listed', sendersOf(object, tools));
  return id;
}

/** What table 3A asks, as far as the directory knows it in a way that the form takes. */
function detailsIn({ attributes }: Pick<Real, 'attributes'>) {
  const read = (field: Parameters<typeof fitting>[0], attribute: string) =>
    fitting(field, attributes[attribute]?.[0] ?? '');
  return detailsOf({
    department: read('department', 'company'),
    division: read('division', 'department'),
    section: read('section', 'physicalDeliveryOfficeName'),
    position: read('position', 'title'),
    address: read('address', 'streetAddress'),
    postcode: read('postcode', 'postalCode'),
    city: read('city', 'l'),
    state: read('state', 'st'),
    country: read('country', 'co'),
    office_phone: read('office_phone', 'telephoneNumber'),
    mobile_phone: read('mobile_phone', 'mobile'),
  });
}

/** The smallest size that is not smaller than what the person has. */
function storageOf({ attributes }: Pick<Real, 'attributes'>) {
  const megabytes = Number(attributes.mDBOverHardQuotaLimit?.[0] ?? 0) / 1024;
  return STORAGES_MB.find((size) => size >= megabytes) ?? Math.max(...STORAGES_MB);
}

/** A list with its members and owners, as far as they are IPMS's; one without an owner is named by the check-up of lists. */
async function makeList(act: Act, { object, taking }: Taken, tools: Tools) {
  const { trx, now } = act;
  const { id: agencyId } = tools.agency;
  const { address, name } = taking;
  await checkAgencyAddress(trx, agencyId, address, 'primary_email');
  await claimAddress(trx, { address, kind: 'group', agencyId, itemId: 0 }, 'primary_email');
  const isItself = isLimited(object) && linksOf(object, SENDERS).every((guid) => guid === object.guid);
  const { id } = await trx
    .insertInto('group')
    .values({
      agency_id: agencyId,
      display_name: name,
      primary_email: address,
      created_at: now.toISOString(),
      accept_from: isItself ? 'members' : isLimited(object) ? 'listed' : 'all',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx.updateTable('address').set({ item_id: id }).where('address', '=', address).execute();
  for (const alias of taking.aliases)
    await claimAddress(trx, { address: alias, kind: 'group', agencyId, itemId: id }, 'aliases');
  const senders = isLimited(object) && !isItself ? sendersOf(object, tools) : [];
  await insertAll(
    trx,
    'group_sender',
    senders.map((sender) => ({ group_id: id, address: sender })),
  );
  const owners = linksOf(object, OWNERS).flatMap((guid) => tools.items.get(guid) ?? []);
  const people = await activeAmong(
    trx,
    owners.filter(({ type }) => type === 'mailbox'),
    agencyId,
  );
  for (const each of new Set(people.map((member) => member.id)))
    await trx.insertInto('group_owner').values({ group_id: id, mailbox_id: each }).execute();
  const group = { id, agency_id: agencyId, display_name: name, primary_email: address };
  const members = linksOf(object, ['member']).flatMap((guid) => tools.items.get(guid) ?? []);
  await joinAll(act, group, await activeAmong(trx, members, agencyId));
  return id;
}

/** A list that would hold itself through another one is left out. @returns who joined */
async function joinAll(act: Act, group: Parameters<typeof join>[1], members: Member[]) {
  const others = members.filter(({ type }) => type !== 'group');
  const lists: Member[] = [];
  for (const list of members.filter(({ type }) => type === 'group'))
    if (list.id !== group.id && !(await reachesItself(act.trx, group, [list]))) lists.push(list);
  return await join(act, group, [...others, ...lists]);
}

/** Those that a list of the agency may hold, with the names and addresses by which a list knows them. */
async function activeAmong(trx: Trx, items: Item[], agencyId: number): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select asked.value ->> 'type' as type, asked.value ->> 'id' as id,
      coalesce(mailbox.display_name, list.display_name, contact.full_name) as name,
      coalesce(mailbox.primary_email, list.primary_email, contact.email) as address
    from json_each(${JSON.stringify(items)}) as asked
    left join mailbox on asked.value ->> 'type' = 'mailbox' and mailbox.id = asked.value ->> 'id'
      and mailbox.status = 'active' and mailbox.agency_id = ${agencyId}
    left join "group" as list on asked.value ->> 'type' = 'group' and list.id = asked.value ->> 'id'
      and list.status = 'active' and list.agency_id = ${agencyId}
    left join contact on asked.value ->> 'type' = 'contact' and contact.id = asked.value ->> 'id' and contact.status = 'active'
    where coalesce(mailbox.id, list.id, contact.id) is not null order by asked.key`.execute(trx);
  return rows;
}

async function makeContact(act: Act, { object, taking }: Taken) {
  const read = (field: Parameters<typeof fitting>[0], attribute: string) =>
    fitting(field, object.attributes[attribute]?.[0] ?? '');
  const { id } = await act.trx
    .insertInto('contact')
    .values({
      full_name: taking.name.slice(0, 120),
      email: taking.address,
      created_at: act.now.toISOString(),
      position: read('position', 'title').slice(0, 120),
      company: read('department', 'company'),
      phone: read('office_phone', 'telephoneNumber'),
      address: read('address', 'streetAddress'),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await claimAddress(act.trx, { address: taking.address, kind: 'contact', agencyId: null, itemId: id }, 'email');
  return id;
}

/** Only some may send to it. */
const isLimited = (object: Real) => linksOf(object, SENDERS).length > 0;
const linksOf = ({ links }: Real, fields: string[]) => [...new Set(fields.flatMap((field) => links[field] ?? []))];

/** The addresses of those who alone may send. */
function sendersOf(object: Real, { all }: Tools) {
  const addresses = linksOf(object, SENDERS).flatMap(
    (guid) => all.get(guid)?.attributes.mail?.[0]?.toLowerCase() ?? [],
  );
  return [...new Set(addresses)];
}

/** What of the object stays as it is. */
async function adoptedFrom(trx: Trx, { object, taking }: Taken, item: Item, tools: Tools): Promise<Adopted> {
  const wanted = await wantedAttributes(trx, item, taking, tools);
  const differing = asFound(wanted, object.attributes);
  const attributes =
    taking.link === null
      ? differing
      : Object.fromEntries(Object.entries(differing).filter(([name]) => KEPT_OF_KNOWN.includes(name)));
  const members = item.type === 'group' ? new Set(await memberMarks(trx, item.id)) : new Set<string>();
  const isForeign = (field: string, guid: string) => {
    const other = tools.items.get(guid);
    if (guid === object.guid || other === undefined) return guid !== object.guid;
    // of a list that IPMS had already, IPMS has decided who is in it
    return field === 'member' && taking.link === null && !members.has(markOf(other));
  };
  const fields = Object.entries(object.links).map(([field, guids]) => [
    field,
    guids.filter((guid) => isForeign(field, guid)),
  ]);
  const keeps = Object.fromEntries(fields.filter(([, guids]) => guids?.length !== 0));
  return { agencyId: tools.agency.id, container: object.container, name: object.name, attributes, keeps };
}

async function memberMarks(trx: Trx, groupId: number) {
  const rows = await trx
    .selectFrom('membership')
    .select(['member_type', 'member_id'])
    .where('group_id', '=', groupId)
    .where('until', 'is', null)
    .execute();
  return rows.map((row) => markOf({ type: row.member_type, id: row.member_id }));
}

/** What IPMS would put into the attributes of the item: the same table as everywhere. */
async function wantedAttributes(trx: Trx, item: Item, { aliases }: Taking, { agency, signInSuffix }: Tools) {
  const mark = markOf(item);
  if (item.type === 'mailbox') {
    const mailbox = await trx.selectFrom('mailbox').selectAll().where('id', '=', item.id).executeTakeFirstOrThrow();
    const signInName = signInSuffix === null ? mailbox.primary_email : `${mailbox.login_id}@${signInSuffix}`;
    const facts = { ...mailbox, mark, account: mailbox.login_id, aliases: aliases.toSorted(), agencyName: agency.name };
    return attributesOf(USER_FIELDS, { ...facts, signInName, endsOn: null, isSignInActive: true }, item).attributes;
  }
  if (item.type === 'group') {
    const group = await trx.selectFrom('group').selectAll().where('id', '=', item.id).executeTakeFirstOrThrow();
    const account = accountName(agency.code, group.primary_email);
    return attributesOf(GROUP_FIELDS, { ...group, mark, account, aliases: aliases.toSorted() }, item).attributes;
  }
  const contact = await trx.selectFrom('contact').selectAll().where('id', '=', item.id).executeTakeFirstOrThrow();
  return attributesOf(CONTACT_FIELDS, { ...contact, mark, isHidden: false }, item).attributes;
}

/** Which object it is, and that it is as it is to be. @throws Conflict when the item has one meanwhile */
async function keepObject({ trx, now }: Act, { object }: Taken, item: Item, adopted: Adopted, tools: Tools) {
  const { numUpdatedRows } = await trx
    .updateTable('directory_object')
    .set({
      guid: object.guid,
      dn: placeOf(object),
      adopted: JSON.stringify(adopted),
      state: 'step',
      tries: 0,
      next_try_at: null,
      last_error: null,
      done_at: now.toISOString(),
      // the account has the password that its person knows
      password_at: item.type === 'mailbox' ? now.toISOString() : null,
      real: tools.agency.directory_mode === 'live' ? null : JSON.stringify(asTicked(object, item, tools)),
    })
    .where('item_type', '=', item.type)
    .where('item_id', '=', item.id)
    .where('guid', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new Conflict('directory.adopt.over');
}

/** The object where a person does the work: what is there is known by marks. */
function asTicked(object: Real, item: Item, { items }: Tools): Real {
  const mark = markOf(item);
  const links = FIELDS.links.map((field) => [
    field,
    (object.links[field] ?? []).flatMap((guid) => {
      const other = guid === object.guid ? item : items.get(guid);
      return other === undefined ? [] : [markOf(other)];
    }),
  ]);
  const attributes = FIELDS.attributes.map((name) => [name, object.attributes[name] ?? []]);
  return { ...object, guid: mark, mark, links: Object.fromEntries(links), attributes: Object.fromEntries(attributes) };
}

async function describe(trx: Trx, { type, id }: Item): Promise<{ trail: TrailItem; facts: Record<string, unknown> }> {
  if (type === 'mailbox') {
    const row = await trx.selectFrom('mailbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const { primary_email, login_id, ic_number } = row;
    return {
      trail: mailboxItem(row),
      facts: { primary_email, login_id, ...(ic_number === null ? {} : { ic_number }) },
    };
  }
  if (type === 'group') {
    const row = await trx.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    return {
      trail: groupItem(row),
      facts: { primary_email: row.primary_email, members: (await memberMarks(trx, id)).length },
    };
  }
  const row = await trx.selectFrom('contact').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return { trail: contactItem(row), facts: { email: row.email } };
}

/**
 * A list that was taken over may hold objects that became IPMS's only later: they are its members from now on.
 * @returns how many joined
 */
export async function joinLateMembers(act: Act, groupId: number, tools: Tools): Promise<number> {
  const { trx } = act;
  const group = await trx.selectFrom('group').selectAll().where('id', '=', groupId).executeTakeFirstOrThrow();
  const row = await trx
    .selectFrom('directory_object')
    .select(['id', 'adopted'])
    .where('item_type', '=', 'group')
    .where('item_id', '=', groupId)
    .executeTakeFirstOrThrow();
  const adopted = JSON.parse(row.adopted ?? '') as Adopted;
  const waiting = adopted.keeps.member ?? [];
  const found = waiting.flatMap((guid) => tools.items.get(guid) ?? []);
  const joined = await joinAll(act, group, await activeAmong(trx, found, group.agency_id));
  if (joined.length === 0) return 0;
  const marks = new Set(joined.map(markOf));
  const member = waiting.filter((guid) => {
    const item = tools.items.get(guid);
    return item === undefined || !marks.has(markOf(item));
  });
  await trx
    .updateTable('directory_object')
    .set({ adopted: JSON.stringify({ ...adopted, keeps: { ...adopted.keeps, member } }), state: 'step' })
    .where('id', '=', row.id)
    .execute();
  await touch(trx, groupId, act.now);
  await audit(act, {
    action: 'directory.adopted',
    item: groupItem(group),
    after: { members: joined.map(({ address }) => address).slice(0, 100) },
  });
  return joined.length;
}
