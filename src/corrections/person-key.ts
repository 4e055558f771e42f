import type { Db, Trx } from '../data/database.ts';
import { identityOfMailbox } from '../identities/queries.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import type { Correction } from './queries.ts';

/** What IPMS knows a person by, and what they sign in with. The address only of whom it stands for. */
export type PersonKey = Pick<Mailbox, 'ic_number' | 'passport' | 'login_id'> & { email: string | null };

type Former = Pick<Correction, 'former_ic_number' | 'former_passport' | 'former_login_id' | 'former_email'>;

export function keyOf({ ic_number, passport, login_id, email }: PersonKey): PersonKey {
  return { ic_number, passport, login_id, email };
}

/** What the person of a mailbox is known by at the moment. */
export async function keyOfMailbox(db: Db | Trx, mailbox: Mailbox): Promise<PersonKey> {
  const { kind, value } = await identityOfMailbox(db, mailbox);
  return keyOf({ ...mailbox, email: kind === 'email' ? value : null });
}

/** What it was when the correction was asked for. */
export function formerKeyOf(row: Former): PersonKey {
  const { former_ic_number, former_passport, former_login_id, former_email } = row;
  return { ic_number: former_ic_number, passport: former_passport, login_id: former_login_id, email: former_email };
}

/** Which of these a correction makes another one, from what to what. */
export function correctedBy(row: PersonKey & Former) {
  const former = formerKeyOf(row);
  return (['ic_number', 'passport', 'email', 'login_id'] as const)
    .map((name) => ({ name, from: former[name], to: row[name] }))
    .filter(({ from, to }) => from !== to);
}

/** Is it a number that is nobody else's to read? */
export const isNumber = (name: keyof PersonKey) => name === 'ic_number' || name === 'passport';
