export const secondFactorTexts = {
  'menu.secondFactor': { ms: 'Pengesahan dua faktor', en: 'Second factor' },
  'second-factor.title': { ms: 'Pengesahan dua faktor', en: 'Second factor' },
  'second-factor.lead': {
    ms: 'Selepas katalaluan, IPMS meminta kod 6 digit daripada aplikasi pengesah di telefon anda. Orang yang mengetahui katalaluan anda tetap tidak boleh masuk tanpa telefon itu. Anda perlukan aplikasi pengesah, contohnya Google Authenticator, Microsoft Authenticator atau FreeOTP; aplikasi itu tidak memerlukan talian internet.',
    en: 'After the password, IPMS asks for a 6-digit code from an authenticator app on your phone. Whoever finds out your password still cannot get in without that phone. You need an authenticator app, for example Google Authenticator, Microsoft Authenticator or FreeOTP; it works without a network.',
  },
  'second-factor.forced': {
    ms: 'Peranan anda mesti menggunakan pengesahan dua faktor. Sediakannya sekarang; selepas itu semua halaman dibuka semula.',
    en: 'Your role must use a second factor. Set it up now; after that, all pages are open again.',
  },
  'second-factor.setUp': { ms: 'Sediakan pengesahan dua faktor', en: 'Set up the second factor' },
  'second-factor.setUpApp': { ms: 'Sediakan aplikasi pengesah', en: 'Set up an authenticator app' },
  'second-factor.step1': {
    ms: 'Buka aplikasi pengesah, tambah akaun, dan imbas kod QR ini.',
    en: 'Open the authenticator app, add an account, and scan this QR code.',
  },
  'second-factor.qr': { ms: 'Kod QR untuk aplikasi pengesah', en: 'QR code for the authenticator app' },
  'second-factor.samePhone': {
    ms: 'Guna telefon ini sekarang? Buka aplikasi pengesah di sini',
    en: 'On that phone now? Open the authenticator app from here',
  },
  'second-factor.noCamera': {
    ms: 'Tidak boleh mengimbas? Pilih “masukkan kunci” dalam aplikasi, kemudian taip:',
    en: 'Cannot scan it? Choose “enter a key” in the app, then type:',
  },
  'second-factor.account': { ms: 'Nama akaun', en: 'Account name' },
  'second-factor.key': { ms: 'Kunci', en: 'Key' },
  'second-factor.keyKind': { ms: 'Jenis kunci', en: 'Kind of key' },
  'second-factor.timeBased': { ms: 'Berdasarkan masa', en: 'Time based' },
  'second-factor.step2': {
    ms: 'Taip kod 6 digit yang ditunjukkan oleh aplikasi.',
    en: 'Type the 6-digit code that the app shows.',
  },
  'second-factor.step3': { ms: 'Taip katalaluan anda sekali lagi.', en: 'Type your password once more.' },
  'second-factor.passwordHint': {
    ms: 'Supaya orang lain tidak dapat mendaftarkan telefon mereka pada akaun anda.',
    en: 'So that nobody else at your screen can put in a phone of their own.',
  },
  'second-factor.confirm': { ms: 'Sahkan dan aktifkan', en: 'Confirm and turn on' },
  'second-factor.endsOthers': {
    ms: 'Semua sesi anda yang lain ditamatkan.',
    en: 'All of your other sessions end.',
  },
  'second-factor.code': { ms: 'Kod 6 digit', en: '6-digit code' },
  'second-factor.codeHint': {
    ms: 'Daripada aplikasi pengesah; bertukar setiap 30 saat.',
    en: 'From the authenticator app; it changes every 30 seconds.',
  },
  'second-factor.newCode': { ms: 'Kod 6 digit daripada telefon baharu', en: '6-digit code of the new phone' },
  'second-factor.recoveryCode': { ms: 'Kod pemulihan', en: 'Recovery code' },
  'second-factor.recoveryCodeHint': {
    ms: '25 huruf dan nombor, contohnya 7Q4KX-2MB9T-HJ3WD-5RN8C-V6PZE; 15 bagi kod yang lebih lama. Sempang dan huruf besar tidak penting. Setiap kod boleh digunakan sekali.',
    en: '25 letters and digits, for example 7Q4KX-2MB9T-HJ3WD-5RN8C-V6PZE; 15 where the code is older. Dashes and capitals do not matter. Each code works once.',
  },
  'second-factor.either': { ms: 'Kod 6 digit atau kod pemulihan', en: '6-digit code or recovery code' },
  'second-factor.eitherHint': {
    ms: 'Kod 6 digit daripada aplikasi pengesah anda sekarang. Telefon tiada? Gunakan kod pemulihan.',
    en: 'The 6-digit code of your present authenticator app. No phone at hand? Use a recovery code.',
  },
  'second-factor.wrong': {
    ms: 'Kod tidak tepat, atau telah digunakan. Tunggu kod yang berikutnya dalam aplikasi dan taip semula; semak juga jam telefon ditetapkan secara automatik.',
    en: 'The code is not right, or has been used. Wait for the next one in the app and type that; see, too, that the clock of the phone is set automatically.',
  },
  'second-factor.wrongRecovery': {
    ms: 'Kod tidak tepat, atau telah digunakan. Semak setiap kumpulan lima aksara, atau taip kod pemulihan yang lain. Kod daripada aplikasi mempunyai 6 digit.',
    en: 'The code is not right, or has been used. Check each group of five, or type another recovery code. A code of the app has 6 digits.',
  },
  'second-factor.firstWrong': {
    ms: 'Kod tidak tepat. Pastikan kod QR di halaman ini yang diimbas dan jam telefon ditetapkan secara automatik, kemudian taip kod yang berikutnya.',
    en: 'The code is not right. Make sure that the QR code of this page was scanned and the clock of the phone is set automatically, then type the next code.',
  },
  'second-factor.isSetUp': {
    ms: 'Pengesahan dua faktor telah disediakan, mungkin dalam tetingkap lain. Untuk telefon yang lain, tekan Pindah ke telefon baharu.',
    en: 'The second factor is set up already, perhaps in another window. For another phone, press Move to a new phone.',
  },
  'second-factor.isOff': {
    ms: 'Pengesahan dua faktor anda tidak aktif. Sediakannya dahulu di Pengesahan dua faktor.',
    en: 'Your second factor is off. Set it up first, under Second factor.',
  },
  'second-factor.done': { ms: 'Pengesahan dua faktor telah aktif.', en: 'The second factor is on.' },
  'second-factor.keepCodes': {
    ms: 'simpan kod pemulihan di bawah sekarang; kod ini tidak akan ditunjukkan lagi.',
    en: 'keep the recovery codes below now; they will not be shown again.',
  },
  'second-factor.codes': { ms: 'Kod pemulihan', en: 'Recovery codes' },
  'second-factor.codesFor': {
    ms: 'IPMS, untuk {name}, Login ID {login}, {date}.',
    en: 'IPMS, for {name}, login ID {login}, {date}.',
  },
  'second-factor.codesText': {
    ms: 'Jika telefon hilang, taip satu daripada kod ini di tempat kod 6 digit. Setiap kod boleh digunakan sekali.',
    en: 'If you lose the phone, type one of these in place of the 6-digit code. Each works once.',
  },
  'second-factor.codesOnce': {
    ms: 'Cetak, salin, atau simpan halaman ini di tempat yang selamat, berasingan daripada telefon. IPMS tidak menyimpan kod ini dan tidak dapat menunjukkannya lagi.',
    en: 'Print, copy or save this page in a safe place, away from the phone. IPMS does not keep these codes and cannot show them again.',
  },
  'second-factor.has': { ms: 'Ada dua faktor', en: 'Has a second factor' },
  'second-factor.on': { ms: 'Aktif', en: 'On' },
  'second-factor.isOffTag': { ms: 'Tidak aktif', en: 'Off' },
  'second-factor.since': { ms: 'Disediakan pada', en: 'Set up at' },
  'second-factor.codesLeft': { ms: 'Kod pemulihan yang tinggal', en: 'Recovery codes left' },
  'second-factor.fewLeft': {
    ms: 'Tinggal {count} kod pemulihan. Buat kod baharu supaya anda tidak terkunci di luar jika telefon hilang.',
    en: '{count} {count:recovery code is|recovery codes are} left. Make new ones, so that losing the phone does not lock you out.',
  },
  'second-factor.makeCodes': { ms: 'Buat kod pemulihan baharu', en: 'Make new recovery codes' },
  'second-factor.makeCodesText': {
    ms: 'Sepuluh kod baharu ditunjukkan sekali sahaja; kod yang lama tidak boleh digunakan lagi.',
    en: 'Ten new codes are shown, once only; the old ones no longer work.',
  },
  'second-factor.made': { ms: 'Kod pemulihan baharu telah dibuat.', en: 'New recovery codes have been made.' },
  'second-factor.replace': { ms: 'Pindah ke telefon baharu', en: 'Move to a new phone' },
  'second-factor.replaceText': {
    ms: 'Apabila selesai, kod daripada telefon lama tidak boleh digunakan lagi, dan sesi anda yang lain ditamatkan. Kod pemulihan kekal.',
    en: 'When this is done, codes of the old phone no longer work, and your other sessions end. The recovery codes stay.',
  },
  'second-factor.step1New': {
    ms: 'Buka aplikasi pengesah di telefon baharu, tambah akaun, dan imbas kod QR ini.',
    en: 'Open the authenticator app on the new phone, add an account, and scan this QR code.',
  },
  'second-factor.step2New': {
    ms: 'Taip kod yang ditunjukkan oleh telefon baharu, kemudian kod daripada telefon lama atau kod pemulihan.',
    en: 'Type the code that the new phone shows, then a code of the old phone or a recovery code.',
  },
  'second-factor.replaced': {
    ms: 'Kod kini datang daripada telefon baharu. Padamkan akaun IPMS dalam telefon lama.',
    en: 'Codes come from the new phone now. Delete the IPMS account on the old one.',
  },
  'second-factor.turnOff': { ms: 'Matikan pengesahan dua faktor', en: 'Turn off the second factor' },
  'second-factor.turnOffText': {
    ms: 'Selepas ini katalaluan sahaja sudah cukup untuk log masuk.',
    en: 'After that, the password alone is enough to sign in.',
  },
  'second-factor.turnOffApp': { ms: 'Henti menggunakan aplikasi pengesah', en: 'Do without the authenticator app' },
  'second-factor.turnOffAppText': {
    ms: 'Selepas ini kunci laluan anda sahaja menjadi faktor kedua.',
    en: 'After that, your passkeys alone are your second factor.',
  },
  'second-factor.mustStay': {
    ms: 'Peranan anda mesti menggunakan pengesahan dua faktor, jadi ia tidak boleh dimatikan. Untuk telefon lain, tekan Pindah ke telefon baharu.',
    en: 'Your role must use a second factor, so it cannot be turned off. For another phone, press Move to a new phone.',
  },
  'second-factor.off': { ms: 'Pengesahan dua faktor telah dimatikan.', en: 'The second factor is off.' },
  'second-factor.signIn': { ms: 'Kod pengesahan', en: 'Second factor' },
  'second-factor.signInText': {
    ms: 'Katalaluan tepat. Buka aplikasi pengesah di telefon anda dan taip kod untuk IPMS.',
    en: 'The password is right. Open the authenticator app on your phone and type the code for IPMS.',
  },
  'second-factor.signInRecovery': {
    ms: 'Katalaluan tepat. Taip satu daripada kod pemulihan yang anda simpan semasa menyediakan pengesahan dua faktor.',
    en: 'The password is right. Type one of the recovery codes that you kept when you set up the second factor.',
  },
  'second-factor.noPhone': { ms: 'Telefon tiada? Guna kod pemulihan', en: 'No phone? Use a recovery code' },
  'second-factor.hasPhone': { ms: 'Guna kod daripada aplikasi', en: 'Use a code from the app' },
  'second-factor.cancel': { ms: 'Batalkan log masuk', en: 'Cancel' },
  'second-factor.lost': { ms: 'Telefon dan kod pemulihan hilang?', en: 'Lost the phone and the recovery codes?' },
  'second-factor.lostText': {
    ms: 'Hubungi Pentadbir UC agensi anda yang lain, atau Meja Bantuan. Selepas memastikan siapa anda, mereka boleh memadam pengesahan dua faktor supaya anda dapat menyediakannya semula.',
    en: "Call your agency's UC administrator, or the helpdesk. Once they are sure who you are, they can take the second factor away so that you can set it up again.",
  },
  'second-factor.tooLate': {
    ms: 'Masa untuk menaip kod telah tamat, atau akaun anda baru ditukar. Log masuk semula.',
    en: 'The time for the code is over, or your account was changed just now. Sign in again.',
  },
  'second-factor.recoveryUsed': {
    ms: 'Anda log masuk dengan kod pemulihan; tinggal {count}.',
    en: 'You signed in with a recovery code; {count} {count:is|are} left.',
  },
  'second-factor.makeNew': {
    ms: 'buat kod pemulihan baharu di Pengesahan dua faktor.',
    en: 'make new recovery codes under Second factor.',
  },
  'second-factor.reset': { ms: 'Padam pengesahan dua faktor', en: 'Take away the second factor' },
  'second-factor.resetText': {
    ms: 'Untuk orang yang kehilangan telefon dan kod pemulihan. Semua sesinya ditamatkan; katalaluan sahaja sudah cukup untuk log masuk semula, dan dia dimaklumkan melalui e-mel.',
    en: 'For somebody who has lost the phone and the recovery codes. All of their sessions end; the password alone is enough to sign in again, and they hear of it by mail.',
  },
  'second-factor.resetReason': {
    ms: 'Sebab, dan bagaimana orang itu disahkan',
    en: 'Reason, and how you made sure who it is',
  },
  'second-factor.resetDone': {
    ms: 'Pengesahan dua faktor telah dipadam.',
    en: 'The second factor has been taken away.',
  },
  'second-factor.resetNext': {
    ms: 'minta pengguna log masuk dan menyediakannya semula.',
    en: 'ask the person to sign in and set it up again.',
  },
  'second-factor.resetOwn': {
    ms: 'Anda tidak boleh memadam pengesahan dua faktor anda sendiri di sini. Gunakan Pengesahan dua faktor di bawah log masuk anda.',
    en: 'You cannot take away your own here. Use Second factor under your own sign-in.',
  },
  'second-factor.noneToReset': {
    ms: 'Orang ini tiada pengesahan dua faktor sekarang: telah dipadam atau dimatikan.',
    en: 'This person has no second factor now: somebody has taken it away, or it was turned off.',
  },
  'second-factor.requirement': {
    ms: 'Siapa mesti menggunakan pengesahan dua faktor',
    en: 'Who must use a second factor',
  },
  'second-factor.requirementText': {
    ms: 'Semua orang boleh menggunakannya. Sesiapa yang mesti tetapi belum menyediakannya dibawa ke halaman penyediaan, dan tidak boleh membuat perkara lain sehingga selesai. Ini berkuat kuasa serta-merta, juga untuk anda.',
    en: 'Everybody may use one. Those who must use one and have not set it up are taken to its page first, and can do nothing else until then. It holds at once, for you, too.',
  },
  'second-factor.of.nobody': { ms: 'Tiada sesiapa', en: 'Nobody' },
  'second-factor.of.helpdesk': { ms: 'Meja Bantuan', en: 'The helpdesk' },
  'second-factor.of.helpdesk_and_admins': {
    ms: 'Meja Bantuan dan Pentadbir UC',
    en: 'The helpdesk and the UC administrators',
  },
  'second-factor.delays': { ms: 'Yang diberi tempoh', en: 'Those who have been given time' },
  'second-factor.delaysText': {
    ms: 'Mereka yang berikut boleh log masuk tanpa faktor kedua hingga tamat tarikh yang dinyatakan. Senarai ini ditetapkan oleh pengendali sistem (IPMS_SECOND_FACTOR_DELAY).',
    en: 'These people may sign in without a second factor until the end of the day given. Whoever runs the system sets this list (IPMS_SECOND_FACTOR_DELAY).',
  },
  'second-factor.spread': { ms: 'Siapa yang telah menyediakannya', en: 'Who has set it up' },
  'second-factor.spreadOf': { ms: '{having} daripada {people}', en: '{having} of {people}' },
  'field.second_factor_of': { ms: 'Mesti menggunakan pengesahan dua faktor', en: 'Must use a second factor' },
  'field.second_factor': { ms: 'Dua faktor', en: 'Second factor' },
  'field.recovery_codes_left': { ms: 'Kod pemulihan yang tinggal', en: 'Recovery codes left' },
  'audit.user.second-factor-set-up': { ms: 'Pengesahan dua faktor disediakan', en: 'Second factor set up' },
  'audit.user.second-factor-replaced': {
    ms: 'Pengesahan dua faktor dipindah ke telefon baharu',
    en: 'Second factor moved to a new phone',
  },
  'audit.user.second-factor-turned-off': { ms: 'Pengesahan dua faktor dimatikan', en: 'Second factor turned off' },
  'audit.user.second-factor-reset': {
    ms: 'Pengesahan dua faktor dipadam oleh orang lain',
    en: 'Second factor taken away by somebody else',
  },
  'audit.user.recovery-codes-made': { ms: 'Kod pemulihan baharu dibuat', en: 'New recovery codes made' },
  'audit.user.recovery-code-used': { ms: 'Kod pemulihan digunakan', en: 'Recovery code used' },
  'audit.user.code-tries-shut': {
    ms: 'Terkunci selepas kod yang salah, dengan katalaluan yang tepat',
    en: 'Locked after wrong codes, with the right password',
  },
  'audit.setting.second-factor-updated': {
    ms: 'Syarat pengesahan dua faktor ditukar',
    en: 'Second factor requirement changed',
  },
  'mail.second-factor-set-up.subject': {
    ms: 'Pengesahan dua faktor telah disediakan',
    en: 'Your second factor has been set up',
  },
  'mail.second-factor-set-up.text': {
    ms: 'Mulai sekarang log masuk anda meminta kod daripada aplikasi pengesah selepas katalaluan. Semua sesi lain telah ditamatkan.',
    en: 'From now on, your sign-in asks for a code from an authenticator app after the password. All other sessions have been ended.',
  },
  'mail.second-factor-set-up.next': {
    ms: 'Jika bukan anda yang menyediakannya, hubungi Pentadbir UC agensi anda atau Meja Bantuan dengan segera.',
    en: 'If it was not you, call your agency UC administrator or the helpdesk at once.',
  },
  'mail.second-factor-replaced.subject': {
    ms: 'Pengesahan dua faktor telah dipindah ke telefon baharu',
    en: 'Your second factor has been moved to a new phone',
  },
  'mail.second-factor-replaced.text': {
    ms: 'Kod untuk log masuk anda kini datang daripada telefon baharu. Kod daripada telefon lama tidak boleh digunakan lagi, dan semua sesi lain telah ditamatkan.',
    en: 'The codes for your sign-in come from a new phone now. Those of the old phone no longer work, and all other sessions have been ended.',
  },
  'mail.second-factor-replaced.next': {
    ms: 'Jika bukan anda yang memindahkannya, hubungi Pentadbir UC agensi anda atau Meja Bantuan dengan segera.',
    en: 'If it was not you, call your agency UC administrator or the helpdesk at once.',
  },
  'mail.second-factor-turned-off.subject': {
    ms: 'Pengesahan dua faktor telah dimatikan',
    en: 'Your second factor has been turned off',
  },
  'mail.second-factor-turned-off.text': {
    ms: 'Log masuk anda kini meminta katalaluan sahaja. Semua sesi lain telah ditamatkan.',
    en: 'Your sign-in asks for the password alone now. All other sessions have been ended.',
  },
  'mail.second-factor-turned-off.next': {
    ms: 'Jika bukan anda yang mematikannya, tukar katalaluan anda dan hubungi Pentadbir UC agensi anda atau Meja Bantuan dengan segera.',
    en: 'If it was not you, change your password and call your agency UC administrator or the helpdesk at once.',
  },
  'mail.second-factor-reset.subject': {
    ms: 'Pengesahan dua faktor anda telah dipadam',
    en: 'Your second factor has been taken away',
  },
  'mail.second-factor-reset.text': {
    ms: '{officer} telah memadam pengesahan dua faktor anda. Log masuk anda kini meminta katalaluan sahaja, dan semua sesi telah ditamatkan.',
    en: '{officer} has taken away your second factor. Your sign-in asks for the password alone now, and all sessions have been ended.',
  },
  'mail.second-factor-reset.next': {
    ms: 'Log masuk dan sediakannya semula. Jika anda tidak memintanya, hubungi Pentadbir UC agensi anda atau Meja Bantuan dengan segera.',
    en: 'Sign in and set it up again. If you did not ask for this, call your agency UC administrator or the helpdesk at once.',
  },
  'mail.recovery-codes-made.subject': {
    ms: 'Kod pemulihan baharu telah dibuat',
    en: 'New recovery codes have been made',
  },
  'mail.recovery-codes-made.text': {
    ms: 'Kod pemulihan baharu telah dibuat untuk log masuk anda. Kod yang lama tidak boleh digunakan lagi.',
    en: 'New recovery codes have been made for your sign-in. The old ones no longer work.',
  },
  'mail.recovery-codes-made.next': {
    ms: 'Jika bukan anda yang membuatnya, tukar katalaluan anda dan hubungi Pentadbir UC agensi anda atau Meja Bantuan dengan segera.',
    en: 'If it was not you, change your password and call your agency UC administrator or the helpdesk at once.',
  },
  'mail.recovery-code-used.subject': {
    ms: 'Satu kod pemulihan telah digunakan',
    en: 'A recovery code has been used',
  },
  'mail.recovery-code-used.text': {
    ms: 'Satu kod pemulihan anda digunakan di tempat kod daripada telefon. Tinggal {count} kod pemulihan.',
    en: 'One of your recovery codes was used in place of a code from the phone. {count} {count:is|are} left.',
  },
  'mail.recovery-code-used.next': {
    ms: 'Buat kod baharu jika tinggal sedikit. Jika bukan anda yang menggunakannya, tukar katalaluan anda dan hubungi Pentadbir UC agensi anda atau Meja Bantuan dengan segera.',
    en: 'Make new ones when few are left. If it was not you, change your password and call your agency UC administrator or the helpdesk at once.',
  },
  'mail.code-tries-shut.subject': {
    ms: 'Percubaan log masuk dengan katalaluan anda',
    en: 'Somebody tried to sign in with your password',
  },
  'mail.code-tries-shut.text': {
    ms: 'Seseorang memasukkan katalaluan anda dengan tepat, tetapi kod pengesahan salah berulang kali. Log masuk anda dikunci selama 15 minit. Tiada sesiapa yang dapat masuk.',
    en: 'Somebody entered your password, which was right, and then wrong codes, again and again. Your sign-in is locked for 15 minutes. Nobody got in.',
  },
  'mail.code-tries-shut.next': {
    ms: 'Jika bukan anda, orang lain mengetahui katalaluan anda: tukar katalaluan itu sekarang.',
    en: 'If it was not you, somebody else knows your password: change it now.',
  },
} as const;
