import { Conflict, NotFound } from '../../base/errors.ts';
import { dayOf } from '../../base/time.ts';
import { refuseRepeat } from '../../data/act.ts';
import { type FormState, InvalidForm } from '../../forms/form.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { parameters } from '../../web/parameters.ts';
import { readUpload, withUploads } from '../../web/uploads.ts';
import { planOf, scriptScope } from '../script/plan.ts';
import { readResult } from '../script/result.ts';
import { scriptOf } from '../script/script.ts';
import { takeOverResult } from '../script/take-over.ts';
import { ResultForm, showSteps } from './changes.ts';

const STEPS = '/helpdesk/directory/steps';

/** The script that takes the open steps of agencies, and what came of it. */
export function scriptPages(app: App) {
  const querystring = parameters({ agency: { type: 'integer', minimum: 1 } });
  const config = { access: ['helpdesk'] } as const;

  app.get('/helpdesk/directory/script', { schema: { querystring }, config }, async (request, reply) => {
    const { agency } = request.query;
    const scope = await scriptScope(app.db, agency ?? null);
    if (scope.agencies.length === 0)
      throw agency === undefined ? new Conflict('directory.script.noAgency') : new NotFound();
    const [now, base] = [app.clock(), app.settings.directory?.baseDn ?? null];
    const plan = await planOf(app.reader, scope, { now, key: app.secrets.scripts, base });
    const code = agency === undefined ? 'all' : scope.agencies.map((each) => each.code.toLowerCase()).join('-');
    return reply
      .type('text/plain; charset=utf-8')
      .header('content-disposition', `attachment; filename="ipms-${code}-${dayOf(now)}.ps1"`)
      .send(scriptOf(plan));
  });

  const show = (request: Request, reply: Reply, form: FormState) => showSteps(request, reply, 'helpdesk', form);
  const result = { ...config, form: ResultForm, show };
  app.get('/helpdesk/directory/script/result', { config }, (_request, reply) => reply.redirect(STEPS, 303));

  return withUploads(app, (part) => {
    const route = { config: { ...result, upload: 'file' as const } };
    part.post('/helpdesk/directory/script/result', route, async (request, reply) => {
      const upload = await readUpload(request);
      if (upload === null) throw new InvalidForm({ file: { key: 'directory.script.chooseFile' } });
      await refuseRepeat(app.db, request.actor);
      const read = await readResult(app.reader, app.secrets.scripts, upload);
      const { isWhole, ...counts } = await app.act(request, (act) => takeOverResult(act, read));
      setFlash(reply, { key: isWhole ? 'directory.script.taken' : 'directory.script.takenCut', params: counts });
      return reply.redirect(STEPS, 303);
    });
  });
}
