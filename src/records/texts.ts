/** Texts of src/records. */
export const recordTexts = {} as const;
