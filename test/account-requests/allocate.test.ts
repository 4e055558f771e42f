import { t } from 'tap';
import { formValues, startIpms } from '../helper.ts';
import { makeAdministrator } from '../make.ts';
import { person, recordsOf, trailOf } from '../read.ts';
import { PACKAGE, PEOPLE, registered } from './joining.ts';

// SOP 4.5: allocating a package

t.test('Semak says whether an address is free, and offers others; nothing is changed by asking', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request } = await registered(ipms, admin);
  const free = await admin.submit(page, `${page}/allocation`, {
    primary_email: 'izzah.baru@jabatan.test',
    step: 'check',
    package: 'C',
  });
  t.equal(free.status, 200);
  t.match(free.text, 'izzah.baru@jabatan.test boleh digunakan');
  t.ok(
    free.dom.querySelector('input[name=package][value=C]')?.hasAttribute('checked'),
    'what was chosen is still chosen',
  );
  const taken = await admin.submit(page, `${page}/allocation`, { primary_email: 'postadmin', step: 'check' });
  t.match(taken.text, 'postadmin@jabatan.test telah digunakan');
  const picks = taken.dom.querySelectorAll('button[name=pick]').map((each) => each.getAttribute('value'));
  t.strictSame(picks, [
    'izzah.kamaruddin@jabatan.test',
    'nurulizzah@jabatan.test',
    'nurulizzah.kamaruddin@jabatan.test',
  ]);
  const picked = await admin.submit(page, `${page}/allocation`, { pick: picks[1] ?? '' });
  t.equal(picked.dom.querySelector('#allocation-primary_email')?.getAttribute('value'), picks[1]);
  t.match(
    await ipms.db.selectFrom('account_request').selectAll().where('id', '=', request.id).executeTakeFirstOrThrow(),
    { primary_email: null, allocated_at: null },
  );

  const json = await admin.get('/admin/address-check?primary_email=postadmin%40jabatan.test', {
    accept: 'application/json',
  });
  t.strictSame(JSON.parse(json.html), {
    available: false,
    suggestions: ['postadmin2@jabatan.test', 'postadmin3@jabatan.test', 'postadmin4@jabatan.test'].slice(
      0,
      JSON.parse(json.html).suggestions.length,
    ),
  });
  t.match((await admin.get('/admin/address-check?primary_email=baru%40jabatan.test')).text, 'boleh digunakan');
});

t.test('what is saved in part is nowhere called allocated', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request, applicant } = await registered(ipms, admin);
  const partly = await admin.submit(page, `${page}/allocation`, { primary_email: 'izzah', login_id: 'izzah' });
  const shown = await admin.get(partly.location);
  t.match(shown.text, /Disimpan sebahagian.*belum lengkap/);
  t.notMatch(shown.text, 'Pakej diperuntukkan');
  t.notMatch((await applicant.get('/register/status')).text, 'Pakej diperuntukkan');
  t.strictSame(
    (await trailOf(ipms, 'account_request', request.id)).map(({ action }) => action),
    ['account-request.registered', 'account-request.partly-allocated'],
  );
  t.strictSame(
    (await recordsOf(ipms, 'account_request', request.id)).map(({ title }) => title),
    ['record.account-registered'],
  );
});

t.test(
  'a package without its grade: that alone is named, the steps that were done are, and again changes nothing',
  async (t) => {
    const ipms = await startIpms(t);
    const admin = await ipms.signIn('admin.jabatan');
    const { page, request } = await registered(ipms, admin);
    const states = async () => {
      const { dom } = await admin.get(page);
      const rail = dom.querySelectorAll('.rail').find((each) => each.textContent.includes('Memilih pakej A, B atau C'));
      return rail?.querySelectorAll('li').map((each) => each.getAttribute('class')?.split(' ')[0]);
    };
    const { grade, ...without } = PACKAGE;
    const save = async (more: Record<string, string> = {}) => {
      const answer = await admin.submit(`${page}/allocation`, `${page}/allocation`, { ...without, ...more });
      return (await admin.get(answer.location)).text;
    };
    t.match(await save(), 'Disimpan sebahagian: pakej belum lengkap. Belum diisi: Gred. ');
    t.strictSame(await states(), ['done', 'done', 'done', 'done', 'done', 'done', 'now', 'done', 'done', 'todo']);
    t.match(await save(), 'Belum diisi: Gred. ', 'the same once more');
    const trail = () => trailOf(ipms, 'account_request', request.id);
    t.equal((await trail()).length, 2, 'writes nothing');
    const refused = await admin.post(`${page}/approve`, { _csrf: await admin.token(page) });
    t.match(refused.text, 'Belum diisi: Gred. ');
    await save({ grade: grade ?? '' });
    await save({ grade: grade ?? '' });
    t.equal((await trail()).length, 3);
    t.match(await save({ grade: '' }), 'Belum diisi: Gred. ', 'what was whole may lack something again');
    t.equal((await states())?.[6], 'now');
  },
);

