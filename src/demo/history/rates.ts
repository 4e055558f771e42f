/**
 * How often something happens in a year among a thousand mailboxes. Assumptions, not measurements: an agency in which few come
 * and go, and whose passwords are mostly changed in Windows. What each leaves behind stands in docs/scale.md.
 */
export const RATES = {
  /** SOP 4.1 to 4.6: from the request of an access code to the mailbox. */
  joined: 40,
  /** SOP 4.1: a request that is refused. */
  refused: 4,
  /** SOP 4.9 and 4.10: disabled, and enabled again. */
  disabled: 20,
  /** SOP 4.11: ended for good. As many join, so that the number of mailboxes stays. */
  left: 40,
  /** From one agency to another. */
  moved: 10,
  /** SOP 4.15 and 4.16: one member out of a list, and one in. */
  listsChanged: 30,
  /** A question to the helpdesk. */
  asked: 20,
  signedIn: 300,
  /** SOP 4.20. */
  passwordsChanged: 150,
  /** SOP 4.20: an officer changes the own details. */
  profilesChanged: 60,
};

export const WORKING_DAYS_A_YEAR = 260;
