import { type Test, t } from 'tap';
import { startIpms, type Visitor } from '../helper.ts';
import { makeGroup, makeOfficer } from '../make.ts';
import { ADMIN, OFFICER } from '../people.ts';

// The badge at the head of a page about one case names the procedure of that case, or there is none.

const badgeOf = async (person: Visitor, place: string) =>
  (await person.get(place)).dom.querySelector('.title .sop')?.textContent;

t.test('a ticket that is no procedure has none, on either side', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const question = { kind: 'question', subject: 'Had lampiran', description: 'Berapa besar?' };
  const { location } = await admin.submit('/admin/tickets/new', '/admin/tickets/new', question);
  t.equal(await badgeOf(admin, location), undefined);
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.equal(await badgeOf(helpdesk, location.replace('admin', 'helpdesk')), undefined);
  const cards = (await admin.get('/admin')).dom.querySelectorAll('a[href="/admin/tickets?status=resolved"]');
  t.notOk(
    cards.some((card) => card.textContent.includes('SOP')),
    'tickets of every kind wait there',
  );
});

t.test('Mail Flows is a step of disabling an account and of enabling it', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await makeOfficer(ipms, 'siti');
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/mailboxes/${id}`;
  t.equal(await badgeOf(admin, `${place}/mail-flows`), undefined);
  const order = { reason: 'other', disabled_from: '24/11/2026', restrict_senders: '1' };
  await admin.submit(`${place}/account`, `${place}/disable`, order);
  t.equal(await badgeOf(admin, `${place}/mail-flows`), 'SOP 4.9');
  await admin.submit(`${place}/account`, `${place}/enable`);
  t.equal(await badgeOf(admin, `${place}/mail-flows`), undefined);
  await ipms.db.updateTable('mailbox').set({ accept_from: 'listed' }).where('id', '=', id).execute();
  t.equal(await badgeOf(admin, `${place}/mail-flows`), 'SOP 4.10');
});

t.test('a request about a list has that of its kind, for whoever asks and for whoever answers', async (t) => {
  const ipms = await startIpms(t);
  await makeOfficer(ipms, 'siti');
  const list = await makeGroup(ipms, 'uji', { owners: [OFFICER], members: [ADMIN] });
  const admin = await ipms.signIn('admin.jabatan');
  await admin.submit(`/admin/groups/${list}`, `/admin/groups/${list}`, { joining: 'approval', leaving: 'nobody' });
  const person = await ipms.signIn('siti');
  await person.submit('/me/groups/open', `/me/groups/${list}/join`);
  await isOnBoth(t, '4.18', person);
  const fresh = { display_name: 'Senarai baharu', primary_email: 'baharu', text: 'Projek' };
  await person.submit('/me/groups/new', '/me/groups/new', fresh);
  await isOnBoth(t, '4.13', person);

  async function isOnBoth(t: Test, sop: string, asker: Visitor) {
    const { id } = await ipms.db
      .selectFrom('list_change_request')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    t.equal(await badgeOf(admin, `/admin/list-change-requests/${id}`), `SOP ${sop}`);
    t.equal(await badgeOf(asker, `/me/list-requests/${id}`), `SOP ${sop}`);
  }
});
