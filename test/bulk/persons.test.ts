import { t } from 'tap';
import { findFaults } from '../../src/command-line/faults.ts';
import { issueCode, PEOPLE } from '../account-requests/joining.ts';
import { type Page, startIpms } from '../helper.ts';
import { KC, makeOfficer } from '../make.ts';
import { HEAD, preparedRun, rowsAt, runAt, workOffRuns } from './runs.ts';

// One person is served once (SOP 4.1 to 4.6): a file that says otherwise is refused row by row, with where to go instead

const line = (name: string, ic: string) => `Penjawat Awam,${name},${ic},personal,seseorang@rumah.test`;

type Kind = { kind: string; head: string; row: (name: string, ic: string, local: string) => string };
const KINDS: Kind[] = [
  { kind: 'access-codes', head: HEAD, row: line },
  {
    kind: 'direct-registration',
    head: `${HEAD},primary_email,login_id,package,grade,storage_mb,service_type`,
    row: (name, ic, local) => `${line(name, ic)},${local},${local},B,41,2048,Pengguna biasa`,
  },
];

/** What a run's page says of a line, and where it leads. */
function saidOf({ dom }: Page, number: number) {
  const rows = dom
    .querySelectorAll('tbody tr')
    .filter((row) => row.querySelector('td')?.textContent.trim() === `${number}`);
  return {
    text: rows.map((row) => row.textContent.replace(/\s+/g, ' ')).join('\n'),
    links: rows.flatMap((row) => row.querySelectorAll('a').map((link) => link.getAttribute('href'))),
  };
}

for (const { kind, head, row } of KINDS) {
  t.test(`${kind}: twice in the file, served here, served elsewhere: each row says so`, async (t) => {
    const ipms = await startIpms(t);
    const admin = await ipms.signIn('admin.jabatan');
    const here = await makeOfficer(ipms, 'di.sini', { ic_number: '880412105674' });
    const there = await makeOfficer(ipms, 'di.sana', { agency: KC, ic_number: '790821145098' });
    await issueCode(admin, PEOPLE.iban);
    const file = [
      head,
      row(PEOPLE.malay.full_name, PEOPLE.malay.ic_number, 'satu'),
      row('NURUL IZZAH BT KAMARUDDIN', '900101-14-5678', 'dua'),
      row('Pegawai Sini', here.ic_number ?? '', 'tiga'),
      row('Pegawai Sana', there.ic_number ?? '', 'empat'),
      row(PEOPLE.iban.full_name, PEOPLE.iban.ic_number, 'lima'),
      row(PEOPLE.chinese.full_name, PEOPLE.chinese.ic_number, 'enam'),
    ].join('\n');
    const codes = await ipms.db.selectFrom('access_code').select('id').execute();
    const place = await preparedRun(t, ipms, admin, kind, `${file}\n`);
    t.match(await runAt(ipms, place), { state: 'refused' });
    const page = await admin.get(place);
    t.match(saidOf(page, 2).text, 'Sama dengan baris 3');
    t.match(saidOf(page, 3).text, 'Sama dengan baris 2', 'however the number and the name are written');
    t.match(saidOf(page, 4).text, 'sudah mempunyai mailbox');
    t.ok(saidOf(page, 4).links.includes(`/admin/mailboxes/${here.id}`), 'with a link to it');
    t.match(saidOf(page, 5).text, 'gunakan Pertukaran agensi');
    t.ok(saidOf(page, 5).links.includes('/admin/transfers/new'), 'one click away');
    t.notMatch(page.text, /Kementerian Contoh|di\.sana|kementerian\.test/, 'nothing is given away');
    t.match(saidOf(page, 6).text, 'kod akses yang masih sah');
    t.equal(saidOf(page, 7).text, '', 'the last one is in order');
    const english = await ipms.signIn('admin.jabatan');
    english.carry('ipms-language', 'en');
    const seen = await english.get(place);
    t.match(saidOf(seen, 2).text, 'The same as in line 3');
    t.match(saidOf(seen, 5).text, 'served elsewhere already');
    const file_ = (await admin.get(`${place}?format=csv`)).html;
    t.match(file_, 'gunakan Pertukaran agensi', 'the file to correct by says it, too');
    t.equal((await admin.post(`${place}/confirm`, { _csrf: await admin.token(place) })).status, 409);
    t.equal((await ipms.db.selectFrom('access_code').select('id').execute()).length, codes.length);
    t.strictSame(await findFaults(ipms.db), []);
  });

  t.test(`${kind}: who is served meanwhile is refused by name when it is carried out`, async (t) => {
    const ipms = await startIpms(t);
    const [admin, other] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.kementerian')];
    const file = [
      head,
      row(PEOPLE.malay.full_name, PEOPLE.malay.ic_number, 'satu'),
      row(PEOPLE.chinese.full_name, PEOPLE.chinese.ic_number, 'dua'),
      row(PEOPLE.indian.full_name, PEOPLE.indian.ic_number, 'tiga'),
    ].join('\n');
    const place = await preparedRun(t, ipms, admin, kind, `${file}\n`);
    t.equal((await admin.submit(place, `${place}/confirm`)).status, 303);
    await issueCode(other, PEOPLE.malay);
    await issueCode(admin, PEOPLE.chinese);
    await workOffRuns(ipms);
    t.strictSame(
      (await rowsAt(ipms, place)).map((each) => each.state),
      ['failed', 'failed', 'done'],
    );
    const page = await admin.get(place);
    t.match(saidOf(page, 2).text, 'gunakan Pertukaran agensi');
    t.ok(saidOf(page, 2).links.includes('/admin/transfers/new'));
    t.match(saidOf(page, 3).text, 'kod akses yang masih sah');
    t.ok(saidOf(page, 3).links.some((link) => /^\/admin\/access-codes\/\d+$/.test(link ?? '')));
    t.strictSame(await findFaults(ipms.db), []);
  });
}
