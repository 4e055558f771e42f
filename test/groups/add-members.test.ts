import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { startIpms } from '../helper.ts';
import { makeAlias, makeContact, makeGroup, makeManyOfficers } from '../make.ts';
import { ADMIN, CONTACT, OFFICER, STRANGER } from '../people.ts';
import { mailboxOf, recordsOf, trailOf } from '../read.ts';
import { mailed, membersOf } from './members.ts';

// SOP 4.15: Penambahan Ahli Baru ke Mailing List

const adding = (id: number) => `/admin/groups/${id}/members/add`;
const removing = (id: number) => `/admin/groups/${id}/members/remove`;
const membersAt = (id: number) => `/admin/groups/${id}/members`;

t.test('an administrator searches, ticks and types; every new member hears of it', async (t) => {
  const ipms = await startIpms(t);
  const inner = await makeGroup(ipms, 'dalam');
  const id = await makeGroup(ipms, 'uji', { members: [ADMIN] });
  const admin = await ipms.signIn('admin.jabatan');
  const found = await admin.get(`${adding(id)}?q=hafiz`);
  t.ok(found.dom.querySelector(`input[type=checkbox][name=members][value="${OFFICER}"]`));
  t.match((await admin.get(`${adding(id)}?q=dalam`)).html, 'dalam@jabatan.test', 'lists are found');
  const lists = (await admin.get(`${adding(id)}?q=dl.ict`)).html;
  t.match(lists, 'dl.ict@jabatan.test');
  t.notMatch(lists, 'dl.ict@kementerian.test', "another agency's are not");
  const gone = await makeContact(ipms, { full_name: 'Norhayati Lama', email: 'lama@universiti.test' });
  await ipms.db.updateTable('contact').set({ status: 'deleted' }).where('id', '=', gone).execute();
  const contacts = (await admin.get(`${adding(id)}?q=norhayati`)).html;
  t.match(contacts, CONTACT, 'contacts are found');
  t.notMatch(contacts, 'lama@universiti.test', 'and not one that was deleted');
  t.match((await admin.get(`${adding(id)}?q=rosnah`)).text, texts['group.pick.inside'].ms, 'a member is named as one');

  const kept = await admin.submit(adding(id), adding(id), { members: [OFFICER, ''], q: 'norhayati', step: 'search' });
  t.equal(kept.status, 200);
  t.ok(kept.dom.querySelector(`input[name=members][value="${OFFICER}"][checked]`), 'a second search keeps the ticks');

  const answer = await admin.submit(adding(id), adding(id), {
    members: [OFFICER, `DALAM@jabatan.test, ${CONTACT}\n${ADMIN}`],
  });
  t.equal(answer.status, 303);
  t.equal(answer.location, membersAt(id));
  t.strictSame(await membersOf(ipms, id), [ADMIN, 'dalam@jabatan.test', CONTACT, OFFICER]);
  t.strictSame(await mailed(ipms), [`N13 ${CONTACT}`, `N13 ${OFFICER}`], 'a list is not mailed, nor who was in it');
  const page = await admin.get(membersAt(id));
  t.match(page.text, `3 ahli ditambah. Sudah menjadi ahli: ${ADMIN}`, 'who was in it already is named');

  const acts = (await trailOf(ipms, 'group', id)).filter((act) => act.action === 'group.members-added');
  t.match(acts.at(-1), { sop: '4.15', actor_name: 'Rosnah binti Ismail' });
  t.strictSame(JSON.parse(acts.at(-1)?.after ?? ''), {
    count: 3,
    members: [OFFICER, 'dalam@jabatan.test', CONTACT],
    members_mailed: 2,
  });
  t.match((await recordsOf(ipms, 'group', id)).at(-1), { sop: '4.15', title: 'record.members-added' });
  t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirst(), {
    changed_at: ipms.clock.now.toISOString(),
  });
  const letter = await ipms.db
    .selectFrom('outbox')
    .selectAll()
    .where('to_address', '=', CONTACT)
    .executeTakeFirstOrThrow();
  t.match(
    JSON.parse(letter.letter),
    { greeting: 'Norhayati binti Md Zain', link: undefined },
    'a contact has no portal',
  );
  t.equal(inner > 0, true);
});

