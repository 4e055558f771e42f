import { agencyOptions } from '../../agencies/administrators.ts';
import { helpdeskListing } from '../../agencies/helpdesk-listing.ts';
import { ListSchema, showList } from '../../lists/listing.ts';
import { type App, Id } from '../../web/app-types.ts';
import { page } from '../../web/pages.ts';
import { RequestListing } from './change-requests.ts';
import { askedFor, outcomeNow, REQUEST_TONES } from './in-words.ts';
import { findRequest, listRequests } from './queries.ts';

/** What is asked of the lists of all agencies, as the helpdesk reads it; the agency's own people answer (SOP 5.0). */
export function helpdeskListRequests(app: App) {
  const config = { access: ['helpdesk'] } as const;

  app.get('/helpdesk/list-change-requests', { schema: { querystring: ListSchema }, config }, async (request, reply) => {
    const listing = helpdeskListing(RequestListing, await agencyOptions(app.db), '/helpdesk/list-change-requests');
    return showList(request, reply, listing, (query, db) => listRequests(db, request.actor, query));
  });

  app.get('/helpdesk/list-change-requests/:id', { schema: { params: Id }, config }, async (request, reply) => {
    const found = await findRequest(app.db, request.actor, request.params.id);
    const agencies = await agencyOptions(app.db);
    return page(request, reply, 'groups/helpdesk-request', {
      request: found,
      asked: askedFor(found),
      outcome: await outcomeNow(app.db, found),
      tone: REQUEST_TONES[found.status],
      agency: agencies.find(({ value }) => value === String(found.agency_id))?.label.text ?? '',
    });
  });
}
