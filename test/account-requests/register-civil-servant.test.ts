import type { HTMLElement } from 'node-html-parser';
import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { startIpms } from '../helper.ts';
import { mailsOf, recordsOf, trailOf } from '../read.ts';
import { issueCode, PEOPLE, registered, signInWithCode, VERIFIED } from './joining.ts';

// SOP 4.3: registering with an access code, table 3A

t.test('a civil servant registers, and the administrators hear of it', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const details = {
    ministry: 'Kementerian Contoh',
    unit: 'Unit Rangkaian',
    grade: '41',
    postcode: '62000',
    state: 'Wilayah Persekutuan Putrajaya',
    mobile_phone: '012-345 6789',
  };
  const { request, codeId, applicant } = await registered(ipms, admin, PEOPLE.malay, details);
  t.match(request, {
    full_name: PEOPLE.malay.full_name,
    ic_number: PEOPLE.malay.ic_number,
    status: 'submitted',
    source: 'applicant',
    unit: 'Unit Rangkaian',
    stated_grade: '41',
    primary_email: null,
  });
  const code = await ipms.db.selectFrom('access_code').selectAll().where('id', '=', codeId).executeTakeFirstOrThrow();
  t.equal(code.status, 'registered');
  t.equal(
    code.expires_at,
    later(ipms.clock.now, 365 * DAY).toISOString(),
    'it does not expire while the request waits',
  );
  const mails = await mailsOf(ipms, 'account_request', request.id, 'N5');
  t.strictSame(
    mails.map((mail) => mail.to_address),
    ['admin.jabatan@jabatan.test'],
  );
  const rows = await trailOf(ipms, 'account_request', request.id);
  t.equal(rows.length, 1);
  t.match(rows[0], { action: 'account-request.registered', sop: '4.3', actor_role: 'applicant' });
  const records = await recordsOf(ipms, 'account_request', request.id);
  t.match(records, [{ title: 'record.account-registered', sop: '4.3', content: /Unit Rangkaian/ }]);
  const status = await applicant.get('/register/status');
  t.match(status.text, 'menunggu semakan');
});

t.test('ministry and division that are known are not asked again', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const asked = { contact_email: 'nurul@rumah.test', agency_id: '1', reporting_division: 'Bahagian Kewangan' };
  const place = '/access-code-requests/new';
  await ipms.visitor().submit(place, place, { category: 'civil_servant', ...PEOPLE.malay, ...asked });
  const { id } = await ipms.db
    .selectFrom('access_code_request')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const page = `/admin/access-code-requests/${id}`;
  await admin.submit(page, `${page}/verify`, VERIFIED);
  const issued = await admin.submit(`/admin/access-codes/new?request=${id}`, '/admin/access-codes/new', {
    notify_kind: 'personal',
    notify_email: 'nurul@rumah.test',
  });
  const code = (await admin.get(issued.location)).dom.querySelector('.code')?.textContent.trim() ?? '';
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
  const known = ({ dom }: { dom: HTMLElement }, form: string) =>
    ['ministry', 'division'].map((name) => dom.querySelector(`#${form}-${name}`)?.getAttribute('value') ?? '');
  const { ministry } = await ipms.db
    .selectFrom('agency')
    .select('ministry')
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();
  t.ok(ministry, 'the agency has one');
  const form = await applicant.get('/register/form');
  t.strictSame(known(form, 'account'), [ministry, 'Bahagian Kewangan']);
  const parts = form.dom.querySelectorAll('main form [role=group]');
  t.equal(parts.length, 3);
  for (const part of parts) {
    const heading = form.dom.querySelector(`[id="${part.getAttribute('aria-labelledby')}"]`)?.textContent ?? '';
    t.match(heading, /^\S.* \(tidak wajib\)$/, 'what need not be filled in is said once of a part');
    t.notMatch(part.textContent, 'tidak wajib', heading);
  }
  t.strictSame(known(await admin.get('/admin/account-requests/new'), 'direct'), [ministry, '']);
});

t.test('every spelling of the name and the code is the same person', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { code } = await issueCode(admin, PEOPLE.indian);
  const spellings = [
    { full_name: 'KUMARAN A/L SUBRAMANIAM', access_code: code.toLowerCase() },
    { full_name: 'Encik Kumaran al Subramaniam', access_code: code.replaceAll('-', '') },
    { full_name: 'kumaran  subramaniam', access_code: ` ${code.replaceAll('-', ' ')} ` },
    { full_name: 'Dr. Kumaran a / l Subramaniam', access_code: code.replaceAll('0', 'O').replaceAll('1', 'l') },
  ];
  for (const spelling of spellings) {
    const { answer } = await signInWithCode(ipms, { ...PEOPLE.indian, ...spelling }, spelling.access_code);
    t.equal(answer.location, '/register/status', JSON.stringify(spelling));
  }
});

