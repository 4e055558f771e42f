import { sql } from 'kysely';
import { DAY, later } from '../base/time.ts';
import { anyContains, countUpTo, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import { type Asked, daysFilter, type Report } from './report.ts';

type Row = {
  id: number;
  agency_id: number;
  display_name: string;
  primary_email: string;
  unit: string;
  created_at: string;
  last_used_at: string | null;
  last_mail_on: string | null;
};

/**
 * Active accounts that were never used, or not for the days that are asked for: by their mail where the mail system tells,
 * by sign-in where it does not. An index has them in the order of the report.
 */
function dormant({ db, actor, query: { filters, q }, now }: Asked) {
  const since = later(now, -Number(filters.days ?? 0) * DAY).toISOString();
  let found = withinReach(db.selectFrom('mailbox'), actor, 'mailbox.agency_id').where(
    sql<boolean>`mailbox.status = 'active' and mailbox.id not in (select mailbox_id from termination where status = 'requested')`,
  );
  if (filters.kind === 'never') found = found.where('mailbox.last_used_at', 'is', null);
  else if (filters.kind === 'long') found = found.where('mailbox.last_used_at', '<', since);
  else
    found = found.where((eb) =>
      eb.or([eb('mailbox.last_used_at', 'is', null), eb('mailbox.last_used_at', '<', since)]),
    );
  if (q !== '') found = found.where(anyContains(q, ['mailbox.display_name', 'mailbox.primary_email', 'mailbox.unit']));
  return found;
}

/** Accounts that nobody seems to use. */
export const dormantReport: Report<Row> = {
  name: 'dormant',
  listing: (area) => ({
    sort: 'last_used_at',
    filters: [
      {
        name: 'kind',
        label: 'report.use',
        options: [
          { value: 'never', label: 'report.never' },
          { value: 'long', label: 'report.notLately' },
        ],
      },
      daysFilter('report.notForDays', [30, 60, 90, 180, 365], 90),
    ],
    columns: [
      {
        label: 'field.display_name',
        value: (row) => row.display_name,
        href: (row) => `/${area}/mailboxes/${row.id}`,
        sort: 'display_name',
      },
      { label: 'field.primary_email', value: (row) => row.primary_email, sort: 'primary_email', isBelow: true },
      { label: 'field.unit', value: (row) => row.unit, sort: 'unit' },
      { label: 'mailbox.created', value: (row, say) => say.date(row.created_at), sort: 'mailbox.created_at' },
      {
        label: 'report.lastUsed',
        value: (row, say) => (row.last_used_at === null ? say.t('person.never') : say.date(row.last_used_at)),
        sort: 'last_used_at',
      },
      {
        label: 'report.knownBy',
        value: (row, say) => say.t(row.last_mail_on === null ? 'report.bySignIn' : 'report.byMail'),
      },
    ],
  }),
  agencyOf: (row) => row.agency_id,
  find: (asked) =>
    onePage(
      asked.db,
      dormant(asked).select([
        'mailbox.id',
        'mailbox.agency_id',
        'mailbox.display_name',
        'mailbox.primary_email',
        'mailbox.unit',
        'mailbox.created_at',
        'mailbox.last_used_at',
        'mailbox.last_mail_on',
      ]),
      asked.query,
      'mailbox.id',
    ),
  async figures(asked) {
    const count = async (kind: string) => {
      const query = { ...asked.query, filters: { ...asked.query.filters, kind } };
      return countUpTo(asked.db, dormant({ ...asked, query }).select('mailbox.id'));
    };
    return [
      { label: 'report.never', value: await count('never') },
      { label: 'report.notLately', value: await count('long') },
    ];
  },
};
