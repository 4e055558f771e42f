// Makes release/ipms-VERSION-COMMIT.tar.gz of what is committed: what runs IPMS, with all of its packages and Node, so that it
// installs without a network; sums of all files, what is in it (CycloneDX), and the licences. The same commit gives the same bytes.
//   npm run release
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'release');
const PARTS = ['src', 'migrations', 'views', 'public', 'docs', 'README.md', 'CHANGELOG.md', 'SECURITY.md', '.npmrc'];
const SCRIPTS = ['launch.js', 'ready.js', 'with-parent.js', 'programs.json', 'install.sh'].map(
  (each) => `scripts/${each}`,
);
const PACKAGES = ['package.json', 'package-lock.json'];
/** What is for trying and testing alone. */
const LEFT_OUT = ['src/demo', 'src/demo.ts', 'src/command-line/seed.ts'];
const KEPT_SCRIPTS = ['start', 'ipms'];

const run = (program: string, args: string[], cwd = ROOT) =>
  execFileSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'inherit'] });

const { version } = read(join(ROOT, 'package.json'));
const commit = run('git', ['rev-parse', '--short=10', 'HEAD']).trim();
if (run('git', ['status', '--porcelain']).trim() !== '')
  stop('What is not committed would be missing: commit it first.');
const when = run('git', ['log', '-1', '--format=%cI']).trim();
const name = `ipms-${version}-${commit}`;
const stage = join(OUT, name);
rmSync(stage, { recursive: true, force: true });
mkdirSync(stage, { recursive: true });

takeSource();
takePackages();
takeNode();
writeFileSync(join(stage, 'LICENCES.txt'), licences());
writeFileSync(join(stage, 'SHA256SUMS'), sums());
const file = pack();
console.log(`${relative(ROOT, file)}\nsha256 ${digest(file)}`);

function takeSource() {
  const archive = join(OUT, `${name}.tar`);
  run('git', ['archive', '--output', archive, 'HEAD', ...PARTS, ...SCRIPTS, ...PACKAGES]);
  run('tar', ['-xf', archive, '-C', stage]);
  rmSync(archive);
  for (const each of LEFT_OUT) rmSync(join(stage, each), { recursive: true, force: true });
  renameSync(join(stage, 'scripts/install.sh'), join(stage, 'install.sh'));
}

function takePackages() {
  run('npm', ['ci', '--omit=dev', '--ignore-scripts'], stage);
  // what the lock file says, which `npm ci` has just held each package against
  const sbom = ['sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const { serialNumber: _number, ...bill } = JSON.parse(run('npm', sbom, stage));
  bill.metadata.timestamp = when; // with npm's own time and number, no two would be the same
  writeFileSync(join(stage, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
  for (const each of ['.bin', '.cache']) rmSync(join(stage, 'node_modules', each), { recursive: true, force: true });
  const { devDependencies: _, ...manifest } = read(join(stage, 'package.json'));
  manifest.scripts = Object.fromEntries(KEPT_SCRIPTS.map((each) => [each, manifest.scripts[each]]));
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(join(stage, 'package-lock.json'));
}

/** The Node that runs this: the tests were run by the same. */
function takeNode() {
  const node = process.execPath;
  const licence = [join(dirname(node), '../LICENSE'), '/usr/share/doc/nodejs/copyright'].find(existsSync);
  if (licence === undefined) stop(`${node} comes without its licence: take one of the Node project's packages.`);
  mkdirSync(join(stage, 'bin'));
  copyFileSync(node, join(stage, 'bin/node'));
  copyFileSync(licence, join(stage, 'bin/LICENSE-node'));
}

function licences() {
  const { packages } = read(join(stage, 'node_modules/.package-lock.json')) as {
    packages: Record<string, { version: string; license?: string }>;
  };
  const parts = Object.entries(packages).map(([path, { version: of, license }]) => {
    const manifest = read(join(stage, path, 'package.json'));
    const called = license ?? manifest.license?.type ?? manifest.license;
    const texts = readdirSync(join(stage, path)).filter((each) => /^(licen[cs]e|copying|notice)/i.test(each));
    if (typeof called !== 'string' && texts.length === 0) stop(`${path} does not say how it may be given on.`);
    const text = texts.map((each) => readFileSync(join(stage, path, each), 'utf8').trim()).join('\n\n');
    return {
      title: `${manifest.name} ${of}: ${called ?? 'as its text below says'}`,
      text: text || '(The package has no text of it.)',
    };
  });
  const list = [`Node ${process.versions.node}: MIT and others, bin/LICENSE-node`, ...parts.map(({ title }) => title)];
  return `${[list.join('\n'), ...parts.map(({ title, text }) => `${'='.repeat(80)}\n${title}\n\n${text}`)].join('\n\n')}\n`;
}

function sums() {
  const files = readdirSync(stage, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => relative(stage, join(each.parentPath, each.name)))
    .sort();
  return files.map((each) => `${digest(join(stage, each))}  ${each}\n`).join('');
}

function pack() {
  const file = join(OUT, `${name}.tar.gz`);
  const same = [
    '--sort=name',
    `--mtime=${when}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mode=u+rwX,go+rX,go-w',
  ];
  run('tar', [...same, '--use-compress-program=gzip -n', '-cf', file, '-C', OUT, name]);
  writeFileSync(`${file}.sha256`, `${digest(file)}  ${name}.tar.gz\n`);
  return file;
}

function digest(path: string) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function read(path: string) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function stop(why: string): never {
  console.error(why);
  process.exit(1);
}
