import { type Test, t } from 'tap';
import { PACKAGE, PEOPLE, registered, VERIFIED } from '../account-requests/joining.ts';
import { startIpms, type Visitor } from '../helper.ts';
import { makeAdministrator, makeGroup, makeOfficer } from '../make.ts';
import { ADMIN, OFFICER } from '../people.ts';

// What only the database knows is told at once, too: each beside its field, and in the summary in the order of the fields.

type Fields = Record<string, string | string[]>;

/** What the summary of a refused form leads to, in its order: the same as what is marked beside the fields. */
async function refused(t: Test, who: Visitor, page: string, action: string, fields: Fields) {
  const answer = await who.submit(page, action, fields);
  t.equal(answer.status, 422, action);
  const listed = answer.dom
    .querySelectorAll('.summary a')
    .map((link) => link.getAttribute('href')?.replace(/^#[a-z-]+?-(?=[a-z_]+$)/, ''));
  t.strictSame(listed, Object.keys(answer.problems), 'in the order of the page');
  return answer.problems;
}

t.test('of a mailing list: its address, its owners and its further addresses', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const page = '/admin/groups/new';
  const wish = { display_name: 'DL', primary_email: ADMIN, owners: ['tiada@jabatan.test', 'hilang@jabatan.test'] };
  const made = await refused(t, admin, page, page, wish);
  t.match(made.primary_email, ADMIN);
  t.match(made.owners, /tiada@jabatan\.test.*hilang@jabatan\.test/);
  t.notOk(await ipms.db.selectFrom('group').select('id').where('display_name', '=', 'DL').executeTakeFirst());

  const place = `/admin/groups/${await makeGroup(ipms, 'uji', { owners: [OFFICER] })}`;
  const aliases = `${ADMIN}\n${OFFICER}\nbebas@lain.test`;
  const changed = await refused(t, admin, place, place, { owners: ['tiada@jabatan.test'], aliases });
  t.match(changed.owners, 'tiada@jabatan.test');
  for (const taken of [ADMIN, OFFICER, 'jabatan.test.']) t.match(changed.aliases, taken);
});

t.test('of a list that an officer asks for, and of what an owner wants of one', async (t) => {
  const ipms = await startIpms(t);
  const officer = await ipms.signIn('pegawai.jabatan');
  const page = '/me/groups/new';
  const unknown = { owners: ['satu@jabatan.test'], add: ['dua@jabatan.test', 'tiga@jabatan.test'] };
  const asked = { display_name: 'DL', primary_email: ADMIN, text: 'Projek', ...unknown };
  t.strictSame(Object.keys(await refused(t, officer, page, page, asked)).sort(), ['add', 'owners', 'primary_email']);

  const place = `/me/groups/${await makeGroup(ipms, 'uji', { owners: [OFFICER] })}`;
  const told = await refused(t, officer, place, place, { ...unknown, remove: ['empat@jabatan.test'] });
  t.match(told, { owners: /satu/, add: /dua.*tiga/, remove: /empat/ });
});

t.test('of an agency and of who is invited', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = '/helpdesk/agencies/new';
  const taken = { code: 'JC', mail_domains: 'jabatan.test\nkementerian.test', postmaster_email: 'x@jabatan.test' };
  const agency = await refused(t, helpdesk, page, page, { name: 'Jabatan Taman', ...taken });
  t.match(agency, { code: /JC/, mail_domains: /jabatan\.test.*kementerian\.test/ });

  const edited = await refused(t, helpdesk, '/helpdesk/agencies/1', '/helpdesk/agencies/1', {
    code: 'KC',
    mail_domains: 'kementerian.test',
    postmaster_email: 'x@kementerian.test',
    directory_mode: 'live',
  });
  t.match(Object.keys(edited).sort(), ['code', 'directory_mode', 'mail_domains']);
  t.match(edited.mail_domains, /kementerian\.test.*jabatan\.test/, 'who has the one, and who is in the other');

  const invitation = { agency_id: '1', full_name: 'Kamala a/p Raman', login_id: 'pegawai.jabatan', email: OFFICER };
  const invited = await refused(t, helpdesk, '/helpdesk/admins/new', '/helpdesk/admins/new', invitation);
  t.strictSame(Object.keys(invited).sort(), ['email', 'login_id']);
});

