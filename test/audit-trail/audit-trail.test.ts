import { t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { DAY, later } from '../../src/base/time.ts';
import { UNSET } from '../../src/data/act.ts';
import { type AuditEntry, audit } from '../../src/trail/audit.ts';
import { VERIFIED } from '../account-requests/joining.ts';
import { type Ipms, type Page, startIpms } from '../helper.ts';

const AGENCIES = { jabatan: 1, kementerian: 2 };

/** Writes a row as some person of some agency, or of none. */
async function write(
  ipms: Ipms,
  agencyId: number | null,
  name: string,
  entry: Partial<AuditEntry> & { actor?: Partial<typeof SYSTEM>; at?: Date } = {},
) {
  const { actor, at = ipms.clock.now, ...rest } = entry;
  const item = { type: 'access_code' as const, id: 900 + (agencyId ?? 0), name, agencyId };
  await ipms.db
    .transaction()
    .execute((trx) =>
      audit(
        { trx, actor: { ...SYSTEM, name: 'Puan Ujian', ...actor }, now: at, settings: UNSET },
        { action: 'access-code.issued', sop: '4.2', item, ...rest },
      ),
    );
  return ipms.db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
}

const cells = (page: Page, label: string) =>
  page.dom.querySelectorAll(`main td[data-label="${label}"]`).map((cell) => cell.textContent.trim());
const total = (page: Page) =>
  Number(/^[\d,+]+/.exec(page.dom.querySelector('.tally')?.textContent ?? '')?.[0].replace(/\D/g, '') ?? 0);

t.test(
  'the helpdesk reads all, newest first; an administrator the own agency, in rows, counts and files',
  async (t) => {
    const ipms = await startIpms(t);
    const helpdesk = await ipms.signIn('meja.bantuan');
    const admin = await ipms.signIn('admin.jabatan');
    await write(ipms, AGENCIES.jabatan, 'Perkara Jabatan');
    await write(ipms, AGENCIES.kementerian, 'Perkara Kementerian');
    await write(ipms, null, 'Perkara Bersama');
    const q = '?q=perkara';
    const all = await helpdesk.get(`/helpdesk/audit${q}`);
    t.strictSame(
      cells(all, 'Perkara').map((text) => text.split(': ')[1]),
      ['Perkara Bersama', 'Perkara Kementerian', 'Perkara Jabatan'],
    );
    t.equal(total(all), 3);
    const own = await admin.get(`/admin/audit${q}`);
    t.strictSame(cells(own, 'Perkara'), ['Kod akses: Perkara Jabatan']);
    t.equal(total(own), 1);
    t.notOk(own.dom.querySelector('[name=agency]'), 'there is but one agency to choose');
    for (const url of [`/admin/audit${q}&format=csv`, `/admin/audit${q}&agency=${AGENCIES.kementerian}&format=csv`]) {
      const { html } = await admin.get(url);
      t.match(html, 'Perkara Jabatan');
      t.notMatch(html, /Perkara (Kementerian|Bersama)/, url);
    }
    const { count } = await ipms.db
      .selectFrom('audit')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('agency_id', '=', AGENCIES.jabatan)
      .executeTakeFirstOrThrow();
    t.equal(total(await admin.get('/admin/audit')), count, 'the count is of the own agency');
  },
);

t.test('filters: agency, procedure, action, role, and days of Kuala Lumpur', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const late = new Date('2026-11-20T15:59:59.000Z'); // 23:59:59 in Kuala Lumpur
  const next = new Date('2026-11-20T16:00:00.000Z');
  await write(ipms, AGENCIES.jabatan, 'Baris A', { at: late, actor: { role: 'admin' } });
  await write(ipms, AGENCIES.kementerian, 'Baris B', { at: next, sop: '4.1', action: 'access-code-request.refused' });
  const found = async (query: string) =>
    cells(await helpdesk.get(`/helpdesk/audit?q=baris&${query}`), 'Perkara').map((text) => text.at(-1));
  t.strictSame(await found(''), ['B', 'A']);
  t.strictSame(await found('sort=id'), ['A', 'B']);
  t.strictSame(await found(`agency=${AGENCIES.kementerian}`), ['B']);
  t.strictSame(await found('sop=4.1'), ['B']);
  t.strictSame(await found('action=access-code.issued'), ['A']);
  t.strictSame(await found('role=admin'), ['A']);
  t.strictSame(await found('from=21/11/2026'), ['B']);
  t.strictSame(await found('to=2026-11-20'), ['A']);
  t.strictSame(await found('from=20/11/2026&to=20-11-2026'), ['A']);
  t.strictSame(await found('agency=999&sop=9.9'), ['B', 'A'], 'what is not on offer is left out');
  const csv = (await helpdesk.get('/helpdesk/audit?q=baris&from=21/11/2026&format=csv')).html;
  t.match(csv, 'Baris B');
  t.notMatch(csv, 'Baris A');
  const wrong = await helpdesk.get('/helpdesk/audit?from=31/02/2026&format=csv');
  t.equal(wrong.status, 422, 'a day that does not exist is said beside its field, not left out of a file in silence');
  t.match(wrong.problems.from, 'tarikh yang sah');
  t.equal(wrong.dom.querySelector('[name=from]')?.getAttribute('value'), '31/02/2026');
});

t.test('pages and the file: no row twice, none missing', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  for (let index = 0; index < 60; index += 1)
    await write(ipms, AGENCIES.jabatan, `Halaman ${String(index).padStart(2, '0')}`);
  const seen: string[] = [];
  for (const page of [1, 2, 3])
    seen.push(...cells(await helpdesk.get(`/helpdesk/audit?q=halaman&page=${page}`), 'Perkara'));
  t.equal(seen.length, 60);
  t.equal(new Set(seen).size, 60);
  const csv = (await helpdesk.get('/helpdesk/audit?q=halaman&format=csv')).html;
  t.equal(csv.match(/Halaman \d\d/g)?.length, 60);
});

