import { sql } from 'kysely';
import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { findFaults } from '../../src/command-line/faults.ts';
import { runDue } from '../../src/due.ts';
import { texts } from '../../src/texts.ts';
import { bytesOf } from '../../src/trail/attachment-queries.ts';
import { APPLICATION, issueCode, PEOPLE, signInWithCode } from '../account-requests/joining.ts';
import { type Chosen, jpeg, pdf, png, sha256, submitWith } from '../attached-files.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { makeOfficer } from '../make.ts';
import { mailboxNow, recordsOf, trailOf } from '../read.ts';
import { newestTransfer, prepareTransfer } from '../transfers/transfers.ts';
import { ask, held, QUESTION, ticketWith } from './attaching.ts';
import { download, unzip } from './download.ts';
import { textOf } from './pdf-text.ts';

// SOP 6.0: forms are filed. Files that come with a form, from the form to the record, the pack and the check.

async function bytesHeld({ db }: Pick<Ipms, 'db'>) {
  const files = await db.selectFrom('attachment').select(['id', 'file_size']).orderBy('id').execute();
  const bytes = await Promise.all(files.map((file) => bytesOf(db, file)));
  return bytes.map((each) => sha256(each ?? Buffer.alloc(0)));
}

const faults = async ({ db }: Ipms) => (await findFaults(db)).filter((fault) => /attachment/.test(fault));

