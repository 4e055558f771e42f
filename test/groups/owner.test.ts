import { type Test, t } from 'tap';
import { texts } from '../../src/texts.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { makeGroup, makeOfficer } from '../make.ts';
import { ADMIN, CONTACT, OFFICER } from '../people.ts';
import { recordsOf, trailOf } from '../read.ts';
import { mailed, membersOf } from './members.ts';

// The list's owner in the portal, and what the administrator answers (SOP 5.0: nothing changes without approval, and an
// approval changes exactly what was asked for).

const mine = (id: number) => `/me/groups/${id}`;
const placeOf = (request: { id: number }) => `/admin/list-change-requests/${request.id}`;

async function newest({ db }: Ipms) {
  return db.selectFrom('list_change_request').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
}

const wantedOf = (request: { wanted: string }) => JSON.parse(request.wanted);

async function ownersOf({ db }: Ipms, id: number) {
  const rows = await db
    .selectFrom('group_owner')
    .innerJoin('mailbox', 'mailbox.id', 'group_owner.mailbox_id')
    .select('primary_email')
    .where('group_id', '=', id)
    .orderBy('primary_email')
    .execute();
  return rows.map((row) => row.primary_email);
}

async function letterTo({ db }: Ipms, address: string) {
  const rows = db.selectFrom('outbox').select('letter').where('to_address', '=', address).orderBy('id', 'desc');
  return (await rows.executeTakeFirstOrThrow()).letter;
}

/** A list of the officer's with two members, and a request that adds two, removes one, and changes owners and name. */
async function asked(t: Test) {
  const ipms = await startIpms(t);
  const [siti, ahmad] = [await makeOfficer(ipms, 'siti'), await makeOfficer(ipms, 'ahmad')];
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER], members: [ADMIN, CONTACT] });
  const owner = await ipms.signIn('pegawai.jabatan');
  const answer = await owner.submit(mine(id), mine(id), {
    add: [siti.primary_email, `${ahmad.primary_email}\n`],
    remove: [CONTACT],
    owners: [OFFICER, ahmad.primary_email],
    display_name: 'Senarai Baru',
    text: 'Sila <b>segera</b>',
  });
  t.equal(answer.status, 303);
  return { ipms, id, owner, siti, ahmad, request: await newest(ipms) };
}

t.test('an owner asks, and nothing changes; the administrators hear what exactly', async (t) => {
  const { ipms, id, owner, siti, ahmad, request } = await asked(t);
  t.match(request, { kind: 'change', group_id: id, agency_id: 1, status: 'requested', text: 'Sila <b>segera</b>' });
  t.strictSame(wantedOf(request), {
    display_name: 'Senarai Baru',
    owners_to_add: [ahmad.primary_email],
    members_to_add: [siti.primary_email, ahmad.primary_email],
    members_to_remove: [CONTACT],
  });
  t.strictSame(await membersOf(ipms, id), [ADMIN, CONTACT].toSorted());
  t.strictSame(await mailed(ipms), [`list-change-requested ${ADMIN}`]);
  for (const words of [siti.primary_email, CONTACT, 'Senarai Baru', 'segera'])
    t.match(await letterTo(ipms, ADMIN), words);
  const act = (await trailOf(ipms, 'group', id)).at(-1);
  t.match(act, { action: 'group.change-requested', actor_role: 'user' });
  t.match(act?.after, siti.primary_email);

  const page = await owner.get(mine(id));
  t.match(page.text, 'Senarai Baru', 'with what was asked for');
  t.match((await owner.get(`/me/list-requests/${request.id}`)).text, siti.primary_email);
  t.match((await owner.get('/me/list-requests?show=asked&format=csv')).html, siti.primary_email);
  const admin = await ipms.signIn('admin.jabatan');
  const list = await admin.get('/admin/list-change-requests');
  t.ok(list.dom.querySelector(`a[href="${placeOf(request)}"]`));
  t.match((await admin.get('/admin/list-change-requests?format=csv')).html, siti.primary_email);
  const waiting = ipms.db.selectFrom('list_change_request').select('id').where('status', '=', 'requested');
  const own = await waiting.where('agency_id', '=', 1).execute();
  t.equal(
    list.dom.querySelector('a[href="/admin/list-change-requests"] .count')?.textContent,
    String(own.length),
    'the menu counts what waits, in the own agency',
  );
  t.equal(list.dom.querySelectorAll('main tbody tr').length, own.length, 'and so many are listed');
  t.ok((await waiting.execute()).length > own.length, 'others have some, too');
  const another = await makeGroup(ipms, 'lain', { owners: [OFFICER] });
  t.notMatch(
    (await owner.get(mine(another))).text,
    'Senarai Baru',
    'what was asked for one list is shown with it alone',
  );
});

