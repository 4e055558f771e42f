/** Texts of src/dashboard. */
export const dashboardTexts = {} as const;
