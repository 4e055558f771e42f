export const signInTexts = {
  'sign-in.title': { ms: 'Log Masuk', en: 'Log in' },
  'sign-in.portal': { ms: 'Portal Pengguna', en: 'User portal' },
  'sign-in.button': { ms: 'Log Masuk', en: 'Log Masuk (log in)' },
  'sign-in.forgot': { ms: 'Lupa katalaluan?', en: 'Forgotten your password?' },
  'sign-in.new': { ms: 'Belum ada akaun?', en: 'No account yet?' },
  'sign-in.newText': {
    ms: 'Mohon kod akses, atau teruskan dengan kod akses yang telah diterima.',
    en: 'Ask for an access code, or go on with the one that you were given.',
  },
  'sign-in.wrong': {
    ms: 'Login ID atau katalaluan tidak tepat. Semak ejaan dan Caps Lock. Jika masih gagal, gunakan Lupa katalaluan atau maklumkan kepada Pentadbir UC agensi anda.',
    en: 'The login ID or the password is not right. Check the spelling and Caps Lock. If it still fails, use Forgotten password or tell your agency UC administrator.',
  },
  'sign-in.unlockOwn': {
    ms: 'Anda tidak boleh membuka kunci log masuk anda sendiri.',
    en: 'You cannot unlock your own sign-in.',
  },
  'sign-in.demo': { ms: 'Log masuk contoh', en: 'Sample sign-ins' },
  'sign-in.demoText': { ms: 'Katalaluan untuk semua: {password}', en: 'Password for all: {password}' },
  'password.rules': { ms: 'Katalaluan baru mestilah:', en: 'The new password must:' },
  'password.rule.length': { ms: 'sekurang-kurangnya 12 aksara', en: 'have at least 12 characters' },
  'password.rule.digit': { ms: 'mengandungi sekurang-kurangnya 1 nombor', en: 'hold at least 1 digit' },
  'password.rule.upper': {
    ms: 'mengandungi sekurang-kurangnya 1 huruf besar',
    en: 'hold at least 1 upper-case letter',
  },
  'password.rule.symbol': {
    ms: 'mengandungi sekurang-kurangnya 1 simbol, contohnya @ atau #',
    en: 'hold at least 1 symbol, for example @ or #',
  },
  'password.rule.bytes': {
    ms: 'tidak melebihi 72 bait (72 aksara biasa; huruf beraksen dan emoji dikira lebih)',
    en: 'be at most 72 bytes (72 plain characters; accented letters and emoji count for more)',
  },
  'password.rule.person': {
    ms: 'tidak mengandungi Login ID, nama atau alamat e-mel anda',
    en: 'not hold your login ID, name or e-mail address',
  },
  'password.rule.common': {
    ms: 'bukan katalaluan yang lazim digunakan orang',
    en: 'not be a password that many people use',
  },
  'password.rule.past': {
    ms: 'bukan salah satu daripada lima katalaluan terakhir anda',
    en: 'not be one of your last five passwords',
  },
  'password.twice': {
    ms: 'Kedua-dua katalaluan baru tidak sama. Taip semula kedua-duanya.',
    en: 'The two new passwords are not the same. Type both again.',
  },
  'password.currentWrong': { ms: 'Katalaluan sekarang tidak tepat.', en: 'The present password is not right.' },
  'forgot.title': { ms: 'Lupa katalaluan', en: 'Forgotten password' },
  'forgot.text': {
    ms: 'Masukkan Login ID atau e-mel utama anda. Jika ada e-mel pemulihan, pautan sekali guna (30 minit) dihantar ke situ. Jika tiada, Pentadbir UC agensi anda dimaklumkan supaya katalaluan anda di-reset.',
    en: 'Enter your login ID or primary e-mail. If there is a recovery address, a one-time link (30 minutes) is mailed to it. If not, your agency UC administrator is asked to reset your password.',
  },
  'forgot.button': { ms: 'Hantar', en: 'Send' },
  'forgot.done': {
    ms: 'Permintaan diterima. Jika akaun itu wujud, pautan telah dihantar ke e-mel pemulihannya, atau Pentadbir UC telah dimaklumkan.',
    en: 'Request received. If the account exists, a link has been mailed to its recovery address, or the UC administrator has been told.',
  },
  'reset.title': { ms: 'Tetapkan katalaluan baru', en: 'Set a new password' },
  'reset.text': { ms: 'Untuk {name}, Login ID {login}.', en: 'For {name}, login ID {login}.' },
  'reset.button': { ms: 'Tukar Katalaluan', en: 'Tukar Katalaluan (change password)' },
  'reset.done': {
    ms: 'Katalaluan baru telah disimpan. Log masuk dengannya.',
    en: 'The new password has been saved. Log in with it.',
  },
  'set-up.title': { ms: 'Akaun Meja Bantuan yang pertama', en: 'The first helpdesk account' },
  'set-up.text': {
    ms: 'Pemasangan ini masih baru. Buat akaun Meja Bantuan yang pertama; pautan ini hanya boleh digunakan sekali.',
    en: 'This installation is new. Make the first helpdesk account; this link works only once.',
  },
  'set-up.button': { ms: 'Buat akaun', en: 'Make the account' },
  'set-up.made': {
    ms: 'Akaun Meja Bantuan telah dibuat. Log masuk, kemudian daftarkan agensi yang pertama.',
    en: 'The helpdesk account has been made. Log in, then register the first agency.',
  },
  'set-up.done': { ms: 'Akaun Meja Bantuan telah wujud.', en: 'There is a helpdesk account already.' },
  'user.taken': {
    ms: 'Login ID atau e-mel ini telah digunakan. Pilih yang lain.',
    en: 'This login ID or e-mail is taken. Choose another.',
  },
  'login-id.wrong': {
    ms: 'Login ID: 3 hingga 20 aksara; a–z, 0–9, titik, sempang, garis bawah; tidak berakhir dengan titik.',
    en: 'Login ID: 3 to 20 characters; a–z, 0–9, dot, hyphen, underscore; not ending with a dot.',
  },
  'login-id.taken': {
    ms: 'Login ID {login} telah digunakan. Pilih yang lain.',
    en: 'The login ID {login} is taken. Choose another.',
  },
  'address.wrong': {
    ms: 'Bahagian sebelum @: 1 hingga 64 aksara; a–z, 0–9, titik, sempang, garis bawah; titik tidak di hujung atau berganda.',
    en: 'Before the @: 1 to 64 characters; a–z, 0–9, dot, hyphen, underscore; no dot at an end or doubled.',
  },
  'address.domain': {
    ms: 'Domain mestilah domain e-mel agensi ini: {domains}.',
    en: "The domain must be one of the agency's mail domains: {domains}.",
  },
  'address.taken': {
    ms: '{address} telah digunakan. Sila pilih nama lain.',
    en: '{address} is already taken. Choose another name.',
  },
  'audit.user.signed-in': { ms: 'Log masuk', en: 'Logged in' },
  'audit.user.unlocked': { ms: 'Kunci log masuk dibuka', en: 'Sign-in unlocked' },
  'audit.user.forgot-password': { ms: 'Lupa katalaluan', en: 'Forgot the password' },
  'audit.user.password-changed': { ms: 'Katalaluan ditukar', en: 'Password changed' },
  'audit.user.first-helpdesk': { ms: 'Akaun Meja Bantuan yang pertama dibuat', en: 'First helpdesk account made' },
  'mail.n8.subject': { ms: 'Katalaluan anda telah ditukar', en: 'Your password has been changed' },
  'mail.n8.changed': {
    ms: 'Katalaluan akaun anda telah ditukar. Semua sesi lain telah ditamatkan.',
    en: 'The password of your account has been changed. All other sessions have been ended.',
  },
  'mail.n8.notYou': {
    ms: 'Jika bukan anda yang menukarnya, hubungi Pentadbir UC agensi anda dengan segera, atau tetapkan semula katalaluan di pautan ini.',
    en: 'If it was not you who changed it, call your agency UC administrator at once, or reset the password by this link.',
  },
  'mail.n8.link': { ms: 'Lupa katalaluan', en: 'Forgotten password' },
  'mail.reset.subject': { ms: 'Pautan untuk menetapkan katalaluan', en: 'Link to set your password' },
  'mail.reset.text': {
    ms: 'Ada permintaan untuk menetapkan semula katalaluan anda. Pautan di bawah boleh digunakan sekali sahaja, dalam masa 30 minit.',
    en: 'Somebody asked to reset your password. The link below works once, within 30 minutes.',
  },
  'mail.reset.notYou': {
    ms: 'Jika bukan anda yang memintanya, abaikan e-mel ini: katalaluan anda tidak berubah.',
    en: 'If it was not you, ignore this mail: your password stays as it is.',
  },
  'mail.reset.link': { ms: 'Pautan', en: 'Link' },
};
