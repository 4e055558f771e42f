import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Test, t } from 'tap';
import { migrate, openSqlite, queryBuilder } from '../../src/data/database.ts';

// The schema is written by hand, since the unions that CHECKs hold cannot be read from a database: here it is compared with one.

const DATA = join(import.meta.dirname, '../../src/data');
const CODE = ['schema.ts', ...readdirSync(join(DATA, 'tables')).map((name) => `tables/${name}`)]
  .map((name) => readFileSync(join(DATA, name), 'utf8'))
  .join('\n')
  .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');

type Column = { type: string; isNullable: boolean; isGenerated: boolean; isReadOnly: boolean };
type Columns = Record<string, Column>;

/** The parts of `{ a: …; b: … }`, by their names. */
function partsOf(object: string): [name: string, type: string][] {
  const parts: [string, string][] = [];
  let [depth, from] = [0, 1];
  for (let at = 1; at < object.length; at += 1) {
    if ('{<('.includes(object[at] ?? '')) depth += 1;
    if (object[at] === ';' && depth === 0) {
      const [, name = '', type = ''] = /^\s*(\w+): ([\s\S]*)$/.exec(object.slice(from, at)) ?? [];
      parts.push([name, type.trim()]);
      from = at + 1;
    }
    if ('}>)'.includes(object[at] ?? '')) depth -= 1;
    if (depth < 0) {
      // what is written in one line ends without a semicolon
      const [, name = '', type = ''] = /^\s*(\w+): ([\s\S]*)$/.exec(object.slice(from, at)) ?? [];
      return name === '' ? parts : [...parts, [name, type.trim()]];
    }
  }
  return parts;
}

/** The object of a type that is named, with those that it is added to. */
function columnsOf(type: string): Columns {
  if (type.startsWith('{')) return Object.fromEntries(partsOf(type).map(([name, column]) => [name, read(column)]));
  const [, added, object = ''] = new RegExp(`type ${type} = (?:(\\w+) & )?(\\{[\\s\\S]*?\\n\\});`).exec(CODE) ?? [];
  if (object === '') throw new Error(`There is no table type ${type}`);
  return { ...(added === undefined ? {} : columnsOf(added)), ...columnsOf(object) };
}

function read(column: string): Column {
  const [, generated, inner] = /^(Generated|GeneratedAlways)<([\s\S]*)>$/.exec(column) ?? [];
  const type = inner ?? column;
  return {
    type: /\bnever\b/.test(type)
      ? 'any'
      : type === 'number | string'
        ? 'ANY'
        : /^Buffer\b/.test(type)
          ? 'BLOB'
          : /\bnumber\b/.test(type)
            ? 'INTEGER'
            : 'TEXT',
    isNullable: /\| null\b/.test(type),
    isGenerated: generated === 'Generated',
    isReadOnly: generated === 'GeneratedAlways',
  };
}

type Found = { name: string; type: string; notnull: number; pk: number; dflt_value: string | null };

t.test('the schema is what the migrations make, column by column', async (t) => {
  const sqlite = openSqlite(':memory:', Buffer.alloc(32));
  t.teardown(() => sqlite.close());
  await migrate(queryBuilder(sqlite));
  const declared = partsOf(/export type Schema = (\{[\s\S]*?\n\});/.exec(CODE)?.[1] ?? '');
  const there = sqlite.prepare("select name, type from sqlite_master where type in ('table', 'view')").all() as {
    name: string;
    type: 'table' | 'view';
  }[];
  t.strictSame(
    there
      .filter(({ name, type }) => type === 'table' && !/^(sqlite|kysely|mailbox_fts)(_|$)/.test(name))
      .map(({ name }) => name)
      .filter((name) => !declared.some(([table]) => table === name)),
    [],
    'each table is declared',
  );
  let compared = 0;
  for (const [table, type] of declared) {
    const kind = there.find(({ name }) => name === table)?.type;
    t.ok(kind, `${table} is there`);
    const columns = columnsOf(type);
    const found = sqlite.pragma(`table_xinfo("${table}")`) as Found[];
    if (kind === 'table')
      t.strictSame(Object.keys(columns).sort(), found.map(({ name }) => name).sort(), `${table} has these columns`);
    for (const [name, column] of Object.entries(columns)) {
      const real = found.find((each) => each.name === name);
      compared += 1;
      if (real === undefined) t.fail(`${table}.${name} is not there`);
      else if (kind === 'table') compare(t, `${table}.${name}`, column, real);
      else t.ok(column.isReadOnly, `${table}.${name} is a view's`);
    }
  }
  t.ok(compared > 400, `${compared} columns were compared`);
});

function compare(t: Test, where: string, column: Column, real: Found) {
  if (column.type !== 'any') t.equal(column.type, real.type, `${where} holds what it says`);
  t.equal(column.isNullable, real.notnull === 0 && real.pk === 0, `${where} may be null, or not`);
  if (column.isGenerated) t.ok(real.notnull === 0 || real.dflt_value !== null, `${where} may be left out`);
  if (real.name === 'id' && real.type === 'INTEGER') t.ok(column.isGenerated, `${where} comes by itself`);
}
