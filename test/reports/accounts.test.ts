import { sql } from 'kysely';
import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { type Ipms, type Page, START, startIpms } from '../helper.ts';
import { makeOfficer } from '../make.ts';
import { ask, count, figures, OWN, STAYING, table, total } from './counted.ts';

// What the reports say of accounts and lists, against a count made by hand.

/** One account was created in the first half hour of November in Kuala Lumpur, when it was still October in Greenwich. */
async function createdAtMidnight(ipms: Ipms) {
  await sql`update mailbox set created_at = '2026-10-31T16:30:00.000Z'
    where id = (select min(id) from mailbox where agency_id = ${sql.raw(OWN)})`.execute(ipms.db);
}

t.test('number of accounts: by package, grade, unit and month, with their states', async (t) => {
  const ipms = await startIpms(t);
  await createdAtMidnight(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const groups = {
    package: 'package',
    grade: 'grade',
    unit: 'unit',
    month: "strftime('%Y-%m', created_at, '+8 hours')",
  };
  for (const [group, column] of Object.entries(groups)) {
    const rows = await ask<Record<'total' | 'active' | 'disabled' | 'ending' | 'deleted', number>>(
      ipms,
      `select ${column} as value, count(*) as total, sum(status = 'active' and ${STAYING}) as active,
        sum(status = 'disabled' and ${STAYING}) as disabled, sum(not ${STAYING}) as ending, sum(status = 'deleted') as deleted from mailbox where agency_id = ${OWN} group by 1 order by 1`,
    );
    const page = await admin.get(`/admin/reports/accounts?group=${group}&sort=total`);
    const wanted = rows.map((row) => [row.total, row.active, row.disabled, row.ending, row.deleted].join(' ')).sort();
    t.strictSame(
      table(page)
        .map((cells) => cells.slice(1).join(' '))
        .sort(),
      wanted,
      group,
    );
    for (const link of page.dom.querySelectorAll('main table.cards tbody a')) {
      const cells = link
        .closest('tr')
        ?.querySelectorAll('td')
        .map((cell) => cell.textContent);
      t.equal(total(await admin.get(link.getAttribute('href') ?? '')), Number(cells?.[1]), `${group} ${cells?.[0]}`);
    }
  }
  t.match(figures(await admin.get('/admin/reports/accounts')), {
    Aktif: String(await count(ipms, `mailbox where agency_id = ${OWN} and status = 'active' and ${STAYING}`)),
    'Menunggu pemadaman': String(await count(ipms, `termination where agency_id = ${OWN} and status = 'requested'`)),
  });
});

t.test('list of accounts: every filter, and a grade is that grade', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const filters: [query: string, where: string][] = [
    ['', 'true'],
    ['state=existing', "status <> 'deleted'"],
    ['state=active', `status = 'active' and ${STAYING}`],
    ['state=disabled', `status = 'disabled' and ${STAYING}`],
    ['state=deleted', "status = 'deleted'"],
    ['state=ending', "id in (select mailbox_id from termination where status = 'requested')"],
    ['package=B', "package = 'B'"],
    ['service=SSO', `exists (select 1 from json_each(services) where value = 'SSO')`],
    ['storage=2048', 'storage_mb = 2048'],
    ['used=500', 'used_on is not null and used_mb >= 500 and used_mb < 1024'],
    ['used=unknown', 'used_on is null'],
    ['by=grade&q=4', "grade = '4'"],
    [
      'created_from=2026-10-01&created_to=2026-10-31',
      "date(created_at, '+8 hours') between '2026-10-01' and '2026-10-31'",
    ],
  ];
  for (const [query, where] of filters) {
    const page = await admin.get(`/admin/reports/account-list?${query}`);
    t.equal(total(page), await count(ipms, `mailbox where agency_id = ${OWN} and ${where}`), query);
  }
  t.equal((await admin.get('/admin/reports/account-list?created_from=31/02/2026')).status, 422);
});

