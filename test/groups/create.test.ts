import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { formValues, startIpms } from '../helper.ts';
import { makeAlias } from '../make.ts';
import { ADMIN, OFFICER, STRANGER } from '../people.ts';
import { mailboxOf, recordsOf, trailOf } from '../read.ts';
import { mailed } from './members.ts';

// SOP 4.13: Mewujudkan Akaun Mailing List

const PAGE = '/admin/groups/new';
const GROUP = { display_name: 'DL Bahagian Undang-undang', primary_email: 'dl.undang@jabatan.test', owners: [OFFICER] };

t.test('a list is created with its address and owners, audited, filed, and left for the directory', async (t) => {
  const ipms = await startIpms(t);
  await ipms.db.deleteFrom('outbox').execute();
  const admin = await ipms.signIn('admin.jabatan');
  const answer = await admin.submit(PAGE, PAGE, { ...GROUP, owners: [OFFICER, ADMIN] });
  t.equal(answer.status, 303);
  const group = await ipms.db
    .selectFrom('group')
    .selectAll()
    .where('primary_email', '=', GROUP.primary_email)
    .executeTakeFirstOrThrow();
  t.equal(answer.location, `/admin/groups/${group.id}`);
  t.match(group, { display_name: GROUP.display_name, agency_id: 1, status: 'active', accept_from: 'all' });
  t.match(
    await ipms.db.selectFrom('address').selectAll().where('address', '=', GROUP.primary_email).executeTakeFirst(),
    { kind: 'group', item_id: group.id, agency_id: 1 },
  );
  t.equal((await ipms.db.selectFrom('group_owner').selectAll().where('group_id', '=', group.id).execute()).length, 2);
  const [act] = await trailOf(ipms, 'group', group.id);
  t.match(act, { action: 'group.created', sop: '4.13', actor_role: 'admin' });
  t.strictSame(JSON.parse(act?.after ?? '{}').owners.toSorted(), [ADMIN, OFFICER]);
  t.match(await recordsOf(ipms, 'group', group.id), [{ sop: '4.13', title: 'record.group-created' }]);
  t.strictSame(await mailed(ipms), [`list-owner ${ADMIN}`, `list-owner ${OFFICER}`], 'its owners hear that they are');
  t.match((await admin.get(answer.location)).text, texts['group.next.members'].ms);
});

t.test('owners are found by a search that keeps what was filled in, without scripts', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const asked = await admin.get(`${PAGE}?q=hafiz`);
  t.ok(asked.dom.querySelector(`input[type=checkbox][name=owners][value="${OFFICER}"]`), 'by the address, too');
  const found = await admin.submit(PAGE, PAGE, {
    ...GROUP,
    owners: [ADMIN, 'baru@jabatan.test'],
    q: 'HAFIZ',
    step: 'search',
  });
  t.equal(found.status, 200, 'nothing is refused by searching');
  t.equal(found.dom.querySelector('#create-display_name')?.getAttribute('value'), GROUP.display_name);
  t.ok(found.dom.querySelector(`input[name=owners][value="${ADMIN}"][checked]`), 'who was chosen stays chosen');
  t.ok(found.dom.querySelector(`input[name=owners][value="${OFFICER}"]:not([checked])`), 'who was found can be ticked');
  t.equal(found.dom.querySelector('#create-owners')?.textContent.trim(), 'baru@jabatan.test', 'what was typed stays');
  t.notOk(found.dom.querySelector(`[value="${STRANGER}"]`));
  t.notMatch((await admin.get(`${PAGE}?q=kavitha`)).html, STRANGER, 'nobody of another agency is found');
});

