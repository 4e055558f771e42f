import { t } from 'tap';
import { type Ipms, startIpms } from '../helper.ts';
import { manage } from '../mailbox-life/manage-account.ts';
import { makeContact, makeGroup, makeOfficer } from '../make.ts';
import { ADMIN, CONTACT, OFFICER } from '../people.ts';
import { mailsNumbered } from '../read.ts';
import { askAboutContact, OUTSIDER, ticketMails } from '../tickets/contact-tickets.ts';
import { mailed } from './members.ts';

// Who is told of what happens to lists: everybody concerned (SOP 4.11, 4.13, 4.14, 4.17), each once for one act.

const place = (id: number) => `/admin/groups/${id}`;

/** The letters to one person, as text. */
async function lettersTo({ db }: Ipms, address: string) {
  const rows = await db.selectFrom('outbox').select('letter').where('to_address', '=', address).execute();
  return rows.map((row) => row.letter);
}

t.test('who becomes an owner and who is one no longer hears so; who stays does not', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'uji', { owners: [ADMIN, OFFICER] });
  const newcomer = await makeOfficer(ipms, 'baru');
  const admin = await ipms.signIn('admin.jabatan');
  const saved = await admin.submit(place(id), place(id), { owners: [ADMIN, newcomer.primary_email, ''] });
  t.strictSame(await mailed(ipms), [`list-owner ${newcomer.primary_email}`, `list-owner ${OFFICER}`]);
  const [came] = await lettersTo(ipms, newcomer.primary_email);
  t.match(came, /Anda kini pengendali senarai mel: Senarai uji/);
  t.match(came, /You own now/);
  t.match(came, 'me/groups?as=owner');
  const [went] = await lettersTo(ipms, OFFICER);
  t.match(went, /You no longer own mailing lists: Senarai uji/);
  t.notMatch(went, /as=owner|own now/, 'what is not so is not said');
  const said = (await admin.get(saved.location)).text;
  t.match(said, newcomer.primary_email, 'the page names who was mailed');
  t.match(said, OFFICER);
});

t.test('an owner whose mailbox is not active is not written to; taking it back tells both again', async (t) => {
  const ipms = await startIpms(t);
  const away = await makeOfficer(ipms, 'cuti');
  const id = await makeGroup(ipms, 'uji', { owners: [ADMIN, away] });
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', away.id).execute();
  const admin = await ipms.signIn('admin.jabatan');
  await admin.submit(place(id), place(id), { owners: [ADMIN, OFFICER, ''] });
  t.strictSame(await mailed(ipms), [`list-owner ${OFFICER}`]);
  await ipms.db.updateTable('mailbox').set({ status: 'active' }).where('id', '=', away.id).execute();
  await ipms.db.deleteFrom('outbox').execute();
  const undo = `${place(id)}/undo`;
  t.equal((await admin.submit(undo, undo, { undo_reason: 'Tersilap', reason: 'Tersilap' })).status, 303);
  t.strictSame(await mailed(ipms), [`list-owner ${away.primary_email}`, `list-owner ${OFFICER}`]);
});

t.test('the heir of several lists hears once of all of them, and so does who leaves', async (t) => {
  const ipms = await startIpms(t);
  const leaver = await makeOfficer(ipms, 'pesara');
  for (const local of ['satu', 'dua', 'tiga']) await makeGroup(ipms, local, { owners: [leaver] });
  const admin = await ipms.signIn('admin.jabatan');
  const order = { effective_on: '1/12/2026', reason: 'Bersara', new_owner: OFFICER };
  t.equal((await manage(admin, leaver, 'delete', order)).status, 303);
  const mails = await mailsNumbered(ipms, 'list-owner');
  t.strictSame(mails.map((mail) => mail.to_address).toSorted(), [OFFICER, leaver.primary_email].toSorted());
  for (const { letter } of mails) for (const local of ['satu', 'dua', 'tiga']) t.match(letter, `Senarai ${local}`);
});