t.test('of a mailbox: its addresses and what its package may hold', async (t) => {
  const ipms = await startIpms(t);
  const limit = { package: 'A', largest_storage_mb: 1024, services: '["SSO"]', services_limited: 1 } as const;
  await ipms.db
    .insertInto('package_limit')
    .values(limit)
    .onConflict((c) => c.doUpdateSet(limit))
    .execute();
  const mailbox = await makeOfficer(ipms, 'siti', { ic_number: '880412105672', grade: '41' });
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/mailboxes/${mailbox.id}`;
  const typed = { primary_email: ADMIN, aliases: OFFICER, package: 'A', storage_mb: '10240', services: ['BMT'] };
  const told = await refused(t, admin, place, place, { ...typed, grade: '' });
  const all = ['aliases', 'grade', 'primary_email', 'services', 'storage_mb'];
  t.strictSame(Object.keys(told).sort(), all);

  const { page } = await registered(ipms, admin);
  const login_id = 'pegawai.jabatan';
  const allocated = await refused(t, admin, page, `${page}/allocation`, { ...PACKAGE, ...typed, login_id });
  t.strictSame(Object.keys(allocated).sort(), ['login_id', 'primary_email', 'services', 'storage_mb']);
  const lacking = { ...PACKAGE, primary_email: ADMIN, login_id, package: '', step: 'approve' };
  const approved = await refused(t, admin, page, `${page}/allocation`, lacking);
  t.strictSame(Object.keys(approved).sort(), ['login_id', 'package', 'primary_email']);
});

t.test('of an access code, alone or with a package', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const served = await makeOfficer(ipms, 'siti', { ic_number: '880412105672' });
  const person = { category: 'civil_servant', full_name: served.full_name, ic_number: '880412-10-5672' };
  const code = { ...person, ...VERIFIED, notify_kind: 'admin', notify_email: 'lain@jabatan.test' };
  const page = '/admin/access-codes/new';
  t.strictSame(Object.keys(await refused(t, admin, page, page, code)).sort(), ['ic_number', 'notify_email']);

  const direct = '/admin/account-requests/new';
  const typed = { ...code, ...PACKAGE, primary_email: ADMIN, login_id: 'pegawai.jabatan' };
  const all = ['ic_number', 'login_id', 'notify_email', 'primary_email'];
  t.strictSame(Object.keys(await refused(t, admin, direct, direct, { ...PEOPLE.malay, ...typed })).sort(), all);
});

t.test('of the end of an account', async (t) => {
  const ipms = await startIpms(t);
  await makeAdministrator(ipms, 'rosli');
  const admin = await ipms.signIn('admin.jabatan');
  const leaver = await makeOfficer(ipms, 'pelajar');
  await makeGroup(ipms, 'satu', { owners: [leaver] });
  const page = `/admin/mailboxes/${leaver.id}/account`;
  const typed = { effective_on: '1/1/2026', reason: 'Bersara', new_owner: 'tiada@jabatan.test' };
  const told = await refused(t, admin, page, `/admin/mailboxes/${leaver.id}/delete`, typed);
  t.strictSame(Object.keys(told), ['effective_on', 'new_owner']);
  const order = { reason: 'study_leave', disabled_from: '1/3/2026', disabled_until: '1/2/2026', description: 'x' };
  const disabled = await refused(t, admin, page, `/admin/mailboxes/${leaver.id}/disable`, order);
  t.strictSame(Object.keys(disabled), ['disabled_from', 'disabled_until']);
});

t.test('of a correction: what is missing, and whose login ID it is', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const mailbox = await makeOfficer(ipms, 'aminah', { ic_number: '880412105672', passport: 'A1234567' });
  const page = `/admin/mailboxes/${mailbox.id}/correction`;
  const typed = { ic_number: '', passport: '', login_id: 'pegawai.jabatan', reason: 'Tersalah' };
  const told = await refused(t, admin, page, page, typed);
  t.strictSame(Object.keys(told).sort(), ['ic_number', 'login_id', 'passport']);
});
