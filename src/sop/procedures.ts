import type { Row } from '../data/schema.ts';
import type { AuditAction, Bilingual } from '../texts.ts';

export type Officer = 'user' | 'admin' | 'supervisor' | 'helpdesk' | 'owner';

/** One step of a procedure, as its table in the SOP has it; `done` names the audited actions that carry it out. */
export type Step = { task: Bilingual; who: Officer; done?: AuditAction[] };

export type Procedure = {
  sop: string;
  title: Bilingual;
  /** The page where it begins. */
  page: string;
  steps: Step[];
};

export const OFFICERS: Record<Officer, Bilingual> = {
  user: { ms: 'Pengguna', en: 'User' },
  admin: { ms: 'Pentadbir UC', en: 'UC administrator' },
  supervisor: { ms: 'Pegawai atasan', en: 'Supervisor' },
  helpdesk: { ms: 'Meja Bantuan 1GovUC', en: '1GovUC helpdesk' },
  owner: { ms: 'Pengendali DL', en: 'List owner' },
};

const step = (who: Officer, ms: string, en: string, ...done: AuditAction[]): Step => ({
  task: { ms, en },
  who,
  ...(done.length > 0 ? { done } : {}),
});

const REGISTERED: AuditAction[] = [
  'account-request.registered',
  'account-request.resubmitted',
  'account-request.registered-directly',
];

const DISABLE_ORDERED: AuditAction[] = ['mailbox.disabling-planned', 'mailbox.disabled'];

/** How SOP 4.21, 4.22 and 4.23 end alike. */
const ACT_AND_CHECK: Step[] = [
  step(
    'helpdesk',
    'Membuka tiket dan mengambil tindakan',
    'Open the ticket and act',
    'ticket.resolved',
    'ticket.refused',
  ),
  step(
    'admin',
    'Menyemak melalui OWA atau IPMS: sahkan, atau buka semula tiket',
    'Check through OWA or IPMS: confirm, or reopen the ticket',
    'ticket.closed',
    'ticket.refused',
  ),
];

