import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { type Contact, listContacts } from './queries.ts';

type Area = 'admin' | 'helpdesk';

const STATES = [
  { value: 'active', label: 'contact.state.active' },
  { value: 'deleted', label: 'contact.state.deleted' },
] as const;

const listing = (area: Area): Listing<Contact> => ({
  title: 'contact.title',
  intro: area === 'admin' ? 'contact.intro' : 'contact.introHelpdesk',
  empty: area === 'admin' ? 'contact.empty' : 'contact.emptyHelpdesk',
  searchLabel: 'contact.search',
  keys: [
    { value: 'display_name', label: 'field.display_name' },
    { value: 'primary_email', label: 'field.primary_email' },
  ],
  exportName: 'contacts',
  sort: 'full_name',
  filters: area === 'admin' ? [] : [{ name: 'status', label: 'field.status', options: STATES, usual: 'active' }],
  columns: [
    {
      label: 'field.display_name',
      value: (row) => row.full_name,
      href: (row) => `/${area}/contacts/${row.id}`,
      sort: 'full_name',
    },
    { label: 'field.primary_email', value: (row) => row.email, sort: 'email' },
    { label: 'field.position', value: (row) => row.position },
    { label: 'field.company', value: (row) => row.company, sort: 'company' },
    { label: 'field.phone', value: (row) => row.phone },
  ],
});

/** SOP 4.21 to 4.23 step 1: is it there already? What the search says is also what to do next. */
export function contactLists(app: App) {
  for (const area of ['admin', 'helpdesk'] as const) {
    const route = {
      schema: { querystring: ListSchema },
      config: { sop: ['4.21', '4.22', '4.23'], access: [area] },
    } as const;
    app.get(`/${area}/contacts`, route, (request, reply) =>
      showList(request, reply, listing(area), (query, db) => listContacts(db, query), {
        view: 'contacts/contacts',
        mayAsk: area === 'admin',
      }),
    );
  }
}
