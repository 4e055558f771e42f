import { agencyOptions } from '../agencies/administrators.ts';
import { helpdeskListing } from '../agencies/helpdesk-listing.ts';
import { ListSchema, showList } from '../lists/listing.ts';
import { attachmentsOf } from '../trail/attachment-queries.ts';
import { historyOf } from '../trail/audit.ts';
import { type App, Id } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { deciderOf, findAccountRequest, listAccountRequests, stageOf } from './queries.ts';
import { procedureOf, REQUEST_TONES, RequestListing } from './requests.ts';

/** SOP 4.3 to 4.6 as the helpdesk reads them: the account requests of all agencies. */
export function helpdeskRequests(app: App) {
  const config = { sop: '4.5', access: ['helpdesk'] } as const;

  app.get('/helpdesk/account-requests', { schema: { querystring: ListSchema }, config }, async (request, reply) => {
    const listing = helpdeskListing(RequestListing, await agencyOptions(app.db), '/helpdesk/account-requests');
    return showList(request, reply, listing, (query, db) => listAccountRequests(db, request.actor, query));
  });

  app.get('/helpdesk/account-requests/:id', { schema: { params: Id }, config }, async (request, reply) => {
    const found = await findAccountRequest(app.db, request.actor, request.params.id);
    const agencies = await agencyOptions(app.db);
    return page(request, reply, 'account-requests/helpdesk-request', {
      request: found,
      sop: procedureOf(found),
      stage: stageOf(found),
      tone: REQUEST_TONES[stageOf(found)],
      agency: agencies.find(({ value }) => value === String(found.agency_id))?.label.text ?? '',
      services: JSON.parse(found.services) as string[],
      decidedBy: await deciderOf(app.db, found),
      attachments: await attachmentsOf(app.db, { kind: 'account_request', id: found.id }),
      history: await historyOf(app.db, { type: 'account_request', id: found.id }),
    });
  });
}
