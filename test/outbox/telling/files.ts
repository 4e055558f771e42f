import { PEOPLE } from '../../account-requests/joining.ts';
import { preparedRun, someMailboxes, workOffRuns } from '../../bulk/runs.ts';
import { ADMIN, OFFICER } from '../../people.ts';
import { sendUsage, takeOver } from '../../usage/files.ts';
import { APPLICANT, type Story } from './story.ts';

export const FILES: Story[] = [
  {
    says: ['bulk.said.code'],
    async tell({ t, ipms, as, begin, send }) {
      const admin = await as('admin.jabatan');
      const head = 'category,full_name,ic_number,notify_kind,notify_email';
      const line = `Penjawat Awam,${PEOPLE.malay.full_name},${PEOPLE.malay.ic_number},personal,${APPLICANT}`;
      const place = await preparedRun(t, ipms, admin, 'access-codes', `${head}\n${line}\n`);
      await begin();
      await send(admin, place, `${place}/confirm`);
      await workOffRuns(ipms);
      return { read: [await admin.get(place)], told: [APPLICANT, ADMIN] };
    },
  },
  {
    says: ['bulk.effect.noMails'],
    async tell({ t, ipms, as, begin, send }) {
      const admin = await as('admin.jabatan');
      const [one] = await someMailboxes(ipms, 'JC', 1);
      const place = await preparedRun(t, ipms, admin, 'changes', `mailbox,unit\n${one?.primary_email},Unit Pukal\n`);
      const before = await admin.get(place);
      await begin();
      await send(admin, place, `${place}/confirm`);
      return { read: [before], told: [] };
    },
  },
  {
    says: ['usage.effectNobody'],
    async tell({ ipms, as, begin, send }) {
      const helpdesk = await as('meja.bantuan');
      const { location } = await sendUsage(helpdesk, [`${OFFICER},742.6,2026-11-21,`]);
      const before = await helpdesk.get(location);
      await begin();
      await send(helpdesk, location, `${location}/confirm`);
      await takeOver(ipms);
      return { read: [before], told: [] };
    },
  },
];
