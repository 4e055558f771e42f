/** People outside 1GovUC in the address list, and asking the helpdesk for them (SOP 4.21 to 4.23). */
export const contactTexts = {
  'item.contact': { ms: 'Contact', en: 'Contact' },
  'menu.contacts': { ms: 'Contact', en: 'Contact' },
  'field.contact_name': { ms: 'Nama penuh', en: 'Full name' },
  'field.company': { ms: 'Syarikat', en: 'Company' },
  'field.phone': { ms: 'No. Telefon', en: 'Telephone' },
  'contact.title': { ms: 'Contact', en: 'Contact' },
  'contact.one': { ms: 'Contact', en: 'Contact' },
  'contact.intro': {
    ms: 'Orang luar 1GovUC dalam Address List. Cari dahulu: jika maklumat yang dikehendaki sudah ada, tiada apa-apa lagi yang perlu diminta.',
    en: 'People outside 1GovUC in the address list. Search first: when what you want is there already, there is nothing to ask for.',
  },
  'contact.introHelpdesk': {
    ms: 'Orang luar 1GovUC dalam Address List. Contact didaftar, dikemas kini dan dipadam melalui tiket.',
    en: 'People outside 1GovUC in the address list. Contacts are registered, changed and deleted from tickets.',
  },
  'contact.empty': {
    ms: 'Belum ada contact. Mohon pendaftaran daripada Meja Bantuan.',
    en: 'There are no contacts yet. Ask the helpdesk to register one.',
  },
  'contact.emptyHelpdesk': {
    ms: 'Belum ada contact. Satu dibuat apabila tiket pendaftaran diselesaikan.',
    en: 'There are no contacts yet. One is made when a ticket for registration is resolved.',
  },
  'contact.search': { ms: 'Cari Display Name atau Primary E-mail', en: 'Search display name or primary e-mail' },
  'contact.state.active': { ms: 'Aktif', en: 'Active' },
  'contact.state.deleted': { ms: 'Dipadam', en: 'Deleted' },
  'contact.found': { ms: 'Sudah ada?', en: 'Is it there?' },
  'contact.foundText': {
    ms: 'Jika contact yang dikehendaki ada di atas dengan maklumat yang betul, proses tamat (SOP langkah 1). Jika maklumatnya perlu diubah, buka contact itu.',
    en: 'When the contact that you want is above with the right details, you are done (SOP step 1). When its details need a change, open it.',
  },
  'contact.missing': { ms: 'Tidak ditemui', en: 'Not found' },
  'contact.missingText': {
    ms: 'Tiada contact yang sepadan. Mohon pendaftarannya daripada Meja Bantuan (SOP 4.21 langkah 2).',
    en: 'No contact matches. Ask the helpdesk to register it (SOP 4.21 step 2).',
  },
  'contact.before': { ms: 'Contact baharu', en: 'A new contact' },
  'contact.beforeText': {
    ms: 'Cari nama atau alamatnya di atas dahulu. Jika belum ada, mohon pendaftarannya.',
    en: 'Search the name or address above first. If it is not there, ask for its registration.',
  },
  'contact.askRegister': { ms: 'Mohon pendaftaran contact', en: 'Ask for registration' },
  'contact.askAnyway': { ms: 'Bukan yang ini: mohon pendaftaran contact', en: 'None of these: ask for registration' },
  'contact.askUpdate': { ms: 'Mohon kemas kini', en: 'Ask for a change' },
  'contact.askDelete': { ms: 'Mohon pemadaman', en: 'Ask for deletion' },
  'contact.since': { ms: 'Didaftarkan pada', en: 'Registered on' },
  'contact.upToDate': {
    ms: 'Jika maklumat ini sudah betul, proses tamat. Jika tidak, mohon perubahan daripada Meja Bantuan.',
    en: 'When these details are right, you are done. When not, ask the helpdesk for a change.',
  },
  'contact.isGone': {
    ms: 'Contact ini telah dipadam: ia tiada lagi dalam Address List dan senarai mel, dan alamatnya boleh didaftarkan semula.',
    en: 'This contact has been deleted: it is out of the address list and all mailing lists, and its address can be registered again.',
  },
  'contact.tickets': { ms: 'Tiket tentang contact ini', en: 'Tickets about this contact' },
  'contact.lists': { ms: 'Senarai mel', en: 'Mailing lists' },
  'contact.noLists': {
    ms: 'Contact ini bukan ahli senarai mel agensi anda.',
    en: 'This contact is in no mailing list of your agency.',
  },
  'contact.noListsAll': {
    ms: 'Contact ini bukan ahli mana-mana senarai mel.',
    en: 'This contact is in no mailing list.',
  },
  'contact.otherLists': {
    ms: 'Dan {count} senarai mel agensi lain.',
    en: 'And {count} {count:mailing list|mailing lists} of other agencies.',
  },
  'contact.asked': { ms: 'Permintaan', en: 'Request' },
  'contact.asked.register': { ms: 'Pendaftaran', en: 'Registration' },
  'contact.asked.update': { ms: 'Kemas kini', en: 'Change' },
  'contact.asked.delete': { ms: 'Pemadaman', en: 'Deletion' },
  'contact.request.register': { ms: 'Permintaan pendaftaran contact', en: 'Request to register a contact' },
  'contact.request.update': { ms: 'Permintaan kemas kini contact', en: 'Request to change a contact' },
  'contact.request.delete': { ms: 'Permintaan pemadaman contact', en: 'Request to delete a contact' },
  'contact.request.registerText': {
    ms: 'Maklumat ini dihantar kepada Meja Bantuan sebagai tiket. Contact wujud setelah Meja Bantuan bertindak; anda kemudian mengesahkannya.',
    en: 'These details go to the helpdesk as a ticket. The contact is there once the helpdesk has acted; you then confirm it.',
  },
  'contact.request.updateText': {
    ms: 'Ubah apa yang perlu. Permintaan dihantar kepada Meja Bantuan sebagai tiket; anda mengesahkannya apabila selesai.',
    en: 'Change what is needed. The request goes to the helpdesk as a ticket; you confirm it when it is resolved.',
  },
  'contact.request.deleteText': {
    ms: 'Contact dikeluarkan dari Address List semua agensi setelah Meja Bantuan bertindak.',
    en: 'Once the helpdesk has acted, the contact is out of the address list of all agencies.',
  },
  'contact.request.registerButton': { ms: 'Mohon pendaftaran', en: 'Ask for registration' },
  'contact.request.updateButton': { ms: 'Mohon kemas kini', en: 'Ask for the change' },
  'contact.request.deleteButton': { ms: 'Mohon pemadaman', en: 'Ask for deletion' },
  'contact.noteHint': {
    ms: 'Sebab, atau apa yang perlu diketahui oleh Meja Bantuan.',
    en: 'Why, or what the helpdesk should know.',
  },
  'contact.loses': {
    ms: '{count} senarai mel akan kehilangan ahli ini:',
    en: '{count} mailing {count:list loses|lists lose} this member:',
  },
  'contact.losesNothing': { ms: 'Tiada senarai mel yang terjejas.', en: 'No mailing list is affected.' },
  'contact.askedNow': {
    ms: 'Permintaan dihantar kepada Meja Bantuan: tiket {number}.',
    en: 'The request has been sent to the helpdesk: ticket {number}.',
  },
  'contact.nextHelpdesk': {
    ms: 'Meja Bantuan membuka tiket dan bertindak; anda kemudian menyemak dan mengesahkan.',
    en: 'The helpdesk opens the ticket and acts; you then check and confirm.',
  },
  'contact.exists': {
    ms: 'Alamat ini sudah milik contact {name}. Buka contact itu; jika maklumatnya betul, proses tamat.',
    en: 'This address is that of the contact {name} already. Open it; when its details are right, you are done.',
  },
  'contact.addressTaken': {
    ms: 'Alamat {address} sudah digunakan dalam 1GovUC oleh akaun atau senarai mel, jadi tidak boleh menjadi contact. Cari dalam Address List, atau guna alamat lain.',
    en: 'The address {address} is that of an account or mailing list in 1GovUC already, so it cannot be a contact. Look for it in the address list, or use another address.',
  },
  'contact.nothingAsked': {
    ms: 'Tiada apa-apa yang diubah: maklumat ini sama dengan yang ada. Ubah sesuatu, atau tulis nota.',
    en: 'Nothing was changed: these details are what is there. Change something, or write a note.',
  },
  'contact.isDeleted': {
    ms: 'Contact {name} telah dipadam. Jika masih diperlukan, mohon pendaftarannya semula; jika ada tiket yang menunggu, tolak tiket itu.',
    en: 'The contact {name} has been deleted. If it is still needed, ask for its registration anew; a ticket that waits can be refused.',
  },
  'contact.changedMeanwhile': {
    ms: 'Contact ini diubah oleh orang lain selepas halaman ini dibuka. Lihat maklumatnya sekarang di atas, kemudian hantar semula.',
    en: 'Somebody else has changed this contact since the page was opened. See how it is now, above, and send again.',
  },
  'contact.toExisting': { ms: 'Buka contact yang sudah ada', en: 'Open the contact that is there' },
  'contact.toHolder': { ms: 'Lihat siapa yang memiliki alamat ini', en: 'See whose address this is' },
  'contact.toWaiting': { ms: 'Buka tiket yang menunggu', en: 'Open the ticket that waits' },
  'audit.contact.registered': { ms: 'Contact didaftarkan', en: 'Contact registered' },
  'audit.contact.updated': { ms: 'Contact dikemas kini', en: 'Contact changed' },
  'audit.contact.deleted': { ms: 'Contact dipadam', en: 'Contact deleted' },
} as const;
