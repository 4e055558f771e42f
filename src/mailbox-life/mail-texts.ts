/** The mails of disabling, deleting and restoring (N9 to N12). */
export const mailboxLifeMailTexts = {
  'mail.n9.until': { ms: 'sehingga {date}', en: 'until {date}' },
  'mail.n9.open': { ms: 'sehingga akaun itu diaktifkan semula', en: 'until the account is enabled again' },
  'mail.life.disabled.subject': {
    ms: '{name} dikeluarkan sementara daripada senarai mel anda',
    en: '{name} is out of your mailing list for now',
  },
  'mail.life.disabled.text': {
    ms: 'Akaun {name} telah dikeluarkan buat sementara waktu daripada senarai mel di bawah kerana akaun itu dinyahaktifkan {until}. Tiada apa-apa yang perlu anda buat.',
    en: 'The account of {name} has been taken out of the mailing lists below for now, because it is disabled {until}. You need not do anything.',
  },
  'mail.life.enabled.subject': {
    ms: '{name} kembali ke dalam senarai mel anda',
    en: '{name} is back in your mailing list',
  },
  'mail.life.enabled.text': {
    ms: 'Akaun {name} telah didaftarkan semula ke dalam senarai mel di bawah kerana akaun itu telah diaktifkan semula.',
    en: 'The account of {name} has been put back into the mailing lists below, because it has been enabled again.',
  },
  'mail.life.ended.subject': {
    ms: '{name} dikeluarkan daripada senarai mel anda: akaun ditamatkan',
    en: '{name} is out of your mailing list: the account has ended',
  },
  'mail.life.ended.text': {
    ms: 'Akaun {name} telah dikeluarkan daripada senarai mel di bawah kerana perkhidmatannya dalam 1GovUC telah ditamatkan.',
    en: 'The account of {name} has been taken out of the mailing lists below, because its service in 1GovUC has ended.',
  },
  'mail.life.restored.subject': {
    ms: '{name} kembali ke dalam senarai mel anda',
    en: '{name} is back in your mailing list',
  },
  'mail.life.restored.text': {
    ms: 'Akaun {name} telah dipulihkan dan didaftarkan semula ke dalam senarai mel di bawah.',
    en: 'The account of {name} has been restored and put back into the mailing lists below.',
  },
  'mail.life.moved.subject': {
    ms: '{name} dikeluarkan daripada senarai mel anda: bertukar agensi',
    en: '{name} is out of your mailing list: moved to another agency',
  },
  'mail.life.moved.text': {
    ms: 'Akaun {name} telah dikeluarkan daripada senarai mel di bawah kerana pegawai itu telah bertukar ke agensi lain.',
    en: 'The account of {name} has been taken out of the mailing lists below, because the officer has moved to another agency.',
  },
  'mail.life.link': { ms: 'Buka Manage Account', en: 'Open Manage Account' },
  'mail.life.groups': { ms: 'Buka Groups', en: 'Open Groups' },
  'mail.life.alone.subject': {
    ms: 'Senarai mel tanpa pengendali selepas akaun {name} ditamatkan',
    en: 'Mailing lists without an owner after the end of the account of {name}',
  },
  'mail.life.alone.text': {
    ms: 'Akaun {name} telah ditamatkan pada harinya, dan senarai mel di bawah tidak lagi mempunyai pengendali yang aktif. Tambah pengendali baharu dalam Groups.',
    en: 'The account of {name} has ended on its day, and the mailing lists below have no active owner any more. Add a new owner under Groups.',
  },
  'mail.n10.subject': {
    ms: 'Tarikh akhir Disable Account: {name}, {until}',
    en: 'End of Disable Account: {name}, {until}',
  },
  'mail.n10.soon': {
    ms: 'Akaun {name} dinyahaktifkan sehingga {until}. Jika pegawai kembali, aktifkan akaunnya pada hari itu; jika tidak, tangguhkan tarikhnya.',
    en: 'The account of {name} is disabled until {until}. If the officer comes back, enable the account on that day; if not, put the day off.',
  },
  'mail.n10.byItself': {
    ms: 'Akaun {name} dinyahaktifkan sehingga {until}, dan akan diaktifkan secara automatik pada hari itu. Jika pegawai tidak kembali, tangguhkan tarikhnya.',
    en: 'The account of {name} is disabled until {until}, and will be enabled automatically on that day. If the officer does not come back, put the day off.',
  },
  'mail.n10.today': {
    ms: 'Akaun {name} dinyahaktifkan sehingga {until}, dan hari itu telah tiba. Aktifkan akaun, atau tangguhkan tarikhnya.',
    en: 'The account of {name} is disabled until {until}, and that day has come. Enable the account, or put the day off.',
  },
  'mail.n12.requested.subject': {
    ms: 'Permohonan penamatan akaun: {name}',
    en: 'Request to end an account: {name}',
  },
  'mail.n12.requested.text': {
    ms: 'Akaun {name} telah diminta untuk ditamatkan perkhidmatannya di dalam 1GovUC (E-mel, Lync dan AD) berkuat kuasa pada {date}. Sebelum hari itu permohonan boleh ditarik balik.',
    en: 'The account of {name} has been asked to be ended in 1GovUC (e-mail, Lync and AD) with effect from {date}. Before that day the request can be withdrawn.',
  },
  'mail.n12.postponed.subject': {
    ms: 'Tarikh penamatan akaun diubah: {name}',
    en: 'Day of the end of an account changed: {name}',
  },
  'mail.n12.postponed.text': {
    ms: 'Akaun {name} kini diminta untuk ditamatkan berkuat kuasa pada {date}.',
    en: 'The account of {name} is now asked to be ended with effect from {date}.',
  },
  'mail.n12.withdrawn.subject': {
    ms: 'Permohonan penamatan akaun ditarik balik: {name}',
    en: 'Request to end an account withdrawn: {name}',
  },
  'mail.n12.withdrawn.text': {
    ms: 'Permohonan untuk menamatkan akaun {name} pada {date} telah ditarik balik. Jangan tamatkan akaun ini; aktifkan semula apa yang telah ditamatkan.',
    en: 'The request to end the account of {name} on {date} has been withdrawn. Do not end it; give back what has been ended already.',
  },
  'mail.n12.carriedOut.subject': { ms: 'Akaun telah ditamatkan hari ini: {name}', en: 'Account ended today: {name}' },
  'mail.n12.carriedOut.text': {
    ms: 'Akaun {name} ditamatkan dalam IPMS pada {date}, seperti yang diminta. Log masuk IPMS ditutup dan keahlian senarai mel ditamatkan. Tamatkan E-mel, Lync dan AD, kemudian selesaikan tiket.',
    en: 'The account of {name} was ended in IPMS with effect from {date}, as asked for. Its sign-in to IPMS is closed and its list memberships have ended. End e-mail, Lync and AD, then resolve the ticket.',
  },
  'mail.n12.stillOpen.subject': {
    ms: 'Belum ditamatkan sepenuhnya: {name}',
    en: 'Not ended in everything yet: {name}',
  },
  'mail.n12.stillOpen.text': {
    ms: 'Akaun {name} ditamatkan dalam IPMS pada {date}, dan dua hari bekerja kemudian perkhidmatan di bawah masih belum ditandakan sebagai ditamatkan. Tamatkannya, tandakan pada tiket, kemudian selesaikan tiket.',
    en: 'The account of {name} was ended in IPMS with effect from {date}, and two working days later the services below are still not ticked as ended. End them, tick them on the ticket, then resolve it.',
  },
  'mail.n12.restored.subject': { ms: 'Akaun dipulihkan: {name}', en: 'Account restored: {name}' },
  'mail.n12.restored.text': {
    ms: 'Akaun {name}, yang ditamatkan pada {date}, telah dipulihkan. Aktifkan semula E-mel, Lync dan AD yang telah ditamatkan.',
    en: 'The account of {name}, which ended on {date}, has been restored. Give back e-mail, Lync and AD where they have been ended.',
  },
  'mail.n12.link': { ms: 'Buka tiket', en: 'Open the ticket' },
} as const;
