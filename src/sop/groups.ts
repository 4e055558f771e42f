import { named, type Procedure, step } from './procedure.ts';

/** SOP 4.13 to 4.19: mailing lists and who is on them. */
export const GROUPS = {
  '4.13': {
    title: { ms: 'Mewujudkan Akaun Mailing List', en: 'Creating a mailing list' },
    at: 'groups/create',
    page: '/admin/groups/new',
    reached: 1,
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
  '4.14': {
    title: { ms: 'Kemaskini Maklumat Mailing List', en: 'Updating a mailing list' },
    at: 'groups/details',
    page: '/admin/groups',
    reached: 1,
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
      step('admin', 'Mengemaskini Active Directory dan Exchange Server', 'Update Active Directory and Exchange Server'),
    ],
  },
  '4.15': {
    title: { ms: 'Penambahan Ahli Baru ke Mailing List', en: 'Adding members to a mailing list' },
    at: 'groups/add-members',
    page: '/admin/groups',
    reached: 1,
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
      named(
        'notice',
        step(
          'admin',
          'Menekan Save; ahli menerima notifikasi',
          'Press Save; the members are told',
          'group.members-added',
        ),
      ),
      step('admin', 'Menyemak maklumat melalui OWA', 'Check through OWA'),
    ],
  },
  '4.16': {
    title: { ms: 'Pengeluaran Ahli dari Mailing List', en: 'Removing members from a mailing list' },
    at: 'groups/remove-members',
    page: '/admin/groups',
    reached: 1,
    steps: [
      step(
        'admin',
        'Menekan Groups dan mencari dengan Display Name atau Primary Email',
        'Press Groups and search by display name or primary e-mail',
        'group.members-removed',
      ),
      step('admin', 'Memilih ahli dengan Delete', 'Choose the members with Delete', 'group.members-removed'),
      named(
        'notice',
        step(
          'admin',
          'Menekan Save; pengendali dan ahli menerima notifikasi',
          'Press Save; owners and members are told',
          'group.members-removed',
        ),
      ),
      step('owner', 'Menyemak maklumat melalui OWA', 'Check through OWA'),
    ],
  },
  '4.17': {
    title: { ms: 'Penamatan Akaun Mailing List', en: 'Ending a mailing list' },
    at: 'groups/delete',
    page: '/admin/groups',
    reached: 2,
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
      named(
        'notice',
        step(
          'owner',
          'Menerima notifikasi dan menyemak melalui OWA',
          'Receive the notice and check through OWA',
          'group.deleted',
        ),
      ),
    ],
  },
  '4.18': {
    title: {
      ms: 'Penambahan Pengguna sebagai Ahli Mailing List (Member Of)',
      en: 'Adding a user to a mailing list (Member Of)',
    },
    at: 'groups/member-of',
    page: '/admin/mailboxes',
    reached: 1,
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
  '4.19': {
    title: {
      ms: 'Pengeluaran Mailing List dari Ahli (Member Of)',
      en: 'Taking a user out of a mailing list (Member Of)',
    },
    at: 'groups/member-of',
    page: '/admin/mailboxes',
    reached: 1,
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
} as const satisfies Record<string, Procedure>;
