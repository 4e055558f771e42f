import { type Listing, ListSchema, showList } from '../../lists/listing.ts';
import type { App } from '../../web/app-types.ts';
import { nameColumn, personColumns, STATE_FILTER } from './columns.ts';
import { listStaff, type Person } from './queries.ts';

const StaffListing: Listing<Person> = {
  title: 'menu.staff',
  intro: 'staff.intro',
  empty: 'staff.empty',
  searchLabel: 'person.search',
  exportName: 'helpdesk-staff',
  sort: 'full_name',
  filters: [STATE_FILTER],
  action: { href: '/helpdesk/staff/new', label: 'staff.new' },
  columns: [nameColumn('/helpdesk/staff'), ...personColumns],
};

/** Who works at the helpdesk. */
export function staffList(app: App) {
  const config = { access: ['helpdesk'] } as const;

  app.get('/helpdesk/staff', { schema: { querystring: ListSchema }, config }, (request, reply) =>
    showList(request, reply, StaffListing, (query, db) => listStaff(db, query, app.clock())),
  );
}
