import { typedDay } from '../base/days.ts';
import { NotFound } from '../base/errors.ts';
import { dayOf } from '../base/time.ts';
import { refuseRepeat } from '../data/act.ts';
import { date } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import type { Sop } from '../sop/index.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page, type Sayers } from '../web/pages.ts';
import { cancelPlanned, postponePlanned } from './calendar/planned-acts.ts';
import { findPlanned, KINDS, type Kind, listPlanned, type Planned } from './calendar/queries.ts';
import { REASONS, type Reason } from './disabling.ts';

const PostponeForm = defineForm('day', {
  date: date({ label: 'life.newDay', hint: 'life.newDayHint', optional: true }),
});
const StopForm = defineForm('stop', {});

const TONES = { disablings: 'wait', 'until-dates': 'info', deletions: 'bad', 'access-codes': 'plain' } as const;

function placeOf({ kind, item_id }: Planned) {
  return kind === 'access-codes' ? `/admin/access-codes/${item_id}` : `/admin/mailboxes/${item_id}/account`;
}

function reasonOf({ kind, reason }: Planned, say: Sayers) {
  if (kind === 'deletions') return reason;
  return REASONS.includes(reason as Reason) ? say.t(`life.reason.${reason as Reason}`) : '';
}

const listing = (today: string): Listing<Planned> => ({
  title: 'life.calendar',
  intro: 'life.calendarIntro',
  empty: 'life.calendarEmpty',
  searchLabel: 'life.calendarSearch',
  exportName: 'calendar',
  isGathered: true,
  sort: 'day',
  filters: [
    {
      name: 'kind',
      label: 'life.kind',
      options: KINDS.map((value) => ({ value, label: `life.kind.${value}` as const })),
    },
  ],
  days: [
    { name: 'from', label: 'life.dayFrom' },
    { name: 'to', label: 'life.dayTo' },
  ],
  columns: [
    { label: 'field.name', value: (row) => row.name, href: placeOf, sort: 'name' },
    {
      label: 'life.day',
      value: (row, say) => say.date(row.day) + (row.day < today ? ` · ${say.t('life.overdue')}` : ''),
      href: (row) => `/admin/calendar/${row.kind}/${row.id}/postpone`,
      sort: 'day',
    },
    { label: 'life.kind', value: (row, say) => say.t(`life.kind.${row.kind}`), tone: (row) => TONES[row.kind] },
    { label: 'field.reason', value: reasonOf },
    {
      label: 'life.postpone',
      value: () => '',
      post: (row) => ({ action: `/admin/calendar/${row.kind}/${row.id}/postpone`, label: 'life.aWeek' }),
    },
    {
      label: 'life.cancel',
      value: () => '',
      post: (row) => ({ action: `/admin/calendar/${row.kind}/${row.id}/cancel`, label: `life.cancel.${row.kind}` }),
    },
  ],
});

/** Everything of the agency that is planned: each can be put off or cancelled with one click. */
export function calendar(app: App) {
  const config = { sop: '4.9', access: ['admin'] } as const;

  app.get('/admin/calendar', { schema: { querystring: ListSchema }, config }, (request, reply) =>
    showList(request, reply, listing(dayOf(app.clock())), (query, db) =>
      listPlanned(db, request.actor, query, app.clock()),
    ),
  );
  for (const kind of KINDS) plannedThing(app, kind);
}

const SOP: Record<Kind, Sop> = {
  disablings: '4.9',
  'until-dates': '4.9',
  deletions: '4.11',
  'access-codes': '4.2',
};

/** One planned thing with both of its forms. */
function plannedThing(app: App, kind: Kind) {
  const find = async ({ actor, params }: WithId) => {
    try {
      return await findPlanned(app.db, actor, kind, params.id, app.clock());
    } catch (error) {
      if (error instanceof NotFound) await refuseRepeat(app.db, actor); // a repeat of what ended it leads to its result
      throw error;
    }
  };
  const show = async (request: WithId, reply: Reply, forms: { postpone?: FormState; cancel?: FormState } = {}) => {
    const thing = await find(request);
    return page(request, reply, 'mailbox-life/planned', {
      thing,
      tone: TONES[kind],
      reasonOf,
      place: placeOf(thing),
      forms: { postpone: openForm(PostponeForm, { date: typedDay(thing.day) }), cancel: openForm(StopForm), ...forms },
    });
  };
  const routeOf = (name: 'postpone' | 'cancel') => ({
    schema: { params: Id },
    config: {
      sop: SOP[kind],
      access: ['admin'] as const,
      form: name === 'postpone' ? PostponeForm : StopForm,
      show: (request: WithId, reply: Reply, refused: FormState) => show(request, reply, { [name]: refused }),
    },
  });
  for (const name of ['postpone', 'cancel'] as const)
    app.get(`/admin/calendar/${kind}/:id/${name}`, routeOf(name), (request, reply) => show(request, reply));

  app.post(`/admin/calendar/${kind}/:id/postpone`, routeOf('postpone'), async (request, reply) => {
    const { date } = readForm(PostponeForm, request.body);
    const thing = await find(request);
    const { mailed } = await app.act(request, (act) => postponePlanned(act, thing, date));
    setFlash(reply, { key: 'life.postponed', params: { name: thing.name }, mailed });
    return reply.redirect('/admin/calendar', 303);
  });

  app.post(`/admin/calendar/${kind}/:id/cancel`, routeOf('cancel'), async (request, reply) => {
    const thing = await find(request);
    const { mailed } = await app.act(request, (act) => cancelPlanned(act, thing));
    setFlash(reply, { key: `life.cancelled.${kind}`, params: { name: thing.name }, mailed });
    return reply.redirect('/admin/calendar', 303);
  });
}
