/** SOP 4.7 and 4.8, Mail Flows, and the Address List. */
export const mailboxTexts = {
  'mailbox.tab.general': { ms: 'General', en: 'General' },
  'mailbox.tab.account': { ms: 'Manage Account', en: 'Manage Account' },
  'mailbox.tab.password': { ms: 'Password Mgmt', en: 'Password Mgmt' },
  'mailbox.tab.mail-flows': { ms: 'Mail Flows', en: 'Mail Flows' },
  'mailbox.tab.groups': { ms: 'Member Of', en: 'Member Of' },
  'mailbox.tab.history': { ms: 'Sejarah', en: 'History' },
  'mailbox.state.active': { ms: 'Aktif', en: 'Active' },
  'mailbox.state.disabled': { ms: 'Dinyahaktifkan', en: 'Disabled' },
  'mailbox.state.deleted': { ms: 'Dipadam', en: 'Deleted' },
  'mailbox.state.to-complete': { ms: 'Perlu dilengkapkan', en: 'To be completed' },
  'mailbox.state.ending': { ms: 'Menunggu pemadaman', en: 'Waiting for deletion' },

  'field.ic_or_passport': { ms: 'IC/Passport', en: 'IC/Passport' },
  'field.passport': { ms: 'No. pasport', en: 'Passport number' },

  'menu.addressList': { ms: 'Address List', en: 'Address List' },
  'mailbox.title': { ms: 'Mailboxes', en: 'Mailboxes' },
  'mailbox.detail': { ms: 'Detail', en: 'Detail' },
  'mailbox.intro': {
    ms: 'Akaun e-mel agensi anda. Tekan Detail: maklumat, katalaluan, aliran e-mel dan senarai mel masing-masing dikemas kini di situ.',
    en: "Your agency's e-mail accounts. Press Detail, where its details, password, mail flows and mailing lists are updated.",
  },
  'mailbox.introAll': {
    ms: 'Akaun e-mel semua agensi, mengikut agensi. Hanya untuk dibaca; perubahan dibuat oleh Pentadbir UC agensi itu.',
    en: 'The e-mail accounts of all agencies, agency by agency. To read only; changes are made by the UC administrators of that agency.',
  },
  'mailbox.empty': {
    ms: 'Belum ada akaun e-mel. Akaun dibina apabila permohonan diluluskan di Account Request.',
    en: 'There is no e-mail account yet. One is made when a request is approved in Account Request.',
  },
  'mailbox.search': { ms: 'Cari sebahagian teks', en: 'Any part of the text' },
  'mailbox.tooShort': {
    ms: 'Taip sekurang-kurangnya dua aksara untuk mencari; semua akaun dipaparkan.',
    en: 'Type at least two characters to search; all accounts are shown.',
  },
  'mailbox.created': { ms: 'Dibina pada', en: 'Created on' },

  'mailbox.names': { ms: 'Nama', en: 'Names' },
  'mailbox.displayHint': {
    ms: 'Nama dalam Address List dan pada e-mel yang dihantar.',
    en: 'The name in the address list and on the mail that is sent.',
  },
  'mailbox.passportHint': { ms: '6 hingga 20 huruf dan angka.', en: '6 to 20 letters and digits.' },
  'mailbox.passportWrong': {
    ms: 'Taip 6 hingga 20 huruf dan angka, tanpa ruang.',
    en: 'Type 6 to 20 letters and digits, without spaces.',
  },
  'mailbox.addresses': { ms: 'Pengurusan E-mel', en: 'E-mail addresses' },
  'mailbox.emailHint': {
    ms: 'Alamat yang digunakan apabila menghantar, dan untuk log masuk.',
    en: 'The address that mail is sent from, and that signs in.',
  },
  'mailbox.keepAddress': {
    ms: 'Jika Primary E-mail ditukar, kekalkan alamat lama sebagai alamat tambahan',
    en: 'If the primary e-mail changes, keep the old one as a further address',
  },
  'mailbox.aliasesHint': {
    ms: 'E-mel ke alamat ini juga sampai ke mailbox ini. Satu alamat sebaris.',
    en: 'Mail to these addresses arrives here, too. One address a line.',
  },
  'mailbox.edit': { ms: 'Kemas kini maklumat', en: 'Edit the details' },
  'mailbox.save': { ms: 'Simpan', en: 'Save' },
  'mailbox.saved': { ms: 'Maklumat mailbox telah dikemas kini.', en: 'The mailbox has been updated.' },
  'mailbox.savedNext': {
    ms: 'semak melalui Outlook Web App (OWA) atau Address List jika perlu (SOP 4.7 langkah 3)',
    en: 'check through Outlook Web App (OWA) or the Address List if needed (SOP 4.7 step 3)',
  },
  'mailbox.toComplete': {
    ms: 'Akaun ini diambil alih daripada direktori. Pakej, gred, storage dan servis belum ditetapkan: semak semuanya di bawah, kemudian simpan. Sehingga itu kuota dalam direktori tidak diubah.',
    en: 'This account was taken over from the directory. Its package, grade, storage and services are not decided yet: go through all of it below, then save. Until then its quota in the directory stays as it is.',
  },
  'mailbox.toCompleteShort': {
    ms: 'Diambil alih daripada direktori; pakej, gred, storage dan servis belum ditetapkan oleh pentadbir agensi.',
    en: 'Taken over from the directory; the administrator of the agency has not decided its package, grade, storage and services yet.',
  },
  'mailbox.noIdentity': {
    ms: 'Nombor kad pengenalan pegawai ini belum diketahui, jadi IPMS tidak dapat mengenalinya jika akaun kedua diminta.',
    en: 'The IC number of this officer is not known, so that IPMS could not tell if a second account is asked for.',
  },
  'mailbox.noIdentity.link': { ms: 'Beri nombor kad pengenalan', en: 'Give the IC number' },
  'mailbox.isDeleted': {
    ms: 'Mailbox ini telah dipadam dan tidak boleh diubah. Jika masih dalam tempoh pemulihan, pulihkan dahulu di Manage Account.',
    en: 'This mailbox has been deleted and cannot be changed. While it can still be restored, do that first in Manage Account.',
  },
  'mailbox.facts': { ms: 'Akaun', en: 'Account' },
  'mailbox.used': { ms: 'Kuota', en: 'Quota' },
  'mailbox.usedOf': { ms: '{used} daripada {given}, pada {date}', en: '{used} of {given}, on {date}' },
  'mailbox.usedUnknown': {
    ms: 'Belum diketahui, daripada {given}',
    en: 'Not known yet, of {given}',
  },
  'mailbox.lastSignIn': { ms: 'Log masuk terakhir', en: 'Last sign-in' },
  'mailbox.personalEmail': { ms: 'E-mel persendirian', en: 'Personal e-mail' },
  'mailbox.neverSignedIn': { ms: 'Belum pernah', en: 'Never' },
  'mailbox.notActivated': { ms: 'Akaun belum diaktifkan', en: 'Not activated yet' },
  'mailbox.request': { ms: 'Permohonan akaun ini', en: 'The request for this account' },
  'mailbox.readOnly': {
    ms: 'Hanya untuk dibaca. Perubahan dibuat oleh Pentadbir UC agensi.',
    en: 'To read only. Changes are made by the UC administrators of the agency.',
  },
  'mailbox.planned.planned': {
    ms: 'Akan dinyahaktifkan dari {from} hingga {until} (diminta oleh {name}).',
    en: 'Will be disabled from {from} until {until} (asked for by {name}).',
  },
  'mailbox.planned.in-force': {
    ms: 'Dinyahaktifkan sejak {from} hingga {until} (diminta oleh {name}).',
    en: 'Disabled since {from} until {until} (asked for by {name}).',
  },
  'mailbox.planned.noEnd': { ms: 'diaktifkan semula', en: 'it is enabled again' },
  'mailbox.planned.ending': {
    ms: 'Diminta untuk dipadam pada {date} (oleh {name}).',
    en: 'Asked to be deleted on {date} (by {name}).',
  },

  'mailbox.password.heading': { ms: 'Password Mgmt', en: 'Password Mgmt' },
  'mailbox.password.button': { ms: 'Change Password', en: 'Change Password' },
  'mailbox.password.effect': {
    ms: 'Semua sesi {name} ditamatkan, dan katalaluan sendiri mesti dipilih pada log masuk berikutnya. E-mel pemberitahuan dihantar tanpa katalaluan: beritahu katalaluan ini sendiri.',
    en: 'All sessions of {name} end, and a password of their own must be chosen at the next sign-in. A mail tells of it without the password: hand that over in person.',
  },
  'mailbox.password.done': { ms: 'Katalaluan telah ditukar.', en: 'The password has been changed.' },
  'mailbox.password.next': {
    ms: 'beritahu katalaluan baharu kepada pengguna sendiri; sistem meminta pengguna menukarnya apabila log masuk',
    en: 'tell the user the new password in person; the system asks for another one at the next sign-in',
  },
  'mailbox.password.administrator': {
    ms: 'Pengguna ini Pentadbir UC, dan katalaluannya tidak ditetapkan oleh rakan setugas. Gunakan Bantuan log masuk, atau minta beliau menghubungi Meja Bantuan 1GovUC.',
    en: 'This person is a UC administrator, whose password no colleague sets. Use Sign-in help, or ask the person to call the 1GovUC helpdesk.',
  },
  'mailbox.password.own': {
    ms: 'Ini akaun anda sendiri. Tukar katalaluan anda di Portal Pengguna, dengan katalaluan sekarang.',
    en: 'This is your own account. Change your password in the user portal, with the present one.',
  },
  'mailbox.password.disabled': {
    ms: 'Akaun ini dinyahaktifkan dan tidak boleh log masuk. Aktifkan dahulu (Manage Account, Enable Account), kemudian tukar katalaluan.',
    en: 'This account is disabled and cannot sign in. Enable it first (Manage Account, Enable Account), then change the password.',
  },
  'mailbox.password.deleted': {
    ms: 'Akaun ini telah dipadam. Jika masih dalam tempoh pemulihan, pulihkan dahulu di Manage Account, kemudian tukar katalaluan.',
    en: 'This account has been deleted. While it can still be restored, do that first in Manage Account, then change the password.',
  },
  'mailbox.password.notActivated': {
    ms: 'Pengguna belum mengaktifkan akaun ini. Katalaluan pertama ditetapkan oleh pengguna sendiri dengan kod akses; jika kod hilang atau tamat tempoh, hantar kod baharu.',
    en: 'The user has not activated this account yet. The first password is set by the user, with the access code; if that is lost or has expired, send a new one.',
  },

  'mailbox.accept.all': { ms: 'All senders', en: 'All senders' },
  'mailbox.accept.listed': { ms: 'Only sender from following list', en: 'Only sender from following list' },
  'mailbox.flows.lead': {
    ms: 'Siapa yang boleh menghantar e-mel ke mailbox ini. Untuk akaun yang dinyahaktifkan, hadkan kepada postmaster agensi (SOP 4.9); apabila diaktifkan semula, pilih All senders (SOP 4.10).',
    en: 'Who can send mail to this mailbox. For a disabled account, limit it to the agency postmaster (SOP 4.9); when it is enabled again, choose All senders (SOP 4.10).',
  },
  'mailbox.flows.postmaster': { ms: 'Add: postmaster agensi', en: 'Add: agency postmaster' },
  'mailbox.flows.typed': { ms: 'Alamat penghantar lain', en: 'Addresses of other senders' },
  'mailbox.flows.hint': {
    ms: 'Hanya untuk Only sender from following list: alamat mana-mana mailbox atau senarai mel agensi ini, diasingkan dengan koma, ruang atau baris.',
    en: 'Only for Only sender from following list: addresses of any mailbox or mailing list of this agency, with commas, spaces or lines between them.',
  },
  'mailbox.flows.senderNeeded': {
    ms: 'Pilih atau taip sekurang-kurangnya seorang penghantar, atau pilih All senders: tanpa penghantar, tiada e-mel yang akan diterima.',
    en: 'Choose or type at least one sender, or choose All senders: without a sender, no mail would be taken.',
  },
  'mailbox.flows.unknown': {
    ms: 'Bukan alamat agensi ini: {addresses}. Semak ejaan, atau cari nama di atas.',
    en: 'Not an address of this agency: {addresses}. Check the spelling, or search the name above.',
  },
  'mailbox.flows.save': { ms: 'Save Changes', en: 'Save Changes' },
  'mailbox.flows.saved.all': {
    ms: 'Mailbox ini menerima e-mel daripada semua penghantar.',
    en: 'This mailbox takes mail from all senders.',
  },
  'mailbox.flows.saved.listed': {
    ms: 'Mailbox ini menerima e-mel daripada penghantar yang tersenarai sahaja.',
    en: 'This mailbox takes mail from the listed senders only.',
  },

  'mailbox.history.empty': { ms: 'Belum ada apa-apa yang direkodkan.', en: 'Nothing has been recorded yet.' },
  'mailbox.history.search': { ms: 'Cari pelaku atau nilai', en: 'Search a person or a value' },
  'mailbox.history.changes': { ms: 'Perubahan', en: 'Changes' },

  'mailbox.addressList': { ms: 'Address List', en: 'Address List' },
  'mailbox.addressList.intro': {
    ms: 'Seperti yang dilihat pengguna dalam Outlook Web App: mailbox dan senarai mel agensi yang aktif, dan contact. Akaun yang dinyahaktifkan tidak ada di sini.',
    en: "As users see it in Outlook Web App: the agency's active mailboxes and mailing lists, and contacts. Disabled accounts are not here.",
  },
  'mailbox.addressList.seen': {
    ms: 'Status dalam direktori seperti dilihat pada {time}.',
    en: 'How each stands in the directory, as of {time}.',
  },
  'mailbox.addressList.away': {
    ms: 'Direktori tidak dapat dibaca sekarang. Status di bawah adalah seperti kali terakhir dilihat, {time}; IPMS mencuba lagi secara automatik.',
    en: 'The directory cannot be read now. What is shown is as of {time}, when it was last seen; IPMS tries again by itself.',
  },
  'mailbox.addressList.neverSeen': {
    ms: 'Direktori belum pernah dibaca. Status di bawah ialah apa yang IPMS sendiri ketahui.',
    en: 'The directory has not been read yet: what is shown is what IPMS itself knows.',
  },
  'mailbox.addressList.empty': {
    ms: 'Address List masih kosong. Mailbox dan senarai mel muncul di sini sebaik sahaja dibina.',
    en: 'The address list is empty. Mailboxes and mailing lists appear here as soon as they are made.',
  },
  'mailbox.kind': { ms: 'Jenis', en: 'Kind' },
  'mailbox.kind.mailbox': { ms: 'Mailbox', en: 'Mailbox' },
  'mailbox.kind.group': { ms: 'Senarai mel', en: 'Mailing list' },
  'mailbox.kind.contact': { ms: 'Contact', en: 'Contact' },
  'mailbox.about': { ms: 'Jawatan, bahagian atau syarikat', en: 'Position, division or company' },

  'record.mailbox-updated': { ms: 'Maklumat mailbox dikemas kini', en: 'Mailbox details updated' },
  'record.password-set': { ms: 'Katalaluan ditukar oleh Pentadbir UC', en: 'Password changed by the UC administrator' },
  'record.mail-flows': { ms: 'Accept Message From ditetapkan', en: 'Accept Message From set' },
  'audit.mailbox.updated': { ms: 'Maklumat mailbox dikemas kini', en: 'Mailbox details updated' },
  'audit.mailbox.created': { ms: 'Mailbox dibina', en: 'Mailbox created' },
} as const;
