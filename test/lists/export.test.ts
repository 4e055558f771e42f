import { sql } from 'kysely';
import Papa from 'papaparse';
import { t } from 'tap';
import { listAudit, newestAuditRow } from '../../src/audit-trail/queries.ts';
import type { Actor } from '../../src/base/actor.ts';
import { showDate } from '../../src/base/time.ts';
import { listContacts } from '../../src/contacts/queries.ts';
import type { Db } from '../../src/data/database.ts';
import type { Found, ListQuery } from '../../src/data/paging.ts';
import { listMembers } from '../../src/groups/list-queries.ts';
import { type Listing, showList } from '../../src/lists/listing.ts';
import { listAddresses, listMailboxes } from '../../src/mailboxes/list-queries.ts';
import { listMails } from '../../src/outbox/queries.ts';
import { listRecords } from '../../src/records/queries.ts';
import { accountListReport } from '../../src/reports/account-list.ts';
import { plantItems } from '../doors/items.ts';
import { addressOf, routesOf, userOf } from '../doors/routes.ts';
import { type Ipms, PASSWORD, startIpms, type Visitor } from '../helper.ts';
import { actorOf, makeGroup, makeManyOfficers } from '../make.ts';

/** The cells of a file of comma-separated values, without the headings. */
const cellsOf = (file: string) =>
  Papa.parse<string[]>(file.trimEnd(), { delimiter: ',', newline: '\r\n' }).data.slice(1);

/** The first column of a page's table that the file has, too. */
async function firstColumn(browser: Visitor, url: string) {
  const { dom } = await browser.get(url);
  // the list is the first: another table may follow it
  const rows = dom.querySelector('main table.cards')?.querySelectorAll('tbody > tr') ?? [];
  for (const below of rows.flatMap((row) => row.querySelectorAll('.below'))) below.remove();
  return rows.map((row) => row.querySelector('th, td:not(:has(input))')?.textContent.trim() ?? '');
}

t.test('every list gives the same rows as a file and as pages, in every order', async (t) => {
  const ipms = await startIpms(t);
  const items = await plantItems(ipms);
  const browsers: Record<string, Visitor> = {};
  for (const [role, login] of Object.entries({
    admin: 'admin.jabatan',
    user: 'pegawai.jabatan',
    helpdesk: 'meja.bantuan',
  }))
    browsers[role] = await ipms.signIn(login, PASSWORD);
  let lists = 0;
  for (const route of routesOf(ipms.app, 'GET')) {
    const browser = browsers[userOf(route)];
    if (browser === undefined) continue;
    const url = addressOf(route, items);
    const page = await browser.get(url);
    const link = page.dom.querySelector('a[href*="format=csv"]');
    if (!link) continue;
    lists += 1;
    const sorts = page.dom.querySelectorAll('th a[href*="sort="]').map((each) => each.getAttribute('href') ?? '');
    const orders = new Set([
      '',
      ...sorts.map((href) => new URL(href, 'http://ipms.test').searchParams.get('sort') ?? ''),
    ]);
    for (const order of [...orders].flatMap((sort) => (sort === '' ? [''] : [sort, `-${sort.replace(/^-/, '')}`]))) {
      const query = order === '' ? '' : `?sort=${order}`;
      const shown = (await firstColumn(browser, `${url}${query}`)).map(asInFile);
      const file = await browser.get(`${url}${query === '' ? '?' : `${query}&`}format=csv`);
      if (!String(file.headers['content-type']).startsWith('text/csv')) t.fail(`${url}${query} is no file`);
      const rows = cellsOf(file.html);
      const first = rows.slice(0, shown.length).map(([cell]) => cell);
      if (JSON.stringify(first) !== JSON.stringify(shown)) t.same(first, shown, `${url}${query}`);
    }
  }
  t.ok(lists > 45, `${lists} lists`);
});

const MONTHS = Array.from({ length: 12 }, (_, at) => showDate('ms', new Date(Date.UTC(2026, at, 15))).split(' ')[1]);

/** A day or time of a page, as files have it. */
function asInFile(cell: string) {
  const [, day = '', month, year, time = ''] = /^(\d\d?) (\S+) (\d{4})(?:,( \d\d:\d\d))?$/.exec(cell) ?? [];
  if (year === undefined) return cell;
  return `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}${time}`;
}

