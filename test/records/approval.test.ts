import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { runDue } from '../../src/due.ts';
import { PACKAGE, PEOPLE, registered } from '../account-requests/joining.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { makeGroup, makeOfficer } from '../make.ts';
import { OFFICER } from '../people.ts';
import { askAboutContact, contactWith, OUTSIDER } from '../tickets/contact-tickets.ts';
import { askForOfficer, PACKAGE as PLACE, prepareTransfer, sendTransferForm } from '../transfers/transfers.ts';

// SOP 5.0: Kelulusan. No request takes effect without an administrator's approval, however long it waits.

const people = { category: 'civil_servant', ...PEOPLE.chinese, reporting_division: 'Bahagian Dasar' };

type Kind = {
  name: string;
  /** Who asks, and the page where somebody who may not tries to approve. */
  request(ipms: Ipms): Promise<{ approve: string }>;
  /** What there is of the thing that was asked for. */
  effect(ipms: Ipms): Promise<unknown>;
  /** With approval it does take effect: else the test would prove nothing. */
  allow(ipms: Ipms, admin: Visitor, approve: string): Promise<unknown>;
};

let account = '';

const KINDS: Kind[] = [
  {
    name: 'an access code (4.1)',
    async request(ipms) {
      const page = '/access-code-requests/new';
      const fields = { ...people, contact_email: 'lim@rumah.test', agency_id: '1' };
      await ipms.visitor().submit(page, page, fields);
      const row = await ipms.db
        .selectFrom('access_code_request')
        .select('id')
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow();
      return { approve: `/admin/access-codes/new?request=${row.id}` };
    },
    effect: ({ db }) =>
      db.selectFrom('access_code').select('id').where('ic_number', '=', PEOPLE.chinese.ic_number).execute(),
    async allow(_ipms, admin, approve) {
      const place = `/admin/access-code-requests/${approve.split('=')[1]}`;
      await admin.submit(place, `${place}/verify`, { verified_with: 'division', verification_note: 'Ya' });
      await admin.submit(approve, '/admin/access-codes/new');
    },
  },
  {
    name: 'an account (4.3 to 4.6)',
    async request(ipms) {
      const admin = await ipms.signIn('admin.jabatan');
      const { page } = await registered(ipms, admin);
      await admin.submit(page, `${page}/allocation`, PACKAGE);
      account = page;
      return { approve: `${page}/approve` };
    },
    effect: ({ db }) => db.selectFrom('user').select('id').where('full_name', '=', PEOPLE.malay.full_name).execute(),
    allow: (_ipms, admin, approve) => admin.submit(account, approve),
  },
  {
    name: "a change of an owner's list",
    async request(ipms) {
      const id = await makeGroup(ipms, 'uji', { owners: [OFFICER] });
      const owner = await ipms.signIn('pegawai.jabatan');
      await owner.submit(`/me/groups/${id}`, `/me/groups/${id}`, { add: 'admin.jabatan@jabatan.test' });
      const row = await ipms.db
        .selectFrom('list_change_request')
        .select('id')
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow();
      return { approve: `/admin/list-change-requests/${row.id}/approve` };
    },
    effect: ({ db }) =>
      db
        .selectFrom('membership')
        .select('id')
        .where('member_address', '=', 'admin.jabatan@jabatan.test')
        .where('since', '>=', '2026-11-24')
        .execute(),
    async allow(_ipms, admin, approve) {
      await admin.submit(approve.replace('/approve', ''), approve, { answer: 'Ya' });
    },
  },
  {
    name: 'a contact (4.21)',
    async request(ipms) {
      const { id } = await askAboutContact(await ipms.signIn('admin.jabatan'), 'register', OUTSIDER);
      return { approve: `/helpdesk/tickets/${id}/resolve` };
    },
    effect: async (ipms) => (await contactWith(ipms, OUTSIDER.email)) ?? [],
    async allow(ipms, _admin, approve) {
      const helpdesk = await ipms.signIn('meja.bantuan');
      const ticket = approve.replace('/resolve', '');
      await helpdesk.submit(ticket, `${ticket}/open`);
      await helpdesk.submit(ticket, approve);
    },
  },
  {
    name: 'the end of an account (4.11)',
    async request(ipms) {
      const leaver = await makeOfficer(ipms, 'tamat');
      return { approve: `/admin/mailboxes/${leaver.id}/delete` };
    },
    effect: ({ db }) =>
      db.selectFrom('mailbox').select('id').where('login_id', '=', 'tamat').where('status', '=', 'deleted').execute(),
    async allow(ipms, admin, approve) {
      const wanted = { reason: 'Tamat kontrak', effective_on: '20/12/2026' };
      await admin.submit(approve, approve, wanted);
      await admin.submit(approve.replace('/delete', '/account'), approve.replace('/delete', '/withdraw-delete'));
      await runDue(ipms.db, later(ipms.clock.now, 30 * DAY));
      t.strictSame(await this.effect(ipms), [], 'what was withdrawn takes no effect');
      await (await ipms.signIn('admin.jabatan')).submit(approve, approve, wanted);
      await runDue(ipms.db, new Date('2026-12-19T15:59:00Z'));
      t.strictSame(await this.effect(ipms), [], 'nor what is for a later day');
      await runDue(ipms.db, new Date('2026-12-19T16:00:00Z'));
    },
  },
  {
    name: 'a transfer to another agency',
    async request(ipms) {
      const { to } = await prepareTransfer(ipms);
      const page = await askForOfficer(to, 'pindah@jabatan.test', { effective_on: '25/11/2026' });
      await runDue(ipms.db, later(ipms.clock.now, 2 * DAY));
      return { approve: `${page}/agree` };
    },
    effect: ({ db }) =>
      db.selectFrom('mailbox').select('id').where('login_id', '=', 'pindah').where('agency_id', '=', 2).execute(),
    async allow(ipms, admin, approve) {
      const page = approve.replace('/agree', '');
      await sendTransferForm(admin, page, 'agree');
      await runDue(ipms.db, later(ipms.clock.now, 3 * DAY));
      t.strictSame(await this.effect(ipms), [], 'one of the two agencies is not enough');
      await sendTransferForm(await ipms.signIn('admin.kementerian'), page, 'allocation', PLACE);
      await runDue(ipms.db, later(ipms.clock.now, 3 * DAY));
    },
  },
];

for (const kind of KINDS)
  t.test(`${kind.name} is there when it was approved, and not before`, async (t) => {
    const ipms = await startIpms(t);
    const { approve } = await kind.request(ipms);
    const nothing = await kind.effect(ipms);
    t.strictSame(nothing, []);
    const officer = await ipms.signIn('pegawai.jabatan');
    const tried = await officer.post(approve.split('?')[0] ?? '', { _csrf: await officer.token('/me/password') });
    t.equal(tried.status, 403, 'nobody approves an own wish');
    await runDue(ipms.db, later(ipms.clock.now, 20 * DAY));
    t.strictSame(await kind.effect(ipms), [], 'waiting is no approval');
    await kind.allow(ipms, await ipms.signIn('admin.jabatan'), approve);
    t.notSame(await kind.effect(ipms), [], 'with approval it takes effect');
  });
