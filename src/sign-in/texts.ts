export const signInTexts = {
  'sign-in.title': { ms: 'Log Masuk', en: 'Sign in' },
  'sign-in.portal': { ms: 'Portal Pengguna', en: 'User portal' },
  'sign-in.button': { ms: 'Log Masuk', en: 'Sign in' },
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
  'present-password.title': { ms: 'Sahkan katalaluan anda', en: 'Confirm your password' },
  'present-password.text': {
    ms: 'Tindakan ini mengubah cara log masuk. Taipkan katalaluan anda sekarang untuk meneruskannya; apa yang telah diisi tidak perlu ditaip semula. Selama sepuluh minit selepas itu, katalaluan tidak ditanya lagi.',
    en: 'This changes how somebody signs in. Type your present password to go on; what you have filled in need not be typed again. For ten minutes after that, the password is not asked for again.',
  },
  'present-password.button': { ms: 'Sahkan dan teruskan', en: 'Confirm and go on' },
  'sign-in-help.title': { ms: 'Bantuan log masuk', en: 'Sign-in help' },
  'sign-in-help.intro': {
    ms: 'Pengguna yang meminta katalaluan di-reset, dan log masuk yang terkunci selepas lima percubaan yang salah. Cari nama untuk membantu orang yang kehilangan telefon pengesahan dua faktor.',
    en: 'People who asked for their password to be reset, and sign-ins that five wrong tries have locked. Search a name to help somebody who lost the phone of the second factor.',
  },
  'sign-in-help.empty': {
    ms: 'Tiada sesiapa yang menunggu bantuan log masuk sekarang.',
    en: 'Nobody waits for help with signing in at present.',
  },
  'sign-in-help.search': { ms: 'Nama, Login ID atau e-mel', en: 'Name, login ID or e-mail' },
  'sign-in-help.one': { ms: 'Bantuan log masuk: {name}', en: 'Sign-in help: {name}' },
  'sign-in-help.asked': { ms: 'Minta reset', en: 'Asks for a reset' },
  'sign-in-help.locked': { ms: 'Terkunci', en: 'Locked' },
  'sign-in-help.both': { ms: 'Terkunci, minta reset', en: 'Locked, asks for a reset' },
  'sign-in-help.fine': { ms: 'Tiada permintaan, tidak terkunci', en: 'Nothing asked, not locked' },
  'sign-in-help.askedAt': { ms: 'Diminta pada', en: 'Asked at' },
  'sign-in-help.lockedUntil': { ms: 'Terkunci hingga', en: 'Locked until' },
  'sign-in-help.lastSignIn': { ms: 'Log masuk terakhir', en: 'Last sign-in' },
  'sign-in-help.verify': {
    ms: 'Pastikan orang yang menghubungi anda benar-benar pemilik akaun ini sebelum membantunya.',
    en: 'Make sure that whoever called you really is the owner of this account before you help.',
  },
  'sign-in-help.unlock': { ms: 'Buka kunci log masuk', en: 'Unlock the sign-in' },
  'sign-in-help.unlockText': {
    ms: 'Pengguna boleh mencuba log masuk semula dengan serta-merta, dengan katalaluan yang sama.',
    en: 'The person can try to sign in again at once, with the same password.',
  },
  'sign-in-help.unlocked': { ms: 'Kunci log masuk telah dibuka.', en: 'The sign-in has been unlocked.' },
  'sign-in-help.unlockedNext': {
    ms: 'maklumkan kepada pengguna supaya log masuk semula.',
    en: 'tell the person to sign in again.',
  },
  'sign-in-help.notLocked': {
    ms: 'Log masuk ini tidak terkunci sekarang: kuncinya telah dibuka atau tamat tempoh.',
    en: 'This sign-in is not locked now: somebody has unlocked it, or the lock has run out.',
  },
  'sign-in-help.link': { ms: 'Pautan untuk menetapkan katalaluan', en: 'Link to set a new password' },
  'sign-in-help.linkMailed': {
    ms: 'Pautan sekali guna (30 minit) dihantar kepada pengguna melalui e-mel: {address}. Pautan terdahulu, jika ada, terbatal.',
    en: 'A one-time link (30 minutes) is mailed to the person: {address}. An earlier link, if any, ends.',
  },
  'sign-in-help.linkShown': {
    ms: 'Pengguna ini tiada e-mel pemulihan. Pautan sekali guna (30 minit) akan ditunjukkan kepada anda sekali sahaja, untuk diserahkan sendiri kepada pengguna, dan pengguna diberitahu melalui e-mel. Pautan terdahulu, jika ada, terbatal.',
    en: 'This person has no recovery address. A one-time link (30 minutes) will be shown to you only once, to be handed over in person, and the person is told of it by mail. An earlier link, if any, ends.',
  },
  'sign-in-help.otherOffice': {
    ms: 'Pautan seorang Pentadbir UC tidak ditunjukkan kepada rakan setugas, dan tiada e-mel yang boleh dibacanya tanpa katalaluan. Minta beliau menghubungi Meja Bantuan 1GovUC.',
    en: 'The link of a UC administrator is not shown to a colleague, and there is no address whose mail can be read without the password. Ask the person to call the 1GovUC helpdesk.',
  },
  'sign-in-help.byMailOnly': {
    ms: 'Pautan petugas Meja Bantuan tidak ditunjukkan kepada rakan setugas. Jika beliau belum menetapkan katalaluan, hantar jemputan sekali lagi dari halaman petugas itu; jika tidak, nyahaktifkan log masuk ini dan jemput beliau dengan e-mel lain.',
    en: 'The link of helpdesk staff is not shown to a colleague. If the person has set no password yet, send the invitation again from the page of that member of staff; otherwise disable this sign-in and invite the person with another address.',
  },
  'sign-in-help.linkButton': { ms: 'Hantar pautan', en: 'Send the link' },
  'sign-in-help.showButton': { ms: 'Buat pautan', en: 'Make the link' },
  'sign-in-help.sent': {
    ms: 'Pautan telah dihantar melalui e-mel.',
    en: 'The link has been mailed.',
  },
  'sign-in-help.made': { ms: 'Pautan telah dibuat.', en: 'The link has been made.' },
  'sign-in-help.slip': { ms: 'Pautan sekali guna', en: 'One-time link' },
  'sign-in-help.once': {
    ms: 'Pautan ini ditunjukkan sekali sahaja dan tidak disimpan. Serahkan sendiri kepada pengguna, atau biar pengguna membukanya di hadapan anda; jangan hantar melalui orang lain.',
    en: 'This link is shown only once and kept nowhere. Hand it over in person, or let the person open it in front of you; do not send it through anybody else.',
  },
  'sign-in-help.slipFor': {
    ms: 'Untuk {name}, Login ID {login}. Boleh digunakan sekali, dalam masa 30 minit.',
    en: 'For {name}, login ID {login}. It works once, within 30 minutes.',
  },
  'sign-in-help.own': {
    ms: 'Anda tidak boleh membuat pautan untuk diri sendiri. Minta Pentadbir UC lain atau Meja Bantuan, atau tukar katalaluan di Pengurusan Katalaluan.',
    en: 'You cannot make a link for yourself. Ask another administrator or the helpdesk, or change your password under Pengurusan Katalaluan.',
  },
  'sign-in-help.ownText': {
    ms: 'Ini log masuk anda sendiri: hanya Pentadbir UC lain atau Meja Bantuan boleh membantu.',
    en: 'This is your own sign-in: only another administrator or the helpdesk can help with it.',
  },
  'sign-in.unlockOwn': {
    ms: 'Anda tidak boleh membuka kunci log masuk anda sendiri.',
    en: 'You cannot unlock your own sign-in.',
  },
  'sign-in.demo': { ms: 'Log masuk contoh', en: 'Sample sign-ins' },
  'sign-in.demoText': { ms: 'Katalaluan untuk semua: {password}', en: 'Password for all: {password}' },
  'password.rules': { ms: 'Katalaluan baharu mestilah:', en: 'The new password must:' },
  'password.broken': { ms: 'Mestilah {rules}.', en: 'Must {rules}.' },
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
    ms: 'tidak mengandungi Login ID, nama atau alamat e-mel pemilik akaun, atau satu perkataan daripadanya yang empat huruf atau lebih',
    en: 'not hold the login ID, name or e-mail address of the account’s owner, or one word of them of four letters or more',
  },
  'password.rule.sample': {
    ms: 'bukan contoh yang tertulis dalam SOP (Abcdefdgh@12)',
    en: 'not be the sample in the SOP (Abcdefdgh@12)',
  },
  'password.rule.common': {
    ms: 'bukan yang mudah diteka: katalaluan lazim, nama agensi, perkataan biasa, tahun, tarikh, ulangan atau deretan kekunci sahaja',
    en: 'be hard to guess: not only common passwords, the agency’s name, usual words, years, dates, repeats or rows of keys',
  },
  'password.rule.directory': {
    ms: 'tidak mengandungi mana-mana bahagian Display Name yang sekurang-kurangnya 3 huruf, contohnya "bin" dalam "Cabinet" (peraturan direktori agensi)',
    en: 'not hold any part of the display name of 3 letters or more, such as "bin" in "Cabinet" (a rule of the directory of the agency)',
  },
  'password.mailbox.taken': {
    ms: 'Direktori agensi telah menerima katalaluan ini: mailbox menggunakan katalaluan yang sama.',
    en: 'The directory of the agency has taken it: it is the password of the mailbox, too.',
  },
  'password.mailbox.waits': {
    ms: 'Direktori agensi belum menerima katalaluan ini. IPMS terus mencuba; sehingga itu katalaluan ini hanya untuk IPMS, dan mailbox menyusul kemudian.',
    en: 'The directory of the agency has not taken it yet. IPMS goes on trying; until then it is the password for IPMS alone, and the mailbox follows.',
  },
  'password.mailbox.notCarried': {
    ms: 'IPMS tidak menghantar katalaluan ini ke direktori agensi: mailbox menerimanya hanya selepas ditetapkan di sana.',
    en: 'IPMS does not carry this password into the directory of the agency: the mailbox takes it only once it was set there.',
  },
  'password.rule.past': {
    ms: 'bukan salah satu daripada lima katalaluan terakhir akaun ini',
    en: 'not be one of the last five passwords of this account',
  },
  'password.twice': {
    ms: 'Kedua-dua katalaluan baharu tidak sama. Taip semula kedua-duanya.',
    en: 'The two new passwords are not the same. Type both again.',
  },
  'password.currentWrong': {
    ms: 'Katalaluan sekarang tidak tepat. Taip semula; jika terlupa, log keluar dan gunakan Lupa katalaluan.',
    en: 'The present password is not right. Type it again; if you have forgotten it, sign out and use Forgotten password.',
  },
  'forgot.title': { ms: 'Lupa katalaluan', en: 'Forgotten password' },
  'forgot.text': {
    ms: 'Masukkan Login ID atau Primary E-mail anda. Jika ada e-mel pemulihan, pautan sekali guna (30 minit) dihantar ke situ. Jika tiada, permintaan anda masuk ke senarai Bantuan log masuk Pentadbir UC agensi anda; jika mendesak, hubungi Pentadbir UC.',
    en: 'Enter your login ID or primary e-mail. If there is a recovery address, a one-time link (30 minutes) is mailed to it. If not, your request goes onto the list Sign-in help of your agency UC administrators; if it is urgent, call them.',
  },
  'forgot.button': { ms: 'Hantar', en: 'Send' },
  'forgot.done': {
    ms: 'Permintaan diterima. Jika akaun itu wujud, pautan telah dihantar ke e-mel pemulihannya, atau permintaan itu menunggu Pentadbir UC agensi dalam senarai Bantuan log masuk.',
    en: 'Request received. If the account exists, a link has been mailed to its recovery address, or the request waits for the UC administrators of the agency, on their list Sign-in help.',
  },
  'reset.title': { ms: 'Tetapkan katalaluan baharu', en: 'Set a new password' },
  'reset.text': { ms: 'Untuk {name}, Login ID {login}.', en: 'For {name}, login ID {login}.' },
  'reset.button': { ms: 'Tukar Katalaluan', en: 'Tukar Katalaluan (change password)' },
  'reset.done': {
    ms: 'Katalaluan baharu telah disimpan. Log masuk dengannya.',
    en: 'The new password has been saved. Sign in with it.',
  },
  'set-up.title': { ms: 'Akaun Meja Bantuan yang pertama', en: 'The first helpdesk account' },
  'set-up.text': {
    ms: 'Pemasangan ini masih baharu. Buat akaun Meja Bantuan yang pertama; pautan ini hanya boleh digunakan sekali.',
    en: 'This installation is new. Make the first helpdesk account; this link works only once.',
  },
  'set-up.button': { ms: 'Buat akaun', en: 'Make the account' },
  'set-up.made': {
    ms: 'Akaun Meja Bantuan telah dibuat. Log masuk, kemudian daftarkan agensi yang pertama.',
    en: 'The helpdesk account has been made. Sign in, then register the first agency.',
  },
  'set-up.done': { ms: 'Akaun Meja Bantuan telah wujud.', en: 'There is a helpdesk account already.' },
  'user.taken': {
    ms: 'Login ID atau e-mel ini telah digunakan. Pilih yang lain.',
    en: 'This login ID or e-mail is taken. Choose another.',
  },
  'login-id.wrong': {
    ms: '3 hingga 20 aksara; a–z, 0–9, titik, sempang, garis bawah; tidak berakhir dengan titik.',
    en: '3 to 20 characters; a–z, 0–9, dot, hyphen, underscore; not ending with a dot.',
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
  'audit.sign-in.name-shut': {
    ms: 'Log masuk ditutup 15 minit selepas cubaan yang salah',
    en: 'Sign-in shut for 15 minutes after wrong tries',
  },
  'audit.sign-in.network-shut': {
    ms: 'Rangkaian ditutup 15 minit selepas cubaan yang salah',
    en: 'Network shut for 15 minutes after wrong tries',
  },
  'menu.refusedTries': { ms: 'Cubaan ditolak', en: 'Refused tries' },
  'refused-try.intro': {
    ms: 'Cubaan log masuk yang salah, apa yang ditutup kerananya, dan halaman yang cuba dibuka tanpa hak, dalam 90 hari yang lalu. Setiap halaman disenaraikan sekali sejam bagi setiap orang. Banyak cubaan dari satu rangkaian atau terhadap seorang mungkin serangan: hubungi orang itu, dan sekat rangkaian itu di tembok api.',
    en: 'Wrong sign-in tries, what was shut by them, and pages that somebody without the right tried to open, in the last 90 days. Each page is listed once an hour for each person. Many tries from one network or for one person may be an attack: call the person, and block the network at the firewall.',
  },
  'refused-try.empty': {
    ms: 'Tiada cubaan ditolak dalam 90 hari yang lalu.',
    en: 'Nothing was refused in the last 90 days.',
  },
  'refused-try.search': { ms: 'Nama, Login ID atau alamat rangkaian', en: 'Name, login ID or network address' },
  'refused-try.at': { ms: 'Masa', en: 'Time' },
  'refused-try.what': { ms: 'Yang dicuba', en: 'What was tried' },
  'refused-try.what.password': { ms: 'Katalaluan', en: 'Password' },
  'refused-try.what.code': { ms: 'Kod faktor kedua', en: 'Second factor code' },
  'refused-try.what.passkey': { ms: 'Kunci laluan', en: 'Passkey' },
  'refused-try.what.access-code': { ms: 'Kod Akses', en: 'Access code' },
  'refused-try.what.request': { ms: 'Semak status permintaan', en: 'Status of a request' },
  'refused-try.what.page': { ms: 'Halaman', en: 'Page' },
  'refused-try.person': { ms: 'Orang', en: 'Person' },
  'refused-try.nobody': { ms: 'Tiada orang yang dikenali', en: 'Nobody known' },
  'refused-try.page': { ms: 'Halaman', en: 'Page' },
  'refused-try.outcome': { ms: 'Akibat', en: 'What followed' },
  'refused-try.wrong': { ms: 'Salah', en: 'Wrong' },
  'refused-try.name': { ms: 'Salah, log masuk ditutup', en: 'Wrong, sign-in shut' },
  'refused-try.network': { ms: 'Salah, rangkaian ditutup', en: 'Wrong, network shut' },
  'refused-try.noRight': { ms: 'Tiada hak', en: 'No right' },
  'audit.user.unlocked': { ms: 'Kunci log masuk dibuka', en: 'Sign-in unlocked' },
  'audit.user.forgot-password': { ms: 'Lupa katalaluan', en: 'Forgot the password' },
  'audit.user.link-made': {
    ms: 'Pautan untuk menetapkan katalaluan dibuat',
    en: 'Link to set a password made',
  },
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
  'mail.n8.byOfficer': {
    ms: 'Pentadbir UC {officer} telah menukar katalaluan akaun anda. Semua sesi telah ditamatkan. Katalaluan baharu akan diberitahu oleh pentadbir sendiri, tidak melalui e-mel.',
    en: 'The UC administrator {officer} has changed the password of your account. All sessions have been ended. The administrator will tell you the new one in person, not by mail.',
  },
  'mail.n8.mustChange': {
    ms: 'Anda akan diminta memilih katalaluan sendiri apabila log masuk. Jika anda tidak memintanya, hubungi Pentadbir UC agensi anda dengan segera.',
    en: 'You will be asked to choose a password of your own when you sign in. If you did not ask for this, call your agency UC administrator at once.',
  },
  'mail.n8.signIn': { ms: 'Log masuk', en: 'Sign in' },
  'password.changedMeanwhile': {
    ms: 'Katalaluan akaun ini baru sahaja ditukar oleh orang lain. Semak Sejarah; jika masih perlu, tukar sekali lagi.',
    en: 'Somebody else has just changed the password of this account. Look at History; if it is still needed, change it again.',
  },
  'mail.n8.link': { ms: 'Lupa katalaluan', en: 'Forgotten password' },
  'mail.reset.subject': { ms: 'Pautan untuk menetapkan katalaluan', en: 'Link to set your password' },
  'mail.reset.text': {
    ms: 'Ada permintaan untuk menetapkan semula katalaluan anda. Pautan di bawah boleh digunakan sekali sahaja, dalam masa 30 minit.',
    en: 'Somebody asked to reset your password. The link below works once, within 30 minutes.',
  },
  'mail.reset.byOfficer': {
    ms: '{officer} membuat pautan ini supaya anda dapat menetapkan katalaluan baharu. Pautan boleh digunakan sekali sahaja, dalam masa 30 minit.',
    en: '{officer} made this link for you to set a new password. It works once, within 30 minutes.',
  },
  'mail.reset.notYou': {
    ms: 'Jika bukan anda yang memintanya, abaikan e-mel ini: katalaluan anda tidak berubah.',
    en: 'If it was not you, ignore this mail: your password stays as it is.',
  },
  'mail.link-made.subject': {
    ms: 'Pautan untuk menetapkan katalaluan anda telah dibuat',
    en: 'A link to set your password has been made',
  },
  'mail.link-made.text': {
    ms: '{officer} telah membuat pautan sekali guna untuk log masuk anda, untuk diserahkan sendiri kepada anda. Sesiapa yang memegangnya boleh menetapkan katalaluan anda dalam masa 30 minit.',
    en: '{officer} has made a one-time link for your sign-in, to be handed to you in person. Whoever holds it can set your password within 30 minutes.',
  },
  'mail.link-made.notYou': {
    ms: 'Jika anda tidak memintanya, hubungi Pentadbir UC agensi anda atau Meja Bantuan 1GovUC dengan segera.',
    en: 'If you did not ask for it, call the UC administrator of your agency or the 1GovUC helpdesk at once.',
  },
  'mail.reset.link': { ms: 'Tetapkan katalaluan', en: 'Set the password' },
} as const;
