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
  'audit.directory.adopted': { ms: 'Diambil alih daripada direktori', en: 'Taken over from the directory' },
} as const;
