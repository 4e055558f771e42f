import { t } from 'tap';
import { findFaults } from '../../src/command-line/faults.ts';
import { startIpms } from '../helper.ts';
import { makeContact } from '../make.ts';
import { ADMIN, HELPDESK } from '../people.ts';
import { recordsOf, trailOf } from '../read.ts';
import {
  addressOf,
  askAboutContact,
  changesOf,
  contactWith,
  groupOf,
  newestLetter,
  numbersOf,
  OUTSIDER,
  sendTicketForm,
  ticketMails,
  ticketOf,
} from './contact-tickets.ts';

// SOP 4.21: registering a contact

t.test('step 1: what is there ends the procedure, what is not leads to the request', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const found = await admin.get('/admin/contacts?q=siewping&by=primary_email');
  t.equal(found.dom.querySelector('.sop')?.textContent, 'SOP 4.21');
  t.match(found.text, 'Lau Siew Ping');
  t.match(found.text, 'proses tamat');
  t.notMatch((await admin.get('/admin/contacts?q=siewping&by=display_name')).text, 'Lau Siew Ping');
  const missing = await admin.get(`/admin/contacts?q=${encodeURIComponent(OUTSIDER.email)}`);
  const link = missing.dom.querySelector('a[href^="/admin/contact-requests/new"]')?.getAttribute('href') ?? '';
  const form = await admin.get(link.replaceAll('&amp;', '&'));
  t.equal(
    form.dom.querySelector('[name=email]')?.getAttribute('value'),
    OUTSIDER.email,
    'what was searched is filled in',
  );
});

t.test('asked, opened, registered and resolved in one step, confirmed and filed', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { answer, id } = await askAboutContact(admin, 'register', {
    ...OUTSIDER,
    email: ' Angela@Pembekal.test',
    note: 'Projek baru',
  });
  t.equal(answer.status, 303);
  t.equal(answer.location, `/admin/tickets/${id}`);
  const asked = await ticketOf(ipms, id);
  t.match(asked, { kind: 'contact-register', status: 'requested', agency_id: 1 });
  t.equal(asked.due_at, '2026-11-27T03:00:00.000Z', '24 working hours after Tuesday, 14:00: Friday, 11:00');
  t.strictSame(await ticketMails(ipms, id), [`N16 ${HELPDESK}`]);
  const letter = await newestLetter(ipms, id);
  t.equal(letter.path, `/helpdesk/tickets/${id}`);
  for (const value of [...Object.values(OUTSIDER), 'Projek baru', 'Rosnah binti Ismail'])
    t.ok(letter.values.includes(value), `the mail says ${value}`);
  t.match((await changesOf(ipms, 'ticket', id))[0]?.after, { ...OUTSIDER, note: 'Projek baru' }, 'and the trail');
  t.equal(await contactWith(ipms, OUTSIDER.email), undefined, 'nothing is there before the helpdesk acts');

  const helpdesk = await ipms.signIn('meja.bantuan');
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', id, 'open')).status, 303);
  t.match(await ticketOf(ipms, id), { status: 'open' });
  const done = await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve', { company: 'Pembekal Utara Berhad' });
  t.equal(done.location, `/helpdesk/tickets/${id}`);
  const made = await contactWith(ipms, OUTSIDER.email);
  t.match(made, { ...OUTSIDER, company: 'Pembekal Utara Berhad', status: 'active' });
  t.match(await addressOf(ipms, OUTSIDER.email), { kind: 'contact', item_id: made?.id, agency_id: null });
  t.match(await ticketOf(ipms, id), { status: 'resolved', item_type: 'contact', item_id: made?.id });
  t.match(await changesOf(ipms, 'contact', made?.id ?? 0), [
    { action: 'contact.registered', after: { email: OUTSIDER.email, status: 'active' } },
  ]);
  t.strictSame(await ticketMails(ipms, id), [`N16 ${HELPDESK}`, `N17 ${ADMIN}`]);

  const shown = await admin.get(`/admin/tickets/${id}`);
  t.match(shown.text, 'SOP 4.21');
  t.match((await admin.get('/admin/address-list?q=angela')).text, 'Angela Jimbun', 'seen in the address list');
  t.equal((await sendTicketForm(admin, 'admin', id, 'confirm')).status, 303);
  t.strictSame(await numbersOf(ipms, id), ['4.21'], 'all of it under the number of the procedure');
  t.match(await ticketOf(ipms, id), { status: 'closed' });
  const [filed] = await recordsOf(ipms, 'ticket', id);
  t.match(filed, { sop: '4.21', agency_id: 1, title: 'record.ticket-contact-register' });
  t.match(JSON.parse(filed?.content ?? '{}'), { email: OUTSIDER.email, note: 'Projek baru', status: 'closed' });
  const audit = await trailOf(ipms, 'ticket', id);
  t.strictSame(
    audit.map((row) => `${row.action} ${row.sop}`),
    ['ticket.requested 4.21', 'ticket.opened 4.21', 'ticket.resolved 4.21', 'ticket.closed 4.21'],
  );
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('a new contact can be put into a list', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { id } = await askAboutContact(admin, 'register', OUTSIDER);
  await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve');
  const group = await groupOf(ipms, 'dl.ict@jabatan.test');
  const page = `/admin/groups/${group}/members/add?q=angela`;
  t.match((await admin.get(page)).text, 'Angela Jimbun');
  const added = await admin.submit(page, `/admin/groups/${group}/members/add`, { members: OUTSIDER.email });
  t.equal(added.status, 303);
  t.match((await admin.get(`/admin/groups/${group}/members?q=angela`)).text, 'Angela Jimbun');
});

