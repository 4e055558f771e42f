import { generateSync } from 'otplib';
import { sealSecret } from '../../src/sign-in/second-factor/totp.ts';
import { type Ipms, PASSWORD, type Page, type Visitor } from '../helper.ts';

export const STEP = 30_000;

/** What an authenticator app shows, some steps of time from now. */
export function codeOf(ipms: Ipms, secret: string, steps = 0) {
  return generateSync({ secret, epoch: ipms.clock.now.getTime() / 1000 + steps * 30 });
}

/** Time goes on until the app shows another code. */
export function nextCode(ipms: Ipms) {
  ipms.clock.now = new Date(ipms.clock.now.getTime() + STEP);
}

/** A code of six digits that the app does not show, nor has just shown or is about to show. */
export function wrongCode(ipms: Ipms, secret: string) {
  const near = [-1, 0, 1].map((steps) => codeOf(ipms, secret, steps));
  return ['000000', '111111', '222222', '333333'].find((code) => !near.includes(code)) ?? '';
}

/** The key that a page shows beside its QR code. */
export function secretOn({ dom }: Page) {
  return dom.querySelector('.facts code')?.textContent.replaceAll(' ', '') ?? '';
}

export type Phone = { secret: string; codes: string[]; browser: Visitor };

/** Signs a person in and sets up the second factor, as a person does. */
export async function setUpPhone(ipms: Ipms, login: string): Promise<Phone> {
  const browser = await ipms.signIn(login);
  const secret = secretOn(await browser.get('/me/second-factor'));
  const answer = await browser.submit('/me/second-factor', '/me/second-factor', {
    code: codeOf(ipms, secret),
    current_password: PASSWORD,
  });
  if (answer.status !== 303) throw new Error(`${login} cannot set up: ${answer.text}`);
  const codes = (await browser.get('/me/second-factor')).dom.querySelectorAll('.codes code');
  nextCode(ipms);
  return { secret, codes: codes.map((each) => each.textContent), browser };
}

/** A browser in which the password was right, and the code is awaited. */
export async function halfSignedIn(ipms: Ipms, login: string, next = '') {
  const browser = ipms.visitor();
  const place = next === '' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
  const opened = await browser.get(place);
  const _csrf = opened.dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const answer = await browser.post(place, { login, password: PASSWORD, _csrf });
  return { browser, place: answer.location };
}

/** Types a code on the page that asks for it. */
export async function enterCode(browser: Visitor, code: string, place = '/login/code') {
  return browser.submit(place, place.split('?')[0] ?? place, { code });
}

export const KNOWN_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** Puts a second factor into the database for somebody, of which no code has been used, where the way to it does not matter. */
export async function plantAuthenticator({ app, db }: Pick<Ipms, 'app' | 'db'>, login: string) {
  const { id } = await db.selectFrom('user').select('id').where('login_id', '=', login).executeTakeFirstOrThrow();
  const fresh = {
    sealed_secret: sealSecret(app.secrets.authenticators, id, KNOWN_SECRET),
    last_used_step: 0,
    set_up_at: app.clock().toISOString(),
  };
  await db
    .insertInto('authenticator')
    .values({ user_id: id, ...fresh })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(fresh))
    .execute();
  return id;
}
