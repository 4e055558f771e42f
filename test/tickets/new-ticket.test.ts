import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { makeAlias, makeStaff } from '../make.ts';
import { ADMIN, HELPDESK } from '../people.ts';
import { mailboxOf, recordsOf } from '../read.ts';
import { changesOf, newestLetter, sendTicketForm, ticketMails, ticketOf } from './contact-tickets.ts';

// Tickets that are no procedure's: questions, complaints, password resets, other things.

const QUESTION = {
  kind: 'question',
  subject: 'Had lampiran',
  description: 'Berapa besar lampiran yang dibenarkan?',
  mailbox_email: 'pegawai.jabatan@jabatan.test',
};
const CALL = {
  agency_id: '1',
  source: '1mocc',
  caller_name: 'Ahmad bin Ali',
  caller_contact: '012-3456789',
  ...QUESTION,
  kind: 'complaint',
};

async function asked(ipms: Ipms, fields: Record<string, string> = {}) {
  const admin = await ipms.signIn('admin.jabatan');
  const answer = await admin.submit('/admin/tickets/new', '/admin/tickets/new', { ...QUESTION, ...fields });
  return { admin, answer, id: Number(answer.location.split('/').at(-1)) };
}

t.test('an administrator asks, both write, the helpdesk answers, the administrator confirms', async (t) => {
  const ipms = await startIpms(t);
  const { admin, answer, id } = await asked(ipms);
  t.equal(answer.location, `/admin/tickets/${id}`);
  const ticket = await ticketOf(ipms, id);
  t.match(ticket, { kind: 'question', source: 'ipms', item_type: 'mailbox', agency_id: 1 });
  t.equal(ticket.due_at, '2026-11-26T04:00:00.000Z', '16 working hours after Tuesday, 14:00: Thursday, 12:00');
  const helpdesk = await ipms.signIn('meja.bantuan');
  await sendTicketForm(helpdesk, 'helpdesk', id, 'comment', { comment: 'Untuk siapa?' });
  await sendTicketForm(admin, 'admin', id, 'comment', { comment: 'Untuk semua' });
  const page = await admin.get(`/admin/tickets/${id}`);
  t.match(page.text, 'Untuk siapa?');
  t.match(page.text, 'Untuk semua');
  const empty = await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve', { resolution: ' ' });
  t.equal(empty.status, 422, 'what was done must be said');
  t.ok(empty.problems.resolution);
  t.match(await ticketOf(ipms, id), { status: 'requested' });
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve', { resolution: '20 MB' })).status, 303);
  const now = ipms.clock.now.toISOString();
  t.match(await ticketOf(ipms, id), { status: 'resolved', resolution: '20 MB', resolved_at: now, ended_at: null });
  const letter = await newestLetter(ipms, id);
  t.equal(letter.path, `/admin/tickets/${id}`, 'the agency is led to its own page');
  t.equal(letter.values.at(-1), '20 MB', 'and told what was done');
  t.strictSame(await ticketMails(ipms, id), [
    `ticket-requested ${HELPDESK}`,
    `ticket-commented ${ADMIN}`,
    `ticket-commented ${HELPDESK}`,
    `N17 ${ADMIN}`,
  ]);
  t.equal((await sendTicketForm(admin, 'admin', id, 'confirm')).status, 303);
  t.match(await ticketOf(ipms, id), { status: 'closed', ended_at: now });
  const [filed] = await recordsOf(ipms, 'ticket', id);
  t.match(JSON.parse(filed?.content ?? '{}'), {
    resolution: '20 MB',
    description: QUESTION.description,
    status: 'closed',
    asked_by: 'Rosnah binti Ismail',
    handled_by: 'Noraini binti Salleh',
  });
  const _csrf = await admin.token(`/admin/tickets/new`);
  t.equal(
    (await admin.post(`/admin/tickets/${id}/comment`, { comment: 'Lagi', _csrf })).status,
    409,
    'what is closed is closed',
  );
});

t.test('a mailbox of another agency, or none at all, is refused beside its field', async (t) => {
  const ipms = await startIpms(t);
  for (const mailbox_email of ['pegawai.kementerian@kementerian.test', 'tiada@jabatan.test']) {
    const { answer } = await asked(ipms, { mailbox_email });
    t.equal(answer.status, 422);
    t.match(answer.problems.mailbox_email, mailbox_email);
  }
  const officer = await mailboxOf(ipms, 'pegawai.jabatan');
  await makeAlias(ipms, officer, 'pegawai.lain@jabatan.test');
  const { id } = await asked(ipms, { mailbox_email: 'pegawai.lain@jabatan.test' });
  t.match(await ticketOf(ipms, id), { item_type: 'mailbox', item_id: officer.id }, 'a further address does as well');
  await ipms.db.updateTable('mailbox').set({ status: 'deleted' }).where('id', '=', officer.id).execute();
  const { answer } = await asked(ipms);
  t.ok(answer.problems.mailbox_email, 'nor is one that is deleted');
});

t.test('a call is written down; its agency hears, confirms, and nobody else sees it', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { location } = await helpdesk.submit('/helpdesk/tickets/new', '/helpdesk/tickets/new', CALL);
  const id = Number(location.split('/').at(-1));
  t.match(await ticketOf(ipms, id), { source: '1mocc', caller_name: 'Ahmad bin Ali', agency_id: 1, kind: 'complaint' });
  t.strictSame(await ticketMails(ipms, id), [`ticket-entered ${ADMIN}`]);
  const admin = await ipms.signIn('admin.jabatan');
  t.match((await admin.get(`/admin/tickets/${id}`)).text, 'Pusat Panggilan 1MOCC');
  const other = await ipms.signIn('admin.kementerian');
  t.equal((await other.get(`/admin/tickets/${id}`)).status, 404);
  t.notMatch((await other.get('/admin/tickets')).text, 'Had lampiran');
  for (const [field, value] of Object.entries({
    agency_id: '999',
    source: 'surat',
    caller_name: '',
    kind: 'termination',
  })) {
    const answer = await helpdesk.submit('/helpdesk/tickets/new', '/helpdesk/tickets/new', { ...CALL, [field]: value });
    t.equal(answer.status, 422, field);
    t.ok(answer.problems[field], field);
  }
});

