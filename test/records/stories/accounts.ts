import { dayOf } from '../../../src/base/time.ts';
import { moveOneself } from '../../../src/groups/change-requests/own-membership.ts';
import { handOver } from '../../../src/groups/group.ts';
import { makeGroup, makeOfficer, makeStaff } from '../../make.ts';
import { OFFICER } from '../../people.ts';
import { newestId, numberOf } from '../../read.ts';
import { actAs, type Stories, send } from './stage.ts';

export const ACCOUNTS: Stories = {
  async accounts({ t, ipms, admin, helpdesk }) {
    const mailbox = await makeOfficer(ipms, 'hayat');
    const page = `/admin/mailboxes/${mailbox.id}`;
    await send(t, admin, page, page, { unit: 'Unit Baharu' });
    await send(t, admin, `${page}/undo`, `${page}/undo`, { reason: 'Tersilap' });
    await send(t, admin, `${page}/mail-flows`, undefined, { accept_from: 'listed', senders: [OFFICER] });
    const account = `${page}/account`;
    const leave = {
      reason: 'study_leave',
      disabled_from: '1/12/2026',
      disabled_until: '1/12/2027',
      leave_without: '1',
    };
    await send(t, admin, account, `${page}/disable`, leave);
    await send(t, admin, account, `${page}/change-disable`, { disabled_until: '1/6/2027' });
    await send(t, admin, account, `${page}/cancel-disable`);
    await send(t, admin, account, `${page}/delete`, {
      effective_on: '1/12/2026',
      reason: 'Bersara',
      leave_without: '1',
    });
    await send(t, admin, account, `${page}/postpone-delete`, { effective_on: '9/12/2026' });
    const ticket = await newestId(ipms, 'ticket');
    await ipms.db
      .updateTable('ticket')
      .set({ due_on: dayOf(ipms.clock.now) })
      .where('id', '=', ticket)
      .execute();
    const work = `/helpdesk/tickets/${ticket}`;
    await send(t, helpdesk, work, `${work}/check`, { box: 'email', undo: '' });
    await send(t, helpdesk, work, `${work}/check`, { box: 'email', undo: '1' });
    const { id } = await makeStaff(ipms, 'meja.lain');
    await send(t, helpdesk, work, `${work}/assign`, { assigned_to: String(id) });
    const boxes = ['email', 'lync', 'ad'];
    for (const box of boxes) await send(t, helpdesk, work, `${work}/check`, { box, undo: '' });
    await send(t, helpdesk, work, `${work}/resolve`, { resolution: 'Akaun telah ditamatkan' });
    await send(t, admin, `/admin/tickets/${ticket}`, `/admin/tickets/${ticket}/confirm`);
  },
  async lists({ t, ipms, admin, officer }) {
    const [from, to] = [await makeOfficer(ipms, 'pemilik.lama'), await makeOfficer(ipms, 'pemilik.baharu')];
    const list = await makeGroup(ipms, 'cerita', { owners: [from] });
    const page = `/admin/groups/${list}`;
    await send(t, admin, page, page, { display_name: 'Cerita', joining: 'approval', leaving: 'approval' });
    await send(t, admin, `${page}/undo`, `${page}/undo`, { reason: 'Tersilap' });
    await send(t, admin, page, page, { joining: 'approval', leaving: 'approval' });
    for (const way of ['join', 'leave'] as const)
      for (const answer of ['refuse', 'approve'] as const) {
        await actAs(ipms, 'pegawai.jabatan', (act) => moveOneself(act, list, way));
        const place = `/admin/list-change-requests/${await newestId(ipms, 'list_change_request')}`;
        await send(
          t,
          admin,
          place,
          `${place}/${answer}`,
          answer === 'refuse' ? { reason: 'Bukan sekarang' } : { answer: 'Baik' },
        );
      }
    for (const answer of ['refuse', 'create'] as const) {
      const wish = { display_name: `Baharu ${answer}`, primary_email: `baharu.${answer}`, text: 'Untuk projek' };
      const own = await send(t, officer, '/me/groups/new', undefined, wish);
      const place = `/admin/list-change-requests/${numberOf(own)}`;
      await send(
        t,
        admin,
        place,
        `${place}/${answer}`,
        answer === 'refuse' ? { reason: 'Sudah ada' } : { answer: 'Baik' },
      );
    }
    for (const way of ['join', 'leave'] as const) {
      await actAs(ipms, 'pegawai.jabatan', (act) => moveOneself(act, list, way));
      const place = `/me/list-requests/${await newestId(ipms, 'list_change_request')}`;
      await send(t, officer, place, `${place}/withdraw`);
      if (way === 'join') await send(t, admin, `${page}/members/add`, undefined, { members: [OFFICER] });
    }
    const own = await send(t, officer, '/me/groups/new', undefined, {
      display_name: 'Tidak jadi',
      primary_email: 'tidak.jadi',
      text: 'Untuk projek',
    });
    await send(t, officer, own, `${own}/withdraw`);
    const theirs = await makeGroup(ipms, 'milik', { owners: [OFFICER] });
    await send(t, officer, `/me/groups/${theirs}`, undefined, { display_name: 'Milik baharu' });
    const change = `/me/list-requests/${await newestId(ipms, 'list_change_request')}`;
    await send(t, officer, change, `${change}/withdraw`);
    await actAs(ipms, 'admin.jabatan', (act) => handOver(act, list, from.id, to.id));
    const sender = await makeOfficer(ipms, 'penghantar');
    await send(t, admin, `${page}/mail-flows`, undefined, { accept_from: 'listed', senders: [sender.primary_email] });
    const flows = `/admin/mailboxes/${to.id}/mail-flows`;
    await send(t, admin, flows, flows, { accept_from: 'listed', senders: [sender.primary_email] });
    const general = `/admin/mailboxes/${sender.id}`;
    await send(t, admin, general, general, { primary_email: 'penghantar.baharu@jabatan.test', keep_address: '' });
  },
  async corrections({ t, ipms, admin, helpdesk }) {
    const { id } = await makeOfficer(ipms, 'salah.ic', { ic_number: '880412105672' });
    const page = `/admin/mailboxes/${id}/correction`;
    const wish = { ic_number: '880412-10-5674', login_id: 'betul.ic', reason: 'Digit akhir tersalah' };
    const other = await makeOfficer(ipms, 'salah.alamat', { category: 'other' });
    const address = `/admin/mailboxes/${other.id}/correction`;
    const asked = { email: 'betul@luar.test', login_id: 'salah.alamat', reason: 'Tersalah taip' };
    const corrected = await send(t, admin, address, address, asked);
    const confirming = corrected.replace('/admin', '/helpdesk');
    await send(t, helpdesk, confirming, `${confirming}/confirm`);
    for (const end of ['withdraw', 'refuse', 'confirm']) {
      const place = await send(t, admin, page, page, wish);
      const decided = place.replace('/admin', '/helpdesk');
      if (end === 'withdraw') await send(t, admin, place, `${place}/withdraw`);
      else
        await send(
          t,
          helpdesk,
          decided,
          `${decided}/${end}`,
          end === 'refuse' ? { reason: 'Salinan tidak jelas' } : {},
        );
    }
  },
};
