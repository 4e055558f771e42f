/** The clock of the server. */
export const clockTexts = {
  'outbox.mail.clock': { ms: 'Jam pelayan diragui', en: 'Server’s clock in doubt' },
  'clock.title': { ms: 'Jam pelayan', en: 'Server’s clock' },
  'clock.doubted': { ms: 'Jam pelayan diragui', en: 'The server’s clock is in doubt' },
  'clock.ahead': {
    ms: 'Jam pelayan menunjukkan {now}, tetapi IPMS kali terakhir bekerja pada {seen}: lebih 14 hari sebelum itu.',
    en: 'The server’s clock says {now}, but IPMS was last at work at {seen}: more than 14 days before.',
  },
  'clock.behind': {
    ms: 'Jam pelayan menunjukkan {now}, tetapi IPMS sudah bekerja pada {seen}: masa itu belum tiba mengikut jam.',
    en: 'The server’s clock says {now}, but IPMS was at work at {seen} already: by the clock, that is still to come.',
  },
  'clock.held': {
    ms: 'Sementara itu tiada apa-apa dipadam atau ditamatkan: akaun, alamat yang disimpan, pindahan, rekod cubaan dan katalaluan yang menunggu kekal. Laporan bulanan dan peringatan juga menunggu. Semua halaman boleh digunakan.',
    en: 'Meanwhile nothing is deleted or ended: accounts, reserved addresses, transfers, refused tries and waiting passwords stay. Monthly reports and reminders wait, too. All pages can be used.',
  },
  'clock.todo': {
    ms: 'Bandingkan dengan jam lain. Jika jam pelayan salah, minta pentadbir pelayan membetulkannya: IPMS akan meneruskan kerja secara automatik. Jika betul (IPMS dimatikan semasa cuti panjang, atau dipulihkan daripada salinan lama), sahkan.',
    en: 'Compare it with another clock. If the server’s is wrong, ask whoever runs the server to put it right: IPMS then goes on by itself. If it is right (IPMS was off over long holidays, or was restored from an older backup), confirm it.',
  },
  'clock.confirm': { ms: 'Jam ini betul', en: 'This clock is right' },
  'clock.then': {
    ms: 'Dalam masa seminit selepas pengesahan, semua yang sudah sampai tarikhnya akan dilaksanakan, termasuk pemadaman akaun.',
    en: 'Within a minute of that, all that has fallen due is done, accounts being deleted among it.',
  },
  'clock.isConfirmed': {
    ms: 'Jam disahkan. Kerja yang sudah sampai tarikhnya diteruskan dalam masa seminit.',
    en: 'The clock is confirmed. What is due goes on within a minute.',
  },
  'clock.sure': {
    ms: 'Jam pelayan tidak diragui: tiada apa-apa yang ditahan.',
    en: 'The server’s clock is not in doubt: nothing is held.',
  },
  'clock.now': { ms: 'Jam pelayan', en: 'Server’s clock' },
  'clock.seen': { ms: 'IPMS kali terakhir bekerja', en: 'IPMS last at work' },
  'clock.look': { ms: 'Lihat dan sahkan', en: 'Look and confirm' },
  'clock.mail.subject': {
    ms: 'Jam pelayan IPMS diragui: kerja berjadual ditahan',
    en: 'Clock of the IPMS server in doubt: scheduled work is held',
  },
  'audit.clock.confirmed': { ms: 'Jam pelayan disahkan', en: 'Server’s clock confirmed' },
  'field.last_at_work': { ms: 'Kali terakhir bekerja', en: 'Last at work' },
} as const;
