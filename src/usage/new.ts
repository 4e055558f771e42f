import { dayOf } from '../base/time.ts';
import { exampleOf } from '../bulk/cells.ts';
import { fileField, MOST_ROWS } from '../bulk/file.ts';
import { refuseRepeat } from '../data/act.ts';
import { defineForm, type FormState, InvalidForm, openForm } from '../forms/form.ts';
import { sendCsv } from '../lists/csv.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { languageOf, page } from '../web/pages.ts';
import { readUpload, withUploads } from '../web/uploads.ts';
import { readUsage } from './check.ts';
import { usageColumns } from './columns.ts';
import { addRows, beginUsage, endReading } from './usage-file.ts';

const UploadForm = defineForm('upload', { file: fileField });

/** One row as it could be. */
const EXAMPLE: Record<string, string> = {
  address: 'aminah.yusof@jabatan.test',
  used_mb: '742',
  date: '24/11/2026',
  last_mail: '23/11/2026',
};

/** A file of the mail system: every row is looked at, and kept to be confirmed. */
export function newUsage(app: App) {
  const show = (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'usage/new', { form, most: MOST_ROWS });
  const config = { access: ['helpdesk'], form: UploadForm, show } as const;

  app.get('/helpdesk/usage/new', { config }, (request, reply) => show(request, reply, openForm(UploadForm)));

  app.get('/helpdesk/usage/template', { config: { access: ['helpdesk'] } }, (request, reply) =>
    sendCsv(reply, 'usage', exampleOf(usageColumns, EXAMPLE, languageOf(request))),
  );

  return withUploads(app, (part) => {
    part.post('/helpdesk/usage/new', { config: { ...config, upload: 'file' } }, async (request, reply) => {
      const upload = await readUpload(request);
      if (upload === null) throw new InvalidForm({ file: { key: 'bulk.chooseFile' } });
      await refuseRepeat(app.db, request.actor);
      const rows = await readUsage(app.reader, upload.bytes, dayOf(app.clock()));
      const { fileName, hash } = upload;
      const id = await app.act(request, async (act) => {
        const fileId = await beginUsage(act, { fileName, hash, total: rows.length });
        await addRows(act, fileId, rows);
        await endReading(act, fileId);
        return fileId;
      });
      setFlash(reply, { key: 'usage.uploaded', next: 'usage.nextConfirm' });
      return reply.redirect(`/helpdesk/usage/${id}`, 303);
    });
  });
}