t.test('who leaves today is not written to any more; the helpdesk hears once, that it was done', async (t) => {
  const ipms = await startIpms(t);
  const leaver = await makeOfficer(ipms, 'pesara');
  await makeGroup(ipms, 'satu', { owners: [leaver] });
  const admin = await ipms.signIn('admin.jabatan');
  const order = { effective_on: '24/11/2026', reason: 'Bersara', new_owner: OFFICER };
  t.equal((await manage(admin, leaver, 'delete', order)).status, 303);
  t.strictSame(
    (await mailsNumbered(ipms, 'list-owner')).map((mail) => mail.to_address),
    [OFFICER],
  );
  const helpdesk = await mailsNumbered(ipms, 'N12');
  t.equal(helpdesk.length, 1);
  t.match(helpdesk[0]?.letter, /Account ended today/);
  t.match(helpdesk[0]?.letter, /helpdesk\/tickets\//);
});

t.test(
  'who takes over a list of whoever leaves today, and owns another one that they were in, hears of both in one mail',
  async (t) => {
    const ipms = await startIpms(t);
    const leaver = await makeOfficer(ipms, 'pesara');
    await makeGroup(ipms, 'satu', { owners: [leaver] });
    await makeGroup(ipms, 'dua', { owners: [OFFICER], members: [leaver] });
    const admin = await ipms.signIn('admin.jabatan');
    const order = { effective_on: '24/11/2026', reason: 'Bersara', new_owner: OFFICER };
    t.equal((await manage(admin, leaver, 'delete', order)).status, 303);
    const letters = await lettersTo(ipms, OFFICER);
    t.equal(letters.length, 1, 'one act, one mail');
    t.match(JSON.parse(letters[0] ?? '{}').subject, { en: 'Changes of mailing lists: Senarai satu' });
    t.match(letters[0], /Senarai satu.*Senarai dua/s);
  },
);

t.test('a list is deleted: its members hear, each once, whatever else they were to it', async (t) => {
  const ipms = await startIpms(t);
  const member = await makeOfficer(ipms, 'ahli');
  const inner = await makeGroup(ipms, 'dalam');
  const id = await makeGroup(ipms, 'uji', {
    owners: [OFFICER],
    members: [OFFICER, member, CONTACT, 'dalam@jabatan.test'],
  });
  // a member that owns both of the lists that hold this one
  for (const local of ['luar', 'luar.dua'])
    await makeGroup(ipms, local, { owners: [member], members: ['uji@jabatan.test', OFFICER] });
  const admin = await ipms.signIn('admin.jabatan');
  t.match((await admin.get(`${place(id)}/delete`)).text, 'Ahli senarai (mailbox dan contact) dimaklumkan');
  await admin.submit(`${place(id)}/delete`, `${place(id)}/delete`);
  t.strictSame(await mailed(ipms), [`N15 ${member.primary_email}`, `N15 ${CONTACT}`, `N15 ${OFFICER}`].toSorted());
  const [letter = ''] = await lettersTo(ipms, member.primary_email);
  t.match(JSON.parse(letter).subject, {
    en: /^Changes of mailing lists: Senarai uji, Senarai luar, Senarai luar.dua$/,
  });
  t.match(letter, /which you were in, was deleted/);
  t.match(letter, /Senarai luar.dua, which you own/);
  t.match((await lettersTo(ipms, OFFICER))[0], /which you owned, was deleted/);
  t.match((await lettersTo(ipms, CONTACT))[0], /which you were in, was deleted/);
  t.match(await ipms.db.selectFrom('group').select('status').where('id', '=', inner).executeTakeFirst(), {
    status: 'active',
  });
});

t.test('N16 of a change says from what to what, and of what stays only what it is', async (t) => {
  const ipms = await startIpms(t);
  const contactId = await makeContact(ipms, OUTSIDER);
  const admin = await ipms.signIn('admin.jabatan');
  const { id } = await askAboutContact(admin, 'update', { position: 'Pengarah', phone: '' }, contactId);
  t.equal((await ticketMails(ipms, id)).length, 1);
  const letter = (await mailsNumbered(ipms, 'N16')).find((mail) => mail.item_id === id)?.letter;
  t.match(letter, 'Pengurus Projek → Pengarah');
  t.match(letter, /03-2222 3333 → (Tiada|None)/);
  t.notMatch(letter, 'Pembekal Utara Sdn. Bhd. →');
  t.match(letter, 'Pembekal Utara Sdn. Bhd.');
});
