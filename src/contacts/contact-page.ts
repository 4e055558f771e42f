import type { Column } from '../lists/listing.ts';
import { historyOf } from '../trail/audit.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { type ContactGroup, contactById, groupsWith, ticketsAbout } from './queries.ts';

const groupColumns = (area: 'admin' | 'helpdesk'): Column<ContactGroup>[] => [
  { label: 'field.display_name', value: (row) => row.display_name, href: (row) => `/${area}/groups/${row.id}` },
  { label: 'field.primary_email', value: (row) => row.primary_email },
  ...(area === 'admin' ? [] : [{ label: 'field.agency' as const, value: (row: ContactGroup) => row.agency }]),
];

/** One contact: what is known, the lists that it is in, and what may be asked for. Other agencies' lists are a number for an administrator. */
export function contactPages(app: App) {
  const show = async (request: WithId, reply: Reply, area: 'admin' | 'helpdesk') => {
    const contact = await contactById(app.db, request.params.id);
    const all = await groupsWith(app.db, contact);
    const named = area === 'helpdesk' ? all : all.filter((group) => group.agency_id === request.actor.agencyId);
    return page(request, reply, 'contacts/contact', {
      contact,
      area,
      directory: await app.directoryStanding({ type: 'contact', id: contact.id }),
      groups: named,
      others: all.length - named.length,
      columns: groupColumns(area),
      waiting: await ticketsAbout(app.db, request.actor, contact.id),
      history: await historyOf(app.db, { type: 'contact', id: contact.id }),
    });
  };

  for (const area of ['admin', 'helpdesk'] as const)
    app.get(
      `/${area}/contacts/:id`,
      { schema: { params: Id }, config: { sop: ['4.22', '4.23'], access: [area] } },
      (request, reply) => show(request, reply, area),
    );
}
