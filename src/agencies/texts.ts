/** The helpdesk's own pages: agencies, administrators, staff, settings. */
export const agencyTexts = {
  'helpdesk.title': { ms: 'Ringkasan Meja Bantuan', en: 'Helpdesk overview' },
  'helpdesk.first': { ms: 'Mula di sini', en: 'Begin here' },
  'helpdesk.firstText': {
    ms: 'Belum ada agensi. Daftarkan agensi yang pertama dengan domain e-melnya, kemudian jemput pentadbirnya. Selepas itu pegawai agensi boleh memohon kod akses (SOP 4.1).',
    en: 'There is no agency yet. Register the first one with its mail domains, then invite its administrator. After that the officers of the agency can ask for access codes (SOP 4.1).',
  },
  'helpdesk.noEmail': {
    ms: 'E-mel Meja Bantuan belum ditetapkan. Tetapkannya supaya agensi tahu ke mana hendak menulis.',
    en: 'The helpdesk has no e-mail address yet. Set it, so that agencies know where to write.',
  },
  'helpdesk.agenciesText': { ms: 'agensi berdaftar', en: '{count:registered agency|registered agencies}' },
  'helpdesk.adminsText': {
    ms: 'pentadbir UC di semua agensi',
    en: 'UC {count:administrator|administrators} in all agencies',
  },
  'helpdesk.staffText': { ms: 'petugas Meja Bantuan', en: '{count:person|people} at the helpdesk' },
  'helpdesk.risk': { ms: 'Agensi berisiko', en: 'Agencies at risk' },
  'helpdesk.riskTile': {
    ms: 'agensi dengan seorang pentadbir sahaja atau tiada langsung',
    en: '{count:agency|agencies} with only one administrator or none',
  },
  'helpdesk.riskText': {
    ms: 'Jika pentadbir tunggal bercuti atau bertukar, tiada sesiapa boleh meluluskan permohonan. Jemput pentadbir kedua.',
    en: 'When the only administrator is away or moves on, nobody can approve a request. Invite a second one.',
  },
  'helpdesk.riskNobody': { ms: 'tiada pentadbir', en: 'no administrator' },
  'helpdesk.riskAlone': { ms: 'seorang sahaja', en: 'only one' },
  'helpdesk.more': { ms: 'Lihat semua {total}', en: 'See all {total}' },
  'helpdesk.failedTile': { ms: 'e-mel gagal dihantar', en: '{count:mail|mails} that could not be sent' },
  'helpdesk.lockedTile': {
    ms: 'log masuk terkunci selepas katalaluan salah',
    en: '{count:sign-in|sign-ins} locked after wrong passwords',
  },
  'helpdesk.codeRequestsTile': {
    ms: 'permintaan kod akses menunggu agensi',
    en: 'access code {count:request waits|requests wait} for an agency',
  },
  'helpdesk.accountRequestsTile': {
    ms: 'permohonan akaun menunggu agensi',
    en: 'account {count:request waits|requests wait} for an agency',
  },
  'helpdesk.waiting': {
    ms: 'Permohonan yang menunggu, agensi paling lama dahulu',
    en: 'Waiting requests, longest first',
  },
  'helpdesk.nothingWaits': {
    ms: 'Tiada permohonan yang menunggu di mana-mana agensi.',
    en: 'No request is waiting in any agency.',
  },

  'shown.label': { ms: 'Keadaan yang dipaparkan', en: 'State that was shown' },
  'shown.changed': {
    ms: 'Orang lain telah mengubahnya selepas anda membuka halaman ini. Tiada apa-apa yang disimpan: semak perubahan di bawah, kemudian simpan sekali lagi.',
    en: 'Somebody else has changed it since you opened this page. Nothing was saved: look at the changes below, then save again.',
  },
  'shown.same': { ms: 'Tiada apa-apa yang berubah.', en: 'Nothing was different.' },
  'shown.heading': { ms: 'Apa yang telah berubah', en: 'What has changed' },
  'shown.by': { ms: 'oleh {name}, {time}', en: 'by {name}, {time}' },
  'shown.from': { ms: 'Sebelum', en: 'Before' },
  'shown.to': { ms: 'Sekarang', en: 'Now' },
  'shown.field': { ms: 'Ruangan', en: 'Field' },
  'shown.who': { ms: 'Diubah', en: 'Changed' },
  'shown.form': { ms: 'Dalam borang di bawah', en: 'In the form below' },
  'shown.kept': {
    ms: 'Nilai yang anda taip; simpan akan menggantikan nilai sekarang',
    en: 'What you typed; saving replaces the present value',
  },
  'shown.taken': { ms: 'Nilai sekarang', en: 'The present value' },

  'agency.intro': {
    ms: 'Setiap agensi mempunyai domain e-mel sendiri dan sekurang-kurangnya dua pentadbir UC.',
    en: 'Each agency has mail domains of its own and should have at least two UC administrators.',
  },
  'agency.empty': {
    ms: 'Belum ada agensi. Tekan Daftar agensi untuk mendaftarkan yang pertama.',
    en: 'No agencies yet. Press Register an agency for the first one.',
  },
  'agency.search': { ms: 'Cari nama, kod atau domain', en: 'Search name, code or domain' },
  'agency.new': { ms: 'Daftar agensi', en: 'Register an agency' },
  'agency.newLead': {
    ms: 'Domain e-mel menentukan alamat yang boleh diberi oleh agensi ini; domain yang sama tidak boleh dikongsi dengan agensi lain.',
    en: 'The mail domains say which addresses this agency can give; a domain cannot be shared with another agency.',
  },
  'agency.details': { ms: 'Maklumat agensi', en: 'Details of the agency' },
  'agency.name': { ms: 'Nama agensi', en: 'Name of the agency' },
  'field.agency_code': { ms: 'Kod agensi', en: 'Agency code' },
  'agency.codeHint': {
    ms: '2 hingga 12 huruf atau angka, contohnya JPA. Kod ini memulakan nombor rekod agensi.',
    en: '2 to 12 letters or digits, for example JPA. It begins the numbers of the agency records.',
  },
  'agency.codeFixedHint': {
    ms: 'Kod ini telah digunakan pada nombor rekod, jadi tidak boleh ditukar lagi.',
    en: 'Records have been filed under this code, so it cannot be changed any more.',
  },
  'agency.codeWrong': {
    ms: 'Tulis 2 hingga 12 huruf A–Z atau angka, tanpa ruang atau simbol.',
    en: 'Write 2 to 12 letters A–Z or digits, without spaces or symbols.',
  },
  'agency.codeTaken': {
    ms: 'Kod {code} telah digunakan oleh agensi lain. Pilih kod lain.',
    en: 'The code {code} belongs to another agency. Choose another.',
  },
  'agency.codeFixed': {
    ms: 'Kod ini tidak boleh ditukar: rekod telah difailkan di bawahnya. Kembalikan kod yang asal.',
    en: 'The code cannot be changed: records have been filed under it. Put the old one back.',
  },
  'field.mail_domains': { ms: 'Domain e-mel', en: 'Mail domains' },
  'agency.domainsHint': {
    ms: 'Satu domain pada setiap baris, contohnya agensi.gov.my.',
    en: 'One domain a line, for example agency.gov.my.',
  },
  'agency.domainWrong': {
    ms: '“{domain}” bukan domain e-mel yang sah. Tulis satu domain pada setiap baris, tanpa @, ruang atau koma, contohnya agensi.gov.my.',
    en: '“{domain}” is not a valid mail domain. Write one domain a line, without @, spaces or commas, for example agency.gov.my.',
  },
  'agency.domainMany': {
    ms: 'Terlalu banyak domain: tidak melebihi {most}. Keluarkan yang tidak digunakan.',
    en: 'Too many domains: at most {most}. Take out those that are not used.',
  },
  'agency.domainTaken': {
    ms: 'Domain {domain} telah menjadi milik agensi lain. Keluarkannya dari senarai ini, atau dari agensi itu dahulu.',
    en: 'The domain {domain} belongs to another agency. Take it out of this list, or out of that agency first.',
  },
  'agency.domainInUse': {
    ms: 'Domain {domain} tidak boleh dikeluarkan: {count} alamat masih menggunakannya. Kembalikan domain itu, atau pindahkan alamat tersebut dahulu.',
    en: 'The domain {domain} cannot be taken away: {count} {count:address is|addresses are} still in it. Put it back, or move the addresses first.',
  },
  'field.postmaster_email': { ms: 'E-mel postmaster', en: 'Postmaster address' },
  'agency.postmasterHint': {
    ms: 'Alamat rasmi Pentadbir UC agensi dalam salah satu domain di atas, contohnya postadmin@agensi.gov.my.',
    en: 'The official address of the agency UC administrators in one of the domains above, for example postadmin@agency.gov.my.',
  },
  'agency.postmasterDomain': {
    ms: 'Domain alamat ini mestilah salah satu domain e-mel agensi: {domains}.',
    en: "This address must be in one of the agency's mail domains: {domains}.",
  },
  'agency.stateHint': {
    ms: 'Menentukan hari rehat mingguan dan cuti umum, untuk tempoh tiket.',
    en: 'Decides the weekend and public holidays, for the time limits of tickets.',
  },
  'settings.ticketHours': { ms: 'Tempoh tiket', en: 'Time limits of tickets' },
  'field.file_reference': { ms: 'Rujukan fail', en: 'File reference' },
  'agency.fileReferenceHint': {
    ms: 'Nombor fail agensi yang dicatat pada setiap rekod (SOP 6.0), contohnya JPA.600-1/3/2.',
    en: 'The file number of the agency that every record carries (SOP 6.0), for example JPA.600-1/3/2.',
  },
  'agency.made': { ms: '{name} telah didaftarkan.', en: '{name} has been registered.' },
  'agency.saved': { ms: 'Maklumat agensi telah disimpan.', en: 'The agency has been saved.' },
  'agency.inviteStep': { ms: 'jemput pentadbir UC agensi ini', en: 'invite the UC administrators of this agency' },
  'agency.save': { ms: 'Simpan', en: 'Save' },
  'agency.few': { ms: 'Seorang sahaja atau tiada', en: 'Only one or none' },
  'agency.nobody': { ms: 'Tiada', en: 'None' },
  'agency.requests': { ms: 'Permohonan', en: 'Requests' },
  'agency.waiting': { ms: 'Ada yang menunggu', en: 'Some are waiting' },
  'agency.codeRequests': { ms: 'Permintaan kod', en: 'Code requests' },
  'agency.accountRequests': { ms: 'Permohonan akaun', en: 'Account requests' },
  'agency.oldest': { ms: 'Paling lama', en: 'Longest wait' },
  'agency.shortCode': { ms: 'Kod', en: 'Code' },
  'agency.noAdmins': {
    ms: 'Agensi ini belum ada pentadbir UC. Tanpa pentadbir, tiada kod akses boleh dijana dan tiada permohonan boleh diluluskan.',
    en: 'This agency has no UC administrator yet. Without one no access code can be made and no request approved.',
  },
  'agency.atRisk': {
    ms: 'Kurang daripada dua pentadbir boleh log masuk: jika seorang tiada, kerja agensi ini terhenti. Jemput seorang lagi.',
    en: 'Fewer than two administrators can sign in: when one is away, the work of this agency stops. Invite another.',
  },
  'agency.allAdmins': { ms: 'Semua pentadbir agensi ini', en: 'All administrators of this agency' },

  'person.search': { ms: 'Cari nama, Login ID atau e-mel', en: 'Search name, login ID or e-mail' },
  'person.lastSignIn': { ms: 'Log masuk terakhir', en: 'Last sign-in' },
  'person.never': { ms: 'Belum pernah', en: 'Never' },
  'person.lockedUntil': { ms: 'Terkunci hingga', en: 'Locked until' },
  'person.mailbox': { ms: 'Mailbox', en: 'Mailbox' },
  'person.state.active': { ms: 'Aktif', en: 'Active' },
  'person.state.pending': { ms: 'Belum aktif', en: 'Not active yet' },
  'person.state.locked': { ms: 'Terkunci', en: 'Locked' },
  'person.state.disabled': { ms: 'Dinyahaktifkan', en: 'Disabled' },
  'person.state.deleted': { ms: 'Dihapuskan', en: 'Deleted' },
  'person.emailHint': {
    ms: 'Alamat yang boleh dibaca orang ini sekarang. Pautan jemputan dihantar ke sini.',
    en: 'An address that this person can read now. The invitation goes there.',
  },
  'person.correctHint': {
    ms: 'Betulkan alamat ini jika jemputan tidak sampai.',
    en: 'Put this address right when the invitation did not arrive.',
  },
  'person.emailTaken': {
    ms: '{email} telah digunakan oleh orang lain, kumpulan atau postmaster. Jika pegawai ini sudah boleh log masuk, cari beliau dan beri peranan itu; jika tidak, gunakan alamat lain.',
    en: '{email} belongs to somebody, a list or a postmaster already. If this officer can sign in, find the officer and grant the role; otherwise use another address.',
  },
  'person.otherAgency': {
    ms: 'Alamat ini dalam domain {agency}. Gunakan alamat dalam domain agensi yang dipilih, atau alamat persendirian.',
    en: 'This address is in a domain of {agency}. Use one in a domain of the chosen agency, or a private one.',
  },
  'person.invited': { ms: 'Jemputan telah dibuat.', en: 'The invitation has been made.' },
  'person.acceptStep': {
    ms: 'orang yang dijemput membuka pautan dan menetapkan katalaluannya',
    en: 'the invited person opens the link and sets a password',
  },
  'person.linkOnce': {
    ms: 'Pautan ini dipaparkan sekali sahaja. Jika e-mel tidak dapat dibaca, serahkan kepada {name} sendiri; sesiapa yang memegangnya boleh menetapkan katalaluan.',
    en: 'This link is shown only once. If the mail cannot be read, hand it to {name} in person; whoever holds it can set the password.',
  },
  'person.invitedAgain': {
    ms: 'Jemputan baharu telah dibuat; pautan yang lama tidak sah lagi.',
    en: 'A new invitation has been made; the old link is no longer good.',
  },
  'person.linkHeading': { ms: 'Pautan jemputan', en: 'Invitation link' },
  'person.linkValid': { ms: 'Sah selama 7 hari, sekali guna.', en: 'Good for 7 days, once.' },
  'person.neverAnyStaff': {
    ms: 'Belum pernah ada akaun Meja Bantuan: buat yang pertama, tanpa --recover.',
    en: 'There never was a helpdesk account: make the first one, without --recover.',
  },
  'person.accepted': {
    ms: 'Orang ini telah menetapkan katalaluan. Jika terlupa, gunakan Bantuan log masuk.',
    en: 'This person has set a password. If it was forgotten, use Sign-in help.',
  },
  'person.help': { ms: 'Bantuan log masuk untuk orang ini', en: 'Sign-in help for this person' },
  'person.inviteAgain': { ms: 'Hantar jemputan sekali lagi', en: 'Send the invitation again' },
  'person.inviteAgainText': {
    ms: 'Jemputan yang lama tidak sah lagi. Jemputan baharu sah selama 7 hari.',
    en: 'The old invitation is no longer good. The new one is good for 7 days.',
  },
  'person.unlock': { ms: 'Buka kunci', en: 'Unlock' },
  'person.unlockText': {
    ms: 'Terkunci kerana katalaluan salah berulang kali, hingga {time}. Pastikan orang ini sendiri yang mencuba sebelum membukanya.',
    en: 'Locked after repeated wrong passwords, until {time}. Make sure that it was this person who tried before you open it.',
  },
  'person.unlocked': { ms: 'Kunci log masuk telah dibuka.', en: 'The sign-in has been unlocked.' },
  'person.notActive': {
    ms: 'Log masuk ini tidak aktif. Aktifkannya dahulu, kemudian jemput.',
    en: 'This sign-in is not active. Enable it first, then invite.',
  },

  'administrator.intro': {
    ms: 'Pentadbir UC mengesahkan dan meluluskan permohonan agensinya sendiri (SOP 4.1 hingga 4.6).',
    en: 'A UC administrator verifies and approves the requests of the own agency (SOP 4.1 to 4.6).',
  },
  'administrator.empty': {
    ms: 'Belum ada pentadbir UC. Tekan Jemput pentadbir.',
    en: 'No UC administrators yet. Press Invite an administrator.',
  },
  'administrator.new': { ms: 'Jemput pentadbir', en: 'Invite an administrator' },
  'administrator.newHeading': { ms: 'Orang yang belum boleh log masuk', en: 'Somebody who cannot sign in yet' },
  'administrator.newText': {
    ms: 'Pautan untuk menetapkan katalaluan dihantar melalui e-mel dan dipaparkan kepada anda sekali.',
    en: 'A link to set a password is mailed, and shown to you once.',
  },
  'administrator.newButton': { ms: 'Jemput', en: 'Invite' },
  'administrator.findHeading': { ms: 'Pegawai yang sudah boleh log masuk', en: 'An officer who can sign in already' },
  'administrator.findText': {
    ms: 'Cari dengan Login ID atau e-mel, kemudian beri peranan pentadbir pada halamannya.',
    en: 'Find by login ID or e-mail, then grant the role on the page of the officer.',
  },
  'administrator.findButton': { ms: 'Cari', en: 'Find' },
  'administrator.notFound': {
    ms: 'Tiada orang dengan Login ID atau e-mel ini. Semak ejaannya, atau jemput sebagai orang baharu.',
    en: 'Nobody has this login ID or e-mail. Check the spelling, or invite somebody new.',
  },
  'administrator.one': { ms: 'Pentadbir UC: {name}', en: 'UC administrator: {name}' },
  'administrator.officer': { ms: 'Pengguna: {name}', en: 'User: {name}' },
  'administrator.grant': { ms: 'Jadikan pentadbir UC', en: 'Make UC administrator' },
  'administrator.grantText': {
    ms: '{name} boleh menjana kod akses dan meluluskan permohonan {agency}. Sesi yang terbuka ditamatkan; beliau log masuk semula.',
    en: '{name} can generate access codes and approve requests of {agency}. Open sessions end; the officer logs in again.',
  },
  'administrator.granted': {
    ms: 'Peranan pentadbir UC telah diberi.',
    en: 'The role of UC administrator has been granted.',
  },
  'administrator.withdraw': { ms: 'Tarik balik peranan', en: 'Withdraw the role' },
  'administrator.withdrawText': {
    ms: '{name} menjadi pengguna biasa: mailbox kekal, tetapi tidak boleh lagi meluluskan apa-apa. Semua sesi ditamatkan.',
    en: '{name} becomes an ordinary user: the mailbox stays, but nothing can be approved any more. All sessions end.',
  },
  'administrator.withdrawDisable': {
    ms: '{name} tiada mailbox, jadi log masuk ini dinyahaktifkan. Semua sesi dan pautan ditamatkan. Peranan boleh diberi semula kemudian.',
    en: '{name} has no mailbox, so this sign-in is disabled. All sessions and links end. The role can be granted again later.',
  },
  'administrator.lastText': {
    ms: '{agency} tiada pentadbir lain yang boleh log masuk: selepas ini tiada sesiapa boleh meluluskan permohonannya. Sebaiknya jemput pengganti dahulu.',
    en: '{agency} has no other administrator who can sign in: after this nobody can approve its requests. Better invite a successor first.',
  },
  'reading.intro': {
    ms: 'Semua agensi. Hanya untuk dibaca; perubahan dibuat oleh Pentadbir UC agensi itu.',
    en: 'All agencies. To read only; changes are made by the UC administrators of the agency.',
  },
  'reading.empty': {
    ms: 'Tiada rekod. Ubah tapisan, atau pilih agensi lain.',
    en: 'Nothing here. Change the filters, or choose another agency.',
  },
  'administrator.leaveWithout': {
    ms: 'Saya tahu agensi ini akan tinggal tanpa pentadbir UC.',
    en: 'I know that this agency will be left without a UC administrator.',
  },
  'administrator.last': {
    ms: 'Ini pentadbir terakhir {agency} yang boleh log masuk. Jemput pengganti dahulu, atau tandakan kotak ini jika memang dikehendaki.',
    en: 'This is the last administrator of {agency} who can sign in. Invite a successor first, or tick this box if it is meant.',
  },
  'administrator.withdrawn': {
    ms: 'Peranan pentadbir UC telah ditarik balik.',
    en: 'The role of UC administrator has been withdrawn.',
  },
  'administrator.isAdmin': {
    ms: 'Orang ini sudah menjadi pentadbir UC. Lihat sejarah di bawah untuk siapa dan bila.',
    en: 'This person is a UC administrator already. The history below says by whom and when.',
  },
  'administrator.isUser': {
    ms: 'Orang ini bukan pentadbir UC sekarang. Lihat sejarah di bawah untuk siapa dan bila.',
    en: 'This person is not a UC administrator now. The history below says by whom and when.',
  },
  'administrator.enableFirst': {
    ms: 'Akaun ini tidak aktif. Pentadbir UC agensinya perlu mengaktifkannya dahulu (SOP 4.10), kemudian beri peranan itu.',
    en: 'This account is not active. The UC administrator of the agency must enable it first (SOP 4.10); then grant the role.',
  },
  'administrator.notActiveText': {
    ms: 'Akaun ini dinyahaktifkan oleh agensinya. Peranan boleh diberi selepas diaktifkan semula (SOP 4.10).',
    en: 'This account has been disabled by its agency. The role can be granted once it is enabled again (SOP 4.10).',
  },

  'staff.intro': {
    ms: 'Petugas Meja Bantuan mengurus agensi, pentadbir dan tetapan sistem.',
    en: 'The helpdesk looks after agencies, administrators and the settings of the system.',
  },
  'staff.empty': { ms: 'Belum ada petugas. Tekan Jemput petugas.', en: 'No staff yet. Press Invite staff.' },
  'staff.new': { ms: 'Jemput petugas', en: 'Invite staff' },
  'staff.newText': {
    ms: 'Petugas Meja Bantuan boleh mengubah semua agensi dan tetapan. Pautan untuk menetapkan katalaluan dihantar melalui e-mel dan dipaparkan kepada anda sekali.',
    en: 'Helpdesk staff can change every agency and all settings. A link to set a password is mailed, and shown to you once.',
  },
  'staff.one': { ms: 'Petugas: {name}', en: 'Staff: {name}' },
  'staff.self': {
    ms: 'Ini log masuk anda sendiri: katalaluan dan sesi ada di menu Log masuk saya; selebihnya dibuat oleh petugas lain.',
    en: 'This is your own sign-in: password and sessions are in the menu under My sign-in; the rest is for a colleague to do.',
  },
  'staff.disable': { ms: 'Nyahaktifkan', en: 'Disable' },
  'staff.disableText': {
    ms: '{name} tidak boleh log masuk lagi; semua sesi dan pautan ditamatkan. Boleh diaktifkan semula.',
    en: '{name} cannot sign in any more; all sessions and links end. The sign-in can be enabled again.',
  },
  'staff.disabled': { ms: 'Log masuk telah dinyahaktifkan.', en: 'The sign-in has been disabled.' },
  'staff.enable': { ms: 'Aktifkan', en: 'Enable' },
  'staff.enableText': {
    ms: '{name} boleh log masuk semula dengan katalaluan yang sama.',
    en: '{name} can sign in again with the same password.',
  },
  'staff.enabled': { ms: 'Log masuk telah diaktifkan semula.', en: 'The sign-in has been enabled again.' },
  'staff.notSelf': {
    ms: 'Anda tidak boleh membuatnya pada log masuk anda sendiri. Minta petugas lain.',
    en: 'You cannot do this to your own sign-in. Ask a colleague.',
  },
  'staff.last': {
    ms: 'Ini petugas terakhir yang boleh log masuk. Jemput petugas lain dahulu.',
    en: 'This is the last member of staff who can sign in. Invite another first.',
  },
  'staff.isDisabled': {
    ms: 'Log masuk ini telah dinyahaktifkan. Lihat sejarah di bawah untuk siapa dan bila.',
    en: 'This sign-in has been disabled already. The history below says by whom and when.',
  },
  'staff.isActive': {
    ms: 'Log masuk ini telah aktif. Lihat sejarah di bawah untuk siapa dan bila.',
    en: 'This sign-in is active already. The history below says by whom and when.',
  },

  'settings.title': { ms: 'Tetapan sistem', en: 'System settings' },
  'settings.lead': {
    ms: 'Tetapan ini berkuat kuasa serta-merta untuk semua agensi. Tempoh baharu digunakan untuk kod yang dijana selepas ini; tempoh sesi digunakan terus.',
    en: 'These settings hold at once, for every agency. A new lifetime counts for codes made from now on; those of sessions count at once.',
  },
  'settings.lifetimes': { ms: 'Tempoh dan alamat', en: 'Lifetimes and addresses' },
  'field.access_code_days': { ms: 'Tempoh sah kod akses (hari)', en: 'Access code is good for (days)' },
  'settings.accessCodeDaysHint': { ms: '1 hingga 365; biasanya 30.', en: '1 to 365; usually 30.' },
  'field.restore_days': {
    ms: 'Mailbox yang dipadam boleh dipulihkan (hari)',
    en: 'A deleted mailbox can be restored for (days)',
  },
  'settings.restoreDaysHint': { ms: '1 hingga 365; biasanya 20 (SOP 4.12).', en: '1 to 365; usually 20 (SOP 4.12).' },
  'field.address_reservation_days': {
    ms: 'Alamat yang dipadam tidak diberi kepada orang lain (hari)',
    en: 'A deleted address is reserved for (days)',
  },
  'settings.addressReservationDaysHint': {
    ms: '1 hingga 3650; biasanya 365. Tidak boleh lebih pendek daripada tempoh pemulihan.',
    en: '1 to 3650; usually 365. Not shorter than the time for restoring.',
  },
  'field.idle_minutes': {
    ms: 'Sesi tamat jika tidak digunakan (minit)',
    en: 'A session ends when unused for (minutes)',
  },
  'settings.idleMinutesHint': { ms: '5 hingga 480; biasanya 30.', en: '5 to 480; usually 30.' },
  'field.absolute_hours': {
    ms: 'Sesi tamat walaupun digunakan (jam)',
    en: 'A session ends in any case after (hours)',
  },
  'settings.absoluteHoursHint': { ms: '1 hingga 72; biasanya 12.', en: '1 to 72; usually 12.' },
  'field.owa_url': { ms: 'Alamat Outlook Web App', en: 'Address of Outlook Web App' },
  'settings.owaUrlHint': {
    ms: 'Di sini pengguna menguji katalaluan baharu (SOP 4.20), contohnya https://mail.agensi.gov.my/owa. Jika kosong, tetapan pemasangan digunakan.',
    en: 'Where users try a new password (SOP 4.20), for example https://mail.agency.gov.my/owa. When empty, the setting of the installation counts.',
  },
  'field.helpdesk_email': { ms: 'E-mel Meja Bantuan', en: 'E-mail of the helpdesk' },
  'settings.helpdeskEmailHint': {
    ms: 'Makluman kepada Meja Bantuan dihantar ke sini. Jika kosong, tetapan pemasangan digunakan.',
    en: 'Notices to the helpdesk go there. When empty, the setting of the installation counts.',
  },
  'settings.reservedLonger': {
    ms: 'Mestilah sekurang-kurangnya {days} hari, iaitu tempoh pemulihan: jika tidak, mailbox yang dipulihkan mungkin kehilangan alamatnya.',
    en: 'At least {days} days, the time for restoring: otherwise a restored mailbox might find its address gone.',
  },
  'settings.idleShorter': {
    ms: 'Tidak boleh lebih lama daripada {hours} jam, iaitu tempoh penuh sesi.',
    en: 'Not longer than {hours} {hours:hour|hours}, when a session ends in any case.',
  },
  'settings.urlWrong': {
    ms: 'Masukkan alamat web penuh yang bermula dengan http:// atau https://.',
    en: 'Enter a whole web address that begins with http:// or https://.',
  },
  'settings.packages': { ms: 'Apa yang boleh dimuatkan dalam setiap pakej', en: 'What a package may hold' },
  'settings.packagesText': {
    ms: 'Had ini disemak semasa pakej diperuntukkan (SOP 4.5). Akaun yang telah diluluskan tidak berubah.',
    en: 'These limits are checked when a package is allocated (SOP 4.5). Approved accounts stay as they are.',
  },
  'settings.noLimit': { ms: 'Tiada had', en: 'No limit' },
  'field.a_largest_storage_mb': { ms: 'Pakej A: Storage paling besar', en: 'Package A: largest storage' },
  'field.b_largest_storage_mb': { ms: 'Pakej B: Storage paling besar', en: 'Package B: largest storage' },
  'field.c_largest_storage_mb': { ms: 'Pakej C: Storage paling besar', en: 'Package C: largest storage' },
  'field.a_services_limited': {
    ms: 'Hadkan perkhidmatan Pakej A kepada yang ditanda di bawah',
    en: 'Limit the services of package A to those ticked below',
  },
  'field.b_services_limited': {
    ms: 'Hadkan perkhidmatan Pakej B kepada yang ditanda di bawah',
    en: 'Limit the services of package B to those ticked below',
  },
  'field.c_services_limited': {
    ms: 'Hadkan perkhidmatan Pakej C kepada yang ditanda di bawah',
    en: 'Limit the services of package C to those ticked below',
  },
  'field.a_services': {
    ms: 'Pakej A: Value Added Services yang dibenarkan',
    en: 'Package A: value added services allowed',
  },
  'field.b_services': {
    ms: 'Pakej B: Value Added Services yang dibenarkan',
    en: 'Package B: value added services allowed',
  },
  'field.c_services': {
    ms: 'Pakej C: Value Added Services yang dibenarkan',
    en: 'Package C: value added services allowed',
  },
  'settings.saved': { ms: 'Tetapan telah disimpan.', en: 'The settings have been saved.' },
  'settings.save': { ms: 'Simpan tetapan', en: 'Save the settings' },
  'settings.savePackages': { ms: 'Simpan had pakej', en: 'Save the package limits' },

  'audit.agency.created': { ms: 'Agensi didaftarkan', en: 'Agency registered' },
  'audit.agency.updated': { ms: 'Maklumat agensi diubah', en: 'Agency changed' },
  'audit.administrator.invited': { ms: 'Pentadbir UC dijemput', en: 'UC administrator invited' },
  'audit.administrator.granted': { ms: 'Peranan pentadbir UC diberi', en: 'Role of UC administrator granted' },
  'audit.administrator.withdrawn': {
    ms: 'Peranan pentadbir UC ditarik balik',
    en: 'Role of UC administrator withdrawn',
  },
  'audit.staff.invited': { ms: 'Petugas Meja Bantuan dijemput', en: 'Helpdesk staff invited' },
  'audit.staff.recovered': {
    ms: 'Petugas Meja Bantuan dijemput dari komputer pelayan',
    en: 'Helpdesk staff invited from the server’s computer',
  },
  'audit.staff.disabled': { ms: 'Petugas Meja Bantuan dinyahaktifkan', en: 'Helpdesk staff disabled' },
  'audit.staff.enabled': { ms: 'Petugas Meja Bantuan diaktifkan', en: 'Helpdesk staff enabled' },
  'audit.person.invited-again': { ms: 'Jemputan dihantar sekali lagi', en: 'Invitation sent again' },
  'audit.setting.updated': { ms: 'Tetapan sistem diubah', en: 'System settings changed' },
  'audit.setting.packages-updated': { ms: 'Had pakej diubah', en: 'Package limits changed' },

  'mail.invitation.subject': { ms: 'Jemputan ke IPMS', en: 'Invitation to IPMS' },
  'mail.invitation.text': {
    ms: 'Log masuk IPMS telah dibuat untuk anda. Buka pautan di bawah untuk menetapkan katalaluan anda; pautan ini boleh digunakan sekali sahaja, dalam masa 7 hari.',
    en: 'A sign-in to IPMS has been made for you. Open the link below to set your password; it works once, within 7 days.',
  },
  'mail.invitation.keep': {
    ms: 'Jangan serahkan pautan ini kepada sesiapa. Jika anda tidak menjangkakannya, abaikan e-mel ini dan maklumkan kepada Meja Bantuan.',
    en: 'Do not pass this link on to anybody. If you did not expect it, ignore this mail and tell the helpdesk.',
  },
  'mail.recovered.subject': { ms: 'Petugas Meja Bantuan baru: {name}', en: 'New helpdesk staff: {name}' },
  'mail.recovered.text': {
    ms: 'Pentadbir pelayan IPMS telah menjemput {name} sebagai petugas Meja Bantuan, kerana tiada lagi petugas yang boleh log masuk.',
    en: 'Whoever runs the IPMS server has invited {name} to the helpdesk, since nobody of it is left who can log in.',
  },
  'mail.recovered.unexpected': {
    ms: 'Jika perkara ini tidak dijangka, hubungi ketua unit ICT anda dengan segera. Perbuatan ini ada dalam jejak audit.',
    en: 'If this was not expected, call the head of your ICT unit at once. It is in the audit trail.',
  },
  'mail.role.granted.subject': {
    ms: '{name} kini Pentadbir UC Agensi',
    en: '{name} is now an agency UC administrator',
  },
  'mail.role.granted.you': {
    ms: 'Meja Bantuan telah memberi anda peranan Pentadbir UC. Log masuk semula untuk melihat permohonan agensi anda.',
    en: 'The helpdesk has given you the role of UC administrator. Sign in again to see the requests of your agency.',
  },
  'mail.role.granted.other': {
    ms: '{name} telah diberi peranan Pentadbir UC agensi anda oleh Meja Bantuan.',
    en: 'The helpdesk has given {name} the role of UC administrator of your agency.',
  },
  'mail.role.withdrawn.subject': {
    ms: '{name} bukan lagi Pentadbir UC Agensi',
    en: '{name} is no longer an agency UC administrator',
  },
  'mail.role.withdrawn.you': {
    ms: 'Peranan anda sebagai Pentadbir UC telah ditarik balik oleh Meja Bantuan. Jika ini tidak dijangka, hubungi Meja Bantuan.',
    en: 'The helpdesk has withdrawn your role as UC administrator. If you did not expect this, call the helpdesk.',
  },
  'mail.role.withdrawn.other': {
    ms: 'Peranan {name} sebagai Pentadbir UC agensi anda telah ditarik balik oleh Meja Bantuan.',
    en: 'The helpdesk has withdrawn the role of {name} as UC administrator of your agency.',
  },
} as const;
