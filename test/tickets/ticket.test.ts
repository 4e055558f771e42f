import { t } from 'tap';
import { runDue } from '../../src/due.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { manage } from '../mailbox-life/manage-account.ts';
import { type Mailbox, makeOfficer } from '../make.ts';
import { mailsOf } from '../read.ts';
import { changesOf } from './contact-tickets.ts';

// SOP 4.11 step 4: what the helpdesk does with a request to end an account

async function asked(ipms: Ipms, day = '24/11/2026'): Promise<{ id: number; leaver: Mailbox }> {
  const leaver = await makeOfficer(ipms, 'pesara');
  const admin = await ipms.signIn('admin.jabatan');
  await manage(admin, leaver, 'delete', { effective_on: day, reason: 'Bersara' });
  const { id } = await ipms.db
    .selectFrom('ticket')
    .select('id')
    .where('item_id', '=', leaver.id)
    .executeTakeFirstOrThrow();
  return { id, leaver };
}

const ticketOf = ({ db }: Ipms, id: number) =>
  db.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

t.test('opened, ticked three times, resolved; the agency follows and hears', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await asked(ipms);
  const page = `/helpdesk/tickets/${id}`;
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.match((await helpdesk.get('/helpdesk/tickets?q=pesara')).text, 'Pegawai pesara');
  t.equal((await helpdesk.submit(page, `${page}/open`)).location, page);
  t.match(await ticketOf(ipms, id), { status: 'open' });
  const _csrf = await helpdesk.token(page);
  const early = await helpdesk.post(`${page}/resolve`, { _csrf });
  t.equal(early.status, 422);
  t.match(early.text, 'Tandakan E-mel, Lync dan AD dahulu');
  for (const box of ['email', 'lync', 'ad'])
    t.equal((await helpdesk.post(`${page}/check`, { box, _csrf: await helpdesk.token(page) })).status, 303, box);
  await helpdesk.post(`${page}/check`, { box: 'ad', undo: '1', _csrf: await helpdesk.token(page) });
  t.strictSame(JSON.parse((await ticketOf(ipms, id)).content), { email: true, lync: true, ad: false });
  await helpdesk.post(`${page}/check`, { box: 'ad', _csrf: await helpdesk.token(page) });
  t.equal((await helpdesk.submit(page, `${page}/resolve`)).status, 303);
  t.match(await ticketOf(ipms, id), { status: 'resolved' });
  const mails = await mailsOf(ipms, 'ticket', id);
  t.strictSame(
    mails.map((mail) => [mail.mail, mail.to_address]),
    [['N17', 'admin.jabatan@jabatan.test']],
  );
  const admin = await ipms.signIn('admin.jabatan');
  const shown = await admin.get(`/admin/tickets/${id}`);
  t.match(shown.text, 'Noraini binti Salleh');
  const commands = shown.dom
    .querySelectorAll('main form')
    .map((form) => form.getAttribute('action')?.split('/').at(-1));
  t.strictSame(commands, ['confirm', 'reopen', 'comment'], 'the agency checks, and acts on nothing');
  t.match((await admin.get('/admin/tickets?status=resolved&q=pesara')).text, 'Pegawai pesara');
  t.equal((await helpdesk.post(`${page}/check`, { box: 'ad', _csrf })).status, 409, 'what is resolved stays');
  const deeds = (await changesOf(ipms, 'ticket', id)).map(({ action, after }) =>
    [action, JSON.stringify(after)].join(' '),
  );
  t.strictSame(deeds.slice(2, -1), [
    'ticket.checked {"box_email":true}',
    'ticket.checked {"box_lync":true}',
    'ticket.checked {"box_ad":true}',
    'ticket.unchecked {"box_ad":false}',
    'ticket.checked {"box_ad":true}',
  ]);
  const { due_at } = await ticketOf(ipms, id);
  t.equal(due_at, '2026-11-24T16:00:00.000Z', 'due until its day is over');
  await admin.submit(`/admin/tickets/${id}`, `/admin/tickets/${id}/reopen`, { note: 'AD belum' });
  t.match(await ticketOf(ipms, id), { status: 'open', due_at }, 'reopened, it keeps its day');
});

