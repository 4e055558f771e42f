/** SOP 4.1 and 4.2. */
export const accessCodeTexts = {
  'home.title': { ms: 'Akaun e-mel rasmi anda', en: 'Your official e-mail account' },
  'home.lead': {
    ms: 'IPMS menguruskan akaun e-mel rasmi pegawai agensi kerajaan: daripada kod akses hingga akaun ditamatkan.',
    en: 'IPMS looks after the official e-mail accounts of government officers, from the access code to the end of the account.',
  },
  'home.request': { ms: 'Permintaan Kod Akses', en: 'Ask for an access code' },
  'home.requestText': {
    ms: 'Pegawai baharu atau akaun baharu: mohon kod akses daripada Pentadbir UC agensi anda.',
    en: 'A new officer or a new account: ask your agency UC administrator for an access code.',
  },
  'home.status': { ms: 'Semak status permintaan', en: 'See how your request stands' },
  'home.statusText': {
    ms: 'Sudah memohon kod akses: semak statusnya dengan nombor rujukan.',
    en: 'You have asked for an access code: see how it stands by its reference.',
  },
  'home.register': { ms: 'Daftar dengan kod akses', en: 'Register with an access code' },
  'home.registerText': {
    ms: 'Isi maklumat akaun, ikuti permohonan anda dan aktifkan akaun.',
    en: 'Fill in the account details, follow your request and activate the account.',
  },
  'home.signIn': { ms: 'Portal Pengguna', en: 'User portal' },
  'home.signInText': {
    ms: 'Tukar katalaluan, kemas kini profil, lihat kuota dan senarai mel anda.',
    en: 'Change your password, update your profile, see your quota and mailing lists.',
  },
  'home.how': { ms: 'Bagaimana akaun baharu diperoleh', en: 'How a new account comes about' },
  'home.step.1': {
    ms: 'Mohon kod akses. Pentadbir UC mengesahkannya dengan sumber manusia atau bahagian anda.',
    en: 'Ask for an access code. The UC administrator verifies it with human resources or your division.',
  },
  'home.step.2': {
    ms: 'Kod akses dihantar melalui e-mel kepada anda, pegawai atasan atau Pentadbir UC.',
    en: 'The access code is mailed to you, your supervisor or the UC administrator.',
  },
  'home.step.3': {
    ms: 'Log masuk dengan kod itu, semak maklumat anda, dan tekan Register.',
    en: 'Sign in with the code, check your details, and press Register.',
  },
  'home.step.4': {
    ms: 'Pentadbir UC memperuntukkan pakej dan meluluskan permohonan.',
    en: 'The UC administrator allocates a package and approves the request.',
  },
  'home.step.5': {
    ms: 'Tetapkan katalaluan pertama anda. Akaun sedia digunakan.',
    en: 'Set your first password. The account is ready.',
  },

  'field.waited': { ms: 'Menunggu', en: 'Waiting' },
  'field.days': { ms: '{days} hari', en: '{days} {days:day|days}' },

  'request.lead': {
    ms: 'Permintaan ini diterima oleh Pentadbir UC agensi anda, yang akan mengesahkannya sebelum kod akses dijana.',
    en: 'This request goes to your agency UC administrator, who verifies it before an access code is made.',
  },
  'request.icHint': {
    ms: 'Untuk Penjawat Awam: 12 digit, dengan atau tanpa sempang.',
    en: 'For a civil servant: 12 digits, with or without dashes.',
  },
  'request.emailHint': {
    ms: 'Untuk Lain-lain: alamat yang akan digunakan semasa mendaftar.',
    en: 'For others: the address that will be used to register.',
  },
  'request.contactHint': {
    ms: 'Alamat yang boleh anda baca sekarang, contohnya e-mel persendirian. Jawapan dihantar ke sini.',
    en: 'An address that you can read now, for example a private one. The answer goes there.',
  },
  'request.button': { ms: 'Hantar permintaan', en: 'Send the request' },
  'request.nobodyToAsk': {
    ms: 'Agensi ini belum ada Pentadbir UC yang boleh menjawab permintaan ini. Sila hubungi Meja Bantuan.',
    en: 'This agency has no UC administrator yet who could answer this request. Please ask the helpdesk.',
  },
  'request.sent': {
    ms: 'Permintaan anda telah dihantar. Nombor rujukan: {reference}',
    en: 'Your request has been sent. Reference: {reference}',
  },
  'check-status.lead': {
    ms: 'Masukkan nombor rujukan yang diberi semasa anda memohon kod akses, dan No. Kad Pengenalan atau e-mel yang anda isi.',
    en: 'Enter the reference that you were given when you asked for an access code, and the identity card number or e-mail that you filled in.',
  },
  'check-status.reference': { ms: 'Nombor rujukan', en: 'Reference' },
  'check-status.referenceHint': { ms: 'Contohnya KA-7Q4K-X2MB.', en: 'For example KA-7Q4K-X2MB.' },
  'check-status.referenceWrong': {
    ms: 'Nombor rujukan ialah KA dan lapan huruf atau angka, contohnya KA-7Q4K-X2MB.',
    en: 'A reference is KA and eight letters or digits, for example KA-7Q4K-X2MB.',
  },
  'check-status.identity': { ms: 'No. Kad Pengenalan atau e-mel', en: 'Identity card number or e-mail' },
  'check-status.button': { ms: 'Semak', en: 'Check' },
  'check-status.none': {
    ms: 'Tiada permintaan dengan nombor rujukan dan No. Kad Pengenalan atau e-mel itu. Semak kedua-duanya, kemudian cuba lagi.',
    en: 'There is no request with that reference and identity card number or e-mail. Check both and try again.',
  },
  'check-status.lost': {
    ms: 'Tiada nombor rujukan? Tanya Pentadbir UC agensi anda.',
    en: 'You have no reference? Ask your agency UC administrator.',
  },
  'standing.title': { ms: 'Status permintaan kod akses', en: 'How the access code request stands' },
  'standing.keep': {
    ms: 'Simpan nombor rujukan ini. Dengannya dan No. Kad Pengenalan atau e-mel anda, status ini boleh disemak lagi:',
    en: 'Keep this reference. With it and your identity card number or e-mail you can see this again:',
  },
  'standing.submitted': {
    ms: 'Diterima; menunggu semakan Pentadbir UC.',
    en: 'Received; waiting for the UC administrator.',
  },
  'standing.verified': { ms: 'Telah disahkan; kod akses akan dijana.', en: 'Verified; the access code will be made.' },
  'standing.issued': {
    ms: 'Kod akses telah dihantar. Semak e-mel anda, atau tanya pegawai atasan atau Pentadbir UC agensi anda.',
    en: 'The access code has been sent. Check your mail, or ask your supervisor or the UC administrator of your agency.',
  },
  'standing.ended': {
    ms: 'Kod akses yang dijana tidak sah lagi. Sila tanya Pentadbir UC agensi anda.',
    en: 'The access code that was made is good no longer. Please ask the UC administrator of your agency.',
  },
  'standing.refused': {
    ms: 'Tidak diluluskan. Sebabnya telah dihantar ke e-mel anda.',
    en: 'Not approved. The reason has been mailed to you.',
  },

  'access-code-request.title': { ms: 'Permintaan Kod Akses', en: 'Access code requests' },
  'access-code-request.intro': {
    ms: 'Sahkan setiap permintaan dengan sumber manusia atau bahagian berkenaan, kemudian jana kod akses atau tolak dengan sebab.',
    en: 'Verify each request with human resources or the division, then generate the access code or refuse with a reason.',
  },
  'access-code-request.empty': {
    ms: 'Belum ada permintaan. Pegawai memohon di halaman utama IPMS; anda juga boleh menjana kod terus di Kod Akses › Jana.',
    en: 'No requests yet. Officers ask on the home page; you can also generate a code directly under Access codes › Generate.',
  },
  'access-code-request.search': {
    ms: 'Cari nama, No. K/P, e-mel atau rujukan',
    en: 'Search name, IC number, e-mail or reference',
  },
  'access-code-request.one': { ms: 'Permintaan kod akses: {name}', en: 'Access code request: {name}' },
  'access-code-request.waiting': { ms: 'Menunggu keputusan', en: 'To be decided' },
  'access-code-request.submitted': { ms: 'Baharu', en: 'New' },
  'access-code-request.verified': { ms: 'Disahkan', en: 'Verified' },
  'access-code-request.issued': { ms: 'Kod dijana', en: 'Code generated' },
  'access-code-request.refused': { ms: 'Ditolak', en: 'Refused' },
  'access-code-request.isIssued': {
    ms: 'Permintaan ini telah dijawab: kod akses telah dijana. Lihat sejarah di bawah untuk siapa dan bila.',
    en: 'This request has been answered: an access code was generated. The history below says by whom and when.',
  },
  'access-code-request.isRefused': {
    ms: 'Permintaan ini telah ditolak. Lihat sejarah di bawah untuk siapa dan bila.',
    en: 'This request has been refused. The history below says by whom and when.',
  },
  'access-code-request.reference': { ms: 'No. rujukan', en: 'Reference' },
  'access-code-request.identity': { ms: 'No. K/P atau e-mel', en: 'IC number or e-mail' },
  'access-code-request.code': { ms: 'Lihat kod akses yang dijana', en: 'See the access code that was generated' },
  'doubles.heading': { ms: 'Kemungkinan pendua', en: 'Possible doubles' },
  'doubles.text': {
    ms: 'No. K/P atau e-mel yang sama telah ada. Seorang hanya dilayan sekali: semak sebelum membuat keputusan.',
    en: 'The same IC number or e-mail is there already. A person is served once: check before you decide.',
  },
  'doubles.access_code_request': {
    ms: 'Permintaan kod akses: {name}, {date}',
    en: 'Access code request: {name}, {date}',
  },
  'doubles.access_code': { ms: 'Kod akses yang masih sah: {name}, {date}', en: 'Live access code: {name}, {date}' },
  'doubles.restorable': {
    ms: 'Mailbox orang ini dipadam pada {date} dan masih boleh dipulihkan: {name}',
    en: 'A mailbox of this person was deleted on {date} and can still be restored: {name}',
  },
  'doubles.elsewhere': {
    ms: 'Orang ini sudah dilayan di tempat lain: gunakan Pertukaran agensi.',
    en: 'This person is served elsewhere already: use Agency transfer.',
  },
  'doubles.mailbox': { ms: 'Mailbox: {name}, {date}', en: 'Mailbox: {name}, {date}' },
  'verify.heading': { ms: '1. Sahkan permintaan', en: '1. Verify the request' },
  'verify.with': { ms: 'Disahkan dengan', en: 'Verified with' },
  'verify.human_resources': { ms: 'Bahagian sumber manusia', en: 'Human resources' },
  'verify.division': { ms: 'Bahagian tempat pengguna melapor diri', en: 'The division that the user reported to' },
  'verify.note': { ms: 'Catatan pengesahan', en: 'Verification note' },
  'verify.noteHint': {
    ms: 'Contohnya nama pegawai yang mengesahkan dan tarikh lapor diri.',
    en: 'For example the name of the officer who verified it and the date of reporting.',
  },
  'verify.missing': {
    ms: 'Nyatakan dengan siapa ketulenan telah disahkan.',
    en: 'Say with whom it was verified.',
  },
  'verify.button': { ms: 'Simpan pengesahan', en: 'Save the verification' },
  'verify.done': { ms: 'Pengesahan telah disimpan.', en: 'The verification has been saved.' },
  'verify.by': { ms: 'Disahkan pada', en: 'Verified on' },
  'issue.heading': { ms: '2. Jana kod akses', en: '2. Generate the access code' },
  'issue.verifyFirst': {
    ms: 'Simpan pengesahan dahulu; selepas itu kod akses boleh dijana.',
    en: 'Save the verification first; then the access code can be generated.',
  },
  'refuse.heading': { ms: 'Tolak permintaan', en: 'Refuse the request' },
  'refuse.hint': { ms: 'Sebab ini dihantar melalui e-mel dan direkodkan.', en: 'This reason is mailed and recorded.' },
  'refuse.button': { ms: 'Tolak', en: 'Refuse' },
  'refuse.done': { ms: 'Permintaan telah ditolak.', en: 'The request has been refused.' },

  'access-code.title': { ms: 'Kod Akses', en: 'Access codes' },
  'access-code.intro': {
    ms: 'Kod akses membolehkan pengguna mendaftar akaun. Kod hanya dipaparkan sekali, sebaik sahaja dijana.',
    en: 'An access code lets a user register an account. It is shown once, right after it was made.',
  },
  'access-code.empty': {
    ms: 'Belum ada kod akses. Tekan Jana kod akses untuk pengguna yang telah disahkan.',
    en: 'No access codes yet. Press Generate an access code for a user who has been verified.',
  },
  'access-code.search': { ms: 'Cari nama, No. K/P atau e-mel', en: 'Search name, IC number or e-mail' },
  'access-code.one': { ms: 'Kod akses: {name}', en: 'Access code: {name}' },
  'access-code.issue': { ms: 'Jana kod akses', en: 'Generate an access code' },
  'access-code.issueStep': { ms: 'jana kod akses (SOP 4.2)', en: 'generate the access code (SOP 4.2)' },
  'access-code.registerStep': {
    ms: 'pengguna log masuk dengan kod, menyemak maklumatnya dan mendaftar (SOP 4.3 atau 4.4)',
    en: 'the user signs in with the code, checks the details and registers (SOP 4.3 or 4.4)',
  },
  'access-code.lead': {
    ms: 'Setelah ketulenan permohonan disahkan, daftarkan pengguna dan jana kod aksesnya.',
    en: 'Once the request has been verified, register the user and generate the access code.',
  },
  'access-code.kind': { ms: 'Jenis pendaftaran', en: 'Kind of registration' },
  'access-code.notifyKind': { ms: 'Kod dihantar kepada', en: 'The code goes to' },
  'notify.supervisor': { ms: 'E-mel 1GovUC pegawai atasan', en: "The supervisor's 1GovUC address" },
  'notify.personal': { ms: 'E-mel persendirian pengguna', en: "The user's private address" },
  'notify.admin': { ms: 'E-mel 1GovUC saya (Pentadbir UC)', en: 'My own 1GovUC address (UC administrator)' },
  'access-code.notifyEmail': { ms: 'Alamat untuk kod', en: 'Address for the code' },
  'access-code.notifyHint': {
    ms: 'Hanya e-mel ke alamat ini mengandungi kod; yang lain menerima makluman sahaja. Boleh dikosongkan jika dihantar kepada anda sendiri.',
    en: 'Only the mail to this address holds the code; the others get a notice. May be left empty when it goes to yourself.',
  },
  'access-code.ownAddress': {
    ms: 'Untuk pilihan ini alamatnya mestilah e-mel anda sendiri: {email}',
    en: 'For this choice the address must be your own: {email}',
  },
  'access-code.restoreFirst': {
    ms: 'Mailbox orang ini baru sahaja dipadam dan masih boleh dipulihkan (SOP 4.12): {name}. Pulihkan, atau tandakan bahawa mailbox baharu diperlukan.',
    en: 'A mailbox of this person was deleted lately and can still be restored (SOP 4.12): {name}. Restore it, or tick that a new one is needed.',
  },
  'access-code.anew': {
    ms: 'Mailbox baharu diperlukan; yang dipadam tidak dipulihkan',
    en: 'A new mailbox is needed; the deleted one is not restored',
  },
  'access-code.verifyFirst': {
    ms: 'Sahkan permintaan dahulu (SOP 4.1 langkah 2), kemudian jana kod.',
    en: 'Verify the request first (SOP 4.1 step 2), then generate the code.',
  },
  'access-code.button': { ms: 'Jana Kod Akses', en: 'Generate the access code' },
  'access-code.told.supervisor': {
    ms: 'Menjana kod akses; sistem memaklumkan pegawai atasan dan Pentadbir UC (tiada alamat pengguna)',
    en: 'Generate the code; the system tells the supervisor and the UC administrator (no address of the user)',
  },
  'access-code.told.applicant': {
    ms: 'Menjana kod akses; sistem memaklumkan pengguna dan Pentadbir UC (tiada alamat pegawai atasan)',
    en: 'Generate the code; the system tells the user and the UC administrator (no address of the supervisor)',
  },
  'access-code.told.nobody': {
    ms: 'Menjana kod akses; sistem memaklumkan Pentadbir UC sahaja (tiada alamat pengguna atau pegawai atasan)',
    en: 'Generate the code; the system tells the UC administrator alone (no address of the user or the supervisor)',
  },
  'access-code.hasRequest': {
    ms: 'Orang ini mempunyai permintaan kod akses yang belum dijawab: {name}. Sahkan permintaan itu dan jana kod daripadanya, atau tolak.',
    en: 'There is a request for an access code from this person that has not been answered: {name}. Verify it and generate the code from there, or refuse it.',
  },
  'access-code.made': { ms: 'Kod akses telah dijana.', en: 'The access code has been generated.' },
  'access-code.resent': {
    ms: 'Kod akses baharu telah dihantar; kod lama tidak sah lagi.',
    en: 'A new access code has been sent; the old one is no longer good.',
  },
  'access-code.corrected': {
    ms: 'Maklumat telah dibetulkan dan kod akses baharu dihantar.',
    en: 'The details have been corrected and a new access code sent.',
  },
  'access-code.revoked': { ms: 'Kod akses telah dibatalkan.', en: 'The access code has been revoked.' },
  'access-code.once': {
    ms: 'Kod ini dipaparkan sekali sahaja. Salin atau cetak slip ini sekarang.',
    en: 'This code is shown only once. Copy it or print this slip now.',
  },
  'access-code.slip': { ms: 'Slip kod akses', en: 'Access code slip' },
  'access-code.slipFor': { ms: 'Untuk diserahkan kepada {name}', en: 'To be handed to {name}' },
  'access-code.slipHow': {
    ms: 'Buka {address}, pilih kategori akaun, kemudian masukkan maklumat ini. Kod sah hingga {date}.',
    en: 'Open {address}, choose the account category, then enter these details. The code is good until {date}.',
  },
  'access-code.issuedAt': { ms: 'Dijana pada', en: 'Generated on' },
  'access-code.validUntil': { ms: 'Sah hingga', en: 'Good until' },
  'access-code.returnNote': { ms: 'Catatan pemohon', en: "The applicant's note" },
  'access-code.state.issued': { ms: 'Dijana', en: 'Issued' },
  'access-code.state.returned': { ms: 'Dipulangkan', en: 'Returned' },
  'access-code.state.confirmed': { ms: 'Disahkan pemohon', en: 'Confirmed' },
  'access-code.state.registered': { ms: 'Telah mendaftar', en: 'Registered' },
  'access-code.state.activated': { ms: 'Diaktifkan', en: 'Activated' },
  'access-code.state.expired': { ms: 'Tamat tempoh', en: 'Expired' },
  'access-code.state.revoked': { ms: 'Dibatalkan', en: 'Revoked' },
  'access-code.isRevoked': {
    ms: 'Kod akses ini telah dibatalkan. Jana kod yang baharu.',
    en: 'This access code has been revoked. Generate a new one.',
  },
  'access-code.isActivated': {
    ms: 'Kod akses ini telah digunakan: akaunnya telah diaktifkan.',
    en: 'This access code has been used: its account has been activated.',
  },
  'access-code.isRegistered': {
    ms: 'Pengguna telah mendaftar dengan kod ini. Teruskan di Account Request.',
    en: 'The user has registered with this code. Go on under Account Request.',
  },
  'access-code.resend': { ms: 'Hantar kod baharu', en: 'Send a new code' },
  'access-code.resendText': {
    ms: 'Kod lama tidak sah lagi. Kod baharu dihantar ke {email} dan dipaparkan di sini sekali.',
    en: 'The old code is no longer good. The new one is mailed to {email} and shown here once.',
  },
  'access-code.correct': { ms: 'Betulkan maklumat', en: 'Correct the details' },
  'access-code.correctText': {
    ms: 'Selepas dibetulkan, kod baharu dihantar dan pengguna menyemak semula maklumatnya.',
    en: 'After the correction a new code is sent, and the user checks the details again.',
  },
  'access-code.correctButton': { ms: 'Betulkan dan hantar kod baharu', en: 'Correct and send a new code' },
  'access-code.revoke': { ms: 'Batalkan kod', en: 'Revoke the code' },
  'access-code.revokeText': {
    ms: 'Kod tidak boleh digunakan lagi. Tindakan ini tidak boleh dibatalkan; kod baharu boleh dijana.',
    en: 'The code can no longer be used. This cannot be undone; a new code can be generated.',
  },
  'access-code.revokeButton': { ms: 'Batalkan', en: 'Revoke' },

  'access-code.revokeHint': { ms: 'Sebab ini direkodkan.', en: 'This reason is recorded.' },

  'confirm.title': { ms: 'Semak maklumat anda', en: 'Check your details' },
  'confirm.lead': {
    ms: 'Inilah maklumat yang didaftarkan oleh Pentadbir UC. Sahkan jika tepat, atau pulangkan dengan catatan.',
    en: 'This is what the UC administrator registered. Confirm it if it is right, or return it with a note.',
  },
  'confirm.decision': { ms: 'Adakah maklumat ini tepat?', en: 'Is it right?' },
  'confirm.right': { ms: 'Ya, tepat. Teruskan pendaftaran', en: 'Yes, it is right. Go on registering' },
  'confirm.wrong': { ms: 'Tidak. Pulangkan kepada Pentadbir UC', en: 'No. Return it to the UC administrator' },
  'confirm.note': { ms: 'Apa yang perlu dibetulkan', en: 'What must be corrected' },
  'confirm.noteHint': {
    ms: 'Perlu diisi hanya jika maklumat dipulangkan.',
    en: 'Needed only when you return the details.',
  },
  'confirm.button': { ms: 'Teruskan', en: 'Go on' },
  'confirm.returned': {
    ms: 'Maklumat telah dipulangkan. Pentadbir UC akan membetulkannya dan menghantar kod akses baharu.',
    en: 'The details have been returned. The UC administrator will correct them and send a new access code.',
  },
  'confirm.returnedUntold': {
    ms: 'Maklumat telah dipulangkan, tetapi agensi ini tiada Pentadbir UC yang aktif untuk dimaklumkan. Sila hubungi Meja Bantuan.',
    en: 'The details have been returned, but this agency has no active UC administrator who could be told. Please ask the helpdesk.',
  },
  'register.wrong': {
    ms: 'Maklumat itu tidak sepadan dengan mana-mana kod akses yang sah. Semak nama, No. K/P atau e-mel, dan kod; jika masih gagal, minta kod baharu daripada Pentadbir UC.',
    en: 'These details match no valid access code. Check the name, the IC number or e-mail, and the code; if it still fails, ask the UC administrator for a new code.',
  },
  'register.notNow': {
    ms: 'Langkah ini tidak dibuka sekarang. Lihat status permohonan anda.',
    en: 'This step is not open now. See how your request stands.',
  },

  'record.access-code-granted': { ms: 'Permintaan kod akses diluluskan', en: 'Access code request granted' },
  'record.access-code-issued': { ms: 'Kod akses dijana', en: 'Access code generated' },
  'record.access-code-replaced': { ms: 'Kod akses diganti', en: 'Access code replaced' },
  'record.access-code-revoked': { ms: 'Kod akses dibatalkan', en: 'Access code revoked' },
  'record.access-code-refused': { ms: 'Permintaan kod akses ditolak', en: 'Access code request refused' },
  'audit.access-code-request.submitted': { ms: 'Kod akses diminta', en: 'Access code requested' },
  'audit.access-code-request.verified': { ms: 'Permintaan disahkan', en: 'Request verified' },
  'audit.access-code-request.granted': {
    ms: 'Permintaan dijawab dengan kod akses',
    en: 'Request answered with an access code',
  },
  'audit.access-code-request.refused': { ms: 'Permintaan kod akses ditolak', en: 'Access code request refused' },
  'audit.access-code.issued': { ms: 'Kod akses dijana', en: 'Access code generated' },
  'audit.access-code.resent': { ms: 'Kod akses baharu dihantar', en: 'New access code sent' },
  'audit.access-code.corrected': { ms: 'Maklumat kod akses dibetulkan', en: 'Access code details corrected' },
  'audit.access-code.revoked': { ms: 'Kod akses dibatalkan', en: 'Access code revoked' },
  'audit.access-code.confirmed': { ms: 'Maklumat disahkan oleh pemohon', en: 'Details confirmed by the applicant' },
  'audit.access-code.returned': { ms: 'Maklumat dipulangkan oleh pemohon', en: 'Details returned by the applicant' },

  'mail.n1.subject': { ms: 'Permintaan kod akses baharu: {name}', en: 'New access code request: {name}' },
  'mail.n1.text': {
    ms: 'Ada permintaan kod akses untuk agensi anda. Sahkan dengan bahagian sumber manusia atau bahagian tempat pengguna melapor diri, kemudian jana kod akses atau tolak dengan sebab.',
    en: 'There is an access code request for your agency. Verify it with human resources or the division that the user reported to, then generate the code or refuse with a reason.',
  },
  'mail.n1.link': { ms: 'Buka permintaan', en: 'Open the request' },
  'mail.n2.subject': {
    ms: 'Permintaan kod akses {reference} tidak diluluskan',
    en: 'Access code request {reference} was not approved',
  },
  'mail.n2.text': {
    ms: 'Pentadbir UC agensi anda tidak dapat meluluskan permintaan kod akses anda.',
    en: 'Your agency UC administrator could not approve your access code request.',
  },
  'mail.n2.again': {
    ms: 'Jika sebabnya boleh diatasi, anda boleh memohon semula.',
    en: 'If the reason can be put right, you may ask again.',
  },
  'mail.n2.link': { ms: 'Mohon semula', en: 'Ask again' },
  'mail.n3.subject': { ms: 'Kod akses IPMS untuk {name}', en: 'IPMS access code for {name}' },
  'mail.n3.noticeSubject': {
    ms: 'Kod akses IPMS telah dijana untuk {name}',
    en: 'An IPMS access code was generated for {name}',
  },
  'mail.n3.yours': {
    ms: 'Kod akses anda untuk mendaftar akaun e-mel rasmi telah dijana.',
    en: 'Your access code for registering an official e-mail account has been generated.',
  },
  'mail.n3.passOn': {
    ms: 'Kod akses untuk {name} telah dijana. Sila serahkan kod ini kepada beliau sahaja.',
    en: 'The access code for {name} has been generated. Please hand it to that person only.',
  },
  'mail.n3.notice': {
    ms: 'Kod akses untuk {name} telah dijana dan dihantar ke {email}.',
    en: 'The access code for {name} has been generated and sent to {email}.',
  },
  'mail.n3.explain': {
    ms: 'Sila terangkan tatacara mendaftar di bawah kepada pengguna.',
    en: 'Please explain to the user how to register, as it is written below.',
  },
  'mail.n3.code': { ms: 'Kod akses', en: 'Access code' },
  'mail.n3.link': { ms: 'Daftar akaun', en: 'Register the account' },
  'mail.n3.how.civil_servant': {
    ms: 'Cara mendaftar: buka pautan, pilih kategori Penjawat Awam, masukkan nama penuh, No. Kad Pengenalan dan kod akses. Semak maklumat, isi borang, kemudian tekan Register.',
    en: 'How to register: open the link, choose the category Civil servant, enter the full name, the IC number and the access code. Check the details, fill in the form and press Register.',
  },
  'mail.n3.how.other': {
    ms: 'Cara mendaftar: buka pautan, pilih kategori Lain-lain, masukkan nama akaun, alamat e-mel dan kod akses. Semak maklumat, isi borang, kemudian tekan Register.',
    en: 'How to register: open the link, choose the category Other, enter the account name, the e-mail address and the access code. Check the details, fill in the form and press Register.',
  },
  'mail.n3.how.registered': {
    ms: 'Permohonan akaun telah didaftarkan. Simpan kod ini: log masuk dengannya untuk mengikuti permohonan dan, setelah diluluskan, menetapkan katalaluan pertama.',
    en: 'The account request has been registered. Keep this code: sign in with it to follow the request and, once it is approved, to set the first password.',
  },
  'mail.n3.keep': {
    ms: 'Simpan kod ini: kod yang sama digunakan untuk mengikuti permohonan dan mengaktifkan akaun.',
    en: 'Keep this code: it is used again to follow the request and to activate the account.',
  },
  'mail.n4.subject': { ms: 'Maklumat dipulangkan oleh {name}', en: 'Details returned by {name}' },
  'mail.n4.text': {
    ms: '{name} telah menyemak maklumat yang didaftarkan dan memulangkannya. Betulkan maklumat itu; kod akses baharu dihantar secara automatik.',
    en: '{name} has checked the registered details and returned them. Correct them; a new access code is sent automatically.',
  },
  'mail.n4.link': { ms: 'Buka kod akses', en: 'Open the access code' },
} as const;
