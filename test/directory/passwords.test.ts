import { t } from 'tap';
import { DAY, later, MINUTE } from '../../src/base/time.ts';
import { startIpms } from '../helper.ts';
import { startLab } from '../lab/lab.ts';
import { makeOfficer } from '../make.ts';
import { mailsNumbered, mailsOf } from '../read.ts';
import { follow, goLive, trackedOf } from './follower.ts';

const FIRST = 'Kuning#Langit77';
const SECOND = 'Hijau#Gunung88';

const lab = await startLab(t);
if (lab !== null) {
  t.test('the password that somebody signs in with opens the account; a new one is taken at once', async (t) => {
    const directory = await lab.part();
    const ipms = await startIpms(t, { directory });
    const ali = await makeOfficer(ipms, 'ali.abu', { full_name: 'Ali bin Abu' });
    await goLive(ipms);
    const { settle, directory: connector } = follow(t, ipms, directory);
    await settle();
    const { guid } = await trackedOf(ipms, { type: 'mailbox', id: ali.id });
    const isOpen = async () => (await connector.readObject(guid ?? ''))?.isOpen;
    t.equal(await isOpen(), false, 'of a hash nobody makes a password');

    const officer = await ipms.signIn('ali.abu');
    await settle();
    t.equal(await isOpen(), true);
    t.strictSame(
      await ipms.db.selectFrom('directory_password').selectAll().execute(),
      [],
      'erased when it has arrived',
    );
    t.ok(await lab.accepts('ali.abu', 'Contoh@2026ipms'));

    const form = { current_password: 'Contoh@2026ipms', new_password: FIRST, confirm_password: FIRST };
    t.equal((await officer.submit('/me/password', '/me/password', form)).status, 303);
    t.ok(await lab.accepts('ali.abu', FIRST), 'before anybody carries anything out');
    t.notOk(await lab.accepts('ali.abu', 'Contoh@2026ipms'));
  });

  t.test(
    'what the directory refuses by rules of its own is refused beside the field, and nothing is changed',
    async (t) => {
      const directory = await lab.part();
      const ipms = await startIpms(t, { directory });
      const login = 'cabinet.abu';
      await makeOfficer(ipms, login, { full_name: 'Ali Cabinet', display_name: 'Ali Cab Abu' });
      await goLive(ipms);
      const { settle } = follow(t, ipms, directory);
      await settle();
      const officer = await ipms.signIn(login);
      await settle();
      const refused = 'Cab#Putih77xyz';
      const form = { current_password: 'Contoh@2026ipms', new_password: refused, confirm_password: refused };
      const answer = await officer.submit('/me/password', '/me/password', form);
      t.equal(answer.status, 422);
      t.match(answer.problems.new_password, /Direktori menolak katalaluan itu/);
      t.ok(await lab.accepts(login, 'Contoh@2026ipms'));
      await ipms.signIn(login);
    },
  );

  t.test('a directory that is away gets the password later, and no file has it meanwhile', async (t) => {
    const directory = await lab.part();
    const ipms = await startIpms(t, { directory });
    const siti = await makeOfficer(ipms, 'siti.away');
    await goLive(ipms);
    const { settle, directory: connector } = follow(t, ipms, directory);
    await settle();
    const officer = await ipms.signIn('siti.away');
    await settle();
    await lab.kill();
    const form = { current_password: 'Contoh@2026ipms', new_password: SECOND, confirm_password: SECOND };
    t.equal((await officer.submit('/me/password', '/me/password', form)).status, 303, 'IPMS has it');
    const [waiting] = await ipms.db.selectFrom('directory_password').selectAll().execute();
    t.equal(waiting?.user_id, siti.user_id);
    const file = ipms.serialize();
    for (const encoding of ['utf8', 'utf16le'] as const)
      t.notOk(file.includes(Buffer.from(SECOND, encoding)), `not as ${encoding}`);
    for (const encoding of ['hex', 'base64'] as const)
      t.notOk(file.includes(Buffer.from(SECOND).toString(encoding)), `not as ${encoding}`);
    await lab.start();
    await settle();
    t.ok(await lab.accepts('siti.away', SECOND));
    t.strictSame(await ipms.db.selectFrom('directory_password').selectAll().execute(), []);
    t.equal(
      (await connector.readObject((await trackedOf(ipms, { type: 'mailbox', id: siti.id })).guid ?? ''))?.isOpen,
      true,
    );
  });

  t.test('whoever is shut out has no password on its way, and comes back with a new one alone', async (t) => {
    const directory = await lab.part();
    const ipms = await startIpms(t, { directory });
    const ali = await makeOfficer(ipms, 'ali.tutup');
    await goLive(ipms);
    await ipms.signIn('ali.tutup');
    t.equal((await ipms.db.selectFrom('directory_password').selectAll().execute()).length, 1);
    await makeOfficer(ipms, 'siti.tutup');
    await ipms.signIn('siti.tutup');
    await ipms.db.updateTable('user').set({ status: 'disabled' }).where('login_id', '=', 'siti.tutup').execute();
    t.equal((await ipms.db.selectFrom('directory_password').selectAll().execute()).length, 1, 'by the sign-in, too');
    await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', ali.id).execute();
    t.strictSame(await ipms.db.selectFrom('directory_password').selectAll().execute(), []);
    t.equal((await trackedOf(ipms, { type: 'mailbox', id: ali.id })).password_at, null);
  });

  t.test('what waited for a day is erased, and asked for again by mail; as is what is refused late', async (t) => {
    const directory = await lab.part();
    const ipms = await startIpms(t, { directory });
    const ali = await makeOfficer(ipms, 'ali.lewat');
    await goLive(ipms);
    const { settle } = follow(t, ipms, directory);
    await settle();
    await ipms.signIn('ali.lewat');
    await lab.kill();
    await settle();
    const waiting = () => ipms.db.selectFrom('directory_password').selectAll().execute();
    t.equal((await waiting()).length, 1);
    ipms.clock.now = later(ipms.clock.now, DAY);
    await settle();
    t.strictSame(await waiting(), []);
    const [mail] = await mailsOf(ipms, 'user', ali.user_id, 'set-again');
    t.match(mail?.letter, /direktori agensi tidak dapat dihubungi/);

    await lab.start();
    ipms.clock.now = later(ipms.clock.now, MINUTE);
    await makeOfficer(ipms, 'contoh.ipms', { full_name: 'Contoh Ipms', display_name: 'Contoh Ipms' });
    await settle();
    await ipms.signIn('contoh.ipms');
    await settle();
    t.strictSame(await waiting(), []);
    const late = (await mailsNumbered(ipms, 'set-again')).find(({ to_address }) =>
      to_address.startsWith('contoh.ipms'),
    );
    t.match(late?.letter, /tidak menerima katalaluan anda/);
  });
}
