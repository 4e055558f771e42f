import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { type Test, t } from 'tap';
import { REPORTS } from '../../src/reports/reports.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { makeOfficer } from '../make.ts';
import { download } from '../records/download.ts';
import { textOf } from '../records/pdf-text.ts';
import { offerOfficer, PACKAGE, prepareTransfer, sendTransferForm } from '../transfers/transfers.ts';

// Rights that are lost while something is under way, other agencies' numbers, and files.

const cookieOf = (browser: Visitor) => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** Begins a form, lets something happen before its last part is sent, and sends that. */
async function slowly(
  { app }: Ipms,
  browser: Visitor,
  url: string,
  fields: Record<string, string>,
  meanwhile: () => Promise<unknown>,
) {
  const body = new URLSearchParams(fields).toString();
  const payload = new PassThrough();
  const answer = app.inject({
    method: 'POST',
    url,
    headers: { cookie: cookieOf(browser), 'content-type': 'application/x-www-form-urlencoded' },
    payload,
  });
  const sent = answer.then(({ statusCode, headers }) => ({ status: statusCode, location: headers.location }));
  payload.write(body.slice(0, 5));
  for (let at = 0; at < 200; at += 1) await turn();
  await meanwhile();
  payload.end(body.slice(5));
  return sent;
}

const TICKET = { kind: 'question', subject: 'Soalan', description: 'Bila?' };

async function countTickets({ db }: Ipms) {
  const { count } = await db
    .selectFrom('ticket')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

async function lateAsk(t: Test, meanwhile: (ipms: Ipms, id: number) => Promise<unknown>) {
  const ipms = await startIpms(t);
  const { id } = await ipms.db
    .selectFrom('user')
    .select('id')
    .where('login_id', '=', 'admin.jabatan')
    .executeTakeFirstOrThrow();
  const admin = await ipms.signIn('admin.jabatan');
  const before = await countTickets(ipms);
  const fields = { ...TICKET, _csrf: await admin.token('/admin/tickets/new') };
  const { status } = await slowly(ipms, admin, '/admin/tickets/new', fields, () => meanwhile(ipms, id));
  return { status, made: (await countTickets(ipms)) - before };
}

t.test('a form that was begun with a right is not taken without it', async (t) => {
  const user = (ipms: Ipms, id: number, set: object) =>
    ipms.db.updateTable('user').set(set).where('id', '=', id).execute();
  t.strictSame(await lateAsk(t, async () => undefined), { status: 303, made: 1 }, 'slowness alone is no reason');
  t.strictSame(await lateAsk(t, (ipms, id) => user(ipms, id, { role: 'user' })), { status: 403, made: 0 });
  t.strictSame(await lateAsk(t, (ipms, id) => user(ipms, id, { status: 'disabled' })), { status: 303, made: 0 });
  const ended = (ipms: Ipms, id: number) => ipms.db.deleteFrom('session').where('user_id', '=', id).execute();
  t.strictSame(await lateAsk(t, ended), { status: 303, made: 0 }, 'nor without the session');
  const moved = (ipms: Ipms, id: number) => user(ipms, id, { role: 'user', agency_id: 2 });
  t.strictSame(await lateAsk(t, moved), { status: 403, made: 0 });
});

t.test('whoever was moved away has no right left in the old agency', async (t) => {
  const ipms = await startIpms(t);
  const { from, to } = await prepareTransfer(ipms);
  const second = await makeOfficer(ipms, 'kedua', { role: 'admin' });
  const browser = await ipms.signIn('kedua');
  const token = await browser.token('/admin');
  await sendTransferForm(to, await offerOfficer(from, second), 'agree', {
    ...PACKAGE,
    primary_email: 'kedua@kementerian.test',
  });
  t.match((await browser.get('/admin')).location, '/login');
  const sent = await browser.post('/admin/tickets/new', { ...TICKET, _csrf: token });
  t.match(sent.location, /^\/login\?/, 'its form was of a session that is over');
  const anew = await ipms.signIn('kedua');
  for (const path of ['/admin', '/admin/records', '/admin/transfers', '/admin/bulk', '/admin/reports'])
    t.equal((await anew.get(path)).status, 403, path);
  t.notMatch((await anew.get('/me')).text, 'Jabatan Contoh');
});

const NAMES = ['__proto__', 'constructor', 'toString', 'agency', 'mailbox.ic_number', "1' or '1'='1"];

t.test('no filter, order or group of a report leads out of the own agency', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const theirs = /kementerian\.test|Kementerian Contoh/;
  for (const { name } of REPORTS) {
    const place = `/admin/reports/${name}`;
    const usual = await admin.get(`${place}?format=csv`);
    t.notMatch(usual.html, /kementerian\.test/, name);
    for (const agency of ['2', '0', '-1', '']) {
      const asked = await admin.get(`${place}?agency=${agency}&format=csv`);
      t.equal(asked.html, usual.html, `${name} ${agency}`);
    }
    const { status, content } = await download(ipms, admin, `${place}.pdf?agency=2&group=agency`);
    t.equal(status, 200);
    t.notMatch(textOf(content).join('\n'), theirs, `${name} as PDF`);
    for (const value of NAMES) {
      const each = encodeURIComponent(value);
      const query = `group=${each}&by=${each}&sort=${each}&kind=${each}&state=${each}&days=${each}&q=x`;
      t.equal((await admin.get(`${place}?${query}`)).status, 200, `${name} ${value}`);
    }
    t.equal((await admin.get(`${place}?${NAMES[0]}=x&constructor=x`)).status, 200);
    const days = ['from', 'to', 'created_from', 'created_to'];
    for (const [from, to] of [
      ['0001-01-01', '9999-12-31'],
      ['9999-12-31', '0001-01-01'],
    ]) {
      const asked = days.map((day, index) => `${day}=${index % 2 === 0 ? from : to}`).join('&');
      t.equal((await admin.get(`${place}?${asked}&page=1000000`)).status, 200);
      t.equal((await admin.get(`${place}?${asked}&format=csv`)).status, 200);
    }
  }
  for (const name of NAMES) t.equal((await admin.get(`/admin/reports/${encodeURIComponent(name)}`)).status, 404, name);
});

