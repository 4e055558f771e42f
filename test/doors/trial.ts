import type { Test } from 'tap';
import { type Ipms, type Page, startIpms, type Visitor } from '../helper.ts';
import { plantAuthenticator } from '../second-factor/phone.ts';
import { type Items, plantItems } from './items.ts';
import { comeIn, type Person } from './people.ts';
import { type Route, userOf } from './routes.ts';
import { forgetHistory, keepTables } from './tables.ts';

const PAGE = '/password/forgot';
/** An administrator with a second factor, whose page has forms of its own. */
const SECURED = 'admin.kementerian';
/** Routes that are for some of those alone who may use them. */
const AS: Record<string, string> = {
  '/login/code': 'half',
  '/me/second-factor/recovery-codes': 'secured',
  '/me/second-factor/turn-off': 'secured',
  '/me/second-factor/replace': 'secured',
  '/me/second-factor/passkeys': 'secured',
  '/me/second-factor/passkeys/new': 'secured',
  '/me/second-factor/passkeys/:id': 'secured',
  '/me/second-factor/passkeys/:id/remove': 'secured',
};
/** What may be answered to what nobody should send. */
export const ANSWERS = new Set([200, 303, 400, 403, 404, 409, 413, 422, 429]);

export type Trial = {
  ipms: Ipms;
  items: Items;
  admin: Visitor;
  /** The one who may use a route, signed in. */
  browser(route: Route): Visitor;
  token(browser: Visitor): Promise<string>;
  /** The tables that are not as they were at the start. */
  changed(): Promise<string[]>;
  /** Puts every table back as it was. */
  restore(): Promise<void>;
};

/** One application whose tables go back to the start after every change, and everybody who may use it, signed in. */
export async function openTrial(t: Test, options: Parameters<typeof startIpms>[1] = {}): Promise<Trial> {
  const ipms = await startIpms(t, options);
  await forgetHistory(ipms.db);
  const items = await plantItems(ipms);
  const browsers = new Map<string, Visitor>();
  for (const person of ['visitor', 'half', 'applicant', 'user', 'admin', 'helpdesk'] as Person[])
    browsers.set(person, await comeIn(ipms, person, items));
  browsers.set('secured', await ipms.signIn(SECURED));
  const user_id = await plantAuthenticator(ipms, SECURED);
  await ipms.db.updateTable('passkey').set({ user_id }).where('id', '=', items.passkey).execute();
  const { changed, restore } = await keepTables(ipms.db);
  const tokens = new Map<Visitor, string>();
  const browser = (route: Route) => {
    const who = userOf(route) === 'anyone' ? 'visitor' : userOf(route);
    return browsers.get(AS[route.url] ?? who) as Visitor;
  };
  return {
    ipms,
    items,
    browser,
    admin: browsers.get('admin') as Visitor,
    async token(visitor) {
      const token = tokens.get(visitor) ?? (await visitor.token(PAGE));
      tokens.set(visitor, token);
      return token;
    },
    changed,
    async restore() {
      await restore();
      browsers.set('visitor', ipms.visitor());
    },
  };
}

const RAW = [/<script>alert/i, /<b>tebal/i, /<%/];

/** Nothing that was typed has become a part of the page. */
export function findMarkup(faults: string[], where: string, { html, dom }: Pick<Page, 'html' | 'dom'>) {
  for (const raw of RAW) if (raw.test(html)) faults.push(`${where} comes out as markup: ${raw}`);
  if (/onmouseover/i.test(html) && dom.querySelector('[onmouseover]')) faults.push(`${where} becomes an attribute`);
}