const ROWS = 1500;

type Row = Record<string, unknown>;
type Case = {
  name: string;
  find(db: Db, actor: Actor, query: ListQuery): Promise<Found<Row>>;
  /** The column that names a row in this test. */
  named: string;
  sort: string;
  descending?: boolean;
  q?: string;
  /** What is written between two steps. */
  meanwhile(ipms: Ipms): Promise<unknown>;
};

/** The first is deleted, and the last comes to the front. */
const mailboxesMeanwhile = async ({ db }: Ipms) => {
  await db.updateTable('mailbox').set({ status: 'deleted' }).where('login_id', '=', 'ramai0').execute();
  await db.updateTable('mailbox').set({ display_name: 'AA Pegawai' }).where('login_id', '=', 'ramai999').execute();
};

const CASES: Case[] = [
  { name: 'mailboxes', find: listMailboxes, named: 'login_id', sort: 'display_name', meanwhile: mailboxesMeanwhile },
  {
    name: 'found mailboxes',
    find: listMailboxes,
    named: 'login_id',
    sort: 'display_name',
    q: 'pegawai',
    meanwhile: mailboxesMeanwhile,
  },
  {
    name: 'mailboxes by address, backwards',
    find: listMailboxes,
    named: 'login_id',
    sort: 'primary_email',
    descending: true,
    q: 'ramai',
    meanwhile: ({ db }) =>
      db.updateTable('mailbox').set({ status: 'deleted' }).where('login_id', '=', 'ramai999').execute(),
  },
  { name: 'the address list', find: listAddresses, named: 'address', sort: 'name', meanwhile: mailboxesMeanwhile },
  {
    name: 'the found address list',
    find: listAddresses,
    named: 'address',
    sort: 'name',
    q: 'pegawai',
    meanwhile: mailboxesMeanwhile,
  },
  {
    name: 'a report',
    find: (db, actor, query) => accountListReport.find({ db, actor, query, now: new Date() }),
    named: 'primary_email',
    sort: 'mailbox.display_name',
    meanwhile: async ({ db }) => {
      await db.updateTable('mailbox').set({ display_name: 'AA' }).where('login_id', '=', 'ramai999').execute();
      await db.updateTable('mailbox').set({ display_name: 'ZZ' }).where('login_id', '=', 'ramai0').execute();
    },
  },
  {
    name: 'members',
    find: (db, _actor, query) => listMembers(db, { id: groupId }, query),
    named: 'member_address',
    sort: 'member_name',
    meanwhile: async ({ db }) => {
      const gone = { until: new Date().toISOString(), ending: 'removed' as const };
      await db.updateTable('membership').set(gone).where('member_address', '=', 'ramai0@jabatan.test').execute();
    },
  },
  {
    name: 'contacts, those without a company first',
    find: (db, _actor, query) => listContacts(db, query),
    named: 'email',
    sort: 'company',
    meanwhile: ({ db }) =>
      db.updateTable('contact').set({ status: 'deleted' }).where('email', 'like', 'orang-1__@%').execute(),
  },
  {
    name: 'mails, the newest first',
    find: (db, actor, query) => listMails(db, actor, query),
    named: 'id',
    sort: 'created_at',
    descending: true,
    meanwhile: (ipms) => addMails(ipms, 10),
  },
  {
    name: 'mails that are found',
    find: (db, actor, query) => listMails(db, actor, query),
    named: 'id',
    sort: 'created_at',
    descending: true,
    q: 'pegawai',
    meanwhile: (ipms) => addMails(ipms, 10),
  },
  ...[true, false].map((descending) => ({
    name: `the audit trail, the ${descending ? 'newest' : 'oldest'} first`,
    find: (db: Db, actor: Actor, query: ListQuery) => listAudit(db, actor, query, newest),
    named: 'id',
    sort: 'id',
    descending,
    meanwhile: (ipms: Ipms) => addAuditRows(ipms, 10),
  })),
  {
    name: 'records, the newest first',
    find: listRecords,
    named: 'number',
    sort: 'id',
    descending: true,
    meanwhile: (ipms) => addRecords(ipms, 10),
  },
];

let groupId = 0;
let newest = 0;

