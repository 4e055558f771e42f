import type { AuditAction } from '../texts.ts';
import { named, type Procedure, step } from './procedure.ts';

const DISABLE_ORDERED: AuditAction[] = ['mailbox.disabling-planned', 'mailbox.disabled'];

/** SOP 4.7 to 4.12: an account while it lasts, and its end. */
export const MAILBOXES = {
  '4.7': {
    title: { ms: 'Kemaskini Maklumat Umum Akaun E-mel', en: 'Updating the general details of an e-mail account' },
    at: 'mailboxes/general',
    page: '/admin/mailboxes',
    reached: 1,
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
  '4.8': {
    title: { ms: 'Kemaskini Katalaluan Akaun Pengguna', en: "Changing a user's password" },
    at: 'mailboxes/password',
    page: '/admin/mailboxes',
    reached: 1,
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
  '4.9': {
    title: { ms: 'Nyahaktif Akaun E-mel', en: 'Disabling an e-mail account' },
    at: 'mailbox-life/disable',
    page: '/admin/mailboxes',
    reached: 2,
    steps: [
      step('admin', 'Menekan panel Mailboxes', 'Press the panel Mailboxes', ...DISABLE_ORDERED),
      step(
        'admin',
        'Memilih tab Mailbox Account (Manage Account)',
        'Choose the tab Mailbox Account (Manage Account)',
        ...DISABLE_ORDERED,
      ),
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
      named(
        'notice',
        step(
          'owner',
          'Menerima notifikasi bahawa pengguna dikeluarkan buat sementara kerana dinyahaktifkan sehingga tarikh tertentu',
          'Receive the notice that the user is out for now, because disabled until a date',
          'mailbox.disabled',
        ),
      ),
    ],
  },
  '4.10': {
    title: { ms: 'Aktifkan Akaun E-mel', en: 'Enabling an e-mail account' },
    at: 'mailbox-life/enable',
    page: '/admin/mailboxes',
    reached: 2,
    steps: [
      step('admin', 'Menekan panel Mailbox', 'Press the panel Mailbox', 'mailbox.enabled'),
      step(
        'admin',
        'Memilih tab Mailbox Account (Manage Account)',
        'Choose the tab Mailbox Account (Manage Account)',
        'mailbox.enabled',
      ),
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
      named(
        'notice',
        step(
          'owner',
          'Menerima notifikasi bahawa pengguna didaftarkan semula ke dalam Distribution List',
          'Receive the notice that the user is back in the distribution list',
          'mailbox.enabled',
        ),
      ),
    ],
  },
  '4.11': {
    title: {
      ms: 'Permohonan Penamatan Akaun (E-mel, Lync, AD)',
      en: 'Request to end an account (e-mail, Lync, AD)',
    },
    at: 'mailbox-life/delete',
    page: '/admin/mailboxes',
    reached: 1,
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
  '4.12': {
    title: { ms: 'Melihat Rekod Akaun yang Telah Dipadam', en: 'Looking at accounts that were deleted' },
    at: 'mailbox-life/restore',
    page: '/admin/mailboxes/deleted',
    reached: 2,
    steps: [
      step(
        'admin',
        'Menekan Mailbox dan memilih Deleted Mailbox',
        'Press Mailbox and choose Deleted Mailbox',
        'mailbox.restored',
      ),
      step(
        'admin',
        'Mencari dengan Display Name atau Primary Email; sistem memaparkan akaun yang telah dipadam',
        'Search by display name or primary e-mail; the system shows the deleted accounts',
        'mailbox.restored',
      ),
    ],
  },
} as const satisfies Record<string, Procedure>;
