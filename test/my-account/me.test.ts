import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { startIpms } from '../helper.ts';
import { changeMailbox, makeAdministrator } from '../make.ts';
import { mailboxOf, person } from '../read.ts';

// SOP 4.20 step 1: after Log Masuk, the person's information

t.test('the page shows who the person is, the account, and the sign-in before this one', async (t) => {
  const ipms = await startIpms(t);
  await changeMailbox(ipms, 'pegawai.jabatan', {
    package: 'C',
    grade: 'JUSA B',
    storage_mb: 1024,
    service_type: 'vip',
    services: '["SSO","Enterprise Voice"]',
    ic_number: '880412145533',
    used_mb: 512,
    used_on: '2026-11-20',
  });
  const account = await mailboxOf(ipms, 'pegawai.jabatan');
  const first = await ipms.signIn('pegawai.jabatan');
  for (const state of ['listed', 'refused', 'held'] as const) {
    const object = ipms.db.updateTable('directory_object').set({ state, last_error: null });
    await object.where('item_type', '=', 'mailbox').where('item_id', '=', account.id).execute();
    const shown = texts[`me.directory.${state === 'listed' ? 'due' : state}`].ms;
    t.match((await first.get('/me')).text, shown, `${state} in words of the officer's`);
  }
  const user = await person(ipms, 'pegawai.jabatan');
  const { text } = await first.get('/me');
  const shown = [user.full_name, user.login_id, user.email, 'Jabatan Contoh', 'JUSA B', '880412-14-5533', '1 GB'];
  for (const fact of [...shown, 'SSO, Enterprise Voice', 'Rosnah binti Ismail']) t.match(text, fact);
  t.match(text, texts['me.noPrevious'].ms);
  ipms.clock.now = new Date(ipms.clock.now.getTime() + 3_600_000);
  const second = await ipms.signIn('pegawai.jabatan');
  t.match((await second.get('/me')).text, '24 Nov 2026, 14:00, dari 127.0.0.1');
});

t.test('the menu, and nothing beside it, leads to the four parts of the user module and to the sessions', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  const pages = ['/me', '/me/profile', '/me/password', '/me/second-factor', '/me/quota', '/me/groups', '/me/sessions'];
  for (const url of pages) {
    const { dom } = await browser.get(url);
    const links = dom.querySelectorAll('.menu a').map((link) => link.getAttribute('href'));
    t.strictSame(
      pages.filter((page) => !links.includes(page)),
      [],
    );
    t.equal(dom.querySelector('.menu [aria-current]')?.getAttribute('href'), url);
    t.equal(dom.querySelector('.tabs'), null);
  }
});

t.test('an administrator without a mailbox is told so in place of quota and lists', async (t) => {
  const ipms = await startIpms(t);
  await makeAdministrator(ipms, 'admin.luar');
  const browser = await ipms.signIn('admin.luar');
  for (const url of ['/me', '/me/quota', '/me/groups']) {
    const page = await browser.get(url);
    t.equal(page.status, 200, url);
    t.match(page.text, texts['me.noMailbox'].ms, url);
  }
});

t.test('the page is there in English', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  browser.carry('ipms-language', 'en');
  for (const url of ['/me', '/me/profile', '/me/password', '/me/quota', '/me/groups', '/me/sessions']) {
    const page = await browser.get(url);
    t.equal(page.dom.querySelector('html')?.getAttribute('lang'), 'en');
    t.notMatch(page.text, 'Pentadbir', url);
  }
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  t.equal((await ipms.visitor().get('/me')).location, '/login?next=%2Fme');
  const helpdesk = await ipms.signIn('meja.bantuan');
  for (const url of ['/me', '/me/profile', '/me/quota', '/me/groups'])
    t.equal((await helpdesk.get(url)).status, 403, url);
});