/** The SOP's procedures that IPMS carries out. Page captions, the rail of steps and the tests come from here. */
export const PROCEDURES: Procedure[] = [
  {
    sop: '4.1',
    title: { ms: 'Permintaan Kod Akses', en: 'Access code request' },
    page: '/access-code-requests/new',
    steps: [
      step(
        'user',
        'Memohon kod akses daripada Pentadbir UC',
        'Ask the UC administrator for an access code',
        'access-code-request.submitted',
      ),
      step(
        'admin',
        'Menyemak kesahihan permohonan dengan sumber manusia atau bahagian',
        'Verify the request with human resources or the division',
        'access-code-request.verified',
      ),
      step(
        'admin',
        'Mendaftarkan pengguna dan menjana kod akses, atau menolak dengan sebab',
        'Register the user and generate the code, or refuse with a reason',
        'access-code.issued',
        'access-code-request.refused',
      ),
      step(
        'admin',
        'Memberi notifikasi kod akses dan kategori akaun (oleh sistem)',
        'Notify of the code and the account category (by the system)',
        'access-code.issued',
        'access-code-request.refused',
      ),
    ],
  },
  {
    sop: '4.2',
    title: { ms: 'Penjanaan Kod Akses', en: 'Generating an access code' },
    page: '/admin/access-codes/new',
    steps: [
      step(
        'admin',
        'Memilih jenis pendaftaran setelah ketulenan disahkan',
        'Choose the kind of registration once verified',
        'access-code.issued',
      ),
      step(
        'admin',
        'Memasukkan nama, kad pengenalan dan alamat e-mel',
        'Enter the name, identity card and e-mail address',
        'access-code.issued',
      ),
      step(
        'admin',
        'Menjana kod akses; sistem memaklumkan pengguna, pegawai atasan dan Pentadbir UC',
        'Generate the code; the system tells the user, the supervisor and the UC administrator',
        'access-code.resent',
        'access-code.corrected',
        'access-code.issued',
      ),
      step('supervisor', 'Memaklumkan tatacara mendaftar kepada pengguna', 'Tell the user how to register'),
      step(
        'user',
        'Menyemak maklumat: sahkan, atau pulangkan untuk dibetulkan',
        'Check the details: confirm, or return them to be corrected',
        'access-code.confirmed',
      ),
    ],
  },
  {
    sop: '4.3',
    title: { ms: 'Pendaftaran Akaun Baru, Penjawat Awam', en: 'Registering a new account, civil servant' },
    page: '/register?category=civil_servant',
    steps: [
      step(
        'user',
        'Log masuk ke Modul Akaun Pengguna dengan nama, kad pengenalan dan kod akses',
        'Sign in to the user account module with the name, identity card and access code',
        ...REGISTERED,
      ),
      step('user', 'Memasukkan maklumat akaun (Jadual 3A)', 'Enter the account details (table 3A)', ...REGISTERED),
      step(
        'user',
        'Menekan Register; Pentadbir UC menerima notifikasi akaun baru',
        'Press Register; the UC administrator is told of the new account',
        ...REGISTERED,
      ),
    ],
  },
  {
    sop: '4.4',
    title: { ms: 'Pendaftaran Akaun Baru, Lain-lain', en: 'Registering a new account, others' },
    page: '/register?category=other',
    steps: [
      step(
        'user',
        'Log masuk ke Modul Akaun Pengguna dengan nama, e-mel dan kod akses',
        'Sign in to the user account module with the name, e-mail and access code',
        ...REGISTERED,
      ),
      step('user', 'Memasukkan maklumat akaun (Jadual 3B)', 'Enter the account details (table 3B)', ...REGISTERED),
      step(
        'user',
        'Menekan Register; Pentadbir UC menerima notifikasi akaun baru',
        'Press Register; the UC administrator is told of the new account',
        ...REGISTERED,
      ),
    ],
  },
  {
    sop: '4.5',
    title: { ms: 'Memperuntukkan Pakej Akaun E-mel', en: 'Allocating an e-mail account package' },
    page: '/admin/account-requests',
    steps: [
      step(
        'admin',
        'Menerima notifikasi permohonan akaun baru',
        'Receive the notice of a new account request',
        ...REGISTERED,
      ),
      step(
        'admin',
        'Menyemak Account Request dan memilih rekod',
        'Look at Account Request and choose the record',
        'account-request.allocated',
      ),
      step(
        'admin',
        'Memasukkan Primary E-mail dan Login ID; sistem menyemak sama ada boleh digunakan',
        'Enter the primary e-mail and login ID; the system says whether they can be used',
        'account-request.allocated',
      ),
      step(
        'admin',
        'Memilih pakej, gred, storage dan Value Added Services',
        'Choose the package, grade, storage and value added services',
        'account-request.allocated',
      ),
      step('admin', 'Menekan Update', 'Press Update', 'account-request.allocated'),
    ],
  },
  {
    sop: '4.6',
    title: { ms: 'Mengesahkan dan Mendaftar Akaun E-mel Baru', en: 'Approving and creating a new e-mail account' },
    page: '/admin/account-requests',
    steps: [
      step(
        'admin',
        'Memilih rekod yang telah diperuntukkan pakej',
        'Choose a record that has a package',
        'account-request.allocated',
      ),
      step(
        'admin',
        'Menekan Approve; sistem memaklumkan pegawai atasan',
        'Press Approve; the system tells the supervisor',
        'account-request.approved',
        'account-request.refused',
      ),
      step('supervisor', 'Memaklumkan kepada pengguna', 'Tell the user'),
    ],
  },
  {
    sop: '4.7',
    title: { ms: 'Kemaskini Maklumat Umum Akaun E-mel', en: 'Updating the general details of an e-mail account' },
    page: '/admin/mailboxes',
    steps: [
      step(
        'admin',
        'Menekan menu Mailboxes dan mencari dengan Display Name, Primary Email, LoginID atau IC/Passport',
        'Press the menu Mailboxes and search by display name, primary e-mail, login ID or IC/passport',
        'mailbox.updated',
      ),
      step('admin', 'Mengemaskini maklumat yang dikehendaki', 'Update the details', 'mailbox.updated'),
      step(
        'admin',
        'Menyimpan maklumat, dan menyemaknya melalui Outlook Web App (OWA) jika perlu',
        'Save the details, and check them through Outlook Web App (OWA) if needed',
        'mailbox.updated',
      ),
    ],
  },
  {
    sop: '4.8',
    title: { ms: 'Kemaskini Katalaluan Akaun Pengguna', en: "Changing a user's password" },
    page: '/admin/mailboxes',
    steps: [
      step(
        'admin',
        'Menekan menu Mailboxes dan mencari dengan Display Name, Primary Email, LoginID atau IC/Passport',
        'Press the menu Mailboxes and search by display name, primary e-mail, login ID or IC/passport',
        'user.password-changed',
      ),
      step(
        'admin',
        'Memilih tab Password Mgmt dan memasukkan katalaluan yang baru dua kali',
        'Choose the tab Password Mgmt and enter the new password twice',
        'user.password-changed',
      ),
      step(
        'admin',
        'Menekan Change Password; jika tidak berjaya, ulang langkah 2 mengikut polisi katalaluan',
        'Press Change Password; if it does not work, repeat step 2 and follow the password rules',
        'user.password-changed',
      ),
    ],
  },
  {
    sop: '4.9',
    title: { ms: 'Nyahaktif Akaun E-mel', en: 'Disabling an e-mail account' },
    page: '/admin/mailboxes',
    steps: [
      step('admin', 'Menekan panel Mailboxes', 'Press the panel Mailboxes', ...DISABLE_ORDERED),
      step('admin', 'Memilih tab Mailbox Account', 'Choose the tab Mailbox Account', ...DISABLE_ORDERED),
      step(
        'admin',
        'Memilih Disable Account dari senarai Command',
        'Choose Disable Account from the list Command',
        ...DISABLE_ORDERED,
      ),
      step('admin', 'Memilih sebab dari senarai Reason', 'Choose the reason from the list Reason', ...DISABLE_ORDERED),
      step('admin', 'Memilih tarikh dan memasukkan keterangan', 'Choose the date and describe it', ...DISABLE_ORDERED),
      step('admin', 'Menekan butang Save', 'Press the button Save', ...DISABLE_ORDERED),
      step(
        'admin',
        'Mail Flows › Accept Message From: menanda Only sender from following list',
        'Mail Flows › Accept Message From: tick Only sender from following list',
        'mailbox.senders-restricted',
      ),
      step(
        'admin',
        'Menekan Add, memasukkan akaun postmaster agensi dan menekan Save Changes',
        'Press Add, enter the agency postmaster and press Save Changes',
        'mailbox.senders-restricted',
      ),
      step(
        'owner',
        'Menerima notifikasi bahawa pengguna dikeluarkan buat sementara kerana dinyahaktifkan sehingga tarikh tertentu',
        'Receive the notice that the user is out for now, because disabled until a date',
        'mailbox.disabled',
      ),
    ],
  },
  {
    sop: '4.10',
    title: { ms: 'Aktifkan Akaun E-mel', en: 'Enabling an e-mail account' },
    page: '/admin/mailboxes',
    steps: [
      step('admin', 'Menekan panel Mailbox', 'Press the panel Mailbox', 'mailbox.enabled'),
      step('admin', 'Memilih tab Mailbox Account', 'Choose the tab Mailbox Account', 'mailbox.enabled'),
      step(
        'admin',
        'Memilih Enable Account dari senarai Command',
        'Choose Enable Account from the list Command',
        'mailbox.enabled',
      ),
      step(
        'admin',
        'Mail Flows › Accept Message From: mengeluarkan postmaster, menanda All senders dan menekan Save Changes',
        'Mail Flows › Accept Message From: take the postmaster off, tick All senders and press Save Changes',
        'mailbox.senders-restored',
      ),
      step(
        'owner',
        'Menerima notifikasi bahawa pengguna didaftarkan semula ke dalam Distribution List',
        'Receive the notice that the user is back in the distribution list',
        'mailbox.enabled',
      ),
    ],
  },
  {
    sop: '4.11',
    title: {
      ms: 'Permohonan Penamatan Akaun (E-mel, Lync, AD)',
      en: 'Request to end an account (e-mail, Lync, AD)',
    },
    page: '/admin/mailboxes',
    steps: [
      step(
        'admin',
        'Menekan panel Mailbox dan mencari dengan Display Name atau Primary Email',
        'Press the panel Mailbox and search by display name or primary e-mail',
        'mailbox.deletion-requested',
      ),
      step(
        'admin',
        'Memilih Detail, tab Manage Account, kemudian Delete Account dan tarikh kuat kuasa',
        'Choose Detail, the tab Manage Account, then Delete Account and the day',
        'mailbox.deletion-requested',
      ),
      step('admin', 'Menyimpan maklumat', 'Save', 'mailbox.deletion-requested'),
      step(
        'helpdesk',
        'Menerima notifikasi bahawa akaun diminta untuk ditamatkan pada tarikh yang dinyatakan',
        'Receive the notice that the account is asked to be ended on that day',
        'mailbox.deletion-requested',
      ),
    ],
  },
  {
    sop: '4.12',
    title: { ms: 'Melihat Rekod Akaun yang Telah Dipadam', en: 'Looking at accounts that were deleted' },
    page: '/admin/mailboxes/deleted',
    steps: [
      step('admin', 'Menekan Mailbox dan memilih Deleted Mailbox', 'Press Mailbox and choose Deleted Mailbox'),
      step(
        'admin',
        'Mencari dengan Display Name atau Primary Email; sistem memaparkan akaun yang telah dipadam',
        'Search by display name or primary e-mail; the system shows the deleted accounts',
      ),
    ],
  },
  {
    sop: '4.13',
    title: { ms: 'Mewujudkan Akaun Mailing List', en: 'Creating a mailing list' },
    page: '/admin/groups/new',
    steps: [
      step(
        'admin',
        'Menekan Groups dan memilih Create New Group',
        'Press Groups and choose Create New Group',
        'group.created',
      ),
      step(
        'admin',
        'Memasukkan Display Name, Primary Email dan memilih pemilik',
        'Enter the display name and primary e-mail, and choose the owners',
        'group.created',
      ),
      step('admin', 'Menekan Create Group', 'Press Create Group', 'group.created'),
      step(
        'admin',
        'Menyemak Mailing List di Address List melalui OWA',
        'Check the list in the address list through OWA',
      ),
    ],
  },
  {
    sop: '4.14',
    title: { ms: 'Kemaskini Maklumat Mailing List', en: 'Updating a mailing list' },
    page: '/admin/groups',
    steps: [
      step(
        'admin',
        'Menekan Groups dan mencari dengan Display Name atau Primary Email',
        'Press Groups and search by display name or primary e-mail',
        'group.updated',
      ),
      step(
        'admin',
        'Mengemaskini Display Name dan maklumat pemilik',
        'Update the display name and the owners',
        'group.updated',
      ),
      step(
        'admin',
        'Mengemaskini Active Directory dan Exchange Server (oleh sistem)',
        'Update Active Directory and Exchange Server (by the system)',
        'group.updated',
      ),
    ],
  },
  {
    sop: '4.15',
    title: { ms: 'Penambahan Ahli Baru ke Mailing List', en: 'Adding members to a mailing list' },
    page: '/admin/groups',
    steps: [
      step(
        'admin',
        'Menekan Groups dan mencari dengan Display Name atau Primary Email',
        'Press Groups and search by display name or primary e-mail',
        'group.members-added',
      ),
      step(
        'admin',
        'Menekan Add Member dan memilih ahli daripada senarai akaun',
        'Press Add Member and choose members from the accounts',
        'group.members-added',
      ),
      step(
        'admin',
        'Menekan Save; ahli menerima notifikasi',
        'Press Save; the members are told',
        'group.members-added',
      ),
      step('admin', 'Menyemak maklumat melalui OWA', 'Check through OWA'),
    ],
  },
  {
    sop: '4.16',
    title: { ms: 'Pengeluaran Ahli dari Mailing List', en: 'Removing members from a mailing list' },
    page: '/admin/groups',
    steps: [
      step(
        'admin',
        'Menekan Groups dan mencari dengan Display Name atau Primary Email',
        'Press Groups and search by display name or primary e-mail',
        'group.members-removed',
      ),
      step('admin', 'Memilih ahli dengan Delete', 'Choose the members with Delete', 'group.members-removed'),
      step(
        'admin',
        'Menekan Save; pengendali dan ahli menerima notifikasi',
        'Press Save; owners and members are told',
        'group.members-removed',
      ),
      step('owner', 'Menyemak maklumat melalui OWA', 'Check through OWA'),
    ],
  },
  {
    sop: '4.17',
    title: { ms: 'Penamatan Akaun Mailing List', en: 'Ending a mailing list' },
    page: '/admin/groups',
    steps: [
      step(
        'admin',
        'Menekan Groups dan mencari dengan Display Name atau Primary Email',
        'Press Groups and search by display name or primary e-mail',
        'group.deleted',
      ),
      step(
        'admin',
        'Memilih Mailing List yang hendak dipadam',
        'Choose the list that is to be deleted',
        'group.deleted',
      ),
      step('owner', 'Menerima notifikasi dan menyemak melalui OWA', 'Receive the notice and check through OWA'),
    ],
  },
  {
    sop: '4.18',
    title: {
      ms: 'Penambahan Pengguna sebagai Ahli Mailing List (Member Of)',
      en: 'Adding a user to a mailing list (Member Of)',
    },
    page: '/admin/mailboxes',
    steps: [
      step(
        'admin',
        'Menekan Mailbox dan mencari akaun pengguna',
        "Press Mailbox and search for the user's account",
        'mailbox.joined-list',
      ),
      step(
        'admin',
        'Memilih Member Of dan mencari Mailing List',
        'Choose Member Of and search for the list',
        'mailbox.joined-list',
      ),
      step('admin', 'Menekan Add; notifikasi dihantar', 'Press Add; the notice is sent', 'mailbox.joined-list'),
      step('admin', 'Menyemak maklumat melalui OWA', 'Check through OWA'),
    ],
  },
  {
    sop: '4.19',
    title: {
      ms: 'Pengeluaran Mailing List dari Ahli (Member Of)',
      en: 'Taking a user out of a mailing list (Member Of)',
    },
    page: '/admin/mailboxes',
    steps: [
      step(
        'admin',
        'Menekan Mailbox dan mencari akaun pengguna',
        "Press Mailbox and search for the user's account",
        'mailbox.left-list',
      ),
      step(
        'admin',
        'Memilih Member Of dan mencari Mailing List',
        'Choose Member Of and search for the list',
        'mailbox.left-list',
      ),
      step(
        'admin',
        'Menekan ikon Delete; notifikasi dihantar',
        'Press the Delete icon; the notice is sent',
        'mailbox.left-list',
      ),
    ],
  },
  {
    sop: '4.20',
    title: { ms: 'Kemaskini Katalaluan oleh Pengguna', en: 'Password change by the user' },
    page: '/me/password',
    steps: [
      // IPMS adds a second factor to this step, for whoever has or must have one: its acts carry the number 4.20, too
      step('user', 'Log masuk ke Portal Pengguna', 'Log in to the user portal', 'user.signed-in'),
      step(
        'user',
        'Memilih tab Pengurusan Katalaluan dan memasukkan katalaluan yang baru dua kali',
        'Choose the tab Pengurusan Katalaluan and enter the new password twice',
        'user.password-changed',
      ),
      step('user', 'Menekan butang Tukar Katalaluan', 'Press the button Tukar Katalaluan', 'user.password-changed'),
      step(
        'user',
        'Menguji katalaluan baru dengan log masuk ke akaun e-mel melalui OWA',
        'Test the new password by logging in to the mailbox through OWA',
      ),
      step('user', 'Jika berjaya, proses tamat', 'If it works, the procedure ends'),
      step(
        'user',
        'Jika gagal, memaklumkan kepada Pentadbir UC untuk reset',
        'If it fails, tell the UC administrator, who resets it',
      ),
    ],
  },
  {
    sop: '4.21',
    title: { ms: 'Pendaftaran Maklumat Contact', en: 'Registering a contact' },
    page: '/admin/contact-requests/new?kind=register',
    steps: [
      step(
        'admin',
        'Menyemak status maklumat contact; jika telah wujud, proses tamat',
        'See whether the contact is there already; if it is, the procedure ends',
        'ticket.requested',
      ),
      step(
        'admin',
        'Membuat permohonan kepada Meja Bantuan dengan maklumat contact (Jadual 22)',
        'Ask the helpdesk, with the details of the contact (table 22)',
        'ticket.requested',
      ),
      ...ACT_AND_CHECK,
    ],
  },
  {
    sop: '4.22',
    title: { ms: 'Kemaskini Maklumat Contact', en: 'Changing a contact' },
    page: '/admin/contact-requests/new?kind=update',
    steps: [
      step(
        'admin',
        'Memilih Contact dan mencari dengan Display Name atau Primary Email; jika telah dikemaskini, proses tamat',
        'Choose Contact and search by display name or primary e-mail; if it is up to date, the procedure ends',
        'ticket.requested',
      ),
      step(
        'admin',
        'Membuat permohonan kepada Meja Bantuan untuk kemaskini maklumat contact',
        'Ask the helpdesk to change the contact',
        'ticket.requested',
      ),
      ...ACT_AND_CHECK,
    ],
  },
  {
    sop: '4.23',
    title: { ms: 'Pemadaman Maklumat Contact', en: 'Deleting a contact' },
    page: '/admin/contact-requests/new?kind=delete',
    steps: [
      step(
        'admin',
        'Memilih Contact dan mencari dengan Display Name atau Primary Email; jika telah dipadamkan, proses tamat',
        'Choose Contact and search by display name or primary e-mail; if it is deleted, the procedure ends',
        'ticket.requested',
      ),
      step(
        'admin',
        'Membuat permohonan kepada Meja Bantuan untuk pemadaman maklumat contact',
        'Ask the helpdesk to delete the contact',
        'ticket.requested',
      ),
      ...ACT_AND_CHECK,
    ],
  },
  {
    sop: '5.0',
    title: { ms: 'Kelulusan', en: 'Approval' },
    page: '/admin',
    steps: [
      step('admin', 'Melihat permohonan yang menunggu kelulusan', 'See the requests that wait for approval'),
      step(
        'admin',
        'Meluluskan atau menolak setiap permohonan; sebelum itu tiada yang berkuat kuasa',
        'Approve or refuse each request; before that, none takes effect',
        'account-request.approved',
        'account-request.refused',
        'access-code.issued',
        'access-code-request.refused',
        'group.change-approved',
        'group.change-refused',
      ),
    ],
  },
  {
    sop: '6.0',
    title: { ms: 'Kawalan Rekod', en: 'Control of records' },
    page: '/admin/records',
    steps: [
      step(
        'admin',
        'Memfailkan borang di dalam fail yang telah ditetapkan (oleh sistem, apabila prosedur selesai)',
        'File the form in the file that is set for it (by the system, when the procedure ends)',
      ),
      step(
        'admin',
        'Mencari, mencetak dan menyerahkan rekod apabila terdapat isu',
        'Find, print and hand over records when an issue comes up',
        'record.pack-made',
      ),
    ],
  },
];

