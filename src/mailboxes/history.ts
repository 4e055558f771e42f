import type { Row } from '../data/schema.ts';
import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import { inOneLine } from '../trail/audit-words.ts';
import { planFor } from '../trail/undo-plan.ts';
import { type App, Id } from '../web/app-types.ts';
import { mailboxFrame } from './frame.ts';
import { findMailbox, listHistory } from './queries.ts';

type Act = Row<'audit'>;

const HistoryListing: Listing<Act> = {
  title: 'history.heading',
  empty: 'mailbox.history.empty',
  searchLabel: 'mailbox.history.search',
  exportName: 'mailbox-history',
  sort: 'id',
  descending: true,
  days: [
    { name: 'from', label: 'audit-trail.from' },
    { name: 'to', label: 'audit-trail.to' },
  ],
  columns: [
    { label: 'audit-trail.at', value: (row, say) => say.time(row.at), sort: 'id' },
    { label: 'audit-trail.action', value: (row, say) => say.t(`audit.${row.action}`) },
    {
      label: 'audit-trail.actor',
      value: (row, say) => `${row.actor_name} (${say.t(`role.${row.actor_role}`)})`,
    },
    { label: 'mailbox.history.changes', value: (row, say) => inOneLine(say.changes(row)) },
    { label: 'audit-trail.sop', value: (row, say) => (row.sop === null ? '' : say.sopNumber(row.sop)) },
  ],
};

/** Everything that was done to a mailbox and its sign-in, newest first, before and after. */
export function history(app: App) {
  const config = { sop: '4.7', access: ['admin'] } as const;
  const schema = { params: Id, querystring: ListSchema };

  app.get('/admin/mailboxes/:id/history', { schema, config }, async (request, reply) => {
    const mailbox = await findMailbox(app.db, request.actor, request.params.id);
    return showList(request, reply, HistoryListing, (query, db) => listHistory(db, mailbox, query), {
      view: 'mailboxes/history',
      rowsView: '/mailboxes/timeline',
      undo: await planFor(app.db, request.actor, { type: 'mailbox', id: mailbox.id }),
      undoPlace: `/admin/mailboxes/${mailbox.id}`,
      ...mailboxFrame(mailbox, 'history'),
    });
  });
}
