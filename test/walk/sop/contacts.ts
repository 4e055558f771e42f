import { ADMIN, HELPDESK } from '../../people.ts';
import { numberOf } from '../../read.ts';
import { contactWith, OUTSIDER } from '../../tickets/contact-tickets.ts';
import { fill, follow, type Opened, open, search } from './hands.ts';
import { railOf, type Walk } from './walk.ts';

/** SOP 4.21 to 4.23: somebody outside is entered, changed and deleted, by the helpdesk at the agency's request. */
export async function contacts({ t, ipms, as, step, between }: Walk) {
  const admin = await as('admin.jabatan');
  const helpdesk = await as('meja.bantuan');
  const panel = await follow(admin, await open(admin, '/admin'), 'Contact');
  const now = () => contactWith(ipms, OUTSIDER.email);
  const ticketOf = (asked: Opened) => open(helpdesk, `/helpdesk/tickets/${numberOf(asked.at)}`);
  const BEGUN = 'done done now todo';
  const ACTED = 'done done done now';
  const CLOSED = 'done done done done';

  const none = await step('4.21 step 1', 'admin', async () => {
    const nobody = await search(admin, panel, OUTSIDER.email, 'Primary E-mail');
    t.notMatch(nobody.text, OUTSIDER.full_name);
    return nobody;
  });
  const asked = await step(
    '4.21 step 2',
    'admin',
    async () =>
      fill(admin, await follow(admin, none, 'Mohon pendaftaran contact'), '/admin/contact-requests/new?kind=register')
        .type('Nama penuh', OUTSIDER.full_name)
        .type('Alamat e-mel', OUTSIDER.email)
        .type('Jawatan', OUTSIDER.position)
        .type('Syarikat', OUTSIDER.company)
        .type('No. Telefon', OUTSIDER.phone)
        .type('Alamat', OUTSIDER.address)
        .press('Mohon pendaftaran'),
    { mailed: [`N16 ${HELPDESK}`], audited: ['4.21 ticket.requested'], rail: BEGUN },
  );
  await step(
    '4.21 step 3',
    'helpdesk',
    async () => {
      const opened = await fill(helpdesk, await ticketOf(asked), `/helpdesk/tickets/${numberOf(asked.at)}/open`).press(
        'Buka tiket',
      );
      return fill(helpdesk, opened, `${opened.at}/resolve`).press('Daftar');
    },
    {
      mailed: [`N17 ${ADMIN}`],
      audited: ['4.21 contact.registered', '4.21 ticket.opened', '4.21 ticket.resolved'],
      rail: ACTED,
    },
  );
  t.match(await now(), { ...OUTSIDER, status: 'active' });
  await step(
    '4.21 step 4',
    'admin',
    async () => {
      const seen = await search(admin, await follow(admin, panel, 'Address List'), OUTSIDER.email);
      t.match(seen.text, OUTSIDER.full_name);
      const resolved = await open(admin, asked.at);
      return fill(admin, resolved, `${asked.at}/confirm`).press('Sahkan dan tutup tiket');
    },
    { audited: ['4.21 ticket.closed'], filed: ['4.21 record.ticket-contact-register'], rail: CLOSED },
  );

  const stale = await step('4.22 step 1', 'admin', async () =>
    follow(admin, await search(admin, panel, 'angela', 'Display Name'), OUTSIDER.full_name),
  );
  t.match(stale.text, OUTSIDER.position);
  const change = await step(
    '4.22 step 2',
    'admin',
    async () =>
      fill(admin, await follow(admin, stale, 'Mohon kemas kini'))
        .type('Jawatan', 'Pengarah')
        .press('Mohon kemas kini'),
    { mailed: [`N16 ${HELPDESK}`], audited: ['4.22 ticket.requested'], rail: BEGUN },
  );
  const act = async (ticket: Opened, button: string) =>
    fill(helpdesk, await ticketOf(ticket), `/helpdesk/tickets/${numberOf(ticket.at)}/resolve`).press(button);
  const again = await between(
    'the helpdesk is not thorough, and the administrator opens the ticket again',
    async () => {
      const resolve = fill(helpdesk, await ticketOf(change), `/helpdesk/tickets/${numberOf(change.at)}/resolve`);
      await resolve.type('Jawatan', 'Pengarh').press('Kemas');
      const page = await open(admin, change.at);
      return fill(admin, page, `${change.at}/reopen`).type('Nota', 'Ejaan jawatan').press('Buka semula tiket');
    },
    {
      mailed: [`N17 ${ADMIN}`, `ticket-reopened ${HELPDESK}`],
      audited: ['contact.updated', 'ticket.opened', 'ticket.resolved', 'ticket.reopened'].map((each) => `4.22 ${each}`),
    },
  );
  t.equal(railOf(again, '4.22'), BEGUN, 'step 3 once more');
  await step('4.22 step 3', 'helpdesk', () => act(change, 'Kemas'), {
    mailed: [`N17 ${ADMIN}`],
    audited: ['4.22 contact.updated', '4.22 ticket.resolved'],
    rail: ACTED,
  });
  t.match(await now(), { position: 'Pengarah' });
  await step(
    '4.22 step 4',
    'admin',
    async () => fill(admin, await open(admin, change.at), `${change.at}/confirm`).press('Sahkan dan tutup tiket'),
    { audited: ['4.22 ticket.closed'], filed: ['4.22 record.ticket-contact-update'], rail: CLOSED },
  );

  const unwanted = await step('4.23 step 1', 'admin', async () =>
    follow(admin, await search(admin, panel, OUTSIDER.email, 'Primary E-mail'), OUTSIDER.full_name),
  );
  const removal = await step(
    '4.23 step 2',
    'admin',
    async () => fill(admin, await follow(admin, unwanted, 'Mohon pemadaman')).press('Mohon pemadaman'),
    { mailed: [`N16 ${HELPDESK}`], audited: ['4.23 ticket.requested'], rail: BEGUN },
  );
  await step('4.23 step 3', 'helpdesk', () => act(removal, 'Padam'), {
    mailed: [`N17 ${ADMIN}`],
    audited: ['4.23 contact.deleted', '4.23 ticket.opened', '4.23 ticket.resolved'],
    rail: ACTED,
  });
  t.match(await now(), { status: 'deleted' });
  await step(
    '4.23 step 4',
    'admin',
    async () => {
      const gone = await search(admin, await follow(admin, panel, 'Address List'), OUTSIDER.email);
      t.notMatch(gone.text, OUTSIDER.full_name);
      return fill(admin, await open(admin, removal.at), `${removal.at}/confirm`).press('Sahkan dan tutup tiket');
    },
    { audited: ['4.23 ticket.closed'], filed: ['4.23 record.ticket-contact-delete'], rail: CLOSED },
  );
}
