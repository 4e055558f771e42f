import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Test, t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { MASK } from '../../src/base/letter.ts';
import { readSettings } from '../../src/base/settings.ts';
import { DAY, HOUR, later, MINUTE } from '../../src/base/time.ts';
import { UNSET } from '../../src/data/act.ts';
import { enqueue, type Mail } from '../../src/trail/outbox.ts';
import { makeCertificates } from '../certificates.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { startMailServer, worker } from './mail-server.ts';

const APPLICATION = {
  category: 'civil_servant',
  full_name: 'Nurul Izzah binti Kamaruddin',
  ic_number: '900101-14-5678',
  contact_email: 'nurul@rumah.test',
  agency_id: '1',
  reporting_division: 'Bahagian Kewangan',
  supervisor_email: 'ketua@jabatan.test',
};
const CODE = /[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}/;

/** With an outbox that nothing has been put into yet. */
async function start(t: Test) {
  const ipms = await startIpms(t, { environment: { IPMS_MAIL_FROM: 'IPMS <ipms@jabatan.test>' } });
  await ipms.db.deleteFrom('outbox').execute();
  return ipms;
}

async function ask(ipms: Ipms, more: Record<string, string> = {}) {
  const page = '/access-code-requests/new';
  await ipms.visitor().submit(page, page, { ...APPLICATION, ...more });
  return ipms.db.selectFrom('access_code_request').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
}

/** Mails that no procedure is needed for. */
async function put(ipms: Ipms, ...mails: { address: string; subject?: string; name?: string }[]) {
  const letters = mails.map(
    ({ address, name = 'Siti', subject = 'Ujian' }): Mail => ({
      mail: 'N8',
      to: { name, address },
      letter: {
        subject: { ms: subject, en: subject },
        greeting: name,
        paragraphs: [{ ms: 'Untuk makluman.', en: 'For information.' }],
      },
    }),
  );
  for (const letter of letters)
    await ipms.db
      .transaction()
      .execute((trx) => enqueue({ trx, actor: SYSTEM, now: ipms.clock.now, settings: UNSET }, [letter]));
}

const outbox = (ipms: Ipms) => ipms.db.selectFrom('outbox').selectAll().orderBy('id').execute();
const states = async (ipms: Ipms) => (await outbox(ipms)).map((mail) => mail.state);

t.test('what procedures enqueue is delivered: N1, N2, and N3 whose code is erased by it', async (t) => {
  const ipms = await start(t);
  const server = await startMailServer(t);
  const send = worker(t, ipms, server.url);
  const refused = await ask(ipms);
  const granted = await ask(ipms, {
    full_name: 'Ahmad Zaki bin Osman',
    ic_number: '850312-10-5531',
    contact_email: 'zaki@rumah.test',
  });
  const admin = await ipms.signIn('admin.jabatan');
  const page = (id: number) => `/admin/access-code-requests/${id}`;
  await admin.submit(page(refused.id), `${page(refused.id)}/refuse`, { reason: 'Belum melapor diri' });
  await admin.submit(page(granted.id), `${page(granted.id)}/verify`, { verified_with: 'division' });
  const issued = await admin.submit(`/admin/access-codes/new?request=${granted.id}`, '/admin/access-codes/new', {
    notify_kind: 'personal',
    notify_email: 'zaki@rumah.test',
  });
  t.equal(issued.status, 303);

  const waiting = await ipms.db
    .selectFrom('outbox')
    .selectAll()
    .where('secret', 'is not', null)
    .executeTakeFirstOrThrow();
  const helpdesk = await ipms.signIn('meja.bantuan');
  const before = await helpdesk.get(`/helpdesk/outbox/${waiting.id}`);
  t.match(before.text, MASK);
  t.notMatch(before.html, CODE, 'no page shows the code before it is sent');

  t.match(await send(), { failed: 0 });
  const mails = await outbox(ipms);
  t.equal(server.received.length, mails.length, 'one message a mail');
  t.ok(mails.every((mail) => mail.state === 'sent' && mail.secret === null && mail.tries === 1));
  for (const mail of server.received) t.equal(mail.to.length, 1, 'one recipient a message');

  const sent = (number: string, to: string) =>
    server.received.find((mail) => mail.headers.get('x-ipms-mail') === number && mail.to[0] === to);
  t.match(sent('N1', 'admin.jabatan@jabatan.test')?.subject, APPLICATION.full_name);
  t.match(sent('N2', 'nurul@rumah.test')?.text, 'Belum melapor diri');
  const code = sent('N3', 'zaki@rumah.test');
  t.match(code?.text, CODE);
  t.match(code?.html, CODE);
  t.match(code?.headers.get('auto-submitted'), 'auto-generated');
  t.equal(code?.headers.get('message-id'), waiting.message_id);
  t.match(waiting.message_id, /^<[0-9a-f-]{36}@jabatan\.test>$/, 'under the domain that it comes from');
  const notices = server.received.filter((mail) => mail.headers.get('x-ipms-mail') === 'N3' && mail !== code);
  t.ok(notices.length > 0);
  for (const notice of notices) t.notMatch(notice.raw, CODE, 'the code is in one mail only');

  const after = await helpdesk.get(`/helpdesk/outbox/${waiting.id}`);
  t.match(after.text, MASK);
  t.notMatch(after.html, CODE);
  t.match(await send(), { sent: 0, failed: 0 }, 'nothing is sent twice');
});

