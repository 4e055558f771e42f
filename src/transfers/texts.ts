/** Texts of src/transfers. */
export const transferTexts = {} as const;
