/** One person, one account; a second one is the helpdesk's to permit. */
export const identityTexts = {
  'identity.mailbox': {
    ms: 'Orang ini sudah mempunyai mailbox di agensi anda: {name}. Akaun kedua hanya boleh dibenarkan oleh Meja Bantuan.',
    en: 'This person has a mailbox in your agency already: {name}. Only the helpdesk can permit a second account.',
  },
  'identity.account_request': {
    ms: 'Orang ini sudah mempunyai permohonan akaun yang belum selesai: {name}. Teruskan permohonan itu.',
    en: 'There is an account request of this person that is not finished: {name}. Go on with that one.',
  },
  'identity.access_code': {
    ms: 'Orang ini sudah mempunyai kod akses yang masih sah: {name}. Hantar semula, betulkan atau batalkan kod itu.',
    en: 'There is a live access code for this person: {name}. Send it again, correct it or revoke it.',
  },
  'identity.elsewhere': {
    ms: 'Orang ini sudah dilayan di tempat lain: gunakan Pertukaran agensi.',
    en: 'This person is served elsewhere already: use Agency transfer.',
  },
  'identity.twice': {
    ms: 'Orang ini sudah dilayan dengan akaun lain. Akaun kedua mesti dibenarkan dahulu di Akaun kedua.',
    en: 'This person is served by another account already. A second one must be permitted first, under Second accounts.',
  },
  'identity.askAdministrator': {
    ms: 'Pendaftaran ini tidak dapat diteruskan. Sila hubungi Pentadbir UC agensi anda.',
    en: 'This registration cannot go on. Please ask the UC administrator of your agency.',
  },
  'identity.surplus': {
    ms: 'Orang ini sudah dilayan dengan akaun lain. Tolak permohonan ini, atau minta Meja Bantuan membenarkan akaun kedua.',
    en: 'This person is served by another account already. Refuse this request, or ask the helpdesk to permit a second account.',
  },

  'second-account.title': { ms: 'Akaun kedua', en: 'Second accounts' },
  'second-account.intro': {
    ms: 'Seorang pegawai dilayan dengan satu akaun sahaja, di semua agensi. Akaun kedua, bagi yang memegang dua jawatan, dibenarkan di sini dengan sebabnya.',
    en: 'A person is served by one account, in all agencies. A second one, for whoever holds two posts, is permitted here with the reason.',
  },
  'second-account.empty': {
    ms: 'Belum ada akaun kedua yang dibenarkan.',
    en: 'No second account has been permitted yet.',
  },
  'second-account.search': {
    ms: 'Cari nama, No. K/P, e-mel atau sebab',
    en: 'Search name, IC number, e-mail or reason',
  },
  'second-account.searchDoubles': {
    ms: 'Cari nama, No. K/P, pasport atau e-mel',
    en: 'Search name, IC number, passport or e-mail',
  },
  'second-account.new': { ms: 'Benarkan akaun kedua', en: 'Permit a second account' },
  'second-account.lead': {
    ms: 'Pentadbir UC agensi itu kemudian boleh menjana kod akses atau mendaftar terus orang ini sekali lagi.',
    en: "That agency's UC administrators can then generate an access code for this person, or register them directly, once more.",
  },
  'second-account.doubleLead': {
    ms: 'Orang ini telah dilayan dua kali sebelum IPMS menghalangnya. Benarkan dengan sebabnya, atau tamatkan salah satu (SOP 4.11).',
    en: 'This person was served twice before IPMS refused that. Permit it with the reason, or end one of the two (SOP 4.11).',
  },
  'second-account.agency': { ms: 'Agensi bagi akaun kedua', en: 'Agency of the second account' },
  'second-account.reasonHint': {
    ms: 'Contoh: memegang dua jawatan; nyatakan rujukan surat. Sebab ini dipaparkan pada kedua-dua mailbox.',
    en: 'For example: holds two posts; name the letter. The reason is shown on both mailboxes.',
  },
  'second-account.button': { ms: 'Benarkan', en: 'Permit' },
  'second-account.one': { ms: 'Akaun kedua: {name}', en: 'Second account: {name}' },
  'second-account.identity': { ms: 'No. K/P, pasport atau e-mel', en: 'IC number, passport or e-mail' },
  'second-account.what': { ms: 'Dilayan dengan', en: 'Served by' },
  'second-account.usedBy': { ms: 'Digunakan oleh', en: 'Used by' },
  'second-account.others': { ms: 'Orang yang sama juga dilayan dengan:', en: 'The same person is also served by:' },
  'second-account.open': { ms: 'Buka', en: 'Open' },
  'second-account.permittedAt': { ms: 'Dibenarkan pada', en: 'Permitted on' },
  'second-account.permittedBy': { ms: 'Dibenarkan oleh', en: 'Permitted by' },
  'second-account.permitted': { ms: 'Akaun kedua dibenarkan', en: 'A second account is permitted' },
  'second-account.state.used': { ms: 'Digunakan', en: 'In use' },
  'second-account.state.unused': { ms: 'Belum digunakan', en: 'Not used' },
  'second-account.state.withdrawn': { ms: 'Ditarik balik', en: 'Withdrawn' },
  'second-account.done': { ms: 'Akaun kedua telah dibenarkan.', en: 'The second account has been permitted.' },
  'second-account.next': {
    ms: 'maklumkan kepada Pentadbir UC agensi itu, kerana tiada e-mel dihantar; mereka menjana kod akses (SOP 4.2) atau mendaftar terus',
    en: 'tell the UC administrators of that agency, for no mail was sent; they generate an access code (SOP 4.2) or register directly',
  },
  'second-account.withdraw': { ms: 'Tarik balik', en: 'Withdraw' },
  'second-account.withdrawText': {
    ms: 'Kebenaran ini belum digunakan. Selepas ditarik balik, orang ini hanya dilayan sekali.',
    en: 'Nobody has used this permission. Once withdrawn, this person is served once only.',
  },
  'second-account.withdrawnDone': { ms: 'Kebenaran telah ditarik balik.', en: 'The permission has been withdrawn.' },
  'second-account.first': {
    ms: 'Orang ini belum dilayan di mana-mana agensi: akaun pertama tidak memerlukan kebenaran.',
    en: 'This person is not served anywhere yet: a first account needs no permission.',
  },
  'second-account.there': {
    ms: 'Agensi ini sudah diberi kebenaran bagi orang ini, dan belum menggunakannya.',
    en: 'This agency has a permission for this person already, which nobody has used.',
  },
  'second-account.isUsed': {
    ms: 'Kebenaran ini sedang digunakan. Tamatkan akaun itu dahulu (SOP 4.11).',
    en: 'This permission is in use. End that account first (SOP 4.11).',
  },
  'second-account.isWithdrawn': { ms: 'Kebenaran ini telah ditarik balik.', en: 'This permission has been withdrawn.' },
  'second-account.doubles': { ms: 'Dilayan dua kali', en: 'Served twice' },
  'second-account.doublesIntro': {
    ms: 'Orang yang telah dilayan dua kali sebelum IPMS menghalangnya. Benarkan setiap satu, atau tamatkan salah satu akaunnya (SOP 4.11).',
    en: 'People who were served twice before IPMS refused that. Permit each, or end one of the two accounts (SOP 4.11).',
  },
  'second-account.noDoubles': { ms: 'Tiada sesiapa dilayan dua kali.', en: 'Nobody is served twice.' },
  'second-account.noDouble': {
    ms: 'Pendua ini tiada lagi: telah dibenarkan, atau salah satunya telah tamat.',
    en: 'This is no double any more: it was permitted, or one of the two has ended.',
  },
  'second-account.thereAre': {
    ms: '{count} orang telah dilayan dua kali sebelum IPMS menghalangnya:',
    en: '{count} {count:person was|people were} served twice before IPMS refused that:',
  },
  'second-account.end': { ms: 'Minta ditamatkan', en: 'Ask for it to be ended' },
  'second-account.endText': {
    ms: 'Pentadbir UC agensi itu menerima e-mel dengan sebab ini dan pautan untuk menamatkannya. Tiada apa-apa ditamatkan sehingga mereka berbuat demikian.',
    en: 'The UC administrators of that agency get a mail with this reason and a link to end it. Nothing ends until they do so.',
  },
  'second-account.endHint': {
    ms: 'Contoh: pegawai telah bertukar; akaun di agensi baharu yang digunakan.',
    en: 'For example: the officer has moved; the account in the new agency is the one in use.',
  },
  'second-account.endAsked': { ms: 'Permintaan telah dihantar.', en: 'The request has been sent.' },
  'second-account.endNext': {
    ms: 'Pentadbir UC agensi itu menamatkannya, atau memberitahu mengapa kedua-duanya diperlukan',
    en: 'the UC administrator of that agency ends it, or says why both are needed',
  },
  'second-account.nobodyToAsk': {
    ms: 'Agensi ini tiada Pentadbir UC yang boleh log masuk. Lantik seorang dahulu.',
    en: 'This agency has no UC administrator who can sign in. Appoint one first.',
  },
  'mail.double.subject': { ms: 'Satu akaun perlu ditamatkan: {name}', en: 'An account is to be ended: {name}' },
  'mail.double.text': {
    ms: '{name} dilayan dengan lebih daripada satu akaun. Meja Bantuan meminta supaya yang berikut ditamatkan.',
    en: '{name} is served by more than one account. The helpdesk asks that the following be ended.',
  },
  'mail.double.link': { ms: 'Buka dalam IPMS', en: 'Open in IPMS' },
  'mail.double.closing': {
    ms: 'Jika kedua-duanya diperlukan, maklumkan sebabnya kepada Meja Bantuan.',
    en: 'If both are needed, tell the helpdesk the reason.',
  },
  'audit.second-account.end-asked': {
    ms: 'Meja Bantuan meminta pendua ditamatkan',
    en: 'Helpdesk asked for a double to be ended',
  },
  'item.second_account': { ms: 'Akaun kedua', en: 'Second account' },
  'audit.second-account.permitted': { ms: 'Akaun kedua dibenarkan', en: 'Second account permitted' },
  'audit.second-account.withdrawn': {
    ms: 'Kebenaran akaun kedua ditarik balik',
    en: 'Permission of a second account withdrawn',
  },
  'audit.second-account.moved': {
    ms: 'Kebenaran akaun kedua mengikut pertukaran agensi',
    en: 'Permission of a second account moved with the agency transfer',
  },
  'record.second-account-permitted': { ms: 'Akaun kedua dibenarkan', en: 'Second account permitted' },
  'record.second-account-withdrawn': {
    ms: 'Kebenaran akaun kedua ditarik balik',
    en: 'Permission of a second account withdrawn',
  },
} as const;
