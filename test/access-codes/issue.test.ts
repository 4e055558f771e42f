import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { texts } from '../../src/texts.ts';
import { approved, issueCode, PEOPLE, registered, signInWithCode, VERIFIED } from '../account-requests/joining.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { ADMIN } from '../people.ts';
import { readQr } from '../qr.ts';
import { mailsOf, recordsOf, trailOf } from '../read.ts';

// SOP 4.2: generating an access code, sending it anew, correcting, revoking, and the applicant's check (step 5)

const CODE = /[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/;

async function row(ipms: Ipms, codeId: number) {
  return ipms.db.selectFrom('access_code').selectAll().where('id', '=', codeId).executeTakeFirstOrThrow();
}

async function verifiedRequest(ipms: Ipms) {
  const fields = {
    category: 'civil_servant',
    ...PEOPLE.malay,
    contact_email: 'nurul@rumah.test',
    agency_id: '1',
    reporting_division: 'Bahagian Kewangan',
    supervisor_email: 'ketua@jabatan.test',
  };
  await ipms.visitor().submit('/access-code-requests/new', '/access-code-requests/new', fields);
  const { id } = await ipms.db
    .selectFrom('access_code_request')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return id;
}

t.test('the code is shown once, mailed to one address, and kept as a salted hash only', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { code, id, answer } = await issueCode(admin, PEOPLE.malay, { email: 'bukan.pengenalan@luar.test' });
  t.match(code, CODE);
  t.notMatch((await admin.get(answer.location)).html, code, 'once');
  const mails = await mailsOf(ipms, 'access_code', id);
  t.strictSame(
    mails.map((mail) => [mail.mail, mail.to_address, mail.secret]),
    [
      ['N3', 'ketua@jabatan.test', code],
      ['N3', 'admin.jabatan@jabatan.test', null],
    ],
  );
  const letters = mails.map((mail) => mail.letter).join();
  t.notMatch(letters, code, 'the letters do not hold it');
  t.notMatch(letters, PEOPLE.malay.ic_number, 'nor the whole identity card number');
  const { code_hash, salt, expires_at, email } = await row(ipms, id);
  t.equal(email, null, 'a civil servant is known by the identity card number alone');
  t.notMatch(code_hash + salt, code.replaceAll('-', ''));
  t.equal(expires_at, '2026-12-24T06:00:00.000Z', '30 days');
  const audit = await trailOf(ipms, 'access_code', id);
  t.strictSame(
    audit.map((each) => [each.action, each.sop]),
    [['access-code.issued', '4.2']],
  );
  t.notMatch(JSON.stringify(audit), code.slice(0, 5));
});

t.test('each is told who should be, and nobody twice', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const own = 'admin.jabatan@jabatan.test';
  const cases: [Record<string, string>, string[], string][] = [
    [
      { notify_kind: 'personal', notify_email: 'nurul@rumah.test' },
      ['nurul@rumah.test', 'ketua@jabatan.test', own],
      'nurul@rumah.test',
    ],
    [{ notify_kind: 'admin', notify_email: '' }, [own, 'ketua@jabatan.test'], own],
    [{ notify_kind: 'admin', notify_email: own, supervisor_email: '' }, [own], own],
    [{ notify_kind: 'supervisor', notify_email: own, supervisor_email: own }, [own], own],
  ];
  for (const [fields, told, holder] of cases) {
    const { id } = await issueCode(admin, PEOPLE.malay, fields);
    const mails = await mailsOf(ipms, 'access_code', id);
    t.strictSame(
      mails.map((mail) => mail.to_address),
      told,
      JSON.stringify(fields),
    );
    t.strictSame(
      mails.filter((mail) => mail.secret).map((mail) => mail.to_address),
      [holder],
    );
    await ipms.db.updateTable('access_code').set({ status: 'revoked' }).where('id', '=', id).execute();
  }
  const other = await issueCode(admin, PEOPLE.malay, { notify_kind: 'admin', notify_email: 'orang.lain@jabatan.test' });
  t.equal(other.answer.status, 422, '"my own address" is the administrator\'s own');
  const none = await issueCode(admin, PEOPLE.malay, { notify_kind: 'personal', notify_email: '' });
  t.ok(none.answer.problems.notify_email);
  const place = '/admin/access-codes/new';
  const empty = await admin.submit(place, place, { category: 'civil_servant', notify_kind: 'personal' });
  const all = ['full_name', 'ic_number', 'notify_email', 'verified_with'];
  t.strictSame(Object.keys(empty.problems), all, 'all that is missing is told at once');
});

