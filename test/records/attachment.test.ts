import { sql } from 'kysely';
import { type Test, t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { findFaults } from '../../src/command-line/faults.ts';
import { runDue } from '../../src/due.ts';
import { texts } from '../../src/texts.ts';
import { APPLICATION, issueCode, PEOPLE, signInWithCode } from '../account-requests/joining.ts';
import { type Chosen, jpeg, multipart, pdf, png, sha256, submitWith } from '../attached-files.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { makeOfficer } from '../make.ts';
import { mailboxNow, recordsOf, trailOf } from '../read.ts';
import { newestTransfer, prepareTransfer } from '../transfers/transfers.ts';
import { download, unzip } from './download.ts';
import { textOf } from './pdf-text.ts';

// SOP 6.0: forms are filed. Files that come with a form, from the form to the record, the pack and the check.

const MB = 1024 ** 2;
const CODE_REQUEST = '/access-code-requests/new';
const TICKET = '/admin/tickets/new';
const QUESTION = { kind: 'question', subject: 'Borang', description: 'Seperti dilampirkan' };

const ask = (ipms: Ipms, files: Chosen[], fields = {}, more = {}) =>
  submitWith(ipms.visitor({ language: 'en' }), CODE_REQUEST, CODE_REQUEST, { ...APPLICATION, ...fields }, files, more);

/** All files that are held, oldest first. */
function held({ db }: Pick<Ipms, 'db'>) {
  return db.selectFrom('attachment').selectAll().orderBy('id').execute();
}

async function bytesHeld({ db }: Pick<Ipms, 'db'>) {
  const rows = await db.selectFrom('attachment_content').select('bytes').orderBy('attachment_id').execute();
  return rows.map((row) => sha256(row.bytes));
}

async function ticketWith(t: Test, admin: Visitor, files: Chosen[]) {
  const answer = await submitWith(admin, TICKET, TICKET, QUESTION, files);
  t.equal(answer.status, 303, answer.text.slice(0, 300));
  return Number(answer.location.split('/').at(-1));
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

t.test('what is not what may come is refused beside the field, and nothing is kept', async (t) => {
  const ipms = await startIpms(t);
  const lies: [string, Chosen[], RegExp][] = [
    ['a program called a letter', [{ name: 'surat.pdf', bytes: Buffer.from('MZ\x90\0') }], /surat\.pdf is no PDF/],
    ['a page called a picture', [{ name: 'ic.jpg', bytes: Buffer.from('<script>1</script>') }], /ic\.jpg is no PDF/],
    ['nothing in it', [{ name: 'kosong.pdf', bytes: Buffer.alloc(0) }], /kosong\.pdf is no PDF/],
    ['a cut picture', [{ name: 'x.png', bytes: png().bytes.subarray(0, -16) }], /x\.png is not whole/],
    [
      'a cut letter after a good one',
      [pdf(), { name: 'y.pdf', bytes: Buffer.from('%PDF-1.7\nabc') }],
      /y\.pdf is not whole/,
    ],
    ['5 MB and 1', [pdf('besar.pdf', '', 5 * MB + 1)], /besar\.pdf is larger than 5 MB/],
    ['a sixth', [1, 2, 3, 4, 5, 6].map((at) => pdf(`${at}.pdf`)), /Up to 5 files/],
    ['two hundred', Array.from({ length: 200 }, (_, at) => pdf(`${at}.pdf`)), /Up to 5 files/],
    ['more than all of them may be', [1, 2, 3, 4, 5, 6].map((at) => pdf(`${at}.pdf`, '', 5 * MB)), /larger than 25 MB/],
  ];
  for (const [what, files, said] of lies) {
    const answer = await ask(ipms, files);
    t.equal(answer.status, 422, what);
    t.match(answer.problems.attachments, said, what);
    t.match(answer.html, `value="${APPLICATION.full_name}"`, `${what}: what was typed is still there`);
  }
  t.strictSame(await held(ipms), []);
  t.equal((await ask(ipms, [pdf('tepat.pdf', '', 5 * MB)])).status, 303, '5 MB may come');
  t.equal(
    (
      await ask(
        ipms,
        [1, 2, 3, 4, 5].map((at) => pdf(`${at}.pdf`)),
      )
    ).status,
    303,
    'and five',
  );
  t.equal((await held(ipms)).length, 6);
});

t.test('a form that ends in the middle of a file, or goes on after it, leaves nothing', async (t) => {
  const ipms = await startIpms(t);
  const visitor = ipms.visitor();
  const _csrf = await visitor.token(CODE_REQUEST);
  const { body, headers } = multipart({ ...APPLICATION, _csrf }, [pdf('surat.pdf', '', 3000)]);
  t.equal((await visitor.send('POST', CODE_REQUEST, body.subarray(0, -1500), headers)).status, 400);
  const after = Buffer.concat([
    body.subarray(0, -4),
    Buffer.from('\r\ncontent-disposition: form-data; name="x"\r\n\r\ny\r\n'),
    body.subarray(-26),
  ]);
  t.equal((await visitor.send('POST', CODE_REQUEST, after, headers)).status, 400);
  const first = multipart({}, [pdf()]).body.subarray(0, -26);
  const late = Buffer.concat([first, multipart({ ...APPLICATION, _csrf }, []).body]);
  t.equal((await visitor.send('POST', CODE_REQUEST, late, headers)).status, 403, 'the token comes before any file');
  t.strictSame(await held(ipms), []);
});

t.test('a form that is refused for another field says which files have to be chosen again', async (t) => {
  const ipms = await startIpms(t);
  const answer = await ask(ipms, [pdf('surat.pdf'), png('ic depan.png')], { full_name: '' });
  t.equal(answer.status, 422);
  t.ok(answer.problems.full_name);
  t.match(answer.text, 'Choose again: surat.pdf, ic depan.png');
  const both = await ask(ipms, [{ name: 'a.pdf', bytes: Buffer.from('x') }], { full_name: '' });
  t.ok(both.problems.full_name && both.problems.attachments, 'what is wrong with both is said together');
  const visitor = ipms.visitor({ language: 'en' });
  const none = await visitor.submit(CODE_REQUEST, CODE_REQUEST, {
    ...APPLICATION,
    full_name: '',
    attachments: 'palsu.pdf',
  });
  t.notMatch(none.text, 'palsu.pdf', 'a name that came as text is no file');
  t.notMatch((await visitor.get(CODE_REQUEST)).text, 'Choose again');
});

t.test('the same form with the same files has one effect', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const _csrf = await admin.token(TICKET);
  const send = (files: Chosen[]) => {
    const { body, headers } = multipart({ ...QUESTION, _csrf }, files);
    return admin.send('POST', TICKET, body, headers);
  };
  const answers = await Promise.all([send([pdf()]), send([pdf()])]);
  t.strictSame(
    answers.map((each) => each.status),
    [303, 303],
  );
  t.equal(answers[0].location, answers[1].location);
  t.equal((await held(ipms)).length, 1);
  await send([png()]);
  t.equal((await held(ipms)).length, 2, 'with another file it is another one');
});

t.test('a visitor who floods is stopped for the day; others and other networks are not', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_TRUST_PROXY: '127.0.0.1' } });
  const from = (address: string, files: Chosen[], at = 0) =>
    ask(
      ipms,
      files,
      { ic_number: `900101-14-${2001 + at}`, contact_email: `n${at}@rumah.test` },
      { 'x-forwarded-for': address },
    );
  const full = [1, 2, 3, 4, 5].map((each) => pdf(`${each}.pdf`, '', 5 * MB));
  for (let at = 0; at < 4; at += 1) t.equal((await from('203.0.113.9', full, at)).status, 303, `${25 * (at + 1)} MB`);
  const refused = await from('203.0.113.9', [pdf()], 5);
  t.equal(refused.status, 429);
  t.match(refused.text, 'Choose again: surat.pdf', 'what was typed is kept, and the file named');
  t.equal((await held(ipms)).length, 20);
  t.equal((await from('203.0.113.9', [], 6)).status, 303, 'without files the request still goes');
  t.equal((await from('203.0.113.10', [pdf()], 7)).status, 303, 'from another network it goes with');
  const admin = await ipms.signIn('admin.jabatan');
  const { dom } = await admin.get(TICKET);
  const { body, headers } = multipart(
    { ...QUESTION, _csrf: dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '' },
    [pdf()],
  );
  const own = await admin.send('POST', TICKET, body, { ...headers, 'x-forwarded-for': '203.0.113.9' });
  t.equal(own.status, 303, 'people who have signed in are not counted');
});