t.test('on the day it is too late to refuse, a day before it is not, and it may be put off', async (t) => {
  const ipms = await startIpms(t);
  const { id, leaver } = await asked(ipms, '25/11/2026');
  const page = `/helpdesk/tickets/${id}`;
  await manage(await ipms.signIn('admin.jabatan'), leaver, 'postpone-delete', { effective_on: '26/11/2026' });
  t.match(await ticketOf(ipms, id), { due_on: '2026-11-26', due_at: '2026-11-26T16:00:00.000Z' });
  ipms.clock.now = new Date('2026-11-25T16:00:00.000Z');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const late = await helpdesk.post(`${page}/refuse`, { reason: 'Tidak', _csrf: await helpdesk.token(page) });
  t.equal(late.status, 422);
  t.match(late.text, 'telah ditamatkan pada tarikhnya');
  t.match(await ticketOf(ipms, id), { status: 'requested' });
  ipms.clock.now = new Date('2026-11-25T15:59:00.000Z');
  t.equal((await helpdesk.submit(page, `${page}/refuse`, { reason: 'Tidak' })).status, 303);
  t.match(await ticketOf(ipms, id), { status: 'refused' });
});

t.test('ticking opens what nobody has opened', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await asked(ipms);
  const page = `/helpdesk/tickets/${id}`;
  const helpdesk = await ipms.signIn('meja.bantuan');
  await helpdesk.post(`${page}/check`, { box: 'email', _csrf: await helpdesk.token(page) });
  const ticket = await ticketOf(ipms, id);
  t.match(ticket, { status: 'open' });
  t.ok(ticket.assigned_to);
  t.equal((await helpdesk.post(`${page}/check`, { box: 'fax', _csrf: await helpdesk.token(page) })).status, 422);
});

t.test('not before the account ends, and not after it was withdrawn', async (t) => {
  const ipms = await startIpms(t);
  const { id, leaver } = await asked(ipms, '1/12/2026');
  const page = `/helpdesk/tickets/${id}`;
  const helpdesk = await ipms.signIn('meja.bantuan');
  const early = await helpdesk.post(`${page}/check`, { box: 'email', _csrf: await helpdesk.token(page) });
  t.equal(early.status, 422);
  t.match(early.text, '1 Dis 2026');
  t.match(await ticketOf(ipms, id), { status: 'requested' });
  await manage(await ipms.signIn('admin.jabatan'), leaver, 'withdraw-delete');
  t.match((await changesOf(ipms, 'ticket', id)).at(-1), { action: 'ticket.withdrawn', after: { status: 'withdrawn' } });
  for (const name of ['open', 'check', 'resolve']) {
    const late = await helpdesk.post(`${page}/${name}`, { box: 'email', _csrf: await helpdesk.token(page) });
    t.equal(late.status, 409, name);
    t.match(late.text, 'telah ditarik balik');
  }
});

