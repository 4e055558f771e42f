import { type Test, t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { startIpms } from '../helper.ts';
import { actionsOf, dueInDirectory, mailboxOf, mailsOf, person, recordsOf, trailOf } from '../read.ts';
import { approved, PACKAGE, PEOPLE, registered, signInWithCode } from './joining.ts';

// SOP 4.6 and 5.0: approving, returning, refusing, activating

const GOOD = 'Kekuda#Biru42';

async function openApproved(t: Test) {
  const ipms = await startIpms(t);
  const { request, codeId } = await approved(ipms, await ipms.signIn('admin.jabatan'));
  return { ipms, request, codeId, mailbox: await mailboxOf(ipms, 'izzah.kamaruddin') };
}

t.test('Approve makes the account whole: mailbox, sign-in, addresses', async (t) => {
  const { ipms, request, codeId, mailbox } = await openApproved(t);
  const row = await ipms.db
    .selectFrom('account_request')
    .selectAll()
    .where('id', '=', request.id)
    .executeTakeFirstOrThrow();
  t.match(row, {
    mailbox_id: mailbox.id,
    status: 'approved',
    primary_email: 'izzah.kamaruddin@jabatan.test',
    login_id: 'izzah.kamaruddin',
    decided_by: (await person(ipms, 'admin.jabatan')).id,
    decided_at: ipms.clock.now.toISOString(),
  });
  const { expires_at } = await ipms.db
    .selectFrom('access_code')
    .select('expires_at')
    .where('id', '=', codeId)
    .executeTakeFirstOrThrow();
  t.equal(expires_at, later(ipms.clock.now, 30 * DAY).toISOString(), 'thirty days to activate the account');
  t.match(mailbox, {
    primary_email: row.primary_email,
    login_id: row.login_id,
    ic_number: PEOPLE.malay.ic_number,
    package: 'B',
    storage_mb: 2048,
    status: 'active',
    supervisor_email: 'ketua@jabatan.test',
  });
  const user = await ipms.db.selectFrom('user').selectAll().where('id', '=', mailbox.user_id).executeTakeFirstOrThrow();
  t.match(user, { role: 'user', login_id: row.login_id, email: row.primary_email, password_hash: null, agency_id: 1 });
  t.strictSame(
    await ipms.db
      .selectFrom('address')
      .select(['kind', 'item_id'])
      .where('address', '=', mailbox.primary_email)
      .executeTakeFirst(),
    { kind: 'mailbox', item_id: mailbox.id },
  );
  t.strictSame(
    await ipms.db
      .selectFrom('login_name')
      .select(['user_id', 'account_request_id'])
      .where('login_id', '=', mailbox.login_id)
      .executeTakeFirst(),
    { user_id: user.id, account_request_id: null },
  );
});

t.test('Approve tells the supervisor and the administrator, and no password', async (t) => {
  const { ipms, request } = await openApproved(t);
  const mails = await mailsOf(ipms, 'account_request', request.id, 'N6');
  t.strictSame(
    mails.map((mail) => mail.to_address),
    ['ketua@jabatan.test', 'admin.jabatan@jabatan.test'],
  );
  t.ok(
    mails.every((mail) => mail.secret === null),
    'no password is mailed',
  );
});

t.test('Approve leaves a record, audit rows of one act, and work for the directory', async (t) => {
  const { ipms, request, mailbox } = await openApproved(t);
  const [record] = await recordsOf(ipms, 'account_request', request.id, '4.6');
  t.match(record, { sop: '4.6', title: 'record.account-created', filed_by_name: 'Rosnah binti Ismail' });
  t.match(JSON.parse(record?.content ?? ''), {
    account_request: { full_name: PEOPLE.malay.full_name },
    access_code: { notify_kind: 'supervisor' },
  });
  t.ok((await dueInDirectory(ipms, 'mailbox')).includes(mailbox.id));
  const acts = await ipms.db
    .selectFrom('audit')
    .select(['action', 'act'])
    .where('sop', '=', '4.6')
    .where('act', '!=', '')
    .orderBy('id', 'desc')
    .limit(2)
    .execute();
  t.equal(acts[0]?.act, acts[1]?.act, 'both rows belong to one act');
  t.strictSame(
    await actionsOf(ipms, 'account_request', request.id),
    ['registered', 'allocated', 'approved'].map((action) => `account-request.${action}`),
  );
  t.strictSame(await actionsOf(ipms, 'mailbox', mailbox.id), ['mailbox.created']);
});

t.test('the applicant follows the request and sets the first password, which spends the code', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { code, codeId } = await approved(ipms, admin);
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  t.match((await applicant.get('/register/status')).text, 'Tetapkan katalaluan pertama');
  const weak = await applicant.submit('/register/activate', '/register/activate', {
    new_password: 'pendek',
    confirm_password: 'pendek',
  });
  t.equal(weak.status, 422);
  t.match(weak.problems.new_password, '12 aksara');
  const good = { new_password: GOOD, confirm_password: GOOD };
  const { id: user } = await person(ipms, 'izzah.kamaruddin');
  const _csrf = await applicant.token('/register/activate');
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('id', '=', user).execute();
  t.equal((await applicant.post('/register/activate', { ...good, _csrf })).status, 409, 'disabled meanwhile');
  await ipms.db.updateTable('user').set({ status: 'active' }).where('id', '=', user).execute();
  const done = await applicant.submit('/register/activate', '/register/activate', good);
  t.equal(done.location, '/login', 'a refused password did not use up the code');
  t.equal((await applicant.get('/register/status')).location, '/register', 'the applicant is signed out');
  const open = await ipms.db.selectFrom('session').select('id').where('access_code_id', '=', codeId).execute();
  t.strictSame(open, [], 'in every browser');
  t.equal((await signInWithCode(ipms, PEOPLE.malay, code)).answer.status, 422, 'the code is spent');
  const audit = await trailOf(ipms, 'access_code', codeId);
  t.match(audit.at(-1), { action: 'access-code.activated', sop: '4.6', actor_role: 'applicant' });
  t.match(await trailOf(ipms, 'user', user), [{ action: 'user.activated', actor_role: 'applicant' }]);
  for (const login of ['izzah.kamaruddin', 'IZZAH.kamaruddin@jabatan.test']) await ipms.signIn(login, GOOD);
});