const BY_NUMBER = new Map(PROCEDURES.map((procedure) => [procedure.sop, procedure]));

export function titleOf(sop: string) {
  return BY_NUMBER.get(sop)?.title;
}

export type RailStep = {
  task: Bilingual;
  who: Bilingual;
  state: 'done' | 'now' | 'todo' | 'byHand';
  by?: string;
  at?: string;
};
export type Rail = { sop: string; title: Bilingual; steps: RailStep[] };

/**
 * A procedure's steps with who did each and when, from the audit rows of its case, and which is next.
 * @param instead what steps are in this case, by their number, where the case differs from the table
 * @throws Error for a procedure that does not exist
 */
export function railOf(
  sop: string,
  rows: Row<'audit'>[],
  instead: Record<number, Partial<Pick<Step, 'task' | 'who'>>> = {},
): Rail {
  const procedure = BY_NUMBER.get(sop);
  if (procedure === undefined) throw new Error(`There is no procedure ${sop}`);
  let waiting = true;
  const steps = procedure.steps.map((step, at): RailStep => {
    const { task, who, done } = { ...step, ...instead[at + 1] };
    const officer = OFFICERS[who];
    if (done === undefined) return { task, who: officer, state: 'byHand' };
    const row = rows.findLast((each) => done.some((action) => action === each.action));
    if (row !== undefined) return { task, who: officer, state: 'done', by: row.actor_name, at: row.at };
    const state = waiting ? 'now' : 'todo';
    waiting = false;
    return { task, who: officer, state };
  });
  return { sop, title: procedure.title, steps };
}
