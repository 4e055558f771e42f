import { type FormState, openForm, readForm } from '../../forms/form.ts';
import { type Listing, ListSchema, showList } from '../../lists/listing.ts';
import { historyOf } from '../../trail/audit.ts';
import { type App, Id, type Reply, type Request, type WithId } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page, type Sayers } from '../../web/pages.ts';
import { STATE_OPTIONS, WeekendForm, weekendFrom } from './forms.ts';
import { listWeekends, type Weekend, weekendById } from './queries.ts';
import { addWeekend, removeWeekend, updateWeekend, WEEKDAYS, weekendDetails } from './weekend.ts';

const PLACE = '/helpdesk/weekends';

const namesOf = (row: Weekend) => weekendDetails(row).days.map((day) => WEEKDAYS[day] ?? 'sunday');
const inWords = (row: Weekend, say: Sayers) =>
  namesOf(row)
    .map((name) => say.t(`weekday.${name}`))
    .join(', ');

const WeekendListing: Listing<Weekend> = {
  title: 'weekend.title',
  intro: 'weekend.intro',
  empty: 'weekend.empty',
  exportName: 'weekends',
  sort: 'state',
  action: { href: `${PLACE}/new`, label: 'weekend.new' },
  filters: [{ name: 'state', label: 'field.state', options: STATE_OPTIONS }],
  columns: [
    { label: 'field.state', value: (row) => row.state, href: (row) => `${PLACE}/${row.id}`, sort: 'state' },
    { label: 'field.since', value: (row, say) => say.date(row.since), sort: 'since' },
    { label: 'field.weekend_days', value: inWords },
  ],
};

const access = ['helpdesk'] as const;

/** On which days of the week each state rests, and since when: a change of law is a new row. */
export function weekends(app: App) {
  app.get(PLACE, { schema: { querystring: ListSchema }, config: { access } }, (request, reply) =>
    showList(request, reply, WeekendListing, (query, db) => listWeekends(db, query)),
  );
  newWeekend(app);
  oneWeekend(app);
}

function newWeekend(app: App) {
  const show = (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'tickets/weekend', { form, weekend: null, history: [], place: `${PLACE}/new` });
  const config = { access, form: WeekendForm, show };
  app.get(`${PLACE}/new`, { config }, (request, reply) => show(request, reply, openForm(WeekendForm)));
  app.post(`${PLACE}/new`, { config }, async (request, reply) => {
    const details = weekendFrom(readForm(WeekendForm, request.body));
    const id = await app.act(request, (act) => addWeekend(act, details));
    setFlash(reply, { key: 'weekend.saved' });
    return reply.redirect(`${PLACE}/${id}`, 303);
  });
}

function oneWeekend(app: App) {
  const show = async (request: WithId, reply: Reply, refused?: FormState) => {
    const weekend = await weekendById(app.db, request.params.id);
    const { state, since } = weekend;
    return page(request, reply, 'tickets/weekend', {
      weekend,
      place: `${PLACE}/${weekend.id}`,
      form: refused ?? openForm(WeekendForm, { state, since, days: namesOf(weekend) }),
      history: await historyOf(app.db, { type: 'weekend', id: weekend.id }),
    });
  };
  const route = { schema: { params: Id }, config: { access, form: WeekendForm, show } };
  app.get(`${PLACE}/:id`, route, (request, reply) => show(request, reply));
  app.post(`${PLACE}/:id`, route, async (request, reply) => {
    const details = weekendFrom(readForm(WeekendForm, request.body));
    const changed = await app.act(request, (act) => updateWeekend(act, request.params.id, details));
    setFlash(reply, { key: changed ? 'weekend.saved' : 'shown.same' });
    return reply.redirect(`${PLACE}/${request.params.id}`, 303);
  });

  const remove = { schema: { params: Id }, config: { access } };
  app.get(`${PLACE}/:id/remove`, remove, (request, reply) => show(request, reply));
  app.post(`${PLACE}/:id/remove`, remove, async (request, reply) => {
    await app.act(request, (act) => removeWeekend(act, request.params.id));
    setFlash(reply, { key: 'weekend.removed' });
    return reply.redirect(PLACE, 303);
  });
}
