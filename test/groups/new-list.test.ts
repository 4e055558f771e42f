import { type Test, t } from 'tap';
import { texts } from '../../src/texts.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { makeAdministrator, makeGroup, makeOfficer } from '../make.ts';
import { ADMIN, CONTACT, OFFICER, STRANGER } from '../people.ts';
import { recordsOf, trailOf } from '../read.ts';
import { mailed, membersOf } from './members.ts';

// Pengendali DL: pengguna yang memohon pengwujudan DL. Any officer asks for a list, and owns it when it is approved.

const PAGE = '/me/groups/new';
const LIST = { display_name: 'DL Inovasi', primary_email: 'DL.Inovasi', text: 'Projek inovasi' };

async function newest({ db }: Ipms) {
  return db.selectFrom('list_change_request').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
}

async function listAt({ db }: Ipms, address: string) {
  return db.selectFrom('group').selectAll().where('primary_email', '=', address).executeTakeFirst();
}

async function asked(t: Test) {
  const ipms = await startIpms(t);
  await ipms.db.deleteFrom('outbox').execute();
  const officer = await ipms.signIn('pegawai.jabatan');
  const answer = await officer.submit(PAGE, PAGE, { ...LIST, add: [ADMIN, CONTACT] });
  t.equal(answer.status, 303);
  return { ipms, officer, answer, request: await newest(ipms) };
}

t.test('asked for: no list yet; the administrators hear, and the page says that it waits', async (t) => {
  const { ipms, officer, answer, request } = await asked(t);
  t.match(request, { kind: 'new', group_id: null, agency_id: 1, status: 'requested', text: 'Projek inovasi' });
  t.strictSame(JSON.parse(request.wanted), {
    display_name: 'DL Inovasi',
    primary_email: 'dl.inovasi@jabatan.test',
    owners_to_add: [OFFICER],
    members_to_add: [ADMIN, CONTACT],
  });
  t.equal(await listAt(ipms, 'dl.inovasi@jabatan.test'), undefined);
  t.strictSame(await mailed(ipms), [`list-change-requested ${ADMIN}`]);
  t.equal(answer.location, `/me/list-requests/${request.id}`);
  t.match((await officer.get(answer.location)).text, texts['group.new.waits'].ms);
  t.match(await trailOf(ipms, 'list_change_request', request.id), [{ action: 'group.new-requested', sop: '4.13' }]);
});

t.test('approved: the list, its owner and its members are there, and the one who asked hears once', async (t) => {
  const { ipms, officer, request } = await asked(t);
  await ipms.db.deleteFrom('outbox').execute();
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/list-change-requests/${request.id}`;
  const page = await admin.get(place);
  t.equal(page.dom.querySelector('[name=primary_email]')?.getAttribute('value'), 'dl.inovasi@jabatan.test');
  t.equal((await admin.submit(place, `${place}/create`, { display_name: 'DL Inovasi JC' })).status, 303);
  const list = await listAt(ipms, 'dl.inovasi@jabatan.test');
  t.match(list, { display_name: 'DL Inovasi JC', agency_id: 1, status: 'active' });
  const id = list?.id ?? 0;
  t.strictSame(await membersOf(ipms, id), [ADMIN, CONTACT]);
  t.match(await newest(ipms), { status: 'approved', group_id: id });
  t.equal((await mailed(ipms)).filter((mail) => mail.endsWith(OFFICER)).length, 1);
  t.match(
    (await recordsOf(ipms, 'group', id)).map((record) => record.sop),
    ['4.13', '4.15'],
  );
  t.match(await recordsOf(ipms, 'list_change_request', request.id), [
    { sop: '5.0', title: 'record.list-request-approved' },
  ]);
  t.equal((await officer.get(`/me/groups/${id}`)).status, 200, 'its owner looks after it');
  t.match((await officer.get(`/me/list-requests/${request.id}`)).text, texts['group.request.approved'].ms);
});

t.test('its address went to somebody else meanwhile: beside the field, and another one will do', async (t) => {
  const { ipms, request } = await asked(t);
  await makeGroup(ipms, 'dl.inovasi');
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/list-change-requests/${request.id}`;
  const refused = await admin.submit(place, `${place}/create`);
  t.equal(refused.status, 422);
  t.match(refused.problems.primary_email, 'dl.inovasi@jabatan.test');
  t.match(await newest(ipms), { status: 'requested' });
  t.equal((await admin.submit(place, `${place}/create`, { primary_email: 'dl.inovasi2' })).status, 303);
  t.ok(await listAt(ipms, 'dl.inovasi2@jabatan.test'));
});

