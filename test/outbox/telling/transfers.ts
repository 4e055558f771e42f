import { makeGroup, makeOfficer } from '../../make.ts';
import { ADMIN, HELPDESK, OFFICER } from '../../people.ts';
import { askForOfficer, offerOfficer, PACKAGE, prepareTransfer, sendTransferForm } from '../../transfers/transfers.ts';
import type { Story } from './story.ts';

const OTHER_ADMIN = 'admin.kementerian@kementerian.test';

export const TRANSFERS: Story[] = [
  {
    says: ['transfer.how1', 'transfer.askedNext', 'transfer.happens.leaves', 'transfer.happens.both'],
    async tell({ ipms, begin, tells }) {
      const { to, from, mover } = await prepareTransfer(ipms);
      await makeGroup(ipms, 'uji', { owners: [OFFICER], members: [mover] });
      const read = [await to.get('/admin/transfers/new')];
      await begin();
      // the agency that has the officer is asked, and who asked is answered
      const page = await tells(ADMIN, () => askForOfficer(to, mover.primary_email));
      read.push(await to.get(page), await from.get(page));
      await tells(OTHER_ADMIN, () => sendTransferForm(from, page, 'agree'));
      await begin();
      await sendTransferForm(to, page, 'allocation', PACKAGE);
      return { read, told: [PACKAGE.primary_email, ADMIN, OTHER_ADMIN, HELPDESK, OFFICER] };
    },
  },
  {
    says: ['transfer.refuseHint'],
    async tell({ ipms, begin }) {
      const { to, from, mover } = await prepareTransfer(ipms);
      const page = await askForOfficer(to, mover.primary_email);
      const before = await from.get(page);
      await begin();
      await sendTransferForm(from, page, 'refuse', { reason: 'Belum boleh' });
      return { read: [before], told: [OTHER_ADMIN] };
    },
  },
  {
    says: ['transfer.offered'],
    async tell({ ipms, begin }) {
      const { from, mover } = await prepareTransfer(ipms);
      await begin();
      return { read: [await from.get(await offerOfficer(from, mover))], told: [OTHER_ADMIN] };
    },
  },
  ...[
    { login: 'siti', key: 'correction.confirmText' as const },
    { login: 'betul', key: 'correction.confirmLogin' as const },
  ].map(
    ({ login, key }): Story => ({
      says: [key, 'correction.refuseHint', 'mail.correction.done.office'],
      async tell({ ipms, as, begin, send }) {
        const { id, primary_email } = await makeOfficer(ipms, 'siti', { ic_number: '880412105672' });
        const [admin, helpdesk] = [await as('admin.jabatan'), await as('meja.bantuan')];
        const page = `/admin/mailboxes/${id}/correction`;
        const wish = { ic_number: '880412-10-5674', login_id: login, reason: 'Digit akhir tersalah' };
        const { at } = await send(admin, page, page, wish);
        const place = at.replace('/admin', '/helpdesk');
        const before = await helpdesk.get(place);
        await begin();
        await send(helpdesk, place, `${place}/confirm`);
        return { read: [before], told: [primary_email, ADMIN, HELPDESK] };
      },
    }),
  ),
];
