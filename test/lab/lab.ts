import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Control, InvalidCredentialsError } from 'ldapts';
import type { Test } from 'tap';
import type { DirectorySettings } from '../../src/base/settings.ts';
import { makeCertificates } from '../certificates.ts';
import { startStrictFront } from './strict.ts';

const BASE = 'DC=agensi,DC=test';

/** A domain controller as strict as Windows's, of this process alone, with the attributes of Exchange. */
export type Lab = {
  address: string;
  /** Tags of the requests that came through the strict front, in their order. */
  requests: number[];
  /** Is told the kind of each modification that came through it. */
  watchModify: ((operation: 'add' | 'delete' | 'replace') => void) | null;
  /** Is told the tag of each request before it is passed on. */
  watchRequest: ((tag: number) => void) | null;
  /** Asked for each entry that an answer has; true: it is kept back. */
  keepsBack: (() => boolean) | null;
  /** Asked for each request, with the field of a modification; a number: it is refused with that result code. */
  refuses: ((field: string | null) => number | null) | null;
  /** A part of the directory for one test, made by the administrator; a connector may change what is below it. */
  part(): Promise<DirectorySettings>;
  /** Removes every part with all that is in it: no two accounts of a domain have one name, wherever they lie. */
  clear(): Promise<void>;
  /** The administrator, behind the connector's back and the strict front. */
  admin: Client;
  /** Does it let somebody in with this password? */
  accepts(account: string, password: string): Promise<boolean>;
  kill(): Promise<void>;
  start(): Promise<void>;
  hang(): void;
  goOn(): void;
};

let started: Promise<Lab | { why: string }> | undefined;

/**
 * The lab of this process, started for the first who asks and ended with the process's tests; it has come as when it was
 * new. Null: it cannot start here, and a skipped test says why.
 * @throws Error where it cannot start and IPMS_LAB=required says that it must
 */
export async function startLab(t: Test): Promise<Lab | null> {
  // with `teardown`, the process's tests would end as soon as no file is at work, between two of them
  started ??= startController((end) => t.after(end));
  const lab = await started;
  if ('why' in lab) {
    if (process.env.IPMS_LAB === 'required') throw new Error(`no lab: ${lab.why}`);
    t.test('a real directory', { skip: lab.why }, async () => {});
    return null;
  }
  await lab.clear();
  lab.requests.length = 0;
  return Object.assign(lab, { watchModify: null, watchRequest: null, keepsBack: null, refuses: null });
}

/** A controller for whoever asks. @param atEnd is given what ends it */
export async function startController(atEnd: (end: () => Promise<void>) => void): Promise<Lab | { why: string }> {
  const provisioned = provision();
  if ('why' in provisioned) return provisioned;
  const folder = mkdtempSync(join(tmpdir(), 'ipms-lab-'));
  cpSync(provisioned.domain, join(folder, 'domain'), { recursive: true });
  // an address of this process's own: Samba cannot use other ports than 389 and 636
  const address = [127, 64 + ((process.pid >> 16) & 63), (process.pid >> 8) & 255, process.pid & 255].join('.');
  const ca = makeCertificates(folder, address);
  const configuration = configure(folder, address);
  const keys = {
    key: readFileSync(join(folder, 'key')),
    cert: readFileSync(join(folder, 'cert')),
    ca: Buffer.from(ca),
  };
  const requests: number[] = [];
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'Connector-Lab-2026!\n');
  const admin = new Client({ url: `ldaps://${address}`, tlsOptions: { ca }, timeout: 20_000, autoRebind: true });
  let samba: ChildProcess | null = null;

  async function start() {
    const log = openSync(join(folder, 'log'), 'a');
    // it ends when its standard input does, also where this process is killed
    const args = ['-s', configuration, '-i', '-M', 'single', '--no-process-group'];
    samba = spawn('samba', args, { detached: true, stdio: ['pipe', log, log] });
    await answers(address, samba, join(folder, 'log'));
  }
  function signal(name: NodeJS.Signals) {
    if (samba?.pid && samba.exitCode === null && samba.signalCode === null) process.kill(-samba.pid, name);
  }
  async function kill() {
    const ended = samba;
    if (ended === null) return;
    const gone = new Promise((resolve) => ended.once('exit', resolve));
    signal('SIGKILL');
    await gone;
    samba = null;
  }

  await start();
  const stopFront = await startStrictFront(address, keys, {
    request(tag, kind) {
      requests.push(tag);
      lab.watchRequest?.(tag);
      if (kind !== null) lab.watchModify?.(kind);
    },
    keepsBack: () => lab.keepsBack?.() ?? false,
    refuses: (field) => lab.refuses?.(field) ?? null,
  });
  await admin.bind(`CN=Administrator,CN=Users,${BASE}`, 'Lab-Only-2026!');
  atEnd(async () => {
    await admin.unbind();
    stopFront();
    await kill();
    rmSync(folder, { recursive: true });
  });
  const lab: Lab = {
    address,
    requests,
    watchModify: null,
    watchRequest: null,
    keepsBack: null,
    refuses: null,
    admin,
    kill,
    start,
    async accepts(account, password) {
      const person = new Client({ url: `ldaps://${address}`, tlsOptions: { ca }, timeout: 20_000 });
      try {
        await person.bind(`${account}@agensi.test`, password);
        return true;
      } catch (error) {
        if (error instanceof InvalidCredentialsError) return false;
        throw error;
      } finally {
        await person.unbind();
      }
    },
    async clear() {
      const { searchEntries } = await admin.search(`OU=IPMS,${BASE}`, { scope: 'one', attributes: ['ou'] });
      // with the control for trees: MS-ADTS 3.1.1.3.4.1.15
      for (const { dn } of searchEntries)
        await admin.del(dn, new Control('1.2.840.113556.1.4.805', { critical: true }));
    },
    hang: () => signal('SIGSTOP'),
    goOn: () => signal('SIGCONT'),
    async part() {
      const baseDn = `OU=${randomUUID()},OU=IPMS,${BASE}`;
      await admin.add(baseDn, { objectClass: 'organizationalUnit' });
      const bindDn = `CN=svc-ipms,CN=Users,${BASE}`;
      return {
        urls: [`ldaps://${address}:1636`],
        baseDn,
        bindDn,
        passwordFile,
        ca,
        signInSuffix: null,
        brake: 5,
        passwordHours: 24,
      };
    },
  };
  return lab;
}

