/** Texts of src/contacts. */
export const contactTexts = {} as const;
