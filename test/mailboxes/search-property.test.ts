import fc from 'fast-check';
import type { Test } from 'tap';
import { t } from 'tap';
import { coarsePlace, fold, sharedBeginning } from '../../src/base/folding.ts';
import { type Db, openSqlite, queryBuilder } from '../../src/data/database.ts';
import type { Row } from '../../src/data/schema.ts';
import { findIds } from '../../src/mailboxes/search.ts';
import type { Kinds, Order, Wanted } from '../../src/mailboxes/search-rows.ts';
import { SEARCH_KEYS, termsOf } from '../../src/mailboxes/search-words.ts';
import { emptyDatabase } from '../demo-database.ts';
import { secrets } from '../helper.ts';

// SOP 4.7 step 1: whatever is searched for, the index finds what a look at every mailbox would find, in the same order.

type Mailbox = Row<'mailbox'> & { aliases: string[] };

const MANY_OF_ONE_NAME = 5600;
const ODD = [
  '100%_*',
  `d'Cruz "Q"`,
  'Élodie Ångström',
  'İpek Straße',
  'ＦＵＬＬ',
  '名前 太郎',
  '🙂 emoji',
  'a',
  'A b',
  'z{|}~',
  '~',
];
/** What may be left out between two names. */
const CHILD_OF = new Set('bin b bn ibni binti bt bte bti binte al ap anak ak a/l a/p a/k s/o d/o'.split(' '));
const ALL: Kinds = {
  status: ['active', 'disabled'],
  package: ['A', 'B', 'C'],
  service_type: ['ordinary', 'vip'],
  category: ['civil_servant', 'other'],
};

/** Two agencies: in one more people with one beginning of the name than are ever sorted, and odd names in both. */
async function fill(t: Test): Promise<{ db: Db; rows: Mailbox[] }> {
  const sqlite = openSqlite(await emptyDatabase(), secrets.audit);
  const db = queryBuilder(sqlite);
  t.teardown(() => db.destroy());
  for (const id of [1, 2])
    sqlite
      .prepare("insert into agency (id, name, code, postmaster_email, created_at) values (?, ?, ?, ?, '')")
      .run(id, `Agensi ${id}`, `A${id}`, `p@a${id}.test`);
  const user = sqlite.prepare(
    "insert into user (id, agency_id, role, login_id, email, full_name, created_at) values (?, ?, 'user', ?, ?, '', '')",
  );
  const mailbox = sqlite.prepare(`
    insert into mailbox (id, agency_id, user_id, category, status, display_name, full_name, primary_email, login_id,
      ic_number, passport, package, grade, storage_mb, service_type, created_at)
    values (@id, @agency, @id, @category, @status, @name, '', @email, @login, @ic, @passport, @package, '', 500, @service, @created)`);
  const alias = sqlite.prepare("insert into address (address, kind, agency_id, item_id) values (?, 'alias', ?, ?)");
  const given = ['Ahmad', 'Siti Aminah', 'Tan', 'Zul', 'Kumaran', 'Sitinur'];
  sqlite.transaction(() => {
    for (let id = 1; id <= MANY_OF_ONE_NAME + 400; id += 1) {
      const isOdd = id % 97 === 0;
      const first = id <= MANY_OF_ONE_NAME ? 'Siti' : given[id % given.length];
      const name = isOdd
        ? ODD[(id / 97) % ODD.length]
        : `${first} ${(id * 7919) % 1009} ${id % 40 === 0 ? 'Kiti' : ''}`.trim();
      const agency = id % 11 === 0 ? 2 : 1;
      user.run(id, agency, `u${id}`, `u${id}@a.test`);
      mailbox.run({
        id,
        agency,
        name,
        email: `${String(first).toLowerCase().replace(' ', '.')}.${(id * 31) % 997}x${id}@a${agency}.test`,
        login: `u${id * 17_011}`,
        ic: id % 3 === 0 ? null : String(700101010000 + id * 137),
        passport: id % 3 === 0 && id % 5 === 0 ? `A${id}X` : null,
        category: id % 5 === 0 ? 'other' : 'civil_servant',
        status: id % 53 === 0 ? 'deleted' : id % 29 === 0 ? 'disabled' : 'active',
        package: 'ABC'[id % 3],
        service: id % 17 === 0 ? 'vip' : 'ordinary',
        created: new Date(Date.UTC(2026, 0, 1) + ((id * 7727) % 5003) * 60_000).toISOString(),
      });
      if (id % 19 === 0) alias.run(`alias.${id}@a${agency}.test`, agency, id);
    }
  })();
  const aliases = await db.selectFrom('address').selectAll().where('kind', '=', 'alias').execute();
  const rows = await db.selectFrom('mailbox').selectAll().execute();
  const of = (id: number) => aliases.filter((each) => each.item_id === id).map((each) => each.address);
  return { db, rows: rows.map((row) => ({ ...row, aliases: row.id % 19 === 0 ? of(row.id) : [] })) };
}