t.test('a member by an alias is the mailbox itself', async (t) => {
  const ipms = await startIpms(t);
  await makeAlias(ipms, await mailboxOf(ipms, 'pegawai.jabatan'), 'hafiz@jabatan.test');
  const id = await makeGroup(ipms, 'uji');
  const admin = await ipms.signIn('admin.jabatan');
  await admin.submit(adding(id), adding(id), { members: ['hafiz@jabatan.test', OFFICER] });
  t.strictSame(await membersOf(ipms, id), [OFFICER]);
  await admin.submit(membersAt(id), removing(id), { members: 'hafiz@jabatan.test' });
  t.strictSame(await membersOf(ipms, id), []);
});

t.test('who cannot be a member is refused by name beside the field, and nobody is added', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji');
  const [gone = '', off = ''] = await makeManyOfficers(ipms, 2);
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('primary_email', '=', off).execute();
  await ipms.db.updateTable('mailbox').set({ status: 'deleted' }).where('primary_email', '=', gone).execute();
  await ipms.db
    .updateTable('address')
    .set({ kind: 'reserved', reserved_until: '2030-01-01' })
    .where('address', '=', gone)
    .execute();
  const admin = await ipms.signIn('admin.jabatan');
  const cases: [string, RegExp][] = [
    ['tiada@jabatan.test', /Bukan alamat mailbox.*tiada@jabatan\.test/],
    [STRANGER, new RegExp(`Bukan alamat mailbox.*${STRANGER}`)],
    ['dl.ict@kementerian.test', /Bukan alamat mailbox.*dl\.ict@kementerian/],
    [off, new RegExp(`dinyahaktifkan: ${off}`)],
    [gone, new RegExp(`dipadam: ${gone}`)],
    ['uji@jabatan.test', /dirinya sendiri/],
    ['', /Tandakan sekurang-kurangnya seorang/],
    ['x y z', /“x” bukan alamat/],
  ];
  for (const [address, words] of cases) {
    const answer = await admin.submit(adding(id), adding(id), {
      members: [OFFICER, address].filter((each) => address !== '' || each !== OFFICER),
    });
    t.equal(answer.status, 422, address);
    t.match(answer.problems.members, words);
    if (address !== '' && address !== 'uji@jabatan.test')
      t.match(answer.dom.querySelector('#add-members')?.textContent, address, 'what was typed stays');
  }
  const several = await admin.submit(adding(id), adding(id), { members: `tiada@jabatan.test ${off}` });
  t.match(several.problems.members, /tiada@jabatan\.test.*dinyahaktifkan/, 'all reasons at once');
  t.strictSame(await membersOf(ipms, id), []);
  t.strictSame(await mailed(ipms), []);
  t.equal((await admin.post(adding(id), { _csrf: await admin.token(adding(id)) })).status, 422, 'nobody at all');
});

t.test("another agency's address and one that does not exist have the same answer", async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji');
  const admin = await ipms.signIn('admin.jabatan');
  const ask = async (address: string) =>
    (await admin.submit(adding(id), adding(id), { members: address })).problems.members?.replace(address, '…');
  t.equal(await ask(STRANGER), await ask('tiada@kementerian.test'));
});

t.test('lists hold lists, but never themselves, however far down', async (t) => {
  const ipms = await startIpms(t);
  const [a, b, c] = [await makeGroup(ipms, 'a'), await makeGroup(ipms, 'b'), await makeGroup(ipms, 'c')];
  const admin = await ipms.signIn('admin.jabatan');
  const put = (inner: string, outer: number) =>
    admin.submit(adding(outer), adding(outer), { members: `${inner}@jabatan.test` });
  t.equal((await put('b', a)).status, 303);
  t.equal((await put('c', b)).status, 303);
  for (const [inner, outer] of [
    ['a', a],
    ['a', b],
    ['a', c],
    ['b', c],
  ] as const) {
    const answer = await put(inner, outer);
    t.equal(answer.status, 422, `${inner} into ${outer}`);
    t.match(answer.problems.members, /dirinya sendiri/);
  }
  const namesake = { group_id: a, member_type: 'mailbox', member_id: c, member_name: 'Siti' } as const;
  const row = { ...namesake, member_address: 'siti@jabatan.test', since: '2026-11-24', added_by: 'IPMS' };
  await ipms.db.insertInto('membership').values(row).execute();
  const parents = await admin.get(`/admin/groups/${c}/member-of`);
  t.match(parents.text, 'b@jabatan.test');
  t.notMatch(parents.text, 'a@jabatan.test');
  await admin.submit(membersAt(b), removing(b), { members: 'c@jabatan.test' });
  t.equal((await put('a', c)).status, 303, 'once it is out, the circle is open');
});

