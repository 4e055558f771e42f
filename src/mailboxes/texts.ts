export const mailboxTexts = {};
