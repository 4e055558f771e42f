/** SOP 4.11 and 4.12: an account ends, and comes back. */
export const endingTexts = {
  'menu.deletedMailboxes': { ms: 'Deleted Mailbox', en: 'Deleted Mailbox' },
  'field.effective_on': { ms: 'Tarikh kuat kuasa penamatan', en: 'Day on which the account ends' },
  'field.reserved_until': { ms: 'Alamat disimpan sehingga', en: 'Address kept until' },

  'life.deletedExact': {
    ms: 'Tidak boleh log masuk, tiada dalam mana-mana senarai mel. Alamat dan Login ID tidak diberi kepada orang lain.',
    en: 'No sign-in, in no mailing list. The address and login ID are not given to anybody else.',
  },
  'life.requested': { ms: 'Diminta untuk dipadam', en: 'Requested to be deleted' },
  'life.ended': { ms: 'Telah dipadam', en: 'Deleted' },
  'life.requestedBy': { ms: 'Diminta oleh', en: 'Asked by' },

  'life.saveDelete': { ms: 'Save: Delete Account', en: 'Save: Delete Account' },
  'life.isDeleted': {
    ms: 'Akaun ini telah dipadam. Jika tempohnya belum tamat, pulihkan dahulu.',
    en: 'This account has been deleted. If there is still time, restore it first.',
  },
  'life.notDeleted': {
    ms: 'Akaun ini tidak dipadam, atau telah dipulihkan. Tab Sejarah menyatakan oleh siapa dan bila.',
    en: 'This account is not deleted, or has been restored. The History tab says by whom and when.',
  },

  'life.delete': { ms: 'Delete Account', en: 'Delete Account' },
  'life.deleteReasonHint': {
    ms: 'Meja Bantuan dan rekod memuatkan sebab ini.',
    en: 'The helpdesk and the record get this reason.',
  },
  'life.effectiveHint': {
    ms: 'Hari ini atau kemudian. Hari ini: akaun ditamatkan serta-merta.',
    en: 'Today or later. Today: the account ends at once.',
  },
  'life.happens.helpdesk': {
    ms: 'Sekarang: Meja Bantuan dimaklumkan dan mendapat tiket untuk menamatkan E-mel, Lync dan AD. Sehingga harinya permohonan boleh ditarik balik.',
    en: 'Now: the helpdesk is told and gets a ticket to end e-mail, Lync and AD. Until the day the request can be withdrawn.',
  },
  'life.happens.onTheDay': {
    ms: 'Pada hari itu: tidak boleh log masuk lagi, dan alamat {email} disimpan, tidak diberi kepada orang lain.',
    en: 'On the day: no sign-in any more, and the address {email} is kept and not given to anybody else.',
  },
  'life.happens.restorable': {
    ms: 'Selepas itu akaun masih boleh dipulihkan untuk beberapa hari dalam Deleted Mailbox.',
    en: 'After that the account can be restored for some days under Deleted Mailbox.',
  },
  'life.handOver': { ms: 'Serahkan senarai mel dahulu', en: 'Hand over the mailing lists first' },
  'life.handOverText': {
    ms: 'Pegawai ini satu-satunya pengendali aktif bagi {count} senarai mel. Pilih pengendali baharu untuk semuanya, atau untuk setiap satu.',
    en: 'This officer is the only active owner of {count} mailing {count:list|lists}. Choose a new owner for all of them, or for each.',
  },
  'life.newOwner': { ms: 'Pengendali baharu (Primary E-mail)', en: 'New owner (primary e-mail)' },
  'life.newOwnerHint': {
    ms: 'Akaun aktif agensi ini. Digunakan bagi setiap senarai yang tidak diisi sendiri di bawah.',
    en: 'An active account of this agency. Taken for every list that has none of its own below.',
  },
  'life.newOwnerOf': { ms: 'Pengendali baharu senarai mel', en: 'New owner of the mailing list' },
  'life.heirNeeded': {
    ms: 'Pilih pengendali baharu: tiada pengendali lain bagi {lists}.',
    en: 'Choose a new owner: nobody else owns {lists}.',
  },
  'life.heirUnfit': {
    ms: '{address} bukan Primary E-mail akaun aktif lain dalam agensi ini. Semak alamatnya, atau pilih orang lain.',
    en: '{address} is not the primary e-mail of another active account of this agency. Check it, or choose somebody else.',
  },
  'life.isRequested': {
    ms: 'Delete Account telah diminta oleh {name}, {time}. Ubah tarikhnya atau tarik balik.',
    en: 'Delete Account has been asked for by {name}, {time}. Change its day or withdraw it.',
  },
  'life.deletionRequested': {
    ms: 'Permohonan Delete Account telah disimpan dan dihantar kepada Meja Bantuan.',
    en: 'The request to delete the account has been saved and sent to the helpdesk.',
  },
  'life.withdrawNext': {
    ms: 'Meja Bantuan membuka tiket. Sehingga harinya anda boleh menarik balik permohonan di sini.',
    en: 'the helpdesk opens its ticket. Until the day you can withdraw the request here.',
  },
  'life.deleted': { ms: 'Akaun telah dipadam.', en: 'The account has been deleted.' },
  'life.restoreNext': {
    ms: 'Meja Bantuan menamatkan E-mel, Lync dan AD. Jika tersilap, pulihkan akaun ini di sini (SOP 4.12).',
    en: 'the helpdesk ends e-mail, Lync and AD. If it was a mistake, restore the account here (SOP 4.12).',
  },
  'life.postponeDelete': { ms: 'Ubah tarikh Delete Account', en: 'Change the day of Delete Account' },
  'life.deletionPostponed': {
    ms: 'Tarikh penamatan telah diubah; Meja Bantuan dimaklumkan.',
    en: 'The day of the end has been changed; the helpdesk is told.',
  },
  'life.withdraw': { ms: 'Tarik balik Delete Account', en: 'Withdraw Delete Account' },
  'life.withdrawText': {
    ms: 'Akaun kekal seperti sekarang; Meja Bantuan dimaklumkan dan tiketnya ditarik balik. Senarai mel yang telah diserahkan kekal dengan pengendali baharu.',
    en: 'The account stays as it is; the helpdesk is told and its ticket is withdrawn. Mailing lists that were handed over stay with their new owners.',
  },
  'life.deletionWithdrawn': {
    ms: 'Permohonan Delete Account telah ditarik balik; Meja Bantuan dimaklumkan.',
    en: 'The request to delete the account has been withdrawn; the helpdesk is told.',
  },

  'life.restore': { ms: 'Pulihkan akaun', en: 'Restore the account' },
  'life.happens.asBefore': {
    ms: 'Akaun kembali seperti sebelum dipadam, dengan log masuk, alamat {email} dan aliasnya.',
    en: 'The account is again what it was before, with its sign-in, the address {email} and its aliases.',
  },
  'life.happens.helpdeskBack': {
    ms: 'Meja Bantuan dimaklumkan supaya E-mel, Lync dan AD diaktifkan semula.',
    en: 'The helpdesk is told, so that e-mail, Lync and AD are given back.',
  },
  'life.tooLate': {
    ms: 'Akaun hanya boleh dipulihkan dalam {days} hari, iaitu sehingga {date}. Daftarkan akaun baharu bagi pegawai ini.',
    en: 'An account can be restored within {days} days only, that is until {date}. Register a new account for the officer.',
  },
  'life.addressGone': {
    ms: '{address} telah diberi kepada orang lain, maka akaun ini tidak dapat dipulihkan. Daftarkan akaun baharu bagi pegawai ini.',
    en: '{address} has been given to somebody else, so the account cannot be restored. Register a new account for the officer.',
  },
  'life.restored': {
    ms: 'Akaun telah dipulihkan dan kembali ke dalam {count} senarai mel.',
    en: 'The account has been restored and is back in {count} mailing {count:list|lists}.',
  },
  'life.deletedTitle': { ms: 'Deleted Mailbox', en: 'Deleted Mailbox' },
  'life.deletedIntro': {
    ms: 'Akaun yang telah dipadam: siapa, bila dan mengapa. Buka rekodnya untuk memulihkan akaun selagi tempohnya belum tamat.',
    en: 'Accounts that were deleted: who, when and why. Open one to restore it while there is time.',
  },
  'life.deletedEmpty': {
    ms: 'Tiada akaun yang dipadam. Akaun ditamatkan pada tab Manage Account › Delete Account.',
    en: 'No account has been deleted. Accounts are ended on the tab Manage Account › Delete Account.',
  },
  'life.deletedSearch': { ms: 'Cari Display Name atau Primary E-mail', en: 'Search display name or primary e-mail' },
  'life.searchBy': { ms: 'Cari dalam', en: 'Search in' },
  'life.deletedOn': { ms: 'Dipadam pada', en: 'Deleted on' },
  'life.restorable': { ms: 'Boleh dipulihkan', en: 'Can be restored' },
  'life.restorableUntil': { ms: 'Sehingga {date}', en: 'Until {date}' },
  'life.notRestorable': { ms: 'Tempoh tamat', en: 'Time is over' },

  'record.mailbox-deleted': { ms: 'Akaun e-mel ditamatkan', en: 'E-mail account ended' },
  'record.deletion-withdrawn': {
    ms: 'Permohonan penamatan akaun ditarik balik',
    en: 'Request to end an account withdrawn',
  },
  'record.mailbox-restored': { ms: 'Akaun e-mel dipulihkan', en: 'E-mail account restored' },

  'audit.mailbox.deletion-requested': { ms: 'Delete Account diminta', en: 'Delete Account asked for' },
  'audit.mailbox.deletion-postponed': { ms: 'Tarikh Delete Account diubah', en: 'Day of Delete Account changed' },
  'audit.mailbox.deletion-withdrawn': { ms: 'Delete Account ditarik balik', en: 'Delete Account withdrawn' },
  'audit.mailbox.deleted': { ms: 'Akaun dipadam', en: 'Account deleted' },
  'audit.mailbox.restored': { ms: 'Akaun dipulihkan', en: 'Account restored' },
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
  'mail.life.alone.subject': {
    ms: 'Senarai mel tanpa pengendali selepas akaun {name} ditamatkan',
    en: 'Mailing lists without an owner after the end of the account of {name}',
  },
  'mail.life.alone.text': {
    ms: 'Akaun {name} telah ditamatkan pada harinya, dan senarai mel di bawah tidak lagi mempunyai pengendali yang aktif. Tambah pengendali baharu dalam Groups.',
    en: 'The account of {name} has ended on its day, and the mailing lists below have no active owner any more. Add a new owner under Groups.',
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
