import { type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { listUsageFiles, type UsageFile } from './queries.ts';

export const USAGE_TONES: Record<UsageFile['state'], Tone> = {
  reading: 'info',
  checked: 'wait',
  confirmed: 'info',
  done: 'good',
  cancelled: 'plain',
  stopped: 'bad',
  discarded: 'plain',
};

const FileListing: Listing<UsageFile> = {
  title: 'usage.title',
  intro: 'usage.intro',
  empty: 'usage.empty',
  searchLabel: 'usage.search',
  exportName: 'usage-files',
  sort: 'created_at',
  descending: true,
  action: { href: '/helpdesk/usage/new', label: 'usage.new' },
  filters: [
    {
      name: 'state',
      label: 'field.status',
      options: (Object.keys(USAGE_TONES) as UsageFile['state'][]).map((value) => ({
        value,
        label: `usage-file.state.${value}` as const,
      })),
    },
  ],
  days: [
    { name: 'from', label: 'audit-trail.from' },
    { name: 'to', label: 'audit-trail.to' },
  ],
  columns: [
    {
      label: 'bulk.file',
      value: (file) => file.file_name,
      href: (file) => `/helpdesk/usage/${file.id}`,
      sort: 'file_name',
    },
    { label: 'usage.rows', value: (file, say) => say.number(file.total), sort: 'total', numeric: true },
    { label: 'usage.done', value: (file, say) => say.number(file.done), sort: 'done', numeric: true },
    { label: 'usage.same', value: (file, say) => say.number(file.same), sort: 'same', numeric: true },
    { label: 'usage.refused', value: (file, say) => say.number(file.refused), sort: 'refused', numeric: true },
    { label: 'usage.sentBy', value: (file) => file.created_by_name, sort: 'created_by_name' },
    { label: 'usage.sentAt', value: (file, say) => say.time(file.created_at), sort: 'created_at', isBelow: true },
    {
      label: 'field.status',
      value: (file, say) => say.t(`usage-file.state.${file.state}`),
      tone: (file) => USAGE_TONES[file.state],
    },
  ],
};

/** The files of the mail system that came in, newest first. */
export function list(app: App) {
  const route = { schema: { querystring: ListSchema }, config: { access: ['helpdesk'] } } as const;
  app.get('/helpdesk/usage', route, (request, reply) =>
    showList(request, reply, FileListing, (query, db) => listUsageFiles(db, query)),
  );
}
