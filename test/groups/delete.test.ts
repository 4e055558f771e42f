import { type Test, t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { runDue } from '../../src/due.ts';
import { askForChange } from '../../src/groups/change-requests/group-change-request.ts';
import { texts } from '../../src/texts.ts';
import { startIpms } from '../helper.ts';
import { actorOf, makeGroup } from '../make.ts';
import { ADMIN, CONTACT, OFFICER } from '../people.ts';
import { recordsOf, trailOf } from '../read.ts';
import { mailed, membersOf } from './members.ts';

// SOP 4.17: Penamatan Akaun Mailing List

const place = (id: number) => `/admin/groups/${id}`;
const ending = (id: number) => `/admin/groups/${id}/delete`;

/** A list in another one, with an alias. */
async function openGroup(t: Test) {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER], members: [OFFICER, CONTACT] });
  const outer = await makeGroup(ipms, 'luar', { members: ['uji@jabatan.test', ADMIN] });
  const admin = await ipms.signIn('admin.jabatan');
  await admin.submit(place(id), place(id), { aliases: 'uji.dua@jabatan.test' });
  return { ipms, admin, id, outer };
}

async function openDeleted(t: Test) {
  const opened = await openGroup(t);
  const answer = await opened.admin.submit(ending(opened.id), ending(opened.id));
  t.strictSame([answer.status, answer.location], [303, place(opened.id)]);
  return opened;
}

t.test('the page says what exactly will happen', async (t) => {
  const { admin, id } = await openGroup(t);
  const asked = await admin.get(ending(id));
  for (const words of [
    'Senarai uji',
    'uji@jabatan.test',
    '2 ahli',
    'Senarai luar',
    'Muhammad Hafiz bin Abdullah',
    '365 hari',
  ])
    t.match(asked.text, words);
  t.ok(
    (await admin.get(place(id))).dom.querySelector(`form[action="${ending(id)}"]`),
    "the list's page carries the form",
  );
});

t.test('its members leave it, it leaves the list that held it, and its addresses are kept', async (t) => {
  const { ipms, id, outer } = await openDeleted(t);
  t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirst(), { status: 'deleted' });
  t.strictSame(await membersOf(ipms, id), []);
  t.strictSame(await membersOf(ipms, outer), [ADMIN]);
  const ended = await ipms.db
    .selectFrom('membership')
    .selectAll()
    .where('ending', '=', 'list-deleted')
    .where('ended_by', '=', 'Rosnah binti Ismail')
    .where('until', '=', ipms.clock.now.toISOString())
    .execute();
  t.strictSame(
    ended.map((row) => row.group_id).toSorted((a, b) => a - b),
    [id, id, outer],
  );
  const until = later(ipms.clock.now, 365 * DAY).toISOString();
  const kept = await ipms.db.selectFrom('address').selectAll().where('address', 'like', 'uji%').execute();
  t.strictSame(
    kept.map((row) => [row.kind, row.reserved_until]),
    [
      ['reserved', until],
      ['reserved', until],
    ],
  );
});

t.test('its owner and members are told, and the owner of the list that held it; trail and record follow', async (t) => {
  const { ipms, id, outer } = await openDeleted(t);
  t.strictSame(await mailed(ipms), [`N14 ${ADMIN}`, `N15 ${CONTACT}`, `N15 ${OFFICER}`]);
  t.match((await trailOf(ipms, 'group', id)).at(-1), { action: 'group.deleted', sop: '4.17' });
  t.match((await trailOf(ipms, 'group', outer)).at(-1), { action: 'group.members-removed', sop: '4.17' });
  const record = (await recordsOf(ipms, 'group', id)).at(-1);
  t.match(record, { sop: '4.17', title: 'record.group-deleted' });
  t.match(JSON.parse(record?.content ?? ''), { count: 2, owners: [OFFICER], member_of: ['luar@jabatan.test'] });
});

