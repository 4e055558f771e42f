import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { makeGroup } from '../make.ts';
import { ADMIN, CONTACT, OFFICER, STRANGER } from '../people.ts';
import { mailboxId, recordsOf, trailOf } from '../read.ts';
import { mailed } from './members.ts';

// SOP 4.14: Kemaskini Maklumat Mailing List

const place = (id: number) => `/admin/groups/${id}`;
const flows = (id: number) => `/admin/groups/${id}/mail-flows`;

async function ownersOf({ db }: Ipms, id: number) {
  const rows = await db
    .selectFrom('group_owner')
    .innerJoin('mailbox', 'mailbox.id', 'mailbox_id')
    .select('primary_email')
    .where('group_id', '=', id)
    .orderBy('primary_email')
    .execute();
  return rows.map((row) => row.primary_email);
}

t.test('display name, owners and further addresses are changed, audited and filed', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { members: [OFFICER] });
  const admin = await ipms.signIn('admin.jabatan');
  const answer = await admin.submit(place(id), place(id), {
    display_name: 'Senarai Baru',
    owners: [OFFICER, ''],
    aliases: 'uji.lama@jabatan.test\r\nUJI.DUA@jabatan.test',
  });
  t.equal(answer.status, 303);
  t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirst(), {
    display_name: 'Senarai Baru',
    primary_email: 'uji@jabatan.test',
    changed_at: ipms.clock.now.toISOString(),
  });
  t.strictSame(await ownersOf(ipms, id), [OFFICER]);
  const held = await ipms.db
    .selectFrom('address')
    .select('address')
    .where('kind', '=', 'group')
    .where('item_id', '=', id)
    .orderBy('address')
    .execute();
  t.strictSame(
    held.map((row) => row.address),
    ['uji.dua@jabatan.test', 'uji.lama@jabatan.test', 'uji@jabatan.test'],
  );
  const act = (await trailOf(ipms, 'group', id)).at(-1);
  t.match(act, { action: 'group.updated', sop: '4.14' });
  t.strictSame(JSON.parse(act?.before ?? ''), { display_name: 'Senarai uji', owners: [ADMIN], aliases: [] });
  t.match((await recordsOf(ipms, 'group', id)).at(-1), { sop: '4.14', title: 'record.group-updated' });
  t.match((await admin.get('/admin/groups?q=uji.dua')).text, 'Senarai Baru', 'a further address finds it');
  t.match((await admin.get(`${place(id)}/history`)).text, 'Senarai uji → Senarai Baru');

  const boss = await mailboxId(ipms, ADMIN);
  const taken = `/admin/mailboxes/${boss}/mail-flows`;
  await admin.submit(taken, taken, { accept_from: 'listed', senders: 'uji.dua@jabatan.test' });
  await admin.submit(place(id), place(id), { aliases: '' });
  const senders = ipms.db.selectFrom('accepted_sender').select('address').where('mailbox_id', '=', boss);
  t.strictSame(await senders.execute(), [{ address: 'uji@jabatan.test' }], 'mail from it comes from the list now');
  t.equal(
    (
      await ipms.db
        .selectFrom('address')
        .select('address')
        .where('kind', '=', 'group')
        .where('item_id', '=', id)
        .execute()
    ).length,
    1,
  );
  const acts = (await trailOf(ipms, 'group', id)).length;
  t.match((await admin.get((await admin.submit(place(id), place(id))).location)).text, texts['shown.same'].ms);
  t.equal((await trailOf(ipms, 'group', id)).length, acts, 'nothing different, nothing written');
  t.strictSame(
    await mailed(ipms),
    [`list-owner ${ADMIN}`, `list-owner ${OFFICER}`],
    'who was and who is the owner, once: nothing else is told',
  );
});