t.test('what is refused is told at once, beside each field', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page } = await registered(ipms, admin);
  const typed = { primary_email: 'izzah', step: 'approve' };
  const lacking = await admin.submit(page, `${page}/allocation`, typed);
  t.strictSame(Object.keys(lacking.problems), ['package', 'grade', 'storage_mb']);
  const taken = await admin.submit(page, `${page}/allocation`, { primary_email: 'postadmin', login_id: 'AB!' });
  t.match(taken.problems.login_id, /./);
  t.match(taken.problems.primary_email, 'postadmin@jabatan.test');
  t.ok(taken.dom.querySelector('button[name=pick]'), 'and others are still offered');
});

t.test('Update saves and reserves, and may be repeated until approval', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request } = await registered(ipms, admin);
  const first = await admin.submit(page, `${page}/allocation`, {
    ...PACKAGE,
    primary_email: ' Izzah.K@Jabatan.test ',
    login_id: 'Izzah.K',
  });
  t.equal(first.location, page);
  const row = () =>
    ipms.db.selectFrom('account_request').selectAll().where('id', '=', request.id).executeTakeFirstOrThrow();
  t.match(await row(), {
    primary_email: 'izzah.k@jabatan.test',
    login_id: 'izzah.k',
    package: 'B',
    grade: '41',
    storage_mb: 2048,
    services: '["SSO","ADRMS"]',
    service_type: 'ordinary',
    status: 'submitted',
    allocated_by: (await person(ipms, 'admin.jabatan')).id,
    allocated_at: ipms.clock.now.toISOString(),
  });
  const own = await admin.submit(`${page}/allocation`, `${page}/allocation`, { step: 'check' });
  t.match(own.text, 'izzah.k@jabatan.test boleh digunakan', 'what is reserved for this request');
  await admin.submit(`${page}/allocation`, `${page}/allocation`, {
    primary_email: 'nizzah@jabatan.test',
    login_id: 'nizzah',
    package: 'A',
  });
  t.match(await row(), { primary_email: 'nizzah@jabatan.test', package: 'A', grade: '41' });
  const addresses = await ipms.db
    .selectFrom('address')
    .select(['address', 'kind'])
    .where('item_id', '=', request.id)
    .where('kind', '=', 'request')
    .execute();
  t.strictSame(addresses, [{ address: 'nizzah@jabatan.test', kind: 'request' }], 'the first address is free again');
  const logins = await ipms.db
    .selectFrom('login_name')
    .select('login_id')
    .where('account_request_id', '=', request.id)
    .execute();
  t.strictSame(logins, [{ login_id: 'nizzah' }]);
  const audit = await trailOf(ipms, 'account_request', request.id);
  const actions = audit.map((row) => row.action);
  const records = await recordsOf(ipms, 'account_request', request.id);
  const titles = records.map((row) => row.title);
  t.strictSame(
    actions,
    ['registered', 'allocated', 'allocated'].map((action) => `account-request.${action}`),
  );
  t.match(audit[2], { sop: '4.5', before: /izzah\.k@jabatan/, after: /nizzah@jabatan/ });
  t.strictSame(titles, ['record.account-registered', 'record.package-allocated', 'record.package-allocated']);
  t.match(JSON.parse(records[2]?.content ?? ''), { package: 'A', changed_by: 'Rosnah binti Ismail' });
});

t.test('what cannot be an official address or login ID is refused beside its field', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page } = await registered(ipms, admin);
  const wrong: [Record<string, string | string[]>, string][] = [
    [{ primary_email: 'izzah@kementerian.test' }, 'primary_email'],
    [{ primary_email: 'izzah@gmail.test' }, 'primary_email'],
    [{ primary_email: '.izzah@jabatan.test' }, 'primary_email'],
    [{ primary_email: 'izzah..k@jabatan.test' }, 'primary_email'],
    [{ primary_email: 'ızzah@jabatan.test' }, 'primary_email'],
    [{ primary_email: 'а.cyrillic@jabatan.test' }, 'primary_email'],
    [{ primary_email: 'izzah+x@jabatan.test' }, 'primary_email'],
    [{ primary_email: `${'x'.repeat(65)}@jabatan.test` }, 'primary_email'],
    [{ primary_email: 'POSTADMIN@jabatan.test' }, 'primary_email'],
    [{ login_id: 'ab' }, 'login_id'],
    [{ login_id: 'x'.repeat(21) }, 'login_id'],
    [{ login_id: 'ADMIN.JABATAN' }, 'login_id'],
    [{ login_id: 'izzah.' }, 'login_id'],
    [{ package: 'D' }, 'package'],
    [{ grade: '55' }, 'grade'],
    [{ storage_mb: '700' }, 'storage_mb'],
    [{ services: ['SSO', 'Teleport'] }, 'services'],
  ];
  for (const [fields, name] of wrong) {
    const answer = await admin.submit(page, `${page}/allocation`, {
      ...PACKAGE,
      primary_email: 'elok@jabatan.test',
      ...fields,
    });
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.ok(answer.problems[name], `${name} says why`);
  }
  t.strictSame(
    await ipms.db
      .selectFrom('address')
      .select('address')
      .where('kind', '=', 'request')
      .where('address', '=', 'elok@jabatan.test')
      .execute(),
    [],
  );
});

