import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { startIpms, type Visitor } from '../helper.ts';
import { ADMIN, actsOn, mailboxId, mailed, makeGroup, membersOf, OFFICER, recordsOf, STRANGER } from './lists.ts';

// SOP 4.18: Penambahan Pengguna sebagai Ahli Mailing List (Member Of); SOP 4.19: Pengeluaran Mailing List dari Ahli

const tab = (id: number) => `/admin/mailboxes/${id}/groups`;

async function listed(admin: Visitor, url: string) {
  const { dom } = await admin.get(url);
  return dom.querySelectorAll('main tbody tr').map((row) => {
    const cells = row.querySelectorAll('td').map((cell) => cell.textContent.trim());
    return `${cells[0]}: ${cells[2]}, ${cells.at(-1)}`;
  });
}

t.test('Add puts the mailbox into a list that was searched for, by the rules and mails of SOP 4.15', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji');
  const mailbox = await mailboxId(ipms, OFFICER);
  const admin = await ipms.signIn('admin.jabatan');
  t.strictSame(await listed(admin, `${tab(mailbox)}?q=senarai+uji`), ['Senarai uji: Bukan ahli, Add']);
  t.strictSame(await listed(admin, `${tab(mailbox)}?q=UJI@`), ['Senarai uji: Bukan ahli, Add'], 'by its address, too');
  const page = await admin.get(`${tab(mailbox)}?q=senarai+uji`);
  const form = page.dom.querySelector(`form[action="${tab(mailbox)}/add"]`);
  t.equal(form?.querySelector('input[name=group_id]')?.getAttribute('value'), String(id));

  const answer = await admin.submit(`${tab(mailbox)}?q=senarai+uji`, `${tab(mailbox)}/add`);
  t.equal(answer.status, 303);
  t.equal(answer.location, tab(mailbox));
  t.strictSame(await membersOf(ipms, id), [OFFICER]);
  t.strictSame(await mailed(ipms), [`N13 ${OFFICER}`]);
  t.match((await actsOn(ipms, 'mailbox', mailbox)).at(-1), { action: 'mailbox.joined-list', sop: '4.18' });
  t.match((await actsOn(ipms, 'group', id)).at(-1), { action: 'group.members-added', sop: '4.18' });
  t.match((await recordsOf(ipms, 'group', id)).at(-1), { sop: '4.18', title: 'record.members-added' });
  t.ok((await listed(admin, tab(mailbox))).includes('Senarai uji: Ahli, Delete'));

  const again = await admin.post(`${tab(mailbox)}/add`, {
    group_id: String(id),
    _csrf: await admin.token(tab(mailbox)),
  });
  t.equal(again.status, 303, 'a second time is harmless');
  t.match((await admin.get(tab(mailbox))).text, 'Sudah menjadi ahli');
  t.equal((await mailed(ipms)).length, 1);
});

t.test('the delete icon takes it out, by the rules and mails of SOP 4.16', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', [OFFICER], [ADMIN]);
  const mailbox = await mailboxId(ipms, OFFICER);
  const admin = await ipms.signIn('admin.jabatan');
  const answer = await admin.submit(`${tab(mailbox)}?q=senarai+uji`, `${tab(mailbox)}/remove`);
  t.equal(answer.status, 303);
  t.strictSame(await membersOf(ipms, id), []);
  t.strictSame(await mailed(ipms), [`N14 ${ADMIN}`, `N14 ${OFFICER}`]);
  t.match((await actsOn(ipms, 'mailbox', mailbox)).at(-1), { action: 'mailbox.left-list', sop: '4.19' });
  t.match((await recordsOf(ipms, 'group', id)).at(-1), { sop: '4.19', title: 'record.members-removed' });
  t.match((await admin.get(tab(mailbox))).text, '1 ahli dikeluarkan');
  const members = `/admin/groups/${await makeGroup(ipms, 'lain', [ADMIN])}/members`;
  await admin.submit(members, `${members}/remove`, { members: ADMIN });
  const past = await admin.get(`${tab(mailbox)}?show=past`);
  t.notMatch(past.text, 'Senarai lain', 'it was never in that one');
  t.match(past.text, /Senarai uji.*24 Nov 2026, Rosnah binti Ismail: dikeluarkan/);
  const acts = (await actsOn(ipms, 'mailbox', mailbox)).length;
  await admin.post(`${tab(mailbox)}/remove`, { group_id: String(id), _csrf: await admin.token(tab(mailbox)) });
  t.match((await admin.get(tab(mailbox))).text, texts['group.removed.none'].ms);
  t.equal((await actsOn(ipms, 'mailbox', mailbox)).length, acts);
});

t.test('a mailbox that is not active is added nowhere', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji');
  const mailbox = await mailboxId(ipms, OFFICER);
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', mailbox).execute();
  const admin = await ipms.signIn('admin.jabatan');
  t.strictSame(await listed(admin, `${tab(mailbox)}?q=senarai+uji`), ['Senarai uji: Bukan ahli, '], 'no button');
  const refused = await admin.post(`${tab(mailbox)}/add`, {
    group_id: String(id),
    _csrf: await admin.token(tab(mailbox)),
  });
  t.equal(refused.status, 422);
  t.match(refused.text, 'tidak aktif');
  t.strictSame(await membersOf(ipms, id), []);
});

t.test('a list that was deleted meanwhile, and what is no list', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji');
  const mailbox = await mailboxId(ipms, OFFICER);
  const admin = await ipms.signIn('admin.jabatan');
  const _csrf = await admin.token(tab(mailbox));
  await admin.submit(`/admin/groups/${id}/delete`, `/admin/groups/${id}/delete`);
  t.equal((await admin.post(`${tab(mailbox)}/add`, { group_id: String(id), _csrf })).status, 409);
  t.equal((await admin.post(`${tab(mailbox)}/add`, { group_id: 'x', _csrf })).status, 422);
  t.equal((await admin.post(`${tab(mailbox)}/add`, { _csrf })).status, 422);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', [OFFICER]);
  const [own, foreign] = [await mailboxId(ipms, OFFICER), await mailboxId(ipms, STRANGER)];
  t.equal((await ipms.visitor().get(tab(own))).location, `/login?next=${encodeURIComponent(tab(own))}`);
  t.equal((await (await ipms.signIn('pegawai.jabatan')).get(tab(own))).status, 403);
  const other = await ipms.signIn('admin.kementerian');
  const _csrf = await other.token('/admin/groups/new');
  t.equal((await other.get(tab(own))).status, 404);
  t.equal((await other.post(`${tab(own)}/remove`, { group_id: String(id), _csrf })).status, 404);
  t.equal(
    (await other.post(`${tab(foreign)}/add`, { group_id: String(id), _csrf })).status,
    404,
    "the own mailbox, another agency's list",
  );
  t.notMatch((await other.get(`${tab(foreign)}?q=senarai`)).text, 'Senarai uji');
  const admin = await ipms.signIn('admin.jabatan');
  const theirs = await ipms.db
    .selectFrom('group')
    .select('id')
    .where('agency_id', '=', 2)
    .limit(1)
    .executeTakeFirstOrThrow();
  t.equal(
    (await admin.post(`${tab(own)}/add`, { group_id: String(theirs.id), _csrf: await admin.token(tab(own)) })).status,
    404,
  );
  t.strictSame(await membersOf(ipms, id), [OFFICER]);
});
