import { t } from 'tap';
import { startIpms } from '../helper.ts';
import { makeManyOfficers } from '../make.ts';

t.test('a page past the last one says so, leads back, and never says that the list is empty', async (t) => {
  const ipms = await startIpms(t);
  await makeManyOfficers(ipms, 60);
  const admin = await ipms.signIn('admin.jabatan');
  const list = '/admin/mailboxes';
  const past = await admin.get(`${list}?page=400`);
  t.match(past.text, 'Halaman 400 tidak ada: senarai ini tamat pada halaman');
  const links = past.dom.querySelectorAll('main .actions a').map((link) => link.getAttribute('href') ?? '');
  t.equal(links.length, 2);
  for (const link of links) {
    t.ok((await admin.get(link)).dom.querySelectorAll('tbody tr').length > 0, `${link} has rows`);
  }
  const narrowed = await admin.get(`${list}?q=ramai&page=50`);
  t.match(narrowed.text, 'Halaman 50 tidak ada');
  const none = await admin.get(`${list}?q=tiadaorangini&page=50`);
  t.match(none.text, 'Tiada yang sepadan', 'a search that finds nothing says that');
  t.notMatch(none.text, 'Halaman 50');
});

t.test('in a list that is counted no further, too', async (t) => {
  const ipms = await startIpms(t);
  await makeManyOfficers(ipms, 1100);
  const admin = await ipms.signIn('admin.jabatan');
  const past = await admin.get('/admin/mailboxes?page=400');
  t.match(past.text, 'Halaman 400 tidak ada');
  t.ok(past.dom.querySelector('main .actions a'));
});

t.test('a page that is none is the first, and its links go on from there', async (t) => {
  const ipms = await startIpms(t);
  await makeManyOfficers(ipms, 60);
  const admin = await ipms.signIn('admin.jabatan');
  const rowsOf = async (query: string) => {
    const page = await admin.get(`/admin/mailboxes${query}`);
    t.equal(page.status, 200, query);
    return page.dom.querySelector('main')?.textContent;
  };
  const first = await rowsOf('');
  for (const query of ['?page=0', '?page=abc', '?page=-3', '?page=', '?page=1.5', '?page=00'])
    t.equal(await rowsOf(query), first, query);
  t.match(await rowsOf('?page=99999999999999999999'), 'tidak ada', 'one beyond all numbers is past the last one');
});