t.test('one address wanted by two requests at once: one has it, the other is told', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const one = await registered(ipms, admin, PEOPLE.malay);
  const other = await registered(ipms, admin, PEOPLE.chinese);
  const token = await admin.token(one.page);
  const want = (page: string, login: string) =>
    admin.post(`${page}/allocation`, {
      _csrf: token,
      ...PACKAGE,
      primary_email: 'rebut@jabatan.test',
      login_id: login,
    });
  const answers = await Promise.all([want(one.page, 'satu.satu'), want(other.page, 'dua.dua')]);
  t.strictSame(answers.map((answer) => answer.status).toSorted(), [303, 422]);
  t.match(answers.find((answer) => answer.status === 422)?.problems.primary_email, 'telah digunakan');
  const rows = await ipms.db
    .selectFrom('account_request')
    .select('primary_email')
    .where('primary_email', '=', 'rebut@jabatan.test')
    .execute();
  t.equal(rows.length, 1);
  const free = await ipms.db
    .selectFrom('login_name')
    .select('login_id')
    .where('login_id', 'in', ['satu.satu', 'dua.dua'])
    .execute();
  t.equal(free.length, 1, 'the loser reserved nothing by halves');
});

t.test('two administrators on one package: the second sees that it changed', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request } = await registered(ipms, admin);
  const stale = {
    _csrf: await admin.token(page),
    version: '1',
    ...PACKAGE,
    primary_email: 'lama@jabatan.test',
    login_id: 'lama',
  };
  await admin.submit(page, `${page}/allocation`, { ...PACKAGE, primary_email: 'baru@jabatan.test', login_id: 'baru' });
  const answer = await admin.post(`${page}/allocation`, stale);
  t.equal(answer.status, 409);
  t.match(answer.text, 'Orang lain telah mengubah pakej ini');
  t.match(
    await ipms.db.selectFrom('account_request').selectAll().where('id', '=', request.id).executeTakeFirstOrThrow(),
    { primary_email: 'baru@jabatan.test' },
  );
});

t.test('an address that somebody signs in with, without a mailbox, is taken too', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page } = await registered(ipms, admin);
  await makeAdministrator(ipms, 'jemputan');
  const fields = { ...PACKAGE, primary_email: 'jemputan@jabatan.test' };
  t.match((await admin.submit(page, `${page}/allocation`, { ...fields, step: 'check' })).text, 'telah digunakan');
  t.match((await admin.submit(page, `${page}/allocation`, fields)).problems.primary_email, 'telah digunakan');
});

t.test('a package holds what the helpdesk allows', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page } = await registered(ipms, admin);
  await ipms.db
    .updateTable('package_limit')
    .set({ largest_storage_mb: 1024, services_limited: 1, services: '["SSO"]' })
    .where('package', '=', 'A')
    .execute();
  const much = await admin.submit(page, `${page}/allocation`, { ...PACKAGE, package: 'A' });
  t.match(much.problems.storage_mb, '1024 MB');
  const service = await admin.submit(page, `${page}/allocation`, { ...PACKAGE, package: 'A', storage_mb: '500' });
  t.match(service.problems.services, 'ADRMS');
  t.equal(
    (await admin.submit(page, `${page}/allocation`, { ...PACKAGE, package: 'A', storage_mb: '500', services: 'SSO' }))
      .status,
    303,
  );
});

t.test('the list: what is open, or one state, one category, or who is looked for', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const submitted = await registered(ipms, admin, PEOPLE.malay);
  const returned = await registered(ipms, admin, PEOPLE.chinese);
  const refused = await registered(ipms, admin, PEOPLE.indian);
  await admin.submit(returned.page, `${returned.page}/return`, { question: 'Unit?' });
  await admin.submit(refused.page, `${refused.page}/refuse`, { reason: 'Tersilap' });
  const made = [submitted, returned, refused];
  const shown = async (query: string) => {
    const { dom } = await admin.get(`/admin/account-requests?sort=-submitted_at&${query}`);
    return made.map(({ page }) => dom.querySelector(`tbody a[href="${page}"]`) !== null);
  };
  t.strictSame(await shown(''), [true, true, false], 'what is open, unless asked otherwise');
  t.strictSame(await shown('status=returned'), [false, true, false]);
  t.strictSame(await shown('status='), [true, true, true]);
  t.strictSame(await shown('status=&category=other'), [false, false, false]);
  t.strictSame(await shown('status=&category=civil_servant'), [true, true, true]);
  t.strictSame(await shown('status=&q=wei+ming'), [false, true, false]);
  t.strictSame(await shown('status=&q=791130-10-5551'), [false, false, true]);
});

