import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Test, t } from 'tap';
import { dataFolder, environmentOf, startedFolder } from './folder.ts';

// npm start, npm run ipms and the like: a process that starts another, and ends with it.

const ROOT = join(import.meta.dirname, '../..');

function launch(t: Test, folder: string, name: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/launch.js'), name, ...args], {
    env: environmentOf(folder),
  });
  t.teardown(() => void child.kill('SIGTERM'));
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    out += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    err += part;
  });
  // the end of what both may write to: neither is left then
  const ended = new Promise<{ code: number | null; signal: string | null; out: string; err: string }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, out, err })),
  );
  const working = new Promise<void>((resolve) => {
    child.stdout.on('data', () => {
      if (/one-time link/.test(out)) resolve(); // after the handlers of signals are there
    });
  });
  return { child, ended, working };
}

t.test('each script of package.json starts so, without a shell', async (t) => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const programs = JSON.parse(readFileSync(join(ROOT, 'scripts/programs.json'), 'utf8')) as Record<string, unknown>;
  t.strictSame(
    scripts,
    Object.fromEntries(Object.keys(programs).map((name) => [name, `node scripts/launch.js ${name}`])),
  );
});

t.test('what it says and its exit code are passed on', async (t) => {
  const folder = dataFolder(t);
  t.match(await launch(t, folder, 'ipms', '--help').ended, {
    code: 0,
    out: /^npm run --silent ipms -- COMMAND\n/,
    err: '',
  });
  t.match(await launch(t, folder, 'ipms', 'backup').ended, { code: 2, err: /^It is called so: / });
  t.match(await launch(t, folder, 'ipms', 'check').ended, { code: 1, err: /^There is no database in / });
});

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  t.test(`${signal} ends the server cleanly, and with it the process before it`, async (t) => {
    const { child, ended, working } = launch(t, await startedFolder(t), 'start');
    await working;
    child.kill(signal);
    t.match(await ended, { code: 0, signal: null, err: '' });
  });

t.test('a launcher that is killed leaves no server behind', async (t) => {
  const { child, ended, working } = launch(t, await startedFolder(t), 'start');
  await working;
  child.kill('SIGKILL');
  t.match(await ended, { signal: 'SIGKILL', err: '' });
});

t.test('the Node beside the packages that npm took away is called gone, and not too old', async (t) => {
  const [root, bin] = [dataFolder(t), dataFolder(t)];
  mkdirSync(join(root, 'scripts'));
  mkdirSync(join(root, 'node_modules'));
  for (const file of ['scripts/ready.js', 'package-lock.json']) copyFileSync(join(ROOT, file), join(root, file));
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  writeFileSync(join(root, 'node_modules/.ipms-installed'), `${lock} run`);
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const gone = 'data:text/javascript,process.execPath="/nowhere/node"';
  const ready = (...before: string[]) =>
    spawnSync(process.execPath, [...before, join(root, 'scripts/ready.js')], {
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
      encoding: 'utf8',
    });
  t.match(ready(), { status: 0, stderr: '' }, 'with its own Node');
  if (process.platform !== 'linux' || process.arch !== 'x64') return;
  const { status, stderr } = ready('--import', gone);
  t.equal(status, 1);
  t.match(stderr, /^The Node 2\d\S+ beside the packages is gone, npm removes it .*: installing Node .*\n/);
  t.match(stderr, /see to it that npm reaches its registry, then start again\.\n$/);
  t.notMatch(stderr, 'too old');
});
