import type { Option } from '../forms/form.ts';
import type { Column, Listing } from '../lists/listing.ts';

/**
 * An agency's list as the helpdesk reads it: of all agencies or one, with the agency of each row, and nothing to do.
 * @param place where one of them is read; null where the list says all that is to be read
 */
export function helpdeskListing<Row extends { id: number; agency_id: number }>(
  listing: Listing<Row>,
  agencies: readonly Option[],
  place: string | null,
): Listing<Row> {
  const names = new Map(agencies.map(({ value, label }) => [value, typeof label === 'string' ? '' : label.text]));
  const [first, ...columns] = listing.columns;
  const { action: _action, intro: _intro, ...rest } = listing;
  const agency: Column<Row> = {
    label: 'field.agency',
    value: (row) => names.get(String(row.agency_id)) ?? '',
    isBelow: true,
  };
  const plain = columns.map(({ href: _href, ...column }) => column);
  const belowFirst = plain.findIndex((column) => !column.isBelow);
  return {
    ...rest,
    intro: 'reading.intro',
    empty: 'reading.empty',
    filters: [{ name: 'agency', label: 'field.agency', options: agencies }, ...(listing.filters ?? [])],
    columns: [
      ...(first === undefined
        ? []
        : [{ ...first, href: (row: Row) => (place === null ? null : `${place}/${row.id}`) }]),
      ...plain.slice(0, belowFirst),
      agency,
      ...plain.slice(belowFirst),
    ],
  };
}
