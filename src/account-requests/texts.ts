export const accountRequestTexts = {};
