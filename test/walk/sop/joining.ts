import type { Letter } from '../../../src/base/letter.ts';
import { JC } from '../../make.ts';
import { ADMIN } from '../../people.ts';
import { mailboxOf, mailsOf, newestId, numberOf } from '../../read.ts';
import { fill, follow, type Opened, open } from './hands.ts';
import { railOf, type Walk } from './walk.ts';

const NURUL = 'nurul@rumah.test';
const SUPERVISOR = 'ketua@jabatan.test';
/** What Lim signs in with at first. */
export const FIRST_PASSWORD = 'Teratai@Ungu77';
export const LIM = {
  name: 'Lim Wei Ming',
  ic: '850615-07-5432',
  address: 'weiming@rumah.test',
  mailbox: 'weiming.lim@jabatan.test',
};

/** The access code that a page shows once. */
const codeOn = ({ dom }: Opened) => dom.querySelector('.code')?.textContent.trim() ?? '';

/** SOP 4.1: Nurul asks for a code, and gets it. */
export async function asking({ t, ipms, as, step }: Walk) {
  const admin = await as('admin.jabatan');
  const nurul = ipms.visitor();

  const asked = await step(
    '4.1 step 1',
    'user',
    async () => {
      const page = await follow(nurul, await open(nurul, '/'), 'Permintaan Kod Akses');
      return fill(nurul, page)
        .choose('Kategori akaun', 'Penjawat Awam')
        .type('Nama penuh', 'Nurul Izzah binti Kamaruddin')
        .type('No. Kad Pengenalan', '900101-14-5678')
        .type('E-mel untuk dihubungi', NURUL)
        .choose('Agensi', 'Jabatan Contoh')
        .type('Bahagian tempat melapor diri', 'Bahagian Kewangan')
        .press('Hantar permintaan');
    },
    { mailed: [`N1 ${ADMIN}`], audited: ['4.1 access-code-request.submitted'] },
  );
  t.match(asked.text, 'Diterima; menunggu semakan Pentadbir UC');

  const verified = await step(
    '4.1 step 2',
    'admin',
    async () => {
      const requests = await follow(admin, await open(admin, '/admin'), 'Permintaan Kod Akses');
      const request = await follow(admin, requests, 'Nurul Izzah binti Kamaruddin');
      return fill(admin, request, `${request.at}/verify`)
        .choose('Disahkan dengan', 'Bahagian sumber manusia')
        .type('Catatan pengesahan', 'Pn. Faridah, telefon')
        .press('Simpan pengesahan');
    },
    { audited: ['4.1 access-code-request.verified'], rail: 'done done now todo' },
  );

  const code = await step(
    '4.1 step 3',
    'admin',
    async () => {
      const form = await follow(admin, verified, 'Jana kod akses');
      return fill(admin, form)
        .choose('Kod dihantar kepada', 'E-mel persendirian pengguna')
        .type('Alamat untuk kod', NURUL)
        .press('Jana Kod Akses');
    },
    {
      // the code itself to the user, a notice to the administrator: no supervisor was named
      mailed: [`N3 ${NURUL}`, `N3 ${ADMIN}`],
      audited: ['4.2 access-code.issued', '4.1 access-code-request.granted'],
      filed: ['4.1 record.access-code-granted', '4.2 record.access-code-issued'],
      rail: 'done done done done',
      railOn: [admin, verified.at],
    },
  );

  await step('4.1 step 4', 'admin', async () => {
    const [mail] = await mailsOf(ipms, 'access_code', numberOf(code.at), 'N3');
    t.equal(mail?.to_address, NURUL);
    t.equal(mail?.secret, codeOn(code), 'the code that the page shows once');
    t.match(mail?.letter, /"Penjawat Awam"/, 'and the category of the account');
    t.match((await open(nurul, asked.at)).text, 'Kod akses telah dihantar');
  });
}

