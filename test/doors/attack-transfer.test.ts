import { randomUUID } from 'node:crypto';
import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { runDue } from '../../src/due.ts';
import { type Ipms, START, startIpms, type Visitor } from '../helper.ts';
import { list, officer } from '../mailbox-life/house.ts';
import { download } from '../records/download.ts';
import { textOf } from '../records/pdf-text.ts';
import { ask, newest, offer, PACKAGE, prepare, send } from '../transfers/house.ts';

// What an agency may learn of an officer of another one, by the transfer of officers.

const NOBODY = 'tiada-orang@jabatan.test';
const IC = '900101145678';
const LATER = { effective_on: '1/12/2026' };

async function lastAuditRow({ db }: Pick<Ipms, 'db'>) {
  const { id } = await db
    .selectFrom('audit')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirstOrThrow();
  return Number(id);
}

/** Sends a form of a transfer's page that the page does not have. */
async function force(browser: Visitor, page: string, name: string, fields: Record<string, string>) {
  return browser.post(`${page}/${name}`, { ...fields, _csrf: await browser.token('/admin') });
}

t.test('Semak says nothing before the other agency has agreed', async (t) => {
  const ipms = await startIpms(t);
  const { from, to } = await prepare(ipms);
  const somebody = await ask(to, 'pindah@jabatan.test');
  const nobody = await ask(to, NOBODY);
  const fields = { step: 'check', primary_email: 'admin.kementerian@kementerian.test' };
  for (const name of ['agree', 'allocation']) {
    const answers = [await force(to, somebody, name, fields), await force(to, nobody, name, fields)];
    t.strictSame(
      answers.map((answer) => answer.status),
      [409, 409],
      name,
    );
    for (const answer of answers) t.notMatch(answer.text, 'pindah@kementerian.test', 'no address from the name');
  }
  const offered = await offer(from, await officer(ipms, 'ditawar'));
  const asked = await force(from, offered, 'allocation', { ...fields, primary_email: 'bebas@kementerian.test' });
  t.equal(asked.status, 409, 'nor is the other agency’s registry the releasing one’s to ask');
});

t.test('the numbers of the audit trail go on alike, whether or not there is such a person', async (t) => {
  const ipms = await startIpms(t);
  const { to } = await prepare(ipms);
  const steps: number[][] = [];
  for (const who of ['pindah@jabatan.test', NOBODY]) {
    const before = await lastAuditRow(ipms);
    const page = await ask(to, who);
    const asked = await lastAuditRow(ipms);
    await send(to, page, 'withdraw');
    steps.push([asked - before, (await lastAuditRow(ipms)) - asked]);
  }
  t.strictSame(steps[0], steps[1]);
  const pages = [await ask(to, 'pindah@jabatan.test'), await ask(to, NOBODY)];
  t.equal(pages.length, 2);
  const before = await lastAuditRow(ipms);
  await runDue(ipms.db, later(START, 30 * DAY));
  const expired = await ipms.db
    .selectFrom('audit')
    .select(['item_id', 'agency_id'])
    .where('id', '>', before)
    .where('action', '=', 'transfer.expired')
    .execute();
  t.equal(expired.length, 4, 'also at the end');
  t.equal(expired.filter((row) => row.agency_id === 2).length, 2);
});

t.test('who refuses, and from where, does not say whose officer it is', async (t) => {
  const ipms = await startIpms(t);
  const { from, to } = await prepare(ipms);
  const page = await ask(to, IC);
  await send(from, page, 'refuse', { reason: 'Tidak dilepaskan' });
  const shown = await to.get(page);
  t.match(shown.text, 'Tidak dilepaskan');
  t.notMatch(shown.text, /Rosnah|Jabatan Contoh/, 'the page');
  const late = await force(to, page, 'withdraw', {});
  t.equal(late.status, 409);
  t.notMatch(late.html, 'Rosnah', 'nor the answer to who comes too late');
  const audit = await ipms.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'transfer.refused')
    .where('item_id', '=', Number(page.split('/').at(-1)))
    .execute();
  t.match(
    audit.find((row) => row.agency_id === 1),
    { actor_name: /Rosnah/, address: '127.0.0.1' },
    'the own trail says who',
  );
  t.notMatch(JSON.stringify(audit.filter((row) => row.agency_id === 2)), /Rosnah|127\.0\.0\.1/);
  t.match((await from.get(page)).text, /Rosnah/);
});

t.test('one agency’s trail does not have the network addresses of the other', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepare(ipms);
  const before = await lastAuditRow(ipms);
  await send(to, await offer(from, mover), 'agree', PACKAGE);
  const rows = await ipms.db
    .selectFrom('audit')
    .innerJoin('user', 'user.id', 'audit.actor_user_id')
    .select(['audit.action', 'audit.agency_id as of', 'user.agency_id as by', 'audit.address'])
    .where('audit.id', '>', before)
    .where('item_type', 'in', ['transfer', 'mailbox'])
    .execute();
  for (const row of rows)
    t.equal(row.address, row.of === row.by ? '127.0.0.1' : '', `${row.action} ${row.of} ${row.by}`);
  t.ok(rows.length > 4);
});

