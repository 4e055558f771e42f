// Starts a program of programs.json, with whatever Node and shell there are: plain JavaScript, no dependency.
//   node scripts/launch.js NAME [ARGUMENTS]
// What the environment must say before a process begins needs a process of its own. This one passes signals on to it, ends as it
// ends, and takes it along when it is killed itself (with-parent.js).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name, ...args] = process.argv.slice(2);
const program = JSON.parse(readFileSync(join(root, 'scripts/programs.json'), 'utf8'))[name];
const ready = spawnSync(process.execPath, [join(root, 'scripts/ready.js'), ...(program.ready ?? [])], {
  stdio: 'inherit',
});
if (ready.status !== 0) process.exit(ready.status ?? 1);

// where the Node that is there is too old, a newer one lies beside the packages
const own = join(root, 'node_modules/.bin/node');
const node = process.platform !== 'win32' && existsSync(own) ? own : process.execPath;
const withParent = ['--import', pathToFileURL(join(root, 'scripts/with-parent.js')).href];
const child = spawn(node, [...withParent, ...program.node, ...args], {
  cwd: root,
  env: { ...process.env, ...program.environment },
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
const passOn = (signal) => child.kill(signal);
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
for (const signal of SIGNALS) process.on(signal, passOn);
child.on('error', (error) => {
  console.error(`${node} cannot be started: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  for (const each of SIGNALS) process.off(each, passOn);
  process.kill(process.pid, signal);
});
