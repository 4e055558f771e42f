import { type Test, t } from 'tap';
import { texts } from '../../src/texts.ts';
import { formValues, type Ipms, startIpms } from '../helper.ts';
import { makeOfficer, type OfficerValues } from '../make.ts';
import { mailboxOf, person, recordsOf, trailOf } from '../read.ts';

// SOP 4.7: Kemaskini Maklumat Umum Akaun E-mel

const placeOf = (id: number) => `/admin/mailboxes/${id}`;

async function begin(t: Test, values: OfficerValues = {}) {
  const ipms = await startIpms(t);
  const mailbox = await makeOfficer(ipms, 'siti.aminah', {
    display_name: 'Siti Aminah',
    full_name: 'Siti Aminah binti Yusof',
    ic_number: '880412105672',
    aliases: ['aminah@jabatan.test'],
    services: '["SSO"]',
    ...values,
  });
  const page = placeOf(mailbox.id);
  return { ipms, mailbox, page, admin: await ipms.signIn('admin.jabatan') };
}

/** What the registry says that a mailbox has, by address. */
async function addressesOf({ db }: Pick<Ipms, 'db'>, mailboxId: number) {
  const rows = await db
    .selectFrom('address')
    .select(['address', 'kind'])
    .where('kind', 'in', ['mailbox', 'alias'])
    .where('item_id', '=', mailboxId)
    .orderBy('address')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.address, row.kind]));
}

const now = (ipms: Ipms) => mailboxOf(ipms, 'siti.aminah');

t.test('the page shows everything of table 3A and the package, the identity card whole, and the tabs', async (t) => {
  const { admin, page } = await begin(t);
  const { dom, text } = await admin.get(page);
  const values = formValues(dom, page, page);
  const asked = 'display_name full_name primary_email aliases ministry department division section unit position_title '
    .concat('position address postcode city state country office_phone mobile_phone note package grade storage_mb ')
    .concat('services service_type supervisor_email keep_address shown _csrf');
  t.strictSame(Object.keys(values).sort(), asked.split(' ').sort());
  t.match(values, { display_name: 'Siti Aminah', aliases: 'aminah@jabatan.test', storage_mb: '1024', grade: '41' });
  t.match(text, '880412-10-5672');
  t.strictSame(
    dom.querySelectorAll('.tabs a').map((tab) => tab.textContent),
    ['General', 'Manage Account', 'Password Mgmt', 'Mail Flows', 'Member Of', 'Sejarah'],
  );
});

t.test('the way to the request, where it was made at the agency that has the mailbox now', async (t) => {
  const { ipms, admin, mailbox, page } = await begin(t);
  for (const [agencyId, links] of [
    [1, 1],
    [2, 0],
  ] as const) {
    const request = await ipms.db
      .selectFrom('account_request')
      .select('id')
      .where('agency_id', '=', agencyId)
      .where('status', '=', 'submitted')
      .executeTakeFirstOrThrow();
    await ipms.db.updateTable('mailbox').set({ account_request_id: request.id }).where('id', '=', mailbox.id).execute();
    const { dom } = await admin.get(page);
    t.equal(dom.querySelectorAll(`a[href="/admin/account-requests/${request.id}"]`).length, links);
  }
});

const CHANGES = {
  display_name: 'Siti Aminah (Unit Audit)',
  full_name: 'Siti Aminah binti Mohd Yusof',
  unit: 'Unit Audit',
  state: 'Perak',
  package: 'A',
  grade: 'JUSA C',
  storage_mb: '5120',
  services: ['', 'SSO', 'BMT'],
  service_type: 'vip',
  supervisor_email: 'ketua@jabatan.test',
};

/** The mailbox of a member of a list, with its general information changed. */
async function openChanged(t: Test) {
  const opened = await begin(t);
  const { ipms, mailbox, page, admin } = opened;
  const group = await ipms.db.selectFrom('group').select('id').where('agency_id', '=', 1).executeTakeFirstOrThrow();
  await ipms.db
    .insertInto('membership')
    .values({
      group_id: group.id,
      member_type: 'mailbox',
      member_id: mailbox.id,
      member_name: 'Siti Aminah',
      member_address: mailbox.primary_email,
      since: ipms.clock.now.toISOString(),
      added_by: 'IPMS',
    })
    .execute();
  const mails = (await ipms.db.selectFrom('outbox').select('id').execute()).length;
  const answer = await admin.submit(page, page, CHANGES);
  t.equal(answer.location, page);
  return { ...opened, mails };
}

