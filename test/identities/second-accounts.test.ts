import { promises as fs } from 'node:fs';
import path from 'node:path';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { findFaults } from '../../src/command-line/faults.ts';
import { migrate, openSqlite, queryBuilder } from '../../src/data/database.ts';
import { approved, issueCode, PACKAGE, PEOPLE, VERIFIED } from '../account-requests/joining.ts';
import { type Ipms, secrets, startIpms, type Visitor } from '../helper.ts';
import { KC } from '../make.ts';
import { actionsOf, mailboxNow, mailsOf, recordsOf } from '../read.ts';

// A second account of one person is the helpdesk's to permit, with a reason (SOP 5.0)

const LIST = '/helpdesk/second-accounts';
const { ic_number, full_name } = PEOPLE.malay;
const PERSON = { category: 'civil_servant', full_name, ic_number };

const permit = (helpdesk: Visitor, fields: Record<string, string> = {}) =>
  helpdesk.submit(`${LIST}/new`, `${LIST}/new`, {
    ...PERSON,
    agency_id: '2',
    reason: 'Dua jawatan: JPA 7/2026',
    ...fields,
  });

async function claims({ db }: Ipms) {
  return db
    .selectFrom('identity_claim')
    .select(['holder', 'second_account_id', 'surplus'])
    .where('value', '=', ic_number)
    .orderBy('second_account_id')
    .execute();
}

