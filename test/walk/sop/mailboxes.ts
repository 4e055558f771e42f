import { DAY, later } from '../../../src/base/time.ts';
import { runDue } from '../../../src/due.ts';
import { groupsOf } from '../../mailbox-life/manage-account.ts';
import { makeGroup, makeOfficer } from '../../make.ts';
import { HELPDESK, OFFICER } from '../../people.ts';
import { mailboxNow, mailboxOf, mailsOf, newestId, recordsOf, trailOf } from '../../read.ts';
import { fill, follow, open, search, wordsOf } from './hands.ts';
import { LIM } from './joining.ts';
import { railOf, type Walk } from './walk.ts';

/** SOP 4.7 and 4.8: Lim moves to another unit, and has forgotten the password. */
export async function keeping({ t, ipms, as, step }: Walk) {
  const admin = await as('admin.jabatan');
  const mailboxes = await follow(admin, await open(admin, '/admin'), 'Mailboxes');
  const KEYS = [
    ['Display Name', 'wei ming'],
    ['Primary E-mail', 'weiming.lim@'],
    ['Login ID', 'weiming.lim'],
    ['IC/Passport', '850615075432'],
  ] as const;
  /** Step 1 of both: by each of the four keys. */
  const find = async () => {
    for (const [key, sought] of KEYS) {
      const { dom } = await search(admin, mailboxes, sought, key);
      t.strictSame(dom.querySelectorAll('main tbody td:first-child a').map(wordsOf), [LIM.name], key);
    }
    return follow(admin, await search(admin, mailboxes, 'wei ming', 'Display Name'), LIM.name);
  };

  const general = await step('4.7 step 1', 'admin', find, { rail: 'done now todo' });
  const place = general.at;
  const details = await step('4.7 step 2', 'admin', async () =>
    fill(admin, general).type('Unit', 'Keselamatan Siber').type('No. Telefon Pejabat', '03-8888 4321'),
  );
  await step(
    '4.7 step 3',
    'admin',
    async () => {
      const saved = await details.press('Simpan');
      const seen = await search(admin, await follow(admin, saved, 'Address List'), LIM.mailbox);
      t.match(seen.text, LIM.name, 'as everybody finds it');
      return saved;
    },
    { audited: ['4.7 mailbox.updated'], filed: ['4.7 record.mailbox-updated'], rail: 'done done done' },
  );
  t.match(await mailboxOf(ipms, 'weiming.lim'), { unit: 'Keselamatan Siber', office_phone: '03-8888 4321' });

  const again = await step('4.8 step 1', 'admin', async () => follow(admin, await find(), 'Password Mgmt'), {
    rail: 'done now todo',
  });
  const twice = await step('4.8 step 2', 'admin', async () => {
    const unequal = fill(admin, again)
      .type('Katalaluan baharu', 'Rimba#Teduh7788')
      .type('Katalaluan baharu, sekali', 'Rimba');
    t.match((await unequal.pressInVain('Change Password')).problems.confirm_password, /sama/);
    const weak = fill(admin, again).type('Katalaluan baharu', 'Abcd@12').type('Katalaluan baharu, sekali', 'Abcd@12');
    t.match((await weak.pressInVain('Change Password')).problems.new_password, /12 aksara/);
    return fill(admin, again)
      .type('Katalaluan baharu', 'Rimba#Teduh7788')
      .type('Katalaluan baharu, sekali', 'Rimba#Teduh7788');
  });
  await step('4.8 step 3', 'admin', () => twice.press('Change Password'), {
    mailed: [`N8 ${LIM.mailbox}`],
    audited: ['4.8 user.password-changed'],
    filed: ['4.8 record.password-set'],
    rail: 'done done done',
    railOn: [admin, `${place}/password`],
  });
  await ipms.signIn('weiming.lim', 'Rimba#Teduh7788');
}

