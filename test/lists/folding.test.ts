import { t } from 'tap';
import { fold } from '../../src/base/folding.ts';
import { startIpms } from '../helper.ts';
import { makeContact, makeGroup, makeOfficer } from '../make.ts';

// Whatever is searched, in whatever list: case, marks, apostrophes, dashes, spaces and what nobody sees make no difference.

const NAME = 'École Nu’man  José\u00adph\u00a0D–Cruz';
const TYPED = [
  'école nu’man',
  'ECOLE NU’MAN',
  "ecole nu'man",
  'nu`man',
  'nuʼman jose',
  'jose\u0301ph',
  'joseph d-cruz',
  'Ｊｏｓｅｐｈ D—C',
  'jos\u200bé\u200eph\u202a',
  'man   joseph',
  'man\u2003jose',
];

const contents = async (browser: Awaited<ReturnType<Awaited<ReturnType<typeof startIpms>>['signIn']>>, url: string) =>
  (await browser.get(url)).dom.querySelector('main tbody')?.textContent ?? '';

t.test('every list finds a name in any way that somebody may write it', async (t) => {
  const ipms = await startIpms(t);
  await makeOfficer(ipms, 'numan', { display_name: NAME });
  const group = await makeGroup(ipms, 'ecole', { name: NAME });
  await makeContact(ipms, { full_name: NAME, email: 'numan@luar.test' });
  for (const table of ['access_code_request', 'access_code', 'account_request'] as const)
    await ipms.db
      .updateTable(table)
      .set({ full_name: NAME })
      .where('id', 'in', ipms.db.selectFrom(table).select('id').where('agency_id', '=', 1).limit(1))
      .execute();
  await ipms.db.updateTable('ticket').set({ caller_name: NAME }).where('agency_id', '=', 1).execute();
  const [admin, helpdesk] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('meja.bantuan')];
  const lists = [
    'mailboxes',
    'groups',
    'contacts',
    'access-code-requests',
    'access-codes',
    'account-requests',
    'tickets',
    'audit',
    'records',
    'address-list',
    `groups/${group}/history`,
  ];
  for (const list of lists)
    for (const typed of TYPED) {
      const asked = new URLSearchParams({ q: typed, status: '' });
      t.not(await contents(admin, `/admin/${list}?${asked}`), '', `${list}: ${typed}`);
    }
  for (const list of ['mailboxes', 'groups', 'contacts', 'tickets', 'audit', 'records'])
    t.not(await contents(helpdesk, `/helpdesk/${list}?q=ecole+nu%27man`), '', `helpdesk: ${list}`);
  t.equal(await contents(admin, '/admin/groups?q=ecolle'), '', 'another letter is another name');
  const add = await admin.get(`/admin/groups/${group}/members/add?q=JOSEPH%20D-CRUZ`);
  t.match(add.text, 'numan@luar.test', 'the picker of members, too');
});

t.test("another agency's is not found by any spelling", async (t) => {
  const ipms = await startIpms(t);
  await makeGroup(ipms, 'ecole', { agency: 2, name: NAME });
  const admin = await ipms.signIn('admin.jabatan');
  for (const list of ['groups', 'audit', 'records'])
    for (const typed of TYPED)
      t.equal(await contents(admin, `/admin/${list}?${new URLSearchParams({ q: typed })}`), '', `${list}: ${typed}`);
});

t.test('one spelling is folded once: twice changes nothing, and letters that carry a meaning stay', (t) => {
  for (const text of [
    ...TYPED,
    NAME,
    'Straße',
    'İpek',
    'ΟΔΟΣ',
    'Đặng',
    'தமிழ்',
    'ไทย',
    '한국',
    'が',
    'ŉ',
    'ﬁ',
    '🙂',
    'a\u0301\u0301',
  ])
    t.equal(fold(fold(text)), fold(text), text);
  for (const [one, other] of [
    ['Straße', 'STRASSE'],
    ['İpek', 'ipek'],
    ['ΟΔΟΣ', 'οδος'],
    ['Đặng', 'dang'],
    ['Łódź', 'lodz'],
    ['Bjørn Æ', 'bjorn ae'],
    ['أحمد', 'احمد'],
  ])
    t.equal(fold(one ?? ''), fold(other ?? ''));
  t.not(fold('தமிழ்'), fold('தமழ'), 'a vowel of Tamil is a letter');
  t.not(fold('ไทย'), fold('ทย'));
  t.not(fold('が'), fold('か'), 'so is a mark of Japanese');
  t.end();
});
