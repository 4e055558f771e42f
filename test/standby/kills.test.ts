import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Test, t } from 'tap';
import { standby } from '../../src/command-line/standby.ts';
import { databaseFile, openPresent } from '../../src/installation.ts';
import { newestOfReplica } from '../../src/standby/replica.ts';
import { dataFolder, demoFolder } from '../command-line/folder.ts';
import { run } from '../command-line/run.ts';
import { NOT_TAKEN, openForm, type Server, start } from '../under-load.ts';
import { findLitestream } from './litestream.ts';

// The first machine and its Litestream are killed under load; the second one takes over with what the replica has. By itself the
// test kills twice; IPMS_STANDBY_KILLS=20 kills twenty times at random moments, and then asks for all that Litestream had 3 s for.

const KILLS = Number(process.env.IPMS_STANDBY_KILLS ?? 0);
const AT_ONCE = 3;
const BETWEEN = 60;
const OLDEST_MISSING = 3000;

type Answered = { location: string; at: number };
type Machine = { folder: string; replica: string; program: string };

/** People who apply one after another, until the server is gone. */
async function applyAll(server: Server, answered: Answered[]) {
  const apply = async (who: number) => {
    const submit = await openForm(server.address);
    for (let count = 0; ; count += 1) {
      const { status, location } = await submit(`Mesin ${who} ${count}`);
      if (status !== 303) throw new Error(`answered ${status}`);
      answered.push({ location, at: Date.now() });
      await pause(BETWEEN);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, (_, who) => apply(who)));
  return ends.flatMap((end) => (end.status === 'rejected' && !NOT_TAKEN.test(String(end.reason)) ? [end.reason] : []));
}

function replicate({ folder, replica, program }: Machine): ChildProcess {
  return spawn(program, ['replicate', databaseFile(folder), `file://${replica}`], { stdio: 'ignore' });
}

/** Waits for the replica to reach beyond a moment. */
async function reached(replica: string, moment: number) {
  while (Number(await newestOfReplica(replica).catch(() => null)) <= moment) await pause(50);
}

async function kill(processes: ChildProcess[]) {
  await Promise.all(
    processes.map((each) => {
      const ended = once(each, 'exit');
      each.kill('SIGKILL');
      return ended;
    }),
  );
}

/** A second machine takes over. Returns the requests that it knows. */
async function takeOver(t: Test, { folder, replica, program }: Machine, address: string) {
  const second = dataFolder(t);
  mkdirSync(second, { recursive: true });
  copyFileSync(join(folder, 'secret.key'), join(second, 'secret.key'));
  const promoted = await run(t, second, standby, ['promote', replica, '--first', address, '--litestream', program]);
  t.match(promoted, { code: 0, err: '' }, 'the copy is whole, and check finds nothing');
  t.match(promoted.out, /check finds no fault in it/);
  return referencesIn(second);
}

async function referencesIn(folder: string) {
  const { db, close } = await openPresent({ dataDir: folder, secretFile: join(folder, 'secret.key') });
  const rows = await db.selectFrom('access_code_request').select('reference').orderBy('id').execute();
  await close();
  return rows.map(({ reference }) => `/access-code-requests/${reference}`);
}

async function machine(t: Test, program: string): Promise<Machine> {
  return { folder: await demoFolder(t), replica: join(dataFolder(t), 'replica'), program };
}

const found = await findLitestream();
const skip = 'missing' in found ? found.missing : false;
const program = 'program' in found ? found.program : '';

t.test(
  'killed under load, the second machine has all but the last moment, whole',
  { skip, timeout: 120_000 },
  async (t) => {
    const one = await machine(t, program);
    const answered: Answered[] = [];
    for (const again of [false, true]) {
      const server = await start(t, one.folder);
      const litestream = replicate(one);
      t.teardown(() => void litestream.kill('SIGKILL'));
      const before = answered.length;
      const ends = applyAll(server, answered);
      while (answered.length < before + 10) await pause(20);
      const safe = answered.length;
      await reached(one.replica, answered[safe - 1]?.at ?? 0);
      await reached(one.replica, Date.now()); // the one before may have been read from the log earlier than it was written
      await kill(again ? [server.process, litestream] : [litestream, server.process]);
      t.strictSame(await ends, [], 'nobody was answered otherwise');
      const [here, there] = [await referencesIn(one.folder), await takeOver(t, one, server.address)];
      t.strictSame(there, here.slice(0, there.length), 'what is missing is the last, and nothing in between');
      const missing = answered.slice(0, safe).filter(({ location }) => !there.includes(location));
      t.strictSame(missing, [], 'what the replica was waited for is there');
    }
  },
);

t.test(
  'killed many times at random moments, nothing is missing that Litestream had 3 s for',
  { skip: skip || (KILLS === 0 && 'IPMS_STANDBY_KILLS=20 asks for it'), timeout: 60_000 * KILLS },
  async (t) => {
    const one = await machine(t, program);
    const answered: Answered[] = [];
    const oldest: number[] = [];
    const runs: { from: number; to: number }[] = [];
    // while it is not running it copies nothing: what an earlier kill lost is lost until it has caught up
    const watchedFor = (at: number) =>
      runs.reduce((sum, { from, to }) => sum + Math.max(0, to - Math.max(from, at)), 0);
    for (let round = 0; round < KILLS; round += 1) {
      const server = await start(t, one.folder);
      const from = Date.now();
      const litestream = replicate(one);
      t.teardown(() => void litestream.kill('SIGKILL'));
      if (round === 0) await reached(one.replica, 0);
      const ends = applyAll(server, answered);
      await pause(300 + Math.random() * 7000);
      runs.push({ from, to: Date.now() });
      await kill([server.process, litestream]);
      t.strictSame(await ends, []);
      const [here, there] = [await referencesIn(one.folder), await takeOver(t, one, server.address)];
      t.strictSame(there, here.slice(0, there.length));
      const missing = answered.filter(({ location }) => !there.includes(location)).map(({ at }) => watchedFor(at));
      oldest.push(Math.max(0, ...missing));
      t.ok(
        Math.max(0, ...missing) <= OLDEST_MISSING,
        `the oldest that is missing is ${Math.max(0, ...missing)} ms old`,
      );
    }
    t.comment(
      `${answered.length} answered; for how long Litestream had run since the oldest that was missing, in ms: ${oldest.join(' ')}`,
    );
  },
);
