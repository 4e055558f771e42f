import { t } from 'tap';
import { openBrowser, openContext, signIn } from './browser.ts';
import { startDemo } from './installed.ts';
import { weigh } from './weigh.ts';

// Quality §5: what a first view and the next page cost on the wire, compressed, with their headers

const FIRST = { bytes: 14 * 1024, requests: 4 };
const NEXT = { bytes: 8 * 1024, requests: 1 };

const [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
t.after(() => Promise.all([browser.close(), demo.stop()]));

const VIEWS = [
  { login: null, first: '/', next: '/login' },
  { login: null, first: '/login', next: '/access-code-requests/new' },
  { login: 'admin.jabatan', first: '/admin', next: '/admin/access-codes' },
  { login: 'pegawai.jabatan', first: '/me', next: '/me/password' },
  { login: 'meja.bantuan', first: '/helpdesk', next: '/me/sessions' },
];

for (const { login, first, next } of VIEWS)
  t.test(`${first}, then ${next}`, async (t) => {
    const page = await freshPage(login);
    const one = await weigh(page, first);
    t.ok(one.bytes <= FIRST.bytes, `first view: ${one.bytes} bytes`);
    t.ok(one.requests.length <= FIRST.requests, `in ${one.requests.length} requests: ${one.requests.join(' ')}`);
    const two = await weigh(page, next);
    t.ok(two.bytes <= NEXT.bytes, `next page: ${two.bytes} bytes`);
    t.equal(two.requests.length, NEXT.requests, `in one request: ${two.requests.join(' ')}`);
    await page.context().close();
  });

/** A browser that holds nothing but, where somebody is signed in, the cookies. */
async function freshPage(login: string | null) {
  const context = await openContext(browser, demo.base);
  if (login === null) return context.newPage();
  const page = await context.newPage();
  await signIn(page, login);
  const cookies = await context.cookies();
  await context.close();
  const fresh = await openContext(browser, demo.base);
  await fresh.addCookies(cookies);
  return fresh.newPage();
}
