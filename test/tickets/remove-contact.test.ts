import { type Test, t } from 'tap';
import { findFaults } from '../../src/command-line/faults.ts';
import { startIpms } from '../helper.ts';
import { makeContact } from '../make.ts';
import { ADMIN, HELPDESK } from '../people.ts';
import { trailOf } from '../read.ts';
import {
  addressOf,
  askAboutContact,
  changesOf,
  contactWith,
  groupOf,
  numbersOf,
  OUTSIDER,
  sendTicketForm,
  ticketMails,
  ticketOf,
} from './contact-tickets.ts';

// SOP 4.23: deleting a contact

/** A contact in lists of both agencies, which may send to one of them. */
async function openContact(t: Test) {
  const ipms = await startIpms(t);
  const own = await groupOf(ipms, 'dl.ict@jabatan.test');
  const others = await groupOf(ipms, 'dl.ict@kementerian.test');
  const contactId = await makeContact(ipms, OUTSIDER, [own, others]);
  await ipms.db.insertInto('group_sender').values({ group_id: others, address: OUTSIDER.email }).execute();
  return { ipms, own, others, contactId, admin: await ipms.signIn('admin.jabatan') };
}

t.test('asked with what will be lost, deleted in one step, out of all lists', async (t) => {
  const { ipms, own, others, contactId, admin } = await openContact(t);
  const form = await admin.get(`/admin/contact-requests/new?kind=delete&contact_id=${contactId}`);
  t.match(form.text, 'SOP 4.23');
  t.match(form.text, 'DL Pasukan ICT');
  t.match(form.text, '1 senarai mel agensi lain');
  const versions = () => ipms.db.selectFrom('group').select('version').where('id', 'in', [own, others]).execute();
  const before = await versions();
  const { answer, id } = await askAboutContact(admin, 'delete', { note: 'Kontrak tamat' }, contactId);
  t.equal(answer.status, 303);
  t.strictSame(await ticketMails(ipms, id), [`N16 ${HELPDESK}`]);
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve')).status, 303);
  t.match(await contactWith(ipms, OUTSIDER.email), { status: 'deleted' });
  t.equal(await addressOf(ipms, OUTSIDER.email), undefined, 'its address is free');
  for (const [index, { version }] of (await versions()).entries())
    t.ok(version > (before[index]?.version ?? 0), 'a list that somebody has open is another one');
  t.match((await changesOf(ipms, 'contact', contactId)).at(-1)?.after, { status: 'deleted', lists_in_all: 2 });
  const memberships = await ipms.db
    .selectFrom('membership')
    .select(['group_id', 'ending', 'ended_by'])
    .where('member_type', '=', 'contact')
    .where('member_id', '=', contactId)
    .orderBy('group_id')
    .execute();
  t.strictSame(
    memberships,
    [own, others]
      .sort((a, b) => a - b)
      .map((group_id) => ({ group_id, ending: 'deleted' as const, ended_by: 'Noraini binti Salleh' })),
    'ended, not forgotten',
  );
  t.equal(
    (await ipms.db.selectFrom('group_sender').select('address').where('address', '=', OUTSIDER.email).execute()).length,
    0,
  );
});

t.test('the history of each list says so; the contact is shown to the helpdesk alone; confirmed', async (t) => {
  const { ipms, own, others, contactId, admin } = await openContact(t);
  const { id } = await askAboutContact(admin, 'delete', { note: 'Kontrak tamat' }, contactId);
  const helpdesk = await ipms.signIn('meja.bantuan');
  await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve');
  t.match((await admin.get(`/admin/groups/${own}/history`)).text, 'angela@pembekal.test', 'each list says so');
  const { text: history } = await (await ipms.signIn('admin.kementerian')).get(`/admin/groups/${others}/history`);
  t.match(history, 'Penghantar yang dibenarkan berubah', 'and of senders');
  t.strictSame(await ticketMails(ipms, id), [`N16 ${HELPDESK}`, `N17 ${ADMIN}`]);
  t.notMatch((await admin.get('/admin/address-list?q=angela')).text, 'Angela Jimbun');
  for (const query of ['q=angela', 'q=angela&status=deleted'])
    t.notMatch((await admin.get(`/admin/contacts?${query}`)).text, 'Angela Jimbun');
  t.match((await helpdesk.get('/helpdesk/contacts?q=angela&status=deleted')).text, 'Angela Jimbun');
  t.match((await admin.get(`/admin/contacts/${contactId}`)).text, 'telah dipadam');
  t.equal((await sendTicketForm(admin, 'admin', id, 'confirm')).status, 303);
  t.strictSame(await numbersOf(ipms, id), ['4.23'], 'all of it under the number of the procedure');
  t.match(await ticketOf(ipms, id), { status: 'closed' });
  t.equal(
    (await askAboutContact(admin, 'register', OUTSIDER)).answer.status,
    303,
    'the address may be registered again',
  );
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('what is deleted already cannot be asked for, and a second ticket needs no more than resolving', async (t) => {
  const ipms = await startIpms(t);
  const contactId = await makeContact(ipms, OUTSIDER);
  const admin = await ipms.signIn('admin.jabatan');
  const first = await askAboutContact(admin, 'delete', {}, contactId);
  const second = await askAboutContact(await ipms.signIn('admin.kementerian'), 'delete', {}, contactId);
  const helpdesk = await ipms.signIn('meja.bantuan');
  await sendTicketForm(helpdesk, 'helpdesk', first.id, 'resolve');
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', second.id, 'resolve')).status, 303);
  t.match(await ticketOf(ipms, second.id), { status: 'resolved' });
  t.match(await contactWith(ipms, OUTSIDER.email), { status: 'deleted', version: 2 });
  const page = `/admin/contact-requests/new?kind=delete&contact_id=${contactId}`;
  const late = await admin.post(page, { _csrf: await admin.token(page) });
  t.equal(late.status, 409);
  t.match(late.text, 'telah dipadam');
});

t.test('deleted twice at once: once', async (t) => {
  const ipms = await startIpms(t);
  const contactId = await makeContact(ipms, OUTSIDER, [await groupOf(ipms, 'dl.ict@jabatan.test')]);
  const { id } = await askAboutContact(await ipms.signIn('admin.jabatan'), 'delete', {}, contactId);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = `/helpdesk/tickets/${id}`;
  const tokens = [await helpdesk.token(page), await helpdesk.token(page)];
  const answers = await Promise.all(tokens.map((_csrf) => helpdesk.post(`${page}/resolve`, { _csrf })));
  t.strictSame(answers.map((answer) => answer.status).toSorted(), [303, 409]);
  const rows = await trailOf(ipms, 'contact', contactId, 'contact.deleted');
  t.equal(rows.length, 1);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const contactId = await makeContact(ipms, OUTSIDER);
  const page = `/admin/contact-requests/new?kind=delete&contact_id=${contactId}`;
  const user = await ipms.signIn('pegawai.jabatan');
  t.equal((await user.post(page, { _csrf: await user.token('/me/password') })).status, 403);
  t.equal((await ipms.visitor().get(page)).status, 303);
  t.match(await contactWith(ipms, OUTSIDER.email), { status: 'active' });
});
