/** The copy on a second machine. */
export const standbyTexts = {
  'outbox.mail.standby': { ms: 'Salinan mesin kedua ketinggalan', en: 'Copy on the second machine behind' },
  'standby.behind': { ms: 'Salinan pada mesin kedua ketinggalan', en: 'The copy on the second machine is behind' },
  'standby.since': { ms: 'Yang terbaharu di sana bertarikh {time}.', en: 'The newest there is of {time}.' },
  'standby.none': {
    ms: 'Tiada salinan ditemui di sana, atau foldernya tidak dapat dibaca.',
    en: 'No copy was found there, or its folder cannot be read.',
  },
  'standby.held': {
    ms: 'Jika pelayan ini rosak sekarang, perubahan terkini akan hilang. Semua halaman boleh digunakan seperti biasa.',
    en: 'If this server failed now, the latest changes would be lost. All pages can be used as ever.',
  },
  'standby.todo': {
    ms: 'Maklumkan pentadbir pelayan: Litestream mungkin terhenti, atau storan mesin kedua tidak dapat dicapai (docs/standby.md).',
    en: 'Tell whoever runs the server: Litestream may have stopped, or the second machine’s storage is out of reach (docs/standby.md).',
  },
  'standby.newest': { ms: 'Yang terbaharu di mesin kedua', en: 'Newest on the second machine' },
  'standby.unknown': { ms: 'Tidak ditemui atau tidak dapat dibaca', en: 'Not found, or cannot be read' },
  'standby.mail.subject': {
    ms: 'Salinan IPMS pada mesin kedua ketinggalan',
    en: 'Copy of IPMS on the second machine is behind',
  },
} as const;
