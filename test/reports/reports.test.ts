import { sql } from 'kysely';
import { t } from 'tap';
import { DAY, later, MINUTE } from '../../src/base/time.ts';
import { REPORTS } from '../../src/reports/reports.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, type Page, START, startIpms } from '../helper.ts';
import { makeOfficer } from '../make.ts';
import { download } from '../records/download.ts';
import { textOf } from '../records/pdf-text.ts';

// Every report against a count made by hand, its ways out, and who may not.

const OWN = "(select id from agency where code = 'JC')";
/** Whose deletion is asked for counts as that alone. */
const STAYING = "id not in (select mailbox_id from termination where status = 'requested')";
const OTHER = "(select id from agency where code = 'KC')";

async function ask<Row>(ipms: Ipms, query: string) {
  return (await sql<Row>`${sql.raw(query)}`.execute(ipms.db)).rows;
}

async function count(ipms: Ipms, query: string) {
  return (await ask<{ count: number }>(ipms, `select count(*) as count from ${query}`))[0]?.count ?? 0;
}

/** The cells of the report's table, row by row. */
function table(page: Page) {
  const rows = page.dom.querySelectorAll('main table.cards tbody tr');
  return rows.map((row) => row.querySelectorAll('td').map((cell) => cell.textContent.replace(/\s+/g, ' ').trim()));
}

/** One account was created in the first half hour of November in Kuala Lumpur, when it was still October in Greenwich. */
async function createdAtMidnight(ipms: Ipms) {
  await sql`update mailbox set created_at = '2026-10-31T16:30:00.000Z'
    where id = (select min(id) from mailbox where agency_id = ${sql.raw(OWN)})`.execute(ipms.db);
}

/** The figures under a report, by their label. */
function figures(page: Page) {
  const facts = page.dom.querySelectorAll('.facts div');
  return Object.fromEntries(
    facts.map((fact) => [fact.querySelector('dt')?.textContent, fact.querySelector('dd')?.textContent]),
  );
}

const total = (page: Page) => Number(/(\d+) rekod/.exec(page.text)?.[1] ?? 0);

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

t.test('requests: median, longest, and what still waits', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  await db.updateTable('account_request').set({ submitted_at: '2020-01-01T00:00:00.000Z' }).execute();
  const all = await db
    .selectFrom('access_code_request')
    .select('id')
    .where('agency_id', '=', 1)
    .orderBy('id')
    .execute();
  await db.updateTable('access_code_request').set({ created_at: '2020-01-01T00:00:00.000Z' }).execute();
  const asked = [1, 2, 6, 8, 9].map((days) => ({ days }));
  t.ok(all.length >= 3, 'the demo has some');
  for (const [index, { days }] of asked.slice(0, all.length).entries()) {
    const waits = index === 2;
    await db
      .updateTable('access_code_request')
      .set({
        created_at: later(START, -10 * DAY).toISOString(),
        status: waits ? 'submitted' : 'refused',
        decided_at: waits ? null : later(START, (days - 10) * DAY).toISOString(),
      })
      .where('id', '=', all[index]?.id ?? 0)
      .execute();
  }
  const decided = asked.slice(0, all.length).filter((_each, index) => index !== 2);
  const middle = (decided.length - 1) / 2;
  const median = ((decided[Math.floor(middle)]?.days ?? 0) + (decided[Math.ceil(middle)]?.days ?? 0)) / 2;
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get('/admin/reports/requests?from=2026-11-01&kind=access-code');
  t.strictSame(table(page), [
    [
      'November 2026',
      String(decided.length + 1),
      String(decided.length),
      '1',
      `${median} hari`,
      `${decided.at(-1)?.days} hari`,
      '10 hari',
    ],
  ]);
});

t.test('requests by kind: those without a median come last', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const admin = await ipms.signIn('admin.jabatan');
  await sql`update account_request set status = 'returned' where id = (
    select min(id) from account_request where status = 'submitted' and source <> 'admin')`.execute(db);
  const byKind = await admin.get('/admin/reports/requests?group=kind');
  const direct = await count(ipms, `account_request where agency_id = ${OWN} and source = 'admin'`);
  const row = table(byKind).find(([name]) => name?.startsWith('Didaftarkan'));
  t.equal(Number(row?.[1] ?? 0), direct);
  const applied = table(byKind).find(([name]) => name === texts['report.request.account'].ms);
  const open = "('submitted', 'returned')";
  t.equal(
    Number(applied?.[3]),
    await count(ipms, `account_request where agency_id = ${OWN} and source <> 'admin' and status in ${open}`),
    'what was sent back to the applicant waits, too',
  );
  t.equal(table(await admin.get('/admin/reports/requests?kind=direct&group=kind'))[0]?.[1], String(direct));
  for (const sort of ['median', '-median'])
    t.match(
      table(await admin.get(`/admin/reports/requests?group=kind&sort=${sort}`)).at(-1)?.[0],
      'Didaftarkan',
      'what has none comes last',
    );
  t.strictSame(
    table(await admin.get('/admin/reports/requests?group=kind&sort=-asked')).map(([name]) => name),
    table(await admin.get('/admin/reports/requests?group=kind&sort=asked'))
      .map(([name]) => name)
      .reverse(),
    'the other way round',
  );
});

