import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { UNSET } from '../../src/data/act.ts';
import { handOver } from '../../src/groups/group.ts';
import { groupsOwnedAlone } from '../../src/groups/queries.ts';
import { startIpms, type Visitor } from '../helper.ts';
import { actorOf, makeGroup } from '../make.ts';
import { ADMIN, OFFICER, STRANGER } from '../people.ts';
import { mailboxId, trailOf } from '../read.ts';

// Lists that nobody looks after (SOP 4.14), and who looks after them when an owner leaves (SOP 4.11).

const PAGE = '/admin/groups/health';

async function listed(admin: Visitor, query = '') {
  const { dom } = await admin.get(PAGE + query);
  return dom.querySelectorAll('main tbody tr').map((row) => {
    const cells = row.querySelectorAll('td').map((cell) => cell.textContent.trim());
    return `${cells[0]}: ${cells.at(-1)}`;
  });
}

t.test('each problem is a filter, and counted', async (t) => {
  const ipms = await startIpms(t);
  await ipms.db.updateTable('group').set({ status: 'deleted' }).execute();
  const officer = await mailboxId(ipms, OFFICER);
  await makeGroup(ipms, 'baik', { members: [ADMIN] });
  await makeGroup(ipms, 'kosong');
  const lost = await makeGroup(ipms, 'hilang', { owners: [OFFICER], members: [ADMIN] });
  const old = await makeGroup(ipms, 'lama', { members: [ADMIN] });
  await makeGroup(ipms, 'rehat', { members: [ADMIN, OFFICER] });
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', officer).execute();
  const closed = await makeGroup(ipms, 'tertutup', { members: [ADMIN] });
  await ipms.db.updateTable('group').set({ accept_from: 'listed' }).where('id', '=', closed).execute();
  const long = later(ipms.clock.now, -366 * DAY).toISOString();
  await ipms.db.updateTable('group').set({ created_at: long, changed_at: null }).where('id', '=', old).execute();
  const admin = await ipms.signIn('admin.jabatan');
  t.strictSame(await listed(admin), [
    'Senarai hilang: Tiada pengendali aktif',
    'Senarai kosong: Tiada ahli',
    'Senarai lama: Tidak diubah 12 bulan',
    'Senarai rehat: Ada ahli yang tidak aktif',
    'Senarai tertutup: Tiada sesiapa boleh menghantar',
  ]);
  t.strictSame(await listed(admin, '?problem=no-sender'), ['Senarai tertutup: Tiada sesiapa boleh menghantar']);
  t.strictSame(await listed(admin, '?problem=no-owner'), ['Senarai hilang: Tiada pengendali aktif']);
  t.strictSame(await listed(admin, '?problem=empty'), ['Senarai kosong: Tiada ahli']);
  t.strictSame(await listed(admin, '?problem=disabled'), ['Senarai rehat: Ada ahli yang tidak aktif']);
  t.strictSame(await listed(admin, '?problem=unchanged'), ['Senarai lama: Tidak diubah 12 bulan']);
  t.strictSame(await listed(admin, '?q=kosong'), ['Senarai kosong: Tiada ahli']);
  const { dom } = await admin.get(PAGE);
  t.strictSame(
    dom.querySelectorAll('.tiles .big').map((each) => each.textContent),
    ['1', '1', '1', '1', '1'],
  );
  await ipms.db.insertInto('group_sender').values({ group_id: closed, address: OFFICER }).execute();
  t.strictSame(await listed(admin, '?problem=no-sender'), [], 'somebody may');
  t.match((await admin.get(`${PAGE}?format=csv`)).html, 'hilang@jabatan.test');

  await admin.submit(`/admin/groups/${lost}`, `/admin/groups/${lost}`, { owners: ADMIN });
  t.strictSame(await listed(admin, '?problem=no-owner'), []);
});

t.test('lists that a mailbox owns alone, and handing them over', async (t) => {
  const ipms = await startIpms(t);
  const { db, clock } = ipms;
  const [admin, officer, stranger] = [
    await mailboxId(ipms, ADMIN),
    await mailboxId(ipms, OFFICER),
    await mailboxId(ipms, STRANGER),
  ];
  const alone = await makeGroup(ipms, 'sendiri', { owners: [OFFICER] });
  const shared = await makeGroup(ipms, 'kongsi', { owners: [OFFICER, ADMIN] });
  const owned = async () => (await groupsOwnedAlone(db, { id: officer })).map((list) => list.id);
  t.ok((await owned()).includes(alone));
  t.notOk((await owned()).includes(shared), 'somebody else looks after it, too');
  await db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', admin).execute();
  t.ok((await owned()).includes(shared), 'nobody active does');
  await db.updateTable('mailbox').set({ status: 'active' }).where('id', '=', admin).execute();

  const actor = await actorOf(ipms, 'admin.jabatan');
  const give = (to: number) =>
    db.transaction().execute((trx) => handOver({ trx, actor, now: clock.now, settings: UNSET }, alone, officer, to));
  await t.rejects(give(stranger), { message: 'group.heirUnfit' }, 'not to another agency');
  await t.rejects(give(officer), { message: 'group.heirUnfit' }, 'not to the one who leaves');
  await give(admin);
  t.strictSame(await db.selectFrom('group_owner').select('mailbox_id').where('group_id', '=', alone).execute(), [
    { mailbox_id: admin },
  ]);
  const act = (await trailOf(ipms, 'group', alone)).at(-1);
  t.match(act, { action: 'group.handed-over', sop: '4.11', before: JSON.stringify({ owners: [OFFICER] }) });
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  await makeGroup(ipms, 'kosong');
  t.equal((await ipms.visitor().get(PAGE)).location, `/login?next=${encodeURIComponent(PAGE)}`);
  t.equal((await (await ipms.signIn('pegawai.jabatan')).get(PAGE)).status, 403);
  const other = await ipms.signIn('admin.kementerian');
  const theirs = await other.get(`${PAGE}?problem=empty`);
  t.notMatch(theirs.text, 'Senarai kosong');
  const counted = theirs.dom.querySelector('.tiles a[href$="problem=empty"] .big')?.textContent;
  t.equal(counted, String((await listed(other, '?problem=empty')).length), 'nor counted');
});
