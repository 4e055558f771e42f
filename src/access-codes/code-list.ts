import type { Actor } from '../base/actor.ts';
import { maskIcNumber } from '../base/ic-number.ts';
import type { Db } from '../data/database.ts';
import type { Found, ListQuery } from '../data/paging.ts';
import { type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { type AccessCode, type AccessCodeState, listAccessCodes, stateOf } from './queries.ts';

export const CODE_TONES: Record<AccessCodeState, Tone> = {
  issued: 'info',
  returned: 'wait',
  confirmed: 'info',
  registered: 'info',
  activated: 'good',
  expired: 'bad',
  revoked: 'plain',
};
const STATES = Object.keys(CODE_TONES).map((value) => ({
  value,
  label: `access-code.state.${value as AccessCodeState}` as const,
}));

type ListedCode = AccessCode & { state: AccessCodeState };

export const CodeListing: Listing<ListedCode> = {
  title: 'access-code.title',
  intro: 'access-code.intro',
  empty: 'access-code.empty',
  searchLabel: 'access-code.search',
  exportName: 'access-codes',
  sort: 'issued_at',
  descending: true,
  filters: [{ name: 'state', label: 'field.status', options: STATES }],
  action: { href: '/admin/access-codes/new', label: 'access-code.issue' },
  columns: [
    {
      label: 'field.name',
      value: (row) => row.full_name,
      href: (row) => `/admin/access-codes/${row.id}`,
      sort: 'full_name',
    },
    {
      label: 'access-code-request.identity',
      value: (row) => (row.ic_number ? maskIcNumber(row.ic_number) : (row.email ?? '')),
      isBelow: true,
    },
    { label: 'access-code.notifyEmail', value: (row) => row.notify_email, isBelow: true },
    { label: 'field.category', value: (row, say) => say.t(`category.${row.category}`) },
    { label: 'access-code.issuedAt', value: (row, say) => say.date(row.issued_at), sort: 'issued_at' },
    { label: 'access-code.validUntil', value: (row, say) => say.date(row.expires_at), sort: 'expires_at' },
    {
      label: 'field.status',
      value: (row, say) => say.t(`access-code.state.${row.state}`),
      tone: (row) => CODE_TONES[row.state],
    },
  ],
};

/** Codes within the actor's reach, each with what it is now. */
export async function codesWithState(db: Db, actor: Actor, query: ListQuery, now: Date): Promise<Found<ListedCode>> {
  const { rows, total } = await listAccessCodes(db, actor, query, now);
  return { rows: rows.map((row) => ({ ...row, state: stateOf(row, now) })), total };
}

/** SOP 4.2: the codes of the agency. */
export function codeList(app: App) {
  const route = { schema: { querystring: ListSchema }, config: { sop: '4.2', access: ['admin'] } } as const;
  app.get('/admin/access-codes', route, (request, reply) =>
    showList(request, reply, CodeListing, (query, db) => codesWithState(db, request.actor, query, app.clock())),
  );
}
