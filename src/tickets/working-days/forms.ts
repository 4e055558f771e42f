import { choice, date, many, named, wholeNumber } from '../../forms/fields.ts';
import { defineForm, type Field, type Values } from '../../forms/form.ts';
import { STATES } from '../../officers/fields.ts';
import type { HolidayDetails } from './holiday.ts';
import type { HourKind, TicketHours } from './hours.ts';
import { WEEKDAYS, type WeekendDetails } from './weekend.ts';

/** The states as choices. */
export const STATE_OPTIONS = STATES.map((value) => ({ value: value as string, label: { text: value as string } }));
const MOST_REST_DAYS = 3;

function day(label: 'field.holiday_on' | 'field.since'): Field<string> {
  const field = date({ label });
  return { ...field, read: (typed) => field.read(typed) ?? '' };
}

function number(options: Parameters<typeof wholeNumber>[0]): Field<number> {
  const field = wholeNumber(options);
  return { ...field, read: (typed) => Number(field.read(typed)) };
}

export const HolidayForm = defineForm(
  'holiday',
  {
    day: day('field.holiday_on'),
    name: named({ label: 'holiday.name', max: 100, autocomplete: 'off' }),
    where: choice({
      label: 'holiday.where',
      as: 'radio',
      options: [
        { value: 'national', label: 'holiday.national' },
        { value: 'states', label: 'holiday.someStates' },
      ],
    }),
    states: many({ label: 'field.states', options: STATE_OPTIONS }),
  },
  ({ where, states }) => {
    if (where === 'states' && states?.length === 0) return { states: { key: 'holiday.chooseStates' } };
    return {};
  },
);

/** What the form says of a holiday. */
export function holidayFrom({ day: on, name, where, states }: Values<typeof HolidayForm>): HolidayDetails {
  return { day: on, name, states: where === 'states' ? states : [] };
}

export const FixedForm = defineForm('fixed', { year: number({ label: 'holiday.year', least: 2015, most: 2100 }) });

export const WeekendForm = defineForm(
  'weekend',
  {
    state: choice({ label: 'field.state', options: STATE_OPTIONS }),
    since: day('field.since'),
    days: many({
      label: 'field.weekend_days',
      options: WEEKDAYS.map((value) => ({ value, label: `weekday.${value}` as const })),
    }),
  },
  ({ days }) => {
    if (days === undefined || (days.length > 0 && days.length <= MOST_REST_DAYS)) return {};
    return { days: { key: 'weekend.chooseDays', params: { most: MOST_REST_DAYS } } };
  },
);

/** What the form says of a weekend. */
export function weekendFrom({ state, since, days }: Values<typeof WeekendForm>): WeekendDetails {
  return { state, since, days: days.map((each) => WEEKDAYS.indexOf(each)) };
}

const MOST_HOURS = 450;
const hours = (kind: HourKind) => number({ label: `field.${kind}_hours`, least: 1, most: MOST_HOURS });

export const HoursForm = defineForm('hours', {
  contact: hours('contact'),
  question: hours('question'),
  complaint: hours('complaint'),
  reset: hours('reset'),
  other: hours('other'),
} satisfies Record<keyof TicketHours, Field<number>>);