t.test("an address without a domain gets the agency's; an alias of an owner will do", async (t) => {
  const ipms = await startIpms(t);
  const officer = await mailboxOf(ipms, 'pegawai.jabatan');
  await makeAlias(ipms, officer, 'hafiz@jabatan.test');
  const admin = await ipms.signIn('admin.jabatan');
  const fields = { display_name: 'DL Satu', primary_email: ' DL.Satu ', owners: 'hafiz@jabatan.test' };
  t.equal((await admin.submit(PAGE, PAGE, fields)).status, 303);
  const group = await ipms.db
    .selectFrom('group')
    .selectAll()
    .where('primary_email', '=', 'dl.satu@jabatan.test')
    .executeTakeFirstOrThrow();
  t.match(await ipms.db.selectFrom('group_owner').selectAll().where('group_id', '=', group.id).execute(), [
    { mailbox_id: officer.id },
  ]);
});

t.test('what is wrong comes back beside its field, by name, with all that was typed', async (t) => {
  const ipms = await startIpms(t);
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('primary_email', '=', OFFICER).execute();
  const admin = await ipms.signIn('admin.jabatan');
  const count = async () => (await ipms.db.selectFrom('group').select('id').execute()).length;
  const before = await count();
  const wrong: [Record<string, string | string[]>, string, RegExp][] = [
    [{ display_name: ' ' }, 'display_name', /Wajib diisi/],
    [{ primary_email: '' }, 'primary_email', /Wajib diisi/],
    [{ primary_email: 'dl.baru@lain.test' }, 'primary_email', /jabatan\.test/],
    [{ primary_email: 'dl..baru@jabatan.test' }, 'primary_email', /./],
    [{ primary_email: ADMIN }, 'primary_email', /admin\.jabatan/],
    [{ primary_email: 'semua.warga@jabatan.test' }, 'primary_email', /semua\.warga/],
    [{ owners: '' }, 'owners', /Tandakan sekurang-kurangnya seorang/],
    [{ owners: 'tiada@jabatan.test' }, 'owners', /tiada@jabatan\.test/],
    [{ owners: STRANGER }, 'owners', new RegExp(STRANGER)],
    [{ owners: OFFICER }, 'owners', /dinyahaktifkan: pegawai\.jabatan/],
    [{ owners: 'semua.warga@jabatan.test' }, 'owners', /semua\.warga/],
    [{ owners: 'bukan alamat' }, 'owners', /bukan/],
  ];
  for (const [fields, name, words] of wrong) {
    const answer = await admin.submit(PAGE, PAGE, { ...GROUP, owners: ADMIN, ...fields });
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.strictSame(Object.keys(answer.problems), [name]);
    t.match(answer.problems[name], words);
    t.ok(answer.dom.querySelector(`.summary a[href="#create-${name}"]`), 'the summary leads to the field');
    if (name !== 'display_name')
      t.equal(answer.dom.querySelector('#create-display_name')?.getAttribute('value'), GROUP.display_name);
  }
  t.equal(await count(), before, 'nothing was created');
});

t.test('one address at once: one list, and the other hears that it is taken', async (t) => {
  const ipms = await startIpms(t);
  const admins = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.jabatan')];
  const answers = await Promise.all(
    admins.map(async (admin) => admin.post(PAGE, { ...GROUP, _csrf: await admin.token(PAGE) })),
  );
  t.strictSame(answers.map((answer) => answer.status).toSorted(), [303, 422]);
  t.ok(answers.find((answer) => answer.status === 422)?.problems.primary_email);
  const rows = await ipms.db
    .selectFrom('group')
    .select('id')
    .where('primary_email', '=', GROUP.primary_email)
    .execute();
  t.equal(rows.length, 1);
});

t.test('a double click creates once', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const fields = { ...GROUP, _csrf: await admin.token(PAGE) };
  const answers = await Promise.all([1, 2].map(() => admin.post(PAGE, fields)));
  t.strictSame(
    answers.map((answer) => answer.status),
    [303, 303],
  );
  t.equal(answers[0]?.location, answers[1]?.location);
});

