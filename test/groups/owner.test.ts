import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { ADMIN, actsOn, CONTACT, mailed, makeGroup, OFFICER } from './lists.ts';

// The list's owner in the portal, and what the administrator answers (SOP 5.0: nothing changes without approval).

const mine = (id: number) => `/me/groups/${id}`;

async function newest({ db }: Ipms) {
  return db.selectFrom('list_change_request').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
}

/** A list of the officer's, and a request for it. */
async function asked(ipms: Ipms) {
  const id = await makeGroup(ipms, 'uji', [ADMIN, CONTACT], [OFFICER]);
  const owner = await ipms.signIn('pegawai.jabatan');
  await owner.submit(mine(id), mine(id), { text: 'Tambah Siti\n<b>segera</b>' });
  return { id, owner, request: await newest(ipms) };
}

t.test('an owner sees the members and asks for a change; the administrators hear of it', async (t) => {
  const ipms = await startIpms(t);
  const { id, owner, request } = await asked(ipms);
  t.match((await owner.get('/me/groups')).dom.querySelector(`a[href="${mine(id)}"]`)?.textContent, 'Senarai uji');
  const page = await owner.get(mine(id));
  t.match(page.text, CONTACT);
  t.match(page.text, 'Tambah Siti', 'with what was asked for');
  t.match((await owner.get(`${mine(id)}?q=rosnah`)).dom.querySelectorAll('main tbody tr').length, 1);
  t.match((await owner.get(`${mine(id)}?format=csv`)).html, CONTACT);
  t.match(request, { group_id: id, agency_id: 1, status: 'requested', text: 'Tambah Siti\n<b>segera</b>' });
  t.strictSame(await mailed(ipms), [`list-change-requested ${ADMIN}`]);
  t.match((await actsOn(ipms, 'group', id)).at(-1), { action: 'group.change-requested', actor_role: 'user' });
  t.equal((await owner.submit(mine(id), mine(id), { text: ' ' })).status, 422);

  const admin = await ipms.signIn('admin.jabatan');
  const list = await admin.get('/admin/list-change-requests');
  t.ok(list.dom.querySelector(`a[href="/admin/list-change-requests/${request.id}"]`));
  const waiting = ipms.db.selectFrom('list_change_request').select('id').where('status', '=', 'requested');
  const own = await waiting.where('agency_id', '=', 1).execute();
  t.equal(
    list.dom.querySelector('a[href="/admin/list-change-requests"] .count')?.textContent,
    String(own.length),
    'the menu counts what waits, in the own agency',
  );
  t.equal(list.dom.querySelectorAll('main tbody tr').length, own.length, 'and so many are listed');
  t.ok((await waiting.execute()).length > own.length, 'others have some, too');
  const another = await makeGroup(ipms, 'lain', [], [OFFICER]);
  t.notMatch(
    (await owner.get(mine(another))).text,
    'Tambah Siti',
    'what was asked for one list is shown with it alone',
  );
});

t.test('the administrator approves, and goes on to the members', async (t) => {
  const ipms = await startIpms(t);
  const { id, owner, request } = await asked(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/list-change-requests/${request.id}`;
  const answer = await admin.submit(place, `${place}/approve`, { answer: 'Hari ini juga' });
  t.equal(answer.location, `/admin/groups/${id}/members`);
  t.match(await newest(ipms), {
    status: 'approved',
    answer: 'Hari ini juga',
    decided_at: ipms.clock.now.toISOString(),
  });
  t.ok((await mailed(ipms)).includes(`list-change-answered ${OFFICER}`));
  t.match((await actsOn(ipms, 'group', id)).at(-1), { action: 'group.change-approved' });
  t.match((await owner.get(mine(id))).text, /Diluluskan.*Hari ini juga/);
  t.match((await admin.get('/admin/list-change-requests?status=approved')).text, 'Tambah Siti');
  t.notMatch((await admin.get('/admin/list-change-requests')).text, 'Tambah Siti', 'it waits no more');
});

t.test('a refusal needs a reason, which is mailed', async (t) => {
  const ipms = await startIpms(t);
  const { id, request } = await asked(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/list-change-requests/${request.id}`;
  const empty = await admin.submit(place, `${place}/refuse`, { reason: '' });
  t.equal(empty.status, 422);
  t.equal(empty.problems.reason, texts['form.required'].ms);
  await admin.submit(place, `${place}/refuse`, { reason: 'Siti sudah bertukar' });
  t.match(await newest(ipms), { status: 'refused', answer: 'Siti sudah bertukar' });
  const mail = await ipms.db
    .selectFrom('outbox')
    .selectAll()
    .where('mail', '=', 'list-change-answered')
    .executeTakeFirstOrThrow();
  t.match(mail.letter, 'Siti sudah bertukar');
  t.match((await actsOn(ipms, 'group', id)).at(-1), { action: 'group.change-refused' });
});

t.test('two who answer at once: the second is told who was first', async (t) => {
  const ipms = await startIpms(t);
  const { request } = await asked(ipms);
  const place = `/admin/list-change-requests/${request.id}`;
  const admins = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.jabatan')];
  const tokens = await Promise.all(admins.map((admin) => admin.token(place)));
  const answers = await Promise.all([
    admins[0]?.post(`${place}/approve`, { _csrf: tokens[0] ?? '' }),
    admins[1]?.post(`${place}/refuse`, { reason: 'Tidak', _csrf: tokens[1] ?? '' }),
  ]);
  t.strictSame(answers.map((answer) => answer?.status).toSorted(), [303, 409]);
  t.match(
    answers.find((answer) => answer?.status === 409)?.text,
    /telah dijawab oleh Rosnah binti Ismail pada 24 Nov 2026/,
  );
  t.equal((await mailed(ipms)).filter((mail) => mail.startsWith('list-change-answered')).length, 1);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const { id, request } = await asked(ipms);
  const rows = async () => (await ipms.db.selectFrom('list_change_request').selectAll().execute()).length;
  const before = await rows();
  t.equal((await ipms.visitor().get(mine(id))).location, `/login?next=${encodeURIComponent(mine(id))}`);
  t.equal((await (await ipms.signIn('meja.bantuan')).get(mine(id))).status, 403);
  for (const login of ['pegawai.kementerian', 'admin.jabatan', 'admin.kementerian']) {
    const somebody = await ipms.signIn(login);
    t.equal((await somebody.get(mine(id))).status, 404, `${login} does not own it`);
    t.equal((await somebody.post(mine(id), { text: 'x', _csrf: await somebody.token('/me/groups') })).status, 404);
  }
  const owner = await ipms.signIn('pegawai.jabatan');
  const place = `/admin/list-change-requests/${request.id}`;
  t.equal((await owner.get(place)).status, 403);
  const other = await ipms.signIn('admin.kementerian');
  const _csrf = await other.token('/admin/groups/new');
  t.equal((await other.get(place)).status, 404);
  for (const act of ['approve', 'refuse'])
    t.equal((await other.post(`${place}/${act}`, { reason: 'x', _csrf })).status, 404, act);
  t.notMatch((await other.get('/admin/list-change-requests?status=')).text, 'Senarai uji');
  t.equal(await rows(), before);
  t.match(await newest(ipms), { status: 'requested' });
  await ipms.db.updateTable('group').set({ status: 'deleted' }).where('id', '=', id).execute();
  t.equal((await owner.get(mine(id))).status, 404, 'a list that is no more has no owner');
});
