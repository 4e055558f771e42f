import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Test, t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { MASK } from '../../src/base/letter.ts';
import { UNSET } from '../../src/data/act.ts';
import { texts } from '../../src/texts.ts';
import { enqueue, type Mail } from '../../src/trail/outbox.ts';
import { PACKAGE, PEOPLE, registered } from '../account-requests/joining.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { ADMIN } from '../people.ts';
import { openedSecret, trailOf } from '../read.ts';

const LIST = '/helpdesk/outbox';

async function start(t: Test, environment: Record<string, string> = {}) {
  const ipms = await startIpms(t, { environment });
  await ipms.db.deleteFrom('outbox').execute();
  return ipms;
}

/** Puts a mail with a secret or without one into the outbox, and says what has become of it. */
async function put(
  ipms: Ipms,
  { address = 'ali@rumah.test', secret, ...rest }: Partial<Mail> & { address?: string },
  state: 'waiting' | 'sent' | 'failed' = 'waiting',
) {
  const mail: Mail = {
    mail: 'N8',
    to: { name: 'Ali bin Abu', address },
    letter: {
      subject: { ms: 'Katalaluan ditukar', en: 'Password changed' },
      greeting: 'Ali bin Abu',
      paragraphs: [{ ms: 'Untuk makluman.', en: 'For information.' }],
      ...(secret ? { secret: { label: { ms: 'Kod', en: 'Code' }, kind: 'code' as const } } : {}),
    },
    ...(secret ? { secret } : {}),
    ...rest,
  };
  await ipms.db
    .transaction()
    .execute((trx) => enqueue({ trx, actor: SYSTEM, now: ipms.clock.now, settings: UNSET }, [mail]));
  const { id } = await ipms.db
    .selectFrom('outbox')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const at = ipms.clock.now.toISOString();
  const become = {
    waiting: {},
    sent: { state, sent_at: at, tries: 1, secret: null },
    failed: { state, tries: 17, last_error: '550 Tiada peti mel', next_try_at: at },
  }[state];
  if (state !== 'waiting') await ipms.db.updateTable('outbox').set(become).where('id', '=', id).execute();
  return id;
}

const mailOf = (ipms: Ipms, id: number) =>
  ipms.db.selectFrom('outbox').selectAll().select(openedSecret).where('id', '=', id).executeTakeFirstOrThrow();

