/** SOP 4.9 and 4.10, and what an account says however it stands. */
export const mailboxLifeTexts = {
  'field.disabled_from': { ms: 'Mulai tarikh', en: 'From' },
  'field.disabled_until': { ms: 'Sehingga tarikh', en: 'Until' },
  'field.description': { ms: 'Keterangan', en: 'Description' },
  'field.restrict_senders': { ms: 'E-mel daripada postmaster sahaja', en: 'Mail from the postmaster only' },
  'field.enable_by_itself': { ms: 'Diaktifkan secara automatik', en: 'Enabled automatically' },
  'field.lists': { ms: 'Senarai mel', en: 'Mailing lists' },
  'field.lists_in_all': { ms: 'Jumlah senarai mel', en: 'Mailing lists in all' },
  'field.lists_gone': { ms: 'Senarai mel yang telah tiada', en: 'Mailing lists that are gone' },

  'life.reason.study_leave': { ms: 'Cuti belajar', en: 'Study leave' },
  'life.reason.unpaid_leave': { ms: 'Cuti tanpa gaji', en: 'Unpaid leave' },
  'life.reason.transfer': { ms: 'Pertukaran', en: 'Transfer' },
  'life.reason.retirement': { ms: 'Persaraan', en: 'Retirement' },
  'life.reason.end_of_contract': { ms: 'Tamat kontrak', en: 'End of contract' },
  'life.reason.disciplinary': { ms: 'Tindakan tatatertib', en: 'Disciplinary action' },
  'life.reason.security_investigation': { ms: 'Siasatan keselamatan', en: 'Security investigation' },
  'life.reason.death': { ms: 'Meninggal dunia', en: 'Death' },
  'life.reason.other': { ms: 'Lain-lain', en: 'Other' },

  'life.standing': { ms: 'Mailbox Account', en: 'Mailbox Account' },
  'life.isActiveText': {
    ms: 'Akaun ini aktif. Tiada apa-apa yang dirancang baginya.',
    en: 'This account is active. Nothing is planned for it.',
  },
  'life.disabledExact': {
    ms: 'Tidak boleh log masuk di mana-mana, tiada dalam mana-mana senarai mel, dan hanya menerima e-mel seperti di bawah. Mailbox, kandungan dan alamatnya kekal.',
    en: 'No sign-in anywhere, in no mailing list, and mail only as said below. The mailbox, what is in it and its address stay.',
  },
  'life.mailFrom': { ms: 'E-mel diterima daripada', en: 'Mail is accepted from' },
  'life.allSendersShort': { ms: 'All senders', en: 'All senders' },
  'life.noSenders': { ms: 'Tiada sesiapa', en: 'Nobody' },
  'life.planned': { ms: 'Dirancang: Disable Account', en: 'Planned: Disable Account' },
  'life.inForce': { ms: 'Disable Account berkuat kuasa', en: 'Disable Account is in force' },
  'life.orderedBy': { ms: 'Diarahkan oleh', en: 'Ordered by' },
  'life.began': { ms: 'Berkuat kuasa sejak', en: 'In force since' },
  'life.openEnd': { ms: 'Sehingga diaktifkan semula', en: 'Until it is enabled again' },
  'life.ticket': { ms: 'Lihat tiket Meja Bantuan', en: 'See the helpdesk ticket' },
  'life.commands': { ms: 'Command', en: 'Command' },
  'life.noCommands': {
    ms: 'Tiada command untuk akaun ini: tempoh untuk memulihkannya telah tamat.',
    en: 'There is no command for this account: the time to restore it is over.',
  },
  'life.selfText': {
    ms: 'Ini akaun anda sendiri. Untuk Disable Account atau Delete Account, minta pentadbir lain agensi anda.',
    en: 'This is your own account. For Disable Account or Delete Account, ask another administrator of your agency.',
  },
  'life.whatHappens': { ms: 'Apa yang akan berlaku', en: 'What will happen' },
  'life.lists': { ms: 'Senarai mel', en: 'Mailing lists' },
  'life.yourLists': { ms: 'Senarai mel anda', en: 'Your mailing lists' },
  'life.andMore': { ms: '… dan {count} lagi', en: '… and {count} more' },

  'life.disable': { ms: 'Disable Account', en: 'Disable Account' },
  'life.reasonOf': { ms: 'Reason (sebab)', en: 'Reason' },
  'life.save': { ms: 'Save', en: 'Save' },
  'life.fromHint': {
    ms: 'Hari ini atau kemudian. Hari ini: berkuat kuasa serta-merta.',
    en: 'Today or later. Today: it takes effect at once.',
  },
  'life.untilHint': {
    ms: 'Hari akaun patut diaktifkan semula. Tiga hari sebelumnya pentadbir diingatkan.',
    en: 'The day on which the account should be enabled again. Administrators are reminded three days before.',
  },
  'life.restrict': {
    ms: 'Mail Flows › Accept Message From: Only sender from following list, iaitu postmaster agensi',
    en: 'Mail Flows › Accept Message From: Only sender from following list, that is the agency postmaster',
  },
  'life.restrictHint': {
    ms: 'E-mel daripada penghantar lain akan dipulangkan.',
    en: 'Anybody else who writes to this address gets the mail back.',
  },
  'life.byItself': { ms: 'Aktifkan secara automatik pada tarikh akhir', en: 'Enable automatically on the until-date' },
  'life.byItselfHint': {
    ms: 'Jika tidak ditanda, pentadbir diingatkan pada hari itu dan perlu mengaktifkannya.',
    en: 'If not ticked, administrators are reminded on that day and enable it themselves.',
  },
  'life.happens.signIn': {
    ms: 'Tidak boleh log masuk lagi; semua sesi ditamatkan.',
    en: 'No sign-in any more; all sessions end.',
  },
  'life.happens.leaves': {
    ms: 'Dikeluarkan daripada {count} senarai mel (dipulihkan jika akaun diaktifkan atau dipulihkan semula):',
    en: '{count} mailing {count:list loses|lists lose} a member, and {count:it is|they are} remembered to be given back:',
  },
  'life.happens.leavesNone': { ms: 'Tiada senarai mel yang terlibat.', en: 'No mailing list is concerned.' },
  'life.happens.owners': {
    ms: 'Pengendali aktif senarai itu, jika ada, dimaklumkan melalui e-mel, tanpa sebabnya.',
    en: 'The active owners of those lists, if any, are told by e-mail, without the reason.',
  },
  'life.happens.alone': {
    ms: '{count} senarai mel akan kehilangan satu-satunya pengendali yang aktif. Tambah pengendali lain dahulu dalam Groups:',
    en: '{count} mailing {count:list loses its|lists lose their} only active owner. Better add another owner first under Groups:',
  },
  'life.happens.postmaster': {
    ms: 'E-mel hanya diterima daripada {postmaster}, jika kotaknya ditanda di bawah.',
    en: 'Mail is accepted from {postmaster} only, if the box below is ticked.',
  },
  'life.happens.stays': {
    ms: 'Mailbox, kandungannya dan alamat {email} kekal.',
    en: 'The mailbox, what is in it and the address {email} stay.',
  },
  'life.past': {
    ms: 'Tarikh ini telah lalu. Masukkan hari ini ({today}) atau kemudian.',
    en: 'This day is past. Enter today ({today}) or later.',
  },
  'life.untilTooEarly': {
    ms: 'Tarikh akhir mesti selepas tarikh mula. Masukkan hari yang kemudian, atau kosongkan.',
    en: 'The until-date must be after the start. Enter a later day, or leave it empty.',
  },
  'life.untilNeeded': {
    ms: 'Isi tarikh akhir supaya akaun boleh diaktifkan secara automatik, atau batalkan tanda pada kotak itu.',
    en: 'Fill in the until-date so that the account can be enabled automatically, or untick that box.',
  },
  'life.notSelf': {
    ms: 'Anda tidak boleh menyahaktifkan atau memadam akaun anda sendiri. Minta pentadbir lain agensi anda.',
    en: 'You cannot disable or delete your own account. Ask another administrator of your agency.',
  },
  'life.isDisabled': {
    ms: 'Akaun ini telah dinyahaktifkan atas arahan {name}, {time}. Ubah tarikhnya, atau aktifkan dahulu.',
    en: 'This account has been disabled by order of {name}, {time}. Change its dates, or enable it first.',
  },
  'life.isPlanned': {
    ms: 'Disable Account telah dirancang oleh {name}, {time}. Ubah tarikhnya atau batalkan dahulu.',
    en: 'Disable Account has been planned by {name}, {time}. Change its dates or cancel it first.',
  },
  'life.notActive': {
    ms: 'Akaun ini tidak aktif lagi. Lihat keadaannya sekarang di bawah.',
    en: 'This account is not active any more. See below how it stands now.',
  },
  'life.isActive': {
    ms: 'Akaun ini telah aktif. Tab Sejarah menyatakan siapa mengaktifkannya dan bila.',
    en: 'This account is active already. The History tab says who enabled it and when.',
  },
  'life.isOver': {
    ms: 'Itu telah dilaksanakan, dibatalkan atau diubah. Lihat keadaan akaun sekarang.',
    en: 'That has been carried out, cancelled or changed. See how the account stands now.',
  },
  'life.disabled': { ms: 'Akaun telah dinyahaktifkan.', en: 'The account has been disabled.' },
  'life.disablingPlanned': {
    ms: 'Disable Account telah dirancang. Sehingga hari itu akaun kekal aktif.',
    en: 'Disable Account has been planned. Until that day the account stays active.',
  },
  'life.disablingNext': {
    ms: 'Tiada. Sistem melaksanakannya pada hari itu; ubah atau batalkan di sini atau dalam Kalendar.',
    en: 'nothing. The system does it on that day; change or cancel it here or on the calendar.',
  },
  'life.enableNext': {
    ms: 'Enable Account apabila pegawai kembali (SOP 4.10)',
    en: 'Enable Account when the officer is back (SOP 4.10)',
  },
  'life.change': { ms: 'Ubah tarikh Disable Account', en: 'Change the dates of Disable Account' },
  'life.disablingChanged': { ms: 'Tarikh telah diubah.', en: 'The dates have been changed.' },
  'life.cancelPlan': { ms: 'Batalkan rancangan Disable Account', en: 'Cancel the planned Disable Account' },
  'life.cancelPlanText': {
    ms: 'Akaun kekal aktif; tiada apa-apa yang berlaku pada hari itu.',
    en: 'The account stays active; nothing happens on that day.',
  },
  'life.disablingCancelled': {
    ms: 'Rancangan Disable Account telah dibatalkan.',
    en: 'The planned Disable Account has been cancelled.',
  },

  'life.enable': { ms: 'Enable Account', en: 'Enable Account' },
  'life.happens.signsIn': { ms: 'Boleh log masuk semula.', en: 'Sign-in works again.' },
  'life.happens.returns': {
    ms: 'Kembali ke dalam {count} senarai mel:',
    en: 'Comes back into {count} mailing {count:list|lists}:',
  },
  'life.happens.returnsNone': {
    ms: 'Tiada senarai mel untuk dikembalikan.',
    en: 'There is no mailing list to be given back.',
  },
  'life.happens.gone': {
    ms: '{count} senarai mel telah dipadam dan tidak dapat dikembalikan:',
    en: '{count} mailing {count:list was|lists were} deleted and cannot be given back:',
  },
  'life.happens.again': {
    ms: 'Telah menjadi ahli semula bagi {count} senarai mel:',
    en: 'Already a member again of {count} mailing {count:list|lists}:',
  },
  'life.happens.givenUp': {
    ms: '{count} senarai mel tidak dikembalikan, seperti yang anda tetapkan:',
    en: '{count} mailing {count:list is|lists are} not given back, as was decided:',
  },
  'life.untold': {
    ms: 'Tiada pengendali senarai yang aktif untuk dimaklumkan',
    en: 'There is no active list owner who could be told',
  },
  'life.happens.ownersBack': {
    ms: 'Pengendali aktif senarai itu, jika ada, dimaklumkan melalui e-mel.',
    en: 'The active owners of those lists, if any, are told by e-mail.',
  },
  'life.allSenders': {
    ms: 'Mail Flows › Accept Message From: All senders, dan postmaster dikeluarkan daripada senarai',
    en: 'Mail Flows › Accept Message From: All senders, and the postmaster off the list',
  },
  'life.allSendersHint': {
    ms: 'Jika tidak ditanda, Accept Message From kembali seperti sebelum akaun dinyahaktifkan.',
    en: 'If not ticked, Accept Message From goes back to what it was before the account was disabled.',
  },
  'life.enabled': {
    ms: 'Akaun telah diaktifkan dan kembali ke dalam {count} senarai mel.',
    en: 'The account has been enabled and is back in {count} mailing {count:list|lists}.',
  },
  'life.enabledWithout': {
    ms: 'Akaun telah diaktifkan dan kembali ke dalam {count} senarai mel. Tidak dapat dikembalikan, kerana telah dipadam: {lists}',
    en: 'The account has been enabled and is back in {count} mailing {count:list|lists}. Not given back, since deleted: {lists}',
  },

  'record.mailbox-disabled': { ms: 'Akaun e-mel dinyahaktifkan', en: 'E-mail account disabled' },
  'record.mailbox-enabled': { ms: 'Akaun e-mel diaktifkan semula', en: 'E-mail account enabled again' },

  'audit.mailbox.disabling-planned': { ms: 'Disable Account dirancang', en: 'Disable Account planned' },
  'audit.mailbox.disabling-changed': { ms: 'Tarikh Disable Account diubah', en: 'Dates of Disable Account changed' },
  'audit.mailbox.disabling-cancelled': {
    ms: 'Rancangan Disable Account dibatalkan',
    en: 'Planned Disable Account cancelled',
  },
  'audit.mailbox.disabled': { ms: 'Akaun dinyahaktifkan', en: 'Account disabled' },
  'audit.mailbox.senders-restricted': {
    ms: 'Accept Message From: penghantar tersenarai sahaja',
    en: 'Accept Message From: listed senders only',
  },
  'audit.mailbox.reminded': {
    ms: 'Pentadbir diingatkan tentang tarikh akhir',
    en: 'Administrators reminded of the until-date',
  },
  'audit.mailbox.enabled': { ms: 'Akaun diaktifkan', en: 'Account enabled' },
  'audit.mailbox.senders-restored': { ms: 'Accept Message From dikembalikan', en: 'Accept Message From put back' },
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
} as const;
