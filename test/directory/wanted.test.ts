import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { difference } from '../../src/directory/difference.ts';
import { USER_FIELDS } from '../../src/directory/mapping.ts';
import { markOf, type ObjectOf } from '../../src/directory/objects.ts';
import { type Wanting, wantedOfAgency, wantedOfAll } from '../../src/directory/wanted.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { changeMailbox, JC, KC, makeContact, makeGroup, makeManyOfficers, makeOfficer } from '../make.ts';
import { mailboxOf } from '../read.ts';
import { noteStatements } from '../statements.ts';

const ALI = 'ali.kecil';
const NOBODY: ObjectOf = { type: 'helper', id: 'tiada-sesiapa' };

async function wantedNow({ db, clock }: Ipms, id = JC, signInSuffix: string | null = null) {
  const agency = await db.selectFrom('agency').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return wantedOfAgency(db, agency, { now: clock.now, signInSuffix });
}

function objectFor(wanting: Wanting, of: ObjectOf) {
  const found = wanting.objects.find((each) => markOf(each.of) === markOf(of));
  if (found === undefined) throw new Error(`${markOf(of)} is not wanted`);
  return found;
}

t.test('an account has what the table says, and never the IC number', async (t) => {
  const ipms = await startIpms(t);
  const details = {
    full_name: 'Ali bin Abu',
    display_name: 'Ali, "Kecil" <x>',
    division: 'Bahagian A',
    section: 'S',
    unit: 'U',
  };
  const ali = await makeOfficer(ipms, ALI, { ...details, ic_number: '850505145555', aliases: ['ali@jabatan.test'] });
  const wanting = await wantedNow(ipms, JC, 'agensi.test');
  const object = objectFor(wanting, { type: 'mailbox', id: ali.id });
  t.match(object, { kind: 'user', name: ALI, container: ['Pengguna', 'JC'], isOpen: true, agencyId: JC });
  t.match(object.attributes, {
    sAMAccountName: [ALI],
    userPrincipalName: [`${ALI}@agensi.test`],
    displayName: ['Ali, "Kecil" <x>'],
    givenName: ['Ali'],
    sn: ['Abu'],
    mail: [`${ALI}@jabatan.test`],
    proxyAddresses: [`SMTP:${ALI}@jabatan.test`, 'smtp:ali@jabatan.test'],
    mailNickname: [ALI],
    department: ['Bahagian A'],
    physicalDeliveryOfficeName: ['S, U'],
    employeeNumber: [`ipms:mailbox:${ali.id}`],
    accountExpires: ['9223372036854775807'],
    msExchHideFromAddressLists: [],
    mDBStorageQuota: ['943718'],
    mDBOverHardQuotaLimit: ['1048576'],
  });
  t.notMatch(JSON.stringify(wanting), '850505145555');
  t.strictSame(
    objectFor(await wantedNow(ipms), { type: 'mailbox', id: ali.id }).attributes.userPrincipalName,
    [ali.primary_email],
    'without a suffix of the directory one signs in with the address',
  );
});

t.test('a disabled account is closed and hidden; a deleted one has no address, until it is gone', async (t) => {
  const ipms = await startIpms(t);
  const disabled = await makeOfficer(ipms, 'tutup', { status: 'disabled' });
  const deleted = await makeOfficer(ipms, 'padam', { status: 'deleted' });
  const list = await makeGroup(ipms, 'senarai');
  const wanting = await wantedNow(ipms);
  const closed = objectFor(wanting, { type: 'mailbox', id: disabled.id });
  t.match(closed, { isOpen: false, container: ['Pengguna', 'JC'], attributes: { mail: [disabled.primary_email] } });
  t.strictSame(closed.attributes.msExchHideFromAddressLists, ['TRUE']);
  const of = { type: 'mailbox', id: deleted.id } as const;
  const ended = objectFor(wanting, of);
  t.match(ended, { isOpen: false, name: 'padam', container: ['Dihapus', 'JC'] });
  for (const field of ['mail', 'proxyAddresses', 'mailNickname']) t.strictSame(ended.attributes[field], [], field);
  const isGone = ({ gone }: Wanting) => gone.some((each) => markOf(each) === markOf(of));
  t.notOk(isGone(wanting));
  t.ok(objectFor(wanting, { type: 'group', id: list }));
  ipms.clock.now = later(ipms.clock.now, 20 * DAY);
  t.notOk(isGone(await wantedNow(ipms)), 'on the last day it can be restored');
  ipms.clock.now = later(ipms.clock.now, DAY);
  const over = await wantedNow(ipms);
  t.ok(isGone(over));
  t.notOk(over.objects.some((each) => markOf(each.of) === markOf(of)));
});