/** SOP 4.2 to 4.6: Lim, who has not asked, gets a code, returns it once, registers, and has a mailbox in the end. */
export async function civilServant({ t, ipms, as, step, between }: Walk) {
  const admin = await as('admin.jabatan');
  const lim = ipms.visitor();

  const enter = async (name: string, code: string) => {
    const page = await follow(lim, await follow(lim, await open(lim, '/'), 'Daftar dengan kod akses'), 'Penjawat Awam');
    return fill(lim, page)
      .type('Nama penuh', name)
      .type('No. Kad Pengenalan', LIM.ic)
      .type('Kod Akses', code)
      .press('Log Masuk');
  };

  const form = await step('4.2 step 1', 'admin', async () => {
    const page = await follow(admin, await open(admin, '/admin'), 'Jana kod akses');
    return fill(admin, page)
      .choose('Jenis pendaftaran', 'Penjawat Awam')
      .choose('Disahkan dengan', 'Bahagian tempat pengguna melapor diri');
  });
  await step('4.2 step 2', 'admin', async () =>
    form
      .type('Nama penuh', 'Lim Wei Meng')
      .type('No. Kad Pengenalan', LIM.ic)
      .choose('Kod dihantar kepada', 'E-mel persendirian pengguna')
      .type('Alamat untuk kod', LIM.address)
      .type('E-mel pegawai atasan', SUPERVISOR),
  );
  const told = [`N3 ${LIM.address}`, `N3 ${SUPERVISOR}`, `N3 ${ADMIN}`];
  const issued = await step('4.2 step 3', 'admin', () => form.press('Jana Kod Akses'), {
    mailed: told,
    audited: ['4.2 access-code.issued'],
    filed: ['4.2 record.access-code-issued'],
    rail: 'done done done byHand now',
  });
  await step('4.2 step 4', 'supervisor', async () => {
    const mails = await mailsOf(ipms, 'access_code', numberOf(issued.at), 'N3');
    const asksFor = (to: string) => {
      const letter = JSON.parse(mails.find((mail) => mail.to_address === to)?.letter ?? '') as Letter;
      return JSON.stringify(letter.paragraphs);
    };
    t.match(asksFor(SUPERVISOR), /terangkan .*mendaftar/, 'the supervisor is asked to explain how to register');
    t.notMatch(asksFor(LIM.address), /terangkan/);
  });

  const check = await step('4.3 step 1', 'user', () => enter('Lim Wei Meng', codeOn(issued)));
  const corrected = await between(
    'the user finds the name wrong, and the administrator puts it right',
    async () => {
      await fill(lim, check)
        .choose('Adakah maklumat ini tepat?', 'Tidak')
        .type('Apa yang perlu dibetulkan', 'Nama saya Lim Wei Ming')
        .press('Teruskan');
      const returned = await open(admin, issued.at);
      t.equal(railOf(returned, '4.2'), 'done done done byHand now', 'what was returned is not confirmed');
      return fill(admin, returned, `${issued.at}/correct`).type('Nama penuh', LIM.name).press('Betulkan');
    },
    {
      mailed: [`N4 ${ADMIN}`, ...told],
      audited: ['4.2 access-code.returned', '4.2 access-code.corrected'],
      filed: ['4.2 record.access-code-replaced'],
    },
  );
  const table3A = await step(
    '4.2 step 5',
    'user',
    async () =>
      fill(lim, await enter(LIM.name, codeOn(corrected)))
        .choose('Adakah', 'Ya, tepat')
        .press('Teruskan'),
    { audited: ['4.2 access-code.confirmed'], rail: 'done done done byHand done', railOn: [admin, issued.at] },
  );

  const details = await step('4.3 step 2', 'user', async () =>
    fill(lim, table3A)
      .type('Nama Kementerian', 'Kementerian Contoh')
      .type('Jabatan', 'Jabatan Contoh')
      .type('Bahagian', 'Bahagian Teknologi Maklumat')
      .type('Seksyen', 'Operasi')
      .type('Unit', 'Rangkaian')
      .type('Gelaran Jawatan', 'Tn.')
      .type('Jawatan', 'Penolong Pegawai Teknologi Maklumat')
      .type('Gred', '29')
      .type('Alamat', 'Aras 3, Menara Contoh')
      .type('Poskod', '62000')
      .type('Bandar', 'Putrajaya')
      .choose('Negeri', 'Putrajaya')
      .type('Negara', 'Malaysia')
      .type('No. Telefon Pejabat', '03-8888 1234')
      .type('No. Telefon Bimbit', '012-345 6789')
      .type('Nota', 'Melapor diri pada 1 Disember'),
  );
  await step('4.3 step 3', 'user', () => details.press('Register'), {
    mailed: [`N5 ${ADMIN}`],
    audited: ['4.3 account-request.registered'],
    filed: ['4.3 record.account-registered'],
  });
  const id = await newestId(ipms, 'account_request');
  const place = `/admin/account-requests/${id}`;
  const requestNow = () =>
    ipms.db.selectFrom('account_request').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  t.match(await requestNow(), { status: 'submitted', section: 'Operasi', stated_grade: '29', postcode: '62000' });

  const FIRST = 'done done done now todo todo todo todo todo todo';
  const notice = await step(
    '4.5 step 1',
    'admin',
    async () => {
      const [mail] = await mailsOf(ipms, 'account_request', id, 'N5');
      return open(admin, (JSON.parse(mail?.letter ?? '') as Letter).link?.path ?? '');
    },
    { rail: FIRST },
  );
  t.equal(notice.at, place, 'the mail leads to the request');
  t.equal(railOf(notice, '4.3'), 'done done done');
  const requests = await step('4.5 step 2', 'admin', async () =>
    follow(admin, await open(admin, '/admin'), 'Account Request'),
  );
  const request = await step('4.5 step 3', 'admin', () => follow(admin, requests, LIM.name), { rail: FIRST });
  t.match(request.text, 'Penolong Pegawai Teknologi Maklumat');
  const allocation = `${place}/allocation`;
  const taken = await step('4.5 step 4', 'admin', () =>
    fill(admin, request, allocation).type('Primary E-mail', 'pegawai.jabatan').pressEnter(),
  );
  const free = await step('4.5 step 5', 'admin', async () => {
    t.match(taken.text, 'pegawai.jabatan@jabatan.test telah digunakan. Sila pilih nama lain');
    return fill(admin, taken, allocation).type('Primary E-mail', 'weiming.lim').pressEnter();
  });
  t.match(free.text, 'weiming.lim@jabatan.test boleh digunakan');
  const parts = fill(admin, free, allocation);
  await step('4.5 step 6', 'admin', async () => parts.choose('Pakej', 'B'));
  await step('4.5 step 7', 'admin', async () => parts.choose('Gred', '29'));
  await step('4.5 step 8', 'admin', async () => parts.choose('Storage', '2 GB'));
  await step('4.5 step 9', 'admin', async () => parts.choose('Value Added', 'SSO', 'ADRMS'));
  const allocated = await step('4.5 step 10', 'admin', () => parts.press('Update'), {
    audited: ['4.5 account-request.allocated'],
    filed: ['4.5 record.package-allocated'],
    rail: Array(10).fill('done').join(' '),
  });
  t.match(await requestNow(), {
    status: 'submitted',
    primary_email: 'weiming.lim@jabatan.test',
    package: 'B',
    grade: '29',
    storage_mb: 2048,
    services: '["SSO","ADRMS"]',
  });
  t.equal(railOf(allocated, '4.6'), 'done now byHand');

  const chosen = await step(
    '4.6 step 1',
    'admin',
    async () => follow(admin, await follow(admin, await open(admin, '/admin'), 'Account Request'), LIM.name),
    { rail: 'done now byHand' },
  );
  const approved = await step('4.6 step 2', 'admin', () => fill(admin, chosen, `${place}/approve`).press('Approve'), {
    mailed: [`N6 ${SUPERVISOR}`, `N6 ${LIM.address}`, `N6 ${ADMIN}`],
    audited: ['4.6 account-request.approved', '4.6 mailbox.created'],
    filed: ['4.6 record.account-created'],
    rail: 'done done byHand',
  });
  const mailbox = await mailboxOf(ipms, 'weiming.lim');
  t.match(mailbox, { status: 'active', agency_id: JC, package: 'B', storage_mb: 2048 });
  await step('4.6 step 3', 'supervisor', async () => {
    const mails = await mailsOf(ipms, 'account_request', id, 'N6');
    const letterTo = (to: string) => mails.find((mail) => mail.to_address === to)?.letter ?? '';
    t.match(letterTo(SUPERVISOR), 'maklumkan kepada pengguna');
    t.match(approved.text, 'pegawai atasan memaklumkan kepada pengguna');
  });
  await between(
    'the user sets the first password with the code',
    async () => {
      const status = await open(lim, '/register/status');
      await fill(lim, await follow(lim, status, 'Tetapkan'))
        .type('Katalaluan baharu', FIRST_PASSWORD)
        .type('Katalaluan baharu, sekali lagi', FIRST_PASSWORD)
        .press('Aktifkan');
    },
    { audited: ['4.6 access-code.activated', '4.6 user.activated'] },
  );
}