t.test('nothing of it can be changed any more, and who was in it can still be seen', async (t) => {
  const { ipms, admin, id } = await openDeleted(t);
  const after = await admin.get(place(id));
  t.match(after.text, 'telah dipadam');
  t.notOk(after.dom.querySelector('main form[method=post]'));
  const _csrf = await admin.token('/admin/groups/new');
  t.equal((await admin.post(place(id), { display_name: 'Lain', _csrf })).status, 409);
  t.equal((await admin.post(`${place(id)}/mail-flows`, { accept_from: 'members', _csrf })).status, 409);
  t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirst(), {
    display_name: 'Senarai uji',
    accept_from: 'all',
  });
  const members = await admin.get(`${place(id)}/members?on=24/11/2026`);
  t.match(members.text, CONTACT);
  t.notMatch((await admin.get('/admin/groups')).text, 'Senarai uji');
  t.match((await admin.get('/admin/groups?status=deleted')).text, 'Senarai uji');
});

t.test("the address is nobody else's for the time that is set, then free", async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji');
  const helpdesk = await ipms.signIn('meja.bantuan');
  await helpdesk.submit('/helpdesk/settings', '/helpdesk/settings', { address_reservation_days: '100' });
  const admin = await ipms.signIn('admin.jabatan');
  await admin.submit(ending(id), ending(id));
  const fields = { display_name: 'Uji Baru', primary_email: 'uji@jabatan.test', owners: ADMIN };
  const refused = await admin.submit('/admin/groups/new', '/admin/groups/new', fields);
  t.equal(refused.status, 422);
  t.match(refused.problems.primary_email, 'uji@jabatan.test');
  await runDue(ipms.db, later(ipms.clock.now, 99 * DAY));
  const early = await ipms.signIn('admin.jabatan');
  t.equal((await early.submit('/admin/groups/new', '/admin/groups/new', fields)).status, 422, 'a day too early');
  t.ok((await runDue(ipms.db, later(ipms.clock.now, 100 * DAY))).includes('reserved addresses freed: 1'));
  const late = await ipms.signIn('admin.jabatan');
  t.equal((await late.submit('/admin/groups/new', '/admin/groups/new', fields)).status, 303);
  t.match((await late.get(place(id))).text, 'telah dipadam', 'the old list can still be looked at');
});

t.test('two at once: one deletes, the other is told', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER], members: [OFFICER] });
  const admins = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.jabatan')];
  const answers = await Promise.all(
    admins.map(async (admin) => admin.post(ending(id), { _csrf: await admin.token(ending(id)) })),
  );
  t.strictSame(answers.map((answer) => answer.status).toSorted(), [303, 409]);
  t.match(answers.find((answer) => answer.status === 409)?.text, 'telah dipadam');
  t.equal((await mailed(ipms)).length, 1);
  t.equal((await trailOf(ipms, 'group', id)).filter((act) => act.action === 'group.deleted').length, 1);
});

t.test('what its owners have asked for is closed with it', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER] });
  const other = await makeGroup(ipms, 'lain', { owners: [OFFICER] });
  const owner = await actorOf(ipms, 'pegawai.jabatan');
  for (const group of [id, other])
    await inAct(ipms.db, { actor: owner, now: ipms.clock.now, settings: UNSET }, (act) =>
      askForChange(act, group, { display_name: '', owners: null, add: [ADMIN], remove: [], text: '' }),
    );
  const admin = await ipms.signIn('admin.jabatan');
  await admin.submit(ending(id), ending(id));
  const requestOf = (group: number) =>
    ipms.db.selectFrom('list_change_request').selectAll().where('group_id', '=', group).executeTakeFirstOrThrow();
  const request = await requestOf(id);
  const { userId } = await actorOf(ipms, 'admin.jabatan');
  t.match(request, { status: 'refused', decided_by: userId, decided_at: ipms.clock.now.toISOString() });
  t.match(await requestOf(other), { status: 'requested' }, "another list's stays open");
  t.match((await admin.get(`/admin/list-change-requests/${request.id}`)).text, texts['group.request.listGone'].ms);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER] });
  t.equal((await ipms.visitor().get(ending(id))).location, `/login?next=${encodeURIComponent(ending(id))}`);
  const owner = await ipms.signIn('pegawai.jabatan');
  t.equal((await owner.post(ending(id), { _csrf: await owner.token('/me/groups') })).status, 403, 'not even the owner');
  const other = await ipms.signIn('admin.kementerian');
  t.equal((await other.get(ending(id))).status, 404);
  t.equal((await other.post(ending(id), { _csrf: await other.token('/admin/groups/new') })).status, 404);
  t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirst(), { status: 'active' });
});
