import { type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import { placeOf } from '../trail/places.ts';
import type { App } from '../web/app-types.ts';
import { directorySeen, type Entry, listAddresses } from './list-queries.ts';

const ADMIN = { role: 'admin', userId: null } as const;

const AddressListing: Listing<Entry> = {
  title: 'mailbox.addressList',
  intro: 'mailbox.addressList.intro',
  empty: 'mailbox.addressList.empty',
  exportName: 'address-list',
  isGathered: true,
  sort: 'name',
  filters: [
    {
      name: 'kind',
      label: 'mailbox.kind',
      options: (['mailbox', 'group', 'contact'] as const).map(
        (value) => ({ value, label: `mailbox.kind.${value}` }) as const,
      ),
    },
  ],
  columns: [
    {
      label: 'field.display_name',
      value: (row) => row.name,
      href: (row) => placeOf(ADMIN, { type: row.kind, id: row.id }),
      sort: 'name',
    },
    { label: 'field.email', value: (row) => row.address },
    { label: 'mailbox.kind', value: (row, say) => say.t(`mailbox.kind.${row.kind}`) },
    { label: 'mailbox.about', value: (row) => row.about },
    { label: 'field.office_phone', value: (row) => row.phone },
  ],
};

const TONES: Record<Entry['in_directory'], Tone> = {
  step: 'good',
  due: 'wait',
  password: 'wait',
  differs: 'wait',
  refused: 'bad',
  held: 'bad',
  none: 'plain',
};
/** Where IPMS writes to the directory, each entry says how it stood there. */
const SeenListing: Listing<Entry> = {
  ...AddressListing,
  columns: [
    ...AddressListing.columns,
    {
      label: 'field.in_directory',
      value: (row, say) => say.t(`directory.state.${row.in_directory}`),
      tone: (row) => TONES[row.in_directory],
    },
  ],
};

/** SOP 4.7 step 3, 4.13 to 4.19: the Address List as Outlook Web App shows it. */
export function addressList(app: App) {
  const route = { schema: { querystring: ListSchema }, config: { sop: '4.7', access: ['admin'] } } as const;

  app.get('/admin/address-list', route, async (request, reply) => {
    const seen = await directorySeen(app.db, request.actor);
    const listing = seen === null ? AddressListing : SeenListing;
    return showList(request, reply, listing, (query, db) => listAddresses(db, request.actor, query), {
      view: 'mailboxes/address-list',
      seen,
    });
  });
}