t.test('a visitor attaches letters to a request; the record has them in its seal', async (t) => {
  const ipms = await startIpms(t);
  const files = [pdf('Surat lantikan.pdf', '/JavaScript (app.alert(1))'), png(), jpeg()];
  t.equal((await ask(ipms, files)).status, 303);
  const request = await ipms.db
    .selectFrom('access_code_request')
    .selectAll()
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const rows = await held(ipms);
  t.match(rows, [
    {
      holder: 'access_code_request',
      holder_id: request.id,
      agency_id: 1,
      file_name: 'Surat lantikan.pdf',
      file_type: 'application/pdf',
    },
    { file_name: 'imbasan.png', file_type: 'image/png', attached_by_name: APPLICATION.full_name },
    { file_name: 'ic.jpg', file_type: 'image/jpeg' },
  ]);
  t.strictSame(
    rows.map((row) => row.sha256),
    files.map(({ bytes }) => sha256(bytes)),
  );
  t.strictSame(
    await bytesHeld(ipms),
    files.map(({ bytes }) => sha256(bytes)),
    'kept as they came, with what is in them',
  );
  const added = await trailOf(ipms, 'access_code_request', request.id, 'attachment.added');
  t.strictSame(
    added.map((row) => JSON.parse(row.after ?? '{}').sha256),
    rows.map((row) => row.sha256),
  );

  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/access-code-requests/${request.id}`;
  const page = await admin.get(place);
  t.match(page.text, 'Surat lantikan.pdf');
  t.ok(page.dom.querySelector(`a[href="/admin/attachments/${rows[0]?.id}"]`));
  t.equal((await admin.submit(place, `${place}/refuse`, { reason: 'Bukan pegawai kami' })).status, 303);
  const [record] = await recordsOf(ipms, 'access_code_request', request.id);
  t.match(
    JSON.parse(record?.content ?? '{}').attachments,
    rows.map(({ id, file_name, sha256 }) => ({ id, file_name, sha256 })),
  );
  const filed = await admin.get(`/admin/records/${record?.id}`);
  const paper = textOf((await download(ipms, admin, `/admin/records/${record?.id}.pdf`)).content)
    .join('')
    .replace(/\s+/g, '');
  for (const row of rows) {
    t.match(filed.text, row.sha256);
    t.match(paper, row.sha256, 'the printed record has the hash too');
  }
  t.match(filed.text, texts['records.sealed'].ms);
  t.strictSame(await faults(ipms), []);
});

t.test('a download is an attachment that no browser carries out, and is audited', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const id = await ticketWith(t, admin, [pdf("../../etc/Borang 'A'; é.exe")]);
  const [file] = await held(ipms);
  t.equal(file?.file_name, "Borang 'A'; é.exe", 'without its folders');
  const url = `/admin/attachments/${file?.id}`;
  const answer = await admin.get(url);
  t.match(answer, { status: 200 });
  t.equal(answer.headers['content-type'], 'application/pdf');
  t.equal(answer.headers['x-content-type-options'], 'nosniff');
  t.equal(answer.headers['content-security-policy'], "default-src 'none'; sandbox");
  t.equal(
    answer.headers['content-disposition'],
    `attachment; filename="Borang _A__ _.exe.pdf"; filename*=UTF-8''Borang%20%27A%27%3B%20%C3%A9.exe.pdf`,
    'and with the ending of what it is',
  );
  t.equal(sha256((await download(ipms, admin, url)).content), file?.sha256);
  const readings = await trailOf(ipms, 'ticket', id, 'attachment.downloaded');
  t.match(
    readings,
    [{ actor_name: 'Noraini binti Hassan', sop: '6.0' }, {}].map(({ sop }) => (sop ? { sop } : {})),
  );
  t.equal(readings.length, 2, 'each is a row');
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.equal((await helpdesk.get(`/helpdesk/attachments/${file?.id}`)).status, 200);
  t.equal((await helpdesk.get(`/helpdesk/tickets/${id}`)).dom.querySelectorAll('.attached a').length, 1);

  const before = (await trailOf(ipms, 'ticket', id)).length;
  t.equal((await (await ipms.signIn('admin.kementerian')).get(url)).status, 404, 'another agency');
  t.equal((await (await ipms.signIn('pegawai.jabatan')).get(url)).status, 403, 'an officer');
  t.equal((await ipms.visitor().get(url)).status, 303, 'signed out');
  t.equal((await admin.get('/admin/attachments/999999')).status, 404, 'none such');
  t.equal((await trailOf(ipms, 'ticket', id)).length, before);
});

t.test('a ticket gets more files with comments from both sides, up to five, and files them', async (t) => {
  const ipms = await startIpms(t);
  const [admin, helpdesk] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('meja.bantuan')];
  const id = await ticketWith(t, admin, [pdf('1.pdf'), pdf('2.pdf')]);
  const say = (browser: Visitor, area: string, files: Chosen[]) =>
    submitWith(
      browser,
      `/${area}/tickets/${id}`,
      `/${area}/tickets/${id}/comment`,
      { comment: 'Seperti dilampirkan' },
      files,
    );
  t.equal((await say(helpdesk, 'helpdesk', [pdf('3.pdf'), png('4.png')])).status, 303);
  const lines = (await helpdesk.get(`/helpdesk/tickets/${id}`)).dom
    .querySelectorAll('.timeline li')
    .map((line) => line.querySelectorAll('p').map((each) => each.textContent.trim()))
    .filter(([head]) => /\.(pdf|png)/.test(head ?? ''));
  t.strictSame(
    lines.map(([head, , ...more]) => [head, ...more]),
    ['4.png', '3.pdf', '2.pdf', '1.pdf'].map((name) => [`${texts['audit.attachment.added'].ms}: ${name}`]),
    'one line a file; the audit trail has its SHA-256',
  );
  const refused = await say(admin, 'admin', [pdf('5.pdf'), pdf('6.pdf')]);
  t.equal(refused.status, 422);
  t.match(refused.problems.attachments, /5.*4/);
  t.equal((await say(admin, 'admin', [pdf('5.pdf')])).status, 303);
  const done = (browser: Visitor, area: string, name: string, fields = {}) =>
    browser.submit(`/${area}/tickets/${id}`, `/${area}/tickets/${id}/${name}`, fields);
  await done(helpdesk, 'helpdesk', 'resolve', { resolution: 'Selesai' });
  await done(admin, 'admin', 'confirm');
  const [record] = await recordsOf(ipms, 'ticket', id);
  const { attachments } = JSON.parse(record?.content ?? '{}') as { attachments: { file_name: string }[] };
  t.strictSame(
    attachments.map((each) => each.file_name),
    ['1.pdf', '2.pdf', '3.pdf', '4.png', '5.pdf'],
  );
});

t.test('a call that the helpdesk writes down holds files of the agency', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const call = { agency_id: '2', source: '1mocc', caller_name: 'Ahmad', ...QUESTION };
  const place = '/helpdesk/tickets/new';
  t.equal((await submitWith(helpdesk, place, place, call, [pdf()])).status, 303);
  const [file] = await held(ipms);
  t.equal(file?.agency_id, 2);
  t.equal((await (await ipms.signIn('admin.kementerian')).get(`/admin/attachments/${file?.id}`)).status, 200);
  t.equal((await (await ipms.signIn('admin.jabatan')).get(`/admin/attachments/${file?.id}`)).status, 404);
});

t.test('orders to disable and to delete hold files: planned ones are filed on their day', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const officer = await makeOfficer(ipms, 'bercuti');
  const place = `/admin/mailboxes/${officer.id}`;
  const order = (name: string, fields: Record<string, string>, files: Chosen[]) =>
    submitWith(admin, `${place}/account`, `${place}/${name}`, fields, files);
  const disabled = await order('disable', { reason: 'study_leave', disabled_from: '24/11/2026' }, [pdf('cuti.pdf')]);
  t.equal(disabled.status, 303, disabled.text.slice(0, 300));
  const [record] = await recordsOf(ipms, 'mailbox', officer.id, '4.9');
  t.match(JSON.parse(record?.content ?? '{}').attachments, [{ file_name: 'cuti.pdf' }]);
  const deleted = await order('delete', { effective_on: '01/12/2026', reason: 'Bersara' }, [pdf('bersara.pdf'), png()]);
  t.equal(deleted.status, 303, deleted.text.slice(0, 300));
  const account = await admin.get(`${place}/account`);
  t.match(account.text, 'cuti.pdf');
  t.match(account.text, 'bersara.pdf');
  t.equal(
    (await admin.submit(`${place}/account`, `${place}/postpone-delete`, { effective_on: '24/11/2026' })).status,
    303,
  );
  const ended = (await recordsOf(ipms, 'mailbox', officer.id, '4.11')).at(-1);
  t.match(JSON.parse(ended?.content ?? '{}').attachments, [{ file_name: 'bersara.pdf' }, { file_name: 'imbasan.png' }]);
  t.strictSame(
    (await held(ipms)).map((row) => [row.holder, row.item_type, row.item_id]),
    [
      ['disabling', 'mailbox', officer.id],
      ['termination', 'mailbox', officer.id],
      ['termination', 'mailbox', officer.id],
    ],
  );
  t.strictSame(await faults(ipms), []);
});

t.test('an applicant attaches to the account request', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { code } = await issueCode(admin, PEOPLE.malay);
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  const page = '/register/confirm';
  await applicant.submit(page, page, { decision: 'confirm' });
  const form = '/register/form';
  const sent = await submitWith(applicant, form, form, { division: 'Bahagian Kewangan', position_title: 'Pegawai' }, [
    pdf(),
  ]);
  t.equal(sent.status, 303, JSON.stringify(sent.problems));
  const [file] = await held(ipms);
  t.match(file, { holder: 'account_request', file_name: 'surat.pdf', agency_id: 1 });
  t.match((await admin.get(`/admin/account-requests/${file?.holder_id}`)).text, 'surat.pdf');
  const records = await recordsOf(ipms, 'account_request', file?.holder_id ?? 0);
  t.match(JSON.parse(records.at(-1)?.content ?? '{}').attachments, [{ file_name: 'surat.pdf' }]);
});

t.test('both agencies of a transfer have its files, and no third one', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  const place = `/admin/mailboxes/${mover.id}/transfer`;
  t.equal((await submitWith(from, place, place, { agency_id: '2' }, [pdf('pelepasan.pdf')])).status, 303);
  const transfer = await newestTransfer(ipms);
  const [file] = await held(ipms);
  t.match(file, { holder: 'transfer', holder_id: transfer.id, agency_id: 1 });
  for (const side of [from, to]) {
    t.match((await side.get(`/admin/transfers/${transfer.id}`)).text, 'pelepasan.pdf');
    t.equal((await side.get(`/admin/attachments/${file?.id}`)).status, 200);
  }
  const readings = await trailOf(ipms, 'transfer', transfer.id, 'attachment.downloaded');
  t.strictSame(
    readings.map((row) => row.agency_id),
    [1, 2],
    'each in the trail of its own',
  );
  const ask = '/admin/transfers/new';
  t.equal((await submitWith(to, ask, ask, { who: 'tiada@jabatan.test' }, [pdf('permohonan.pdf')])).status, 303);
  const asked = (await held(ipms)).at(-1);
  t.equal((await to.get(`/admin/attachments/${asked?.id}`)).status, 200);
  t.equal(
    (await from.get(`/admin/attachments/${asked?.id}`)).status,
    404,
    'there is no such person: nobody else has a part in it',
  );
});

t.test('the audit pack holds the files under names of its own, with the sums of the seals', async (t) => {
  const ipms = await startIpms(t);
  t.equal((await ask(ipms, [pdf('../jahat.pdf'), jpeg('ic.jpeg')])).status, 303);
  const [one, other] = await held(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/access-code-requests/${one?.holder_id}`;
  await admin.submit(place, `${place}/refuse`, { reason: 'Bukan pegawai kami' });
  const { dom } = await admin.get('/admin/records/pack');
  const _csrf = dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const fields = { _csrf, from: '24/11/2026', to: '24/11/2026', count: '200' };
  const files = unzip((await download(ipms, admin, '/admin/records/pack', fields)).content);
  const [record] = await recordsOf(ipms, 'access_code_request', one?.holder_id ?? 0);
  const name = (record?.number ?? '').replaceAll('/', '-');
  const [first, second] = [`attachments/${name}-1.pdf`, `attachments/${name}-2.jpg`];
  t.equal(sha256(files.get(first) ?? Buffer.alloc(0)), one?.sha256);
  t.equal(sha256(files.get(second) ?? Buffer.alloc(0)), other?.sha256);
  const sums = (files.get('SHA256SUMS') ?? '').toString();
  t.match(sums, `${one?.sha256}  ${first}\n`);
  t.match((files.get('hashes.csv') ?? '').toString(), `${first} ${second}`);
});