t.test('not before the package is complete', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request } = await registered(ipms, admin);
  const approve = async () => admin.post(`${page}/approve`, { _csrf: await admin.token(page) });
  t.equal((await approve()).status, 422);
  for (const missing of ['grade', 'package', 'storage_mb', 'service_type']) {
    await admin.submit(page, `${page}/allocation`, { ...PACKAGE, [missing]: '' });
    const answer = await approve();
    t.equal(answer.status, 422, missing);
    t.match(answer.text, 'Pakej belum lengkap', missing);
  }
  t.match(await ipms.db.selectFrom('account_request').selectAll().where('id', '=', request.id).executeTakeFirst(), {
    status: 'submitted',
    mailbox_id: null,
  });
});

t.test('from what was approved on to its mailbox, and to the request that waits longest', async (t) => {
  const { ipms, request, mailbox } = await openApproved(t);
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/account-requests/${request.id}`;
  const links = async () => (await admin.get(page)).dom.querySelectorAll('main a').map((a) => a.getAttribute('href'));
  t.ok((await links()).includes(`/admin/mailboxes/${mailbox.id}`));
  const { request: newest } = await registered(ipms, admin, PEOPLE.chinese);
  const oldest = await ipms.db
    .selectFrom('account_request')
    .select('id')
    .where('status', '=', 'submitted')
    .where('agency_id', '=', request.agency_id)
    .orderBy('submitted_at')
    .executeTakeFirstOrThrow();
  t.not(oldest.id, newest.id);
  t.ok((await links()).includes(`/admin/account-requests/${oldest.id}`));
});

t.test('approve and approve, approve and refuse, together: one wins, the other is told who', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  for (const [second, person] of [
    ['approve', PEOPLE.malay],
    ['refuse', PEOPLE.chinese],
  ] as const) {
    const { page, request } = await registered(ipms, admin, person);
    await admin.submit(page, `${page}/allocation`, PACKAGE);
    const tokens = [await admin.token(page), await admin.token(page)];
    const answers = await Promise.all([
      admin.post(`${page}/approve`, { _csrf: tokens[0] ?? '' }),
      admin.post(`${page}/${second}`, { _csrf: tokens[1] ?? '', reason: 'Tidak layak' }),
    ]);
    t.strictSame(answers.map((answer) => answer.status).toSorted(), [303, 409]);
    t.match(answers.find((answer) => answer.status === 409)?.text, 'Rosnah binti Ismail');
    const mailboxes = await ipms.db
      .selectFrom('mailbox')
      .select('id')
      .where('account_request_id', '=', request.id)
      .execute();
    const { status } = await ipms.db
      .selectFrom('account_request')
      .select('status')
      .where('id', '=', request.id)
      .executeTakeFirstOrThrow();
    t.equal(mailboxes.length, status === 'approved' ? 1 : 0);
    const records = await recordsOf(ipms, 'account_request', request.id, '4.6');
    t.equal(records.length, 1);
  }
});

t.test('a double click approves once and shows the result', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request } = await registered(ipms, admin);
  await admin.submit(page, `${page}/allocation`, PACKAGE);
  const fields = { _csrf: await admin.token(page) };
  const answers = await Promise.all([admin.post(`${page}/approve`, fields), admin.post(`${page}/approve`, fields)]);
  const later = await admin.post(`${page}/approve`, fields);
  for (const answer of [...answers, later]) t.strictSame([answer.status, answer.location], [303, page]);
  t.equal(
    (await ipms.db.selectFrom('mailbox').select('id').where('account_request_id', '=', request.id).execute()).length,
    1,
  );
});

t.test('returned with a question, answered, approved', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request, code } = await registered(ipms, admin);
  t.equal((await admin.submit(page, `${page}/return`, { question: '' })).status, 422);
  await admin.submit(page, `${page}/return`, { question: 'Unit yang mana?' });
  const [mail] = await mailsOf(ipms, 'account_request', request.id, 'N7');
  t.match(mail?.letter, 'Unit yang mana?');
  t.equal(mail?.to_address, 'ketua@jabatan.test', 'no own address is known: whoever holds the code is asked');
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  t.match((await applicant.get('/register/status')).text, 'Unit yang mana?');
  t.notMatch((await admin.get(page)).text, 'Nama ini berbeza');
  await applicant.submit('/register/form', '/register/form', { unit: 'Unit Aset', full_name: 'Nurul Izah' });
  t.match((await admin.get(page)).text, 'Nama ini berbeza', 'another name than the one that was verified');
  t.match(await ipms.db.selectFrom('account_request').selectAll().where('id', '=', request.id).executeTakeFirst(), {
    status: 'submitted',
    unit: 'Unit Aset',
    question: null,
    version: 3,
  });
  const heard = await mailsOf(ipms, 'account_request', request.id, 'N5');
  t.equal(heard.length, 2, 'the administrator hears of both');
  const audit = await trailOf(ipms, 'account_request', request.id);
  const actions = audit.map((row) => row.action);
  const titles = (await recordsOf(ipms, 'account_request', request.id)).map((row) => row.title);
  t.strictSame(
    actions,
    ['registered', 'returned', 'resubmitted'].map((action) => `account-request.${action}`),
  );
  t.match(audit[1], { sop: '4.6', actor_name: 'Rosnah binti Ismail', after: /Unit yang mana/ });
  t.strictSame(titles, ['record.account-registered', 'record.account-registered'], 'both forms are filed');
  await admin.submit(page, `${page}/allocation`, PACKAGE);
  t.equal((await admin.submit(page, `${page}/approve`)).status, 303);
});

t.test('a refusal gives back the address and login ID, mails the reason and files the record', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request } = await registered(ipms, admin);
  await admin.submit(page, `${page}/allocation`, PACKAGE);
  await admin.submit(page, `${page}/return`, { question: 'Unit yang mana?' });
  const refused = await admin.submit(page, `${page}/refuse`, { reason: 'Bukan pegawai agensi ini' });
  t.equal(refused.status, 303, 'also before the question is answered');
  const mails = await mailsOf(ipms, 'account_request', request.id, 'N7');
  t.match(mails[1], { to_address: 'ketua@jabatan.test', letter: /Bukan pegawai agensi ini/ });
  const audit = await trailOf(ipms, 'account_request', request.id);
  t.match(audit.at(-1), { action: 'account-request.refused', sop: '4.6', after: /Bukan pegawai agensi ini/ });
  t.strictSame(
    await ipms.db
      .selectFrom('address')
      .select('address')
      .where('kind', '=', 'request')
      .where('item_id', '=', request.id)
      .execute(),
    [],
  );
  t.strictSame(
    await ipms.db.selectFrom('login_name').select('login_id').where('account_request_id', '=', request.id).execute(),
    [],
  );
  t.match((await recordsOf(ipms, 'account_request', request.id, '4.6')).at(0), { title: 'record.account-refused' });
});

t.test('an administrator does not approve the own request', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request } = await approved(ipms, admin, PEOPLE.malay).then(() =>
    registered(ipms, admin, PEOPLE.chinese),
  );
  await admin.submit(page, `${page}/allocation`, PACKAGE);
  const mailbox = await ipms.db
    .selectFrom('mailbox')
    .select(['id', 'user_id'])
    .where('ic_number', '=', PEOPLE.malay.ic_number)
    .executeTakeFirstOrThrow();
  // The person of the first request becomes an administrator, and the second request has that person's identity card.
  await ipms.db
    .insertInto('second_account')
    .values({
      kind: 'ic_number',
      value: PEOPLE.malay.ic_number,
      agency_id: 1,
      full_name: PEOPLE.malay.full_name,
      reason: 'Dua jawatan',
      granted_by: 1,
      granted_at: ipms.clock.now.toISOString(),
    })
    .execute();
  await ipms.db
    .updateTable('account_request')
    .set({ ic_number: PEOPLE.malay.ic_number })
    .where('id', '=', request.id)
    .execute();
  const { password_hash } = await ipms.db
    .selectFrom('user')
    .select('password_hash')
    .where('login_id', '=', 'admin.jabatan')
    .executeTakeFirstOrThrow();
  await ipms.db.updateTable('user').set({ role: 'admin', password_hash }).where('id', '=', mailbox.user_id).execute();
  const own = await ipms.signIn('izzah.kamaruddin');
  const answer = await own.submit(page, `${page}/approve`);
  t.equal(answer.status, 422);
  t.match(answer.text, 'permohonan anda sendiri');
  t.equal((await admin.submit(page, `${page}/approve`)).status, 303, 'another may');

  const reached = await registered(ipms, admin, PEOPLE.indian);
  await admin.submit(reached.page, `${reached.page}/allocation`, PACKAGE);
  const contact_email = 'sendiri@rumah.test';
  await ipms.db.updateTable('mailbox').set({ contact_email }).where('id', '=', mailbox.id).execute();
  await ipms.db.updateTable('access_code').set({ contact_email }).where('id', '=', reached.codeId).execute();
  t.equal((await own.submit(reached.page, `${reached.page}/approve`)).status, 422, 'nor one that reaches them at home');
});

t.test('the record of an account holds the request for its code, if there was one', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const ask = '/access-code-requests/new';
  const asked = { category: 'civil_servant', ...PEOPLE.malay, contact_email: 'nurul@rumah.test', agency_id: '1' };
  const { location } = await ipms.visitor().submit(ask, ask, { ...asked, reporting_division: 'Bahagian Kewangan' });
  const reference = location.split('/').at(-1) ?? '';
  const { id } = await ipms.db
    .selectFrom('access_code_request')
    .select('id')
    .where('reference', '=', reference)
    .executeTakeFirstOrThrow();
  const place = `/admin/access-code-requests/${id}`;
  await admin.submit(place, `${place}/verify`, { verified_with: 'division' });
  const issued = await admin.submit(`/admin/access-codes/new?request=${id}`, '/admin/access-codes/new');
  const code = (await admin.get(issued.location)).dom.querySelector('.code')?.textContent.trim() ?? '';
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
  await applicant.submit('/register/form', '/register/form');
  const request = await ipms.db
    .selectFrom('account_request')
    .select('id')
    .where('ic_number', '=', PEOPLE.malay.ic_number)
    .executeTakeFirstOrThrow();
  const page = `/admin/account-requests/${request.id}`;
  await admin.submit(page, `${page}/allocation`, PACKAGE);
  t.equal((await admin.submit(page, `${page}/approve`)).status, 303);
  const records = await recordsOf(ipms, 'account_request', request.id);
  t.match(JSON.parse(records.at(-1)?.content ?? ''), {
    account_request: { status: 'approved', decided_by_name: 'Rosnah binti Ismail' },
    access_code_request: { reference, reporting_division: 'Bahagian Kewangan' },
  });
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request } = await registered(ipms, admin);
  await admin.submit(page, `${page}/allocation`, PACKAGE);
  const other = await ipms.signIn('admin.kementerian');
  const fields = { _csrf: await other.token('/admin/account-requests'), reason: 'x', question: 'x' };
  for (const command of ['approve', 'return', 'refuse'])
    t.equal((await other.post(`${page}/${command}`, fields)).status, 404, command);
  t.equal((await other.get(`${page}/slip`)).status, 404);
  for (const login of ['pegawai.jabatan', 'meja.bantuan']) {
    const person = await ipms.signIn(login);
    const token = await person.token('/me/password');
    t.equal((await person.post(`${page}/approve`, { _csrf: token })).status, 403, login);
  }
  t.match((await ipms.visitor().get(page)).location, '/login');
  t.match(await ipms.db.selectFrom('account_request').selectAll().where('id', '=', request.id).executeTakeFirst(), {
    status: 'submitted',
  });
});