t.test('from a request: verified first, prefilled, and only once', async (t) => {
  const ipms = await startIpms(t);
  const requestId = await verifiedRequest(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const url = `/admin/access-codes/new?request=${requestId}`;
  const early = await admin.submit(url, '/admin/access-codes/new');
  t.equal(early.status, 422);
  t.match(early.text, 'Sahkan permintaan dahulu');
  const page = `/admin/access-code-requests/${requestId}`;
  await admin.submit(page, `${page}/verify`, { verified_with: 'division' });

  const fields = await Promise.all([1, 2].map(async () => ({ _csrf: await admin.token(url) })));
  const form = {
    category: 'civil_servant',
    ...PEOPLE.malay,
    notify_kind: 'personal',
    notify_email: 'nurul@rumah.test',
    request_id: String(requestId),
  };
  const answers = await Promise.all(
    fields.map((token) => admin.post('/admin/access-codes/new', { ...form, ...token })),
  );
  t.strictSame(answers.map((answer) => answer.status).toSorted(), [303, 409], 'two at once: one code');
  const codes = await ipms.db
    .selectFrom('access_code')
    .select('id')
    .where('ic_number', '=', PEOPLE.malay.ic_number)
    .execute();
  t.equal(codes.length, 1);
  const request = await ipms.db
    .selectFrom('access_code_request')
    .selectAll()
    .where('id', '=', requestId)
    .executeTakeFirstOrThrow();
  t.match(request, { status: 'issued', access_code_id: codes[0]?.id, decided_at: ipms.clock.now.toISOString() });
  t.match(await row(ipms, codes[0]?.id ?? 0), { contact_email: 'nurul@rumah.test' });
  const records = await recordsOf(ipms, 'access_code_request', requestId);
  t.match(records, [{ sop: '4.1', title: 'record.access-code-granted' }]);
  t.match(JSON.parse(records[0]?.content ?? ''), {
    verified_with: 'division',
    status: 'issued',
    decided_by_name: 'Rosnah binti Ismail',
  });
  const mails = await mailsOf(ipms, 'access_code', codes[0]?.id ?? 0);
  t.ok(
    mails.some((mail) => mail.to_address === 'nurul@rumah.test' && mail.secret),
    'the contact address of the request was offered',
  );
  t.match((await admin.get(page)).text, 'Kod dijana');
});

t.test('doubles are shown before deciding; of another agency nothing but that there is one', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  await issueCode(admin, PEOPLE.malay);
  const requestId = await verifiedRequest(ipms);
  t.match((await admin.get(`/admin/access-code-requests/${requestId}`)).text, 'Kod akses yang masih sah: Nurul Izzah');
  const same = await verifiedRequest(ipms);
  const { ic_number } = PEOPLE.malay;
  const doubles = async () => {
    const { dom } = await admin.get(`/admin/access-code-requests/${requestId}`);
    return dom
      .querySelectorAll('.warning li a')
      .map((each) => each.getAttribute('href')?.split('/').slice(2).join(' '));
  };
  const { id: code } = await ipms.db
    .selectFrom('access_code')
    .select('id')
    .where('ic_number', '=', ic_number)
    .executeTakeFirstOrThrow();
  t.strictSame(await doubles(), [`access-code-requests ${same}`, `access-codes ${code}`], 'and not the request itself');
  for (const table of ['access_code_request', 'access_code'] as const)
    await ipms.db
      .updateTable(table)
      .set({ agency_id: 2 })
      .where('ic_number', '=', ic_number)
      .where('id', '!=', table === 'access_code_request' ? requestId : 0)
      .execute();
  t.strictSame(await doubles(), ['transfers new'], 'served elsewhere');
  const over = { expires_at: ipms.clock.now.toISOString() };
  await ipms.db.updateTable('access_code').set(over).where('id', '=', code).execute();
  t.strictSame(await doubles(), [], 'not by what has expired');
  const [mailbox] = await ipms.db.selectFrom('mailbox').select('id').where('agency_id', '=', 1).execute();
  const gone = { status: 'deleted' as const, deleted_at: ipms.clock.now.toISOString() };
  const of = (change: { ic_number?: string; status?: 'active' | 'deleted'; deleted_at?: string }) =>
    ipms.db
      .updateTable('mailbox')
      .set(change)
      .where('id', '=', mailbox?.id ?? 0)
      .execute();
  await ipms.db.updateTable('access_code').set({ status: 'revoked' }).where('id', '=', code).execute();
  await of({ status: 'active', ic_number });
  t.strictSame(await doubles(), [`mailboxes ${mailbox?.id}`]);
  await of(gone);
  t.strictSame(await doubles(), [`mailboxes ${mailbox?.id} restore`], 'what was deleted can be restored');
  await of({ deleted_at: later(ipms.clock.now, -100 * DAY).toISOString() });
  t.strictSame(await doubles(), [], 'or not any more');
});

