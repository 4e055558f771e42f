import { sql } from 'kysely';
import { t } from 'tap';
import { makeCode } from '../../src/access-codes/access-code.ts';
import { SYSTEM } from '../../src/base/actor.ts';
import { DAY, later, MINUTE } from '../../src/base/time.ts';
import { UNSET } from '../../src/data/act.ts';
import { PROCEDURES, type Sop } from '../../src/sop/index.ts';
import { type TextKey, texts } from '../../src/texts.ts';
import { audit as audited } from '../../src/trail/audit.ts';
import { firstBadRow } from '../../src/trail/chain.ts';
import { enqueue } from '../../src/trail/outbox.ts';
import { PACKAGE, PEOPLE, registered, VERIFIED } from '../account-requests/joining.ts';
import { type Ipms, PASSWORD, type Page, startIpms, type Visitor } from '../helper.ts';
import { openedSecret } from '../read.ts';
import { download } from './download.ts';
import { textOf } from './pdf-text.ts';

// SOP 6.0: Kawalan rekod

const OWN = 1;

/** An account from the code to the approval, and the record that it ends in. */
async function approved(ipms: Ipms, admin: Visitor) {
  const { request, page } = await registered(ipms, admin, PEOPLE.malay, { position: 'Penolong Akauntan' });
  await admin.submit(page, `${page}/allocation`, PACKAGE);
  await admin.submit(page, `${page}/approve`);
  return ipms.db
    .selectFrom('record')
    .selectAll()
    .where('item_type', '=', 'account_request')
    .where('item_id', '=', request.id)
    .where('sop', '=', '4.6')
    .executeTakeFirstOrThrow();
}

/** What the cells of a column say, without what stands below in small type. */
const cells = (page: Page, label: string) =>
  page.dom.querySelectorAll(`main td[data-label="${label}"]`).map((cell) => {
    cell.querySelector('.below')?.remove();
    return cell.textContent.trim();
  });

t.test("the list has the own agency's records, the helpdesk's those of all, newest first", async (t) => {
  const ipms = await startIpms(t);
  const numbers = async (agency?: number) => {
    let found = ipms.db.selectFrom('record').select('number').orderBy('id', 'desc').limit(25);
    if (agency !== undefined) found = found.where('agency_id', '=', agency);
    return (await found.execute()).map((row) => row.number);
  };
  const admin = await ipms.signIn('admin.jabatan');
  t.strictSame(cells(await admin.get('/admin/records'), 'No. rekod'), await numbers(OWN));
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.strictSame(cells(await helpdesk.get('/helpdesk/records'), 'No. rekod'), await numbers());
  const others = await helpdesk.get('/helpdesk/records?agency=2');
  t.strictSame(cells(others, 'No. rekod'), await numbers(2));
  t.strictSame([...new Set(cells(others, 'Agensi'))], ['Kementerian Contoh'], 'each row names its agency');
});

t.test('it is searched by number, name and content, and narrowed by procedure and days', async (t) => {
  const ipms = await startIpms(t);
  ipms.clock.now = later(ipms.clock.now, 3 * DAY);
  const admin = await ipms.signIn('admin.jabatan');
  const record = await approved(ipms, admin);
  const found = async (query: string) => cells(await admin.get(`/admin/records?${query}`), 'No. rekod');
  t.strictSame(await found(`q=${record.number}`), [record.number]);
  t.ok((await found('q=nurul+izzah')).includes(record.number), 'by name, in any case');
  t.ok((await found('q=Penolong+Akauntan')).includes(record.number), 'by what was filled in');
  t.ok((await found('q=900101-14-5678')).includes(record.number), 'by identity card, with dashes');
  t.strictSame(await found('q=Penolong+Akauntan&sop=4.6'), [record.number]);
  t.strictSame(await found('from=27/11/2026&sop=4.6'), [record.number]);
  t.strictSame(await found('to=26/11/2026&q=Penolong+Akauntan'), []);
  const wrong = await admin.get('/admin/records?from=31/02/2026');
  t.equal(wrong.status, 422);
});

