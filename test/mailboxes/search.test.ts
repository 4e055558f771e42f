import { t } from 'tap';
import { matchOf, rarestFirst } from '../../src/mailboxes/search-index.ts';
import { termsOf } from '../../src/mailboxes/search-words.ts';
import { texts } from '../../src/texts.ts';
import { firstCells, START, startIpms, type Visitor } from '../helper.ts';
import { makeOfficer, type OfficerValues } from '../make.ts';
import { mailboxOf } from '../read.ts';

// SOP 4.7 step 1: Mailboxes, searched by Display Name, Primary Email, LoginID or IC/Passport

const search = async (browser: Visitor, query: Record<string, string>) =>
  browser.get(`/admin/mailboxes?${new URLSearchParams(query)}`);

t.test('each key finds by any part of its text, in any case, and "all" by any of them', async (t) => {
  const ipms = await startIpms(t);
  await makeOfficer(ipms, 'qasim.jalil', {
    display_name: 'Qasim bin Jalil',
    primary_email: 'pengarah.ict@jabatan.test',
    ic_number: '751231145533',
    aliases: ['ketua.digital@jabatan.test'],
  });
  await makeOfficer(ipms, 'zorro99', {
    display_name: 'Élodie Ångström',
    category: 'other',
    ic_number: null,
    passport: 'XK88123AB',
  });
  const admin = await ipms.signIn('admin.jabatan');
  const found = async (q: string, by = 'all') => firstCells(await search(admin, { q, by }));
  const [qasim, elodie] = [['Qasim bin Jalil'], ['Élodie Ångström']];
  for (const [by, q] of [
    ['display_name', 'asim bin ja'],
    ['display_name', 'QASIM'],
    ['primary_email', 'arah.ict'],
    ['primary_email', 'KETUA.DIG'],
    ['primary_email', 'pengarah.ict@jabatan.test'],
    ['login_id', 'im.ja'],
    ['ic_or_passport', '1231145'],
    ['ic_or_passport', '751231-14-5533'],
    ['ic_or_passport', '31-14'],
  ] as const)
    for (const key of [by, 'all', 'nobody knows this key']) t.strictSame(await found(q, key), qasim, `${q} by ${key}`);
  for (const [by, q] of [
    ['display_name', 'élodie å'],
    ['display_name', 'NGSTRÖM'],
    ['ic_or_passport', 'k8812'],
    ['login_id', '99'],
  ] as const)
    t.ok((await found(q, by)).includes('Élodie Ångström'), `${q} by ${by}`);
  t.strictSame(await found('xk88123ab'), elodie);
  for (const by of ['primary_email', 'login_id', 'ic_or_passport'])
    t.strictSame(await found('Ångström', by), [], `the name is not among ${by}`);
  for (const q of [
    'qasim jalil',
    'JALIL Qasim',
    'qasim bt jalil',
    'jalil ketua.digital 751231-14',
    'qasim b',
    '31 asim',
  ])
    t.strictSame(await found(q), ['Qasim bin Jalil'], `words in any order: ${q}`);
  t.strictSame(await found('qasim jalil', 'display_name'), ['Qasim bin Jalil']);
  t.strictSame(await found('751231 jalil', 'display_name'), [], 'each word where the search is narrowed to');
  t.strictSame(await found('qasim jamil'), [], 'every word');
  t.strictSame(await found('qz'), [], 'two characters that nobody has');
});

t.test('wildcards, quotes and operators are characters like any other', async (t) => {
  const ipms = await startIpms(t);
  await makeOfficer(ipms, 'odd.one', { display_name: `100%_sure* "quoted" OR (NEAR) d'Cruz \\ - ^ :` });
  const admin = await ipms.signIn('admin.jabatan');
  for (const q of [
    '0%_',
    '%_s',
    're*',
    '"quoted"',
    '" O',
    'OR (',
    'NEAR',
    "d'C",
    '\\ -',
    '^ :',
    '* "',
    `e* "quoted" OR`,
  ])
    t.strictSame(firstCells(await search(admin, { q })), [`100%_sure* "quoted" OR (NEAR) d'Cruz \\ - ^ :`], q);
  for (const q of ['%%', '__', '**', '""', 'a* OR b', 'name:x', '{name}', 'NOT x', `' or '1'='1`])
    t.strictSame(firstCells(await search(admin, { q })), [], q);
});