t.test('a slip says whose it is, and leads a telephone to the registration page, without the code', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  await ipms.db
    .updateTable('mailbox')
    .set({ office_phone: '03-8888 1234' })
    .where('primary_email', '=', ADMIN)
    .execute();
  const place = '/admin/access-codes/new';
  const { verified_with, verification_note } = VERIFIED;
  const made = await admin.submit(place, place, {
    ...{ category: 'civil_servant', ...PEOPLE.malay, verified_with, verification_note },
    ...{ notify_kind: 'supervisor', notify_email: 'ketua@jabatan.test', supervisor_email: 'ketua@jabatan.test' },
  });
  const slip = (await admin.get(made.location)).dom.querySelector('.slip');
  const code = slip?.querySelector('.code')?.textContent.trim() ?? '';
  t.ok(code);
  for (const words of ['Jabatan Contoh', 'Rosnah binti Ismail', '03-8888 1234']) t.match(slip?.text, words);
  const drawing = slip?.querySelector('svg.qr');
  const read = readQr(drawing?.getAttribute('viewBox') ?? '', drawing?.querySelector('path')?.getAttribute('d') ?? '');
  t.equal(read, `${ipms.app.baseUrl()}/register?category=civil_servant`);
  t.notMatch(drawing?.toString(), /style=|data:|href/, 'as the rules of the page allow');
});

t.test('sent anew, then revoked: a new term, and each step is audited and filed without the code', async (t) => {
  const ipms = await startIpms(t);
  const first = await issueCode(await ipms.signIn('admin.jabatan'), PEOPLE.malay);
  const page = `/admin/access-codes/${first.id}`;
  ipms.clock.now = later(ipms.clock.now, 10 * DAY);
  const admin = await ipms.signIn('admin.jabatan');
  await admin.submit(page, `${page}/resend`);
  const slip = await admin.get(page);
  t.match(slip.text, texts['access-code.once'].ms);
  const second = slip.dom.querySelector('.code')?.textContent.trim() ?? '';
  t.equal((await row(ipms, first.id)).expires_at, later(ipms.clock.now, 30 * DAY).toISOString());
  const _csrf = await admin.token(page);
  t.equal((await admin.submit(page, `${page}/revoke`, { reason: 'Tidak jadi melapor diri' })).status, 303);
  t.equal((await admin.post(`${page}/resend`, { _csrf })).status, 409, 'what is revoked is not sent anew');
  t.equal((await row(ipms, first.id)).status, 'revoked');
  const audit = await trailOf(ipms, 'access_code', first.id);
  const actions = audit.map((row) => row.action);
  const records = await recordsOf(ipms, 'access_code', first.id);
  const titles = records.map((row) => row.title);
  t.strictSame(actions, ['access-code.issued', 'access-code.resent', 'access-code.revoked']);
  t.match(audit.at(-1), { sop: '4.2', actor_name: 'Rosnah binti Ismail', after: /Tidak jadi melapor diri/ });
  t.strictSame(titles, ['record.access-code-issued', 'record.access-code-replaced', 'record.access-code-revoked']);
  t.match(JSON.parse(records.at(-1)?.content ?? ''), { status: 'revoked', reason: 'Tidak jadi melapor diri' });
  for (const code of [first.code, second])
    t.notMatch(JSON.stringify([audit, records]).replaceAll('-', ''), code.replaceAll('-', ''));
});

