import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { sealPassword } from '../../src/directory/passwords/waiting.ts';
import { secrets, startIpms } from '../helper.ts';
import { startLab } from '../lab/lab.ts';
import { changeMailbox, makeGroup, makeOfficer } from '../make.ts';
import { follow, goLive, listSteps, trackedOf } from './follower.ts';

const lab = await startLab(t);
if (lab !== null) {
  t.test('all of an installation is made, linked, and seen to be there; then nothing is left', async (t) => {
    const ipms = await startIpms(t);
    const ali = await makeOfficer(ipms, 'ali');
    const list = await makeGroup(ipms, 'semua', { owners: [ali], members: [ali] });
    await listSteps(ipms); // as the server has, long before any agency is written to
    await goLive(ipms);
    const directorySettings = await lab.part();
    const { settle, directory, turn } = follow(t, ipms, directorySettings);
    await settle();
    const states = await ipms.db
      .selectFrom('directory_object')
      .select(['state', 'item_type', 'item_id', 'last_error', 'agency_id'])
      .where('state', '<>', 'step')
      .execute();
    t.strictSame(states, []);
    const { objects } = await directory.readAll();
    const found = await trackedOf(ipms, { type: 'mailbox', id: ali.id });
    const account = objects.find(({ guid }) => guid === found.guid);
    t.match(account, { name: 'ali', isOpen: false, attributes: { mail: [ali.primary_email] } });
    t.equal(found.dn, 'JC/Pengguna/ali');
    const given = await lab.admin.search(directorySettings.baseDn, {
      filter: '(sAMAccountName=ipms-pakej-B)',
      attributes: ['groupType', 'member'],
    });
    t.match(given.searchEntries, [{ groupType: '-2147483640' }]);
    t.ok(
      [given.searchEntries[0]?.member].flat().some((dn) => String(dn).startsWith('CN=ali,')),
      'its package is told',
    );
    const group = await trackedOf(ipms, { type: 'group', id: list });
    t.match(objects.find(({ guid }) => guid === group.guid)?.links, { member: [found.guid], managedBy: [found.guid] });
    t.notOk(await turn(), 'nothing is due');
    const before = lab.requests.length;
    ipms.clock.now = later(ipms.clock.now, MINUTE);
    t.ok(await turn());
    const asked = lab.requests.length - before;
    t.ok(asked <= 3, `a minute without a change asks ${asked} times`);

    await ipms.db
      .insertInto('directory_password')
      .values({
        user_id: ali.user_id,
        sealed: sealPassword(secrets.passwords, ali.user_id, 'Kuning#Langit77'),
        made_at: ipms.clock.now.toISOString(),
      })
      .execute();
    await settle();
    t.equal((await directory.readObject(found.guid ?? ''))?.isOpen, true, 'with a password it opens');
    t.strictSame(await ipms.db.selectFrom('directory_password').selectAll().execute(), []);

    await changeMailbox(ipms, 'ali', { status: 'disabled', display_name: 'Ali Baru' });
    await settle();
    const closed = await directory.readObject(found.guid ?? '');
    t.match(closed, { isOpen: false, attributes: { displayName: ['Ali Baru'], msExchHideFromAddressLists: ['TRUE'] } });
    t.strictSame((await directory.readObject(group.guid ?? ''))?.links.member, []);
  });
}
