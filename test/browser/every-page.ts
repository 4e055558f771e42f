import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Test } from 'tap';
import { NARROW, openBrowser, WIDE } from './browser.ts';
import { fillableForms, sendEmpty } from './forms.ts';
import { lookAs, type RoleName, startPlace } from './roles.ts';
import { FIRST_FIELD, ROOM } from './room.ts';
import { isWide } from './wide-font.ts';

const AXE = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');
/** Given to each page by the browser itself: sent with every look, it costs as much as half the look. It is read where it is called. */
const LOAD_AXE = `window.loadAxe = () => { ${AXE} };`;
const HEIGHT = 860;
/** The narrowest that WCAG 1.4.10 asks for, a phone, a screen of 1280 at 200 %, and the least room beside a menu. */
const WIDTHS = [320, NARROW, 640, 1024, WIDE];

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
        await page.addInitScript(LOAD_AXE);
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
  await page.evaluate(`loadAxe(); document.querySelectorAll('main details').forEach((each) => { each.open = true; })`);
  t.strictSame(await violations(page, isFirst ? [] : FRAME), [], `${name}: axe finds nothing, wide`);
  if (isFirst) {
    await page.setViewportSize({ width: NARROW, height: HEIGHT });
    t.strictSame(await violations(page, []), [], `${name}: axe finds nothing, narrow`);
    await page.setViewportSize({ width: WIDE, height: HEIGHT });
  }
  const english = path === undefined ? null : await fetchEnglish(page, path);
  const isWritten = path !== undefined && OWN_FORM.test(path);
  t.strictSame(
    await page.evaluate<string[]>(measure(english, isWritten)),
    [],
    `${name}: everything has room at each width`,
  );
}

/**
 * Where officers and applicants write without having to read first: details are read before they are confirmed, a request
 * before it is answered, and what an authenticator is to scan stands before the field for its code.
 */
const OWN_FORM = /^\/(?!admin|helpdesk)(?!register\/confirm|me\/list-requests\/|me\/second-factor)/;

async function fetchEnglish(page: Page, path: string) {
  const cookies = (await page.context().cookies()).filter(({ name }) => name !== 'ipms-language');
  const cookie = [...cookies.map(({ name, value }) => `${name}=${value}`), 'ipms-language=en'].join('; ');
  const answer = await fetch(new URL(path, page.url()), { headers: { cookie } });
  const html = await answer.text();
  if (answer.status >= 500 || !html.includes('<html lang="en"')) throw new Error(`${path} is not there in English`);
  return html;
}

/**
 * The page as it stands, and the same in English, take turns in one frame that is made wide and narrow: the browser's own
 * window would be drawn anew for each width, and loading a page again in English would take most of the time.
 */
const measure = (english: string | null, isWritten: boolean) => `(async () => {
  const bodies = [document.body.cloneNode(true)];
  const html = ${JSON.stringify(english)};
  if (html !== null) bodies.push(new DOMParser().parseFromString(html, 'text/html').body);
  const frame = document.createElement('iframe');
  frame.style = 'position: absolute; border: 0; height: ${HEIGHT}px';
  document.body.append(frame);
  const inside = frame.contentDocument;
  inside.open();
  inside.write('<!doctype html>' + document.head.outerHTML.replace(/<script.*?<\\/script>/gs, ''));
  const loaded = new Promise((resolve) => { frame.onload = resolve; });
  inside.close();
  await loaded;
  const found = [];
  for (const [at, body] of bodies.entries()) {
    body.querySelectorAll('main details').forEach((each) => { each.open = true; });
    body.querySelectorAll('[data-print]').forEach((each) => { each.hidden = false; }); // as site.js does
    inside.body.replaceWith(inside.adoptNode(body));
    inside.documentElement.lang = ['ms', 'en'][at];
    for (const width of ${JSON.stringify(WIDTHS)}) {
      frame.style.width = width + 'px';
      if (width === ${NARROW} && ${isWritten}) found.push(...${FIRST_FIELD}(inside).map((each) => inside.documentElement.lang + ': ' + each));
      found.push(...${ROOM}(inside).map((each) => width + ' px, ' + inside.documentElement.lang + ': ' + each));
    }
  }
  frame.remove();
  return found;
})()`;

/** Comparing colours takes most of axe's time: it is done once for all that looks alike. */
const COLOURS = 'color-contrast';

/**
 * Texts whose element, and all that it stands in, have the same names, classes and states as one that was looked at have
 * the same colours. They do not depend on the width, and hardly on the page: the tab remembers which were seen.
 */
const FRESH = `[...document.querySelectorAll('body *')].filter((element) => {
  const hasText = [...element.childNodes].some((each) => each.nodeType === 3 && each.data.trim() !== '');
  if (!hasText && !element.matches('input, select, textarea')) return false;
  let kind = '';
  for (let each = element; each !== null; each = each.parentElement)
    kind += each.localName + [...each.attributes].map(({ name, value }) =>
      '.' + name + (/^(class|type|role)$|^aria-(current|sort|invalid|expanded)$/.test(name) ? value : '')).join('') + '<';
  if (sessionStorage.getItem(kind) !== null) return false;
  sessionStorage.setItem(kind, '');
  return true;
})`;

const FRAME = ['body > header', '.menu-switch', '#menu', 'body > .foot'].map((part) => [part]);

async function violations(page: Page, exclude: string[][]) {
  const found = await page.evaluate<Violation[]>(`(async () => {
    const { violations } = await axe.run(
      { exclude: ${JSON.stringify(exclude)} },
      { resultTypes: ['violations'], rules: { '${COLOURS}': { enabled: false } } },
    );
    const include = ${FRESH};
    if (include.length === 0) return violations;
    const colours = await axe.run({ include }, { resultTypes: ['violations'], runOnly: ['${COLOURS}'] });
    return [...violations, ...colours.violations];
  })()`);
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
