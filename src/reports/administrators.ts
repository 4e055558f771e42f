import { sql } from 'kysely';
import { later } from '../base/time.ts';
import { SEEN_WITHIN } from '../dashboard/queries.ts';
import { anyContains, countUpTo, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Asked, Report } from './report.ts';

type Row = {
  id: number;
  agency_id: number;
  full_name: string;
  email: string;
  last_sign_in_at: string | null;
  online: number;
};

const onlineAt = (now: Date) => sql<number>`exists (select 1 from session where session.user_id = user.id
  and session.seen_at > ${later(now, -SEEN_WITHIN).toISOString()} and session.expires_at > ${now.toISOString()})`;

function administrators({ db, actor, query: { filters, q }, now }: Asked) {
  let found = withinReach(db.selectFrom('agency').crossJoin('user'), actor, 'agency.id')
    .whereRef('user.agency_id', '=', 'agency.id')
    .where('user.role', '=', 'admin')
    .where('user.status', '=', 'active');
  if (filters.online) found = found.where(onlineAt(now), '=', 1);
  if (q !== '') found = found.where(anyContains(q, ['full_name', 'email']));
  return found;
}

/** Who looks after the accounts, and who of them is there now. */
export const administratorsReport: Report<Row> = {
  name: 'administrators',
  listing: (area) => ({
    sort: 'full_name',
    filters: [{ name: 'online', label: 'report.presence', options: [{ value: 'yes', label: 'report.online' }] }],
    columns: [
      {
        label: 'field.name',
        value: (row) => row.full_name,
        href: (row) => (area === 'helpdesk' ? `/helpdesk/admins/${row.id}` : null),
        sort: 'full_name',
      },
      { label: 'field.email', value: (row) => row.email, sort: 'email' },
      {
        label: 'person.lastSignIn',
        value: (row, say) => (row.last_sign_in_at === null ? say.t('person.never') : say.time(row.last_sign_in_at)),
        sort: 'last_sign_in_at',
      },
      {
        label: 'report.presence',
        value: (row, say) => say.t(row.online === 1 ? 'report.online' : 'report.away'),
        tone: (row) => (row.online === 1 ? 'good' : 'plain'),
      },
    ],
  }),
  agencyOf: (row) => row.agency_id,
  find: (asked) =>
    onePage(
      asked.db,
      administrators(asked)
        .select(['user.id', 'user.full_name', 'user.email', 'user.last_sign_in_at', onlineAt(asked.now).as('online')])
        .select(sql<number>`user.agency_id`.as('agency_id')),
      asked.query,
      'user.id',
    ),
  async figures(asked) {
    const online = administrators(asked).where(onlineAt(asked.now), '=', 1).select('user.id');
    return [
      { label: 'report.total', value: await countUpTo(asked.db, administrators(asked).select('user.id')) },
      { label: 'report.online', value: await countUpTo(asked.db, online) },
    ];
  },
};
