import type { Row, SignInRole } from '../data/schema.ts';

export type Role = 'visitor' | 'applicant' | SignInRole | 'system';

/** `user` is everybody with a mailbox or an agency: administrators are officers too. */
export type Access = 'anyone' | 'applicant' | 'user' | 'admin' | 'helpdesk';

/** Who does something, as far as rights, the audit and repeats need to know. Read anew for every request. */
export type Actor = {
  role: Role;
  userId: number | null;
  accessCodeId: number | null;
  agencyId: number | null;
  name: string;
  email: string | null;
  /** The network address. */
  address: string;
  /** Names the browser, where somebody has signed in with it before. */
  browser?: string | null;
  /** Says when whoever asks has gone: what waits for a turn is dropped then. */
  gone?: AbortSignal;
  /** Names one submission of one form; a repeat of it carries the same. Null where nothing is submitted. */
  act: string | null;
};

export const SYSTEM: Actor = {
  role: 'system',
  userId: null,
  accessCodeId: null,
  agencyId: null,
  name: 'IPMS',
  email: null,
  address: '',
  act: null,
};

/** The same as the person of a sign-in; from where they come, and by which submission, stays. */
export function asPerson(
  actor: Actor,
  { role, id, agency_id, full_name, email }: Pick<Row<'user'>, 'role' | 'id' | 'agency_id' | 'full_name' | 'email'>,
): Actor {
  return { ...actor, role, userId: id, agencyId: agency_id, name: full_name, email };
}

/** The agency of somebody who acts for one. */
export function agencyOf(actor: Actor) {
  if (actor.agencyId === null) throw new Error(`${actor.role} has no agency`);
  return actor.agencyId;
}

/** The id of somebody who has signed in. */
export function userOf(actor: Actor) {
  if (actor.userId === null) throw new Error(`${actor.role} has no sign-in`);
  return actor.userId;
}
