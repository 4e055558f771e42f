import { oneSpelling } from '../base/spelling.ts';
import type { Label } from '../texts.ts';
import type { App } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { findAnywhere } from './queries.ts';

/** Lists that are searched by themselves, as no index knows a part of what they hold; one of them only administrators have. */
const OTHER_LISTS: { path: string; label: Label; only?: 'admin' }[] = [
  { path: 'access-code-requests', label: 'menu.accessCodeRequests' },
  { path: 'access-codes', label: 'menu.accessCodes' },
  { path: 'account-requests', label: 'menu.accountRequests' },
  { path: 'mailboxes/deleted', label: 'menu.deletedMailboxes', only: 'admin' },
  { path: 'tickets', label: 'menu.tickets' },
  { path: 'records', label: 'menu.records' },
];

/** What was typed into the search in the head of a page: the thing itself where there is only one, else what was found by kind. */
export function search(app: App) {
  const schema = { querystring: parameters({ q: { type: 'string', maxLength: 200 } }) };
  for (const role of ['admin', 'helpdesk'] as const)
    app.get(`/${role}/search`, { schema, config: { access: [role] } }, async (request, reply) => {
      const sought = oneSpelling(request.query.q ?? '').trim();
      const kinds = await findAnywhere(app, request.actor, sought, app.clock());
      const [first, second] = (kinds ?? []).flatMap(({ hits }) => hits);
      if (first !== undefined && second === undefined) return reply.redirect(first.href, 303);
      const others = OTHER_LISTS.filter(({ only = role }) => only === role).map(({ path, label }) => ({
        href: `/${role}/${path}?${new URLSearchParams({ q: sought })}`,
        label,
      }));
      return page(request, reply, 'search/search', { sought, kinds, others: kinds === null ? [] : others });
    });
}