t.test('the record of a move: identity cards masked, and the old agency’s lists in its own only', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepare(ipms);
  const owner = await officer(ipms, 'pemilik');
  await list(ipms, 'rahsia', { owners: [owner], members: [mover] });
  const page = await ask(to, IC);
  await send(from, page, 'agree', { keep_address: '1' });
  await send(to, page, 'allocation', PACKAGE);
  const records = await ipms.db
    .selectFrom('record')
    .select(['id', 'agency_id'])
    .where('item_type', '=', 'mailbox')
    .where('item_id', '=', mover.id)
    .orderBy('agency_id')
    .execute();
  t.strictSame(
    records.map((row) => row.agency_id),
    [1, 2],
  );
  const file = /900101-?14-?5678/;
  for (const [browser, { id }] of [
    [from, records[0] ?? { id: 0 }],
    [to, records[1] ?? { id: 0 }],
  ] as const) {
    const shown = await browser.get(`/admin/records/${id}`);
    t.equal(shown.status, 200);
    t.notMatch(shown.text, file, 'the page');
    t.match(shown.text, '900101-**-***8');
    const { content } = await download(ipms, browser, `/admin/records/${id}.pdf`);
    t.notMatch(textOf(content).join('\n'), file, 'the PDF');
    t.notMatch((await browser.get('/admin/records?format=csv')).html, file, 'the CSV');
  }
  t.match((await from.get(`/admin/records/${records[0]?.id}`)).text, 'DL rahsia');
  t.notMatch((await to.get(`/admin/records/${records[1]?.id}`)).text, 'DL rahsia');
});

t.test('what became of an officer later is not for the old agency’s pages', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const { mover, from, to } = await prepare(ipms);
  const owner = await officer(ipms, 'pemilik');
  const group = await list(ipms, 'lama', { owners: [owner], members: [mover] });
  const place = `/admin/groups/${group}`;
  await db
    .insertInto('address')
    .values({ address: 'lama@jabatan.test', kind: 'group', agency_id: 1, item_id: group, reserved_until: null })
    .execute();
  const out = await from.post(`${place}/members/remove`, {
    _csrf: await from.token('/admin'),
    members: mover.primary_email,
  });
  t.equal(out.status, 303, 'taken out of the list by hand');
  await send(to, await offer(from, mover), 'agree', PACKAGE);
  const undo = await from.get(`${place}/undo`);
  t.equal(undo.status, 200);
  t.notMatch(undo.text, PACKAGE.primary_email, 'undoing names the address that the list knew');
  const forced = await force(from, place, 'undo', { reason: 'Silap' });
  t.ok(forced.status >= 400, 'and an officer of another agency comes into no list');
  t.strictSame(
    await db
      .selectFrom('membership')
      .select('id')
      .where('member_id', '=', mover.id)
      .where('member_type', '=', 'mailbox')
      .where('until', 'is', null)
      .execute(),
    [],
  );
});

t.test('a transfer that ends gives back no address that somebody else has by now', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const { mover, from, to } = await prepare(ipms);
  const page = await offer(from, mover, LATER);
  await send(to, page, 'agree', PACKAGE);
  t.match(await newest(ipms), { holds_address: 1 });
  await db.deleteFrom('address').where('address', '=', PACKAGE.primary_email).execute();
  await db
    .insertInto('address')
    .values({
      address: PACKAGE.primary_email,
      kind: 'reserved',
      agency_id: 2,
      item_id: mover.id + 1000,
      reserved_until: null,
    })
    .execute();
  t.equal((await send(to, page, 'withdraw')).status, 303);
  t.match(await db.selectFrom('address').selectAll().where('address', '=', PACKAGE.primary_email).execute(), [
    { item_id: mover.id + 1000 },
  ]);
});

t.test('bulk work that waits does not tell of lists that its people are in elsewhere', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const { mover, from, to } = await prepare(ipms);
  const admin = await db
    .selectFrom('user')
    .select(['id', 'full_name'])
    .where('login_id', '=', 'admin.jabatan')
    .executeTakeFirstOrThrow();
  const run = await db
    .insertInto('bulk_run')
    .values({
      agency_id: 1,
      kind: 'disabling',
      state: 'checked',
      file_name: 'cuti.csv',
      file_hash: 'hash',
      total: 1,
      act: randomUUID(),
      created_by: admin.id,
      created_by_name: admin.full_name,
      created_at: START.toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('bulk_row')
    .values({
      run_id: run.id,
      line: 2,
      label: mover.primary_email,
      input: '{}',
      state: 'waiting',
      item_type: 'mailbox',
      item_id: mover.id,
    })
    .execute();
  await send(to, await offer(from, mover), 'agree', PACKAGE);
  await list(ipms, 'sulit', { owners: [mover], members: [mover], agency: 2 });
  const shown = await from.get(`/admin/bulk/${run.id}`);
  t.equal(shown.status, 200);
  t.notMatch(shown.text, 'DL sulit');
});