t.test('a mail is in Malay first and English below, and its links are those of the installation', async (t) => {
  const ipms = await start(t);
  const server = await startMailServer(t);
  await ask(ipms);
  await worker(t, ipms, server.url)();
  const [mail] = server.received;
  for (const part of [mail?.text ?? '', mail?.html ?? '']) {
    const malay = part.indexOf('Bahagian tempat melapor diri');
    const english = part.indexOf('Division reported to');
    t.ok(malay > 0 && malay < english);
    t.match(part, 'https://ipms.test/admin/access-code-requests/');
    t.notMatch(part, '900101145678', 'the identity card number is masked');
  }
});

t.test('nothing that a name or subject contains becomes a header or a recipient', async (t) => {
  const ipms = await start(t);
  const server = await startMailServer(t);
  const names = [
    'Siti\r\nBcc: jahat@luar.test',
    'Siti" <jahat@luar.test>, "Ali',
    'Siti, jahat@luar.test',
    'Nur ‘Aïn 林 அருள் 😀',
    'a'.repeat(300),
    '',
  ];
  for (const name of names)
    await put(ipms, { address: 'siti@rumah.test', name, subject: `Perkara ${name}\r\nX-Jahat: 1` });
  await worker(t, ipms, server.url)();
  t.equal(server.received.length, names.length);
  for (const mail of server.received) {
    t.strictSame(mail.to, ['siti@rumah.test']);
    t.notOk(mail.headers.has('bcc') || mail.headers.has('x-jahat') || mail.headers.has('cc'));
    t.match(mail.headers.get('to'), /<siti@rumah\.test>$|^siti@rumah\.test$/);
  }
  t.match(server.received[3]?.subject, 'Nur ‘Aïn 林 அருள் 😀');
  await t.rejects(put(ipms, { address: 'siti@rumah.test\r\nBcc: jahat@luar.test' }), /cannot be mailed/);
  await t.rejects(put(ipms, { address: 'siti@rumah.test,jahat@luar.test' }), /cannot be mailed/);
});

