import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { isAbsolute, join, resolve, sep } from 'node:path';
import { readDay } from './time.ts';

/** The threads of Node's pool in this process, which are set before it starts. */
export const POOL_THREADS = Number(process.env.UV_THREADPOOL_SIZE) || 4;

export type Settings = {
  dataDir: string;
  host: string;
  port: number;
  /** Where people reach IPMS, without a slash at the end; null: the address that it listens on. */
  baseUrl: string | null;
  secretFile: string;
  /** The address of the proxy in front, whose X-Forwarded-* headers are believed. */
  trustProxy: string | null;
  smtpUrl: string | null;
  /** The certificate of the authority that the mail server's must be signed by, in PEM; null: one that everybody knows. */
  smtpCa: string | null;
  /** Must the mail server speak TLS? One on this machine need not. */
  smtpTls: (typeof SMTP_TLS)[number];
  mailFrom: { name: string; address: string };
  helpdeskEmail: string | null;
  owaUrl: string | null;
  logLevel: (typeof LOG_LEVELS)[number];
  bcryptCost: number;
  metricsToken: string | null;
  /** Until which day, by login ID, somebody who must have a second factor may still do without. */
  secondFactorDelays: Record<string, string>;
  /** The directory that IPMS writes into; null: none. */
  directory: DirectorySettings | null;
  /** The copies that IPMS makes of the database by itself; null: none. */
  backup: BackupSettings | null;
  /** The replica of a second machine, and where it can be looked at from here; null: there is none. */
  standby: { dir: string | null } | null;
  /** The agency's virus scanner, a program by its whole name with its arguments; null: none looks at attachments. */
  scanCommand: string[] | null;
};

export type BackupSettings = {
  /** A folder for the copies of this installation alone. */
  dir: string;
  /** When each day, as HH:MM in Kuala Lumpur. */
  at: string;
  /** Of so many days, weeks and months that have a copy, the newest is kept. */
  keep: { days: number; weeks: number; months: number };
  /** The age keys that a copy can be opened with, as `age1…`; none: it is not encrypted. */
  recipients: string[];
  /** A second folder, that each copy is copied to; null: none. */
  copyTo: string | null;
};

export type DirectorySettings = {
  /** Its controllers, in the order in which they are tried. */
  urls: string[];
  /** Below it lies all that IPMS looks after. */
  baseDn: string;
  bindDn: string;
  passwordFile: string;
  /** The certificates of the authorities that are trusted; null: those that Node knows. */
  ca: string | null;
  /** What follows the login ID in the names that people sign in to Windows with; null: they take their addresses. */
  signInSuffix: string | null;
  /** The part of an agency's accounts, in percent, above which what nobody decided is held. */
  brake: number;
  /** For so many hours a password waits for a directory that is away. */
  passwordHours: number;
};

/** Letters carry links and codes that open an account: in the clear they go only where the agency has said so. */
const SMTP_TLS = ['required', 'optional'] as const;

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A setting that cannot be used; the message names it in one line. */
export class WrongSetting extends Error {}

type Environment = Record<string, string | undefined>;

/**
 * Reads IPMS_* from the environment: the only place that does.
 * @param leastBcryptCost 10 for production; the demo and tests may go down to 4
 * @throws WrongSetting for the first value that cannot be used
 */
