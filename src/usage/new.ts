import { dayOf } from '../base/time.ts';
import { cellOf, headingOf } from '../bulk/cells.ts';
import { MOST_ROWS } from '../bulk/file.ts';
import { refuseRepeat } from '../data/act.ts';
import { defineForm, type Field, FieldRefused, type FormState, InvalidForm, openForm } from '../forms/form.ts';
import { sendCsv } from '../lists/csv.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { languageOf, page } from '../web/pages.ts';
import { readUpload, withUploads } from '../web/uploads.ts';
import { readUsage } from './check.ts';
import { usageColumns } from './columns.ts';
import { addRows, beginUsage, endReading } from './usage-file.ts';

/** The file itself is no field of text: whatever is sent in its place is refused. */
const file: Field<null> = {
  kind: 'text',
  label: 'bulk.file',
  hint: 'bulk.fileHint',
  optional: false,
  max: 200,
  attributes: { type: 'file', accept: '.csv,.txt,text/csv' },
  read() {
    throw new FieldRefused('bulk.chooseFile');
  },
};
const UploadForm = defineForm('upload', { file });

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

  app.get('/helpdesk/usage/template', { config: { access: ['helpdesk'] } }, async (request, reply) => {
    const language = languageOf(request);
    const fields = Object.entries(usageColumns.form.fields);
    return sendCsv(reply, 'usage', [
      fields.map(([name]) => headingOf(usageColumns, name, language)),
      fields.map(([name, field]) => cellOf(field, EXAMPLE[name] ?? '', language)),
    ]);
  });

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
