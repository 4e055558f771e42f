import type { Option } from '../../forms/form.ts';
import { type Listing, ListSchema, showList } from '../../lists/listing.ts';
import type { App } from '../../web/app-types.ts';
import { agencyOptions } from '../administrators.ts';
import { agencyColumn, nameColumn, personColumns, STATE_FILTER } from './columns.ts';
import { listAdministrators, type Person } from './queries.ts';

const listing = (agencies: readonly Option[]): Listing<Person> => ({
  title: 'menu.admins',
  intro: 'administrator.intro',
  empty: 'administrator.empty',
  searchLabel: 'person.search',
  exportName: 'administrators',
  sort: 'full_name',
  filters: [{ name: 'agency', label: 'field.agency', options: agencies }, STATE_FILTER],
  action: { href: '/helpdesk/admins/new', label: 'administrator.new' },
  columns: [nameColumn('/helpdesk/admins'), agencyColumn, ...personColumns],
});

/** The administrators of all agencies. */
export function admins(app: App) {
  const config = { access: ['helpdesk'] } as const;

  app.get('/helpdesk/admins', { schema: { querystring: ListSchema }, config }, async (request, reply) =>
    showList(request, reply, listing(await agencyOptions(app.db)), (query, db) =>
      listAdministrators(db, query, app.clock()),
    ),
  );
}