t.test('all of it changes: the mailbox, the sign-in and memberships', async (t) => {
  const { ipms, admin, mailbox, page } = await openChanged(t);
  const shown = await admin.get(page);
  t.match(shown.text, texts['mailbox.saved'].ms);
  t.match(shown.text, texts['mailbox.savedNext'].ms);
  t.match(await now(ipms), {
    ...CHANGES,
    storage_mb: 5120,
    services: '["SSO","BMT"]',
    primary_email: mailbox.primary_email,
    version: mailbox.version + 1,
  });
  t.equal((await person(ipms, 'siti.aminah')).full_name, 'Siti Aminah binti Mohd Yusof');
  const member = await ipms.db
    .selectFrom('membership')
    .select('member_name')
    .where('member_id', '=', mailbox.id)
    .where('member_type', '=', 'mailbox')
    .executeTakeFirstOrThrow();
  t.equal(member.member_name, 'Siti Aminah (Unit Audit)');
});

t.test('it is one act: audit with before and after, record and directory, and no mail', async (t) => {
  const { ipms, mailbox, mails } = await openChanged(t);
  const [row] = await trailOf(ipms, 'mailbox', mailbox.id, 'mailbox.updated');
  t.match(row, { sop: '4.7', actor_role: 'admin', item_name: 'Siti Aminah (Unit Audit)' });
  t.match(JSON.parse(row?.before ?? ''), { display_name: 'Siti Aminah', services: ['SSO'], unit: '' });
  t.match(JSON.parse(row?.after ?? ''), { display_name: 'Siti Aminah (Unit Audit)', services: ['SSO', 'BMT'] });
  t.notOk('city' in JSON.parse(row?.after ?? ''), 'what stayed is not in it');
  const filed = (await recordsOf(ipms, 'mailbox', mailbox.id, '4.7')).at(-1);
  t.equal(filed?.title, 'record.mailbox-updated');
  t.match(JSON.parse(filed?.content ?? ''), {
    grade: 'JUSA C',
    before: { grade: '41' },
    changed_by: 'Rosnah binti Ismail',
  });
  t.equal((await ipms.db.selectFrom('outbox').select('id').execute()).length, mails, 'nobody is mailed');
});

t.test('nothing different is no act, and a double click is one', async (t) => {
  const { ipms, admin, mailbox, page } = await begin(t);
  t.equal((await admin.submit(page, page)).location, page);
  t.match((await admin.get(page)).text, texts['shown.same'].ms);
  t.strictSame(await trailOf(ipms, 'mailbox', mailbox.id, 'mailbox.updated'), []);
  const fields = { ...formValues((await admin.get(page)).dom, page, page), unit: 'Unit Aset' };
  const answers = await Promise.all([1, 2].map(() => admin.post(page, fields)));
  t.strictSame(
    answers.map(({ status, location }) => [status, location]),
    [
      [303, page],
      [303, page],
    ],
  );
  t.equal((await trailOf(ipms, 'mailbox', mailbox.id, 'mailbox.updated')).length, 1);
});

t.test('a form with some fields only leaves the others as they are', async (t) => {
  const { ipms, admin, mailbox, page } = await begin(t, { city: 'Ipoh', service_type: 'vip' });
  const answer = await admin.post(page, { _csrf: await admin.token(page), division: 'Bahagian Dasar' });
  t.equal(answer.status, 303);
  t.match(await now(ipms), { division: 'Bahagian Dasar', city: 'Ipoh', services: '["SSO"]', service_type: 'vip' });
  t.strictSame(await addressesOf(ipms, mailbox.id), {
    [mailbox.primary_email]: 'mailbox',
    'aminah@jabatan.test': 'alias',
  });
  const refused = await admin.post(page, { _csrf: await admin.token(page), postcode: '12' });
  t.equal(refused.status, 422);
  t.strictSame(Object.keys(refused.problems), ['postcode']);
  t.equal(refused.dom.querySelector('#general-city')?.getAttribute('value'), 'Ipoh');
});

