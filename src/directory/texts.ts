/** The directory's settings, states and pages. */
export const directoryTexts = {
  'directory.title': { ms: 'Direktori', en: 'Directory' },
  'field.directory_mode': { ms: 'Cara perubahan sampai ke direktori', en: 'How changes reach the directory' },
  'directory.modeHint': {
    ms: 'Bagi "terus", rancangan ditunjukkan dahulu; tiada apa-apa dihantar sebelum rancangan itu diluluskan.',
    en: 'With "live", a plan is shown first; nothing is sent before somebody has agreed to it.',
  },
  'directory.mode.checklist': { ms: 'Senarai semak: seorang pegawai melakukannya', en: 'Checklist: a person does it' },
  'directory.mode.script': {
    ms: 'Skrip: dijalankan oleh pentadbir direktori',
    en: 'Script: run by the administrators of the directory',
  },
  'directory.mode.live': { ms: 'Terus: IPMS menulis ke direktori', en: 'Live: IPMS writes to the directory' },
  'field.directory_ou': { ms: 'Unit organisasi (OU)', en: 'Organizational unit (OU)' },
  'directory.ouHint': {
    ms: 'Nama OU agensi di bawah bahagian IPMS. Biarkan kosong untuk menggunakan kod agensi.',
    en: 'The name of the OU of the agency below the part of IPMS. Leave it empty to take the code of the agency.',
  },
  'directory.ouWrong': {
    ms: 'Tulis satu nama OU tanpa aksara kawalan.',
    en: 'Write one name of an OU, without control characters.',
  },
  'field.directory_drift': {
    ms: 'Perubahan yang dibuat terus dalam direktori',
    en: 'What somebody changes in the directory itself',
  },
  'directory.driftHint': {
    ms: 'Perubahan yang mengambil banyak akaun sekali gus ditahan dalam kedua-dua pilihan.',
    en: 'What would take many accounts at once is held with either choice.',
  },
  'directory.drift.show': { ms: 'Tunjukkan sahaja', en: 'Only show it' },
  'directory.drift.repair': { ms: 'Kembalikan seperti dalam IPMS', en: 'Put it back as it is in IPMS' },
  'field.directory_must_change': {
    ms: 'Selepas pentadbir menetapkan kata laluan',
    en: 'After an administrator has set a password',
  },
  'directory.mustChangeHint': {
    ms: 'Jika Windows meminta kata laluan baharu, peti mel tidak menerima kata laluan itu sehingga ditukar.',
    en: 'Where Windows asks for a new one, the mailbox does not take the password until it was changed.',
  },
  'directory.mustChange.0': { ms: 'IPMS sahaja meminta kata laluan baharu', en: 'IPMS alone asks for a new one' },
  'directory.mustChange.1': { ms: 'Windows juga meminta kata laluan baharu', en: 'Windows asks for a new one, too' },
  'directory.notSet': {
    ms: 'Pelayan IPMS belum diberi direktori (IPMS_LDAP_URL). Minta penjaga pelayan menetapkannya, kemudian pilih semula.',
    en: 'The server of IPMS has not been given a directory (IPMS_LDAP_URL). Ask whoever looks after it to set it, then choose again.',
  },
};