export function readSettings(environment: Environment, leastBcryptCost = 10): Settings {
  const text = (name: string) => {
    const value = environment[name]?.trim();
    return value === undefined || value === '' ? null : value;
  };
  const number = (name: string, least: number, most: number, usual: number) => {
    const value = text(name);
    if (value === null) return usual;
    const parsed = Number(value);
    if (!/^\d+$/.test(value) || parsed < least || parsed > most)
      throw new WrongSetting(`${name}=${value} is not a whole number from ${least} to ${most}.`);
    return parsed;
  };
  const url = (name: string, protocols: string[]) => {
    const value = text(name);
    if (value === null) return null;
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol))
      throw new WrongSetting(`${name} is not an address that begins with ${protocols.join('// or ')}//.`);
    return value.replace(/\/+$/, '');
  };
  const email = (name: string) => {
    const value = text(name);
    if (value !== null && !/^[^\s@<>]+@[^\s@<>]+$/.test(value))
      throw new WrongSetting(`${name}=${value} is not an e-mail address.`);
    return value;
  };

  const dataDir = text('IPMS_DATA_DIR') ?? 'data';
  const smtpTls = SMTP_TLS.find((each) => each === (text('IPMS_SMTP_TLS') ?? 'required'));
  if (smtpTls === undefined) throw new WrongSetting(`IPMS_SMTP_TLS is not one of ${SMTP_TLS.join(', ')}.`);
  const logLevel = LOG_LEVELS.find((level) => level === (text('IPMS_LOG_LEVEL') ?? 'info'));
  if (logLevel === undefined) throw new WrongSetting(`IPMS_LOG_LEVEL is not one of ${LOG_LEVELS.join(', ')}.`);
  const trustProxy = text('IPMS_TRUST_PROXY');
  if (trustProxy !== null && !isNetwork(trustProxy))
    throw new WrongSetting('IPMS_TRUST_PROXY is not the network address of the proxy, for example 127.0.0.1.');
  const from = text('IPMS_MAIL_FROM') ?? 'IPMS <ipms@localhost>';
  const parts = /^(?:(.*?)\s*<)?([A-Za-z0-9._+-]+@[A-Za-z0-9.-]+)>?$/.exec(from);
  if (parts === null) throw new WrongSetting('IPMS_MAIL_FROM is not an address like "IPMS <ipms@agency.gov.my>".');

  const baseUrl = url('IPMS_BASE_URL', ['http:', 'https:']);
  if (baseUrl !== null && !/^https?:\/\/[^/?#@]+$/i.test(baseUrl))
    throw new WrongSetting(
      'IPMS_BASE_URL is more than a host, and perhaps a port, as in https://ipms.agency.gov.my: IPMS stands at the root of a host of its own.',
    );

  return {
    dataDir,
    host: text('IPMS_HOST') ?? '127.0.0.1',
    port: number('IPMS_PORT', 0, 65_535, 3000),
    baseUrl,
    secretFile: text('IPMS_SECRET_FILE') ?? join(dataDir, 'secret.key'),
    trustProxy,
    smtpUrl: url('IPMS_SMTP_URL', ['smtp:', 'smtps:']),
    smtpCa: readAuthority('IPMS_SMTP_CA_FILE', text('IPMS_SMTP_CA_FILE')),
    smtpTls,
    mailFrom: { name: (parts[1] ?? '').replaceAll('"', '').trim(), address: parts[2] ?? '' },
    helpdeskEmail: email('IPMS_HELPDESK_EMAIL'),
    owaUrl: url('IPMS_OWA_URL', ['http:', 'https:']),
    logLevel,
    bcryptCost: number('IPMS_BCRYPT_COST', leastBcryptCost, 15, 12),
    metricsToken: text('IPMS_METRICS_TOKEN'),
    secondFactorDelays: readDelays(text('IPMS_SECOND_FACTOR_DELAY')),
    directory: readDirectory(text, number),
    backup: readBackup(text, dataDir),
    standby: readStandbyDir(text('IPMS_STANDBY_DIR')),
    scanCommand: readCommand('IPMS_SCAN_COMMAND', text('IPMS_SCAN_COMMAND')),
  };
}

/** A program with its arguments, apart by spaces; what has spaces in it stands in double quotes. No shell reads it. */
function readCommand(name: string, text: string | null) {
  if (text === null) return null;
  const words = [...text.matchAll(/"([^"]*)"|([^\s"]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  if (!isAbsolute(words[0] ?? '') || (text.match(/"/g)?.length ?? 0) % 2 !== 0)
    throw new WrongSetting(
      `${name} does not begin with a program by its whole name, as in /usr/bin/clamdscan --fdpass --no-summary.`,
    );
  return words;
}

/** What the replica is called that cannot be seen from here, on an SFTP server or in a store. */
const ELSEWHERE = 'elsewhere';

/** Whether it is there is seen later: a share that is away must not keep IPMS from starting. */
function readStandbyDir(text: string | null) {
  if (text === null) return null;
  if (text === ELSEWHERE) return { dir: null };
  if (!isAbsolute(text))
    throw new WrongSetting(
      `IPMS_STANDBY_DIR=${text} is neither a folder by its whole name, like /mnt/standby/ipms, nor "${ELSEWHERE}".`,
    );
  return { dir: text };
}

/** Whether the folders are there is seen later: a share that is away must not keep IPMS from starting. */
function readBackup(text: (name: string) => string | null, dataDir: string): BackupSettings | null {
  const at = text('IPMS_BACKUP_AT') ?? '01:30';
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(at))
    throw new WrongSetting(`IPMS_BACKUP_AT=${at} is not an hour and minute like 01:30.`);
  const keep = /^([1-9]\d{0,2})\s+(\d{1,3})\s+(\d{1,3})$/.exec(text('IPMS_BACKUP_KEEP') ?? '14 8 12');
  if (keep === null)
    throw new WrongSetting('IPMS_BACKUP_KEEP is not a number of days, weeks and months like "14 8 12".');
  const recipients = text('IPMS_BACKUP_RECIPIENT')?.split(/\s+/) ?? [];
  for (const each of recipients)
    if (!/^age1[02-9ac-hj-np-z]{58}$/.test(each))
      throw new WrongSetting(`IPMS_BACKUP_RECIPIENT: ${privately(each)} is not a public key of age, like age1ql3z7….`);
  const [dir, copyTo] = [text('IPMS_BACKUP_DIR'), text('IPMS_BACKUP_COPY_TO')];
  for (const [name, folder] of Object.entries({ IPMS_BACKUP_DIR: dir, IPMS_BACKUP_COPY_TO: copyTo })) {
    if (folder === null) continue;
    if (!isAbsolute(folder))
      throw new WrongSetting(`${name}=${folder} is not a folder by its whole name, like /var/backups/ipms.`);
    if ([backupScratch, scanScratch].some((scratch) => isWithin(folder, scratch(dataDir))))
      throw new WrongSetting(`${name}=${folder} is where IPMS itself works, and empties it: name another folder.`);
  }
  if (dir === null) {
    if (copyTo !== null || recipients.length > 0)
      throw new WrongSetting('IPMS_BACKUP_DIR is not set, and IPMS_BACKUP_COPY_TO or IPMS_BACKUP_RECIPIENT is.');
    return null;
  }
  if (copyTo !== null && resolve(copyTo) === resolve(dir))
    throw new WrongSetting('IPMS_BACKUP_COPY_TO is the same folder as IPMS_BACKUP_DIR.');
  const [days, weeks, months] = keep.slice(1).map(Number) as [number, number, number];
  return { dir, at, keep: { days, weeks, months }, recipients, copyTo };
}

/** Where a copy lies while it is not packed; emptied each time. */
export const backupScratch = (dataDir: string) => join(dataDir, 'backup-scratch');

/** Where an attached file lies while a scanner looks at it; emptied at each start. */
export const scanScratch = (dataDir: string) => join(dataDir, 'scan-scratch');

const isWithin = (folder: string, other: string) => `${resolve(folder)}${sep}`.startsWith(`${resolve(other)}${sep}`);

/** A private key that was set by mistake is not to stand in a log. */
const privately = (key: string) => (/secret/i.test(key) ? 'a private key' : key);

/** Persons and days, `siti.ali=2026-12-31 ali.abu=2027-01-15`. */
function readDelays(text: string | null) {
  const delays = text?.split(/[\s,]+/).filter((each) => each !== '') ?? [];
  return Object.fromEntries(
    delays.map((each) => {
      const [, login, day = ''] = /^([a-z0-9._-]+)=(\d{4}-\d{2}-\d{2})$/i.exec(each) ?? [];
      if (login === undefined || readDay(day) === null)
        throw new WrongSetting(
          `IPMS_SECOND_FACTOR_DELAY: ${each} is not a login ID and its last day, as in siti.ali=2026-12-31.`,
        );
      return [login.toLowerCase(), day];
    }),
  );
}

/** Whether it can be reached is seen later: a directory that is away must not keep IPMS from starting. */
function readDirectory(
  text: (name: string) => string | null,
  number: (name: string, least: number, most: number, usual: number) => number,
): DirectorySettings | null {
  const urls = text('IPMS_LDAP_URL')?.split(/\s+/) ?? [];
  for (const url of urls)
    if (!/^ldaps?:\/\/[^/@?#]+\/?$/.test(url) || !URL.canParse(url))
      throw new WrongSetting(`IPMS_LDAP_URL: ${url} is not an address like ldaps://dc1.agency.gov.my.`);
  const name = (setting: string) => {
    const value = text(setting);
    if (value !== null && !/^(?:[a-z]+=(?:\\.|[^,\\])+,)*dc=[^,]+$/i.test(value))
      throw new WrongSetting(`${setting}=${value} is not a name like OU=IPMS,DC=agency,DC=gov,DC=my.`);
    return value;
  };
  const [baseDn, bindDn] = [name('IPMS_LDAP_BASE_DN'), name('IPMS_LDAP_BIND_DN')];
  const passwordFile = text('IPMS_LDAP_PASSWORD_FILE');
  if (passwordFile !== null) readAs('IPMS_LDAP_PASSWORD_FILE', passwordFile, (content) => content.trim() !== '');
  const ca = readAuthority('IPMS_LDAP_CA_FILE', text('IPMS_LDAP_CA_FILE'));
  const signInSuffix = text('IPMS_LDAP_UPN_SUFFIX')?.replace(/^@/, '') ?? null;
  if (signInSuffix !== null && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(signInSuffix))
    throw new WrongSetting(`IPMS_LDAP_UPN_SUFFIX=${signInSuffix} is not a name like agency.gov.my.`);
  const brake = number('IPMS_DIRECTORY_BRAKE', 0, 100, 5);
  const passwordHours = number('IPMS_DIRECTORY_PASSWORD_HOURS', 1, 168, 24);
  if (urls.length === 0) return null;
  if (baseDn === null) throw new WrongSetting('IPMS_LDAP_URL is set, and IPMS_LDAP_BASE_DN is not.');
  if (bindDn === null) throw new WrongSetting('IPMS_LDAP_URL is set, and IPMS_LDAP_BIND_DN is not.');
  if (passwordFile === null) throw new WrongSetting('IPMS_LDAP_URL is set, and IPMS_LDAP_PASSWORD_FILE is not.');
  return { urls, baseDn, bindDn, passwordFile, ca, signInSuffix, brake, passwordHours };
}

function readAuthority(setting: string, file: string | null) {
  return file === null ? null : readAs(setting, file, (content) => new X509Certificate(content).ca);
}

function readAs(setting: string, file: string, isRight: (content: string) => boolean) {
  let why = 'it does not hold what it should';
  try {
    const content = readFileSync(file, 'utf8');
    if (isRight(content)) return content;
  } catch (error) {
    why = String((error as Error).message).split('\n')[0] ?? '';
  }
  throw new WrongSetting(`${setting}=${file} cannot be used: ${why}.`);
}

/** A network address, or a network of some of them; `/0` would be everybody, and everybody would be believed. */
function isNetwork(text: string) {
  const [address = '', bits = '32', ...more] = text.split('/');
  return (
    isIP(address) > 0 &&
    /^[1-9]\d{0,2}$/.test(bits) &&
    Number(bits) <= (isIP(address) === 4 ? 32 : 128) &&
    more.length === 0
  );
}
