/** Correcting what a person is known by, and signs in with (SOP 4.7). */
export const correctionTexts = {
  'menu.corrections': { ms: 'Pembetulan', en: 'Corrections' },
  'correction.mine': { ms: 'Menunggu anda', en: 'Waiting for you' },
  'correction.title': {
    ms: 'Pembetulan No. K/P, pasport, e-mel dan Login ID',
    en: 'Corrections of IC, passport, e-mail and login ID',
  },
  'correction.intro': {
    ms: 'Pembetulan dipohon oleh seorang Pentadbir UC di halaman mailbox, dan disahkan oleh Pentadbir UC lain agensi ini atau Meja Bantuan.',
    en: "One UC administrator asks for a correction on the mailbox's page; another one of this agency, or the helpdesk, confirms it.",
  },
  'correction.introAll': {
    ms: 'Pembetulan yang dipohon oleh Pentadbir UC semua agensi. Pentadbir UC lain agensi itu, atau Meja Bantuan, mengesahkannya.',
    en: 'Corrections that UC administrators of all agencies asked for. Another one of that agency, or the helpdesk, confirms them.',
  },
  'correction.empty': {
    ms: 'Tiada pembetulan di sini. Pembetulan dipohon di halaman mailbox, tab General.',
    en: "There are no corrections here. They are asked for on a mailbox's page, tab General.",
  },
  'correction.search': {
    ms: 'Cari nama, e-mel, No. K/P, pasport, Login ID atau sebab',
    en: 'Search name, e-mail, IC number, passport, login ID or reason',
  },
  'correction.what': { ms: 'Apa yang dibetulkan', en: 'What is corrected' },
  'correction.from': { ms: 'Yang direkodkan', en: 'As recorded' },
  'correction.to': { ms: 'Yang betul', en: 'As it should be' },
  'correction.one': { ms: 'Pembetulan: {name}', en: 'Correction: {name}' },
  'correction.link': {
    ms: 'Betulkan No. K/P, pasport, e-mel atau Login ID',
    en: 'Correct the IC, passport, e-mail or login ID',
  },
  'correction.waits': {
    ms: 'Pembetulan No. K/P, pasport, e-mel atau Login ID dipohon oleh {name} pada {date} dan menunggu pengesahan.',
    en: 'A correction of the IC, passport, e-mail or login ID was asked for by {name} on {date} and waits to be confirmed.',
  },
  'correction.open': { ms: 'Buka pembetulan itu', en: 'Open the correction' },
  'correction.ask': { ms: 'Mohon pembetulan', en: 'Ask for a correction' },
  'correction.lead': {
    ms: 'Tiada apa-apa berubah sehingga Pentadbir UC lain agensi anda atau Meja Bantuan mengesahkannya. Login ID lama tidak diberi kepada orang lain.',
    en: 'Nothing changes until another UC administrator of your agency, or the helpdesk, confirms it. The old login ID is given to nobody else.',
  },
  'correction.passportHint': { ms: 'Seperti dalam pasport, tanpa ruang.', en: 'As in the passport, without spaces.' },
  'correction.emailHint': {
    ms: 'Alamat yang digunakan semasa mendaftar; pegawai ini dikenali dengannya. Ia bukan alamat mailbox.',
    en: 'The address that was used to register, by which this person is known. It is not the address of the mailbox.',
  },
  'correction.reasonHint': {
    ms: 'Apa yang tersalah, dan dokumen yang telah disemak. Contoh: digit terakhir tersalah taip; salinan K/P disemak.',
    en: 'What was wrong, and which document was checked. For example: last digit mistyped; copy of the IC checked.',
  },
  'correction.send': { ms: 'Mohon pembetulan', en: 'Ask for the correction' },
  'correction.asked': {
    ms: 'Pembetulan telah dipohon. Belum ada apa-apa yang berubah.',
    en: 'The correction has been asked for. Nothing has changed yet.',
  },
  'correction.askedNext': {
    ms: 'Pentadbir UC lain agensi ini atau Meja Bantuan mengesahkannya',
    en: 'another UC administrator of this agency, or the helpdesk, confirms it',
  },
  'correction.same': {
    ms: 'Tiada apa-apa yang berbeza daripada yang direkodkan. Ubah sekurang-kurangnya satu medan.',
    en: 'Nothing differs from what is recorded. Change at least one field.',
  },
  'correction.askDeleted': {
    ms: 'Mailbox ini telah dipadam. Pulihkan dahulu di Manage Account, kemudian mohon pembetulan.',
    en: 'This mailbox has been deleted. Restore it first in Manage Account, then ask for the correction.',
  },
  'correction.isDeleted': {
    ms: 'Mailbox ini telah dipadam. Pulihkan dahulu di Manage Account, atau tolak atau tarik balik pembetulan.',
    en: 'This mailbox has been deleted. Restore it first in Manage Account, or refuse or withdraw the correction.',
  },
  'correction.thereIsOne': {
    ms: 'Satu pembetulan bagi mailbox ini sudah menunggu pengesahan. Sahkan, tolak atau tarik balik yang itu dahulu.',
    en: 'A correction of this mailbox waits to be confirmed already. Have that one confirmed, refused or withdrawn first.',
  },
  'correction.passportIsKey': {
    ms: 'Orang ini dikenali dengan pasportnya. Nombor itu hanya boleh diubah melalui pembetulan yang disahkan oleh orang lain.',
    en: 'This person is known by the passport. Its number can only be changed by a correction that somebody else confirms.',
  },
  'correction.toMailbox': { ms: 'Buka mailbox', en: 'Open the mailbox' },
  'correction.isYours': {
    ms: 'Anda yang memohon pembetulan ini: Pentadbir UC lain agensi ini atau Meja Bantuan mesti mengesahkannya.',
    en: 'You asked for this correction: another UC administrator of this agency, or the helpdesk, must confirm it.',
  },
  'correction.isAboutYou': {
    ms: 'Pembetulan ini mengenai akaun anda sendiri: Pentadbir UC lain agensi ini atau Meja Bantuan mesti mengesahkannya.',
    en: 'This correction is about your own account: another UC administrator of this agency, or the helpdesk, must confirm it.',
  },
  'correction.notYours': {
    ms: 'Hanya yang memohon boleh menarik balik pembetulan ini. Anda boleh menolaknya dengan sebab.',
    en: 'Only who asked for this correction can withdraw it. You can refuse it with a reason.',
  },
  'correction.already': {
    ms: 'Pembetulan ini telah diputuskan oleh {name} pada {time}.',
    en: 'This correction was decided by {name} on {time}.',
  },
  'correction.isDifferent': {
    ms: 'Mailbox ini tidak lagi seperti semasa pembetulan dipohon. Tolak pembetulan ini dan mohon sekali lagi.',
    en: 'The mailbox is not as it was when the correction was asked for. Refuse this one and ask again.',
  },
  'correction.confirm': { ms: 'Sahkan pembetulan', en: 'Confirm the correction' },
  'correction.confirmText': {
    ms: 'Semak dengan dokumen pegawai itu dahulu. Mailbox dibetulkan serta-merta; pegawai, pemohon dan anda dimaklumkan melalui e-mel.',
    en: "Check it against the officer's document first. The mailbox is corrected at once; the officer, who asked, and you are mailed.",
  },
  'correction.confirmLogin': {
    ms: 'Semak dengan dokumen pegawai itu dahulu. Mailbox dibetulkan serta-merta, dan pegawai itu kemudian log masuk dengan {login}; {former} tidak boleh digunakan lagi dan tidak diberi kepada orang lain. Pegawai, pemohon dan anda dimaklumkan melalui e-mel.',
    en: "Check it against the officer's document first. The mailbox is corrected at once, and the officer then signs in with {login}; {former} no longer works and is given to nobody else. The officer, who asked, and you are mailed.",
  },
  'correction.refuse': { ms: 'Tolak pembetulan', en: 'Refuse the correction' },
  'correction.refuseHint': {
    ms: 'Sebab ini dihantar kepada yang memohon.',
    en: 'The reason is mailed to who asked.',
  },
  'correction.withdraw': { ms: 'Tarik balik pembetulan', en: 'Withdraw the correction' },
  'correction.withdrawText': {
    ms: 'Mailbox kekal seperti yang direkodkan. Pembetulan boleh dipohon sekali lagi.',
    en: 'The mailbox stays as recorded. The correction can be asked for again.',
  },
  'correction.confirmedNow': {
    ms: 'Pembetulan telah disahkan dan dibuat.',
    en: 'The correction was confirmed and made.',
  },
  'correction.refusedNow': { ms: 'Pembetulan telah ditolak.', en: 'The correction was refused.' },
  'correction.withdrawnNow': { ms: 'Pembetulan telah ditarik balik.', en: 'The correction was withdrawn.' },
  'correction.state.requested': { ms: 'Menunggu pengesahan', en: 'Waits to be confirmed' },
  'correction.state.confirmed': { ms: 'Disahkan', en: 'Confirmed' },
  'correction.state.refused': { ms: 'Ditolak', en: 'Refused' },
  'correction.state.withdrawn': { ms: 'Ditarik balik', en: 'Withdrawn' },
  'item.correction': { ms: 'Pembetulan', en: 'Correction' },
  'audit.correction.requested': { ms: 'Pembetulan dipohon', en: 'Correction asked for' },
  'audit.correction.confirmed': { ms: 'Pembetulan disahkan', en: 'Correction confirmed' },
  'audit.correction.refused': { ms: 'Pembetulan ditolak', en: 'Correction refused' },
  'audit.correction.withdrawn': { ms: 'Pembetulan ditarik balik', en: 'Correction withdrawn' },
  'audit.mailbox.corrected': {
    ms: 'No. K/P, pasport, e-mel atau Login ID dibetulkan',
    en: 'IC, passport, e-mail or login ID corrected',
  },
  'record.mailbox-corrected': {
    ms: 'Pembetulan No. K/P, pasport, e-mel atau Login ID',
    en: 'Correction of IC, passport, e-mail or login ID',
  },
  'mail.correction.link': { ms: 'Buka pembetulan', en: 'Open the correction' },
  'mail.correction.requested.subject': {
    ms: 'Pembetulan menunggu pengesahan: {name}',
    en: 'A correction waits to be confirmed: {name}',
  },
  'mail.correction.requested.text': {
    ms: '{requester} memohon pembetulan bagi akaun {name}. Semak dengan dokumen pegawai itu, kemudian sahkan atau tolak dengan sebab. Tiada apa-apa berubah sebelum itu.',
    en: "{requester} asks for a correction of the account of {name}. Check it against the officer's document, then confirm it or refuse it with a reason. Nothing changes before.",
  },
  'mail.correction.refused.subject': { ms: 'Pembetulan ditolak: {name}', en: 'Correction refused: {name}' },
  'mail.correction.refused.text': {
    ms: '{decider} menolak pembetulan yang anda mohon bagi akaun {name}. Akaun itu kekal seperti yang direkodkan.',
    en: '{decider} refused the correction that you asked for of the account of {name}. The account stays as recorded.',
  },
  'mail.correction.withdrawn.subject': { ms: 'Pembetulan ditarik balik: {name}', en: 'Correction withdrawn: {name}' },
  'mail.correction.withdrawn.text': {
    ms: '{requester} menarik balik pembetulan bagi akaun {name}. Anda tidak perlu berbuat apa-apa.',
    en: '{requester} withdrew the correction of the account of {name}. There is nothing for you to do.',
  },
  'mail.correction.done.subject': { ms: 'Akaun dibetulkan: {name}', en: 'Account corrected: {name}' },
  'mail.correction.done.person': {
    ms: 'Maklumat akaun e-mel anda telah dibetulkan seperti di bawah.',
    en: 'The details of your e-mail account were corrected as shown below.',
  },
  'mail.correction.done.signIn': {
    ms: 'Login ID anda ialah {login}. Katalaluan anda tidak berubah.',
    en: 'Your login ID is {login}. Your password has not changed.',
  },
  'mail.correction.done.notYou': {
    ms: 'Jika ini tidak betul, sila maklumkan kepada Pentadbir UC agensi anda dengan segera.',
    en: 'If this is not right, please tell the UC administrator of your agency at once.',
  },
  'mail.correction.done.office': {
    ms: 'Pembetulan akaun {name} yang dipohon oleh {requester} telah disahkan oleh {decider} dan dibuat. Pegawai itu telah dimaklumkan melalui e-mel.',
    en: 'The correction of the account of {name} that {requester} asked for was confirmed by {decider} and made. The officer was mailed.',
  },
} as const;
