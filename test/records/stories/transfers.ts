import { DAY, later } from '../../../src/base/time.ts';
import { runDue } from '../../../src/due.ts';
import { KC, makeGroup, makeOfficer } from '../../make.ts';
import {
  askForOfficer,
  newestTransfer,
  offerOfficer,
  PACKAGE,
  prepareTransfer,
  sendTransferForm,
} from '../../transfers/transfers.ts';
import type { Stories } from './stage.ts';

export const TRANSFERS: Stories = {
  /** At its end more than a year has gone by. */
  async transfers({ t, ipms }) {
    const { from, to, mover } = await prepareTransfer(ipms);
    const owner = await makeOfficer(ipms, 'kekal');
    await makeGroup(ipms, 'berdua', { owners: [mover, owner] });
    const withdrawn = await askForOfficer(to, mover.primary_email);
    await sendTransferForm(to, withdrawn, 'withdraw');
    await askForOfficer(to, 'tiada@lain.test');
    const lost = await offerOfficer(from, mover, { effective_on: '1/12/2026', keep_address: '1' });
    await sendTransferForm(to, lost, 'agree', PACKAGE);
    const { id } = await newestTransfer(ipms);
    const elsewhere = await makeOfficer(ipms, 'orang.lain', { agency: KC });
    await ipms.db
      .updateTable('address')
      .set({ kind: 'alias', item_id: elsewhere.id, reserved_until: null })
      .where('address', '=', PACKAGE.primary_email)
      .execute();
    ipms.clock.now = new Date('2026-12-01T02:00:00.000Z');
    await runDue(ipms.db, ipms.clock.now);
    const receiving = await ipms.signIn('admin.kementerian');
    await sendTransferForm(receiving, lost, 'allocation', { ...PACKAGE, primary_email: 'pindah.dua@kementerian.test' });
    t.match(await ipms.db.selectFrom('transfer').select('status').where('id', '=', id).execute(), [
      { status: 'carried-out' },
    ]);
    ipms.clock.now = later(ipms.clock.now, 400 * DAY);
    await runDue(ipms.db, ipms.clock.now);
  },
};