t.test('every wrong combination has one and the same answer', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { code } = await issueCode(admin, PEOPLE.malay);
  const wrong = [
    { ...PEOPLE.malay, access_code: 'AAAAA-BBBBB-CCCCC' },
    { ...PEOPLE.malay, access_code: 'bukan kod' },
    { ...PEOPLE.malay, full_name: 'Orang Lain', access_code: code },
    { ...PEOPLE.malay, ic_number: '900101145679', access_code: code },
  ];
  const texts = new Set<string>();
  for (const fields of wrong) {
    const answer = await ipms
      .visitor()
      .submit('/register?category=civil_servant', '/register?category=civil_servant', fields);
    t.equal(answer.status, 422);
    texts.add(answer.dom.querySelector('.summary')?.textContent.replace(/\s+/g, ' ') ?? '');
  }
  t.equal(texts.size, 1);
});

t.test('five wrong tries shut out whoever has not got the code, and nobody who has', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { code, id } = await issueCode(admin, PEOPLE.malay);
  const wrong = () => signInWithCode(ipms, PEOPLE.malay, 'AAAAA-AAAAA-AAAAA');
  await Promise.all([wrong(), wrong(), wrong(), wrong(), wrong()]);
  t.match((await wrong()).answer.text, 'Terlalu banyak percubaan');
  for (const time of ['first', 'second'])
    t.equal((await signInWithCode(ipms, PEOPLE.malay, code)).answer.status, 303, `the right code opens: ${time}`);
  t.notMatch((await wrong()).answer.text, 'Terlalu banyak percubaan', 'and it begins anew');
  for (let wrongs = 0; wrongs < 5; wrongs += 1) await wrong();
  await admin.submit(`/admin/access-codes/${id}`, `/admin/access-codes/${id}/revoke`, { reason: 'Hilang.' });
  const anew = await issueCode(admin, PEOPLE.malay);
  t.equal((await signInWithCode(ipms, PEOPLE.malay, anew.code)).answer.status, 303, 'another code is not locked');
});

t.test('a stranger who knows the identity card shuts nobody out, from anywhere', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_TRUST_PROXY: '127.0.0.1' } });
  const admin = await ipms.signIn('admin.jabatan');
  const { id, code } = await issueCode(admin, PEOPLE.malay);
  const page = '/register?category=civil_servant';
  const tryFrom = async (address: string, access_code: string) => {
    const browser = ipms.visitor();
    const fields = { category: 'civil_servant', ...PEOPLE.malay, access_code, _csrf: await browser.token(page) };
    return (await browser.post('/register', fields, { 'x-forwarded-for': address })).status;
  };
  for (let tries = 0; tries < 6; tries += 1) await tryFrom('203.0.113.5', 'AAAAA-AAAAA-AAAAA');
  t.equal(await tryFrom('198.51.100.7', code), 303, 'the officer comes in');
  for (let from = 1; from <= 6; from += 1)
    for (let tries = 0; tries < 5; tries += 1) await tryFrom(`203.0.113.${from + 10}`, 'AAAAA-AAAAA-AAAAA');
  t.equal(await tryFrom('198.51.100.7', code), 303, 'also after thirty from many addresses');
  t.equal(await tryFrom('203.0.113.11', code), 303, 'and from one of those');
  const again = await admin.submit(`/admin/access-codes/${id}`, `/admin/access-codes/${id}/resend`);
  const anew = (await admin.get(again.location)).dom.querySelector('.code')?.textContent ?? '';
  t.equal(await tryFrom('198.51.100.7', anew), 303, 'a code that is sent anew is open at once');
  t.equal(await tryFrom('198.51.100.7', code), 422, 'and the one before it no more');
});

t.test('thirty wrong tries shut out a network address', async (t) => {
  const ipms = await startIpms(t);
  for (let serial = 1000; serial < 1030; serial += 1) {
    const person = { full_name: 'Siapa Sahaja', ic_number: `90010114${serial}` };
    t.equal((await signInWithCode(ipms, person, 'AAAAA-AAAAA-AAAAA')).answer.status, 422);
  }
  const { answer } = await signInWithCode(ipms, PEOPLE.malay, 'AAAAA-AAAAA-AAAAA');
  t.equal(answer.status, 429);
  t.ok(Number(answer.headers['retry-after']) > 0);
});

