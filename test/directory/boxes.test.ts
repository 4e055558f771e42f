import { Attribute, Change } from 'ldapts';
import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { startIpms } from '../helper.ts';
import { startLab } from '../lab/lab.ts';
import { manage } from '../mailbox-life/manage-account.ts';
import { makeOfficer } from '../make.ts';
import { trailOf } from '../read.ts';
import { follow, goLive, trackedOf } from './follower.ts';

// SOP 4.11: e-mail, Lync and AD, as the directory says.

const lab = await startLab(t);
if (lab !== null)
  t.test('what the directory says to have ended ticks itself, with its day and where it was seen', async (t) => {
    const directory = await lab.part();
    const ipms = await startIpms(t, { directory });
    const leaver = await makeOfficer(ipms, 'pesara.lync');
    await goLive(ipms);
    const { settle, turn } = follow(t, ipms, directory);
    await ipms.signIn('pesara.lync');
    await settle();
    const dn = `CN=pesara.lync,OU=Pengguna,OU=JC,${directory.baseDn}`;
    await lab.admin.modify(
      dn,
      new Change({
        operation: 'replace',
        modification: new Attribute({ type: 'msRTCSIP-UserEnabled', values: ['TRUE'] }),
      }),
    );
    ipms.clock.now = later(ipms.clock.now, MINUTE);
    await turn();
    const admin = await ipms.signIn('admin.jabatan');
    await manage(admin, leaver, 'delete', { effective_on: '24/11/2026', reason: 'Bersara' });
    const { id } = await ipms.db
      .selectFrom('ticket')
      .select('id')
      .where('item_id', '=', leaver.id)
      .executeTakeFirstOrThrow();
    const boxes = async () => {
      const { content, status } = await ipms.db
        .selectFrom('ticket')
        .select(['content', 'status'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return { ...JSON.parse(content), status };
    };
    t.strictSame(await boxes(), { email: false, lync: false, ad: false, status: 'requested' }, 'nothing was seen yet');
    await settle();
    t.strictSame(await boxes(), { email: true, lync: false, ad: true, status: 'requested' }, 'Lync is still there');
    t.match(await trailOf(ipms, 'ticket', id, 'ticket.checked'), [
      { actor_role: 'system', after: /"controller":"DC1"/ },
    ]);
    const page = `/helpdesk/tickets/${id}`;
    const helpdesk = await ipms.signIn('meja.bantuan');
    const shown = await helpdesk.get(page);
    t.match(shown.text, /E-mel Telah ditamatkan\s*direktori \(AD\), dilihat 24 Nov 2026/);
    t.match(shown.text, /Lync Belum Tanda selesai/);
    const undone = await helpdesk.post(`${page}/check`, { box: 'ad', undo: '1', _csrf: await helpdesk.token(page) });
    t.equal(undone.status, 409);
    t.match(undone.text, 'Direktori sendiri menunjukkan');

    const { guid } = await trackedOf(ipms, { type: 'mailbox', id: leaver.id });
    await lab.admin.modify(
      `<GUID=${guid}>`,
      new Change({
        operation: 'delete',
        modification: new Attribute({ type: 'msRTCSIP-UserEnabled', values: [] }),
      }),
    );
    ipms.clock.now = later(ipms.clock.now, MINUTE);
    await turn();
    t.strictSame(await boxes(), { email: true, lync: true, ad: true, status: 'requested' }, 'resolved by a person');
  });
