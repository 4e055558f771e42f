import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { readWork } from '../../src/directory/work.ts';
import { PASSWORD, startIpms } from '../helper.ts';
import { startLab } from '../lab/lab.ts';
import { changeMailbox, makeOfficer } from '../make.ts';
import { follow, goLive, trackedOf } from './follower.ts';

const NEW = 'Hijau#Gunung88';

const lab = await startLab(t);
if (lab !== null) {
  t.test('busy, hanging, or without a right to one attribute', async (t) => {
    const directory = await lab.part();
    t.teardown(() => lab.goOn());
    const ipms = await startIpms(t, { directory });
    const [ali, siti] = [await makeOfficer(ipms, 'ali.sibuk'), await makeOfficer(ipms, 'siti.sibuk')];
    await goLive(ipms);
    const { settle, turn, directory: connector } = follow(t, ipms, directory);
    for (const code of [51, 52]) {
      lab.refuses = (field) => (field === null ? code : null);
      await turn();
      const { last_error, next_at } = await readWork(ipms.db);
      t.match(last_error, 'directory.away.busy', String(code));
      t.ok(next_at !== null && next_at <= later(ipms.clock.now, MINUTE).toISOString(), 'asked again soon');
      ipms.clock.now = later(ipms.clock.now, MINUTE);
    }
    lab.refuses = null;
    await settle();
    t.equal((await readWork(ipms.db)).last_error, null);

    const stateOf = async ({ id }: { id: number }) => {
      const row = await trackedOf(ipms, { type: 'mailbox', id });
      const real = await connector.readObject(row.guid ?? '');
      return { state: row.state, why: row.last_error, values: real?.attributes };
    };
    lab.refuses = (field) => (field === 'title' ? 50 : null);
    const then = { position: 'Pengarah', division: 'Bahagian Baru' };
    await changeMailbox(ipms, 'ali.sibuk', then);
    await changeMailbox(ipms, 'siti.sibuk', { division: 'Bahagian Baru' });
    await settle();
    t.match(await stateOf(ali), {
      state: 'refused',
      why: /directory\.refused\.rights/,
      values: { title: [], department: ['Bahagian Baru'] },
    });
    t.match(await stateOf(siti), { state: 'step', values: { department: ['Bahagian Baru'] } });
    lab.refuses = null;

    const officer = await ipms.signIn('siti.sibuk');
    await settle();
    lab.hang();
    const form = { current_password: PASSWORD, new_password: NEW, confirm_password: NEW };
    t.equal((await officer.submit('/me/password', '/me/password', form)).status, 303, 'nobody waits for it');
    t.equal((await officer.get('/me')).status, 200);
    t.match(await ipms.db.selectFrom('directory_password').selectAll().execute(), [{ user_id: siti.user_id }]);
    lab.goOn();
    ipms.clock.now = later(ipms.clock.now, MINUTE);
    await settle();
    t.ok(await lab.accepts('siti.sibuk', NEW));
  });
}
