import { PASSWORD } from '../../helper.ts';
import { makeOfficer } from '../../make.ts';
import { ADMIN } from '../../people.ts';
import { plantAuthenticator } from '../../second-factor/phone.ts';
import type { Story } from './story.ts';

export const SIGN_IN: Story[] = [
  {
    says: ['second-factor.resetText'],
    async tell({ ipms, as, begin, send }) {
      const officer = await makeOfficer(ipms, 'hilang');
      await plantAuthenticator(ipms, 'hilang');
      const helpdesk = await as('meja.bantuan');
      const page = `/helpdesk/sign-in-help/${officer.user_id}`;
      const before = await helpdesk.get(page);
      await begin();
      await send(helpdesk, page, `${page}/reset-second-factor`, { reason: 'Telefon hilang' });
      return { read: [before], told: [officer.primary_email] };
    },
  },
  ...(['administrator', 'staff'] as const).map(
    (kind): Story => ({
      says: [`${kind}.newText`],
      async tell({ as, begin, send }) {
        const helpdesk = await as('meja.bantuan');
        const page = kind === 'staff' ? '/helpdesk/staff/new' : '/helpdesk/admins/new';
        const before = await helpdesk.get(page);
        await begin();
        const who = { full_name: 'Puan Baru', login_id: 'puan.baru', email: 'puan@jabatan.test' };
        await send(helpdesk, page, page, kind === 'staff' ? who : { ...who, agency_id: '1' });
        return { read: [before], told: ['puan@jabatan.test'] };
      },
    }),
  ),
  {
    says: ['mailbox.password.effect', 'mail.n8.byOfficer'],
    async tell({ ipms, as, begin, send }) {
      const { id, primary_email } = await makeOfficer(ipms, 'siti');
      const admin = await as('admin.jabatan');
      const page = `/admin/mailboxes/${id}/password`;
      const before = await admin.get(page);
      await begin();
      await send(admin, page, page, { new_password: 'Rahsia#Besar2026', confirm_password: 'Rahsia#Besar2026' });
      return { read: [before], told: [primary_email] };
    },
  },
  {
    says: ['my-password.effect'],
    async tell({ ipms, begin, send }) {
      const { primary_email } = await makeOfficer(ipms, 'siti');
      const siti = await ipms.signIn('siti');
      const before = await siti.get('/me/password');
      await begin();
      const password = { new_password: 'Rahsia#Besar2026', confirm_password: 'Rahsia#Besar2026' };
      await send(siti, '/me/password', '/me/password', { current_password: PASSWORD, ...password });
      return { read: [before], told: [primary_email] };
    },
  },
  {
    says: ['mail.recovery.text', 'mail.recovery.new'],
    async tell({ ipms, begin, send }) {
      const { primary_email } = await makeOfficer(ipms, 'siti');
      const siti = await ipms.signIn('siti');
      await begin();
      const fields = { recovery_email: 'siti@rumah.test', current_password: PASSWORD };
      await send(siti, '/me/profile', '/me/profile', fields);
      return { read: [], told: [primary_email, 'siti@rumah.test'] };
    },
  },
];

for (const [way, recovery] of [
  ['linkMailed', 'ada@rumah.test'],
  ['linkShown', undefined],
] as const)
  SIGN_IN.push({
    says: [`sign-in-help.${way}`, ...(recovery ? (['sign-in-help.sent'] as const) : [])],
    async tell({ ipms, as, begin, send }) {
      const officer = await makeOfficer(ipms, 'lupa', recovery ? { recovery } : {});
      const admin = await as('admin.jabatan');
      const page = `/admin/sign-in-help/${officer.user_id}`;
      const before = await admin.get(page);
      await begin();
      const after = await send(admin, page, `${page}/send-link`);
      return { read: [before, after], told: [recovery ?? officer.primary_email] };
    },
  });

for (const recovery of ['ada@rumah.test', undefined])
  SIGN_IN.push({
    says: ['forgot.text', 'forgot.done'],
    async tell({ ipms, begin, send }) {
      await makeOfficer(ipms, 'lupa', recovery ? { recovery } : {});
      const visitor = ipms.visitor();
      const page = '/password/forgot';
      const before = await visitor.get(page);
      await begin();
      const after = await send(visitor, page, page, { login: 'lupa' });
      // nobody signed in asks: were administrators mailed, anybody could fill their mailboxes
      return { read: [before, after], told: recovery ? [recovery] : [], untold: [ADMIN] };
    },
  });