t.test('an address gets its mails in order, and one of a kind about one thing', async (t) => {
  const ipms = await start(t);
  const server = await startMailServer(t);
  const subjects = Array.from({ length: 12 }, (_, index) => `Ke-${index}`);
  for (const subject of subjects) {
    await put(ipms, { address: 'ali@rumah.test', subject });
    await put(ipms, { address: `lain${subject.slice(3)}@rumah.test` });
  }
  await worker(t, ipms, server.url)();
  const got = server.received.filter((mail) => mail.to[0] === 'ali@rumah.test');
  t.strictSame(
    got.map((mail) => mail.subject),
    subjects.map((subject) => `${subject} / ${subject}`),
  );

  const item = { type: 'agency' as const, id: 1, name: 'JC', agencyId: 1 };
  const letter = { subject: { ms: 'x', en: 'x' }, greeting: 'x', paragraphs: [] };
  const mail = (address: string): Mail => ({ mail: 'N9', to: { name: 'x', address }, item, letter });
  const told = await ipms.db
    .transaction()
    .execute((trx) =>
      enqueue({ trx, actor: SYSTEM, now: ipms.clock.now, settings: UNSET }, [
        mail('a@x.test'),
        mail('b@x.test'),
        mail('a@x.test'),
      ]),
    );
  t.strictSame(told, ['a@x.test', 'b@x.test']);
  t.equal((await outbox(ipms)).filter((each) => each.mail === 'N9').length, 2);
});

t.test('a server that is down: growing pauses, and all of it arrives when it is up again', async (t) => {
  const ipms = await start(t);
  const first = await startMailServer(t);
  const port = Number(new URL(first.url).port);
  await first.stop();
  const send = worker(t, ipms, first.url);
  await put(ipms, { address: 'ali@rumah.test' }, { address: 'ali@rumah.test', subject: 'Kedua' });

  const pauses: number[] = [];
  for (let tries = 1; tries <= 6; tries += 1) {
    t.strictSame(await send(), { sent: 0, failed: 1 }, 'a later mail to the same address waits behind the first');
    const [mail] = await outbox(ipms);
    t.match(mail, { state: 'waiting', tries, claimed_until: null, last_error: /ECONNREFUSED/ });
    pauses.push(Date.parse(mail?.next_try_at ?? '') - ipms.clock.now.getTime());
    t.strictSame(await send(), { sent: 0, failed: 0 }, 'not before its time');
    ipms.clock.now = new Date(mail?.next_try_at ?? '');
  }
  t.ok(
    pauses.every((pause, index) => pause > (pauses[index - 1] ?? 0)),
    `the pauses grow: ${pauses}`,
  );

  const server = await startMailServer(t, port);
  t.strictSame(await send(), { sent: 2, failed: 0 });
  t.strictSame(
    server.received.map((mail) => mail.subject),
    ['Ujian / Ujian', 'Kedua / Kedua'],
  );
  t.match(await outbox(ipms), [
    { state: 'sent', last_error: null, tries: 7 },
    { state: 'sent', tries: 1 },
  ]);
});

t.test('a server that refuses one recipient: the others get theirs', async (t) => {
  const ipms = await start(t);
  const server = await startMailServer(t);
  server.refuses.add('tiada@rumah.test');
  await put(ipms, { address: 'tiada@rumah.test' }, { address: 'ali@rumah.test' }, { address: 'siti@rumah.test' });
  t.strictSame(await worker(t, ipms, server.url)(), { sent: 2, failed: 1 });
  t.strictSame(server.received.map((mail) => mail.to[0]).sort(), ['ali@rumah.test', 'siti@rumah.test']);
  t.match(await outbox(ipms), [
    { state: 'waiting', last_error: /No such mailbox here/ },
    { state: 'sent' },
    { state: 'sent' },
  ]);
});

t.test('a letter that cannot be put together holds up no other', async (t) => {
  const ipms = await start(t);
  const server = await startMailServer(t);
  await put(ipms, { address: 'ali@rumah.test' }, { address: 'siti@rumah.test' });
  await ipms.db.updateTable('outbox').set({ letter: '{}' }).where('to_address', '=', 'ali@rumah.test').execute();
  t.strictSame(await worker(t, ipms, server.url)(), { sent: 1, failed: 1 });
  t.strictSame(await states(ipms), ['waiting', 'sent']);
});