t.test('the list: newest first, filtered by state and kind, searched by address, name and subject', async (t) => {
  const ipms = await start(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.match((await helpdesk.get(LIST)).text, 'Belum ada e-mel');
  await put(ipms, { address: 'pertama@rumah.test' }, 'sent');
  await put(ipms, { address: 'kedua@rumah.test', mail: 'N3' }, 'failed');
  await put(ipms, {
    address: 'ketiga@rumah.test',
    mail: 'N1',
    to: { name: 'Tan Chee Keong', address: 'ketiga@rumah.test' },
    letter: { subject: { ms: 'Permintaan', en: 'Request for a code' }, greeting: 'x', paragraphs: [] },
  });
  const addresses = async (query: string) => {
    const { dom } = await helpdesk.get(`${LIST}${query}`);
    return dom.querySelectorAll('main td[data-label=Kepada]').map((cell) => cell.textContent.trim().split('@')[0]);
  };
  t.strictSame(await addresses(''), ['ketiga', 'kedua', 'pertama']);
  t.strictSame(await addresses('?sort=created_at'), ['pertama', 'kedua', 'ketiga']);
  t.strictSame(await addresses('?state=failed'), ['kedua']);
  t.strictSame(await addresses('?mail=N1'), ['ketiga']);
  for (const q of ['KETIGA@', 'chee', 'permintaan', 'request+for'])
    t.strictSame(await addresses(`?q=${q}`), ['ketiga'], q);
  t.strictSame(await addresses('?q=%25'), [], 'a percent sign is no wildcard');

  const csv = (await helpdesk.get(`${LIST}?format=csv&state=failed`)).html;
  t.match(csv, /kedua@rumah\.test/);
  t.notMatch(csv, /pertama|ketiga/);
});

t.test('one mail: all of it but the secret, where it belongs, and that no server is set', async (t) => {
  const ipms = await start(t);
  const item = { type: 'agency' as const, id: 1, name: 'Jabatan Contoh', agencyId: 1 };
  const id = await put(ipms, { secret: 'RAHSIA-12345', item });
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = await helpdesk.get(`${LIST}/${id}`);
  t.match(page.text, /Untuk makluman\..*For information\./);
  t.match(page.text, MASK);
  t.notMatch(page.html, 'RAHSIA');
  t.match(page.text, (await mailOf(ipms, id)).message_id);
  t.ok(page.dom.querySelector('main a[href="/helpdesk/agencies/1"]'));
  t.match(page.text, 'IPMS_SMTP_URL');
  t.notOk(page.dom.querySelector(`form[action="${LIST}/${id}/send-again"]`), 'nothing to press without a server');
  for (const url of [LIST, `${LIST}?format=csv`]) t.notMatch((await helpdesk.get(url)).html, 'RAHSIA', url);
  t.match((await helpdesk.get(`${LIST}?q=RAHSIA-12345`)).text, 'Tiada yang sepadan', 'nor is it searched');
});

t.test('a failed or waiting mail is tried anew, with its audit row; a double click does it once', async (t) => {
  const ipms = await start(t, { IPMS_SMTP_URL: 'smtp://127.0.0.1:1' });
  const helpdesk = await ipms.signIn('meja.bantuan');
  for (const state of ['failed', 'waiting'] as const) {
    const id = await put(ipms, { secret: 'RAHSIA-12345' }, state);
    await ipms.db
      .updateTable('outbox')
      .set({ next_try_at: '2027-01-01T00:00:00.000Z', tries: 9, agency_id: 2 })
      .where('id', '=', id)
      .execute();
    const page = `${LIST}/${id}`;
    const fields = { _csrf: await helpdesk.token(page) };
    const answers = await Promise.all([1, 2].map(() => helpdesk.post(`${page}/send-again`, fields)));
    t.strictSame(
      answers.map((answer) => [answer.status, answer.location]),
      [
        [303, page],
        [303, page],
      ],
    );
    t.match(await mailOf(ipms, id), {
      state: 'waiting',
      tries: 0,
      next_try_at: ipms.clock.now.toISOString(),
      secret: 'RAHSIA-12345',
    });
    const rows = await trailOf(ipms, 'outbox', id);
    t.strictSame(
      rows.map((row) => [row.action, row.actor_role, row.agency_id]),
      [['outbox.send-again', 'helpdesk', 2]],
    );
    t.match((await helpdesk.get(page)).text, /E-mel dihantar semula.*Cubaan: sebelum 9 → selepas 0/);
  }
});

t.test('a delivered mail is refused, with what to do instead', async (t) => {
  const ipms = await start(t, { IPMS_SMTP_URL: 'smtp://127.0.0.1:1' });
  const helpdesk = await ipms.signIn('meja.bantuan');
  const cases = [
    [await put(ipms, { secret: 'RAHSIA-12345' }, 'sent'), 'Buat kod atau pautan yang baharu'],
    [await put(ipms, {}, 'sent'), 'tidak dihantar lagi'],
    [await put(ipms, { secret: 'RAHSIA-67890' }), 'E-mel ini ditarik balik'],
  ] as const;
  await ipms.db.updateTable('outbox').set({ state: 'withdrawn' }).where('id', '=', cases[2][0]).execute();
  for (const [id, words] of cases) {
    const before = await mailOf(ipms, id);
    const page = `${LIST}/${id}`;
    const shown = await helpdesk.get(page);
    t.match(shown.text, words);
    t.notOk(shown.dom.querySelector(`form[action="${page}/send-again"]`));
    const answer = await helpdesk.post(`${page}/send-again`, { _csrf: await helpdesk.token(page) });
    t.equal(answer.status, 409);
    t.match(answer.dom.querySelector('.summary')?.textContent, words);
    t.strictSame(await mailOf(ipms, id), before);
  }
});

t.test('all failed ones at once', async (t) => {
  const ipms = await start(t, { IPMS_SMTP_URL: 'smtp://127.0.0.1:1' });
  const helpdesk = await ipms.signIn('meja.bantuan');
  const failed = [await put(ipms, {}, 'failed'), await put(ipms, { mail: 'N1' }, 'failed')];
  const sent = await put(ipms, {}, 'sent');
  t.equal((await helpdesk.submit(LIST, `${LIST}/send-failed`)).location, LIST);
  for (const id of failed) t.match(await mailOf(ipms, id), { state: 'waiting', tries: 0 });
  t.match(await mailOf(ipms, sent), { state: 'sent' });
  const rows = await ipms.db
    .selectFrom('audit')
    .select(['item_id', 'act'])
    .where('action', '=', 'outbox.send-again')
    .execute();
  t.strictSame(
    rows.map((row) => row.item_id),
    failed,
  );
  t.equal(new Set(rows.map((row) => row.act)).size, 1, 'one act');
  t.match((await helpdesk.get(LIST)).text, '2 e-mel akan dihantar semula');
  const again = await helpdesk.post(`${LIST}/send-failed`, { _csrf: await helpdesk.token(LIST) });
  t.equal(again.status, 303);
  t.match((await helpdesk.get(LIST)).text, 'Tiada e-mel yang gagal');
});

t.test('every kind of mail that IPMS sends has a name to choose it by', async (t) => {
  const kinds = new Set<string>();
  const source = join(import.meta.dirname, '../../src');
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.ts'))
      for (const [, kind = ''] of readFileSync(join(source, file), 'utf8').matchAll(/\bmail: '([A-Za-z0-9-]+)',/g))
        kinds.add(kind);
  t.ok(kinds.size >= 5);
  for (const kind of kinds) t.ok(`outbox.mail.${kind}` in texts, kind);
});

t.test('a mail greets as agencies do, and says who sends it', async (t) => {
  const ipms = await start(t);
  const admin = await ipms.signIn('admin.jabatan');
  await ipms.db
    .updateTable('mailbox')
    .set({ office_phone: '03-8888 1234' })
    .where('primary_email', '=', ADMIN)
    .execute();
  const helpdesk = await ipms.signIn('meja.bantuan');
  const asText = async (where: { mail: string; to: string }) => {
    const { id, to_name } = await ipms.db
      .selectFrom('outbox')
      .select(['id', 'to_name'])
      .where('mail', '=', where.mail)
      .where('to_address', '=', where.to)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    return {
      name: to_name,
      text: (await helpdesk.get(`${LIST}/${id}`)).dom.querySelector('main pre')?.textContent ?? '',
    };
  };
  const { page } = await registered(ipms, admin);
  const asked = await asText({ mail: 'N5', to: ADMIN });
  t.match(asked.text, `${asked.name}\nTuan/Puan,\n\n`);
  t.match(asked.text, `\nDear ${asked.name},\n`);
  t.match(asked.text, 'Sekian, terima kasih.\nJabatan Contoh\n', 'an applicant acted: the agency alone signs');
  await admin.submit(`${page}/allocation`, `${page}/allocation`, PACKAGE);
  await admin.submit(page, `${page}/approve`);
  const { text } = await asText({ mail: 'N6', to: 'ketua@jabatan.test' });
  t.ok(text.startsWith('Tuan/Puan,\n'), 'whose name is not known');
  t.match(text, '\nDear Sir/Madam,\n');
  t.match(text, 'Sekian, terima kasih.\nRosnah binti Ismail\nPentadbir UC, Jabatan Contoh\nTel.: 03-8888 1234');
  t.match(text, 'Thank you.\nRosnah binti Ismail\nUC administrator, Jabatan Contoh\nTel.: 03-8888 1234');
  await ipms.db.updateTable('mailbox').set({ office_phone: '' }).where('primary_email', '=', ADMIN).execute();
  const { page: another } = await registered(ipms, admin, PEOPLE.chinese);
  await admin.submit(another, `${another}/refuse`, { reason: 'Tersilap' });
  const refused = await asText({ mail: 'N7', to: 'ketua@jabatan.test' });
  t.notMatch(refused.text, 'Tel.', 'no telephone is known');
  await helpdesk.submit('/helpdesk/staff/new', '/helpdesk/staff/new', {
    full_name: 'Puan Sri Aminah',
    login_id: 'aminah',
    email: 'aminah@bantuan.test',
  });
  const invited = await asText({ mail: 'invitation', to: 'aminah@bantuan.test' });
  t.match(invited.text, 'Sekian, terima kasih.\nMeja Bantuan 1GovUC\n');
  t.match(invited.text, 'Tetapkan katalaluan:');
});

t.test('who may not', async (t) => {
  const ipms = await start(t);
  const item = { type: 'agency' as const, id: 1, name: 'Jabatan Contoh', agencyId: 1 };
  const id = await put(ipms, { item }, 'failed');
  const before = await mailOf(ipms, id);
  for (const login of ['admin.jabatan', 'pegawai.jabatan']) {
    const person = await ipms.signIn(login);
    for (const url of [LIST, `${LIST}?format=csv`, `${LIST}/${id}`]) t.equal((await person.get(url)).status, 403, url);
    const fields = { _csrf: await person.token('/me/password') };
    for (const url of [`${LIST}/${id}/send-again`, `${LIST}/send-failed`])
      t.equal((await person.post(url, fields)).status, 403, `${login} ${url}`);
    t.notMatch((await person.get('/me/password')).html, LIST, 'nor has it in the menu');
  }
  t.match((await ipms.visitor().get(LIST)).location, '/login');
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.equal((await helpdesk.post(`${LIST}/${id}/send-again`, {})).status, 403, 'nor without a token');
  t.equal((await helpdesk.get(`${LIST}/999999`)).status, 404);
  t.strictSame(await mailOf(ipms, id), before);
});
