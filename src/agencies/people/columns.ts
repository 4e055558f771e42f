import type { Column, Tone } from '../../lists/listing.ts';
import { type Person, type PersonState, stateOf } from './queries.ts';

export const STATE_TONES: Record<PersonState, Tone> = {
  active: 'good',
  pending: 'wait',
  locked: 'bad',
  disabled: 'plain',
  deleted: 'plain',
};

/** The states that lists of people can be narrowed to. */
export const STATE_FILTER = {
  name: 'state',
  label: 'field.status',
  options: (['active', 'pending', 'locked', 'disabled'] as const).map((value) => ({
    value,
    label: `person.state.${value}` as const,
  })),
} as const;

type PersonColumn = Column<Person>;

const loginColumn: PersonColumn = { label: 'field.login_id', value: (row) => row.login_id, sort: 'login_id' };
const emailColumn: PersonColumn = { label: 'field.email', value: (row) => row.email, sort: 'email' };
export const agencyColumn: PersonColumn = {
  label: 'field.agency',
  value: (row) => row.agency ?? '',
  sort: 'agency',
  isBelow: true,
};
const lastSignInColumn: PersonColumn = {
  label: 'person.lastSignIn',
  value: (row, say) => (row.last_sign_in_at === null ? say.t('person.never') : say.date(row.last_sign_in_at)),
  sort: 'last_sign_in_at',
};
const secondFactorColumn: PersonColumn = {
  label: 'field.second_factor',
  value: (row, say) => say.t(row.has_second_factor === 1 ? 'yes' : 'no'),
  sort: 'has_second_factor',
};
const stateColumn: PersonColumn = {
  label: 'field.status',
  value: (row, say) => say.t(`person.state.${stateOf(row)}`),
  tone: (row) => STATE_TONES[stateOf(row)],
};

/** The person's name, leading to the person's page in that list. */
export function nameColumn(place: '/helpdesk/admins' | '/helpdesk/staff'): PersonColumn {
  return {
    label: 'field.name',
    value: (row) => row.full_name,
    href: (row) => `${place}/${row.id}`,
    sort: 'full_name',
  };
}

/** What both lists of people show beside the name. */
export const personColumns = [loginColumn, emailColumn, lastSignInColumn, secondFactorColumn, stateColumn];
