import { placeOf } from '../places.ts';
import { type App, Id, type Reply, type WithId } from '../platform/app-types.ts';
import { historyOf } from '../platform/audit.ts';
import type { Db } from '../platform/database.ts';
import { longText } from '../platform/fields.ts';
import { setFlash } from '../platform/flash.ts';
import { defineForm, type FormState, openForm, readForm } from '../platform/form.ts';
import { type Listing, ListSchema, showList, type Tone } from '../platform/listing.ts';
import type { Sayers } from '../platform/pages.ts';
import { later } from '../platform/time.ts';
import { cancelRun, confirmRun, runItem, UPLOADS_KEPT, undoRun } from './bulk-run.ts';
import type { Kind, Said } from './kind.ts';
import { kindOf } from './kinds.ts';
import { RUN_TONES } from './list.ts';
import {
  type BulkRow,
  earlierRun,
  type Fault,
  findRun,
  listFaults,
  listRows,
  listsLosing,
  listsTouched,
  mailsOf,
  type Run,
  tallyOf,
  undoingsOf,
} from './queries.ts';

const ConfirmForm = defineForm('confirm', {});
const CancelForm = defineForm('cancel', {});
const UndoForm = defineForm('undo', { reason: longText({ label: 'field.reason', hint: 'bulk.undoHint', max: 500 }) });

/** How long a page that shows progress waits before it looks again. */
const LOOK_AGAIN = 3;
const UNDER_WAY: Run['state'][] = ['uploaded', 'confirmed', 'running'];
const ROW_STATES = ['waiting', 'done', 'failed', 'left', 'undone'] as const;
const ROW_TONES: Record<BulkRow['state'], Tone> = {
  unchecked: 'info',
  bad: 'bad',
  waiting: 'wait',
  done: 'good',
  failed: 'bad',
  left: 'plain',
  undone: 'plain',
};

function sentences(json: string, kind: Kind, say: Sayers) {
  return (JSON.parse(json) as Said[]).map((said) => sentence(said, kind, say)).join(' ');
}

function sentence({ key, params, column }: Said, kind: Kind, say: Sayers) {
  const label = column === undefined ? undefined : kind.form.fields[column]?.label;
  return (label === undefined ? '' : `${say.t(label)}: `) + say.t(key, params);
}

function rowListing(run: Run, kind: Kind): Listing<BulkRow> {
  return {
    title: kind.title,
    empty: 'bulk.noRows',
    searchLabel: 'bulk.searchRows',
    exportName: `bulk-${run.id}`,
    sort: 'line',
    filters: [
      {
        name: 'state',
        label: 'field.status',
        options: [
          ...ROW_STATES.map((value) => ({ value, label: `bulk.row.${value}` as const })),
          { value: 'noted', label: 'bulk.row.noted' },
          { value: 'same', label: 'bulk.row.same' },
        ],
      },
    ],
    columns: [
      { label: 'bulk.column.line', value: (row) => String(row.line), sort: 'line' },
      {
        label: 'bulk.row',
        value: (row) => row.label,
        href: (row) =>
          row.item_type === null || row.item_id === null
            ? null
            : placeOf({ role: 'admin', userId: null }, { type: row.item_type, id: row.item_id }),
        sort: 'label',
      },
      {
        label: 'field.status',
        value: (row, say) => say.t(`bulk.row.${row.state}`),
        tone: (row) => ROW_TONES[row.state],
      },
      {
        label: 'bulk.column.problem',
        value: (row, say) =>
          [
            sentences(row.said, kind, say),
            row.same === 1 && row.said === '[]' ? say.t('bulk.said.same') : '',
            sentences(row.notes, kind, say),
          ]
            .filter((each) => each !== '')
            .join(' '),
      },
    ],
  };
}

function faultListing(run: Run, kind: Kind): Listing<Fault> {
  return {
    title: kind.title,
    empty: 'bulk.noRows',
    searchLabel: 'bulk.searchRows',
    exportName: `bulk-${run.id}-problems`,
    sort: 'line',
    columns: [
      { label: 'bulk.column.line', value: (fault) => String(fault.line), sort: 'line' },
      { label: 'bulk.row', value: (fault) => fault.label, sort: 'label' },
      {
        label: 'bulk.column',
        value: ({ said }, say) => {
          const field = said.column === undefined ? undefined : kind.form.fields[said.column];
          return field === undefined ? say.t('bulk.wholeRow') : say.t(field.label);
        },
      },
      { label: 'bulk.column.problem', value: ({ said }, say) => say.t(said.key, said.params) },
    ],
  };
}

/** What confirming would do, in figures and names. */
async function effectOf(db: Db, run: Run) {
  if (run.state !== 'checked') return null;
  const isLeaving = run.kind === 'disabling' || run.kind === 'deletion';
  return {
    mails: await mailsOf(db, run.id),
    lists: isLeaving ? await listsLosing(db, run.id) : { losing: await listsTouched(db, run.id), alone: [] },
  };
}

type Forms = { confirm?: FormState; cancel?: FormState; undo?: FormState };

/** One run: what it would do, how far it is, what each row came to, and the way back. */
export function one(app: App) {
  const show = async (request: WithId, reply: Reply, forms: Forms = {}, open?: string) => {
    const { db } = app;
    const run = await findRun(db, request.actor, request.params.id);
    const kind = kindOf(run.kind);
    const tally = await tallyOf(db, run.id);
    const isUnderWay = UNDER_WAY.includes(run.state);
    // not while somebody searches
    if (isUnderWay && reply.statusCode === 200 && !request.url.includes('?'))
      reply.header('refresh', String(LOOK_AGAIN));
    const more = {
      view: 'bulk/run',
      run,
      kind,
      tally,
      open,
      isUnderWay,
      tone: RUN_TONES[run.state],
      effect: await effectOf(db, run),
      earlier: await earlierRun(db, run),
      undoings: await undoingsOf(db, run.id),
      forgottenOn: later(new Date(run.created_at), UPLOADS_KEPT).toISOString(),
      history: await historyOf(db, runItem(run)),
      forms: { confirm: openForm(ConfirmForm), cancel: openForm(CancelForm), undo: openForm(UndoForm), ...forms },
    };
    return run.state === 'refused'
      ? showList(request, reply, faultListing(run, kind), (query) => listFaults(db, run, query), more)
      : showList(request, reply, rowListing(run, kind), (query) => listRows(db, run, query), more);
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
    const route = { schema, config: { ...config, form, show: again } };
    app.get(`/admin/bulk/:id/${name}`, route, (request, reply) => show(request, reply, {}, name));
    app.post(`/admin/bulk/:id/${name}`, route, async (request, reply) =>
      reply.redirect(`/admin/bulk/${await act(request, reply)}`, 303),
    );
  };
  command('confirm', ConfirmForm, async ({ actor, params }, reply) => {
    await confirmRun(app.db, actor, params.id, app.clock());
    setFlash(reply, { key: 'bulk.confirmed' });
    return params.id;
  });
  command('cancel', CancelForm, async ({ actor, params }, reply) => {
    await cancelRun(app.db, actor, params.id, app.clock());
    setFlash(reply, { key: 'bulk.cancelDone' });
    return params.id;
  });
  command('undo', UndoForm, async ({ actor, params, body }, reply) => {
    const id = await undoRun(app.db, actor, params.id, readForm(UndoForm, body), app.clock());
    setFlash(reply, { key: 'bulk.undoConfirmed' });
    return id;
  });
}
