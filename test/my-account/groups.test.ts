import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { startIpms, type Visitor } from '../helper.ts';
import { makeGroup, makeOfficer } from '../make.ts';

// SOP 4.20, Modul Pengguna: Paparan Ahli Kumpulan (Member Of)

/** The lists on a page, by name, with what the person is in each. */
async function listed(browser: Visitor, url = '/me/groups') {
  const { dom } = await browser.get(url);
  return dom.querySelectorAll('main tbody tr').map((row) => {
    const cells = row.querySelectorAll('td').map((cell) => cell.textContent.trim());
    return `${cells[0]}: ${cells[2]}`;
  });
}

t.test('the lists that the person is in or owns, and no others', async (t) => {
  const ipms = await startIpms(t);
  const mine = await makeOfficer(ipms, 'ahli.baru');
  const other = await makeOfficer(ipms, 'ahli.lain');
  await makeGroup(ipms, 'warga.satu', { name: 'Warga Satu', members: [mine] });
  await makeGroup(ipms, 'warga.dua', { name: 'Warga Dua', owners: [mine] });
  await makeGroup(ipms, 'warga.tiga', { name: 'Warga Tiga', owners: [mine], members: [mine] });
  const gone = await makeGroup(ipms, 'warga.lama', { name: 'Warga Lama', members: [mine] });
  await ipms.db.updateTable('group').set({ status: 'deleted' }).where('id', '=', gone).execute();
  await makeGroup(ipms, 'warga.asing', { name: 'Warga Asing', owners: [other], members: [other] });
  const browser = await ipms.signIn('ahli.baru');
  t.strictSame(await listed(browser), ['Warga Dua: Pengendali', 'Warga Satu: Ahli', 'Warga Tiga: Ahli dan pengendali']);
  t.strictSame(await listed(browser, '/me/groups?as=member'), ['Warga Satu: Ahli', 'Warga Tiga: Ahli dan pengendali']);
  t.strictSame(await listed(browser, '/me/groups?as=owner&sort=-display_name'), [
    'Warga Tiga: Ahli dan pengendali',
    'Warga Dua: Pengendali',
  ]);
  t.strictSame(await listed(browser, '/me/groups?q=SATU'), ['Warga Satu: Ahli']);
  t.strictSame(await listed(browser, '/me/groups?q=%25'), [], 'a wildcard is a letter like any other');
  const csv = (await browser.get('/me/groups?format=csv&as=owner')).html;
  t.match(csv, 'warga.dua@jabatan.test');
  t.notMatch(csv, 'Warga Satu');
});

t.test('many lists are paged, and exported whole', async (t) => {
  const ipms = await startIpms(t);
  const mine = await makeOfficer(ipms, 'ahli.baru');
  for (let number = 10; number < 40; number += 1)
    await makeGroup(ipms, `kumpulan.${number}`, { name: `Kumpulan ${number}`, members: [mine] });
  const browser = await ipms.signIn('ahli.baru');
  t.equal((await listed(browser)).length, 25);
  t.strictSame((await listed(browser, '/me/groups?page=2')).length, 5);
  t.equal((await browser.get('/me/groups?format=csv')).html.trim().split('\r\n').length, 31);
});

t.test('nobody in any list is told what to do', async (t) => {
  const ipms = await startIpms(t);
  await makeOfficer(ipms, 'ahli.baru');
  const { text } = await (await ipms.signIn('ahli.baru')).get('/me/groups');
  t.match(text, texts['my-groups.empty'].ms);
  t.match(text, 'Rosnah binti Ismail');
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  t.equal((await ipms.visitor().get('/me/groups')).location, '/login?next=%2Fme%2Fgroups');
  t.equal((await (await ipms.signIn('meja.bantuan')).get('/me/groups')).status, 403);
});