t.test(
  'the primary address changes: the old one stays as a further one, or is given up; the sign-in follows',
  async (t) => {
    const { ipms, admin, mailbox, page } = await begin(t);
    const old = mailbox.primary_email;
    await ipms.db
      .insertInto('accepted_sender')
      .values({ mailbox_id: (await mailboxOf(ipms, 'pegawai.jabatan')).id, address: 'aminah@jabatan.test' })
      .execute();
    await admin.submit(page, page, { primary_email: 'Siti.Yusof' });
    t.strictSame(await addressesOf(ipms, mailbox.id), {
      'siti.yusof@jabatan.test': 'mailbox',
      [old]: 'alias',
      'aminah@jabatan.test': 'alias',
    });
    t.equal((await person(ipms, 'siti.aminah')).email, 'siti.yusof@jabatan.test');
    const signsIn = (login: string) =>
      ipms.visitor().submit('/login', '/login', { login, password: 'Contoh@2026ipms' });
    t.equal((await signsIn('siti.yusof@jabatan.test')).status, 303);
    t.equal((await signsIn(old)).status, 422);

    await admin.submit(page, page, { primary_email: 'aminah@jabatan.test', keep_address: '0', aliases: old });
    t.strictSame(await addressesOf(ipms, mailbox.id), { 'aminah@jabatan.test': 'mailbox', [old]: 'alias' });
    t.equal((await now(ipms)).primary_email, 'aminah@jabatan.test');
    const again = await makeOfficer(ipms, 'lain.orang', {});
    await admin.submit(placeOf(again.id), placeOf(again.id), { aliases: 'siti.yusof@jabatan.test' });
    t.match(await addressesOf(ipms, again.id), { 'siti.yusof@jabatan.test': 'alias' }, 'given up, so it is free');
    await admin.submit(page, page, { primary_email: old, keep_address: '0', aliases: '' });
    t.strictSame(await addressesOf(ipms, mailbox.id), { [old]: 'mailbox' });
    const senders = await ipms.db.selectFrom('accepted_sender').select('address').execute();
    t.ok(
      senders.some((row) => row.address === old),
      'whoever took mail from an address that is gone takes it from the primary',
    );
    t.notOk(senders.some((row) => row.address === 'aminah@jabatan.test'));
    const told = await ipms.db
      .selectFrom('audit')
      .select(['item_id', 'sop', 'before', 'after'])
      .where('action', '=', 'mailbox.sender-changed')
      .executeTakeFirstOrThrow();
    t.match(told, { item_id: (await mailboxOf(ipms, 'pegawai.jabatan')).id, sop: '4.7' }, 'and its history says so');
    t.match(JSON.parse(told.before ?? ''), { senders: ['aminah@jabatan.test'] });
    t.match(JSON.parse(told.after ?? ''), { senders: [old] });
  },
);

t.test('further addresses: one a line or one a field, the agency’s domains, and nobody else’s', async (t) => {
  const { ipms, admin, mailbox, page } = await begin(t);
  await admin.submit(page, page, { aliases: ['satu@jabatan.test', 'DUA@jabatan.test\naminah@jabatan.test'] });
  t.strictSame(await addressesOf(ipms, mailbox.id), {
    'aminah@jabatan.test': 'alias',
    'dua@jabatan.test': 'alias',
    'satu@jabatan.test': 'alias',
    [mailbox.primary_email]: 'mailbox',
  });
  const before = await now(ipms);
  const group = await ipms.db.selectFrom('group').select('primary_email').limit(1).executeTakeFirstOrThrow();
  for (const [aliases, said] of [
    ['admin.jabatan@jabatan.test', 'admin.jabatan@jabatan.test'],
    ['postadmin@jabatan.test', 'postadmin@jabatan.test'],
    [group.primary_email, group.primary_email],
    ['siti@kementerian.test', 'jabatan.test'],
    ['bukan alamat', 'bukan'],
    ['.titik@jabatan.test', '.titik'],
  ] as const) {
    const refused = await admin.submit(page, page, { aliases, unit: 'Tidak disimpan' });
    t.equal(refused.status, 422, aliases);
    t.match(refused.problems.aliases ?? '', said);
    t.equal(refused.dom.querySelector('#general-aliases')?.textContent.trim(), aliases);
    t.equal(refused.dom.querySelector('#general-unit')?.getAttribute('value'), 'Tidak disimpan');
  }
  for (const primary_email of ['admin.jabatan@jabatan.test', 'siti@kementerian.test', 'a b', '']) {
    const refused = await admin.submit(page, page, { primary_email });
    t.strictSame([refused.status, Object.keys(refused.problems)], [422, ['primary_email']], primary_email);
  }
  t.strictSame(await now(ipms), before, 'nothing is saved by halves');
});

