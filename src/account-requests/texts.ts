/** SOP 4.3 to 4.6. */
export const accountRequestTexts = {
  'field.access_code': { ms: 'Kod Akses', en: 'Access code' },
  'field.version': { ms: 'Versi', en: 'Version' },
  'register.title': { ms: 'Modul Akaun Pengguna', en: 'User account module' },
  'register.choose': {
    ms: 'Pilih kategori akaun yang tertera dalam e-mel kod akses anda.',
    en: 'Choose the account category that is named in the mail with your access code.',
  },
  'register.civil_servant': {
    ms: 'Pegawai kerajaan dengan No. Kad Pengenalan.',
    en: 'A government officer with an identity card number.',
  },
  'register.other': {
    ms: 'Akaun kaunter, projek, kontraktor dan lain-lain, dengan alamat e-mel.',
    en: 'Accounts of a counter, a project, a contractor and so on, with an e-mail address.',
  },
  'register.lead': {
    ms: 'Masukkan maklumat seperti yang didaftarkan, dan kod akses yang diterima. Guna kod yang sama untuk mengikuti permohonan dan mengaktifkan akaun.',
    en: 'Enter the details as they were registered, and your access code. The same code follows the request and activates the account.',
  },
  'register.emailHint': {
    ms: 'Alamat e-mel yang didaftarkan dengan kod akses.',
    en: 'The address that was registered with the access code.',
  },
  'register.codeHint': {
    ms: '15 aksara, dengan atau tanpa sempang; huruf besar atau kecil.',
    en: '15 characters, with or without dashes; capital or small letters.',
  },
  'register.button': { ms: 'Log Masuk', en: 'Sign in' },
  'register.noCode': { ms: 'Tiada kod akses, atau kod telah tamat tempoh?', en: 'No access code, or an expired one?' },

  'account.title': { ms: 'Maklumat akaun', en: 'Account details' },
  'account.lead': {
    ms: 'Hanya nama yang wajib diisi. Maklumat lain membantu Pentadbir UC memperuntukkan pakej yang betul.',
    en: 'Only the name is mandatory. The rest helps the UC administrator to allocate the right package.',
  },
  'account.about': { ms: 'Penempatan', en: 'Where you serve' },
  'account.position': { ms: 'Jawatan', en: 'Position' },
  'account.contact': { ms: 'Alamat dan telefon', en: 'Address and telephone' },
  'account.button': { ms: 'Register', en: 'Register' },
  'account-request.sent': {
    ms: 'Permohonan akaun anda telah dihantar kepada Pentadbir UC.',
    en: 'Your account request has been sent to the UC administrator.',
  },
  'account-request.sentUntold': {
    ms: 'Permohonan akaun anda telah disimpan, tetapi agensi ini tiada Pentadbir UC yang aktif untuk dimaklumkan. Sila hubungi Meja Bantuan.',
    en: 'Your account request is kept, but this agency has no active UC administrator who could be told. Please ask the helpdesk.',
  },
  'account-request.registeredUntold': {
    ms: 'Menekan Register; tiada Pentadbir UC yang aktif untuk dimaklumkan',
    en: 'Press Register; there was no active UC administrator who could be told',
  },
  'account-request.receivedUntold': {
    ms: 'Tiada Pentadbir UC yang aktif untuk dimaklumkan tentang permohonan akaun baharu',
    en: 'There was no active UC administrator who could be told of a new account request',
  },
  'account-request.nextAllocate': {
    ms: 'Pentadbir UC memperuntukkan pakej dan meluluskan permohonan (SOP 4.5 dan 4.6)',
    en: 'the UC administrator allocates a package and approves the request (SOP 4.5 and 4.6)',
  },

  'status.title': { ms: 'Status permohonan', en: 'How your request stands' },
  'status.waitCode': {
    ms: 'Maklumat anda menunggu pembetulan oleh Pentadbir UC. Setelah dibetulkan, kod akses baharu akan dihantar.',
    en: 'Your details wait for the UC administrator to correct them. Once corrected, a new access code will be sent.',
  },
  'status.submitted': {
    ms: 'Permohonan anda menunggu semakan Pentadbir UC. Semak halaman ini semula dengan kod akses yang sama.',
    en: 'Your request waits for the UC administrator. Come back to this page with the same access code.',
  },
  'status.returned': {
    ms: 'Pentadbir UC memerlukan maklumat lanjut. Jawab soalan di bawah, kemudian tekan Register sekali lagi.',
    en: 'The UC administrator needs to know more. Answer the question below, then press Register again.',
  },
  'status.approved': {
    ms: 'Permohonan anda diluluskan dan akaun telah dibina. Tetapkan katalaluan pertama untuk mula menggunakannya.',
    en: 'Your request has been approved and the account was created. Set the first password to begin using it.',
  },
  'status.refused': {
    ms: 'Permohonan anda tidak diluluskan. Sebabnya dinyatakan di bawah; hubungi Pentadbir UC agensi anda jika ada pertanyaan.',
    en: 'Your request was not approved. The reason is below; ask your agency UC administrator if you have questions.',
  },
  'status.answer': { ms: 'Jawab dan hantar semula', en: 'Answer and send again' },
  'status.activate': { ms: 'Tetapkan katalaluan pertama', en: 'Set the first password' },
  'status.timeline': { ms: 'Perjalanan permohonan', en: 'What has happened so far' },
  'activate.title': { ms: 'Aktifkan akaun', en: 'Activate the account' },
  'activate.lead': {
    ms: 'Akaun anda: {email}, Login ID {login}. Tetapkan katalaluan pertama; selepas itu kod akses tidak boleh digunakan lagi.',
    en: 'Your account: {email}, login ID {login}. Set the first password; after that the access code can no longer be used.',
  },
  'activate.button': { ms: 'Aktifkan akaun', en: 'Activate the account' },
  'activate.done': {
    ms: 'Akaun anda sedia digunakan. Log masuk dengan Login ID {login} dan katalaluan baharu.',
    en: 'Your account is ready. Sign in with the login ID {login} and the new password.',
  },

  'account-request.title': { ms: 'Account Request', en: 'Account Request' },
  'account-request.intro': {
    ms: 'Permohonan akaun baharu, yang paling lama menunggu di atas. Peruntukkan pakej, kemudian luluskan.',
    en: 'Requests for new accounts, the longest waiting first. Allocate a package, then approve.',
  },
  'account-request.empty': {
    ms: 'Tiada permohonan yang menunggu. Permohonan muncul di sini apabila pengguna mendaftar dengan kod akses; anda juga boleh mendaftar terus.',
    en: 'Nothing is waiting. Requests appear here when users register with an access code; you can also register somebody directly.',
  },
  'account-request.search': {
    ms: 'Cari nama, No. K/P, Primary E-mail atau e-mel',
    en: 'Search name, IC number, primary e-mail or e-mail',
  },
  'account-request.one': { ms: 'Permohonan akaun: {name}', en: 'Account request: {name}' },
  'account-request.direct': { ms: 'Daftar terus', en: 'Register directly' },
  'account-request.open': { ms: 'Belum selesai', en: 'Not finished' },
  'account-request.refuse': { ms: 'Tolak permohonan', en: 'Refuse the request' },
  'account-request.refuseDone': { ms: 'Permohonan telah ditolak.', en: 'The request has been refused.' },
  'account-request.waiting': { ms: 'Menunggu keputusan', en: 'To be decided' },
  'account-request.submitted': { ms: 'Baharu', en: 'New' },
  'account-request.allocated': { ms: 'Pakej diperuntukkan', en: 'Package allocated' },
  'account-request.returned': { ms: 'Dipulangkan', en: 'Returned' },
  'account-request.approved': { ms: 'Diluluskan', en: 'Approved' },
  'account-request.refused': { ms: 'Ditolak', en: 'Refused' },
  'account-request.sentOn': { ms: 'Dihantar pada', en: 'Sent on' },
  'account-request.noPackage': { ms: 'Belum diperuntukkan', en: 'Not allocated yet' },
  'account-request.nameDiffers': {
    ms: 'Nama ini berbeza daripada nama yang disahkan dengan kod akses: {name}. Semak sebelum meluluskan.',
    en: 'This name differs from the one that was verified with the access code: {name}. Check before you approve.',
  },
  'account-request.filed': { ms: 'Maklumat yang didaftarkan', en: 'What was registered' },
  'account-request.statedGrade': { ms: 'Gred (menurut pemohon)', en: 'Grade (as stated)' },
  'account-request.code': { ms: 'Kod akses', en: 'Access code' },
  'account-request.decidedBy': { ms: 'Diputuskan oleh', en: 'Decided by' },
  'account-request.question': { ms: 'Soalan', en: 'Question' },
  'account-request.questionHint': {
    ms: 'Soalan ini dihantar melalui e-mel; pemohon menjawabnya dengan membetulkan borang.',
    en: 'The question is mailed; the applicant answers it by correcting the form.',
  },
  'account-request.incomplete': {
    ms: 'Pakej belum lengkap. Belum diisi: {fields}. Lengkapkan, tekan Update, kemudian Approve.',
    en: 'The package is not complete. Still empty: {fields}. Complete it, press Update, then Approve.',
  },
  'account-request.own': {
    ms: 'Ini permohonan anda sendiri. Minta Pentadbir UC yang lain meluluskannya.',
    en: 'This is your own request. Ask another UC administrator to approve it.',
  },
  'account-request.signInTaken': {
    ms: 'Sudah ada log masuk dengan Login ID atau alamat {email}. Pilih yang lain di bahagian pakej, tekan Update, kemudian Approve.',
    en: 'There is a sign-in with this login ID or the address {email} already. Choose another in the package, press Update, then Approve.',
  },
  'account-request.changed': {
    ms: 'Orang lain telah mengubah pakej ini selepas halaman anda dibuka. Semak sejarah di bawah, kemudian tekan Update sekali lagi jika masih perlu.',
    en: 'Somebody else has changed this package since your page was opened. See the history below, then press Update again if still needed.',
  },
  'account-request.changedMeanwhile': {
    ms: 'Permohonan ini telah berubah selepas halaman anda dibuka. Semak butirannya di sini, kemudian tekan Approve sekali lagi jika betul.',
    en: 'This request has changed since your page was opened. Check it here, then press Approve again if it is right.',
  },
  'account-request.already.submitted': {
    ms: 'Permohonan ini sedang menunggu keputusan.',
    en: 'This request is waiting for a decision.',
  },
  'account-request.already.returned': {
    ms: 'Permohonan ini telah dipulangkan kepada pemohon oleh {name}, {time}. Tunggu jawapan pemohon.',
    en: 'This request was returned to the applicant by {name}, {time}. Wait for the answer.',
  },
  'account-request.already.approved': {
    ms: 'Permohonan ini telah diluluskan oleh {name}, {time}.',
    en: 'This request was approved by {name}, {time}.',
  },
  'account-request.already.refused': {
    ms: 'Permohonan ini telah ditolak oleh {name}, {time}.',
    en: 'This request was refused by {name}, {time}.',
  },

  'allocation.heading': { ms: 'Pakej akaun', en: 'Account package' },
  'allocation.emailHint': {
    ms: 'Tekan Enter atau Semak untuk mengetahui sama ada alamat boleh digunakan. Tanpa @, domain agensi ditambah.',
    en: 'Press Enter or Check to learn whether the address can be used. Without @ the agency domain is added.',
  },
  'allocation.check': { ms: 'Semak', en: 'Check' },
  'account-request.following': { ms: 'Permohonan seterusnya: {name}', en: 'The next request: {name}' },
  'allocation.typedFree': { ms: 'Alamat ini boleh digunakan.', en: 'This address can be used.' },
  'allocation.typedTaken': {
    ms: 'Alamat ini tidak boleh digunakan. Tekan Semak untuk melihat cadangan.',
    en: 'This address cannot be used. Press Check for others.',
  },
  'allocation.free': { ms: '{address} boleh digunakan.', en: '{address} can be used.' },
  'allocation.taken': {
    ms: '{address} telah digunakan. Sila pilih nama lain:',
    en: '{address} is taken. Choose another name:',
  },
  'allocation.none': { ms: 'Tiada cadangan; taip nama lain.', en: 'No suggestion; type another name.' },
  'allocation.update': { ms: 'Update', en: 'Update' },
  'allocation.done': {
    ms: 'Pakej telah disimpan. Alamat dan Login ID ditempah untuk permohonan ini.',
    en: 'The package has been saved. The address and login ID are reserved for this request.',
  },
  'allocation.partly': {
    ms: 'Disimpan sebahagian: pakej belum lengkap. Belum diisi: {fields}. Lengkapkan, kemudian tekan Update sekali lagi.',
    en: 'Saved in part: the package is not complete. Still empty: {fields}. Complete it, then press Update again.',
  },
  'allocation.gradeless': {
    ms: 'Gred dipilih bagi penjawat awam sahaja; akaun ini tiada gred',
    en: 'A grade is chosen for civil servants alone; this account has none',
  },
  'allocation.change': { ms: 'Ubah pakej', en: 'Change the package' },
  'allocation.updateAndApprove': { ms: 'Update dan Approve', en: 'Update and Approve' },
  'approve.afterOrWith': {
    ms: 'Update menyimpan pakej, dan Approve dibuat selepasnya. Update dan Approve menyimpan apa yang dipilih di atas dan meluluskannya sekali gus.',
    en: 'Update saves the package, and Approve comes after it. Update and Approve saves what is chosen above and approves it in one go.',
  },
  'allocation.next': { ms: 'semak, kemudian Approve (SOP 4.6)', en: 'check, then Approve (SOP 4.6)' },
  'allocation.storageLimit': {
    ms: 'Pakej {package} membenarkan paling banyak {largest} MB. Pilih saiz yang lebih kecil atau pakej lain.',
    en: 'Package {package} allows at most {largest} MB. Choose a smaller size or another package.',
  },
  'allocation.serviceLimit': {
    ms: 'Pakej {package} tidak termasuk {services}. Buang pilihan itu atau pilih pakej lain.',
    en: 'Package {package} does not include {services}. Untick it or choose another package.',
  },
  'check.title': { ms: 'Semak alamat e-mel', en: 'Check an e-mail address' },
  'check.hint': { ms: 'Tanpa @, domain agensi ditambah.', en: 'Without @ the agency domain is added.' },
  'check.lead': {
    ms: 'Ketahui sama ada satu alamat masih boleh digunakan.',
    en: 'Learn whether an address can still be used.',
  },
  'service.ordinary': { ms: 'Pengguna biasa', en: 'Ordinary user' },
  'service.vip': { ms: 'Pengguna VIP', en: 'VIP user' },

  'approve.heading': { ms: 'Approve: luluskan dan bina akaun', en: 'Approve: create the account' },
  'approve.text': {
    ms: 'Mailbox {email} dan log masuk {login} akan dibina, dan rekod difailkan.',
    en: 'The mailbox {email} and the sign-in {login} will be created, and the record filed.',
  },
  'approve.tells.both': {
    ms: 'Pegawai atasan ({supervisor}) dan pemohon ({applicant}) dimaklumkan melalui e-mel.',
    en: 'The supervisor ({supervisor}) and the applicant ({applicant}) are told by e-mail.',
  },
  'approve.tells.supervisor': {
    ms: 'Hanya pegawai atasan ({supervisor}) dimaklumkan melalui e-mel, dan diminta memberitahu pengguna.',
    en: 'Only the supervisor ({supervisor}) is told by e-mail, and asked to tell the user.',
  },
  'approve.tells.applicant': {
    ms: 'Alamat pegawai atasan tidak diketahui. Masukkan di bawah; jika dikosongkan, hanya pemohon ({applicant}) dimaklumkan, dan anda perlu memastikan pengguna tahu (SOP 4.6 langkah 3).',
    en: "The supervisor's address is not known. Enter it below; if it stays empty, only the applicant ({applicant}) is told, and it is for you to make sure that the user knows (SOP 4.6 step 3).",
  },
  'approve.tells.nobody': {
    ms: 'Alamat pegawai atasan dan pemohon tidak diketahui. Masukkan alamat pegawai atasan di bawah; jika dikosongkan, anda perlu memaklumkan kepada pengguna (SOP 4.6 langkah 3).',
    en: "Neither the supervisor's address nor the applicant's is known. Enter the supervisor's below; if it stays empty, it is for you to tell the user (SOP 4.6 step 3).",
  },
  'approve.supervisorHint': {
    ms: 'Pegawai atasan menerima e-mel dan diminta memaklumkan kepada pengguna.',
    en: 'The supervisor is mailed, and asked to tell the user.',
  },
  'approve.notYet': {
    ms: 'Lengkapkan pakej dan tekan Update dahulu.',
    en: 'Complete the package and press Update first.',
  },
  'approve.button': { ms: 'Approve', en: 'Approve' },
  'approve.done': {
    ms: 'Permohonan telah diluluskan dan akaun telah dibina.',
    en: 'The request has been approved and the account created.',
  },
  'approve.next.told': {
    ms: 'pegawai atasan memaklumkan kepada pengguna, yang mengaktifkan akaun dengan kod aksesnya',
    en: 'the supervisor tells the user, who activates the account with the access code',
  },
  'approve.next.untold': {
    ms: 'anda memaklumkan kepada pengguna, yang mengaktifkan akaun dengan kod aksesnya: pegawai atasan tidak dimaklumkan kerana tiada alamatnya',
    en: 'you tell the user, who activates the account with the access code: the supervisor was not told, for want of an address',
  },
  'approve.untold': {
    ms: 'Menekan Approve; tiada alamat pegawai atasan untuk dimaklumkan',
    en: "Press Approve; there is no supervisor's address to tell",
  },
  'approve.refusing': { ms: 'Menolak permohonan', en: 'Refuse the request' },
  'return.heading': { ms: 'Pulangkan dengan soalan', en: 'Return with a question' },
  'return.button': { ms: 'Pulangkan', en: 'Return' },
  'return.done': {
    ms: 'Permohonan telah dipulangkan kepada pemohon.',
    en: 'The request has been returned to the applicant.',
  },
  'direct.title': { ms: 'Daftar akaun terus', en: 'Register an account directly' },
  'direct.lead': {
    ms: 'Daftarkan pengguna tanpa menunggu pendaftaran dengan kod akses. Permohonan ini masih perlu diluluskan; kod akses yang dijana digunakan untuk mengaktifkan akaun.',
    en: 'Register a user without waiting for the registration with an access code. The request still has to be approved; the access code that is made activates the account.',
  },
  'direct.person': { ms: 'Pengguna dan kod akses', en: 'The user and the access code' },
  'direct.addressHint': {
    ms: 'Tekan Semak untuk mengetahui sama ada alamat boleh digunakan. Tanpa @, domain agensi ditambah.',
    en: 'Press Check to learn whether the address can be used. Without @ the agency domain is added.',
  },
  'direct.button': { ms: 'Daftar', en: 'Register' },
  'direct.done': {
    ms: 'Akaun telah didaftarkan dan menunggu kelulusan.',
    en: 'The account has been registered and waits for approval.',
  },
  'direct.partly': {
    ms: 'Akaun telah didaftarkan, tetapi pakej disimpan sebahagian. Belum diisi: {fields}. Lengkapkan dan tekan Update, kemudian Approve.',
    en: 'The account has been registered, but its package is saved in part. Still empty: {fields}. Complete it and press Update, then Approve.',
  },
  'slip.title': { ms: 'Slip akaun baharu', en: 'New account slip' },
  'slip.lead': {
    ms: 'Untuk pegawai atasan: sila serahkan slip ini kepada pengguna.',
    en: 'For the supervisor: please hand this slip to the user.',
  },
  'slip.how': {
    ms: 'Untuk mengaktifkan akaun: buka {address}, log masuk dengan nama, No. K/P atau e-mel, dan kod akses yang telah diterima, kemudian tetapkan katalaluan pertama. Kod akses sah hingga {date}.',
    en: 'To activate the account: open {address}, sign in with the name, the IC number or e-mail and the access code received, then set the first password. The access code is good until {date}.',
  },
  'slip.noPassword': {
    ms: 'Katalaluan tidak pernah dihantar melalui e-mel dan tidak diketahui oleh sesiapa selain pengguna.',
    en: 'The password is never mailed, and nobody but the user knows it.',
  },
  'slip.qr': { ms: 'Kod QR halaman pendaftaran', en: 'QR code of the registration page' },
  'slip.scan': {
    ms: 'Imbas kod QR ini dengan telefon untuk membuka halaman pendaftaran.',
    en: 'Scan this QR code with a phone to open the registration page.',
  },
  'slip.link': { ms: 'Slip untuk pegawai atasan', en: 'Slip for the supervisor' },

  'record.account-registered': { ms: 'Borang pendaftaran akaun dikemukakan', en: 'Account registration submitted' },
  'record.package-allocated': { ms: 'Pakej akaun diperuntukkan', en: 'Package allocated' },
  'record.account-created': { ms: 'Akaun e-mel baharu dibina', en: 'New e-mail account created' },
  'record.account-refused': { ms: 'Permohonan akaun ditolak', en: 'Account request refused' },
  'account-request.source.applicant': { ms: 'Pemohon sendiri', en: 'The applicant' },
  'account-request.source.admin': {
    ms: 'Pentadbir UC (pendaftaran terus)',
    en: 'UC administrator (direct registration)',
  },
  'audit.account-request.registered': { ms: 'Permohonan akaun didaftarkan', en: 'Account request registered' },
  'audit.account-request.registered-directly': {
    ms: 'Akaun didaftarkan terus oleh Pentadbir UC',
    en: 'Account registered directly by the administrator',
  },
  'audit.account-request.resubmitted': { ms: 'Permohonan akaun dihantar semula', en: 'Account request sent again' },
  'audit.account-request.allocated': { ms: 'Pakej diperuntukkan', en: 'Package allocated' },
  'audit.account-request.partly-allocated': { ms: 'Pakej disimpan sebahagian', en: 'Package saved in part' },
  'audit.account-request.approved': { ms: 'Permohonan akaun diluluskan', en: 'Account request approved' },
  'audit.account-request.returned': { ms: 'Permohonan akaun dipulangkan', en: 'Account request returned' },
  'audit.account-request.refused': { ms: 'Permohonan akaun ditolak', en: 'Account request refused' },
  'audit.access-code.activated': {
    ms: 'Kod akses digunakan: akaun diaktifkan',
    en: 'Access code used: account activated',
  },
  'audit.user.activated': { ms: 'Katalaluan pertama ditetapkan', en: 'First password set' },

  'mail.n5.subject': { ms: 'Permohonan akaun baharu: {name}', en: 'New account request: {name}' },
  'mail.n5.text': {
    ms: 'Ada permohonan akaun baharu untuk agensi anda. Peruntukkan pakej dan luluskan permohonan itu di Account Request.',
    en: 'There is a new account request for your agency. Allocate a package and approve the request under Account Request.',
  },
  'mail.n5.link': { ms: 'Buka permohonan', en: 'Open the request' },
  'mail.n6.subject': { ms: 'Akaun e-mel {name} telah dibina', en: 'The e-mail account of {name} has been created' },
  'mail.n6.supervisor': {
    ms: 'Akaun {name} telah berjaya dibina di dalam 1GovUC. Sila maklumkan kepada pengguna.',
    en: 'The account of {name} has been created in 1GovUC. Please tell the user.',
  },
  'mail.n6.applicant': {
    ms: 'Akaun e-mel rasmi anda telah berjaya dibina di dalam 1GovUC.',
    en: 'Your official e-mail account has been created in 1GovUC.',
  },
  'mail.n6.admin': {
    ms: 'Anda telah meluluskan akaun {name}.',
    en: 'You have approved the account of {name}.',
  },
  'mail.n6.told.both': {
    ms: 'Pegawai atasan ({supervisor}) dan pemohon ({applicant}) telah dimaklumkan. Pegawai atasan diminta memberitahu pengguna.',
    en: 'The supervisor ({supervisor}) and the applicant ({applicant}) have been told. The supervisor was asked to tell the user.',
  },
  'mail.n6.told.supervisor': {
    ms: 'Pegawai atasan ({supervisor}) telah dimaklumkan dan diminta memberitahu pengguna. Tiada alamat lain bagi pengguna.',
    en: 'The supervisor ({supervisor}) has been told, and asked to tell the user. There is no other address for the user.',
  },
  'mail.n6.told.applicant': {
    ms: 'Pemohon ({applicant}) telah dimaklumkan. Pegawai atasan tidak dimaklumkan kerana tiada alamatnya: sila pastikan pengguna tahu akaunnya telah dibina.',
    en: 'The applicant ({applicant}) has been told. The supervisor was not, for want of an address: please make sure that the user knows of the account.',
  },
  'mail.n6.told.nobody': {
    ms: 'Pegawai atasan dan pemohon tidak dimaklumkan kerana tiada alamat mereka. Sila maklumkan kepada pengguna.',
    en: 'Neither the supervisor nor the applicant was told, for want of their addresses. Please tell the user.',
  },
  'mail.n6.how': {
    ms: 'Untuk mengaktifkan akaun, pengguna log masuk dengan kod akses yang telah diterima dan menetapkan katalaluan pertama. Katalaluan tidak dihantar melalui e-mel.',
    en: 'To activate the account, the user signs in with the access code already received and sets the first password. No password is mailed.',
  },
  'mail.n6.link': { ms: 'Aktifkan akaun', en: 'Activate the account' },
  'mail.n7.returned.subject': {
    ms: 'Permohonan akaun {name}: maklumat lanjut diperlukan',
    en: 'Account request of {name}: more is needed',
  },
  'mail.n7.returned.text': {
    ms: 'Pentadbir UC memulangkan permohonan akaun {name} dengan soalan berikut. Log masuk dengan kod akses, betulkan borang, kemudian tekan Register.',
    en: 'The UC administrator returned the account request of {name} with this question. Sign in with the access code, correct the form, then press Register.',
  },
  'mail.n7.returned.link': { ms: 'Jawab soalan', en: 'Answer the question' },
  'mail.n7.refused.subject': {
    ms: 'Permohonan akaun {name} tidak diluluskan',
    en: 'The account request of {name} was not approved',
  },
  'mail.n7.refused.text': {
    ms: 'Pentadbir UC tidak dapat meluluskan permohonan akaun {name}.',
    en: 'The UC administrator could not approve the account request of {name}.',
  },
  'mail.n7.refused.link': { ms: 'Mohon semula', en: 'Ask again' },
} as const;