t.test('an account is open when the mailbox and the sign-in both are', async (t) => {
  const ipms = await startIpms(t);
  const { id, user_id } = await makeOfficer(ipms, ALI);
  for (const mailbox of ['active', 'disabled'] as const)
    for (const user of ['active', 'disabled'] as const) {
      await changeMailbox(ipms, ALI, { status: mailbox });
      await ipms.db.updateTable('user').set({ status: user }).where('id', '=', user_id).execute();
      const { isOpen } = objectFor(await wantedNow(ipms), { type: 'mailbox', id });
      t.equal(isOpen, mailbox === 'active' && user === 'active', `${mailbox}, ${user}`);
    }
});

t.test('a planned end is the evening of its day in Kuala Lumpur; a disabling has none', async (t) => {
  const ipms = await startIpms(t);
  const mailbox = await makeOfficer(ipms, 'pencen');
  const admin = await ipms.db.selectFrom('user').select('id').where('role', '=', 'admin').executeTakeFirstOrThrow();
  const end = { mailbox_id: mailbox.id, agency_id: JC, effective_on: '2026-12-31', reason: 'Bersara' };
  const order = { ...end, requested_by: admin.id, requested_at: ipms.clock.now.toISOString() };
  await ipms.db.insertInto('termination').values(order).execute();
  const [ticks] = objectFor(await wantedNow(ipms), { type: 'mailbox', id: mailbox.id }).attributes.accountExpires ?? [];
  const moment = new Date(Number(BigInt(ticks ?? 0) / 10_000n - 11_644_473_600_000n));
  t.equal(moment.toISOString(), '2026-12-31T16:00:00.000Z');
});

t.test('a list has its active members and its owners; two of one local part are told apart', async (t) => {
  const ipms = await startIpms(t);
  const [ali, siti] = [await makeOfficer(ipms, ALI), await makeOfficer(ipms, 'siti', { status: 'disabled' })];
  const inner = await makeGroup(ipms, 'dalam');
  const list = await makeGroup(ipms, 'semua', { owners: [ali], members: [ali, 'dalam@jabatan.test'] });
  const contact = await makeContact(ipms, { full_name: 'Tan Ah Kow', email: 'tan@luar.test' }, [list]);
  await ipms.db.insertInto('mail_domain').values({ domain: 'lain.test', agency_id: JC }).execute();
  const second = await makeGroup(ipms, 'kedua');
  await ipms.db.updateTable('group').set({ primary_email: 'semua@lain.test' }).where('id', '=', second).execute();
  // somebody whose login ID is what the list's account would be called
  await changeMailbox(ipms, 'siti', { login_id: 'jc-dalam' });
  const wanting = await wantedNow(ipms);
  const object = objectFor(wanting, { type: 'group', id: list });
  t.match(object, { name: 'semua', container: ['Senarai', 'JC'], attributes: { sAMAccountName: ['JC-semua'] } });
  t.strictSame(
    new Set(object.links.member?.map(markOf)),
    new Set([`ipms:mailbox:${ali.id}`, `ipms:group:${inner}`, `ipms:contact:${contact}`]),
  );
  t.strictSame(object.links.managedBy, [{ type: 'mailbox', id: ali.id }]);
  t.match(objectFor(wanting, { type: 'group', id: second }), {
    name: 'semua-2',
    attributes: { sAMAccountName: ['JC-semua-2'] },
  });
  t.strictSame(objectFor(wanting, { type: 'group', id: inner }).attributes.sAMAccountName, ['JC-dalam-2']);
  const everybody = objectFor(wanting, { type: 'helper', id: `semua:${JC}` });
  t.match(everybody, { name: 'ipms-JC-semua', container: ['Sistem'] });
  const members = new Set(everybody.links.member?.map(markOf));
  t.ok(members.has(`ipms:mailbox:${ali.id}`));
  t.notOk(members.has(`ipms:mailbox:${siti.id}`), 'who is disabled is no member');
  await ipms.db.updateTable('group').set({ status: 'deleted' }).where('id', '=', second).execute();
  t.strictSame((await wantedNow(ipms)).gone.at(-1), { type: 'group', id: second });
});

