export const passkeyTexts = {
  'passkey.title': { ms: 'Kunci laluan', en: 'Passkeys' },
  'passkey.lead': {
    ms: 'Dengan kunci laluan, anda log masuk menggunakan cap jari, wajah atau PIN peranti anda, tanpa menaip katalaluan atau kod. Ia tidak boleh digunakan di laman palsu.',
    en: 'With a passkey you sign in by the fingerprint, face or PIN of your device, without typing a password or a code. It does not work on a fake site.',
  },
  'passkey.signIn': { ms: 'Log masuk dengan kunci laluan', en: 'Sign in with a passkey' },
  'passkey.use': { ms: 'Guna kunci laluan', en: 'Use a passkey' },
  'passkey.useText': {
    ms: 'Katalaluan tepat. Sahkan dengan cap jari, wajah atau PIN peranti yang menyimpan kunci laluan anda.',
    en: 'The password is right. Confirm with the fingerprint, face or PIN of the device that holds your passkey.',
  },
  'passkey.orCode': {
    ms: 'Atau taip kod untuk IPMS daripada aplikasi pengesah di telefon anda.',
    en: 'Or type the code for IPMS from the authenticator app on your phone.',
  },
  'passkey.orRecovery': {
    ms: 'Atau taip satu daripada kod pemulihan yang anda simpan.',
    en: 'Or type one of the recovery codes that you kept.',
  },
  'passkey.needsScripts': {
    ms: 'Kunci laluan memerlukan JavaScript dan pelayar yang menyokongnya. Hidupkan JavaScript, atau log masuk dengan katalaluan dan kod.',
    en: 'A passkey needs JavaScript and a browser that knows passkeys. Turn JavaScript on, or sign in with the password and a code.',
  },
  'passkey.notHere': {
    ms: 'Kunci laluan hanya boleh digunakan apabila IPMS dibuka melalui HTTPS dengan nama, bukan alamat IP. Minta pengendali sistem menetapkan IPMS_BASE_URL; sehingga itu, gunakan aplikasi pengesah.',
    en: 'Passkeys work only where IPMS is opened over HTTPS by a name, not by an IP address. Ask whoever runs the system to set IPMS_BASE_URL; until then, use an authenticator app.',
  },
  'passkey.cancelled': {
    ms: 'Tiada kunci laluan diterima daripada peranti: anda membatalkannya, masa tamat, atau peranti ini tiada kunci laluan yang sesuai. Cuba lagi, atau gunakan cara yang lain.',
    en: 'The device gave no passkey: it was cancelled, the time was over, or this device has none that fits. Try again, or use the other way.',
  },
  'passkey.wrong': {
    ms: 'Kunci laluan ini tidak diterima. Cuba sekali lagi; jika masih gagal, log masuk dengan katalaluan.',
    en: 'This passkey was not accepted. Try once more; if it still fails, sign in with the password.',
  },
  'passkey.tooLate': {
    ms: 'Jawapan peranti ini telah digunakan. Tekan butang kunci laluan sekali lagi.',
    en: 'This answer of the device has been used already. Press the passkey button again.',
  },
  'passkey.copied': {
    ms: 'Kunci laluan ini tidak diterima kerana mungkin ada salinannya pada peranti lain. Log masuk dengan cara lain, padam kunci laluan ini, dan maklumkan Meja Bantuan.',
    en: 'This passkey was not accepted, since there may be a copy of it on another device. Sign in another way, remove this passkey, and tell the helpdesk.',
  },
  'passkey.none': { ms: 'Anda belum ada kunci laluan.', en: 'You have no passkey yet.' },
  'passkey.add': { ms: 'Tambah kunci laluan', en: 'Add a passkey' },
  'passkey.name': { ms: 'Nama kunci laluan', en: 'Name of the passkey' },
  'passkey.nameHint': {
    ms: 'Supaya anda mengenalinya kemudian, contohnya “Komputer riba pejabat”.',
    en: 'So that you know it again later, for example “Office laptop”.',
  },
  'passkey.effect': {
    ms: 'Peranti akan meminta cap jari, wajah atau PIN. Semua sesi anda yang lain ditamatkan.',
    en: 'The device will ask for your fingerprint, face or PIN. All of your other sessions end.',
  },
  'passkey.enough': {
    ms: 'Anda sudah ada {count} kunci laluan. Padam satu yang tidak digunakan lagi, kemudian tambah yang baharu.',
    en: 'You have {count} passkeys already. Remove one that is no longer used, then add the new one.',
  },
  'passkey.known': {
    ms: 'Kunci laluan peranti ini telah didaftarkan. Gunakan peranti lain, atau tukar nama kunci laluan yang ada.',
    en: 'The passkey of this device is registered already. Use another device, or rename the one that there is.',
  },
  'passkey.signInAgain': {
    ms: 'Untuk menukar kunci laluan atau faktor kedua, log keluar, log masuk semula dengan kunci laluan atau kod, dan buat perubahan itu dalam masa 10 minit.',
    en: 'To change passkeys or the second factor, sign out, sign in again with a passkey or a code, and make the change within 10 minutes.',
  },
  'passkey.created': { ms: 'Ditambah', en: 'Added' },
  'passkey.lastUsed': { ms: 'Kali terakhir digunakan', en: 'Last used' },
  'passkey.never': { ms: 'Belum digunakan', en: 'Not used yet' },
  'passkey.rename': { ms: 'Simpan nama', en: 'Save the name' },
  'passkey.remove': { ms: 'Padam kunci laluan', en: 'Remove the passkey' },
  'passkey.removeText': {
    ms: 'Kunci laluan ini tidak boleh digunakan lagi untuk log masuk, dan semua sesi anda yang lain ditamatkan. Padamkan juga dalam peranti itu.',
    en: 'This passkey can no longer be used to sign in, and all of your other sessions end. Delete it on the device, too.',
  },
  'passkey.mustStay': {
    ms: 'Peranan anda mesti menggunakan pengesahan dua faktor, dan ini faktor anda yang terakhir. Tambah kunci laluan lain atau sediakan aplikasi pengesah dahulu.',
    en: 'Your role must use a second factor, and this is your last one. Add another passkey or set up an authenticator app first.',
  },
  'passkey.added': { ms: 'Kunci laluan telah ditambah.', en: 'The passkey has been added.' },
  'passkey.renamed': { ms: 'Nama kunci laluan telah ditukar.', en: 'The passkey has another name now.' },
  'passkey.removed': { ms: 'Kunci laluan telah dipadam.', en: 'The passkey has been removed.' },
  'passkey.codesText': {
    ms: 'Jika peranti hilang, kod pemulihan membuka log masuk anda selepas katalaluan. Sepuluh kod baharu ditunjukkan sekali sahaja; kod yang lama tidak boleh digunakan lagi.',
    en: 'If you lose the device, a recovery code opens your sign-in after the password. Ten new codes are shown, once only; the old ones no longer work.',
  },
  'field.passkey': { ms: 'Kunci laluan', en: 'Passkey' },
  'audit.user.passkey-added': { ms: 'Kunci laluan ditambah', en: 'Passkey added' },
  'audit.user.passkey-renamed': { ms: 'Nama kunci laluan ditukar', en: 'Passkey renamed' },
  'audit.user.passkey-removed': { ms: 'Kunci laluan dipadam', en: 'Passkey removed' },
  'audit.user.passkey-copied': {
    ms: 'Kunci laluan ditolak: mungkin ada salinannya',
    en: 'Passkey refused: there may be a copy of it',
  },
  'mail.passkey-added.subject': {
    ms: 'Kunci laluan telah ditambah pada log masuk anda',
    en: 'A passkey has been added to your sign-in',
  },
  'mail.passkey-added.text': {
    ms: 'Kunci laluan di bawah kini boleh digunakan untuk log masuk tanpa katalaluan. Semua sesi lain telah ditamatkan.',
    en: 'The passkey below can now be used to sign in without the password. All other sessions have been ended.',
  },
  'mail.passkey-added.next': {
    ms: 'Jika bukan anda yang menambahnya, hubungi Pentadbir UC agensi anda atau Meja Bantuan dengan segera.',
    en: 'If it was not you, call your agency UC administrator or the helpdesk at once.',
  },
  'mail.passkey-removed.subject': {
    ms: 'Kunci laluan telah dipadam daripada log masuk anda',
    en: 'A passkey has been removed from your sign-in',
  },
  'mail.passkey-removed.text': {
    ms: 'Kunci laluan di bawah tidak boleh digunakan lagi. Semua sesi lain telah ditamatkan.',
    en: 'The passkey below works no more. All other sessions have been ended.',
  },
  'mail.passkey-removed.next': {
    ms: 'Jika bukan anda yang memadamnya, hubungi Pentadbir UC agensi anda atau Meja Bantuan dengan segera.',
    en: 'If it was not you, call your agency UC administrator or the helpdesk at once.',
  },
  'mail.passkey-copied.subject': {
    ms: 'Kunci laluan anda mungkin telah disalin',
    en: 'Your passkey may have been copied',
  },
  'mail.passkey-copied.text': {
    ms: 'Ada cubaan log masuk dengan kunci laluan di bawah, tetapi pengiranya tidak bertambah: mungkin ada salinannya pada peranti lain. Tiada sesiapa yang masuk dengan cubaan itu.',
    en: 'Somebody tried to sign in with the passkey below, but its counter had not gone on: there may be a copy on another device. That try let nobody in.',
  },
  'mail.passkey-copied.next': {
    ms: 'Padam kunci laluan itu dan tambah yang baharu. Jika bukan anda yang mencuba, hubungi Meja Bantuan dengan segera.',
    en: 'Remove that passkey and add a new one. If it was not you who tried, call the helpdesk at once.',
  },
} as const;