t.test('an address that is somebody’s, or is asked for already, is refused and leads to what is there', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const tickets = async () => (await ipms.db.selectFrom('ticket').select('id').execute()).length;
  const before = await tickets();
  const known = await askAboutContact(admin, 'register', { ...OUTSIDER, email: 'siewping@pembekal.test' });
  t.equal(known.answer.status, 422);
  t.match(known.answer.problems.email, 'Lau Siew Ping');
  const lau = await contactWith(ipms, 'siewping@pembekal.test');
  t.ok(known.answer.dom.querySelector(`a[href="/admin/contacts/${lau?.id}"]`), 'with the way to it');
  t.equal(known.answer.dom.querySelector('[name=company]')?.getAttribute('value'), OUTSIDER.company, 'kept as typed');
  for (const email of ['pegawai.jabatan@jabatan.test', 'dl.ict@jabatan.test', 'postadmin@jabatan.test', HELPDESK]) {
    const { answer } = await askAboutContact(admin, 'register', { ...OUTSIDER, email });
    t.equal(answer.status, 422, email);
    t.match(answer.problems.email, 'sudah digunakan', email);
  }
  const others = await askAboutContact(admin, 'register', { ...OUTSIDER, email: 'dl.ict@kementerian.test' });
  t.ok(others.answer.problems.email);
  t.notOk(others.answer.dom.querySelector('.warning a'), 'no way to what is another agency’s');
  const first = await askAboutContact(admin, 'register', OUTSIDER);
  const again = await askAboutContact(admin, 'register', OUTSIDER);
  t.equal(again.answer.status, 422);
  t.match(again.answer.text, 'sudah diminta');
  t.ok(again.answer.dom.querySelector(`a[href="/admin/tickets/${first.id}"]`), 'with the way to the one that waits');
  const other = await askAboutContact(await ipms.signIn('admin.kementerian'), 'register', OUTSIDER);
  t.equal(other.answer.status, 422, 'nor by another agency');
  t.notOk(other.answer.dom.querySelector(`a[href="/admin/tickets/${first.id}"]`), 'which is told no more');
  t.equal(await tickets(), before + 1);
  await ipms.db.updateTable('user').set({ status: 'deleted' }).where('email', '=', HELPDESK).execute();
  const freed = await askAboutContact(admin, 'register', { ...OUTSIDER, email: HELPDESK });
  t.equal(freed.answer.status, 303, 'whoever is deleted signs in with it no more');
});

t.test('what is missing or wrong is said beside its field', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { answer } = await askAboutContact(admin, 'register', { full_name: '', email: 'tiada-alias', phone: 'x' });
  t.equal(answer.status, 422);
  t.strictSame(Object.keys(answer.problems).sort(), ['email', 'full_name', 'phone']);
  t.equal((await admin.get('/admin/contact-requests/new?kind=apa')).status, 404);
  t.equal((await admin.get('/admin/contact-requests/new?kind=update')).status, 404);
  t.equal((await admin.get('/admin/contact-requests/new?kind=update&contact_id=999999')).status, 404);
});

t.test('the address is taken before the helpdesk acts: nothing is done by halves', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await askAboutContact(await ipms.signIn('admin.jabatan'), 'register', OUTSIDER);
  t.strictSame(await ticketMails(ipms, id), [`N16 ${HELPDESK}`]);
  await makeContact(ipms, OUTSIDER);
  const answer = await sendTicketForm(await ipms.signIn('meja.bantuan'), 'helpdesk', id, 'resolve');
  t.equal(answer.status, 422);
  t.match(answer.problems.email, OUTSIDER.email);
  t.match(await ticketOf(ipms, id), { status: 'requested' }, 'not even opened');
  t.strictSame(await ticketMails(ipms, id), [], 'and nobody hears of more');
});

