import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { FastifyContextConfig } from 'fastify';
import { t } from 'tap';
import { indented } from '../scripts/indent-views.ts';
import { wordsForProofreading } from '../scripts/words.ts';
import { PROCEDURES } from '../src/sop/index.ts';
import { texts } from '../src/texts.ts';
import type { AuditEntry } from '../src/trail/audit.ts';
import type { fileRecord } from '../src/trail/records.ts';
import { routesOf } from './doors/routes.ts';
import { startIpms } from './helper.ts';

// The house rules of CONTRIBUTING.md, so that nobody has to remember them.

const ROOT = join(import.meta.dirname, '..');

function filesIn(folder: string, ending: string) {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file}`)
    .sort();
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const SOURCES = filesIn('src', '.ts').map((file) => ({ file, code: read(file) }));
const VIEWS = filesIn('views', '.eta').map((file) => ({ file, code: read(file) }));
const featureOf = (file: string) => (file.split('/').length > 2 ? (file.split('/')[1] ?? '') : '');

/** The files of this project that a file imports. Types alone do not count as knowing. */
function importsOf(file: string, code: string, types: boolean) {
  return [...code.matchAll(/^(?:import|export)\s+(type\s)?([^;]*?)from '(\.[^']+)'/gm)]
    .filter(([, type, names = '']) => types || (type === undefined && !/^\{(\s*type \w+,?)+\s*\} $/.test(names)))
    .map(([, , , path = '']) => relative(ROOT, resolve(ROOT, dirname(file), path)));
}

/** Does the file register routes, or show pages? */
const speaksHttp = (code: string) => /\bapp\.(get|post)\(|\(app: App\b/.test(code);

const ROOMS = (/```rooms\n([^`]+)```/.exec(read('CONTRIBUTING.md'))?.[1] ?? '').trim().split(/\s+/);

t.test('the rooms stand in one order, and nobody looks upwards', async (t) => {
  const [rooms, written] = [new Set(SOURCES.map(({ file }) => featureOf(file))), new Set(ROOMS)];
  t.equal(written.size, ROOMS.length, 'no room is written twice');
  t.strictSame(
    [...written].filter((room) => !rooms.has(room)),
    [],
    'each room that is written is there',
  );
  t.strictSame(
    [...rooms].filter((room) => room !== '' && !written.has(room)),
    [],
    'and each that is there is written',
  );
  for (const { file, code } of SOURCES) {
    const [room, height] = [featureOf(file), ROOMS.indexOf(featureOf(file))];
    for (const target of importsOf(file, code, false)) {
      t.ok(existsSync(join(ROOT, target)), `${file} imports ${target}, which exists`);
      if (basename(target) === 'routes.ts')
        t.equal(file, 'src/app.ts', `${target} is imported by the application alone`);
      if (room === '' || room === featureOf(target) || /(^|-)texts\.ts$/.test(basename(target))) continue; // a key of a text is one of all features
      if (featureOf(target) === '') t.ok(room === 'command-line', `${file} looks upwards to ${target}`);
      else t.ok(ROOMS.indexOf(featureOf(target)) < height, `${file} looks upwards to ${target}`);
    }
  }
});

t.test('queries and texts know no Fastify; texts know nothing', async (t) => {
  for (const { file, code } of SOURCES) {
    if (/queries\.ts$/.test(file)) {
      t.notMatch(code, /from 'fastify'|app-types\.ts/, `${file} is Kysely only`);
      t.notMatch(code, /\b(insertInto|updateTable|deleteFrom)\(/, `${file} reads only`);
    }
    if (basename(file) === 'texts.ts' && file !== 'src/texts.ts')
      t.strictSame(importsOf(file, code, true), [], `${file} imports nothing`);
  }
});

t.test('a read says in its name whether it looks only where the actor may', async (t) => {
  const [taking, byId] = [new Set<string>(), new Set<string>()];
  for (const { file, code } of SOURCES) {
    if (!/queries\.ts$/.test(file)) continue;
    for (const [, name = '', parameters = ''] of code.matchAll(/^export (?:async )?function (\w+)[^(]*\(([^)]*)/gm)) {
      const isNarrowed = /: Actor\b/.test(parameters);
      if (name.startsWith('find')) t.ok(isNarrowed, `${file}: ${name} takes the actor`);
      if (name.endsWith('ById')) t.notOk(isNarrowed, `${file}: ${name} takes the actor: call it find…`);
      // `most` is how many, and what stands in braces belongs to a thing
      const isBare = /\b(?!most\b)\w+\??: [^,]*(\bnumber\b|\['\w*id'\])/.test(parameters.replace(/\{[^{}]*\}/g, ''));
      t.ok(isNarrowed || !isBare || name.endsWith('ById'), `${file}: ${name} takes the thing and not its number`);
      if (parameters.includes(': Pick<')) taking.add(name);
      if (name.endsWith('ById')) byId.add(name);
    }
  }
  for (const { file, code } of SOURCES)
    t.notMatch(code, /^export (type )?\{[^}]*\} from '[^']*queries\.ts'/m, `${file} passes no reads on`);
  t.ok(taking.size > 20, `${taking.size} reads about a thing`);
  // a number that only came in is no thing; the actor's own needs no finding
  const unfound = new RegExp(
    `\\b(${[...taking].join('|')})\\([\\w.]+, (\\{(?! id: userOf\\()|[\\w.]*\\bparams\\b(?!\\.))`,
  );
  for (const { file, code } of SOURCES.filter((source) => /app-types\.ts'/.test(source.code)))
    t.notMatch(code, unfound, `${file} asks about what was found`);
  t.ok(byId.size > 5, `${byId.size} reads by number alone`);
  for (const { file, code } of SOURCES.filter((source) => speaksHttp(source.code)))
    for (const name of byId) {
      // contacts belong to no agency
      if (name === 'contactById' || !new RegExp(`\\b${name}\\b`).test(code)) continue;
      const access = [...code.matchAll(/\baccess(?::| =) \[([^\]]*)\]/g)].map(([, roles]) => roles);
      t.ok(
        access.length > 0 && access.every((roles) => roles === "'helpdesk'"),
        `${file} asks ${name}: for the helpdesk alone`,
      );
    }
});

t.test('who speaks HTTP does not write', async (t) => {
  for (const { file, code } of SOURCES) {
    if (!speaksHttp(code)) continue;
    t.notMatch(code, /\b(insertInto|updateTable|deleteFrom|transaction)\(/, `${file} leaves writing to its noun`);
  }
});

t.test('a test file sets nothing for the process, which others share', async (t) => {
  for (const file of filesIn('test', '.test.ts'))
    t.notMatch(read(file), /^t\.setTimeout/m, `${file} has the time that every file has`);
});

t.test('what a test finds was made by the verbs: people, mailboxes and groups come from test/make.ts', async (t) => {
  for (const file of filesIn('test', '.ts')) {
    if (file === 'test/rules.test.ts') continue;
    t.notMatch(read(file), /insertInto\('(user|mailbox|group)'\)/, `${file} makes nothing that no verb could`);
  }
});

t.test('a verb takes an act, and opens none', async (t) => {
  // pages open theirs with `app.act`; a wrong try is an act of its own, as the one that it was for is not carried out
  const openers =
    /^src\/(app|due|audit-head|data\/act|demo\/[^/]+|command-line\/[^/]+|[^/]+\/due|bulk\/(carry-out|dry-run)|usage\/take-over|directory\/adoption\/adopt|web\/throttle)\.ts$/;
  for (const { file, code } of SOURCES) {
    for (const [, parameters = ''] of code.matchAll(/^(?:export )?(?:async )?function \w+[^(]*\(([^)]*)\)/gm))
      t.notMatch(parameters, /trx: Trx,[^)]*actor: Actor,[^)]*now: Date/s, `${file}: this is an act: ${parameters}`);
    if (!openers.test(file)) t.notMatch(code, /\binAct\b/, `${file} opens no act: it is given one`);
  }
});

t.test('a folder of the source is read at a glance', async (t) => {
  const folders = Map.groupBy(SOURCES, ({ file }) => dirname(file));
  for (const [folder, files] of folders)
    t.ok(files.length <= 25, `${folder} has ${files.length} files: make a folder in it`);
});

t.test('small rules of the source', async (t) => {
  const readers = new Set(['src/server.ts', 'src/demo.ts', 'src/cli.ts', 'src/base/settings.ts']);
  for (const { file, code } of SOURCES) {
    t.notMatch(code, /^export default/m, `${file} has no default export`);
    t.notMatch(code, /^export \* from/m, `${file} is no barrel`);
    if (!readers.has(file)) t.notMatch(code, /process\.env/, `${file} leaves the environment to the settings`);
    if (file !== 'src/lists/csv.ts') t.notMatch(code, /text\/csv;/, `${file} leaves writing CSV to csv.ts`);
    if (file !== 'src/directory/connector.ts' && !file.startsWith('src/directory/ldap/')) {
      t.notMatch(code, /from 'ldapts'/, `${file} leaves speaking with a directory to the connector`);
      t.notMatch(code, /\/ldap\/[a-z]+\.ts'/, `${file} leaves the parts of the connector to it`);
    }
    if (file !== 'src/base/spelling.ts')
      t.notMatch(code, /\.normalize\('/, `${file} leaves spelling to oneSpelling: by itself it can take seconds`);
    t.notMatch(code, /Math\.random\(/, `${file} takes random from node:crypto`);
    t.notMatch(code, /\b(TODO|FIXME|XXX:|HACK)\b/, `${file} is finished`);
    for (const [, path = ''] of code.matchAll(/from '(\.[^']+)'/g))
      t.match(path, /\.(ts|js|json)$/, `${file}: imports carry their ending`);
  }
});

t.test('migrations are numbered without gaps', async (t) => {
  const numbers = readdirSync(join(ROOT, 'migrations')).sort();
  for (const [index, file] of numbers.entries()) {
    t.match(file, /^\d{3}-[a-z-]+\.ts$/);
    t.equal(Number(file.slice(0, 3)), index + 1, file);
    t.match(read(`migrations/${file}`), /export async function up\(/, `${file} has up()`);
    for (const [table] of read(`migrations/${file}`).matchAll(/create table [^`]*?\n? {4}\)[^`]*/g))
      t.match(table, /strict/, `${file}: every table is strict`);
  }
});

t.test('every view is used, and every view that is used is there', async (t) => {
  const names = new Set(VIEWS.map(({ file }) => file.replace(/^views\/|\.eta$/g, '')));
  const components = /const COMPONENTS = \[([^\]]*)\]/.exec(read('src/web/pages.ts'))?.[1] ?? '';
  const used = new Set([...components.matchAll(/'(\w+)'/g)].map(([, name]) => `components/${name}`));
  for (const { file, code } of VIEWS)
    for (const [, name = ''] of code.matchAll(/(?:layout|include)\('\/([^']+)'/g)) {
      used.add(name);
      t.ok(names.has(name), `${file} uses ${name}`);
    }
  // where a procedure's view is to be says nothing about its use
  const quoted = new Set(
    SOURCES.filter(({ file }) => featureOf(file) !== 'sop').flatMap(({ code }) =>
      [...code.matchAll(/'\/?([a-z][a-z-]*(?:\/[a-z-]+)?)'/g)].map(([, name = '']) => name),
    ),
  );
  for (const name of names) t.ok(used.has(name) || quoted.has(name), `views/${name}.eta is used`);
  for (const { file, code } of SOURCES)
    for (const [, name = ''] of code.matchAll(/\bpage\(\s*request,\s*reply(?:\.code\(\d+\))?,\s*'([^']+)'/g))
      t.ok(names.has(name), `${file} shows views/${name}.eta`);
});

t.test('texts say one thing with one word, as agencies write it', async (t) => {
  const unwanted: [RegExp, string][] = [
    [/\bbaru\b(?! (sahaja|beralih|ditukar))/i, 'baharu (the SOP, which is quoted, has baru)'],
    [/dengan sendirinya|(aktifkan|tamat|mengaktifkannya) sendiri\b/i, 'secara automatik'],
    [/dibuat asal|diundur/, 'tidak boleh dibatalkan'],
    [/dihapuskan|dipadamkan/, 'dipadam'],
    [/kemaskini/i, 'kemas kini'],
    [/(?<!Maklumat )peribadi/, 'persendirian'],
    [/(?<![-\p{L}])(?<!senarai )mel\b/iu, 'e-mel (senarai mel is the SOP’s)'],
    [/kerja pukal|kesihatan senarai/i, 'tindakan pukal, status senarai mel'],
    [
      /ID log masuk|nama paparan|e-mel utama|Primary Email|\bstoran\b(?! mesin)/i,
      'Login ID, Display Name, Primary E-mail, Storage',
    ],
    [/\blog (in|out)\b|\bwork no more\b|\bbulk work\b/i, 'sign in, no longer work, bulk actions'],
  ];
  const found: string[] = [];
  for (const [key, { ms, en }] of Object.entries(texts))
    for (const text of [ms, en]) {
      const said = text.replace(/Log (Masuk|masuk)/g, '');
      for (const [word, better] of unwanted) if (word.test(said)) found.push(`${key}: ${better}`);
    }
  t.strictSame(found, []); // by single texts, a hundred thousand assertions would take half this file's time
});

t.test('the list of all texts, for proofreading, has each of them as it is', async (t) => {
  const made = await wordsForProofreading();
  const lacking = Object.keys(texts).filter((key) => !made.includes(`| \`${key}\` |`));
  t.strictSame(lacking, []);
  t.ok(made === read('docs/words.md'), 'docs/words.md is what is said today; make it anew: node scripts/words.ts');
});

t.test('views are indented by what is open', async (t) => {
  for (const { file, code } of VIEWS) t.equal(code, indented(code), `${file}: node scripts/indent-views.ts`);
});

t.test('views: nothing unescaped but components, and attributes in quotes', async (t) => {
  for (const { file, code } of VIEWS) {
    for (const [tag] of code.matchAll(/<%~[^%]*%>/g))
      t.match(tag, /^<%~ (include\(|it\.ui\.|it\.body )/, `${file}: ${tag} puts out markup`);
    t.notMatch(code, /<%-|<%_|autoEscape/, `${file} does not change how Eta escapes`);
    t.notMatch(
      code.replace(/<%[\s\S]*?%>/g, 'x').replace(/"[^"]*"/g, '""'),
      /<[a-z]+[^<>]*\s[a-z-]+=[^"'\s>]/,
      `${file}: attributes are quoted`,
    );
    t.notMatch(code, /\son[a-z]+="/, `${file} has no scripts in attributes`);
    if (!file.startsWith('views/mail/'))
      t.notMatch(code, /\sstyle="|<style|<script(?! src)/, `${file} has no inline style or script`);
  }
});

const KEYS = Object.keys(texts);
const EVERYWHERE = [...SOURCES, ...VIEWS].filter(({ file }) => !/\/(field-)?texts\.ts$/.test(file));
/** What a key may look like that is put together: `role.${…}`, and `startsWith('role.')`. */
function patternsIn(code: string) {
  const literal = (text: string) => text.replace(/[.]/g, '\\.');
  const templates = [...code.matchAll(/`([a-z][\w-]*\.(?:[\w.-]|\$\{[^{}]*\})*)`/gi)]
    .map(([, template = '']) => template)
    .filter((template) => template.includes('${'))
    .map((template) =>
      template
        .split(/\$\{[^{}]*\}/)
        .map(literal)
        .join('[\\w.-]+'),
    );
  const beginnings = [...code.matchAll(/'([a-z][\w-]*(?:\.[\w-]+)*\.)'/gi)].map(
    ([, start = '']) => `${literal(start)}.+`,
  );
  return [...templates, ...beginnings].map((pattern) => new RegExp(`^${pattern}$`));
}

t.test('every text is used, and every text that is used is there', async (t) => {
  const all = EVERYWHERE.map(({ code }) => code).join('\n');
  const quoted = new Set([...all.matchAll(/['"`]([a-zA-Z][\w-]*(?:\.[\w-]+)*)['"`]/g)].map(([, key]) => key));
  const patterns = patternsIn(all);
  const unused = KEYS.filter((key) => !quoted.has(key) && !patterns.some((pattern) => pattern.test(key)));
  t.strictSame(unused, []);
  for (const { file, code } of VIEWS)
    for (const [, key = ''] of code.matchAll(/\bt\('([^']+)'/g)) t.ok(key in texts, `${file} says ${key}`);
  for (const { file, code } of EVERYWHERE)
    for (const [, template = ''] of code.matchAll(/\b(?:t|both)\((`[^`]*`)/g))
      for (const pattern of patternsIn(template))
        t.ok(
          KEYS.some((key) => pattern.test(key)),
          `${file} says some ${template}`,
        );
});

t.test('every text is there in both languages, with the same places to fill', async (t) => {
  const places = (text: string) => [...new Set([...text.matchAll(/\{(\w+)(?=[:}])/g)].map(([, name]) => name))].sort();
  const faults = Object.entries(texts).flatMap(([key, { ms, en }]) => {
    const [inMalay, inEnglish] = [places(ms), places(en)];
    // English has one and many where Malay has one word, so it may name a number that Malay does not need
    const plural = new Set([...en.matchAll(/\{(\w+):/g)].map(([, name]) => name));
    const wanted = inEnglish.filter((name) => inMalay.includes(name) || !plural.has(name));
    return [
      ...(ms.trim() === '' || en.trim() === '' ? [`${key} says something in one alone`] : []),
      ...(inMalay.join() === wanted.join() ? [] : [`${key} has other places: ${inMalay} and ${wanted}`]),
      ...(ms === ms.trim() && en === en.trim() ? [] : [`${key} has spaces around it`]),
      ...(/[<>]/.test(ms + en) ? [`${key} is markup and no text`] : []),
    ];
  });
  t.strictSame(faults, []);
  const dictionaries = SOURCES.filter(({ file }) => /texts\.ts$/.test(file) && file !== 'src/texts.ts');
  const declared = dictionaries.flatMap(({ code }) =>
    [...code.matchAll(/^ {2}'?([\w.-]+)'?: \{/gm)].map(([, key]) => key),
  );
  t.strictSame(
    declared.filter((key, index) => declared.indexOf(key) !== index),
    [],
    'no key is declared twice',
  );
});

/** The names in an object as it is written: `{ name, count: rows.length }`. */
function namesIn(object: string) {
  let flat = object.replace(/'[^']*'|`[^`]*`/g, '');
  for (let before = ''; before !== flat; flat = flat.replace(/\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}/g, '')) before = flat;
  return flat
    .split(',')
    .map((each) => each.split(':')[0]?.trim() ?? '')
    .filter((name) => name !== '')
    .sort();
}

t.test('every text gets what it leaves to be filled, also where the compiler does not see it', async (t) => {
  const needs = (key: string) => {
    const text = texts[key as keyof typeof texts];
    return [...new Set([...`${text.ms} ${text.en}`.matchAll(/\{(\w+)(?=[:}])/g)].map(([, name]) => name))].sort();
  };
  const inObject =
    /\bkey: '([^']+)'(?: as const)?(?!\s*[|;])(?:,\s*params: \{((?:[^{}]|\{[^{}]*\})*)\})?(,\s*params\b)?/g;
  const inCall =
    /(?:\bit\.t|\bnew (?:\w*RuleBroken|Conflict|WrongTry|FieldRefused|Forbidden))\(\s*'([^']+)'(?:,\s*\{((?:[^{}]|\{[^{}]*\})*)\})?(,\s*\w+)?/g;
  let seen = 0;
  for (const { file, code } of EVERYWHERE)
    for (const [whole, key = '', object, variable] of [...code.matchAll(inObject), ...code.matchAll(inCall)]) {
      if (!(key in texts) || (object === undefined && variable !== undefined)) continue;
      seen += 1;
      // `place` leads somewhere: error pages make a link of it
      t.strictSame(
        namesIn(object ?? '').filter((name) => name !== 'place'),
        needs(key),
        `${file} gives ${key} what it needs: ${whole}`,
      );
    }
  t.ok(seen > 400, `${seen} were found`);
});

t.test('the number on the door leads to a source, a view, a test, a page, and what is posted there', async (t) => {
  const { app } = await startIpms(t);
  const routes = routesOf(app).map((route) => ({ ...route, sops: [route.config.sop].flat() }));
  for (const { sop, title, at, page, steps } of PROCEDURES) {
    t.ok(title.ms && title.en, `${sop} has a title`);
    t.ok(steps.length > 0, `${sop} has steps`);
    const number = new RegExp(`(?<!\\d)${sop.replace('.', '\\.')}(?!\\d)`);
    t.ok(existsSync(join(ROOT, `views/${at}.eta`)), `${sop}: views/${at}.eta is there`);
    for (const file of [`src/${at}.ts`, `test/${at}.test.ts`])
      t.match(existsSync(join(ROOT, file)) ? read(file) : '', number, `${file} is there, and says that it is ${sop}`);
    const own = routes.filter((route) => route.sops.includes(sop));
    t.ok(
      own.some((route) => route.method === 'POST'),
      `a POST carries out ${sop}`,
    );
    t.ok(
      own.some((route) => route.method === 'GET' && route.pattern.test(page.split('?')[0] ?? page)),
      `${sop} begins at ${page}, which carries its number`,
    );
  }
});

t.test('a number that the SOP does not have does not compile', async (t) => {
  // @ts-expect-error in a route
  const config: FastifyContextConfig = { access: ['admin'], sop: '4.99' };
  // @ts-expect-error nor among those that a route shares
  const shared: FastifyContextConfig = { access: ['admin'], sop: ['4.9', '4.99'] };
  // @ts-expect-error in a row of the audit trail
  const row: Pick<AuditEntry, 'sop'> = { sop: '4.99' };
  // @ts-expect-error in a record
  const record: Pick<Parameters<typeof fileRecord>[1], 'sop'> = { sop: '4.99' };
  const known: string[] = PROCEDURES.map(({ sop }) => sop);
  for (const { sop } of [config, shared, row, record])
    t.notOk([sop].flat().every((each) => known.includes(each ?? '')));
});

t.test('no route without access, and every form knows how to come back', async (t) => {
  const { app } = await startIpms(t);
  for (const { method, url, config } of routesOf(app)) {
    t.ok((config.access?.length ?? 0) > 0, `${method} ${url} declares access`);
    if (config.form) t.type(config.show, 'function', `${method} ${url} shows its form again`);
    t.ok(['GET', 'POST'].includes(method), `${method} ${url}: forms know GET and POST`);
  }
});

t.test('no file knows the machine that it was written on', async (t) => {
  const paths = new RegExp(`["'\`](${['home', 'root', 'work'].map((each) => `/${each}/`).join('|')})`);
  for (const { file, code } of [...SOURCES, ...VIEWS]) t.notMatch(code, paths, `${file} has no path of one machine`);
});

t.test('every search folds what it looks for and where it looks in the one way', async (t) => {
  for (const { file, code } of SOURCES.filter((each) => each.file !== 'src/data/paging.ts'))
    t.notMatch(code, /instr\(\s*(?:lower|folded)\(/, `${file} leaves it to anyContains`);
});

t.test(
  'the table of OWASP ASVS is whole, adds up, gives reasons, and names files and decisions that are there',
  async (t) => {
    const paper = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
    const lines = [...paper.matchAll(/^\| (\d+\.\d+\.\d+) \| [12] \| (.+?) \| (.+) \|$/gm)];
    const [met, apart, unmet] = ['met', 'does not apply', '**not met**'].map(
      (state) => lines.filter(([, , each]) => each === state).length,
    );
    t.match(paper, `Of the others ${met} are met`);
    t.match(paper, `${apart} do not apply, and ${unmet} are not met`);
    t.equal(new Set(lines.map(([, number]) => number)).size, 253 - 36, 'each line once');
    for (const [file] of paper.matchAll(/(?<=`)(?:test|src)\/[\w/.-]+/g)) t.ok(existsSync(join(ROOT, file)), file);
    const decisions = readdirSync(join(ROOT, 'docs/decisions'));
    for (const [, numbers = ''] of paper.matchAll(/decisions? (\d{3}(?:(?:, | and )\d{3})*)/g))
      for (const number of numbers.match(/\d{3}/g) ?? [])
        t.ok(
          decisions.some((each) => each.startsWith(number)),
          number,
        );
  },
);
