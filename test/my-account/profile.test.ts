import { t } from 'tap';
import { STATES } from '../../src/officers/fields.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, PASSWORD, startIpms, type Visitor } from '../helper.ts';
import { changeMailbox, makeAdministrator, makeAlias, makeUser } from '../make.ts';
import { mailsNumbered, person, trailOf } from '../read.ts';

// SOP 4.20, Modul Pengguna: Pengurusan Profil

const MINE = {
  office_phone: '03-8888 1234 samb. 210',
  mobile_phone: '+60 12-345 6789',
  unit: 'Unit Rangkaian',
  address: 'Aras 3, Blok B1\nKompleks Contoh',
  postcode: '62502',
  city: 'Putrajaya',
  state: 'Wilayah Persekutuan Putrajaya',
  note: 'Bertugas luar pada hari Jumaat',
  recovery_email: 'Hafiz@Rumah.test',
  current_password: PASSWORD,
};

const save = (browser: Visitor, fields: Record<string, string> = {}) =>
  browser.submit('/me/profile', '/me/profile', { ...MINE, ...fields });

async function mailboxOf(ipms: Ipms, login: string) {
  const { id } = await person(ipms, login);
  return ipms.db.selectFrom('mailbox').selectAll().where('user_id', '=', id).executeTakeFirstOrThrow();
}

t.test('the own details are saved, with before and after in the audit trail', async (t) => {
  const ipms = await startIpms(t);
  const mailbox = await changeMailbox(ipms, 'pegawai.jabatan', { unit: 'Unit Lama', office_phone: '03-8888 1234' });
  const browser = await ipms.signIn('pegawai.jabatan');
  t.equal((await save(browser)).location, '/me/profile');
  const { recovery_email, current_password: _password, ...details } = MINE;
  t.match(await mailboxOf(ipms, 'pegawai.jabatan'), { ...details, version: mailbox.version + 1 });
  t.equal((await person(ipms, 'pegawai.jabatan')).recovery_email, recovery_email.toLowerCase());
  const row = await ipms.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'mailbox.profile-updated')
    .executeTakeFirstOrThrow();
  t.match(row, { item_type: 'mailbox', item_id: mailbox.id, sop: '4.20', agency_id: 1 });
  t.match(JSON.parse(row.before ?? ''), { unit: 'Unit Lama', postcode: mailbox.postcode });
  t.match(JSON.parse(row.after ?? ''), { unit: 'Unit Rangkaian', postcode: '62502' });
  t.match((await browser.get('/me/profile')).dom.querySelector('[name=city]')?.getAttribute('value'), 'Putrajaya');
});

t.test('what is not the person’s to change stays, whatever the form carries', async (t) => {
  const ipms = await startIpms(t);
  const mailbox = await changeMailbox(ipms, 'pegawai.jabatan', { storage_mb: 500 });
  const browser = await ipms.signIn('pegawai.jabatan');
  const more = {
    storage_mb: '10240',
    full_name: 'Orang Lain',
    grade: '54',
    primary_email: 'ketua@jabatan.test',
    id: '1',
  };
  t.equal((await save(browser, more)).status, 303);
  const { storage_mb, full_name, grade, primary_email, id } = mailbox;
  t.match(await mailboxOf(ipms, 'pegawai.jabatan'), { storage_mb, full_name, grade, primary_email, id });
});

t.test('what is wrong comes back beside its field, with all that was typed', async (t) => {
  const ipms = await startIpms(t);
  const before = await mailboxOf(ipms, 'pegawai.jabatan');
  const browser = await ipms.signIn('pegawai.jabatan');
  const wrong: [Record<string, string>, string][] = [
    [{ postcode: '6250' }, 'postcode'],
    [{ postcode: '6250a' }, 'postcode'],
    [{ state: 'Singapura' }, 'state'],
    [{ office_phone: 'tiada' }, 'office_phone'],
    [{ mobile_phone: '12345' }, 'mobile_phone'],
    [{ recovery_email: 'bukan alamat' }, 'recovery_email'],
    [{ recovery_email: 'Pegawai.Jabatan@jabatan.test' }, 'recovery_email'],
    [{ unit: 'x'.repeat(151) }, 'unit'],
  ];
  for (const [fields, name] of wrong) {
    const answer = await save(browser, fields);
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.strictSame(Object.keys(answer.problems), [name]);
    if (name !== 'unit') t.equal(answer.dom.querySelector('[name=unit]')?.getAttribute('value'), MINE.unit);
  }
  t.strictSame(await mailboxOf(ipms, 'pegawai.jabatan'), before);
});

t.test('a phone may have forty characters', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  t.equal((await save(browser, { office_phone: '1'.repeat(40) })).status, 303);
  t.ok((await save(browser, { office_phone: '1'.repeat(41) })).problems.office_phone);
});

t.test('each of the sixteen states, and phones as people write them, are taken', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  t.equal(STATES.length, 16);
  for (const state of STATES) t.equal((await save(browser, { state })).status, 303, state);
  for (const office_phone of [
    '',
    '0388881234',
    '(03) 8888.1234',
    '+603-8888 1234',
    '03-88881234 ext 12',
    '1-300-88-1234',
  ])
    t.equal((await save(browser, { office_phone })).status, 303, office_phone);
});

