import { dayOf } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { restorableUntil } from '../mailbox-life/restoring.ts';
import { PACKAGES, SERVICES } from '../officers/package.ts';
import { accountName, contactName, freeName } from './account-names.ts';
import { type Adopted, adoptedOf, asAdopted } from './adoption/adopted.ts';
import {
  attributesOf,
  COMMAND_FIELDS,
  CONTACT_FIELDS,
  type ContactFacts,
  GROUP_FIELDS,
  GROUP_TYPE,
  type GroupFacts,
  type MailboxFacts,
  QUOTA_FIELDS,
  SECURITY_GROUP,
  type Unfit,
  USER_FIELDS,
} from './mapping.ts';
import { markOf, type ObjectOf, type Wanted } from './objects.ts';
import {
  type AliasRow,
  agencyCodes,
  allocations,
  allowedSendersOf,
  contacts,
  groupAliasesOf,
  groupsOf,
  type LinkRow,
  loginIdsLike,
  mailboxAliasesOf,
  mailboxesOf,
  membersOf,
  ownersOf,
  postmasters,
} from './queries.ts';

/**
 * What the database wants of a directory. What is gone is named, and not concluded from its absence: a part that was not
 * asked about is not to be removed.
 */
export type Wanting = { objects: Wanted[]; gone: ObjectOf[]; unfit: Unfit[] };

type Agency = Pick<Row<'agency'>, 'id' | 'code' | 'name' | 'directory_mode' | 'directory_ou'>;
type Options = { now: Date; signInSuffix: string | null };

const SYSTEM = ['Sistem'];
const CONTACTS = ['Kenalan'];
/** The empty group: a list that nobody may send to would be open to everybody if it named nobody. */
const NOBODY: ObjectOf = { type: 'helper', id: 'tiada-sesiapa' };
const NOBODY_NAME = 'ipms-tiada-sesiapa';
const wholeAgency = ({ id }: Pick<Agency, 'id'>): ObjectOf => ({ type: 'helper', id: `semua:${id}` });
const wholeName = ({ code }: Pick<Agency, 'code'>) => `ipms-${code}-semua`;
const ALLOCATED = [
  ...PACKAGES.map((name) => ({ id: `pakej:${name}`, name: `ipms-pakej-${name}` })),
  ...SERVICES.map((name) => ({ id: `servis:${name}`, name: `ipms-servis-${name.replaceAll(' ', '-')}` })),
  { id: 'vip', name: 'ipms-vip' },
];
const postmasterOf = (id: number): ObjectOf => ({ type: 'helper', id: `postmaster:${id}` });

/** What is wanted of one agency: its containers, accounts and lists, and the group of all its people. */
export async function wantedOfAgency(db: Db | Trx, agency: Agency, options: Options): Promise<Wanting> {
  const { restoreDays } = await readSystemSettings(db);
  const [mailboxes, groups] = [await mailboxesOf(db, agency), await groupsOf(db, agency)];
  const aliases = {
    mailbox: byItem(await mailboxAliasesOf(db, agency)),
    group: byItem(await groupAliasesOf(db, agency)),
  };
  const [members, owners] = [byHolder(await membersOf(db, agency)), byHolder(await ownersOf(db, agency))];
  const senders = Map.groupBy(await allowedSendersOf(db, agency), ({ held, holder }) => `${held}:${holder}`);
  const adopted = await adoptedOf(db, agency.id);
  const today = dayOf(options.now);
  const isOver = (mailbox: Pick<Row<'mailbox'>, 'status' | 'deleted_at'>) =>
    mailbox.status === 'deleted' && (restorableUntil(mailbox, restoreDays) ?? today) < today;
  const kept = mailboxes.filter((mailbox) => !isOver(mailbox));
  const active = groups.filter((group) => group.status === 'active');
  const people = kept.map((mailbox) =>
    userOf(
      {
        ...mailbox,
        mark: markOf({ type: 'mailbox', id: mailbox.id }),
        account: mailbox.login_id,
        aliases: aliases.mailbox.get(mailbox.id) ?? [],
        agencyName: agency.name,
        signInName:
          options.signInSuffix === null ? mailbox.primary_email : `${mailbox.login_id}@${options.signInSuffix}`,
        endsOn: mailbox.effective_on,
        isSignInActive: mailbox.user_status === 'active' && hasPassword(agency, mailbox),
      },
      agency,
      senders.get(`mailbox:${mailbox.id}`) ?? [],
      adopted.get(markOf({ type: 'mailbox', id: mailbox.id })),
    ),
  );
  const taken = [...adopted.values()].flatMap(({ attributes }) => attributes.sAMAccountName?.[1] ?? []);
  const accounts = new Set(
    [
      NOBODY_NAME,
      ...ALLOCATED.map(({ name }) => name),
      ...(await agencyCodes(db)).map(wholeName),
      ...(await loginIdsLike(db, agency.code)),
      ...taken,
    ].map(lower),
  );
  const names = new Set<string>();
  const lists = active.map((group) => {
    const of: ObjectOf = { type: 'group', id: group.id };
    const facts = {
      ...group,
      mark: markOf(of),
      account: freeName(accountName(agency.code, group.primary_email), accounts),
      aliases: aliases.group.get(group.id) ?? [],
    };
    const name = freeName(group.primary_email.slice(0, group.primary_email.lastIndexOf('@')), names);
    const own = owners.get(group.id) ?? [];
    const links = {
      member: members.get(group.id) ?? [],
      managedBy: own.slice(0, 1),
      msExchCoManagedByLink: own,
      ...allowed(group, of, senders.get(`group:${group.id}`) ?? []),
    };
    return listOf(facts, name, links, agency, adopted.get(markOf(of)));
  });
  const everybody = kept.filter((mailbox) => mailbox.status === 'active');
  const containers = ['Pengguna', 'Senarai', 'Dihapus'].map((name) =>
    container(`ou:${agency.id}:${name}`, name, [placeOf(agency)], agency.id),
  );
  return together(
    [
      container(`ou:${agency.id}`, placeOf(agency), [], agency.id),
      ...containers,
      helperGroup(
        wholeAgency(agency),
        wholeName(agency),
        agency.id,
        everybody.map(({ id }) => ({ type: 'mailbox', id })),
      ),
    ],
    [...people, ...lists],
    [
      ...mailboxes.filter(isOver).map(({ id }): ObjectOf => ({ type: 'mailbox', id })),
      ...groups.filter(({ status }) => status === 'deleted').map(({ id }): ObjectOf => ({ type: 'group', id })),
    ],
  );
}

