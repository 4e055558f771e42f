/** SOP 6.0: letters and scanned forms that are filed with a case. */
export const attachmentTexts = {
  'field.attachments': { ms: 'Lampiran', en: 'Attachments' },
  'attachment.hint': {
    ms: 'Surat atau borang yang diimbas: sehingga 5 fail PDF, JPEG atau PNG, 5 MB setiap satu. Pilih semuanya serentak.',
    en: 'Letters or scanned forms: up to 5 files, PDF, JPEG or PNG, 5 MB each. Choose all of them together.',
  },
  'attachment.heading': { ms: 'Lampiran', en: 'Attachments' },
  'attachment.sealed': {
    ms: 'Cap integriti rekod ini meliputi SHA-256 setiap lampiran.',
    en: 'The integrity seal of this record covers the SHA-256 of each attachment.',
  },
  'attachment.again': {
    ms: 'Borang ini belum dihantar dan fail tidak disimpan. Pilih semula: {names}',
    en: 'The form was not sent, and its files were not kept. Choose again: {names}',
  },
  'attachment.tooMany': {
    ms: 'Sehingga {most} fail boleh dilampirkan. Kurangkan, atau gabungkan halaman dalam satu PDF.',
    en: 'Up to {most} files can be attached. Choose fewer, or put the pages into one PDF.',
  },
  'attachment.heldAlready': {
    ms: 'Sehingga {most} fail boleh dilampirkan, dan sudah ada {held}. Kurangkan, atau gabungkan halaman dalam satu PDF.',
    en: 'Up to {most} files can be attached, and {held} are there already. Choose fewer, or put the pages into one PDF.',
  },
  'attachment.tooLarge': {
    ms: '{name} melebihi 5 MB. Imbas dengan resolusi lebih rendah (150 hingga 200 dpi), kemudian pilih fail baharu itu.',
    en: '{name} is larger than 5 MB. Scan it at a lower resolution (150 to 200 dpi), and choose the new file.',
  },
  'attachment.tooMuch': {
    ms: 'Fail melebihi {most} MB kesemuanya. Pilih lebih sedikit fail, 5 MB setiap satu.',
    en: 'The files are larger than {most} MB together. Choose fewer, of 5 MB each.',
  },
  'attachment.empty': {
    ms: '{name} kosong: tiada apa-apa di dalamnya. Simpan atau imbas semula, kemudian pilih fail baharu itu.',
    en: '{name} is empty: there is nothing in it. Save or scan it again, and choose the new file.',
  },
  'attachment.wrongType': {
    ms: '{name} bukan PDF, JPEG atau PNG, walau apa pun namanya. Simpan atau imbas sebagai salah satu daripadanya.',
    en: '{name} is no PDF, JPEG or PNG, whatever it is called. Save or scan it as one of these.',
  },
  'attachment.notWhole': {
    ms: '{name} tidak lengkap: hujung fail tiada. Simpan atau imbas semula, kemudian pilih fail baharu itu.',
    en: '{name} is not whole: its end is missing. Save or scan it again, and choose the new file.',
  },
  'attachment.gone': {
    ms: 'Fail ini tiada lagi dalam pangkalan data. Beritahu pentadbir pelayan: semakan malam (check) menamakannya.',
    en: 'This file is not in the database any more. Tell whoever runs the server: the nightly check names it.',
  },
  'attachment.harmful': {
    ms: '{name} tidak diterima: pengimbas virus agensi mendapati fail itu berbahaya. Jangan buka fail itu. Imbas semula dokumen asal, atau hubungi pasukan keselamatan ICT agensi anda.',
    en: '{name} was not taken: the virus scanner of the agency found it harmful. Do not open it. Scan the paper anew, or call the ICT security team of your agency.',
  },
  'attachment.notExamined': {
    ms: '{name} tidak dapat diperiksa oleh pengimbas virus sekarang. Cuba lagi kemudian, atau hantar tanpa fail dan serahkan dokumen dengan cara lain.',
    en: '{name} could not be examined by the virus scanner now. Try again later, or send the form without the file and hand the paper in another way.',
  },
  'audit.attachment.harmful': { ms: 'Fail berbahaya ditolak', en: 'Harmful file refused' },
  'audit.attachment.added': { ms: 'Fail dilampirkan', en: 'File attached' },
  'audit.attachment.downloaded': { ms: 'Lampiran dimuat turun', en: 'Attachment downloaded' },
  'field.file_name': { ms: 'Nama fail', en: 'File name' },
  'field.file_size': { ms: 'Saiz (bait)', en: 'Size (bytes)' },
  'field.sha256': { ms: 'SHA-256', en: 'SHA-256' },
} as const;