t.test('nothing is changed or taken out, and check names what somebody changed from outside', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  t.equal((await ask(ipms, [pdf()])).status, 303);
  await ticketWith(t, admin, [pdf('borang.pdf', 'satu'), pdf('borang.pdf', 'satu')]);
  const [letter] = await held(ipms);
  const place = `/admin/access-code-requests/${letter?.holder_id}`;
  await admin.submit(place, `${place}/refuse`, { reason: 'Bukan pegawai kami' });
  t.strictSame(await faults(ipms), []);
  for (const table of ['attachment', 'attachment_content'])
    await t.rejects(sql`delete from ${sql.table(table)}`.execute(ipms.db), /unchangeable/);
  await t.rejects(sql`update attachment set file_name = 'x'`.execute(ipms.db), /unchangeable/);
  await t.rejects(sql`update attachment_content set bytes = x'00'`.execute(ipms.db), /unchangeable/);
  for (const trigger of [
    'attachment_no_update',
    'attachment_no_delete',
    'attachment_content_no_update',
    'attachment_content_no_delete',
  ])
    await sql`drop trigger ${sql.id(trigger)}`.execute(ipms.db);
  const planted: [string, string, RegExp[]][] = [
    [
      'other bytes',
      'update attachment_content set bytes = zeroblob(length(bytes)) where attachment_id = 1',
      [/not the one that was attached: surat\.pdf \(access_code_request/],
    ],
    [
      'bytes and hash',
      "update attachment set file_size = 4, sha256 = (select sha256(x'25504446')) where id = 1",
      [
        /as the audit trail has it: surat\.pdf/,
        /audit trail does not know/,
        /as a record has it: surat\.pdf \(record JC/,
      ],
    ],
    [
      'a holder that is gone',
      'update attachment set holder_id = 9999 where id = 3',
      [/of what does not exist: borang\.pdf/],
    ],
    ['no bytes', 'delete from attachment_content where attachment_id = 2', [/file is missing: borang\.pdf \(ticket/]],
    ['one of two alike', 'delete from attachment where id = 2', [/as the audit trail has it: borang\.pdf/]],
  ];
  for (const [what, change, said] of planted) {
    await sql.raw('pragma foreign_keys = off').execute(ipms.db);
    await sql.raw(change).execute(ipms.db);
    const found = await faults(ipms);
    for (const each of said)
      t.ok(
        found.some((fault) => each.test(fault)),
        `${what}: ${found.join(' | ')}`,
      );
  }
  t.equal((await admin.get('/admin/attachments/1')).status, 422, 'what has another size is not handed out');
});

t.test('a file stays as long as what it belongs to: neither ends by what falls due, in twenty years', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  t.equal((await ask(ipms, [pdf('lantikan.pdf')])).status, 303);
  const request = (await held(ipms))[0]?.holder_id;
  const place = `/admin/access-code-requests/${request}`;
  t.equal((await admin.submit(place, `${place}/refuse`, { reason: 'Bukan pegawai kami' })).status, 303);
  await ticketWith(t, admin, [png(), jpeg()]);
  const leaver = await makeOfficer(ipms, 'pesara');
  const account = `/admin/mailboxes/${leaver.id}`;
  const order = { effective_on: '1/12/2026', reason: 'Bersara' };
  t.equal(
    (await submitWith(admin, `${account}/delete`, `${account}/delete`, order, [pdf('persaraan.pdf')])).status,
    303,
  );
  const [before, bytes] = [await held(ipms), await bytesHeld(ipms)];
  t.strictSame(
    before.map((file) => file.holder),
    ['access_code_request', 'ticket', 'ticket', 'termination'],
  );
  for (const years of [1, 8, 20]) await runDue(ipms.db, later(ipms.clock.now, years * 365 * DAY));
  t.match(await mailboxNow(ipms, leaver), { status: 'deleted' }, 'the account itself has ended');
  t.strictSame(await held(ipms), before);
  t.strictSame(await bytesHeld(ipms), bytes);
  for (const { holder, holder_id } of before) {
    const row = await ipms.db.selectFrom(holder).select('id').where('id', '=', holder_id).executeTakeFirst();
    t.ok(row, `the ${holder} that it belongs to is there`);
  }
  t.strictSame(await faults(ipms), [], 'and the records that name them are as they were');
});
