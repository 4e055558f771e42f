import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { NARROW, openContext, WIDE } from './browser.ts';
import { FIRST_FIELD, ROOM } from './room.ts';

const AXE = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');
const HEIGHT = 860;
/** The narrowest that WCAG 1.4.10 asks for, a phone, a screen of 1280 at 200 %, and the least room beside a menu. */
const WIDTHS = [320, NARROW, 640, 1024, WIDE];

/** A page as it stands, where it stands. */
export type Sheet = { html: string; path: string };
type Violation = { id: string; nodes: { html: string; failureSummary: string }[] };

/**
 * Where pages are laid to be looked at: two tabs that stay, one for axe and one to measure in. What looks is read once and soon
 * runs quickly; in a tab that goes from page to page it would begin anew with each, and take three times as long.
 */
export type Desk = {
  /** What axe finds. With the frame, the menu around the page is looked at, too, and all once more where it is narrow. */
  violations(sheet: Sheet, options: { frame: boolean }): Promise<{ wide: string[]; narrow: string[] }>;
  /** What has no room, at each width, in each language that is given. */
  tooNarrow(languages: string[], isWritten: boolean): Promise<string[]>;
};

/** Opens the desk in a browser of its own kind, at an address where the pages find their style. */
export async function openDesk(browser: Browser, base: string): Promise<Desk> {
  const context = await openContext(browser, base, { width: WIDE });
  const [glass, ruler] = [await context.newPage(), await context.newPage()];
  for (const page of [glass, ruler]) await page.goto('/');
  await glass.evaluate(`${AXE}; ${GLASS}`);
  await ruler.evaluate(RULER);
  const look = async (frame: boolean) =>
    said(await glass.evaluate((frame) => (globalThis as unknown as InGlass).look(frame), frame));
  return {
    async violations(sheet, { frame }) {
      await glass.evaluate((sheet) => (globalThis as unknown as InGlass).lay(sheet), sheet);
      const wide = await look(frame);
      if (!frame) return { wide, narrow: [] };
      await glass.setViewportSize({ width: NARROW, height: HEIGHT });
      const narrow = await look(frame);
      await glass.setViewportSize({ width: WIDE, height: HEIGHT });
      return { wide, narrow };
    },
    tooNarrow: (languages, isWritten) =>
      ruler.evaluate(({ languages, isWritten }) => (globalThis as unknown as InRuler).measure(languages, isWritten), {
        languages,
        isWritten,
      }),
  };
}

/** What the tabs have been taught. */
type InGlass = { lay(sheet: Sheet): void; look(frame: boolean): Promise<Violation[]> };
type InRuler = { measure(languages: string[], isWritten: boolean): string[] };

