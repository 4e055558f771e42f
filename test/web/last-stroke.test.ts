import { t } from 'tap';
import { plantItems } from '../doors/items.ts';
import { addressOf, routesOf } from '../doors/routes.ts';
import { PASSWORD, startIpms } from '../helper.ts';

t.test('an address with a stroke behind it is the same page: for every page of an administrator', async (t) => {
  const ipms = await startIpms(t);
  const items = await plantItems(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  for (const route of routesOf(ipms.app, 'GET')) {
    const access: readonly string[] = route.config.access ?? [];
    if (!access.includes('admin') || /attachments/.test(route.url)) continue;
    const address = addressOf(route, items);
    const [plain, stroked] = [await admin.get(address), await admin.get(`${address}/`)];
    t.equal(stroked.status, plain.status, address);
    t.equal(stroked.location, plain.location, address);
  }
});

t.test('signing in at /login/ works, and nothing leads off the site', async (t) => {
  const ipms = await startIpms(t);
  const browser = ipms.visitor();
  const opened = await browser.get('/login/?next=%2Fme');
  t.equal(opened.status, 200);
  const _csrf = opened.dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const answer = await browser.post('/login/?next=%2Fme', { login: 'pegawai.jabatan', password: PASSWORD, _csrf });
  t.equal(answer.location, '/me');
  t.equal((await browser.get('/nowhere/')).status, 404);
  for (const odd of ['//', '///', '//example.test/', '/%2F/', '/%zz/'])
    t.ok((await browser.get(odd)).status < 500, odd);
});