/** SOP 4.9 and 4.10: Lim goes on study leave, and comes back. */
export async function away({ t, ipms, as, step }: Walk) {
  const admin = await as('admin.jabatan');
  const lim = await mailboxOf(ipms, 'weiming.lim');
  const list = await makeGroup(ipms, 'siber', { owners: [OFFICER], members: [lim] });
  const place = `/admin/mailboxes/${lim.id}`;
  const find = async () => {
    const mailboxes = await follow(admin, await open(admin, '/admin'), 'Mailboxes');
    return follow(admin, await search(admin, mailboxes, LIM.name), LIM.name);
  };

  const found = await step('4.9 step 1', 'admin', find);
  const account = await step('4.9 step 2', 'admin', () => follow(admin, found, 'Manage Account'), {
    rail: 'done done now todo todo todo todo todo todo',
  });
  t.ok(account.dom.querySelectorAll('h2').some((each) => wordsOf(each).includes('Mailbox Account')));
  const command = await step('4.9 step 3', 'admin', async () => {
    const commands = account.dom.querySelectorAll('summary').map(wordsOf);
    t.ok(commands.some((each) => each.includes('Disable Account')));
    return fill(admin, account, `${place}/disable`);
  });
  await step('4.9 step 4', 'admin', async () => command.choose('Reason', 'Cuti belajar'));
  await step('4.9 step 5', 'admin', async () =>
    command
      .type('Mulai tarikh', '24/11/2026')
      .type('Sehingga tarikh', '31/12/2026')
      .type('Keterangan', 'Kursus di luar negara')
      .untick('Mail Flows'),
  );
  const disabled = await step('4.9 step 6', 'admin', () => command.press('Save'), {
    mailed: [`N9 ${OFFICER}`],
    audited: ['4.9 mailbox.disabled'],
    filed: ['4.9 record.mailbox-disabled'],
    rail: 'done done done done done done now todo done',
  });
  t.match(await mailboxNow(ipms, lim), { status: 'disabled', accept_from: 'all' });
  t.strictSame(await groupsOf(ipms, lim), []);
  const senders = await step('4.9 step 7', 'admin', async () => {
    const flows = await follow(admin, disabled, 'Mail Flows');
    t.match(flows.text, 'Rosnah binti Ismail', 'the people of the agency are shown');
    return fill(admin, flows).choose('Accept Message From', 'Only sender from following list');
  });
  await step('4.9 step 8', 'admin', () => senders.choose('Add: postmaster', 'postadmin@').press('Save Changes'), {
    audited: ['4.9 mailbox.senders-restricted'],
    filed: ['4.9 record.mail-flows'],
    rail: Array(9).fill('done').join(' '),
    railOn: [admin, `${place}/account`],
  });
  t.match(await mailboxNow(ipms, lim), { accept_from: 'listed' });
  await step('4.9 step 9', 'owner', async () => {
    const [mail] = await mailsOf(ipms, 'mailbox', lim.id, 'N9');
    t.match(mail?.letter, /31 Dis 2026/);
    t.notMatch(mail?.letter, /Cuti belajar|Kursus/, 'why is nobody’s business');
  });

  const back = await step('4.10 step 1', 'admin', find);
  const before = await step('4.10 step 2', 'admin', () => follow(admin, back, 'Manage Account'), {
    rail: 'done done now todo todo',
  });
  const enabled = await step(
    '4.10 step 3',
    'admin',
    () => fill(admin, before, `${place}/enable`).untick('Mail Flows').press('Enable Account'),
    {
      mailed: [`N11 ${OFFICER}`],
      audited: ['4.10 mailbox.enabled'],
      filed: ['4.10 record.mailbox-enabled'],
      rail: 'done done done now done',
    },
  );
  t.match(await mailboxNow(ipms, lim), { status: 'active' });
  t.strictSame(await groupsOf(ipms, lim), [list]);
  await step(
    '4.10 step 4',
    'admin',
    async () =>
      fill(admin, await follow(admin, enabled, 'Mail Flows'))
        .choose('Accept Message From', 'All senders')
        .choose('Add: postmaster')
        .press('Save Changes'),
    {
      audited: ['4.10 mailbox.senders-restored'],
      filed: ['4.10 record.mail-flows'],
      rail: 'done done done done done',
      railOn: [admin, `${place}/account`],
    },
  );
  t.match(await mailboxNow(ipms, lim), { accept_from: 'all' });
  await step('4.10 step 5', 'owner', async () => {
    const [mail] = await mailsOf(ipms, 'mailbox', lim.id, 'N11');
    t.match(mail?.letter, /Senarai siber/);
  });
}