t.test('what is wrong stands beside its field, and a package holds no more than the helpdesk allows', async (t) => {
  const { ipms, admin, page } = await begin(t, { storage_mb: 5120 });
  const before = await now(ipms);
  const wrong: [Record<string, string | string[]>, string][] = [
    [{ display_name: '  ' }, 'display_name'],
    [{ display_name: 'x'.repeat(151) }, 'display_name'],
    [{ full_name: '' }, 'full_name'],
    [{ postcode: '123' }, 'postcode'],
    [{ state: 'Atlantis' }, 'state'],
    [{ office_phone: 'abc' }, 'office_phone'],
    [{ package: 'D' }, 'package'],
    [{ package: '' }, 'package'],
    [{ grade: '' }, 'grade'],
    [{ grade: '99' }, 'grade'],
    [{ storage_mb: '1' }, 'storage_mb'],
    [{ services: ['SSO', 'Kopi'] }, 'services'],
    [{ service_type: 'emas' }, 'service_type'],
    [{ supervisor_email: 'bukan' }, 'supervisor_email'],
    [{ display_name: 'a\u202eb' }, 'display_name'],
  ];
  for (const [fields, name] of wrong) {
    const refused = await admin.submit(page, page, fields);
    t.equal(refused.status, 422, JSON.stringify(fields));
    t.strictSame(Object.keys(refused.problems), [name]);
    t.ok(refused.dom.querySelector(`.summary a[href="#general-${name}"]`));
  }
  await ipms.db
    .insertInto('package_limit')
    .values({ package: 'B', largest_storage_mb: 2048, services: '["SSO"]', services_limited: 1 })
    .onConflict((conflict) =>
      conflict.column('package').doUpdateSet({ largest_storage_mb: 2048, services: '["SSO"]', services_limited: 1 }),
    )
    .execute();
  t.strictSame(Object.keys((await admin.submit(page, page, { storage_mb: '3072' })).problems), ['storage_mb']);
  const services = ['', 'SSO', 'BMT'];
  t.strictSame(Object.keys((await admin.submit(page, page, { storage_mb: '1024', services })).problems), ['services']);
  t.strictSame(await now(ipms), before);
  t.equal((await admin.submit(page, page, { unit: 'Unit Rekod' })).status, 303, 'what it holds already may stay');
});

