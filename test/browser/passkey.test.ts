import type { BrowserContext, Page } from 'playwright-core';
import { t } from 'tap';
import { DEMO_PASSWORD } from '../../src/demo/seed.ts';
import { openBrowser, openContext, signIn } from './browser.ts';
import { startDemo } from './installed.ts';

// Passkeys as Chromium makes them, with its virtual authenticator; and the pages where there are no scripts

const PLACE = '/me/second-factor';
const [demo, browser] = await Promise.all([startDemo({ host: 'localhost' }), openBrowser()]);
t.teardown(() => Promise.all([browser.close(), demo.stop()]));

/** A page whose browser has a device that knows its person, or one that does not. */
async function withDevice(context: BrowserContext, page: Page) {
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    credentials: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    know: (isUserVerified: boolean) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    clear: () => cdp.send('WebAuthn.clearCredentials', { authenticatorId }),
  };
}

t.test('a passkey is added, signs in without a password, and stands in place of the code', async (t) => {
  const context = await openContext(browser, demo.base);
  const page = await context.newPage();
  const device = await withDevice(context, page);
  await signIn(page, 'pegawai.jabatan');
  await page.goto(PLACE);
  t.notOk(await page.locator('[data-no-passkey]').isVisible(), 'the browser knows passkeys');
  await page.fill('[name=name]', 'Komputer riba');
  await page.getByRole('button', { name: 'Tambah kunci laluan' }).click();
  await page.getByText('Kunci laluan telah ditambah.').waitFor();
  t.equal(await page.locator('.codes code').count(), 10);
  t.match(await device.credentials(), [{ rpId: 'localhost', isResidentCredential: true }]);

  await page.fill('[name=name]', 'Sekali lagi');
  await page.getByRole('button', { name: 'Tambah kunci laluan' }).click();
  await page.locator('.problem.passkey').waitFor({ state: 'visible' });
  t.equal((await device.credentials()).length, 1, 'the same device is not added twice');

  await page.getByRole('button', { name: 'Log keluar' }).first().click();
  await page.goto('/login?next=/me/quota');
  await page.getByRole('button', { name: 'Log masuk dengan kunci laluan' }).click();
  await page.waitForURL((url) => url.pathname === '/me/quota'); // the address of the sign-in page ends so, too
  await page.goto(PLACE);
  t.notOk(await page.getByText('Belum digunakan').isVisible(), 'it was used');

  await page.getByRole('button', { name: 'Log keluar' }).first().click();
  await signIn(page, 'pegawai.jabatan');
  t.match(page.url(), /\/login\/code$/);
  const main = page.locator('main button.main');
  t.same(await main.allTextContents(), ['Guna kunci laluan'], 'one main button, what is nearest at hand');
  await page.getByRole('button', { name: 'Guna kunci laluan' }).click();
  await page.waitForURL('**/me');
  await context.close();
});

t.test('a device that has none, or does not know its person, says so, and the other way stays open', async (t) => {
  const context = await openContext(browser, demo.base, { language: 'en' });
  const page = await context.newPage();
  const device = await withDevice(context, page);
  await signIn(page, 'pegawai.kementerian');
  await page.goto(PLACE);
  await page.fill('[name=name]', 'Phone');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey has been added.').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await page.goto('/login');
  const words = page.locator('.problem.passkey');
  for (const fail of [() => device.know(false), () => device.clear()]) {
    await fail();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await words.waitFor({ state: 'visible' });
    t.match(await words.textContent(), 'The device gave no passkey');
  }
  await page.fill('[name=login]', 'pegawai.kementerian');
  await page.fill('[name=password]', DEMO_PASSWORD);
  await page.click('main form button.main');
  await page.waitForURL('**/login/code');
  t.ok(await page.getByLabel('Recovery code').isVisible());
  await context.close();
});

t.test('without scripts the code has the main button', async (t) => {
  const context = await openContext(browser, demo.base);
  const page = await context.newPage();
  await withDevice(context, page);
  await signIn(page, 'admin.kementerian');
  await page.goto(PLACE);
  await page.fill('[name=name]', 'Pejabat');
  await page.getByRole('button', { name: 'Tambah kunci laluan' }).click();
  await page.getByText('Kunci laluan telah ditambah.').waitFor();
  await context.close();
  const plain = await openContext(browser, demo.base, { scripts: false });
  const code = await plain.newPage();
  await signIn(code, 'admin.kementerian');
  t.match(code.url(), /\/login\/code$/);
  if (process.env.SHOT) await code.screenshot({ path: '/tmp/a5-code.png' });
  t.same(await code.locator('main button.main:visible').allTextContents(), ['Log Masuk']);
  await plain.close();
});

t.test('without scripts there is no button that does nothing', async (t) => {
  const context = await openContext(browser, demo.base, { scripts: false });
  const page = await context.newPage();
  await page.goto('/login');
  t.notOk(await page.getByRole('button', { name: 'Log masuk dengan kunci laluan' }).isVisible());
  t.ok(await page.locator('[data-no-passkey]').isVisible());
  await signIn(page, 'admin.jabatan');
  await page.goto(PLACE);
  t.notOk(await page.getByRole('button', { name: 'Tambah kunci laluan' }).isVisible());
  t.ok(await page.locator('[data-no-passkey]').isVisible());
  t.ok(await page.getByRole('button', { name: 'Sahkan dan aktifkan' }).isVisible(), 'the app is there');
  await context.close();
});
