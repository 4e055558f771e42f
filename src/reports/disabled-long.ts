import { sql } from 'kysely';
import { DAY, later } from '../base/time.ts';
import { anyContains, countUpTo, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Reason } from '../mailbox-life/disabling.ts';
import { type Asked, daysFilter, type Report } from './report.ts';

type Row = {
  id: number;
  agency_id: number;
  display_name: string;
  primary_email: string;
  began_at: string;
  disabled_until: string | null;
  reason: string;
  by: string;
};

/** SOP 4.9: the mailboxes that have been disabled for at least the days that are asked for. */
function disabled({ db, actor, query: { filters, q }, now }: Asked) {
  const since = later(now, -Number(filters.days ?? 0) * DAY).toISOString();
  const found = withinReach(
    db
      .selectFrom('disabling')
      .innerJoin('mailbox', 'mailbox.id', 'disabling.mailbox_id')
      .innerJoin('user', 'user.id', 'disabling.ordered_by'),
    actor,
    'mailbox.agency_id',
  )
    .where('disabling.status', '=', 'in-force')
    .where('mailbox.status', '=', 'disabled')
    .where('disabling.began_at', '<=', since);
  return q === '' ? found : found.where(anyContains(q, ['mailbox.display_name', 'mailbox.primary_email']));
}

/** Accounts that have been disabled for long: perhaps they should be enabled or deleted. */
export const disabledLongReport: Report<Row> = {
  name: 'disabled-long',
  listing: (area) => ({
    sort: 'began_at',
    filters: [daysFilter('report.atLeastDays', [0, 30, 60, 90, 180, 365], 90)],
    columns: [
      {
        label: 'field.display_name',
        value: (row) => row.display_name,
        href: (row) => `/${area}/mailboxes/${row.id}${area === 'admin' ? '/account' : ''}`,
        sort: 'display_name',
      },
      { label: 'field.primary_email', value: (row) => row.primary_email, sort: 'primary_email' },
      { label: 'report.disabledSince', value: (row, say) => say.date(row.began_at), sort: 'began_at' },
      { label: 'report.forDays', value: (row, say) => say.number(say.daysAgo(row.began_at)), numeric: true },
      {
        label: 'report.disabledUntil',
        value: (row, say) => (row.disabled_until === null ? '' : say.date(row.disabled_until)),
        sort: 'disabled_until',
      },
      { label: 'field.reason', value: (row, say) => say.t(`life.reason.${row.reason as Reason}`) },
      { label: 'report.orderedBy', value: (row) => row.by },
    ],
  }),
  agencyOf: (row) => row.agency_id,
  find: (asked) =>
    onePage(
      asked.db,
      disabled(asked).select([
        'mailbox.id',
        'mailbox.agency_id',
        'mailbox.display_name',
        'mailbox.primary_email',
        sql<string>`disabling.began_at`.as('began_at'),
        'disabling.disabled_until',
        'disabling.reason',
        'user.full_name as by',
      ]),
      asked.query,
      'mailbox.id',
    ),
  async figures(asked) {
    return [{ label: 'report.total', value: await countUpTo(asked.db, disabled(asked).select('mailbox.id')) }];
  },
};
