import { type Test, t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { workOff } from '../../src/bulk/worker.ts';
import { UNSET } from '../../src/data/act.ts';
import { migrate, openSqlite, queryBuilder, type Sqlite } from '../../src/data/database.ts';
import { seedDemo } from '../../src/demo/seed.ts';
import { runDue } from '../../src/due.ts';
import { sendPending } from '../../src/trail/outbox-worker.ts';
import { takeOverUsage } from '../../src/usage/take-over.ts';
import { ordinary } from '../doors/hostile-values.ts';
import { plantItems } from '../doors/items.ts';
import { comeIn, type Person } from '../doors/people.ts';
import { addressOf, type Route, routesOf } from '../doors/routes.ts';
import { openTrial } from '../doors/trial.ts';
import { type Ipms, type Page, START, secrets, startIpms } from '../helper.ts';
import type { Ran } from '../statements.ts';
import { forgetSizes, tellSizes, unbounded } from './statistics.ts';

// Every statement that pages, verbs and recurring work prepare, as SQLite would carry it out among a million mailboxes with
// ten years of history: none that holds the pages up reads or sorts without a bound. The reader's may (decision 012).

const OVER = 'what is over by now: since the last minute little';
/** Where more is read than a plan can show to be little, by file and function; with the reason. */
const KNOWN: Record<string, string> = {
  'bulk/dry-run.ts work': 'the mails that the act itself has written so far',
  'agencies/queries.ts overviewCounts': 'the names that are shut now',
  'trail/chain.ts addSealed': 'one end of an index',
  'sign-in/queries.ts dearestCost': 'one end of an index',
  'dashboard/queries.ts daysOfUse': 'the two ends of an index',
  'transfers/transfer.ts refuseTooOften': 'what one agency asked for within a day',
  'mailbox-life/due.ts dueEnablings': OVER,
  'mailbox-life/due.ts dueReminders': OVER,
  'transfers/due.ts dueFormerAddresses': OVER,
  'due.ts removeSessions': OVER,
  'due.ts removeLinks': OVER,
  'due.ts removeTries': OVER,
  'due.ts removeSubmissions': OVER,
  'usage/usage-file.ts discardUsage': 'the rows of one file, once',
  'trigger directory_follows_agency_changed': 'an agency that is called otherwise: all that it has changes',
  'usage/forgetting.ts forgetRefusedRows': 'the rows of one file, once',
};

/** Values that SQLite looks at before it plans (src/data/query-compiler.ts). */
const PREPARED_AGAIN = /(?:[=<>]|\bis|\bis not|\blike|\bglob|\blimit) *\?|\? *=|= *\(\?/i;

type Noted = Ran & { place: string; when: string };

/** Notes each statement the first time that it runs, with the place that asked, while there is a name for what is done. */
function noteDistinct() {
  const noted = new Map<string, Noted>();
  let doing = '';
  const watch = (sqlite: Sqlite.Database, known = noted): Sqlite.Database['prepare'] => {
    const prepare = sqlite.prepare.bind(sqlite);
    return ((text: string) => {
      const statement = prepare(text);
      for (const way of ['all', 'get', 'run', 'iterate'] as const) {
        const carryOut = statement[way].bind(statement) as (...values: unknown[]) => unknown;
        Object.assign(statement, {
          [way]: (...values: unknown[]) => {
            if (doing !== '' && !known.has(text))
              known.set(text, { text, values: values.flat(), place: placeNow(), when: doing });
            return carryOut(...values);
          },
        });
      }
      return statement;
    }) as Sqlite.Database['prepare'];
  };
  return {
    noted,
    /** For `startIpms`: what the pages' connection runs is noted, what the reader runs is not. */
    options: {
      watch(sqlite: Sqlite.Database) {
        sqlite.prepare = watch(sqlite);
      },
      reader(sqlite: Sqlite.Database) {
        const prepare = Object.getPrototypeOf(sqlite).prepare.bind(sqlite);
        return queryBuilder(
          new Proxy(sqlite, {
            get: (target, name) => {
              if (name === 'prepare') return prepare;
              const value = Reflect.get(target, name);
              return typeof value === 'function' ? value.bind(target) : value;
            },
          }),
        );
      },
    },
    watch,
    async during<T>(name: string, work: () => Promise<T>): Promise<T> {
      doing = name;
      try {
        return await work();
      } finally {
        doing = '';
      }
    },
  };
}

/** The first place outside `data` and `lists` that waits for the statement: file and function. */
function placeNow() {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 60;
  const stack = new Error().stack ?? '';
  Error.stackTraceLimit = stackTraceLimit;
  const places = stack.split('\n').flatMap((line) => {
    const [, name, file] = /at (?:async )?(?:(?:\w+\.)?([\w<>]+) (?:\[.*\] )?\()?.*\/src\/(.+?):\d+/.exec(line) ?? [];
    return file === undefined || /^(data)\//.test(file) ? [] : `${file} ${name ?? ''}`.trim();
  });
  return places.find((place) => !place.startsWith('lists/')) ?? places[0] ?? '';
}

function faultsOf(sqlite: Sqlite.Database, noted: Iterable<Noted>) {
  const faults: string[] = [];
  const used = new Set<string>();
  const reach = tellSizes(sqlite);
  const all = [...noted].filter(({ place }) => place !== '' && !place.startsWith('demo/'));
  const judge = (sizes: string) => {
    for (const each of all)
      for (const fault of unbounded(sqlite, reach, each))
        if (each.place in KNOWN) used.add(each.place);
        else faults.push(`${each.place} (${each.when}, ${sizes}): ${fault}: ${each.text.replace(/\s+/g, ' ')}`);
  };
  judge('sizes known');
  forgetSizes(sqlite);
  judge('by guesses');
  return { faults, used, count: all.length };
}

async function migrated() {
  const sqlite = openSqlite(':memory:', secrets.audit);
  await migrate(queryBuilder(sqlite));
  return sqlite;
}

const TEXTS = ['ab', 'abu bakar', '88', '880412', 'aminah@jabatan.test'];
const PAGES = ['2', '40', '41', '4000'];
/** Of more choices than these, two are like the others. */
const MOST_CHOICES = 14;

/** The addresses that a list's own links and form lead to. */
function waysOf(path: string, { dom }: Page) {
  const links = dom
    .querySelectorAll('main a[href]')
    .map((link) => (link.getAttribute('href') ?? '').replaceAll('&amp;', '&'));
  const ways = new Set(links.filter((href) => href.startsWith(`${path}?`)));
  const add = (search: Record<string, string>) => ways.add(`${path}?${new URLSearchParams(search)}`);
  for (const form of dom.querySelectorAll('main form')) {
    if (form.getAttribute('method') === 'post' || (form.getAttribute('action') ?? path) !== path) continue;
    const values = (name: string) =>
      form.querySelectorAll(`select[name=${name}] option`).map((each) => each.getAttribute('value') ?? '');
    if (form.querySelector('input[name=q]'))
      for (const q of TEXTS) for (const by of ['', ...values('by')]) add({ q, by });
    for (const name of form.querySelectorAll('select').map((select) => select.getAttribute('name') ?? '')) {
      if (name === 'by') continue;
      const choices = values(name);
      for (const value of choices.length > MOST_CHOICES ? choices.slice(0, 3) : choices)
        for (const more of [{}, { q: 'abu' }, { page: '3' }])
          add({ [name]: value, ...(more as Record<string, string>) });
    }
    for (const name of ['from', 'to']) if (form.querySelector(`input[name=${name}]`)) add({ [name]: '24/11/2026' });
    for (const page of PAGES) add({ page });
  }
  return ways;
}

const mayUse = ({ config }: Route, person: Person) =>
  config.access?.some((each) => each === 'anyone' || each === person || (person === 'admin' && each === 'user'));

/** Every page, for everybody who may see it, in all the ways that its lists can be asked. */
async function walkPages(t: Test, notes: ReturnType<typeof noteDistinct>) {
  const ipms = await startIpms(t, notes.options);
  const items = await plantItems(ipms);
  for (const person of ['visitor', 'applicant', 'user', 'admin', 'helpdesk'] as const) {
    const browser = await comeIn(ipms, person, items);
    for (const route of routesOf(ipms.app, 'GET').filter((each) => mayUse(each, person))) {
      const address = addressOf(route, items);
      const page = await notes.during(`GET ${address}`, () => browser.get(address));
      if (page.status !== 200) continue;
      for (const way of waysOf(address, page)) await notes.during(`GET ${way}`, () => browser.get(way));
    }
  }
  await notes.during('recurring work', () => recurringWork(ipms));
}

async function recurringWork({ db, app }: Ipms) {
  const mailer = { sendMail: () => Promise.resolve(), close() {} };
  const sender = { mailer, from: 'ipms@kerajaan.test', eta: app.eta, baseUrl: app.baseUrl() };
  for (const days of [0, 1, 10, 40, 100, 400]) {
    const clock = () => later(START, days * DAY);
    await runDue(db, clock(), UNSET, app.reader);
    await workOff(db, UNSET, clock);
    await takeOverUsage({ db, settings: UNSET, clock } as Parameters<typeof takeOverUsage>[0]);
    await sendPending(db, sender as unknown as Parameters<typeof sendPending>[1], clock);
  }
}

/** Every form, as it would ordinarily be filled in. */
async function walkForms(t: Test, notes: ReturnType<typeof noteDistinct>) {
  const trial = await openTrial(t, notes.options);
  for (const route of routesOf(trial.ipms.app, 'POST')) {
    const typed = Object.entries(route.config.form?.fields ?? {}).filter(([, { kind }]) => kind !== 'files');
    const browser = trial.browser(route);
    const _csrf = await trial.token(browser);
    const address = addressOf(route, trial.items);
    await notes.during(`POST ${address}`, () =>
      browser.post(address, { ...ordinary(Object.fromEntries(typed)), _csrf }),
    );
    await trial.restore();
  }
}

/** The demo's cases are made by the verbs: what pages only show has come about there. */
async function seed(notes: ReturnType<typeof noteDistinct>) {
  const sqlite = await migrated();
  sqlite.prepare = notes.watch(sqlite);
  await notes.during('the demo', () => seedDemo(queryBuilder(sqlite), 4, START));
}

t.test('nothing that holds up the pages reads or sorts what grows', async (t) => {
  const notes = noteDistinct();
  await seed(notes);
  await walkPages(t, notes);
  await walkForms(t, notes);
  const { faults, used, count } = faultsOf(await migrated(), notes.noted.values());
  t.ok(count > 600, `${count} statements were seen`);
  t.strictSame(faults, []);
  for (const place of Object.keys(KNOWN).filter((each) => !each.startsWith('trigger')))
    t.ok(used.has(place), `${place} is known for nothing: take it out of KNOWN`);
  const again = [...notes.noted.values()].filter(({ text }) => PREPARED_AGAIN.test(text));
  t.strictSame(
    again.map(({ place, text }) => `${place}: ${text}`),
    [],
    'no value stands where SQLite would look at it, and prepare the statement again for each',
  );
});

/** What triggers do, statement by statement; SQLite explains none of it with the statement that sets them off. */
function triggersOf(sqlite: Sqlite.Database): Noted[] {
  const all = sqlite.prepare("select name, sql from sqlite_schema where type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  return all.flatMap(({ name, sql }) => {
    const body = sql.slice(sql.search(/\bbegin\b/i) + 'begin'.length, sql.toLowerCase().lastIndexOf('end'));
    return body
      .split(';')
      .map((text) => text.replace(/\b(new|old)\.(\w+|"\w+")/g, '?').trim())
      .filter((text) => text !== '' && !text.includes('raise('))
      .map((text) => ({
        text,
        values: (text.match(/\?/g) ?? []).map(() => 1),
        place: `trigger ${name}`,
        when: 'a change',
      }));
  });
}

t.test('no trigger does', async (t) => {
  const sqlite = await migrated();
  const { faults, used, count } = faultsOf(sqlite, triggersOf(sqlite));
  t.ok(count > 60, `${count} statements were seen`);
  t.strictSame(faults, []);
  for (const place of Object.keys(KNOWN).filter((each) => each.startsWith('trigger'))) t.ok(used.has(place), place);
});

t.test('and what would is found', async (t) => {
  const sqlite = await migrated();
  const found = (text: string, ...values: unknown[]) =>
    faultsOf(sqlite, [{ text, values, place: 'somewhere', when: 'now' }]).faults.length > 0;
  t.ok(found('select * from user where login_id = ? or email = ?', 'a', 'b'), 'the sign-in as it once was');
  t.ok(found('select * from outbox where act = ?', 'a'), 'no index');
  t.ok(found('select * from audit where agency_id = ? order by at desc limit 25', 1), 'a sort of all of an agency');
  t.ok(found('select id from mailbox where agency_id = ?', 1), 'all of an agency');
  t.ok(found('select id from audit order by id limit ? offset ?', 25, 99_975), 'a page that nobody leafs to');
  t.ok(found('select id from ticket where instr(lower(subject), ?) > 0 limit 25', 'a'), 'a text in every row');
  t.notOk(found('select * from user where login_id = ?', 'a'));
  t.notOk(found('select * from audit where item_type = ? and item_id = ? order by at', 'mailbox', 1));
  t.notOk(found('select id from audit order by id desc limit 1'));
});