t.test('a connection that drops after the message: once more, with the same Message-ID', async (t) => {
  const ipms = await start(t);
  const server = await startMailServer(t);
  const send = worker(t, ipms, server.url);
  server.afterData = async () => {
    server.cut();
    return new Promise(() => {});
  };
  await put(ipms, { address: 'ali@rumah.test' });
  t.strictSame(await send(), { sent: 0, failed: 1 });
  t.strictSame(await states(ipms), ['waiting']);
  server.afterData = async () => {};
  ipms.clock.now = later(ipms.clock.now, MINUTE);
  t.strictSame(await send(), { sent: 1, failed: 0 });
  t.equal(server.received.length, 2, 'one message a try');
  const ids = new Set(server.received.map((mail) => mail.headers.get('message-id')));
  t.equal(ids.size, 1);
});

t.test('after 48 hours a mail is failed, the helpdesk sees it, and sends it again', async (t) => {
  const ipms = await start(t);
  const server = await startMailServer(t);
  const send = worker(t, ipms, server.url);
  server.refuses.add('ali@rumah.test');
  const begun = ipms.clock.now;
  await put(ipms, { address: 'ali@rumah.test' });
  for (let tries = 0; (await states(ipms))[0] === 'waiting' && tries < 100; tries += 1) {
    const [mail] = await outbox(ipms);
    ipms.clock.now = new Date(mail?.next_try_at ?? '');
    await send();
  }
  t.equal(ipms.clock.now.getTime() - begun.getTime(), 48 * HOUR, 'the last try is at 48 hours, not later');
  const [failed] = await outbox(ipms);
  t.match(failed, { state: 'failed', last_error: /No such mailbox/ });
  ipms.clock.now = later(ipms.clock.now, DAY);
  t.strictSame(await send(), { sent: 0, failed: 0 });

  const helpdesk = await ipms.signIn('meja.bantuan');
  const list = await helpdesk.get('/helpdesk/outbox?state=failed');
  t.match(list.text, 'ali@rumah.test');
  t.equal(list.dom.querySelector('.menu a[href="/helpdesk/outbox"] .count')?.textContent, '1');
  server.refuses.clear();
  const page = `/helpdesk/outbox/${failed?.id}`;
  t.equal((await helpdesk.post(`${page}/send-again`, { _csrf: await helpdesk.token(page) })).location, page);
  t.strictSame(await send(), { sent: 1, failed: 0 });
  t.equal(server.received[0]?.headers.get('message-id'), failed?.message_id);
});

t.test('a clock that is ahead for a while gives no mail up, and has none wait for it', async (t) => {
  const ipms = await start(t);
  const server = await startMailServer(t);
  const send = worker(t, ipms, server.url);
  server.refuses.add('ali@rumah.test');
  await put(ipms, { address: 'ali@rumah.test' });
  const right = ipms.clock.now;
  ipms.clock.now = later(right, 400 * DAY);
  t.strictSame(await send(), { sent: 0, failed: 1 });
  t.strictSame(await states(ipms), ['waiting'], 'one try is not nineteen');
  const taken = later(ipms.clock.now, 3 * MINUTE).toISOString();
  await ipms.db.updateTable('outbox').set({ claimed_until: taken }).execute(); // by a worker that stopped meanwhile
  ipms.clock.now = later(right, MINUTE);
  server.refuses.clear();
  t.strictSame(await send(), { sent: 1, failed: 0 }, 'as soon as the clock is right');
});

