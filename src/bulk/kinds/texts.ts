/** What each kind of bulk work says of itself, and of a row that is carried out. */
export const bulkKindTexts = {
  'bulk.access-codes': { ms: 'Kod akses', en: 'Access codes' },
  'bulk.access-codes.intro': {
    ms: 'Satu baris bagi setiap orang yang akan mendapat kod akses. Kod dihantar kepada pegawai atasan atau pengguna; kod untuk alamat anda sendiri dijana satu demi satu, kerana kod tidak disimpan dan tidak dapat ditunjukkan semula.',
    en: 'One row for each person who is to get an access code. The code goes to the supervisor or the user; codes for your own address are issued one at a time, because a code is kept nowhere and cannot be shown again.',
  },
  'bulk.access-codes.undo': {
    ms: 'Boleh dibatalkan: kod yang belum digunakan ditarik balik.',
    en: 'It can be taken back: codes that nobody has used yet are revoked.',
  },
  'bulk.direct-registration': { ms: 'Pendaftaran terus', en: 'Direct registration' },
  'bulk.direct-registration.intro': {
    ms: 'Satu baris bagi setiap akaun, dengan pakejnya. Setiap baris menjadi Account Request yang masih perlu diluluskan.',
    en: 'One row for each account, with its package. Each row becomes an account request that still has to be approved.',
  },
  'bulk.direct-registration.undo': {
    ms: 'Tidak boleh dibatalkan secara pukal: tolak permohonan itu satu demi satu.',
    en: 'It cannot be taken back in bulk: refuse the account requests one by one.',
  },
  'bulk.changes': { ms: 'Perubahan mailbox', en: 'Changes of mailboxes' },
  'bulk.changes.intro': {
    ms: 'Satu baris bagi setiap mailbox: pakej, gred, storage, perkhidmatan, bahagian, unit, jawatan dan maklumat lain pada tab General.',
    en: 'One row for each mailbox: package, grade, storage, services, division, unit, position and whatever else the tab General holds.',
  },
  'bulk.changes.undo': {
    ms: 'Boleh dibatalkan: nilai lama dikembalikan bagi mailbox yang tidak diubah lagi selepas itu.',
    en: 'It can be taken back: the old values return where nobody changed the mailbox again.',
  },
  'bulk.members-added': { ms: 'Tambah ahli senarai mel', en: 'Add members to lists' },
  'bulk.members-added.intro': {
    ms: 'Satu baris bagi setiap ahli dan senarai mel.',
    en: 'One row for each member and mailing list.',
  },
  'bulk.members-added.undo': {
    ms: 'Boleh dibatalkan: ahli yang ditambah dikeluarkan semula.',
    en: 'It can be taken back: the members who were added are taken out.',
  },
  'bulk.members-removed': { ms: 'Keluarkan ahli senarai mel', en: 'Remove members from lists' },
  'bulk.members-removed.intro': {
    ms: 'Satu baris bagi setiap ahli dan senarai mel yang ditinggalkannya. Baris bagi senarai yang sama dilaksanakan bersama, supaya pengendalinya tidak menerima e-mel bagi setiap ahli.',
    en: 'One row for each member and the mailing list to leave. Rows of one list are carried out together, so that its owners do not get a mail for each member.',
  },
  'bulk.members-removed.undo': {
    ms: 'Boleh dibatalkan: ahli yang dikeluarkan dimasukkan semula.',
    en: 'It can be taken back: the members who were removed are put back.',
  },
  'bulk.disabling': { ms: 'Disable Account', en: 'Disable Account' },
  'bulk.disabling.intro': {
    ms: 'Satu baris bagi setiap akaun yang dinyahaktifkan, hari ini atau pada tarikh kemudian.',
    en: 'One row for each account to be disabled, today or on a later day.',
  },
  'bulk.disabling.undo': {
    ms: 'Boleh dibatalkan: akaun diaktifkan semula tepat seperti sebelumnya, dengan senarai melnya; yang baharu dirancang dibatalkan.',
    en: 'It can be taken back: the accounts are enabled exactly as they were, lists and all; what is only planned is cancelled.',
  },
  'bulk.enabling': { ms: 'Enable Account', en: 'Enable Account' },
  'bulk.enabling.intro': {
    ms: 'Satu baris bagi setiap akaun yang diaktifkan semula.',
    en: 'One row for each account to be enabled.',
  },
  'bulk.enabling.undo': {
    ms: 'Tidak boleh dibatalkan: jika perlu, nyahaktifkan semula dengan fail baharu.',
    en: 'It cannot be taken back: where needed, disable again with a new file.',
  },
  'bulk.deletion': { ms: 'Delete Account', en: 'Delete Account' },
  'bulk.deletion.intro': {
    ms: 'Satu baris bagi setiap akaun yang akan ditamatkan. Senarai mel yang hanya dimiliki oleh orang itu perlu pengendali baharu dalam barisnya.',
    en: 'One row for each account to end. Lists that the person alone owns need a new owner in the row.',
  },
  'bulk.deletion.undo': {
    ms: 'Boleh dibatalkan: permintaan ditarik balik; akaun yang sudah dipadam dipulihkan dalam tempoh pemulihan. Senarai mel yang diserahkan kekal dengan pengendali barunya.',
    en: 'It can be taken back: the request is withdrawn, and an account already deleted is restored within its term. Lists that were handed over stay with their new owner.',
  },

  'bulk.effect.access-codes': {
    ms: '{count} kod akses dijana.',
    en: '{count} access {count:code is|codes are} generated.',
  },
  'bulk.effect.direct-registration': {
    ms: '{count} Account Request dibuat, dengan pakej, alamat dan kod aksesnya.',
    en: '{count} account {count:request is|requests are} made, with package, address and access code.',
  },
  'bulk.effect.changes': { ms: '{count} mailbox berubah.', en: '{count} {count:mailbox changes|mailboxes change}.' },
  'bulk.effect.members-added': {
    ms: '{count} keahlian ditambah.',
    en: '{count} {count:membership is|memberships are} added.',
  },
  'bulk.effect.members-removed': {
    ms: '{count} keahlian ditamatkan.',
    en: '{count} {count:membership ends|memberships end}.',
  },
  'bulk.effect.disabling': {
    ms: '{count} akaun dinyahaktifkan pada tarikhnya: tiada log masuk, keluar daripada semua senarai mel.',
    en: '{count} {count:account is|accounts are} disabled on the day that is set: no sign-in, out of all lists.',
  },
  'bulk.effect.enabling': {
    ms: '{count} akaun diaktifkan semula, dengan senarai melnya.',
    en: '{count} {count:account is|accounts are} enabled, with the lists.',
  },
  'bulk.effect.deletion': {
    ms: '{count} akaun ditamatkan pada tarikhnya, dengan tiket kepada Meja Bantuan.',
    en: '{count} {count:account ends|accounts end} on the day that is set, with a ticket each for the helpdesk.',
  },
  'bulk.effect.list.members-added': {
    ms: 'Senarai {name}: {count} ahli baharu.',
    en: 'The list {name}: {count} new {count:member|members}.',
  },
  'bulk.effect.list.members-removed': {
    ms: 'Senarai {name}: {count} ahli keluar.',
    en: 'The list {name}: {count} {count:member leaves|members leave}.',
  },
  'bulk.effect.list.disabling': {
    ms: 'Senarai {name} kehilangan {count} ahli.',
    en: 'The list {name} loses {count} {count:member|members}.',
  },
  'bulk.effect.list.deletion': {
    ms: 'Senarai {name} kehilangan {count} ahli.',
    en: 'The list {name} loses {count} {count:member|members}.',
  },
  'bulk.note.restorable': {
    ms: 'Mailbox orang ini telah dipadam dan masih boleh dipulihkan: {name}.',
    en: 'A mailbox of this person was deleted and can still be restored: {name}.',
  },

  'bulk.said.same': { ms: 'Sudah begitu; tiada yang diubah.', en: 'It was so already; nothing was changed.' },
  'bulk.said.code': { ms: 'Kod akses dihantar kepada {address}.', en: 'The access code went to {address}.' },
  'bulk.said.codeRevoked': { ms: 'Kod akses dibatalkan.', en: 'The access code was revoked.' },
  'bulk.said.registered': {
    ms: 'Account Request dibuat untuk {address}.',
    en: 'An account request was made for {address}.',
  },
  'bulk.said.changed': { ms: '{count} maklumat diubah.', en: '{count} {count:field was|fields were} changed.' },
  'bulk.said.changedBack': {
    ms: '{count} maklumat dikembalikan.',
    en: '{count} {count:field was|fields were} changed back.',
  },
  'bulk.said.joined': { ms: 'Ditambah ke {list}.', en: 'Added to {list}.' },
  'bulk.said.left': { ms: 'Dikeluarkan daripada {list}.', en: 'Removed from {list}.' },
  'bulk.said.takenOut': { ms: 'Dikeluarkan semula.', en: 'Taken out again.' },
  'bulk.said.putBack': { ms: 'Dimasukkan semula.', en: 'Put back.' },
  'bulk.said.disabled': { ms: 'Dinyahaktifkan pada {from}.', en: 'Disabled on {from}.' },
  'bulk.said.disablingPlanned': { ms: 'Dirancang untuk dinyahaktifkan pada {from}.', en: 'To be disabled on {from}.' },
  'bulk.said.disablingCancelled': { ms: 'Rancangan dibatalkan.', en: 'The plan was cancelled.' },
  'bulk.said.enabled': { ms: 'Diaktifkan semula.', en: 'Enabled.' },
  'bulk.said.deleted': { ms: 'Ditamatkan pada {day}.', en: 'Ended on {day}.' },
  'bulk.said.deletionAsked': { ms: 'Diminta ditamatkan pada {day}.', en: 'To end on {day}.' },
  'bulk.said.deletionWithdrawn': { ms: 'Permintaan ditarik balik.', en: 'The request was withdrawn.' },
  'bulk.said.restored': { ms: 'Dipulihkan.', en: 'Restored.' },
} as const;
