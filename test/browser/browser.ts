import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../src/demo/seed.ts';
import { wideFonts } from './wide-font.ts';

/** The first is the same Chromium without windows: it takes a fifth less time. */
const USUAL = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const WIDE = 1366;
export const NARROW = 360;
export const LANGUAGES = ['ms', 'en'] as const;

export type Seen = { width?: number; language?: (typeof LANGUAGES)[number]; scripts?: boolean };

/** The browser that the pages are looked at in, or undefined where there is none. */
export function chromiumPath() {
  return process.env.CHROMIUM || USUAL.find((path) => existsSync(path));
}

/**
 * @param wide with a wide font, and none of those that happen to be installed
 * @param path another browser than the usual one; it may be an old one
 * @throws Error that says what to install when there is no Chromium
 */
export async function openBrowser({ wide = false, path }: { wide?: boolean; path?: string } = {}): Promise<Browser> {
  const executablePath = path ?? chromiumPath();
  if (executablePath === undefined)
    throw new Error(
      'Install Debian\'s package "chromium-headless-shell" or "chromium", or set CHROMIUM to the path of a Chromium or Chrome.',
    );
  const fonts = wide ? wideFonts() : null;
  const browser = await chromium.launch({
    executablePath,
    ...(fonts === null ? {} : { env: { ...process.env, FONTCONFIG_FILE: fonts.configuration } }),
    args: [
      '--no-sandbox',
      ...(path === undefined ? [] : ['--disable-gpu']), // it comes without what draws in three dimensions
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-features=RenderDocument', // a new frame for each page takes a third more
    ],
  });
  browser.on('disconnected', () => fonts?.remove());
  return browser;
}

/** A browser of its own kind: nothing in it is shared with another. */
export async function openContext(browser: Browser, base: string, seen: Seen = {}): Promise<BrowserContext> {
  const width = seen.width ?? WIDE;
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width, height: width > 600 ? 860 : 740 },
    javaScriptEnabled: seen.scripts ?? true,
  });
  context.setDefaultTimeout(15_000);
  if (seen.language) await context.addCookies([{ name: 'ipms-language', value: seen.language, url: base }]);
  return context;
}

/** Signs in through the page, as a person does. */
export async function signIn(page: Page, login: string, password = DEMO_PASSWORD) {
  await page.goto('/login');
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await Promise.all([page.waitForURL((url) => url.pathname !== '/login'), page.click('main form button.main')]);
}