t.test('a slow server holds up no page, and no second worker sends what the first has in hand', async (t) => {
  const ipms = await start(t);
  const server = await startMailServer(t);
  let answer = () => {};
  const arrived = new Promise<void>((arrive) => {
    server.afterData = () => {
      arrive();
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
  });
  await put(ipms, { address: 'ali@rumah.test' });
  const first = worker(t, ipms, server.url)();
  await arrived;
  t.equal((await ipms.visitor().get('/login')).status, 200);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const [mail] = await outbox(ipms);
  const page = `/helpdesk/outbox/${mail?.id}`;
  t.match((await helpdesk.get(page)).text, 'Sedang dihantar');
  const again = await helpdesk.post(`${page}/send-again`, { _csrf: await helpdesk.token(page) });
  t.equal(again.status, 409, 'a mail on its way is not sent again beside that');
  t.strictSame(await worker(t, ipms, server.url)(), { sent: 0, failed: 0 });
  answer();
  t.strictSame(await first, { sent: 1, failed: 0 });
  t.equal(server.received.length, 1);
});

t.test('two workers at once send each mail once; one that died leaves its mail to the next', async (t) => {
  const ipms = await start(t);
  const server = await startMailServer(t);
  for (let index = 0; index < 30; index += 1) await put(ipms, { address: `orang${index % 10}@rumah.test` });
  const results = await Promise.all([worker(t, ipms, server.url)(), worker(t, ipms, server.url)()]);
  t.equal(results[0].sent + results[1].sent, 30);
  t.equal(new Set(server.received.map((mail) => mail.headers.get('message-id'))).size, 30);
  t.equal(server.received.length, 30);

  await put(ipms, { address: 'ali@rumah.test' });
  const claimed = later(ipms.clock.now, 3 * MINUTE).toISOString();
  await ipms.db.updateTable('outbox').set({ claimed_until: claimed }).where('state', '=', 'waiting').execute();
  const send = worker(t, ipms, server.url);
  t.strictSame(await send(), { sent: 0, failed: 0 });
  ipms.clock.now = later(ipms.clock.now, 3 * MINUTE);
  t.strictSame(await send(), { sent: 1, failed: 0 });
});

t.test("a mail server with the agency's own authority is believed when that is set, and no other", async (t) => {
  const ipms = await start(t);
  const folder = t.testdir();
  const ca = makeCertificates(folder, '127.0.0.1');
  const [key, cert] = ['key', 'cert'].map((name) => readFileSync(join(folder, name), 'utf8')) as [string, string];
  const server = await startMailServer(t, 0, { key, cert });
  await put(ipms, { address: 'siti@jabatan.test' });
  const strange = worker(t, ipms, server.url);
  t.strictSame(await strange(), { sent: 0, failed: 1 });
  const [mail] = await ipms.db.selectFrom('outbox').selectAll().execute();
  t.match(mail?.last_error, /unable to verify the first certificate/);
  t.strictSame(strange.notes, [[mail?.id, mail?.last_error]], 'the log has it, too');
  t.strictSame(server.received, [], 'nothing went out in the clear');
  ipms.clock.now = later(ipms.clock.now, HOUR);
  t.strictSame(await worker(t, ipms, server.url, { smtpCa: ca })(), { sent: 1, failed: 0 });
  const settings = readSettings({ IPMS_SMTP_CA_FILE: join(folder, 'ca') });
  t.equal(settings.smtpCa, ca);
  for (const file of ['key', 'none'])
    t.throws(() => readSettings({ IPMS_SMTP_CA_FILE: join(folder, file) }), /IPMS_SMTP_CA_FILE=.* cannot be used/);
});

t.test('a server on another machine has to speak TLS, unless the agency lets it go without', async (t) => {
  const ipms = await start(t);
  const server = await startMailServer(t);
  const elsewhere = server.url.replace('127.0.0.1', '127.1');
  await put(ipms, { address: 'siti@jabatan.test' });
  t.strictSame(await worker(t, ipms, elsewhere)(), { sent: 0, failed: 1 });
  const [mail] = await ipms.db.selectFrom('outbox').selectAll().execute();
  t.match(mail?.last_error, /STARTTLS/);
  t.strictSame(server.received, [], 'nothing went out in the clear');
  ipms.clock.now = later(ipms.clock.now, HOUR);
  t.strictSame(await worker(t, ipms, elsewhere, { smtpTls: 'optional' })(), { sent: 1, failed: 0 });
  t.equal(readSettings({}).smtpTls, 'required');
  t.throws(() => readSettings({ IPMS_SMTP_TLS: 'no' }), /IPMS_SMTP_TLS is not one of required, optional/);
});
