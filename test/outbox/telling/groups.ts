import { texts } from '../../../src/texts.ts';
import { makeGroup, makeOfficer } from '../../make.ts';
import { ADMIN, CONTACT, OFFICER } from '../../people.ts';
import { newestId, numberOf } from '../../read.ts';
import { keptMails } from '../kept-mails.ts';
import { loseAdministrators, makeList, type Story } from './story.ts';

export const GROUPS: Story[] = [
  {
    says: [
      ...(['group.add.lead', 'group.remove.text', 'mail.n13.text', 'mail.n14.text'] as const),
      ...(['group.rail.added', 'group.rail.removed'] as const),
    ],
    async tell(stage) {
      const siti = await makeOfficer(stage.ipms, 'siti');
      const list = await makeList(stage);
      const admin = await stage.as('admin.jabatan');
      await makeGroup(stage.ipms, 'dalam');
      const [members, inner] = [[siti.primary_email, CONTACT], 'dalam@jabatan.test'];
      const read = [await admin.get(`${list}/members/add`)];
      await stage.begin();
      await stage.send(admin, `${list}/members/add`, `${list}/members/add`, { members: [...members, inner] });
      read.push(await admin.get(`${list}/members`));
      const came = await keptMails(stage.ipms.db);
      for (const each of members)
        stage.t.ok(
          came.some((mail) => mail.mail === 'N13' && mail.to_address === each),
          `${each} came in`,
        );
      await stage.begin();
      await stage.send(admin, `${list}/members`, `${list}/members/remove`, { members: [...members, inner] });
      read.push(await admin.get(`${list}/members`));
      return { read, told: [...members, OFFICER], untold: [inner] };
    },
  },
  {
    says: ['group.end.members', 'group.end.told', 'group.end.owners', 'group.rail.deleted', 'mail.n15.member'],
    async tell(stage) {
      const siti = await makeOfficer(stage.ipms, 'siti');
      const list = await makeList(stage, [siti.primary_email, CONTACT]);
      const admin = await stage.as('admin.jabatan');
      const before = await admin.get(`${list}/delete`);
      await stage.begin();
      const after = await stage.send(admin, `${list}/delete`);
      return { read: [before, after], told: [siti.primary_email, CONTACT, OFFICER] };
    },
  },
  {
    says: ['group.end.noOwners'],
    async tell(stage) {
      const owner = await makeOfficer(stage.ipms, 'siti');
      const id = await makeGroup(stage.ipms, 'uji', { owners: [owner] });
      await stage.ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', owner.id).execute();
      const [admin, list] = [await stage.as('admin.jabatan'), `/admin/groups/${id}`];
      const before = await admin.get(`${list}/delete`);
      await stage.begin();
      await stage.send(admin, `${list}/delete`);
      return { read: [before], told: [], untold: [owner.primary_email] };
    },
  },
  {
    says: ['group.ask.sent', 'group.next.answer', 'group.request.tells'],
    async tell({ as, begin, send, tells }) {
      const [officer, admin] = [await as('pegawai.jabatan'), await as('admin.jabatan')];
      await begin();
      const wish = { display_name: 'Baharu', primary_email: 'baharu', text: 'Projek' };
      const after = await tells(ADMIN, () => send(officer, '/me/groups/new', '/me/groups/new', wish));
      const place = `/admin/list-change-requests/${numberOf(after.at)}`;
      const before = await admin.get(place);
      await send(admin, place, `${place}/refuse`, { reason: 'Sudah ada' });
      return { read: [after, before], told: [ADMIN, OFFICER] };
    },
  },
  {
    says: ['group.ask.sentUntold'],
    async tell(stage) {
      const list = await makeList(stage);
      const officer = await stage.as('pegawai.jabatan');
      await loseAdministrators(stage);
      await stage.begin();
      const wish = { display_name: 'Baharu', primary_email: 'baharu', text: 'Projek' };
      const asked = await stage.send(officer, '/me/groups/new', '/me/groups/new', wish);
      const own = `/me/groups/${numberOf(list)}`;
      const changed = await stage.send(officer, own, own, { display_name: 'Nama lain' });
      for (const page of [asked, changed]) {
        stage.t.match(page.text, texts['group.ask.sentUntold'].ms);
        stage.t.notMatch(page.text, texts['group.ask.sent'].ms);
      }
      return { read: [asked, changed], told: [] };
    },
  },
  {
    says: ['group.request.tellsNobody'],
    async tell({ ipms, as, begin, send }) {
      const asker = await makeOfficer(ipms, 'siti');
      const siti = await ipms.signIn('siti');
      const wish = { display_name: 'Baharu', primary_email: 'baharu', text: 'Projek' };
      const { at } = await send(siti, '/me/groups/new', '/me/groups/new', wish);
      const admin = await as('admin.jabatan');
      await ipms.db.updateTable('user').set({ status: 'disabled' }).where('id', '=', asker.user_id).execute();
      const place = `/admin/list-change-requests/${numberOf(at)}`;
      const before = await admin.get(place);
      await begin();
      await send(admin, place, `${place}/refuse`, { reason: 'Sudah ada' });
      return { read: [before], told: [], untold: [asker.primary_email] };
    },
  },
  {
    says: ['group.join.asked', 'group.leave.asked', 'group.request.approveText', 'group.request.withdrawText'],
    async tell(stage) {
      const { ipms, as, begin, send, tells } = stage;
      const siti = await makeOfficer(ipms, 'siti');
      const list = await makeList(stage);
      const [person, owner, admin] = [
        await ipms.signIn('siti'),
        await as('pegawai.jabatan'),
        await as('admin.jabatan'),
      ];
      await begin();
      const read = [];
      read.push(await tells(OFFICER, () => send(person, '/me/groups/open', `/me/groups/${numberOf(list)}/join`)));
      const own = `/me/list-requests/${await newestId(ipms, 'list_change_request')}`;
      read.push(await person.get(own));
      await tells(OFFICER, () => send(person, own, `${own}/withdraw`));
      await send(person, '/me/groups/open', `/me/groups/${numberOf(list)}/join`);
      const place = `/admin/list-change-requests/${await newestId(ipms, 'list_change_request')}`;
      read.push(await admin.get(place));
      await tells(siti.primary_email, () => send(admin, place, `${place}/approve`, { answer: 'Baik' }));
      read.push(await tells(OFFICER, () => send(person, '/me/groups', `/me/groups/${numberOf(list)}/leave`)));
      if ((await owner.get('/me/list-requests')).status !== 200) throw new Error('its owner answers it');
      return { read, told: [OFFICER, siti.primary_email] };
    },
  },
];
