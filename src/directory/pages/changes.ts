import { agencyOptions } from '../../agencies/administrators.ts';
import { refuseRepeat } from '../../data/act.ts';
import { longText, rowId } from '../../forms/fields.ts';
import { defineForm, type Field, FieldRefused, type FormState, openForm, readForm } from '../../forms/form.ts';
import { type Column, type Listing, ListSchema, showList } from '../../lists/listing.ts';
import type { Label } from '../../texts.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { everythingWanted } from '../steps.ts';
import { ACTION_OPTIONS, changeColumns } from './columns.ts';
import { headOf } from './objects.ts';
import { type ChangeLine, findAgencyToBegin, heldAgencies, listChanges } from './queries.ts';
import { acceptDrift, agreeToPlan, beginWithAll, putBack, releaseHeld, type Tick, tickSteps } from './verbs.ts';

const agency = rowId({ label: 'field.agency' });
/** Whose changes are let go: an agency's, or those of what belongs to all. */
const SHARED = 'shared';
const ReleaseForm = defineForm('release', {
  agency_id: {
    ...agency,
    read: (typed: string[]) => (typed.length === 1 && typed[0] === SHARED ? null : agency.read(typed)),
  },
  reason: longText({ label: 'field.reason', hint: 'directory.held.reasonHint' }),
});
/** The result of a script. The file itself is no field of text. */
export const ResultForm = defineForm('result', {
  file: {
    kind: 'text',
    label: 'directory.script.result',
    hint: 'directory.script.resultHint',
    optional: false,
    max: 200,
    attributes: { type: 'file', accept: '.jsonl,.txt,application/json,text/plain' },
    read() {
      throw new FieldRefused('directory.script.chooseFile');
    },
  } satisfies Field<null>,
});
const SHARED_OPTION = { value: SHARED, label: 'directory.held.shared' } as const;
type Kind = 'plan' | 'drift' | 'held' | 'steps';
const REASONS = { plan: 'plan', drift: 'drift', held: 'held', steps: 'step' } as const;

/** What is still different, by why nothing was done about it: not agreed yet, made by hand, held, or for a person to do. */
export function changePages(app: App) {
  plan(app);
  drift(app);
  heldPage(app);
  steps(app);
}

function plan(app: App) {
  const config = { access: ['helpdesk'] } as const;
  app.get('/helpdesk/directory/plan', { schema: { querystring: ListSchema }, config }, (request, reply) =>
    show(request, reply, 'plan', 'helpdesk', []),
  );
  app.post('/helpdesk/directory/plan', { config }, async (request, reply) => {
    const { agency_id, seen } = (request.body ?? {}) as { agency_id?: string; seen?: string };
    await app.act(request, (act) => agreeToPlan(act, Number(agency_id), String(seen)));
    setFlash(reply, { key: 'directory.plan.agreed' });
    return reply.redirect('/helpdesk/directory', 303);
  });
}

function drift(app: App) {
  for (const role of ['helpdesk', 'admin'] as const) {
    const path = `/${role}/directory/drift`;
    const config = { access: [role] } as const;
    app.get(path, { schema: { querystring: ListSchema }, config }, (request, reply) =>
      show(request, reply, 'drift', role, [
        { label: 'directory.since', value: (row, say) => say.time(row.since), sort: 'since' },
        { label: 'directory.controller', value: (row) => row.controller ?? '' },
        ...buttons(path),
      ]),
    );
    app.post(path, { config }, async (request, reply) => {
      const body = (request.body ?? {}) as { object_id?: string; field?: string; seen?: string; accept?: string };
      const of = [Number(body.object_id), String(body.field), String(body.seen)] as const;
      if (body.accept === undefined) {
        await app.act(request, (act) => putBack(act, ...of));
        setFlash(reply, { key: 'directory.drift.putBackDone' });
      } else {
        const isTaken = await app.act(request, (act) => acceptDrift(act, ...of));
        setFlash(reply, { key: isTaken ? 'directory.drift.acceptTaken' : 'directory.drift.acceptDone' });
      }
      return reply.redirect(path, 303);
    });
  }
}

function buttons(path: string): Column<ChangeLine>[] {
  const fieldsOf = (row: ChangeLine) => ({
    object_id: String(row.object_id),
    field: row.field || row.action,
    seen: row.since,
  });
  return [
    {
      label: 'directory.drift.putBack',
      value: (row, say) => (row.released_at === null ? '' : say.t('directory.drift.releasing')),
      post: (row) => ({ action: path, label: 'directory.drift.putBack', fields: { ...fieldsOf(row), put_back: '1' } }),
    },
    {
      label: 'directory.drift.accept',
      value: () => '',
      post: (row) => ({ action: path, label: 'directory.drift.accept', fields: { ...fieldsOf(row), accept: '1' } }),
    },
  ];
}

function heldPage(app: App) {
  const showHeld = async (request: Request, reply: Reply, form: FormState) =>
    show(
      request,
      reply,
      'held',
      'helpdesk',
      [{ label: 'directory.since', value: (row, say) => say.time(row.since), sort: 'since' }],
      { form: { ...form, options: { agency_id: await heldOptions(app) } } },
    );
  const config = { access: ['helpdesk'] as const, form: ReleaseForm, show: showHeld };
  app.get('/helpdesk/directory/held', { schema: { querystring: ListSchema }, config }, (request, reply) =>
    showHeld(request, reply, openForm(ReleaseForm)),
  );
  app.post('/helpdesk/directory/held', { config }, async (request, reply) => {
    const { agency_id, reason } = readForm(ReleaseForm, request.body);
    const count = await app.act(request, (act) => releaseHeld(act, agency_id, reason));
    setFlash(reply, { key: 'directory.held.done', params: { count } });
    return reply.redirect('/helpdesk/directory/held', 303);
  });
}