t.test('the same of records, tickets, contacts, transfers and the audit trail', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  for (const place of ['/admin/records', '/admin/tickets', '/admin/transfers', '/admin/audit', '/admin/contacts'])
    for (const value of NAMES) {
      const each = encodeURIComponent(value);
      const names = ['by', 'sort', 'kind', 'status', 'side', 'sop', 'action', 'role', 'item', 'assignee', 'overdue'];
      const query = names.map((name) => `${name}=${each}`).join('&');
      t.equal((await admin.get(`${place}?${query}&q=x&page=1000000`)).status, 200, `${place} ${value}`);
    }
  const other = await ipms.db.selectFrom('record').selectAll().where('agency_id', '=', 2).executeTakeFirst();
  if (other !== undefined) {
    t.equal((await admin.get(`/admin/records/${other.id}`)).status, 404);
    t.equal((await download(ipms, admin, `/admin/records/${other.id}.pdf`)).status, 404);
    const named = await admin.get(`/admin/records?item=${other.item_type}-${other.item_id}&agency=2`);
    t.notMatch(named.html, other.number);
    t.notMatch((await admin.get(`/admin/records?q=${other.number}`)).text, other.hash);
  }
  const search = async (q: string) => (await admin.get(`/admin/tickets?status=&q=${q}&agency=2`)).text;
  t.notMatch(await search('Kementerian'), 'Kementerian Contoh');
});

