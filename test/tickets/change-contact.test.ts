import { type Test, t } from 'tap';
import { findFaults } from '../../src/command-line/faults.ts';
import { startIpms } from '../helper.ts';
import { makeContact } from '../make.ts';
import { ADMIN, HELPDESK } from '../people.ts';
import {
  addressOf,
  askAboutContact,
  contactWith,
  groupOf,
  numbersOf,
  OUTSIDER,
  sendTicketForm,
  ticketMails,
  ticketOf,
} from './contact-tickets.ts';

// SOP 4.22: changing a contact

t.test('step 1 and 2: the contact is shown, and the request is filled in with it', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeContact(ipms, OUTSIDER, [
    await groupOf(ipms, 'dl.ict@jabatan.test'),
    await groupOf(ipms, 'dl.ict@kementerian.test'),
  ]);
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get(`/admin/contacts/${id}`);
  t.match(page.text, 'DL Pasukan ICT');
  t.match(page.text, '1 senarai mel agensi lain', 'other agencies’ lists are a number');
  t.notMatch(page.html, 'dl.ict@kementerian.test');
  const form = await admin.get(`/admin/contact-requests/new?kind=update&contact_id=${id}`);
  t.equal(form.dom.querySelector('[name=full_name]')?.getAttribute('value'), OUTSIDER.full_name);
  t.match(form.text, 'SOP 4.22');
  const same = await askAboutContact(admin, 'update', {}, id);
  t.equal(same.answer.status, 422);
  t.match(same.answer.text, 'Tiada apa-apa yang diubah');
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.match((await helpdesk.get(`/helpdesk/contacts/${id}`)).text, 'Kementerian Contoh', 'the helpdesk sees all');
  const left = { until: ipms.clock.now.toISOString(), ending: 'removed' as const };
  await ipms.db
    .updateTable('membership')
    .set(left)
    .where('member_type', '=', 'contact')
    .where('member_id', '=', id)
    .execute();
  const { text } = await admin.get(`/admin/contacts/${id}`);
  t.notMatch(text, /DL Pasukan ICT|senarai mel agensi lain/, 'what it has left is not among its lists');
});

