import { sendPdf } from '../paper/pdf.ts';
import type { AuditAction } from '../texts.ts';
import { placeOf } from '../trail/places.ts';
import { type App, Id, type Request } from '../web/app-types.ts';
import { markedSayers, page } from '../web/pages.ts';
import { gatherCase } from './case.ts';
import { attachmentsIn, contentInWords } from './content.ts';
import { documentOf, fileName, headOf } from './document.ts';

/** SOP 6.0: a record with its case, as a page and as a file to print and keep. */
export function recordPage(app: App) {
  for (const role of ['admin', 'helpdesk'] as const) {
    const options = { schema: { params: Id }, config: { sop: '6.0', access: [role] } } as const;

    app.get(`/${role}/records/:id`, options, async (request, reply) => {
      const found = await gatherCase(app.db, request.actor, request.params.id);
      const say = markedSayers(request);
      const { record } = found;
      return page(request, reply, 'records/record', {
        found,
        title: say.t(record.title),
        head: headOf(found, say),
        sections: contentInWords(record, say, found.people),
        attachments: attachmentsIn(record),
        place: placeOf(request.actor, { type: record.item_type, id: record.item_id }),
        list: `/${role}/records`,
        audit: `/${role}/audit`,
        nameOfAction: (action: AuditAction) => say.t(`audit.${action}`),
      });
    });

    app.get(`/${role}/records/:id.pdf`, options, async (request, reply) => {
      const found = await gatherCase(app.db, request.actor, request.params.id);
      return sendPdf(reply, fileName(found.record.number), documentOf(found, ...printedFor(app, request)));
    });
  }
}

function printedFor(app: App, request: Request) {
  const at = app.clock();
  return [markedSayers(request), { at, by: request.actor.name }] as const;
}
