import type { AccountRequest } from '../account-requests/queries.ts';
import { longText, text } from '../forms/fields.ts';
import { phone, postcode, state } from './fields.ts';

/** What SOP tables 3A and 3B ask for beside the name, in the order of table 3A; nothing of it is mandatory. */
export const detailFields = {
  ministry: text({ label: 'field.ministry', optional: true, max: 150 }),
  department: text({ label: 'field.department', optional: true, max: 150 }),
  division: text({ label: 'field.division', optional: true, max: 150 }),
  section: text({ label: 'field.section', optional: true, max: 150 }),
  unit: text({ label: 'field.unit', optional: true, max: 150 }),
  address: longText({ label: 'field.address', optional: true, max: 300, autocomplete: 'street-address' }),
  postcode: postcode(),
  city: text({ label: 'field.city', optional: true, max: 100, autocomplete: 'address-level2' }),
  state: state(),
  country: text({ label: 'field.country', optional: true, max: 100, autocomplete: 'country-name' }),
  office_phone: phone('field.office_phone'),
  mobile_phone: phone('field.mobile_phone'),
  note: longText({ label: 'field.note', optional: true }),
};

/** What only table 3A asks: a civil servant's position. */
export const positionFields = {
  position_title: text({ label: 'field.position_title', optional: true, max: 150, autocomplete: 'honorific-prefix' }),
  position: text({ label: 'field.position', optional: true, max: 150, autocomplete: 'organization-title' }),
};

/** The columns that a request and a mailbox share. */
export const DETAIL_COLUMNS = [
  'ministry',
  'department',
  'division',
  'section',
  'unit',
  'position_title',
  'position',
  'address',
  'postcode',
  'city',
  'state',
  'country',
  'office_phone',
  'mobile_phone',
  'note',
] as const;

export type Details = Pick<AccountRequest, (typeof DETAIL_COLUMNS)[number]>;

/** Only the columns of tables 3A and 3B; what a form did not ask is empty. */
export function detailsOf(values: Partial<Details>): Details {
  return Object.fromEntries(DETAIL_COLUMNS.map((column) => [column, values[column] ?? ''])) as Details;
}