t.test('one row: who, from where, and before and after in words, with the identity card masked', async (t) => {
  const ipms = await startIpms(t);
  const row = await write(ipms, AGENCIES.jabatan, 'Ahmad bin Ali', {
    action: 'access-code.corrected',
    actor: { name: 'Rosnah binti Ismail', role: 'admin', address: '10.1.2.3', act: 'satu-tindakan' },
    before: { category: 'other', ic_number: null, expires_at: '2026-11-24T06:00:00.000Z', note: '', agency_id: 1 },
    after: {
      category: 'civil_servant',
      ic_number: '900101145678',
      expires_at: '2026-12-24T06:00:00.000Z',
      note: '<b>x</b>',
      agency_id: 2,
    },
  });
  await write(ipms, AGENCIES.jabatan, 'Bersama A', { actor: { act: 'satu-tindakan' } });
  await write(ipms, AGENCIES.kementerian, 'Bersama B', { actor: { act: 'satu-tindakan' } });
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get(`/admin/audit/${row.id}`);
  t.match(
    page.text,
    /Maklumat kod akses dibetulkan.*Ahmad bin Ali.*Rosnah binti Ismail.*Pentadbir UC Agensi.*10\.1\.2\.3/,
  );
  t.match(page.text, '4.2 Penjanaan Kod Akses');
  const lines = cells(page, 'Medan').map((label, index) => [
    label,
    cells(page, 'Sebelum')[index],
    cells(page, 'Selepas')[index],
  ]);
  t.strictSame(lines, [
    ['Kategori akaun', 'Lain-lain', 'Penjawat Awam'],
    ['No. Kad Pengenalan', 'Tiada', '900101-**-***8'],
    ['Sah hingga', '24 Nov 2026, 14:00', '24 Dis 2026, 14:00'],
    ['Nota', 'Tiada', '<b>x</b>'],
    ['Agensi', 'Jabatan Contoh', 'Kementerian Contoh'],
  ]);
  t.notMatch(page.html, '900101145678');
  t.ok(page.dom.querySelector(`main a[href="/admin/access-codes/${row.item_id}"]`), 'the item is one click away');
  t.match(page.text, 'Bersama A', 'what else the act did');
  t.notMatch(page.text, 'Bersama B', 'but not in another agency');
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.match((await helpdesk.get(`/helpdesk/audit/${row.id}`)).text, /Bersama A.*Bersama B/);
  const english = ipms.visitor({ language: 'en' });
  await english.submit('/login', '/login', { login: 'admin.jabatan', password: 'Contoh@2026ipms' });
  t.match((await english.get(`/admin/audit/${row.id}`)).text, /Account category.*Other.*Civil servant/);
  const csv = (await admin.get('/admin/audit?q=ahmad+bin+ali&format=csv')).html;
  t.match(csv, 'Kategori akaun: Lain-lain');
  t.match(csv, '10.1.2.3');
  t.notMatch(csv, '900101145678');
});

t.test('where an item is shown, so is who changed it, from what to what', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const issued = await admin.submit('/admin/access-codes/new', '/admin/access-codes/new', {
    category: 'civil_servant',
    full_name: 'Siti Hajar binti Omar',
    ic_number: '920202-10-5222',
    notify_kind: 'personal',
    notify_email: 'siti@rumah.test',
    ...VERIFIED,
  });
  t.equal(issued.status, 303);
  ipms.clock.now = later(ipms.clock.now, DAY);
  const again = await ipms.signIn('admin.jabatan');
  await again.submit(issued.location, `${issued.location}/correct`, {
    full_name: 'Siti Hajar binti Umar',
    ic_number: '920202-10-5333',
  });
  const history = (await again.get(issued.location)).dom.querySelector('.timeline')?.textContent.replace(/\s+/g, ' ');
  t.match(
    history,
    /Maklumat kod akses dibetulkan ?Rosnah binti Ismail .*sebelum Siti Hajar binti Omar → selepas Siti Hajar binti Umar/,
  );
  t.match(history, /920202-\*\*-\*\*\*2 → selepas 920202-\*\*-\*\*\*3/);
  t.notMatch(history, /920202105/);
  t.match(history, /Kod akses dijana/);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const own = await write(ipms, AGENCIES.jabatan, 'Milik Jabatan');
  const other = await write(ipms, AGENCIES.kementerian, 'Milik Kementerian');
  const shared = await write(ipms, null, 'Milik bersama');
  const admin = await ipms.signIn('admin.jabatan');
  t.equal((await admin.get(`/admin/audit/${own.id}`)).status, 200);
  for (const { id } of [other, shared, { id: 999_999 }]) t.equal((await admin.get(`/admin/audit/${id}`)).status, 404);
  for (const url of ['/helpdesk/audit', `/helpdesk/audit/${own.id}`]) t.equal((await admin.get(url)).status, 403, url);
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.equal((await helpdesk.get('/admin/audit')).status, 403);
  const officer = await ipms.signIn('pegawai.jabatan');
  for (const url of ['/helpdesk/audit', '/admin/audit', `/admin/audit/${own.id}`, '/admin/audit?format=csv'])
    t.equal((await officer.get(url)).status, 403, url);
  t.match((await ipms.visitor().get('/admin/audit')).location, '/login');
  const token = await helpdesk.token('/me/password');
  t.equal((await helpdesk.post('/helpdesk/audit', { _csrf: token })).status, 405, 'the trail is only read');
});