t.test('states, package, service and category narrow it; deleted ones are not here', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const names = async (query: Record<string, string>) => firstCells(await search(admin, { ...query, q: 'Tapis' }));
  const add = async (name: string, values: OfficerValues) =>
    makeOfficer(ipms, `tapis.${name}`, { display_name: `Tapis ${name}`, ...values });
  const one = await add('satu', { package: 'A', service_type: 'vip' });
  await add('dua', { category: 'other' });
  await add('tiga', { status: 'disabled' });
  await add('empat', { status: 'deleted' });
  const five = await add('lima', { package: 'C' });
  const ending = {
    agency_id: 1,
    effective_on: '2026-12-24',
    reason: 'Tamat kontrak',
    requested_by: 2,
    requested_at: START.toISOString(),
  };
  await ipms.db
    .insertInto('termination')
    .values([
      { ...ending, mailbox_id: five.id, status: 'requested' },
      { ...ending, mailbox_id: one.id, status: 'withdrawn' },
    ])
    .execute();
  t.strictSame(await names({}), ['Tapis dua', 'Tapis lima', 'Tapis satu', 'Tapis tiga']);
  t.strictSame(await names({ state: 'active' }), ['Tapis dua', 'Tapis satu'], 'each counts once');
  t.strictSame(await names({ state: 'disabled' }), ['Tapis tiga']);
  t.strictSame(await names({ state: 'ending' }), ['Tapis lima']);
  t.strictSame(await names({ package: 'A' }), ['Tapis satu']);
  t.strictSame(await names({ service_type: 'vip' }), ['Tapis satu']);
  t.strictSame(await names({ category: 'other' }), ['Tapis dua']);
  t.strictSame(await names({ state: 'disabled', package: 'A' }), []);
  t.strictSame(await names({ state: 'deleted', package: 'D' }), await names({}), 'what is no choice narrows nothing');
  const marked = await search(admin, { q: 'Tapis lima' });
  const marks = (page: typeof marked) => page.dom.querySelector('tbody tr .tag')?.textContent.trim();
  t.equal(marks(marked), texts['mailbox.state.ending'].ms);
  t.equal(marks(await search(admin, { q: 'Tapis satu' })), texts['mailbox.state.active'].ms, 'it was withdrawn');
});

t.test('the search follows every change at once', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const found = async (q: string) => firstCells(await search(admin, { q }));
  const { id } = await makeOfficer(ipms, 'ikut.saja', { display_name: 'Ikut Saja' });
  const change = (values: object) => ipms.db.updateTable('mailbox').set(values).where('id', '=', id).execute();
  await change({ display_name: 'Zarith Sofia' });
  t.strictSame(firstCells(await search(admin, { q: 'Ikut Saja', by: 'display_name' })), []);
  t.strictSame(await found('rith so'), ['Zarith Sofia']);
  await change({ status: 'deleted' });
  t.strictSame(await found('rith so'), []);
  await change({ status: 'active', agency_id: 2 });
  t.strictSame(await found('rith so'), [], 'gone to another agency');
  t.strictSame(firstCells(await search(await ipms.signIn('admin.kementerian'), { q: 'rith so' })), ['Zarith Sofia']);
  await ipms.db.deleteFrom('address').where('item_id', '=', id).where('kind', '=', 'mailbox').execute();
  await ipms.db.deleteFrom('mailbox').where('id', '=', id).execute();
  const { rows } = { rows: await ipms.db.selectFrom('mailbox_search').select('name').execute() };
  t.notOk(
    rows.some((row) => row.name.includes('zarith')),
    'nothing is left of it',
  );
});