t.test('the history is of the list, and not of the mailbox that has the same number', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await ipms.db
    .selectFrom('group')
    .innerJoin('mailbox', 'mailbox.id', 'group.id')
    .select('group.id')
    .where('group.agency_id', '=', 1)
    .where('mailbox.agency_id', '=', 1)
    .where('group.status', '=', 'active')
    .where('mailbox.status', '=', 'active')
    .executeTakeFirstOrThrow();
  const admin = await ipms.signIn('admin.jabatan');
  const mailbox = `/admin/mailboxes/${id}`;
  await admin.submit(mailbox, mailbox, { unit: 'Unit Sebelah' });
  await admin.submit(place(id), place(id), { display_name: 'Senarai Sebelah' });
  const [lists, mailboxes] = [await admin.get(`${place(id)}/history`), await admin.get(`${mailbox}/history`)];
  t.match(lists.text, 'Senarai Sebelah');
  t.notMatch(lists.text, 'Unit Sebelah');
  t.match(mailboxes.text, 'Unit Sebelah');
  t.notMatch(mailboxes.text, 'Senarai Sebelah');
});

t.test('a form with the name alone changes the name alone', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { owners: [ADMIN, OFFICER] });
  const admin = await ipms.signIn('admin.jabatan');
  await admin.submit(place(id), place(id), { aliases: 'uji.dua@jabatan.test' });
  const answer = await admin.post(place(id), { display_name: 'Nama Sahaja', _csrf: await admin.token(place(id)) });
  t.equal(answer.status, 303);
  t.strictSame(await ownersOf(ipms, id), [ADMIN, OFFICER]);
  t.match((await admin.get(place(id))).text, /Nama Sahaja.*uji\.dua@jabatan\.test/);
});

t.test('what is wrong comes back beside its field', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji');
  const admin = await ipms.signIn('admin.jabatan');
  const wrong: [Record<string, string>, string][] = [
    [{ display_name: '' }, 'display_name'],
    [{ owners: '' }, 'owners'],
    [{ owners: STRANGER }, 'owners'],
    [{ owners: CONTACT }, 'owners'],
    [{ aliases: ADMIN }, 'aliases'],
    [{ aliases: 'uji@lain.test' }, 'aliases'],
    [{ aliases: 'bukan' }, 'aliases'],
  ];
  for (const [fields, name] of wrong) {
    const answer = await admin.submit(place(id), place(id), { display_name: 'Yang Ditaip', ...fields });
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.strictSame(Object.keys(answer.problems), [name]);
  }
  t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirst(), {
    display_name: 'Senarai uji',
  });
});

t.test('the last active owner stays, whichever way', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { owners: [ADMIN, OFFICER] });
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('primary_email', '=', OFFICER).execute();
  const admin = await ipms.signIn('admin.jabatan');
  const refused = await admin.submit(place(id), place(id), { owners: OFFICER });
  t.equal(refused.status, 422);
  t.equal(refused.problems.owners, texts['group.ownerNeeded'].ms);
  t.strictSame(await ownersOf(ipms, id), [ADMIN, OFFICER]);
  t.equal(
    (await admin.submit(place(id), place(id), { owners: [ADMIN, OFFICER] })).status,
    303,
    'one who is away may stay',
  );

  const pages = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.jabatan')];
  await ipms.db.updateTable('mailbox').set({ status: 'active' }).execute();
  const answers = await Promise.all(
    pages.map(async (page, at) =>
      page.post(place(id), {
        display_name: 'Senarai uji',
        owners: at === 0 ? ADMIN : OFFICER,
        _csrf: await page.token(place(id)),
      }),
    ),
  );
  t.strictSame(
    answers.map((answer) => answer.status),
    [303, 303],
  );
  t.equal((await ownersOf(ipms, id)).length, 1, 'two who each take out the other leave one');
});

