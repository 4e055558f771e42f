/** Texts of src/undo. */
export const undoTexts = {} as const;