/** What a look at every row would find: the meaning of the search, without an index. */
function plainly(rows: Mailbox[], wanted: Wanted & { q: string; by: string }, order: Order) {
  const text = fold(wanted.q.toWellFormed()).trim();
  const bare = (part: string) => part.replace(/[\s-]/g, '');
  const isDigits = (part: string) => /^[\d\s-]+$/.test(part);
  const long = (part: string) => [...part].length >= 2;
  const typed = text.split(/\s+/);
  const told = typed.filter((word, at) => at === 0 || at === typed.length - 1 || !CHILD_OF.has(word)).join(' ');
  // one letter stays with the word before it, and the first one with what comes after
  const words = told.match(/^\S(?: \S(?!\S))+|(?:^\S )?\S{2,}(?: \S(?!\S))*|^\S$/gu)?.slice(0, 12) ?? [text];
  const identityOf = (word: string) => {
    if (isDigits(text)) return bare(text);
    return isDigits(word) && long(bare(word)) ? bare(word) : word;
  };
  const holds = (values: (string | null)[], part: string) =>
    values.some((value) => value !== null && fold(value).includes(part));
  const tests: Record<string, (row: Mailbox, word: string) => boolean> = {
    display_name: (row, word) => holds([row.display_name], word),
    primary_email: (row, word) => holds([row.primary_email, ...row.aliases], word),
    login_id: (row, word) => holds([row.login_id], word),
    ic_or_passport: (row, word) =>
      (!isDigits(text) || long(bare(text))) && holds([row.ic_number, row.passport], identityOf(word)),
  };
  const keys = wanted.by in tests ? [wanted.by] : Object.keys(tests);
  const asks = long(text) && keys.some((key) => key !== 'ic_or_passport' || !isDigits(text) || long(bare(text)));
  const found = rows.filter(
    (row) =>
      (wanted.agencyId === null || row.agency_id === wanted.agencyId) &&
      Object.entries(wanted.kinds).every(([kind, values]) => values.includes(row[kind as keyof Kinds])) &&
      (!asks || words.every((word) => keys.some((key) => tests[key]?.(row, word)))),
  );
  const value = (row: Mailbox) =>
    Buffer.from(
      order.sort === 'name'
        ? fold(row.display_name)
        : order.sort === 'email'
          ? [row.primary_email, ...row.aliases.toSorted()].join('\n')
          : row.created_at,
    );
  const place = (row: Mailbox) => coarsePlace(fold(row.display_name));
  found.sort(
    (one, other) =>
      one.agency_id - other.agency_id ||
      Buffer.compare(value(one), value(other)) ||
      place(one) - place(other) ||
      one.id - other.id,
  );
  if (order.descending) found.reverse();
  return {
    ids: found.slice(order.offset, order.offset + order.limit).map((row) => row.id),
    total: found.length,
  };
}

/** Words and parts of numbers that many have. */
const WORDS = ['siti', 'si', 'ti 1', 'kiti', 'q70010', '70010 1', 'test', '@a', 'a1.test', '10', '--', '1-', 'x1'];
/** What means something to SQL or to the index. */
const SIGNS = [
  '%',
  '%%',
  '_',
  '*',
  '"',
  '""',
  `' or 1`,
  'a OR b',
  'siti OR kiti',
  '{name}',
  'siti*',
  '^si',
  '\\',
  '\ue2bc\ue001',
  '\ue2bc\ue001\ue00a',
];

