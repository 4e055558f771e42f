import type { Test } from 'tap';
import { t } from 'tap';
import { makeSetUpLink } from '../../src/sign-in/set-up.ts';
import { type Ipms, type Page, startIpms, type Visitor } from '../helper.ts';
import { openedSecret } from '../read.ts';

// A new installation: from the set-up link to an agency whose administrator works.

const CHOSEN = 'Angsana@Merah2026';
/** What these tests are not about. */
const DELAY = { IPMS_SECOND_FACTOR_DELAY: 'noraini=9999-12-31 siew.ling=9999-12-31' };

const AGENCY = {
  name: 'Jabatan Perikanan Contoh',
  code: 'jpc',
  ministry: 'Kementerian Makanan Contoh',
  mail_domains: 'Perikanan.test\r\nlaut.perikanan.test',
  postmaster_email: 'postadmin@perikanan.test',
  file_reference: 'JPC.100-1/2/3',
};

const ADMINISTRATOR = {
  full_name: 'Lim Siew Ling',
  login_id: 'Siew.Ling',
  email: 'siewling@rumah.test',
};

async function setUp(ipms: Ipms) {
  const link = await makeSetUpLink(ipms.db, ipms.clock.now);
  const done = await ipms.visitor().submit(link, link, {
    full_name: 'Noraini binti Salleh',
    login_id: 'noraini',
    email: 'noraini@bantuan.test',
    new_password: CHOSEN,
    confirm_password: CHOSEN,
  });
  return { link, done };
}

async function invitation(ipms: Ipms, email: string) {
  const mail = await ipms.db
    .selectFrom('outbox')
    .select(openedSecret)
    .where('to_address', '=', email)
    .where('mail', '=', 'invitation')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return mail.secret ?? '';
}

async function choosePassword(visitor: Visitor, path: string) {
  return visitor.submit(path, path, { new_password: CHOSEN, confirm_password: CHOSEN });
}

t.test(
  'the set-up link makes the first account of the helpdesk, whose pages open while there is nothing',
  async (t) => {
    const ipms = await startIpms(t, { empty: true, environment: DELAY });
    const { link, done } = await setUp(ipms);
    t.equal(done.location, '/login');
    t.equal((await ipms.visitor().get(link)).status, 404, 'the set-up link works once');

    const helpdesk = await ipms.signIn('noraini', CHOSEN);
    const start = await helpdesk.get('/helpdesk');
    t.equal(start.status, 200);
    t.ok(start.dom.querySelector('main a.button[href="/helpdesk/agencies/new"]'), 'the first page says where to begin');
    for (const url of ['/helpdesk/agencies', '/helpdesk/admins', '/helpdesk/staff', '/helpdesk/settings'])
      t.equal((await helpdesk.get(url)).status, 200, `${url} opens while there is nothing`);
  },
);

t.test('an empty system becomes one in which an administrator works', async (t) => {
  const ipms = await startIpms(t, { empty: true, environment: DELAY });
  await setUp(ipms);
  const helpdesk = await ipms.signIn('noraini', CHOSEN);
  const path = await inviteAdministrator(t, ipms, helpdesk, await makeAgency(t, ipms, helpdesk));

  const newcomer = ipms.visitor();
  t.equal((await newcomer.get(path)).status, 200);
  const weak = await newcomer.submit(path, path, { new_password: 'lemah', confirm_password: 'lemah' });
  t.equal(weak.status, 422, 'a password that breaks a rule does not use the link up');
  t.equal((await choosePassword(newcomer, path)).location, '/login');
  t.equal((await ipms.visitor().get(path)).status, 404, 'the invitation works once');

  const administrator = ipms.visitor();
  const signedIn = await administrator.submit('/login', '/login', { login: 'siew.ling', password: CHOSEN });
  t.equal(signedIn.location, '/admin');
  t.equal((await administrator.get('/admin/access-codes')).status, 200);
  const choice = await ipms.visitor().get('/access-code-requests/new');
  t.match(choice.text, AGENCY.name, 'officers can choose the agency');

  const actions = await ipms.db.selectFrom('audit').select('action').orderBy('id').execute();
  t.strictSame(
    actions.map((row) => row.action).filter((action) => action !== 'user.signed-in'),
    [
      'user.first-helpdesk',
      'setting.second-factor-updated',
      'agency.created',
      'administrator.invited',
      'user.password-changed',
    ],
  );
  const audited = await ipms.db.selectFrom('audit').select(['before', 'after']).execute();
  t.notMatch(JSON.stringify(audited), path.split('/').at(-1) ?? '', 'the link is in no audit row');
});

