import { agencyOptions } from '../agencies/administrators.ts';
import { helpdeskListing } from '../agencies/helpdesk-listing.ts';
import { type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { KIND_NAMES, kindOf } from './kinds.ts';
import { listRuns, type Run } from './queries.ts';

export const STATES = [
  'uploaded',
  'refused',
  'checked',
  'confirmed',
  'running',
  'done',
  'cancelled',
  'stopped',
  'discarded',
] as const satisfies readonly Run['state'][];

export const RUN_TONES: Record<Run['state'], Tone> = {
  uploaded: 'info',
  refused: 'bad',
  checked: 'wait',
  confirmed: 'info',
  running: 'info',
  done: 'good',
  cancelled: 'plain',
  stopped: 'bad',
  discarded: 'plain',
};

const RunListing: Listing<Run> = {
  title: 'bulk.title',
  intro: 'bulk.intro',
  empty: 'bulk.empty',
  searchLabel: 'bulk.search',
  exportName: 'bulk-runs',
  sort: 'created_at',
  descending: true,
  action: { href: '/admin/bulk/new', label: 'bulk.new' },
  filters: [
    {
      name: 'kind',
      label: 'bulk.kind',
      options: KIND_NAMES.map((value) => ({ value, label: `bulk.${value}` as const })),
    },
    {
      name: 'state',
      label: 'field.status',
      options: [
        { value: 'unfinished', label: 'bulk.state.unfinished' },
        ...STATES.map((value) => ({ value, label: `bulk.state.${value}` as const })),
      ],
    },
  ],
  days: [
    { name: 'from', label: 'audit-trail.from' },
    { name: 'to', label: 'audit-trail.to' },
  ],
  columns: [
    {
      label: 'bulk.kind',
      value: (run, say) => (run.undo_of === null ? '' : `${say.t('bulk.undoing')}: `) + say.t(kindOf(run.kind).title),
      href: (run) => `/admin/bulk/${run.id}`,
      sort: 'kind',
    },
    { label: 'bulk.file', value: (run) => run.file_name, sort: 'file_name', isBelow: true },
    { label: 'bulk.rows', value: (run, say) => say.number(run.total), sort: 'total', numeric: true },
    { label: 'bulk.failed', value: (run, say) => say.number(run.failed), sort: 'failed', numeric: true },
    { label: 'bulk.by', value: (run) => run.confirmed_by_name ?? run.created_by_name },
    { label: 'field.created_at', value: (run, say) => say.time(run.created_at), sort: 'created_at' },
    {
      label: 'field.status',
      value: (run, say) => say.t(`bulk.state.${run.state}`),
      tone: (run) => RUN_TONES[run.state],
    },
  ],
};

/** The agency's bulk work, newest first; for the helpdesk that of all agencies, without what is in the files. */
export function list(app: App) {
  app.get('/admin/bulk', { schema: { querystring: ListSchema }, config: { access: ['admin'] } }, (request, reply) =>
    showList(request, reply, RunListing, (query, db) => listRuns(db, request.actor, query)),
  );

  const reading = { schema: { querystring: ListSchema }, config: { access: ['helpdesk'] } } as const;
  app.get('/helpdesk/bulk', reading, async (request, reply) =>
    showList(request, reply, helpdeskListing(RunListing, await agencyOptions(app.db), null), (query, db) =>
      listRuns(db, request.actor, query),
    ),
  );
}
