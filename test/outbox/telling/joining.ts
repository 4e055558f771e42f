import { type TextKey, texts } from '../../../src/texts.ts';
import { PACKAGE as ACCOUNT, issueCode, PEOPLE, signInWithCode, VERIFIED } from '../../account-requests/joining.ts';
import { ADMIN } from '../../people.ts';
import { newestId, numberOf } from '../../read.ts';
import { APPLICANT, loseAdministrators, type Stage, type Story } from './story.ts';

const SUPERVISOR = 'ketua@jabatan.test';
const NEW_ACCOUNT = '/admin/account-requests/new';

/** An approval, by whom it can reach. */
function approval(says: TextKey[], who: Record<string, string>, told: string[], untold: string[]): Story {
  return {
    says,
    async tell({ as, begin, send }) {
      const admin = await as('admin.jabatan');
      const person = { ...PEOPLE.malay, ...VERIFIED, ...ACCOUNT, category: 'civil_servant', ...who };
      const { at } = await send(admin, NEW_ACCOUNT, NEW_ACCOUNT, {
        ...person,
        primary_email: 'izzah',
        login_id: 'izzah',
      });
      const before = await admin.get(at);
      await begin();
      const after = await send(admin, at, `${at}/approve`);
      return { read: [before, after], told: [...told, ADMIN], untold };
    },
  };
}

function code(says: TextKey[], who: Record<string, string>, told: string[], untold: string[]): Story {
  return {
    says,
    async tell({ as, begin, send }) {
      const admin = await as('admin.jabatan');
      const page = '/admin/access-codes/new';
      const form = await admin.get(page);
      await begin();
      const fields = { ...PEOPLE.malay, ...VERIFIED, category: 'civil_servant', ...who };
      return { read: [form, await send(admin, page, page, fields)], told: [...told, ADMIN], untold };
    },
  };
}

async function asking({ ipms, send }: Stage) {
  const page = '/access-code-requests/new';
  const fields = { ...PEOPLE.malay, category: 'civil_servant', contact_email: APPLICANT, agency_id: '1' };
  const visitor = ipms.visitor();
  const shown = await send(visitor, page, page, { ...fields, reporting_division: 'Kewangan' });
  const id = await newestId(ipms, 'access_code_request');
  return { visitor, shown, place: `/admin/access-code-requests/${id}` };
}

