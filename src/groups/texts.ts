/** SOP 4.13 to 4.19. */
export const groupTexts = {
  'group.loop': {
    ms: 'Senarai mel tidak boleh menjadi ahli dirinya sendiri, secara terus atau melalui senarai lain: {list}.',
    en: 'A mailing list cannot be a member of itself, directly or through other lists: {list}.',
  },
  'group.heirUnfit': {
    ms: 'Pilih pengendali baru bagi senarai {list}: seorang lain dalam agensi ini yang mailbox-nya aktif.',
    en: 'Choose a new owner for the list {list}: somebody else of this agency whose mailbox is active.',
  },
  'audit.group.handed-over': { ms: 'Senarai diserahkan kepada pengendali lain', en: 'List handed over to another owner' },
};
