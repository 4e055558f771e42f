import { sql } from 'kysely';
import { type Test, t } from 'tap';
import type { Row } from '../../src/data/schema.ts';
import { contentInWords, peopleIn } from '../../src/records/content.ts';
import { texts } from '../../src/texts.ts';
import { changesInWords } from '../../src/trail/audit-words.ts';
import { sayers } from '../../src/web/pages.ts';
import { type Ipms, type Page, START, startIpms } from '../helper.ts';
import { download } from './download.ts';
import { doEverything, doToInstallation } from './one-of-each.ts';
import { textOf } from './pdf-text.ts';

// What is kept for years is said in words: no code of the program, number of the database, or English key (SOP 6.0)

/** The codes that the tables allow, as their checks list them. */
async function codesOf({ db }: Ipms) {
  const { rows } = await sql<{ sql: string | null }>`select sql from sqlite_master`.execute(db);
  const lists = rows.flatMap((row) => [...(row.sql ?? '').matchAll(/check \(\w+ in \(([^)]*)\)/g)]);
  const codes = lists.flatMap(([, list = '']) => [...list.matchAll(/'([a-z_-]+)'/g)].map(([, code = '']) => code));
  return new Set(codes);
}

/** The columns that hold a yes or a no, as their checks say, and one that has none; a file of storage used has the number of mailboxes that stayed the same. */
async function flagsOf({ db }: Ipms) {
  const { rows } = await sql<{ sql: string | null }>`select sql from sqlite_master`.execute(db);
  const names = rows.flatMap((row) => [...(row.sql ?? '').matchAll(/check \((\w+) in \(0, ?1\)\)/g)]);
  return [...new Set(['closed_by_deletion', ...names.map(([, name = '']) => name)])].filter((name) => name !== 'same');
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

/** Everything has been done once; what is read of it must be words. */
async function begin(t: Test) {
  const ipms = await doEverything(t);
  const databases = [ipms.db, await doToInstallation(t)];
  const [helpdesk, english] = [await ipms.signIn('meja.bantuan'), await ipms.signIn('meja.bantuan')];
  english.carry('ipms-language', 'en');
  return { ipms, databases, codes: await codesOf(ipms), readers: [helpdesk, english] };
}

/** The newest of each kind. */
function oneOfEach<Kind extends string, Kept extends { id: number }>(rows: Kept[], kindOf: (row: Kept) => Kind) {
  return [...new Map(rows.map((row) => [kindOf(row), row])).values()];
}

/** What a page shows beside its labels: its cells, facts and headings. */
function shownOn({ status, dom }: Page) {
  if (status !== 200) return [`["${status}`];
  return dom
    .querySelectorAll('main h1, main h2, main dt, main dd, main td, main th')
    .map((each) => each.textContent.trim());
}

t.test('one of each is said in words: rows, records, pages, PDF and files, in both languages', async (t) => {
  const { ipms, databases, codes, readers } = await begin(t);
  t.ok(codes.has('civil_servant') && codes.has('listed') && codes.has('returned'));
  const [audited, filed] = [new Set<string>(), new Set<string>()];
  const faults = new Set<string>();
  for (const db of databases) {
    const users = await db.selectFrom('user').select(['id', 'full_name']).execute();
    const people = new Map(users.map((user) => [user.id, user.full_name]));
    for (const row of await db.selectFrom('audit').selectAll().orderBy('id').execute()) {
      audited.add(row.action);
      for (const side of [row.before, row.after])
        for (const name of unnamed(JSON.parse(side ?? 'null'))) faults.add(`${row.action}: ${name} has no name`);
      for (const language of ['ms', 'en'] as const)
        for (const { label, before, after } of changesInWords(row, sayers(language, START)))
          for (const raw of rawIn(`${before ?? ''}\n${after ?? ''}`, codes))
            faults.add(`${row.action}: ${label}: ${raw}`);
    }
    for (const record of await db.selectFrom('record').selectAll().orderBy('id').execute()) {
      filed.add(record.title);
      const content: unknown = JSON.parse(record.content);
      for (const name of unnamed(content)) faults.add(`${record.title}: ${name} has no name`);
      for (const person of peopleIn(record))
        if (!people.has(person)) faults.add(`${record.title}: nobody is ${person}`);
      for (const language of ['ms', 'en'] as const)
        for (const { heading, facts } of contentInWords(record, sayers(language, START), people))
          for (const [label, value] of facts)
            for (const raw of rawIn(value, codes)) faults.add(`${record.title}, ${heading}: ${label}: ${raw}`);
    }
  }
  const keys = Object.keys(texts);
  const without = (start: 'audit.' | 'record.', made: Set<string>) =>
    keys.filter((key) => key.startsWith(start) && !made.has(start === 'audit.' ? key.slice(start.length) : key));
  t.strictSame(without('audit.', audited), [], 'each action that can be audited was done');
  t.strictSame(without('record.', filed), [], 'each kind of record was filed');

  // an English word may be a code, too: what is raw is raw in both languages, and found in Malay
  const words = new Set([...codes].filter((code) => !/^[a-z]+$/.test(code)));
  const look = (where: string, said: string[], isEnglish: boolean) => {
    for (const each of said) for (const raw of rawIn(each, isEnglish ? words : codes)) faults.add(`${where}: ${raw}`);
  };
  const rows = await ipms.db.selectFrom('audit').selectAll().orderBy('id').execute();
  const records = await ipms.db.selectFrom('record').selectAll().orderBy('id').execute();
  for (const [index, reader] of readers.entries()) {
    const isEnglish = index === 1;
    for (const { id, action } of oneOfEach(rows, (row) => row.action))
      look(`${action}, page`, shownOn(await reader.get(`/helpdesk/audit/${id}`)), isEnglish);
    for (const { id, title } of oneOfEach(records, (record) => record.title)) {
      look(`${title}, page`, shownOn(await reader.get(`/helpdesk/records/${id}`)), isEnglish);
      const { content } = await download(ipms, reader, `/helpdesk/records/${id}.pdf`);
      look(`${title}, PDF`, textOf(content).join('\n').split('\n'), isEnglish);
    }
    for (const list of ['audit', 'records']) {
      look(`${list}, list`, shownOn(await reader.get(`/helpdesk/${list}`)), isEnglish);
      const { content } = await download(ipms, reader, `/helpdesk/${list}?format=csv`);
      look(`${list}, CSV`, content.toString().split(/[",\r\n]+/), isEnglish);
    }
  }
  const histories = [
    ['mailbox', 'mailboxes'],
    ['group', 'groups'],
  ] as const;
  const [admin, english] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.jabatan')];
  english.carry('ipms-language', 'en');
  for (const [type, place] of histories) {
    const own = await ipms.db.selectFrom(type).select('id').where('agency_id', '=', 1).execute();
    const ids = new Set(own.map((row) => row.id));
    const theirs = rows.filter((row) => row.item_type === type && ids.has(row.item_id));
    for (const { item_id, action } of oneOfEach(theirs, (row) => row.action))
      for (const reader of [admin, english])
        look(`${action}, history`, shownOn(await reader.get(`/admin/${place}/${item_id}/history`)), reader === english);
  }
  t.strictSame([...faults], []);
});

t.test('a yes and a no are words, whatever column they stand in', async (t) => {
  const ipms = await startIpms(t);
  const flags = await flagsOf(ipms);
  t.ok(flags.length > 10, flags.join(', '));
  const content = JSON.stringify(Object.fromEntries(flags.map((name, at) => [name, at % 2])));
  const say = sayers('ms', START);
  const wanted = flags.map((name, at) => {
    if (name === 'directory_must_change') return texts[`directory.mustChange.${at % 2 === 1 ? 1 : 0}`].ms; // the form's choice
    return at % 2 === 1 ? 'Ya' : 'Tidak';
  });
  const row = { item_type: 'mailbox', before: null, after: content };
  t.same(
    changesInWords(row, say).map(({ after }) => after),
    wanted,
  );
  const [section] = contentInWords({ item_type: 'mailbox', content } as Row<'record'>, say, new Map());
  t.same(
    section?.facts.map(([, value]) => value),
    wanted,
  );
});