export const JOINING: Story[] = [
  {
    says: ['request.sent'],
    async tell(stage) {
      await stage.begin();
      const { shown } = await asking(stage);
      return { read: [shown], told: [ADMIN] };
    },
  },
  {
    says: ['refuse.hint', 'standing.refused'],
    async tell(stage) {
      const { visitor, shown, place } = await asking(stage);
      const admin = await stage.as('admin.jabatan');
      const before = await admin.get(place);
      await stage.begin();
      await stage.send(admin, place, `${place}/refuse`, { reason: 'Tidak melapor diri' });
      return { read: [before, await visitor.get(shown.at)], told: [APPLICANT] };
    },
  },
  {
    says: ['standing.issued'],
    async tell(stage) {
      const { visitor, shown, place } = await asking(stage);
      const admin = await stage.as('admin.jabatan');
      await stage.send(admin, place, `${place}/verify`, { verified_with: 'division' });
      await stage.begin();
      const page = `/admin/access-codes/new?request=${numberOf(place)}`;
      await stage.send(admin, page, '/admin/access-codes/new', { notify_kind: 'supervisor', notify_email: SUPERVISOR });
      return { read: [await visitor.get(shown.at)], told: [APPLICANT, SUPERVISOR] };
    },
  },
  code(
    ['access-code.notifyHint', 'access-code.told.supervisor', 'mail.n3.notice'],
    { notify_kind: 'supervisor', notify_email: SUPERVISOR },
    [SUPERVISOR],
    [APPLICANT],
  ),
  code(['access-code.told.applicant'], { notify_kind: 'personal', notify_email: APPLICANT }, [APPLICANT], [SUPERVISOR]),
  code(['access-code.told.nobody'], { notify_kind: 'admin' }, [], [APPLICANT, SUPERVISOR]),
  {
    says: ['access-code.resendText', 'access-code.resent'],
    async tell({ as, begin, send }) {
      const admin = await as('admin.jabatan');
      const page = `/admin/access-codes/${(await issueCode(admin, PEOPLE.malay)).id}`;
      const before = await admin.get(page);
      await begin();
      return { read: [before, await send(admin, page, `${page}/resend`)], told: [SUPERVISOR] };
    },
  },
  {
    says: ['access-code.correctText', 'access-code.corrected', 'confirm.returned', 'mail.n4.text', 'status.waitCode'],
    async tell({ ipms, as, begin, send }) {
      const admin = await as('admin.jabatan');
      const issued = await issueCode(admin, PEOPLE.malay);
      const { applicant } = await signInWithCode(ipms, PEOPLE.malay, issued.code);
      await begin();
      const confirm = '/register/confirm';
      const returned = await send(applicant, confirm, confirm, { decision: 'return', note: 'Ejaan' });
      const page = `/admin/access-codes/${issued.id}`;
      const before = await admin.get(page);
      const after = await send(admin, page, `${page}/correct`, { full_name: 'Nurul Izzah' });
      return { read: [returned, before, after], told: [ADMIN, SUPERVISOR] };
    },
  },
  {
    says: ['confirm.returnedUntold'],
    async tell(stage) {
      const issued = await issueCode(await stage.as('admin.jabatan'), PEOPLE.malay);
      const { applicant } = await signInWithCode(stage.ipms, PEOPLE.malay, issued.code);
      await loseAdministrators(stage);
      await stage.begin();
      const confirm = '/register/confirm';
      const returned = await stage.send(applicant, confirm, confirm, { decision: 'return', note: 'Ejaan' });
      stage.t.notMatch(returned.text, texts['confirm.returned'].ms);
      return { read: [returned], told: [] };
    },
  },
  {
    says: [
      ...(['account-request.sentUntold', 'account-request.registeredUntold'] as const),
      'account-request.receivedUntold',
    ],
    async tell(stage) {
      const { ipms, as, begin, send } = stage;
      const admin = await as('admin.jabatan');
      const issued = await issueCode(admin, PEOPLE.malay);
      const { applicant } = await signInWithCode(ipms, PEOPLE.malay, issued.code);
      await send(applicant, '/register/confirm', '/register/confirm', { decision: 'confirm' });
      await loseAdministrators(stage);
      await begin();
      const after = await send(applicant, '/register/form', '/register/form');
      stage.t.notMatch(after.text, texts['account-request.sent'].ms);
      // one is appointed later, and finds the case as it was
      await ipms.db.updateTable('user').set({ status: 'active' }).where('email', '=', ADMIN).execute();
      const page = `/admin/account-requests/${await newestId(ipms, 'account_request')}`;
      return { read: [after, await (await ipms.signIn('admin.jabatan')).get(page)], told: [] };
    },
  },
  {
    says: ['account-request.sent', 'account-request.questionHint'],
    async tell({ ipms, as, begin, send }) {
      const admin = await as('admin.jabatan');
      const issued = await issueCode(admin, PEOPLE.malay, { notify_kind: 'personal', notify_email: APPLICANT });
      const { applicant } = await signInWithCode(ipms, PEOPLE.malay, issued.code);
      await send(applicant, '/register/confirm', '/register/confirm', { decision: 'confirm' });
      await begin();
      const after = await send(applicant, '/register/form', '/register/form');
      const id = await newestId(ipms, 'account_request');
      const page = `/admin/account-requests/${id}`;
      const before = await admin.get(page);
      await send(admin, page, `${page}/return`, { question: 'Unit?' });
      return { read: [after, before], told: [ADMIN, APPLICANT] };
    },
  },
  approval(
    ['approve.tells.both', 'approve.next.told', 'mail.n6.told.both', 'mail.n6.how', 'mail.n6.supervisor'],
    { notify_kind: 'personal', notify_email: APPLICANT, supervisor_email: SUPERVISOR },
    [SUPERVISOR, APPLICANT],
    [],
  ),
  approval(
    ['approve.tells.supervisor', 'mail.n6.told.supervisor'],
    { notify_kind: 'supervisor', notify_email: SUPERVISOR },
    [SUPERVISOR],
    [APPLICANT],
  ),
  approval(
    [
      'approve.tells.applicant',
      'approve.supervisorHint',
      'approve.next.untold',
      'approve.untold',
      'mail.n6.told.applicant',
    ],
    { notify_kind: 'personal', notify_email: APPLICANT },
    [APPLICANT],
    [SUPERVISOR],
  ),
  approval(['approve.tells.nobody', 'mail.n6.told.nobody'], { notify_kind: 'admin' }, [], [SUPERVISOR, APPLICANT]),
  {
    says: ['second-account.next'],
    async tell({ as, begin, send }) {
      await issueCode(await as('admin.jabatan'), PEOPLE.malay);
      const helpdesk = await as('meja.bantuan');
      await begin();
      const page = '/helpdesk/second-accounts/new';
      const wish = { ...PEOPLE.malay, category: 'civil_servant', agency_id: '2', reason: 'Dua jawatan' };
      return { read: [await send(helpdesk, page, page, wish)], told: [] };
    },
  },
  {
    says: ['second-account.endText', 'second-account.endAsked'],
    async tell({ ipms, as, begin, send }) {
      const { id } = await issueCode(await as('admin.jabatan'), PEOPLE.malay);
      await ipms.db.updateTable('identity_claim').set({ surplus: 1 }).where('holder_id', '=', id).execute();
      const helpdesk = await as('meja.bantuan');
      const page = `/helpdesk/second-accounts/doubles/access_code-${id}`;
      const before = await helpdesk.get(page);
      await begin();
      return { read: [before, await send(helpdesk, page, `${page}/end`, { reason: 'Bertukar' })], told: [ADMIN] };
    },
  },
];
