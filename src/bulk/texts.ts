/** Texts of src/bulk. */
export const bulkTexts = {
  'menu.bulk': { ms: 'Tindakan pukal', en: 'Bulk actions' },
  'item.bulk_run': { ms: 'Tindakan pukal', en: 'Bulk action' },

  'bulk.title': { ms: 'Tindakan pukal', en: 'Bulk actions' },
  'bulk.intro': {
    ms: 'Banyak baris daripada satu fail: disemak semuanya dahulu, disahkan sekali, kemudian dilaksanakan satu demi satu.',
    en: 'Many rows from one file: all of it is checked first, confirmed once, and then carried out row by row.',
  },
  'bulk.empty': {
    ms: 'Belum ada tindakan pukal. Pilih Tindakan pukal baharu untuk memuat turun templat dan menghantar fail.',
    en: 'There are no bulk actions yet. Choose New bulk action to get a template and send a file.',
  },
  'bulk.search': { ms: 'Nama fail, pegawai atau sebab', en: 'File name, officer or reason' },
  'bulk.new': { ms: 'Tindakan pukal baharu', en: 'New bulk action' },
  'bulk.kind': { ms: 'Jenis tindakan', en: 'Kind of action' },
  'bulk.file': { ms: 'Fail CSV', en: 'CSV file' },
  'bulk.fileHint': {
    ms: 'CSV dari Excel atau program lain, sehingga 5 MB. UTF-8, UTF-16 dan Windows-1252 dibaca.',
    en: 'CSV from Excel or another program, up to 5 MB. UTF-8, UTF-16 and Windows-1252 are read.',
  },
  'bulk.rows': { ms: 'Baris', en: 'Rows' },
  'bulk.failed': { ms: 'Gagal', en: 'Failed' },
  'bulk.by': { ms: 'Oleh', en: 'By' },
  'bulk.mailbox': { ms: 'Mailbox (e-mel atau Login ID)', en: 'Mailbox (e-mail or login ID)' },
  'bulk.list': { ms: 'E-mel senarai mel', en: "Mailing list's e-mail" },
  'bulk.member': { ms: 'E-mel ahli', en: "Member's e-mail" },

  'bulk.newLead': {
    ms: 'Pilih jenis tindakan, isi templatnya, dan hantar fail. Tiada apa-apa berubah sehingga anda mengesahkannya.',
    en: 'Choose the kind of action, fill in its template, and send the file. Nothing changes until you confirm it.',
  },
  'bulk.otherKind': { ms: 'Pilih jenis lain', en: 'Choose another kind' },
  'bulk.getTemplate': { ms: 'Isi templat', en: 'Fill in the template' },
  'bulk.template': { ms: 'Muat turun templat', en: 'Download the template' },
  'bulk.filled': { ms: 'Muat turun nilai semasa', en: 'Download the present values' },
  'bulk.sendFile': { ms: 'Hantar fail', en: 'Send the file' },
  'bulk.verified': {
    ms: 'Nyatakan sekali bagi seluruh fail, dengan siapa ketulenan orang di dalamnya telah disahkan (SOP 4.1 langkah 2). Ia disimpan pada setiap kod akses.',
    en: 'Say once for the whole file with whom it was verified that its people are genuine (SOP 4.1 step 2). It is kept with each access code.',
  },
  'bulk.notVerified': {
    ms: 'Fail ini dihantar sebelum pengesahan ketulenan diminta. Hantar semula dan nyatakan dengan siapa ia disahkan.',
    en: 'This file was sent before verification was asked for. Send it again and say with whom its people were verified.',
  },
  'bulk.upload': { ms: 'Semak fail', en: 'Check the file' },
  'bulk.nothingYet': {
    ms: 'Fail disemak sahaja; kesannya ditunjukkan dahulu.',
    en: 'The file is only checked; what it would do is shown first.',
  },
  'bulk.rule.rows': {
    ms: 'Baris pertama ialah tajuk lajur; baris contoh dalam templat diganti dengan baris anda. Paling banyak {most} baris.',
    en: 'The first line holds the headings; put your rows in place of the example. At most {most} rows.',
  },
  'bulk.rule.choices': {
    ms: 'Pilihan ditulis seperti pada borang; beberapa perkhidmatan dipisahkan dengan koma. Kotak: ya atau tidak.',
    en: 'Choices are written as on the form; several services are separated by commas. Boxes: yes or no.',
  },
  'bulk.rule.unchanged': {
    ms: 'Sel kosong tidak mengubah apa-apa. Untuk mengosongkan maklumat, tulis {word}.',
    en: 'An empty cell changes nothing. To make something empty, write {word}.',
  },
  'bulk.chooseFile': { ms: 'Pilih fail CSV.', en: 'Choose a CSV file.' },
  'bulk.uploaded': { ms: 'Fail telah diterima.', en: 'The file has arrived.' },
  'bulk.nextCheck': { ms: 'Lihat kesannya, kemudian sahkan', en: 'Look at what it would do, then confirm' },

  'bulk.file.empty': {
    ms: 'Fail itu tiada baris. Isi sekurang-kurangnya satu baris di bawah tajuk lajur.',
    en: 'The file has no rows. Fill in at least one line below the headings.',
  },
  'bulk.file.binary': {
    ms: 'Fail itu bukan teks CSV. Simpan daripada hamparan sebagai "CSV UTF-8" dan hantar sekali lagi.',
    en: 'The file is not CSV text. Save it from the spreadsheet as "CSV UTF-8" and send it again.',
  },
  'bulk.file.many': {
    ms: 'Fail itu melebihi {most} baris. Bahagikan kepada beberapa fail.',
    en: 'The file has more than {most} rows. Split it into several files.',
  },
  'bulk.file.lines': {
    ms: 'Fail itu melebihi {most} baris, termasuk baris kosong. Buang baris kosong dan hantar sekali lagi.',
    en: 'The file has more than {most} lines, with the empty ones. Delete the empty lines and send it again.',
  },
  'bulk.file.wide': {
    ms: 'Baris {line} melebihi {most} lajur. Buang lajur yang tidak ada dalam templat dan hantar sekali lagi.',
    en: 'Line {line} has more than {most} columns. Delete the columns that are not in the template and send it again.',
  },
  'bulk.file.full': {
    ms: 'Fail itu melebihi {most} sel, dikira hingga baris {line}. Buang lajur kosong, atau bahagikan kepada beberapa fail.',
    en: 'The file has more than {most} cells, counted up to line {line}. Delete empty columns, or split it into several files.',
  },
  'bulk.file.long': {
    ms: 'Baris {line} terlalu panjang: had sebaris ialah {most} KB. Semak tanda petik pada baris itu dan sebelumnya.',
    en: 'Line {line} is too long: a line may hold {most} KB. Look at the quotation marks in it and before.',
  },
  'bulk.file.quotes': {
    ms: 'Tanda petik tidak betul pada atau sebelum baris {line}. Betulkan dan hantar sekali lagi.',
    en: 'A quotation mark is wrong at or before line {line}. Correct it and send the file again.',
  },
  'bulk.file.cells': {
    ms: 'Baris ini ada {found} sel, sepatutnya {wanted}.',
    en: 'This line has {found} cells where there should be {wanted}.',
  },
  'bulk.heading.wrong': {
    ms: 'Tajuk lajur tidak betul. {faults} Gunakan tajuk daripada templat.',
    en: 'The headings are not right. {faults} Use those of the template.',
  },
  'bulk.heading.unknown': { ms: 'Tidak dikenali: {headings}.', en: 'Not known: {headings}.' },
  'bulk.heading.doubled': { ms: 'Berulang: {headings}.', en: 'There twice: {headings}.' },
  'bulk.heading.missing': { ms: 'Tiada: {headings}.', en: 'Missing: {headings}.' },

  'bulk.yesOrNo': { ms: 'Tulis ya atau tidak, bukan "{typed}".', en: 'Write yes or no, not "{typed}".' },
  'bulk.notAChoice': {
    ms: '"{typed}" bukan satu pilihan. Pilih daripada: {choices}.',
    en: '"{typed}" is not one of the choices. Choose from: {choices}.',
  },
  'bulk.spoilt': {
    ms: '"{typed}" ada huruf yang rosak semasa fail disimpan. Taip semula huruf itu, dan simpan sebagai "CSV UTF-8".',
    en: '"{typed}" holds a letter that was spoilt when the file was saved. Type it again, and save as "CSV UTF-8".',
  },
  'bulk.twice': {
    ms: 'Sama dengan baris {line}. Padam salah satu.',
    en: 'The same as in line {line}. Delete one of them.',
  },
  'bulk.noMailbox': {
    ms: '"{typed}" tidak ditemui dalam agensi anda. Semak ejaannya.',
    en: '"{typed}" was not found in your agency. Check how it is spelt.',
  },
  'bulk.noList': {
    ms: 'Senarai mel "{typed}" tidak ditemui dalam agensi anda. Semak ejaannya.',
    en: 'The mailing list "{typed}" was not found in your agency. Check how it is spelt.',
  },
  'bulk.notFound': { ms: 'Tidak ditemui dalam agensi anda.', en: 'Not found in your agency.' },
  'bulk.unexpected': {
    ms: 'Tidak dapat dilaksanakan. Cuba baris ini pada borangnya sendiri, atau hubungi Meja Bantuan.',
    en: 'It could not be carried out. Try this row on its own form, or tell the helpdesk.',
  },
  'bulk.codeUsed': { ms: 'Kod sudah digunakan atau dibatalkan.', en: 'The code has been used or revoked.' },
  'bulk.changedSince': {
    ms: 'Sudah diubah selepas itu, jadi dibiarkan.',
    en: 'It was changed since, so it is left as it is.',
  },

  'bulk.column': { ms: 'Lajur', en: 'Column' },
  'bulk.column.line': { ms: 'Baris fail', en: 'Line' },
  'bulk.column.problem': { ms: 'Keputusan', en: 'Result' },
  'bulk.wholeRow': { ms: 'Seluruh baris', en: 'The whole row' },
  'bulk.row': { ms: 'Siapa atau apa', en: 'Who or what' },
  'bulk.rowsHeading': { ms: 'Baris demi baris', en: 'Row by row' },
  'bulk.problems': { ms: 'Apa yang perlu dibetulkan', en: 'What has to be put right' },
  'bulk.noRows': { ms: 'Tiada baris.', en: 'There are no rows.' },
  'bulk.rowsComing': {
    ms: 'Fail masih dibaca. Baris-barisnya disenaraikan di sini sebaik sahaja semuanya dibaca.',
    en: 'The file is still being read. Its rows are listed here as soon as all of them are.',
  },
  'bulk.rowsComingBack': {
    ms: 'Baris yang akan dibatalkan masih dikumpulkan. Semuanya disenaraikan di sini sebaik sahaja lengkap.',
    en: 'The rows to be taken back are still being gathered. They are listed here as soon as all of them are.',
  },
  'bulk.rowsDiscarded': {
    ms: 'Baris fail yang dipadam tidak disimpan.',
    en: 'The rows of a discarded file are not kept.',
  },
  'bulk.rowsGone': {
    ms: 'Baris-barisnya tidak disimpan lagi. Setiap perubahan kekal dalam jejak audit.',
    en: 'Its rows are kept no more. Every change stays in the audit trail.',
  },
  'bulk.searchRows': { ms: 'Nama, alamat atau nombor baris', en: 'Name, address or line' },
  'bulk.row.unchecked': { ms: 'Belum disemak', en: 'Not checked yet' },
  'bulk.row.bad': { ms: 'Perlu dibetulkan', en: 'To be put right' },
  'bulk.row.waiting': { ms: 'Menunggu', en: 'Waiting' },
  'bulk.row.done': { ms: 'Selesai', en: 'Done' },
  'bulk.row.failed': { ms: 'Gagal', en: 'Failed' },
  'bulk.row.left': { ms: 'Tidak dilaksanakan', en: 'Left out' },
  'bulk.row.undone': { ms: 'Dibatalkan', en: 'Taken back' },
  'bulk.row.noted': { ms: 'Perlu dilihat', en: 'Worth a look' },
  'bulk.row.same': { ms: 'Sudah begitu', en: 'Already so' },

  'bulk.state.unfinished': {
    ms: 'Menunggu giliran atau sedang dilaksanakan',
    en: 'Waiting its turn or being carried out',
  },
  'bulk.state.uploaded': { ms: 'Sedang disemak', en: 'Being checked' },
  'bulk.state.refused': { ms: 'Ada kesilapan', en: 'Has errors' },
  'bulk.state.checked': { ms: 'Menunggu pengesahan', en: 'Waiting to be confirmed' },
  'bulk.state.confirmed': { ms: 'Menunggu giliran', en: 'Waiting its turn' },
  'bulk.state.running': { ms: 'Sedang dilaksanakan', en: 'Being carried out' },
  'bulk.state.done': { ms: 'Selesai', en: 'Done' },
  'bulk.state.cancelled': { ms: 'Dihentikan', en: 'Cancelled' },
  'bulk.state.stopped': { ms: 'Terhenti', en: 'Stopped' },
  'bulk.state.discarded': { ms: 'Dipadam', en: 'Discarded' },
  'bulk.stateText.uploaded': {
    ms: 'Setiap baris sedang dicuba dengan data sebenar; belum ada yang berubah.',
    en: 'Every row is being tried against the data; nothing has changed.',
  },
  'bulk.stateText.refused': {
    ms: 'Tiada apa-apa dilaksanakan. Betulkan baris di bawah dalam fail anda dan hantar sekali lagi. Fail ini dipadam selepas {date}.',
    en: 'Nothing was carried out. Correct the lines below in your file and send it again. This file is deleted after {date}.',
  },
  'bulk.stateText.checked': {
    ms: 'Semua baris boleh dilaksanakan; belum ada yang berubah. Jika tidak disahkan, fail dipadam selepas {date}.',
    en: 'All rows can be carried out; nothing has changed. If it is not confirmed, the file is deleted after {date}.',
  },
  'bulk.stateText.confirmed': {
    ms: 'Ia bermula apabila kerja sebelumnya selesai. Anda boleh meninggalkan halaman ini.',
    en: 'It begins when the work before it is done. You may leave this page.',
  },
  'bulk.stateText.running': {
    ms: 'Anda boleh meninggalkan halaman ini; kerja diteruskan.',
    en: 'You may leave this page; the work goes on.',
  },
  'bulk.stateText.done': {
    ms: 'Keputusan setiap baris ada di bawah.',
    en: 'What each row came to is below.',
  },
  'bulk.stateText.cancelled': {
    ms: 'Baris yang belum dilaksanakan ditinggalkan; yang sudah selesai kekal.',
    en: 'Rows that had not been carried out were left out; what was done stays.',
  },
  'bulk.stateText.stopped': {
    ms: 'Orang yang mengesahkannya bukan lagi pentadbir agensi ini, jadi selebihnya ditinggalkan.',
    en: 'Whoever confirmed it is no administrator of this agency any more, so the rest was left out.',
  },
  'bulk.stateText.discarded': {
    ms: 'Fail dipadam sebelum disahkan; tiada apa-apa dilaksanakan.',
    en: 'The file was discarded before it was confirmed; nothing was carried out.',
  },
  'bulk.progress': { ms: 'Kemajuan', en: 'Progress' },
  'bulk.progressText': { ms: '{handled} daripada {total} baris.', en: '{handled} of {total} rows.' },
  'bulk.lookAgain': { ms: 'Lihat sekarang', en: 'Look now' },
  'bulk.uploadedBy': { ms: 'Dihantar oleh', en: 'Sent by' },
  'bulk.confirmedBy': { ms: 'Disahkan oleh', en: 'Confirmed by' },
  'bulk.finishedAt': { ms: 'Tamat pada', en: 'Ended' },

  'bulk.effect': { ms: 'Apa yang akan berlaku', en: 'What will happen' },
  'bulk.effect.same': {
    ms: '{count} baris tidak mengubah apa-apa: sudah begitu.',
    en: '{count} {count:row changes|rows change} nothing: it is so already.',
  },
  'bulk.effect.moreLists': { ms: 'Dan {count} senarai lagi.', en: 'And {count} more {count:list|lists}.' },
  'bulk.effect.mails': {
    ms: '{count} e-mel {mail} kepada {people} orang.',
    en: '{count} {count:mail|mails} {mail} to {people} {people:person|people}.',
  },
  'bulk.effect.noMails': { ms: 'Tiada e-mel dihantar.', en: 'Nobody is mailed.' },
  'bulk.effect.alone': {
    ms: 'Senarai {name} tidak akan mempunyai pengendali yang aktif. Tambah pengendali lain dahulu.',
    en: 'The list {name} will have no active owner. Give it another owner first.',
  },
  'bulk.effect.noted': {
    ms: '{count} baris perlu dilihat: orang itu sudah ada permintaan, kod akses atau mailbox.',
    en: '{count} rows are worth a look: the person has a request, an access code or a mailbox already.',
  },
  'bulk.seeNoted': { ms: 'Lihat baris itu', en: 'See those rows' },
  'bulk.earlier': {
    ms: 'Fail yang sama ini telah dilaksanakan pada {time} oleh {name}. Sahkan hanya jika memang mahu diulang.',
    en: 'This very file was run on {time} by {name}. Confirm only if you mean to do it again.',
  },
  'bulk.seeEarlier': { ms: 'Lihat kerja itu', en: 'See that run' },

  'bulk.confirm': { ms: 'Sahkan dan laksanakan {count} baris', en: 'Confirm and carry out {count} rows' },
  'bulk.confirmed': {
    ms: 'Disahkan. Tindakan dilaksanakan di latar belakang.',
    en: 'Confirmed. The work goes on in the background.',
  },
  'bulk.again': { ms: 'Hantar fail yang dibetulkan', en: 'Send the corrected file' },
  'bulk.discard': { ms: 'Padam fail ini', en: 'Discard this file' },
  'bulk.discardText': {
    ms: 'Fail dan semua barisnya akan dipadam. Tiada apa-apa dilaksanakan.',
    en: 'The file and all its rows will be deleted. Nothing is carried out.',
  },
  'bulk.cancel': { ms: 'Hentikan selebihnya', en: 'Cancel the rest' },
  'bulk.cancelText': {
    ms: 'Baris yang belum dilaksanakan ditinggalkan. Yang sudah selesai kekal, dan boleh dibatalkan kemudian jika jenisnya membenarkan.',
    en: 'Rows that are not carried out yet are left out. What is done stays, and can be taken back afterwards where its kind allows.',
  },
  'bulk.cancelDone': { ms: 'Dihentikan.', en: 'Stopped.' },
  'bulk.discardDone': {
    ms: 'Fail dipadam. Tiada apa-apa dilaksanakan.',
    en: 'The file is discarded. Nothing was carried out.',
  },
  'bulk.notOpen': {
    ms: 'Tindakan ini tidak menunggu pengesahan. Lihat statusnya di bawah.',
    en: 'This work is not waiting to be confirmed. See below how it stands.',
  },
  'bulk.confirmedAlready': {
    ms: 'Sudah disahkan oleh {name} pada {time}.',
    en: 'It was confirmed already by {name} on {time}.',
  },
  'bulk.hasEnded': { ms: 'Tindakan ini sudah tamat.', en: 'This action has ended already.' },

  'bulk.undo': { ms: 'Batalkan tindakan ini', en: 'Take this action back' },
  'bulk.undoing': { ms: 'Pembatalan', en: 'Taking back' },
  'bulk.undoText': {
    ms: '{count} baris akan dibatalkan, baris terakhir dahulu, sebagai tindakan tersendiri. Yang sudah berubah selepas itu dibiarkan dan dinamakan.',
    en: '{count} {count:row|rows} will be taken back, the last first, as a run of its own. What was changed since is left alone and named.',
  },
  'bulk.undoHint': {
    ms: 'Disimpan bersama tindakan ini dan dalam jejak audit.',
    en: 'Kept with this work and in the audit trail.',
  },
  'bulk.undoConfirmed': {
    ms: 'Pembatalan dilaksanakan di latar belakang.',
    en: 'It is being taken back in the background.',
  },
  'bulk.undoneRun': { ms: 'Tindakan yang dibatalkan', en: 'The action that is taken back' },
  'bulk.undoRun': { ms: 'Pembatalan disahkan oleh {name} pada {time}', en: 'Taken back by {name} on {time}' },
  'bulk.undoOfUndo': {
    ms: 'Pembatalan tidak boleh dibatalkan. Hantar fail baharu.',
    en: 'What takes back cannot be taken back. Send a new file.',
  },
  'bulk.nothingToUndo': { ms: 'Tiada yang boleh dibatalkan.', en: 'There is nothing to take back.' },
  'bulk.beingUndone': { ms: 'Tindakan ini sedang dibatalkan.', en: 'This action is being taken back already.' },

  'audit.bulk.uploaded': { ms: 'Fail tindakan pukal dihantar', en: 'Bulk file sent' },
  'audit.bulk.confirmed': { ms: 'Tindakan pukal disahkan', en: 'Bulk action confirmed' },
  'audit.bulk.cancelled': { ms: 'Tindakan pukal dihentikan', en: 'Bulk action cancelled' },
  'audit.bulk.discarded': { ms: 'Fail tindakan pukal dipadam', en: 'Bulk file discarded' },
  'audit.bulk.stopped': { ms: 'Tindakan pukal terhenti', en: 'Bulk action stopped' },
  'audit.bulk.undo-confirmed': {
    ms: 'Pembatalan tindakan pukal disahkan',
    en: 'Taking back of a bulk action confirmed',
  },
} as const;
