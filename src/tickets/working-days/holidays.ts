import { dayOf } from '../../base/time.ts';
import { type FormState, openForm, readForm } from '../../forms/form.ts';
import { type Listing, ListSchema, showList } from '../../lists/listing.ts';
import { historyOf } from '../../trail/audit.ts';
import { type App, Id, type Reply, type Request, type WithId } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { FixedForm, HolidayForm, holidayFrom, STATE_OPTIONS } from './forms.ts';
import { addFixedHolidays, addHoliday, holidayDetails, removeHoliday, updateHoliday } from './holiday.ts';
import { type Holiday, holidayById, holidayYears, listHolidays } from './queries.ts';

const PLACE = '/helpdesk/holidays';

const listing = (years: string[]): Listing<Holiday> => ({
  title: 'holiday.title',
  intro: 'holiday.intro',
  empty: 'holiday.empty',
  exportName: 'holidays',
  sort: 'day',
  action: { href: `${PLACE}/new`, label: 'holiday.new' },
  filters: [
    { name: 'year', label: 'holiday.year', options: years.map((value) => ({ value, label: { text: value } })) },
    {
      name: 'state',
      label: 'field.state',
      options: [{ value: 'national', label: 'holiday.national' }, ...STATE_OPTIONS],
    },
  ],
  columns: [
    { label: 'field.holiday_on', value: (row, say) => say.date(row.day), sort: 'day' },
    { label: 'holiday.name', value: (row) => row.name, href: (row) => `${PLACE}/${row.id}`, sort: 'name' },
    {
      label: 'field.states',
      value: (row, say) => holidayDetails(row).states.join(', ') || say.t('holiday.national'),
    },
  ],
});

const access = ['helpdesk'] as const;

/** Public holidays: the days on which no working hours pass. */
export function holidays(app: App) {
  allHolidays(app);
  newHoliday(app);
  oneHoliday(app);
}

function allHolidays(app: App) {
  const show = async (request: Request, reply: Reply, refused?: FormState) => {
    const fixed = refused ?? openForm(FixedForm, { year: dayOf(app.clock()).slice(0, 4) });
    return showList(request, reply, listing(await holidayYears(app.db)), (query, db) => listHolidays(db, query), {
      view: 'tickets/holidays',
      forms: { fixed },
    });
  };
  app.get(PLACE, { schema: { querystring: ListSchema }, config: { access } }, (request, reply) => show(request, reply));

  const fixed = { config: { access, form: FixedForm, show } };
  app.get(`${PLACE}/fixed`, fixed, (_request, reply) => reply.redirect(`${PLACE}#fixed`, 303));
  app.post(`${PLACE}/fixed`, fixed, async (request, reply) => {
    const { year } = readForm(FixedForm, request.body);
    const count = await app.act(request, (act) => addFixedHolidays(act, year));
    setFlash(reply, { key: count > 0 ? 'holiday.fixedAdded' : 'holiday.fixedThere', params: { year, count } });
    return reply.redirect(`${PLACE}?year=${year}`, 303);
  });
}

function newHoliday(app: App) {
  const show = (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'tickets/holiday', { form, holiday: null, history: [], place: `${PLACE}/new` });
  const config = { access, form: HolidayForm, show };
  app.get(`${PLACE}/new`, { config }, (request, reply) =>
    show(request, reply, openForm(HolidayForm, { where: 'national' })),
  );
  app.post(`${PLACE}/new`, { config }, async (request, reply) => {
    const details = holidayFrom(readForm(HolidayForm, request.body));
    const id = await app.act(request, (act) => addHoliday(act, details));
    setFlash(reply, { key: 'holiday.added', params: { name: details.name } });
    return reply.redirect(`${PLACE}/${id}`, 303);
  });
}

function oneHoliday(app: App) {
  const show = async (request: WithId, reply: Reply, refused?: FormState) => {
    const holiday = await holidayById(app.db, request.params.id);
    const { day, name, states } = holidayDetails(holiday);
    const where = states.length === 0 ? 'national' : 'states';
    return page(request, reply, 'tickets/holiday', {
      holiday,
      place: `${PLACE}/${holiday.id}`,
      form: refused ?? openForm(HolidayForm, { day, name, where, states }),
      history: await historyOf(app.db, { type: 'holiday', id: holiday.id }),
    });
  };
  const route = { schema: { params: Id }, config: { access, form: HolidayForm, show } };
  app.get(`${PLACE}/:id`, route, (request, reply) => show(request, reply));
  app.post(`${PLACE}/:id`, route, async (request, reply) => {
    const details = holidayFrom(readForm(HolidayForm, request.body));
    const changed = await app.act(request, (act) => updateHoliday(act, request.params.id, details));
    setFlash(reply, { key: changed ? 'holiday.saved' : 'shown.same' });
    return reply.redirect(`${PLACE}/${request.params.id}`, 303);
  });

  const remove = { schema: { params: Id }, config: { access } };
  app.get(`${PLACE}/:id/remove`, remove, (request, reply) => show(request, reply));
  app.post(`${PLACE}/:id/remove`, remove, async (request, reply) => {
    await app.act(request, (act) => removeHoliday(act, request.params.id));
    setFlash(reply, { key: 'holiday.removed' });
    return reply.redirect(PLACE, 303);
  });
}