t.test('a code that is expired, replaced, revoked or of another category does not open the module', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const start = ipms.clock.now;
  const expiring = await issueCode(admin, PEOPLE.malay);
  ipms.clock.now = new Date(start.getTime() + 30 * 86_400_000 - 1);
  t.equal((await signInWithCode(ipms, PEOPLE.malay, expiring.code)).answer.status, 303, 'good to its last millisecond');
  ipms.clock.now = new Date(start.getTime() + 30 * 86_400_000);
  t.equal((await signInWithCode(ipms, PEOPLE.malay, expiring.code)).answer.status, 422, 'expired at the second');

  const again = await ipms.signIn('admin.jabatan');
  const replaced = await issueCode(again, PEOPLE.chinese);
  const resent = await again.submit(`/admin/access-codes/${replaced.id}`, `/admin/access-codes/${replaced.id}/resend`);
  const newCode = (await again.get(resent.location)).dom.querySelector('.code')?.textContent ?? '';
  t.equal((await signInWithCode(ipms, PEOPLE.chinese, replaced.code)).answer.status, 422);
  t.equal((await signInWithCode(ipms, PEOPLE.chinese, newCode)).answer.status, 303);

  await again.submit(`/admin/access-codes/${replaced.id}`, `/admin/access-codes/${replaced.id}/revoke`, {
    reason: 'Tersilap',
  });
  t.equal((await signInWithCode(ipms, PEOPLE.chinese, newCode)).answer.status, 422);
});

t.test('steps cannot be skipped or replayed', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { code, id } = await issueCode(admin, PEOPLE.malay);
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  const token = await applicant.token('/register/confirm');
  t.equal(
    (await applicant.post('/register/form', { _csrf: token, full_name: PEOPLE.malay.full_name })).status,
    409,
    'not before confirming',
  );
  t.equal(
    (
      await applicant.post('/register/activate', {
        _csrf: token,
        new_password: 'Kekuda#Biru42',
        confirm_password: 'Kekuda#Biru42',
      })
    ).status,
    409,
    'not before approval',
  );
  t.equal((await applicant.get('/register/form')).location, '/register/status');
  t.strictSame(
    await ipms.db.selectFrom('account_request').select('id').where('ic_number', '=', PEOPLE.malay.ic_number).execute(),
    [],
  );

  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
  const fields = { full_name: PEOPLE.malay.full_name, _csrf: await applicant.token('/register/form') };
  const twice = await Promise.all([applicant.post('/register/form', fields), applicant.post('/register/form', fields)]);
  t.strictSame(
    twice.map((each) => [each.status, each.location]),
    [
      [303, '/register/status'],
      [303, '/register/status'],
    ],
  );
  t.equal(
    (await ipms.db.selectFrom('account_request').select('id').where('ic_number', '=', PEOPLE.malay.ic_number).execute())
      .length,
    1,
  );
  const changed = await applicant.post('/register/form', {
    ...fields,
    note: 'lain',
    _csrf: await applicant.token('/register/status'),
  });
  t.equal(changed.status, 409, 'what is registered is not registered again');
  const standing = () =>
    ipms.db.selectFrom('access_code').select(['status', 'return_note']).where('id', '=', id).executeTakeFirst();
  for (const decision of ['confirm', 'return']) {
    const answer = { decision, note: 'Lain', _csrf: await applicant.token('/register/status') };
    t.equal((await applicant.post('/register/confirm', answer)).status, 409, `nor answered again: ${decision}`);
  }
  t.strictSame(await standing(), { status: 'registered', return_note: null });
});

t.test('an incomplete form comes back with everything typed', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { code } = await issueCode(admin, PEOPLE.malay);
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
  const answer = await applicant.submit('/register/form', '/register/form', {
    full_name: '',
    unit: 'Unit <b>Aset</b>',
    postcode: '6200',
    office_phone: 'abc',
  });
  t.equal(answer.status, 422);
  t.strictSame(Object.keys(answer.problems).toSorted(), ['full_name', 'office_phone', 'postcode']);
  t.equal(answer.dom.querySelector('[name=unit]')?.getAttribute('value'), 'Unit <b>Aset</b>');
  t.notMatch(answer.html, '<b>Aset</b>');
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  for (const url of ['/register/confirm', '/register/form', '/register/status', '/register/activate'])
    t.equal((await ipms.visitor().get(url)).location, '/register', url);
  const user = await ipms.signIn('pegawai.jabatan');
  t.equal((await user.get('/register/status')).location, '/register');
  const admin = await ipms.signIn('admin.jabatan');
  const { code } = await issueCode(admin, PEOPLE.malay);
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  for (const url of ['/admin/account-requests', '/me', '/helpdesk'])
    t.match((await applicant.get(url)).location, '/login', url);
});
