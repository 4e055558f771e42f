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
  'helpdesk.ticketsTile': { ms: 'tiket belum selesai', en: '{count:ticket is|tickets are} not resolved yet' },
  'helpdesk.correctionsTile': {
    ms: 'pembetulan menunggu keputusan anda',
    en: '{count:correction waits|corrections wait} for your decision',
  },
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

  'shown.label': { ms: 'Maklumat yang dipaparkan', en: 'Details that were shown' },
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

  'reading.intro': {
    ms: 'Semua agensi. Hanya untuk dibaca; perubahan dibuat oleh Pentadbir UC agensi itu.',
    en: 'All agencies. To read only; changes are made by the UC administrators of the agency.',
  },
  'reading.empty': {
    ms: 'Tiada rekod. Ubah tapisan, atau pilih agensi lain.',
    en: 'Nothing here. Change the filters, or choose another agency.',
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
  'audit.setting.updated': { ms: 'Tetapan sistem diubah', en: 'System settings changed' },
  'audit.setting.packages-updated': { ms: 'Had pakej diubah', en: 'Package limits changed' },
} as const;