t.test('the pickers keep what was chosen, without scripts', async (t) => {
  const { ipms, id, owner, siti } = await asked(t);
  const before = (await ipms.db.selectFrom('list_change_request').select('id').execute()).length;
  const found = await owner.submit(mine(id), mine(id), {
    add: [siti.primary_email, 'belum@jabatan.test'],
    remove: [CONTACT],
    owners: [OFFICER],
    q_add: 'ahmad',
    q_owners: 'siti',
    step: 'search',
  });
  t.equal(found.status, 200);
  t.ok(found.dom.querySelector(`input[name=add][value="${siti.primary_email}"][checked]`));
  t.ok(found.dom.querySelector('input[name=add][value="ahmad@jabatan.test"]:not([checked])'));
  t.ok(found.dom.querySelector('input[name=owners][value="siti@jabatan.test"]:not([checked])'));
  t.equal(found.dom.querySelector('#ask-add')?.textContent.trim(), 'belum@jabatan.test');
  t.equal(found.dom.querySelector('#ask-remove')?.textContent.trim(), CONTACT);
  t.equal((await ipms.db.selectFrom('list_change_request').select('id').execute()).length, before);
});

t.test('approving carries it all out in one act, and each hears once', async (t) => {
  const { ipms, id, siti, ahmad, request } = await asked(t);
  await ipms.db.deleteFrom('outbox').execute();
  const admin = await ipms.signIn('admin.jabatan');
  const answer = await admin.submit(placeOf(request), `${placeOf(request)}/approve`, { answer: 'Baik' });
  t.strictSame([answer.status, answer.location], [303, placeOf(request)]);
  t.strictSame(await membersOf(ipms, id), [ADMIN, siti.primary_email, ahmad.primary_email].toSorted());
  t.strictSame(await ownersOf(ipms, id), [ahmad.primary_email, OFFICER].toSorted());
  t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirst(), {
    display_name: 'Senarai Baru',
  });
  t.match(await newest(ipms), {
    status: 'approved',
    answer: 'Baik',
    outcome: '{}',
    decided_at: ipms.clock.now.toISOString(),
  });
  const told = (await mailed(ipms)).map((mail) => mail.split(' ')[1]);
  t.strictSame(told.toSorted(), [siti.primary_email, ahmad.primary_email, CONTACT, OFFICER].toSorted());
  const rows = (await trailOf(ipms, 'group', id)).filter((row) => row.at === request.created_at).slice(-4);
  t.strictSame(
    rows.map((row) => row.action),
    ['group.updated', 'group.members-added', 'group.members-removed', 'group.change-approved'],
  );
  t.equal(new Set(rows.map((row) => row.act)).size, 1, 'one act');
  t.strictSame(
    (await recordsOf(ipms, 'group', id)).slice(-4).map((record) => record.title),
    ['record.group-updated', 'record.members-added', 'record.members-removed', 'record.list-request-approved'],
  );
  const after = await admin.get(placeOf(request));
  t.match(after.text, texts['group.request.approved'].ms);
  t.notOk(after.dom.querySelector('main form'), 'it is answered');
  t.equal(
    (await admin.get(`/admin/groups/${id}/undo`)).dom.querySelectorAll('main form').length,
    0,
    'nor taken back by half',
  );
});

t.test('what cannot be done any more is named before and after; the rest is done', async (t) => {
  const { ipms, id, siti, ahmad, request } = await asked(t);
  const { db } = ipms;
  await db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', siti.id).execute();
  const admin = await ipms.signIn('admin.jabatan');
  // the member left meanwhile
  const remove = `/admin/groups/${id}/members/remove`;
  await admin.submit(`/admin/groups/${id}/members`, remove, { members: [CONTACT] });
  t.match((await admin.get(placeOf(request))).text, `${siti.primary_email}: ${texts['group.why.disabled'].ms}`);
  const answer = await admin.submit(placeOf(request), `${placeOf(request)}/approve`);
  t.equal(answer.status, 303);
  const after = await admin.get(placeOf(request));
  t.match(after.text, 'kecuali 1 yang tidak dapat dibuat');
  t.match(after.text, `${siti.primary_email}: ${texts['group.why.disabled'].ms}`);
  t.strictSame(await membersOf(ipms, id), [ADMIN, ahmad.primary_email].toSorted());
  t.strictSame(JSON.parse((await newest(ipms)).outcome), {
    refused: [{ email: siti.primary_email, why: 'disabled' }],
    already: [CONTACT],
  });
  const letter = await letterTo(ipms, OFFICER);
  t.match(letter, `${siti.primary_email}: the mailbox is disabled`);
  t.match(letter, 'but for what is named below');
  const record = (await recordsOf(ipms, 'group', id)).at(-1);
  t.match(record?.content, '"why":"disabled"');
  t.match((await admin.get(`/admin/records/${record?.id}`)).text, texts['group.why.disabled'].ms, 'in words');
});