/** The certificate of an authority that signed nothing here. */
export function strangeAuthority() {
  const folder = mkdtempSync(join(tmpdir(), 'ipms-lab-'));
  const ca = makeCertificates(folder, '127.0.0.1');
  rmSync(folder, { recursive: true });
  return ca;
}

/** A new domain is made once, and copied for each process. */
function provision(): { domain: string } | { why: string } {
  if (process.getuid?.() !== 0) return { why: 'it needs root, since a domain controller listens on ports 389 and 636' };
  const files = ['provision.sh', 'domain.py', 'schema.txt'].map((name) =>
    readFileSync(join(import.meta.dirname, name)),
  );
  const version = createHash('sha256').update(Buffer.concat(files)).digest('hex').slice(0, 12);
  const cache = join(import.meta.dirname, '../../node_modules/.cache/ipms-lab');
  const domain = join(cache, version);
  mkdirSync(cache, { recursive: true });
  // two test files may come at once
  const made = spawnSync(
    'flock',
    [
      join(cache, 'lock'),
      'sh',
      '-c',
      `[ -d "$2" ] && [ -x /usr/sbin/samba ] || exec "$1" "$2"`,
      'sh',
      join(import.meta.dirname, 'provision.sh'),
      domain,
    ],
    { encoding: 'utf8' },
  );
  if (made.status === 0) return { domain };
  return { why: (made.stderr ?? String(made.error)).trim().split('\n').at(-1) || 'making the domain failed' };
}

function configure(folder: string, address: string) {
  const domain = join(folder, 'domain');
  const settings = {
    'netbios name': 'dc1',
    realm: 'AGENSI.TEST',
    workgroup: 'AGENSI',
    'server role': 'active directory domain controller',
    'server services': 'ldap',
    interfaces: `${address}/8`,
    'bind interfaces only': 'yes',
    'private dir': join(domain, 'private'),
    'state directory': join(domain, 'state'),
    'cache directory': join(folder, 'cache'),
    'lock directory': domain,
    'pid directory': folder,
    'ncalrpc dir': join(folder, 'ncalrpc'),
    'winbindd socket directory': join(folder, 'winbindd'),
    'log level': '1',
    'tls enabled': 'yes',
    'tls keyfile': join(folder, 'key'),
    'tls certfile': join(folder, 'cert'),
    'tls cafile': join(folder, 'ca'),
    'old password allowed period': '0',
    'check password script': join(import.meta.dirname, 'password-rules'),
    // nothing here outlives the test
    'ldb:nosync': 'yes',
  };
  const file = join(folder, 'smb.conf');
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(file, `[global]\n${lines.join('\n')}\n`);
  return file;
}

/** Waits until somebody listens: a daemon has no other way of saying that it is ready. */
async function answers(address: string, daemon: ChildProcess, log: string) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (daemon.exitCode !== null) break;
    const isThere = await new Promise((resolve) => {
      const socket = connect(636, address, () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the domain controller did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`);
}
