import { verificationIfAsked, verificationMissing } from '../access-codes/verification.ts';
import { refuseRepeat } from '../data/act.ts';
import { choice } from '../forms/fields.ts';
import { defineForm, type FormState, InvalidForm, openForm, problemsOf, readForm } from '../forms/form.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { readUpload, withUploads } from '../web/uploads.ts';
import { packRows } from './arriving.ts';
import { uploadRun } from './bulk-run.ts';
import { EMPTY_WORDS } from './cells.ts';
import { fileField, MOST_ROWS, readRows } from './file.ts';
import { KIND_NAMES, KINDS, type KindName } from './kinds.ts';
import { checkRows } from './rows.ts';

/** What stands before the file. A kind by which new people come in says with whom they were verified. */
const KindForm = defineForm(
  'upload',
  {
    kind: choice({
      label: 'bulk.kind',
      options: KIND_NAMES.map((value) => ({ value, label: `bulk.${value}` as const })),
    }),
    ...verificationIfAsked,
  },
  ({ kind, verified_with }) =>
    kind !== undefined && KINDS[kind].isVerified && verified_with === null ? verificationMissing : {},
);
const UploadForm = defineForm('upload', { ...KindForm.fields, file: fileField });

const KindQuery = parameters({ kind: { type: 'string', maxLength: 40 } });

export function isKind(name: unknown): name is KindName {
  return KIND_NAMES.some((each) => each === name);
}

/** A kind, its template, and a file: read and checked whole, and kept for the preview only when its headings are right. */
export function newRun(app: App) {
  const show = (request: Request, reply: Reply, form: FormState) => {
    const typed = form.typed.kind?.[0];
    const name = isKind(typed) ? typed : null;
    return page(request, reply, 'bulk/new', {
      form,
      name,
      kind: name === null ? null : KINDS[name],
      kinds: KINDS,
      emptyWords: EMPTY_WORDS,
      most: MOST_ROWS,
    });
  };
  const config = { access: ['admin'], form: UploadForm, show } as const;

  app.get('/admin/bulk/new', { schema: { querystring: KindQuery }, config }, (request, reply) =>
    show(request, reply, openForm(UploadForm, { kind: isKind(request.query.kind) ? request.query.kind : null })),
  );

  return withUploads(app, (part) => {
    part.post('/admin/bulk/new', { config: { ...config, upload: 'file' } }, async (request, reply) => {
      const upload = await readUpload(request);
      if (upload === null)
        throw new InvalidForm({ ...problemsOf(KindForm, request.body), file: { key: 'bulk.chooseFile' } });
      const { kind, verified_with, verification_note } = readForm(KindForm, request.body);
      await refuseRepeat(app.db, request.actor);
      const rows = await checkRows(KINDS[kind], await readRows(KINDS[kind], upload.bytes));
      const sent = {
        kind,
        fileName: upload.fileName,
        hash: upload.hash,
        total: rows.length,
        packed: await packRows(rows),
      };
      const verification =
        KINDS[kind].isVerified && verified_with !== null ? { verified_with, verification_note } : null;
      const id = await app.act(request, (act) => uploadRun(act, { ...sent, verification }));
      setFlash(reply, { key: 'bulk.uploaded', next: 'bulk.nextCheck' });
      return reply.redirect(`/admin/bulk/${id}`, 303);
    });
  });
}
