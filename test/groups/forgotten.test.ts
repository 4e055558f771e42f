import { t } from 'tap';
import { startIpms } from '../helper.ts';
import { again, command, deeds, groupsOf, list, officer } from '../mailbox-life/house.ts';
import { mailed } from './lists.ts';

// SOP 4.10 and 4.19: what is taken out by hand while somebody is disabled does not come back

t.test('a remembered membership is given up on Member Of; the preview says so', async (t) => {
  const ipms = await startIpms(t);
  const away = await officer(ipms, 'cuti');
  const owner = await officer(ipms, 'pemilik');
  const [one, two] = [
    await list(ipms, 'satu', { owners: [owner], members: [away] }),
    await list(ipms, 'dua', { owners: [owner], members: [away] }),
  ];
  const admin = await ipms.signIn('admin.jabatan');
  await command(admin, away, 'disable', { reason: 'study_leave' });
  const place = `/admin/mailboxes/${away.id}`;
  const page = await admin.get(`${place}/groups`);
  t.match(page.text, /DL dua.*Kembali apabila diaktifkan.*Jangan kembalikan/);
  await ipms.db.deleteFrom('outbox').execute();
  const answer = await admin.post(`${place}/groups/remove`, {
    group_id: String(one),
    _csrf: await admin.token('/admin'),
  });
  t.equal(answer.status, 303);
  t.ok((await mailed(ipms)).includes(`N14 ${owner.primary_email}`), 'the owner hears that it is for good');
  t.equal((await deeds(ipms, away)).at(-1), 'mailbox.left-list');
  t.match((await admin.get(`${place}/enable`)).text, /tidak dikembalikan, seperti yang anda tetapkan: ?DL satu/);
  await command(admin, away, 'enable');
  t.strictSame(await groupsOf(ipms, away), [two]);
});

t.test('who may not: another agency, a user, the helpdesk', async (t) => {
  const ipms = await startIpms(t);
  const away = await officer(ipms, 'cuti');
  const one = await list(ipms, 'satu', { owners: [await officer(ipms, 'pemilik')], members: [away] });
  await command(await ipms.signIn('admin.jabatan'), away, 'disable', { reason: 'study_leave' });
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
  await command(await ipms.signIn('admin.jabatan'), await again(ipms, away), 'enable');
  t.strictSame(await groupsOf(ipms, away), [one]);
});
