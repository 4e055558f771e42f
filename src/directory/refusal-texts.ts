/** What a directory said, in words for people, each with what to do. */
export const refusalTexts = {
  'directory.refused.password': {
    ms: 'Direktori menolak katalaluan itu: terlalu pendek, terlalu mudah, pernah digunakan, atau mengandungi sebahagian nama. Pilih katalaluan lain.',
    en: 'The directory refused the password: too short, too simple, used before, or with a part of the name in it. Choose another one.',
  },
  'directory.refused.loginName': {
    ms: 'Nama akaun itu tidak dibenarkan dalam direktori: lebih daripada 20 aksara, atau ada tanda yang tidak dibenarkan. Tukar Login ID.',
    en: 'The directory does not allow this account name: more than 20 characters, or a sign that it does not take. Change the login ID.',
  },
  'directory.refused.inUse': {
    ms: 'Satu nilai yang mesti unik telah digunakan oleh objek lain, biasanya nama log masuk (userPrincipalName). Cari objek itu, kemudian cuba lagi.',
    en: 'Another object has a value that must be unique, usually the sign-in name (userPrincipalName). Find that object, then try again.',
  },
  'directory.refused.nameInUse': {
    ms: 'Objek lain yang bukan milik IPMS telah menggunakan nama ini. Namakan semula atau padam objek itu, kemudian cuba lagi.',
    en: 'Another object, which is not one of IPMS, has this name. Rename or remove that object, then try again.',
  },
  'directory.refused.tooLong': {
    ms: 'Satu nilai terlalu panjang untuk direktori. Pendekkan nilai itu dalam IPMS.',
    en: 'A value is too long for the directory. Shorten it in IPMS.',
  },
  'directory.refused.gone': {
    ms: 'Objek ini, atau objek yang dirujuknya, tiada lagi dalam direktori. Semak sama ada objek itu telah dipadam, kemudian bandingkan semula.',
    en: 'The object, or one that it names, is not in the directory any more. See whether somebody deleted it, then compare again.',
  },
  'directory.refused.container': {
    ms: 'Unit organisasi (OU) bagi objek ini tidak dapat digunakan. Semak bahawa OU itu wujud, kemudian cuba lagi.',
    en: 'The organizational unit (OU) of the object cannot be used. See that it is there, then try again.',
  },
  'directory.refused.rights': {
    ms: 'Akaun perkhidmatan IPMS tiada hak untuk perubahan ini. Minta pentadbir direktori memberikan hak itu, kemudian cuba lagi.',
    en: 'The service account of IPMS has no right to this change. Ask the administrators of the directory for it, then try again.',
  },
  'directory.refused.attribute': {
    ms: 'Direktori ini tiada medan tersebut, atau medan itu telah kosong. Bandingkan semula.',
    en: 'This directory does not have the field, or the field is empty already. Compare again.',
  },
  'directory.refused.value': {
    ms: 'Direktori tidak menerima satu nilai. Betulkan nilai itu dalam IPMS.',
    en: 'The directory does not accept a value. Correct it in IPMS.',
  },
  'directory.refused.name': {
    ms: 'Nama ini tidak boleh digunakan dalam direktori: kosong, atau mengandungi aksara kawalan. Betulkan nama itu dalam IPMS.',
    en: 'The name cannot be used in a directory: it is empty, or has control characters in it. Correct it in IPMS.',
  },
  'directory.refused.unwilling': {
    ms: 'Direktori enggan melakukan perubahan ini kerana dasarnya sendiri. Tanya pentadbir direktori, kemudian cuba lagi.',
    en: 'The directory is not willing to make this change, by a policy of its own. Ask its administrators, then try again.',
  },
  'directory.refused.notEmpty': {
    ms: 'Unit organisasi (OU) itu masih mengandungi objek. Alihkan objek tersebut, kemudian cuba lagi.',
    en: 'There are still objects in the organizational unit (OU). Move them elsewhere, then try again.',
  },
  'directory.refused.outside': {
    ms: 'Objek ini terletak di luar bahagian direktori yang diuruskan oleh IPMS. Alihkan objek itu kembali, kemudian cuba lagi.',
    en: 'The object lies outside the part of the directory that IPMS looks after. Move it back, then try again.',
  },
  'directory.refused.other': {
    ms: 'Direktori menolak perubahan ini. Tunjukkan kata-katanya kepada pentadbir direktori, kemudian cuba lagi.',
    en: 'The directory refused the change. Show its words to the administrators of the directory, then try again.',
  },
  'directory.refused.keptDifferent': {
    ms: 'Perubahan telah dihantar beberapa kali, tetapi direktori tetap menunjukkan nilai lain. Semak sama ada program lain mengubahnya, kemudian cuba lagi.',
    en: 'The change was sent several times, and the directory still shows something else. See whether another program changes it back, then try again.',
  },
  'directory.unfit': {
    ms: '{field} mengandungi {length} aksara; direktori menerima paling banyak {limit}. Pendekkannya dalam IPMS.',
    en: '{field} has {length} characters; the directory takes {limit} at most. Shorten it in IPMS.',
  },
  'directory.several': {
    ms: 'Beberapa objek dalam direktori ditanda sebagai objek yang sama, maka tiada satu pun disentuh. Padam salinan itu, kemudian cuba lagi.',
    en: 'Several objects in the directory are marked as the same one, so none of them is touched. Delete the copy, then try again.',
  },
  'directory.addressTaken': {
    ms: 'Alamat {address} dimiliki oleh objek lain dalam direktori ({object}), maka kedua-duanya tidak disentuh. Keluarkan alamat itu daripada objek tersebut, atau ambil alih objek itu.',
    en: 'The address {address} belongs to another object in the directory ({object}), so neither is touched. Take the address away from that object, or adopt it.',
  },
  'directory.away.unreachable': {
    ms: 'Direktori tidak dapat dihubungi atau tidak menjawab. IPMS akan mencuba lagi; semak pelayan dan rangkaian jika ini berterusan.',
    en: 'The directory cannot be reached, or does not answer. IPMS will try again; look at the server and the network if it lasts.',
  },
  'directory.away.busy': {
    ms: 'Direktori sedang sibuk atau sedang dihentikan. IPMS akan mencuba lagi.',
    en: 'The directory is busy, or being stopped. IPMS will try again.',
  },
  'directory.away.brokenOff': {
    ms: 'Direktori menghentikan carian sebelum selesai, maka tiada kesimpulan dibuat. Naikkan had carian bagi akaun perkhidmatan IPMS.',
    en: 'The directory broke off a search, so nothing was concluded from it. Raise the search limits of the service account of IPMS.',
  },
  'directory.away.certificate': {
    ms: 'Sijil direktori tidak dipercayai: tamat tempoh, bagi nama lain, atau daripada pihak berkuasa lain. Perbaharui sijil itu, atau betulkan IPMS_LDAP_CA_FILE.',
    en: 'The certificate of the directory is not trusted: expired, for another name, or of another authority. Renew it, or correct IPMS_LDAP_CA_FILE.',
  },
  'directory.away.password': {
    ms: 'Katalaluan akaun perkhidmatan IPMS salah. IPMS menunggu sepuluh minit supaya akaun itu tidak terkunci; betulkan IPMS_LDAP_PASSWORD_FILE.',
    en: 'The password of the service account of IPMS is wrong. IPMS waits ten minutes so that the account is not locked; correct IPMS_LDAP_PASSWORD_FILE.',
  },
  'directory.away.passwordFile': {
    ms: 'Katalaluan akaun perkhidmatan IPMS tidak dapat dibaca. Betulkan IPMS_LDAP_PASSWORD_FILE, atau pemilik dan mod fail itu.',
    en: 'The password of the service account of IPMS cannot be read. Correct IPMS_LDAP_PASSWORD_FILE, or the owner and mode of that file.',
  },
  'directory.away.disabled': {
    ms: 'Akaun perkhidmatan IPMS telah dinyahaktifkan dalam direktori. Aktifkan semula akaun itu.',
    en: 'The service account of IPMS is disabled in the directory. Enable it again.',
  },
  'directory.away.expired': {
    ms: 'Akaun perkhidmatan IPMS telah tamat tempoh dalam direktori. Lanjutkan tempohnya.',
    en: 'The service account of IPMS has expired in the directory. Extend it.',
  },
  'directory.away.mustChange': {
    ms: 'Katalaluan akaun perkhidmatan IPMS mesti ditukar. Tetapkan katalaluan yang tidak tamat tempoh, dan kemas kini IPMS_LDAP_PASSWORD_FILE.',
    en: 'The password of the service account of IPMS must be changed. Set one that does not expire, and update IPMS_LDAP_PASSWORD_FILE.',
  },
  'directory.away.locked': {
    ms: 'Akaun perkhidmatan IPMS dikunci dalam direktori. Buka kuncinya, dan cari siapa yang mencuba katalaluan yang salah.',
    en: 'The service account of IPMS is locked in the directory. Unlock it, and find who tried wrong passwords.',
  },
  'directory.away.base': {
    ms: 'Bahagian direktori bagi IPMS (IPMS_LDAP_BASE_DN) tidak wujud, atau tidak boleh dibaca. Betulkan tetapan, atau pulihkan OU itu.',
    en: 'The part of the directory for IPMS (IPMS_LDAP_BASE_DN) is not there, or cannot be read. Correct the setting, or bring the OU back.',
  },
  'directory.away.domain': {
    ms: 'Pelayan yang menjawab milik domain lain. Betulkan IPMS_LDAP_URL atau IPMS_LDAP_BASE_DN.',
    en: 'The server that answered belongs to another domain. Correct IPMS_LDAP_URL or IPMS_LDAP_BASE_DN.',
  },
} as const;