t.test('two who edit at once: the second sees what changed, and can apply again', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji');
  const [one, two] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.jabatan')];
  const opened = await two.get(place(id));
  const value = (name: string) =>
    opened.dom.querySelector(`form[action="${place(id)}"] input[name=${name}]`)?.getAttribute('value') ?? '';
  await one.submit(place(id), place(id), { display_name: 'Yang Pertama' });
  const fields = {
    shown: value('shown'),
    _csrf: value('_csrf'),
    display_name: 'Yang Kedua',
    owners: ADMIN,
    aliases: '',
  };
  const late = await two.post(place(id), fields);
  t.equal(late.status, 409);
  t.match(late.text, /Yang Pertama/);
  t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirst(), {
    display_name: 'Yang Pertama',
  });
  const again = { ...fields, shown: late.dom.querySelector('input[name=shown]')?.getAttribute('value') ?? '' };
  t.equal((await two.post(place(id), again)).status, 303);
  t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirst(), {
    display_name: 'Yang Kedua',
  });

  const shown = (await two.get(flows(id))).dom.querySelector('input[name=shown]')?.getAttribute('value') ?? '';
  await one.submit(flows(id), flows(id), { accept_from: 'members' });
  const second = await two.post(flows(id), { accept_from: 'agency', shown, _csrf: await two.token(flows(id)) });
  t.equal(second.status, 409, 'so it is with Mail Flows');
  t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirst(), {
    accept_from: 'members',
  });
});

t.test('Mail Flows: who may send to the list', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji');
  const admin = await ipms.signIn('admin.jabatan');
  const senders = async () =>
    (await ipms.db.selectFrom('group_sender').selectAll().where('group_id', '=', id).execute()).map(
      (row) => row.address,
    );
  const set = (fields: Record<string, string | string[]>) => admin.submit(flows(id), flows(id), fields);
  t.equal((await set({ accept_from: 'listed', senders: [OFFICER, `postadmin@jabatan.test ${CONTACT}`] })).status, 303);
  t.strictSame(await senders(), [CONTACT, OFFICER, 'postadmin@jabatan.test']);
  t.match((await trailOf(ipms, 'group', id)).at(-1), { action: 'group.updated', sop: '4.14' });
  t.match((await admin.get(`${place(id)}/history`)).text, 'Only sender from following list');

  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('primary_email', '=', OFFICER).execute();
  t.equal((await set({ senders: [OFFICER, CONTACT] })).status, 303, 'who is listed may stay while away');
  t.equal((await set({ senders: STRANGER })).status, 422);
  t.match((await set({ senders: 'tiada@jabatan.test' })).problems.senders, 'tiada@jabatan.test');
  t.equal((await set({ senders: '' })).problems.senders, texts['group.senderNeeded'].ms);
  t.equal((await set({ accept_from: 'semua' })).status, 422);
  t.strictSame(await senders(), [CONTACT, OFFICER]);
  t.equal((await set({ accept_from: 'members' })).status, 303);
  t.strictSame(await senders(), [], 'nobody is listed where it is not the list that counts');
  t.match((await admin.get(place(id))).text, texts['group.accept.members'].ms);
  const found = await admin.submit(flows(id), flows(id), { accept_from: 'listed', q: 'rosnah', step: 'search' });
  t.ok(found.dom.querySelector(`input[name=senders][value="${ADMIN}"]`), 'senders are found by search');
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER] });
  const before = await trailOf(ipms, 'group', id);
  for (const url of [place(id), flows(id), `${place(id)}/history`, `${place(id)}/member-of`]) {
    t.equal((await ipms.visitor().get(url)).location, `/login?next=${encodeURIComponent(url)}`);
    t.equal((await (await ipms.signIn('pegawai.jabatan')).get(url)).status, 403, 'not even the owner');
    t.equal((await (await ipms.signIn('admin.kementerian')).get(url)).status, 404);
  }
  const other = await ipms.signIn('admin.kementerian');
  const _csrf = await other.token('/admin/groups/new');
  t.equal((await other.post(place(id), { display_name: 'Curi', owners: STRANGER, _csrf })).status, 404);
  t.equal((await other.post(flows(id), { accept_from: 'members', _csrf })).status, 404);
  t.strictSame(await trailOf(ipms, 'group', id), before);
  t.equal((await mailboxId(ipms, OFFICER)) > 0, true);
});