t.test('a code with which somebody has registered is not corrected or revoked, a spent one not sent', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { codeId } = await registered(ipms, admin);
  const page = `/admin/access-codes/${codeId}`;
  const fields = {
    category: 'civil_servant',
    ...PEOPLE.malay,
    notify_kind: 'personal',
    notify_email: 'lain@rumah.test',
    ...VERIFIED,
    reason: 'x',
  };
  const before = await row(ipms, codeId);
  for (const command of ['correct', 'revoke'])
    t.equal(
      (await admin.post(`${page}/${command}`, { ...fields, _csrf: await admin.token(page) })).status,
      409,
      command,
    );
  t.strictSame(await row(ipms, codeId), before);
  t.equal((await admin.submit(page, `${page}/resend`)).status, 303, 'sent anew it is');
  const carrier = (await mailsOf(ipms, 'access_code', codeId)).findLast((mail) => mail.letter.includes('"secret"'));
  t.strictSame(JSON.parse(carrier?.letter ?? '{}').closing, [texts['mail.n3.how.registered']], 'and does not ask anew');
  t.match(
    await row(ipms, codeId),
    { status: 'registered', expires_at: before.expires_at },
    'and still good while the request waits',
  );

  const spent = await approved(ipms, admin, PEOPLE.chinese);
  const { applicant } = await signInWithCode(ipms, PEOPLE.chinese, spent.code);
  const password = { new_password: 'Kekuda#Biru42', confirm_password: 'Kekuda#Biru42' };
  await applicant.submit('/register/activate', '/register/activate', password);
  const mails = await mailsOf(ipms, 'access_code', spent.codeId);
  for (const command of ['resend', 'correct', 'revoke'])
    t.equal(
      (
        await admin.post(`/admin/access-codes/${spent.codeId}/${command}`, {
          ...fields,
          _csrf: await admin.token(page),
        })
      ).status,
      409,
      command,
    );
  t.equal((await row(ipms, spent.codeId)).status, 'activated');
  t.strictSame(await mailsOf(ipms, 'access_code', spent.codeId), mails, 'nobody is mailed');
  ipms.clock.now = later(ipms.clock.now, 40 * DAY);
  const late = await (await ipms.signIn('admin.jabatan')).get(`/admin/access-codes/${spent.codeId}`);
  t.equal(late.dom.querySelector('main .tag')?.textContent, 'Diaktifkan', 'what is spent does not expire');
});

t.test('a code is over from the very moment at which it expires', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await issueCode(await ipms.signIn('admin.jabatan'), PEOPLE.malay);
  const end = new Date((await row(ipms, id)).expires_at);
  for (const [now, isOver] of [
    [later(end, -1), false],
    [end, true],
  ] as const) {
    ipms.clock.now = now;
    const { dom } = await (await ipms.signIn('admin.jabatan')).get(`/admin/access-codes/${id}`);
    const state = dom.querySelector('main .tag')?.textContent;
    t.equal(state === texts['access-code.state.expired'].ms, isOver, now.toISOString());
  }
});

t.test('sent anew: the old code is worth nothing, and its sessions end', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { code, id } = await issueCode(admin, PEOPLE.malay);
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  t.equal((await applicant.get('/register/confirm')).status, 200);
  const page = `/admin/access-codes/${id}`;
  const fields = { _csrf: await admin.token(page) };
  const answers = await Promise.all([admin.post(`${page}/resend`, fields), admin.post(`${page}/resend`, fields)]);
  t.strictSame(
    answers.map((answer) => answer.location),
    [page, page],
  );
  const carriers = (await mailsOf(ipms, 'access_code', id)).filter((mail) => mail.letter.includes('"secret"'));
  t.equal(carriers.length, 2, 'a double click sends one more code, not two');
  t.equal(carriers[0]?.secret, null, 'the mail with the old code is withdrawn, as it has not gone out');
  t.ok(carriers[1]?.secret);
  t.equal((await applicant.get('/register/confirm')).location, '/register');
});

t.test('step 5: returned with a note, corrected, sent again, confirmed', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const wrong = { full_name: 'Nurul Iza Kamaruddin', ic_number: PEOPLE.malay.ic_number };
  const { code, id } = await issueCode(admin, wrong);
  const { applicant } = await signInWithCode(ipms, wrong, code);
  t.equal(
    (await applicant.submit('/register/confirm', '/register/confirm', { decision: 'return', note: '' })).status,
    422,
  );
  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'return', note: 'Ejaan: Izzah' });
  t.match(await row(ipms, id), { status: 'returned', return_note: 'Ejaan: Izzah' });
  const notes = (await mailsOf(ipms, 'access_code', id)).filter((mail) => mail.mail === 'N4');
  t.strictSame(
    notes.map((mail) => mail.to_address),
    ['admin.jabatan@jabatan.test'],
  );

  const page = `/admin/access-codes/${id}`;
  const corrected = await admin.submit(page, `${page}/correct`, { full_name: PEOPLE.malay.full_name });
  const newCode = (await admin.get(corrected.location)).dom.querySelector('.code')?.textContent ?? '';
  t.match(await row(ipms, id), { status: 'issued', return_note: null, full_name: PEOPLE.malay.full_name });
  t.equal((await signInWithCode(ipms, wrong, code)).answer.status, 422);
  const again = await signInWithCode(ipms, PEOPLE.malay, newCode);
  const confirmed = await again.applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
  t.equal(confirmed.location, '/register/form');
  t.equal((await row(ipms, id)).status, 'confirmed');
  const audit = await trailOf(ipms, 'access_code', id);
  const actions = audit.map((row) => row.action);
  t.strictSame(
    actions,
    ['issued', 'returned', 'corrected', 'confirmed'].map((action) => `access-code.${action}`),
  );
  t.match(audit[1], { actor_role: 'applicant', after: /Ejaan: Izzah/ });
});

