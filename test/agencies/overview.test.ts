import { t } from 'tap';
import { APPLICATION } from '../account-requests/joining.ts';
import { startIpms } from '../helper.ts';
import { makeAdministrator } from '../make.ts';
import { onlyForHelpdesk } from './refused.ts';

// The helpdesk's first page: counts that lead to their lists, and what is at risk.

t.test('every count leads to a list that holds as many', async (t) => {
  const ipms = await startIpms(t);
  for (let tries = 0; tries < 5; tries += 1)
    await ipms.visitor().submit('/login', '/login', { login: 'pegawai.jabatan', password: 'salah' });
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { dom } = await helpdesk.get('/helpdesk');
  const tiles = dom.querySelectorAll('.tiles a');
  t.ok(tiles.length >= 10);
  const counts: Record<string, number> = {};
  for (const tile of tiles) {
    const href = tile.getAttribute('href') ?? '';
    const count = Number(tile.querySelector('.big')?.textContent);
    counts[href] = count;
    const list = await helpdesk.get(href);
    t.equal(list.status, 200, href);
    if (href.includes('waiting=')) continue; // these count requests, and the list holds agencies
    const rows = Number(/(\d+) rekod/.exec(list.text)?.[1] ?? 0);
    t.equal(rows, count, `${href} holds ${count}`);
  }
  t.ok(Object.entries(counts).some(([href, count]) => href.includes('kind=locked') && count >= 1));
});

t.test('an agency with one administrator is named as a risk, and no longer with two', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const agency = await ipms.db.selectFrom('agency').select('id').where('code', '=', 'JC').executeTakeFirstOrThrow();
  const named = async () => {
    const { dom } = await helpdesk.get('/helpdesk');
    return dom.querySelector(`.warning a[href="/helpdesk/agencies/${agency.id}"]`) !== null;
  };
  t.ok(await named());
  const { id } = await ipms.db
    .selectFrom('user')
    .select('id')
    .where('login_id', '=', 'pegawai.jabatan')
    .executeTakeFirstOrThrow();
  await helpdesk.submit(`/helpdesk/admins/${id}`, `/helpdesk/admins/${id}/grant`);
  t.notOk(await named());
});

t.test('requests that wait are counted for each agency, with how long the oldest has waited', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const NEW = '/helpdesk/agencies/new';
  const { location } = await helpdesk.submit(NEW, NEW, {
    name: 'Jabatan Sungai Contoh',
    code: 'JSC',
    mail_domains: 'sungai.test',
    postmaster_email: 'postadmin@sungai.test',
  });
  const agency_id = location.split('/').at(-1) ?? '';
  // a request is taken where somebody hears of it; whoever looked after this agency is gone since
  await makeAdministrator(ipms, 'sungai.admin');
  const ofAdministrator = ipms.db.updateTable('user').where('login_id', '=', 'sungai.admin');
  await ofAdministrator.set({ agency_id: Number(agency_id) }).execute();
  const form = '/access-code-requests/new';
  await ipms.visitor().submit(form, form, { ...APPLICATION, agency_id });
  await ofAdministrator.set({ status: 'disabled' }).execute();
  ipms.clock.now = new Date(ipms.clock.now.getTime() + 45 * 86_400_000);
  const later = await ipms.signIn('meja.bantuan');
  const { dom } = await later.get('/helpdesk');
  const row = dom.querySelectorAll('tbody tr').find((each) => each.textContent.includes('Jabatan Sungai Contoh'));
  t.match(row?.textContent.replace(/\s+/g, ' '), /Jabatan Sungai Contoh 1 0 45 hari/);
  const list = await later.get('/helpdesk/agencies?waiting=yes&q=sungai');
  t.match(list.text, /JSC sungai\.test 0 1 0 45 hari/);
});

t.test('a mail that failed is counted', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const count = async () => {
    const { dom } = await helpdesk.get('/helpdesk');
    return Number(dom.querySelector('.tiles a[href="/helpdesk/outbox?state=failed"] .big')?.textContent);
  };
  const before = await count();
  const form = '/access-code-requests/new';
  const agency = await ipms.db.selectFrom('agency').select('id').where('code', '=', 'JC').executeTakeFirstOrThrow();
  await ipms.visitor().submit(form, form, { ...APPLICATION, agency_id: String(agency.id) });
  const mail = await ipms.db.selectFrom('outbox').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow();
  await ipms.db.updateTable('outbox').set({ state: 'failed' }).where('id', '=', mail.id).execute();
  t.equal(await count(), before + 1);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  await onlyForHelpdesk(t, ipms, ['/helpdesk'], []);
});
