/** Taking back one's own newest change. */
export const undoTexts = {
  'undo.heading': { ms: 'Batalkan perubahan', en: 'Undo a change' },
  'undo.title': { ms: 'Batalkan perubahan: {name}', en: 'Undo a change: {name}' },
  'undo.button': { ms: 'Batalkan perubahan ini', en: 'Undo this change' },
  'undo.what': { ms: 'Perubahan terakhir anda', en: 'Your last change' },
  'undo.preview': { ms: 'Apa yang akan dikembalikan', en: 'What will be put back' },
  'undo.insteadOf': { ms: 'menggantikan', en: 'instead of' },
  'undo.members.added': {
    ms: '{count} ahli yang ditambah dikeluarkan semula:',
    en: '{count} {count:member that was|members that were} added {count:is|are} taken out again:',
  },
  'undo.members.removed': {
    ms: '{count} ahli yang dikeluarkan ditambah semula:',
    en: '{count} {count:member that was|members that were} removed {count:is|are} put back:',
  },
  'undo.membership.added': {
    ms: 'Mailbox ini dikeluarkan semula daripada senarai mel {list}.',
    en: 'This mailbox is taken out of the mailing list {list} again.',
  },
  'undo.membership.removed': {
    ms: 'Mailbox ini dikembalikan ke dalam senarai mel {list}.',
    en: 'This mailbox is put back into the mailing list {list}.',
  },
  'undo.wasMailed': {
    ms: 'E-mel tentang perubahan itu telah dihantar kepada {count} alamat ({addresses}). Siapa yang dimaklumkan tentang pembatalan ini disebut sebaik sahaja ia dibuat.',
    en: 'That change was mailed to {count} {count:address|addresses} ({addresses}). Who is mailed about taking it back is said as soon as it is done.',
  },
  'undo.reasonHint': {
    ms: 'Sebab ini direkodkan dalam sejarah dan jejak audit.',
    en: 'The reason is recorded in the history and the audit trail.',
  },
  'undo.ownPage': {
    ms: 'Perubahan ini ada halamannya sendiri untuk dikembalikan:',
    en: 'This change has a page of its own by which it is taken back:',
  },
  'undo.done': { ms: 'Perubahan telah dibatalkan.', en: 'The change has been undone.' },
  'undo.nothing': {
    ms: 'Tiada perubahan untuk dibatalkan di sini.',
    en: 'There is no change to undo here.',
  },
  'undo.tooLate': {
    ms: 'Tidak dapat dibatalkan: perubahan terakhir ialah “{what}” oleh {name} pada {time}. Hanya perubahan terakhir anda sendiri boleh dibatalkan; buat perubahan baharu jika perlu.',
    en: 'It cannot be undone: the last change is “{what}” by {name} on {time}. Only your own last change can be undone; make a new change if needed.',
  },
  'undo.notWhole': {
    ms: 'Tidak dapat dibatalkan sepenuhnya: sebahagian ahli telah berubah sejak itu. Ubah senarai ahli sendiri.',
    en: 'It cannot be undone as a whole: some members have changed since. Change the members by hand.',
  },
  'audit.mailbox.undone': { ms: 'Perubahan dibatalkan', en: 'Change undone' },
  'audit.group.undone': { ms: 'Perubahan dibatalkan', en: 'Change undone' },
  'field.undone': { ms: 'Perubahan', en: 'Change' },
  'field.undone_at': { ms: 'Perubahan pada', en: 'Changed on' },
  'field.undo_reason': { ms: 'Sebab dibatalkan', en: 'Reason for undoing' },
} as const;
