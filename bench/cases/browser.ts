import type { Browser, Page } from 'playwright-core';
import { chromiumPath, openBrowser, openContext } from '../../test/browser/browser.ts';
import { weigh } from '../../test/browser/weigh.ts';
import { type Case, type Figure, kilobytes, median, milliseconds } from '../case.ts';
import { signIn } from '../visitor.ts';

const ROUNDS = 3;
const FIRST = { bytes: 14 * 1024, requests: 4, paint: 600 };
const NEXT = { bytes: 8 * 1024, requests: 1, paint: 400 };
/** 512 kbit/s and 150 ms, in bytes a second and milliseconds. */
const LINE = { offline: false, latency: 150, downloadThroughput: 64_000, uploadThroughput: 64_000 };

const VIEWS = [
  { login: null, first: '/', next: '/access-code-requests/new' },
  { login: 'admin.jabatan', first: '/admin', next: '/admin/access-codes' },
  { login: 'pegawai.jabatan', first: '/me', next: '/me/password' },
];

/** Quality §5: bytes and requests of a first view and of the next page, and the first paint on a slow line. */
export const inBrowser: Case = {
  name: 'browser',
  async run({ ipms }) {
    if (chromiumPath() === undefined) return [{ what: 'weights and first paint', figure: 'no Chromium here' }];
    const browser = await openBrowser();
    const base = `http://127.0.0.1:${ipms.port}`;
    const figures: Figure[] = [];
    for (const { login, first, next } of VIEWS) {
      const cookie = login === null ? '' : await signIn(ipms.port, login);
      const page = await freshPage(browser, base, cookie);
      figures.push(weightOf(`${first}, first view`, await weigh(page, first), FIRST));
      figures.push(weightOf(`${next}, the page after`, await weigh(page, next), NEXT));
      await page.context().close();
      figures.push(...(await paints(browser, base, cookie, first, next)));
    }
    await browser.close();
    return figures;
  },
};

async function freshPage(browser: Browser, base: string, cookie: string) {
  const context = await openContext(browser, base);
  for (const each of cookie.split('; ').filter(Boolean)) {
    const at = each.indexOf('=');
    await context.addCookies([{ name: each.slice(0, at), value: each.slice(at + 1), url: base }]);
  }
  return context.newPage();
}

type Most = typeof FIRST;

function weightOf(what: string, weight: { bytes: number; requests: string[] }, most: Most): Figure {
  return {
    what,
    figure: `${kilobytes(weight.bytes)} in ${weight.requests.length} requests`,
    target: `<= ${kilobytes(most.bytes)}, ${most.requests}`,
    ok: weight.bytes <= most.bytes && weight.requests.length <= most.requests,
  };
}

async function paints(browser: Browser, base: string, cookie: string, first: string, next: string) {
  const taken = { first: [] as number[], next: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await freshPage(browser, base, cookie);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', LINE);
    taken.first.push(await firstPaint(page, first));
    taken.next.push(await firstPaint(page, next));
    await page.context().close();
  }
  const line = (what: string, values: number[], most: number): Figure => ({
    what,
    figure: milliseconds(median(values)),
    target: `<= ${milliseconds(most)}`,
    ok: median(values) <= most,
  });
  return [
    line(`${first}, first paint at 512 kbit/s and 150 ms`, taken.first, FIRST.paint),
    line(`${next}, first paint after that`, taken.next, NEXT.paint),
  ];
}

async function firstPaint(page: Page, path: string) {
  await page.goto(path, { waitUntil: 'networkidle' });
  return page.evaluate<number>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
}