t.test('when nothing of it can be done, it is not approved, and the page says what to do', async (t) => {
  const ipms = await startIpms(t);
  const siti = await makeOfficer(ipms, 'siti');
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER] });
  const owner = await ipms.signIn('pegawai.jabatan');
  await owner.submit(mine(id), mine(id), { add: siti.primary_email });
  await ipms.db.updateTable('mailbox').set({ status: 'deleted' }).where('id', '=', siti.id).execute();
  const request = await newest(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const answer = await admin.submit(placeOf(request), `${placeOf(request)}/approve`);
  t.equal(answer.status, 422);
  t.match(answer.text, texts['group.request.nothingFits'].ms);
  t.match(await newest(ipms), { status: 'requested' });
  t.equal(
    (await admin.submit(placeOf(request), `${placeOf(request)}/refuse`, { reason: 'Telah bersara' })).status,
    303,
  );
});

t.test('owners who came since stay; the last one who can look after the list does, too', async (t) => {
  const ipms = await startIpms(t);
  const ahmad = await makeOfficer(ipms, 'ahmad');
  const siti = await makeOfficer(ipms, 'siti');
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER, ahmad] });
  const owner = await ipms.signIn('pegawai.jabatan');
  await owner.submit(mine(id), mine(id), { owners: [ahmad.primary_email, ''] });
  const first = await newest(ipms);
  t.strictSame(wantedOf(first), { owners_to_remove: [OFFICER] });
  const admin = await ipms.signIn('admin.jabatan');
  const group = `/admin/groups/${id}`;
  await admin.submit(group, group, { owners: [OFFICER, ahmad.primary_email, siti.primary_email, ''] });
  await admin.submit(placeOf(first), `${placeOf(first)}/approve`);
  t.strictSame(await ownersOf(ipms, id), [ahmad.primary_email, siti.primary_email].toSorted());
  t.match((await admin.get(placeOf(first))).text, texts['group.request.approved'].ms);

  const heir = await ipms.signIn('siti');
  await heir.submit(mine(id), mine(id), { owners: [ahmad.primary_email, ''], display_name: 'Lain' });
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', ahmad.id).execute();
  const second = await newest(ipms);
  await admin.submit(placeOf(second), `${placeOf(second)}/approve`);
  t.strictSame(await ownersOf(ipms, id), [ahmad.primary_email, siti.primary_email].toSorted());
  t.match(JSON.parse((await newest(ipms)).outcome), { refused: [{ email: siti.primary_email, why: 'last-owner' }] });
});

t.test(
  'who is to go is found under another address, or named; who was disabled meanwhile does not come back',
  async (t) => {
    const ipms = await startIpms(t);
    const [ahmad, siti, lost, away] = await Promise.all([
      makeOfficer(ipms, 'ahmad'),
      makeOfficer(ipms, 'siti'),
      makeOfficer(ipms, 'hilang'),
      makeOfficer(ipms, 'cuti'),
    ]);
    const id = await makeGroup(ipms, 'uji', { owners: [OFFICER, ahmad], members: [siti, lost, away] });
    const owner = await ipms.signIn('pegawai.jabatan');
    const remove = [siti, lost, away].map((each) => each.primary_email);
    await owner.submit(mine(id), mine(id), { owners: [OFFICER, ''], remove });
    const request = await newest(ipms);
    const admin = await ipms.signIn('admin.jabatan');
    for (const [box, keep_address] of [
      [ahmad, '1'],
      [siti, '1'],
      [lost, ''],
    ] as const) {
      const place = `/admin/mailboxes/${box.id}`;
      const renamed = { primary_email: `${box.login_id}.baharu@jabatan.test`, keep_address };
      t.equal((await admin.submit(place, place, renamed)).status, 303);
    }
    const account = `/admin/mailboxes/${away.id}`;
    const order = { reason: 'other', disabled_from: '24/11/2026' };
    t.equal((await admin.submit(`${account}/account`, `${account}/disable`, order)).status, 303);
    const unknown = `${lost.primary_email}: ${texts['group.why.unknown'].ms}`;
    t.match((await admin.get(placeOf(request))).text, unknown, 'said before');
    t.equal((await admin.submit(placeOf(request), `${placeOf(request)}/approve`)).status, 303);
    t.strictSame(JSON.parse((await newest(ipms)).outcome), {
      refused: [{ email: lost.primary_email, why: 'unknown' }],
    });
    t.strictSame(await ownersOf(ipms, id), [OFFICER]);
    t.equal((await admin.submit(`${account}/account`, `${account}/enable`)).status, 303);
    t.strictSame(
      await membersOf(ipms, id),
      ['hilang.baharu@jabatan.test'],
      'and nothing that was approved is forgotten',
    );
  },
);

