import { RuleBroken } from '../base/errors.ts';
import { bytesOf, findAttachment } from '../trail/attachment-queries.ts';
import { nameToSave, noteDownload } from '../trail/attachments.ts';
import { type App, Id } from '../web/app-types.ts';

/** Whatever a file holds, no browser carries it out on our pages: it is only saved. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; sandbox";

/** SOP 6.0: a file that was attached, for whoever may see what it belongs to; each download is in the audit trail. */
export function attachmentDownload(app: App) {
  for (const role of ['admin', 'helpdesk'] as const) {
    const options = { schema: { params: Id }, config: { sop: '6.0', access: [role] } } as const;
    app.get(`/${role}/attachments/:id`, options, async (request, reply) => {
      const found = await findAttachment(app.db, request.actor, request.params.id);
      const bytes = await bytesOf(app.db, found);
      if (bytes === undefined) throw new RuleBroken('attachment.gone');
      await app.act({ actor: { ...request.actor, act: null } }, (act) => noteDownload(act, found));
      return reply
        .type(found.file_type)
        .header('content-disposition', dispositionOf(nameToSave(found)))
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        .header('x-content-type-options', 'nosniff')
        .send(bytes);
    });
  }
}

/** RFC 6266: the name as it is, and for old programs one of plain letters. */
function dispositionOf(name: string) {
  const plain = name.replace(/[^\w.() -]/g, '_');
  const coded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${coded}`;
}