const said = (found: Violation[]) =>
  found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`);

/** A page is taken out of its text; its scripts have run, where it was opened, and do not run again. */
const PAGE = `window.pageOf = (html) => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  page.querySelectorAll('main details').forEach((each) => { each.open = true; });
  page.querySelectorAll('[data-print], [data-extra]').forEach((each) => { each.hidden = false; }); // as site.js does
  return page;
};`;

/** Comparing colours takes most of axe's time: it is done once for all that looks alike. */
const COLOURS = 'color-contrast';
const FRAME = ['body > header', '.menu-switch', '#menu', 'body > .foot'];

/**
 * Texts whose element, and all that it stands in, have the same names, classes and states as one that was looked at have
 * the same colours. They do not depend on the width, and hardly on the page: the tab remembers which were seen. Of the
 * attributes those count that the style asks for, and those that a browser's own does.
 *
 * The style stays where it is from page to page, with all else of the document it takes turns.
 */
const GLASS = `${PAGE}
const kinds = new Set();
const rules = [...document.styleSheets].flatMap((each) => [...each.cssRules]).map((each) => each.cssText).join(' ');
const asked = new Set(['class', 'href', 'checked', 'disabled', 'open', 'hidden', 'placeholder', 'readonly', 'color', 'bgcolor', 'style', 'fill']);
for (const [, name] of rules.matchAll(/\\[([\\w-]+)/g)) asked.add(name);
const told = /^(class|type|style|fill|color|bgcolor)$|^aria-/;
const ownKind = (each) => each.localName + [...each.attributes].map(({ name, value }) =>
  name === 'id' && rules.includes('#' + value) ? '#' + value :
  !asked.has(name) ? '' : '.' + name + (told.test(name) ? value : '')).join('');
window.fresh = () => {
  const found = [];
  const walk = (element, above) => {
    const kind = above + '<' + ownKind(element);
    const hasText = [...element.childNodes].some((each) => each.nodeType === 3 && each.data.trim() !== '');
    if ((hasText || element.matches('input, select, textarea')) && !kinds.has(kind) && element.checkVisibility()) {
      kinds.add(kind);
      found.push(element);
    }
    for (const each of element.children) walk(each, kind);
  };
  walk(document.body, '');
  return found;
};
axe.configure({ rules: [{ id: '${COLOURS}', selector: '[data-fresh]' }] });
const isStyle = (each) => each.matches('link[rel=stylesheet], style');
const styles = (head) => [...head.children].filter(isStyle).map((each) => each.outerHTML).join();
window.lay = ({ html, path }) => {
  const page = pageOf(html);
  if (styles(page.head) !== styles(document.head)) throw new Error(path + ' has another style');
  history.replaceState(null, '', path);
  for (const each of [...document.head.children]) if (!isStyle(each)) each.remove();
  for (const each of [...page.head.children]) if (!isStyle(each)) document.head.append(each);
  const root = document.documentElement;
  for (const { name } of [...root.attributes]) root.removeAttribute(name);
  for (const { name, value } of page.documentElement.attributes) root.setAttribute(name, value);
  document.body.replaceWith(document.adoptNode(page.body));
};
window.look = async (frame) => {
  const marked = fresh();
  for (const each of marked) each.setAttribute('data-fresh', '');
  // a new colour in the frame, such as of the entry where one is, is looked at with the rest of it
  const whole = frame || marked.some((each) => each.closest('${FRAME.join()}'));
  const exclude = whole ? [] : ${JSON.stringify(FRAME.map((part) => [part]))};
  const { violations } = await axe.run({ exclude }, { resultTypes: ['violations'] });
  for (const each of marked) each.removeAttribute('data-fresh');
  return violations;
};`;

/**
 * The page and the same in English take turns in one frame that is made wide and narrow: the browser's own window would be
 * drawn anew for each width. It stands beside the screen, as nobody needs to see it.
 */
const RULER = `(async () => {
${PAGE}
const frame = document.createElement('iframe');
frame.style = 'position: absolute; left: -9999px; border: 0; height: ${HEIGHT}px';
document.body.replaceChildren(frame);
const inside = frame.contentDocument;
inside.open();
inside.write('<!doctype html>' + document.head.outerHTML.replace(/<script.*?<\\/script>/gs, ''));
const loaded = new Promise((resolve) => { frame.onload = resolve; });
inside.close();
await loaded;
const room = ${ROOM};
const firstField = ${FIRST_FIELD};
window.measure = (languages, isWritten) => {
  const found = [];
  for (const html of languages) {
    const page = pageOf(html);
    const lang = page.documentElement.lang;
    inside.documentElement.lang = lang;
    inside.body.replaceWith(inside.adoptNode(page.body));
    for (const width of ${JSON.stringify(WIDTHS)}) {
      frame.style.width = width + 'px';
      if (width === ${NARROW} && isWritten) found.push(...firstField(inside).map((each) => lang + ': ' + each));
      found.push(...room(inside).map((each) => width + ' px, ' + lang + ': ' + each));
    }
  }
  return found;
};
})()`;
