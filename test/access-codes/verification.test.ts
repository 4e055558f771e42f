import { type Test, t } from 'tap';
import { issueCode, PACKAGE, PEOPLE, type Person, VERIFIED } from '../account-requests/joining.ts';
import {
  carriedOutRun,
  formWithFile,
  intakeFile,
  preparedRun,
  rowsAt,
  runAt,
  runIdOf,
  workOffRuns,
} from '../bulk/runs.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { recordsOf, trailOf } from '../read.ts';

// SOP 4.1 step 2 cannot be walked round: whichever way a person comes in, it is said with whom they were verified

const DIRECTLY = '/admin/account-requests/new';
const MISSING = /dengan siapa ketulenan telah disahkan/;
const TYPED = {
  ...PACKAGE,
  category: 'civil_servant',
  ...PEOPLE.iban,
  notify_kind: 'personal',
  notify_email: 'jugah@rumah.test',
  primary_email: 'jugah',
  login_id: 'jugah.b',
};

async function codeOf({ db }: Ipms, ic_number: string) {
  return db.selectFrom('access_code').selectAll().where('ic_number', '=', ic_number).executeTakeFirstOrThrow();
}

/** Stored with the code, audited with it, and in its record, in words. */
async function kept(t: Test, ipms: Ipms, admin: Visitor, ic_number: string, said: Record<string, string>) {
  const code = await codeOf(ipms, ic_number);
  t.match(code, said);
  const [issued] = await trailOf(ipms, 'access_code', code.id);
  t.match(JSON.parse(issued?.after ?? ''), said);
  const [record] = await recordsOf(ipms, 'access_code', code.id);
  t.match(JSON.parse(record?.content ?? ''), said);
  const shown = await admin.get(`/admin/records/${record?.id}`);
  t.match(shown.text, /Disahkan dengan\s*Bahagian sumber manusia/);
  t.match((await admin.get(`/admin/access-codes/${code.id}`)).text, /Disahkan dengan\s*Bahagian sumber manusia/);
  return code;
}

for (const verified_with of ['', 'nobody'])
  t.test(`without a request, "${verified_with}" is refused, and nothing is made`, async (t) => {
    const ipms = await startIpms(t);
    const admin = await ipms.signIn('admin.jabatan');
    const count = async () => (await ipms.db.selectFrom('access_code').select('id').execute()).length;
    const before = await count();
    const runs = await ipms.db.selectFrom('bulk_run').select('id').execute();
    const { answer } = await issueCode(admin, PEOPLE.malay, { verified_with });
    t.equal(answer.status, 422);
    t.ok(answer.problems.verified_with);
    const direct = await admin.submit(DIRECTLY, DIRECTLY, { ...TYPED, verified_with });
    t.equal(direct.status, 422);
    t.ok(direct.problems.verified_with);
    for (const kind of ['access-codes', 'direct-registration']) {
      const _csrf = await admin.token(`/admin/bulk/new?kind=${kind}`);
      const { body, headers } = formWithFile({ _csrf, kind, verified_with }, { name: 'x.csv', bytes: intakeFile(1) });
      const sent = await admin.send('POST', '/admin/bulk/new', body, headers);
      t.equal(sent.status, 422, kind);
      t.ok(sent.problems.verified_with, kind);
      if (verified_with === '')
        for (const page of [answer, direct, sent]) t.match(page.problems.verified_with, MISSING);
    }
    t.equal(await count(), before);
    t.strictSame(await ipms.db.selectFrom('bulk_run').select('id').execute(), runs);
  });

t.test('with neither file nor verification both are said', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const _csrf = await admin.token('/admin/bulk/new?kind=access-codes');
  const { body, headers } = formWithFile({ _csrf, kind: 'access-codes' });
  const { problems } = await admin.send('POST', '/admin/bulk/new', body, headers);
  t.strictSame(Object.keys(problems).sort(), ['file', 'verified_with']);
});

t.test('said with the code, with direct registration, and in English', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  await issueCode(admin, PEOPLE.malay);
  await kept(t, ipms, admin, PEOPLE.malay.ic_number, VERIFIED);
  await admin.submit(DIRECTLY, DIRECTLY, { ...TYPED, ...VERIFIED });
  const code = await kept(t, ipms, admin, PEOPLE.iban.ic_number, VERIFIED);
  const request = await ipms.db
    .selectFrom('account_request')
    .select('id')
    .where('access_code_id', '=', code.id)
    .executeTakeFirstOrThrow();
  await admin.submit(`/admin/account-requests/${request.id}`, `/admin/account-requests/${request.id}/approve`);
  const records = await recordsOf(ipms, 'account_request', request.id);
  t.match(JSON.parse(records.at(-1)?.content ?? ''), { access_code: VERIFIED }, 'and with the whole case');
  const english = await ipms.signIn('admin.jabatan');
  english.carry('ipms-language', 'en');
  t.match((await english.get(`/admin/access-codes/${code.id}`)).text, /Verified with\s*Human resources/);
  const refused = await issueCode(english, PEOPLE.chinese, { verified_with: '' });
  t.match(refused.answer.problems.verified_with, 'Say with whom it was verified');
});

t.test('said once for a file, and kept with each of its codes', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const place = await carriedOutRun(t, ipms, admin, 'access-codes', intakeFile(3));
  t.match(await runAt(ipms, place), VERIFIED);
  t.match((await admin.get(place)).text, /Disahkan dengan\s*Bahagian sumber manusia/);
  const [uploaded] = await trailOf(ipms, 'bulk_run', runIdOf(place));
  t.match(JSON.parse(uploaded?.after ?? ''), { count: 3, ...VERIFIED });
  for (const at of [1000, 1001, 1002]) await kept(t, ipms, admin, `90010114${at}`, VERIFIED);
});

