import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { formValues, startIpms } from '../helper.ts';
import { actionsOf, mailsOf, person, recordsOf } from '../read.ts';
import { PACKAGE, PEOPLE, signInWithCode, VERIFIED } from './joining.ts';

// SOP 4.3 to 4.5 by the administrator: registering somebody directly

const GOOD = 'Kekuda#Biru42';
const DIRECTLY = '/admin/account-requests/new';

/** What the administrator types who registers somebody directly. */
const TYPED = {
  ...PACKAGE,
  ...VERIFIED,
  category: 'civil_servant',
  ...PEOPLE.iban,
  email: 'bukan.pengenalan@luar.test',
  notify_kind: 'personal',
  notify_email: 'jugah@rumah.test',
  supervisor_email: 'ketua@jabatan.test',
  primary_email: 'jugah',
  login_id: 'jugah.b',
  unit: 'Unit Hasil',
};

t.test('what cannot be registered directly leaves nothing by halves', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const bad = await admin.submit(DIRECTLY, DIRECTLY, { ...TYPED, primary_email: 'postadmin' });
  t.match(bad.problems.primary_email, 'telah digunakan');
  const foreign = await admin.submit(DIRECTLY, DIRECTLY, { ...TYPED, primary_email: 'jugah@kementerian.test' });
  t.ok(foreign.problems.primary_email, "not with another agency's address");
  const both = await admin.submit(DIRECTLY, DIRECTLY, { ...TYPED, full_name: '', primary_email: 'postadmin' });
  t.match(both.problems.full_name, /./);
  t.match(both.text, 'postadmin@jabatan.test telah digunakan', 'which is told beside what else is wrong');
  const worse = await admin.submit(DIRECTLY, DIRECTLY, { ...TYPED, full_name: '', primary_email: 'x@lain.test' });
  t.match(Object.keys(worse.problems), ['full_name', 'primary_email']);
  await ipms.db.updateTable('package_limit').set({ largest_storage_mb: 1024 }).where('package', '=', 'B').execute();
  const large = await admin.submit(DIRECTLY, DIRECTLY, TYPED);
  t.match(large.problems.storage_mb, '1024 MB', 'nor with more than is allowed');
  t.strictSame(
    await ipms.db.selectFrom('access_code').select('id').where('ic_number', '=', PEOPLE.iban.ic_number).execute(),
    [],
    'nothing by halves',
  );
});

t.test('registered directly by the administrator, approved, activated by the code', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const made = await admin.submit(DIRECTLY, DIRECTLY, TYPED);
  const shown = await admin.get(made.location);
  const code = shown.dom.querySelector('.code')?.textContent ?? '';
  t.notOk((await admin.get(made.location)).dom.querySelector('.code'), 'the code is shown once');
  t.match(shown.text, /SOP 4\.5/);
  t.notMatch(shown.text, 'Log masuk ke Modul Akaun Pengguna', 'nobody signed in with a code');
  const request = await ipms.db
    .selectFrom('account_request')
    .selectAll()
    .where('ic_number', '=', PEOPLE.iban.ic_number)
    .executeTakeFirstOrThrow();
  t.match(request, { source: 'admin', status: 'submitted', primary_email: 'jugah@jabatan.test', unit: 'Unit Hasil' });
  t.match(request, { email: null, allocated_by: (await person(ipms, 'admin.jabatan')).id });
  t.equal((await admin.submit(made.location, `${made.location}/approve`)).status, 303);
  const actions = await actionsOf(ipms, 'account_request', request.id);
  const titles = (await recordsOf(ipms, 'account_request', request.id)).map((row) => row.title);
  t.strictSame(
    actions,
    ['registered-directly', 'allocated', 'approved'].map((action) => `account-request.${action}`),
  );
  t.strictSame(
    titles,
    ['account-registered', 'package-allocated', 'account-created'].map((title) => `record.${title}`),
  );
  const told = await mailsOf(ipms, 'account_request', request.id, 'N6');
  t.strictSame(
    told.map((mail) => mail.to_address),
    ['ketua@jabatan.test', 'jugah@rumah.test', 'admin.jabatan@jabatan.test'],
  );
  t.equal(JSON.parse(told[1]?.letter ?? '').greeting, PEOPLE.iban.full_name, 'who is told how to activate it');
  const { applicant } = await signInWithCode(ipms, PEOPLE.iban, code);
  await applicant.submit('/register/activate', '/register/activate', { new_password: GOOD, confirm_password: GOOD });
  await ipms.signIn('jugah.b', GOOD);
  const slip = await admin.get(`${made.location}/slip`);
  t.match(slip.text, 'jugah@jabatan.test');
  t.equal(slip.dom.querySelector('button[data-print]')?.textContent, texts['app.print'].ms);
});

t.test(
  'registered directly with a package that lacks something: that is said, and not that it waits for approval',
  async (t) => {
    const ipms = await startIpms(t);
    const admin = await ipms.signIn('admin.jabatan');
    const made = await admin.submit(DIRECTLY, DIRECTLY, { ...TYPED, grade: '' });
    const shown = await admin.get(made.location);
    t.match(shown.text, 'pakej disimpan sebahagian. Belum diisi: Gred. ');
    t.notMatch(shown.text, 'menunggu kelulusan');
    t.match(shown.dom.querySelector('.code')?.textContent, /./, 'the code is there');
  },
);

t.test('direct registration checks an address, keeps what was filled in, and registers nobody by it', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const filled = { full_name: 'Ahmad bin Ali', primary_email: 'postadmin', step: 'check' };
  const taken = await admin.submit(DIRECTLY, DIRECTLY, filled);
  t.equal(taken.status, 200);
  t.match(taken.text, 'telah digunakan');
  t.equal(formValues(taken.dom, DIRECTLY, DIRECTLY).full_name, 'Ahmad bin Ali');
  const pick = taken.dom.querySelector('button[name=pick]')?.getAttribute('value') ?? '';
  t.match(pick, 'ahmad', 'made from the name');
  const picked = await admin.submit(DIRECTLY, DIRECTLY, { ...filled, pick });
  t.match(picked.text, 'boleh digunakan');
  t.equal(formValues(picked.dom, DIRECTLY, DIRECTLY).primary_email, pick);
  t.match(
    (await admin.submit(DIRECTLY, DIRECTLY, { ...filled, primary_email: 'x@lain.test' })).problems.primary_email,
    /./,
  );
  const first = (await admin.get(DIRECTLY)).dom.querySelector('main form button');
  t.equal(first?.textContent, 'Daftar', 'Enter registers');
});
