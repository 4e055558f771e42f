import { agencyOptions } from '../agencies/administrators.ts';
import { maskIcNumber } from '../base/ic-number.ts';
import type { Option } from '../forms/form.ts';
import { type Column, type Listing, ListSchema, showList } from '../lists/listing.ts';
import { PACKAGES } from '../officers/package.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import type { Sayers } from '../web/pages.ts';
import { MAILBOX_TONES } from './frame.ts';
import { type ListedMailbox, listMailboxes } from './list-queries.ts';
import { SEARCH_KEYS, termsOf } from './search-words.ts';

type Area = 'admin' | 'helpdesk';

const STATES = [
  { value: 'active', label: 'mailbox.state.active' },
  { value: 'disabled', label: 'mailbox.state.disabled' },
  { value: 'ending', label: 'mailbox.state.ending' },
  { value: 'to-complete', label: 'mailbox.state.to-complete' },
] as const;
const CATEGORIES = [
  { value: 'civil_servant', label: 'category.civil_servant' },
  { value: 'other', label: 'category.other' },
] as const;
const SERVICE_TYPES = [
  { value: 'ordinary', label: 'service.ordinary' },
  { value: 'vip', label: 'service.vip' },
] as const;

/** A mailbox's state in words; whose end is asked for stays what it is until the day. */
const stateOf = (row: ListedMailbox, say: Sayers) => say.t(`mailbox.state.${stateNameOf(row)}`);

function stateNameOf({ ending, status, to_complete }: ListedMailbox) {
  if (ending !== null) return 'ending';
  return to_complete === 1 && status === 'active' ? 'to-complete' : status;
}

function toneOf(row: ListedMailbox) {
  const state = stateNameOf(row);
  if (state === 'ending') return 'bad';
  return state === 'to-complete' ? 'wait' : MAILBOX_TONES[state];
}

function identityOf({ ic_number, passport }: ListedMailbox) {
  const identity = ic_number ?? passport;
  return identity === null ? '' : maskIcNumber(identity);
}

const agencyColumn: Column<ListedMailbox> = { label: 'field.agency', value: (row) => row.agency, isBelow: true };

function listing(area: Area, agencies: Option[]): Listing<ListedMailbox> {
  return {
    title: 'mailbox.title',
    intro: area === 'admin' ? 'mailbox.intro' : 'mailbox.introAll',
    empty: 'mailbox.empty',
    searchLabel: 'mailbox.search',
    keys: SEARCH_KEYS,
    exportName: 'mailboxes',
    sort: 'display_name',
    isIndexed: ({ filters }) => filters.state !== 'to-complete', // these have an index of their own, by which nothing is sorted
    filters: [
      ...(area === 'helpdesk' ? [{ name: 'agency', label: 'field.agency' as const, options: agencies }] : []),
      { name: 'state', label: 'field.status', options: STATES },
      {
        name: 'package',
        label: 'field.package',
        options: PACKAGES.map((value) => ({ value, label: { text: value } })),
      },
      { name: 'service_type', label: 'field.service_type', options: SERVICE_TYPES },
      { name: 'category', label: 'field.category', options: CATEGORIES },
    ],
    columns: [
      {
        label: 'field.display_name',
        value: (row) => row.display_name,
        href: (row) => `/${area}/mailboxes/${row.id}`,
        sort: 'display_name',
      },
      { label: 'field.primary_email', value: (row) => row.primary_email, sort: 'primary_email', isBelow: true },
      { label: 'field.login_id', value: (row) => row.login_id, isBelow: true },
      ...(area === 'helpdesk' ? [agencyColumn] : []),
      {
        label: 'field.ic_or_passport',
        value: identityOf,
      },
      ...(area === 'admin' ? [{ label: 'field.package' as const, value: (row: ListedMailbox) => row.package }] : []),
      { label: 'mailbox.created', value: (row, say) => say.date(row.created_at), sort: 'created_at' },
      { label: 'field.status', value: stateOf, tone: toneOf },
      {
        label: 'mailbox.detail',
        value: (_row, say) => say.t('mailbox.detail'),
        href: (row) => `/${area}/mailboxes/${row.id}`,
        isWayOnly: true,
      },
    ],
  };
}

/** SOP 4.7 step 1: Mailboxes, searched by display name, primary e-mail, login ID, or IC or passport. */
export function list(app: App) {
  const show = async (area: Area, request: Request, reply: Reply) => {
    const agencies = area === 'helpdesk' ? await agencyOptions(app.db) : [];
    const typed = (request.query as { q?: string }).q?.trim() ?? '';
    const isShort = typed !== '' && termsOf(typed, 'all') === null;
    return showList(request, reply, listing(area, agencies), (query, db) => listMailboxes(db, request.actor, query), {
      view: 'mailboxes/list',
      isShort,
    });
  };
  for (const area of ['admin', 'helpdesk'] as const)
    app.get(
      `/${area}/mailboxes`,
      {
        schema: { querystring: ListSchema },
        config: { sop: ['4.7', '4.8', '4.9', '4.10', '4.11', '4.18', '4.19'], access: [area] },
      },
      (request, reply) => show(area, request, reply),
    );
}