t.test('a kind by which nobody comes in asks nothing and keeps nothing', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get('/admin/bulk/new?kind=changes');
  t.equal(page.dom.querySelector('[name=verified_with]'), null);
  const { body, headers } = formWithFile(
    { _csrf: await admin.token('/admin/bulk/new?kind=changes'), kind: 'changes', verified_with: 'division' },
    { name: 'x.csv', bytes: 'mailbox,unit\nadmin.jabatan@jabatan.test,Unit Hasil\n' },
  );
  const { location } = await admin.send('POST', '/admin/bulk/new', body, headers);
  t.match(await runAt(ipms, location), { verified_with: null, verification_note: '' });
});

t.test('a file from before it was asked makes no code: it is sent again', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const place = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(1));
  await ipms.db.updateTable('bulk_run').set({ verified_with: null }).where('id', '=', runIdOf(place)).execute();
  await admin.submit(place, `${place}/confirm`);
  await workOffRuns(ipms);
  t.match(await rowsAt(ipms, place), [{ state: 'failed', said: /bulk\.notVerified/ }]);
  t.match((await admin.get(place)).text, 'Hantar semula dan nyatakan dengan siapa');
});

t.test('from a request it is what was verified there, whatever else is sent', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { id, place } = await asked(ipms);
  const page = `/admin/access-codes/new?request=${id}`;
  const fields = { notify_kind: 'personal', notify_email: 'izzah@rumah.test', verified_with: 'division' };
  const early = await admin.submit(page, '/admin/access-codes/new', fields);
  t.equal(early.status, 422, 'what is typed beside a request that was not verified is worth nothing');
  await admin.submit(place, `${place}/verify`, VERIFIED);
  t.equal((await admin.get(page)).dom.querySelector('[name=verified_with]'), null, 'it is not asked twice');
  t.equal((await admin.submit(page, '/admin/access-codes/new', fields)).status, 303);
  await kept(t, ipms, admin, PEOPLE.malay.ic_number, VERIFIED);
});

t.test('from one request no code is made for somebody whose own request waits', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const first = await asked(ipms);
  await admin.submit(first.place, `${first.place}/verify`, VERIFIED);
  const second = await asked(ipms, PEOPLE.indian);
  const page = `/admin/access-codes/new?request=${first.id}`;
  const fields = { notify_kind: 'personal', notify_email: 'izzah@rumah.test', ...PEOPLE.indian };
  const answer = await admin.submit(page, '/admin/access-codes/new', fields);
  t.equal(answer.status, 422);
  t.equal(answer.dom.querySelector('.field .problem a')?.getAttribute('href'), second.place);
});

t.test('everything that is missing is said at once', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const form = '/admin/access-codes/new';
  const { problems } = await admin.post(form, { _csrf: await admin.token(form) });
  t.strictSame(Object.keys(problems).sort(), ['category', 'full_name', 'notify_kind', 'verified_with']);
});

t.test('corrected to somebody else: verified anew, and not past their request', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { id } = await issueCode(admin, PEOPLE.chinese);
  const page = `/admin/access-codes/${id}`;
  const none = await admin.submit(page, `${page}/correct`, { ...PEOPLE.iban, verified_with: '' });
  t.match(none.problems.verified_with, MISSING);
  const open = await asked(ipms);
  const past = await admin.submit(page, `${page}/correct`, PEOPLE.malay);
  t.equal(past.status, 422);
  t.match(past.problems.ic_number, 'permintaan kod akses yang belum dijawab');
  t.equal(past.dom.querySelector('.field .problem a')?.getAttribute('href'), open.place);
  t.match(await codeOf(ipms, PEOPLE.chinese.ic_number), { id });
  const said = { verified_with: 'division', verification_note: 'Ketua unit, 20/11' };
  t.equal((await admin.submit(page, `${page}/correct`, { ...PEOPLE.iban, ...said })).status, 303);
  t.match(await codeOf(ipms, PEOPLE.iban.ic_number), { id, ...said });
  const corrected = (await trailOf(ipms, 'access_code', id)).at(-1);
  t.match([JSON.parse(corrected?.before ?? ''), JSON.parse(corrected?.after ?? '')], [VERIFIED, said]);
});

t.test('asked twice and answered once: the code that lives is named, not the second request', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { id } = await issueCode(admin, PEOPLE.malay);
  await asked(ipms);
  const { answer } = await issueCode(admin, PEOPLE.malay);
  t.equal(answer.status, 422);
  t.notMatch(answer.problems.ic_number, 'belum dijawab');
  t.equal(answer.dom.querySelector('.field .problem a')?.getAttribute('href'), `/admin/access-codes/${id}`);
});

/** Somebody asks the agency for a code (SOP 4.1 step 1). */
async function asked(ipms: Ipms, person: Person = PEOPLE.malay) {
  const form = '/access-code-requests/new';
  const fields = { category: 'civil_servant', ...person, contact_email: 'izzah@rumah.test', agency_id: '1' };
  await ipms.visitor().submit(form, form, { ...fields, reporting_division: 'Kewangan' });
  const { id } = await ipms.db
    .selectFrom('access_code_request')
    .select('id')
    .where('ic_number', '=', person.ic_number)
    .executeTakeFirstOrThrow();
  return { id, place: `/admin/access-code-requests/${id}` };
}
