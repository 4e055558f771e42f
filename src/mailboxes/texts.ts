export const mailboxTexts = {
  'audit.mailbox.created': { ms: 'Mailbox dibina', en: 'Mailbox created' },
};
