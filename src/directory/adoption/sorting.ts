import { canonicalAddress } from '../../addresses/addresses.ts';
import { readIcNumber } from '../../base/ic-number.ts';
import { FieldRefused } from '../../forms/form.ts';
import { GeneralForm } from '../../mailboxes/general-form.ts';
import { LOGIN_ID } from '../../officers/login-id.ts';
import type { Sentence } from '../../texts.ts';
import { placeOf } from '../comparing.ts';
import { FIELDS } from '../mapping.ts';
import type { Real } from '../objects.ts';

/** The kinds that what lies in a directory is sorted into, in the order of a report. */
export const KINDS = [
  'new',
  'same',
  'ours',
  'double',
  'no-address',
  'foreign',
  'protected',
  'closed',
  'unfit',
] as const;
export type Kind = (typeof KINDS)[number];

/** What is read of each object: what IPMS writes, and what tells people from services and one person from another. */
export const ADOPTION_FIELDS = {
  attributes: [
    ...FIELDS.attributes,
    'adminCount',
    'isCriticalSystemObject',
    'servicePrincipalName',
    'msExchRecipientTypeDetails',
    'employeeID',
    'serialNumber',
  ],
  links: FIELDS.links,
};
const IC_NUMBERS = ['employeeID', 'employeeNumber', 'serialNumber'];

type ItemType = 'mailbox' | 'group' | 'contact';
export type Item = { type: ItemType; id: number };
/** Who has an address or a login ID in IPMS, or is served by an identity: `item` where it is one of the three. */
export type Holder = { what: string; item: Item | null; agencyId: number | null; name: string };
/** Somebody or something that has no object yet, and may be the one that was found. */
export type Waiting = { agencyId: number | null; icNumber: string | null; isActive: boolean };

/** What IPMS knows of what was found. */
export type Known = {
  agencyId: number;
  domains: ReadonlySet<string>;
  /** Those of all other agencies. */
  otherDomains: ReadonlySet<string>;
  /** What is IPMS's already, by GUID. */
  items: ReadonlyMap<string, Item>;
  addresses: ReadonlyMap<string, Holder>;
  logins: ReadonlyMap<string, Holder>;
  identities: ReadonlyMap<string, Holder>;
  /** Of `mailbox:7` and so on, those without an object. */
  waiting: ReadonlyMap<string, Waiting>;
};

/** What an object would be in IPMS; with `link`, it is that item's already. */
export type Taking = {
  type: ItemType;
  link: number | null;
  name: string;
  address: string;
  aliases: string[];
  login: string;
  icNumber: string | null;
};
export type Sorted = { object: Real; type: ItemType; kind: Kind; why: Sentence | null; taking: Taking | null };

/** What an object goes by in a report: its address, where it has one. */
export const nameInReport = ({ object, taking }: Sorted) =>
  taking?.address ?? object.attributes.mail?.[0] ?? object.name;

const TYPES = { user: 'mailbox', group: 'group', contact: 'contact' } as const;
/** Rooms, equipment, shared mailboxes and those of the system (Exchange's own numbers). */
const NO_PEOPLE = new Set([
  '4',
  '16',
  '32',
  '536870912',
  '8388608',
  '4194304',
  '34359738368',
  '8589934592',
  '17179869184',
]);
const SERVICE_NAME =
  /^(?:svc|srv|service|sql|app|bak|backup|krbtgt|administrator|guest|healthmailbox|sm_)(?:[-_.$0-9]|$)/i;

/**
 * Sorts what lies below a place of the directory into its kinds. Reads nothing and changes nothing.
 * @param all everything that was read: an address may be somebody's elsewhere
 * @param below what is to be taken over
 */
export function sortFound(all: Real[], below: Real[], known: Known): Sorted[] {
  const holders = new Map<string, Real[]>();
  for (const object of all)
    for (const address of new Set(allAddresses(object)))
      holders.set(address, [...(holders.get(address) ?? []), object]);
  const sorted = below
    .filter(({ kind }) => kind !== 'container')
    .map((object): Sorted => {
      const type = TYPES[object.kind as keyof typeof TYPES];
      return { object, type, ...sortOne(object, type, holders, known) };
    });
  return oneEach(sorted);
}