t.test('tickets: by state, and how long they took', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const byStatus = await ask<{ status: string; count: number }>(
    ipms,
    `select status, count(*) as count from ticket where agency_id = ${OWN} group by 1`,
  );
  const page = await admin.get('/admin/reports/tickets?group=status');
  t.equal(table(page).length, byStatus.length);
  t.strictSame(
    table(page)
      .map((cells) => Number(cells[1]))
      .sort(),
    byStatus.map((row) => row.count).sort(),
  );
  t.match(figures(page), {
    'Masih menunggu': String(await count(ipms, `ticket where agency_id = ${OWN} and status in ('requested', 'open')`)),
    Selesai: String(
      await count(ipms, `ticket where agency_id = ${OWN} and status in ('resolved', 'closed', 'refused')`),
    ),
  });
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

t.test('the figures are those of the rows, of the same agency and narrowed alike', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const [all, never, long] = [texts['report.total'].ms, texts['report.never'].ms, texts['report.notLately'].ms];
  const soon = ['disablings', 'until-dates', 'deletions', 'access-codes'] as const;
  const cases: [path: string, figure: string, narrowed?: string][] = [
    ['account-list?state=disabled', all],
    ['disabled-long?days=30', all],
    ['administrators', all],
    ['lists', all],
    ['dormant?days=30', never, '&kind=never'],
    ['dormant?days=30', long, '&kind=long'],
    ...soon.map((kind): [string, string, string] => [
      'expiring?days=14',
      texts[`life.kind.${kind}`].ms,
      `&kind=${kind}`,
    ]),
  ];
  for (const [path, figure, narrowed = ''] of cases) {
    const rows = total(await admin.get(`/admin/reports/${path}${narrowed}`));
    t.equal(figures(await admin.get(`/admin/reports/${path}`))[figure], String(rows), `${path} ${figure}`);
  }
});

t.test('what was counted for one agency or period is not told to another', async (t) => {
  const ipms = await startIpms(t);
  const [admin, other] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.kementerian')];
  const created = texts['report.moved.created'].ms;
  const october = '/admin/reports/movements?from=2026-10-01&to=2026-10-31';
  for (const page of ['/admin/reports/accounts', october]) await admin.get(page);
  // nothing was written since: what was counted may be kept
  const accounts = await other.get('/admin/reports/accounts');
  const [month, ever] = [await other.get(october), await other.get('/admin/reports/movements')];
  const own = `mailbox where agency_id = ${OTHER}`;
  t.equal(figures(accounts).Aktif, String(await count(ipms, `${own} and status = 'active' and ${STAYING}`)));
  const inOctober = await count(ipms, `${own} and strftime('%Y-%m', created_at, '+8 hours') = '2026-10'`);
  t.equal(table(month)[0]?.[2], String(inOctober), created);
  t.equal(figures(ever)[created], String(await count(ipms, own)));
});

t.test('administrators: whoever is signed in and was seen lately is there', async (t) => {
  const ipms = await startIpms(t);
  await makeOfficer(ipms, 'pentadbir.dua', { role: 'admin' });
  const admin = await ipms.signIn('admin.jabatan');
  const here = async () => {
    const page = await admin.get('/admin/reports/administrators?online=yes');
    t.equal(figures(page)[texts['report.online'].ms], String(total(page)));
    return total(page);
  };
  t.equal(await here(), 1);
  await ipms.signIn('pentadbir.dua');
  t.equal(await here(), 2);
  const ended = later(ipms.clock.now, -MINUTE).toISOString();
  await sql`update session set expires_at = ${ended}
    where user_id = (select id from user where login_id = 'pentadbir.dua')`.execute(ipms.db);
  t.equal(await here(), 1, 'a session that is over is nobody');
  const rows = table(await admin.get('/admin/reports/administrators'));
  const presence = (name: string) => rows.find((cells) => cells[0] === name)?.at(-1);
  t.equal(presence('Rosnah binti Ismail'), texts['report.online'].ms);
  t.equal(presence('Pegawai pentadbir.dua'), texts['report.away'].ms);
});

