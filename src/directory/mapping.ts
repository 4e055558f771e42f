import { DAY, later, startOfDay } from '../base/time.ts';
import type { Row } from '../data/schema.ts';
import { partedName } from '../officers/name.ts';
import { shortened } from './account-names.ts';
import type { ObjectOf } from './objects.ts';
import type { MAILBOX_COLUMNS } from './queries.ts';

// What of IPMS stands where in Active Directory and Exchange. The IC number stands nowhere.

/** What is known of an item beside its row: where its names and addresses come from. */
type Named = { mark: string; account: string; aliases: string[] };
export type MailboxFacts = Pick<Row<'mailbox'>, (typeof MAILBOX_COLUMNS)[number]> &
  Named & { agencyName: string; signInName: string; endsOn: string | null; isSignInActive: boolean };
export type GroupFacts = Row<'group'> & Named;
/** A contact of a page, or the one that makes an agency's postmaster known to the directory. */
export type ContactFacts = Pick<
  Row<'contact'>,
  'full_name' | 'email' | 'position' | 'company' | 'phone' | 'address'
> & {
  mark: string;
  isHidden: boolean;
};

/** A value that does not fit: nothing of its object is sent, unless it is to be closed. */
export type Unfit = { of: ObjectOf; field: string; limit: number; length: number };

type Field<Facts> = {
  attribute: string;
  /** The upper length of a value, in UTF-16 as Windows counts; null: not a text. */
  limit: number | null;
  isMany?: true;
  /** What is too long is cut at a word; else the object is refused. */
  isCut?: true;
  /** The field of IPMS that people know. */
  source: string;
  /** An empty value is none. */
  read: (facts: Facts) => string | string[];
};

/** What Windows writes for an account that does not end. */
export const NEVER = '9223372036854775807';
const KB_OF_MB = 1024;
const TO_UNIX_MS = 11_644_473_600_000n;

const isGone = (mailbox: MailboxFacts) => mailbox.status === 'deleted';
const quota = (percent: number) => (mailbox: MailboxFacts) =>
  String(Math.floor((mailbox.storage_mb * KB_OF_MB * percent) / 100));
const addressesOf = (primary: string, aliases: string[]) => [
  `SMTP:${primary}`,
  ...aliases.map((alias) => `smtp:${alias}`),
];
const localPart = (address: string) => address.slice(0, address.lastIndexOf('@'));

/** Of people, whether they have an account or are a contact. */
const NAME_FIELDS: Field<{ full_name: string }>[] = [
  {
    attribute: 'givenName',
    limit: 64,
    isCut: true,
    source: 'full_name',
    read: (one) => partedName(one.full_name).given,
  },
  { attribute: 'sn', limit: 64, isCut: true, source: 'full_name', read: (one) => partedName(one.full_name).parent },
];

