import { membersOf } from '../../groups/members.ts';
import { makeGroup } from '../../make.ts';
import { ADMIN, OFFICER } from '../../people.ts';
import { mailboxOf, mailsOf, numberOf } from '../../read.ts';
import { fill, follow, open, search, wordsOf } from './hands.ts';
import { LIM } from './joining.ts';
import { railOf, type Walk } from './walk.ts';

/** SOP 4.13 to 4.17: a list from its beginning to its end. */
export async function lists({ t, ipms, as, step }: Walk) {
  const admin = await as('admin.jabatan');
  const officer = await as('pegawai.jabatan');
  const overview = await open(admin, '/admin');
  const groups = await follow(admin, overview, 'Groups');
  /** Step 1 of most: by both keys. */
  const find = async (name: string) => {
    const byAddress = await search(admin, groups, 'projek.awan@', 'Primary E-mail');
    t.strictSame(byAddress.dom.querySelectorAll('main tbody td:first-child a').map(wordsOf), [name]);
    return follow(admin, await search(admin, groups, name, 'Display Name'), name);
  };
  const seenInAddressList = async (words: string, is = true) => {
    const shown = await search(admin, await follow(admin, overview, 'Address List'), 'projek.awan@');
    t.equal(shown.text.includes(words), is, `${words} in the Address List: ${is}`);
  };

  const empty = await step('4.13 step 1', 'admin', () => follow(admin, groups, 'Create New Group'), {
    rail: 'done now todo byHand',
  });
  const details = await step('4.13 step 2', 'admin', async () =>
    fill(admin, empty)
      .type('Display Name', 'Projek Awan')
      .type('Primary E-mail', 'projek.awan')
      .choose('Pilih pengendali', 'Muhammad Hafiz'),
  );
  const created = await step('4.13 step 3', 'admin', () => details.press('Create Group'), {
    mailed: [`list-owner ${OFFICER}`],
    audited: ['4.13 group.created'],
    filed: ['4.13 record.group-created'],
    rail: 'done done done byHand',
  });
  const place = created.at;
  const id = numberOf(place);
  await step('4.13 step 4', 'admin', () => seenInAddressList('Projek Awan'));

  const found = await step('4.14 step 1', 'admin', () => find('Projek Awan'));
  await step(
    '4.14 step 2',
    'admin',
    () =>
      fill(admin, found, place)
        .type('Display Name', 'Projek Awan Negara')
        .choose('Pilih pengendali', 'Muhammad Hafiz')
        .type('Alamat pengendali lain', ADMIN)
        .press('Save'),
    {
      mailed: [`list-owner ${ADMIN}`],
      audited: ['4.14 group.updated'],
      filed: ['4.14 record.group-updated'],
      rail: 'done done byHand',
    },
  );
  await step('4.14 step 3', 'admin', async () => {
    // a person's work in the directory, which no act in IPMS makes done
    const due = ipms.db.selectFrom('directory_object').select('state').where('item_type', '=', 'group');
    t.match(await due.where('item_id', '=', id).executeTakeFirst(), { state: 'due' });
    await seenInAddressList('Projek Awan Negara');
  });

  const list = await step('4.15 step 1', 'admin', () => find('Projek Awan Negara'));
  const picking = await step('4.15 step 2', 'admin', async () => {
    const page = await follow(admin, list, 'Add Member');
    t.equal(railOf(page, '4.15'), 'done now todo byHand');
    return fill(admin, page).choose('Pilih ahli', 'Lim Wei Ming', 'Rajeswary');
  });
  const added = await step('4.15 step 3', 'admin', () => picking.press('Save'), {
    mailed: [`N13 ${LIM.mailbox}`, 'N13 rajeswary.krishnan@jabatan.test'],
    audited: ['4.15 group.members-added'],
    filed: ['4.15 record.members-added'],
    rail: 'done done done byHand',
  });
  t.strictSame(await membersOf(ipms, id), ['rajeswary.krishnan@jabatan.test', LIM.mailbox]);
  await step('4.15 step 4', 'admin', async () => {
    t.match(added.text, LIM.mailbox);
    const [mail] = await mailsOf(ipms, 'group', id, 'N13');
    t.match(mail?.letter, 'Projek Awan Negara');
  });

  const members = await step('4.16 step 1', 'admin', async () =>
    follow(admin, await find('Projek Awan Negara'), 'Ahli'),
  );
  const leaving = await step('4.16 step 2', 'admin', async () => {
    t.ok(members.dom.querySelectorAll('main thead th').some((each) => wordsOf(each).includes('Delete')));
    return fill(admin, members, `${place}/members/remove`).type('Atau taip alamat ahli', LIM.mailbox);
  });
  await step('4.16 step 3', 'admin', () => leaving.press('Save'), {
    mailed: [`N14 ${ADMIN}`, `N14 ${OFFICER}`, `N14 ${LIM.mailbox}`],
    audited: ['4.16 group.members-removed'],
    filed: ['4.16 record.members-removed'],
    rail: 'done done done byHand',
  });
  await step('4.16 step 4', 'owner', async () => {
    t.strictSame(await membersOf(ipms, id), ['rajeswary.krishnan@jabatan.test']);
    const own = await follow(officer, await open(officer, '/me/groups'), 'Projek Awan Negara');
    t.notMatch(own.text, LIM.mailbox, 'as its owner sees it');
    t.match(own.text, 'rajeswary.krishnan@jabatan.test');
  });

  const ending = await step('4.17 step 1', 'admin', () => find('Projek Awan Negara'));
  await step(
    '4.17 step 2',
    'admin',
    async () => {
      const confirming = await open(admin, `${ending.at}/delete`);
      t.equal(railOf(confirming, '4.17'), 'done done now');
      return fill(admin, confirming, `${place}/delete`).press('Padam senarai ini');
    },
    {
      mailed: [`N15 ${ADMIN}`, `N15 ${OFFICER}`, 'N15 rajeswary.krishnan@jabatan.test'],
      audited: ['4.17 group.deleted'],
      filed: ['4.17 record.group-deleted'],
      rail: 'done done done',
    },
  );
  await step('4.17 step 3', 'owner', async () => {
    t.notMatch((await open(officer, '/me/groups')).text, 'Projek Awan Negara');
    await seenInAddressList('Projek Awan Negara', false);
  });
}