t.test('a new recovery address is told to the official, the former and the new one, and ends open links', async (t) => {
  const ipms = await startIpms(t);
  const user = await makeUser(ipms, 'ada.pemulihan', { recovery: 'lama@rumah.test' });
  await ipms.visitor().submit('/password/forgot', '/password/forgot', { login: 'ada.pemulihan' });
  const browser = await ipms.signIn('ada.pemulihan');
  await save(browser, { recovery_email: 'baru@rumah.test' });
  const mails = await mailsNumbered(ipms, 'recovery-changed');
  t.strictSame(
    mails.map((mail) => mail.to_address),
    [user.email, 'lama@rumah.test', 'baru@rumah.test'],
  );
  t.notMatch(mails[2]?.letter, 'Login ID', 'the new one may be a stranger’s by mistake');
  t.equal((await ipms.db.selectFrom('one_time_link').selectAll().where('user_id', '=', user.id).execute()).length, 0);
  await save(browser, { recovery_email: '' });
  t.equal((await person(ipms, 'ada.pemulihan')).recovery_email, null);
});

t.test('another recovery address needs the present password, and wrong ones are counted', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  const former = (await person(ipms, 'pegawai.jabatan')).recovery_email;
  const missing = await save(browser, { current_password: '' });
  t.equal(missing.status, 422);
  t.strictSame(missing.problems, { current_password: texts['my-profile.passwordNeeded'].ms });
  t.equal(missing.dom.querySelector('[name=recovery_email]')?.getAttribute('value'), MINE.recovery_email);
  for (let tries = 0; tries < 5; tries += 1) {
    const wrong = await save(browser, { current_password: 'Bukan@katalaluan1' });
    t.strictSame(wrong.problems, { current_password: texts['password.currentWrong'].ms });
    t.notMatch(wrong.html, 'Bukan@katalaluan1', 'a password is not shown again');
  }
  t.match((await save(browser)).text, 'Terlalu banyak percubaan', 'the sixth is not looked at, right or wrong');
  t.equal((await person(ipms, 'pegawai.jabatan')).recovery_email, former);
  t.equal((await mailsNumbered(ipms, 'recovery-changed')).length, 0);
  const { recovery_email: _address, ...rest } = MINE;
  const kept = await browser.submit('/me/profile', '/me/profile', { ...rest, current_password: '' });
  t.equal(kept.status, 303, 'the rest is saved without it');
  t.match(await mailboxOf(ipms, 'pegawai.jabatan'), { unit: MINE.unit });
});

t.test('an alias of the own mailbox is no recovery address either', async (t) => {
  const ipms = await startIpms(t);
  await makeAlias(ipms, await mailboxOf(ipms, 'pegawai.jabatan'), 'hafiz.lain@jabatan.test');
  const browser = await ipms.signIn('pegawai.jabatan');
  const answer = await save(browser, { recovery_email: 'hafiz.lain@jabatan.test' });
  t.strictSame(answer.problems, { recovery_email: texts['my-profile.recoveryIsOwn'].ms });
});

t.test('saving what is there already writes nothing', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  await save(browser);
  const rows = () => ipms.db.selectFrom('audit').selectAll().where('action', '=', 'mailbox.profile-updated').execute();
  t.equal((await rows()).length, 1);
  const answer = await save(browser);
  t.match((await browser.get(answer.location)).text, texts['my-profile.same'].ms);
  t.equal((await rows()).length, 1);
});

t.test('without a mailbox only the recovery address is kept', async (t) => {
  const ipms = await startIpms(t);
  const user = await makeAdministrator(ipms, 'admin.luar');
  const browser = await ipms.signIn('admin.luar');
  t.notOk((await browser.get('/me/profile')).dom.querySelector('[name=postcode]'));
  t.equal((await save(browser)).status, 303);
  t.equal((await person(ipms, 'admin.luar')).recovery_email, 'hafiz@rumah.test');
  const [row] = await trailOf(ipms, 'user', user.id, 'mailbox.profile-updated');
  t.strictSame(JSON.parse(row?.after ?? ''), { recovery_email: 'hafiz@rumah.test' });
});

t.test('the rest is shown, with whom to ask', async (t) => {
  const ipms = await startIpms(t);
  await changeMailbox(ipms, 'pegawai.jabatan', { division: 'Bahagian Ujian', position: 'Juruteknik' });
  const { text } = await (await ipms.signIn('pegawai.jabatan')).get('/me/profile');
  for (const shown of ['Bahagian Ujian', 'Juruteknik', 'Rosnah binti Ismail', 'admin.jabatan@jabatan.test'])
    t.match(text, shown);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const before = await mailboxOf(ipms, 'pegawai.jabatan');
  const visitor = ipms.visitor();
  t.equal((await visitor.get('/me/profile')).location, '/login?next=%2Fme%2Fprofile');
  t.equal((await visitor.post('/me/profile', { ...MINE, _csrf: await visitor.token('/login') })).location, '/login');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const _csrf = await helpdesk.token('/me/password');
  t.equal((await helpdesk.post('/me/profile', { ...MINE, _csrf })).status, 403);
  const browser = await ipms.signIn('pegawai.jabatan');
  t.equal((await browser.post('/me/profile', MINE)).status, 403, 'without a token');
  t.strictSame(await mailboxOf(ipms, 'pegawai.jabatan'), before);
});

t.test('a wrong present password is told with all else that is wrong, and counts', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  const wrong = { current_password: 'Bukan@katalaluan1', postcode: '1' };
  for (let tries = 0; tries < 4; tries += 1)
    t.strictSame(Object.keys((await save(browser, wrong)).problems), ['postcode', 'current_password']);
  const own = await save(browser, { ...wrong, recovery_email: 'pegawai.jabatan@jabatan.test' });
  t.strictSame(Object.keys(own.problems), ['postcode', 'recovery_email', 'current_password']);
  t.match((await save(browser)).text, 'Terlalu banyak percubaan');
});
