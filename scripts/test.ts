// Everything that must hold before a change is taken: types, style, tests. Arguments are test files, or folders of them.
import { spawn, spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..');
/** For a whole file: the longest takes three minutes on a slow computer, and others may work on it, too. */
const SECONDS = 600;
/** For what is new, in megabytes: with the usual 16, an eighth of the time goes into looking what of it is still needed; with 32, a tenth. */
const ROOM = ['--max-semi-space-size=128', '--min-semi-space-size=64'];
const CHECKS: Record<string, [command: string, ...args: string[]]> = {
  // several checkers do half of each other's work again, and the other cores have tests to run
  types: [
    'tsc',
    '--noEmit',
    '--singleThreaded',
    '--incremental',
    '--tsBuildInfoFile',
    'node_modules/.cache/ipms-test/types.json',
  ],
  style: ['biome', 'ci', '--error-on-warnings', '.'],
};

const only = process.argv.slice(2);
const files = filesOf(only.length === 0 ? ['test'] : only);
if (files.some((file) => file.startsWith('test/browser/'))) {
  const ready = spawnSync('node', ['scripts/ready.js', '--all', '--browser'], { cwd: root, stdio: 'inherit' });
  if (ready.status !== 0) process.exit(1);
}

const tests = { passed: 0, failed: 0, skipped: 0, asserted: 0 };
const failed = new Set<string>();
const checks = only.length === 0 ? Object.keys(CHECKS) : [];
const queue = [...files];
// one more than there are cores: whoever waits for a browser, a directory or a process leaves a core idle
await Promise.all(Array.from({ length: availableParallelism() + 1 }, workOff));
for (const each of failed) console.log(`failed: ${each}`);
console.log(`asserted: ${tests.asserted}`);
// what fails outside a test, as a file without one, must not look like a run that passed
const faults = Math.max(tests.failed, failed.size);
console.log(`${tests.passed} passed, ${faults} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`);
process.exit(faults > 0 ? 1 : 0);

async function workOff() {
  for (let name = checks.shift(); name !== undefined; name = checks.shift()) {
    const began = performance.now();
    const { output, code } = await check(...(CHECKS[name] as [string]));
    say(name, began, code === 0 ? [] : ['it found faults'], output);
  }
  while (queue.length > 0) await runFiles();
}

/** Has a process run what is in the queue, until that is empty or the process is lost with the file that it was at. */
async function runFiles() {
  // the same cache as in package.json; a file's own clock is here, and the library's is for the whole process
  const env = { ...process.env, NODE_COMPILE_CACHE: `${root}/node_modules/.cache/ipms`, TAP_TIMEOUT: '5400' };
  const child = spawn(process.execPath, [...ROOM, '--import', './test/no-domains.ts', 'scripts/test-worker.ts'], {
    cwd: root,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let file: string | undefined;
  let output: string[] = [];
  let began = 0;
  let anyFailed = false;
  let clock: NodeJS.Timeout | undefined;
  function next() {
    clearTimeout(clock);
    output = [];
    began = performance.now();
    file = queue.shift();
    if (file === undefined) {
      child.stdin.end();
      return;
    }
    clock = setTimeout(() => child.kill('SIGKILL'), SECONDS * 1000);
    child.stdin.write(`${join(root, file)}\n`);
  }
  // where the process is lost, what it was told last goes nowhere
  child.stdin.on('error', () => {});
  createInterface({ input: child.stderr }).on('line', (line) => output.push(line));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const asserted = Number(/^# \{ total: (\d+)/.exec(line)?.[1] ?? 0);
    tests.asserted += asserted;
    if (file === undefined || !/^ok \d+ - end of /.test(line)) {
      output.push(line);
      return;
    }
    tests.asserted -= 1;
    const faults = readTap(file, output);
    anyFailed ||= faults.length > 0;
    say(file, began, faults, output.join('\n'));
    next();
  });
  next();
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  clearTimeout(clock);
  if (file !== undefined)
    say(file, began, [...readTap(file, output), 'it ended before its tests did'], output.join('\n'));
  // a failed test has been said where it failed; what fails when all are done has not
  else if (output.some((line) => line.startsWith('not ok ')) || (code !== 0 && !anyFailed))
    say('the end of the tests', began, ['it failed'], output.join('\n'));
}

function say(name: string, began: number, faults: string[], output: string) {
  console.log(
    `${faults.length === 0 ? 'ok' : 'not ok'} - ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`,
  );
  if (faults.length === 0) return;
  failed.add(name);
  console.log(output.replace(/^ *(ok |# Subtest|1\.\.|# time).*\n|^ *\n/gm, ''));
  for (const fault of faults) console.log(`${name}: ${fault}`);
}

function check(command: string, ...args: string[]) {
  const child = spawn(command, args, { cwd: root });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  return new Promise<{ output: string; code: number | null }>((resolve, reject) =>
    child.on('error', reject).on('close', (code) => resolve({ output, code })),
  );
}

/** Counts what a file has tested. Returns what is wrong with it. */
function readTap(file: string, lines: string[]) {
  const faults: string[] = [];
  let found = 0;
  let wrong = 0;
  for (const line of lines) {
    const [, name, unrun, why = ''] = /^ *(?:not )?ok \d+ - (.*?) # (TODO|SKIP)(.*)/i.exec(line) ?? [];
    if (unrun?.toUpperCase() === 'TODO') faults.push(`not a test yet: ${name}`);
    else if (unrun) {
      tests.skipped += 1;
      console.log(`skipped: ${file}: ${name}:${why}`);
    } else if (line.startsWith('ok ')) tests.passed += 1;
    else if (line.startsWith('not ok ')) wrong += 1;
    if (/^(not )?ok /.test(line)) found += 1;
  }
  tests.failed += wrong;
  if (wrong > 0) faults.push(`${wrong} of its tests failed`);
  if (found === 0) faults.push('it has no tests');
  return faults;
}

function filesOf(paths: string[]) {
  return paths
    .map((path) => resolve(root, path))
    .flatMap((path) => (statSync(path).isDirectory() ? globSync(`${path}/**/*.test.ts`) : path))
    .map((path) => relative(root, path))
    .sort((one, other) => Number(isLong(other)) - Number(isLong(one)) || (one < other ? -1 : 1));
}

/** The longest come first, so that at the end no process works on alone. */
function isLong(file: string) {
  return /^test\/(browser|directory|doors)\//.test(file);
}
