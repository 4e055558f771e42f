import { createHash } from 'node:crypto';
import { type HTMLElement, parse } from 'node-html-parser';
import type { App } from '../../src/web/app-types.ts';

export type FoundPage = { name: string; path: string };

/** Routes that answer with something else than a page for people. */
const NO_PAGES = /^\/(public|healthz|metrics)\b|\.\w+$|\*/;

/**
 * Finds every page that somebody may see: each GET route that shows one, with `:id` filled from the links on the pages
 * that were found before. Of each list, one row of every state is followed.
 * @param cookie of a signed-in browser, or ''
 * @param more addresses that no page leads to, and what they are called
 */
export async function findPages(app: App, cookie: string, more: FoundPage[] = []): Promise<FoundPage[]> {
  const routes = new Set(
    app.routePatterns
      .filter((route) => route.method === 'GET' && !NO_PAGES.test(route.url))
      .map((route) => ({ ...route, fixed: !route.url.includes(':') }))
      .sort((one, other) => Number(other.fixed) - Number(one.fixed)),
  );
  const routeOf = (path: string) => [...routes].find((route) => route.pattern.test(path.split('?')[0] ?? ''));
  const names = new Map(more.map(({ path, name }) => [path, name]));
  const found = new Map<string, FoundPage>();
  const contents = new Set<string>();
  const queue = [...routes].flatMap((route) => (route.fixed ? [route.url] : [])).concat(...names.keys());
  const asked = new Set(queue);
  const add = (path: string) => {
    if (!asked.has(path)) queue.push(path);
    asked.add(path);
  };

  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const route = routeOf(path);
    if (route === undefined && !names.has(path)) continue;
    const answer = await app.inject({ url: path, headers: { cookie } });
    const isPage = String(answer.headers['content-type']).startsWith('text/html');
    if (!isPage || (answer.statusCode !== 200 && !names.has(path))) continue;
    const dom = parse(answer.body);
    const name = names.get(path) ?? nameOf(route?.url ?? '', route?.fixed ? '' : stateOf(dom), path);
    const content = contentOf(dom, path);
    if (found.has(name) || contents.has(content)) continue;
    contents.add(content);
    found.set(name, { name, path });
    for (const link of linksWorthFollowing(dom)) add(link);
    if (route !== undefined && !route.fixed)
      for (const deeper of routes)
        if (deeper.url.startsWith(`${route.url}/`) && !deeper.url.slice(route.url.length).includes(':'))
          add(path.split('?')[0] + deeper.url.slice(route.url.length));
  }
  return [...found.values()];
}

const stateOf = (dom: HTMLElement) => dom.querySelector('main .tag')?.textContent ?? '';

/**
 * Two addresses may show the very same: an item's page, and that with one of its forms open. The procedure that stands at
 * its head, and the address that its list leads back to, make no other page of it.
 */
function contentOf(dom: HTMLElement, path: string) {
  const html = (dom.querySelector('main')?.innerHTML ?? '')
    .replace(/name="_csrf" value="[^"]*"|(?<=<details[^>]*) open\b|(?<=<abbr) title="[^"]*">SOP [\d.]+(?=<)/g, '')
    .replaceAll(`href="${path}?`, 'href="?');
  return createHash('sha256').update(html).digest('base64url');
}

/** `/admin/access-codes/:id` in a state becomes `admin-access-codes-id-dikeluarkan`. */
function nameOf(url: string, state: string, path: string) {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
  const query = path.includes('?') ? `-${plain(path.split('?')[1] ?? '').slice(0, 30)}` : '';
  return [plain(url) || 'home', plain(state)].filter(Boolean).join('-') + query;
}

/** The links of the page itself, but of a table's rows only the first of each state; no file, no sorting, no paging. */
function linksWorthFollowing(dom: HTMLElement) {
  const main = dom.querySelector('main');
  const states = new Set<string>();
  for (const row of main?.querySelectorAll('tbody tr') ?? []) {
    const state = row.querySelector('.tag')?.textContent ?? '';
    if (states.has(state)) row.remove();
    states.add(state);
  }
  return (main?.querySelectorAll('a[href]') ?? [])
    .filter((link) => !link.closest('thead, .pager, .timeline') && !link.hasAttribute('download'))
    .map((link) => link.getAttribute('href') ?? '')
    .filter((href) => /^\/[^/]/.test(href) && !/format=csv/.test(href))
    .map((href) => href.split('#')[0] ?? href);
}
