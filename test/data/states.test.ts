import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { t } from 'tap';
import { startIpms } from '../helper.ts';

const DRAWN = readFileSync(join(import.meta.dirname, '../../docs/states.md'), 'utf8');
/** A heading names the table and its column, and the next picture shows how a row goes from state to state. */
const PICTURES = /^## .*: `(\w+)\.(\w+)`\n\n```mermaid\n([^`]+)```/gm;

t.test('docs/states.md draws each state that the tables allow, and no other', async (t) => {
  const { db } = await startIpms(t, { empty: true });
  const pictures = [...DRAWN.matchAll(PICTURES)];
  t.equal(pictures.length, DRAWN.split('```mermaid').length - 1, 'every picture has a heading that is understood');
  for (const [, table = '', column = '', picture = ''] of pictures) {
    const { rows } = await sql<{ sql: string }>`select sql from sqlite_master where name = ${table}`.execute(db);
    const check = new RegExp(`check \\(${column} in \\(([^)]*)\\)\\)`).exec(rows[0]?.sql ?? '')?.[1] ?? '';
    const allowed = [...check.matchAll(/'([^']+)'/g)].map(([, state]) => state);
    const arrows = [...picture.matchAll(/^ {2}(\S+) --> (\S+)/gm)].map(
      ([, ...ends]) => ends.map((state) => state.replace('_', '-')), // an identifier of Mermaid has no hyphen
    );
    const reached = new Set(arrows.map(([, to]) => to).filter((state) => state !== '[*]'));
    t.strictSame([...reached].sort(), allowed.sort(), `${table}.${column}: a way leads to each state`);
    for (const [from = ''] of arrows) t.ok(from === '[*]' || reached.has(from), `${table}: ${from} is a state`);
  }
});