t.test('not as asked for: reopened with a note, put right, confirmed', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { id } = await askAboutContact(admin, 'register', OUTSIDER);
  await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve', { full_name: 'Angela Jimbon' });
  t.equal((await sendTicketForm(admin, 'admin', id, 'reopen', { note: '' })).status, 422, 'a note is needed');
  ipms.clock.now = new Date('2026-11-24T06:20:00Z');
  t.equal((await sendTicketForm(admin, 'admin', id, 'reopen', { note: 'Ejaan nama salah' })).status, 303);
  t.match(await ticketOf(ipms, id), { status: 'open', resolved_at: null, due_at: '2026-11-27T03:20:00.000Z' });
  t.equal((await ticketMails(ipms, id)).at(-1), `ticket-reopened ${HELPDESK}`);
  const page = await helpdesk.get(`/helpdesk/tickets/${id}`);
  t.match(page.text, 'Ejaan nama salah');
  t.equal(page.dom.querySelector('[name=full_name]')?.getAttribute('value'), 'Angela Jimbon', 'as the contact is now');
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve', { full_name: OUTSIDER.full_name })).status, 303);
  t.match(await contactWith(ipms, OUTSIDER.email), { full_name: OUTSIDER.full_name, version: 2 });
  t.equal((await sendTicketForm(admin, 'admin', id, 'confirm')).status, 303);
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('refused with a reason, which the agency hears; then it may be asked for again', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { id } = await askAboutContact(admin, 'register', OUTSIDER);
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', id, 'refuse', { reason: ' ' })).status, 422);
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', id, 'refuse', { reason: 'Sudah pegawai 1GovUC' })).status, 303);
  t.match(await ticketOf(ipms, id), { status: 'refused', refusal_reason: 'Sudah pegawai 1GovUC' });
  t.equal((await ticketMails(ipms, id)).at(-1), `ticket-refused ${ADMIN}`);
  t.equal((await newestLetter(ipms, id)).values.at(-1), 'Sudah pegawai 1GovUC', 'and why');
  const _csrf = await helpdesk.token(`/helpdesk/tickets/${id}`);
  t.equal((await helpdesk.post(`/helpdesk/tickets/${id}/refuse`, { reason: 'Lain', _csrf })).status, 409, 'once');
  t.match((await changesOf(ipms, 'ticket', id)).at(-1), {
    action: 'ticket.refused',
    after: { status: 'refused', refusal_reason: 'Sudah pegawai 1GovUC' },
  });
  const filed = await ipms.db.selectFrom('record').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
  t.match(filed, { item_type: 'ticket', item_id: id, sop: '4.21' }, 'a refusal is filed, too');
  t.match(JSON.parse(filed.content), { status: 'refused', refusal_reason: 'Sudah pegawai 1GovUC' });
  t.match((await admin.get(`/admin/tickets/${id}`)).text, 'Sudah pegawai 1GovUC');
  t.equal((await askAboutContact(admin, 'register', OUTSIDER)).answer.status, 303);
});

t.test('reopened after its contact was deleted: it is registered anew', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { id } = await askAboutContact(admin, 'register', OUTSIDER);
  await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve');
  const first = await contactWith(ipms, OUTSIDER.email);
  const end = await askAboutContact(await ipms.signIn('admin.kementerian'), 'delete', {}, first?.id);
  await sendTicketForm(helpdesk, 'helpdesk', end.id, 'resolve');
  await sendTicketForm(admin, 'admin', id, 'reopen', { note: 'Contact tiada' });
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve')).status, 303);
  const second = await contactWith(ipms, OUTSIDER.email);
  t.match(second, { status: 'active', version: 1 });
  t.not(second?.id, first?.id);
  t.match(await addressOf(ipms, OUTSIDER.email), { item_id: second?.id });
  t.equal((await ticketOf(ipms, id)).item_id, second?.id);
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('the same address asked for twice at once: one ticket', async (t) => {
  const ipms = await startIpms(t);
  const [one, two] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.kementerian')];
  const page = '/admin/contact-requests/new?kind=register';
  const tokens = [await one.token(page), await two.token(page)];
  const answers = await Promise.all(
    [one, two].map((admin, at) => admin.post(page, { ...OUTSIDER, _csrf: tokens[at] ?? '' })),
  );
  t.strictSame(answers.map((answer) => answer.status).toSorted(), [303, 422]);
  const waiting = await ipms.db.selectFrom('ticket').select('id').where('wish', 'like', `%${OUTSIDER.email}`).execute();
  t.equal(waiting.length, 1);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await askAboutContact(await ipms.signIn('admin.jabatan'), 'register', OUTSIDER);
  const page = '/admin/contact-requests/new?kind=register';
  for (const login of ['pegawai.jabatan', 'meja.bantuan']) {
    const person = await ipms.signIn(login);
    t.equal((await person.get(page)).status, 403, login);
    t.equal((await person.post(page, { ...OUTSIDER, _csrf: await person.token('/me/password') })).status, 403, login);
  }
  const admin = await ipms.signIn('admin.jabatan');
  const _csrf = await admin.token(page);
  t.equal((await admin.post(`/helpdesk/tickets/${id}/resolve`, { ...OUTSIDER, _csrf })).status, 403);
  const other = await ipms.signIn('admin.kementerian');
  for (const name of ['confirm', 'reopen', 'comment']) {
    const token = await other.token(page);
    const answer = await other.post(`/admin/tickets/${id}/${name}`, { note: 'x', comment: 'x', _csrf: token });
    t.equal(answer.status, 404, name);
  }
  t.match(await ticketOf(ipms, id), { status: 'requested', version: 1 });
  t.equal(await contactWith(ipms, OUTSIDER.email), undefined);
});
