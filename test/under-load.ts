import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'node-html-parser';
import type { Test } from 'tap';

// The real server, as a process of its own that is killed under load.

const FORM = '/access-code-requests/new';
/** What becomes of a request whose server was killed. */
export const NOT_TAKEN = /ECONNRESET|ECONNREFUSED|EPIPE|socket hang up|aborted/;

export type Server = { process: ChildProcess; address: string; said: string[] };

/** Starts the demo, which is the real server over demo data, and waits for its first line. */
export async function start(t: Test, dataDir: string): Promise<Server> {
  const process_ = spawn(process.execPath, ['src/demo.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: {
      PATH: process.env.PATH,
      IPMS_DATA_DIR: dataDir,
      IPMS_PORT: '0',
      IPMS_BCRYPT_COST: '4',
      IPMS_LOG_LEVEL: 'error',
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.teardown(() => void process_.kill('SIGKILL'));
  const said: string[] = [];
  createInterface({ input: process_.stderr }).on('line', (line) => said.push(line));
  const lines = createInterface({ input: process_.stdout });
  const [first] = (await Promise.race([
    once(lines, 'line'),
    once(process_, 'exit').then(([code]) => [`ended with ${code}: ${said.join(' ')}`]),
  ])) as [string];
  const address = /^IPMS is ready on (http:\/\/\S+)\/$/.exec(first)?.[1];
  if (address === undefined) throw new Error(first);
  return { process: process_, address, said };
}

type Answer = { status: number; location: string; cookies: string[]; body: string };

/** One request on a connection of its own. */
export function send(url: string, cookie = '', form?: URLSearchParams): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) };
    const asked = httpRequest(url, { method: form ? 'POST' : 'GET', headers, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          location: answer.headers.location ?? '',
          cookies: answer.headers['set-cookie'] ?? [],
          body,
        }),
      );
    });
    asked.on('error', reject);
    asked.end(form?.toString());
  });
}

/** Opens the form as a new visitor; what it gives back sends it. */
export async function openForm(address: string) {
  const page = await send(address + FORM);
  const cookie = page.cookies.map((each) => each.split(';')[0]).join('; ');
  const _csrf = parse(page.body).querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  return (name: string) => {
    const fields = {
      _csrf,
      category: 'civil_servant',
      full_name: name,
      ic_number: '900101-14-5678',
      contact_email: 'pemohon@rumah.test',
      agency_id: '1',
      reporting_division: 'Bahagian Kewangan',
    };
    return send(address + FORM, cookie, new URLSearchParams(fields));
  };
}
