import { makeContact, makeOfficer } from '../../make.ts';
import { ADMIN, HELPDESK } from '../../people.ts';
import { newestId, numberOf } from '../../read.ts';
import { askAboutContact, OUTSIDER } from '../../tickets/contact-tickets.ts';
import { LEAVING, type Story } from './story.ts';

export const TICKETS: Story[] = [
  {
    says: [
      'ticket.askedNow',
      'ticket.reasonHint',
      'ticket.refuseText',
      'ticket.commentedNow',
      'ticket.commentToAgency',
      'ticket.commentToHelpdesk',
      'mail.ticket.requested.text',
      'ticket.resolutionHint',
    ],
    async tell({ as, begin, send, tells }) {
      const [admin, helpdesk] = [await as('admin.jabatan'), await as('meja.bantuan')];
      await begin();
      const ask = { kind: 'question', subject: 'Soalan', description: 'Bagaimana?' };
      const after = await send(admin, '/admin/tickets/new', '/admin/tickets/new', ask);
      const page = `/helpdesk/tickets/${numberOf(after.at)}`;
      const before = await helpdesk.get(page);
      const comment = await tells(ADMIN, () => send(helpdesk, page, `${page}/comment`, { comment: 'Sedang disemak' }));
      const own = await admin.get(after.at);
      await tells(HELPDESK, () => send(admin, after.at, `${after.at}/comment`, { comment: 'Baik' }));
      await send(helpdesk, page, `${page}/refuse`, { reason: 'Tidak' });
      return { read: [after, before, comment, own], told: [HELPDESK, ADMIN] };
    },
  },
  {
    says: ['ticket.newCallText'],
    async tell({ as, begin, send }) {
      const helpdesk = await as('meja.bantuan');
      const page = '/helpdesk/tickets/new';
      const before = await helpdesk.get(page);
      await begin();
      const call = {
        agency_id: '1',
        source: '1mocc',
        caller_name: 'Ali',
        kind: 'complaint',
        subject: 'Panggilan',
        description: 'Bantuan',
      };
      await send(helpdesk, page, page, call);
      return { read: [before], told: [ADMIN] };
    },
  },
  {
    says: ['ticket.refuseTermination', 'ticket.resolveText', 'life.cancelText.deletions'],
    async tell({ ipms, as, begin, send }) {
      const siti = await makeOfficer(ipms, 'siti');
      const [admin, helpdesk] = [await as('admin.jabatan'), await as('meja.bantuan')];
      await send(admin, `/admin/mailboxes/${siti.id}/account`, `/admin/mailboxes/${siti.id}/delete`, LEAVING);
      const id = await newestId(ipms, 'ticket');
      const page = `/helpdesk/tickets/${id}`;
      const read = [await helpdesk.get(page)];
      const planned = await newestId(ipms, 'termination');
      read.push(await admin.get(`/admin/calendar/deletions/${planned}/cancel`));
      await ipms.db.updateTable('ticket').set({ due_on: '2026-11-24' }).where('id', '=', id).execute();
      for (const box of ['email', 'lync', 'ad']) await send(helpdesk, page, `${page}/check`, { box, undo: '' });
      read.push(await helpdesk.get(page));
      await begin();
      await send(helpdesk, page, `${page}/resolve`, { resolution: 'Selesai' });
      return { read, told: [ADMIN] };
    },
  },
  {
    says: ['contact.askedNow', 'contact.request.registerText'],
    async tell({ as, begin }) {
      const admin = await as('admin.jabatan');
      const before = await admin.get('/admin/contact-requests/new?kind=register');
      await begin();
      const { answer } = await askAboutContact(admin, 'register', OUTSIDER);
      return { read: [before, await admin.get(answer.location)], told: [HELPDESK] };
    },
  },
  {
    says: ['contact.request.updateText'],
    async tell({ ipms, as, begin }) {
      const id = await makeContact(ipms, OUTSIDER);
      const admin = await as('admin.jabatan');
      const before = await admin.get(`/admin/contact-requests/new?kind=update&contact_id=${id}`);
      await begin();
      await askAboutContact(admin, 'update', { position: 'Pengarah' }, id);
      return { read: [before], told: [HELPDESK] };
    },
  },
];
