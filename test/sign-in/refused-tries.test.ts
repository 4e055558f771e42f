import { t } from 'tap';
import { DAY, HOUR, later } from '../../src/base/time.ts';
import { runDue } from '../../src/due.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, PASSWORD, startIpms } from '../helper.ts';
import { person } from '../read.ts';

// Wrong tries, what they shut, and pages refused: logged, counted, listed, and told to the person

const ADMIN = 'admin.jabatan';
const WRONG = 'Bukan@katalaluan1';
const tryWrong = (ipms: Ipms, login: string) => ipms.visitor().submit('/login', '/login', { login, password: WRONG });
const kept = (ipms: Ipms) => ipms.db.selectFrom('refused_try').selectAll().orderBy('id').execute();
const shutIn = (ipms: Ipms) =>
  ipms.db
    .selectFrom('audit')
    .selectAll()
    .where('action', 'in', ['sign-in.name-shut', 'sign-in.network-shut'])
    .orderBy('id')
    .execute();

t.test('the helpdesk sees who was tried, from where and what followed; one audit row when it is shut', async (t) => {
  const ipms = await startIpms(t);
  const { id, full_name } = await person(ipms, 'pegawai.jabatan');
  for (let tries = 0; tries < 7; tries += 1) await tryWrong(ipms, 'pegawai.jabatan');
  t.match(await kept(ipms), [
    ...Array(4).fill({ what: 'password', user_id: id, address: '127.0.0.1', shut: null }),
    { what: 'password', user_id: id, shut: 'name' },
  ]);
  t.match(await shutIn(ipms), [{ action: 'sign-in.name-shut', item_type: 'user', item_id: id, actor_role: 'visitor' }]);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { dom } = await helpdesk.get('/helpdesk/refused-tries');
  t.equal(dom.querySelectorAll('tbody tr').length, 5);
  t.match(dom.querySelector('tbody tr')?.textContent ?? '', full_name);
  t.match(dom.querySelector('tbody')?.textContent ?? '', texts['refused-try.name'].ms);
  t.equal(dom.querySelector('tbody a')?.getAttribute('href'), `/helpdesk/sign-in-help/${id}`);
  const rows = async (query: string) =>
    (await helpdesk.get(`/helpdesk/refused-tries?${query}`)).dom.querySelectorAll('tbody tr').length;
  t.equal(await rows('shut=name'), 1);
  t.equal(await rows('what=code'), 0);
  t.equal(await rows('q=pegawai.jab'), 5);
  t.equal(await rows('q=198.51'), 0);
  t.equal(await rows('to=23/11/2026'), 0);
  t.match((await helpdesk.get('/helpdesk/refused-tries?format=csv')).html, 'pegawai.jabatan');
});

t.test('nobody’s name and a network, too; what was typed is nowhere', async (t) => {
  const ipms = await startIpms(t);
  for (let tries = 0; tries < 5; tries += 1) await tryWrong(ipms, 'Rahsia@terlanjur1');
  for (let tries = 0; tries < 26; tries += 1) await tryWrong(ipms, `tekaan.${tries}`);
  const tries = await kept(ipms);
  t.equal(tries.length, 30, 'what is not looked at is not kept');
  t.match(tries[4], { user_id: null, shut: 'name' });
  t.match(tries[29], { user_id: null, shut: 'network' });
  t.match(await shutIn(ipms), [
    { action: 'sign-in.name-shut', item_type: 'database', after: null },
    { action: 'sign-in.network-shut', item_type: 'database', after: '{"network_address":"127.0.0.1"}' },
  ]);
  t.notOk(ipms.serialize().includes('terlanjur1'));
});

t.test('a page that somebody may not open is kept once an hour', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await person(ipms, ADMIN);
  const admin = await ipms.signIn(ADMIN);
  for (const page of ['/helpdesk', '/helpdesk', '/helpdesk/audit']) t.equal((await admin.get(page)).status, 403);
  const refused = { what: 'page', user_id: id, shut: null };
  t.match(await kept(ipms), [
    { ...refused, page: '/helpdesk' },
    { ...refused, page: '/helpdesk/audit' },
  ]);
  ipms.clock.now = later(ipms.clock.now, HOUR);
  const again = await ipms.signIn(ADMIN);
  await again.get('/helpdesk');
  t.equal((await kept(ipms)).length, 3);
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.match((await helpdesk.get('/helpdesk/refused-tries?what=page')).text, texts['refused-try.noRight'].ms);
  ipms.clock.now = later(ipms.clock.now, 90 * DAY);
  await runDue(ipms.db, ipms.clock.now);
  t.strictSame(await kept(ipms), [], 'and forgotten after three months');
});

t.test('the person sees the latest right and wrong tries, and nobody else’s', async (t) => {
  const ipms = await startIpms(t);
  await tryWrong(ipms, 'pegawai.jabatan');
  await tryWrong(ipms, ADMIN);
  const officer = await ipms.signIn('pegawai.jabatan');
  const { dom } = await officer.get('/me/sessions');
  const card = [...dom.querySelectorAll('.card')].find((each) => each.textContent.includes(texts['my-tries.title'].ms));
  const states = (card?.querySelectorAll('tbody tr') ?? []).map((row) => row.textContent);
  t.equal(states.filter((text) => text.includes(texts['my-tries.right'].ms)).length, 1);
  t.equal(states.filter((text) => text.includes(texts['my-tries.wrong'].ms)).length, 1);
});

t.test('each refusal is a line of the log and counted; nothing secret is in it', async (t) => {
  const lines: Record<string, unknown>[] = [];
  const ipms = await startIpms(t, {
    extend(app) {
      app.addHook('onRequest', async (request) => {
        request.log.warn = ((line: Record<string, unknown> | string) =>
          typeof line === 'object' && lines.push(line)) as typeof request.log.warn;
      });
    },
  });
  const { id } = await person(ipms, 'pegawai.jabatan');
  const admin = await person(ipms, ADMIN);
  for (let tries = 0; tries < 6; tries += 1) await tryWrong(ipms, 'pegawai.jabatan');
  const visitor = ipms.visitor();
  await visitor.post('/login', { login: 'pegawai.jabatan', password: PASSWORD });
  await (await ipms.signIn(ADMIN)).get('/helpdesk');
  const from = { address: '127.0.0.1' };
  t.match(lines, [
    ...Array(5).fill({ ...from, why: 'wrong', what: 'password', person: id, by: null }),
    { ...from, why: 'name-shut', what: 'password', person: id },
    { ...from, why: 'foreign-form', person: null },
    { ...from, why: 'page', by: admin.id, role: 'admin' },
  ]);
  t.notMatch(JSON.stringify(lines), /katalaluan1|Contoh@/);
  const { html } = await visitor.get('/metrics');
  for (const line of ['wrong"} 5', 'name-shut"} 1', 'network-shut"} 0', 'foreign-form"} 1', 'page"} 1'])
    t.match(html, `ipms_refused_total{why="${line}`);
});

t.test('who may not see what was refused: everybody but the helpdesk', async (t) => {
  const ipms = await startIpms(t);
  for (const login of ['pegawai.jabatan', ADMIN])
    t.equal((await (await ipms.signIn(login)).get('/helpdesk/refused-tries')).status, 403);
  t.equal((await ipms.visitor().get('/helpdesk/refused-tries')).status, 303);
});
