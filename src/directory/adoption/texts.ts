/** Taking over what was in the directory before IPMS. */
export const adoptionTexts = {
  'directory.adopt.kind.new': { ms: 'Baharu', en: 'new' },
  'directory.adopt.kind.same': { ms: 'Orang yang sama', en: 'same person' },
  'directory.adopt.kind.ours': { ms: 'Sudah milik IPMS', en: "is already IPMS's" },
  'directory.adopt.kind.double': { ms: 'Alamat berganda', en: 'double address' },
  'directory.adopt.kind.no-address': { ms: 'Tiada alamat', en: 'no address' },
  'directory.adopt.kind.foreign': { ms: 'Domain agensi lain', en: 'foreign domain' },
  'directory.adopt.kind.protected': {
    ms: 'Akaun perkhidmatan atau dilindungi',
    en: 'service or protected account',
  },
  'directory.adopt.kind.closed': { ms: 'Akaun ditutup', en: 'closed account' },
  'directory.adopt.kind.unfit': { ms: 'Nama tidak sesuai', en: 'name does not fit' },
  'directory.adopt.why.twoObjects': {
    ms: 'Objek {object} juga orang ini. Betulkan salah satu dalam direktori.',
    en: 'The object {object} is this person, too: correct one of them in the directory.',
  },
  'directory.adopt.why.twice': {
    ms: '{address} juga alamat objek {object}. Buang alamat itu daripada salah satu objek.',
    en: '{address} is an address of {object}, too: take it from one of them in the directory.',
  },
  'directory.adopt.why.held': {
    ms: '{address} sudah digunakan dalam IPMS ({name}). Ubah alamat itu dalam direktori atau dalam IPMS.',
    en: '{address} is taken in IPMS already ({name}): change the address there or in the directory.',
  },
  'directory.adopt.why.noAddress': {
    ms: 'Objek ini tiada alamat e-mel. Isikan alamat dalam direktori jika objek ini diperlukan dalam IPMS.',
    en: 'It has no e-mail address: give it one in the directory if IPMS is to have it.',
  },
  'directory.adopt.why.foreign': {
    ms: '{domain} bukan domain agensi ini. Ubah alamat itu, atau tambah domain pada agensi.',
    en: '{domain} is not a domain for this: change the address, or add the domain to the agency.',
  },
  'directory.adopt.why.protected': {
    ms: 'Objek ini dilindungi oleh direktori dan tidak disentuh.',
    en: 'The directory protects it; it is left alone.',
  },
  'directory.adopt.why.service': {
    ms: 'Bukan akaun seorang pegawai; akaun ini tidak disentuh.',
    en: 'It is not the account of a person; it is left alone.',
  },
  'directory.adopt.why.closed': {
    ms: 'Akaun ini ditutup dalam direktori. Buka akaun itu di sana dahulu jika pegawai masih memerlukannya.',
    en: 'It is closed in the directory: open it there first, if its person still needs it.',
  },
  'directory.adopt.why.otherwise': {
    ms: 'IPMS mengenali {value} sebagai {name}. Semak sama ada itu orang yang sama, kemudian betulkan salah satu.',
    en: 'IPMS knows {value} as {name}: find out whether that is the same person, then correct one of them.',
  },
  'directory.adopt.why.otherNumber': {
    ms: '{name} mempunyai nombor kad pengenalan lain dalam IPMS. Betulkan nombor yang salah dahulu.',
    en: '{name} has another IC number in IPMS: correct the one that is wrong first.',
  },
  'directory.adopt.why.hasObject': {
    ms: '{name} sudah mempunyai objek lain dalam direktori. Padam atau betulkan salah satu.',
    en: '{name} has another object in the directory already: remove or correct one of them.',
  },
  'directory.adopt.why.notActive': {
    ms: '{name} tidak aktif dalam IPMS. Aktifkan semula dalam IPMS dahulu.',
    en: '{name} is not active in IPMS: enable it there first.',
  },
  'directory.adopt.why.linked': {
    ms: 'Objek ini menjadi objek {name} dalam IPMS.',
    en: 'It becomes the object of {name}, who is in IPMS already.',
  },
  'directory.adopt.why.unfit': {
    ms: '"{value}" tidak dapat digunakan dalam IPMS. Ubah nilai itu dalam direktori.',
    en: '"{value}" cannot be used in IPMS: change it in the directory.',
  },
  'directory.adopt.noOu': {
    ms: 'Tiada unit organisasi {ou} dalam direktori. Semak nama itu.',
    en: 'There is no organizational unit {ou} in the directory: check its name.',
  },
  'directory.adopt.outside': {
    ms: '{ou} bukan unit organisasi di bawah {base}. IPMS hanya membaca dan menulis di bawah bahagian itu.',
    en: '{ou} is no organizational unit below {base}: IPMS reads and writes only there (IPMS_LDAP_BASE_DN).',
  },
  'directory.adopt.over': {
    ms: 'Objek lain telah menjadi milik ini sementara itu. Jalankan sekali lagi dan lihat laporan.',
    en: 'It has another object meanwhile: run it again and look at the report.',
  },
  'directory.phase.adopting': {
    ms: 'Mengambil alih objek daripada direktori: {done} daripada {total}.',
    en: 'Taking over objects of the directory: {done} of {total}.',
  },
  'directory.phase.reading': { ms: 'Membaca direktori.', en: 'Reading the directory.' },
  'directory.adopt.title': { ms: 'Pengambilalihan', en: 'Taking over' },
  'directory.adopt.intro': {
    ms: 'Pegawai, senarai dan kenalan yang ada dalam direktori sebelum IPMS. Laporan dibuat dahulu: tiada apa-apa berubah. Kemudian objek yang tiada masalah boleh diambil alih. Direktori tidak ditulis dan tiada e-mel dihantar.',
    en: 'People, lists and contacts that were in the directory before IPMS. First comes a report: nothing is changed. Then what is clean can be taken over. The directory is not written to, and no mail goes out.',
  },
  'directory.adopt.reports': { ms: 'Laporan', en: 'Reports' },
  'directory.adopt.none': {
    ms: 'Belum ada laporan. Laporan dibuat dengan memilih agensi dan unit organisasi.',
    en: 'There is no report yet: one is made by choosing an agency and an organizational unit.',
  },
  'directory.adopt.search': { ms: 'Unit organisasi atau nama', en: 'Organizational unit or name' },
  'directory.adopt.new': { ms: 'Baca direktori', en: 'Read the directory' },
  'directory.adopt.make': { ms: 'Buat laporan', en: 'Make a report' },
  'field.ou': { ms: 'Unit organisasi (OU)', en: 'Organizational unit (OU)' },
  'directory.adopt.ouHint': {
    ms: 'Nama penuh (DN), contohnya OU=Staf,OU=IPMS,DC=agensi,DC=gov,DC=my. Mesti dalam bahagian direktori yang diberikan kepada IPMS.',
    en: 'Its distinguished name, such as OU=Staf,OU=IPMS,DC=agensi,DC=gov,DC=my. It must lie within the part of the directory that IPMS was given.',
  },
  'directory.adopt.noServer': {
    ms: 'Pelayan IPMS belum diberi direktori (IPMS_LDAP_URL). Minta penjaga pelayan menetapkannya dahulu.',
    en: 'The server of IPMS has not been given a directory (IPMS_LDAP_URL): ask whoever looks after it to set it first.',
  },
  'directory.adopt.underWay': {
    ms: 'Kerja bagi agensi ini belum selesai. Tunggu sehingga selesai, kemudian buat laporan baharu.',
    en: 'Work for this agency is under way: wait until it is done, then make a new report.',
  },
  'directory.adopt.asked': {
    ms: 'Direktori sedang dibaca. Anda boleh meninggalkan halaman ini; laporan disimpan di sini.',
    en: 'The directory is being read. You may leave this page: the report is kept here.',
  },
  'directory.adopt.takingOver': {
    ms: 'Pengambilalihan bermula. Anda boleh meninggalkan halaman ini; hasilnya disimpan di sini.',
    en: 'Taking over has begun. You may leave this page: what comes of it is kept here.',
  },
  'directory.adopt.ordered': {
    ms: 'Laporan ini sudah digunakan atau tiada objek untuk diambil alih. Buat laporan baharu.',
    en: 'This report was used already, or has nothing to take over: make a new one.',
  },
  'directory.adopt.state.asked': { ms: 'Sedang dibaca', en: 'Being read' },
  'directory.adopt.state.reported': { ms: 'Laporan siap', en: 'Report is ready' },
  'directory.adopt.state.ordered': { ms: 'Sedang diambil alih', en: 'Being taken over' },
  'directory.adopt.state.done': { ms: 'Selesai', en: 'Done' },
  'directory.adopt.state.failed': { ms: 'Tidak berjaya', en: 'Failed' },
  'directory.adopt.stateText.asked': {
    ms: 'Menunggu giliran atau sedang membaca. Tiada apa-apa berubah. Anda boleh kembali kemudian.',
    en: 'Waiting for its turn, or reading. Nothing is changed. You may come back later.',
  },
  'directory.adopt.stateText.reported': {
    ms: 'Tiada apa-apa diubah. Objek yang dijumpai disenaraikan hingga {date}, kemudian dipadam daripada laporan.',
    en: 'Nothing was changed. What was found is listed until {date}, and is then removed from the report.',
  },
  'directory.adopt.stateText.ordered': {
    ms: 'Menunggu giliran atau sedang mengambil alih. Anda boleh kembali kemudian.',
    en: 'Waiting for its turn, or taking over. You may come back later.',
  },
  'directory.adopt.stateText.done': {
    ms: 'Setiap objek yang tiada masalah telah dicuba. Baca direktori sekali lagi untuk melihat apa yang tinggal.',
    en: 'Every object that was clean has been tried. Read the directory again to see what is left.',
  },
  'directory.adopt.stateText.failed': {
    ms: 'Kerja ini berhenti sebelum selesai. Objek yang sudah diambil alih kekal milik IPMS. Baca direktori sekali lagi.',
    en: "It stopped before its end. Objects that were taken over by then stay IPMS's. Read the directory again.",
  },
  'directory.adopt.unread': {
    ms: 'Laporan tidak dapat dibuat; tiada apa-apa berubah.',
    en: 'No report could be made; nothing was changed.',
  },
  'directory.adopt.askedBy': { ms: 'Diminta oleh', en: 'Asked for by' },
  'directory.adopt.reportedAt': { ms: 'Dibaca pada', en: 'Read at' },
  'directory.adopt.orderedBy': { ms: 'Pengambilalihan diarah oleh', en: 'Taking over ordered by' },
  'directory.adopt.endedAt': { ms: 'Tamat', en: 'Ended' },
  'directory.adopt.found': { ms: 'Dijumpai', en: 'Found' },
  'directory.adopt.clean': { ms: 'Boleh diambil alih', en: 'Can be taken over' },
  'directory.adopt.taken': { ms: 'Diambil alih', en: 'Taken over' },
  'directory.adopt.counts': { ms: 'Bilangan mengikut dapatan', en: 'Counts by finding' },
  'directory.adopt.kind': { ms: 'Dapatan', en: 'Finding' },
  'directory.adopt.outcome': { ms: 'Hasil', en: 'Outcome' },
  'directory.adopt.outcome.taken': { ms: 'Diambil alih', en: 'taken over' },
  'directory.adopt.outcome.refused': { ms: 'Ditolak', en: 'refused' },
  'directory.adopt.outcome.changed': { ms: 'Berubah sejak laporan', en: 'changed since the report' },
  'directory.adopt.rows': { ms: 'Objek yang dijumpai', en: 'What was found' },
  'directory.adopt.rowsGone': {
    ms: 'Objek yang dijumpai tidak disimpan lagi dalam laporan ini. Baca direktori sekali lagi.',
    en: 'What was found is kept no more in this report. Read the directory again.',
  },
  'directory.adopt.noRows': {
    ms: 'Tiada objek dijumpai. Semak unit organisasi, atau kosongkan carian.',
    en: 'Nothing was found: check the organizational unit, or clear the search.',
  },
  'directory.adopt.take': { ms: 'Ambil alih {count} objek', en: 'Take over {count} objects' },
  'directory.adopt.takeText': {
    ms: 'Hanya objek yang tiada masalah dalam laporan ini, dan yang masih begitu apabila direktori dibaca semula. Nama akaun, katalaluan dan keahlian kekal. Pegawai masuk melalui Lupa katalaluan.',
    en: 'Only what is clean in this report, and still is when the directory is read once more. Account names, passwords and memberships stay. Officers come in by Forgotten password.',
  },
  'directory.adopt.again': { ms: 'Baca sekali lagi', en: 'Read again' },
  'directory.adopt.notThere': {
    ms: 'Objek ini tidak dijumpai lagi di bawah unit organisasi ini. Baca direktori sekali lagi.',
    en: 'It is not below this organizational unit any more: read the directory again.',
  },
  'directory.adopt.noAgency': {
    ms: 'Agensi ini tiada lagi. Pilih agensi lain.',
    en: 'This agency is not there any more: choose another.',
  },
  'directory.adopt.noRight': {
    ms: 'Orang yang mengarahkannya bukan lagi meja bantuan yang aktif. Buat laporan baharu dengan nama anda.',
    en: 'Whoever ordered it is no active member of the helpdesk any more: make a new report in your own name.',
  },
  'directory.adopt.away': {
    ms: 'Direktori tidak dapat dibaca sehingga habis, maka tiada apa-apa disimpulkan. Semak pelayan dan rangkaian, kemudian baca sekali lagi.',
    en: 'The directory could not be read to its end, so nothing is concluded. Look at the server and the network, then read it again.',
  },
  'directory.adopt.unexpected': {
    ms: 'Sesuatu yang tidak dijangka berlaku; butirannya dalam log pelayan. Cuba lagi, atau hubungi penjaga pelayan.',
    en: 'Something went wrong that nobody foresaw; the log of the server has it. Try again, or tell whoever looks after the server.',
  },
  'audit.directory.adoption-asked': { ms: 'Laporan pengambilalihan diminta', en: 'Report on taking over asked for' },
  'audit.directory.adoption-ordered': { ms: 'Pengambilalihan diarahkan', en: 'Taking over ordered' },
  'audit.directory.adopted': { ms: 'Diambil alih daripada direktori', en: 'Taken over from the directory' },
} as const;
