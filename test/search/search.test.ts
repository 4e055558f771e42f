import { t } from 'tap';
import { type Ipms, type Page, startIpms } from '../helper.ts';
import { makeContact, makeGroup, makeOfficer } from '../make.ts';
import { mailboxOf } from '../read.ts';

// Interface: the search in the head of every page of administrators and the helpdesk

const at = (role: 'admin' | 'helpdesk', q: string) => `/${role}/search?${new URLSearchParams({ q })}`;
const found = ({ dom }: Page) =>
  dom.querySelectorAll('.found a').map((link) => [link.textContent, link.getAttribute('href')]);
const inHead = ({ dom }: Page) => dom.querySelector('header input[name=q]')?.getAttribute('value');

/** Of an agency, what is known by a number. */
async function numberedThings({ db }: Ipms) {
  const ticket = await db.selectFrom('ticket').select('id').where('agency_id', '=', 1).executeTakeFirstOrThrow();
  const record = await db.selectFrom('record').selectAll().where('agency_id', '=', 1).executeTakeFirstOrThrow();
  const request = await db
    .selectFrom('access_code_request')
    .selectAll()
    .where('agency_id', '=', 1)
    .executeTakeFirstOrThrow();
  return { ticket, record, request };
}

t.test('name, address, login ID and identity card lead straight to the one mailbox', async (t) => {
  const ipms = await startIpms(t);
  const mailbox = await makeOfficer(ipms, 'qasim.jalil', {
    display_name: 'Qasim bin Jalil',
    primary_email: 'pengarah.ict@jabatan.test',
    ic_number: '751231145533',
  });
  for (const [login, role] of [
    ['admin.jabatan', 'admin'],
    ['meja.bantuan', 'helpdesk'],
  ] as const) {
    const browser = await ipms.signIn(login);
    for (const q of [
      'qasim bin JALIL',
      'pengarah.ict@jabatan.test',
      'qasim jalil',
      'Jalil qasim',
      'qasim b jalil',
      'jalil pengarah.ict',
      'qasim 751231-14',
      'qasim.jal',
      '751231-14-5533',
      '751231–14–5533',
      ' 751231145533 ',
    ]) {
      const answer = await browser.get(at(role, q));
      t.equal(answer.status, 303, `${role}: ${q}`);
      t.equal(answer.location, `/${role}/mailboxes/${mailbox.id}`);
    }
    const form = (await browser.get(`/${role}`)).dom.querySelector('header form[role=search]');
    t.equal(form?.getAttribute('action'), `/${role}/search`, 'the search is in the head');
  }
});

t.test('several are listed by kind, with what tells them apart', async (t) => {
  const ipms = await startIpms(t);
  const one = await makeOfficer(ipms, 'zulaikha.satu', { display_name: 'Zulaikha Satu' });
  const group = await makeGroup(ipms, 'semua.z', { name: 'Semua Zulaikha' });
  const contact = await makeContact(ipms, { full_name: 'Zulaikha Luar', email: 'z.luar@universiti.test' });
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get(at('admin', 'zulaikha'));
  t.equal(page.status, 200);
  t.strictSame(found(page), [
    ['Zulaikha Satu', `/admin/mailboxes/${one.id}`],
    ['Semua Zulaikha', `/admin/groups/${group}`],
    ['Zulaikha Luar', `/admin/contacts/${contact}`],
  ]);
  t.match(page.text, one.primary_email);
  t.equal(inHead(page), 'zulaikha', 'and can be typed on');
  t.equal(inHead(await admin.get('/admin/mailboxes?q=zulaikha')), '', 'a list has a search of its own');
});

