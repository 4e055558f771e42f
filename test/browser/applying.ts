import type { Page } from 'playwright-core';

export type Applicant = { full_name: string; ic_number: string; contact_email: string };

export const AMINAH: Applicant = {
  full_name: 'Aminah binti Abd. Rahman',
  ic_number: '920304-14-5566',
  contact_email: 'aminah@rumah.test',
};
export const GANESH: Applicant = {
  full_name: 'Ganesh a/l Muniandy',
  ic_number: '880517-10-5511',
  contact_email: 'ganesh@rumah.test',
};

export const FIRST_PASSWORD = 'Hujan#Lebat2026';

const MAIN_BUTTON = 'main form button.main';

/** Presses what sends a form, and waits for the page that answers. */
export async function send(page: Page, button = MAIN_BUTTON) {
  await Promise.all([page.waitForNavigation(), page.click(button)]);
}

/** SOP 4.1 step 1: a visitor asks for an access code. Returns the reference that the page shows. */
export async function askForCode(page: Page, applicant: Applicant) {
  await page.goto('/access-code-requests/new');
  await page.check('[name=category][value=civil_servant]');
  for (const [name, value] of Object.entries(applicant)) await page.fill(`[name=${name}]`, value);
  await page.selectOption('[name=agency_id]', { label: 'Jabatan Contoh' });
  await page.fill('[name=reporting_division]', 'Bahagian Kewangan');
  await page.fill('[name=supervisor_email]', 'ketua@jabatan.test');
  await send(page);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** SOP 4.1 steps 2 to 4 and 4.2: the administrator verifies the request and makes the code. Returns the code, shown once. */
export async function answerWithCode(page: Page, reference: string) {
  await openFromList(page, '/admin/access-code-requests', reference);
  await page.check('[name=verified_with][value=human_resources]');
  await send(page, 'form[action$="/verify"] p.actions button');
  await send(page, 'a.button[href*="/admin/access-codes/new?request="]');
  await send(page);
  return (await page.textContent('.slip .code'))?.trim() ?? '';
}

async function openFromList(page: Page, list: string, search: string) {
  await page.goto(list);
  await page.fill('main [name=q]', search);
  await send(page, 'main form[role=search] button');
  await send(page, 'main tbody a');
}

/** SOP 4.3 step 1: the applicant signs in with the code. */
export async function signInWithCode(page: Page, { full_name, ic_number }: Applicant, code: string) {
  await page.goto('/register?category=civil_servant');
  await page.fill('[name=full_name]', full_name);
  await page.fill('[name=ic_number]', ic_number);
  await page.fill('[name=access_code]', code);
  await send(page);
}

/** SOP 4.2 step 5. */
export async function confirmDetails(page: Page) {
  await page.goto('/register/confirm');
  await page.check('[name=decision][value=confirm]');
  await send(page);
}

/** SOP 4.3 steps 2 and 3: table 3A. */
export async function register(page: Page) {
  await page.goto('/register/form');
  await page.fill('[name=division]', 'Bahagian Kewangan');
  await page.fill('[name=postcode]', '62000');
  await page.fill('[name=mobile_phone]', '012-345 6789');
  await send(page);
}

/** SOP 4.5 and 4.6: the administrator allocates a package to what is proposed, and approves. */
export async function allocateAndApprove(page: Page, { full_name }: Applicant) {
  await openFromList(page, '/admin/account-requests', full_name);
  await page.check('[name=package][value=B]');
  await page.selectOption('[name=grade]', { index: 3 });
  await page.selectOption('[name=storage_mb]', '1024');
  await page.check('[name=service_type][value=ordinary]');
  await send(page, 'form[action$="/allocation"] button.main');
  await send(page, 'form[action$="/approve"] button.main');
}

/** The end of SOP 4.6: the applicant sets the first password. Returns the login ID. */
export async function activate(page: Page) {
  await page.goto('/register/activate');
  const login = (await page.getAttribute('[name=username]', 'value')) ?? '';
  await page.fill('[name=new_password]', FIRST_PASSWORD);
  await page.fill('[name=confirm_password]', FIRST_PASSWORD);
  await send(page);
  return login;
}

/** SOP 4.20 steps 2 to 4. */
export async function changePassword(page: Page, current: string, next: string) {
  await page.goto('/me/password');
  await page.fill('[name=current_password]', current);
  await page.fill('[name=new_password]', next);
  await page.fill('[name=confirm_password]', next);
  await send(page);
}
