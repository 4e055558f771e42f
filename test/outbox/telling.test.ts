import { type Test, t } from 'tap';
import { type TextKey, texts } from '../../src/texts.ts';
import { PACKAGE as ACCOUNT, issueCode, PEOPLE, signInWithCode, VERIFIED } from '../account-requests/joining.ts';
import { preparedRun, someMailboxes, workOffRuns } from '../bulk/runs.ts';
import { type Ipms, PASSWORD, type Page, startIpms, type Visitor } from '../helper.ts';
import { makeContact, makeGroup, makeOfficer } from '../make.ts';
import { ADMIN, CONTACT, HELPDESK, OFFICER } from '../people.ts';
import { plantAuthenticator } from '../second-factor/phone.ts';
import { askAboutContact, OUTSIDER } from '../tickets/contact-tickets.ts';
import { askForOfficer, offerOfficer, PACKAGE, prepareTransfer, sendTransferForm } from '../transfers/transfers.ts';
import { sendUsage, takeOver } from '../usage/files.ts';
import { keepMails, keptMails } from './kept-mails.ts';

// Each text that says of somebody that they are told is brought to the screen, or into a mail, and then the outbox is read:
// whoever it speaks of has a mail. A new text with such words must be given its story here, or be named as saying no such thing.

/** Words by which a text says that somebody is told. */
const TELLING = {
  ms: /maklum(kan|i\b)|diberitahu|dihantar|menghantar|menerima e-mel|e-mel pemberitahuan/i,
  en: /\b(told|tells|hears?|informed|notified|mailed|by (e-)?mail|(is|are|was|were|been) sent|gets? a mail|A mail tells)\b/,
};

/** Texts with these words that speak of nobody who is told by an act: what mail is, what waits in the outbox, general rules. */
const NO_TELLING = new Set<TextKey>([
  ...([
    'error.413.text',
    'error.tooMany',
    'home.step.2',
    'helpdesk.failedTile',
    'request.contactHint',
    'app.mailed',
    'unsaved.kept',
    'mail.automatic',
    'attachment.again',
    'sign-in.wrong',
    'sign-in-help.unlockedNext',
  ] as const),
  ...([
    'password.mailbox.notCarried',
    'person.emailHint',
    'settings.helpdeskEmailHint',
    'audit.person.invited-again',
    'mail.invitation.keep',
    'access-code.notifyKind',
    'audit.access-code.resent',
    'account-request.sentOn',
    'slip.noPassword',
    'audit.account-request.resubmitted',
    'mail.double.closing',
  ] as const),
  ...([
    'mailbox.displayHint',
    'mailbox.emailHint',
    'mailbox.flows.lead',
    'life.restrictHint',
    'group.problem.no-sender',
    'group.health.intro',
    'group.flows.lead',
    'my-profile.recoveryHint',
    'my-password.testFails',
    'mail.recovery.notYou',
  ] as const),
  ...([
    'outbox.intro',
    'outbox.empty',
    'outbox.kept',
    'outbox.failedCount',
    'outbox.allAgain',
    'outbox.someAgain',
    'outbox.noneFailed',
    'outbox.sent',
    'outbox.onItsWay',
    'outbox.secretHidden',
    'outbox.state.sent',
    'outbox.again',
    'outbox.isSent',
    'outbox.isErased',
    'outbox.isOnItsWay',
    'audit.outbox.send-again',
  ] as const),
  ...([
    'field.notify_kind',
    'field.mailed',
    'report.dormant.intro',
    'report.monthly',
    'report.monthly.on',
    'field.reports',
    'audit.monthly-report.sent',
    'bulk.empty',
    'bulk.access-codes.intro',
    'bulk.members-removed.intro',
    'bulk.notVerified',
    'bulk.uploadedBy',
    'audit.bulk.uploaded',
  ] as const),
  ...([
    'usage.empty',
    'usage.rule.rows',
    'usage.sentBy',
    'usage.sentAt',
    'audit.usage.uploaded',
    'transfer.tooOften',
    'transfer.unknownAsker',
    'mail.correction.done.notYou',
  ] as const),
  ...([
    'directory.modeHint',
    'directory.phase.sending',
    'directory.phase.comparing',
    'directory.plan.intro',
    'directory.plan.waits',
    'directory.plan.noDirectory',
    'directory.plan.agreed',
    'mail.setAgain.late',
    'directory.refused.keptDifferent',
  ] as const),
]);

