export const agencyTexts = {};
