import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { sql } from 'kysely';
import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, START, startIpms, type Visitor } from '../helper.ts';

// Whatever the data: the columns of a report sum to its figures, and those are the numbers on the first page.

type Fate = {
  status: 'active' | 'disabled' | 'deleted';
  isEnding: boolean;
  agency: number;
  package: string;
  grade: string;
  unit: string;
  age: number;
  used: number | null;
};

const someFate: fc.Arbitrary<Fate> = fc.record({
  status: fc.constantFrom('active', 'active', 'disabled', 'deleted'),
  isEnding: fc.boolean(),
  agency: fc.constantFrom(1, 1, 2),
  package: fc.constantFrom('A', 'B', 'C'),
  grade: fc.constantFrom('29', '41', 'JUSA C'),
  unit: fc.constantFrom('', 'Unit Aset', 'Unit Latihan'),
  age: fc.nat(400),
  used: fc.option(fc.nat(12_000)),
});

/** Every mailbox of the demo becomes something else, and some of the living are asked to be deleted. */
async function deal({ db }: Ipms, fates: Fate[]) {
  await sql`delete from termination where status = 'requested'`.execute(db);
  const ids = await db.selectFrom('mailbox').select(['id', 'display_name']).orderBy('id').execute();
  for (const [index, { id }] of ids.entries()) {
    const fate = fates[index % fates.length] as Fate;
    const at = later(START, -fate.age * DAY).toISOString();
    await sql`update mailbox set status = ${fate.status}, agency_id = ${fate.agency}, package = ${fate.package},
        grade = ${fate.grade}, unit = ${fate.unit}, created_at = ${at}, used_mb = ${fate.used ?? 0},
        used_on = ${fate.used === null ? null : '2026-11-20'} where id = ${id}`.execute(db);
    if (fate.isEnding && fate.status !== 'deleted')
      await sql`insert into termination (mailbox_id, agency_id, effective_on, reason, requested_by, requested_at, status)
        values (${id}, ${fate.agency}, '2026-12-24', 'Bersara', 2, ${START.toISOString()}, 'requested')`.execute(db);
  }
  for (const [table, column] of [
    ['access_code_request', 'created_at'],
    ['account_request', 'submitted_at'],
    ['ticket', 'created_at'],
  ] as const)
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = strftime('%Y-%m-%dT%H:%M:%fZ', ${START.toISOString()},
      '-' || ((id * ${fates.length}) % 300) || ' days')`.execute(db);
}

/** A report's rows as its file has them, all of them. */
async function fileOf(reader: Visitor, path: string) {
  const { html } = await reader.get(`${path}${path.includes('?') ? '&' : '?'}format=csv`);
  return parse(html, { bom: true, columns: true }) as Record<string, string>[];
}

const numberIn = (text: string | undefined) => Number((text ?? '').replace(/[^\d.-]/g, ''));

async function figuresOf(reader: Visitor, path: string) {
  const { dom } = await reader.get(path);
  const facts = dom.querySelectorAll('.facts div').map((each) => {
    return [each.querySelector('dt')?.textContent ?? '', numberIn(each.querySelector('dd')?.textContent)] as const;
  });
  if (facts.length > 0) return new Map(facts);
  // a table of one row is its own sum, and is not said twice
  const cells = dom.querySelectorAll('main table.cards tbody td');
  const headings = dom.querySelectorAll('main table.cards thead th').map((each) => each.textContent);
  return new Map(headings.map((heading, at) => [heading.replace(/ [↓↑]$/, ''), numberIn(cells[at]?.textContent)]));
}

const STATES = ['active', 'disabled', 'ending', 'deleted'] as const;
const label = (state: (typeof STATES)[number]) => texts[`mailbox.state.${state}`].ms;

async function addsUp(reader: Visitor, role: 'admin' | 'helpdesk') {
  const faults: string[] = [];
  const same = (one: unknown, other: unknown, what: string) => {
    if (one !== other) faults.push(`${role} ${what}: ${one} and ${other}`);
  };
  const first = await reader.get(`/${role}`);
  const tiles = new Map(
    first.dom.querySelectorAll('.figures .tiles a').map((each) => {
      return [each.querySelector('strong')?.textContent ?? '', numberIn(each.querySelector('.big')?.textContent)];
    }),
  );
  const groupings = ['package', 'grade', 'unit', 'month', ...(role === 'helpdesk' ? ['agency'] : [])];
  for (const group of groupings) {
    const path = `/${role}/reports/accounts?group=${group}`;
    const [rows, figures] = [await fileOf(reader, path), await figuresOf(reader, path)];
    for (const row of rows)
      same(
        STATES.reduce((sum, state) => sum + numberIn(row[label(state)]), 0),
        numberIn(row[texts['report.total'].ms]),
        `${group}: states of a row and its total`,
      );
    for (const name of [texts['report.total'].ms, ...STATES.map(label)])
      same(
        rows.reduce((sum, row) => sum + numberIn(row[name]), 0),
        figures.get(name),
        `${group}: column and figure of ${name}`,
      );
    for (const name of STATES.map(label)) same(figures.get(name), tiles.get(name), `${group}: ${name} and its tile`);
  }
  for (const state of STATES)
    same(
      (await fileOf(reader, `/${role}/reports/account-list?state=${state}`)).length,
      tiles.get(label(state)),
      `list of ${state} and its tile`,
    );
  for (const state of ['active', 'disabled', 'ending'] as const)
    same(
      (await fileOf(reader, `/${role}/mailboxes?state=${state}`)).length,
      tiles.get(label(state)),
      `mailboxes that are ${state} and the tile`,
    );
  const living = STATES.slice(0, 3).reduce((sum, state) => sum + (tiles.get(label(state)) ?? 0), 0);
  for (const caption of ['figures.packages', 'figures.storage', 'figures.used'] as const) {
    const table = first.dom.querySelectorAll('.bars').find((each) => each.text.includes(texts[caption].ms));
    const bars = table?.querySelectorAll('.number').map((each) => numberIn(each.textContent)) ?? [];
    same(
      bars.reduce((sum, bar) => sum + bar, 0),
      living,
      caption,
    );
  }
  for (const [path, columns] of [
    ['movements', ['requested', 'created', 'disabled', 'enabled', 'deleted'].map((each) => `report.moved.${each}`)],
    ...['kind', 'month'].map((group) => [`requests?group=${group}`, WAITING] as const),
    ...['kind', 'status', 'month'].map((group) => [`tickets?group=${group}`, WAITING] as const),
  ] as [string, string[]][]) {
    const place = `/${role}/reports/${path}`;
    const [rows, figures] = [await fileOf(reader, place), await figuresOf(reader, place)];
    for (const key of columns) {
      const name = texts[key as keyof typeof texts].ms;
      same(
        rows.reduce((sum, row) => sum + numberIn(row[name]), 0),
        figures.get(name),
        `${path}: ${name}`,
      );
    }
  }
  return faults;
}

const WAITING = ['report.asked', 'report.ended', 'report.waiting'];

t.test('columns sum to the figures, and figures are those of the first page, for any data', async (t) => {
  const ipms = await startIpms(t);
  const [admin, helpdesk] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('meja.bantuan')];
  const property = fc.asyncProperty(fc.array(someFate, { minLength: 3, maxLength: 40 }), async (fates) => {
    await deal(ipms, fates);
    t.strictSame([...(await addsUp(admin, 'admin')), ...(await addsUp(helpdesk, 'helpdesk'))], []);
  });
  await fc.assert(property, { numRuns: 6, seed: 20261124 });
});
