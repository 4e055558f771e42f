// Everything that must hold before a change is taken: types, style, tests. Arguments go to tap.
import { spawn, spawnSync } from 'node:child_process';

const root = `${import.meta.dirname}/..`;
const only = process.argv.slice(2);

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

const tap = spawn('tap', ['--reporter=tap', ...only], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
let rest = '';
let totals = '';
tap.stdout.setEncoding('utf8').on('data', (text: string) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    if (line.startsWith('# { total:')) totals = line;
    if (!line.includes('ok ') || line.includes('not ok') || !line.startsWith(' ')) console.log(line);
  }
});
tap.on('close', (code) => {
  const count = (key: string) => Number(new RegExp(`${key}: (\\d+)`).exec(totals)?.[1] ?? 0);
  console.log(`${count('pass')} passed, ${count('fail')} failed`);
  process.exit(code ?? 1);
});
