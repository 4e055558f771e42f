import fc from 'fast-check';
import { t } from 'tap';
import { type Copy, copyOf, lastDue, nameOf, nextDue, superfluous } from '../../src/backups/copies.ts';
import { DAY, dayOf, later } from '../../src/base/time.ts';

const KEEP = { days: 14, weeks: 8, months: 12 };
const copyAt = (madeAt: Date): Copy => ({
  name: nameOf({ madeAt, hasFaults: false, isEncrypted: false }),
  madeAt,
  hasFaults: false,
});

t.test('a name says when, in Kuala Lumpur, and what; nothing else is a copy', async (t) => {
  const madeAt = new Date('2026-11-29T17:30:05.000Z');
  t.equal(nameOf({ madeAt, hasFaults: false, isEncrypted: false }), 'ipms-20261130-013005.db.gz');
  t.equal(nameOf({ madeAt, hasFaults: true, isEncrypted: true }), 'ipms-20261130-013005-faults.db.gz.age');
  t.match(copyOf('ipms-20261130-013005-faults.db.gz.age'), { madeAt, hasFaults: true });
  for (const name of [
    'ipms-20261130-013005.db',
    '.ipms-20261130-013005.db.gz.unfinished',
    'ipms-20269930-013005.db.gz',
    'x-ipms-20261130-013005.db.gz',
    'ipms.db',
  ])
    t.equal(copyOf(name), null, name);
});

t.test('a copy is due once a day at the hour that is set, whatever the computer’s own zone', async (t) => {
  const at = { at: '01:30' };
  t.equal(lastDue(at, new Date('2026-11-30T01:29:59+08:00')).toISOString(), '2026-11-28T17:30:00.000Z');
  t.equal(lastDue(at, new Date('2026-11-30T01:30:00+08:00')).toISOString(), '2026-11-29T17:30:00.000Z');
  t.equal(nextDue(at, new Date('2026-11-30T01:30:00+08:00')).toISOString(), '2026-11-30T17:30:00.000Z');
});

t.test('a night a time for two years: as many days, weeks and months as are set, the newest always', async (t) => {
  let kept: Copy[] = [];
  for (let night = 0; night < 730; night += 1) {
    kept.push(copyAt(later(new Date('2026-01-01T01:30:00+08:00'), night * DAY)));
    const over = new Set(superfluous(kept, KEEP));
    kept = kept.filter((copy) => !over.has(copy));
  }
  const days = kept.map(({ madeAt }) => dayOf(madeAt));
  t.strictSame(
    days.slice(-14),
    Array.from({ length: 14 }, (_, night) => `2027-12-${18 + night}`),
  );
  t.equal(new Set(days.map((day) => day.slice(0, 7))).size, 12, 'twelve months');
  t.strictSame(days.slice(0, 2), ['2027-01-31', '2027-02-28'], 'of a month, its last');
  // eight Sundays back from the year's end, and the Friday that it ends with
  for (const sunday of ['2027-12-26', '2027-12-19', '2027-12-12', '2027-11-14']) t.ok(days.includes(sunday), sunday);
});

t.test('whatever there is: the newest stays, no more stay than may, and what stays once stays twice', async () => {
  const moments = fc.array(fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }), { maxLength: 80 });
  const keep = fc.record({
    days: fc.integer({ min: 1, max: 20 }),
    weeks: fc.integer({ min: 0, max: 10 }),
    months: fc.integer({ min: 0, max: 14 }),
  });
  fc.assert(
    fc.property(moments, keep, (minutes, keep) => {
      const copies = [...new Set(minutes)].map((minute) =>
        copyAt(later(new Date('2026-01-01T00:00:00Z'), minute * 60_000)),
      );
      const over = superfluous(copies, keep);
      const kept = copies.filter((copy) => !over.includes(copy));
      const newest = copies.toSorted((one, other) => other.madeAt.getTime() - one.madeAt.getTime())[0];
      return (
        (newest === undefined || kept.includes(newest)) &&
        kept.length <= keep.days + keep.weeks + keep.months &&
        superfluous(kept, keep).length === 0
      );
    }),
  );
});