export const USER_FIELDS: Field<MailboxFacts>[] = [
  { attribute: 'sAMAccountName', limit: 20, source: 'login_id', read: (mailbox) => mailbox.account },
  { attribute: 'userPrincipalName', limit: 1024, source: 'login_id', read: (mailbox) => mailbox.signInName },
  { attribute: 'displayName', limit: 256, source: 'display_name', read: (mailbox) => mailbox.display_name },
  ...NAME_FIELDS,
  {
    attribute: 'mail',
    limit: 256,
    source: 'primary_email',
    read: (mailbox) => (isGone(mailbox) ? '' : mailbox.primary_email),
  },
  {
    attribute: 'proxyAddresses',
    limit: 1123,
    isMany: true,
    source: 'primary_email',
    read: (mailbox) => (isGone(mailbox) ? [] : addressesOf(mailbox.primary_email, mailbox.aliases)),
  },
  {
    attribute: 'mailNickname',
    limit: 64,
    source: 'primary_email',
    read: (mailbox) => (isGone(mailbox) ? '' : localPart(mailbox.primary_email)),
  },
  { attribute: 'title', limit: 128, isCut: true, source: 'position', read: (mailbox) => mailbox.position },
  {
    attribute: 'department',
    limit: 64,
    isCut: true,
    source: 'division',
    read: (mailbox) => mailbox.division || mailbox.department,
  },
  {
    attribute: 'company',
    limit: 64,
    isCut: true,
    source: 'department',
    read: (mailbox) => mailbox.department || mailbox.agencyName,
  },
  {
    attribute: 'physicalDeliveryOfficeName',
    limit: 128,
    isCut: true,
    source: 'section',
    read: (mailbox) => [mailbox.section, mailbox.unit].filter((part) => part !== '').join(', '),
  },
  { attribute: 'streetAddress', limit: 1024, source: 'address', read: (mailbox) => mailbox.address },
  { attribute: 'l', limit: 128, isCut: true, source: 'city', read: (mailbox) => mailbox.city },
  { attribute: 'postalCode', limit: 40, source: 'postcode', read: (mailbox) => mailbox.postcode },
  { attribute: 'st', limit: 128, isCut: true, source: 'state', read: (mailbox) => mailbox.state },
  { attribute: 'co', limit: 128, isCut: true, source: 'country', read: (mailbox) => mailbox.country },
  { attribute: 'telephoneNumber', limit: 64, source: 'office_phone', read: (mailbox) => mailbox.office_phone },
  { attribute: 'mobile', limit: 64, source: 'mobile_phone', read: (mailbox) => mailbox.mobile_phone },
  { attribute: 'employeeNumber', limit: 512, source: 'id', read: (mailbox) => mailbox.mark },
  {
    attribute: 'accountExpires',
    limit: null,
    source: 'effective_on',
    read: (mailbox) => (mailbox.endsOn === null ? NEVER : eveningOf(mailbox.endsOn)),
  },
  {
    attribute: 'msExchHideFromAddressLists',
    limit: null,
    source: 'status',
    read: (mailbox) => (mailbox.status === 'active' ? '' : 'TRUE'),
  },
  { attribute: 'mDBUseDefaults', limit: null, source: 'storage_mb', read: () => 'FALSE' },
  { attribute: 'mDBStorageQuota', limit: null, source: 'storage_mb', read: quota(90) },
  { attribute: 'mDBOverQuotaLimit', limit: null, source: 'storage_mb', read: quota(95) },
  { attribute: 'mDBOverHardQuotaLimit', limit: null, source: 'storage_mb', read: quota(100) },
];

const hasService = (mailbox: MailboxFacts, ...services: string[]) =>
  !isGone(mailbox) && (JSON.parse(mailbox.services) as string[]).some((each) => services.includes(each));
const whenActive = (mailbox: MailboxFacts) => (mailbox.status === 'active' ? 'TRUE' : 'FALSE');

/**
 * What only the commands of Exchange and of Skype for Business (Lync) may change, never an attribute: a script does. The dot keeps
 * their names apart from those of attributes. A disabled account keeps its contacts and its archive.
 */
export const COMMAND_FIELDS: Field<MailboxFacts>[] = [
  {
    attribute: 'Exchange.Archive',
    limit: null,
    source: 'services',
    read: (mailbox) => (hasService(mailbox, 'Online Archiving') ? 'TRUE' : ''),
  },
  {
    attribute: 'Cs.User',
    limit: null,
    source: 'services',
    read: (mailbox) => (hasService(mailbox, 'Multi Conferencing', 'Enterprise Voice') ? whenActive(mailbox) : ''),
  },
  {
    attribute: 'Cs.Conferencing',
    limit: null,
    source: 'services',
    read: (mailbox) => (hasService(mailbox, 'Multi Conferencing') ? 'TRUE' : ''),
  },
  {
    attribute: 'Cs.EnterpriseVoice',
    limit: null,
    source: 'services',
    read: (mailbox) => (hasService(mailbox, 'Enterprise Voice') ? 'TRUE' : ''),
  },
];

/** What follows the storage that an administrator gave. */
export const QUOTA_FIELDS = USER_FIELDS.filter(({ source }) => source === 'storage_mb').map(
  ({ attribute }) => attribute,
);

export const GROUP_FIELDS: Field<GroupFacts>[] = [
  { attribute: 'sAMAccountName', limit: 64, source: 'primary_email', read: (group) => group.account },
  { attribute: 'displayName', limit: 256, source: 'display_name', read: (group) => group.display_name },
  { attribute: 'mail', limit: 256, source: 'primary_email', read: (group) => group.primary_email },
  {
    attribute: 'proxyAddresses',
    limit: 1123,
    isMany: true,
    source: 'primary_email',
    read: (group) => addressesOf(group.primary_email, group.aliases),
  },
  { attribute: 'mailNickname', limit: 64, source: 'primary_email', read: (group) => localPart(group.primary_email) },
  { attribute: 'info', limit: 1024, source: 'id', read: (group) => group.mark },
];

