import { sql } from 'kysely';
import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { REPORTS } from '../../src/reports/reports.ts';
import { texts } from '../../src/texts.ts';
import { startIpms } from '../helper.ts';
import { makeOfficer } from '../make.ts';
import { download } from '../records/download.ts';
import { textOf } from '../records/pdf-text.ts';
import { ask, count, figures, OTHER, STAYING, table, total } from './counted.ts';

// What all reports have in common: their figures, their ways out, and who may not.

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

t.test('a spreadsheet can count what the file has: numbers without units, days by themselves', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const fileOf = async (name: string) => {
    const { html } = await admin.get(`/admin/reports/${name}?format=csv`);
    const [head = [], ...rows] = html
      .trim()
      .split('\r\n')
      .map((line) => line.replace('\ufeff', '').split(','));
    return { rows, cell: (row: string[], label: string) => row[head.indexOf(label)] };
  };
  await ipms.db.updateTable('mailbox').set({ used_mb: 1536, used_on: '2026-11-26' }).where('id', '=', 1).execute();
  const list = await fileOf('account-list');
  const address = (await ask<{ it: string }>(ipms, 'select primary_email as it from mailbox where id = 1'))[0]?.it;
  const row = list.rows.find((each) => each.includes(address ?? '')) ?? [];
  t.equal(list.cell(row, texts['usage.used'].ms), '1536');
  t.equal(list.cell(row, texts['usage.on'].ms), '2026-11-26');
  for (const each of list.rows) {
    t.match(list.cell(each, texts['report.storageMb'].ms), /^\d+$/);
    t.match(list.cell(each, texts['usage.used'].ms), /^\d*$/);
  }
  const { rows, cell } = await fileOf('requests');
  t.ok(rows.length > 0);
  for (const each of rows)
    for (const label of ['report.medianDays', 'report.longestDays', 'report.longestWaitingDays'] as const)
      t.match(cell(each, texts[label].ms), /^(\d+(\.\d)?)?$/, label);
});

t.test('on paper no address breaks within the name before its @', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const addresses = await ask<{ address: string }>(
    ipms,
    "select primary_email as address from mailbox union select email from access_code_request where email <> ''",
  );
  for (const name of ['account-list', 'expiring', 'dormant', 'administrators']) {
    const pdf = await download(ipms, helpdesk, `/helpdesk/reports/${name}.pdf`);
    const pieces = textOf(pdf.content).flatMap((page) => page.split('\n'));
    const unbroken = pieces.join('');
    for (const { address } of addresses.filter((each) => unbroken.includes(each.address)))
      t.ok(
        pieces.some((piece) => piece.includes(address.slice(0, address.indexOf('@') + 1))),
        `${name}: ${address}`,
      );
    t.ok(
      pieces.some((piece) => piece.includes('@')),
      `${name} has addresses`,
    );
  }
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