t.test('races: one member twice at once, and a list deleted while members are added', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji');
  const admins = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.jabatan')];
  const twice = await Promise.all(
    admins.map(async (admin) => admin.post(adding(id), { members: OFFICER, _csrf: await admin.token(adding(id)) })),
  );
  t.strictSame(
    twice.map((answer) => answer.status),
    [303, 303],
  );
  t.strictSame(await membersOf(ipms, id), [OFFICER]);
  t.strictSame(await mailed(ipms), [`N13 ${OFFICER}`], 'one mail');
  const seen = await Promise.all(admins.map((admin) => admin.get(membersAt(id))));
  t.equal(seen.filter((page) => page.text.includes('Tiada apa-apa yang berubah')).length, 1, 'the second is told so');

  const [one, two] = admins as [(typeof admins)[0], (typeof admins)[0]];
  const [tokenOne, tokenTwo] = [await one.token(adding(id)), await two.token(`/admin/groups/${id}`)];
  const [added, deleted] = await Promise.all([
    one.post(adding(id), { members: ADMIN, _csrf: tokenOne }),
    two.post(`/admin/groups/${id}/delete`, { _csrf: tokenTwo }),
  ]);
  t.equal(deleted.status, 303);
  t.ok(added.status === 303 || added.status === 409, `added or told: ${added.status}`);
  t.strictSame(await membersOf(ipms, id), [], 'nobody is left in a list that is no more');
  const late = await one.post(adding(id), { members: ADMIN, _csrf: await one.token('/admin/groups/new') });
  t.equal(late.status, 409);
  t.match(late.text, 'telah dipadam');
  t.equal((await one.post(removing(id), { members: ADMIN, _csrf: await one.token('/admin/groups/new') })).status, 409);
});

t.test('a double click adds and mails once', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji');
  const admin = await ipms.signIn('admin.jabatan');
  const fields = { members: [OFFICER, ADMIN], _csrf: await admin.token(adding(id)) };
  const answers = await Promise.all([1, 2, 3].map(() => admin.post(adding(id), fields)));
  t.strictSame(
    answers.map((answer) => [answer.status, answer.location]),
    [1, 2, 3].map(() => [303, membersAt(id)]),
  );
  t.equal((await mailed(ipms)).length, 2);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { members: [OFFICER] });
  const before = await membersOf(ipms, id);
  const url = adding(id);
  t.equal((await ipms.visitor().get(url)).location, `/login?next=${encodeURIComponent(url)}`);
  t.equal((await (await ipms.signIn('pegawai.jabatan')).get(url)).status, 403, 'an officer, even a member');
  t.equal((await (await ipms.signIn('meja.bantuan')).get(url)).status, 403);
  const other = await ipms.signIn('admin.kementerian');
  const _csrf = await other.token('/admin/groups/new');
  t.equal((await other.get(url)).status, 404);
  t.equal((await other.post(url, { members: STRANGER, _csrf })).status, 404);
  const own = await ipms.db
    .selectFrom('group')
    .select('id')
    .where('agency_id', '=', 2)
    .limit(1)
    .executeTakeFirstOrThrow();
  const mixed = await other.post(adding(own.id), { members: OFFICER, _csrf });
  t.equal(mixed.status, 422, "the own list, another agency's member");
  t.strictSame(await membersOf(ipms, id), before);
  t.strictSame(await mailed(ipms), []);
});