export const CONTACT_FIELDS: Field<ContactFacts>[] = [
  { attribute: 'displayName', limit: 256, source: 'full_name', read: (contact) => contact.full_name },
  ...NAME_FIELDS,
  { attribute: 'mail', limit: 256, source: 'email', read: (contact) => contact.email },
  {
    attribute: 'proxyAddresses',
    limit: 1123,
    isMany: true,
    source: 'email',
    read: (contact) => addressesOf(contact.email, []),
  },
  { attribute: 'targetAddress', limit: 1123, source: 'email', read: (contact) => `SMTP:${contact.email}` },
  {
    attribute: 'mailNickname',
    limit: 64,
    source: 'email',
    read: (contact) => shortened(localPart(contact.email), contact.email),
  },
  { attribute: 'title', limit: 128, isCut: true, source: 'position', read: (contact) => contact.position },
  { attribute: 'company', limit: 64, isCut: true, source: 'company', read: (contact) => contact.company },
  { attribute: 'telephoneNumber', limit: 64, source: 'phone', read: (contact) => contact.phone },
  { attribute: 'streetAddress', limit: 1024, source: 'address', read: (contact) => contact.address },
  // a contact of Active Directory has no employeeNumber
  { attribute: 'info', limit: 1024, source: 'id', read: (contact) => contact.mark },
  {
    attribute: 'msExchHideFromAddressLists',
    limit: null,
    source: 'status',
    read: (contact) => (contact.isHidden ? 'TRUE' : ''),
  },
];

/** The field of IPMS behind each attribute. */
export const SOURCES = new Map(
  [...USER_FIELDS, ...GROUP_FIELDS, ...CONTACT_FIELDS].map(({ attribute, source }) => [attribute, source] as const),
);

/** Lync, Skype for Business: its maker does not support that LDAP writes it, so it is read alone. */
export const LYNC = 'msRTCSIP-UserEnabled';

/** Lists are universal groups of distribution; a universal one of security is asked for by its number. */
export const GROUP_TYPE = 'groupType';
export const SECURITY_GROUP = '-2147483640';

/** Every attribute of the table, and those whose values are objects: what is read of a directory. */
export const FIELDS = {
  attributes: [...SOURCES.keys(), LYNC, GROUP_TYPE],
  links: ['member', 'managedBy', 'msExchCoManagedByLink', 'authOrig', 'dLMemSubmitPerms'],
};

const NONE: string[] = [];
Object.freeze(NONE);

/** The attributes of an item by its part of the table, and what of it does not fit. */
export function attributesOf<Facts>(fields: Field<Facts>[], facts: Facts, of: ObjectOf) {
  const attributes: Record<string, string[]> = {};
  const unfit: Unfit[] = [];
  for (const { attribute, limit, isCut, source, read } of fields) {
    const value = read(facts);
    const values = Array.isArray(value) ? value.filter((each) => each !== '') : value === '' ? NONE : [value];
    attributes[attribute] = isCut && limit !== null ? values.map((each) => cutAtWord(each, limit)) : values;
    for (const { length } of attributes[attribute])
      if (limit !== null && length > limit) unfit.push({ of, field: source, limit, length });
  }
  return { attributes, unfit };
}

/** What does not fit ends after a whole word, and shows that something is missing. */
function cutAtWord(value: string, limit: number) {
  if (value.length <= limit) return value;
  const start = value.slice(0, limit - 1);
  const words = /\s/.test(value.charAt(limit - 1)) ? start : start.replace(/\s\S*$/, '');
  // one word that is longer than all: cut in it, and never in a sign of two halves
  return `${words.trimEnd().replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The end of a day as Windows counts it: tenths of microseconds since 1601. */
function eveningOf(day: string) {
  const end = later(startOfDay(day), DAY).getTime();
  return String((BigInt(end) + TO_UNIX_MS) * 10_000n);
}