/** SOP 4.11 and 4.12: an officer retires, and is looked up afterwards. */
export async function leaving({ t, ipms, as, step }: Walk) {
  const admin = await as('admin.jabatan');
  const helpdesk = await as('meja.bantuan');
  const leaver = await makeOfficer(ipms, 'pesara', { full_name: 'Zainab binti Yusof', display_name: 'Zainab Yusof' });
  await makeGroup(ipms, 'pesara.senarai', { owners: [OFFICER], members: [leaver] });
  const place = `/admin/mailboxes/${leaver.id}`;

  const found = await step('4.11 step 1', 'admin', async () => {
    const mailboxes = await follow(admin, await open(admin, '/admin'), 'Mailboxes');
    await search(admin, mailboxes, 'pesara@', 'Primary E-mail');
    return search(admin, mailboxes, 'Zainab', 'Display Name');
  });
  const order = await step('4.11 step 2', 'admin', async () => {
    const account = await follow(admin, await follow(admin, found, 'Detail'), 'Manage Account');
    t.equal(railOf(await open(admin, `${place}/delete`), '4.11'), 'done now todo todo');
    return fill(admin, account, `${place}/delete`).type('Tarikh kuat kuasa', '1/12/2026').type('Sebab', 'Bersara');
  });
  await step('4.11 step 3', 'admin', () => order.press('Save'), {
    mailed: [`N12 ${HELPDESK}`],
    audited: ['4.11 mailbox.deletion-requested', '4.11 ticket.requested'],
    filed: [],
    rail: 'done done done done',
  });
  t.match(await mailboxNow(ipms, leaver), { status: 'active' }, 'nothing ends before the day');
  await step('4.11 step 4', 'helpdesk', async () => {
    const [mail] = await mailsOf(ipms, 'mailbox', leaver.id, 'N12');
    t.match(mail?.letter, /1 Dis 2026/);
    const ticket = await open(helpdesk, `/helpdesk/tickets/${await newestId(ipms, 'ticket')}`);
    t.match(ticket.text, 'Zainab');
    return ticket;
  });

  ipms.clock.now = later(ipms.clock.now, 7 * DAY);
  // whatever else is due then is not this case's
  await runDue(ipms.db, ipms.clock.now);
  const mailed = await mailsOf(ipms, 'mailbox', leaver.id);
  t.strictSame(mailed.map(({ mail, to_address }) => `${mail} ${to_address}`).sort(), [
    `N12 ${HELPDESK}`,
    `N12 ${HELPDESK}`,
    `N14 ${OFFICER}`,
  ]);
  t.match((await trailOf(ipms, 'mailbox', leaver.id)).at(-1), { action: 'mailbox.deleted', sop: '4.11' });
  t.match((await recordsOf(ipms, 'mailbox', leaver.id)).at(-1), { sop: '4.11', title: 'record.mailbox-deleted' });
  t.match(await mailboxNow(ipms, leaver), { status: 'deleted' });

  const later_ = await ipms.signIn('admin.jabatan');
  const deleted = await step('4.12 step 1', 'admin', async () =>
    follow(later_, await open(later_, '/admin/mailboxes'), 'Deleted Mailbox'),
  );
  await step('4.12 step 2', 'admin', async () => {
    for (const [key, sought] of [
      ['Display Name', 'zainab'],
      ['Primary E-mail', 'pesara@'],
    ] as const) {
      const shown = await search(later_, deleted, sought, key);
      t.strictSame(shown.dom.querySelectorAll('main tbody td:first-child a').map(wordsOf), ['Zainab Yusof'], key);
    }
    return follow(later_, await search(later_, deleted, 'zainab'), 'Zainab Yusof');
  });
}
