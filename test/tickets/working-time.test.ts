import { t } from 'tap';
import { dayOf } from '../../src/base/time.ts';
import {
  addWorkingHours,
  isWorkingDay,
  type WorkCalendar,
  workingDayAfter,
} from '../../src/tickets/working-days/working-time.ts';

// Working hours: 08:00 to 17:00 in Kuala Lumpur, on the working days of a state.

const at = (there: string) => new Date(`${there}:00+08:00`);
const calendar = (weekend: number[], holidays: string[] = []): WorkCalendar => ({
  weekends: [{ since: '2000-01-01', days: weekend }],
  holidays: new Set(holidays),
});
const PUTRAJAYA = calendar([6, 0]);
const KEDAH = calendar([5, 6]);
const JOHOR: WorkCalendar = {
  weekends: [
    { since: '2025-01-01', days: [6, 0] },
    { since: '2014-01-01', days: [5, 6] },
  ],
  holidays: new Set(),
};

t.test('what begins when, and is due when', async (t) => {
  const cases: [why: string, calendar: WorkCalendar, from: string, hours: number, due: string][] = [
    ['within a day', PUTRAJAYA, '2026-11-24T09:00', 4, '2026-11-24T13:00'],
    ['to the very end of a day', PUTRAJAYA, '2026-11-24T13:00', 4, '2026-11-24T17:00'],
    ['over night', PUTRAJAYA, '2026-11-24T14:00', 4, '2026-11-25T09:00'],
    ['before the office opens', PUTRAJAYA, '2026-11-24T05:30', 4, '2026-11-24T12:00'],
    ['after it has closed', PUTRAJAYA, '2026-11-24T17:00', 4, '2026-11-25T12:00'],
    ['at midnight', PUTRAJAYA, '2026-11-25T00:00', 9, '2026-11-25T17:00'],
    ['Friday evening', PUTRAJAYA, '2026-11-27T18:00', 1, '2026-11-30T09:00'],
    ['over a weekend', PUTRAJAYA, '2026-11-27T16:00', 2, '2026-11-30T09:00'],
    ['on a Sunday', PUTRAJAYA, '2026-11-29T10:00', 2, '2026-11-30T10:00'],
    ['on a Sunday where it is worked', KEDAH, '2026-11-29T10:00', 2, '2026-11-29T12:00'],
    ['Thursday where Friday rests', KEDAH, '2026-11-26T16:00', 2, '2026-11-29T09:00'],
    ['on a Friday that rests', KEDAH, '2026-11-27T10:00', 2, '2026-11-29T10:00'],
    ['on a holiday', calendar([6, 0], ['2026-11-24']), '2026-11-24T10:00', 3, '2026-11-25T11:00'],
    [
      'a holiday on the day it would be due',
      calendar([6, 0], ['2026-11-25']),
      '2026-11-24T16:00',
      2,
      '2026-11-26T09:00',
    ],
    ['a holiday next to a weekend', calendar([6, 0], ['2026-11-30']), '2026-11-27T16:00', 2, '2026-12-01T09:00'],
    ['a holiday within a weekend', calendar([6, 0], ['2026-11-28']), '2026-11-27T16:00', 2, '2026-11-30T09:00'],
    ['over the year', calendar([6, 0], ['2027-01-01']), '2026-12-31T16:00', 10, '2027-01-04T17:00'],
    ['Johor, Friday, before it moved', JOHOR, '2024-12-26T16:00', 2, '2024-12-29T09:00'],
    ['Johor, Friday, since it moved', JOHOR, '2025-01-02T16:00', 2, '2025-01-03T09:00'],
    ['Johor, over the day on which it moved', JOHOR, '2024-12-31T16:00', 29, '2025-01-06T09:00'],
    ['three days', PUTRAJAYA, '2026-11-24T08:00', 27, '2026-11-26T17:00'],
  ];
  for (const [why, days, from, hours, due] of cases)
    t.equal(addWorkingHours(at(from), hours, days).toISOString(), at(due).toISOString(), why);
});

t.test('so many hours are found between any two moments, counted one by one', async (t) => {
  const QUARTER = 15 * 60_000;
  const worked = (from: Date, to: Date, days: WorkCalendar) => {
    let quarters = 0;
    for (let moment = from.getTime(); moment < to.getTime(); moment += QUARTER) {
      const hour = ((moment / 3_600_000) % 24) + 8;
      if (isWorkingDay(dayOf(new Date(moment)), days) && hour % 24 >= 8 && hour % 24 < 17) quarters += 1;
    }
    return quarters / 4;
  };
  const holidays = ['2026-12-25', '2027-01-01', '2026-11-30', '2026-12-06'];
  for (const weekend of [[6, 0], [5, 6], [5], []])
    for (let turn = 0; turn < 60; turn += 1) {
      const days = calendar(weekend, holidays);
      const from = new Date(at('2026-11-20T00:15').getTime() + turn * 67 * QUARTER);
      const hours = 1 + ((turn * 7) % 60);
      const due = addWorkingHours(from, hours, days);
      t.equal(worked(from, due, days), hours, `${weekend}: ${hours} hours from ${from.toISOString()}`);
      t.ok(isWorkingDay(dayOf(new Date(due.getTime() - 1)), days), 'and it is due on a working day');
    }
});

t.test('the working day so many after a day: weekends and holidays do not count', async (t) => {
  const days = calendar([6, 0], ['2026-11-30']);
  t.equal(workingDayAfter('2026-11-24', 2, days), '2026-11-26');
  t.equal(workingDayAfter('2026-11-26', 2, days), '2026-12-01', 'Thursday, with a holiday on Monday');
  t.equal(workingDayAfter('2026-11-28', 1, days), '2026-12-01', 'begun on a Saturday');
  t.equal(workingDayAfter('2026-11-24', 0, days), '2026-11-24');
  t.throws(() => workingDayAfter('2026-11-24', 1, calendar([0, 1, 2, 3, 4, 5, 6])), /no working days/);
});

t.test('nobody ever works: said, not waited for', async (t) => {
  t.throws(() => addWorkingHours(at('2026-11-24T09:00'), 1, calendar([0, 1, 2, 3, 4, 5, 6])), /no working days/);
});