/** What is wanted of all agencies together: the contacts, and IPMS's own helpers. */
export async function wantedOfAll(db: Db | Trx): Promise<Wanting> {
  const all = await contacts(db);
  const adopted = await adoptedOf(db, null);
  const present = all
    .filter(({ status }) => status === 'active')
    .map((contact) => {
      const of: ObjectOf = { type: 'contact', id: contact.id };
      const mapped = contactOf({ ...contact, mark: markOf(of), isHidden: false }, of, CONTACTS, null);
      return kept(mapped, adopted.get(markOf(of)), { ended: [], isListed: false });
    });
  const helpers = (await postmasters(db)).map(({ id, code, address }) => {
    const of = postmasterOf(id);
    const facts = {
      full_name: `Postmaster ${code}`,
      email: address,
      position: '',
      company: '',
      phone: '',
      address: '',
    };
    return contactOf({ ...facts, mark: markOf(of), isHidden: true }, of, SYSTEM, id);
  });
  return together(
    [
      container('ou:Kenalan', 'Kenalan', [], null),
      container('ou:Sistem', 'Sistem', [], null),
      helperGroup(NOBODY, NOBODY_NAME, null, []),
      ...serviceGroups(await allocations(db)),
    ],
    [...present, ...helpers],
    all.filter(({ status }) => status === 'deleted').map(({ id }): ObjectOf => ({ type: 'contact', id })),
  );
}

/** The container of an agency, below the base. */
const placeOf = ({ directory_ou, code }: Agency) => directory_ou || code;

/** An account opens with a password of the directory's own; where a person works there, with that person's. */
function hasPassword({ directory_mode }: Agency, mailbox: { password_at: string | null; has_password: unknown }) {
  if (mailbox.password_at !== null) return true;
  return directory_mode !== 'live' && Boolean(mailbox.has_password);
}

type Mapped = { object: Wanted; unfit: Unfit[] };

function together(helpers: Wanted[], mapped: Mapped[], gone: ObjectOf[]): Wanting {
  return {
    objects: [...helpers, ...mapped.map(({ object }) => object)],
    gone,
    unfit: mapped.flatMap(({ unfit }) => unfit),
  };
}

/** As an object that was there before IPMS is to be. */
function kept({ object, unfit }: Mapped, adopted: Adopted | undefined, how: Parameters<typeof asAdopted>[2]): Mapped {
  return { object: asAdopted(object, adopted, how), unfit };
}

function userOf(facts: MailboxFacts, agency: Agency, senders: LinkRow[], adopted: Adopted | undefined): Mapped {
  const of: ObjectOf = { type: 'mailbox', id: facts.id };
  const fields = agency.directory_mode === 'script' ? [...USER_FIELDS, ...COMMAND_FIELDS] : USER_FIELDS;
  const { attributes, unfit } = attributesOf(fields, facts, of);
  // nobody has decided how large it is to be
  if (facts.to_complete === 1) for (const field of QUOTA_FIELDS) delete attributes[field];
  const object: Wanted = {
    of,
    agencyId: agency.id,
    kind: 'user',
    container: [facts.status === 'deleted' ? 'Dihapus' : 'Pengguna', placeOf(agency)],
    name: facts.login_id,
    attributes,
    links: allowed(facts, of, senders),
    isOpen: facts.status === 'active' && facts.isSignInActive,
  };
  const ended = ['Dihapus', placeOf(agency)];
  return kept({ object, unfit }, adopted, { ended, isListed: facts.accept_from === 'listed' });
}

