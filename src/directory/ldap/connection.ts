import { readFileSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import { Client } from 'ldapts';
import type { DirectorySettings } from '../../base/settings.ts';
import { isSamePlace, partsBelow } from '../names.ts';
import { DirectoryAway } from '../refusals.ts';
import { asAway, codeOf } from './faults.ts';

/** A controller that answers, its name, and where its schema stands. */
export type Connection = { client: Client; controller: string; schema: string };

/** For so long a wrong password is not tried again: a directory locks accounts after some tries. */
const WRONG_PASSWORD_MS = 600_000;

/** The controllers of these settings, of which one is kept. Connects when it is first asked, and again whenever the connection was lost. */
export function openConnection(settings: DirectorySettings, seconds: number, clock: () => number) {
  let urls = settings.urls;
  let connecting: Promise<Connection> | null = null;
  let connection: Connection | null = null;
  let refused: { password: string; until: number; error: DirectoryAway } | null = null;

  async function connected() {
    if (connection?.client.isBound) return connection;
    connecting ??= connectToFirst().finally(() => {
      connecting = null;
    });
    connection = await connecting;
    return connection;
  }

  async function connectToFirst() {
    const password = readFileSync(settings.passwordFile, 'utf8').replace(/\r?\n$/, '');
    if (refused?.password === password && clock() < refused.until) throw refused.error;
    const faults: DirectoryAway[] = [];
    for (const url of urls) {
      try {
        const found = await connect(settings, url, password, seconds * 1000);
        urls = [url, ...settings.urls.filter((each) => each !== url)];
        return found;
      } catch (error) {
        const fault = asAway(error);
        // its words are those of the whole domain: another controller would only count the next wrong try
        if (codeOf(error) === 49) refused = { password, until: clock() + WRONG_PASSWORD_MS, error: fault };
        if (codeOf(error) === 49 || fault.key === 'directory.away.domain') throw fault;
        faults.push(new DirectoryAway(fault.key, `${url}: ${fault.message}`));
      }
    }
    throw new DirectoryAway(
      faults[0]?.key ?? 'directory.away.unreachable',
      faults.map((fault) => fault.message).join('; '),
    );
  }

  return {
    connected,
    async close() {
      await connection?.client.unbind();
      connection = null;
    },
  };
}

/** @throws DirectoryAway for a controller of another domain */
async function connect(settings: DirectorySettings, url: string, password: string, timeout: number) {
  const isSecure = url.startsWith('ldaps:');
  const trusted = settings.ca === null ? {} : { ca: settings.ca };
  const client = new Client({
    url,
    timeout,
    connectTimeout: timeout,
    ...(isSecure ? { tlsOptions: trusted } : { createSecureConnection: withinTime(timeout) }),
  });
  try {
    // an object of its own each time: the client writes its socket into it
    if (!isSecure) await client.startTLS({ ...trusted, host: new URL(url).hostname.replace(/^\[|\]$/g, '') });
    await client.bind(settings.bindDn, password);
    const root = await rootOf(client);
    const domain = String(root.defaultNamingContext);
    if (partsBelow(settings.baseDn, domain) === null && !isSamePlace(settings.baseDn, domain))
      throw new DirectoryAway('directory.away.domain', `${url} is a controller of ${domain}`);
    return { client, controller: String(root.dsServiceName), schema: String(root.schemaNamingContext) };
  } catch (error) {
    await client.unbind();
    throw error;
  }
}

/** The client gives the handshake of StartTLS no time limit. */
function withinTime(timeout: number) {
  return ((options: Parameters<typeof connectTls>[0]) => {
    const socket = connectTls(options);
    const clock = setTimeout(() => socket.destroy(new Error('the handshake took too long')), timeout);
    return socket.once('close', () => clearTimeout(clock)).once('secureConnect', () => clearTimeout(clock));
  }) as typeof connectTls;
}

/** What a controller says of itself and its domain. */
export async function rootOf(client: Client) {
  const asked = ['defaultNamingContext', 'schemaNamingContext', 'dsServiceName', 'highestCommittedUSN'];
  const { searchEntries } = await client.search('', { scope: 'base', attributes: asked });
  return searchEntries[0] ?? { dn: '' };
}
