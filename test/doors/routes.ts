import type { Access } from '../../src/base/actor.ts';
import type { App } from '../../src/web/app-types.ts';
import type { Items } from './items.ts';

export type Route = App['routePatterns'][number];

/**
 * What stands in an address in place of `:id` and the like: the first beginning that fits decides.
 * A new kind of item needs a line here, and a row in `items.ts`.
 */
const FILLINGS: [beginning: string, fill: (items: Items) => string | number][] = [
  ['/public/:file', () => 'site.css'],
  ['/set-up/:token', (items) => items.set_up_token],
  ['/password/reset/:token', (items) => items.reset_token],
  ['/access-code-requests/:reference', (items) => items.reference],
  ['/me/second-factor/passkeys/:id', (items) => items.passkey],
  ['/me/sessions/:id', (items) => items.session],
  ['/admin/access-code-requests/:id', (items) => items.access_code_request],
  ['/admin/access-codes/:id', (items) => items.access_code],
  ['/admin/account-requests/:id', (items) => items.account_request],
  ['/admin/sign-in-help/:id', (items) => items.user],
  ['/helpdesk/sign-in-help/:id', (items) => items.user],
  ['/admin/mailboxes/:id', (items) => items.mailbox],
  ['/admin/groups/:id', (items) => items.group],
  ['/admin/list-change-requests/:id', (items) => items.list_change_request],
  ['/me/groups/:id', (items) => items.group],
  ['/me/list-requests/:id', (items) => items.list_change_request],
  ['/admin/transfers/:id', (items) => items.transfer],
  ['/helpdesk/transfers/:id', (items) => items.transfer],
  ['/admin/corrections/:id', (items) => items.correction],
  ['/helpdesk/corrections/:id', (items) => items.correction],
  ['/admin/tickets/:id', (items) => items.ticket],
  ['/helpdesk/tickets/:id', (items) => items.ticket],
  ['/admin/contacts/:id', (items) => items.contact],
  ['/helpdesk/contacts/:id', (items) => items.contact],
  ['/helpdesk/holidays/:id', (items) => items.holiday],
  ['/helpdesk/second-accounts/doubles/:row', (items) => items.double],
  ['/helpdesk/second-accounts/:id', (items) => items.second_account],
  ['/helpdesk/weekends/:id', (items) => items.weekend],
  ['/admin/calendar/disablings/:id', (items) => items.disabling],
  ['/admin/calendar/until-dates/:id', (items) => items.disabling],
  ['/admin/calendar/deletions/:id', (items) => items.termination],
  ['/admin/calendar/access-codes/:id', (items) => items.access_code],
  ['/admin/bulk/:id', (items) => items.bulk_run],
  ['/helpdesk/directory/adopt/:id', (items) => items.adoption],
  ['/helpdesk/usage/:id', (items) => items.usage_file],
  ['/admin/records/:id', (items) => items.record],
  ['/admin/records/:id.pdf', (items) => items.record],
  ['/helpdesk/records/:id.pdf', (items) => items.record],
  ['/helpdesk/records/:id', (items) => items.record],
  ['/admin/attachments/:id', (items) => items.attachment],
  ['/helpdesk/attachments/:id', (items) => items.attachment],
  ['/admin/audit/:id', (items) => items.audit],
  ['/helpdesk/groups/:id', (items) => items.group],
  ['/helpdesk/list-change-requests/:id', (items) => items.list_change_request],
  ['/helpdesk/access-codes/:id', (items) => items.access_code],
  ['/helpdesk/access-code-requests/:id', (items) => items.access_code_request],
  ['/helpdesk/account-requests/:id', (items) => items.account_request],
  ['/helpdesk/mailboxes/:id', (items) => items.mailbox],
  ['/helpdesk/agencies/:id', (items) => items.agency],
  ['/helpdesk/admins/:id', (items) => items.admin],
  ['/helpdesk/staff/:id', (items) => items.helpdesk],
  ['/helpdesk/outbox/:id', (items) => items.outbox],
  ['/helpdesk/audit/:id', (items) => items.audit],
];

/**
 * A route's address with an item in it.
 * @throws Error that says what to add for an address that is not known here
 */
export function addressOf(route: Route, items: Items) {
  if (!/[:*]/.test(route.url)) return route.url;
  const filling = FILLINGS.find(([beginning]) => route.url === beginning || route.url.startsWith(`${beginning}/`));
  if (filling === undefined)
    throw new Error(
      `${route.method} ${route.url}: nobody knows what to put into it. Add its beginning to FILLINGS in test/doors/routes.ts, and an item of that kind to test/doors/items.ts.`,
    );
  const filled = route.url.replace(/:\w+/, String(filling[1](items)));
  if (/[:*]/.test(filled))
    throw new Error(`${route.method} ${route.url} has a second parameter: teach addressOf in test/doors/routes.ts it.`);
  return filled;
}

/** Is the item in its address one of an agency's, so that another agency's administrator must not find it? */
export function isAgencyItem(route: Route) {
  const isShared = route.url.startsWith('/admin/contacts/'); // contacts are everybody's
  return route.url.startsWith('/admin/') && route.url.includes('/:') && !isShared;
}

/** Every route that a person or machine can ask for. HEAD comes with each GET and is left out. */
export function routesOf(app: App, method?: 'GET' | 'POST') {
  const known = app.routePatterns.filter((route) => route.method !== 'HEAD');
  return method === undefined ? known : known.filter((route) => route.method === method);
}

/** Somebody who may use the route. */
export function userOf({ config }: Route): Access {
  return config.access?.[0] ?? 'anyone';
}
