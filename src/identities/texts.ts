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
  'identity.askAdministrator': {
    ms: 'Pendaftaran ini tidak dapat diteruskan. Sila hubungi Pentadbir UC agensi anda.',
    en: 'This registration cannot go on. Please ask the UC administrator of your agency.',
  },
  'identity.surplus': {
    ms: 'Orang ini sudah dilayan dengan akaun lain. Tolak permohonan ini, atau minta Meja Bantuan membenarkan akaun kedua.',
    en: 'This person is served by another account already. Refuse this request, or ask the helpdesk to permit a second account.',
  },
};
