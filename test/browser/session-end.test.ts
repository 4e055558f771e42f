import { t } from 'tap';
import { openBrowser, openContext, signIn } from './browser.ts';
import { startDemo } from './installed.ts';

// What site.js adds: the end of the session is said before it comes, and the pages work without it, too

const [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
t.teardown(() => Promise.all([browser.close(), demo.stop()]));

t.test('two minutes before the session ends the page says so, and the person goes on with it', async (t) => {
  const context = await openContext(browser, demo.base);
  const page = await context.newPage();
  await page.clock.install();
  await signIn(page, 'admin.jabatan');
  await page.goto('/admin/groups/new');
  await page.fill('[name=display_name]', 'Panitia Ujian');
  const notice = page.locator('.ending');
  await page.clock.fastForward('25:00');
  t.notOk(await notice.isVisible(), 'not five minutes before');
  await page.clock.fastForward('03:30');
  await notice.waitFor({ state: 'visible' });
  t.ok(await notice.getByText('akan tamat dalam masa dua minit kerana').isVisible());
  await notice.getByRole('button', { name: 'Teruskan sesi' }).click();
  await notice.waitFor({ state: 'hidden' });
  t.equal(await page.inputValue('[name=display_name]'), 'Panitia Ujian', 'what was typed is still there');
  await page.clock.fastForward('31:00');
  await notice.waitFor({ state: 'visible' });
  t.ok(await notice.getByText('Sesi anda telah tamat').isVisible());
  await context.close();
});

t.test('a sign-out in another tab is noticed when the session is to go on', async (t) => {
  const context = await openContext(browser, demo.base);
  const page = await context.newPage();
  await page.clock.install();
  await signIn(page, 'admin.jabatan');
  await page.clock.fastForward('29:00');
  await context.clearCookies();
  const notice = page.locator('.ending');
  await notice.getByRole('button').click();
  await notice.getByText('Sesi anda telah tamat').waitFor({ state: 'visible' });
  t.notOk(await notice.getByRole('button').isVisible());
  await context.close();
});

t.test('Enter in the search of a form searches, and the answer is in sight', async (t) => {
  const context = await openContext(browser, demo.base);
  const page = await context.newPage();
  await signIn(page, 'admin.jabatan');
  for (const field of ['q', 'display_name']) {
    await page.goto('/admin/groups/new');
    await page.fill('[name=display_name]', 'Panitia Ujian');
    if (field === 'q') await page.fill('main [name=q]', 'pegawai');
    await Promise.all([page.waitForNavigation(), page.press(`main [name=${field}]`, 'Enter')]);
    t.equal(await page.locator('.summary').count(), field === 'q' ? 0 : 1, `${field}: searched, or refused`);
    t.equal(await page.inputValue('[name=display_name]'), 'Panitia Ujian');
    if (field === 'q')
      t.ok(await page.evaluate("document.querySelector('.picked').getBoundingClientRect().top < innerHeight"));
  }
  await context.close();
});