/** Two objects are not one person: neither is taken where both say so. */
function oneEach(sorted: Sorted[]): Sorted[] {
  const claims = Map.groupBy(
    sorted.filter(({ taking }) => taking !== null).flatMap((each) => claimsOf(each).map((claim) => ({ claim, each }))),
    ({ claim }) => claim,
  );
  const disputed = new Map<Sorted, Sorted>();
  for (const [, [first, ...others]] of claims)
    for (const other of others)
      if (first !== undefined && first.each !== other.each) {
        disputed.set(first.each, other.each);
        disputed.set(other.each, first.each);
      }
  return sorted.map((each) => {
    const other = disputed.get(each);
    if (other === undefined) return each;
    return {
      ...each,
      kind: 'same',
      taking: null,
      why: { key: 'directory.adopt.why.twoObjects', params: { object: placeOf(other.object) } },
    };
  });
}

function claimsOf({ taking }: Sorted) {
  if (taking === null) return [];
  const { type, link, login, icNumber } = taking;
  return [
    ...(link === null ? [] : [`${type}:${link}`]),
    ...(login === '' ? [] : [`login ${login}`]),
    ...(icNumber === null ? [] : [`ic ${icNumber}`]),
  ];
}

type Outcome = Pick<Sorted, 'kind' | 'why' | 'taking'>;
const left = (kind: Kind, why: Sentence | null = null): Outcome => ({ kind, why, taking: null });

function sortOne(object: Real, type: ItemType, holders: Map<string, Real[]>, known: Known): Outcome {
  if (known.items.has(object.guid) || object.mark !== null) return left('ours');
  const shelter = protectionOf(object);
  if (shelter !== null) return left(...shelter);
  const address = primaryOf(object);
  if (address === null) return left('no-address', { key: 'directory.adopt.why.noAddress' });
  const aliases = allAddresses(object).filter((each) => each !== address);
  const foreign = foreignIn(type, address, aliases, known);
  if (foreign !== undefined)
    return left('foreign', { key: 'directory.adopt.why.foreign', params: { domain: foreign } });
  // a contact has one address in IPMS
  const addresses = type === 'contact' ? [address] : [address, ...aliases];
  for (const each of addresses) {
    const other = holders.get(each)?.find(({ guid }) => guid !== object.guid);
    if (other !== undefined)
      return left('double', { key: 'directory.adopt.why.twice', params: { address: each, object: placeOf(other) } });
  }
  const taking = takingOf(object, type, address, aliases);
  return sortPerson(taking, addresses, known) ?? sortName(object, taking) ?? { kind: 'new', why: null, taking };
}

/** An account that no person has, or that is closed; a group of the system. */
function protectionOf({ kind, isOpen, attributes }: Real): [Kind, Sentence] | null {
  const read = (name: string) => attributes[name]?.[0] ?? '';
  if (read('adminCount') === '1' || read('isCriticalSystemObject') === 'TRUE')
    return ['protected', { key: 'directory.adopt.why.protected' }];
  if (kind !== 'user') return null;
  const isNobody = read('givenName') === '' && read('sn') === '' && !/\S\s+\S/.test(read('displayName'));
  const isService =
    read('servicePrincipalName') !== '' ||
    NO_PEOPLE.has(read('msExchRecipientTypeDetails')) ||
    SERVICE_NAME.test(read('sAMAccountName'));
  if (isNobody || isService) return ['protected', { key: 'directory.adopt.why.service' }];
  return isOpen === false ? ['closed', { key: 'directory.adopt.why.closed' }] : null;
}

/** A domain that is not the agency's: of a further address only one that is another agency's. */
function foreignIn(type: ItemType, address: string, aliases: string[], { domains, otherDomains }: Known) {
  const domainOf = (each: string) => each.slice(each.lastIndexOf('@') + 1);
  const own = domainOf(address);
  if (type === 'contact') return domains.has(own) || otherDomains.has(own) ? own : undefined;
  if (!domains.has(own)) return own;
  return aliases.map(domainOf).find((each) => otherDomains.has(each));
}

/**
 * The person, list or contact may be in IPMS already. It is the same one only when its address says so and nothing says otherwise;
 * where the address is another one, somebody has to look.
 */
