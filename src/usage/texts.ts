/** Texts of src/usage. */
export const usageTexts = {
  'menu.usage': { ms: 'Penggunaan storage', en: 'Storage used' },
  'item.usage_file': { ms: 'Fail penggunaan storage', en: 'File of storage used' },

  'usage.notKnown': { ms: 'Belum diketahui', en: 'Not known yet' },
  'usage.whyNotKnown': {
    ms: 'Angka penggunaan datang daripada sistem e-mel. Belum ada angka bagi mailbox ini.',
    en: 'How much is used comes from the mail system. There is no figure for this mailbox yet.',
  },

  'usage.title': { ms: 'Penggunaan storage', en: 'Storage used' },
  'usage.intro': {
    ms: 'Fail daripada sistem e-mel yang menyatakan berapa MB digunakan oleh setiap mailbox, dan pada tarikh bila.',
    en: 'Files of the mail system that say how many MB each mailbox uses, and as of which day.',
  },
  'usage.empty': {
    ms: 'Belum ada fail. Pilih Hantar fail untuk memuat turun templat dan menghantar fail yang pertama.',
    en: 'There is no file yet. Choose Send a file to get the template and send the first.',
  },
  'usage.search': { ms: 'Nama fail atau pegawai', en: 'File name or officer' },
  'usage.new': { ms: 'Hantar fail', en: 'Send a file' },
  'usage.newTitle': { ms: 'Hantar fail penggunaan storage', en: 'Send a file of storage used' },
  'usage.newLead': {
    ms: 'Setiap baris disemak dahulu. Tiada angka berubah sehingga anda mengesahkannya.',
    en: 'Every row is checked first. No figure changes until you confirm it.',
  },
  'usage.prepare': { ms: 'Sediakan fail', en: 'Prepare the file' },
  'usage.rule.rows': {
    ms: 'Satu baris bagi setiap mailbox: e-mel, MB yang digunakan, dan tarikh angka itu. Paling banyak {most} baris; yang lebih besar dihantar dengan arahan ipms usage.',
    en: 'One row for each mailbox: e-mail, MB used, and the day of that figure. At most {most} rows; what is larger is sent with the command ipms usage.',
  },
  'usage.rule.alias': {
    ms: 'Alias dikira bagi mailboxnya. Dua baris bagi mailbox yang sama ditolak.',
    en: 'An alias counts for its mailbox. Two rows for one mailbox are refused.',
  },
  'usage.rule.day': {
    ms: 'Tarikh seperti 24/11/2026, 24 Nov 2026 atau 2026-11-24. Tarikh yang belum tiba, atau lebih awal daripada angka yang ada, ditolak.',
    en: 'Days as 24/11/2026, 24 Nov 2026 or 2026-11-24. A day to come, or before the figure that is there, is refused.',
  },
  'usage.rule.mail': {
    ms: 'Aktiviti e-mel terakhir tidak wajib; laporan Akaun tidak digunakan mengutamakannya.',
    en: 'The last mail activity is optional; the report Accounts not in use prefers it.',
  },
  'usage.rule.refused': {
    ms: 'Baris yang ditolak dinamakan dan ditinggalkan; yang lain boleh disahkan.',
    en: 'Refused rows are named and left out; the others can be confirmed.',
  },
  'usage.uploaded': { ms: 'Fail telah diterima dan disemak.', en: 'The file has arrived and was checked.' },
  'usage.nextConfirm': { ms: 'Lihat barisnya, kemudian sahkan', en: 'Look at its rows, then confirm' },

  'usage.address': { ms: 'E-mel', en: 'E-mail' },
  'usage.used': { ms: 'Digunakan (MB)', en: 'Used (MB)' },
  'usage.on': { ms: 'Tarikh angka', en: 'Day of the figure' },
  'usage.lastMail': { ms: 'Aktiviti e-mel terakhir', en: 'Last mail activity' },
  'usage.knownMb': { ms: 'Angka sekarang (MB)', en: 'Figure now (MB)' },
  'usage.knownOn': { ms: 'Tarikh angka sekarang', en: 'Day of the figure now' },
  'usage.newMb': { ms: 'Angka dalam fail (MB)', en: 'Figure in the file (MB)' },
  'usage.newOn': { ms: 'Tarikh angka dalam fail', en: 'Day of the figure in the file' },
  'usage.known': { ms: 'Angka sekarang', en: 'Figure now' },
  'usage.newFigure': { ms: 'Angka dalam fail', en: 'Figure in the file' },
  'usage.onDay': { ms: '{used}, {date}', en: '{used}, {date}' },

  'usage.negative': { ms: 'Angka tidak boleh kurang daripada 0.', en: 'A figure cannot be less than 0.' },
  'usage.number': {
    ms: 'Tulis bilangan MB tanpa koma, dari 0 hingga {most}, contohnya 742 atau 742.5.',
    en: 'Write the number of MB without commas, from 0 to {most}, for example 742 or 742.5.',
  },
  'usage.noMailbox': {
    ms: '“{typed}” bukan alamat mana-mana mailbox. Semak ejaannya, atau buang baris ini.',
    en: '“{typed}” is no mailbox’s address. Check how it is spelt, or delete this row.',
  },
  'usage.twice': {
    ms: 'Mailbox yang sama dengan baris {line} ({address}). Padam salah satu.',
    en: 'The same mailbox as in line {line} ({address}). Delete one of them.',
  },
  'usage.future': {
    ms: '{day} belum tiba. Betulkan tarikhnya.',
    en: '{day} has not come yet. Correct the day.',
  },
  'usage.older': {
    ms: 'Angka yang lebih baharu, pada {day}, sudah ada dan dikekalkan.',
    en: 'A newer figure, of {day}, is there already and is kept.',
  },

  'usage-file.state.reading': { ms: 'Sedang dibaca', en: 'Being read' },
  'usage-file.state.checked': { ms: 'Menunggu pengesahan', en: 'Waiting to be confirmed' },
  'usage-file.state.confirmed': { ms: 'Sedang diambil', en: 'Being taken over' },
  'usage-file.state.done': { ms: 'Selesai', en: 'Done' },
  'usage-file.state.cancelled': { ms: 'Dihentikan', en: 'Cancelled' },
  'usage-file.state.stopped': { ms: 'Terhenti', en: 'Stopped' },
  'usage-file.state.discarded': { ms: 'Dipadam', en: 'Discarded' },
  'usage.stateText.reading': {
    ms: 'Fail ini sedang dibaca oleh arahan ipms usage; belum ada angka yang berubah.',
    en: 'The command ipms usage is reading this file; no figure has changed.',
  },
  'usage.stateText.checked': {
    ms: 'Belum ada angka yang berubah. Jika tidak disahkan, fail dipadam selepas {date}.',
    en: 'No figure has changed yet. If it is not confirmed, the file is deleted after {date}.',
  },
  'usage.stateText.confirmed': {
    ms: 'Angkanya sedang diambil, sebahagian demi sebahagian. Anda boleh meninggalkan halaman ini.',
    en: 'Its figures are being taken over, some at a time. You may leave this page.',
  },
  'usage.stateText.done': {
    ms: 'Semua baris yang boleh diambil telah diambil.',
    en: 'All rows that could be taken over were taken over.',
  },
  'usage.stateText.cancelled': {
    ms: 'Yang belum diambil ditinggalkan; angka yang sudah diambil kekal.',
    en: 'What was not taken over yet is left out; figures taken over stay.',
  },
  'usage.stateText.stopped': {
    ms: 'Pegawai yang mengesahkannya tidak lagi bertugas di Meja Bantuan, jadi selebihnya ditinggalkan. Hantar fail sekali lagi jika perlu.',
    en: 'Whoever confirmed it is no longer of the helpdesk, so the rest was left out. Send the file again if it is needed.',
  },
  'usage.stateText.discarded': {
    ms: 'Fail ini dipadam tanpa disahkan; tiada angka yang berubah.',
    en: 'This file was deleted without being confirmed; no figure changed.',
  },

  'usage.progress': { ms: 'Kemajuan', en: 'Progress' },
  'usage.progressText': { ms: '{handled} daripada {total} baris.', en: '{handled} of {total} rows.' },
  'usage.lookAgain': { ms: 'Muat semula', en: 'Look again' },
  'usage.rows': { ms: 'Baris', en: 'Rows' },
  'usage.toTake': { ms: 'Boleh diambil', en: 'Can be taken over' },
  'usage.done': { ms: 'Angka baharu', en: 'New figures' },
  'usage.same': { ms: 'Sudah begitu', en: 'Already so' },
  'usage.refused': { ms: 'Ditolak', en: 'Refused' },
  'usage.left': { ms: 'Ditinggalkan', en: 'Left out' },
  'usage.days': { ms: 'Tarikh angka', en: 'Days of the figures' },
  'usage.daysRange': { ms: '{first} hingga {last}', en: '{first} to {last}' },
  'usage.sentBy': { ms: 'Dihantar oleh', en: 'Sent by' },
  'usage.sentAt': { ms: 'Dihantar pada', en: 'Sent at' },
  'usage.confirmedBy': { ms: 'Disahkan oleh', en: 'Confirmed by' },
  'usage.finishedAt': { ms: 'Tamat pada', en: 'Ended at' },
  'usage.effect': { ms: 'Jika disahkan', en: 'If it is confirmed' },
  'usage.effectRows': {
    ms: '{shown} mailbox mendapat angka dalam fail ini.',
    en: '{shown} {count:mailbox gets its|mailboxes get their} figure from this file.',
  },
  'usage.effectRefused': {
    ms: '{shown} baris ditolak dan ditinggalkan.',
    en: '{shown} {count:row is|rows are} refused and left out.',
  },
  'usage.effectNobody': {
    ms: 'Tiada e-mel dihantar. Fail yang lebih baharu menggantikan angka ini.',
    en: 'No mail is sent. A newer file replaces these figures.',
  },
  'usage.seeRefused': { ms: 'Lihat baris yang ditolak', en: 'See the refused rows' },
  'usage.allRefused': {
    ms: 'Tiada baris yang boleh diambil. Betulkan fail itu dan hantar sekali lagi.',
    en: 'No row can be taken over. Correct the file and send it again.',
  },
  'usage.again': { ms: 'Hantar fail lain', en: 'Send another file' },
  'usage.earlier': {
    ms: 'Fail yang sama telah disahkan oleh {name} pada {time}.',
    en: 'The same file was confirmed by {name} on {time}.',
  },
  'usage.seeEarlier': { ms: 'Lihat', en: 'See it' },
  'usage.confirm': { ms: 'Sahkan {shown} angka', en: 'Confirm {shown} {count:figure|figures}' },
  'usage.confirmed': {
    ms: 'Fail disahkan. Angkanya sedang diambil.',
    en: 'Confirmed. Its figures are being taken over.',
  },
  'usage.cancel': { ms: 'Hentikan', en: 'Cancel' },
  'usage.cancelText': {
    ms: 'Baris yang belum diambil ditinggalkan. Angka yang sudah diambil kekal.',
    en: 'Rows that were not taken over yet are left out. Figures taken over stay.',
  },
  'usage.discard': { ms: 'Padam fail', en: 'Discard the file' },
  'usage.discardText': {
    ms: 'Fail ini akan dipadam; tiada angka yang berubah.',
    en: 'The file will be deleted; no figure changes.',
  },
  'usage.cancelDone': { ms: 'Fail itu dihentikan atau dipadam.', en: 'The file was cancelled or discarded.' },
  'usage.rowsHeading': { ms: 'Baris demi baris', en: 'Row by row' },
  'usage.refusedHeading': { ms: 'Baris yang ditolak', en: 'Refused rows' },
  'usage.noRows': { ms: 'Tiada baris yang ditolak.', en: 'No row was refused.' },
  'usage.rowsGone': {
    ms: 'Baris yang ditolak tidak disimpan lagi.',
    en: 'Its refused rows are kept no more.',
  },
  'usage.row.waiting': { ms: 'Boleh diambil', en: 'Can be taken over' },
  'usage.row.refused': { ms: 'Ditolak', en: 'Refused' },
  'usage.notOpen': {
    ms: 'Fail ini tidak menunggu pengesahan. Muat semula halaman untuk melihat keadaannya.',
    en: 'This file does not wait to be confirmed. Reload the page to see how it stands.',
  },
  'usage.confirmedAlready': {
    ms: 'Telah disahkan oleh {name} pada {time}.',
    en: 'It was confirmed by {name} on {time}.',
  },
  'usage.nothingToTake': {
    ms: 'Tiada baris yang boleh diambil. Betulkan fail itu dan hantar sekali lagi.',
    en: 'No row can be taken over. Correct the file and send it again.',
  },
  'usage.hasEnded': { ms: 'Fail ini sudah tamat.', en: 'This file has ended already.' },

  'field.done': { ms: 'Selesai', en: 'Done' },
  'field.same': { ms: 'Sudah begitu', en: 'Already so' },

  'audit.usage.uploaded': { ms: 'Fail penggunaan storage dihantar', en: 'File of storage used sent' },
  'audit.usage.confirmed': { ms: 'Fail penggunaan storage disahkan', en: 'File of storage used confirmed' },
  'audit.usage.recorded': { ms: 'Angka penggunaan storage diambil', en: 'Figures of storage used taken over' },
  'audit.usage.cancelled': { ms: 'Fail penggunaan storage dihentikan', en: 'File of storage used cancelled' },
  'audit.usage.discarded': { ms: 'Fail penggunaan storage dipadam', en: 'File of storage used discarded' },
  'audit.usage.stopped': { ms: 'Fail penggunaan storage terhenti', en: 'File of storage used stopped' },
  'field.used_on': { ms: 'Penggunaan storage pada', en: 'Storage used as of' },
  'field.last_mail_on': { ms: 'Aktiviti e-mel terakhir', en: 'Last mail activity' },
  'field.last_used_at': { ms: 'Kali terakhir digunakan', en: 'Last used' },
} as const;
