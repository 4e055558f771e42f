import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Test } from 'tap';
import type { Language } from '../../src/texts.ts';
import { LANGUAGES, NARROW, openBrowser, WIDE } from './browser.ts';
import { fillableForms, sendEmpty } from './forms.ts';
import { lookAs, type RoleName, startPlace } from './roles.ts';
import { ROOM } from './room.ts';
import { isWide } from './wide-font.ts';

const AXE = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');
const HEIGHT = 860;
/** The narrowest that WCAG 1.4.10 asks for, a phone, a screen of 1280 at 200 %, and the least room beside a menu. */
const WIDTHS = [320, NARROW, 640, 1024];

type Violation = { id: string; nodes: { html: string; failureSummary: string }[] };

/** What must hold on each page that these roles see, in both languages, and on each form that was refused, in the first of them. */
export async function lookAtEveryPage(t: Test, roles: RoleName[], languages: readonly Language[] = LANGUAGES) {
  const [place, browser] = await Promise.all([startPlace(), openBrowser({ wide: true })]);
  t.teardown(() => Promise.all([place.stop(), browser.close()]));
  for (const role of roles)
    for (const language of languages)
      await t.test(`${role}, ${language}`, async (t) => {
        const refused = new Set<string>();
        await lookAs(browser, place, role, { width: WIDE, language }, async ({ context, pages }) => {
          const page = await context.newPage();
          t.ok(await isWide(page), 'the font is the wide one');
          const heard = listen(context, page, place.base);
          t.ok(pages.length > 0, 'there are pages');
          const looked = async (name: string, isFirst = false) => lookAt(t, page, name, language, isFirst);
          for (const [at, { name, path }] of pages.entries()) {
            await page.goto(path);
            await looked(name, at === 0);
            if (language !== LANGUAGES[0]) continue; // a refused page differs from its form by what the form says, which is the same markup
            const named = (await fillableForms(page)).map((form) => ({
              ...form,
              name: form.action.replace(/\d+/g, ':id'),
            }));
            let isShown = true;
            for (const { index, name: form } of named) {
              if (refused.has(form)) continue;
              refused.add(form);
              if (!isShown) await page.goto(path);
              isShown = false;
              const isRefused = await sendEmpty(page, index);
              if (isRefused) await looked(`${name}, ${form} refused`);
              if (!isRefused) break; // it was taken: the page may have other forms now
            }
          }
          t.strictSame(heard(), [], 'nothing went wrong in the browser, and nothing was asked of another place');
          await page.close();
        });
      });
}

/**
 * Axe looks at each page once wide and once narrow, once in each language: the four together find no more, and take twice
 * as long. The frame with its menu is the same on all of a role's pages: it is looked at on the first.
 */
async function lookAt(t: Test, page: Page, name: string, language: Language, isFirst: boolean) {
  const without = isFirst ? [] : FRAME;
  await page.evaluate(`document.querySelectorAll('main details').forEach((each) => { each.open = true; })`);
  await page.evaluate(AXE);
  if (language === 'ms') t.strictSame(await violations(page, without), [], `${name}: axe finds nothing, wide`);
  const hasRoom = async (width: number) =>
    t.strictSame(await page.evaluate<string[]>(ROOM), [], `${name}: everything has room at ${width}`);
  await hasRoom(WIDE);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    await hasRoom(width);
    if (width === NARROW && language === 'en')
      t.strictSame(await violations(page, without, SEEN_WIDE), [], `${name}: axe finds nothing, narrow`);
  }
  await page.setViewportSize({ width: WIDE, height: HEIGHT });
}

/** Colours do not depend on the width, and comparing them takes most of the time. */
const SEEN_WIDE = { 'color-contrast': { enabled: false } };

const FRAME = ['body > header', '#menu', 'body > .foot'].map((part) => [part]);

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
