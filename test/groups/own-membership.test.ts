import { type Test, t } from 'tap';
import { texts } from '../../src/texts.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { makeGroup, makeOfficer } from '../make.ts';
import { ADMIN, OFFICER } from '../people.ts';
import { mailboxOf, recordsOf, trailOf } from '../read.ts';
import { mailed, membersOf } from './members.ts';

// SOP 4.18 and 4.19 by the officer, as the list allows it; the owner or the administrator answers (SOP 5.0).

type Way = 'nobody' | 'approval' | 'oneself';
const OPEN = '/me/groups/open';
const join = (id: number) => `/me/groups/${id}/join`;
const leave = (id: number) => `/me/groups/${id}/leave`;

async function newest({ db }: Ipms) {
  return db.selectFrom('list_change_request').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
}

/** A list of the officer's that lets people come and go so, and somebody who is not in it. */
async function open(t: Test, joining: Way, leaving: Way = joining) {
  const ipms = await startIpms(t);
  const siti = await makeOfficer(ipms, 'siti');
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER], members: [ADMIN] });
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/groups/${id}`;
  t.equal((await admin.submit(place, place, { joining, leaving })).status, 303);
  return { ipms, id, siti, admin, person: await ipms.signIn('siti') };
}

t.test(
  'the administrator says how people come and go; it is audited in words, filed, and can be taken back',
  async (t) => {
    const { ipms, id, admin } = await open(t, 'approval', 'oneself');
    t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirst(), {
      joining: 'approval',
      leaving: 'oneself',
    });
    const place = `/admin/groups/${id}`;
    t.match((await admin.get(`${place}/history`)).text, texts['group.way.approval'].ms);
    t.match((await recordsOf(ipms, 'group', id)).at(-1)?.content, '"joining":"approval"');
    await admin.submit(`${place}/undo`, `${place}/undo`, { reason: 'Tersilap', undo_reason: 'Tersilap' });
    t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirst(), {
      joining: 'nobody',
      leaving: 'nobody',
    });
  },
);

t.test('by oneself: in at once and out at once, audited, filed and mailed as SOP 4.18 and 4.19', async (t) => {
  const { ipms, id, siti, person } = await open(t, 'oneself');
  const list = await person.get(OPEN);
  t.ok(list.dom.querySelector(`form[action="${join(id)}"]`));
  t.match((await person.get(`${OPEN}?format=csv`)).html, 'uji@jabatan.test');
  const joined = await person.submit(OPEN, join(id));
  t.strictSame([joined.status, joined.location], [303, OPEN]);
  t.match((await person.get(OPEN)).text, 'Anda kini ahli senarai Senarai uji');
  t.strictSame(await membersOf(ipms, id), [ADMIN, siti.primary_email]);
  t.strictSame(await mailed(ipms), [`N13 ${siti.primary_email}`]);
  t.match((await trailOf(ipms, 'mailbox', siti.id)).at(-1), { action: 'mailbox.joined-list', sop: '4.18' });
  t.match((await recordsOf(ipms, 'group', id)).at(-1), { sop: '4.18', title: 'record.members-added' });
  t.notOk((await person.get(OPEN)).dom.querySelector(`form[action="${join(id)}"]`), 'who is in it does not join');

  t.equal((await person.submit('/me/groups', leave(id))).status, 303);
  t.strictSame(await membersOf(ipms, id), [ADMIN]);
  t.match((await trailOf(ipms, 'mailbox', siti.id)).at(-1), { action: 'mailbox.left-list', sop: '4.19' });
  t.ok((await mailed(ipms)).includes(`N14 ${OFFICER}`), 'the owner hears');
});

t.test('with approval: the owner is asked, allows it, and it is done in the same act', async (t) => {
  const { ipms, id, siti, person } = await open(t, 'approval');
  await ipms.db.deleteFrom('outbox').execute();
  await person.submit(OPEN, join(id));
  t.strictSame(await membersOf(ipms, id), [ADMIN], 'nothing yet');
  t.strictSame(await mailed(ipms), [`list-change-requested ${OFFICER}`]);
  t.match((await person.get(OPEN)).text, texts['group.open.waits'].ms);
  const again = await person.post(join(id), { _csrf: await person.token(OPEN) });
  t.equal(again.status, 409, 'asked for once');
  t.match(again.text, 'masih menunggu jawapan');
  const request = await newest(ipms);
  t.match(request, { kind: 'join', group_id: id, status: 'requested' });

  const owner = await ipms.signIn('pegawai.jabatan');
  const waiting = await owner.get('/me/list-requests?show=answer&status=requested');
  t.match(waiting.text, siti.display_name);
  t.equal(
    waiting.dom.querySelector('a[href="/me/list-requests"] .count')?.textContent,
    String(waiting.dom.querySelectorAll('main tbody tr').length),
    'the menu counts what waits for the owner',
  );
  const place = `/me/list-requests/${request.id}`;
  const allowed = await owner.submit(place, `${place}/approve`, { answer: 'Selamat datang' });
  t.strictSame([allowed.status, allowed.location], [303, place]);
  t.strictSame(await membersOf(ipms, id), [ADMIN, siti.primary_email]);
  t.match(await newest(ipms), { status: 'approved', answer: 'Selamat datang' });
  const told = (await mailed(ipms)).filter((mail) => mail.endsWith(siti.primary_email));
  t.equal(told.length, 1, 'one mail: in it, and the answer');
  t.match((await trailOf(ipms, 'group', id)).at(-1), { action: 'group.join-approved' });
  t.match((await recordsOf(ipms, 'group', id, '5.0')).at(-1), { title: 'record.list-request-approved' });
  t.match((await person.get(place)).text, 'Selamat datang');
});

t.test('where nobody is left who could hear of it, that is said, and whom to ask', async (t) => {
  const { ipms, id, person } = await open(t, 'approval');
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('primary_email', '=', OFFICER).execute();
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('role', '=', 'admin').execute();
  await ipms.db.deleteFrom('outbox').execute();
  const asked = await person.submit(OPEN, join(id));
  t.strictSame(await mailed(ipms), []);
  const { text } = await person.get(asked.location);
  t.match(text, texts['group.ask.sentUntold'].ms);
  t.notMatch(text, 'telah dihantar');
});

t.test('the administrator answers, too, where no owner can be asked; a refusal says why', async (t) => {
  const { ipms, id, siti, admin, person } = await open(t, 'oneself', 'approval');
  await person.submit(OPEN, join(id));
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('primary_email', '=', OFFICER).execute();
  await ipms.db.deleteFrom('outbox').execute();
  await person.submit('/me/groups', leave(id));
  t.strictSame(await mailed(ipms), [`list-change-requested ${ADMIN}`]);
  const request = await newest(ipms);
  t.match(request, { kind: 'leave', status: 'requested' });
  t.notOk((await person.get('/me/groups')).dom.querySelector(`form[action="${leave(id)}"]`), 'it waits');
  const place = `/admin/list-change-requests/${request.id}`;
  t.match((await admin.get(`/admin/list-change-requests?kind=leave`)).text, siti.display_name);
  t.equal((await admin.submit(place, `${place}/refuse`, { reason: '' })).status, 422);
  t.equal((await admin.submit(place, `${place}/refuse`, { reason: 'Senarai wajib' })).status, 303);
  t.strictSame(await membersOf(ipms, id), [ADMIN, siti.primary_email]);
  t.match((await person.get(`/me/list-requests/${request.id}`)).text, 'Senarai wajib');
});

t.test('whoever answers is told whether the answer is mailed', async (t) => {
  const { ipms, id, admin, person } = await open(t, 'approval');
  await person.submit(OPEN, join(id));
  const request = await newest(ipms);
  const place = `/admin/list-change-requests/${request.id}`;
  t.match((await admin.get(place)).text, 'Jawapan ini dihantar kepada');
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('id', '=', request.requested_by).execute();
  await ipms.db.deleteFrom('outbox').execute();
  const page = (await admin.get(place)).text;
  t.match(page, 'tiada log masuk yang aktif');
  t.notMatch(page, 'Jawapan ini dihantar kepada');
  await admin.submit(place, `${place}/refuse`, { reason: 'Senarai wajib' });
  t.strictSame(await mailed(ipms), []);
});

t.test('an owner who wants to join or leave the own list is answered by somebody else', async (t) => {
  const { ipms, id, admin } = await open(t, 'approval');
  const owner = await ipms.signIn('pegawai.jabatan');
  await ipms.db.deleteFrom('outbox').execute();
  const asked = await owner.submit(OPEN, join(id));
  t.equal(asked.status, 303);
  t.match((await owner.get(OPEN)).text, texts['group.next.answer'].ms, 'it says where the answer comes');
  t.strictSame(await mailed(ipms), [`list-change-requested ${ADMIN}`]);
  const { id: request } = await newest(ipms);
  const place = `/me/list-requests/${request}`;
  t.notOk((await owner.get(place)).dom.querySelector('main form[action$="/approve"]'));
  const waiting = await owner.get('/me/list-requests?show=answer&status=requested');
  t.notOk(waiting.dom.querySelector(`main a[href="${place}"]`), 'it does not wait for who asked');
  const _csrf = await owner.token(OPEN);
  for (const answer of ['approve', 'refuse'])
    t.equal((await owner.post(`${place}/${answer}`, { reason: 'Tidak', _csrf })).status, 404);
  t.match(await newest(ipms), { status: 'requested' });
  const page = `/admin/list-change-requests/${request}`;
  t.equal((await admin.submit(page, `${page}/approve`)).status, 303);
  t.strictSame(await membersOf(ipms, id), [ADMIN, OFFICER]);
});

t.test('who asked has no active mailbox any more, or has left already', async (t) => {
  const { ipms, id, siti, admin, person } = await open(t, 'approval');
  await person.submit(OPEN, join(id));
  const asked = await newest(ipms);
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', siti.id).execute();
  const place = `/admin/list-change-requests/${asked.id}`;
  const answer = await admin.submit(place, `${place}/approve`);
  t.equal(answer.status, 422);
  t.match(answer.text, 'tiada lagi mailbox aktif');
  t.match(await newest(ipms), { status: 'requested' });

  await ipms.db.updateTable('mailbox').set({ status: 'active' }).where('id', '=', siti.id).execute();
  const add = `/admin/groups/${id}/members/add`;
  await admin.submit(add, add, { members: siti.primary_email });
  t.equal((await admin.submit(place, `${place}/approve`)).status, 303, 'it is so already');
  t.match((await admin.get(place)).text, texts['field.already'].ms);
  t.strictSame(await membersOf(ipms, id), [ADMIN, siti.primary_email]);
});

t.test('who may not', async (t) => {
  const { ipms, id, person } = await open(t, 'nobody');
  t.notMatch((await person.get(OPEN)).text, 'Senarai uji');
  const closed = await person.post(join(id), { _csrf: await person.token(OPEN) });
  t.equal(closed.status, 422);
  t.match(closed.text, 'tidak boleh disertai sendiri');
  t.equal((await person.post(leave(id), { _csrf: await person.token(OPEN) })).status, 422);
  await ipms.db.updateTable('group').set({ joining: 'approval' }).where('id', '=', id).execute();
  const stranger = await ipms.signIn('pegawai.kementerian');
  t.notMatch((await stranger.get(OPEN)).text, 'Senarai uji');
  t.equal((await stranger.post(join(id), { _csrf: await stranger.token(OPEN) })).status, 404);
  t.equal((await ipms.visitor().get(OPEN)).status, 303);
  t.equal((await (await ipms.signIn('meja.bantuan')).get(OPEN)).status, 403);
  await person.submit(OPEN, join(id));
  const { id: request } = await newest(ipms);
  for (const somebody of [stranger, person, await ipms.signIn('admin.kementerian')])
    for (const act of ['approve', 'refuse']) {
      const _csrf = await somebody.token(OPEN);
      t.equal((await somebody.post(`/me/list-requests/${request}/${act}`, { reason: 'x', _csrf })).status, 404, act);
    }
  t.match(await newest(ipms), { status: 'requested' });
  // an owner who ceased to be one has no say any more
  const owner = await ipms.signIn('pegawai.jabatan');
  t.equal((await owner.get(`/me/list-requests/${request}`)).status, 200);
  const { id: mailbox } = await mailboxOf(ipms, 'pegawai.jabatan');
  await ipms.db.deleteFrom('group_owner').where('mailbox_id', '=', mailbox).where('group_id', '=', id).execute();
  t.equal((await owner.get(`/me/list-requests/${request}`)).status, 404);
  const _csrf = await owner.token(OPEN);
  t.equal((await owner.post(`/me/list-requests/${request}/approve`, { _csrf })).status, 404);
});
