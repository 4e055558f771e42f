import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import { paced } from '../base/pace.ts';
import type { Db } from '../data/database.ts';
import { sendCsv, sendPieces } from '../lists/csv.ts';
import type { Language } from '../texts.ts';
import type { App } from '../web/app-types.ts';
import { languageOf } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { cellOf, exampleOf, headingOf } from './cells.ts';
import type { Kind } from './kind.ts';
import { KINDS } from './kinds.ts';
import { isKind } from './new.ts';

const STEP = 500;
const TemplateQuery = parameters(
  { kind: { type: 'string', maxLength: 40 }, filled: { type: 'string', maxLength: 10 } },
  'kind',
);

/** The file to fill in: headings in the reader's language, and one example, or the present values. */
export function template(app: App) {
  const config = { access: ['admin'] } as const;
  app.get('/admin/bulk/template', { schema: { querystring: TemplateQuery }, config }, async (request, reply) => {
    const { kind: name, filled } = request.query;
    if (!isKind(name)) throw new NotFound();
    const kind: Kind = KINDS[name];
    const language = languageOf(request);
    return filled === undefined
      ? sendCsv(reply, name, exampleOf(kind, kind.example, language))
      : sendPieces(reply, name, presentOf(app.db, request.actor, kind, language));
  });
}

async function* presentOf(db: Db, actor: Actor, kind: Kind, language: Language) {
  if (kind.present === undefined) throw new NotFound();
  const fields = Object.entries(kind.form.fields);
  const breathe = paced();
  yield [fields.map(([name]) => headingOf(kind, name, language))];
  for (let after = 0; ; ) {
    const rows = await kind.present(db, actor, after, STEP);
    const present: string[][] = [];
    for (const { values } of rows) {
      present.push(fields.map(([name, field]) => cellOf(field, values[name] ?? '', language)));
      await breathe();
    }
    yield present;
    const last = rows.at(-1);
    if (last === undefined || rows.length < STEP) break;
    after = last.id;
  }
}
