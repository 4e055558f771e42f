// Everything that must hold before a change is taken: types, style, tests. Arguments are test files, or folders of them.
import { spawn, spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';

const root = join(import.meta.dirname, '..');
/** For a whole file; one that its own clock cannot end is killed a little later. */
const SECONDS = 300;
const CHECKS: Record<string, [command: string, ...args: string[]]> = {
  types: ['tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/ipms-test/types.json'],
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
const queue = [...(only.length === 0 ? Object.keys(CHECKS) : []), ...files];
await Promise.all(Array.from({ length: availableParallelism() }, workOff));
for (const each of failed) console.log(`failed: ${each}`);
console.log(`asserted: ${tests.asserted}`);
// what fails outside a test, as a file without one, must not look like a run that passed
const faults = Math.max(tests.failed, failed.size);
console.log(`${tests.passed} passed, ${faults} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`);
process.exit(faults > 0 ? 1 : 0);

async function workOff() {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const began = performance.now();
    const check = CHECKS[name];
    const { output, code } = await run(...(check ?? [process.execPath, '--import', './test/no-domains.ts', name]));
    const faults = check ? [] : readTap(name, output);
    const isOk = code === 0 && faults.length === 0;
    console.log(`${isOk ? 'ok' : 'not ok'} - ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    if (isOk) continue;
    failed.add(name);
    console.log(output.replace(/^ *(ok |# Subtest|1\.\.|# time).*\n|^ *\n/gm, ''));
    for (const fault of faults) console.log(`${name}: ${fault}`);
  }
}

function run(command: string, ...args: string[]) {
  // the same cache as in package.json: a test file is a process, and starts sooner
  const env = { ...process.env, NODE_COMPILE_CACHE: `${root}/node_modules/.cache/ipms`, TAP_TIMEOUT: String(SECONDS) };
  const child = spawn(command, args, { cwd: root, env, timeout: (SECONDS + 30) * 1000 });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  return new Promise<{ output: string; code: number | null }>((resolve, reject) =>
    child.on('error', reject).on('close', (code) => resolve({ output, code })),
  );
}

/** Counts what a file has tested. Returns what its process does not count as a failure, and is one. */
function readTap(file: string, output: string) {
  const faults: string[] = [];
  const lines = output.split('\n');
  let found = 0;
  for (const line of lines) {
    const [, name, unrun, why = ''] = /^ *(?:not )?ok \d+ - (.*?) # (TODO|SKIP)(.*)/i.exec(line) ?? [];
    if (unrun?.toUpperCase() === 'TODO') faults.push(`not a test yet: ${name}`);
    else if (unrun) {
      tests.skipped += 1;
      console.log(`skipped: ${file}: ${name}:${why}`);
    } else if (line.startsWith('ok ')) tests.passed += 1;
    else if (line.startsWith('not ok ')) tests.failed += 1;
    if (/^(not )?ok /.test(line)) found += 1;
    tests.asserted += Number(/^# \{ total: (\d+)/.exec(line)?.[1] ?? 0);
  }
  if (found === 0) faults.push('it has no tests');
  if (!lines.includes(`1..${found}`)) faults.push('it ended before its tests did');
  return faults;
}

function filesOf(paths: string[]) {
  return paths
    .map((path) => resolve(root, path))
    .flatMap((path) => (statSync(path).isDirectory() ? globSync(`${path}/**/*.test.ts`) : path))
    .map((path) => relative(root, path))
    .sort();
}
