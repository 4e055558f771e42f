import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { t } from 'tap';

// A template is code that no compiler sees: what it reads from its page could be missing or misspelt. So each is written
// out as TypeScript in the very call that shows it, with that page's data as `it`, and the type checker reads it there.

const ROOT = join(import.meta.dirname, '..');
const PLACE = join(ROOT, 'node_modules/.cache/ipms-views');

const VIEWS = new Map(
  readdirSync(join(ROOT, 'views'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.eta'))
    .map((file) => [file.replace(/\.eta$/, ''), readFileSync(join(ROOT, 'views', file), 'utf8')]),
);

/** Where a bracket that opens at a place closes, and what stands between its commas; strings may hold brackets. */
function argumentsAt(code: string, open: number) {
  const found: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open; at < code.length; at += 1) {
    const letter = code[at] ?? '';
    if (code.startsWith('//', at) && code[at - 1] !== ':') at = code.indexOf('\n', at);
    else if (letter === "'" || letter === '"') at = endOfString(code, at);
    else if (letter === '`') at = endOfTemplate(code, at);
    else if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    if (depth === 0 || (depth === 1 && letter === ',')) {
      const text = code.slice(from, at);
      if (text.trim() !== '') found.push(text.trim());
      if (depth === 0) return { found, end: at };
      from = at + 1;
    }
  }
  throw new Error(`A bracket is not closed: ${code.slice(open, open + 80)}`);
}

function endOfString(code: string, start: number) {
  let at = start + 1;
  while (code[at] !== code[start]) at += code[at] === '\\' ? 2 : 1;
  return at;
}

function endOfTemplate(code: string, start: number) {
  let at = start + 1;
  while (code[at] !== '`') {
    if (code[at] === '\\') at += 2;
    else if (code.startsWith('${', at)) at = argumentsAt(code, at + 1).end + 1;
    else at += 1;
  }
  return at;
}

/** TypeScript that is put together of pieces, and remembers of which template's line each of its own lines is. */
function writing() {
  const lines = [''];
  const origins: string[] = [];
  return {
    lines,
    origins,
    put(text: string, view?: string, line = 0) {
      for (const [index, piece] of text.split('\n').entries()) {
        if (index > 0) lines.push('');
        lines[lines.length - 1] += piece;
        if (view !== undefined) origins[lines.length - 1] = `views/${view}.eta:${line + index}`;
      }
    },
  };
}
type Writing = ReturnType<typeof writing>;

const seen = new Set<string>();

/** Writes the function that a template is, called with its data. @param site the call that shows the page, its file, and the files beside that */
function putView(out: Writing, view: string, data: string, site: string[]) {
  const template = VIEWS.get(view);
  if (template === undefined) throw new Error(`There is no view ${view}: ${site[0]}`);
  seen.add(view);
  out.put(`((it) => {\n`);
  let line = 1;
  for (const piece of template.split(/(<%[\s\S]*?%>)/)) {
    const [, kind, code = ''] = /^<%([=~]?)([\s\S]*?)%>$/.exec(piece) ?? [];
    if (kind === '=') out.put(`__shown(${code});`, view, line);
    else if (kind === '~' && /^\s*it\.body\s*$/.test(code)) out.put('\n');
    else if (kind !== undefined) putCode(out, code, view, line, site);
    line += piece.split('\n').length - 1;
    out.put('\n');
  }
  out.put(`return it;\n})({ ${data} })`);
}

/** Code of a template: other templates that it includes, or is laid into, are written out where they are called. */
function putCode(out: Writing, code: string, view: string, line: number, site: string[]) {
  let rest = 0;
  for (const call of code.matchAll(/(?<![\w.])(include|layout)\(/g)) {
    if (call.index < rest) continue;
    const { found, end } = argumentsAt(code, call.index + call[0].length - 1);
    const [name = '', more = '{}'] = found;
    out.put(code.slice(rest, call.index), view, line + code.slice(0, rest).split('\n').length - 1);
    for (const each of namesOf(name, site)) {
      putView(out, each, `...it, ...(${more})${call[1] === 'layout' ? ", body: ''" : ''}`, site);
      out.put(';\n');
    }
    rest = end + 1;
  }
  out.put(`${code.slice(rest)};`, view, line + code.slice(0, rest).split('\n').length - 1);
}

/** `'/room/view'`, or `it.name` and `/${name}` where the page, or a file beside it, says `name: '/room/view'`. */
function namesOf(name: string, site: string[]) {
  const [, quoted] = /^'\/?([a-z/-]+)'$/.exec(name) ?? [];
  if (quoted !== undefined) return new Set([quoted]);
  const variable = /(\w+)\W*$/.exec(name)?.[1] ?? '';
  const given = new RegExp(`\\b${variable}: '/?([a-z-]+/[a-z-]+)'`, 'g');
  const places = name.startsWith('it.') ? site.slice(0, 1) : site;
  const named = places.map((code) => [...code.matchAll(given)].map(([, each = '']) => each));
  return new Set(named.find((views) => views.length > 0));
}

const LOCALS = '...__locals';

/** A source file with every template that it shows written into the call that shows it. @param beside the files of its folder */
function withViews(code: string, beside: string) {
  const out = writing();
  let rest = 0;
  for (const call of code.matchAll(/(?<![\w.])(page|showList|eta\.render)\(/g)) {
    const { found, end } = argumentsAt(code, call.index + call[0].length - 1);
    if (!/^(request|'\/)/.test(found[0] ?? '')) continue;
    const { name, before, data } = shownBy(call[1] ?? '', found, code);
    out.put(`${code.slice(rest, call.index)}${call[0]}${before.join(', ')}`);
    const site = [code.slice(call.index, end), code, beside];
    for (const view of namesOf(name, site)) {
      out.put(', ');
      putView(out, view, data, site);
    }
    out.put(')');
    rest = end + 1;
  }
  out.put(code.slice(rest));
  return out;
}

/** Which view a call shows, its arguments before the data, and the data. */
function shownBy(call: string, found: string[], code: string) {
  if (call === 'page')
    return { name: found[2] ?? '', before: found.slice(0, 3), data: `${LOCALS}, ...(${found[3] ?? '{}'})` };
  if (call === 'eta.render') return { name: found[0] ?? '', before: found.slice(0, 1), data: `...(${found[1]})` };
  const [, , listing, find, more = '{}'] = found;
  const view = /\bview: '([^']*)'/.exec(/^\w+$/.test(more) ? code : more)?.[1] ?? 'list';
  const data = `${LOCALS}, ...__list(${listing}, ${find}), ...(${more})`;
  return { name: `'${view}'`, before: found.slice(0, 4), data };
}

/** What the written-out templates need to be typed: what every page has, and what a list gives its view. */
const given = (up: string) =>
  [
    `import type { Found as __Found, ListQuery as __Query } from '${up}/data/paging.ts';`,
    `import type { Db as __Db } from '${up}/data/database.ts';`,
    `import type { ListPage as __ListPage, Listing as __Listing } from '${up}/lists/listing.ts';`,
    `import type { Locals as __Locals, Ui as __Ui } from '${up}/web/pages.ts';`,
    `import type { ParamsOf as __ParamsOf, TextKey as __TextKey } from '${up}/texts.ts';`,
    // a key that is put together, as a row's state is, is for another test
    `interface __Say { <Key extends __TextKey>(key: Key, ...params: __ParamsOf<Key>): string;`,
    ' <Key extends string>(key: [Key] extends [__TextKey] ? ([__TextKey] extends [Key] ? Key : never) : Key, params?: Record<string, unknown>): string }',
    'declare const __locals: Omit<__Locals, "t"> & { t: __Say };',
    'declare const __shown: (value: string | number) => void;',
    'declare function __list<Row>(listing: __Listing<Row>, find: (query: __Query, db: __Db) => Promise<__Found<Row>>): __ListPage<Row>;',
  ].join(' ');

const OPTIONS = {
  target: 'esnext',
  module: 'nodenext',
  lib: ['esnext'],
  types: ['node'],
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  // a template asks itself whether something is there; what is in no type at all must not pass for an unknown
  strict: false,
  noPropertyAccessFromIndexSignature: true,
};

/** Type-checks a copy of the sources with the templates in it. @returns the complaints about templates */
function complaintsOf(files: Map<string, Writing>) {
  rmSync(PLACE, { recursive: true, force: true });
  for (const [file, { lines }] of files) {
    mkdirSync(dirname(join(PLACE, file)), { recursive: true });
    writeFileSync(join(PLACE, file), `${given(relative(dirname(file), 'src') || '.')} ${lines.join('\n')}`);
  }
  const project = { compilerOptions: OPTIONS, include: ['src'], exclude: [] };
  writeFileSync(join(PLACE, 'tsconfig.json'), JSON.stringify(project));
  // without what the test runner loads into each process of Node
  const command = ['-u', 'NODE_OPTIONS', 'tsc', '-p', PLACE, '--singleThreaded', '--pretty', 'false'];
  const { stdout } = spawnSync('env', command, { encoding: 'utf8', cwd: PLACE });
  const complaints = stdout.split('\n').flatMap((each) => {
    const [, file = '', line, what] = /^(\S+)\((\d+),\d+\): error (.*)$/.exec(each) ?? [];
    const origin = files.get(file)?.origins[Number(line) - 1];
    return origin === undefined ? [] : [`${origin}: ${what}`];
  });
  return [...new Set(complaints)];
}

/** The templates of `it.ui`, each with the arguments that it takes. */
function components() {
  const out = writing();
  const [, names = ''] =
    /const COMPONENTS = \[([^\]]*)\]/.exec(readFileSync(join(ROOT, 'src/web/pages.ts'), 'utf8')) ?? [];
  for (const [, part] of names.matchAll(/'(\w+)'/g)) {
    putView(out, `components/${part}`, `${LOCALS}, parameters: null! as Parameters<__Ui['${part}']>`, []);
    out.put(';\n');
  }
  return out;
}

t.test('each template reads only what its page gives', async (t) => {
  const files = new Map([['src/web/components.ts', components()]]);
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file: `src/${file}`, code: readFileSync(join(ROOT, 'src', file), 'utf8') }));
  const beside = Map.groupBy(sources, ({ file }) => dirname(file));
  for (const { file, code } of sources) {
    const folder = beside.get(dirname(file))?.map((each) => each.code) ?? [];
    files.set(file, withViews(code, folder.join('\n')));
  }
  const wrong = writing();
  wrong.put('__locals.nobodyGivesThis', 'wrong', 1);
  files.set('src/wrong.ts', wrong);
  const [wrongly = '', ...complaints] = complaintsOf(files).sort((one) =>
    one.startsWith('views/wrong.eta:1') ? -1 : 1,
  );
  t.match(wrongly, /nobodyGivesThis/, 'a name that nobody gives is complained of');
  t.strictSame(complaints, [], 'and none of a template is');
  t.strictSame([...VIEWS.keys()].filter((view) => !seen.has(view)).sort(), [], 'and has read them all');
});