t.test('asked, changed and resolved in one step: registry, lists and senders follow', async (t) => {
  const ipms = await startIpms(t);
  const group = await groupOf(ipms, 'dl.ict@jabatan.test');
  const contactId = await makeContact(ipms, OUTSIDER, [group]);
  await ipms.db.insertInto('group_sender').values({ group_id: group, address: OUTSIDER.email }).execute();
  const admin = await ipms.signIn('admin.jabatan');
  const wanted = { email: 'angela.j@pembekal.test', position: 'Pengarah' };
  const { id } = await askAboutContact(admin, 'update', wanted, contactId);
  t.match(await ticketOf(ipms, id), { kind: 'contact-update', item_id: contactId });
  t.strictSame(await ticketMails(ipms, id), [`N16 ${HELPDESK}`]);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const shown = await helpdesk.get(`/helpdesk/tickets/${id}`);
  t.match(shown.text, /Pengurus Projek.*Pengarah/, 'what is, and what it shall be');
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve')).status, 303);
  t.match(await contactWith(ipms, wanted.email), { id: contactId, ...wanted, company: OUTSIDER.company, version: 2 });
  t.match(await addressOf(ipms, wanted.email), { kind: 'contact', item_id: contactId });
  t.equal(await addressOf(ipms, OUTSIDER.email), undefined, 'the old address is free');
  const member = await ipms.db
    .selectFrom('membership')
    .selectAll()
    .where('member_type', '=', 'contact')
    .where('member_id', '=', contactId)
    .where('until', 'is', null)
    .executeTakeFirst();
  t.equal(member?.member_address, wanted.email);
  t.equal((await ipms.db.selectFrom('group_sender').selectAll().executeTakeFirst())?.address !== OUTSIDER.email, true);
  const senders = await ipms.db.selectFrom('group_sender').select('address').where('group_id', '=', group).execute();
  t.strictSame(senders, [{ address: wanted.email }]);
  t.strictSame(await ticketMails(ipms, id), [`N16 ${HELPDESK}`, `N17 ${ADMIN}`]);
  const ticket = `a[href="/admin/tickets/${id}"]`;
  t.ok((await admin.get(`/admin/contacts/${contactId}`)).dom.querySelector(ticket), 'it waits to be confirmed');
  const other = await ipms.signIn('admin.kementerian');
  const seen = await other.get(`/admin/contacts/${contactId}`);
  t.notOk(seen.dom.querySelector('a[href^="/admin/tickets/"]'), 'another agency hears nothing of it');
  t.equal((await sendTicketForm(admin, 'admin', id, 'confirm')).status, 303);
  t.strictSame(await numbersOf(ipms, id), ['4.22'], 'all of it under the number of the procedure');
  t.notOk((await admin.get(`/admin/contacts/${contactId}`)).dom.querySelector(ticket));
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('a new address that is somebody’s is refused to both', async (t) => {
  const ipms = await startIpms(t);
  const contactId = await makeContact(ipms, OUTSIDER);
  const admin = await ipms.signIn('admin.jabatan');
  const refused = await askAboutContact(admin, 'update', { email: 'siewping@pembekal.test' }, contactId);
  t.equal(refused.answer.status, 422);
  t.match(refused.answer.problems.email, 'Lau Siew Ping');
  const { id } = await askAboutContact(admin, 'update', { position: 'Pengarah' }, contactId);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const answer = await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve', { email: 'pegawai.jabatan@jabatan.test' });
  t.equal(answer.status, 422);
  t.ok(answer.problems.email);
  t.match(await contactWith(ipms, OUTSIDER.email), { position: OUTSIDER.position, version: 1 });
  t.match(await ticketOf(ipms, id), { status: 'requested' });
});

t.test('one request of an agency waits at a time; another agency may ask, too', async (t) => {
  const ipms = await startIpms(t);
  const contactId = await makeContact(ipms, OUTSIDER);
  const admin = await ipms.signIn('admin.jabatan');
  const first = await askAboutContact(admin, 'update', { position: 'Satu' }, contactId);
  const again = await askAboutContact(admin, 'update', { position: 'Dua' }, contactId);
  t.equal(again.answer.status, 422);
  t.ok(again.answer.dom.querySelector(`a[href="/admin/tickets/${first.id}"]`));
  t.equal(
    (await askAboutContact(await ipms.signIn('admin.kementerian'), 'update', { position: 'Tiga' }, contactId)).answer
      .status,
    303,
  );
});

t.test('a form that was opened before somebody else changed the contact: 409, and nothing overwritten', async (t) => {
  const ipms = await startIpms(t);
  const contactId = await makeContact(ipms, OUTSIDER);
  const mine = await askAboutContact(await ipms.signIn('admin.jabatan'), 'update', { position: 'Satu' }, contactId);
  const theirs = await askAboutContact(
    await ipms.signIn('admin.kementerian'),
    'update',
    { position: 'Dua' },
    contactId,
  );
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = `/helpdesk/tickets/${mine.id}`;
  const shown = await helpdesk.get(page);
  const version = shown.dom.querySelector('[name=version]')?.getAttribute('value') ?? '';
  await sendTicketForm(helpdesk, 'helpdesk', theirs.id, 'resolve');
  const late = await sendTicketForm(helpdesk, 'helpdesk', mine.id, 'resolve', { version });
  t.equal(late.status, 409);
  t.match(late.text, 'diubah oleh orang lain');
  t.match(await contactWith(ipms, OUTSIDER.email), { position: 'Dua' });
  t.match(await ticketOf(ipms, mine.id), { status: 'requested' });
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', mine.id, 'resolve')).status, 303, 'seen anew, it can be sent');
});

t.test('the contact is deleted while its change waits: the helpdesk hears so and refuses', async (t) => {
  const ipms = await startIpms(t);
  const contactId = await makeContact(ipms, OUTSIDER);
  const change = await askAboutContact(await ipms.signIn('admin.jabatan'), 'update', { position: 'Satu' }, contactId);
  const end = await askAboutContact(await ipms.signIn('admin.kementerian'), 'delete', {}, contactId);
  const helpdesk = await ipms.signIn('meja.bantuan');
  await sendTicketForm(helpdesk, 'helpdesk', end.id, 'resolve');
  const answer = await sendTicketForm(helpdesk, 'helpdesk', change.id, 'resolve');
  t.equal(answer.status, 409);
  t.match(answer.text, 'telah dipadam');
  t.equal(
    (await sendTicketForm(helpdesk, 'helpdesk', change.id, 'refuse', { reason: 'Contact telah dipadam' })).status,
    303,
  );
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('reopened while the same waits again: refused in words', async (t) => {
  const ipms = await startIpms(t);
  const contactId = await makeContact(ipms, OUTSIDER);
  const admin = await ipms.signIn('admin.jabatan');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const first = await askAboutContact(admin, 'update', { position: 'Satu' }, contactId);
  await sendTicketForm(helpdesk, 'helpdesk', first.id, 'resolve');
  t.equal((await askAboutContact(admin, 'update', { position: 'Dua' }, contactId)).answer.status, 303);
  const answer = await sendTicketForm(admin, 'admin', first.id, 'reopen', { note: 'Belum betul' });
  t.equal(answer.status, 409);
  t.match(answer.text, 'sudah diminta');
  t.match(await ticketOf(ipms, first.id), { status: 'resolved' });
});

/** A contact from whom lists and a mailbox accept mail, with the address changed. */
async function openSender(t: Test) {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const contactId = await makeContact(ipms, OUTSIDER);
  const [own, others] = [await groupOf(ipms, 'dl.ict@jabatan.test'), await groupOf(ipms, 'dl.ict@kementerian.test')];
  const mailbox = await db
    .selectFrom('mailbox')
    .selectAll()
    .where('login_id', '=', 'pegawai.kementerian')
    .executeTakeFirstOrThrow();
  for (const group_id of [own, others])
    await db.insertInto('group_sender').values({ group_id, address: OUTSIDER.email }).execute();
  for (const address of [OUTSIDER.email, 'postadmin@kementerian.test'])
    await db.insertInto('accepted_sender').values({ mailbox_id: mailbox.id, address }).execute();
  const { id } = await askAboutContact(
    await ipms.signIn('admin.jabatan'),
    'update',
    { email: 'angela.j@pembekal.test' },
    contactId,
  );
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve')).status, 303);
  return { ipms, contactId, own, others, mailbox };
}

t.test('senders in every agency follow the address, in the same act', async (t) => {
  const { ipms, contactId, own, others, mailbox } = await openSender(t);
  const { db } = ipms;
  const rows = await db
    .selectFrom('audit')
    .select(['item_type', 'item_id', 'agency_id', 'before', 'after', 'sop', 'act', 'actor_name'])
    .where('action', 'in', ['group.sender-changed', 'mailbox.sender-changed'])
    .orderBy('id')
    .execute();
  const { act } = await db
    .selectFrom('audit')
    .select('act')
    .where('action', '=', 'contact.updated')
    .where('item_id', '=', contactId)
    .executeTakeFirstOrThrow();
  t.match(
    rows,
    [
      { item_type: 'group', item_id: Math.min(own, others) },
      { item_type: 'group', item_id: Math.max(own, others) },
      { item_type: 'mailbox', item_id: mailbox.id, agency_id: 2 },
    ].map((row) => ({ ...row, act, sop: '4.22', actor_name: 'Noraini binti Salleh' })),
  );
  t.strictSame(
    rows
      .slice(0, 2)
      .map((row) => row.agency_id)
      .toSorted(),
    [1, 2],
    'each in its own agency’s trail',
  );
  t.strictSame(JSON.parse(rows[2]?.before ?? ''), { senders: [OUTSIDER.email, 'postadmin@kementerian.test'] });
  t.strictSame(JSON.parse(rows[2]?.after ?? ''), { senders: ['angela.j@pembekal.test', 'postadmin@kementerian.test'] });
});

t.test('the history of each item says that its senders changed', async (t) => {
  const { ipms, own, others, mailbox } = await openSender(t);
  const admin = await ipms.signIn('admin.kementerian');
  t.match((await admin.get(`/admin/groups/${others}/history`)).text, 'Penghantar yang dibenarkan berubah');
  t.match((await admin.get(`/admin/mailboxes/${mailbox.id}/history`)).text, 'Accept Message From berubah');
  t.equal((await admin.get(`/admin/groups/${own}/history`)).status, 404);
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const contactId = await makeContact(ipms, OUTSIDER);
  const user = await ipms.signIn('pegawai.jabatan');
  for (const page of [
    '/admin/contacts',
    `/admin/contacts/${contactId}`,
    '/helpdesk/contacts',
    `/helpdesk/contacts/${contactId}`,
  ])
    t.equal((await user.get(page)).status, 403, page);
  const admin = await ipms.signIn('admin.jabatan');
  t.equal((await admin.get(`/helpdesk/contacts/${contactId}`)).status, 403);
  t.equal((await admin.get('/admin/contacts/999999')).status, 404);
  t.match(await contactWith(ipms, OUTSIDER.email), { version: 1, status: 'active' });
});