/** Only what has something to be let go. */
async function heldOptions(app: App) {
  const held = await heldAgencies(app.reader);
  const named = held.flatMap(({ id, name }) =>
    id === null ? [] : [{ value: String(id), label: { text: name ?? '' } }],
  );
  return held.some(({ id }) => id === null) ? [SHARED_OPTION, ...named] : named;
}

function steps(app: App) {
  for (const role of ['helpdesk', 'admin'] as const) {
    const path = `/${role}/directory/steps`;
    const config = { access: [role] } as const;
    app.get(path, { schema: { querystring: ListSchema }, config }, (request, reply) =>
      showSteps(request, reply, role, openForm(ResultForm)),
    );
    app.post(path, { config }, async (request, reply) => {
      const body = request.body as { step_id?: string | string[] } | undefined;
      const ticks = [body?.step_id ?? []].flat().flatMap(readTick);
      if (ticks.length === 0) setFlash(reply, { key: 'directory.steps.noneTicked' });
      else {
        const { count, left } = await app.act(request, (act) => tickSteps(act, ticks));
        const key = left > 0 ? 'directory.steps.tickedPart' : 'directory.steps.ticked';
        setFlash(reply, { key, params: { count, left } });
      }
      return reply.redirect(path, 303);
    });
    app.get(`${path}/all-there`, { config }, (_request, reply) => reply.redirect(path, 303));
    app.post(`${path}/all-there`, { config }, async (request, reply) => {
      const agencyId = Number((request.body as { agency_id?: string } | undefined)?.agency_id);
      await refuseRepeat(app.db, request.actor);
      const agency = await findAgencyToBegin(app.db, request.actor, agencyId);
      const there = await everythingWanted(app.reader, agency, app.clock());
      const count = await app.act(request, (act) => beginWithAll(act, agencyId, there));
      setFlash(reply, { key: 'directory.steps.begun', params: { count } });
      return reply.redirect(path, 303);
    });
  }
}

/** The steps, with the script that takes them where an agency uses one; its result comes in by the form. */
export function showSteps(request: Request, reply: Reply, role: 'helpdesk' | 'admin', form: FormState) {
  const done: Column<ChangeLine> = {
    label: 'directory.steps.tick',
    value: (row, say) => {
      if (row.done_at === null) return row.mode === 'script' ? say.t('directory.script.waits') : '';
      const ticked = say.t('directory.steps.tickedBy', { name: row.done_by_name ?? '', time: say.time(row.done_at) });
      return row.words === '' ? ticked : `${ticked}\n${row.words}`;
    },
    tick: (row) =>
      row.done_at === null && row.mode !== 'script'
        ? { form: 'tick', name: 'step_id', value: `${row.id}@${row.since}` }
        : null,
  };
  return show(request, reply, 'steps', role, [done], { form });
}

/** A ticked box says which step, and since when it is so. */
function readTick(value: string): Tick[] {
  const [, id, seen] = /^([1-9]\d{0,14})@(\S{1,40})$/.exec(value) ?? [];
  return id === undefined || seen === undefined ? [] : [{ id: Number(id), seen }];
}

async function show(
  request: Request,
  reply: Reply,
  kind: Kind,
  role: 'helpdesk' | 'admin',
  columns: Column<ChangeLine>[],
  more: Record<string, unknown> = {},
) {
  const listing = await listingOf(request, kind, columns);
  return showList(request, reply, listing, (query, db) => listChanges(db, request.actor, REASONS[kind], query), {
    view: 'directory/changes',
    kind,
    role,
    form: null,
    ...(await headOf(request)),
    ...more,
  });
}

async function listingOf(request: Request, kind: Kind, columns: Column<ChangeLine>[]): Promise<Listing<ChangeLine>> {
  const { actor } = request;
  const isHelpdesk = actor.role === 'helpdesk';
  return {
    title: `directory.${kind}.title` as Label,
    intro: `directory.${kind}.intro` as Label,
    empty: `directory.${kind}.empty` as Label,
    searchLabel: 'directory.search',
    exportName: `directory-${kind}`,
    isGathered: true,
    sort: 'id',
    filters: [
      { name: 'action', label: 'directory.what', options: ACTION_OPTIONS },
      ...(isHelpdesk
        ? [{ name: 'agency', label: 'field.agency' as const, options: await agencyOptions(request.server.db) }]
        : []),
      ...(kind === 'steps'
        ? [
            {
              name: 'state',
              label: 'field.status' as const,
              usual: 'open',
              options: [
                { value: 'open', label: 'directory.steps.open' as const },
                { value: 'done', label: 'directory.steps.done' as const },
              ],
            },
          ]
        : []),
    ],
    columns: [
      ...changeColumns(actor, kind === 'steps'),
      ...(isHelpdesk ? [{ label: 'field.agency' as const, value: (row: ChangeLine) => row.agency ?? '' }] : []),
      ...columns,
    ],
  };
}