/** SOP 4.18 and 4.19: the same from the person's side. */
export async function memberOf({ t, ipms, as, step }: Walk) {
  const admin = await as('admin.jabatan');
  const lim = await mailboxOf(ipms, 'weiming.lim');
  const id = await makeGroup(ipms, 'latihan.siber', { owners: [OFFICER], name: 'Latihan Siber' });
  const find = async () => {
    const mailboxes = await follow(admin, await open(admin, '/admin'), 'Mailboxes');
    return follow(admin, await search(admin, mailboxes, 'weiming.lim', 'Login ID'), LIM.name);
  };
  const tab = `/admin/mailboxes/${lim.id}/groups`;

  const found = await step('4.18 step 1', 'admin', find);
  const shown = await step(
    '4.18 step 2',
    'admin',
    async () => {
      const page = await follow(admin, found, 'Member Of');
      t.match((await search(admin, page, 'latihan.siber@')).text, 'Latihan Siber', 'by its address');
      return search(admin, page, 'Latihan Siber');
    },
    { rail: 'done now todo byHand' },
  );
  await step('4.18 step 3', 'admin', () => fill(admin, shown, `${tab}/add`).press('Add'), {
    mailed: [`N13 ${LIM.mailbox}`],
    audited: ['4.18 group.members-added', '4.18 mailbox.joined-list'],
    filed: ['4.18 record.members-added'],
    rail: 'done done done byHand',
  });
  t.strictSame(await membersOf(ipms, id), [LIM.mailbox]);
  await step('4.18 step 4', 'admin', async () => {
    const [mail] = await mailsOf(ipms, 'group', id, 'N13');
    t.match(mail, { to_address: LIM.mailbox });
    t.match((await open(admin, `/admin/groups/${id}/members`)).text, LIM.mailbox);
  });

  const again = await step('4.19 step 1', 'admin', find);
  const member = await step(
    '4.19 step 2',
    'admin',
    async () => search(admin, await follow(admin, again, 'Member Of'), 'Latihan Siber'),
    { rail: 'done now todo' },
  );
  await step('4.19 step 3', 'admin', () => fill(admin, member, `${tab}/remove`).press('Delete'), {
    mailed: [`N14 ${LIM.mailbox}`, `N14 ${OFFICER}`],
    audited: ['4.19 group.members-removed', '4.19 mailbox.left-list'],
    filed: ['4.19 record.members-removed'],
    rail: 'done done done',
  });
  t.strictSame(await membersOf(ipms, id), []);
}
