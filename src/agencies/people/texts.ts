/** Administrators and helpdesk staff. */
export const peopleTexts = {
  'person.search': { ms: 'Cari nama, Login ID atau e-mel', en: 'Search name, login ID or e-mail' },
  'person.lastSignIn': { ms: 'Log masuk terakhir', en: 'Last sign-in' },
  'person.never': { ms: 'Belum pernah', en: 'Never' },
  'person.lockedUntil': { ms: 'Terkunci hingga', en: 'Locked until' },
  'person.mailbox': { ms: 'Mailbox', en: 'Mailbox' },
  'person.state.active': { ms: 'Aktif', en: 'Active' },
  'person.state.pending': { ms: 'Belum aktif', en: 'Not active yet' },
  'person.state.locked': { ms: 'Terkunci', en: 'Locked' },
  'person.state.disabled': { ms: 'Dinyahaktifkan', en: 'Disabled' },
  'person.state.deleted': { ms: 'Dihapuskan', en: 'Deleted' },
  'person.emailHint': {
    ms: 'Alamat yang boleh dibaca orang ini sekarang. Pautan jemputan dihantar ke sini.',
    en: 'An address that this person can read now. The invitation goes there.',
  },
  'person.correctHint': {
    ms: 'Betulkan alamat ini jika jemputan tidak sampai.',
    en: 'Put this address right when the invitation did not arrive.',
  },
  'person.emailTaken': {
    ms: '{email} telah digunakan oleh orang lain, kumpulan atau postmaster. Jika pegawai ini sudah boleh log masuk, cari beliau dan beri peranan itu; jika tidak, gunakan alamat lain.',
    en: '{email} belongs to somebody, a list or a postmaster already. If this officer can sign in, find the officer and grant the role; otherwise use another address.',
  },
  'person.otherAgency': {
    ms: 'Alamat ini dalam domain {agency}. Gunakan alamat dalam domain agensi yang dipilih, atau alamat persendirian.',
    en: 'This address is in a domain of {agency}. Use one in a domain of the chosen agency, or a private one.',
  },
  'person.invited': { ms: 'Jemputan telah dibuat.', en: 'The invitation has been made.' },
  'person.acceptStep': {
    ms: 'orang yang dijemput membuka pautan dan menetapkan katalaluannya',
    en: 'the invited person opens the link and sets a password',
  },
  'person.linkOnce': {
    ms: 'Pautan ini dipaparkan sekali sahaja. Jika e-mel tidak dapat dibaca, serahkan kepada {name} sendiri; sesiapa yang memegangnya boleh menetapkan katalaluan.',
    en: 'This link is shown only once. If the mail cannot be read, hand it to {name} in person; whoever holds it can set the password.',
  },
  'person.invitedAgain': {
    ms: 'Jemputan baharu telah dibuat; pautan yang lama tidak sah lagi.',
    en: 'A new invitation has been made; the old link is no longer good.',
  },
  'outbox.mail.recovered': { ms: 'Petugas dijemput dari pelayan', en: 'Helpdesk invited from the server' },
  'person.linkHeading': { ms: 'Pautan jemputan', en: 'Invitation link' },
  'person.linkValid': { ms: 'Sah selama 7 hari, sekali guna.', en: 'Good for 7 days, once.' },
  'person.neverAnyStaff': {
    ms: 'Belum pernah ada akaun Meja Bantuan: buat yang pertama, tanpa --recover.',
    en: 'There never was a helpdesk account: make the first one, without --recover.',
  },
  'person.accepted': {
    ms: 'Orang ini telah menetapkan katalaluan. Jika terlupa, gunakan Bantuan log masuk.',
    en: 'This person has set a password. If it was forgotten, use Sign-in help.',
  },
  'person.help': { ms: 'Bantuan log masuk untuk orang ini', en: 'Sign-in help for this person' },
  'person.inviteAgain': { ms: 'Hantar jemputan sekali lagi', en: 'Send the invitation again' },
  'person.inviteAgainText': {
    ms: 'Jemputan yang lama tidak sah lagi. Jemputan baharu sah selama 7 hari.',
    en: 'The old invitation is no longer good. The new one is good for 7 days.',
  },
  'person.unlock': { ms: 'Buka kunci', en: 'Unlock' },
  'person.unlockText': {
    ms: 'Terkunci kerana katalaluan salah berulang kali, hingga {time}. Pastikan orang ini sendiri yang mencuba sebelum membukanya.',
    en: 'Locked after repeated wrong passwords, until {time}. Make sure that it was this person who tried before you open it.',
  },
  'person.unlocked': { ms: 'Kunci log masuk telah dibuka.', en: 'The sign-in has been unlocked.' },
  'person.notActive': {
    ms: 'Log masuk ini tidak aktif. Aktifkannya dahulu, kemudian jemput.',
    en: 'This sign-in is not active. Enable it first, then invite.',
  },

  'administrator.intro': {
    ms: 'Pentadbir UC mengesahkan dan meluluskan permohonan agensinya sendiri (SOP 4.1 hingga 4.6).',
    en: 'A UC administrator verifies and approves the requests of the own agency (SOP 4.1 to 4.6).',
  },
  'administrator.empty': {
    ms: 'Belum ada pentadbir UC. Tekan Jemput pentadbir.',
    en: 'No UC administrators yet. Press Invite an administrator.',
  },
  'administrator.new': { ms: 'Jemput pentadbir', en: 'Invite an administrator' },
  'administrator.newHeading': { ms: 'Orang yang belum boleh log masuk', en: 'Somebody who cannot sign in yet' },
  'administrator.newText': {
    ms: 'Pautan untuk menetapkan katalaluan dihantar melalui e-mel dan dipaparkan kepada anda sekali.',
    en: 'A link to set a password is mailed, and shown to you once.',
  },
  'administrator.newButton': { ms: 'Jemput', en: 'Invite' },
  'administrator.findHeading': { ms: 'Pegawai yang sudah boleh log masuk', en: 'An officer who can sign in already' },
  'administrator.findText': {
    ms: 'Cari dengan Login ID atau e-mel, kemudian beri peranan pentadbir pada halamannya.',
    en: 'Find by login ID or e-mail, then grant the role on the page of the officer.',
  },
  'administrator.findButton': { ms: 'Cari', en: 'Find' },
  'administrator.notFound': {
    ms: 'Tiada orang dengan Login ID atau e-mel ini. Semak ejaannya, atau jemput sebagai orang baharu.',
    en: 'Nobody has this login ID or e-mail. Check the spelling, or invite somebody new.',
  },
  'administrator.one': { ms: 'Pentadbir UC: {name}', en: 'UC administrator: {name}' },
  'administrator.officer': { ms: 'Pengguna: {name}', en: 'User: {name}' },
  'administrator.grant': { ms: 'Jadikan pentadbir UC', en: 'Make UC administrator' },
  'administrator.grantText': {
    ms: '{name} boleh menjana kod akses dan meluluskan permohonan {agency}. Sesi yang terbuka ditamatkan; beliau log masuk semula.',
    en: '{name} can generate access codes and approve requests of {agency}. Open sessions end; the officer logs in again.',
  },
  'administrator.granted': {
    ms: 'Peranan pentadbir UC telah diberi.',
    en: 'The role of UC administrator has been granted.',
  },
  'administrator.withdraw': { ms: 'Tarik balik peranan', en: 'Withdraw the role' },
  'administrator.withdrawText': {
    ms: '{name} menjadi pengguna biasa: mailbox kekal, tetapi tidak boleh lagi meluluskan apa-apa. Semua sesi ditamatkan.',
    en: '{name} becomes an ordinary user: the mailbox stays, but nothing can be approved any more. All sessions end.',
  },
  'administrator.withdrawDisable': {
    ms: '{name} tiada mailbox, jadi log masuk ini dinyahaktifkan. Semua sesi dan pautan ditamatkan. Peranan boleh diberi semula kemudian.',
    en: '{name} has no mailbox, so this sign-in is disabled. All sessions and links end. The role can be granted again later.',
  },
  'administrator.lastText': {
    ms: '{agency} tiada pentadbir lain yang boleh log masuk: selepas ini tiada sesiapa boleh meluluskan permohonannya. Sebaiknya jemput pengganti dahulu.',
    en: '{agency} has no other administrator who can sign in: after this nobody can approve its requests. Better invite a successor first.',
  },
  'administrator.leaveWithout': {
    ms: 'Saya tahu agensi ini akan tinggal tanpa pentadbir UC.',
    en: 'I know that this agency will be left without a UC administrator.',
  },
  'administrator.last': {
    ms: 'Ini pentadbir terakhir {agency} yang boleh log masuk. Jemput pengganti dahulu, atau tandakan kotak ini jika memang dikehendaki.',
    en: 'This is the last administrator of {agency} who can sign in. Invite a successor first, or tick this box if it is meant.',
  },
  'administrator.withdrawn': {
    ms: 'Peranan pentadbir UC telah ditarik balik.',
    en: 'The role of UC administrator has been withdrawn.',
  },
  'administrator.isAdmin': {
    ms: 'Orang ini sudah menjadi pentadbir UC. Lihat sejarah di bawah untuk siapa dan bila.',
    en: 'This person is a UC administrator already. The history below says by whom and when.',
  },
  'administrator.isUser': {
    ms: 'Orang ini bukan pentadbir UC sekarang. Lihat sejarah di bawah untuk siapa dan bila.',
    en: 'This person is not a UC administrator now. The history below says by whom and when.',
  },
  'administrator.enableFirst': {
    ms: 'Akaun ini tidak aktif. Pentadbir UC agensinya perlu mengaktifkannya dahulu (SOP 4.10), kemudian beri peranan itu.',
    en: 'This account is not active. The UC administrator of the agency must enable it first (SOP 4.10); then grant the role.',
  },
  'administrator.notActiveText': {
    ms: 'Akaun ini dinyahaktifkan oleh agensinya. Peranan boleh diberi selepas diaktifkan semula (SOP 4.10).',
    en: 'This account has been disabled by its agency. The role can be granted once it is enabled again (SOP 4.10).',
  },

  'staff.intro': {
    ms: 'Petugas Meja Bantuan mengurus agensi, pentadbir dan tetapan sistem.',
    en: 'The helpdesk looks after agencies, administrators and the settings of the system.',
  },
  'staff.empty': { ms: 'Belum ada petugas. Tekan Jemput petugas.', en: 'No staff yet. Press Invite staff.' },
  'staff.new': { ms: 'Jemput petugas', en: 'Invite staff' },
  'staff.newText': {
    ms: 'Petugas Meja Bantuan boleh mengubah semua agensi dan tetapan. Pautan untuk menetapkan katalaluan dihantar melalui e-mel dan dipaparkan kepada anda sekali.',
    en: 'Helpdesk staff can change every agency and all settings. A link to set a password is mailed, and shown to you once.',
  },
  'staff.one': { ms: 'Petugas: {name}', en: 'Staff: {name}' },
  'staff.self': {
    ms: 'Ini log masuk anda sendiri: katalaluan dan sesi ada di menu Log masuk saya; selebihnya dibuat oleh petugas lain.',
    en: 'This is your own sign-in: password and sessions are in the menu under My sign-in; the rest is for a colleague to do.',
  },
  'staff.disable': { ms: 'Nyahaktifkan', en: 'Disable' },
  'staff.disableText': {
    ms: '{name} tidak boleh log masuk lagi; semua sesi dan pautan ditamatkan. Boleh diaktifkan semula.',
    en: '{name} cannot sign in any more; all sessions and links end. The sign-in can be enabled again.',
  },
  'staff.disabled': { ms: 'Log masuk telah dinyahaktifkan.', en: 'The sign-in has been disabled.' },
  'staff.enable': { ms: 'Aktifkan', en: 'Enable' },
  'staff.enableText': {
    ms: '{name} boleh log masuk semula dengan katalaluan yang sama.',
    en: '{name} can sign in again with the same password.',
  },
  'staff.enabled': { ms: 'Log masuk telah diaktifkan semula.', en: 'The sign-in has been enabled again.' },
  'staff.notSelf': {
    ms: 'Anda tidak boleh membuatnya pada log masuk anda sendiri. Minta petugas lain.',
    en: 'You cannot do this to your own sign-in. Ask a colleague.',
  },
  'staff.last': {
    ms: 'Ini petugas terakhir yang boleh log masuk. Jemput petugas lain dahulu.',
    en: 'This is the last member of staff who can sign in. Invite another first.',
  },
  'staff.isDisabled': {
    ms: 'Log masuk ini telah dinyahaktifkan. Lihat sejarah di bawah untuk siapa dan bila.',
    en: 'This sign-in has been disabled already. The history below says by whom and when.',
  },
  'staff.isActive': {
    ms: 'Log masuk ini telah aktif. Lihat sejarah di bawah untuk siapa dan bila.',
    en: 'This sign-in is active already. The history below says by whom and when.',
  },

  'audit.administrator.invited': { ms: 'Pentadbir UC dijemput', en: 'UC administrator invited' },
  'audit.administrator.granted': { ms: 'Peranan pentadbir UC diberi', en: 'Role of UC administrator granted' },
  'audit.administrator.withdrawn': {
    ms: 'Peranan pentadbir UC ditarik balik',
    en: 'Role of UC administrator withdrawn',
  },
  'audit.staff.invited': { ms: 'Petugas Meja Bantuan dijemput', en: 'Helpdesk staff invited' },
  'audit.staff.recovered': {
    ms: 'Petugas Meja Bantuan dijemput dari komputer pelayan',
    en: 'Helpdesk staff invited from the server’s computer',
  },
  'audit.staff.disabled': { ms: 'Petugas Meja Bantuan dinyahaktifkan', en: 'Helpdesk staff disabled' },
  'audit.staff.enabled': { ms: 'Petugas Meja Bantuan diaktifkan', en: 'Helpdesk staff enabled' },
  'audit.person.invited-again': { ms: 'Jemputan dihantar sekali lagi', en: 'Invitation sent again' },
  'mail.invitation.subject': { ms: 'Jemputan ke IPMS', en: 'Invitation to IPMS' },
  'mail.invitation.text': {
    ms: 'Log masuk IPMS telah dibuat untuk anda. Buka pautan di bawah untuk menetapkan katalaluan anda; pautan ini boleh digunakan sekali sahaja, dalam masa 7 hari.',
    en: 'A sign-in to IPMS has been made for you. Open the link below to set your password; it works once, within 7 days.',
  },
  'mail.invitation.keep': {
    ms: 'Jangan serahkan pautan ini kepada sesiapa. Jika anda tidak menjangkakannya, abaikan e-mel ini dan maklumkan kepada Meja Bantuan.',
    en: 'Do not pass this link on to anybody. If you did not expect it, ignore this mail and tell the helpdesk.',
  },
  'mail.recovered.subject': { ms: 'Petugas Meja Bantuan baharu: {name}', en: 'New helpdesk staff: {name}' },
  'mail.recovered.text': {
    ms: 'Pentadbir pelayan IPMS telah menjemput {name} sebagai petugas Meja Bantuan, kerana tiada lagi petugas yang boleh log masuk.',
    en: 'Whoever runs the IPMS server has invited {name} to the helpdesk, since nobody of it is left who can sign in.',
  },
  'mail.recovered.unexpected': {
    ms: 'Jika perkara ini tidak dijangka, hubungi ketua unit ICT anda dengan segera. Perbuatan ini ada dalam jejak audit.',
    en: 'If this was not expected, call the head of your ICT unit at once. It is in the audit trail.',
  },
  'mail.role.granted.subject': {
    ms: '{name} kini Pentadbir UC Agensi',
    en: '{name} is now an agency UC administrator',
  },
  'mail.role.granted.you': {
    ms: 'Meja Bantuan telah memberi anda peranan Pentadbir UC. Log masuk semula untuk melihat permohonan agensi anda.',
    en: 'The helpdesk has given you the role of UC administrator. Sign in again to see the requests of your agency.',
  },
  'mail.role.granted.other': {
    ms: '{name} telah diberi peranan Pentadbir UC agensi anda oleh Meja Bantuan.',
    en: 'The helpdesk has given {name} the role of UC administrator of your agency.',
  },
  'mail.role.withdrawn.subject': {
    ms: '{name} bukan lagi Pentadbir UC Agensi',
    en: '{name} is no longer an agency UC administrator',
  },
  'mail.role.withdrawn.you': {
    ms: 'Peranan anda sebagai Pentadbir UC telah ditarik balik oleh Meja Bantuan. Jika ini tidak dijangka, hubungi Meja Bantuan.',
    en: 'The helpdesk has withdrawn your role as UC administrator. If you did not expect this, call the helpdesk.',
  },
  'mail.role.withdrawn.other': {
    ms: 'Peranan {name} sebagai Pentadbir UC agensi anda telah ditarik balik oleh Meja Bantuan.',
    en: 'The helpdesk has withdrawn the role of {name} as UC administrator of your agency.',
  },
} as const;
