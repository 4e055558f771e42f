import { sql } from 'kysely';
import type { Test } from 'tap';
import { agencyById } from '../../src/agencies/queries.ts';
import { keepAuditHead } from '../../src/audit-head.ts';
import { noteInDatabase } from '../../src/backups/due.ts';
import type { Happening } from '../../src/backups/folder.ts';
import { DAY, dayOf, later } from '../../src/base/time.ts';
import { confirmClock, SEEN } from '../../src/clock/clock.ts';
import { backup } from '../../src/command-line/backup.ts';
import { runCommand } from '../../src/command-line/command.ts';
import { key } from '../../src/command-line/key.ts';
import { restore } from '../../src/command-line/restore.ts';
import { setup } from '../../src/command-line/setup.ts';
import { type Act, inAct, UNSET } from '../../src/data/act.ts';
import { storeSetting } from '../../src/data/system-settings.ts';
import { knownOf } from '../../src/directory/adoption/queries.ts';
import { askForReport, orderTaking } from '../../src/directory/adoption/reports.ts';
import { sortFound } from '../../src/directory/adoption/sorting.ts';
import { takeOver as adopt } from '../../src/directory/adoption/take-over.ts';
import { giveUp } from '../../src/directory/due.ts';
import {
  acceptDrift,
  agreeToPlan,
  askForLook,
  auditApplied,
  beginWithAll,
  keepPlan,
  putBack,
  releaseHeld,
  retryRefused,
  tickSteps,
} from '../../src/directory/pages/verbs.ts';
import { takeOverResult } from '../../src/directory/script/take-over.ts';
import { runDue } from '../../src/due.ts';
import { moveOneself } from '../../src/groups/change-requests/own-membership.ts';
import { handOver } from '../../src/groups/group.ts';
import { openPresent } from '../../src/installation.ts';
import type { Planned } from '../../src/mailbox-life/calendar-queries.ts';
import { postponePlanned } from '../../src/mailbox-life/planned-acts.ts';
import { sendMonthlyReport } from '../../src/reports/monthly/monthly.ts';
import { addPasskey, removePasskey, renamePasskey, signInWithPasskey } from '../../src/sign-in/passkeys/passkey.ts';
import { updateRequirement } from '../../src/sign-in/second-factor/requirement.ts';
import { attachFiles, noteDownload } from '../../src/trail/attachments.ts';
import { ticketItem } from '../../src/trail/items.ts';
import { approved, issueCode, PEOPLE, registered, signInWithCode } from '../account-requests/joining.ts';
import { pdf, sha256 } from '../attached-files.ts';
import { intakeFile, preparedRun, runIdOf, someMailboxes, workOffRuns } from '../bulk/runs.ts';
import { dataFolder } from '../command-line/folder.ts';
import { newInstallation } from '../command-line/installed.ts';
import { type Ipms, PASSWORD, startIpms, type Visitor } from '../helper.ts';
import { actorOf, JC, KC, makeGroup, makeOfficer, makeStaff } from '../make.ts';
import { OFFICER } from '../people.ts';
import { mailboxOf, person } from '../read.ts';
import {
  codeOf,
  enterCode,
  halfSignedIn,
  KNOWN_SECRET,
  nextCode,
  plantAuthenticator,
  secretOn,
  setUpPhone,
  wrongCode,
} from '../second-factor/phone.ts';
import {
  askForOfficer,
  newestTransfer,
  offerOfficer,
  PACKAGE,
  prepareTransfer,
  sendTransferForm,
} from '../transfers/transfers.ts';
import { sendUsage, takeOver } from '../usage/files.ts';

// One of each audited action, beyond what the demo's acts have left: by the program's own pages and verbs.

/** Who does it: each is signed in once. */
type Stage = { t: Test; ipms: Ipms; admin: Visitor; other: Visitor; helpdesk: Visitor; officer: Visitor };