t.test('movements: what came and went in a month', async (t) => {
  const ipms = await startIpms(t);
  await createdAtMidnight(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get('/admin/reports/movements?from=2026-11-01&to=2026-11-30');
  const inMonth = (table: string, column: string) =>
    count(ipms, `${table} where agency_id = ${OWN} and strftime('%Y-%m', ${column}, '+8 hours') = '2026-11'`);
  const wanted = {
    Dimohon: await inMonth('account_request', 'submitted_at'),
    Dibina: await inMonth('mailbox', 'created_at'),
    Dinyahaktifkan: await inMonth('disabling', 'began_at'),
    'Diaktifkan semula': await inMonth('disabling', 'began_at is not null and ended_at'),
    Dipadam: await inMonth('termination', 'carried_out_at'),
  };
  wanted['Diaktifkan semula'] = await count(
    ipms,
    `disabling where agency_id = ${OWN} and began_at is not null and strftime('%Y-%m', ended_at, '+8 hours') = '2026-11'`,
  );
  t.strictSame(table(page), [['November 2026', ...Object.values(wanted).map(String)]]);
  t.strictSame(figures(page), {}, 'one month is not said twice');
});

t.test(
  'a chart of the column that the table is sorted by: months in their order, other groups the largest first',
  async (t) => {
    const ipms = await startIpms(t);
    const admin = await ipms.signIn('admin.jabatan');
    await sql`update mailbox set created_at = '2024-06-15T04:00:00.000Z'
    where id in (select id from mailbox where agency_id = ${sql.raw(OWN)} order by id limit 3)`.execute(ipms.db);
    const grades = await ask<{ grade: string; total: number; disabled: number }>(
      ipms,
      `select grade, count(*) as total, sum(status = 'disabled' and ${STAYING}) as disabled from mailbox
      where agency_id = ${OWN} group by 1 order by 2 desc`,
    );
    const bars = (page: Page) =>
      page.dom
        .querySelectorAll('.drawn .bars tr')
        .map((row) => [row.querySelector('th')?.textContent, row.querySelector('td.number')?.textContent]);
    const byGrade = await admin.get('/admin/reports/accounts?group=grade');
    t.equal(byGrade.dom.querySelector('.drawn caption')?.textContent.split(' ', 3).join(' '), 'Jumlah mengikut gred');
    t.ok(grades.length > 2);
    t.strictSame(
      bars(byGrade).map(([, shown]) => Number(shown)),
      grades.slice(0, 12).map((each) => each.total),
    );
    for (const [name, shown] of bars(byGrade))
      t.equal(
        grades.find(({ grade }) => grade === (name === 'Tidak dinyatakan' ? '' : name))?.total,
        Number(shown),
        String(name),
      );
    const disabled = bars(await admin.get('/admin/reports/accounts?group=grade&sort=-disabled'));
    t.equal(Number(disabled[0]?.[1]), Math.max(...grades.map((each) => each.disabled)), 'another column was asked for');

    for (const sort of ['-value', 'value']) {
      const { dom } = await admin.get(`/admin/reports/accounts?group=month&sort=${sort}`);
      const months = await ask<{ month: string; total: number }>(
        ipms,
        `select strftime('%Y-%m', created_at, '+8 hours') as month, count(*) as total from mailbox
        where agency_id = ${OWN} group by 1 order by 1`,
      );
      const most = Math.max(...months.map((each) => each.total));
      const axes = dom
        .querySelectorAll('.drawn .plot p')
        .map((axis) => axis.querySelectorAll('span').map((each) => each.textContent));
      t.strictSame(axes[0], [String(most), '0']);
      t.match(
        axes[1]?.join(),
        /^\p{L}{3} 20\d\d,.+,Nov 2026$/u,
        'from the first month to the last, however the table is sorted',
      );
      const [from = ''] = months.map(({ month }) => month);
      const spanned = (2026 - Number(from.slice(0, 4))) * 12 + 11 - Number(from.slice(5)) + 1;
      t.ok(months.length < spanned, 'there are months without any');
      t.equal(
        dom.querySelector('.drawn svg')?.getAttribute('viewBox'),
        `0 0 ${spanned * 4 - 1} 40`,
        'empty months have their place',
      );
      t.match(dom.querySelector('.drawn desc')?.textContent, `hingga November 2026: paling banyak ${most}, pada`);
    }
    const waits = await admin.get('/admin/reports/requests?group=kind&sort=-longest');
    t.match(bars(waits)[0]?.[1], / hari$/, 'lengths of time are said as the table says them');
    for (const path of ['accounts?created_from=2031-01-01', 'account-list', 'dormant'])
      t.notOk((await admin.get(`/admin/reports/${path}`)).dom.querySelector('.drawn'), `nothing to compare: ${path}`);
  },
);

const ago = (days: number) => later(START, -days * DAY).toISOString();

t.test('long disabled: by the days that it has lasted', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { name } = await ipms.db
    .selectFrom('mailbox')
    .select('display_name as name')
    .where('agency_id', '=', 1)
    .where('status', '=', 'disabled')
    .orderBy('id')
    .executeTakeFirstOrThrow();
  // it was disabled once before: that is over, and no second row
  await sql`insert into disabling (mailbox_id, agency_id, reason, disabled_from, status, ordered_by, ordered_at, began_at, ended_at)
    select mailbox_id, agency_id, reason, '2026-01-05', 'ended', ordered_by, ${ago(320)}, ${ago(320)}, ${ago(310)}
    from disabling where mailbox_id = (select id from mailbox where display_name = ${name}) and status = 'in-force'`.execute(
    ipms.db,
  );
  const cases: [path: string, query: string][] = [
    ...[0, 30, 365].map((days): [string, string] => [
      `disabled-long?days=${days}`,
      `mailbox where agency_id = ${OWN} and status = 'disabled' and id in (select mailbox_id from disabling where status = 'in-force' and began_at <= '${ago(days)}')`,
    ]),
    [`disabled-long?days=0&q=${encodeURIComponent(name)}`, `(select 1 as one)`],
  ];
  for (const [path, query] of cases)
    t.equal(total(await admin.get(`/admin/reports/${path}`)), await count(ipms, query), path);
});