t.test('hostile text is kept and shown exactly', async (t) => {
  const { ipms, admin, page } = await begin(t);
  const odd = `<b>"O'Neil" & =1+1 {{x}} <%= 1 %> 🙂`;
  await admin.submit(page, page, { display_name: odd, note: `${odd}\nbaris dua` });
  t.match(await now(ipms), { display_name: odd, note: `${odd}\nbaris dua` });
  const { dom } = await admin.get(page);
  t.equal(dom.querySelector('h1')?.textContent, odd);
  t.match((await admin.get(`/admin/mailboxes?q=${encodeURIComponent(`"O'Ne`)}`)).text, odd);
});

t.test('another category: account name and passport, no position', async (t) => {
  const { ipms, admin, page } = await begin(t, { category: 'other', ic_number: null, grade: '' });
  const { dom } = await admin.get(page);
  t.notOk(dom.querySelector('#general-position'));
  t.match(dom.querySelector('label[for=general-full_name]')?.textContent, texts['field.account_name'].ms);
  t.equal((await admin.submit(page, page, { passport: 'a1' })).status, 422);
  t.equal((await admin.submit(page, page, { passport: 'a1234567' })).status, 303);
  t.match(await now(ipms), { passport: 'A1234567', grade: '' });
  t.match((await admin.get('/admin/mailboxes?q=a123456&by=ic_or_passport')).text, 'Siti Aminah');
});

t.test('two administrators: the second sees what the first did, and can apply again', async (t) => {
  const { ipms, admin, mailbox, page } = await begin(t);
  const second = await ipms.signIn('admin.jabatan');
  const opened = formValues((await second.get(page)).dom, page, page);
  await admin.submit(page, page, { unit: 'Unit Pertama', city: 'Ipoh' });
  const late = await second.post(page, { ...opened, unit: 'Unit Kedua', section: 'Seksyen Dua' });
  t.equal(late.status, 409);
  t.match(late.text, 'Unit Pertama');
  t.match(late.text, 'Rosnah binti Ismail');
  t.match(await now(ipms), { unit: 'Unit Pertama', city: 'Ipoh', section: '' });
  const values = formValues(late.dom, page, page);
  t.match(values, { unit: 'Unit Kedua', section: 'Seksyen Dua', city: 'Ipoh' }, 'untouched fields take the new value');
  t.equal((await second.post(page, values)).status, 303);
  t.match(await now(ipms), { unit: 'Unit Kedua', city: 'Ipoh', section: 'Seksyen Dua' });
  t.equal((await trailOf(ipms, 'mailbox', mailbox.id, 'mailbox.updated')).length, 2);

  const flows = `${page}/mail-flows`;
  const third = formValues((await second.get(page)).dom, page, page);
  await admin.submit(flows, flows, { accept_from: 'listed', senders: 'postadmin@jabatan.test' });
  t.equal(
    (await second.post(page, { ...third, unit: 'Unit Ketiga' })).status,
    303,
    'a change of something else is none of it',
  );
});

t.test('one address wanted twice: one gets it, the other is told', async (t) => {
  const { ipms, admin, page } = await begin(t);
  const other = placeOf((await makeOfficer(ipms, 'lain.orang')).id);
  const second = await ipms.signIn('admin.jabatan');
  const fields = async (browser: typeof admin, url: string) => ({
    ...formValues((await browser.get(url)).dom, url, url),
    aliases: 'rebutan@jabatan.test',
  });
  const [one, two] = [await fields(admin, page), await fields(second, other)];
  const answers = await Promise.all([admin.post(page, one), second.post(other, two)]);
  t.strictSame(answers.map(({ status }) => status).sort(), [303, 422]);
  t.match(answers.find(({ status }) => status === 422)?.problems.aliases, 'rebutan@jabatan.test');
  const held = await ipms.db.selectFrom('address').selectAll().where('address', '=', 'rebutan@jabatan.test').execute();
  t.equal(held.length, 1);
});

t.test('a deleted mailbox is shown and not changed', async (t) => {
  const { ipms, admin, mailbox, page } = await begin(t);
  const fields = formValues((await admin.get(page)).dom, page, page);
  await ipms.db.updateTable('mailbox').set({ status: 'deleted' }).where('id', '=', mailbox.id).execute();
  const shown = await admin.get(page);
  t.match(shown.text, texts['mailbox.isDeleted'].ms);
  t.notOk(shown.dom.querySelector('main form[method=post]'));
  t.equal((await admin.post(page, { ...fields, unit: 'x' })).status, 409);
  t.equal((await now(ipms)).unit, '');
});

t.test('who may not', async (t) => {
  const { ipms, mailbox, page } = await begin(t);
  const before = await now(ipms);
  const visitor = ipms.visitor();
  t.equal((await visitor.get(page)).location, `/login?next=${encodeURIComponent(page)}`);
  t.equal((await (await ipms.signIn('pegawai.jabatan')).get(page)).status, 403);
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.equal((await helpdesk.get(page)).status, 403);
  t.equal((await helpdesk.post(page, { _csrf: await helpdesk.token('/helpdesk'), unit: 'x' })).status, 403);
  const other = await ipms.signIn('admin.kementerian');
  t.equal((await other.get(page)).status, 404);
  const own = placeOf((await mailboxOf(ipms, 'pegawai.kementerian')).id);
  const fields = {
    _csrf: await other.token(own),
    unit: 'x',
    id: String(mailbox.id),
    agency_id: '1',
    mailbox_id: String(mailbox.id),
  };
  t.equal((await other.post(page, fields)).status, 404);
  t.equal(
    (await other.post(own, { ...fields, aliases: 'aminah@jabatan.test' })).status,
    422,
    'another agency’s address',
  );
  t.equal((await other.post(own, fields)).status, 303);
  t.equal(
    (await mailboxOf(ipms, 'pegawai.kementerian')).agency_id,
    2,
    'what the form says of the agency counts for nothing',
  );
  const admin = await ipms.signIn('admin.jabatan');
  t.equal((await admin.post(page, { unit: 'x' })).status, 403, 'without a token');
  t.strictSame(await now(ipms), before);
});