async function makeAgency(t: Test, ipms: Ipms, helpdesk: Visitor) {
  const made = await helpdesk.submit('/helpdesk/agencies/new', '/helpdesk/agencies/new', AGENCY);
  t.equal(made.status, 303);
  const agency = await ipms.db.selectFrom('agency').selectAll().executeTakeFirstOrThrow();
  t.equal(made.location, `/helpdesk/agencies/${agency.id}`);
  t.match(agency, { code: 'JPC', name: AGENCY.name, file_reference: AGENCY.file_reference });
  const domains = await ipms.db.selectFrom('mail_domain').selectAll().orderBy('domain').execute();
  t.strictSame(
    domains.map((row) => row.domain),
    ['laut.perikanan.test', 'perikanan.test'],
  );
  t.match(await ipms.db.selectFrom('address').selectAll().execute(), [
    { address: AGENCY.postmaster_email, kind: 'postmaster', item_id: agency.id },
  ]);
  return { id: agency.id, page: await helpdesk.get(made.location) };
}

/** From the button on the agency's page. Returns the invitation's link. */
async function inviteAdministrator(t: Test, ipms: Ipms, helpdesk: Visitor, agency: { id: number; page: Page }) {
  const next = agency.page.dom.querySelector('main a.button')?.getAttribute('href') ?? '';
  t.equal(next, `/helpdesk/admins/new?agency=${agency.id}`, 'the next step is on the page');

  const invited = await helpdesk.submit(next, '/helpdesk/admins/new', ADMINISTRATOR);
  t.equal(invited.status, 303);
  const user = await ipms.db.selectFrom('user').selectAll().where('role', '=', 'admin').executeTakeFirstOrThrow();
  t.match(user, { login_id: 'siew.ling', agency_id: agency.id, status: 'active', password_hash: null });
  const path = await invitation(ipms, ADMINISTRATOR.email);
  const shown = await helpdesk.get(invited.location);
  t.match(shown.text, path, 'the link is shown to the helpdesk');
  t.notMatch((await helpdesk.get(invited.location)).text, path, 'and only once');
  return path;
}

t.test('an invitation is good for seven days, and a new one ends the one before', async (t) => {
  const ipms = await startIpms(t, { empty: true, environment: DELAY });
  await setUp(ipms);
  const helpdesk = await ipms.signIn('noraini', CHOSEN);
  await helpdesk.submit('/helpdesk/agencies/new', '/helpdesk/agencies/new', AGENCY);
  const agency = await ipms.db.selectFrom('agency').select('id').executeTakeFirstOrThrow();
  const fields = { ...ADMINISTRATOR, agency_id: String(agency.id), email: 'salah@rumah.test' };
  const { location } = await helpdesk.submit('/helpdesk/admins/new', '/helpdesk/admins/new', fields);
  const first = await invitation(ipms, 'salah@rumah.test');

  const again = await helpdesk.submit(location, `${location}/invite`, { email: ADMINISTRATOR.email });
  t.equal(again.status, 303);
  const second = await invitation(ipms, ADMINISTRATOR.email);
  t.equal((await ipms.visitor().get(first)).status, 404, 'the first link is over');
  t.match(await ipms.db.selectFrom('user').selectAll().where('login_id', '=', 'siew.ling').executeTakeFirst(), {
    email: ADMINISTRATOR.email,
  });

  ipms.clock.now = new Date(ipms.clock.now.getTime() + 7 * 86_400_000 + 1);
  t.equal((await ipms.visitor().get(second)).status, 404, 'after seven days it is over');
  const late = await ipms.signIn('noraini', CHOSEN);
  await late.submit(location, `${location}/invite`);
  const third = await invitation(ipms, ADMINISTRATOR.email);
  t.equal((await choosePassword(ipms.visitor(), third)).location, '/login');

  const accepted = await late.post(`${location}/invite`, { _csrf: await late.token(location) });
  t.equal(accepted.status, 409, 'who has a password is not invited again');
});

t.test('who may not: without the link there is no first account', async (t) => {
  const ipms = await startIpms(t, { empty: true, environment: DELAY });
  for (const url of ['/helpdesk', '/helpdesk/agencies/new', '/helpdesk/staff/new'])
    t.equal((await ipms.visitor().get(url)).location, `/login?next=${encodeURIComponent(url)}`);
  t.equal((await ipms.visitor().get('/set-up/tekaan')).status, 404);
  t.strictSame(await ipms.db.selectFrom('user').select('id').execute(), []);
});
