import { agencyOptions } from '../agencies/administrators.ts';
import { helpdeskListing } from '../agencies/helpdesk-listing.ts';
import { ListSchema, showList } from '../lists/listing.ts';
import { attachmentsOf } from '../trail/attachment-queries.ts';
import { historyOf } from '../trail/audit.ts';
import { type App, Id } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { CODE_TONES, CodeListing, codesWithState } from './code-list.ts';
import { findAccessCode, findRequest, listRequests, stageOf, stateOf } from './queries.ts';
import { REQUEST_TONES, RequestListing } from './request-list.ts';

/** SOP 4.1 and 4.2 as the helpdesk reads them: requests and codes of all agencies. A code itself is nowhere to be read. */
export function helpdeskCodes(app: App) {
  const nameOf = async (agencyId: number) =>
    (await agencyOptions(app.db)).find(({ value }) => value === String(agencyId))?.label.text ?? '';
  const list = { querystring: ListSchema };
  const asked = { sop: '4.1', access: ['helpdesk'] } as const;
  const issued = { sop: '4.2', access: ['helpdesk'] } as const;

  app.get('/helpdesk/access-code-requests', { schema: list, config: asked }, async (request, reply) => {
    const listing = helpdeskListing(RequestListing, await agencyOptions(app.db), '/helpdesk/access-code-requests');
    return showList(request, reply, listing, (query, db) => listRequests(db, request.actor, query));
  });

  app.get('/helpdesk/access-code-requests/:id', { schema: { params: Id }, config: asked }, async (request, reply) => {
    const found = await findRequest(app.db, request.actor, request.params.id);
    return page(request, reply, 'access-codes/helpdesk-request', {
      request: found,
      stage: stageOf(found),
      tone: REQUEST_TONES[stageOf(found)],
      agency: await nameOf(found.agency_id),
      history: await historyOf(app.db, { type: 'access_code_request', id: found.id }),
      attachments: await attachmentsOf(app.db, { kind: 'access_code_request', id: found.id }),
    });
  });

  app.get('/helpdesk/access-codes', { schema: list, config: issued }, async (request, reply) => {
    const listing = helpdeskListing(CodeListing, await agencyOptions(app.db), '/helpdesk/access-codes');
    return showList(request, reply, listing, (query, db) => codesWithState(db, request.actor, query, app.clock()));
  });

  app.get('/helpdesk/access-codes/:id', { schema: { params: Id }, config: issued }, async (request, reply) => {
    const code = await findAccessCode(app.db, request.actor, request.params.id);
    const state = stateOf(code, app.clock());
    return page(request, reply, 'access-codes/helpdesk-code', {
      code,
      state,
      tone: CODE_TONES[state],
      agency: await nameOf(code.agency_id),
      history: await historyOf(app.db, { type: 'access_code', id: code.id }),
    });
  });
}