type Stage = {
  t: Test;
  ipms: Ipms;
  as(login: string): Promise<Visitor>;
  /** From now on mails count. */
  begin(): Promise<void>;
  /** Sends a form, which must be taken, and shows what the page then says. */
  send(
    who: Visitor,
    page: string,
    action?: string,
    fields?: Record<string, string | string[]>,
  ): Promise<Page & { at: string }>;
};
/** Where the texts were read, whom they speak of, and of whom they say that they are not told. */
type Outcome = { read: (Page | string)[]; told: string[]; untold?: string[] };
type Story = { says: TextKey[]; tell(stage: Stage): Promise<Outcome> };

const SUPERVISOR = 'ketua@jabatan.test';
const APPLICANT = 'izzah@rumah.test';
const OTHER_ADMIN = 'admin.kementerian@kementerian.test';
const NEW_ACCOUNT = '/admin/account-requests/new';
const LEAVING = { effective_on: '1/12/2026', reason: 'Bersara', leave_without: '1' };

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
  const { id } = await ipms.db
    .selectFrom('access_code_request')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return { visitor, shown, place: `/admin/access-code-requests/${id}` };
}

/** A list in which somebody is, and whose owner is the demo's officer. */
async function aList({ ipms }: Stage, members: string[] = []) {
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER], members });
  await ipms.db.updateTable('group').set({ joining: 'approval', leaving: 'approval' }).where('id', '=', id).execute();
  return `/admin/groups/${id}`;
}

const numberOf = (place: string) => Number(/(\d+)\D*$/.exec(place)?.[1]);
const STORIES: Story[] = [];

for (const [way, recovery] of [
  ['linkMailed', 'ada@rumah.test'],
  ['linkShown', undefined],
] as const)
  STORIES.push({
    says: [`sign-in-help.${way}`, ...(recovery ? (['sign-in-help.sent'] as const) : [])],
    async tell({ ipms, as, begin, send }) {
      const officer = await makeOfficer(ipms, 'lupa', recovery ? { recovery } : {});
      const admin = await as('admin.jabatan');
      const page = `/admin/sign-in-help/${officer.user_id}`;
      const before = await admin.get(page);
      await begin();
      const after = await send(admin, page, `${page}/send-link`);
      return { read: [before, after], told: [recovery ?? officer.primary_email] };
    },
  });

for (const recovery of ['ada@rumah.test', undefined])
  STORIES.push({
    says: ['forgot.text', 'forgot.done'],
    async tell({ ipms, begin, send }) {
      await makeOfficer(ipms, 'lupa', recovery ? { recovery } : {});
      const visitor = ipms.visitor();
      const page = '/password/forgot';
      const before = await visitor.get(page);
      await begin();
      const after = await send(visitor, page, page, { login: 'lupa' });
      // nobody signed in asks: were administrators mailed, anybody could fill their mailboxes
      return { read: [before, after], told: recovery ? [recovery] : [], untold: [ADMIN] };
    },
  });

