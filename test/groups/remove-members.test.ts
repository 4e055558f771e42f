import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { texts } from '../../src/texts.ts';
import { startIpms } from '../helper.ts';
import { makeGroup, makeManyOfficers } from '../make.ts';
import { ADMIN, CONTACT, OFFICER, STRANGER } from '../people.ts';
import { recordsOf, trailOf } from '../read.ts';
import { mailed, membersOf } from './members.ts';

// SOP 4.16: Pengeluaran Ahli dari Mailing List

const adding = (id: number) => `/admin/groups/${id}/members/add`;
const removing = (id: number) => `/admin/groups/${id}/members/remove`;
const membersAt = (id: number) => `/admin/groups/${id}/members`;

t.test('members are removed with the boxes or by their addresses; owners and members hear of it', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { members: [ADMIN, OFFICER, CONTACT] });
  const admin = await ipms.signIn('admin.jabatan');
  const outside = (await admin.get(`${membersAt(id)}?type=contact`)).dom.querySelectorAll('main tbody tr');
  t.equal(outside.length, 1, 'one kind of members');
  t.match(outside[0]?.textContent, CONTACT);
  const page = await admin.get(membersAt(id));
  const box = page.dom.querySelector(`input[type=checkbox][name=members][value="${OFFICER}"]`);
  t.equal(
    box?.getAttribute('form'),
    page.dom.querySelector(`form[action="${removing(id)}"]`)?.getAttribute('id'),
    'the box belongs to the form',
  );
  const answer = await admin.submit(membersAt(id), removing(id), { members: [OFFICER, `${CONTACT}; ${STRANGER}`] });
  t.equal(answer.status, 303);
  t.strictSame(await membersOf(ipms, id), [ADMIN]);
  t.strictSame(await mailed(ipms), [`N14 ${ADMIN}`, `N14 ${CONTACT}`, `N14 ${OFFICER}`]);
  const toOwner = await ipms.db
    .selectFrom('outbox')
    .select('letter')
    .where('to_address', '=', ADMIN)
    .executeTakeFirstOrThrow();
  t.match(toOwner.letter, 'Muhammad Hafiz bin Abdullah', 'the owner hears who it was');
  const ended = await ipms.db
    .selectFrom('membership')
    .selectAll()
    .where('group_id', '=', id)
    .where('until', 'is not', null)
    .execute();
  t.strictSame(
    ended.map((row) => row.ending),
    ['removed', 'removed'],
    'it ends and is not deleted',
  );
  t.match(ended[0], { ended_by: 'Rosnah binti Ismail', until: ipms.clock.now.toISOString() });
  t.match((await trailOf(ipms, 'group', id)).at(-1), { action: 'group.members-removed', sop: '4.16' });
  t.match((await recordsOf(ipms, 'group', id)).at(-1), { sop: '4.16', title: 'record.members-removed' });
  t.match((await admin.get(answer.location)).text, `Bukan ahli: ${STRANGER}`);
  const counted = (await admin.get('/admin/groups?q=uji@')).dom.querySelector('main tbody td.number');
  t.equal(counted?.textContent.trim(), '1', 'the list of lists counts who is in it now');

  const again = await admin.submit(membersAt(id), removing(id), { members: OFFICER });
  t.equal(again.status, 422, 'nobody is left to remove');
  t.match(again.problems.members, OFFICER);
  t.equal((await admin.submit(membersAt(id), removing(id), { members: '' })).status, 422);
});

t.test('an owner who leaves the list gets one mail that names who left, and one who is away none', async (t) => {
  const ipms = await startIpms(t);
  const [away = ''] = await makeManyOfficers(ipms, 1);
  const id = await makeGroup(ipms, 'uji', { owners: [ADMIN, away], members: [ADMIN, OFFICER] });
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('primary_email', '=', away).execute();
  const admin = await ipms.signIn('admin.jabatan');
  await admin.submit(membersAt(id), removing(id), { members: [ADMIN, OFFICER] });
  t.strictSame(await mailed(ipms), [`N14 ${ADMIN}`, `N14 ${OFFICER}`]);
});

t.test('who was a member on a day, from the history', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { members: [OFFICER] });
  const admin = await ipms.signIn('admin.jabatan');
  const [started] = [ipms.clock.now];
  ipms.clock.now = later(started, 2 * DAY);
  const back = await ipms.signIn('admin.jabatan');
  await back.submit(membersAt(id), removing(id), { members: OFFICER });
  await back.submit(adding(id), adding(id), { members: ADMIN });
  ipms.clock.now = later(started, 4 * DAY);
  const admin2 = await ipms.signIn('admin.jabatan');
  const on = async (day: string) =>
    (await admin2.get(`${membersAt(id)}?on=${day}`)).dom
      .querySelectorAll('main tbody tr td:nth-child(2)')
      .map((cell) => cell.textContent.trim())
      .toSorted();
  t.strictSame(await on('23/11/2026'), []);
  t.strictSame(await on('24/11/2026'), [OFFICER]);
  t.strictSame(await on('25-11-2026'), [OFFICER]);
  t.strictSame(await on('26/11/2026'), [ADMIN, OFFICER], 'both were in it at some time of that day');
  t.strictSame(await on('2026-11-27'), [ADMIN]);
  const wrong = await admin2.get(`${membersAt(id)}?on=31/02/2026`);
  t.equal(wrong.status, 422);
  t.match(wrong.text, texts['form.date'].ms);
  const past = await admin2.get(`${membersAt(id)}?on=24/11/2026`);
  t.notOk(past.dom.querySelector('input[type=checkbox]'), 'the past cannot be changed');
  const csv = (await admin2.get(`${membersAt(id)}?on=24/11/2026&format=csv`)).html;
  t.match(csv, OFFICER);
  t.notMatch(csv, ADMIN);
  t.equal((await admin.get('/admin')).status, 303, 'the first session is long over');
});

t.test('a member who is renamed is found under the new name; what has ended keeps the old one', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { members: [OFFICER, ADMIN] });
  const admin = await ipms.signIn('admin.jabatan');
  await admin.submit(membersAt(id), removing(id), { members: ADMIN });
  await ipms.db
    .updateTable('mailbox')
    .set({ display_name: 'Zulaikha Baru' })
    .where('primary_email', 'in', [OFFICER, ADMIN])
    .execute();
  const rows = await ipms.db
    .selectFrom('membership')
    .selectAll()
    .where('group_id', '=', id)
    .orderBy('member_address')
    .execute();
  t.strictSame(
    rows.map((row) => row.member_name),
    ['Rosnah binti Ismail', 'Zulaikha Baru'],
  );
  t.match((await admin.get(`${membersAt(id)}?q=zulaikha`)).text, OFFICER);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { members: [OFFICER] });
  const before = await membersOf(ipms, id);
  const urls = [membersAt(id), removing(id)];
  for (const url of urls) {
    t.equal((await ipms.visitor().get(url)).location, `/login?next=${encodeURIComponent(url)}`);
    t.equal((await (await ipms.signIn('pegawai.jabatan')).get(url)).status, 403, 'an officer, even a member');
    t.equal((await (await ipms.signIn('meja.bantuan')).get(url)).status, 403);
  }
  const other = await ipms.signIn('admin.kementerian');
  const _csrf = await other.token('/admin/groups/new');
  for (const url of urls) t.equal((await other.get(url)).status, 404, url);
  t.equal((await other.post(removing(id), { members: OFFICER, _csrf })).status, 404);
  t.strictSame(await membersOf(ipms, id), before);
  t.strictSame(await mailed(ipms), []);
});
