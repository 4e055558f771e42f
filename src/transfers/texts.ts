/** An officer moves to another agency, approved by both (SOP 5.0). */
export const transferTexts = {
  'item.transfer': { ms: 'Pertukaran agensi', en: 'Agency transfer' },
  'menu.transfers': { ms: 'Pertukaran agensi', en: 'Agency transfers' },
  'transfer.title': { ms: 'Pertukaran agensi', en: 'Agency transfers' },
  'transfer.intro': {
    ms: 'Pegawai yang bertukar masuk atau keluar. Pentadbir UC kedua-dua agensi mesti bersetuju; mailbox, katalaluan dan sejarahnya kekal.',
    en: 'Officers who move in or out. The UC administrators of both agencies must agree; the mailbox, its password and its history stay.',
  },
  'transfer.introAll': {
    ms: 'Pertukaran pegawai antara agensi. Hanya untuk dibaca; kedua-dua agensi bersetuju sesama mereka.',
    en: 'Officers who move between agencies. To read only; the two agencies agree with each other.',
  },
  'transfer.empty': {
    ms: 'Tiada pertukaran. Minta pegawai agensi lain di sini, atau lepaskan pegawai anda dari tab Manage Account mailboxnya.',
    en: 'No transfer. Ask for an officer of another agency here, or release yours from the tab Manage Account of the mailbox.',
  },
  'transfer.emptyAll': {
    ms: 'Tiada pertukaran. Pertukaran dimulakan oleh Pentadbir UC sesebuah agensi.',
    en: 'No transfer. One is begun by the UC administrator of an agency.',
  },
  'transfer.search': { ms: 'Cari pegawai atau agensi', en: 'Search officer or agency' },
  'transfer.open': { ms: 'Belum selesai', en: 'Not finished' },
  'transfer.mine': { ms: 'Menunggu anda', en: 'Waiting for you' },
  'transfer.state.requested': { ms: 'Diminta', en: 'Requested' },
  'transfer.state.agreed': { ms: 'Dipersetujui', en: 'Agreed' },
  'transfer.state.carried-out': { ms: 'Telah bertukar', en: 'Carried out' },
  'transfer.state.refused': { ms: 'Ditolak', en: 'Refused' },
  'transfer.state.withdrawn': { ms: 'Ditarik balik', en: 'Withdrawn' },
  'transfer.state.expired': { ms: 'Tamat tempoh', en: 'Expired' },
  'transfer.direction': { ms: 'Arah', en: 'Direction' },
  'transfer.in': { ms: 'Masuk', en: 'In' },
  'transfer.out': { ms: 'Keluar', en: 'Out' },
  'transfer.other': { ms: 'Agensi lain', en: 'Other agency' },
  'transfer.notYetKnown': { ms: 'Belum dijawab', en: 'Not answered yet' },
  'transfer.who': { ms: 'Pegawai', en: 'Officer' },
  'transfer.from': { ms: 'Agensi yang melepaskan', en: 'Releasing agency' },
  'transfer.to': { ms: 'Agensi yang menerima', en: 'Receiving agency' },
  'transfer.waitsFor': { ms: 'Menunggu', en: 'Waits for' },
  'transfer.you': { ms: 'Anda', en: 'You' },
  'transfer.them': { ms: 'Agensi lain', en: 'The other agency' },
  'transfer.requestedOn': { ms: 'Diminta pada', en: 'Asked on' },
  'transfer.requestedBy': { ms: 'Diminta oleh', en: 'Asked by' },
  'transfer.agreedBy': { ms: 'Dipersetujui oleh', en: 'Agreed by' },
  'transfer.endedBy': { ms: 'Diselesaikan oleh', en: 'Ended by' },
  'transfer.expiresOn': { ms: 'Tamat secara automatik pada', en: 'Ends automatically on' },
  'transfer.formerEmail': { ms: 'Alamat lama', en: 'Old address' },
  'transfer.newEmail': { ms: 'Alamat baharu', en: 'New address' },
  'transfer.keptUntil': { ms: 'Alamat lama berfungsi hingga', en: 'Old address works until' },
  'transfer.one': { ms: 'Pertukaran agensi: {name}', en: 'Agency transfer: {name}' },
  'transfer.openMailbox': { ms: 'Buka mailbox ini', en: 'Open this mailbox' },
  'transfer.see': { ms: 'Lihat pertukaran ini', en: 'See this transfer' },
  'transfer.alone': { ms: 'Senarai mel tanpa pengendali', en: 'Mailing lists without an owner' },
  'field.transfer_day': { ms: 'Tarikh bertukar', en: 'Day of the move' },
  'field.keep_address': { ms: 'Alamat lama kekal sebagai alamat tambahan', en: 'Old address stays as a further one' },
  'field.refusal': { ms: 'Sebab penolakan', en: 'Reason for refusing' },
  'field.owner': { ms: 'Pengendali', en: 'Owner' },

  'transfer.ask': { ms: 'Minta pegawai agensi lain', en: 'Ask for an officer of another agency' },
  'transfer.askLead': {
    ms: 'Pegawai yang bertukar ke agensi anda membawa mailbox, katalaluan dan sejarahnya. Masukkan alamat e-mel rasmi atau No. Kad Pengenalannya; agensinya diminta melepaskan.',
    en: 'An officer who moves to your agency brings the mailbox, its password and its history. Enter the official e-mail address or the identity card number; the agency is asked to release.',
  },
  'transfer.sought': {
    ms: 'Alamat e-mel rasmi atau No. Kad Pengenalan',
    en: 'Official e-mail address or identity card number',
  },
  'transfer.soughtHint': {
    ms: 'Seperti yang diberi oleh pegawai itu sendiri.',
    en: 'As the officer gave it to you.',
  },
  'transfer.soughtWrong': {
    ms: 'Masukkan alamat e-mel yang sah, contohnya nama@agensi.gov.my, atau No. Kad Pengenalan 12 digit.',
    en: 'Enter a valid e-mail address, for example name@agency.gov.my, or a 12-digit identity card number.',
  },
  'transfer.dayHint': {
    ms: 'Hari ini atau kemudian. Kosongkan jika dengan kadar segera.',
    en: 'Today or later. Leave it empty for as soon as possible.',
  },
  'transfer.noteHint': {
    ms: 'Dibaca oleh agensi lain, contohnya nombor surat pertukaran.',
    en: 'The other agency reads it, for example the number of the letter of transfer.',
  },
  'transfer.askButton': { ms: 'Hantar permintaan', en: 'Send the request' },
  'transfer.how': { ms: 'Apa yang berlaku seterusnya', en: 'What happens next' },
  'transfer.how1': {
    ms: 'Jika alamat atau nombor itu milik seorang pegawai agensi lain, pentadbirnya dimaklumkan. Anda belum diberitahu sama ada pegawai itu ditemui.',
    en: "If the address or number is an officer's of another agency, its administrators are told. You are not told yet whether the officer was found.",
  },
  'transfer.how2': {
    ms: 'Selepas mereka bersetuju, anda melihat namanya dan memberi alamat baharu serta pakej.',
    en: 'Once they agree, you see the name and give the new address and package.',
  },
  'transfer.how3': {
    ms: 'Permintaan yang tidak dijawab tamat secara automatik selepas 30 hari.',
    en: 'A request that nobody answers ends automatically after 30 days.',
  },
  'transfer.releaseHeading': { ms: 'Melepaskan pegawai anda', en: 'Releasing an officer of yours' },
  'transfer.releaseHow': {
    ms: 'Cari mailboxnya, buka tab Manage Account, kemudian pilih Pertukaran ke agensi lain.',
    en: 'Find the mailbox, open the tab Manage Account, then choose Transfer to another agency.',
  },
  'transfer.asked': { ms: 'Permintaan telah disimpan.', en: 'The request has been saved.' },
  'transfer.askedNext': {
    ms: 'jika pegawai itu ada, agensinya menjawab; anda menerima e-mel apabila dijawab',
    en: 'if there is such an officer, the agency answers; you get a mail when it does',
  },
  'transfer.isOwn': {
    ms: 'Pegawai ini sudah berada dalam agensi anda. Cari dalam Mailboxes.',
    en: 'This officer is in your agency already. Search in Mailboxes.',
  },
  'transfer.askedAlready': {
    ms: 'Agensi anda telah meminta ini dan belum dijawab. Lihat dalam senarai Pertukaran agensi.',
    en: 'Your agency has asked for this already, and it is not finished. See the list of agency transfers.',
  },

  'transfer.release': { ms: 'Pertukaran ke agensi lain', en: 'Transfer to another agency' },
  'transfer.releaseLead': {
    ms: 'Tawarkan pegawai ini kepada agensi yang menerimanya. Tiada apa-apa berubah sebelum agensi itu bersetuju dan harinya tiba.',
    en: 'Offer this officer to the agency that receives him or her. Nothing changes before that agency agrees and the day has come.',
  },
  'transfer.releaseButton': { ms: 'Tawarkan kepada agensi itu', en: 'Offer to that agency' },
  'transfer.keep': {
    ms: 'Alamat lama terus menerima e-mel, buat sementara',
    en: 'The old address goes on receiving mail, for the time being',
  },
  'transfer.keepHint': {
    ms: 'Alamat itu dalam domain e-mel anda, jadi anda yang menentukan. Jika tidak ditandakan, e-mel ke alamat lama tidak lagi sampai.',
    en: 'The address is in your mail domain, so it is for you to say. If it is not ticked, mail to the old address arrives no more.',
  },
  'transfer.heirHint': {
    ms: 'Akaun aktif agensi ini, bagi semua senarai mel yang tiada pengendali lain.',
    en: 'An active account of this agency, for all mailing lists that nobody else owns.',
  },
  'transfer.happens.moves': {
    ms: 'Pada harinya mailbox yang sama menjadi milik agensi yang menerima; katalaluan, Login ID dan sejarahnya kekal, dan semua sesinya ditamatkan.',
    en: 'On the day the very same mailbox is the receiving agency’s; its password, login ID and history stay, and all sessions end.',
  },
  'transfer.happens.leaves': {
    ms: 'Dikeluarkan daripada {count} senarai mel agensi ini, dan pengendali aktifnya, jika ada, dimaklumkan:',
    en: '{count} mailing {count:list|lists} of this agency {count:loses|lose} a member, and the active owners, if any, are told:',
  },
  'transfer.happens.owned': {
    ms: '{count} senarai mel tiada pengendali lain dan diserahkan sekarang:',
    en: '{count} mailing {count:list has|lists have} no other owner and {count:is|are} handed over now:',
  },
  'transfer.happens.address': {
    ms: 'Alamat lama tidak diberi kepada orang lain selama {days} hari.',
    en: 'The old address is not given to anybody else for {days} days.',
  },
  'transfer.happens.both': {
    ms: 'Pegawai, pentadbir kedua-dua agensi dan Meja Bantuan dimaklumkan melalui e-mel.',
    en: 'The officer, the administrators of both agencies and the helpdesk are told by e-mail.',
  },
  'transfer.lastText': {
    ms: 'Pegawai ini pentadbir UC terakhir agensi anda yang boleh log masuk. Minta Meja Bantuan menjemput pengganti dahulu.',
    en: 'This officer is the last UC administrator of your agency who can sign in. Ask the helpdesk to invite a successor first.',
  },
  'transfer.offered': { ms: 'Tawaran telah dihantar.', en: 'The offer has been sent.' },
  'transfer.offeredNext': {
    ms: 'agensi yang menerima memberi alamat baharu dan pakej; anda boleh menarik balik sehingga harinya',
    en: 'the receiving agency gives the new address and package; you can withdraw until the day',
  },
  'transfer.leavesAlready': {
    ms: 'Pertukaran pegawai ini sedang berjalan.',
    en: 'A transfer of this officer is under way.',
  },
  'transfer.isLeaving': {
    ms: 'Pegawai ini sudah akan bertukar ke {agency} (diminta pada {time}). Tarik balik pertukaran itu dahulu.',
    en: 'This officer is going to {agency} already (asked on {time}). Withdraw that transfer first.',
  },
  'transfer.notSelf': {
    ms: 'Anda tidak boleh melepaskan diri sendiri. Minta pentadbir lain agensi anda; jika tiada, minta Meja Bantuan melantik seorang.',
    en: 'You cannot release yourself. Ask another administrator of your agency; if there is none, ask the helpdesk to appoint one.',
  },
  'transfer.isYourself': {
    ms: 'Pertukaran ini mengenai diri anda: anda tidak boleh memutuskannya atau menarik baliknya. Minta pentadbir lain agensi anda: {names}.',
    en: 'This transfer is about yourself: you cannot decide on it or withdraw it. Ask another administrator of your agency: {names}.',
  },
  'transfer.isYourself.alone': {
    ms: 'Pertukaran ini mengenai diri anda: anda tidak boleh memutuskannya atau menarik baliknya. Agensi anda tiada pentadbir lain: minta Meja Bantuan melantik seorang.',
    en: 'This transfer is about yourself: you cannot decide on it or withdraw it. Your agency has no other administrator: ask the helpdesk to appoint one.',
  },
  'transfer.tooOften': {
    ms: 'Pegawai ini telah dimohon atau ditawarkan {count} kali dalam 24 jam, dan agensi satu lagi dimaklumkan setiap kali. Cuba lagi selepas {time}; jika mendesak, hubungi pentadbir agensi itu.',
    en: 'This officer was asked for or offered {count} times in 24 hours, and the other agency was told each time. Try again after {time}; if it is urgent, call the administrators of that agency.',
  },
  'transfer.isDeleted': {
    ms: 'Akaun ini telah dipadam. Pulihkan dahulu di Manage Account.',
    en: 'The account has been deleted. Restore it first in Manage Account.',
  },
  'transfer.isDisabled': {
    ms: 'Akaun ini dinyahaktifkan. Aktifkan dahulu (Manage Account, Enable Account): senarai mel yang disimpan untuk dipulihkan ialah senarai agensi lama.',
    en: 'The account is disabled. Enable it first (Manage Account, Enable Account): what is remembered for it belongs to the old agency.',
  },
  'transfer.hasDisabling': {
    ms: 'Akaun ini dirancang untuk dinyahaktifkan. Batalkan rancangan itu dahulu di Manage Account.',
    en: 'The account is planned to be disabled. Cancel that first in Manage Account.',
  },
  'transfer.hasTermination': {
    ms: 'Akaun ini diminta untuk dipadam. Tarik balik permohonan itu dahulu di Manage Account.',
    en: 'The account is asked to be deleted. Withdraw that first in Manage Account.',
  },
  'transfer.notActivated': {
    ms: 'Akaun ini belum diaktifkan. Pegawai menetapkan katalaluan pertamanya dahulu, dengan kod akses.',
    en: 'The account is not activated yet. The officer first sets the first password, with the access code.',
  },
  'transfer.noPackage': {
    ms: 'Agensi yang menerima belum memberi alamat dan pakej.',
    en: 'The receiving agency has not given the address and package yet.',
  },

  'transfer.notKnown': {
    ms: 'Siapa pegawai ini, dan sama ada beliau ditemui, diketahui hanya selepas agensinya bersetuju.',
    en: 'Who this is, and whether there is such an officer, is known only once the agency has agreed.',
  },
  'transfer.hasCorrection': {
    ms: 'Pembetulan No. K/P, pasport, e-mel atau Login ID akaun ini menunggu pengesahan. Sahkan, tolak atau tarik balik dahulu di Pembetulan.',
    en: 'A correction of the IC, passport, e-mail or login ID of this account waits to be confirmed. Have it confirmed, refused or withdrawn first, under Corrections.',
  },
  'transfer.held': { ms: 'Pertukaran ini menunggu.', en: 'This transfer waits.' },
  'transfer.agree': { ms: 'Bersetuju melepaskan', en: 'Agree to release' },
  'transfer.unknownAsker': {
    ms: 'Jika anda tidak tahu tentang pertukaran ini, biarkan: permintaan tamat secara automatik, dan agensi itu tidak diberitahu apa-apa tentang pegawai ini.',
    en: 'If you know nothing of this transfer, leave it: the request ends automatically, and that agency learns nothing of this officer.',
  },
  'transfer.agreedNow': {
    ms: 'Anda telah bersetuju melepaskan pegawai ini.',
    en: 'You have agreed to release this officer.',
  },
  'transfer.packageNext': {
    ms: 'agensi yang menerima memberi alamat baharu dan pakej',
    en: 'the receiving agency gives the new address and package',
  },
  'transfer.accept': { ms: 'Terima pegawai ini', en: 'Accept this officer' },
  'transfer.acceptText': {
    ms: 'Beri alamat dalam domain agensi anda, pakej, dan tempat bertugasnya. Pada harinya pegawai bertukar.',
    en: 'Give an address in your domain, the package, and the post. On the day the officer moves.',
  },
  'transfer.package': { ms: 'Beri alamat baharu dan pakej', en: 'Give the new address and package' },
  'transfer.changePackage': { ms: 'Ubah alamat baharu dan pakej', en: 'Change the new address and package' },
  'transfer.packageText': {
    ms: 'Boleh diubah sehingga harinya. Jika harinya telah tiba, pegawai bertukar sebaik sahaja anda menyimpan.',
    en: 'It can be changed until the day. If the day has come, the officer moves as soon as you save.',
  },
  'transfer.savePackage': { ms: 'Simpan', en: 'Save' },
  'transfer.emailHint': {
    ms: 'Dalam domain e-mel agensi anda. Tekan Semak untuk tahu sama ada alamat itu boleh digunakan.',
    en: 'In the mail domain of your agency. Press Semak to know whether it can be used.',
  },
  'transfer.allocatedNow': {
    ms: 'Alamat baharu dan pakej telah disimpan. Pegawai bertukar pada harinya.',
    en: 'The new address and package have been saved. The officer moves on the day.',
  },
  'transfer.carriedOutNow': {
    ms: 'Pegawai telah bertukar ke agensi anda.',
    en: 'The officer has moved to your agency.',
  },
  'transfer.refuse': { ms: 'Tolak', en: 'Refuse' },
  'transfer.refuseHint': {
    ms: 'Dihantar kepada agensi yang memulakan: katakan apa yang boleh dibuat sebaliknya.',
    en: 'Mailed to the agency that began: say what can be done instead.',
  },
  'transfer.refusedNow': { ms: 'Pertukaran telah ditolak.', en: 'The transfer has been refused.' },
  'transfer.withdraw': { ms: 'Tarik balik', en: 'Withdraw' },
  'transfer.withdrawText': {
    ms: 'Pegawai kekal di agensinya. Senarai mel yang telah diserahkan kekal dengan pengendali baharu.',
    en: 'The officer stays in the present agency. Mailing lists that were handed over stay with their new owners.',
  },
  'transfer.withdrawnNow': { ms: 'Pertukaran telah ditarik balik.', en: 'The transfer has been withdrawn.' },
  'transfer.notYours': {
    ms: 'Langkah ini bukan untuk agensi anda sekarang. Lihat keadaan pertukaran ini.',
    en: 'This step is not your agency’s now. See how the transfer stands.',
  },
  'transfer.already.agreed': {
    ms: 'Pertukaran ini telah dipersetujui oleh {name} pada {time}.',
    en: 'This transfer was agreed to by {name} on {time}.',
  },
  'transfer.already.carried-out': {
    ms: 'Pegawai ini telah bertukar: {name}, {time}.',
    en: 'This officer has moved: {name}, {time}.',
  },
  'transfer.already.refused': {
    ms: 'Pertukaran ini telah ditolak oleh {name} pada {time}. Mulakan yang baharu jika perlu.',
    en: 'This transfer was refused by {name} on {time}. Begin a new one if needed.',
  },
  'transfer.already.withdrawn': {
    ms: 'Pertukaran ini telah ditarik balik oleh {name} pada {time}. Mulakan yang baharu jika perlu.',
    en: 'This transfer was withdrawn by {name} on {time}. Begin a new one if needed.',
  },
  'transfer.already.expired': {
    ms: 'Pertukaran ini telah tamat tempoh pada {time}. Mulakan yang baharu jika perlu.',
    en: 'This transfer expired on {time}. Begin a new one if needed.',
  },

  'record.transferred-out': { ms: 'Pegawai bertukar ke agensi lain', en: 'Officer moved to another agency' },
  'record.transferred-in': { ms: 'Pegawai diterima daripada agensi lain', en: 'Officer received from another agency' },
  'audit.transfer.requested': { ms: 'Pertukaran agensi diminta', en: 'Agency transfer asked for' },
  'audit.transfer.agreed': { ms: 'Pertukaran agensi dipersetujui', en: 'Agency transfer agreed to' },
  'audit.transfer.allocated': { ms: 'Alamat baharu dan pakej diberi', en: 'New address and package given' },
  'audit.transfer.address-lost': {
    ms: 'Alamat baharu tidak lagi boleh diberi',
    en: 'New address can no longer be given',
  },
  'audit.transfer.refused': { ms: 'Pertukaran agensi ditolak', en: 'Agency transfer refused' },
  'audit.transfer.withdrawn': { ms: 'Pertukaran agensi ditarik balik', en: 'Agency transfer withdrawn' },
  'audit.transfer.expired': { ms: 'Pertukaran agensi tamat tempoh', en: 'Agency transfer expired' },
  'audit.transfer.carried-out': { ms: 'Pertukaran agensi dilaksanakan', en: 'Agency transfer carried out' },
  'audit.mailbox.transferred-out': { ms: 'Bertukar ke agensi lain', en: 'Moved to another agency' },
  'audit.mailbox.transferred-in': { ms: 'Diterima daripada agensi lain', en: 'Received from another agency' },
  'audit.mailbox.former-address-ended': {
    ms: 'Alamat agensi lama tidak lagi menerima e-mel',
    en: 'Address of the old agency receives no more mail',
  },
  'audit.group.owner-left': { ms: 'Pengendali bertukar ke agensi lain', en: 'An owner moved to another agency' },

  'mail.transfer.link': { ms: 'Buka pertukaran', en: 'Open the transfer' },
  'mail.transfer.asked.subject': {
    ms: 'Agensi lain meminta pegawai anda: {name}',
    en: 'Another agency asks for your officer: {name}',
  },
  'mail.transfer.asked.text': {
    ms: 'Pentadbir UC agensi di bawah meminta {name} bertukar ke agensinya. Bersetuju atau tolak sebelum {date}; jika tidak dijawab, permintaan tamat secara automatik.',
    en: 'The UC administrator of the agency below asks for {name} to move there. Agree or refuse before {date}; without an answer the request ends automatically.',
  },
  'mail.transfer.offered.subject': {
    ms: 'Pegawai ditawarkan kepada agensi anda: {name}',
    en: 'An officer is offered to your agency: {name}',
  },
  'mail.transfer.offered.text': {
    ms: '{name} akan bertukar ke agensi anda. Beri alamat baharu dan pakej, atau tolak, sebelum {date}.',
    en: '{name} is to move to your agency. Give the new address and package, or refuse, before {date}.',
  },
  'mail.transfer.agreed.subject': { ms: 'Pertukaran dipersetujui: {name}', en: 'Transfer agreed to: {name}' },
  'mail.transfer.agreed.text': {
    ms: 'Agensi yang lain telah bersetuju dengan pertukaran {name}. Agensi yang menerima memberi alamat baharu dan pakej; pegawai bertukar pada harinya.',
    en: 'The other agency has agreed to the transfer of {name}. The receiving agency gives the new address and package; the officer moves on the day.',
  },
  'mail.transfer.refused.subject': { ms: 'Pertukaran ditolak: {name}', en: 'Transfer refused: {name}' },
  'mail.transfer.refused.text': {
    ms: 'Agensi yang lain tidak bersetuju dengan pertukaran ini. Sebabnya di bawah.',
    en: 'The other agency has not agreed to this transfer. The reason is below.',
  },
  'mail.transfer.withdrawn.subject': { ms: 'Pertukaran ditarik balik: {name}', en: 'Transfer withdrawn: {name}' },
  'mail.transfer.withdrawn.text': {
    ms: 'Pertukaran ini telah ditarik balik oleh agensi yang lain. Pegawai kekal di agensinya.',
    en: 'This transfer has been withdrawn by the other agency. The officer stays in the present one.',
  },
  'mail.transfer.expired.subject': { ms: 'Pertukaran tamat tempoh: {name}', en: 'Transfer expired: {name}' },
  'mail.transfer.expired.text': {
    ms: 'Pertukaran ini tidak diselesaikan dalam masanya, atau akaunnya telah dipadam. Semak maklumat pegawai itu dengan agensinya, kemudian mulakan yang baharu.',
    en: 'This transfer was not finished in time, or the account was deleted. Check the officer’s details with the agency, then begin a new one.',
  },
  'mail.transfer.addressNeeded.subject': {
    ms: 'Alamat baharu diperlukan: {name}',
    en: 'A new address is needed: {name}',
  },
  'mail.transfer.addressNeeded.text': {
    ms: 'Alamat yang anda pilih untuk {name} tidak lagi boleh diberi. Pilih alamat lain sebelum {date}.',
    en: 'The address that you chose for {name} can no longer be given. Choose another one before {date}.',
  },
  'mail.transfer.done.subject': { ms: '{name} telah bertukar ke {agency}', en: '{name} has moved to {agency}' },
  'mail.transfer.done.officer': {
    ms: 'Akaun e-mel anda kini di {agency}, dengan alamat baharu di bawah. Katalaluan dan Login ID anda tidak berubah; log masuk semula.',
    en: 'Your e-mail account is now at {agency}, with the new address below. Your password and login ID are the same; sign in again.',
  },
  'mail.transfer.done.office': {
    ms: 'Akaun e-mel {name} kini di {agency}. Beliau tidak lagi dalam senarai mel agensi lama.',
    en: 'The e-mail account of {name} is now at {agency}. The officer is in no mailing list of the old agency any more.',
  },
  'mail.transfer.done.kept': {
    ms: 'E-mel ke {address} terus sampai sehingga {date}.',
    en: 'Mail to {address} goes on arriving until {date}.',
  },
  'mail.transfer.done.reserved': {
    ms: 'E-mel ke {address} tidak lagi sampai. Alamat itu tidak diberi kepada orang lain sehingga {date}.',
    en: 'Mail to {address} arrives no more. The address is not given to anybody else until {date}.',
  },

  'field.releasing_agency': { ms: 'Agensi yang melepaskan', en: 'Releasing agency' },
  'field.receiving_agency': { ms: 'Agensi yang menerima', en: 'Receiving agency' },
  'field.sought_email': { ms: 'Dicari dengan alamat', en: 'Looked for by address' },
  'field.sought_ic': { ms: 'Dicari dengan No. K/P', en: 'Looked for by identity card' },
  'field.agreed_by': { ms: 'Dipersetujui oleh', en: 'Agreed by' },
  'field.agreed_at': { ms: 'Dipersetujui pada', en: 'Agreed on' },
  'field.transfer_on': { ms: 'Tarikh bertukar', en: 'Day of the move' },
  'field.former_email': { ms: 'Alamat lama', en: 'Old address' },
  'field.kept_addresses': { ms: 'Alamat lama yang disimpan', en: 'Old addresses that are kept' },
  'field.kept_until': { ms: 'Disimpan hingga', en: 'Kept until' },
} as const;
