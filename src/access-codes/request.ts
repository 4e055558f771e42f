import { agencyOptions } from '../agencies/administrators.ts';
import { attachments, choice, email, icNumber, longText, named, rowId, text } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { CATEGORIES, identityOf, withIdentity } from '../officers/identity.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { withAttachments, withUploads } from '../web/uploads.ts';
import { submitRequest } from './access-code-request.ts';
import { requestStanding, standingOf } from './queries.ts';
import { maySeeRequest, showRequest } from './shown-request.ts';

const RequestForm = defineForm(
  'request',
  {
    category: choice({ label: 'field.category', options: CATEGORIES, as: 'radio' }),
    full_name: named({ label: 'field.full_name', max: 150, autocomplete: 'name' }),
    ic_number: icNumber({ label: 'field.ic_number', hint: 'request.icHint', optional: true }),
    email: email({ label: 'field.email', hint: 'request.emailHint', optional: true }),
    contact_email: email({ label: 'field.contact_email', hint: 'request.contactHint' }),
    agency_id: rowId({ label: 'field.agency' }),
    reporting_division: text({ label: 'field.reporting_division', max: 150 }),
    supervisor_email: email({ label: 'field.supervisor_email', optional: true }),
    note: longText({ label: 'field.note', optional: true }),
    attachments: attachments(),
  },
  identityOf,
);

/** SOP 4.1 step 1: Permintaan Kod Akses, open to everybody. */
export function request(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'access-codes/request', {
      form: { ...form, options: { agency_id: await agencyOptions(app.db) } },
    });
  const config = { sop: '4.1', access: ['anyone'], form: RequestForm, show } as const;

  app.get('/access-code-requests/new', { config }, (request, reply) => show(request, reply, openForm(RequestForm)));

  const send = (request: Request, reply: Reply) =>
    withAttachments(request, RequestForm, async (files) => {
      const input = withIdentity(readForm(RequestForm, request.body));
      const application = { ...input, contact_email: input.contact_email ?? '' };
      const reference = await app.act(request, (act) => submitRequest(act, application, files));
      setFlash(reply, { key: 'request.sent', params: { reference } });
      showRequest(reply, reference);
      return reply.redirect(`/access-code-requests/${reference}`, 303);
    });

  const Reference = parameters({ reference: { type: 'string', pattern: '^KA-[0-9A-Z]{4}-[0-9A-Z]{4}$' } }, 'reference');
  app.get(
    '/access-code-requests/:reference',
    { schema: { params: Reference }, config: { sop: '4.1', access: ['anyone'] } },
    async (request, reply) => {
      const { reference } = request.params;
      // the same for a number that nobody has
      if (!maySeeRequest(request, reference))
        return reply.redirect(`/access-code-requests/status?reference=${reference}`, 303);
      const standing = await requestStanding(app.db, reference);
      return page(request, reply, 'access-codes/standing', { standing, state: standingOf(standing, app.clock()) });
    },
  );

  return withUploads(app, (part) => {
    part.post('/access-code-requests/new', { config: { ...config, upload: 'attachments' } }, send);
  });
}
