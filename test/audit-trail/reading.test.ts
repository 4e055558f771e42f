import { t } from 'tap';
import { DAY, HOUR, later, MINUTE } from '../../src/base/time.ts';
import { UNSET } from '../../src/data/act.ts';
import { runDue } from '../../src/due.ts';
import { headOf } from '../../src/trail/chain.ts';
import { stateOfTables } from '../doors/tables.ts';
import { type Ipms, startIpms } from '../helper.ts';

// Who reads the audit trail is written into it; once a day its head is mailed to the helpdesk.

async function readings({ db }: Ipms) {
  return db
    .selectFrom('audit')
    .select(['action', 'actor_name', 'agency_id', 'item_type', 'after'])
    .where('action', 'in', ['audit-trail.read', 'audit-trail.exported'])
    .orderBy('id')
    .execute();
}

t.test('reading the list or an entry is written down, once a person and an hour', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { id } = await ipms.db.selectFrom('audit').select('id').where('agency_id', '=', 1).executeTakeFirstOrThrow();
  await admin.get('/admin/audit');
  await admin.get('/admin/audit?q=siti&page=2');
  await admin.get(`/admin/audit/${id}`);
  await helpdesk.get(`/helpdesk/audit/${id}`);
  const own = { action: 'audit-trail.read', actor_name: 'Rosnah binti Ismail', agency_id: 1, item_type: 'audit' };
  const staff = { ...own, actor_name: 'Noraini binti Salleh', agency_id: null };
  t.match(await readings(ipms), [own, staff]);
  t.equal((await readings(ipms)).length, 2);
  for (let quarter = 0; quarter < 5; quarter++) {
    ipms.clock.now = later(ipms.clock.now, 15 * MINUTE);
    await admin.get('/admin/audit');
  }
  t.match(await readings(ipms), [own, staff, own], 'an hour later it is another reading');
  t.equal((await readings(ipms)).length, 3);
});

t.test('each file that leaves the house is written down, with what it was narrowed to', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  for (const _turn of [1, 2]) await admin.get('/admin/audit?format=csv&q=siti&sop=4.2&from=01/11/2026');
  const rows = await readings(ipms);
  t.strictSame(
    rows.map(({ action }) => action),
    ['audit-trail.exported', 'audit-trail.exported'],
  );
  t.strictSame(JSON.parse(rows[0]?.after ?? ''), { q: 'siti', sop: '4.2', from: '2026-11-01' });
});

t.test('what is read is the trail as it was before, and reading changes nothing else', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const before = await stateOfTables(ipms.db);
  const page = await admin.get('/admin/audit');
  t.notMatch(page.dom.querySelector('main tbody')?.textContent, 'Jejak audit dibaca');
  t.strictSame(await stateOfTables(ipms.db), before);
  t.match((await admin.get('/admin/audit')).dom.querySelector('main tbody')?.textContent, 'Jejak audit dibaca');
});

t.test('it is narrowed to a person, an item or a kind of item', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const count = async (column: 'actor_name' | 'item_name', part: string) =>
    (await ipms.db.selectFrom('audit').select('id').where(column, 'like', `%${part}%`).execute()).length;
  const total = async (query: string) => {
    const page = await helpdesk.get(`/helpdesk/audit?${query}`);
    return Number(/^[\d,]+/.exec(page.dom.querySelector('.tally')?.textContent ?? '0')?.[0].replace(',', ''));
  };
  const [person, item] = [await count('actor_name', 'ahmad'), await count('item_name', 'ahmad')];
  t.ok(person > 0 && item > 0 && person !== item);
  t.equal(await total('q=ahmad&by=actor'), person);
  t.equal(await total('q=ahmad&by=item'), item);
  const groups = await ipms.db.selectFrom('audit').select('id').where('item_type', '=', 'group').execute();
  t.equal(await total('kind=group'), groups.length);
});

