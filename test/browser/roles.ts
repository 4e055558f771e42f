import { generateSync } from 'otplib';
import type { Browser, BrowserContext } from 'playwright-core';
import { actorOf } from '../make.ts';
import { KNOWN_SECRET, plantAuthenticator } from '../second-factor/phone.ts';
import { type Applicant, allocateAndApprove, confirmDetails, register, signInWithCode } from './applying.ts';
import { openContext, type Seen, signIn } from './browser.ts';
import { addHardData, issueTo } from './hard-data.ts';
import { type Installed, startDemo } from './installed.ts';
import { type FoundPage, findPages } from './page-finder.ts';

/** Who signs in, with a sign-in of the demo. */
export const SIGN_INS = { user: 'pegawai.jabatan', admin: 'admin.jabatan', helpdesk: 'meja.bantuan' } as const;

/** Somebody whose sign-in asks for a code, too. */
const SECURED = 'pegawai.kementerian';

export const ROLE_NAMES = ['visitor', 'applicant', 'user', 'admin', 'helpdesk', 'secured'] as const;
export type RoleName = (typeof ROLE_NAMES)[number];

type SignedIn = keyof typeof SIGN_INS;
export type Place = Installed & { everybody: FoundPage[]; more: Record<SignedIn, FoundPage[]> };

/** The demo with data that are hard to show, the pages that everybody may see, and others that no link leads to. */
export async function startPlace(): Promise<Place> {
  const demo = await startDemo();
  const unlinked = [
    ...(await addHardData(demo.db)),
    { name: 'register-other', path: '/register?category=other' },
    { name: 'register-civil-servant', path: '/register?category=civil_servant' },
    { name: 'error-404', path: '/tiada' },
  ];
  return {
    ...demo,
    everybody: await findPages(demo.app, 'ipms-language=en', unlinked),
    more: {
      user: [{ name: 'error-403', path: '/admin/access-codes' }],
      admin: [
        { name: 'list-nothing-found', path: '/admin/access-codes?q=tiada+padanan' },
        { name: 'list-page-2', path: '/admin/access-codes?page=2&sort=-full_name' },
        { name: 'error-404-signed-in', path: '/admin/access-codes/999999' },
      ],
      helpdesk: [],
    },
  };
}

/** A browser of somebody in a role, and every page that it can see. */
export type Look = { context: BrowserContext; pages: FoundPage[] };

/** Shows each role's browser and pages to `look`; an applicant's once for each step on the way to an account. */
export async function lookAs(
  browser: Browser,
  place: Place,
  role: RoleName,
  seen: Seen,
  look: (seen: Look) => Promise<void>,
) {
  const context = await openContext(browser, place.base, seen);
  if (role === 'applicant') await lookAsApplicant(browser, place, context, look);
  else if (role === 'visitor') await look({ context, pages: place.everybody });
  else if (role === 'secured') await lookAsSecured(place, context, look);
  else {
    const page = await context.newPage();
    await signIn(page, SIGN_INS[role]);
    await page.close();
    await look({ context, pages: await pagesOf(place, context, place.more[role]) });
  }
  await context.close();
}

/** Where the code of a second factor is asked for, and the pages of somebody who has one. */
async function lookAsSecured(place: Place, context: BrowserContext, look: (seen: Look) => Promise<void>) {
  await plantAuthenticator(place, SECURED);
  const page = await context.newPage();
  await signIn(page, SECURED);
  await look({
    context,
    pages: [
      { name: 'login-code', path: '/login/code' },
      { name: 'login-code-recovery', path: '/login/code?with=recovery' },
    ],
  });
  await place.db.deleteFrom('throttle').execute();
  await page.goto('/login/code');
  await page.fill('[name=code]', generateSync({ secret: KNOWN_SECRET }));
  await Promise.all([page.waitForURL('**/me'), page.click('main button.main')]);
  await page.close();
  await look({
    context,
    pages: [
      { name: 'me-second-factor-on', path: '/me/second-factor' },
      { name: 'me-second-factor-replace', path: '/me/second-factor/replace' },
    ],
  });
}

let applicants = 0;

async function lookAsApplicant(
  browser: Browser,
  place: Place,
  context: BrowserContext,
  look: (seen: Look) => Promise<void>,
) {
  applicants += 1;
  const full_name = `Norhayati binti Osman ${'ABCDEFGH'[applicants]}`;
  const issued = await issueTo(place.db, await actorOf(place, SIGN_INS.admin), full_name, 500 + applicants);
  const applicant: Applicant = { full_name, ic_number: issued.ic_number, contact_email: '' };
  const page = await context.newPage();
  const lookAtStage = async (stage: string) => {
    const pages = await pagesOf(place, context, []);
    await look({ context, pages: pages.map(({ name, path }) => ({ name: `${name}-${stage}`, path })) });
  };
  await signInWithCode(page, applicant, issued.code);
  await lookAtStage('issued');
  await confirmDetails(page);
  await lookAtStage('confirmed');
  await register(page);
  await lookAtStage('registered');
  const admin = await openContext(browser, place.base);
  const desk = await admin.newPage();
  await signIn(desk, SIGN_INS.admin);
  await allocateAndApprove(desk, applicant);
  await admin.close();
  await lookAtStage('approved');
  await page.close();
}

/** The pages of that somebody and not of everybody; their names do not depend on the language that is seen. */
async function pagesOf(place: Place, context: BrowserContext, more: FoundPage[]) {
  const cookies = await context.cookies(place.base);
  const own = cookies.filter(({ name }) => name !== 'ipms-language').map(({ name, value }) => `${name}=${value}`);
  const found = await findPages(place.app, [...own, 'ipms-language=en'].join('; '), more);
  return found.filter(({ name, path }) => !place.everybody.some((known) => known.name === name || known.path === path));
}