t.test('two hundred at once all come through', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const _csrf = await admin.token(TICKET);
  const sent = Array.from({ length: 200 }, (_, at) => {
    const { body, headers } = multipart({ ...QUESTION, subject: `Borang ${at}`, _csrf }, [
      pdf(`${at}.pdf`, '', MB / 2),
    ]);
    return admin.send('POST', TICKET, body, headers);
  });
  const answers = await Promise.all(sent);
  t.ok(answers.every(({ status }) => status === 303));
  t.equal((await held(ipms)).length, 200);
});

t.test('a disk that is full keeps nothing of the form, and says so', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(ipms.db);
  await sql.raw(`pragma max_page_count = ${(rows[0]?.page_count ?? 0) + 100}`).execute(ipms.db);
  const tickets = async () => (await ipms.db.selectFrom('ticket').select('id').execute()).length;
  const before = await tickets();
  const answer = await submitWith(admin, TICKET, TICKET, QUESTION, [pdf('surat.pdf', '', 2 * MB)]);
  t.equal(answer.status, 503);
  t.equal(await tickets(), before);
  t.strictSame(await held(ipms), []);
  await sql`pragma max_page_count = 100000`.execute(ipms.db);
  await ticketWith(t, admin, [pdf('surat.pdf', '', 2 * MB)]);
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
      "update attachment set sha256 = sha256(x'25504446'), file_size = 4 where id = 1",
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
  t.match((await admin.get('/admin/attachments/1')).status, 200);
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
