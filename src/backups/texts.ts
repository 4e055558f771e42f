/** Texts of src/backups. */
export const backupTexts = {
  'menu.backups': { ms: 'Salinan sandaran', en: 'Backups' },
  'outbox.mail.backup-trouble': { ms: 'Salinan sandaran tiada atau gagal', en: 'Backup missing or failed' },
  'audit.backup.asked': { ms: 'Salinan sandaran diminta', en: 'Backup asked for' },
  'audit.backup.made': { ms: 'Salinan sandaran dibuat', en: 'Backup made' },
  'audit.backup.removed': { ms: 'Salinan sandaran lama dipadam', en: 'Old backup removed' },
  'audit.backup.lost': { ms: 'Salinan sandaran hilang atau rosak', en: 'Backup gone or spoilt' },
  'audit.backup.back': { ms: 'Salinan sandaran ditemui semula', en: 'Backup found again' },

  'backup.title': { ms: 'Salinan sandaran', en: 'Backups' },
  'backup.intro': {
    ms: 'Salinan pangkalan data, termasuk lampiran. Setiap salinan dibuka dan disemak sepenuhnya sebelum dikira.',
    en: 'Copies of the database, attachments included. Each is opened and checked in full before it counts.',
  },
  'backup.off': {
    ms: 'IPMS tidak membuat salinan sandaran secara automatik: IPMS_BACKUP_DIR belum ditetapkan. Minta pentadbir pelayan menetapkannya, atau pastikan salinan dibuat dengan cara lain.',
    en: 'IPMS makes no backups by itself: IPMS_BACKUP_DIR is not set. Ask whoever runs the server to set it, or make sure that backups are made in another way.',
  },
  'backup.underWay': {
    ms: 'Satu salinan sedang dibuat sejak {time}.',
    en: 'A backup has been in the making since {time}.',
  },
  'backup.waits': {
    ms: 'Satu salinan diminta dan akan dimulakan dalam beberapa saat.',
    en: 'A backup was asked for and begins within seconds.',
  },
  'backup.lookAgain': { ms: 'Lihat semula', en: 'Look again' },
  'backup.newest': { ms: 'Salinan baik yang terbaru', en: 'Newest good backup' },
  'backup.never': { ms: 'Belum ada', en: 'None yet' },
  'backup.fresh': { ms: '{time} (kurang sejam yang lalu)', en: '{time} (less than an hour ago)' },
  'backup.age': { ms: '{time} ({hours} jam yang lalu)', en: '{time} ({hours} {hours:hour|hours} ago)' },
  'backup.ageDays': { ms: '{time} ({days} hari yang lalu)', en: '{time} ({days} {days:day|days} ago)' },
  'backup.next': { ms: 'Salinan seterusnya', en: 'Next backup' },
  'backup.folder': { ms: 'Folder', en: 'Folder' },
  'backup.second': { ms: 'Tempat kedua', en: 'Second place' },
  'backup.noSecond': {
    ms: 'Tiada (IPMS_BACKUP_COPY_TO): jika cakera ini rosak, salinannya turut hilang',
    en: 'None (IPMS_BACKUP_COPY_TO): if this disk fails, its backups are lost with it',
  },
  'backup.encryption': { ms: 'Penyulitan', en: 'Encryption' },
  'backup.encryptedFor': { ms: 'age, untuk {keys}', en: 'age, for {keys}' },
  'backup.notEncrypted': {
    ms: 'Tiada (IPMS_BACKUP_RECIPIENT): sesiapa yang mendapat salinan boleh membacanya',
    en: 'None (IPMS_BACKUP_RECIPIENT): whoever gets hold of a backup can read it',
  },
  'backup.kept': { ms: 'Disimpan', en: 'Kept' },
  'backup.keptFor': {
    ms: 'Yang terbaru bagi setiap {days} hari, {weeks} minggu dan {months} bulan yang terakhir',
    en: 'The newest of each of the last {days} {days:day|days}, {weeks} {weeks:week|weeks} and {months} {months:month|months}',
  },
  'backup.looked': { ms: 'Folder diperiksa', en: 'Folder looked at' },
  'backup.key': {
    ms: 'Fail kunci IPMS (IPMS_SECRET_FILE) tiada dalam salinan. Simpan satu salinannya di tempat lain: tanpanya, jejak audit tidak dapat disahkan selepas pemulihan, dan kod aplikasi pengesah tidak dapat digunakan lagi.',
    en: 'The key file of IPMS (IPMS_SECRET_FILE) is not in the backups. Keep one copy of it elsewhere: without it, after a restore the audit trail cannot be verified and the codes of authenticator apps cannot be used any more.',
  },
  'backup.privateKey': {
    ms: 'Kunci persendirian age tidak pernah berada pada pelayan ini. Tanpanya, tiada salinan yang disulitkan dapat dibuka: pastikan ia disimpan di dua tempat.',
    en: 'The private key of age is never on this server. Without it, no encrypted backup can be opened: see that it is kept in two places.',
  },
  'backup.make': { ms: 'Buat salinan sekarang', en: 'Make a backup now' },
  'backup.makeText': {
    ms: 'Misalnya sebelum naik taraf. Halaman lain tidak menunggu.',
    en: 'Before an upgrade, for example. No other page waits for it.',
  },
  'backup.asked': {
    ms: 'Salinan akan dibuat. Muat semula halaman ini selepas seketika untuk melihat hasilnya.',
    en: 'A backup will be made. Reload this page in a while to see what came of it.',
  },
  'backup.askedAlready': {
    ms: 'Satu salinan sudah diminta dan belum bermula. Tidak perlu diminta lagi.',
    en: 'A backup was asked for already and has not begun. It need not be asked for again.',
  },
  'backup.isOff': {
    ms: 'Salinan tidak boleh dibuat: IPMS_BACKUP_DIR belum ditetapkan. Minta pentadbir pelayan menetapkannya.',
    en: 'No backup can be made: IPMS_BACKUP_DIR is not set. Ask whoever runs the server to set it.',
  },

  'backup.trouble.failed': {
    ms: 'Salinan terakhir gagal dibuat: {why} Dicuba semula selepas sejam.',
    en: 'The last backup could not be made: {why} It is tried again after an hour.',
  },
  'backup.trouble.faults': {
    ms: 'Semakan menemui kesalahan dalam salinan terakhir, seperti dalam pangkalan data sendiri. Salinan itu disimpan, tetapi tidak dikira baik. Minta pentadbir pelayan menjalankan ipms check.',
    en: 'The check found faults in the last backup, as in the database itself. It is kept, but does not count as good. Ask whoever runs the server to run ipms check.',
  },
  'backup.trouble.none': {
    ms: 'Belum ada satu pun salinan yang baik.',
    en: 'There is no good backup yet.',
  },
  'backup.trouble.old': {
    ms: 'Salinan baik yang terbaru dibuat pada {time}: lebih lama daripada sehari.',
    en: 'The newest good backup is of {time}: older than a day.',
  },
  'backup.trouble.lost': {
    ms: 'Salinan ini hilang atau rosak, dan bukan IPMS yang memadamnya: {files}.',
    en: 'These backups are gone or spoilt, and it was not IPMS that removed them: {files}.',
  },
  'backup.trouble.notCopied': {
    ms: 'Tempat kedua tidak mempunyai salinan terbaru: {why}',
    en: 'The second place does not have the newest backup: {why}',
  },
  'backup.mail.subject': {
    ms: 'Salinan sandaran perlu diperhatikan',
    en: 'Backups need to be looked at',
  },
  'backup.mail.what': {
    ms: 'Serahkan e-mel ini kepada pentadbir pelayan: docs/operations.md menerangkan setiap baris. Selagi keadaan ini berterusan, e-mel dihantar sekali sehari.',
    en: 'Hand this mail to whoever runs the server: docs/operations.md explains each line. While this lasts, it is mailed once a day.',
  },

  'backup.list': { ms: 'Salinan', en: 'Copies' },
  'backup.empty': {
    ms: 'Belum ada salinan. Yang pertama dibuat sebaik sahaja IPMS_BACKUP_DIR ditetapkan dan IPMS dimulakan.',
    en: 'There is no backup yet. The first is made as soon as IPMS_BACKUP_DIR is set and IPMS is started.',
  },
  'backup.search': { ms: 'Fail, peminta atau ralat', en: 'File, who asked or error' },
  'backup.file': { ms: 'Fail', en: 'File' },
  'backup.noFile': { ms: 'Tiada fail', en: 'No file' },
  'backup.began': { ms: 'Dimulakan', en: 'Begun' },
  'backup.size': { ms: 'Saiz (MB)', en: 'Size (MB)' },
  'backup.read': { ms: 'Kali terakhir disahkan', en: 'Last verified' },
  'backup.copied': { ms: 'Di tempat kedua', en: 'In the second place' },
  'backup.lastRow': { ms: 'Baris audit terakhir', en: 'Last audit row' },
  'backup.askedBy': { ms: 'Diminta oleh', en: 'Asked for by' },
  'backup.said': { ms: 'Kesalahan', en: 'What is wrong' },
  'backup.state.kept': { ms: 'Dalam folder', en: 'In the folder' },
  'backup.state.good': { ms: 'Baik', en: 'Good' },
  'backup.state.faults': { ms: 'Ada kesalahan', en: 'With faults' },
  'backup.state.failed': { ms: 'Gagal', en: 'Failed' },
  'backup.state.found': { ms: 'Tidak dikenali', en: 'Not known' },
  'backup.state.spoilt': { ms: 'Rosak', en: 'Spoilt' },
  'backup.state.gone': { ms: 'Hilang', en: 'Gone' },
  'backup.state.removed': { ms: 'Dipadam', en: 'Removed' },
} as const;
