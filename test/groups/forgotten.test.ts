import { t } from 'tap';
import { startIpms } from '../helper.ts';
import { groupsOf, manage } from '../mailbox-life/manage-account.ts';
import { makeGroup, makeOfficer } from '../make.ts';
import { actionsOf, mailboxNow } from '../read.ts';
import { mailed } from './members.ts';

// SOP 4.10 and 4.19: what is taken out by hand while somebody is disabled does not come back

t.test('a remembered membership is given up on Member Of; the preview says so', async (t) => {
  const ipms = await startIpms(t);
  const away = await makeOfficer(ipms, 'cuti');
  const owner = await makeOfficer(ipms, 'pemilik');
  const [one, two] = [
    await makeGroup(ipms, 'satu', { owners: [owner], members: [away] }),
    await makeGroup(ipms, 'dua', { owners: [owner], members: [away] }),
  ];
  const admin = await ipms.signIn('admin.jabatan');
  await manage(admin, away, 'disable', { reason: 'study_leave' });
  const place = `/admin/mailboxes/${away.id}`;
  const page = await admin.get(`${place}/groups`);
  t.match(page.text, /Senarai dua.*Kembali apabila diaktifkan.*Jangan kembalikan/);
  await ipms.db.deleteFrom('outbox').execute();
  const answer = await admin.post(`${place}/groups/remove`, {
    group_id: String(one),
    _csrf: await admin.token('/admin'),
  });
  t.equal(answer.status, 303);
  t.ok((await mailed(ipms)).includes(`N14 ${owner.primary_email}`), 'the owner hears that it is for good');
  t.equal((await actionsOf(ipms, 'mailbox', away.id)).at(-1), 'mailbox.left-list');
  t.match((await admin.get(`${place}/enable`)).text, /tidak dikembalikan, seperti yang anda tetapkan: ?Senarai satu/);
  await manage(admin, away, 'enable');
  t.strictSame(await groupsOf(ipms, away), [two]);
});

t.test('who may not: another agency, a user, the helpdesk', async (t) => {
  const ipms = await startIpms(t);
  const away = await makeOfficer(ipms, 'cuti');
  const one = await makeGroup(ipms, 'satu', { owners: [await makeOfficer(ipms, 'pemilik')], members: [away] });
  await manage(await ipms.signIn('admin.jabatan'), away, 'disable', { reason: 'study_leave' });
  for (const [login, status] of [
    ['admin.kementerian', 404],
    ['pegawai.jabatan', 403],
    ['meja.bantuan', 403],
  ] as const) {
    const browser = await ipms.signIn(login);
    const _csrf = await browser.token('/me/password');
    t.equal(
      (await browser.post(`/admin/mailboxes/${away.id}/groups/remove`, { group_id: String(one), _csrf })).status,
      status,
    );
  }
  await manage(await ipms.signIn('admin.jabatan'), await mailboxNow(ipms, away), 'enable');
  t.strictSame(await groupsOf(ipms, away), [one]);
});
