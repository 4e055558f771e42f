/** SOP 4.7 to 4.12. */
export const mailboxTexts = {
  'mailbox.tab.general': { ms: 'General', en: 'General' },
  'mailbox.tab.account': { ms: 'Manage Account', en: 'Manage Account' },
  'mailbox.tab.password': { ms: 'Password Mgmt', en: 'Password Mgmt' },
  'mailbox.tab.mail-flows': { ms: 'Mail Flows', en: 'Mail Flows' },
  'mailbox.tab.groups': { ms: 'Member Of', en: 'Member Of' },
  'mailbox.tab.history': { ms: 'Sejarah', en: 'History' },
  'mailbox.state.active': { ms: 'Aktif', en: 'Active' },
  'mailbox.state.disabled': { ms: 'Dinyahaktifkan', en: 'Disabled' },
  'mailbox.state.deleted': { ms: 'Dipadam', en: 'Deleted' },
  'audit.mailbox.created': { ms: 'Mailbox dibina', en: 'Mailbox created' },
};
