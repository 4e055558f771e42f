import { t } from 'tap';
import { issueCode, PEOPLE, signInWithCode } from '../account-requests/joining.ts';
import { firstCells, PASSWORD, startIpms } from '../helper.ts';
import { makeContact, makeOfficer } from '../make.ts';
import { mailboxOf } from '../read.ts';

// What comes out of a chat, a web page or a letter: marks that nobody sees, and other dashes, spaces and digits than a keyboard's.

const ASK = '/access-code-requests/new';
const STRAYS = ['\u200b', '\u200e', '\u202a\u202c', '\ufeff', '\u2060', '\u00ad', '\u2068\u2069'];
const NUMBERS = [
  '900101\u201314\u20135678',
  '900101 \u2014 14 \u2014 5678',
  '900101\u00a014\u00a05678',
  '\u202a900101-14-5678\u202c',
  '９００１０１－１４－５６７８',
  '900101\u221214\u22125678',
  '900101\u201114\u20115678\u200b',
];

t.test('an identity card number, addresses and what a request says, as they were meant', async (t) => {
  const ipms = await startIpms(t);
  for (const [index, ic_number] of NUMBERS.entries()) {
    const stray = STRAYS[index] ?? '';
    const fields = {
      category: 'civil_servant',
      full_name: `${stray}Nurul Izzah binti Kamaruddin${stray}`,
      ic_number,
      contact_email: `nu${stray}rul@rumah.test${stray}`,
      agency_id: '1',
      reporting_division: `Bahagian ${stray}Kewangan`,
      note: `Baris satu${stray}\nBaris dua`,
    };
    const answer = await ipms.visitor().submit(ASK, ASK, fields);
    t.equal(answer.status, 303, JSON.stringify([ic_number, answer.problems]));
    const reference = answer.location.split('/').at(-1) ?? '';
    const kept = await ipms.db
      .selectFrom('access_code_request')
      .selectAll()
      .where('reference', '=', reference)
      .executeTakeFirstOrThrow();
    t.match(kept, {
      full_name: 'Nurul Izzah binti Kamaruddin',
      ic_number: '900101145678',
      contact_email: 'nurul@rumah.test',
      reporting_division: 'Bahagian Kewangan',
      note: 'Baris satu\nBaris dua',
    });
    const status = '/access-code-requests/status';
    const shown = reference.replaceAll('-', '\u2013') + stray;
    const looked = await ipms.visitor().submit(status, status, { reference: shown, identity: ic_number });
    t.equal(looked.location, `/access-code-requests/${reference}`, 'its status is found so, too');
    await ipms.db.deleteFrom('identity_claim').execute();
    await ipms.db.deleteFrom('throttle').execute();
  }
});

t.test('whoever signs in pastes a name or a code as it comes', async (t) => {
  const ipms = await startIpms(t);
  for (const stray of STRAYS) {
    await ipms.signIn(`admin${stray}.jabatan${stray}`);
    await ipms.signIn(`${stray}admin.jabatan@jabatan.test\u00a0`);
  }
  t.equal(
    (await ipms.visitor().submit('/login', '/login', { login: 'admin\u200bx.jabatan', password: PASSWORD })).status,
    422,
  );
  const admin = await ipms.signIn('admin.jabatan');
  const { code } = await issueCode(admin, PEOPLE.malay);
  const pasted = `\u2068${code.replaceAll('-', '\u2013')}\u2069\u200b`;
  t.equal((await signInWithCode(ipms, PEOPLE.malay, pasted)).answer.status, 303);
});

t.test('telephones keep the signs of a keyboard, wherever they are typed', async (t) => {
  const ipms = await startIpms(t);
  const mailbox = await makeOfficer(ipms, 'telefon');
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/mailboxes/${mailbox.id}`;
  const fields = {
    office_phone: '03\u20138888\u00a01234\u200e samb.\u00a056',
    postcode: '６２０００',
    supervisor_email: 'bos\u200b@jabatan.test',
  };
  const answer = await admin.submit(page, page, fields);
  t.equal(answer.status, 303, JSON.stringify(answer.problems));
  t.match(await mailboxOf(ipms, 'telefon'), {
    office_phone: '03-8888 1234 samb. 56',
    postcode: '62000',
    supervisor_email: 'bos@jabatan.test',
  });
});

t.test('a search finds a number by any of them', async (t) => {
  const ipms = await startIpms(t);
  await makeOfficer(ipms, 'nombor', { display_name: 'Nombor Satu', ic_number: '900101145678' });
  await makeContact(ipms, { full_name: 'Puan Luar', email: 'luar@luar.test' });
  const admin = await ipms.signIn('admin.jabatan');
  for (const q of NUMBERS)
    t.strictSame(firstCells(await admin.get(`/admin/mailboxes?${new URLSearchParams({ q })}`)), ['Nombor Satu'], q);
  for (const stray of STRAYS)
    t.match(
      (await admin.get(`/admin/contacts?${new URLSearchParams({ q: `lu${stray}ar@luar` })}`)).text,
      'luar@luar.test',
    );
});

t.test('inside a name nothing is dropped: it is refused in words, and what was typed comes back', async (t) => {
  const ipms = await startIpms(t);
  const fields = { category: 'civil_servant', full_name: 'Nurul\u200bIzzah', agency_id: '1' };
  const answer = await ipms.visitor().submit(ASK, ASK, fields);
  t.equal(answer.status, 422);
  t.match(answer.problems.full_name, 'tidak kelihatan');
  t.equal(answer.dom.querySelector('[name=full_name]')?.getAttribute('value'), fields.full_name);
  t.equal(
    (await ipms.visitor().submit(ASK, ASK, { ...fields, full_name: '\u200b\u3164' })).status,
    422,
    'nor is it blank',
  );
});
