import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Test } from 'tap';
import { NARROW, openBrowser, WIDE } from './browser.ts';
import { fillableForms, sendEmpty } from './forms.ts';
import { lookAs, type RoleName, startPlace } from './roles.ts';
import { ROOM } from './room.ts';
import { isWide } from './wide-font.ts';

const AXE = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');
const HEIGHT = 860;
/** The narrowest that WCAG 1.4.10 asks for, a phone, a screen of 1280 at 200 %, and the least room beside a menu. */
const WIDTHS = [320, NARROW, 640, 1024];

type Violation = { id: string; nodes: { html: string; failureSummary: string }[] };

/** What must hold on each page that these roles see, in both languages, and on each form that was refused. */
export async function lookAtEveryPage(t: Test, roles: RoleName[]) {
  const [place, browser] = await Promise.all([startPlace(), openBrowser({ wide: true })]);
  t.teardown(() => Promise.all([place.stop(), browser.close()]));
  for (const role of roles)
    await t.test(role, async (t) => {
      const refused = new Set<string>();
      await lookAs(browser, place, role, { width: WIDE, language: 'ms' }, async ({ context, pages }) => {
        const page = await context.newPage();
        await page.addInitScript(AXE);
        t.ok(await isWide(page), 'the font is the wide one');
        const heard = listen(context, page, place.base);
        t.ok(pages.length > 0, 'there are pages');
        for (const [at, { name, path }] of pages.entries()) {
          await page.goto(path);
          const named = (await fillableForms(page)).map((form) => ({
            ...form,
            name: form.action.replace(/\d+/g, ':id'),
          }));
          await lookAt(t, page, name, { path, isFirst: at === 0 });
          for (const { index, name: form } of named) {
            if (refused.has(form)) continue;
            refused.add(form);
            await page.goto(path);
            if (!(await sendEmpty(page, index))) break; // it was taken: the page may have other forms now
            await lookAt(t, page, `${name}, ${form} refused`, { isFirst: false });
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
async function lookAt(t: Test, page: Page, name: string, { path, isFirst }: { path?: string; isFirst: boolean }) {
  await page.evaluate(`window.bodies = [document.body]`);
  if (path !== undefined) await fetchEnglish(page, path);
  await page.evaluate(`document.querySelectorAll('main details').forEach((each) => { each.open = true; })`);
  t.strictSame(await violations(page, isFirst ? [] : FRAME), [], `${name}: axe finds nothing, wide`);
  for (const width of [...WIDTHS, WIDE]) {
    await page.setViewportSize({ width, height: HEIGHT });
    if (width === NARROW && isFirst)
      t.strictSame(await violations(page, [], SEEN_WIDE), [], `${name}: axe finds nothing, narrow`);
    t.strictSame(await page.evaluate<string[]>(ROOM_IN_EACH), [], `${name}: everything has room at ${width}`);
  }
}

/** To load the page again in English would take most of the time: its body takes turns with the other in one document. */
async function fetchEnglish(page: Page, path: string) {
  const cookies = (await page.context().cookies()).filter(({ name }) => name !== 'ipms-language');
  const cookie = [...cookies.map(({ name, value }) => `${name}=${value}`), 'ipms-language=en'].join('; ');
  const answer = await fetch(new URL(path, page.url()), { headers: { cookie } });
  if (answer.status >= 500) throw new Error(`${path} is not there in English: ${answer.status}`);
  const html = JSON.stringify(await answer.text());
  const language = await page.evaluate<string>(`{
    const english = new DOMParser().parseFromString(${html}, 'text/html');
    english.querySelectorAll('[data-print]').forEach((each) => { each.hidden = false; }); // as site.js does
    english.querySelectorAll('main details').forEach((each) => { each.open = true; });
    window.bodies.push(document.adoptNode(english.body));
    english.documentElement.lang;
  }`);
  if (language !== 'en') throw new Error(`${path} is not in English`);
}

/** The page is left with the body that it came with. */
const ROOM_IN_EACH = `[...window.bodies].reverse().flatMap((body) => {
  document.body.replaceWith(body);
  document.documentElement.lang = body === window.bodies[0] ? 'ms' : 'en';
  return ${ROOM};
})`;

/** Colours do not depend on the width, and comparing them takes most of the time. */
const SEEN_WIDE = { 'color-contrast': { enabled: false } };

const FRAME = ['body > header', '.menu-switch', '#menu', 'body > .foot'].map((part) => [part]);

async function violations(page: Page, exclude: string[][], rules = {}) {
  const asked = JSON.stringify({ resultTypes: ['violations'], rules });
  const found = await page.evaluate<Violation[]>(
    `axe.run({ exclude: ${JSON.stringify(exclude)} }, ${asked}).then((result) => result.violations)`,
  );
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`,
  );
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
