type Text = { ms: string; en: string };

/** Two states that cannot both be: a name for the list, why it cannot be, and the query that finds each case as one text. */
export type Contradiction = { what: Text; why: Text; sql: string };

/** A mailbox as whoever looks for it finds it. */
const MAILBOX = "'mailbox ' || mailbox.id || ' (' || mailbox.primary_email || ')'";
const LIST = "'group ' || list.id || ' (' || list.primary_email || ')'";
const PERSON = "'user ' || user.id || ' (' || user.login_id || ')'";

/** No act of IPMS leaves any of these behind: whoever finds one looks for another hand in the database, or for a fault of IPMS. */
export const CONTRADICTIONS: Contradiction[] = [
  {
    what: {
      ms: 'peti mel yang digunakan walaupun penghapusannya telah dilaksanakan',
      en: 'mailbox that lives though its deletion was carried out',
    },
    why: {
      ms: 'Penghapusan menutup peti mel; hanya pemulihan (SOP 4.12) membukanya semula, dan ia mengubah kedua-duanya.',
      en: 'A deletion ends the mailbox; only restoring (SOP 4.12) opens it again, and that changes both.',
    },
    sql: `select ${MAILBOX} from termination join mailbox on mailbox.id = mailbox_id
            where termination.status = 'carried-out' and mailbox.status <> 'deleted'`,
  },
  {
    what: {
      ms: 'peti mel yang dihapuskan tanpa masa penghapusan',
      en: 'deleted mailbox without the moment of its deletion, or the other way round',
    },
    why: {
      ms: 'Tempoh pemulihan (SOP 4.12) dikira dari masa itu.',
      en: 'The days in which it can be restored (SOP 4.12) are counted from that moment.',
    },
    sql: `select ${MAILBOX} from mailbox where (mailbox.status = 'deleted') <> (deleted_at is not null)`,
  },
  {
    what: {
      ms: 'peti mel aktif walaupun perintah penyahaktifan sedang berkuat kuasa',
      en: 'active mailbox though an order that disables it is in force',
    },
    why: {
      ms: 'SOP 4.9 menutup peti mel selagi perintah berkuat kuasa; SOP 4.10 menamatkan kedua-duanya serentak.',
      en: 'SOP 4.9 keeps the mailbox shut as long as the order is in force; SOP 4.10 ends both at once.',
    },
    sql: `select ${MAILBOX} from disabling join mailbox on mailbox.id = mailbox_id
            where disabling.status = 'in-force' and mailbox.status = 'active'`,
  },
  {
    what: {
      ms: 'peti mel yang keadaannya lain daripada log masuknya',
      en: 'mailbox whose sign-in is in another state',
    },
    why: {
      ms: 'Setiap prosedur yang menutup atau membuka peti mel melakukan perkara yang sama pada log masuknya.',
      en: 'Every procedure that shuts or opens a mailbox does the same to its sign-in.',
    },
    sql: `select ${MAILBOX} from mailbox join user on user.id = user_id where user.status <> mailbox.status`,
  },
  {
    what: {
      ms: 'ahli senarai e-mel yang peti melnya dinyahaktifkan',
      en: 'member of a mailing list whose mailbox is disabled',
    },
    why: {
      ms: 'SOP 4.9 mengeluarkan peti mel daripada semua senarai; SOP 4.10 mengembalikannya.',
      en: 'SOP 4.9 takes the mailbox out of all lists; SOP 4.10 puts it back.',
    },
    sql: `select ${MAILBOX} || ', group ' || group_id from membership join mailbox on member_type = 'mailbox' and mailbox.id = member_id
            where until is null and mailbox.status = 'disabled'`,
  },
  {
    what: {
      ms: 'keahlian senarai e-mel yang ditamatkan tanpa pelaku',
      en: 'membership of a mailing list that was ended by nobody',
    },
    why: {
      ms: 'Apa-apa yang menamatkan keahlian mencatat pelakunya bersama sebab dan masanya.',
      en: 'Whatever ends a membership notes by whom, with the reason and the moment.',
    },
    sql: `select 'membership ' || id || ' (' || member_address || ', group ' || group_id || ')' from membership
            where (until is null) <> (ended_by is null)`,
  },
  {
    what: {
      ms: 'pemilik senarai e-mel daripada agensi lain',
      en: 'owner of a mailing list who is of another agency',
    },
    why: {
      ms: 'Pertukaran agensi mengeluarkan pegawai daripada semua senarai agensi lama.',
      en: 'A transfer takes the officer out of all that the old agency has.',
    },
    sql: `select ${LIST} || ': ' || mailbox.primary_email from group_owner join "group" as list on list.id = group_id
            join mailbox on mailbox.id = mailbox_id where list.status = 'active' and mailbox.agency_id <> list.agency_id`,
  },
  {
    what: {
      ms: 'alamat yang domainnya milik agensi lain',
      en: 'address in the domain of another agency than its own',
    },
    why: {
      ms: 'Domain e-mel yang digunakan tidak boleh diberikan kepada agensi lain.',
      en: 'An e-mail domain that is in use is not given to another agency.',
    },
    sql: `select ${MAILBOX} from mailbox join mail_domain on domain = substr(primary_email, instr(primary_email, '@') + 1)
            where mailbox.status <> 'deleted' and mail_domain.agency_id <> mailbox.agency_id
          union all
          select ${LIST} from "group" as list join mail_domain on domain = substr(primary_email, instr(primary_email, '@') + 1)
            where list.status = 'active' and mail_domain.agency_id <> list.agency_id`,
  },
  {
    what: {
      ms: 'log masuk yang peranan dan agensinya tidak sepadan',
      en: 'sign-in whose role does not go with its agency',
    },
    why: {
      ms: 'Pegawai dan pentadbir tergolong dalam satu agensi; meja bantuan tidak.',
      en: 'Officers and administrators are of an agency, the helpdesk is of none.',
    },
    sql: `select ${PERSON} from user where (role = 'helpdesk') <> (agency_id is null)`,
  },
  {
    what: {
      ms: 'sesi atau pautan bagi orang yang tidak boleh log masuk',
      en: 'session or link of somebody who may not sign in',
    },
    why: {
      ms: 'Log masuk yang ditutup menamatkan semua sesi dan pautannya dalam tindakan yang sama.',
      en: 'Shutting a sign-in ends its sessions and links in the same act.',
    },
    sql: `select ${PERSON} from user where status <> 'active'
            and (exists (select 1 from session where session.user_id = user.id)
              or exists (select 1 from one_time_link as link where link.user_id = user.id))`,
  },
  {
    what: {
      ms: 'pertukaran terbuka bagi peti mel yang bukan lagi milik agensi asal',
      en: 'open transfer of a mailbox that is not of the releasing agency any more',
    },
    why: {
      ms: 'Pertukaran yang dilaksanakan menutup permintaan lain bagi orang yang sama.',
      en: 'A transfer that is carried out closes the others for the same person.',
    },
    sql: `select 'transfer ' || transfer.id from transfer join mailbox on mailbox.id = mailbox_id
            where transfer.status in ('requested', 'agreed') and from_agency_id is not mailbox.agency_id`,
  },
  {
    what: {
      ms: 'tiket yang ditutup tanpa masa penutupan',
      en: 'ticket that was closed or refused, and not at any moment',
    },
    why: {
      ms: 'Menutup atau menolak tiket mencatat masanya dalam tindakan yang sama.',
      en: 'Closing or refusing a ticket notes the moment in the same act.',
    },
    sql: `select 'ticket ' || id from ticket where status in ('closed', 'refused') and ended_at is null`,
  },
  {
    what: {
      ms: 'permohonan akaun yang diputuskan tanpa masa keputusan',
      en: 'decided account request without the moment of its decision',
    },
    why: {
      ms: 'SOP 4.6 mencatat siapa yang memutuskan dan bila.',
      en: 'SOP 4.6 notes who decided, and when.',
    },
    sql: `select 'request ' || id from account_request where status in ('approved', 'refused') and decided_at is null`,
  },
  {
    what: {
      ms: 'rekod yang nombornya tidak sepadan dengan tahun dan urutannya',
      en: 'record whose number does not go with its year and sequence',
    },
    why: {
      ms: 'Nombor rekod (SOP 6.0) dibuat daripada tahun dan urutan; nombor berikutnya dikira daripada urutan.',
      en: 'The number of a record (SOP 6.0) is made of year and sequence, and the next one is counted from the sequence.',
    },
    sql: `select number from record where substr(number, -12) <> printf('/%04d/%06d', year, sequence)`,
  },
];