/** Sends a form, and says at once when it was not taken. */
async function send(
  t: Test,
  who: Visitor,
  page: string,
  action = page,
  fields: Record<string, string | string[]> = {},
) {
  const answer = await who.submit(page, action, fields);
  if (answer.status !== 303)
    t.fail(`${action}: ${answer.status} ${answer.text.slice(0, 300)} ${JSON.stringify(answer.problems)}`);
  return answer.location;
}

const numberOf = (place: string) => Number(/(\d+)\D*$/.exec(place)?.[1]);

async function actAs<T>(ipms: Ipms, login: string, work: (act: Act) => Promise<T>) {
  const actor = await actorOf(ipms, login);
  return inAct(ipms.db, { actor, now: ipms.clock.now, settings: UNSET }, work);
}

const STORIES: Record<string, (stage: Stage) => Promise<void>> = {
  async backups({ t, ipms, helpdesk }) {
    await send(t, helpdesk, '/helpdesk/backups', '/helpdesk/backups/make', {});
    const name = 'ipms-20261124-013000.db.gz';
    const looked = { faults: [], lastAuditRow: 1 };
    const happened: Happening[] = [
      { what: 'made', name, isEncrypted: false, bytes: 1000, sha256: sha256(pdf().bytes), looked },
      { what: 'lost', name, state: 'gone' },
      { what: 'back', name },
      { what: 'removed', name },
    ];
    const run = { askedBy: 'IPMS', beganAt: ipms.clock.now };
    for (const each of happened) await noteInDatabase(ipms.db, each, run, ipms.clock.now);
  },

  async secondFactor({ t, ipms, helpdesk }) {
    const page = '/me/second-factor';
    const login = (await makeOfficer(ipms, 'dua.faktor', { role: 'admin' })).login_id;
    const { secret, codes, browser } = await setUpPhone(ipms, login);
    const fresh = secretOn(await browser.get(`${page}/replace`));
    await send(t, browser, `${page}/replace`, `${page}/replace`, {
      code: codeOf(ipms, secret),
      new_code: codeOf(ipms, fresh),
    });
    nextCode(ipms);
    await send(t, browser, page, `${page}/recovery-codes`, { code: codeOf(ipms, fresh) });
    nextCode(ipms);
    t.ok(codes.length > 0);
    const [code = ''] = (await browser.get(page)).dom.querySelectorAll('.codes code').map((each) => each.textContent);
    await enterCode((await halfSignedIn(ipms, login)).browser, code);
    await send(t, browser, page, `${page}/turn-off`, { code: codeOf(ipms, fresh) });
    const shut = await makeOfficer(ipms, 'banyak.cuba');
    await plantAuthenticator(ipms, 'banyak.cuba');
    for (let tries = 0; tries < 5; tries += 1)
      await enterCode((await halfSignedIn(ipms, 'banyak.cuba')).browser, wrongCode(ipms, KNOWN_SECRET));
    const help = `/helpdesk/sign-in-help/${shut.user_id}`;
    await send(t, helpdesk, help, `${help}/reset-second-factor`, { reason: 'Telefon hilang' });
    await actAs(ipms, 'meja.bantuan', (act) => updateRequirement(act, 'helpdesk'));
    await actAs(ipms, 'meja.bantuan', (act) => updateRequirement(act, 'nobody'));
  },
  async passkeys({ ipms }) {
    const { login_id, user_id } = await makeOfficer(ipms, 'kunci.laluan');
    const act = <T>(work: (act: Act) => Promise<T>) => actAs(ipms, login_id, work);
    const key = { credential_id: 'one-of-each', public_key: Buffer.from('test key'), counter: 5, transports: '' };
    await act((act) => addPasskey(act, 'no session', 'Telefon', { ...key, challenge: 'first' }));
    const passkey = await ipms.db.selectFrom('passkey').selectAll().executeTakeFirstOrThrow();
    await act((act) => renamePasskey(act, passkey.id, 'Komputer riba'));
    const user = await ipms.db.selectFrom('user').selectAll().where('id', '=', user_id).executeTakeFirstOrThrow();
    await act((act) => signInWithPasskey(act, user, passkey, { counter: 5, challenge: 'second' }));
    await act((act) => removePasskey(act, 'no session', passkey.id));
  },
  async signInHelp({ t, ipms, admin }) {
    const { user_id } = await makeOfficer(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
    const page = `/admin/sign-in-help/${user_id}`;
    for (let tries = 0; tries < 5; tries += 1)
      await ipms.visitor().submit('/login', '/login', { login: 'ada.pemulihan', password: 'Bukan@katalaluan1' });
    await send(t, admin, page, `${page}/unlock`);
    await ipms.visitor().submit('/password/forgot', '/password/forgot', { login: 'ada.pemulihan' });
    await send(t, admin, page, `${page}/send-link`);
    const password = { new_password: 'Rahsia#Besar2026', confirm_password: 'Rahsia#Besar2026' };
    const browser = await ipms.signIn('ada.pemulihan');
    await send(t, browser, '/me/password', undefined, { current_password: PASSWORD, ...password });
    const mailbox = await makeOfficer(ipms, 'lupa.kata');
    const given = `/admin/mailboxes/${mailbox.id}/password`;
    await send(t, admin, given, given, password);
    await giveUpPassword(ipms, mailbox.user_id);
  },
  async ownPages({ t, ipms }) {
    await makeOfficer(ipms, 'sendiri');
    const [here, there, last] = [
      await ipms.signIn('sendiri'),
      await ipms.signIn('sendiri'),
      await ipms.signIn('sendiri'),
    ];
    t.ok(there && last);
    await send(t, here, '/me/profile', undefined, {
      unit: 'Unit Sendiri',
      recovery_email: 'saya@rumah.test',
      current_password: PASSWORD,
    });
    const form = (await here.get('/me/sessions')).dom.querySelector('form[action$="/end"]');
    await send(t, here, '/me/sessions', form?.getAttribute('action') ?? '');
    await send(t, here, '/me/sessions', '/me/sessions/end-others');
  },
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
  async accounts({ t, ipms, admin, helpdesk }) {
    const mailbox = await makeOfficer(ipms, 'hayat');
    const page = `/admin/mailboxes/${mailbox.id}`;
    await send(t, admin, page, page, { unit: 'Unit Baharu' });
    await send(t, admin, `${page}/undo`, `${page}/undo`, { reason: 'Tersilap' });
    await send(t, admin, `${page}/mail-flows`, undefined, { accept_from: 'listed', senders: [OFFICER] });
    const account = `${page}/account`;
    const leave = {
      reason: 'study_leave',
      disabled_from: '1/12/2026',
      disabled_until: '1/12/2027',
      leave_without: '1',
    };
    await send(t, admin, account, `${page}/disable`, leave);
    await send(t, admin, account, `${page}/change-disable`, { disabled_until: '1/6/2027' });
    await send(t, admin, account, `${page}/cancel-disable`);
    await send(t, admin, account, `${page}/delete`, {
      effective_on: '1/12/2026',
      reason: 'Bersara',
      leave_without: '1',
    });
    await send(t, admin, account, `${page}/postpone-delete`, { effective_on: '9/12/2026' });
    const ticket = await newestTicket(ipms);
    await ipms.db
      .updateTable('ticket')
      .set({ due_on: dayOf(ipms.clock.now) })
      .where('id', '=', ticket)
      .execute();
    const work = `/helpdesk/tickets/${ticket}`;
    await send(t, helpdesk, work, `${work}/check`, { box: 'email', undo: '' });
    await send(t, helpdesk, work, `${work}/check`, { box: 'email', undo: '1' });
    const { id } = await makeStaff(ipms, 'meja.lain');
    await send(t, helpdesk, work, `${work}/assign`, { assigned_to: String(id) });
    const boxes = ['email', 'lync', 'ad'];
    for (const box of boxes) await send(t, helpdesk, work, `${work}/check`, { box, undo: '' });
    await send(t, helpdesk, work, `${work}/resolve`, { resolution: 'Akaun telah ditamatkan' });
    await send(t, admin, `/admin/tickets/${ticket}`, `/admin/tickets/${ticket}/confirm`);
  },
  async lists({ t, ipms, admin, officer }) {
    const [from, to] = [await makeOfficer(ipms, 'pemilik.lama'), await makeOfficer(ipms, 'pemilik.baharu')];
    const list = await makeGroup(ipms, 'cerita', { owners: [from] });
    const page = `/admin/groups/${list}`;
    await send(t, admin, page, page, { display_name: 'Cerita', joining: 'approval', leaving: 'approval' });
    await send(t, admin, `${page}/undo`, `${page}/undo`, { reason: 'Tersilap' });
    await send(t, admin, page, page, { joining: 'approval', leaving: 'approval' });
    for (const way of ['join', 'leave'] as const)
      for (const answer of ['refuse', 'approve'] as const) {
        await actAs(ipms, 'pegawai.jabatan', (act) => moveOneself(act, list, way));
        const place = `/admin/list-change-requests/${await newestRequest(ipms)}`;
        await send(
          t,
          admin,
          place,
          `${place}/${answer}`,
          answer === 'refuse' ? { reason: 'Bukan sekarang' } : { answer: 'Baik' },
        );
      }
    for (const answer of ['refuse', 'create'] as const) {
      const wish = { display_name: `Baharu ${answer}`, primary_email: `baharu.${answer}`, text: 'Untuk projek' };
      const own = await send(t, officer, '/me/groups/new', undefined, wish);
      const place = `/admin/list-change-requests/${numberOf(own)}`;
      await send(
        t,
        admin,
        place,
        `${place}/${answer}`,
        answer === 'refuse' ? { reason: 'Sudah ada' } : { answer: 'Baik' },
      );
    }
    for (const way of ['join', 'leave'] as const) {
      await actAs(ipms, 'pegawai.jabatan', (act) => moveOneself(act, list, way));
      const place = `/me/list-requests/${await newestRequest(ipms)}`;
      await send(t, officer, place, `${place}/withdraw`);
      if (way === 'join') await send(t, admin, `${page}/members/add`, undefined, { members: [OFFICER] });
    }
    const own = await send(t, officer, '/me/groups/new', undefined, {
      display_name: 'Tidak jadi',
      primary_email: 'tidak.jadi',
      text: 'Untuk projek',
    });
    await send(t, officer, own, `${own}/withdraw`);
    const theirs = await makeGroup(ipms, 'milik', { owners: [OFFICER] });
    await send(t, officer, `/me/groups/${theirs}`, undefined, { display_name: 'Milik baharu' });
    const change = `/me/list-requests/${await newestRequest(ipms)}`;
    await send(t, officer, change, `${change}/withdraw`);
    await actAs(ipms, 'admin.jabatan', (act) => handOver(act, list, from.id, to.id));
    const sender = await makeOfficer(ipms, 'penghantar');
    await send(t, admin, `${page}/mail-flows`, undefined, { accept_from: 'listed', senders: [sender.primary_email] });
    const flows = `/admin/mailboxes/${to.id}/mail-flows`;
    await send(t, admin, flows, flows, { accept_from: 'listed', senders: [sender.primary_email] });
    const general = `/admin/mailboxes/${sender.id}`;
    await send(t, admin, general, general, { primary_email: 'penghantar.baharu@jabatan.test', keep_address: '' });
  },
  async reading({ t, ipms, admin, helpdesk }) {
    await admin.get('/admin/audit');
    await admin.get('/admin/audit?format=csv');
    await send(t, admin, '/admin/reports', '/admin/reports/monthly', { reports: ['accounts', 'movements'] });
    await actAs(ipms, 'admin.jabatan', (act) => sendMonthlyReport(act, '2026-11', '2026-10', []));
    const pack = await admin.submit('/admin/records/pack', '/admin/records/pack', {
      from: '1/1/2026',
      to: '31/12/2026',
      count: '3',
    });
    t.equal(pack.status, 200);
    await ipms.db.updateTable('outbox').set({ state: 'failed', tries: 9 }).where('secret', 'is', null).execute();
    await send(t, helpdesk, '/helpdesk/outbox', '/helpdesk/outbox/send-failed');
    await keepAuditHead(ipms.db, `${dataFolder(t)}/secret.key`, ipms.clock.now);
    await actAs(ipms, 'meja.bantuan', async (act) => {
      await storeSetting(act.trx, SEEN, later(act.now, -30 * DAY).toISOString());
      await confirmClock(act);
    });
  },
  async files({ ipms }) {
    const ticket = await ipms.db.selectFrom('ticket').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
    const { name, bytes } = pdf();
    const file = { name, bytes, type: 'application/pdf' as const, sha256: sha256(bytes) };
    await actAs(ipms, 'meja.bantuan', (act) =>
      attachFiles(act, { kind: 'ticket', id: ticket.id }, ticketItem(ticket), [file]),
    );
    const held = await ipms.db.selectFrom('attachment').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
    await actAs(ipms, 'meja.bantuan', (act) => noteDownload(act, held));
  },
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
  async corrections({ t, ipms, admin, helpdesk }) {
    const { id } = await makeOfficer(ipms, 'salah.ic', { ic_number: '880412105672' });
    const page = `/admin/mailboxes/${id}/correction`;
    const wish = { ic_number: '880412-10-5674', login_id: 'betul.ic', reason: 'Digit akhir tersalah' };
    const other = await makeOfficer(ipms, 'salah.alamat', { category: 'other' });
    const address = `/admin/mailboxes/${other.id}/correction`;
    const asked = { email: 'betul@luar.test', login_id: 'salah.alamat', reason: 'Tersalah taip' };
    const corrected = await send(t, admin, address, address, asked);
    const confirming = corrected.replace('/admin', '/helpdesk');
    await send(t, helpdesk, confirming, `${confirming}/confirm`);
    for (const end of ['withdraw', 'refuse', 'confirm']) {
      const place = await send(t, admin, page, page, wish);
      const decided = place.replace('/admin', '/helpdesk');
      if (end === 'withdraw') await send(t, admin, place, `${place}/withdraw`);
      else
        await send(
          t,
          helpdesk,
          decided,
          `${decided}/${end}`,
          end === 'refuse' ? { reason: 'Salinan tidak jelas' } : {},
        );
    }
  },
  async directory({ ipms }) {
    const { db, clock } = ipms;
    const [one, two] = [await makeOfficer(ipms, 'direktori.satu'), await makeOfficer(ipms, 'direktori.dua')];
    const since = clock.now.toISOString();
    const plant = async (mailbox: number, reason: 'drift' | 'held' | 'step', action: 'update' | 'create') => {
      const change = {
        action,
        guid: 'g',
        of: { type: 'mailbox', id: mailbox },
        field: 'title',
        from: ['Raja'],
        to: [],
      };
      const field = action === 'create' ? '' : 'title';
      const text = { from_text: 'Raja', to_text: '', controller: null, since, change: JSON.stringify(change) };
      const what = {
        agency_id: JC,
        item_type: 'mailbox' as const,
        item_id: sql<number>`cast(${mailbox} as integer)`,
        item_name: 'ali',
      };
      const row = { ...what, ...text, action, field, reason };
      return db.insertInto('directory_change').values(row).returningAll().executeTakeFirstOrThrow();
    };
    const objectOf = (id: number) =>
      db
        .selectFrom('directory_object')
        .selectAll()
        .where('item_type', '=', 'mailbox')
        .where('item_id', '=', id)
        .executeTakeFirstOrThrow();
    const mode = (directory_mode: 'checklist' | 'live', more = {}) =>
      db
        .updateTable('agency')
        .set({ directory_mode, ...more })
        .where('id', '=', JC)
        .execute();
    await db.updateTable('directory_object').set({ state: 'listed' }).where('agency_id', '=', JC).execute();
    await actAs(ipms, 'admin.jabatan', (act) => beginWithAll(act, JC, []));
    await db
      .updateTable('directory_object')
      .set({ real: '{"guid":"g","values":{}}' })
      .where('item_id', '=', one.id)
      .execute();
    const step = await plant(one.id, 'step', 'update');
    await actAs(ipms, 'admin.jabatan', (act) => tickSteps(act, [{ id: step.id, seen: since }]));
    await mode('live', { directory_planned_at: since, directory_agreed_at: null });
    await actAs(ipms, 'meja.bantuan', (act) => agreeToPlan(act, JC, since));
    for (const [mailbox, verb] of [
      [one, putBack],
      [two, acceptDrift],
    ] as const) {
      await plant(mailbox.id, 'drift', 'update');
      const object = await objectOf(mailbox.id);
      await actAs(ipms, 'admin.jabatan', async (act) => {
        await verb(act, object.id, 'title', since);
      });
    }
    await plant(two.id, 'held', 'update');
    await actAs(ipms, 'meja.bantuan', (act) => releaseHeld(act, JC, 'Pertukaran besar'));
    const agency = await agencyById(db, JC);
    await db.updateTable('directory_object').set({ state: 'refused' }).where('item_id', '=', two.id).execute();
    await actAs(ipms, 'meja.bantuan', async (act) => {
      await keepPlan(act, [agency], [], null);
      await auditApplied(act, [agency], true);
      await retryRefused(act, [JC]);
      await askForLook(act);
      const result = {
        fileName: 'jc.jsonl',
        sha256: sha256(Buffer.from('keputusan')),
        plan: 'p',
        isWhole: true,
        left: 0,
      };
      await takeOverResult(act, { ...result, objects: [] });
    });
  },
  async adoption({ ipms }) {
    const attributes = {
      mail: ['dahulu@jabatan.test'],
      displayName: ['Dahulu bin Lama'],
      sAMAccountName: ['dahulu.lama'],
      givenName: ['Dahulu'],
      sn: ['bin Lama'],
    };
    const there = { guid: 'g-1', kind: 'user' as const, container: ['Staf'], name: 'Dahulu' };
    const object = { ...there, attributes, links: {}, isOpen: true, mark: null };
    const agency = await agencyById(ipms.db, JC);
    const known = await knownOf(ipms.db, agency, [object], ipms.clock.now);
    const [sorted] = sortFound([object], [object], known);
    if (sorted?.taking == null) throw new Error(`it is not taken over: ${sorted?.kind}`);
    const taken = { ...sorted, taking: sorted.taking };
    const tools = { agency, all: new Map([[object.guid, object]]), items: new Map(known.items), signInSuffix: null };
    await actAs(ipms, 'meja.bantuan', (act) => adopt(act, taken, tools));
    const report = await actAs(ipms, 'meja.bantuan', (act) => askForReport(act, JC, 'OU=Staf,DC=agensi,DC=test'));
    await ipms.db.updateTable('directory_adoption').set({ state: 'reported', clean: 1 }).execute();
    await actAs(ipms, 'meja.bantuan', (act) => orderTaking(act, report));
  },
  /** From elsewhere than all others, who would be shut out. */
  async guesses({ ipms }) {
    const stranger = ipms.visitor();
    const fields = { password: 'Bukan@katalaluan1', _csrf: await stranger.token('/login') };
    for (let tries = 0; tries < 30; tries += 1)
      await stranger.post('/login', { ...fields, login: `tekaan.${tries}` }, { 'x-forwarded-for': '203.0.113.9' });
  },
  /** At its end more than a year has gone by. */
  async transfers({ t, ipms }) {
    const { from, to, mover } = await prepareTransfer(ipms);
    const owner = await makeOfficer(ipms, 'kekal');
    await makeGroup(ipms, 'berdua', { owners: [mover, owner] });
    const withdrawn = await askForOfficer(to, mover.primary_email);
    await sendTransferForm(to, withdrawn, 'withdraw');
    await askForOfficer(to, 'tiada@lain.test');
    const lost = await offerOfficer(from, mover, { effective_on: '1/12/2026', keep_address: '1' });
    await sendTransferForm(to, lost, 'agree', PACKAGE);
    const { id } = await newestTransfer(ipms);
    const elsewhere = await makeOfficer(ipms, 'orang.lain', { agency: KC });
    await ipms.db
      .updateTable('address')
      .set({ kind: 'alias', item_id: elsewhere.id, reserved_until: null })
      .where('address', '=', PACKAGE.primary_email)
      .execute();
    ipms.clock.now = new Date('2026-12-01T02:00:00.000Z');
    await runDue(ipms.db, ipms.clock.now);
    const receiving = await ipms.signIn('admin.kementerian');
    await sendTransferForm(receiving, lost, 'allocation', { ...PACKAGE, primary_email: 'pindah.dua@kementerian.test' });
    t.match(await ipms.db.selectFrom('transfer').select('status').where('id', '=', id).execute(), [
      { status: 'carried-out' },
    ]);
    ipms.clock.now = later(ipms.clock.now, 400 * DAY);
    await runDue(ipms.db, ipms.clock.now);
  },
};

async function newestTicket({ db }: Ipms) {
  return (await db.selectFrom('ticket').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()).id;
}

async function newestRequest({ db }: Ipms) {
  return (await db.selectFrom('list_change_request').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()).id;
}

async function giveUpPassword({ db, clock }: Ipms, userId: number) {
  const made_at = clock.now.toISOString();
  await db.insertInto('directory_password').values({ user_id: userId, sealed: 'sealed', made_at }).execute();
  await giveUp(db, { userId, sealed: 'sealed' }, 'refused', clock.now);
}

/** What an installation's first day and a restored backup leave, in a database of their own. */
async function restored(t: Test) {
  const folder = await newInstallation(t);
  const file = `${dataFolder(t)}/salinan.db`;
  const log = t.capture(console, 'log');
  const environment = { IPMS_DATA_DIR: folder, IPMS_SMTP_URL: 'smtp://127.0.0.1:9' };
  for (const [command, args] of [
    [backup, [file]],
    [restore, [file]],
    [key, ['rotate']],
    [setup, ['--recover', '--login', 'meja.baru', '--email', 'baru@bantuan.test', '--reason', 'Bersara']],
  ] as const)
    t.equal(await runCommand({ command: async () => command }, ['command', ...args], environment), 0);
  log.restore();
  const { db, close } = await openPresent({ dataDir: folder, secretFile: `${folder}/secret.key` });
  t.teardown(close);
  return db;
}

/** Databases in which, together, everything was done that IPMS audits. @param watched how the first of them is looked on at */
export async function doEverything(
  t: Test,
  watched: Pick<Parameters<typeof startIpms>[1] & object, 'watch' | 'extend'> = {},
) {
  const ipms = await startIpms(t, {
    environment: { IPMS_TRUST_PROXY: '127.0.0.1', IPMS_BACKUP_DIR: '/nowhere/backups' },
    ...watched,
  });
  const [admin, other] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.kementerian')];
  const [helpdesk, officer] = [await ipms.signIn('meja.bantuan'), await ipms.signIn('pegawai.jabatan')];
  const stage = { t, ipms, admin, other, helpdesk, officer };
  for (const story of Object.values(STORIES)) await story(stage);
  return { ipms, databases: [ipms.db, await restored(t)] };
}
