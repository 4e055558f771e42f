import { t } from 'tap';
import { AMINAH, answerWithCode, askForCode } from './applying.ts';
import { openBrowser, openContext, signIn } from './browser.ts';
import { startDemo } from './installed.ts';

// What site.js adds for whoever has scripts; each page is whole without it

const [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
t.teardown(() => Promise.all([browser.close(), demo.stop()]));
const context = await openContext(browser, demo.base);
const page = await context.newPage();
await signIn(page, 'admin.jabatan');

t.test('a password is shown to whoever wants to see it, and its rules are ticked while it is typed', async (t) => {
  await page.goto('/me/password');
  const field = page.locator('[name=new_password]');
  const met = () => page.locator('.rules .met').count();
  await field.fill('abc');
  t.equal(await met(), 0);
  await field.fill('Dua belas 12 @');
  t.equal(await met(), 4);
  t.equal(await field.getAttribute('type'), 'password');
  await page.locator('.field', { has: field }).getByLabel('Tunjuk katalaluan').check();
  t.equal(await field.getAttribute('type'), 'text');
});

t.test('whether an address can be used is said while it is typed', async (t) => {
  await page.goto('/admin/account-requests/new');
  for (const [typed, said] of [
    ['kumaran.muniandy', 'Alamat ini tidak boleh digunakan'],
    ['nama.yang.baharu', 'Alamat ini boleh digunakan'],
  ] as const) {
    await page.fill('[name=primary_email]', typed);
    await page.getByText(said).waitFor({ state: 'visible' });
  }
  t.equal(await page.inputValue('[name=primary_email]'), 'nama.yang.baharu');
});

t.test('boxes are ticked at once, and what a search does not find is put aside', async (t) => {
  await page.goto('/admin/groups/5/members');
  const boxes = page.locator('td input[type=checkbox]');
  t.ok((await boxes.count()) > 1);
  await page.getByLabel('Pilih semua di halaman ini').check();
  t.equal(await page.locator('td input:checked').count(), await boxes.count());
  await page.goto('/admin/groups/new');
  await page.locator('.picked .choice', { hasText: 'Kumaran' }).getByRole('checkbox').check();
  await page.fill('main [name=q]', 'hasnah');
  const left = await page.locator('.picked .choice:visible').allInnerTexts();
  t.equal(left.length, 2, 'what it finds, and what is ticked');
  t.match(left.join(), /Hasnah.*Kumaran/s);
});

t.test('what was typed and not sent is not left behind without a question', async (t) => {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    dialog.accept();
  });
  await page.goto('/admin/tickets/new');
  asked.length = 0;
  await page.locator('[name=subject]').pressSequentially('Saiz');
  await page.goto('/admin/mailboxes');
  t.strictSame(asked, ['beforeunload']);
  await page.locator('main [name=q]').pressSequentially('a');
  await page.goto('/admin/tickets/new');
  await page.locator('[name=subject]').pressSequentially('Saiz');
  await Promise.all([page.waitForNavigation(), page.click('main button.main')]);
  t.strictSame(asked, ['beforeunload'], 'not of a search, nor of what is sent');
});

t.test('a code is copied with one press', async (t) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await answerWithCode(page, await askForCode(page, AMINAH));
  await page.getByRole('button', { name: 'Salin' }).click();
  await page.getByRole('button', { name: 'Telah disalin' }).waitFor();
  t.equal(await page.evaluate('navigator.clipboard.readText()'), (await page.textContent('.code'))?.trim());
});
