import { Conflict } from '../base/errors.ts';
import { later } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import { longText } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { ListSchema, showList } from '../lists/listing.ts';
import { historyOf } from '../trail/audit.ts';
import { bulkRunItem } from '../trail/items.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { isArriving } from './arriving.ts';
import { cancelRun, confirmRun } from './bulk-run.ts';
import { KINDS, kindOf } from './kinds.ts';
import { RUN_TONES } from './list.ts';
import { UPLOADS_KEPT } from './owed.ts';
import { previewOf } from './preview.ts';
import { earlierRun, findRun, type Run, undoingsOf } from './queries.ts';
import { faultListing, rowListing } from './row-listing.ts';
import { listFaults, listRows, tallyOf } from './row-queries.ts';
import { undoRun } from './undoing.ts';

const ConfirmForm = defineForm('confirm', {});
const CancelForm = defineForm('cancel', {});
const UndoForm = defineForm('undo', { reason: longText({ label: 'field.reason', hint: 'bulk.undoHint', max: 500 }) });

/** How long a page that shows progress waits before it looks again. */
const LOOK_AGAIN = 3;
const UNDER_WAY: Run['state'][] = ['uploaded', 'confirmed', 'running'];

type Forms = { confirm?: FormState; cancel?: FormState; undo?: FormState };

/** How many rows were tried, or carried out. */
function handledOf({ state, done, failed }: Run, states: Awaited<ReturnType<typeof tallyOf>>['states']) {
  return state === 'uploaded' ? (states.waiting ?? 0) + (states.bad ?? 0) : done + failed;
}

/** Why not all rows of a run are there yet, or null. */
async function rowsComing(db: Db, run: Run) {
  if (run.owed === 'fill') return 'bulk.rowsComingBack';
  return run.state === 'uploaded' && (await isArriving(db, run)) ? 'bulk.rowsComing' : null;
}

/** One run: what it would do, how far it is, what each row came to, and the way back. */
export function bulkRunPage(app: App) {
  const show = async (request: WithId, reply: Reply, forms: Forms = {}, open?: string) => {
    const { db, reader } = app;
    const run = await findRun(db, request.actor, request.params.id);
    const kind = kindOf(run.kind);
    const coming = await rowsComing(db, run);
    // a file of some of the rows would pass for one of all
    if (coming !== null && (request.query as { format?: string }).format === 'csv') throw new Conflict(coming);
    const tally = await tallyOf(reader, run);
    const isUnderWay = UNDER_WAY.includes(run.state);
    // not while somebody searches, or may be giving a reason
    if ((isUnderWay || run.owed === 'fill') && reply.statusCode === 200 && !request.url.includes('?'))
      reply.header('refresh', String(LOOK_AGAIN));
    const more = {
      view: 'bulk/run',
      run,
      kind,
      tally,
      open,
      isUnderWay,
      coming,
      handled: handledOf(run, tally.states),
      tone: RUN_TONES[run.state],
      preview: await previewOf(reader, run),
      earlier: await earlierRun(db, run),
      undoings: await undoingsOf(db, run),
      forgottenOn: later(new Date(run.created_at), UPLOADS_KEPT).toISOString(),
      history: await historyOf(db, bulkRunItem(run)),
      sop: kind.sop,
      forms: { confirm: openForm(ConfirmForm), cancel: openForm(CancelForm), undo: openForm(UndoForm), ...forms },
    };
    return run.state === 'refused'
      ? showList(request, reply, faultListing(run, kind), (query, db) => listFaults(db, run, query), more)
      : showList(request, reply, rowListing(run, kind), (query, db) => listRows(db, run, query), more);
  };
  const schema = { params: Id, querystring: ListSchema };
  const config = { access: ['admin'] } as const;
  app.get('/admin/bulk/:id', { schema, config }, (request, reply) => show(request, reply));

  const command = (
    name: keyof Forms,
    form: typeof ConfirmForm | typeof UndoForm,
    act: (request: WithId, reply: Reply) => Promise<number>,
  ) => {
    const again = (request: WithId, reply: Reply, refused: FormState) =>
      show(request, reply, { [name]: refused }, name);
    const sop = name === 'confirm' ? Object.values(KINDS).map((kind) => kind.sop) : [];
    const route = { schema, config: { ...config, sop, form, show: again } };
    app.get(`/admin/bulk/:id/${name}`, route, (request, reply) => show(request, reply, {}, name));
    app.post(`/admin/bulk/:id/${name}`, route, async (request, reply) =>
      reply.redirect(`/admin/bulk/${await act(request, reply)}`, 303),
    );
  };
  command('confirm', ConfirmForm, async ({ actor, params }, reply) => {
    await app.act({ actor }, (act) => confirmRun(act, params.id));
    setFlash(reply, { key: 'bulk.confirmed' });
    return params.id;
  });
  command('cancel', CancelForm, async ({ actor, params }, reply) => {
    const became = await app.act({ actor }, (act) => cancelRun(act, params.id));
    setFlash(reply, { key: became === 'discarded' ? 'bulk.discardDone' : 'bulk.cancelDone' });
    return params.id;
  });
  command('undo', UndoForm, async ({ actor, params, body }, reply) => {
    const id = await app.act({ actor }, (act) => undoRun(act, params.id, readForm(UndoForm, body)));
    setFlash(reply, { key: 'bulk.undoConfirmed' });
    return id;
  });
}
