import { type Procedure, type Step, step } from './procedure.ts';

/** How SOP 4.21, 4.22 and 4.23 end alike. */
const ACT_AND_CHECK: Step[] = [
  step(
    'helpdesk',
    'Membuka tiket dan mengambil tindakan',
    'Open the ticket and act',
    'ticket.resolved',
    'ticket.refused',
  ),
  step(
    'admin',
    'Menyemak melalui OWA atau IPMS: sahkan, atau buka semula tiket',
    'Check through OWA or IPMS: confirm, or reopen the ticket',
    'ticket.closed',
  ),
];

/** SOP 4.21 to 4.23: people outside, whom the helpdesk enters. */
export const CONTACTS = {
  '4.21': {
    title: { ms: 'Pendaftaran Maklumat Contact', en: 'Registering a contact' },
    at: 'tickets/register-contact',
    page: '/admin/contact-requests/new?kind=register',
    steps: [
      step(
        'admin',
        'Menyemak status maklumat contact; jika telah wujud, proses tamat',
        'See whether the contact is there already; if it is, the procedure ends',
        'ticket.requested',
      ),
      step(
        'admin',
        'Membuat permohonan kepada Meja Bantuan dengan maklumat contact (Jadual 22)',
        'Ask the helpdesk, with the details of the contact (table 22)',
        'ticket.requested',
      ),
      ...ACT_AND_CHECK,
    ],
  },
  '4.22': {
    title: { ms: 'Kemaskini Maklumat Contact', en: 'Changing a contact' },
    at: 'tickets/change-contact',
    page: '/admin/contact-requests/new?kind=update',
    steps: [
      step(
        'admin',
        'Memilih Contact dan mencari dengan Display Name atau Primary Email; jika telah dikemaskini, proses tamat',
        'Choose Contact and search by display name or primary e-mail; if it is up to date, the procedure ends',
        'ticket.requested',
      ),
      step(
        'admin',
        'Membuat permohonan kepada Meja Bantuan untuk kemaskini maklumat contact',
        'Ask the helpdesk to change the contact',
        'ticket.requested',
      ),
      ...ACT_AND_CHECK,
    ],
  },
  '4.23': {
    title: { ms: 'Pemadaman Maklumat Contact', en: 'Deleting a contact' },
    at: 'tickets/remove-contact',
    page: '/admin/contact-requests/new?kind=delete',
    steps: [
      step(
        'admin',
        'Memilih Contact dan mencari dengan Display Name atau Primary Email; jika telah dipadamkan, proses tamat',
        'Choose Contact and search by display name or primary e-mail; if it is deleted, the procedure ends',
        'ticket.requested',
      ),
      step(
        'admin',
        'Membuat permohonan kepada Meja Bantuan untuk pemadaman maklumat contact',
        'Ask the helpdesk to delete the contact',
        'ticket.requested',
      ),
      ...ACT_AND_CHECK,
    ],
  },
} as const satisfies Record<string, Procedure>;