t.test('a request that has its whole package is no longer new: it waits for Approve', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, applicant } = await registered(ipms, admin);
  const listedUnder = async () => {
    const found: string[] = [];
    for (const status of ['open', 'submitted', 'new', 'allocated', 'approved']) {
      const { dom } = await admin.get(`/admin/account-requests?sort=-submitted_at&status=${status}`);
      if (dom.querySelector(`tbody a[href="${page}"]`)) found.push(status);
    }
    return found;
  };
  const tag = async () => (await admin.get(page)).dom.querySelector('main .tag')?.textContent.trim();
  t.strictSame(await listedUnder(), ['open', 'submitted', 'new']);
  await admin.submit(page, `${page}/allocation`, { package: 'B' });
  t.equal(await tag(), 'Baharu', 'half a package');
  await admin.submit(page, `${page}/allocation`, PACKAGE);
  t.strictSame(await listedUnder(), ['open', 'submitted', 'allocated']);
  t.equal(await tag(), 'Pakej diperuntukkan');
  t.match((await applicant.get('/register/status')).text, 'Pakej diperuntukkan');
  await admin.submit(page, `${page}/approve`);
  t.strictSame(await listedUnder(), ['approved']);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request } = await registered(ipms, admin);
  const other = await ipms.signIn('admin.kementerian');
  t.equal((await other.get(page)).status, 404);
  const token = await other.token('/admin/account-requests');
  const answer = await other.post(`${page}/allocation`, {
    _csrf: token,
    ...PACKAGE,
    primary_email: 'curi@kementerian.test',
    login_id: 'curi',
  });
  t.equal(answer.status, 404);
  t.equal((await other.post(`${page}/allocation`, { _csrf: token, primary_email: 'x', step: 'check' })).status, 404);
  t.match(
    await ipms.db.selectFrom('account_request').selectAll().where('id', '=', request.id).executeTakeFirstOrThrow(),
    { primary_email: null, version: 1 },
  );
  t.notMatch((await other.get('/admin/account-requests?status=')).text, PEOPLE.malay.full_name);
});

t.test('Update and Approve makes the account with what was chosen, not with what was saved before', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request } = await registered(ipms, admin);
  await admin.submit(page, `${page}/allocation`, PACKAGE);
  const saved = await admin.get(page);
  t.equal(
    saved.dom.querySelector('select[name=grade]'),
    null,
    'beside Approve nothing is filled in that it would leave out',
  );
  const chosen = { package: 'A', storage_mb: '500', services: [], step: 'approve' };
  const answer = await admin.submit(`${page}/allocation`, `${page}/allocation`, chosen);
  t.equal(answer.location, page);
  const mailbox = await ipms.db
    .selectFrom('mailbox')
    .select(['package', 'storage_mb', 'services'])
    .where('account_request_id', '=', request.id)
    .executeTakeFirstOrThrow();
  t.strictSame(mailbox, { package: 'A', storage_mb: 500, services: '[]' });
  const actions = await trailOf(ipms, 'account_request', request.id, 'account-request.approved');
  t.equal(actions.length, 1);
});

t.test('what cannot be approved is not saved either, and stays in the form', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request } = await registered(ipms, admin);
  const { grade: _grade, ...without } = PACKAGE;
  const answer = await admin.submit(page, `${page}/allocation`, { ...without, step: 'approve' });
  t.equal(answer.status, 422);
  t.equal(formValues(answer.dom, page, `${page}/allocation`).package, 'B');
  const row = await ipms.db
    .selectFrom('account_request')
    .selectAll()
    .where('id', '=', request.id)
    .executeTakeFirstOrThrow();
  t.match(row, { status: 'submitted', package: null });
});

t.test('the answer whether an address is free is on the screen: both checks lead to the field', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page } = await registered(ipms, admin);
  for (const [place, field] of [
    [page, 'allocation-primary_email'],
    ['/admin/account-requests/new', 'direct-primary_email'],
  ] as const) {
    const { dom } = await admin.get(place);
    const check = dom.querySelector('button[value=check]');
    t.match(check?.getAttribute('formaction'), new RegExp(`#${field}$`));
    t.ok(dom.getElementById(field));
  }
});
