import type { BrowserContext, Page } from 'playwright-core';
import type { Test } from 'tap';
import type { App } from '../../src/web/app-types.ts';
import { openBrowser, WIDE } from './browser.ts';
import { type Desk, openDesk } from './desk.ts';
import { fillableForms, sendEmpty } from './forms.ts';
import { lookAs, type RoleName, startPlace } from './roles.ts';
import { isWide } from './wide-font.ts';

/** What must hold on each page that these roles see, in both languages, and on each form that was refused. */
export async function lookAtEveryPage(t: Test, roles: RoleName[]) {
  const [place, browser] = await Promise.all([startPlace(), openBrowser({ wide: true })]);
  t.teardown(() => Promise.all([place.stop(), browser.close()]));
  const desk = await openDesk(browser, place.base);
  for (const role of roles)
    await t.test(role, async (t) => {
      const refused = new Set<string>();
      await lookAs(browser, place, role, { width: WIDE, language: 'ms' }, async ({ context, pages }) => {
        const page = await context.newPage();
        t.ok(await isWide(page), 'the font is the wide one');
        const heard = listen(context, page, place.base);
        t.ok(pages.length > 0, 'there are pages');
        for (const [at, { name, path }] of pages.entries()) {
          await page.goto(path);
          const named = (await fillableForms(page)).map((form) => ({
            ...form,
            name: form.action.replace(/\d+/g, ':id'),
          }));
          await lookAt(t, { app: place.app, page, desk }, name, { path, isFirst: at === 0 });
          let isOpen = true;
          for (const { index, name: form } of named) {
            if (refused.has(form)) continue;
            refused.add(form);
            if (!isOpen) await page.goto(path);
            isOpen = false;
            if (!(await sendEmpty(page, index))) break; // it was taken: the page may have other forms now
            await lookAt(t, { app: place.app, page, desk }, `${name}, ${form} refused`, { isFirst: false });
          }
        }
        t.strictSame(heard(), [], 'nothing went wrong in the browser, and nothing was asked of another place');
        await page.close();
      });
    });
}

/**
 * With a `path`, the page there is measured in English, too. Axe finds the same in both languages. The frame with its menu
 * is the same on all of a role's pages, and alone shows other things where it is narrow: it is looked at on the first.
 */
async function lookAt(
  t: Test,
  { app, page, desk }: { app: App; page: Page; desk: Desk },
  name: string,
  { path, isFirst }: { path?: string; isFirst: boolean },
) {
  const html = await page.evaluate<string>('document.documentElement.outerHTML');
  const languages = path === undefined ? [html] : [html, await inEnglish(app, page, path)];
  const isWritten = path !== undefined && OWN_FORM.test(path);
  // each in a tab and a process of its own
  const [{ wide, narrow }, cut] = await Promise.all([
    desk.violations({ html, path: path ?? new URL(page.url()).pathname }, { frame: isFirst }),
    desk.tooNarrow(languages, isWritten),
  ]);
  t.strictSame(wide, [], `${name}: axe finds nothing, wide`);
  if (isFirst) t.strictSame(narrow, [], `${name}: axe finds nothing, narrow`);
  t.strictSame(cut, [], `${name}: everything has room at each width`);
}

/**
 * Where officers and applicants write without having to read first: details are read before they are confirmed, a request
 * before it is answered, and what an authenticator is to scan stands before the field for its code.
 */
const OWN_FORM = /^\/(?!admin|helpdesk)(?!register\/confirm|me\/list-requests\/|me\/second-factor)/;

async function inEnglish(app: App, page: Page, path: string) {
  const cookies = (await page.context().cookies()).filter(({ name }) => name !== 'ipms-language');
  const cookie = [...cookies.map(({ name, value }) => `${name}=${value}`), 'ipms-language=en'].join('; ');
  const { statusCode, body } = await app.inject({ url: path, headers: { cookie } });
  if (statusCode >= 500 || !body.includes('<html lang="en"')) throw new Error(`${path} is not there in English`);
  return body;
}

/** Hears what the browser complains of: console, scripts, the content policy, requests that leave the origin or fail. */
function listen(context: BrowserContext, page: Page, base: string) {
  const heard: string[] = [];
  page.on('console', (message) => {
    // A refused form and an error page are answers, and the browser notes their status.
    const expected = /the server responded with a status of (403|404|409|422)/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !expected) heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  context.on('request', (request) => {
    if (!request.url().startsWith(base)) heard.push(`asked ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400 && !response.request().isNavigationRequest())
      heard.push(`${response.status()} ${response.url()}`);
  });
  return () => heard;
}
