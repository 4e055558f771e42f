import { type Test, t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { KC, makeGroup, makeOfficer } from '../make.ts';
import { ADMIN, OFFICER } from '../people.ts';
import { mailsNumbered, trailOf } from '../read.ts';
import { mailed, membersOf } from './members.ts';

// Who asked something of a list takes it back while it waits (SOP 5.0).

const NEW = '/me/groups/new';
const OPEN = '/me/groups/open';

async function begin(t: Test) {
  const ipms = await startIpms(t);
  const siti = await makeOfficer(ipms, 'siti');
  const list = await makeGroup(ipms, 'uji', { owners: [OFFICER] });
  await ipms.db.updateTable('group').set({ joining: 'approval', leaving: 'approval' }).where('id', '=', list).execute();
  const [admin, owner, person] = [
    await ipms.signIn('admin.jabatan'),
    await ipms.signIn('pegawai.jabatan'),
    await ipms.signIn('siti'),
  ];
  return { ipms, siti, list, admin, owner, person };
}

async function newest({ db }: Ipms) {
  return db.selectFrom('list_change_request').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
}

async function withdraw(ipms: Ipms, who: Visitor) {
  const { id } = await newest(ipms);
  const place = `/me/list-requests/${id}`;
  await ipms.db.deleteFrom('outbox').execute();
  return { id, place, answer: await who.submit(place, `${place}/withdraw`) };
}

t.test(
  'a wish to join: audited, the owner is told, nothing is left to answer, and it can be asked again',
  async (t) => {
    const { ipms, list, owner, admin, person } = await begin(t);
    await person.submit(OPEN, `/me/groups/${list}/join`);
    const waiting = async () => {
      const { dom } = await owner.get('/me');
      return Number(dom.querySelector('nav a[href="/me/list-requests"] .count')?.textContent ?? 0);
    };
    const before = await waiting();
    const { id, place, answer } = await withdraw(ipms, person);
    t.strictSame([answer.status, answer.location], [303, place]);
    t.match(await newest(ipms), { status: 'withdrawn', decided_at: ipms.clock.now.toISOString(), answer: null });
    t.strictSame(await mailed(ipms), [`list-change-withdrawn ${OFFICER}`]);
    t.match((await mailsNumbered(ipms, 'list-change-withdrawn')).at(-1)?.letter, 'menarik balik permintaan');
    t.match((await trailOf(ipms, 'group', list)).at(-1), {
      action: 'group.join-withdrawn',
      actor_name: 'Pegawai siti',
    });
    const page = await person.get(place);
    t.match(page.text, texts['group.request.withdrawnNow'].ms);
    t.match(page.text, /Ditarik balik oleh.*Pegawai siti/);
    t.notOk(page.dom.querySelector('main form[method=post]'), 'no form is left');
    t.notOk((await owner.get(place)).dom.querySelector('main form[method=post]'));
    t.equal(await waiting(), before - 1, 'nor in the menu');
    const late = await owner.post(`${place}/approve`, { _csrf: await owner.token('/me/password'), answer: '' });
    t.equal(late.status, 409);
    t.match(late.text, /telah ditarik balik oleh Pegawai siti/);
    const alsoLate = await admin.post(`/admin/list-change-requests/${id}/approve`, {
      _csrf: await admin.token('/me/password'),
    });
    t.equal(alsoLate.status, 409);
    t.strictSame(await membersOf(ipms, list), [], 'nothing was done');
    t.match((await admin.get('/admin/list-change-requests?status=withdrawn')).text, 'Ditarik balik');
    t.equal((await person.submit(OPEN, `/me/groups/${list}/join`)).status, 303);
    t.match(await newest(ipms), { status: 'requested', kind: 'join' });
  },
);

t.test('a new list and an owner’s change: the administrators are told', async (t) => {
  const { ipms, list, owner, person } = await begin(t);
  await person.submit(NEW, NEW, { display_name: 'Projek', primary_email: 'projek', text: 'Untuk projek' });
  const { id } = await withdraw(ipms, person);
  t.strictSame(await mailed(ipms), [`list-change-withdrawn ${ADMIN}`]);
  t.match((await trailOf(ipms, 'list_change_request', id)).at(-1), { action: 'group.new-withdrawn' });
  await owner.submit(`/me/groups/${list}`, `/me/groups/${list}`, { display_name: 'Nama lain' });
  await withdraw(ipms, owner);
  t.strictSame(await mailed(ipms), [`list-change-withdrawn ${ADMIN}`]);
  t.match((await trailOf(ipms, 'group', list)).at(-1), { action: 'group.change-withdrawn' });
  const group = await ipms.db.selectFrom('group').selectAll().where('id', '=', list).executeTakeFirstOrThrow();
  t.equal(group.display_name, 'Senarai uji');
});

t.test('not what was answered, nor what another asked, nor twice', async (t) => {
  const { ipms, list, owner, admin, person } = await begin(t);
  await makeOfficer(ipms, 'lain', { agency: KC });
  await person.submit(OPEN, `/me/groups/${list}/join`);
  const { id } = await newest(ipms);
  const place = `/me/list-requests/${id}`;
  for (const [who, status] of [
    [owner, 404],
    [admin, 404],
    [await ipms.signIn('lain'), 404],
    [await ipms.signIn('meja.bantuan'), 403],
  ] as const)
    t.equal((await who.post(`${place}/withdraw`, { _csrf: await who.token('/me/password') })).status, status);
  t.equal((await ipms.visitor().get(place)).status, 303, 'signed out');
  t.match(await newest(ipms), { status: 'requested' });
  t.notOk(
    (await owner.get(place)).dom.querySelector(`form[action="${place}/withdraw"]`),
    'whoever answers has no such form',
  );
  await owner.submit(place, `${place}/refuse`, { reason: 'Penuh' });
  const late = await person.post(`${place}/withdraw`, { _csrf: await person.token('/me/password') });
  t.equal(late.status, 409);
  t.match(late.text, /telah dijawab oleh/);
  t.match(await newest(ipms), { status: 'refused', answer: 'Penuh' });
});

t.test('withdrawn and approved at the same moment: one of the two', async (t) => {
  const { ipms, list, owner, person } = await begin(t);
  await person.submit(OPEN, `/me/groups/${list}/join`);
  const place = `/me/list-requests/${(await newest(ipms)).id}`;
  const [mine, theirs] = [await person.token(place), await owner.token(place)];
  const answers = await Promise.all([
    person.post(`${place}/withdraw`, { _csrf: mine }),
    owner.post(`${place}/approve`, { _csrf: theirs, answer: '' }),
  ]);
  t.strictSame(answers.map((answer) => answer.status).sort(), [303, 409]);
  const { status } = await newest(ipms);
  t.equal((await membersOf(ipms, list)).length, status === 'approved' ? 1 : 0);
});

t.test('twenty of one person may wait; the next is told what to do', async (t) => {
  const { ipms, person } = await begin(t);
  for (let each = 1; each <= 21; each += 1) {
    const wish = { display_name: `Projek ${each}`, primary_email: `projek.${each}`, text: 'Untuk projek' };
    const answer = await person.submit(NEW, NEW, wish);
    t.equal(answer.status, each <= 20 ? 303 : 422);
    if (each <= 20) continue;
    t.match(answer.text, '20 permintaan anda masih menunggu');
    t.ok(answer.dom.querySelector('main a[href="/me/list-requests?status=requested"]'), 'one click away');
  }
  await withdraw(ipms, person);
  t.equal((await person.submit(NEW, NEW, { display_name: 'Lagi', primary_email: 'lagi', text: 'x' })).status, 303);
});

t.test('asked and withdrawn again and again: forty times in a day, in words, and others go on', async (t) => {
  const { ipms, list, person } = await begin(t);
  const join = () => person.submit(OPEN, `/me/groups/${list}/join`);
  await join();
  await withdraw(ipms, person);
  const { id: _first, ...first } = await newest(ipms);
  for (let times = 1; times < 39; times += 1) await ipms.db.insertInto('list_change_request').values(first).execute();
  t.equal((await join()).status, 303, 'the fortieth');
  await withdraw(ipms, person);
  await ipms.db.deleteFrom('outbox').execute();
  const refused = await join();
  t.equal(refused.status, 422);
  t.match(refused.text, /40 permintaan tentang senarai mel dalam 24 jam.*Cuba lagi selepas 25 Nov 2026, 14:00/);
  t.equal((await newest(ipms)).status, 'withdrawn', 'nothing waits');
  t.strictSame(await mailed(ipms), [], 'and nobody is mailed');

  const other = await makeOfficer(ipms, 'lain');
  const browser = await ipms.signIn(other.login_id);
  t.equal((await browser.submit(OPEN, `/me/groups/${list}/join`)).status, 303, 'somebody else may ask');
  ipms.clock.now = later(ipms.clock.now, DAY);
  const again = await ipms.signIn('siti');
  t.equal((await again.submit(OPEN, `/me/groups/${list}/join`)).status, 303, 'and so may the first, a day later');
});