t.test('who may send: never everybody because nobody was found', async (t) => {
  const ipms = await startIpms(t);
  const ali = await makeOfficer(ipms, ALI, { aliases: ['ali@jabatan.test'] });
  const list = await makeGroup(ipms, 'semua');
  const of: ObjectOf = { type: 'group', id: list };
  const { postmaster_email } = await ipms.db
    .selectFrom('agency')
    .selectAll()
    .where('id', '=', JC)
    .executeTakeFirstOrThrow();
  const allow = async (accept_from: 'all' | 'agency' | 'members' | 'listed', ...senders: string[]) => {
    await ipms.db.updateTable('group').set({ accept_from }).where('id', '=', list).execute();
    await ipms.db.deleteFrom('group_sender').execute();
    for (const address of senders)
      await ipms.db.insertInto('group_sender').values({ group_id: list, address }).execute();
    const { authOrig, dLMemSubmitPerms } = objectFor(await wantedNow(ipms), of).links;
    return { authOrig, dLMemSubmitPerms };
  };
  t.strictSame(await allow('all'), { authOrig: [], dLMemSubmitPerms: [] });
  t.strictSame(await allow('agency'), { authOrig: [], dLMemSubmitPerms: [{ type: 'helper', id: `semua:${JC}` }] });
  t.strictSame(await allow('members'), { authOrig: [], dLMemSubmitPerms: [of] });
  t.strictSame(await allow('listed', 'nobody@luar.test'), { authOrig: [], dLMemSubmitPerms: [NOBODY] });
  t.strictSame(await allow('listed', 'ali@jabatan.test', ali.primary_email, 'semua@jabatan.test'), {
    authOrig: [{ type: 'mailbox', id: ali.id }],
    dLMemSubmitPerms: [NOBODY, of],
  });
  t.strictSame((await allow('listed', postmaster_email)).authOrig, [{ type: 'helper', id: `postmaster:${JC}` }]);
  const { objects } = await wantedOfAll(ipms.db);
  const postmaster = objects.find((each) => markOf(each.of) === `ipms:helper:postmaster:${JC}`);
  t.match(postmaster, { kind: 'contact', container: ['Sistem'], attributes: { mail: [postmaster_email] } });
  t.strictSame(postmaster?.attributes.msExchHideFromAddressLists, ['TRUE']);
  t.match(
    objects.find((each) => markOf(each.of) === markOf(NOBODY)),
    { name: 'ipms-tiada-sesiapa', links: { member: [] } },
  );
});