/** SOP 4.4: a counter's shared account, by somebody who is no civil servant. */
export async function other({ t, ipms, as, step, between }: Walk) {
  const admin = await as('admin.jabatan');
  const mariam = ipms.visitor();
  const address = 'mariam@pembekal.test';
  const issued = await between(
    'the administrator makes the code',
    async () =>
      fill(admin, await follow(admin, await open(admin, '/admin'), 'Jana kod akses'))
        .choose('Jenis pendaftaran', 'Lain-lain')
        .choose('Disahkan dengan', 'Bahagian tempat pengguna melapor diri')
        .type('Nama penuh', 'Urus Setia Pameran')
        .type('Alamat e-mel', address)
        .choose('Kod dihantar kepada', 'E-mel 1GovUC saya')
        .press('Jana Kod Akses'),
    {
      mailed: [`N3 ${ADMIN}`, `N3 ${address}`],
      audited: ['4.2 access-code.issued'],
      filed: ['4.2 record.access-code-issued'],
    },
  );
  t.equal(railOf(issued, '4.2'), 'done done done byHand now');

  const check = await step('4.4 step 1', 'user', async () => {
    const page = await follow(mariam, await open(mariam, '/register'), 'Lain-lain');
    return fill(mariam, page)
      .type('Nama akaun', 'Urus Setia Pameran')
      .type('Alamat e-mel', address)
      .type('Kod Akses', codeOn(issued))
      .press('Log Masuk');
  });
  const table3B = await between(
    'she finds all right',
    () => fill(mariam, check).choose('Adakah', 'Ya, tepat').press('Teruskan'),
    { audited: ['4.2 access-code.confirmed'] },
  );
  const details = await step('4.4 step 2', 'user', async () =>
    fill(mariam, table3B)
      .type('Nama akaun', 'Urus Setia Pameran')
      .type('Nama Kementerian', 'Kementerian Contoh')
      .type('Jabatan', 'Jabatan Contoh')
      .type('Bahagian', 'Komunikasi Korporat')
      .type('Seksyen', 'Acara')
      .type('Unit', 'Pameran')
      .type('Negara', 'Malaysia')
      .choose('Negeri', 'Putrajaya')
      .type('Bandar', 'Putrajaya')
      .type('No. Telefon Pejabat', '03-8888 5678')
      .type('No. Telefon Bimbit', '013-345 6789')
      .type('Alamat', 'Aras 1, Menara Contoh')
      .type('Poskod', '62000')
      .type('Nota', 'Bagi pameran bulan Disember'),
  );
  await step('4.4 step 3', 'user', () => details.press('Register'), {
    mailed: [`N5 ${ADMIN}`],
    audited: ['4.4 account-request.registered'],
    filed: ['4.4 record.account-registered'],
    rail: 'done done done',
    railOn: [admin, `/admin/account-requests/${(await newestId(ipms, 'account_request')) + 1}`],
  });
  const id = await newestId(ipms, 'account_request');
  const request = ipms.db.selectFrom('account_request').selectAll().where('id', '=', id);
  t.match(await request.executeTakeFirstOrThrow(), {
    category: 'other',
    unit: 'Pameran',
    city: 'Putrajaya',
    email: address,
  });
}
