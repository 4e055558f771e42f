// The people of the demo data whom tests ask for by their addresses.

export const ADMIN = 'admin.jabatan@jabatan.test';
export const OFFICER = 'pegawai.jabatan@jabatan.test';
export const STRANGER = 'pegawai.kementerian@kementerian.test';
export const CONTACT = 'norhayati@universiti.test';
export const HELPDESK = 'meja.bantuan@bantuan.test';