async function addRecords({ db, clock }: Ipms, count: number) {
  const at = clock.now.toISOString();
  const number = sql<number>`coalesce((select max(sequence) from record where agency_id = user.agency_id), 0) + row_number() over ()`;
  await sql`insert into record
      (agency_id, year, sequence, number, file_reference, sop, title, item_type, item_id, content, filed_by_name, filed_at)
    select agency_id, 2026, ${number}, hex(randomblob(8)), '', '4.9', 'record.mailbox-disabled', 'mailbox', id, '{}', '', ${at}
    from user where login_id glob 'ramai[0-9]*' limit ${count}`.execute(db);
}

/** Every third is another agency's. */
async function addAuditRows({ db, clock }: Ipms, count: number) {
  const at = clock.now.toISOString();
  await sql`insert into audit (at, act, actor_name, actor_role, address, agency_id, action, item_type, item_id, item_name, hash)
    select ${at}, 'test', 'IPMS', 'system', '', iif(id % 3 = 0, 2, agency_id), 'contact.created', 'contact', id, full_name, ''
    from user where login_id glob 'ramai[0-9]*' limit ${count}`.execute(db);
}

async function addMails({ db, clock }: Ipms, count: number) {
  const now = clock.now.toISOString();
  await sql`insert into outbox (act, agency_id, mail, to_name, to_address, letter, message_id, created_at, next_try_at)
    select 'test', agency_id, 'N8', full_name, email, '{"subject":{"ms":"","en":""}}', hex(randomblob(8)), ${now}, ${now}
    from user where login_id glob 'ramai[0-9]*' limit ${count}`.execute(db);
}

for (const each of CASES)
  t.test(`${each.name}: what is written during an export moves no other row`, async (t) => {
    let ipms: Ipms;
    let steps = 0;
    const listing: Listing<Row> = {
      title: 'audit-trail.title',
      empty: 'audit-trail.empty',
      exportName: 'rows',
      sort: each.sort,
      descending: each.descending ?? false,
      columns: [{ label: 'audit-trail.item', value: (row) => String(row[each.named]) }],
    };
    ipms = await startIpms(t, {
      extend: (app) =>
        app.get('/rows', { config: { access: ['admin'] } }, (request, reply) =>
          showList(request, reply, listing, async (query) => {
            const found = await each.find(app.db, request.actor, query);
            steps += 1;
            if (steps === 1) await each.meanwhile(ipms);
            return found;
          }),
        ),
    });
    const addresses = await makeManyOfficers(ipms, ROWS);
    groupId = await makeGroup(ipms, 'semua', { members: addresses });
    const contacts = Array.from({ length: ROWS }, (_, at) => ({
      full_name: `Orang ${at}`,
      email: `orang-${at}@luar.test`,
      company: at % 2 === 0 ? '' : `Syarikat ${at}`,
      created_at: ipms.clock.now.toISOString(),
    }));
    for (let at = 0; at < ROWS; at += 500)
      await ipms.db
        .insertInto('contact')
        .values(contacts.slice(at, at + 500))
        .execute();
    await addMails(ipms, ROWS);
    await addAuditRows(ipms, ROWS);
    await addAuditRows(ipms, ROWS);
    await addRecords(ipms, ROWS);
    newest = await newestAuditRow(ipms.db);
    const admin = await ipms.signIn('admin.jabatan');
    const ask = { q: each.q ?? '', by: 'all', filters: {}, refused: {}, sort: each.sort, page: 1 };
    const query = { ...ask, descending: each.descending ?? false, limit: 10_000, offset: 0 };
    const actor = await actorOf(ipms, 'admin.jabatan');
    const all = async () => (await each.find(ipms.db, actor, query)).rows.map((row) => String(row[each.named]));
    const before = await all();
    const file = await admin.get(`/rows?format=csv${each.q ? `&q=${each.q}` : ''}`);
    const after = new Set(await all());
    const lasting = before.filter((name) => after.has(name));
    const exported = cellsOf(file.html).map(([name]) => name ?? '');
    t.ok(steps > 1 && lasting.length > 1000, `${exported.length} rows in ${steps} steps`);
    t.same(
      exported.filter((name) => after.has(name)),
      lasting,
      'each row that stays is there once, where it was',
    );
  });
