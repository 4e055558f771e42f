/** SOP 4.13 to 4.19. */
export const groupTexts = {
  'group.loop': {
    ms: 'Senarai mel tidak boleh menjadi ahli dirinya sendiri, secara terus atau melalui senarai lain: {list}.',
    en: 'A mailing list cannot be a member of itself, directly or through other lists: {list}.',
  },
};
