import { t } from 'tap';
import { startIpms } from '../helper.ts';
import { trailOf } from '../read.ts';
import { VERIFIED } from './joining.ts';

// SOP 4.4: registering with an access code, table 3B

t.test('others register by their address, with table 3B', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const person = {
    category: 'other',
    full_name: 'Kaunter Khidmat',
    email: 'kaunter@vendor.test',
    notify_kind: 'personal',
    notify_email: 'kaunter@vendor.test',
    ...VERIFIED,
  };
  const issued = await admin.submit('/admin/access-codes/new', '/admin/access-codes/new', person);
  const code = (await admin.get(issued.location)).dom.querySelector('.code')?.textContent ?? '';
  const applicant = ipms.visitor();
  const url = '/register?category=other';
  const wrong = await applicant.submit(url, url, {
    account_name: 'Kaunter Khidmat',
    email: 'lain@vendor.test',
    access_code: code,
  });
  t.equal(wrong.status, 422);
  await applicant.submit(url, url, {
    account_name: 'kaunter khidmat',
    email: 'Kaunter@Vendor.test',
    access_code: code,
  });
  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
  const form = await applicant.get('/register/form');
  t.equal(form.dom.querySelector('[name=position]'), null, 'table 3B has no position');
  await applicant.submit('/register/form', '/register/form', {
    account_name: 'Kaunter Khidmat Pelanggan',
    division: 'Pentadbiran',
  });
  const request = await ipms.db
    .selectFrom('account_request')
    .selectAll()
    .where('email', '=', 'kaunter@vendor.test')
    .executeTakeFirstOrThrow();
  t.match(request, {
    category: 'other',
    full_name: 'Kaunter Khidmat Pelanggan',
    division: 'Pentadbiran',
    ic_number: null,
  });
  const rows = await trailOf(ipms, 'account_request', request.id);
  t.strictSame(
    rows.map((row) => row.sop),
    ['4.4'],
  );
  // SOP 4.5 step 7 is for civil servants
  const page = `/admin/account-requests/${request.id}`;
  const typed = { primary_email: 'kaunter.baharu', login_id: 'kaunter.baharu', package: 'C' };
  await admin.submit(page, `${page}/allocation`, typed);
  const rail = (await admin.get(page)).dom.querySelectorAll('.rail[aria-label$=" 4.5"] li');
  t.match(rail[6]?.textContent, 'akaun ini tiada gred');
  t.strictSame(
    rail.slice(5).map((step) => step.getAttribute('class')?.split(' ')[0]),
    ['done', 'done', 'now', 'todo', 'todo'],
  );
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  t.equal((await ipms.visitor().get('/register/form')).location, '/register');
  t.equal((await (await ipms.signIn('pegawai.jabatan')).get('/register/form')).location, '/register');
  const requests = ipms.db.selectFrom('account_request').select((eb) => eb.fn.countAll<number>().as('count'));
  const before = await requests.executeTakeFirstOrThrow();
  const visitor = ipms.visitor();
  const _csrf = await visitor.token('/password/forgot');
  const answer = await visitor.post('/register/form', { account_name: 'Kaunter Khidmat', _csrf });
  t.equal(answer.location, '/register');
  t.strictSame(await requests.executeTakeFirstOrThrow(), before, 'and nothing is registered');
});
