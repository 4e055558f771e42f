import type { Page } from 'playwright-core';
import { type Test, t } from 'tap';
import {
  AMINAH,
  activate,
  allocateAndApprove,
  answerWithCode,
  askForCode,
  changePassword,
  confirmDetails,
  FIRST_PASSWORD,
  GANESH,
  register,
  send,
  signInWithCode,
} from './applying.ts';
import { openBrowser, openContext, signIn } from './browser.ts';
import { startDemo } from './installed.ts';
import { SIGN_INS } from './roles.ts';

// Interface: every form works with scripts off; SOP 4.1 to 4.6 and 4.20 as people walk through them

const NEXT_PASSWORD = 'Angin$Kencang2027';

const [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
t.after(() => Promise.all([browser.close(), demo.stop()]));

for (const scripts of [true, false])
  t.test(`with scripts ${scripts ? 'on' : 'off'}`, async (t) => {
    await t.test('everybody signs in, and out again', (t) => signInAndOut(t, scripts));
    await t.test('the language is kept', (t) => languageIsKept(t, scripts));
    await t.test('from the request for a code to the changed password', (t) => requestToPassword(t, scripts));
  });

async function signInAndOut(t: Test, scripts: boolean) {
  for (const [role, login] of Object.entries(SIGN_INS)) {
    const context = await openContext(browser, demo.base, { scripts });
    const page = await context.newPage();
    await signIn(page, login);
    t.match(await page.textContent('header .me'), /\S/, `${role} is named`);
    const inside = page.url();
    await page.click('form[action="/logout"] button');
    await page.waitForURL(`${demo.base}/`);
    await page.goto(inside);
    t.equal(new URL(page.url()).pathname, '/login', `${role} is out`);
    await context.close();
  }
}

async function languageIsKept(t: Test, scripts: boolean) {
  const context = await openContext(browser, demo.base, { scripts });
  const page = await context.newPage();
  await page.goto('/login');
  t.equal(await page.getAttribute('html', 'lang'), 'ms');
  await page.click('button[name=language]');
  await page.waitForSelector('html[lang=en]');
  t.equal(new URL(page.url()).pathname, '/login', 'the switch comes back to the page');
  await page.goto('/');
  t.equal(await page.getAttribute('html', 'lang'), 'en');
  await signIn(page, 'pegawai.jabatan');
  t.equal(await page.getAttribute('html', 'lang'), 'en', 'also after signing in');
  await context.close();
}

async function requestToPassword(t: Test, scripts: boolean) {
  const applicant = scripts ? AMINAH : GANESH;
  const visitor = await openContext(browser, demo.base, { scripts });
  const applying = await visitor.newPage();
  const admin = await openContext(browser, demo.base, { scripts });
  const desk = await admin.newPage();
  const reference = await askForCode(applying, applicant);

  await signIn(desk, SIGN_INS.admin);
  const code = await answerWithCode(desk, reference);
  t.match(code, /^[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}$/, 'SOP 4.1 and 4.2: the code is made');
  t.equal(await desk.isVisible('[data-print]'), scripts, 'a button that needs scripts is there with scripts only');
  await lookAtPaper(t, desk, code);
  await desk.reload();
  t.notMatch(await desk.content(), code, 'the code is shown once');

  await signInWithCode(applying, applicant, code);
  await confirmDetails(applying);
  await register(applying);
  t.equal(new URL(applying.url()).pathname, '/register/status', 'SOP 4.3: registered');

  await allocateAndApprove(desk, applicant);
  t.match(await desk.textContent('.flash'), applicant.contact_email, 'SOP 4.5 and 4.6: approved, and mailed');

  const login = await activate(applying);
  t.equal(new URL(applying.url()).pathname, '/login', 'SOP 4.6: the first password is set');
  await signIn(applying, login, FIRST_PASSWORD);
  await changePassword(applying, FIRST_PASSWORD, NEXT_PASSWORD);
  t.equal(await applying.locator('.flash').count(), 1, 'SOP 4.20: the password is changed');
  await send(applying, 'form[action="/logout"] button');
  await signIn(applying, login, NEXT_PASSWORD);
  t.match(await applying.textContent('header .me'), applicant.full_name);
  await Promise.all([visitor.close(), admin.close()]);
}

/** SOP 4.2: the slip with the access code, printed. */
async function lookAtPaper(t: Test, page: Page, code: string) {
  await page.emulateMedia({ media: 'print' });
  const beside = await page.evaluate<string[]>(
    `[...document.querySelectorAll('body *')].filter((each) => each.checkVisibility() && each.childElementCount === 0
      && each.textContent.trim() !== '' && each.closest('.slip') === null).map((each) => each.outerHTML)`,
  );
  t.strictSame(beside, [], 'the printed page is the slip and nothing else');
  t.ok(await page.isVisible(`.slip >> text=${code}`));
  t.notOk(await page.isVisible('.slip button'), 'no button on paper');
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  t.equal(pdf.match(/\/Type\s*\/Page\b/g)?.length, 1, 'it fills one sheet');
  await page.emulateMedia({ media: 'screen' });
}
