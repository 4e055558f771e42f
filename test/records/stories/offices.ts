import { makeOfficer } from '../../make.ts';
import { numberOf, person } from '../../read.ts';
import { type Stories, send } from './stage.ts';

export const OFFICES: Stories = {
  async offices({ t, ipms, helpdesk }) {
    const agency = {
      name: 'Jabatan Taman',
      code: 'jtb',
      ministry: 'Kementerian Tanah',
      mail_domains: 'taman.test',
      postmaster_email: 'pos@taman.test',
      file_reference: 'JTB.1/2',
    };
    const made = await send(t, helpdesk, '/helpdesk/agencies/new', undefined, agency);
    await send(t, helpdesk, made, made, {
      name: 'Jabatan Taman Botani',
      mail_domains: 'taman.test\nkebun.test',
      directory_ou: '',
    });
    const invited = {
      full_name: 'Puan Taman',
      login_id: 'puan.taman',
      email: 'puan@taman.test',
      agency_id: String(numberOf(made)),
    };
    const page = await send(t, helpdesk, '/helpdesk/admins/new', undefined, invited);
    const { id } = await person(ipms, 'puan.taman');
    t.ok(page);
    await send(t, helpdesk, `/helpdesk/admins/${id}`, `/helpdesk/admins/${id}/invite`, {
      email: 'puan.taman@taman.test',
    });
    const { user_id } = await makeOfficer(ipms, 'jadi.pentadbir');
    await send(t, helpdesk, `/helpdesk/admins/${user_id}`, `/helpdesk/admins/${user_id}/grant`);
    await send(t, helpdesk, `/helpdesk/admins/${user_id}`, `/helpdesk/admins/${user_id}/withdraw`);
    await send(t, helpdesk, '/helpdesk/staff/new', undefined, {
      full_name: 'Meja Dua',
      login_id: 'meja.dua',
      email: 'dua@bantuan.test',
    });
    const staff = (await person(ipms, 'meja.dua')).id;
    for (const command of ['disable', 'enable'])
      await send(t, helpdesk, `/helpdesk/staff/${staff}`, `/helpdesk/staff/${staff}/${command}`);
    await send(t, helpdesk, '/helpdesk/settings', undefined, {
      access_code_days: '20',
      owa_url: 'https://owa.contoh.test/',
    });
    await send(t, helpdesk, '/helpdesk/settings', '/helpdesk/settings/packages', { a_largest_storage_mb: '4096' });
    await send(t, helpdesk, '/helpdesk/settings/ticket-hours', undefined, { reset: '2' });
  },
  async calendar({ t, helpdesk }) {
    const holiday = await send(t, helpdesk, '/helpdesk/holidays/new', undefined, {
      day: '3/3/2030',
      name: 'Hari Contoh',
      where: 'national',
    });
    await send(t, helpdesk, holiday, holiday, { where: 'states', states: ['Perak', 'Kedah'] });
    await send(t, helpdesk, holiday, `${holiday}/remove`);
    const weekend = await send(t, helpdesk, '/helpdesk/weekends/new', undefined, {
      state: 'Perak',
      since: '1/1/2028',
      days: ['friday', 'saturday'],
    });
    await send(t, helpdesk, weekend, weekend, { days: ['friday', 'saturday', 'sunday'] });
    await send(t, helpdesk, weekend, `${weekend}/remove`);
  },
};
