import { dayOf } from '../base/time.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { type DeletedMailbox, listDeleted } from './queries.ts';
import { restorableUntil } from './restoring.ts';

const BY = [
  { value: 'display_name', label: 'field.display_name' },
  { value: 'primary_email', label: 'field.primary_email' },
] as const;

const listing = (restoreDays: number, today: string): Listing<DeletedMailbox> => {
  const restorable = (row: DeletedMailbox) => (restorableUntil(row, restoreDays) ?? '') >= today;
  return {
    title: 'life.deletedTitle',
    intro: 'life.deletedIntro',
    empty: 'life.deletedEmpty',
    searchLabel: 'life.deletedSearch',
    exportName: 'deleted-mailboxes',
    sort: 'deleted_at',
    descending: true,
    filters: [{ name: 'by', label: 'life.searchBy', options: BY }],
    columns: [
      {
        label: 'field.display_name',
        value: (row) => row.display_name,
        href: (row) => `/admin/mailboxes/${row.id}/account`,
        sort: 'display_name',
      },
      { label: 'field.primary_email', value: (row) => row.primary_email, sort: 'primary_email' },
      {
        label: 'life.deletedOn',
        value: (row, say) => (row.deleted_at === null ? '' : say.date(row.deleted_at)),
        sort: 'deleted_at',
      },
      { label: 'life.requestedBy', value: (row) => row.by ?? '' },
      { label: 'field.reason', value: (row) => row.reason ?? '' },
      {
        label: 'life.restorable',
        value: (row, say) =>
          restorable(row)
            ? say.t('life.restorableUntil', { date: say.date(restorableUntil(row, restoreDays) ?? '') })
            : say.t('life.notRestorable'),
        tone: (row) => (restorable(row) ? 'good' : 'plain'),
      },
    ],
  };
};

/** SOP 4.12: Deleted Mailbox, by display name or primary e-mail; each can be restored for the setting's days. */
export function deletedMailboxes(app: App) {
  const route = { schema: { querystring: ListSchema }, config: { sop: '4.12', access: ['admin'] } } as const;

  app.get('/admin/mailboxes/deleted', route, async (request, reply) => {
    const { restoreDays } = await readSystemSettings(app.db);
    return showList(request, reply, listing(restoreDays, dayOf(app.clock())), (query, db) =>
      listDeleted(db, request.actor, query),
    );
  });
}
