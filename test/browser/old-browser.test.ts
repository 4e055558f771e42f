import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Test, t } from 'tap';
import { openBrowser, openContext, signIn } from './browser.ts';
import { startDemo } from './installed.ts';
import { oldChromium } from './old-chromium.ts';
import { SIGN_INS } from './roles.ts';
import { ROOM } from './room.ts';

// Quality §6: the last browsers of Windows 7 and 8.1 are Chromium 109 and Firefox 115

const ROOT = join(import.meta.dirname, '../..');
const STYLE = readFileSync(join(ROOT, 'public/site.css'), 'utf8');

/** What Chromium 109 knows and Firefox 115 does not: in what is always there, nothing of it is used. */
const UNKNOWN_TO_FIREFOX_115 =
  /:has\(|:user-(in)?valid|:popover-open|:dir\(|@(property|scope|starting-style|view-transition)|text-wrap|content-visibility|field-sizing|zoom:|::-webkit-|\d(dvi|svi|lvi)\b/g;

/** The style without what is asked for first. */
const always = STYLE.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@supports[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');

t.test('the style asks before it uses what Firefox 115 does not know', async (t) => {
  t.match(STYLE, '@supports', 'there is something to leave out');
  t.strictSame(always.match(UNKNOWN_TO_FIREFOX_115) ?? [], []);
});

const PAGES = {
  visitor: ['/', '/login', '/access-code-requests/new', '/register'],
  user: ['/me', '/me/password', '/me/profile', '/me/groups'],
  admin: ['/admin', '/admin/access-codes', '/admin/account-requests', '/admin/mailboxes', '/admin/mailboxes/1'],
  helpdesk: ['/helpdesk', '/helpdesk/mailboxes', '/helpdesk/tickets', '/helpdesk/agencies'],
};

/** Asked in a page: what of a style it does not know. Nothing is nested in its rules but rules of a size or of printing. */
const UNKNOWN = `(text) => {
  const found = [];
  const rules = text.replace(/@media[^{]+\\{/g, '');
  for (const [, selectors, body] of rules.matchAll(/([^{}]+)\\{([^{}]*)\\}/g)) {
    try { document.createElement('p').matches(selectors.trim()); } catch { found.push(selectors.trim()); }
    for (const each of body.split(';').map((one) => one.trim()).filter(Boolean)) {
      const [, name, value] = /^([^:]+):([\\s\\S]*)$/.exec(each) ?? [each, each, ''];
      if (!CSS.supports(name.trim(), value.trim())) found.push(each);
    }
  }
  return found;
}`;

const old = oldChromium();
t.test('in Chromium 109', { skip: old.missing }, async (t) => {
  const [demo, browser] = await Promise.all([startDemo(), openBrowser({ wide: true, path: old.path })]);
  t.teardown(() => Promise.all([browser.close(), demo.stop()]));
  t.match(browser.version(), /^109\./);

  await t.test('every selector and declaration of the style is known', async (t) => {
    const page = await (await openContext(browser, demo.base)).newPage();
    const unknown = (text: string) => page.evaluate<string[]>(`(${UNKNOWN})(${JSON.stringify(text)})`);
    t.strictSame(await unknown(always), []);
    t.strictSame(
      await unknown('.a:popover-open { text-wrap: balance; color: red; }'),
      ['.a:popover-open', 'text-wrap: balance'],
      'and what is not known is noticed',
    );
    await page.context().close();
  });

  for (const [role, paths] of Object.entries(PAGES))
    await t.test(role, async (t) => {
      const context = await openContext(browser, demo.base);
      const page = await context.newPage();
      if (role !== 'visitor') await signIn(page, SIGN_INS[role as keyof typeof SIGN_INS]);
      for (const path of paths) {
        await page.goto(path);
        await page.evaluate(`document.querySelectorAll('main details').forEach((each) => { each.open = true; })`);
        for (const width of [800, 1024]) {
          await page.setViewportSize({ width, height: 600 });
          t.strictSame(
            await page.evaluate<string[]>(`${ROOM}(document)`),
            [],
            `${path}: everything has room at ${width}`,
          );
          if (role !== 'visitor') t.equal(await page.locator('#menu').isVisible(), width === 1024, `${path}: menu`);
        }
      }
      if (role !== 'visitor') await openMenu(t, page);
      await context.close();
    });
});

/** At 800 the page begins on the first screen, and its menu opens and shuts. */
async function openMenu(t: Test, page: Page) {
  await page.setViewportSize({ width: 800, height: 600 });
  const top = await page.evaluate<number>(`document.querySelector('h1').getBoundingClientRect().top`);
  t.ok(top < 300, `the page begins at ${top}`);
  await page.click('.menu-switch summary');
  t.ok(await page.locator('#menu').isVisible(), 'the menu opens');
  await page.click('.menu-switch summary');
  t.notOk(await page.locator('#menu').isVisible(), 'and shuts');
}