t.test('a ticket, a record and a request have their numbers', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { ticket, record, request } = await numberedThings(ipms);
  t.equal((await admin.get(at('admin', `#${ticket.id}`))).location, `/admin/tickets/${ticket.id}`);
  for (const q of [`tiket ${ticket.id}`, `Ticket #${ticket.id}`, `TIKET${ticket.id}`])
    t.equal((await admin.get(at('admin', q))).location, `/admin/tickets/${ticket.id}`, q);
  const end = record.number.slice(-6);
  for (const [login, role] of [
    ['admin.jabatan', 'admin'],
    ['meja.bantuan', 'helpdesk'],
  ] as const) {
    const { location, dom } = await (await ipms.signIn(login)).get(at(role, end));
    const links = dom.querySelectorAll('.found a').map((link) => link.getAttribute('href'));
    t.ok([location, ...links].includes(`/${role}/records/${record.id}`), `${role}: ${end}`);
  }
  const other = await (await ipms.signIn('admin.kementerian')).get(at('admin', end));
  t.notMatch(`${other.text}${other.location}"`, `/records/${record.id}"`, 'of another agency');
  t.equal((await admin.get(at('admin', record.number.toLowerCase()))).location, `/admin/records/${record.id}`);
  t.equal((await admin.get(at('admin', request.reference))).location, `/admin/access-code-requests/${request.id}`);
});

t.test('somebody without a mailbox is found by the identity card of the request', async (t) => {
  const ipms = await startIpms(t);
  const request = await ipms.db
    .selectFrom('access_code_request')
    .selectAll()
    .where('agency_id', '=', 1)
    .where('ic_number', 'is not', null)
    .where('status', '=', 'submitted')
    .executeTakeFirstOrThrow();
  const admin = await ipms.signIn('admin.jabatan');
  const answer = await admin.get(at('admin', request.ic_number ?? ''));
  const places = answer.location === '' ? found(answer).map(([, href]) => href) : [answer.location];
  t.ok(places.includes(`/admin/access-code-requests/${request.id}`), String(places));
});

t.test('more than are shown: the list has them all', async (t) => {
  const ipms = await startIpms(t);
  for (let number = 10; number < 22; number += 1)
    await makeOfficer(ipms, `wxyz.${number}`, { display_name: `Wxyz ${number}` });
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get(at('admin', 'wxyz'));
  t.equal(found(page).length, 10);
  const all = page.dom.querySelector('section a[href="/admin/mailboxes?q=wxyz"]');
  t.match(all?.textContent, '12');
});

t.test('too little, nothing, and what is hostile', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  for (const q of ['', 'a', ' ', '\u200b']) t.match((await admin.get(at('admin', q))).text, 'dua aksara', `"${q}"`);
  for (const q of ['tiadasesiapa', '#999999', '%_', '"OR"', 'JC/IPMS/1999/000001', 'KA-0000-0000', "'; --"]) {
    const page = await admin.get(at('admin', q));
    t.equal(page.status, 200, q);
    t.match(page.text, 'Tiada yang sepadan', q);
    t.equal(inHead(page), q, 'what was typed still stands in the head');
  }
  t.equal((await admin.get(at('admin', 'a'.repeat(201)))).status, 400);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const stranger = await ipms.signIn('admin.kementerian');
  const mailbox = await mailboxOf(ipms, 'pegawai.jabatan');
  const { ticket, record, request } = await numberedThings(ipms);
  for (const q of [
    mailbox.primary_email,
    mailbox.ic_number ?? '',
    `#${ticket.id}`,
    record.number,
    request.reference,
    request.ic_number ?? request.email ?? '',
  ]) {
    const answer = await stranger.get(at('admin', q));
    t.equal(answer.status, 200, q);
    t.strictSame(found(answer), [], `nothing of another agency: ${q}`);
  }
  t.equal((await stranger.get(at('helpdesk', 'siti'))).status, 403);
  const officer = await ipms.signIn('pegawai.jabatan');
  t.equal((await officer.get(at('admin', 'siti'))).status, 403);
  t.notOk((await officer.get('/me')).dom.querySelector('header form[role=search]'), 'nor is it offered');
  t.match((await ipms.visitor().get(at('admin', 'siti'))).location, /^\/login/);
});
