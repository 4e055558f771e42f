import { intakeFile, preparedRun, runIdOf, someMailboxes, workOffRuns } from '../../bulk/runs.ts';
import { makeOfficer } from '../../make.ts';
import { OFFICER } from '../../people.ts';
import { numberOf, person } from '../../read.ts';
import { sendUsage, takeOver } from '../../usage/files.ts';
import { type Stories, send } from './stage.ts';

export const UPLOADS: Stories = {
  async bulk({ t, ipms, admin }) {
    const [one] = await someMailboxes(ipms, 'JC', 1);
    const discarded = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(1));
    await send(t, admin, discarded, `${discarded}/cancel`);
    const cancelled = await preparedRun(t, ipms, admin, 'access-codes', intakeFile(1, 1));
    await send(t, admin, cancelled, `${cancelled}/confirm`);
    await send(t, admin, cancelled, `${cancelled}/cancel`);
    const done = await preparedRun(t, ipms, admin, 'changes', `mailbox,unit\n${one?.primary_email},Unit Pukal\n`);
    await send(t, admin, done, `${done}/confirm`);
    await workOffRuns(ipms);
    await send(t, admin, done, `${done}/undo`, { reason: 'Fail salah' });
    await workOffRuns(ipms);
    await makeOfficer(ipms, 'pentadbir.pukal', { role: 'admin' });
    const leaving = await ipms.signIn('pentadbir.pukal');
    const stopped = await preparedRun(t, ipms, leaving, 'access-codes', intakeFile(1, 2));
    await send(t, leaving, stopped, `${stopped}/confirm`);
    await ipms.db.updateTable('user').set({ role: 'user' }).where('login_id', '=', 'pentadbir.pukal').execute();
    await workOffRuns(ipms);
    t.ok(runIdOf(stopped));
  },
  async usage({ t, ipms, helpdesk }) {
    const sent = async (day: string) => (await sendUsage(helpdesk, [`${OFFICER},742.6,${day},`])).location;
    const discarded = await sent('2026-11-21');
    await send(t, helpdesk, discarded, `${discarded}/cancel`);
    const cancelled = await sent('2026-11-22');
    await send(t, helpdesk, cancelled, `${cancelled}/confirm`);
    await send(t, helpdesk, cancelled, `${cancelled}/cancel`);
    const stopped = await sent('2026-11-23');
    await send(t, helpdesk, stopped, `${stopped}/confirm`);
    const by = { confirmed_by: (await person(ipms, 'pegawai.jabatan')).id };
    await ipms.db.updateTable('usage_file').set(by).where('id', '=', numberOf(stopped)).execute();
    await takeOver(ipms);
  },
};
