/** Texts of src/reports. */
export const reportTexts = {} as const;