/** Texts to look for: parts of what is there, and what is not. */
function someText(rows: Mailbox[]) {
  const aPart = fc
    .tuple(fc.constantFrom(...rows), fc.nat(5), fc.nat(30), fc.integer({ min: 1, max: 14 }), fc.boolean())
    .map(([row, field, from, length, upper]) => {
      const text =
        [row.display_name, row.primary_email, row.login_id, row.ic_number, row.passport, row.aliases[0]][field] ??
        row.display_name;
      const part = [...text]
        .slice(from % [...text].length)
        .slice(0, length)
        .join('');
      return upper ? part.toUpperCase() : part;
    });
  const dashed = fc
    .constantFrom(...rows.flatMap((row) => row.ic_number ?? []))
    .map((ic) => `${ic.slice(0, 6)}-${ic.slice(6, 8)}-${ic.slice(8)}`);
  const someParts = fc
    .tuple(fc.array(fc.oneof(aPart, fc.constantFrom(...WORDS)), { minLength: 2, maxLength: 4 }), fc.boolean())
    .map(([parts, isChild]) => parts.join(isChild ? ' Binti ' : ' '));
  const ofOne = fc.constantFrom(...rows).map((row) => {
    const words = [...row.display_name.split(' '), row.primary_email.slice(3, 9), row.ic_number ?? row.login_id];
    return words.toReversed().join(' ');
  });
  return fc.oneof(
    { weight: 5, arbitrary: aPart },
    { weight: 3, arbitrary: someParts },
    { weight: 2, arbitrary: ofOne },
    { weight: 2, arbitrary: fc.constantFrom(...WORDS) },
    { weight: 1, arbitrary: dashed },
    { weight: 1, arbitrary: fc.constantFrom(...SIGNS) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
    { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
  );
}

const SOME_KINDS = fc
  .record(
    {
      status: fc.constantFrom(['active'], ['disabled']),
      package: fc.constantFrom(['A'], ['C']),
      service_type: fc.constantFrom(['vip'], ['ordinary']),
      category: fc.constantFrom(['other'], ['civil_servant']),
    },
    { requiredKeys: [] },
  )
  .map((some) => ({ ...ALL, ...some }) as Kinds);

function someSearch(rows: Mailbox[]) {
  return fc.record({
    q: someText(rows),
    by: fc.constantFrom('all', ...SEARCH_KEYS.map((key) => key.value)),
    agencyId: fc.constantFrom(1, 1, 2, null),
    kinds: fc.oneof({ weight: 2, arbitrary: fc.constant(ALL) }, { weight: 1, arbitrary: SOME_KINDS }),
    sort: fc.constantFrom('name', 'name', 'email', 'created_at'),
    descending: fc.boolean(),
    page: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 250 })),
  });
}

t.test('the index finds what a look at every mailbox would find', async (t) => {
  const { db, rows } = await fill(t);
  const living = rows.filter((row) => row.status !== 'deleted');
  const property = fc.asyncProperty(someSearch(rows), async ({ q, by, agencyId, kinds, sort, descending, page }) => {
    const typed = q.normalize('NFC').trim();
    const order = { sort, descending, limit: 25, offset: (page - 1) * 25 } as Order;
    const isNarrowed = Object.values(kinds).some((values) => values.length === 1);
    const wanted = { agencyId, terms: termsOf(typed, by), kinds, isNarrowed, ending: 'too' as const };
    const { ids, total, capped } = await findIds(db, wanted, order);
    const expected = plainly(living, { ...wanted, q: typed, by }, order);
    const asked = JSON.stringify([q, by, agencyId, kinds, order]);
    t.strictSame(ids, expected.ids, asked);
    if (capped ?? total >= 1000)
      t.ok(total <= expected.total && total >= Math.min(order.offset + ids.length, 1000) && total >= 250, asked);
    else t.equal(total, expected.total, asked);
  });
  await fc.assert(property, { numRuns: 800, seed: 20261124 });
});

t.test('names in their order have places in that order, and share what they say they share', async (t) => {
  const name = fc.oneof(
    fc.string({ unit: fc.constantFrom(..." abcmz09-.'éß名🙂"), maxLength: 7 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  fc.assert(
    fc.property(name, name, (one, other) => {
      const [first, second] = [fold(one.toWellFormed()), fold(other.toWellFormed())];
      const byName = Buffer.compare(Buffer.from(first), Buffer.from(second));
      const byPlace = coarsePlace(first) - coarsePlace(second);
      t.ok(byName * byPlace >= 0, JSON.stringify([first, second]));
      if (byPlace === 0) t.equal(sharedBeginning(first), sharedBeginning(second));
    }),
    { numRuns: 3000, seed: 20261124 },
  );
});