t.test('every report as page, CSV and PDF, for both roles and in both languages', async (t) => {
  const ipms = await startIpms(t);
  const overview = await (await ipms.signIn('admin.jabatan')).get('/admin/reports');
  for (const [area, login] of [
    ['admin', 'admin.jabatan'],
    ['helpdesk', 'meja.bantuan'],
  ] as const) {
    const someone = await ipms.signIn(login);
    for (const { name } of REPORTS) {
      const place = `/${area}/reports/${name}`;
      const page = await someone.get(place);
      t.equal(page.status, 200, place);
      t.ok(overview.dom.querySelector(`a[href="/admin/reports/${name}"]`), 'the overview names it');
      const csv = await someone.get(`${place}?format=csv`);
      t.match(csv.headers['content-type'], /text\/csv/);
      t.equal(csv.html.trim().split('\r\n').length - 1, total(page), `${place}: as many rows in the CSV`);
      const pdf = await someone.get(`${place}.pdf`);
      t.match(pdf.headers['content-type'], /application\/pdf/);
      t.match(pdf.html.slice(0, 5), '%PDF-');
      t.ok(page.dom.querySelector(`.tally a[href="${place}.pdf"]`), 'the PDF is where the CSV is');
    }
  }
  const narrowed = await (await ipms.signIn('admin.jabatan')).get('/admin/reports/account-list?package=A');
  t.ok(narrowed.dom.querySelector('a[href="/admin/reports/account-list.pdf?package=A"]'), 'the PDF keeps the filters');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const id = (await ask<{ id: number }>(ipms, `select id from agency where code = 'KC'`))[0]?.id;
  const pdf = await download(ipms, helpdesk, `/helpdesk/reports/account-list.pdf?agency=${id}&package=A`);
  const paper = textOf(pdf.content).join(' ').replace(/\s+/g, ' ');
  const addresses = await ask<{ primary_email: string; fits: number }>(
    ipms,
    `select primary_email, agency_id = ${OTHER} and package = 'A' as fits from mailbox`,
  );
  const unbroken = paper.replaceAll(' ', '');
  for (const { primary_email, fits } of addresses) t.equal(unbroken.includes(primary_email), fits === 1, primary_email);
  t.match(paper, `${texts['field.agency'].ms} Kementerian Contoh`, 'and says what it was asked for');
  t.match(paper, `${texts['field.package'].ms} A`);
  t.notMatch(paper, texts['list.search'].ms, 'and of no search that was none');
  const searched = await download(ipms, helpdesk, '/helpdesk/reports/account-list.pdf?q=aminah');
  t.match(textOf(searched.content).join(' ').replace(/\s+/g, ' '), `${texts['list.search'].ms} aminah`);
  t.match(paper, 'Dicetak oleh Noraini binti Salleh', 'and by whom');
});

t.test('the helpdesk sees all agencies, or one that it chooses', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const id = (await ask<{ id: number }>(ipms, `select id from agency where code = 'KC'`))[0]?.id;
  const shown = async (query: string) => total(await helpdesk.get(`/helpdesk/reports/account-list${query}`));
  t.equal(await shown(''), await count(ipms, 'mailbox'));
  t.equal(await shown(`?agency=${id}`), await count(ipms, `mailbox where agency_id = ${OTHER}`));
  t.equal(
    total(await helpdesk.get(`/helpdesk/reports/lists?agency=${id}`)),
    await count(ipms, `"group" where agency_id = ${OTHER} and status = 'active'`),
  );
  const row = table(await helpdesk.get(`/helpdesk/reports/account-list?agency=${id}`))[0];
  t.match(row?.[0], 'Kementerian Contoh', 'each row names its agency');
});

t.test('who may not: no visitor or user, no role in the other place, and no other agency', async (t) => {
  const ipms = await startIpms(t);
  const user = await ipms.signIn('pegawai.jabatan');
  const [admin, helpdesk] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('meja.bantuan')];
  for (const { name } of REPORTS)
    for (const place of [`reports/${name}`, `reports/${name}.pdf`, 'reports']) {
      t.equal((await ipms.visitor().get(`/admin/${place}`)).status, 303, place);
      t.equal((await user.get(`/admin/${place}`)).status, 403, place);
      t.equal((await helpdesk.get(`/admin/${place}`)).status, 403, place);
      t.equal((await admin.get(`/helpdesk/${place}`)).status, 403, place);
    }
  t.equal((await admin.get('/admin/reports/nothing')).status, 404);
  const id = (await ask<{ id: number }>(ipms, `select id from agency where code = 'KC'`))[0]?.id;
  for (const { name } of REPORTS) {
    const [plain, forced] = [
      await admin.get(`/admin/reports/${name}?format=csv`),
      await admin.get(`/admin/reports/${name}?format=csv&agency=${id}`),
    ];
    t.equal(forced.html, plain.html, `${name}: an agency in the address changes nothing`);
    t.notMatch(plain.html, 'kementerian.test', `${name}: nobody of the other agency`);
  }
});