STORIES.push(
  {
    says: ['second-factor.resetText'],
    async tell({ ipms, as, begin, send }) {
      const officer = await makeOfficer(ipms, 'hilang');
      await plantAuthenticator(ipms, 'hilang');
      const helpdesk = await as('meja.bantuan');
      const page = `/helpdesk/sign-in-help/${officer.user_id}`;
      const before = await helpdesk.get(page);
      await begin();
      await send(helpdesk, page, `${page}/reset-second-factor`, { reason: 'Telefon hilang' });
      return { read: [before], told: [officer.primary_email] };
    },
  },
  ...(['administrator', 'staff'] as const).map(
    (kind): Story => ({
      says: [`${kind}.newText`],
      async tell({ as, begin, send }) {
        const helpdesk = await as('meja.bantuan');
        const page = kind === 'staff' ? '/helpdesk/staff/new' : '/helpdesk/admins/new';
        const before = await helpdesk.get(page);
        await begin();
        const who = { full_name: 'Puan Baru', login_id: 'puan.baru', email: 'puan@jabatan.test' };
        await send(helpdesk, page, page, kind === 'staff' ? who : { ...who, agency_id: '1' });
        return { read: [before], told: ['puan@jabatan.test'] };
      },
    }),
  ),
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
    says: ['account-request.sent', 'account-request.questionHint'],
    async tell({ ipms, as, begin, send }) {
      const admin = await as('admin.jabatan');
      const issued = await issueCode(admin, PEOPLE.malay, { notify_kind: 'personal', notify_email: APPLICANT });
      const { applicant } = await signInWithCode(ipms, PEOPLE.malay, issued.code);
      await send(applicant, '/register/confirm', '/register/confirm', { decision: 'confirm' });
      await begin();
      const after = await send(applicant, '/register/form', '/register/form');
      const { id } = await ipms.db
        .selectFrom('account_request')
        .select('id')
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow();
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
  {
    says: ['mailbox.password.effect', 'mail.n8.byOfficer'],
    async tell({ ipms, as, begin, send }) {
      const { id, primary_email } = await makeOfficer(ipms, 'siti');
      const admin = await as('admin.jabatan');
      const page = `/admin/mailboxes/${id}/password`;
      const before = await admin.get(page);
      await begin();
      await send(admin, page, page, { new_password: 'Rahsia#Besar2026', confirm_password: 'Rahsia#Besar2026' });
      return { read: [before], told: [primary_email] };
    },
  },
  {
    says: ['my-password.effect'],
    async tell({ ipms, begin, send }) {
      const { primary_email } = await makeOfficer(ipms, 'siti');
      const siti = await ipms.signIn('siti');
      const before = await siti.get('/me/password');
      await begin();
      const password = { new_password: 'Rahsia#Besar2026', confirm_password: 'Rahsia#Besar2026' };
      await send(siti, '/me/password', '/me/password', { current_password: PASSWORD, ...password });
      return { read: [before], told: [primary_email] };
    },
  },
  {
    says: ['mail.recovery.text', 'mail.recovery.new'],
    async tell({ ipms, begin, send }) {
      const { primary_email } = await makeOfficer(ipms, 'siti');
      const siti = await ipms.signIn('siti');
      await begin();
      const fields = { recovery_email: 'siti@rumah.test', current_password: PASSWORD };
      await send(siti, '/me/profile', '/me/profile', fields);
      return { read: [], told: [primary_email, 'siti@rumah.test'] };
    },
  },
  {
    says: ['life.happens.owners', 'life.happens.ownersBack', 'undo.wasMailed'],
    async tell(stage) {
      const { ipms, as, begin, send } = stage;
      const siti = await makeOfficer(ipms, 'siti');
      const list = await aList(stage, [siti.primary_email]);
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
    async tell({ ipms, as, begin, send }) {
      const siti = await makeOfficer(ipms, 'siti');
      const [admin, place] = [await as('admin.jabatan'), `/admin/mailboxes/${siti.id}`];
      const account = `${place}/account`;
      const read = [await admin.get(account)];
      const step = async (name: string, fields: Record<string, string> = {}) => {
        const after = (await keptMails(ipms.db)).at(-1)?.id ?? 0;
        read.push(await send(admin, account, `${place}/${name}`, fields), await admin.get(account));
        const mails = await keptMails(ipms.db, after);
        if (!mails.some((mail) => mail.to_address === HELPDESK)) throw new Error(`${name}: the helpdesk was not told`);
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
  {
    says: ['group.add.lead', 'group.remove.text', 'mail.n13.text', 'mail.n14.text'],
    async tell(stage) {
      const siti = await makeOfficer(stage.ipms, 'siti');
      const list = await aList(stage);
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
      return { read, told: [...members, OFFICER], untold: [inner] };
    },
  },
  {
    says: ['group.end.members', 'group.end.told', 'group.end.owners', 'mail.n15.member'],
    async tell(stage) {
      const siti = await makeOfficer(stage.ipms, 'siti');
      const list = await aList(stage, [siti.primary_email, CONTACT]);
      const admin = await stage.as('admin.jabatan');
      const before = await admin.get(`${list}/delete`);
      await stage.begin();
      await stage.send(admin, `${list}/delete`);
      return { read: [before], told: [siti.primary_email, CONTACT, OFFICER] };
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
    async tell({ ipms, as, begin, send }) {
      const [officer, admin] = [await as('pegawai.jabatan'), await as('admin.jabatan')];
      await begin();
      const wish = { display_name: 'Baharu', primary_email: 'baharu', text: 'Projek' };
      const after = await send(officer, '/me/groups/new', '/me/groups/new', wish);
      const asked = await keptMails(ipms.db);
      const place = `/admin/list-change-requests/${numberOf(after.at)}`;
      const before = await admin.get(place);
      await send(admin, place, `${place}/refuse`, { reason: 'Sudah ada' });
      if (!asked.some((mail) => mail.to_address === ADMIN)) throw new Error('nobody was asked');
      return { read: [after, before], told: [ADMIN, OFFICER] };
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
      const { ipms, as, begin, send } = stage;
      const siti = await makeOfficer(ipms, 'siti');
      const list = await aList(stage);
      const [person, owner, admin] = [
        await ipms.signIn('siti'),
        await as('pegawai.jabatan'),
        await as('admin.jabatan'),
      ];
      await begin();
      const newest = async () => {
        const row = ipms.db.selectFrom('list_change_request').select('id').orderBy('id', 'desc');
        return (await row.executeTakeFirstOrThrow()).id;
      };
      const told = async (work: () => Promise<Page>, address: string) => {
        const after = (await keptMails(ipms.db)).at(-1)?.id ?? 0;
        const page = await work();
        if (!(await keptMails(ipms.db, after)).some((mail) => mail.to_address === address))
          throw new Error(`${address} was not told`);
        return page;
      };
      const read = [];
      read.push(await told(() => send(person, '/me/groups/open', `/me/groups/${numberOf(list)}/join`), OFFICER));
      const own = `/me/list-requests/${await newest()}`;
      read.push(await person.get(own));
      await told(() => send(person, own, `${own}/withdraw`), OFFICER);
      await send(person, '/me/groups/open', `/me/groups/${numberOf(list)}/join`);
      const place = `/admin/list-change-requests/${await newest()}`;
      read.push(await admin.get(place));
      await told(() => send(admin, place, `${place}/approve`, { answer: 'Baik' }), siti.primary_email);
      read.push(await told(() => send(person, '/me/groups', `/me/groups/${numberOf(list)}/leave`), OFFICER));
      if ((await owner.get('/me/list-requests')).status !== 200) throw new Error('its owner answers it');
      return { read, told: [OFFICER, siti.primary_email] };
    },
  },
  {
    says: [
      'ticket.askedNow',
      'ticket.reasonHint',
      'ticket.refuseText',
      'ticket.commentedNow',
      'ticket.commentToAgency',
      'ticket.commentToHelpdesk',
      'mail.ticket.requested.text',
      'ticket.resolutionHint',
    ],
    async tell({ ipms, as, begin, send }) {
      const [admin, helpdesk] = [await as('admin.jabatan'), await as('meja.bantuan')];
      await begin();
      const ask = { kind: 'question', subject: 'Soalan', description: 'Bagaimana?' };
      const after = await send(admin, '/admin/tickets/new', '/admin/tickets/new', ask);
      const page = `/helpdesk/tickets/${numberOf(after.at)}`;
      const before = await helpdesk.get(page);
      const mailed = async (
        who: Visitor,
        at: string,
        name: string,
        fields: Record<string, string>,
        address: string,
      ) => {
        const last = (await keptMails(ipms.db)).at(-1)?.id ?? 0;
        const said = await send(who, at, `${at}/${name}`, fields);
        if (!(await keptMails(ipms.db, last)).some((mail) => mail.to_address === address))
          throw new Error(`${name}: ${address} was not told`);
        return said;
      };
      const comment = await mailed(helpdesk, page, 'comment', { comment: 'Sedang disemak' }, ADMIN);
      const own = await admin.get(after.at);
      await mailed(admin, after.at, 'comment', { comment: 'Baik' }, HELPDESK);
      await send(helpdesk, page, `${page}/refuse`, { reason: 'Tidak' });
      return { read: [after, before, comment, own], told: [HELPDESK, ADMIN] };
    },
  },
  {
    says: ['ticket.newCallText'],
    async tell({ as, begin, send }) {
      const helpdesk = await as('meja.bantuan');
      const page = '/helpdesk/tickets/new';
      const before = await helpdesk.get(page);
      await begin();
      const call = {
        agency_id: '1',
        source: '1mocc',
        caller_name: 'Ali',
        kind: 'complaint',
        subject: 'Panggilan',
        description: 'Bantuan',
      };
      await send(helpdesk, page, page, call);
      return { read: [before], told: [ADMIN] };
    },
  },
  {
    says: ['ticket.refuseTermination', 'ticket.resolveText', 'life.cancelText.deletions'],
    async tell({ ipms, as, begin, send }) {
      const siti = await makeOfficer(ipms, 'siti');
      const [admin, helpdesk] = [await as('admin.jabatan'), await as('meja.bantuan')];
      await send(admin, `/admin/mailboxes/${siti.id}/account`, `/admin/mailboxes/${siti.id}/delete`, LEAVING);
      const { id } = await ipms.db.selectFrom('ticket').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow();
      const page = `/helpdesk/tickets/${id}`;
      const read = [await helpdesk.get(page)];
      const { id: planned } = await ipms.db
        .selectFrom('termination')
        .select('id')
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow();
      read.push(await admin.get(`/admin/calendar/deletions/${planned}/cancel`));
      await ipms.db.updateTable('ticket').set({ due_on: '2026-11-24' }).where('id', '=', id).execute();
      for (const box of ['email', 'lync', 'ad']) await send(helpdesk, page, `${page}/check`, { box, undo: '' });
      read.push(await helpdesk.get(page));
      await begin();
      await send(helpdesk, page, `${page}/resolve`, { resolution: 'Selesai' });
      return { read, told: [ADMIN] };
    },
  },
  {
    says: ['contact.askedNow', 'contact.request.registerText'],
    async tell({ as, begin }) {
      const admin = await as('admin.jabatan');
      const before = await admin.get('/admin/contact-requests/new?kind=register');
      await begin();
      const { answer } = await askAboutContact(admin, 'register', OUTSIDER);
      return { read: [before, await admin.get(answer.location)], told: [HELPDESK] };
    },
  },
  {
    says: ['contact.request.updateText'],
    async tell({ ipms, as, begin }) {
      const id = await makeContact(ipms, OUTSIDER);
      const admin = await as('admin.jabatan');
      const before = await admin.get(`/admin/contact-requests/new?kind=update&contact_id=${id}`);
      await begin();
      await askAboutContact(admin, 'update', { position: 'Pengarah' }, id);
      return { read: [before], told: [HELPDESK] };
    },
  },
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
  {
    says: ['transfer.how1', 'transfer.askedNext', 'transfer.happens.leaves', 'transfer.happens.both'],
    async tell({ ipms, begin }) {
      const { to, from, mover } = await prepareTransfer(ipms);
      await makeGroup(ipms, 'uji', { owners: [OFFICER], members: [mover] });
      const read = [await to.get('/admin/transfers/new')];
      await begin();
      const page = await askForOfficer(to, mover.primary_email);
      read.push(await to.get(page));
      const asked = await keptMails(ipms.db);
      read.push(await from.get(page));
      await sendTransferForm(from, page, 'agree');
      if (!asked.some((mail) => mail.to_address === ADMIN))
        throw new Error('the agency that has the officer was not told');
      if (!(await keptMails(ipms.db, asked.at(-1)?.id)).some((mail) => mail.to_address === OTHER_ADMIN))
        throw new Error('who asked was not answered');
      await begin();
      await sendTransferForm(to, page, 'allocation', PACKAGE);
      return { read, told: [PACKAGE.primary_email, ADMIN, OTHER_ADMIN, HELPDESK, OFFICER] };
    },
  },
  {
    says: ['transfer.refuseHint'],
    async tell({ ipms, begin }) {
      const { to, from, mover } = await prepareTransfer(ipms);
      const page = await askForOfficer(to, mover.primary_email);
      const before = await from.get(page);
      await begin();
      await sendTransferForm(from, page, 'refuse', { reason: 'Belum boleh' });
      return { read: [before], told: [OTHER_ADMIN] };
    },
  },
  {
    says: ['transfer.offered'],
    async tell({ ipms, begin }) {
      const { from, mover } = await prepareTransfer(ipms);
      await begin();
      return { read: [await from.get(await offerOfficer(from, mover))], told: [OTHER_ADMIN] };
    },
  },
  ...[
    { login: 'siti', key: 'correction.confirmText' as const },
    { login: 'betul', key: 'correction.confirmLogin' as const },
  ].map(
    ({ login, key }): Story => ({
      says: [key, 'correction.refuseHint', 'mail.correction.done.office'],
      async tell({ ipms, as, begin, send }) {
        const { id, primary_email } = await makeOfficer(ipms, 'siti', { ic_number: '880412105672' });
        const [admin, helpdesk] = [await as('admin.jabatan'), await as('meja.bantuan')];
        const page = `/admin/mailboxes/${id}/correction`;
        const wish = { ic_number: '880412-10-5674', login_id: login, reason: 'Digit akhir tersalah' };
        const { at } = await send(admin, page, page, wish);
        const place = at.replace('/admin', '/helpdesk');
        const before = await helpdesk.get(place);
        await begin();
        await send(helpdesk, place, `${place}/confirm`);
        return { read: [before], told: [primary_email, ADMIN, HELPDESK] };
      },
    }),
  ),
);

/** A text with whatever it leaves open. */
function pattern(sentence: string) {
  const parts = sentence.split(/\{[^{}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('[^]*?'));
}

for (const { says, tell } of STORIES)
  t.test(`whoever is spoken of has a mail: ${says.join(', ')}`, async (t) => {
    const ipms = await startIpms(t, { watch: keepMails });
    let since = 0;
    const visitors = new Map<string, Promise<Visitor>>();
    const stage: Stage = {
      t,
      ipms,
      as(login) {
        const visitor = visitors.get(login) ?? ipms.signIn(login);
        visitors.set(login, visitor);
        return visitor;
      },
      async begin() {
        since = (await keptMails(ipms.db)).at(-1)?.id ?? 0;
      },
      async send(who, page, action = page, fields = {}) {
        const answer = await who.submit(page, action, fields);
        if (answer.status !== 303)
          throw new Error(`${action}: ${answer.status} ${JSON.stringify(answer.problems)} ${answer.text}`);
        return { ...(await who.get(answer.location)), at: answer.location };
      },
    };
    const { read, told, untold = [] } = await tell(stage);
    const all = await keptMails(ipms.db);
    const letters = all.map((mail) => mail.letter);
    const said = [...read.map((page) => (typeof page === 'string' ? page : page.text)), ...letters].join('\n');
    for (const key of says) t.match(said, pattern(texts[key].ms), `${key} is said`);
    const mailed = new Set(all.filter((mail) => mail.id > since).map((mail) => mail.to_address));
    for (const address of told) t.ok(mailed.has(address), `${address} is told`);
    for (const address of untold) t.notOk(mailed.has(address), `${address} is not told`);
    if (told.length === 0) t.strictSame([...mailed], [], 'nobody is told');
  });

t.test('each text that says of somebody that they are told has its story', (t) => {
  const keys = Object.keys(texts) as TextKey[];
  const telling = keys.filter((key) => TELLING.ms.test(texts[key].ms) || TELLING.en.test(texts[key].en));
  const storied = new Set(STORIES.flatMap((story) => story.says));
  t.strictSame(
    telling.filter((key) => !storied.has(key) && !NO_TELLING.has(key)),
    [],
    'these need a story',
  );
  t.strictSame(
    [...NO_TELLING].filter((key) => !telling.includes(key) || storied.has(key)),
    [],
    'these need no mention',
  );
  t.end();
});
