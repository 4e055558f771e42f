import { postponePlanned } from '../../../src/mailbox-life/calendar/planned-acts.ts';
import type { Planned } from '../../../src/mailbox-life/calendar/queries.ts';
import { approved, issueCode, PEOPLE, registered, signInWithCode } from '../../account-requests/joining.ts';
import { KC, makeOfficer } from '../../make.ts';
import { mailboxOf } from '../../read.ts';
import { PACKAGE } from '../../transfers/transfers.ts';
import { actAs, type Stories, send } from './stage.ts';

export const JOINING: Stories = {
  async joining({ t, ipms, admin }) {
    const codes = await issueCode(admin, PEOPLE.chinese);
    const { applicant } = await signInWithCode(ipms, PEOPLE.chinese, codes.code);
    await send(t, applicant, '/register/confirm', undefined, { decision: 'return', note: 'Ejaan nama' });
    await send(t, admin, `/admin/access-codes/${codes.id}/correct`, undefined, { full_name: 'Lim Wei Meng' });
    const planned = { kind: 'access-codes', id: codes.id, item_id: codes.id, day: '2026-12-24' } as Planned;
    await actAs(ipms, 'admin.jabatan', (act) => postponePlanned(act, planned, '2026-12-30'));
    const again = await registered(ipms, admin, PEOPLE.indian);
    await send(t, admin, again.page, `${again.page}/return`, { question: 'Bahagian mana?' });
    await send(t, again.applicant, '/register/form', undefined, { division: 'Bahagian Dasar' });
    await send(t, admin, again.page, `${again.page}/allocation`, {
      primary_email: 'kumaran.baru',
      login_id: 'kumaran.b',
    });
    const joined = await approved(ipms, admin, PEOPLE.iban);
    await send(t, joined.applicant, '/register/activate', undefined, {
      new_password: 'Rahsia#Besar2026',
      confirm_password: 'Rahsia#Besar2026',
    });
  },
  async secondAccounts({ t, ipms, admin, other, helpdesk }) {
    const page = '/helpdesk/second-accounts/new';
    const twin = { full_name: 'Siti Dua binti Akaun', ic_number: '820202145678' };
    const wish = { category: 'civil_servant', ...twin, agency_id: '2', reason: 'Dua jawatan' };
    await approved(ipms, admin, twin);
    const place = await send(t, helpdesk, page, page, wish);
    await send(t, helpdesk, place, `${place}/withdraw`);
    await send(t, helpdesk, page, page, wish);
    await makeOfficer(ipms, 'izzah.dua', { agency: KC, ...twin });
    const offered = await send(t, admin, '/admin/transfers/new', undefined, { who: 'izzah.dua@kementerian.test' });
    await send(t, other, offered, `${offered}/agree`);
    await send(t, admin, offered, `${offered}/allocation`, { ...PACKAGE, primary_email: 'izzah.tiga@jabatan.test' });
    const { id } = await mailboxOf(ipms, 'izzah.dua');
    await ipms.db
      .updateTable('identity_claim')
      .set({ surplus: 1, second_account_id: null })
      .where('holder', '=', 'mailbox')
      .where('holder_id', '=', id)
      .execute();
    const double = `/helpdesk/second-accounts/doubles/mailbox-${id}`;
    await send(t, helpdesk, double, `${double}/end`, { reason: 'Telah bertukar' });
    await send(t, helpdesk, double, double, { reason: 'Dua jawatan' });
  },
};
