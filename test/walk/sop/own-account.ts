import { PASSWORD } from '../../helper.ts';
import { makeOfficer } from '../../make.ts';
import { fill, follow, open } from './hands.ts';
import type { Walk } from './walk.ts';

/** SOP 4.20: an officer changes the password, and forgets the new one. */
export async function ownAccount({ t, ipms, as, step, between }: Walk) {
  const { primary_email } = await makeOfficer(ipms, 'suhaila.osman', { display_name: 'Suhaila binti Osman' });
  const officer = ipms.visitor();
  const [SET, OWN] = [PASSWORD, 'Bakau$Muara4455'];

  const home = await step(
    '4.20 step 1',
    'user',
    async () => {
      const page = await follow(officer, await open(officer, '/'), 'Portal Pengguna');
      const wrong = fill(officer, page).type('Username', 'suhaila.osman').type('Katalaluan', OWN);
      await wrong.pressInVain('Log Masuk');
      return fill(officer, page).type('Username', 'suhaila.osman').type('Katalaluan', SET).press('Log Masuk');
    },
    { audited: ['- user.signed-in'] },
  );
  t.match(home.text, primary_email, 'the user’s details are shown');
  const password = await step(
    '4.20 step 2',
    'user',
    async () => {
      const page = await follow(officer, home, 'Pengurusan Katalaluan');
      const unequal = fill(officer, page)
        .type('Katalaluan sekarang', SET)
        .type('Katalaluan baharu', OWN)
        .type('Katalaluan baharu, sekali', `${OWN}x`);
      t.match((await unequal.pressInVain('Tukar Katalaluan')).problems.confirm_password, /sama/);
      return page;
    },
    { rail: 'done now todo byHand byHand byHand' },
  );
  const changed = await step(
    '4.20 step 3',
    'user',
    () =>
      fill(officer, password)
        .type('Katalaluan sekarang', SET)
        .type('Katalaluan baharu', OWN)
        .type('Katalaluan baharu, sekali', OWN)
        .press('Tukar Katalaluan'),
    {
      mailed: [`N8 ${primary_email}`],
      audited: ['4.20 user.password-changed'],
      filed: ['4.20 record.own-password-changed'],
      rail: 'done done done byHand byHand byHand',
    },
  );
  // OWA is not IPMS's to look into: what is tried there is never done by the rail
  const OUTSIDE = 'done done done byHand byHand byHand';
  await step(
    '4.20 step 4',
    'user',
    async () => {
      t.match(changed.text, 'uji katalaluan baharu');
      return changed;
    },
    { rail: OUTSIDE },
  );
  await step(
    '4.20 step 5',
    'user',
    async () => {
      const elsewhere = ipms.visitor();
      const page = await open(elsewhere, '/login');
      return fill(elsewhere, page).type('Username', 'suhaila.osman').type('Katalaluan', OWN).press('Log Masuk');
    },
    { audited: ['- user.signed-in'] },
  );
  const forgetful = ipms.visitor();
  await step(
    '4.20 step 6',
    'user',
    async () => {
      t.match(changed.text, 'admin.jabatan@jabatan.test', 'whom to tell');
      const page = await follow(forgetful, await open(forgetful, '/login'), 'Lupa katalaluan?');
      return fill(forgetful, page).type('Username', 'suhaila.osman').press('Hantar');
    },
    { audited: ['4.20 user.forgot-password'] },
  );
  const admin = await as('admin.jabatan');
  await between(
    'the administrator resets it',
    async () => {
      const help = await follow(admin, await open(admin, '/admin'), 'Bantuan log masuk');
      const request = await follow(admin, help, 'Suhaila binti Osman');
      return fill(admin, request, `${request.at}/send-link`).press('Buat pautan');
    },
    { mailed: [`link-made ${primary_email}`], audited: ['4.20 user.link-made'] },
  );
}
