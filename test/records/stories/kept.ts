import { keepAuditHead } from '../../../src/audit-head.ts';
import { noteInDatabase } from '../../../src/backups/due.ts';
import type { Happening } from '../../../src/backups/folder.ts';
import { DAY, later } from '../../../src/base/time.ts';
import { confirmClock, SEEN } from '../../../src/clock/clock.ts';
import { storeSetting } from '../../../src/data/system-settings.ts';
import { sendMonthlyReport } from '../../../src/reports/monthly/monthly.ts';
import { attachFiles, noteDownload, noteHarmful } from '../../../src/trail/attachments.ts';
import { ticketItem } from '../../../src/trail/items.ts';
import { bringFile, pdf, sha256 } from '../../attached-files.ts';
import { dataFolder } from '../../command-line/folder.ts';
import { actAs, type Stories, send } from './stage.ts';

export const KEPT: Stories = {
  async reading({ t, ipms, admin, helpdesk }) {
    await admin.get('/admin/audit');
    await admin.get('/admin/audit?format=csv');
    await send(t, admin, '/admin/reports', '/admin/reports/monthly', { reports: ['accounts', 'movements'] });
    await actAs(ipms, 'admin.jabatan', (act) => sendMonthlyReport(act, '2026-11', '2026-10', []));
    const pack = await admin.submit('/admin/records/pack', '/admin/records/pack', {
      from: '1/1/2026',
      to: '31/12/2026',
      count: '3',
    });
    t.equal(pack.status, 200);
    await ipms.db.updateTable('outbox').set({ state: 'failed', tries: 9 }).where('secret', 'is', null).execute();
    await send(t, helpdesk, '/helpdesk/outbox', '/helpdesk/outbox/send-failed');
    await keepAuditHead(ipms.db, `${dataFolder(t)}/secret.key`, ipms.clock.now);
    await actAs(ipms, 'meja.bantuan', async (act) => {
      await storeSetting(act.trx, SEEN, later(act.now, -30 * DAY).toISOString());
      await confirmClock(act);
    });
  },
  async files({ ipms }) {
    const ticket = await ipms.db.selectFrom('ticket').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
    const { name, bytes } = pdf();
    const file = { name, bytes, type: 'application/pdf' as const, sha256: sha256(bytes) };
    await actAs(ipms, 'meja.bantuan', async (act) =>
      attachFiles(act, { kind: 'ticket', id: ticket.id }, ticketItem(ticket), [await bringFile(act.trx, pdf())]),
    );
    const held = await ipms.db.selectFrom('attachment').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
    await actAs(ipms, 'meja.bantuan', (act) => noteDownload(act, held));
    await actAs(ipms, 'meja.bantuan', (act) => noteHarmful(act, file));
  },
  async backups({ t, ipms, helpdesk }) {
    await send(t, helpdesk, '/helpdesk/backups', '/helpdesk/backups/make', {});
    const name = 'ipms-20261124-013000.db.gz';
    const looked = { faults: [], lastAuditRow: 1 };
    const happened: Happening[] = [
      { what: 'made', name, isEncrypted: false, bytes: 1000, sha256: sha256(pdf().bytes), looked },
      { what: 'lost', name, state: 'gone' },
      { what: 'back', name },
      { what: 'removed', name },
    ];
    const run = { askedBy: 'IPMS', beganAt: ipms.clock.now };
    for (const each of happened) await noteInDatabase(ipms.db, each, run, ipms.clock.now);
  },
};
