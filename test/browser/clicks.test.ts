import type { Page } from 'playwright-core';
import { t } from 'tap';
import { openBrowser, openContext, signIn } from './browser.ts';
import { startDemo } from './installed.ts';

// Quality §6: how many presses the commonest tasks take from the overview, with scripts off; typing is not counted

const [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
t.after(() => Promise.all([browser.close(), demo.stop()]));

/** A browser of an administrator at the overview, which counts what is pressed. */
async function atOverview() {
  const context = await openContext(browser, demo.base, { scripts: false });
  await context.addCookies([{ name: 'ipms-language', value: 'en', url: demo.base }]);
  const page = await context.newPage();
  await page.setViewportSize({ width: 1366, height: 768 });
  await signIn(page, 'admin.jabatan');
  await page.goto('/admin');
  let presses = 0;
  return {
    page,
    presses: () => presses,
    async press(selector: string) {
      presses += 1;
      await page.click(selector);
    },
    async search(text: string) {
      presses += 1;
      await page.fill('#seek', text);
      await Promise.all([page.waitForURL('**/admin/mailboxes/**'), page.press('#seek', 'Enter')]);
    },
  };
}

const said = (page: Page) => page.locator('.flash').textContent();

t.test('a password is reset in three', async (t) => {
  const { page, press, search, presses } = await atOverview();
  await search('yap swee lan');
  await press('.tabs a[href$="/password"]');
  await page.fill('[name=new_password]', 'Gunung@Ledang2031');
  await page.fill('[name=confirm_password]', 'Gunung@Ledang2031');
  await press('main form button.main');
  t.ok(await said(page));
  t.ok(presses() <= 3, `${presses()}`);
  await page.context().close();
});

t.test('a telephone number is changed in three, with the button in sight all the while', async (t) => {
  const { page, press, search, presses } = await atOverview();
  await search('suriani');
  t.notOk(await page.locator('[name=office_phone]').isVisible(), 'a mailbox opens to be read');
  await press('.edit > summary');
  await page.evaluate('scrollTo(0, 0)');
  const button = await page.locator('.edit button.main').boundingBox();
  t.ok(button !== null && button.y + button.height <= 768, `the button ends at ${button && button.y + button.height}`);
  await page.fill('[name=office_phone]', '03-8000 4321');
  await press('.edit button.main');
  t.ok(await said(page));
  t.ok(presses() <= 3, `${presses()}`);
  await page.context().close();
});

t.test('a request is allocated a package and approved in eight', async (t) => {
  const request = await demo.db
    .selectFrom('account_request')
    .select('id')
    .where('agency_id', '=', 1)
    .where('status', '=', 'submitted')
    .where('category', '=', 'civil_servant')
    .where('package', 'is', null)
    .executeTakeFirstOrThrow();
  const { page, press, presses } = await atOverview();
  await press('#menu a[href="/admin/account-requests"]');
  await press(`main a[href="/admin/account-requests/${request.id}"]`);
  await press('[name=package][value=B]');
  await press('[name=grade]');
  await page.selectOption('[name=grade]', { index: 3 });
  await press('[name=storage_mb]');
  await page.selectOption('[name=storage_mb]', '1024');
  await press('[name=service_type][value=ordinary]');
  await press('form[action*="/allocation"] button[value=approve]');
  const { status } = await demo.db
    .selectFrom('account_request')
    .select('status')
    .where('id', '=', request.id)
    .executeTakeFirstOrThrow();
  t.equal(status, 'approved');
  t.ok(presses() <= 8, `${presses()}`);
  await page.context().close();
});

t.test('22 mailboxes fit 1100 px, a line each', async (t) => {
  const { page } = await atOverview();
  await page.goto('/admin/mailboxes');
  const heights = await page.evaluate<number[]>(
    `[...document.querySelectorAll('main tbody tr')].slice(0, 22).map((row) => row.getBoundingClientRect().height)`,
  );
  t.equal(heights.length, 22);
  const whole = heights.reduce((sum, height) => sum + height, 0);
  t.ok(whole <= 1100, `${whole} px`);
  await page.context().close();
});