function listOf(
  facts: GroupFacts,
  name: string,
  links: Wanted['links'],
  agency: Agency,
  adopted: Adopted | undefined,
): Mapped {
  const of: ObjectOf = { type: 'group', id: facts.id };
  const { attributes, unfit } = attributesOf(GROUP_FIELDS, facts, of);
  const container = ['Senarai', placeOf(agency)];
  const object: Wanted = { of, agencyId: agency.id, kind: 'group', container, name, attributes, links, isOpen: null };
  return kept({ object, unfit }, adopted, { ended: [], isListed: facts.accept_from === 'listed' });
}

function contactOf(facts: ContactFacts, of: ObjectOf, container: string[], agencyId: number | null): Mapped {
  const { attributes, unfit } = attributesOf(CONTACT_FIELDS, facts, of);
  const name = contactName(facts.email);
  return { object: { of, agencyId, kind: 'contact', container, name, attributes, links: {}, isOpen: null }, unfit };
}

/**
 * Who may send. Where it is limited to some, the empty group stands beside them, whether or not any of them has an object:
 * what names nobody lets everybody in, also for the moment in which the last of them is removed.
 */
function allowed(
  { accept_from, agency_id }: Pick<Row<'group'>, 'accept_from' | 'agency_id'>,
  itself: ObjectOf,
  senders: LinkRow[],
): Record<string, ObjectOf[]> {
  if (accept_from === 'all') return { authOrig: [], dLMemSubmitPerms: [] };
  if (accept_from === 'agency') return { authOrig: [], dLMemSubmitPerms: [wholeAgency({ id: agency_id })] };
  if (accept_from === 'members') return { authOrig: [], dLMemSubmitPerms: [itself] };
  const [lists, people] = [senders.filter(isGroup), senders.filter((sender) => !isGroup(sender))];
  return { authOrig: once(people.map(objectOf)), dLMemSubmitPerms: [NOBODY, ...once(lists.map(objectOf))] };
}

const isGroup = ({ type }: LinkRow) => type === 'group';

/** A person may be listed by two addresses. */
function once(objects: ObjectOf[]) {
  return [...new Map(objects.map((of) => [markOf(of), of])).values()];
}

function objectOf({ type, id }: LinkRow): ObjectOf {
  return type === 'postmaster' ? postmasterOf(id) : { type, id };
}

function container(id: string, name: string, above: string[], agencyId: number | null): Wanted {
  const of: ObjectOf = { type: 'helper', id };
  return { of, agencyId, kind: 'container', container: above, name, attributes: {}, links: {}, isOpen: null };
}

function helperGroup(of: ObjectOf, name: string, agencyId: number | null, member: ObjectOf[]): Wanted {
  const attributes = { sAMAccountName: [name], info: [markOf(of)] };
  return { of, agencyId, kind: 'group', container: SYSTEM, name, attributes, links: { member }, isOpen: null };
}

/**
 * By these groups a site's own rules know what an account was given: security groups, since rules give rights to no other.
 * Where people work in the directory nothing goes by them, and each new account would be three steps more.
 */
function serviceGroups(accounts: Awaited<ReturnType<typeof allocations>>): Wanted[] {
  if (accounts === null) return [];
  const members = new Map<string, ObjectOf[]>(ALLOCATED.map(({ id }) => [id, []]));
  for (const { id, package: letter, services, service_type } of accounts) {
    const given = JSON.parse(services) as string[];
    const groups = [
      `pakej:${letter}`,
      ...given.map((name) => `servis:${name}`),
      ...(service_type === 'vip' ? ['vip'] : []),
    ];
    for (const group of groups) members.get(group)?.push({ type: 'mailbox', id });
  }
  return ALLOCATED.map(({ id, name }) => {
    const group = helperGroup({ type: 'helper', id }, name, null, members.get(id) ?? []);
    return { ...group, attributes: { ...group.attributes, [GROUP_TYPE]: [SECURITY_GROUP] } };
  });
}

function byItem(rows: AliasRow[]) {
  const groups = Map.groupBy(rows, (row) => row.item_id);
  return new Map([...groups].map(([id, each]) => [id, each.map((row) => row.address)]));
}

/** Who is in forty lists is one object. */
function byHolder(rows: LinkRow[]) {
  const once = new Map<string, ObjectOf>();
  const holders = new Map<number, ObjectOf[]>();
  for (const row of rows) {
    const of = objectOf(row);
    const mark = markOf(of);
    const known = once.get(mark) ?? of;
    once.set(mark, known);
    const held = holders.get(row.holder);
    if (held === undefined) holders.set(row.holder, [known]);
    else held.push(known);
  }
  return holders;
}

const lower = (name: string) => name.toLowerCase();