t.test('files are for the one who asked, and nothing in them is run', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const record = await ipms.db.selectFrom('record').select('id').where('agency_id', '=', 1).executeTakeFirstOrThrow();
  const _csrf = await admin.token('/admin/records/pack');
  const pack = { from: '01/01/2015', to: '31/12/2026', count: '2', _csrf };
  const answers = [
    await admin.get(`/admin/records/${record.id}.pdf`),
    await admin.get('/admin/records?format=csv'),
    await admin.get('/admin/audit?format=csv'),
    await admin.get('/admin/reports/accounts.pdf'),
    await admin.get('/admin/reports/account-list?format=csv'),
    await admin.get('/admin/bulk/template?kind=changes&filled=1'),
    await admin.post('/admin/records/pack', pack),
  ];
  for (const { status, headers } of answers) {
    t.equal(status, 200);
    t.match(headers, {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': /default-src 'none'/,
      'content-disposition': /^(attachment|inline); filename="[\w.-]+"$/,
    });
    t.notMatch(headers['content-type'], 'text/html');
  }
  const again = await admin.post('/admin/records/pack', pack);
  t.equal(again.status, 303, 'the same form makes no second pack');
});

t.test('a look changes nothing: every page of the office, once more', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const admin = await ipms.signIn('admin.jabatan');
  await admin.get('/admin/audit'); // leaves its one trace of this hour
  const state = async () => {
    const counts = [];
    for (const table of ['audit', 'record', 'outbox', 'submission', 'ticket', 'transfer', 'bulk_run'] as const)
      counts.push(
        await db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow(),
      );
    return counts;
  };
  const before = await state();
  const transfer = await db
    .selectFrom('transfer')
    .select('id')
    .where((eb) => eb.or([eb('from_agency_id', '=', 1), eb('to_agency_id', '=', 1)]))
    .executeTakeFirstOrThrow();
  const ticket = await db.selectFrom('ticket').select('id').where('agency_id', '=', 1).executeTakeFirstOrThrow();
  for (const path of ['agree', 'allocation', 'refuse', 'withdraw'])
    await admin.get(`/admin/transfers/${transfer.id}/${path}?reason=x&step=check&pick=a`);
  for (const path of ['confirm', 'reopen', 'comment']) await admin.get(`/admin/tickets/${ticket.id}/${path}?note=x`);
  for (const path of [
    '/admin/reports/monthly?reports=accounts',
    '/admin/records/pack?count=1',
    '/admin/tickets/new?kind=other',
  ])
    await admin.get(path);
  t.strictSame(await state(), before);
});

t.test('identity card numbers are whole on a person’s page only: no list, file or record has them', async (t) => {
  const ipms = await startIpms(t);
  const { db, app } = ipms;
  const known = new Set<string>();
  for (const table of ['mailbox', 'access_code', 'access_code_request', 'account_request'] as const)
    for (const { ic_number: ic } of await db.selectFrom(table).select('ic_number').execute())
      if (ic !== null) known.add(ic).add(`${ic.slice(0, 6)}-${ic.slice(6, 8)}-${ic.slice(8)}`);
  const whole = (text: string) => [...known].filter((ic) => text.includes(ic));
  t.ok(known.size > 20);
  const records = await db.selectFrom('record').select('id').where('agency_id', '=', 1).orderBy('id').execute();
  for (const [login, area] of [
    ['admin.jabatan', 'admin'],
    ['meja.bantuan', 'helpdesk'],
  ] as const) {
    const browser = await ipms.signIn(login);
    const places = app.routePatterns.filter(
      ({ method, url }) => method === 'GET' && url.startsWith(`/${area}`) && !url.includes(':'),
    );
    t.ok(places.length > 20);
    const files = places.filter(({ url }) => url.endsWith('.pdf')).map(({ url }) => url);
    for (const { url } of places.filter((place) => !place.url.endsWith('.pdf')))
      for (const address of [url, `${url}?format=csv`])
        t.strictSame(whole((await browser.get(address)).html), [], `${login} ${address}`);
    for (const { id } of records) {
      t.strictSame(whole((await browser.get(`/${area}/records/${id}`)).html), [], `${login} record ${id}`);
      if (id % 10 === 0) files.push(`/${area}/records/${id}.pdf`);
    }
    for (const file of files)
      t.strictSame(whole(textOf((await download(ipms, browser, file)).content).join('\n')), [], `${login} ${file}`);
  }
});