t.test(
  'a box says who ticked it and when; two working days later the helpdesk hears of those still open',
  async (t) => {
    const ipms = await startIpms(t);
    await ipms.db.insertInto('holiday').values({ day: '2026-11-25', name: 'Cuti Ujian' }).execute();
    const { id, leaver } = await asked(ipms);
    const page = `/helpdesk/tickets/${id}`;
    const helpdesk = await ipms.signIn('meja.bantuan');
    await helpdesk.post(`${page}/check`, { box: 'ad', _csrf: await helpdesk.token(page) });
    t.match((await helpdesk.get(page)).text, /AD Telah ditamatkan\s*Noraini binti Salleh, 24 Nov 2026/);
    const reminders = async () =>
      (await mailsOf(ipms, 'mailbox', leaver.id, 'N12')).filter(({ letter }) =>
        letter.includes('Belum ditamatkan sepenuhnya'),
      );
    await runDue(ipms.db, new Date('2026-11-26T20:00:00+08:00'));
    t.strictSame(await reminders(), [], 'a holiday is no working day');
    await runDue(ipms.db, new Date('2026-11-27T00:01:00+08:00'));
    const [told] = await reminders();
    t.match(told?.to_address, 'meja.bantuan');
    const { facts, paragraphs } = JSON.parse(told?.letter ?? '{}');
    t.match(paragraphs[0], { ms: /dua hari bekerja kemudian/, en: /two working days later/ });
    t.strictSame(
      facts
        .filter(({ label }: { label: { en: string } }) => label.en === 'Not yet')
        .map(({ value }: { value: { en: string } }) => value.en),
      ['E-mail', 'Lync'],
    );
    const count = (await reminders()).length;
    await runDue(ipms.db, new Date('2026-12-04T08:00:00+08:00'));
    t.equal((await reminders()).length, count, 'once');
    t.match((await changesOf(ipms, 'ticket', id)).at(-1), { action: 'ticket.boxes-reminded' });

    const done = await makeOfficer(ipms, 'siap');
    const admin = await ipms.signIn('admin.jabatan');
    await manage(admin, done, 'delete', { effective_on: '24/11/2026', reason: 'Bersara' });
    const { id: other } = await ipms.db
      .selectFrom('ticket')
      .select('id')
      .where('item_id', '=', done.id)
      .executeTakeFirstOrThrow();
    const again = await ipms.signIn('meja.bantuan'); // the sessions of those days have ended
    const theirs = `/helpdesk/tickets/${other}`;
    for (const box of ['email', 'lync', 'ad'])
      t.equal((await again.post(`${theirs}/check`, { box, _csrf: await again.token(theirs) })).status, 303);
    await runDue(ipms.db, new Date('2026-12-07T08:00:00+08:00'));
    t.equal(
      (await mailsOf(ipms, 'mailbox', done.id, 'N12')).length,
      count,
      'all are ticked: nothing but that it ended',
    );
  },
);

t.test('two of the helpdesk at once: both boxes count, one of two resolves', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await asked(ipms);
  const page = `/helpdesk/tickets/${id}`;
  const helpdesk = await ipms.signIn('meja.bantuan');
  const tokens = [await helpdesk.token(page), await helpdesk.token(page), await helpdesk.token(page)];
  const boxes = await Promise.all(
    ['email', 'lync', 'ad'].map((box, at) => helpdesk.post(`${page}/check`, { box, _csrf: tokens[at] ?? '' })),
  );
  t.strictSame(
    boxes.map((answer) => answer.status),
    [303, 303, 303],
  );
  const answers = await Promise.all(tokens.slice(0, 2).map((_csrf) => helpdesk.post(`${page}/resolve`, { _csrf })));
  t.strictSame(answers.map((answer) => answer.status).toSorted(), [303, 409]);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await asked(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const _csrf = await admin.token('/admin/calendar');
  for (const name of ['open', 'check', 'resolve'])
    t.equal((await admin.post(`/helpdesk/tickets/${id}/${name}`, { box: 'email', _csrf })).status, 403, name);
  const other = await ipms.signIn('admin.kementerian');
  t.equal((await other.get(`/admin/tickets/${id}`)).status, 404);
  t.notMatch((await other.get('/admin/tickets')).text, 'Pegawai pesara');
  const user = await ipms.signIn('pegawai.jabatan');
  for (const page of [`/admin/tickets/${id}`, `/helpdesk/tickets/${id}`, '/helpdesk/tickets'])
    t.equal((await user.get(page)).status, 403, page);
  t.match(await ticketOf(ipms, id), { status: 'requested' });
});
