export const myAccountTexts = {};
