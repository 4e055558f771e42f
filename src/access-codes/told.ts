import type { AccessCode } from './queries.ts';

/** Whom, of the supervisor and the applicant, a mail really reaches (SOP 4.2 step 3, SOP 4.6 step 2). */
export type Told = 'both' | 'supervisor' | 'applicant' | 'nobody';

type Reached = Pick<AccessCode, 'supervisor_email' | 'notify_kind' | 'notify_email' | 'contact_email' | 'email'>;

/** Where the supervisor is reached, or null. */
export function supervisorAddress(code: Reached) {
  return code.supervisor_email ?? (code.notify_kind === 'supervisor' ? code.notify_email : null);
}

/** Where the person whom the code is for is reached, or null. */
export function applicantAddress(code: Reached) {
  return code.contact_email ?? code.email ?? (code.notify_kind === 'personal' ? code.notify_email : null);
}

/** Whom mails about a code and its account reach; the supervisor goes first where both have one address. */
export function toldOf(code: Reached): Told {
  const [supervisor, applicant] = [supervisorAddress(code), applicantAddress(code)];
  if (supervisor === null) return applicant === null ? 'nobody' : 'applicant';
  return applicant === null || applicant === supervisor ? 'supervisor' : 'both';
}
