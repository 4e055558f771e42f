import { sql } from 'kysely';

/**
 * A key of `mailbox_search` is the agency, the beginning of the name (`coarsePlace`), and in its last bits the mailbox:
 * an agency is a range of keys, and so is a beginning. In JavaScript keys are text: numbers do not hold them.
 */
export const MAILBOX_BITS = 27;
const AGENCY_BITS = 47;
const GREATEST = '9223372036854775807';

/** The least and the greatest key that an agency's mailboxes can have, or all mailboxes'. */
export const firstKey = (agencyId: number | null) => sql`(${agencyId ?? 0} << ${AGENCY_BITS})`;
export const lastKey = (agencyId: number | null) =>
  agencyId === null ? sql.raw(GREATEST) : sql`((${agencyId + 1} << ${AGENCY_BITS}) - 1)`;

/** Agency and beginning of a key. */
export const beginningOf = (key: string | undefined) => BigInt(key ?? 0) >> BigInt(MAILBOX_BITS);
