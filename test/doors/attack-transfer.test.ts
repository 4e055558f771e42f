import { randomUUID } from 'node:crypto';
import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { runDue } from '../../src/due.ts';
import { type Ipms, START, startIpms, type Visitor } from '../helper.ts';
import { makeGroup, makeOfficer } from '../make.ts';
import { trailOf } from '../read.ts';
import { download } from '../records/download.ts';
import { textOf } from '../records/pdf-text.ts';
import {
  askForOfficer,
  newestTransfer,
  offerOfficer,
  PACKAGE,
  prepareTransfer,
  sendTransferForm,
} from '../transfers/transfers.ts';

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
  const { from, to } = await prepareTransfer(ipms);
  const somebody = await askForOfficer(to, 'pindah@jabatan.test');
  const nobody = await askForOfficer(to, NOBODY);
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
  const offered = await offerOfficer(from, await makeOfficer(ipms, 'ditawar'));
  const asked = await force(from, offered, 'allocation', { ...fields, primary_email: 'bebas@kementerian.test' });
  t.equal(asked.status, 409, 'nor is the other agency’s registry the releasing one’s to ask');
});

t.test('the numbers of the audit trail go on alike, whether or not there is such a person', async (t) => {
  const ipms = await startIpms(t);
  const { to } = await prepareTransfer(ipms);
  const steps: number[][] = [];
  for (const who of ['pindah@jabatan.test', NOBODY]) {
    const before = await lastAuditRow(ipms);
    const page = await askForOfficer(to, who);
    const asked = await lastAuditRow(ipms);
    await sendTransferForm(to, page, 'withdraw');
    steps.push([asked - before, (await lastAuditRow(ipms)) - asked]);
  }
  t.strictSame(steps[0], steps[1]);
  const pages = [await askForOfficer(to, 'pindah@jabatan.test'), await askForOfficer(to, NOBODY)];
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
  const { from, to } = await prepareTransfer(ipms);
  const page = await askForOfficer(to, IC);
  await sendTransferForm(from, page, 'refuse', { reason: 'Tidak dilepaskan' });
  const shown = await to.get(page);
  t.match(shown.text, 'Tidak dilepaskan');
  t.notMatch(shown.text, /Rosnah|Jabatan Contoh/, 'the page');
  const late = await force(to, page, 'withdraw', {});
  t.equal(late.status, 409);
  t.notMatch(late.html, 'Rosnah', 'nor the answer to who comes too late');
  const audit = await trailOf(ipms, 'transfer', Number(page.split('/').at(-1)), 'transfer.refused');
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
  const { mover, from, to } = await prepareTransfer(ipms);
  const before = await lastAuditRow(ipms);
  await sendTransferForm(to, await offerOfficer(from, mover), 'agree', PACKAGE);
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
  const { mover, from, to } = await prepareTransfer(ipms);
  const owner = await makeOfficer(ipms, 'pemilik');
  await makeGroup(ipms, 'rahsia', { owners: [owner], members: [mover] });
  const page = await askForOfficer(to, IC);
  await sendTransferForm(from, page, 'agree', { keep_address: '1' });
  await sendTransferForm(to, page, 'allocation', PACKAGE);
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
  t.match((await from.get(`/admin/records/${records[0]?.id}`)).text, 'Senarai rahsia');
  t.notMatch((await to.get(`/admin/records/${records[1]?.id}`)).text, 'Senarai rahsia');
});

t.test('what became of an officer later is not for the old agency’s pages', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const { mover, from, to } = await prepareTransfer(ipms);
  const owner = await makeOfficer(ipms, 'pemilik');
  const group = await makeGroup(ipms, 'lama', { owners: [owner], members: [mover] });
  const place = `/admin/groups/${group}`;
  const out = await from.post(`${place}/members/remove`, {
    _csrf: await from.token('/admin'),
    members: mover.primary_email,
  });
  t.equal(out.status, 303, 'taken out of the list by hand');
  await sendTransferForm(to, await offerOfficer(from, mover), 'agree', PACKAGE);
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
  const { mover, from, to } = await prepareTransfer(ipms);
  const page = await offerOfficer(from, mover, LATER);
  await sendTransferForm(to, page, 'agree', PACKAGE);
  t.match(await newestTransfer(ipms), { holds_address: 1 });
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
  t.equal((await sendTransferForm(to, page, 'withdraw')).status, 303);
  t.match(await db.selectFrom('address').selectAll().where('address', '=', PACKAGE.primary_email).execute(), [
    { item_id: mover.id + 1000 },
  ]);
});

t.test('bulk work that waits does not tell of lists that its people are in elsewhere', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const { mover, from, to } = await prepareTransfer(ipms);
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
  await sendTransferForm(to, await offerOfficer(from, mover), 'agree', PACKAGE);
  await makeGroup(ipms, 'sulit', { owners: [mover], members: [mover], agency: 2 });
  const shown = await from.get(`/admin/bulk/${run.id}`);
  t.equal(shown.status, 200);
  t.notMatch(shown.text, 'Senarai sulit');
});