t.test('what accounts were given are groups of security, of agencies alone that are written to', async (t) => {
  const ipms = await startIpms(t);
  const services = '["SSO","Online Archiving"]';
  const ali = await makeOfficer(ipms, ALI, { package: 'A', services, service_type: 'vip' });
  const gone = await makeOfficer(ipms, 'tutup', { package: 'A', services, status: 'disabled' });
  const other = await makeOfficer(ipms, 'lain', { package: 'A', services, agency: KC });
  const groups = async () => {
    const { objects } = await wantedOfAll(ipms.db);
    return new Map(
      objects.filter(({ name }) => /^ipms-(pakej|servis|vip)/.test(name)).map((each) => [each.name, each]),
    );
  };
  t.equal((await groups()).size, 0, 'where people work in the directory, nobody has to keep them');
  await ipms.db.updateTable('agency').set({ directory_mode: 'live' }).where('id', '=', JC).execute();
  const found = await groups();
  t.equal(found.size, 10);
  const membersOf = (name: string) => found.get(name)?.links.member?.map(({ id }) => id) ?? [];
  for (const name of ['ipms-pakej-A', 'ipms-servis-SSO', 'ipms-servis-Online-Archiving', 'ipms-vip']) {
    t.ok(membersOf(name).includes(ali.id), name);
    for (const { id } of [gone, other]) t.notOk(membersOf(name).includes(id), name);
    t.match(found.get(name), { agencyId: null, container: ['Sistem'], attributes: { groupType: ['-2147483640'] } });
  }
  t.notOk(membersOf('ipms-pakej-B').includes(ali.id));
  t.notOk(membersOf('ipms-servis-ADRMS').includes(ali.id));
});

t.test("contacts are everybody's; a removed one is gone", async (t) => {
  const ipms = await startIpms(t);
  const details = { full_name: 'Siti binti Omar', email: 'siti@luar.test', company: 'Syarikat', phone: '03' };
  const id = await makeContact(ipms, details);
  const object = objectFor(await wantedOfAll(ipms.db), { type: 'contact', id });
  t.match(object, { kind: 'contact', name: 'siti@luar.test', container: ['Kenalan'], agencyId: null, isOpen: null });
  t.match(object.attributes, {
    targetAddress: ['SMTP:siti@luar.test'],
    company: ['Syarikat'],
    info: [`ipms:contact:${id}`],
  });
  await ipms.db.updateTable('contact').set({ status: 'deleted' }).where('id', '=', id).execute();
  t.strictSame((await wantedOfAll(ipms.db)).gone.at(-1), { type: 'contact', id });
});

t.test(
  'what is too long is cut at a word where the table says so, else named, and nothing of it is sent',
  async (t) => {
    const ipms = await startIpms(t);
    const words = `${'perkataan '.repeat(14)}akhir`;
    const mailbox = await makeOfficer(ipms, ALI, { division: words, city: '😀'.repeat(70) });
    await changeMailbox(ipms, ALI, { office_phone: '1'.repeat(65) });
    const wanting = await wantedNow(ipms);
    const of: ObjectOf = { type: 'mailbox', id: mailbox.id };
    t.strictSame(wanting.unfit, [{ of, field: 'office_phone', limit: 64, length: 65 }]);
    const { department, l } = objectFor(wanting, of).attributes;
    t.strictSame(department, [`${'perkataan '.repeat(6).trimEnd()}…`]);
    t.strictSame(l, [`${'😀'.repeat(63)}…`], 'no sign is cut in half');
    t.notOk(
      difference(wanting, []).some((change) => change.action === 'create' && markOf(change.wanted.of) === markOf(of)),
    );
    const stored = await mailboxOf(ipms, ALI);
    t.equal(stored.division, words);
    const names = USER_FIELDS.map(({ attribute }) => attribute);
    t.equal(new Set(names).size, names.length, 'an attribute has one row in the table');
  },
);

t.test('an agency is read with few statements, whatever its size, and nothing of another one', async (t) => {
  let take = (): unknown[] => [];
  const ipms = await startIpms(t, {
    watch: (sqlite) => {
      take = noteStatements(sqlite);
    },
  });
  const other = await makeOfficer(ipms, 'orang.kc', { agency: KC });
  const people = await makeManyOfficers(ipms, 300);
  await makeGroup(ipms, 'besar', { members: people });
  take();
  const wanting = await wantedNow(ipms);
  const { length } = take();
  t.ok(length <= 14, `${length} statements for more than 300 people`);
  t.strictSame(
    wanting.objects.filter(({ agencyId }) => agencyId !== JC),
    [],
  );
  t.notMatch(JSON.stringify(wanting), other.primary_email);
});