t.test('who asked is an owner no longer: the page says so, and the administrator decides', async (t) => {
  const { ipms, id, siti, request } = await asked(t);
  const admin = await ipms.signIn('admin.jabatan');
  t.notMatch((await admin.get(placeOf(request))).text, texts['group.request.notOwner'].ms);
  const group = `/admin/groups/${id}`;
  await admin.submit(group, group, { owners: [siti.primary_email, ''] });
  t.match((await admin.get(placeOf(request))).text, texts['group.request.notOwner'].ms);
  t.equal((await admin.submit(placeOf(request), `${placeOf(request)}/approve`)).status, 303);
  const owner = await ipms.signIn('pegawai.jabatan');
  t.match((await owner.get(`/me/list-requests/${request.id}`)).text, texts['group.request.approved'].ms);
});

t.test('what is asked wrongly comes back beside its field', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER], members: [ADMIN] });
  const owner = await ipms.signIn('pegawai.jabatan');
  const before = (await ipms.db.selectFrom('list_change_request').select('id').execute()).length;
  const wrong: [Record<string, string | string[]>, string | null, RegExp][] = [
    [{ add: 'tiada@jabatan.test' }, 'add', /tiada@jabatan\.test/],
    [{ add: 'bukan alamat' }, 'add', /bukan/],
    [{ remove: CONTACT }, 'remove', /norhayati/],
    [{ owners: [''] }, 'owners', /pengendali/],
    [{ owners: CONTACT }, 'owners', /norhayati/],
    [{ text: 'Tambah Siti' }, null, /Tiada apa-apa yang diubah/],
    [{ add: ADMIN }, null, /Tiada apa-apa yang diubah/],
  ];
  for (const [fields, name, words] of wrong) {
    const answer = await owner.submit(mine(id), mine(id), fields);
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.match(name === null ? answer.text : answer.problems[name], words);
  }
  t.equal((await ipms.db.selectFrom('list_change_request').select('id').execute()).length, before);
});

t.test('a refusal needs a reason, which is mailed, audited and filed', async (t) => {
  const { ipms, id, request } = await asked(t);
  const admin = await ipms.signIn('admin.jabatan');
  const place = placeOf(request);
  const empty = await admin.submit(place, `${place}/refuse`, { reason: '' });
  t.equal(empty.status, 422);
  t.equal(empty.problems.reason, texts['form.required'].ms);
  await admin.submit(place, `${place}/refuse`, { reason: 'Siti sudah bertukar' });
  t.match(await newest(ipms), { status: 'refused', answer: 'Siti sudah bertukar' });
  t.match(await letterTo(ipms, OFFICER), 'Siti sudah bertukar');
  t.match((await trailOf(ipms, 'group', id)).at(-1), { action: 'group.change-refused' });
  t.match((await recordsOf(ipms, 'group', id)).at(-1), { sop: '5.0', title: 'record.list-request-refused' });
  t.strictSame(await membersOf(ipms, id), [ADMIN, CONTACT].toSorted());
});

t.test('free text of before stays readable; approving it says what was done by hand', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER] });
  const { id: requested_by } = await ipms.db
    .selectFrom('user')
    .select('id')
    .where('email', '=', OFFICER)
    .executeTakeFirstOrThrow();
  await ipms.db
    .insertInto('list_change_request')
    .values({
      kind: 'free-text',
      group_id: id,
      agency_id: 1,
      requested_by,
      text: 'Tambah Siti\n<b>segera</b>',
      created_at: ipms.clock.now.toISOString(),
    })
    .execute();
  const request = await newest(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get(placeOf(request));
  t.match(page.text, 'Tambah Siti');
  t.match(page.text, texts['group.request.freeText'].ms);
  t.match((await (await ipms.signIn('pegawai.jabatan')).get(mine(id))).text, 'Tambah Siti');
  const empty = await admin.submit(placeOf(request), `${placeOf(request)}/approve`, { answer: '' });
  t.equal(empty.status, 422);
  t.equal(empty.problems.answer, texts['group.request.sayWhat'].ms);
  t.equal(
    (await admin.submit(placeOf(request), `${placeOf(request)}/approve`, { answer: 'Siti ditambah' })).status,
    303,
  );
  t.match(await letterTo(ipms, OFFICER), 'Siti ditambah');
  t.match(await newest(ipms), { status: 'approved', answer: 'Siti ditambah' });
});

