import { makeOfficer } from '../../make.ts';
import { HELPDESK, OFFICER } from '../../people.ts';
import { LEAVING, makeList, type Story } from './story.ts';

export const MAILBOX_LIFE: Story[] = [
  {
    says: ['life.happens.owners', 'life.happens.ownersBack', 'undo.wasMailed'],
    async tell(stage) {
      const { ipms, as, begin, send } = stage;
      const siti = await makeOfficer(ipms, 'siti');
      const list = await makeList(stage, [siti.primary_email]);
      const admin = await as('admin.jabatan');
      const place = `/admin/mailboxes/${siti.id}`;
      const before = await admin.get(`${place}/account`);
      const order = { reason: 'study_leave', disabled_from: '24/11/2026', leave_without: '1' };
      await begin();
      await send(admin, `${place}/account`, `${place}/disable`, order);
      const disabled = await admin.get(`${place}/account`);
      await send(admin, `${place}/account`, `${place}/enable`);
      await send(admin, `${list}/members`, `${list}/members/remove`, { members: siti.primary_email });
      const undoing = await admin.get(`${list}/undo`);
      return { read: [before, disabled, undoing], told: [OFFICER, siti.primary_email] };
    },
  },
  {
    says: [
      'life.happens.helpdesk',
      'life.deletionRequested',
      'life.deletionPostponed',
      'life.withdrawText',
      'life.deletionWithdrawn',
      'life.happens.helpdeskBack',
    ],
    async tell({ ipms, as, begin, send, tells }) {
      const siti = await makeOfficer(ipms, 'siti');
      const [admin, place] = [await as('admin.jabatan'), `/admin/mailboxes/${siti.id}`];
      const account = `${place}/account`;
      const read = [await admin.get(account)];
      const step = async (name: string, fields: Record<string, string> = {}) => {
        read.push(
          await tells(HELPDESK, () => send(admin, account, `${place}/${name}`, fields)),
          await admin.get(account),
        );
      };
      await begin();
      await step('delete', LEAVING);
      await step('postpone-delete', { effective_on: '9/12/2026' });
      await step('withdraw-delete');
      await step('delete', { ...LEAVING, effective_on: '24/11/2026' });
      await step('restore');
      return { read, told: [HELPDESK] };
    },
  },
  {
    says: ['life.untold'],
    async tell({ ipms, as, begin, send }) {
      const { id, primary_email } = await makeOfficer(ipms, 'siti');
      const [admin, place] = [await as('admin.jabatan'), `/admin/mailboxes/${id}`];
      await begin();
      await send(admin, `${place}/account`, `${place}/disable`, { reason: 'other', disabled_from: '24/11/2026' });
      return { read: [await admin.get(`${place}/account`)], told: [], untold: [primary_email] };
    },
  },
];
