/** SOP 4.9 to 4.12. */
export const mailboxLifeTexts = {};