t.test('what applicants returned is counted in the menu of their agency, while it can be put right', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const counted = async (login: string) => {
    const { dom } = await (await ipms.signIn(login)).get('/admin/access-codes');
    return Number(dom.querySelector('nav a[href="/admin/access-codes"] .count')?.textContent ?? 0);
  };
  const before = [await counted('admin.jabatan'), await counted('admin.kementerian')];
  const { code } = await issueCode(admin, PEOPLE.malay);
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'return', note: 'Salah' });
  t.strictSame([await counted('admin.jabatan'), await counted('admin.kementerian')], [(before[0] ?? 0) + 1, before[1]]);
  ipms.clock.now = later(ipms.clock.now, 30 * DAY);
  t.equal(await counted('admin.jabatan'), 0, 'what has expired is a matter for a new code');
});

t.test('the list finds, filters, sorts, pages and exports; wildcards are literal', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { id } = await issueCode(admin, PEOPLE.malay);
  const list = (query: string) => admin.get(`/admin/access-codes?${query}`);
  for (const q of ['izzah', '900101-14-5678', '0114567', 'KETUA@jabatan'])
    t.ok((await list(`q=${encodeURIComponent(q)}`)).dom.querySelector(`a[href="/admin/access-codes/${id}"]`), q);
  t.match((await list('q=%25')).text, 'Tiada yang sepadan');
  t.notOk((await list('state=revoked')).dom.querySelector(`a[href="/admin/access-codes/${id}"]`));
  const expired = await list('state=expired');
  t.ok(expired.dom.querySelectorAll('tbody tr').length > 0);
  t.ok(expired.dom.querySelectorAll('tbody .tag').every((tag) => tag.textContent === 'Tamat tempoh'));
  const live = await list('state=issued');
  t.ok(live.dom.querySelector(`a[href="/admin/access-codes/${id}"]`));
  t.ok(live.dom.querySelectorAll('tbody .tag').every((tag) => tag.textContent === 'Dijana'));
  const names = (await list('sort=full_name')).dom
    .querySelectorAll('tbody tr td:first-child')
    .map((each) => each.textContent.trim());
  t.strictSame(names, names.toSorted());
  t.equal(names.length, 25, 'a page');
  const csv = await list('format=csv');
  t.match(csv.headers['content-type'], 'text/csv');
  t.match(csv.html, '900101-**-***8');
  t.notMatch(csv.html, PEOPLE.malay.ic_number, 'masked in lists');
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { id } = await issueCode(admin, PEOPLE.malay);
  const before = await row(ipms, id);
  const page = `/admin/access-codes/${id}`;
  const other = await ipms.signIn('admin.kementerian');
  const fields = {
    _csrf: await other.token('/admin/access-codes'),
    category: 'civil_servant',
    ...PEOPLE.malay,
    notify_kind: 'personal',
    notify_email: 'x@rumah.test',
    reason: 'x',
  };
  for (const command of ['resend', 'correct', 'revoke']) {
    t.equal((await other.get(`${page}/${command}`)).status, 404, command);
    t.equal((await other.post(`${page}/${command}`, fields)).status, 404, command);
  }
  const requestId = await verifiedRequest(ipms);
  t.equal((await other.get(`/admin/access-codes/new?request=${requestId}`)).status, 404);
  t.equal(
    (await other.post('/admin/access-codes/new', { ...fields, request_id: String(requestId) })).status,
    404,
    "another agency's request in a hidden field",
  );
  t.notMatch((await other.get('/admin/access-codes')).text, 'Nurul Izzah');
  t.strictSame(await row(ipms, id), before);
});
