import type { AuditAction } from '../texts.ts';
import { named, type Procedure, step } from './procedure.ts';

const REGISTERED: AuditAction[] = [
  'account-request.registered',
  'account-request.resubmitted',
  'account-request.registered-directly',
];

/** A package, whole or in part: it has its address in any case. */
export const SAVED: AuditAction[] = ['account-request.allocated', 'account-request.partly-allocated'];

/** SOP 4.1 to 4.6: from the access code to the mailbox. */
export const JOINING = {
  '4.1': {
    title: { ms: 'Permintaan Kod Akses', en: 'Access code request' },
    at: 'access-codes/request',
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
      ),
    ],
  },
  '4.2': {
    title: { ms: 'Penjanaan Kod Akses', en: 'Generating an access code' },
    at: 'access-codes/issue',
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
      named(
        'generate',
        step(
          'admin',
          'Menjana kod akses; sistem memaklumkan pengguna, pegawai atasan dan Pentadbir UC',
          'Generate the code; the system tells the user, the supervisor and the UC administrator',
          'access-code.resent',
          'access-code.corrected',
          'access-code.issued',
        ),
      ),
      named(
        'instruct',
        step('supervisor', 'Memaklumkan tatacara mendaftar kepada pengguna', 'Tell the user how to register'),
      ),
      step(
        'user',
        'Menyemak maklumat: sahkan, atau pulangkan untuk dibetulkan',
        'Check the details: confirm, or return them to be corrected',
        'access-code.confirmed',
      ),
    ],
  },
  '4.3': {
    title: { ms: 'Pendaftaran Akaun Baru, Penjawat Awam', en: 'Registering a new account, civil servant' },
    at: 'account-requests/register-civil-servant',
    page: '/register?category=civil_servant',
    steps: [
      step(
        'user',
        'Log masuk ke Modul Akaun Pengguna dengan nama, kad pengenalan dan kod akses',
        'Sign in to the user account module with the name, identity card and access code',
        ...REGISTERED,
      ),
      step('user', 'Memasukkan maklumat akaun (Jadual 3A)', 'Enter the account details (table 3A)', ...REGISTERED),
      named(
        'register',
        step(
          'user',
          'Menekan Register; Pentadbir UC menerima notifikasi akaun baru',
          'Press Register; the UC administrator is told of the new account',
          ...REGISTERED,
        ),
      ),
    ],
  },
  '4.4': {
    title: { ms: 'Pendaftaran Akaun Baru, Lain-lain', en: 'Registering a new account, others' },
    at: 'account-requests/register-other',
    page: '/register?category=other',
    steps: [
      step(
        'user',
        'Log masuk ke Modul Akaun Pengguna dengan nama, e-mel dan kod akses',
        'Sign in to the user account module with the name, e-mail and access code',
        ...REGISTERED,
      ),
      step('user', 'Memasukkan maklumat akaun (Jadual 3B)', 'Enter the account details (table 3B)', ...REGISTERED),
      named(
        'register',
        step(
          'user',
          'Menekan Register; Pentadbir UC menerima notifikasi akaun baru',
          'Press Register; the UC administrator is told of the new account',
          ...REGISTERED,
        ),
      ),
    ],
  },
  '4.5': {
    title: { ms: 'Memperuntukkan Pakej Akaun E-mel', en: 'Allocating an e-mail account package' },
    at: 'account-requests/allocate',
    page: '/admin/account-requests',
    reached: 3,
    steps: [
      named(
        'notice',
        step(
          'admin',
          'Menerima notifikasi permohonan akaun baru',
          'Receive the notice of a new account request',
          ...REGISTERED,
        ),
      ),
      step('admin', 'Melakukan log masuk dan menyemak Account Request', 'Log in and look at Account Request', ...SAVED),
      step(
        'admin',
        'Memilih rekod permintaan untuk melihat maklumat terperinci',
        'Choose the record to see its details',
        ...SAVED,
      ),
      step(
        'admin',
        'Memasukkan alamat Primary E-mail dan menekan Enter',
        'Enter the primary e-mail and press Enter',
        ...SAVED,
      ),
      step(
        'admin',
        'Sistem memberitahu sama ada e-mel boleh digunakan; jika tidak, memilih nama lain',
        'The system says whether it can be used; if not, choose another name',
        ...SAVED,
      ),
      named(
        'package',
        step('admin', 'Memilih pakej A, B atau C', 'Choose the package A, B or C', 'account-request.allocated'),
      ),
      named(
        'grade',
        step(
          'admin',
          'Memilih gred 1 hingga 54, JUSA A hingga C atau TURUS 1 hingga 3',
          'Choose the grade 1 to 54, JUSA A to C or TURUS 1 to 3',
          'account-request.allocated',
        ),
      ),
      named(
        'storage',
        step(
          'admin',
          'Memilih storage dari 500 MB hingga 10 GB',
          'Choose the storage, 500 MB to 10 GB',
          'account-request.allocated',
        ),
      ),
      named(
        'services',
        step('admin', 'Memilih Value Added Services', 'Choose the value added services', 'account-request.allocated'),
      ),
      named('update', step('admin', 'Menekan butang Update', 'Press the button Update', 'account-request.allocated')),
    ],
  },
  '4.6': {
    title: { ms: 'Mengesahkan dan Mendaftar Akaun E-mel Baru', en: 'Approving and creating a new e-mail account' },
    at: 'account-requests/approve',
    page: '/admin/account-requests',
    steps: [
      step(
        'admin',
        'Memilih rekod yang telah diperuntukkan pakej',
        'Choose a record that has a package',
        'account-request.allocated',
      ),
      named(
        'approve',
        step(
          'admin',
          'Menekan Approve; sistem memaklumkan pegawai atasan',
          'Press Approve; the system tells the supervisor',
          'account-request.approved',
          'account-request.refused',
        ),
      ),
      named('tell', step('supervisor', 'Memaklumkan kepada pengguna', 'Tell the user')),
    ],
  },
} as const satisfies Record<string, Procedure>;