function sortPerson(taking: Taking, addresses: string[], known: Known): Outcome | null {
  const [primary] = addresses;
  const holder = known.addresses.get(primary ?? '');
  const same = holder?.item?.type === taking.type && isReachable(holder, known) ? holder : null;
  for (const each of addresses) {
    const other = known.addresses.get(each);
    const isSame = other === undefined || (same !== null && isOne(other, same));
    if (!isSame)
      return left(other?.what === 'sign-in' ? 'same' : 'double', {
        key: 'directory.adopt.why.held',
        params: { address: each, name: nameOf(other, known) },
      });
  }
  for (const [value, holders] of [
    [taking.login, known.logins],
    [taking.icNumber ?? '', known.identities],
  ] as const) {
    const other = value === '' ? undefined : holders.get(value);
    if (other !== undefined && (same === null || !isOne(other, same)))
      return left('same', {
        key: 'directory.adopt.why.otherwise',
        params: { value: shown(value, taking), name: nameOf(other, known) },
      });
  }
  if (same === null) return null;
  const { type, id } = same.item as Item;
  const waiting = known.waiting.get(`${type}:${id}`);
  if (waiting === undefined) return left('same', { key: 'directory.adopt.why.hasObject', params: { name: same.name } });
  if (!waiting.isActive) return left('same', { key: 'directory.adopt.why.notActive', params: { name: same.name } });
  if (waiting.icNumber !== null && taking.icNumber !== null && waiting.icNumber !== taking.icNumber)
    return left('same', { key: 'directory.adopt.why.otherNumber', params: { name: same.name } });
  return {
    kind: 'same',
    why: { key: 'directory.adopt.why.linked', params: { name: same.name } },
    taking: { ...taking, link: id },
  };
}

const isReachable = ({ agencyId }: Holder, known: Known) => agencyId === null || agencyId === known.agencyId;
const isOne = (one: Holder, other: Holder) =>
  one.item !== null && one.item.type === other.item?.type && one.item.id === other.item.id;

/** Another agency's people are not named. */
function nameOf(holder: Holder | undefined, known: Known) {
  return holder === undefined || !isReachable(holder, known) ? '–' : holder.name;
}

/** An IC number is not shown in a report. */
function shown(value: string, { login }: Taking) {
  return value === login ? value : '******';
}

/** What IPMS could not hold under its own rules. */
function sortName(object: Real, taking: Taking): Outcome | null {
  const unfit = (value: string) =>
    left('unfit', { key: 'directory.adopt.why.unfit', params: { value: value.slice(0, 60) } });
  if (taking.type === 'mailbox' && !LOGIN_ID.test(taking.login))
    return unfit(object.attributes.sAMAccountName?.[0] ?? '');
  if (taking.name === '') return unfit(object.attributes.displayName?.[0] ?? object.name);
  const [local = ''] = taking.address.split('@');
  if (taking.type !== 'contact' && !/^(?!.*\.\.)(?!\.)[a-z0-9._-]{1,64}(?<!\.)$/.test(local))
    return unfit(taking.address);
  return null;
}

function takingOf({ name, attributes }: Real, type: ItemType, address: string, aliases: string[]): Taking {
  const read = (field: string) => attributes[field]?.[0] ?? '';
  return {
    type,
    link: null,
    name: fitting('display_name', read('displayName') || name),
    address,
    aliases: type === 'contact' ? [] : aliases,
    login: type === 'mailbox' ? read('sAMAccountName').toLowerCase() : '',
    icNumber: type === 'mailbox' ? (icNumbersOf({ attributes })[0] ?? null) : null,
  };
}

/** A value as somebody could have typed it into the form of a mailbox; empty where it could not be. */
export function fitting(field: keyof typeof GeneralForm.fields, value: string): string {
  try {
    return String(GeneralForm.fields[field].read(value === '' ? [] : [value]) ?? '');
  } catch (error) {
    if (error instanceof FieldRefused) return '';
    throw error;
  }
}

/** The address that mail goes out with: `SMTP:` in capital letters, else `mail`; of a contact, where mail goes. */
function primaryOf({ kind, attributes }: Real) {
  const proxies = attributes.proxyAddresses ?? [];
  const [first = ''] = [
    ...(kind === 'contact' ? (attributes.targetAddress ?? []) : proxies.filter((each) => each.startsWith('SMTP:'))),
    ...(attributes.mail ?? []),
  ];
  const address = canonicalAddress(first.replace(/^smtp:/i, ''));
  return /^[^@\s]+@[^@\s]+$/.test(address) ? address : null;
}

/** The identity card numbers that an object carries where agencies write them. */
export function icNumbersOf({ attributes }: Pick<Real, 'attributes'>) {
  return IC_NUMBERS.flatMap((field) => readIcNumber(attributes[field]?.[0] ?? '') ?? []);
}

/** Every address of an object, in the one spelling. */
export function allAddresses({ kind, attributes }: Pick<Real, 'kind' | 'attributes'>) {
  // of a user, the target is where another system has the mailbox
  const mails = [...(attributes.mail ?? []), ...(kind === 'contact' ? (attributes.targetAddress ?? []) : [])];
  const all = [...mails, ...(attributes.proxyAddresses ?? []).filter((each) => /^smtp:/i.test(each))];
  const addresses = all.map((each) => canonicalAddress(each.replace(/^smtp:/i, '')));
  return [...new Set(addresses.filter((each) => each.includes('@')))];
}