t.test('permitted in one agency: once, there, and shown on both mailboxes', async (t) => {
  const ipms = await startIpms(t);
  const [own, other] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.kementerian')];
  const helpdesk = await ipms.signIn('meja.bantuan');
  const early = await permit(helpdesk);
  t.equal(early.status, 422);
  t.match(early.problems.ic_number, 'belum dilayan di mana-mana');
  await approved(ipms, own);
  const empty = await permit(helpdesk, { reason: '' });
  t.equal(empty.status, 422, 'not without a reason');
  const given = await permit(helpdesk);
  t.equal(given.status, 303);
  const id = Number(given.location.split('/').at(-1));
  const again = await permit(helpdesk);
  t.match(again.problems.agency_id, 'belum menggunakannya');
  t.equal(again.dom.querySelector('.field .problem a')?.getAttribute('href'), given.location);
  t.equal((await issueCode(own, PEOPLE.malay)).answer.status, 422, 'another agency was not permitted');
  const page = '/admin/account-requests/new';
  const direct = await other.submit(page, page, {
    ...PERSON,
    ...PACKAGE,
    ...VERIFIED,
    notify_kind: 'admin',
    primary_email: 'izzah.k',
    login_id: 'izzah.k',
  });
  t.equal(direct.status, 303);
  t.equal((await issueCode(other, PEOPLE.malay)).answer.status, 422, 'and only once');
  const busy = await helpdesk.post(`${given.location}/withdraw`, { _csrf: await helpdesk.token(`${LIST}/new`) });
  t.equal(busy.status, 409, 'what is used is not withdrawn');
  t.equal((await other.submit(direct.location, `${direct.location}/approve`)).status, 303);
  t.strictSame(await claims(ipms), [
    { holder: 'mailbox', second_account_id: null, surplus: 0 },
    { holder: 'mailbox', second_account_id: id, surplus: 0 },
  ]);
  const mailboxes = await ipms.db
    .selectFrom('mailbox')
    .select(['id', 'agency_id'])
    .where('ic_number', '=', ic_number)
    .execute();
  t.equal(mailboxes.length, 2);
  for (const { id: mailbox, agency_id } of mailboxes) {
    const shown = await (agency_id === 1 ? own : other).get(`/admin/mailboxes/${mailbox}`);
    t.match(shown.text, /Akaun kedua dibenarkan.*Kementerian Contoh.*JPA 7\/2026/);
    t.match((await helpdesk.get(`/helpdesk/mailboxes/${mailbox}`)).text, 'JPA 7/2026');
  }
  t.match((await helpdesk.get(given.location)).text, /Digunakan.*Mailbox: Nurul Izzah/);
  const found = await helpdesk.get(`${LIST}?q=900101&state=used`);
  t.match(found.text, /Nurul Izzah.*900101-\*\*-\*\*\*8/);
  const actions = await actionsOf(ipms, 'second_account', id);
  const titles = (await recordsOf(ipms, 'second_account', id)).map((row) => row.title);
  t.strictSame(actions, ['second-account.permitted']);
  t.strictSame(titles, ['record.second-account-permitted']);
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('withdrawn while nobody uses it: nothing is permitted any more, and by whom is on record', async (t) => {
  const ipms = await startIpms(t);
  const [own, other] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.kementerian')];
  const helpdesk = await ipms.signIn('meja.bantuan');
  await issueCode(own, PEOPLE.malay);
  const { location } = await permit(helpdesk);
  const id = Number(location.split('/').at(-1));
  const token = await helpdesk.token(location);
  const page = '/admin/access-codes/new';
  const fields = { ...PERSON, ...VERIFIED, notify_kind: 'admin', _csrf: await other.token(page) };
  const [used, withdrawn] = await Promise.all([
    other.post(page, fields),
    helpdesk.post(`${location}/withdraw`, { _csrf: token }),
  ]);
  t.strictSame(
    [used.status === 303, withdrawn.status === 303].sort(),
    [false, true],
    'used and withdrawn together: one of them',
  );
  await ipms.db.updateTable('access_code').set({ status: 'revoked' }).where('agency_id', '=', 2).execute();
  if (withdrawn.status !== 303) await helpdesk.submit(location, `${location}/withdraw`);
  t.match((await helpdesk.get(location)).text, 'Ditarik balik');
  t.equal((await issueCode(other, PEOPLE.malay)).answer.status, 422);
  const actions = await actionsOf(ipms, 'second_account', id);
  const titles = (await recordsOf(ipms, 'second_account', id)).map((row) => row.title);
  t.strictSame(actions, ['second-account.permitted', 'second-account.withdrawn']);
  t.equal(titles.length, 2);
  const late = await helpdesk.post(`${location}/withdraw`, { _csrf: await helpdesk.token(`${LIST}/new`) });
  t.equal(late.status, 409);
});

t.test('doubles from before stay, are named by check, and are permitted or end', async (t) => {
  const sqlite = openSqlite(':memory:', secrets.audit);
  const before = queryBuilder(sqlite);
  t.teardown(() => before.destroy());
  const provider = new FileMigrationProvider({
    fs,
    path,
    migrationFolder: path.join(import.meta.dirname, '../../migrations'),
  });
  const { error } = await new Migrator({ db: before, provider }).migrateTo('025-long-numbers');
  t.equal(error, undefined);
  sqlite.exec(
    "insert into agency (id, name, code, postmaster_email, created_at) values (1, 'A', 'AA', 'p@a.test', '')",
  );
  for (const id of [1, 2, 3])
    sqlite.exec(`
      insert into user (id, agency_id, role, login_id, email, full_name, created_at)
        values (${id}, 1, 'user', 'u${id}', 'u${id}@a.test', '', '');
      insert into mailbox (id, agency_id, user_id, category, display_name, full_name, primary_email, login_id, ic_number,
          package, grade, storage_mb, service_type, created_at)
        values (${id}, 1, ${id}, 'civil_servant', 'Siti ${id}', '', 'u${id}@a.test', 'u${id}', '${ic_number}', 'C', '', 500,
          'ordinary', '')`);
  for (const [id, expires_at] of [
    [1, '2000-01-01'],
    [2, '2999-01-01'],
  ])
    sqlite.exec(`
      insert into access_code (id, agency_id, category, full_name, ic_number, notify_kind, notify_email, status, salt,
          code_hash, issued_by, issued_at, expires_at)
        values (${id}, 1, 'civil_servant', 'Siti', '${ic_number}', 'admin', 'a@a.test', 'issued', '', '', 1, '', '${expires_at}')`);
  await migrate(before);
  const rows = await before
    .selectFrom('identity_claim')
    .select(['holder', 'holder_id', 'surplus'])
    .orderBy('surplus')
    .execute();
  t.strictSame(rows, [
    { holder: 'mailbox', holder_id: 1, surplus: 0 },
    { holder: 'mailbox', holder_id: 2, surplus: 1 },
    { holder: 'mailbox', holder_id: 3, surplus: 2 },
    { holder: 'access_code', holder_id: 2, surplus: 3 },
  ]);
  const twice = (await findFaults(before)).filter((fault) => fault.startsWith('person who is served twice'));
  t.equal(twice.length, 3);
  sqlite.exec("update mailbox set status = 'deleted' where id = 1");
  const after = await before.selectFrom('identity_claim').select(['holder_id', 'surplus']).orderBy('surplus').execute();
  t.strictSame(after[0], { holder_id: 2, surplus: 0 }, 'the next one is the person’s own');
});

t.test('the helpdesk finds the doubles, and permits one with a reason', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const own = await ipms.signIn('admin.jabatan');
  await approved(ipms, own);
  const claim = await ipms.db
    .selectFrom('identity_claim')
    .selectAll()
    .where('value', '=', ic_number)
    .executeTakeFirstOrThrow();
  // as the migration leaves a double
  await ipms.db.updateTable('identity_claim').set({ surplus: 1 }).where('value', '=', ic_number).execute();
  t.match((await helpdesk.get(LIST)).text, '1 orang telah dilayan dua kali');
  const doubles = await helpdesk.get(`${LIST}/doubles?q=izzah`);
  const place = doubles.dom.querySelector('tbody a')?.getAttribute('href') ?? '';
  t.equal(place, `${LIST}/doubles/mailbox-${claim.holder_id}`);
  t.equal((await helpdesk.submit(place, place, { reason: '' })).status, 422);
  t.match((await findFaults(ipms.db)).join(), `mailbox ${claim.holder_id}`);
  const done = await helpdesk.submit(place, place, { reason: 'Dua jawatan sejak 2024' });
  t.equal(done.status, 303);
  t.strictSame(await findFaults(ipms.db), []);
  t.match(await claims(ipms), [{ holder: 'mailbox', second_account_id: Number(done.location.split('/').at(-1)) }]);
  t.equal((await helpdesk.get(place)).status, 409, 'it is none any more');
  t.equal((await helpdesk.get(`${LIST}/doubles/kotak-1`)).status, 404);
});

t.test('an open request that is a double from before is not approved', async (t) => {
  const ipms = await startIpms(t);
  const own = await ipms.signIn('admin.jabatan');
  const page = '/admin/account-requests/new';
  const person = {
    ...PERSON,
    ...PACKAGE,
    ...VERIFIED,
    notify_kind: 'admin',
    primary_email: 'izzah.k',
    login_id: 'izzah.k',
  };
  const { location } = await own.submit(page, page, person);
  await ipms.db.updateTable('identity_claim').set({ surplus: 1 }).where('value', '=', ic_number).execute();
  t.match((await own.get(location)).text, 'minta Meja Bantuan membenarkan', 'the page says it before');
  const answer = await own.submit(location, `${location}/approve`);
  t.equal(answer.status, 422);
  t.match(answer.text, 'minta Meja Bantuan membenarkan akaun kedua');
});

/** One officer with a mailbox in the first agency, and a permitted second one in the other. */
async function served(ipms: Ipms) {
  const [own, other] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.kementerian')];
  const helpdesk = await ipms.signIn('meja.bantuan');
  await approved(ipms, own);
  const { location } = await permit(helpdesk);
  const permission = Number(location.split('/').at(-1));
  const second = await registerSecond(other, 'izzah.k');
  t.equal((await other.submit(second.location, `${second.location}/approve`)).status, 303);
  const [first, twin] = await ipms.db
    .selectFrom('mailbox')
    .select(['id', 'agency_id'])
    .where('ic_number', '=', ic_number)
    .orderBy('agency_id')
    .execute();
  if (first === undefined || twin === undefined) throw new Error('two mailboxes were expected');
  await ipms.db.updateTable('user').set({ password_hash: 'x' }).where('password_hash', 'is', null).execute();
  ipms.clock.now = later(ipms.clock.now, MINUTE);
  return { own, other, helpdesk, permission, location, first, twin };
}

async function registerSecond(admin: Visitor, local: string) {
  const page = '/admin/account-requests/new';
  const account = { ...PACKAGE, primary_email: local, login_id: local };
  return admin.submit(page, page, { ...PERSON, ...VERIFIED, ...account, notify_kind: 'admin' });
}

async function end(admin: Visitor, id: number) {
  const page = `/admin/mailboxes/${id}`;
  const order = { effective_on: '24/11/2026', reason: 'Tamat pinjaman', leave_without: '1' };
  return admin.submit(`${page}/account`, `${page}/delete`, order);
}

const restore = (admin: Visitor, id: number) =>
  admin.submit(`/admin/mailboxes/${id}/account`, `/admin/mailboxes/${id}/restore`);

t.test('a permitted second account is transferred with its permission, disabled, deleted and restored', async (t) => {
  const ipms = await startIpms(t);
  const { own, other, helpdesk, permission, location, twin } = await served(ipms);
  const asked = await own.submit('/admin/transfers/new', '/admin/transfers/new', { who: 'izzah.k@kementerian.test' });
  const page = asked.location;
  await other.submit(page, `${page}/agree`, {});
  const given = { ...PACKAGE, primary_email: 'izzah.dua@jabatan.test' };
  await own.submit(page, `${page}/allocation`, given);
  t.match(await mailboxNow(ipms, twin), { agency_id: 1 });
  t.match((await helpdesk.get(location)).text, /Jabatan Contoh/, 'the permission is now of where it is used');
  t.strictSame(await actionsOf(ipms, 'second_account', permission), [
    'second-account.permitted',
    'second-account.moved',
  ]);
  const account = `/admin/mailboxes/${twin.id}/account`;
  const order = { disabled_from: '24/11/2026', disabled_until: '', reason: 'leave', details: '', leave_without: '1' };
  await own.submit(account, `/admin/mailboxes/${twin.id}/disable`, order);
  t.equal((await claims(ipms)).length, 2, 'disabled it still serves');
  await end(own, twin.id);
  t.match(await mailboxNow(ipms, twin), { status: 'deleted' });
  t.equal((await claims(ipms)).length, 1);
  t.match((await helpdesk.get(location)).text, 'Belum digunakan');
  t.equal((await restore(own, twin.id)).status, 303);
  t.match(await claims(ipms), [{ second_account_id: null }, { second_account_id: permission }]);
  t.strictSame(await findFaults(ipms.db), []);
  await ipms.db.updateTable('second_account').set({ agency_id: KC }).where('id', '=', permission).execute();
  const planted = `second account that is not the one that was permitted: mailbox ${twin.id}`;
  t.match((await findFaults(ipms.db)).join(), planted, 'permitted to one agency, and used by another');
});

t.test('when the first account ends the second one still serves: nobody comes in without leave', async (t) => {
  const ipms = await startIpms(t);
  const { own, helpdesk, permission, first } = await served(ipms);
  await end(own, first.id);
  t.match(await claims(ipms), [{ holder: 'mailbox', second_account_id: permission }]);
  const late = await issueCode(own, PEOPLE.malay);
  t.equal(late.answer.status, 422, 'not even where the first one was');
  t.match(late.answer.problems.ic_number, 'gunakan Pertukaran agensi');
  t.equal((await restore(own, first.id)).status, 303, 'but what was there then comes back');
  t.match(await claims(ipms), [{ second_account_id: null }, { second_account_id: permission }]);
  await end(own, first.id);
  const again = await permit(helpdesk, { agency_id: '1' });
  t.equal(again.status, 303);
  t.equal((await issueCode(own, PEOPLE.malay)).answer.status, 303, 'with leave somebody new does, too');
  t.match(await claims(ipms), [{ second_account_id: permission }, { holder: 'access_code' }]);
  t.equal((await restore(own, first.id)).status, 303, 'and the first one has its place still');
  t.equal((await claims(ipms)).length, 3);
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('the report: the helpdesk’s of all agencies, an agency’s of its own', async (t) => {
  const ipms = await startIpms(t);
  const { own, other, helpdesk } = await served(ipms);
  const all = await helpdesk.get('/helpdesk/reports/second-accounts?state=used');
  t.match(all.text, /Nurul Izzah.*900101-\*\*-\*\*\*8.*JPA 7\/2026.*Digunakan/s);
  t.match((await other.get('/admin/reports/second-accounts')).text, 'JPA 7/2026');
  t.notMatch((await own.get('/admin/reports/second-accounts')).text, 'JPA 7/2026');
  t.notMatch((await helpdesk.get('/helpdesk/reports/second-accounts?state=withdrawn')).text, 'JPA 7/2026');
});

t.test('the helpdesk asks for a double to be ended: a mail with the way, and nothing else', async (t) => {
  const ipms = await startIpms(t);
  const [own, helpdesk] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('meja.bantuan')];
  await approved(ipms, own);
  await ipms.db.updateTable('identity_claim').set({ surplus: 1 }).where('value', '=', ic_number).execute();
  const { holder_id: id } = await ipms.db
    .selectFrom('identity_claim')
    .select('holder_id')
    .where('value', '=', ic_number)
    .executeTakeFirstOrThrow();
  const place = `${LIST}/doubles/mailbox-${id}`;
  const empty = await helpdesk.submit(place, `${place}/end`, { reason: '' });
  t.equal(empty.status, 422);
  t.ok(empty.dom.querySelector('details[open] .problem'), 'beside the field');
  const asked = await helpdesk.submit(place, `${place}/end`, { reason: 'Telah bertukar' });
  t.equal(asked.location, place);
  t.match((await helpdesk.get(place)).text, 'admin.jabatan@jabatan.test');
  const mails = await mailsOf(ipms, 'mailbox', id, 'double');
  t.strictSame(
    mails.map((mail) => [mail.to_address, JSON.parse(mail.letter).link.path]),
    [['admin.jabatan@jabatan.test', `/admin/mailboxes/${id}/account`]],
  );
  t.match(await actionsOf(ipms, 'mailbox', id), /second-account\.end-asked/);
  t.equal((await findFaults(ipms.db)).length, 1, 'it is there until somebody ends it');
  const token = await own.token('/admin');
  t.equal((await own.post(`${place}/end`, { _csrf: token, reason: 'x' })).status, 403);
  await end(own, id);
  t.strictSame(await findFaults(ipms.db), []);
  t.equal((await helpdesk.get(place)).status, 409);
  t.equal((await helpdesk.post(`${place}/end`, { _csrf: await helpdesk.token(LIST), reason: 'x' })).status, 409);
});

t.test('an agency without an administrator cannot be asked', async (t) => {
  const ipms = await startIpms(t);
  const [own, helpdesk] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('meja.bantuan')];
  const { id } = await issueCode(own, PEOPLE.malay);
  await ipms.db.updateTable('identity_claim').set({ surplus: 1 }).where('value', '=', ic_number).execute();
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('agency_id', '=', 1).execute();
  const place = `${LIST}/doubles/access_code-${id}`;
  const answer = await helpdesk.submit(place, `${place}/end`, { reason: 'Telah bertukar' });
  t.equal(answer.status, 422);
  t.match(answer.text, 'Lantik seorang dahulu');
  t.strictSame(await mailsOf(ipms, 'access_code', id, 'double'), []);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const own = await ipms.signIn('admin.jabatan');
  for (const place of [LIST, `${LIST}/doubles`, `${LIST}/new`]) t.equal((await own.get(place)).status, 403);
  const answer = await own.post(`${LIST}/new`, {
    _csrf: await own.token('/admin'),
    ...PERSON,
    agency_id: '1',
    reason: 'x',
  });
  t.equal(answer.status, 403);
  t.strictSame(await ipms.db.selectFrom('second_account').selectAll().execute(), []);
});