t.test('a long trail is read to its end, in both directions, page by page and as a file', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const all = await ipms.db.selectFrom('audit').select('id').where('sop', '=', '4.2').orderBy('id').execute();
  const ids = all.map(({ id }) => id);
  const shown = async (query: string) => {
    const page = await helpdesk.get(`/helpdesk/audit?sop=4.2&${query}`);
    return page.dom
      .querySelectorAll('main td a[href^="/helpdesk/audit/"]')
      .map((link) => Number(link.getAttribute('href')?.split('/').at(-1)));
  };
  t.ok(ids.length > 50);
  t.strictSame(await shown('sort=id'), ids.slice(0, 25));
  t.strictSame(await shown('sort=id&page=2'), ids.slice(25, 50));
  t.strictSame(await shown('page=2'), ids.toReversed().slice(25, 50));
  const { html } = await helpdesk.get('/helpdesk/audit?sop=4.2&format=csv');
  t.equal(html.trim().split('\r\n').length, ids.length + 1);
});

const mailsOf = ({ db }: Ipms) =>
  db.selectFrom('outbox').selectAll().where('mail', '=', 'audit').orderBy('id').execute();

t.test("the trail's head and yesterday's acts are mailed once a Kuala Lumpur day", async (t) => {
  const ipms = await startIpms(t);
  const yesterday = await ipms.db
    .selectFrom('audit')
    .select((eb) => ['action', eb.fn.countAll<number>().as('count')])
    .where('at', '>=', '2026-11-22T16:00:00.000Z')
    .where('at', '<', '2026-11-23T16:00:00.000Z')
    .groupBy('action')
    .execute();
  t.ok(yesterday.length > 0);
  await runDue(ipms.db, ipms.clock.now);
  // the mail comes last of what is due, and leaves no row of its own
  const head = await headOf(ipms.db, 'audit');
  const record = await headOf(ipms.db, 'record');
  const [mail, ...more] = await mailsOf(ipms);
  t.strictSame(more, []);
  t.match(mail, { to_address: 'meja.bantuan@bantuan.test', agency_id: null });
  const facts = JSON.parse(mail?.letter ?? '').facts as { label: { en: string }; value: string }[];
  const values = facts.map(({ value }) => value);
  t.strictSame(values.slice(0, 4), [String(head?.id), head?.hash, String(record?.id), record?.hash]);
  t.equal(
    Number(values[4]),
    yesterday.reduce((sum, { count }) => sum + count, 0),
  );
  t.strictSame(
    values.slice(5).map(Number).sort(),
    yesterday
      .map(({ count }) => count)
      .sort()
      .slice(-15),
  );
  await runDue(ipms.db, later(ipms.clock.now, 9 * HOUR));
  t.equal((await mailsOf(ipms)).length, 1, 'eleven at night is the same day');
  await runDue(ipms.db, later(ipms.clock.now, 10 * HOUR));
  t.equal((await mailsOf(ipms)).length, 2, 'midnight in Kuala Lumpur is the next');
  await runDue(ipms.db, later(ipms.clock.now, 9 * DAY));
  t.equal((await mailsOf(ipms)).length, 3, 'days without a server are not caught up one by one');
});

t.test("it goes to the helpdesk's address where there is one, and to nobody where there is no helpdesk", async (t) => {
  const ipms = await startIpms(t);
  await runDue(ipms.db, ipms.clock.now, { ...UNSET, helpdeskEmail: 'Bantuan@agensi.test' });
  t.strictSame(
    (await mailsOf(ipms)).map((mail) => mail.to_address),
    ['bantuan@agensi.test'],
  );
  const empty = await startIpms(t, { empty: true });
  await runDue(empty.db, empty.clock.now);
  t.strictSame(await mailsOf(empty), []);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const user = await ipms.signIn('pegawai.jabatan');
  const admin = await ipms.signIn('admin.jabatan');
  const before = await readings(ipms);
  t.equal((await user.get('/admin/audit')).status, 403);
  t.equal((await admin.get('/helpdesk/audit?format=csv')).status, 403);
  const other = await ipms.db.selectFrom('audit').select('id').where('agency_id', '=', 2).executeTakeFirstOrThrow();
  t.equal((await admin.get(`/admin/audit/${other.id}`)).status, 404);
  t.strictSame(await readings(ipms), before, 'nothing was read');
});