t.test('the list of lists: searched by each key, filtered, exported', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const names = async (url: string) =>
    (await admin.get(url)).dom.querySelectorAll('main tbody tr td:first-child').map((cell) => cell.textContent.trim());
  t.strictSame(await names('/admin/groups?q=KEWANGAN'), ['DL Bahagian Kewangan']);
  t.strictSame(await names('/admin/groups?q=dl.ict@&by=primary_email'), ['DL Pasukan ICT']);
  t.strictSame(await names('/admin/groups?q=dl.ict@&by=display_name'), []);
  t.strictSame(await names('/admin/groups?q=pasukan+ict&by=display_name'), ['DL Pasukan ICT']);
  t.strictSame(await names('/admin/groups?q=%25'), [], 'a wildcard is a letter like any other');
  t.strictSame(await names('/admin/groups?status=deleted'), ['DL Kelab Sukan']);
  const page = await admin.get('/admin/groups?q=semua.warga');
  t.match(page.text, 'Rosnah binti Ismail', 'the owner');
  t.match(page.dom.querySelector('tbody td.number')?.textContent, /^\d+$/, 'the number of members');
  const csv = (await admin.get('/admin/groups?format=csv')).html;
  t.match(csv, 'dl.dasar@jabatan.test');
  t.notMatch(csv, 'kementerian.test');
});

t.test('the helpdesk reads the lists of all agencies, or of one', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const all = (await helpdesk.get('/helpdesk/groups?q=dl.ict@')).text;
  for (const address of ['dl.ict@jabatan.test', 'dl.ict@kementerian.test']) t.match(all, address);
  const page = await helpdesk.get('/helpdesk/groups?q=dl.ict@&agency=2');
  t.match(page.text, 'dl.ict@kementerian.test');
  t.notMatch(page.text, 'dl.ict@jabatan.test');
  const one = await helpdesk.get(page.dom.querySelector('main tbody a')?.getAttribute('href') ?? '');
  t.match(one.text, 'Kementerian Contoh');
  t.notOk(one.dom.querySelector('main form[method=post]'), 'to read only');
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  t.equal((await ipms.visitor().get(PAGE)).location, `/login?next=${encodeURIComponent(PAGE)}`);
  t.equal((await (await ipms.signIn('pegawai.jabatan')).get(PAGE)).status, 403);
  t.equal((await (await ipms.signIn('meja.bantuan')).get('/admin/groups')).status, 403);
  const other = await ipms.signIn('admin.kementerian');
  const refused = await other.submit(PAGE, PAGE, { ...GROUP, owners: STRANGER });
  t.equal(refused.status, 422, "not in another agency's domain");
  t.ok(refused.problems.primary_email);
  t.notMatch((await other.get('/admin/groups?q=jabatan.test')).html, 'dl.ict@jabatan.test');
});

t.test('Enter does what the page is for; only in a search that was not made yet does it search', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const place = '/admin/groups/new';
  const first = (await admin.get(place)).dom.querySelector('main form button');
  t.equal(first?.getAttribute('value'), 'default', 'the first button of the form is what Enter presses');
  t.equal(first?.textContent, (await admin.get(place)).dom.querySelector('main form button.main')?.textContent);
  const typed = { display_name: 'Panitia Enter', primary_email: 'panitia.enter', step: 'default' };
  const found = await admin.submit(place, place, { ...typed, q: 'pegawai' });
  t.equal(found.status, 200, 'searched');
  t.ok(found.dom.querySelector('#create-owners-q')?.hasAttribute('autofocus'), 'and the answer is on the screen');
  const again = formValues(found.dom, place, place);
  t.equal(again.display_name, 'Panitia Enter');
  const owners = found.dom.querySelector('.picked input[name=owners]')?.getAttribute('value') ?? '';
  const made = await admin.post(place, { ...again, owners, step: 'default' });
  t.equal(made.status, 303, 'Enter again, with an owner ticked, creates the list');
});
