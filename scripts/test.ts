// Everything that must hold before a change is taken: types, style, tests. Arguments go to tap.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

const root = `${import.meta.dirname}/..`;
const only = process.argv.slice(2);

if (only.length === 0 || only.some((each) => each.includes('browser'))) {
  const ready = spawnSync('node', ['scripts/ready.js', '--all', '--browser'], { cwd: root, stdio: 'inherit' });
  if (ready.status !== 0) process.exit(1);
}

for (const [name, command, args] of [
  ['types', 'tsc', ['--noEmit']],
  ['style', 'biome', ['ci', '--error-on-warnings', '.']],
] as const) {
  if (only.length > 0) break;
  const run = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) {
    console.error(`The ${name} check failed.`);
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
}

// the same cache as in package.json: a test file is a process, and starts sooner
const env = { ...process.env, NODE_COMPILE_CACHE: `${root}/node_modules/.cache/ipms` };
const tap = spawn('tap', ['--reporter=tap', ...only], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
const tests = { passed: 0, failed: 0 };
const left: string[] = [];
let skipped = 0;
let file = '';
let totals = '';
createInterface({ input: tap.stdout }).on('line', (line) => {
  file = /^# Subtest: (.*)/.exec(line)?.[1] ?? file;
  if (line.startsWith('# { total:')) totals = line;
  if (!/^ +(ok |# Subtest|1\.\.|# time)|^ *$/.test(line)) console.log(line);
  const [, name = line.trim(), unrun, why = ''] = /^ *(?:not )?ok \d+ - (.*?) # (TODO|SKIP)(.*)/i.exec(line) ?? [];
  // what is put off, or a file without tests, must not look like a test that passed
  if (unrun?.toUpperCase() === 'TODO' || why.includes('no tests found')) left.push(`${file}: ${name}`);
  else if (unrun) {
    skipped += 1;
    console.log(`skipped: ${file}: ${name}:${why}`);
  } else if (/^ {4}ok /.test(line))
    tests.passed += 1; // four spaces: the tests of a file, not what they assert
  else if (/^ {4}not ok /.test(line)) tests.failed += 1;
});
tap.on('close', (code) => {
  for (const each of left) console.log(`not a test yet: ${each}`);
  const failed = Math.max(tests.failed, code ? 1 : 0) + left.length;
  console.log(`asserted: ${/total: \d+/.exec(totals)?.[0] ?? 'nothing'}`);
  console.log(`${tests.passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exit(failed > 0 ? 1 : 0);
});
