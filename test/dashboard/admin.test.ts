import { sql } from 'kysely';
import { t } from 'tap';
import { DAY, later, MINUTE } from '../../src/base/time.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, type Page, START, startIpms } from '../helper.ts';

// The administrators' first page: each number is what the database holds, and leads to the list that holds as many.

const AGENCY = "(select id from agency where code = 'JC')";

/** Whose deletion is asked for counts as that alone. */
const STAYING = "id not in (select mailbox_id from termination where status = 'requested')";

async function count(ipms: Ipms, query: string) {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.raw(query)}`.execute(ipms.db);
  return rows[0]?.count;
}

function tile(page: Page, href: string) {
  return Number(page.dom.querySelector(`.tiles a[href="${href}"] .big`)?.textContent);
}

/** The numbers beside the bars, by the address that each leads to. */
function bars(page: Page) {
  const rows = page.dom.querySelectorAll('.bars tr').map((row) => {
    const href = row.querySelector('a')?.getAttribute('href') ?? '';
    return [href, Number(row.querySelector('.number')?.textContent)] as const;
  });
  return new Map(rows);
}

const shownTotal = (page: Page) => Number(/(\d+) rekod/.exec(page.text)?.[1] ?? 0);

t.test("what waits stands on the administrators' first page, SOP 5.0", async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get('/admin');
  t.match(page.dom.querySelector('.sop')?.textContent, 'SOP 5.0');
  t.ok(page.dom.querySelector('main a[href^="/admin/account-requests"]'));
});

t.test('states and queues are counted as they are in the database, of the own agency alone', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get('/admin');
  for (const state of ['active', 'disabled'])
    t.equal(
      tile(page, `/admin/mailboxes?state=${state}`),
      await count(ipms, `mailbox where agency_id = ${AGENCY} and status = '${state}' and ${STAYING}`),
      state,
    );
  t.equal(
    tile(page, '/admin/mailboxes/deleted'),
    await count(ipms, `mailbox where agency_id = ${AGENCY} and status = 'deleted'`),
  );
  t.equal(
    tile(page, '/admin/mailboxes?state=ending'),
    await count(ipms, `termination where agency_id = ${AGENCY} and status = 'requested'`),
  );
  const queues = {
    '/admin/access-code-requests?status=submitted': `access_code_request where agency_id = ${AGENCY} and status = 'submitted'`,
    '/admin/account-requests?status=submitted': `account_request where agency_id = ${AGENCY} and status = 'submitted'`,
    '/admin/list-change-requests': `list_change_request where agency_id = ${AGENCY} and status = 'requested'`,
    '/admin/corrections?status=mine': `correction where agency_id = ${AGENCY} and status = 'requested'
      and requested_by <> (select id from user where login_id = 'admin.jabatan')`,
    '/admin/transfers?status=mine': `transfer where (status = 'requested'
      and ((from_agency_id = ${AGENCY} and begun_by = 'receiving') or (to_agency_id = ${AGENCY} and begun_by = 'releasing')))
      or (status = 'agreed' and to_agency_id = ${AGENCY} and allocation is null)`,
    '/admin/tickets?status=resolved': `ticket where agency_id = ${AGENCY} and status = 'resolved'`,
  };
  for (const [href, query] of Object.entries(queues)) t.equal(tile(page, href), await count(ipms, query), href);
  for (const href of ['/admin/account-requests?status=submitted', '/admin/transfers?status=mine'])
    t.ok(tile(page, href) > 0, `the demo has some: ${href}`);
});

t.test('every number leads to a list that holds as many', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get('/admin');
  for (const link of page.dom.querySelectorAll('.tiles a')) {
    const href = link.getAttribute('href') ?? '';
    const list = await admin.get(href);
    t.equal(list.status, 200, href);
    t.equal(shownTotal(list), Number(link.querySelector('.big')?.textContent), `${href} holds as many`);
  }
  t.ok(bars(page).size > 15);
  for (const [href, number] of bars(page)) {
    const list = await admin.get(`${href}${href.includes('reports') ? '&state=existing' : ''}`);
    t.equal(list.status, 200, href);
    t.equal(shownTotal(list), number, `${href} holds as many`);
  }
});

t.test('a bar is as long as its number, beside the longest', async (t) => {
  const page = await (await (await startIpms(t)).signIn('admin.jabatan')).get('/admin');
  const tables = page.dom.querySelectorAll('.bars');
  t.ok(tables.length > 0);
  for (const each of tables) {
    const bars = each.querySelectorAll('tr').map((row) => ({
      count: Number(row.querySelector('.number')?.textContent),
      width: Number(row.querySelector('rect')?.getAttribute('width')),
    }));
    const most = Math.max(...bars.map(({ count }) => count));
    for (const { count, width } of bars) t.equal(width, Math.ceil((100 * count) / most), `${count} of ${most}`);
  }
});

t.test('the tally follows every way in which a mailbox changes', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const agrees = async (what: string) => {
    const facts = { package: 'package', storage: 'storage_mb', status: 'status' };
    for (const [fact, column] of Object.entries(facts)) {
      const live = fact === 'status' ? '' : "where status <> 'deleted'";
      const { rows } = await sql`
        select agency_id, cast(${sql.ref(column)} as text) as value, count(*) as count from mailbox ${sql.raw(live)}
        group by 1, 2 order by 1, 2`.execute(db);
      const tallied = await sql`
        select agency_id, value, count from mailbox_tally where fact = ${fact} and count <> 0 order by 1, 2`.execute(
        db,
      );
      t.strictSame(tallied.rows, rows, `${what}: ${fact}`);
    }
    const { rows: services } = await sql`
      select agency_id, s.value, count(*) as count from mailbox, json_each(services) s
      where status <> 'deleted' group by 1, 2 order by 1, 2`.execute(db);
    const { rows } = await sql`
      select agency_id, value, count from mailbox_tally where fact = 'service' and count <> 0 order by 1, 2`.execute(
      db,
    );
    t.strictSame(rows, services, `${what}: services`);
    const { rows: used } = await sql<{ count: number }>`
      select count(*) as count from mailbox where status <> 'deleted' and used_on is not null
        and used_mb >= 500 and used_mb < 1024`.execute(db);
    const { rows: band } = await sql<{ count: number }>`
      select sum(count) as count from mailbox_tally where fact = 'used' and value = '500'`.execute(db);
    t.equal(band[0]?.count, used[0]?.count, `${what}: used`);
    const { rows: unknown } = await sql<{ count: number }>`
      select (select count(*) from mailbox where status <> 'deleted' and used_on is null)
        - (select sum(count) from mailbox_tally where fact = 'used' and value = 'unknown') as count`.execute(db);
    t.equal(unknown[0]?.count, 0, `${what}: not known`);
  };
  await agrees('as the demo made them');
  const { id } = await db.selectFrom('mailbox').select('id').where('status', '=', 'active').executeTakeFirstOrThrow();
  const change = async (values: Record<string, unknown>, what: string) => {
    await db.updateTable('mailbox').set(values).where('id', '=', id).execute();
    await agrees(what);
  };
  await change({ used_on: null }, 'nothing is known');
  await change({ used_mb: 700, used_on: '2026-11-24' }, 'more is used');
  await change({ services: '["SSO","BMT"]', package: 'C', storage_mb: 10240 }, 'another package');
  await change({ status: 'disabled' }, 'disabled');
  await change({ agency_id: 2 }, 'in another agency');
  await change({ status: 'deleted' }, 'deleted');
  await change({ status: 'active' }, 'restored');
});

t.test(
  'thirty days end with today in Kuala Lumpur; the day begins there at four in the afternoon of UTC',
  async (t) => {
    const ipms = await startIpms(t);
    const admin = await ipms.signIn('admin.jabatan');
    const day = async (date: string) => {
      const { dom } = await admin.get('/admin');
      const rows = dom.querySelectorAll('details tbody tr');
      t.equal(rows.length, 30);
      const row = rows.find((each) => each.querySelector('td')?.textContent === date);
      return row?.querySelectorAll('td').map((cell) => Number(cell.textContent));
    };
    const before = await day('24 Nov 2026');
    const yesterday = await day('23 Nov 2026');
    const first = await ipms.db.selectFrom('mailbox').select('id').where('agency_id', '=', 1).limit(2).execute();
    for (const [index, moment] of ['2026-11-23T16:00:00.000Z', '2026-11-23T15:59:59.999Z'].entries())
      await ipms.db
        .updateTable('mailbox')
        .set({ created_at: moment })
        .where('id', '=', first[index]?.id ?? 0)
        .execute();
    t.equal((await day('24 Nov 2026'))?.[3], (before?.[3] ?? 0) + 1);
    t.equal((await day('23 Nov 2026'))?.[3], (yesterday?.[3] ?? 0) + 1);
    const { dom } = await admin.get('/admin');
    const charts = dom.querySelectorAll('.chart svg[role=img]');
    t.equal(charts.length, 3);
    for (const chart of charts) {
      t.ok(chart.querySelector('title')?.textContent);
      t.match(chart.querySelector('desc')?.textContent, /26 Okt 2026 hingga 24 Nov 2026/);
      for (const id of chart.getAttribute('aria-labelledby')?.split(' ') ?? []) t.ok(dom.querySelector(`[id="${id}"]`));
    }
    t.equal(dom.querySelectorAll('[style]').length, 0);
    for (const plot of dom.querySelectorAll('.plot')) {
      const [upwards, days] = plot.querySelectorAll('p').map((axis) => axis.querySelectorAll('span'));
      t.match(upwards?.map((each) => each.textContent).join(' '), /^[1-9]\d* 0$/, 'from nothing to the most');
      t.strictSame(
        days?.map((each) => each.textContent),
        ['26 Okt', '10 Nov', '24 Nov'],
      );
    }
  },
);

t.test('an administrator is online for fifteen minutes after the last page', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const online = async () => tile(await admin.get('/admin'), '/admin/reports/administrators?online=yes');
  t.equal(await online(), 1);
  const { id } = await ipms.db
    .selectFrom('user')
    .select('id')
    .where('login_id', '=', 'pegawai.jabatan')
    .executeTakeFirstOrThrow();
  await ipms.db.updateTable('user').set({ role: 'admin' }).where('id', '=', id).execute();
  await ipms.signIn('pegawai.jabatan');
  await ipms.signIn('admin.kementerian');
  t.equal(await online(), 2, 'the other agency does not count');
  ipms.clock.now = later(START, 16 * MINUTE);
  await admin.get('/admin');
  t.equal(await online(), 1, 'who has gone is not online');
});

t.test('a queue says how long the oldest has waited', async (t) => {
  const ipms = await startIpms(t);
  const request = await ipms.db
    .selectFrom('account_request')
    .select('id')
    .where('agency_id', '=', 1)
    .where('status', '=', 'submitted')
    .executeTakeFirstOrThrow();
  await ipms.db.updateTable('account_request').set({ status: 'refused' }).execute();
  const admin = await ipms.signIn('admin.jabatan');
  const said = async () =>
    (await admin.get('/admin')).dom.querySelector('.tiles a[href^="/admin/account-requests"]')?.textContent;
  t.match(await said(), /Tiada yang menunggu/);
  const submitted = { status: 'submitted', submitted_at: later(START, -9 * DAY).toISOString() } as const;
  await ipms.db.updateTable('account_request').set(submitted).where('id', '=', request.id).execute();
  t.match(await said(), /Paling lama menunggu: 9 hari/);
});

t.test('an agency with one administrator is warned, and no other', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const others = ipms.db.updateTable('user').where('role', '=', 'admin').where('login_id', '!=', 'admin.jabatan');
  await others.set({ agency_id: 1, status: 'active' }).execute();
  t.notMatch((await admin.get('/admin')).text, texts['overview.alone'].ms);
  await others.set({ status: 'disabled' }).execute();
  t.match((await admin.get('/admin')).text, texts['overview.alone'].ms);
});

t.test('who may not: only administrators, and each sees the own agency', async (t) => {
  const ipms = await startIpms(t);
  t.equal((await ipms.visitor().get('/admin')).status, 303);
  for (const login of ['pegawai.jabatan', 'meja.bantuan'])
    t.equal((await (await ipms.signIn(login)).get('/admin')).status, 403, login);
  const other = await (await ipms.signIn('admin.kementerian')).get('/admin');
  t.equal(
    tile(other, '/admin/mailboxes?state=active'),
    await count(
      ipms,
      `mailbox where status = 'active' and agency_id = (select id from agency where code = 'KC') and ${STAYING}`,
    ),
  );
});

t.test('each number of a day leads to what it counts', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const links = (await admin.get('/admin')).dom.querySelectorAll('details td a[href*="/account-list?created_from="]');
  t.ok(links.length > 0);
  for (const link of links) {
    const found = await admin.get(link.getAttribute('href') ?? '');
    t.equal(found.dom.querySelectorAll('main tbody tr').length, Number(link.textContent));
  }
});

t.test('an agency without accounts is told how to begin, in place of its zeros', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  t.notMatch((await admin.get('/admin')).text, 'Mula di sini');
  const agency = await ipms.db.selectFrom('agency').selectAll().where('code', '=', 'JC').executeTakeFirstOrThrow();
  const { id } = await ipms.db
    .insertInto('agency')
    .values({ ...agency, id: undefined, code: 'BARU', name: 'Agensi Baharu' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await ipms.db.updateTable('user').set({ agency_id: id }).where('login_id', '=', 'admin.jabatan').execute();
  const page = await admin.get('/admin');
  t.match(page.text, /Mula di sini Agensi ini belum ada akaun/);
  t.equal(page.dom.querySelectorAll('.figures').length, 0);
});