t.test('lists, dormant, expiring, administrators', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const now = START.toISOString();
  const lists = `"group" where agency_id = ${OWN} and status = 'active'`;
  await makeOfficer(ipms, 'pentadbir.lama', { role: 'admin' });
  await sql`update user set status = 'disabled' where login_id = 'pentadbir.lama'`.execute(ipms.db);
  const unused = `mailbox where agency_id = ${OWN} and status = 'active' and ${STAYING}`;
  const signIn = '(select last_sign_in_at from user where user.id = user_id)';
  const cases: [path: string, query: string][] = [
    ['lists', lists],
    ['lists?problem=empty', `${lists} and id not in (select group_id from membership where until is null)`],
    [
      'lists?problem=no-owner',
      `${lists} and id not in (select group_id from group_owner join mailbox on mailbox.id = mailbox_id where mailbox.status = 'active')`,
    ],
    [
      'dormant?days=30',
      `${unused} and iif(last_mail_on is null, coalesce(${signIn}, '') < '${ago(30)}', last_mail_on < date('${ago(30)}', '+8 hours'))`,
    ],
    ['dormant?kind=never', `${unused} and last_mail_on is null and ${signIn} is null`],
    [
      'dormant?kind=long&days=30',
      `${unused} and iif(last_mail_on is null, ${signIn} < '${ago(30)}', last_mail_on < date('${ago(30)}', '+8 hours'))`,
    ],
    [
      'expiring?kind=deletions&days=365',
      `termination where agency_id = ${OWN} and status = 'requested' and effective_on <= date('${now}', '+8 hours', '+365 days')`,
    ],
    [
      'expiring?kind=access-codes&days=7',
      `access_code where agency_id = ${OWN} and status in ('issued', 'returned', 'confirmed') and expires_at > '${now}'
        and date(expires_at, '+8 hours') <= date('${now}', '+8 hours', '+7 days')`,
    ],
    ['administrators', `user where agency_id = ${OWN} and role = 'admin' and status = 'active'`],
    ['administrators?q=nobody', `user where false`],
  ];
  for (const [path, query] of cases)
    t.equal(total(await admin.get(`/admin/reports/${path}`)), await count(ipms, query), path);
});
