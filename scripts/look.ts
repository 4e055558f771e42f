// Takes a picture of every page of the demo, for each role, wide and narrow, in both languages, with scripts off:
// look/<role>/<page>-<width>-<language>.png. Arguments narrow it to the pages whose name contains one of them.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { AMINAH, answerWithCode, askForCode, GANESH } from '../test/browser/applying.ts';
import { LANGUAGES, NARROW, openBrowser, WIDE } from '../test/browser/browser.ts';
import { fillableForms, sendEmpty } from '../test/browser/forms.ts';
import { lookAs, ROLE_NAMES, type RoleName, startPlace } from '../test/browser/roles.ts';

const FOLDER = join(import.meta.dirname, '../look');
const only = process.argv.slice(2);
const wanted = (name: string) => only.length === 0 || only.some((part) => name.includes(part));

const [place, browser] = await Promise.all([startPlace(), openBrowser()]);
const files: string[] = [];
if (only.length === 0) rmSync(FOLDER, { recursive: true, force: true });
try {
  for (const role of ROLE_NAMES) for (const language of LANGUAGES) await lookAround(role, language);
} finally {
  await browser.close();
  await place.stop();
}
console.log(files.sort().join('\n'));

async function lookAround(role: RoleName, language: (typeof LANGUAGES)[number]) {
  mkdirSync(join(FOLDER, role), { recursive: true });
  const refused = new Set<string>();
  await lookAs(browser, place, role, { language, scripts: false }, async ({ context, pages }) => {
    const page = await context.newPage();
    for (const { name, path } of pages) {
      if (!wanted(name)) continue;
      await page.goto(path);
      await takePictures(page, role, name, language);
      for (const { index, action } of await fillableForms(page)) {
        const form = action.replace(/\d+/g, 'id').replace(/[^a-z]+/g, '-');
        if (refused.has(form)) continue;
        refused.add(form);
        // a form that may be left empty has acted, and with that the others are gone
        if (!(await fillableForms(page)).some((each) => each.index === index && each.action === action)) continue;
        if (await sendEmpty(page, index)) await takePictures(page, role, `${name}-refused${index || ''}`, language);
        await page.goto(path);
      }
    }
    if (role === 'admin' && wanted('access-code-slip')) await takeSlip(page, language);
    await page.close();
  });
}

/** The access code, shown once: on the page, and on paper. */
async function takeSlip(page: Page, language: string) {
  const applicant = language === 'ms' ? AMINAH : GANESH; // a person has one code
  await answerWithCode(page, await askForCode(page, applicant));
  await takePictures(page, 'admin', 'access-code-slip', language);
  await page.emulateMedia({ media: 'print' });
  await takePictures(page, 'admin', 'access-code-slip-printed', language);
}

async function takePictures(page: Page, role: RoleName, name: string, language: string) {
  for (const width of [WIDE, NARROW]) {
    const file = join('look', role, `${name}-${width}-${language}.png`);
    await page.setViewportSize({ width, height: width === WIDE ? 860 : 740 });
    await page.screenshot({ path: join(FOLDER, '..', file), fullPage: true });
    files.push(file);
  }
}