t.test('one record: form, steps, mails, later changes and seal, on the page and on paper', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const record = await approved(ipms, admin);
  const page = await admin.get(`/admin/records/${record.id}`);
  const pdf = await download(ipms, admin, `/admin/records/${record.id}.pdf`);
  t.match(pdf, { status: 200, type: 'application/pdf', name: `${record.number.replaceAll('/', '-')}.pdf` });
  const paper = textOf(pdf.content).join('\n');
  for (const text of [page.text, paper.replace(/\s+/g, ' ')]) {
    for (const shown of [record.number, 'JC.600-1/3/2', PEOPLE.malay.full_name, 'Penolong Akauntan', record.hash])
      t.match(text, shown);
    for (const action of ['access-code.issued', 'account-request.registered', 'account-request.approved'] as const)
      t.match(text, texts[`audit.${action}`].ms);
    t.match(text, 'Rosnah binti Ismail');
    t.match(text, 'ketua@jabatan.test', 'to whom the mails went');
    t.match(text, '900101-**-***8', 'the identity card is masked');
    t.notMatch(text, '900101145678');
    t.notMatch(text, /#\d/, 'people have names');
    t.match(text, texts['records.noLater'].ms);
    t.match(text, texts['records.sealed'].ms);
  }
  t.match(paper, /dicetak .* oleh Rosnah binti Ismail/);
  const secrets = await ipms.db.selectFrom('outbox').select(openedSecret).where('secret', 'is not', null).execute();
  for (const { secret } of secrets) t.notOk(page.html.includes(secret ?? '') || paper.includes(secret ?? ''));
  const english = ipms.visitor({ language: 'en' });
  await english.submit('/login', '/login', { login: 'admin.jabatan', password: PASSWORD });
  t.match((await english.get(`/admin/records/${record.id}`)).text, texts['record.account-created'].en);
});

t.test('what was done to the item afterwards is shown, and is no part of the record', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const record = await ipms.db
    .selectFrom('record')
    .selectAll()
    .where('title', '=', 'record.members-added')
    .where('agency_id', '=', OWN)
    .where('item_name', '=', 'DL Semua Bahagian')
    .executeTakeFirstOrThrow();
  const before = await admin.get(`/admin/records/${record.id}`);
  ipms.clock.now = later(ipms.clock.now, DAY);
  const again = await ipms.signIn('admin.jabatan');
  const edit = `/admin/groups/${record.item_id}`;
  const changed = await again.submit(edit, edit, { display_name: 'DL Nama Baharu' });
  t.equal(changed.status, 303);
  const after = await again.get(`/admin/records/${record.id}`);
  const count = (page: Page) => cells(page, 'Tindakan').length;
  t.equal(count(after), count(before) + 1);
  t.match(after.text, texts['records.laterText'].ms);
  t.match(after.text, record.hash, 'the seal is the same');
  const paper = textOf((await download(ipms, again, `/admin/records/${record.id}.pdf`)).content).join('\n');
  t.match(paper, texts['audit.group.updated'].ms, 'nor does the paper keep it back');
});

t.test("an account's record has its own steps and mails: none of another act, procedure or agency", async (t) => {
  const ipms = await startIpms(t);
  const { db, clock } = ipms;
  const admin = await ipms.signIn('admin.jabatan');
  const { id, display_name: name } = await db
    .selectFrom('mailbox')
    .selectAll()
    .where('login_id', '=', 'pegawai.jabatan')
    .executeTakeFirstOrThrow();
  const place = `/admin/mailboxes/${id}`;
  const update = async (unit: string) => {
    clock.now = later(clock.now, MINUTE);
    t.equal((await admin.submit(place, place, { unit })).status, 303);
  };
  /** Something else about the same mailbox, at the moment that it is. */
  const beside = (agencyId: number, act: string, sop: Sop, to: string) =>
    db.transaction().execute(async (trx) => {
      const actor = { ...SYSTEM, agencyId, act };
      const item = { type: 'mailbox' as const, id, name, agencyId };
      await audited({ trx, actor, now: clock.now, settings: UNSET }, { action: 'mailbox.disabled', sop, item });
      const both = { ms: 'Surat', en: 'Letter' };
      const letter = { subject: both, greeting: to, paragraphs: [both] };
      await enqueue({ trx, actor, now: clock.now, settings: UNSET }, [
        { mail: 'N11', to: { name: to, address: to }, item, letter },
      ]);
    });
  await update('Unit Satu');
  clock.now = later(clock.now, MINUTE);
  await beside(OWN, 'an act before', '4.8', 'dahulu@jabatan.test');
  await update('Unit Dua');
  const record = await db.selectFrom('record').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
  t.match(record, { title: 'record.mailbox-updated', item_id: id });
  await beside(2, record.act, '4.7', 'agensi.lain@kementerian.test');
  await update('Unit Tiga');
  await beside(2, 'an act after', '4.7', 'kemudian@kementerian.test');
  const page = await admin.get(`/admin/records/${record.id}`);
  const updated = texts['audit.mailbox.updated'].ms;
  t.strictSame(cells(page, 'Tindakan'), [updated, updated], 'the step that was filed, and the one after it');
  t.match(page.text, texts['records.laterText'].ms);
  t.notMatch(page.text, /dahulu@|agensi.lain@|kemudian@/);
});

