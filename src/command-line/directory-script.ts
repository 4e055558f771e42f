import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { SYSTEM } from '../base/actor.ts';
import type { Settings } from '../base/settings.ts';
import { inAct, UNSET } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { openFollower } from '../directory/follower.ts';
import { planOf, scriptScope } from '../directory/script/plan.ts';
import { readResult } from '../directory/script/result.ts';
import { scriptOf } from '../directory/script/script.ts';
import { takeOverResult } from '../directory/script/take-over.ts';
import { openPresent } from '../installation.ts';
import { type Input, Refused } from './command.ts';

/**
 * `directory script`: the script on stdout; with `--result FILE`, what came of it is read in. Needs no directory.
 * @throws Refused when no agency uses scripts, or something was refused
 */
export async function script(settings: Settings, values: Input['values']) {
  const { db, close, secrets } = await openPresent(settings);
  try {
    if (values.result === undefined) await print(db, settings, secrets.scripts, values.agency);
    else await read(db, settings, secrets.scripts, String(values.result));
  } finally {
    await close();
  }
}

async function print(db: Db, settings: Settings, key: Buffer, code: unknown) {
  const scope = await scriptScope(db, code === undefined ? null : await idOf(db, String(code)));
  if (scope.agencies.length === 0)
    throw new Refused(
      `${code === undefined ? 'No agency' : `Agency ${code}`} uses a script: choose "script" on its page at /helpdesk/agencies.`,
    );
  await listOpenSteps(db, key);
  const plan = await planOf(db, scope, { now: new Date(), key, base: settings.directory?.baseDn ?? null });
  process.stdout.write(scriptOf(plan));
}

/** What was decided since a server last ran is listed, too. */
async function listOpenSteps(db: Db, key: Buffer) {
  const { turn } = openFollower({
    db,
    directory: null,
    passwordKey: key,
    signInSuffix: null,
    passwordHours: null,
    brake: 0,
    told: UNSET,
    clock: () => new Date(),
    holder: randomUUID(),
  });
  while (await turn());
}

async function idOf(db: Db, code: string) {
  const agencies = await db.selectFrom('agency').select(['id', 'code']).execute();
  const found = agencies.find((agency) => agency.code.toLowerCase() === code.toLowerCase());
  if (found === undefined) throw new Refused(`There is no agency ${code}.`);
  return found.id;
}

async function read(db: Db, settings: Settings, key: Buffer, path: string) {
  const result = await readResult(db, key, { fileName: basename(path).slice(0, 120), bytes: bytesOf(path) });
  const { done, refused, absent, left, isWhole } = await inAct(
    db,
    { actor: SYSTEM, now: new Date(), settings },
    (act) => takeOverResult(act, result),
  );
  console.log(`done: ${done}, refused: ${refused}, not there: ${absent}, changed nothing: ${left}`);
  if (!isWhole) throw new Refused(`${path} breaks off before its end: run the script once more for the rest.`);
  if (refused + absent > 0) throw new Refused('Not everything was done: /helpdesk/directory?state=refused says why.');
}

function bytesOf(path: string) {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Refused(`${path} cannot be read: ${(error as Error).message}`);
  }
}