t.test('handed from one to another, and given back', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await asked(ipms);
  const second = await makeStaff(ipms, 'petugas.dua');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const assigned = await sendTicketForm(helpdesk, 'helpdesk', id, 'assign', { assigned_to: String(second.id) });
  t.match((await helpdesk.get(assigned.location)).html, texts['ticket.assignedNow'].ms);
  t.equal((await ticketOf(ipms, id)).assigned_to, second.id);
  t.equal((await ticketMails(ipms, id)).at(-1), 'ticket-assigned petugas.dua@bantuan.test');
  t.match((await helpdesk.get(`/helpdesk/tickets?assignee=${second.id}`)).text, 'Had lampiran');
  t.notMatch((await helpdesk.get('/helpdesk/tickets?assignee=mine')).text, 'Had lampiran');
  const admin = await ipms.signIn('admin.jabatan');
  await sendTicketForm(admin, 'admin', id, 'comment', { comment: 'Sila cepat' });
  t.equal((await ticketMails(ipms, id)).at(-1), 'ticket-commented petugas.dua@bantuan.test', 'whoever has it hears');
  const given = await sendTicketForm(helpdesk, 'helpdesk', id, 'assign', { assigned_to: '' });
  t.match((await helpdesk.get(given.location)).html, texts['ticket.givenBack'].ms);
  t.equal((await ticketOf(ipms, id)).assigned_to, null);
  t.match((await helpdesk.get('/helpdesk/tickets?assignee=nobody')).text, 'Had lampiran');
  const own = await ipms.db
    .selectFrom('user')
    .select('id')
    .where('login_id', '=', 'meja.bantuan')
    .executeTakeFirstOrThrow();
  const heard = (await ticketMails(ipms, id)).length;
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', id, 'assign', { assigned_to: String(own.id) })).status, 303);
  t.equal((await ticketMails(ipms, id)).length, heard, 'nobody is told of an own deed');
  t.equal((await sendTicketForm(helpdesk, 'helpdesk', id, 'assign', { assigned_to: String(own.id) })).status, 409);
  t.match(
    (await changesOf(ipms, 'ticket', id)).filter(({ action }) => action === 'ticket.assigned'),
    ['Pegawai petugas.dua', null, 'Noraini binti Salleh'].map((name) => ({ after: { assigned_to: name } })),
  );
  const user = await ipms.db
    .selectFrom('user')
    .select('id')
    .where('login_id', '=', 'pegawai.jabatan')
    .executeTakeFirstOrThrow();
  const wrong = await sendTicketForm(helpdesk, 'helpdesk', id, 'assign', { assigned_to: String(user.id) });
  t.equal(wrong.status, 422);
  t.ok(wrong.problems.assigned_to);
  const _csrf = await helpdesk.token(`/helpdesk/tickets/${id}`);
  await sendTicketForm(helpdesk, 'helpdesk', id, 'open');
  await sendTicketForm(helpdesk, 'helpdesk', id, 'assign', { assigned_to: '' });
  await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve', { resolution: 'Begini' });
  t.equal((await ticketOf(ipms, id)).assigned_to, own.id, 'nobody had it: it is whose who resolved it');
  const late = await helpdesk.post(`/helpdesk/tickets/${id}/assign`, { assigned_to: String(second.id), _csrf });
  t.equal(late.status, 409, 'what is resolved stays');
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('id', '=', second.id).execute();
  const next = await asked(ipms, { subject: 'Lagi' });
  const gone = await sendTicketForm(helpdesk, 'helpdesk', next.id, 'assign', { assigned_to: String(second.id) });
  t.ok(gone.problems.assigned_to, 'whoever cannot sign in gets nothing');
  t.strictSame(await ticketMails(ipms, next.id), [`ticket-requested ${HELPDESK}`]);
});

t.test('a helpdesk with a common address is mailed there, until somebody has the ticket', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_HELPDESK_EMAIL: 'Meja@Bantuan.test' } });
  const { admin, id } = await asked(ipms);
  await sendTicketForm(await ipms.signIn('meja.bantuan'), 'helpdesk', id, 'open');
  await sendTicketForm(admin, 'admin', id, 'comment', { comment: 'Sila cepat' });
  t.strictSame(await ticketMails(ipms, id), ['ticket-requested meja@bantuan.test', `ticket-commented ${HELPDESK}`]);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const user = await ipms.signIn('pegawai.jabatan');
  const _csrf = await user.token('/me/password');
  const count = async () => (await ipms.db.selectFrom('ticket').select('id').execute()).length;
  const before = await count();
  for (const page of ['/admin/tickets/new', '/helpdesk/tickets/new'])
    t.equal((await user.post(page, { ...CALL, _csrf })).status, 403, page);
  const admin = await ipms.signIn('admin.jabatan');
  const token = await admin.token('/admin/tickets/new');
  t.equal((await admin.post('/helpdesk/tickets/new', { ...CALL, _csrf: token })).status, 403);
  t.equal(await count(), before);
  const made = await admin.post('/admin/tickets/new', { ...QUESTION, agency_id: '2', _csrf: token });
  t.equal((await ticketOf(ipms, Number(made.location.split('/').at(-1)))).agency_id, 1, 'the agency is the session’s');
});
