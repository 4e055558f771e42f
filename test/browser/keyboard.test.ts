import type { Page } from 'playwright-core';
import { t } from 'tap';
import { NARROW, openBrowser, openContext, signIn } from './browser.ts';
import { startDemo } from './installed.ts';

// Quality §6: by keyboard alone, and on a phone, with scripts off

const [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
t.after(() => Promise.all([browser.close(), demo.stop()]));

const open = async (path: string, width?: number) => {
  const context = await openContext(browser, demo.base, { scripts: false, ...(width ? { width } : {}) });
  const page = await context.newPage();
  await page.goto(path);
  return page;
};

/** What has the focus: its name, its address, or its element. */
const focused = (page: Page) =>
  page.evaluate<string>(`{
    const at = document.activeElement;
    at.getAttribute('name') ?? at.getAttribute('href') ?? at.className ?? at.tagName;
  }`);

t.test('signing in without a mouse', async (t) => {
  const page = await open('/login');
  await page.keyboard.press('Tab');
  t.equal(await focused(page), '#main', 'the first thing is the way past the head');
  await page.keyboard.press('Enter');
  t.equal(await page.evaluate('document.activeElement.id'), 'main');
  await page.keyboard.press('Tab');
  t.equal(await focused(page), 'login', 'and from there the form is next');
  await page.keyboard.type('admin.jabatan');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Contoh@2026ipms');
  await Promise.all([page.waitForURL('**/admin**'), page.keyboard.press('Enter')]);
  await page.context().close();
});

t.test('every field of a form, in its order, and each shows that it has the focus', async (t) => {
  const page = await open('/access-code-requests/new');
  const names = await page.evaluate<string[]>(
    `[...new Set([...document.querySelectorAll('main form :is(input, select, textarea):not([type=hidden])')]
      .filter((field) => field.checkVisibility()).map((field) => field.name))]`,
  );
  const reached: string[] = [];
  await page.focus('#main');
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('Tab');
    if (!(await page.evaluate("document.activeElement.closest('main form') !== null"))) break;
    t.not(
      await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'),
      'none',
      'the focus is to be seen',
    );
    const name = await focused(page);
    if (name !== 'main') reached.push(name);
  }
  t.strictSame(reached, names);
  await page.context().close();
});

t.test('a refused form puts the focus on what is wrong, and that leads to the field', async (t) => {
  const page = await open('/access-code-requests/new', NARROW);
  await Promise.all([page.waitForNavigation(), page.click('main form button.main')]);
  // the browser moves the focus when it first draws the page, which may be after it was loaded
  await page.locator('.summary:focus').waitFor();
  await page.keyboard.press('Tab');
  t.equal(await focused(page), '#request-category');
  await page.keyboard.press('Tab');
  t.equal(await focused(page), '#request-full_name');
  await page.keyboard.press('Enter');
  t.equal(await focused(page), 'full_name');
  const at = "document.querySelector('label[for=request-full_name]').getBoundingClientRect().top";
  t.ok(await page.evaluate(`window.scrollY > 0 && ${at} >= 0`), 'whose label is on the screen');
  await page.context().close();
});

t.test('the menu on a phone opens and shuts', async (t) => {
  const page = await open('/login', NARROW);
  await signIn(page, 'admin.jabatan');
  await page.goto('/admin/access-codes');
  const menu = page.locator('#menu');
  t.notOk(await menu.isVisible());
  await page.focus('.menu-switch summary');
  await page.keyboard.press('Enter');
  t.ok(await menu.isVisible());
  await page.keyboard.press('Enter');
  t.notOk(await menu.isVisible());
  await page.click('.menu-switch summary');
  await Promise.all([
    page.waitForURL('**/admin/access-code-requests'),
    menu.locator('a[href="/admin/access-code-requests"]').click(),
  ]);
  t.notOk(await menu.isVisible(), 'it is shut on the next page');
  await page.context().close();
});

t.test('what is folded in the menu opens without a mouse, and is open where one is', async (t) => {
  const page = await open('/login');
  await signIn(page, 'admin.jabatan');
  const folded = page.locator('#menu details');
  t.ok((await folded.count()) >= 3);
  t.equal(await page.locator('#menu details[open]').count(), 0, 'nothing of what is folded is in the way');
  t.ok((await page.locator('#menu a:visible').count()) <= 13, 'a menu that a person can take in');
  const own = folded.last();
  t.match(await own.locator('summary').textContent(), 'Rosnah binti Ismail', 'the own portal is under the own name');
  await own.locator('summary').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  t.equal(await focused(page), '/me');
  await Promise.all([page.waitForURL('**/me'), page.keyboard.press('Enter')]);
  t.equal(await page.locator('#menu details[open] [aria-current=page]').getAttribute('href'), '/me');
  await page.context().close();
});
