import fc from 'fast-check';
import { t } from 'tap';
import { typedDay } from '../../src/base/days.ts';
import {
  DAY,
  dayOf,
  daysBetween,
  isoDate,
  isoTime,
  later,
  readDay,
  showDate,
  showTime,
  startOfDay,
} from '../../src/base/time.ts';

t.test('the day changes at midnight in Kuala Lumpur', async (t) => {
  t.equal(dayOf(new Date('2026-11-24T15:59:59.999Z')), '2026-11-24');
  t.equal(dayOf(new Date('2026-11-24T16:00:00.000Z')), '2026-11-25');
  t.equal(dayOf(new Date('2026-12-31T16:00:00.000Z')), '2027-01-01');
  t.equal(startOfDay('2026-11-25').toISOString(), '2026-11-24T16:00:00.000Z');
});

t.test('a day begins in itself, and ends a moment before the next', async () => {
  const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (moment) => {
      const begin = startOfDay(dayOf(moment));
      return dayOf(begin) === dayOf(moment) && dayOf(later(begin, DAY - 1)) === dayOf(moment) && begin <= moment;
    }),
  );
});

t.test('days waited are days of the calendar', async (t) => {
  t.equal(daysBetween('2026-11-24T15:59:00.000Z', new Date('2026-11-24T16:01:00.000Z')), 1, 'over midnight');
  t.equal(daysBetween('2026-11-24T16:01:00.000Z', new Date('2026-11-25T15:59:00.000Z')), 0, 'within a day');
  t.equal(daysBetween('2026-02-28T04:00:00.000Z', new Date('2026-03-01T04:00:00.000Z')), 1);
});

t.test('days as people write them', async (t) => {
  const written: [string, string | null][] = [
    ['24/11/2026', '2026-11-24'],
    ['24-11-2026', '2026-11-24'],
    ['24.11.2026', '2026-11-24'],
    ['1/2/2027', '2027-02-01'],
    ['2026-11-24', '2026-11-24'],
    ['29/02/2028', '2028-02-29'],
    ['2028-02-29', '2028-02-29'],
    ['29/02/2027', null],
    ['2027-02-29', null],
    ['29/02/2100', null],
    ['31/04/2026', null],
    ['00/01/2026', null],
    ['01/13/2026', null],
    ['2026-1-2', null],
    ['24/11/26', null],
    ['24 Nov 2026', '2026-11-24'],
    ['', null],
    ['2026-11-24T00:00', '2026-11-24'],
    ['2026-11-24T00:01', null],
    ['24/11/2026x', null],
  ];
  for (const [typed, day] of written) t.equal(readDay(typed), day, JSON.stringify(typed));
});

t.test('each day that exists is read back in each way of writing it', async () => {
  const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (date) => {
      const iso = date.toISOString().slice(0, 10);
      const [year, month, day] = iso.split('-');
      return (
        readDay(iso) === iso &&
        readDay(`${day}/${month}/${year}`) === iso &&
        readDay(`${Number(day)}/${Number(month)}/${year}`) === iso
      );
    }),
  );
});

t.test('days and times are shown as in Kuala Lumpur', async (t) => {
  t.equal(showDate('en', '2026-11-24T16:00:00.000Z'), '25 Nov 2026');
  t.equal(showDate('en', '2026-11-24'), '24 Nov 2026');
  t.equal(showDate('ms', '2026-12-01'), '1 Dis 2026');
  t.equal(showDate('ms', '2026-08-31'), '31 Ogos 2026');
  t.equal(showTime('en', '2026-11-24T16:05:00.000Z'), '25 Nov 2026, 00:05');
  for (let month = 1; month <= 12; month++)
    t.match(
      showDate('en', `2026-${String(month).padStart(2, '0')}-05`),
      /^5 [A-Z][a-z]{2,3} 2026$/,
      'the month in letters',
    );
});

t.test('every form in which IPMS itself shows or exports a day is read again as that day', async (t) => {
  const days = fc
    .integer({ min: 0, max: 40_000 })
    .map((count) => dayOf(later(new Date('1990-01-01T00:00:00Z'), count * DAY)));
  fc.assert(
    fc.property(days, (day) => {
      const [year, month, date] = day.split('-') as [string, string, string];
      const forms = [
        showDate('ms', day),
        showDate('en', day),
        showTime('ms', startOfDay(day)),
        isoDate(day),
        isoTime(startOfDay(day)),
        `${date}${month}${year}`,
        `${date}/${month}/${year} 0:00`,
        `${day}T00:00:00`,
        `${day}T00:00:00.000Z`,
        `${date}.${month}.${year} 00:00:00`,
        typedDay(day) ?? '',
      ];
      for (const form of forms) if (readDay(form) !== day) throw new Error(`${form} is read as ${readDay(form)}`);
    }),
  );
  const words: [string, string][] = [
    ['24 Disember 2026', '2026-12-24'],
    ['24 December 2026', '2026-12-24'],
    ['24-Dec-2026', '2026-12-24'],
    ['1 Sept 2026', '2026-09-01'],
    ['1 SEP 2026', '2026-09-01'],
    ['3 Ogos 2026', '2026-08-03'],
    ['3 Ogo 2026', '2026-08-03'],
    ['3 Aug 2026', '2026-08-03'],
    ['24/12/2026 12:00:00 AM', '2026-12-24'],
    ['24/12/2026 12:00:00 PG', '2026-12-24'],
  ];
  for (const [typed, day] of words) t.equal(readDay(typed), day, typed);
  for (const wrong of [
    '24/12/2026 14:05',
    '24/12/2026 12:00:00 PTG',
    '2026-12-24T09:00:00Z',
    '31022026',
    '24 Xyz 2026',
    '2412202',
    '0:00',
    '24 Dis',
  ])
    t.equal(readDay(wrong), null, wrong);
});