t.test('a year begins with number one, in each agency', async (t) => {
  const ipms = await startIpms(t);
  ipms.clock.now = new Date('2026-12-31T16:00:00.000Z');
  const admin = await ipms.signIn('admin.jabatan');
  await approved(ipms, admin);
  const numbers = await ipms.db.selectFrom('record').select('number').where('year', '=', 2027).orderBy('id').execute();
  t.ok(numbers.length > 1);
  t.strictSame(
    numbers.map(({ number }) => number),
    numbers.map((_each, index) => `JC/IPMS/2027/${String(index + 1).padStart(6, '0')}`),
  );
});

t.test("one act may be about many: nobody's record shows another's steps or mails", async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const actor = { ...SYSTEM, role: 'admin' as const, userId: 1, agencyId: OWN, name: 'Rosnah', act: 'one act' };
  const details = { category: 'civil_servant', email: null, notify_kind: 'personal', supervisor_email: null } as const;
  const people = [PEOPLE.malay, PEOPLE.chinese].map((person, index) => ({ person, home: `rumah.${index}@rumah.test` }));
  await ipms.db.transaction().execute(async (trx) => {
    for (const { person, home } of people) {
      const known = { verification: VERIFIED, contact_email: home, status: 'issued' as const };
      await makeCode(
        { trx, actor, now: ipms.clock.now, settings: UNSET },
        { ...details, ...person, notify_email: home },
        known,
      );
    }
  });
  for (const [index, { person, home }] of people.entries()) {
    const record = await ipms.db
      .selectFrom('record')
      .select('id')
      .where('item_name', '=', person.full_name)
      .where('act', '=', 'one act')
      .executeTakeFirstOrThrow();
    const page = await admin.get(`/admin/records/${record.id}`);
    t.strictSame(cells(page, 'Tindakan'), [texts['audit.access-code.issued'].ms]);
    t.match(page.text, home);
    t.notMatch(page.text, people[1 - index]?.home ?? '');
    t.notMatch(page.text, people[1 - index]?.person.full_name ?? '');
  }
});

t.test('an item leads to its records, a mailbox also to those of its request and code', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const record = await approved(ipms, admin);
  const mailbox = await ipms.db
    .selectFrom('mailbox')
    .select('id')
    .where('account_request_id', '=', record.item_id)
    .executeTakeFirstOrThrow();
  const history = await admin.get(`/admin/mailboxes/${mailbox.id}/history`);
  const href = history.dom.querySelector('a[href^="/admin/records?item="]')?.getAttribute('href') ?? '';
  t.equal(href, `/admin/records?item=mailbox-${mailbox.id}`);
  const page = await admin.get(href);
  t.ok(cells(page, 'No. rekod').includes(record.number));
  t.strictSame(cells(page, 'Prosedur SOP'), ['4.6', '4.5', '4.3', '4.2']);
  t.strictSame([...new Set(cells(page, 'Berkenaan'))], [PEOPLE.malay.full_name]);
  for (const item of ['mailbox-999999', 'mailbox', "mailbox-1'", ''])
    t.equal((await admin.get(`/admin/records?item=${encodeURIComponent(item)}`)).status, 200, item);
  t.strictSame(cells(await admin.get('/admin/records?item=mailbox-999999'), 'No. rekod'), []);
});

t.test('the file of a range has the content and the seal of each, once', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const wanted = await ipms.db
    .selectFrom('record')
    .select(['number', 'hash'])
    .where('agency_id', '=', OWN)
    .where('filed_at', '>=', '2026-11-01')
    .where('filed_at', '<', '2026-11-20')
    .execute();
  t.ok(wanted.length > 1);
  const csv = await admin.get('/admin/records?from=01/11/2026&to=19/11/2026&format=csv');
  t.match(csv.headers['content-disposition'], 'records.csv');
  const rows = csv.html.split('\r\n').filter((line) => /^"?JC\/IPMS\//.test(line));
  t.equal(rows.length, wanted.length);
  for (const { number, hash } of wanted) {
    t.equal(csv.html.split(number).length, 2, number);
    t.match(csv.html, hash);
  }
  t.match(csv.html, 'Sebab: ');
  t.notMatch(csv.html, /\b\d{6}-?\d{2}-?\d{4}\b/, 'identity cards are masked');
});