t.test('who asked has left: without an owner no list is made, and the page says what to do', async (t) => {
  const { ipms, request } = await asked(t);
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('primary_email', '=', OFFICER).execute();
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/list-change-requests/${request.id}`;
  const answer = await admin.submit(place, `${place}/create`);
  t.equal(answer.status, 422);
  t.match(answer.text, texts['group.request.noOwner'].ms);
  t.equal(await listAt(ipms, 'dl.inovasi@jabatan.test'), undefined);
  t.equal((await admin.submit(place, `${place}/refuse`, { reason: 'Peminta bercuti' })).status, 303);
  t.match(await recordsOf(ipms, 'list_change_request', request.id), [{ title: 'record.list-request-refused' }]);
});

t.test('what is asked wrongly comes back beside its field, with all that was typed', async (t) => {
  const ipms = await startIpms(t);
  const invited = await makeAdministrator(ipms, 'tanpa.mailbox');
  const officer = await ipms.signIn('pegawai.jabatan');
  const wrong: [Record<string, string>, string][] = [
    [{ display_name: '' }, 'display_name'],
    [{ primary_email: 'dl@lain.test' }, 'primary_email'],
    [{ primary_email: ADMIN }, 'primary_email'],
    [{ primary_email: invited.email ?? '' }, 'primary_email'],
    [{ text: '' }, 'text'],
    [{ owners: STRANGER }, 'owners'],
    [{ owners: CONTACT }, 'owners'],
    [{ add: 'tiada@jabatan.test' }, 'add'],
  ];
  const count = async () => (await ipms.db.selectFrom('list_change_request').select('id').execute()).length;
  const before = await count();
  for (const [fields, name] of wrong) {
    const answer = await officer.submit(PAGE, PAGE, { ...LIST, ...fields });
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.strictSame(Object.keys(answer.problems), [name]);
  }
  t.equal(await count(), before);
  const found = await officer.submit(PAGE, PAGE, { ...LIST, q_add: 'rosnah', step: 'search' });
  t.ok(found.dom.querySelector(`input[name=add][value="${ADMIN}"]`));
  t.equal(found.dom.querySelector('#new-display_name')?.getAttribute('value'), LIST.display_name);
});

t.test('who may not', async (t) => {
  const { ipms, request } = await asked(t);
  t.equal((await ipms.visitor().get(PAGE)).status, 303);
  t.equal((await (await ipms.signIn('meja.bantuan')).get(PAGE)).status, 403);
  await makeOfficer(ipms, 'siti');
  const colleague = await ipms.signIn('siti');
  t.equal((await colleague.get(`/me/list-requests/${request.id}`)).status, 404);
  t.notMatch((await colleague.get('/me/list-requests')).text, 'DL Inovasi');
  const officer = await ipms.signIn('pegawai.jabatan');
  const _csrf = await officer.token(PAGE);
  t.equal((await officer.post(`/me/list-requests/${request.id}/approve`, { _csrf })).status, 404, 'not the own one');
  t.equal((await officer.post(`/admin/list-change-requests/${request.id}/approve`, { _csrf })).status, 403);
  const other = await ipms.signIn('admin.kementerian');
  const place = `/admin/list-change-requests/${request.id}`;
  t.equal((await other.get(place)).status, 404);
  const naming = { display_name: 'X', primary_email: 'x@kementerian.test', _csrf: await other.token(PAGE) };
  t.equal((await other.post(`${place}/create`, naming)).status, 404);
  t.match(await newest(ipms), { status: 'requested' });
});
