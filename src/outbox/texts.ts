export const outboxTexts = {};