t.test('a record cannot be changed, and one that was changed all the same says so', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const record = await approved(ipms, admin);
  const rename = () => sql`update record set filed_by_name = 'Orang Lain' where id = ${record.id}`.execute(ipms.db);
  await t.rejects(rename(), /unchangeable/);
  await t.rejects(sql`delete from record where id = ${record.id}`.execute(ipms.db), /unchangeable/);
  t.equal(await firstBadRow(ipms.db, 'record'), null);
  await sql`drop trigger record_no_update`.execute(ipms.db);
  await rename();
  t.equal(await firstBadRow(ipms.db, 'record'), record.id);
  t.match((await admin.get(`/admin/records/${record.id}`)).text, texts['records.broken'].ms);
  const paper = textOf((await download(ipms, admin, `/admin/records/${record.id}.pdf`)).content).join(' ');
  t.match(paper.replace(/\s+/g, ' '), texts['records.broken'].ms);
  await sql`drop trigger record_no_delete`.execute(ipms.db);
  await sql`delete from record where id = 7`.execute(ipms.db);
  t.equal(await firstBadRow(ipms.db, 'record'), 7, 'the one that is gone');
});

t.test('each procedure that ends files a record, with a title in both languages', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { id: mailbox } = await ipms.db
    .selectFrom('mailbox')
    .select('id')
    .where('login_id', '=', 'pegawai.jabatan')
    .executeTakeFirstOrThrow();
  const { id: group, primary_email } = await ipms.db
    .selectFrom('group')
    .select(['id', 'primary_email'])
    .where('agency_id', '=', OWN)
    .where('status', '=', 'active')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('membership').select('id').whereRef('group_id', '=', 'group.id').where('member_id', '=', mailbox),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  const place = `/admin/mailboxes/${mailbox}`;
  const next = 'Teratai@Ungu77';
  // what the demo's history does not hold
  t.equal((await admin.submit(place, place, { unit: 'Unit Rekod' })).status, 303);
  const words = { new_password: next, confirm_password: next };
  t.equal((await admin.submit(`${place}/password`, `${place}/password`, words)).status, 303);
  const joined = await admin.submit(`${place}/groups?q=${primary_email}`, `${place}/groups/add`, {
    group_id: String(group),
  });
  t.equal(joined.status, 303);
  const left = await admin.submit(`${place}/groups`, `${place}/groups/remove`, { group_id: String(group) });
  t.equal(left.status, 303);
  const own = await admin.submit('/me/password', '/me/password', { current_password: PASSWORD, ...words });
  t.equal(own.status, 303);
  const rows = await ipms.db.selectFrom('record').select(['sop', 'title']).distinct().execute();
  const filed = new Set(rows.map((row) => row.sop));
  for (const { sop } of PROCEDURES.filter((each) => /^4\.([1-9]|1\d|20)$/.test(each.sop))) t.ok(filed.has(sop), sop);
  for (const { title } of rows) t.match(texts[title as TextKey], { ms: /^\S.+/, en: /^\S.+/ }, title);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const { id, number } = await ipms.db
    .selectFrom('record')
    .selectAll()
    .where('agency_id', '=', OWN)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const other = await ipms.signIn('admin.kementerian');
  for (const url of [`/admin/records/${id}`, `/admin/records/${id}.pdf`, '/admin/records/999999.pdf'])
    t.equal((await other.get(url)).status, 404, url);
  for (const url of [`/admin/records?q=${number}`, `/admin/records?q=${number}&agency=1&format=csv`])
    t.notMatch(
      (await other.get(url)).html.replaceAll(`value="${number}"`, ''),
      new RegExp(`>${number}|^${number}`, 'm'),
    );
  const theirs = await ipms.db
    .selectFrom('record')
    .selectAll()
    .where('agency_id', '=', 2)
    .where('item_type', '=', 'mailbox')
    .executeTakeFirstOrThrow();
  const own = await ipms.signIn('admin.jabatan');
  const about = await own.get(`/admin/records?item=mailbox-${theirs.item_id}`);
  t.equal(about.status, 200);
  t.notMatch(about.html, theirs.item_name, "nor is another agency's thing named");
  const user = await ipms.signIn('pegawai.jabatan');
  const visitor = ipms.visitor();
  for (const url of ['/admin/records', `/admin/records/${id}`, `/admin/records/${id}.pdf`, '/admin/records/pack']) {
    t.equal((await user.get(url)).status, 403, url);
    t.equal((await visitor.get(url)).status, 303, url);
    t.equal((await other.get(url.replace('admin', 'helpdesk'))).status, 403, url);
  }
});
