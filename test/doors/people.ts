import { REQUIREMENT } from '../../src/sign-in/second-factor/requirement.ts';
import type { Ipms } from '../helper.ts';
import { plantAuthenticator } from '../second-factor/phone.ts';
import type { Items } from './items.ts';
import { applicantSession } from './joining-items.ts';

export const PEOPLE = [
  'visitor',
  'applicant',
  'user',
  'admin',
  'otherAdmin',
  'helpdesk',
  'disabled',
  'mustChange',
  'mustSetUp',
  'half',
] as const;
export type Person = (typeof PEOPLE)[number];

const LOGINS: Partial<Record<Person, string>> = {
  user: 'pegawai.jabatan',
  admin: 'admin.jabatan',
  otherAdmin: 'admin.kementerian',
  helpdesk: 'meja.bantuan',
  disabled: 'pegawai.jabatan',
  mustChange: 'admin.jabatan',
  mustSetUp: 'admin.jabatan',
  half: 'pegawai.kementerian',
};

/** A browser with which this person has come in. */
export async function comeIn(ipms: Ipms, person: Person, items: Items) {
  if (person === 'visitor') return ipms.visitor();
  if (person === 'applicant') {
    const browser = ipms.visitor();
    browser.carry('ipms', await applicantSession(ipms, items.access_code));
    return browser;
  }
  const login = LOGINS[person] ?? '';
  if (person === 'half') await plantAuthenticator(ipms, login);
  const browser = await ipms.signIn(login);
  if (person === 'mustSetUp')
    await ipms.db
      .insertInto('system_setting')
      .values({ name: REQUIREMENT, value: 'helpdesk_and_admins' })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  const since = person === 'disabled' ? { status: 'disabled' as const } : { must_change_password: 1 };
  if (person === 'disabled' || person === 'mustChange')
    await ipms.db.updateTable('user').set(since).where('login_id', '=', login).execute();
  return browser;
}
