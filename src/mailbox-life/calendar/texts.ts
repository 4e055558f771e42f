/** The calendar: what is planned for mailboxes and access codes, put off or cancelled. */
export const calendarTexts = {
  'menu.calendar': { ms: 'Kalendar', en: 'Calendar' },

  'life.calendar': { ms: 'Kalendar', en: 'Calendar' },
  'life.calendarIntro': {
    ms: 'Semua yang dirancang bagi agensi ini, mengikut harinya. Setiap satu boleh ditangguhkan atau dibatalkan.',
    en: 'Everything that is planned for this agency, by its day. Each can be put off or cancelled.',
  },
  'life.calendarEmpty': {
    ms: 'Tiada apa-apa yang dirancang. Tarikh pada Disable Account dan Delete Account, dan kod akses yang belum digunakan, dipaparkan di sini.',
    en: 'Nothing is planned. The days of Disable Account and Delete Account, and access codes not yet used, are shown here.',
  },
  'life.calendarSearch': { ms: 'Cari nama atau alamat', en: 'Search name or address' },
  'life.kind': { ms: 'Apa', en: 'What' },
  'life.kind.disablings': { ms: 'Disable Account bermula', en: 'Disable Account begins' },
  'life.kind.until-dates': { ms: 'Disable Account tamat', en: 'Disable Account ends' },
  'life.kind.deletions': { ms: 'Delete Account', en: 'Delete Account' },
  'life.kind.access-codes': { ms: 'Kod akses tamat tempoh', en: 'Access code expires' },
  'life.day': { ms: 'Tarikh', en: 'Day' },
  'life.dayFrom': { ms: 'Dari', en: 'From' },
  'life.dayTo': { ms: 'Hingga', en: 'To' },
  'life.overdue': { ms: 'telah lalu', en: 'past' },
  'life.postpone': { ms: 'Tangguh', en: 'Put off' },
  'life.aWeek': { ms: '+7 hari', en: '+7 days' },
  'life.cancel': { ms: 'Batal', en: 'Cancel' },
  'life.cancel.disablings': { ms: 'Batalkan', en: 'Cancel' },
  'life.cancel.until-dates': { ms: 'Padam tarikh', en: 'Remove the day' },
  'life.cancel.deletions': { ms: 'Tarik balik', en: 'Withdraw' },
  'life.cancel.access-codes': { ms: 'Batalkan kod', en: 'Revoke' },
  'life.cancelText.disablings': {
    ms: 'Akaun kekal aktif; tiada apa-apa yang berlaku pada hari itu.',
    en: 'The account stays active; nothing happens on that day.',
  },
  'life.cancelText.until-dates': {
    ms: 'Akaun kekal dinyahaktifkan sehingga anda mengaktifkannya; tiada lagi peringatan.',
    en: 'The account stays disabled until you enable it; nobody is reminded any more.',
  },
  'life.cancelText.deletions': {
    ms: 'Akaun kekal seperti sekarang; Meja Bantuan dimaklumkan dan tiketnya ditarik balik.',
    en: 'The account stays as it is; the helpdesk is told and its ticket is withdrawn.',
  },
  'life.cancelText.access-codes': {
    ms: 'Kod akses ini tidak dapat digunakan lagi.',
    en: 'This access code cannot be used any more.',
  },
  'life.newDay': { ms: 'Tarikh baharu', en: 'New day' },
  'life.newDayHint': {
    ms: 'Hari ini atau kemudian. Kosongkan untuk menangguhkan seminggu.',
    en: 'Today or later. Leave it empty to put it off by a week.',
  },
  'life.open': { ms: 'Buka rekodnya', en: 'Open its record' },
  'life.postponed': { ms: '{name}: tarikh telah diubah.', en: '{name}: the day has been changed.' },
  'life.cancelled.disablings': {
    ms: '{name}: rancangan Disable Account telah dibatalkan.',
    en: '{name}: the planned Disable Account has been cancelled.',
  },
  'life.cancelled.until-dates': {
    ms: '{name}: tarikh akhir telah dipadam; akaun kekal dinyahaktifkan.',
    en: '{name}: the until-date has been removed; the account stays disabled.',
  },
  'life.cancelled.deletions': {
    ms: '{name}: permohonan Delete Account telah ditarik balik.',
    en: '{name}: the request to delete the account has been withdrawn.',
  },
  'life.cancelled.access-codes': {
    ms: '{name}: kod akses telah dibatalkan.',
    en: '{name}: the access code has been revoked.',
  },
  'life.codeCancelled': { ms: 'Dibatalkan dalam Kalendar.', en: 'Cancelled on the calendar.' },

  'audit.access-code.postponed': { ms: 'Tempoh kod akses diubah', en: 'Term of the access code changed' },
} as const;
