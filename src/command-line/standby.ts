import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import type { Settings } from '../base/settings.ts';
import { SECOND } from '../base/time.ts';
import { NOT_HEALTHY } from '../home/health.ts';
import { readKey } from '../installation.ts';
import { newestOfReplica } from '../standby/replica.ts';
import { type Beat, STANDBY, standing } from '../standby/standby.ts';
import { type Command, Refused, Usage } from './command.ts';
import { restore } from './restore.ts';
import { verifyBackup } from './verify-backup.ts';

/** The first machine is waited for so long. */
const LONGEST_WAIT = 5 * SECOND;
const IS_OFF = ['ECONNREFUSED', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ETIMEDOUT'];
/** What a proxy says of a program that is not there. */
const NOT_BEHIND_PROXY = [502, 503, 504];

export const standby: Command = {
  usage: 'status [FOLDER] | promote COPY --first URL [--litestream PROGRAM]',
  does: 'Says how old the copy on a second machine is; puts it in the place of the database when the first machine is gone.',
  help: `
status: exit code 1 when nothing came into the replica of Litestream for a minute. FOLDER is the replica's own; without it,
IPMS_STANDBY_DIR. May run on either machine.

promote COPY, on the second machine: COPY is the folder of the replica, or a database that "litestream restore -o" made of one.
Refuses while the first machine answers; restores, with the secret file of the first machine in its place, and looks over
everything; says how far behind the copy was. Everybody must sign in again, and one-time links are ended.

  --first URL            promote: the first machine, https://10.1.2.3 or http://ipms1:3000; its own address, not one that moves
  --litestream PROGRAM   promote: where Litestream is, when it is not found by its name`,
  options: { first: { type: 'string' }, litestream: { type: 'string' } },
  files: [1, 2],
  async run({ settings, values, files: [what, place] }) {
    const { first, litestream = 'litestream' } = values as Record<string, string | undefined>;
    if (what === 'status') return status(place ?? settings.standby?.dir ?? null);
    if (what !== 'promote') throw new Usage(`The standby cannot be "${what}".`);
    if (place === undefined || first === undefined) throw new Usage('promote needs COPY and --first URL.');
    await refuseWhileItAnswers(first);
    if (!existsSync(place)) throw new Refused(`There is no ${place}.`);
    readKey(settings);
    await promote(settings, place, litestream);
  },
};

async function status(folder: string | null) {
  if (folder === null) throw new Usage('status needs FOLDER, or IPMS_STANDBY_DIR.');
  const newest = await newestOfReplica(folder).catch((error: Error) => {
    throw new Refused(`${folder} cannot be read: ${error.message}.`);
  });
  if (newest === null) throw new Refused(`There is no replica of Litestream in ${folder}.`);
  const at = newest.toISOString();
  const { seconds, isBehind } = standing({ since: new Date(0).toISOString(), newest: at }, new Date());
  const line = `The newest in ${folder} is of ${at}, ${seconds} s ago`;
  if (seconds < 0 && isBehind) throw new Refused(`${line}: the clocks differ, so that its age is not known.`);
  if (isBehind) throw new Refused(`${line}: the copy is behind.`);
  console.log(`${line}.`);
}

async function promote(settings: Settings, place: string, litestream: string) {
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const scratch = mkdtempSync(join(settings.dataDir, 'standby-'));
  try {
    const copy = statSync(place).isDirectory() ? await restored(place, join(scratch, 'standby.db'), litestream) : place;
    const reached = reachedBy(copy);
    console.log(await verifyBackup(settings, copy, undefined));
    await restore.run({ settings, values: {}, files: [copy] });
    const seconds = Math.round((Date.now() - new Date(reached).getTime()) / SECOND);
    console.log(
      `The first machine was last seen at work at ${reached}, ${seconds} s ago: what it did after that is not in the copy. Start IPMS here, and keep the first machine off.`,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @throws Refused when Litestream cannot make a database of the replica */
async function restored(replica: string, copy: string, litestream: string) {
  try {
    await promisify(execFile)(litestream, ['restore', '-o', copy, `file://${resolve(replica)}`]);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Refused(`Litestream could not restore ${replica}: ${(stderr || message).trim()}`);
  }
  if (!existsSync(copy)) throw new Refused(`Litestream found nothing to restore in ${replica}.`);
  return copy;
}

/** The last moment that the copy knows of: of the beats that IPMS writes, or of the audit trail. */
function reachedBy(copy: string) {
  let sqlite: Sqlite.Database | undefined;
  try {
    sqlite = new Sqlite(copy, { readonly: true });
    const beat = sqlite.prepare('select value from system_setting where name = ?').pluck().get(STANDBY);
    const audited = sqlite.prepare('select at from audit order by id desc limit 1').pluck().get();
    const moments = [beat === undefined ? '' : (JSON.parse(String(beat)) as Beat).at, String(audited ?? '')];
    return moments.sort().at(-1) ?? '';
  } catch (error) {
    throw new Refused(`${copy} is no database of IPMS that can be read: ${(error as Error).message}.`);
  } finally {
    sqlite?.close();
  }
}

/** Two machines that both take work would each have what the other lacks: nothing puts that together again. */
async function refuseWhileItAnswers(first: string) {
  if (!URL.canParse(first) || !/^https?:$/.test(new URL(first).protocol))
    throw new Usage(`--first ${first} is no address like https://10.1.2.3.`);
  const url = new URL('/healthz', first);
  if (!(await isThere(url))) return;
  const answers = `The first machine answers at ${url.origin}`;
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(LONGEST_WAIT) }).catch(
    (error: Error & { cause?: Error }) => {
      throw new Refused(`${answers} (${(error.cause ?? error).message}): switch it off, or stop IPMS there.`);
    },
  );
  if (NOT_BEHIND_PROXY.includes(answer.status) && !(await answer.text()).startsWith(NOT_HEALTHY)) return;
  throw new Refused(`${answers} (${answer.status}): stop IPMS there, and keep it from starting again.`);
}

/** Does anything listen there? @throws Refused where that cannot be known */
function isThere({ hostname, port, protocol, origin }: URL) {
  return new Promise<boolean>((done, fail) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, port: Number(port || (protocol === 'https:' ? 443 : 80)), timeout: LONGEST_WAIT });
    const end = (isListening: boolean) => {
      socket.destroy();
      done(isListening);
    };
    socket.on('connect', () => end(true));
    socket.on('timeout', () => end(false));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (IS_OFF.includes(error.code ?? '')) end(false);
      else
        fail(new Refused(`Whether ${origin} answers cannot be known (${error.message}): give its address in numbers.`));
    });
  });
}
