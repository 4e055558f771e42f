/** Texts of src/bulk. */
export const bulkTexts = {} as const;
