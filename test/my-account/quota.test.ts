import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { startIpms } from '../helper.ts';
import { changeMailbox } from '../make.ts';

// SOP 4.20, Modul Pengguna: Paparan Kuota Penggunaan

t.test('used of given, drawn and in words, with what to do when it fills up', async (t) => {
  const ipms = await startIpms(t);
  const levels: [number, number, string, string, keyof typeof texts][] = [
    [0, 1024, '0', '0 MB daripada 1 GB digunakan (0%)', 'my-quota.good'],
    [256, 500, '51', '256 MB daripada 500 MB digunakan (51%)', 'my-quota.good'],
    [768, 1024, '75', '768 MB daripada 1 GB digunakan (75%)', 'my-quota.wait'],
    [9216, 10240, '90', '9 GB daripada 10 GB digunakan (90%)', 'my-quota.bad'],
    [600, 500, '100', '600 MB daripada 500 MB digunakan (120%)', 'my-quota.bad'],
  ];
  const browser = await ipms.signIn('pegawai.jabatan');
  for (const [used_mb, storage_mb, width, words, advice] of levels) {
    await changeMailbox(ipms, 'pegawai.jabatan', { used_mb, storage_mb, used_on: '2026-11-20' });
    const page = await browser.get('/me/quota');
    const svg = page.dom.querySelector('.bar svg');
    t.equal(svg?.getAttribute('role'), 'img');
    t.equal(svg?.getAttribute('aria-label'), words);
    t.equal(svg?.querySelector('rect')?.getAttribute('width'), width);
    t.match(page.text, texts[advice].ms);
    t.match(page.text, 'pada 20 Nov 2026', 'with the day of the figure');
  }
});

t.test('until the mail system has said anything, it is not known and not 0', async (t) => {
  const ipms = await startIpms(t);
  await changeMailbox(ipms, 'pegawai.jabatan', { used_mb: 0, used_on: null });
  const browser = await ipms.signIn('pegawai.jabatan');
  const page = await browser.get('/me/quota');
  t.match(page.text, texts['usage.notKnown'].ms);
  t.match(page.text, texts['usage.whyNotKnown'].ms);
  t.notMatch(page.text, /\b0 MB/);
  t.notMatch(page.text, texts['my-quota.free'].ms);
  const me = await browser.get('/me');
  t.match(me.text, texts['usage.notKnown'].ms);
  t.notMatch(me.text, /\b0 MB/);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  t.equal((await ipms.visitor().get('/me/quota')).location, '/login?next=%2Fme%2Fquota');
  t.equal((await (await ipms.signIn('meja.bantuan')).get('/me/quota')).status, 403);
});
