import type { Actor } from '../base/actor.ts';
import { countRunning } from '../bulk/queries.ts';
import type { Db } from '../data/database.ts';
import { PACKAGES, SERVICES, STORAGES_MB } from '../officers/package.ts';
import { type Columns, columnsOf } from '../paper/chart.ts';
import type { Sayers } from '../web/pages.ts';
import { countByDay, countEnding, countOnline, daysOfUse, lastDays, tallyOf } from './queries.ts';

/** Where the bands of used space begin, in MB; the database counts by the same. */
export const USED_BANDS = [0, 100, 500, 1024, 2048, 5120, 10240] as const;

/** Mailboxes of which no figure came yet. */
export const NOT_KNOWN = 'unknown';

/** A band of used space in words: `100 MB – 500 MB`, the last without an end. */
export function bandInWords(least: number, { t, size }: Pick<Sayers, 't' | 'size'>) {
  const next = USED_BANDS.find((bound) => bound > least);
  if (next === undefined) return t('figures.andMore', { least: size(least) });
  return least === 0
    ? t('figures.lessThan', { most: size(next) })
    : t('figures.between', { least: size(least), most: size(next) });
}

export type Figures = Awaited<ReturnType<typeof figuresOf>>;

/**
 * The counts and trends of an agency, or of all for the helpdesk: counters and a few steps in indexes, so that the
 * page that is asked for most stays quick however many mailboxes there are.
 */
export async function figuresOf(db: Db, actor: Actor, now: Date) {
  const tally = await tallyOf(db, actor);
  const days = lastDays(now);
  const byDay = await countByDay(db, actor, days);
  const ending = await countEnding(db, actor);
  return {
    // each account counts once: whose deletion is asked for is neither active nor disabled here
    active: tally('status', 'active') - ending.active,
    disabled: tally('status', 'disabled') - ending.disabled,
    ending: ending.active + ending.disabled,
    deleted: tally('status', 'deleted'),
    bulk: (await countRunning(db, actor)).runs,
    online: await countOnline(db, actor, now),
    packages: PACKAGES.map((value) => ({ value, count: tally('package', value) })),
    services: SERVICES.map((value) => ({ value, count: tally('service', value) })),
    storage: STORAGES_MB.map((value) => ({ value, count: tally('storage', value) })),
    used: [...USED_BANDS, NOT_KNOWN].map((value) => ({ value, count: tally('used', value) })),
    usedOn: await daysOfUse(db, actor),
    days,
    codeRequests: byDay.map(({ codeRequests }) => codeRequests),
    accountRequests: byDay.map(({ accountRequests }) => accountRequests),
    created: byDay.map(({ created }) => created),
    deletedByDay: byDay.map(({ deleted }) => deleted),
  };
}

/** A chart of columns as `views/components/column-chart` shows it, all of it in words: its axes, and what they tell. */
export type ColumnChart = {
  name: string;
  title: string;
  /** The list that it leads to, and how much it is altogether. */
  href?: string;
  total?: string;
  most: string;
  /** What stands at the left, in the middle and at the right. */
  places: string[];
  text: string;
  drawn: Columns;
};

/** The three charts of a month, each with the list that it leads to. */
export function dayCharts(area: 'admin' | 'helpdesk', figures: Figures, say: Sayers): ColumnChart[] {
  const { days } = figures;
  const { t, date, number } = say;
  const [from, to] = [days[0] ?? '', days.at(-1) ?? ''];
  const list = `/${area}/reports/account-list`;
  const chart = (name: 'requests' | 'created' | 'deleted', href: string, values: number[]) => {
    const drawn = columnsOf(values);
    const [total, most, day] = [number(drawn.total), number(drawn.most), date(days[drawn.mostAt] ?? from)];
    const between = { from: date(from), to: date(to) };
    return {
      name,
      title: t(`figures.${name}`),
      href,
      total,
      most: number(Math.max(1, drawn.most)),
      places: ends(days).map((each) => say.dayOfYear(each)),
      text: drawn.total === 0 ? t('figures.none', between) : t('figures.text', { ...between, total, most, day }),
      drawn,
    };
  };
  const requests = figures.codeRequests.map((count, index) => count + (figures.accountRequests[index] ?? 0));
  return [
    chart('requests', `/${area}/reports/requests?from=${from}&to=${to}`, requests),
    chart('created', `${list}?created_from=${from}&created_to=${to}`, figures.created),
    chart('deleted', `/${area}/reports/movements?from=${from}&to=${to}`, figures.deletedByDay),
  ];
}

/** The first, the middle and the last, for the foot of a chart. */
export function ends(places: readonly string[]) {
  return [places[0] ?? '', places[Math.floor(places.length / 2)] ?? '', places.at(-1) ?? ''];
}

export type Bars = { label: string; href: string | null; count: string; share: number }[];

/** The four tables of what the mailboxes are like, each row with the list that it leads to. */
export function barTables(area: 'admin' | 'helpdesk', figures: Figures, say: Sayers) {
  const list = `/${area}/reports/account-list`;
  const { packages, services, storage, used } = figures;
  const given = storage.filter(({ count }) => count > 0);
  return [
    {
      caption: 'figures.packages',
      note: null,
      rows: bars(
        packages,
        ({ value }) => say.t('figures.package', { value }),
        (value) => `/${area}/mailboxes?package=${value}`,
        say,
      ),
    },
    {
      caption: 'figures.services',
      note: null,
      rows: bars(
        services,
        ({ value }) => value,
        (value) => `${list}?service=${encodeURIComponent(value)}`,
        say,
      ),
    },
    {
      caption: 'figures.storage',
      note: null,
      rows: bars(
        given,
        ({ value }) => say.size(value),
        (value) => `${list}?storage=${value}`,
        say,
      ),
    },
    {
      caption: 'figures.used',
      note: usedOnInWords(figures, say),
      rows: bars(
        used,
        ({ value }) => (typeof value === 'number' ? bandInWords(value, say) : say.t('usage.notKnown')),
        (value) => `${list}?used=${value}`,
        say,
      ),
    },
  ] as const;
}

/** Of which days the figures of used space are; null before the first. */
function usedOnInWords({ usedOn: { first, last } }: Figures, say: Sayers) {
  if (first === null || last === null) return null;
  return first === last
    ? say.t('figures.usedOn', { day: say.date(last) })
    : say.t('figures.usedBetween', { first: say.date(first), last: say.date(last) });
}

/** Each count beside the largest of them. */
function bars<Value>(
  counts: { value: Value; count: number }[],
  label: (each: { value: Value }) => string,
  href: (value: Value) => string,
  { number }: Sayers,
): Bars {
  const shares = sharesOf(counts.map(({ count }) => count));
  return counts.map(({ value, count }, index) => ({
    label: label({ value }),
    href: href(value),
    count: number(count),
    share: shares[index] ?? 0,
  }));
}

/** How much of the largest each number is, in hundredths; what is not 0 can be seen. */
export function sharesOf(numbers: number[]) {
  const most = Math.max(0, ...numbers) || 1;
  return numbers.map((each) => Math.ceil((100 * each) / most));
}
