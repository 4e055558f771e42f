/** SOP 4.9 step 4: why an account may be disabled. */
export const REASONS = [
  'study_leave',
  'unpaid_leave',
  'transfer',
  'retirement',
  'end_of_contract',
  'disciplinary',
  'security_investigation',
  'death',
  'other',
] as const;

export type Reason = (typeof REASONS)[number];
