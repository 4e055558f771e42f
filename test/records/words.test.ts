import { sql } from 'kysely';
import { type Test, t } from 'tap';
import { contentInWords, peopleIn } from '../../src/records/content.ts';
import { texts } from '../../src/texts.ts';
import { changesInWords } from '../../src/trail/audit-words.ts';
import { sayers } from '../../src/web/pages.ts';
import { type Ipms, START, startIpms } from '../helper.ts';
import { makeOfficer } from '../make.ts';

// What is kept for years is said in words: no code of the program, number of the database, or English key (SOP 6.0)

/** Everything that the demo's acts, and a correction, have left. */
async function begin(t: Test) {
  const ipms = await startIpms(t);
  const { id, ic_number } = await makeOfficer(ipms, 'siti');
  const [admin, helpdesk] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('meja.bantuan')];
  const page = `/admin/mailboxes/${id}/correction`;
  const wish = { ic_number: ic_number ?? '', login_id: 'siti.betul', reason: 'Tersalah taip' };
  const { location } = await admin.submit(page, page, wish);
  const place = location.replace('/admin', '/helpdesk');
  await helpdesk.submit(place, `${place}/confirm`);
  return ipms;
}

/** The codes that the tables allow, as their checks list them. */
async function codesOf({ db }: Ipms) {
  const { rows } = await sql<{ sql: string | null }>`select sql from sqlite_master`.execute(db);
  const lists = rows.flatMap((row) => [...(row.sql ?? '').matchAll(/check \(\w+ in \(([^)]*)\)/g)]);
  const codes = lists.flatMap(([, list = '']) => [...list.matchAll(/'([a-z_-]+)'/g)].map(([, code = '']) => code));
  return new Set(codes);
}

/** What of a sentence is raw. */
function rawIn(said: string, codes: Set<string>) {
  const parts = said.split(/, |; |: | → |\n/).map((part) => part.trim());
  return parts.filter((part) => codes.has(part) || /^#\d+$/.test(part) || /[[{]"/.test(part));
}

/** Names of fields, at any depth, that have no text; numbers that only the database needs are shown nowhere. */
function unnamed(facts: unknown): string[] {
  if (Array.isArray(facts)) return facts.flatMap(unnamed);
  if (typeof facts !== 'object' || facts === null) return [];
  return Object.entries(facts).flatMap(([name, value]) => {
    const isInner = /^(id|version)$|_id$/.test(name);
    const keys = [`records.part.${name}`, `item.${name}`, `field.${name}`];
    return [...(isInner || keys.some((key) => key in texts) ? [] : [name]), ...unnamed(value)];
  });
}

t.test('records: each kind that is filed, in both languages', async (t) => {
  const ipms = await begin(t);
  const codes = await codesOf(ipms);
  t.ok(codes.has('civil_servant') && codes.has('listed') && codes.has('returned'));
  const records = await ipms.db.selectFrom('record').selectAll().orderBy('id').execute();
  const users = await ipms.db.selectFrom('user').select(['id', 'full_name']).execute();
  const people = new Map(users.map((user) => [user.id, user.full_name]));
  const faults = new Set<string>();
  for (const record of records) {
    const content: unknown = JSON.parse(record.content);
    for (const name of unnamed(content)) faults.add(`${record.title}: ${name} has no name`);
    for (const person of peopleIn(content)) if (!people.has(person)) faults.add(`${record.title}: nobody is ${person}`);
    for (const language of ['ms', 'en'] as const)
      for (const { heading, facts } of contentInWords(record, sayers(language, START), people))
        for (const [label, value] of facts)
          for (const raw of rawIn(value, codes)) faults.add(`${record.title}, ${heading}: ${label}: ${raw}`);
  }
  t.ok(new Set(records.map((record) => record.title)).size > 25);
  t.strictSame([...faults], []);
});

t.test('audit rows: each action that was done, in both languages', async (t) => {
  const ipms = await begin(t);
  const codes = await codesOf(ipms);
  const rows = await ipms.db.selectFrom('audit').selectAll().orderBy('id').execute();
  const faults = new Set<string>();
  for (const row of rows) {
    for (const side of [row.before, row.after])
      for (const name of unnamed(JSON.parse(side ?? 'null'))) faults.add(`${row.action}: ${name} has no name`);
    for (const language of ['ms', 'en'] as const)
      for (const { label, before, after } of changesInWords(row, sayers(language, START)))
        for (const raw of rawIn(`${before ?? ''}\n${after ?? ''}`, codes))
          faults.add(`${row.action}: ${label}: ${raw}`);
  }
  t.ok(new Set(rows.map((row) => row.action)).size > 55);
  t.strictSame([...faults], []);
});