t.test('pages of 25, sorting, and the state in the address; the file has everything', async (t) => {
  const ipms = await startIpms(t);
  for (let at = 0; at < 60; at += 1) {
    ipms.clock.now = new Date(START.getTime() - ((at * 7) % 60) * 1000);
    await makeOfficer(ipms, `halaman.${at}`, {
      display_name: `Halaman ${String(at).padStart(2, '0')} ${['apam', 'Bahulu', 'cendol'][at % 3]}`,
      primary_email: `h${99 - at}@jabatan.test`,
    });
  }
  ipms.clock.now = START;
  const admin = await ipms.signIn('admin.jabatan');
  const first = await search(admin, { q: 'halaman' });
  t.equal(firstCells(first).length, 25);
  t.match(first.text, '60 rekod');
  const next = first.dom.querySelector('a[rel=next]')?.getAttribute('href') ?? '';
  t.equal(next, '/admin/mailboxes?q=halaman&page=2');
  t.match(firstCells(await admin.get(next))[0], 'Halaman 25');
  t.strictSame(firstCells(await search(admin, { q: 'halaman', page: '9' })), []);
  const last = await search(admin, { q: 'halaman', by: 'display_name', sort: '-display_name', state: 'active' });
  t.match(firstCells(last)[0], 'Halaman 59');
  t.equal(
    last.dom.querySelector('a[rel=next]')?.getAttribute('href'),
    '/admin/mailboxes?q=halaman&by=display_name&state=active&sort=-display_name&page=2',
  );
  t.equal(last.dom.querySelector('select[name=by] option[selected]')?.getAttribute('value'), 'display_name');
  t.match(firstCells(await search(admin, { q: 'halaman', sort: 'primary_email' }))[0], 'Halaman 59');
  t.match(firstCells(await search(admin, { q: 'halaman', sort: '-created_at' }))[0], 'Halaman 00');
  const csv = await search(admin, { q: 'halaman', sort: '-display_name', format: 'csv' });
  t.match(csv.headers['content-type'], 'text/csv');
  t.equal(csv.html.trim().split('\r\n').length, 61);
  t.match(csv.html.split('\r\n')[1], /^Halaman 59/);
});

t.test('identity numbers are masked in lists and files; one character alone narrows nothing', async (t) => {
  const ipms = await startIpms(t);
  await makeOfficer(ipms, 'sulit.ic', { display_name: 'Sulit IC', ic_number: '751231145533' });
  const admin = await ipms.signIn('admin.jabatan');
  for (const format of ['page', 'csv']) {
    const { html } = await search(admin, { q: '751231145533', format });
    t.match(html, '751231-**-***3');
    t.notMatch(html.replace(/(?:value="|q=)751231145533/g, ''), '751231145533');
  }
  const short = await search(admin, { q: 'z' });
  t.match(short.text, texts['mailbox.tooShort'].ms);
  t.equal(firstCells(short).length, 23);
  t.match((await search(admin, { q: 'tiada orang ini' })).text, texts['list.noMatch'].ms);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const mine = await mailboxOf(ipms, 'pegawai.jabatan');
  t.equal((await ipms.visitor().get('/admin/mailboxes')).location, '/login?next=%2Fadmin%2Fmailboxes');
  t.equal((await (await ipms.signIn('pegawai.jabatan')).get('/admin/mailboxes')).status, 403);
  t.equal((await (await ipms.signIn('meja.bantuan')).get('/admin/mailboxes')).status, 403);
  const other = await ipms.signIn('admin.kementerian');
  const tries: Record<string, string>[] = [
    { q: mine.display_name },
    { q: mine.primary_email },
    { q: mine.ic_number ?? '' },
    { q: 'jabatan.test', by: 'primary_email' },
    { q: mine.display_name, agency: '1' },
    { q: mine.display_name, format: 'csv', agency_id: '1' },
  ];
  for (const query of tries) {
    const { status, html, text } = await search(other, query);
    t.equal(status, 200);
    t.notMatch(html.replaceAll(encodeURIComponent(mine.display_name), ''), `/admin/mailboxes/${mine.id}"`);
    t.notMatch(text, mine.login_id, JSON.stringify(query));
  }
  t.equal((await search(other, { state: 'disabled' })).html.includes('jabatan.test'), false);
});

t.test('of many pairs of letters the index is asked for two, and what fewest hold is looked for first', async (t) => {
  const ipms = await startIpms(t);
  await makeOfficer(ipms, 'qasim.jalil', { display_name: 'Qasim bin Jalil' });
  const admin = await ipms.signIn('admin.jabatan');
  const typed = 'qa as si im ja al li il';
  t.strictSame(firstCells(await search(admin, { q: typed })), ['Qasim bin Jalil']);
  t.strictSame(firstCells(await search(admin, { q: `${typed} xq` })), [], 'none of them is left out');

  const words = termsOf(`jabatan ${typed} xqx`, 'all') ?? [];
  const { expression } = await matchOf(ipms.db, words);
  t.equal(expression.match(/"qa |"as |"si |"im |"ja |"al |"li |"il /g)?.length, 2, 'each is some fifty trigrams');
  const [first] = await rarestFirst(ipms.db, words);
  t.match(first, [{ text: 'xqx' }], 'which nobody has');
});
