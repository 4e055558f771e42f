import fc from 'fast-check';
import { t } from 'tap';
import { maskIcNumber, readIcNumber, showIcNumber } from '../../src/base/ic-number.ts';

const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
/** The National Registration Department's list: states, older numbers of states, unknown state, and countries. */
const PLACES = [...span(1, 16), ...span(21, 59), ...span(60, 68), 71, 72, ...span(74, 79), ...span(82, 93), 98, 99];

const two = (number: number) => String(number).padStart(2, '0');
const birthday = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => {
    const iso = date.toISOString();
    return iso.slice(2, 4) + iso.slice(5, 7) + iso.slice(8, 10);
  });
const serial = fc.integer({ min: 0, max: 9999 }).map((number) => String(number).padStart(4, '0'));

t.test('every number with a day and a place that exist is read, however it is written', async () => {
  fc.assert(
    fc.property(
      birthday,
      fc.constantFrom(...PLACES),
      serial,
      fc.constantFrom('', '-', ' ', '\u2013', ' \u2014 ', '\u00a0', '\u200b-', '－'),
      (born, place, last, dash) => {
        const digits = born + two(place) + last;
        const typed = ` ${[born, two(place), last].join(dash)} `;
        return readIcNumber(typed) === digits && readIcNumber(showIcNumber(digits)) === digits;
      },
    ),
  );
});

t.test('each place by itself: those that exist are taken, no other is', async (t) => {
  for (const place of span(0, 99))
    t.equal(readIcNumber(`900101-${two(place)}-5678`) !== null, PLACES.includes(place), `place ${two(place)}`);
});

t.test('a day that cannot be is refused', async () => {
  const impossible = fc
    .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }))
    .filter(([, month, day]) => month < 1 || month > 12 || day < 1 || day > 31);
  fc.assert(
    fc.property(
      impossible,
      ([year, month, day]) => readIcNumber(`${two(year)}${two(month)}${two(day)}-14-5678`) === null,
    ),
  );
});

t.test('29 February only in a leap year of either century', async (t) => {
  t.equal(readIcNumber('960229-14-5678'), '960229145678');
  t.equal(readIcNumber('000229-14-5678'), '000229145678', '2000 was one, 1900 was not');
  for (const year of ['97', '98', '99', '01', '23'])
    t.equal(readIcNumber(`${year}0229-14-5678`), null, `19${year}, 20${year}`);
  for (const born of ['900230', '900431', '900631', '900931', '901131', '900132'])
    t.equal(readIcNumber(`${born}-14-5678`), null, born);
});

t.test('what is no number is none', async (t) => {
  for (const typed of [
    '',
    '900101',
    '9001011456789',
    '900101-14-567',
    '90-0101-14-5678',
    'a00101-14-5678',
    '900101--14-5678',
    '900101/14/5678',
    '900101-14-5678\n900101-14-5678',
  ])
    t.equal(readIcNumber(typed), null, JSON.stringify(typed));
  fc.assert(fc.property(fc.string(), (typed) => /^[\s\d -]*$/.test(typed) || readIcNumber(typed) === null));
});

t.test('a list shows no more than the birthday and the last digit', async (t) => {
  t.equal(maskIcNumber('900101145678'), '900101-**-***8');
  t.equal(maskIcNumber('A1234567'), 'A1****', 'a passport');
  t.equal(showIcNumber('900101145678'), '900101-14-5678');
  t.equal(showIcNumber('A1234567'), 'A1234567');
});
