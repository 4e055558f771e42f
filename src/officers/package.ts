/** SOP 4.5 step 6: the packages that an account can have. What each may hold is the helpdesk's table `package_limit`. */
export const PACKAGES = ['A', 'B', 'C'] as const;

/** SOP 4.5 step 7: the public service's grades, 1 to 54, then JUSA and TURUS. */
export const GRADES: readonly string[] = [
  ...Array.from({ length: 54 }, (_, index) => String(index + 1)),
  ...['JUSA A', 'JUSA B', 'JUSA C', 'TURUS 1', 'TURUS 2', 'TURUS 3'],
];

/** SOP 4.5 step 8: how large a mailbox can be, in MB: 500 MB, then 1 to 10 GB. */
export const STORAGES_MB = [500, 1024, 2048, 3072, 4096, 5120, 6144, 7168, 8192, 9216, 10240] as const;

/** SOP 4.5 step 9: the value added services. */
export const SERVICES = ['SSO', 'BMT', 'ADRMS', 'Online Archiving', 'Multi Conferencing', 'Enterprise Voice'] as const;