t.test('a list that is deleted: who asked hears that the request was closed', async (t) => {
  const { ipms, id, request } = await asked(t);
  const other = await makeOfficer(ipms, 'bekas');
  await ipms.db
    .updateTable('list_change_request')
    .set({ requested_by: other.user_id })
    .where('id', '=', request.id)
    .execute();
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.token(placeOf(request));
  await admin.submit(`/admin/groups/${id}/delete`, `/admin/groups/${id}/delete`);
  t.match(await newest(ipms), { status: 'refused', closed_by_deletion: 1, answer: null });
  t.match(await letterTo(ipms, other.primary_email), 'closed without being carried out');
  const late = await admin.post(`${placeOf(request)}/approve`, { _csrf: page });
  t.equal(late.status, 409);
  t.match((await admin.get(placeOf(request))).text, texts['group.request.listGone'].ms);
  t.strictSame(
    (await recordsOf(ipms, 'group', id)).slice(-2).map((record) => record.title),
    ['record.group-deleted', 'record.list-request-refused'],
  );
});

t.test('two who answer at once: the second is told who was first', async (t) => {
  const { ipms, id, request } = await asked(t);
  await ipms.db.deleteFrom('outbox').execute();
  const place = placeOf(request);
  const admins = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.jabatan')];
  const tokens = await Promise.all(admins.map((admin) => admin.token(place)));
  const answers = await Promise.all([
    admins[0]?.post(`${place}/approve`, { _csrf: tokens[0] ?? '' }),
    admins[1]?.post(`${place}/refuse`, { reason: 'Tidak', _csrf: tokens[1] ?? '' }),
  ]);
  t.strictSame(answers.map((answer) => answer?.status).toSorted(), [303, 409]);
  t.match(
    answers.find((answer) => answer?.status === 409)?.text,
    /telah dijawab oleh Rosnah binti Ismail pada 24 Nov 2026/,
  );
  t.equal((await recordsOf(ipms, 'group', id, '5.0')).length, 1);
});

t.test('who may not', async (t) => {
  const { ipms, id, request } = await asked(t);
  const rows = async () => (await ipms.db.selectFrom('list_change_request').selectAll().execute()).length;
  const before = await rows();
  t.equal((await ipms.visitor().get(mine(id))).location, `/login?next=${encodeURIComponent(mine(id))}`);
  t.equal((await (await ipms.signIn('meja.bantuan')).get(mine(id))).status, 403);
  for (const login of ['pegawai.kementerian', 'admin.jabatan', 'admin.kementerian']) {
    const somebody = await ipms.signIn(login);
    t.equal((await somebody.get(mine(id))).status, 404, `${login} does not own it`);
    const _csrf = await somebody.token('/me/groups');
    t.equal((await somebody.post(mine(id), { add: ADMIN, _csrf })).status, 404);
    t.equal((await somebody.get(`/me/list-requests/${request.id}`)).status, 404);
  }
  const owner = await ipms.signIn('pegawai.jabatan');
  t.equal((await owner.get(placeOf(request))).status, 403);
  const own = `/me/list-requests/${request.id}`;
  t.notOk(
    (await owner.get(own)).dom.querySelector('main form[action$="/approve"]'),
    'nobody answers the own request for a change',
  );
  t.equal((await owner.post(`${own}/approve`, { _csrf: await owner.token('/me/groups/new') })).status, 404);
  const other = await ipms.signIn('admin.kementerian');
  const _csrf = await other.token('/admin/groups/new');
  t.equal((await other.get(placeOf(request))).status, 404);
  for (const act of ['approve', 'refuse'])
    t.equal((await other.post(`${placeOf(request)}/${act}`, { reason: 'x', _csrf })).status, 404, act);
  t.notMatch((await other.get('/admin/list-change-requests?status=')).text, 'Senarai uji');
  t.equal(await rows(), before);
  t.match(await newest(ipms), { status: 'requested' });
  await ipms.db.updateTable('group').set({ status: 'deleted' }).where('id', '=', id).execute();
  t.equal((await owner.get(mine(id))).status, 404, 'a list that is no more has no owner');
});
