import { t } from 'tap';
import { startIpms } from '../helper.ts';
import { plantItems } from './items.ts';
import { addressOf, routesOf } from './routes.ts';

/** Where what is pressed stands in something that is closed, it is not seen. */
const isSeen = (button: { closest(selector: string): unknown }) => {
  const details = button.closest('details') as { hasAttribute(name: string): boolean } | null;
  return (details === null || details.hasAttribute('open')) && button.closest('nav') === null;
};

for (const [login, role] of [
  ['pegawai.jabatan', 'user'],
  ['admin.jabatan', 'admin'],
  ['meja.bantuan', 'helpdesk'],
] as const)
  t.test(`no page of the ${role} has two primary buttons`, async (t) => {
    const ipms = await startIpms(t);
    const items = await plantItems(ipms);
    const browser = await ipms.signIn(login);
    let pages = 0;
    for (const route of routesOf(ipms.app, 'GET')) {
      const access: readonly string[] = route.config.access ?? [];
      if (!access.includes(role) && !access.includes('anyone')) continue;
      const { dom, status } = await browser.get(addressOf(route, items));
      if (status !== 200 || dom.querySelector('main') === null) continue;
      pages += 1;
      const primary = dom.querySelectorAll('main button.main, main .button.main').filter(isSeen);
      t.ok(primary.length <= 1, `${route.url}: ${primary.map((each) => each.textContent).join(' | ')}`);
    }
    t.ok(pages > 5, `${pages} pages`);
  });

t.test('on the page of a request, what is approved is what is saved', async (t) => {
  const ipms = await startIpms(t);
  const items = await plantItems(ipms);
  const browser = await ipms.signIn('admin.jabatan');
  const page = `/admin/account-requests/${items.account_request}`;
  for (const place of [page, `${page}/allocation`, `${page}/approve`]) {
    const { dom } = await browser.get(place);
    const approves = dom.querySelector(`form[action="${page}/approve"]`) !== null;
    const fills = dom.querySelector('select[name=grade]') !== null;
    t.not(approves, fills, `${place}: Approve stands where nothing is being filled in`);
  }
});
