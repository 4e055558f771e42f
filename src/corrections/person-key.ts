import type { Mailbox } from '../mailboxes/queries.ts';
import type { Correction } from './queries.ts';

/** What IPMS knows a person by, and what they sign in with. */
export type PersonKey = Pick<Mailbox, 'ic_number' | 'passport' | 'login_id'>;

type Former = Pick<Correction, 'former_ic_number' | 'former_passport' | 'former_login_id'>;

export function keyOf({ ic_number, passport, login_id }: PersonKey): PersonKey {
  return { ic_number, passport, login_id };
}

/** What it was when the correction was asked for. */
export function formerKeyOf(row: Former): PersonKey {
  return { ic_number: row.former_ic_number, passport: row.former_passport, login_id: row.former_login_id };
}

/** Which of the three a correction makes another one, from what to what. */
export function correctedBy(row: PersonKey & Former) {
  const former = formerKeyOf(row);
  return (['ic_number', 'passport', 'login_id'] as const)
    .map((name) => ({ name, from: former[name], to: row[name] }))
    .filter(({ from, to }) => from !== to);
}
