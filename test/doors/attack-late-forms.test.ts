import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { formValues, type Ipms, PASSWORD, startIpms } from '../helper.ts';
import { person } from '../read.ts';

// Attacks on what is sealed for a browser: one seal in place of another, marks that are replayed, people who are gone

const CREATE = '/admin/groups/new';
const wait = (ipms: Ipms, minutes: number) => {
  ipms.clock.now = later(ipms.clock.now, minutes * MINUTE);
};
const rows = (ipms: Ipms) => ipms.db.selectFrom('unsaved_form').selectAll().execute();

t.test('another seal of this installation in place of what was sent before the password was asked for', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('meja.bantuan');
  const url = '/helpdesk/settings';
  const values = formValues((await browser.get(url)).dom, url, url);
  t.equal((await browser.post(url, values)).status, 303);
  const flash = decodeURIComponent(browser.cookies.get('ipms-flash') ?? '');
  t.ok(flash);
  wait(ipms, 11);
  const own = '/me/sessions/end-others';
  for (const carried of [flash, 'x', 'A'.repeat(100)]) {
    const fields = { carried, current_password: PASSWORD, _csrf: await browser.token('/me/sessions') };
    t.equal((await browser.post(own, fields)).status, 200, 'asked anew');
  }
});

t.test('a disabled person, and one who lost the role', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const values = formValues((await browser.get(CREATE)).dom, CREATE, CREATE);
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('login_id', '=', 'admin.jabatan').execute();
  const answer = await browser.post(CREATE, { ...values, display_name: 'Panitia' });
  t.equal(answer.status, 303);
  const page = await browser.get(answer.location);
  const _csrf = page.dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const refused = await browser.post(answer.location, { login: 'admin.jabatan', password: PASSWORD, _csrf });
  t.equal(refused.status, 422);
  const [row] = await rows(ipms);
  await ipms.db
    .updateTable('user')
    .set({ status: 'active', role: 'user' })
    .where('login_id', '=', 'admin.jabatan')
    .execute();
  const other = await ipms.signIn('admin.jabatan');
  t.equal((await other.get(`/me/unsaved-form?form=${row?.id}`)).status, 403);
});

t.test('hostile marks and large bodies', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const other = await ipms.signIn('admin.kementerian');
  const mark = (await browser.token('/admin')).split('.')[1] ?? '';
  const theirs = (await other.token('/admin')).split('.')[1] ?? '';
  const visitor = ipms.visitor();
  for (const forged of [
    '',
    '.',
    '..',
    'a.b.c',
    `.${mark.slice(0, -2)}AA`,
    '.AAAA',
    `${mark}`,
    `.${'A'.repeat(200_000)}`,
  ]) {
    t.equal((await visitor.post(CREATE, { display_name: 'x', _csrf: forged })).status, 403, forged.slice(0, 20));
    t.equal((await browser.post(CREATE, { display_name: 'x', _csrf: forged })).status, 403, forged.slice(0, 20));
  }
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'null' }, { origin: 'https://jahat.test' }])
    t.equal((await visitor.post(CREATE, { display_name: 'x', _csrf: `x.${mark}` }, headers as never)).status, 403);
  t.equal((await visitor.post(CREATE, { display_name: ['a', 'b'], _csrf: [`x.${mark}`, 'y'] })).status, 403);
  t.equal((await browser.post(CREATE, { display_name: 'x', _csrf: `x.${theirs}` })).status, 403, 'of another');
  await ipms.db.deleteFrom('unsaved_form').execute();
  t.equal((await visitor.post(CREATE, { display_name: 'x'.repeat(1_000_000), _csrf: `x.${mark}` })).status, 413);
  t.equal((await rows(ipms)).length, 0);
  const large = await visitor.post(CREATE, { display_name: 'x'.repeat(255 * 1024), _csrf: `x.${mark}` });
  t.equal(large.status, 303, large.location);
  const many = await visitor.send('POST', CREATE, `_csrf=x.${mark}&${'display_name=&'.repeat(12_000)}`, {
    'content-type': 'application/x-www-form-urlencoded',
  });
  t.equal(many.status, 303, many.location);
  const strange = `_csrf=x.${mark}&__proto__=1&constructor=2&display_name_7=3&display_name%00=1&display_name=%ED%A0%80&toString_1=2`;
  const odd = await visitor.send('POST', CREATE, strange, { 'content-type': 'application/x-www-form-urlencoded' });
  t.equal(odd.status, 303, odd.location);
  for (const { id } of await rows(ipms)) t.equal((await browser.get(`/me/unsaved-form?form=${id}`)).status, 200);
  for (const form of ['0', '-1', '1.5', '1e9', '9007199254740993', 'x', '', '1&form=2'])
    t.match((await browser.get(`/me/unsaved-form?form=${form}`)).status, /303|400|404/, form);
});

t.test('a file that comes late', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('meja.bantuan');
  const mark = (await browser.token('/helpdesk')).split('.')[1] ?? '';
  const visitor = ipms.visitor();
  const url = '/helpdesk/directory/script/result';
  const body = [
    '--b',
    'content-disposition: form-data; name="_csrf"',
    '',
    `x.${mark}`,
    '--b',
    'content-disposition: form-data; name="file"; filename="a.jsonl"',
    'content-type: text/plain',
    '',
    'x'.repeat(100_000),
    '--b--',
    '',
  ].join('\r\n');
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  const late = await visitor.send('POST', url, body, headers);
  t.equal(late.status, 303, late.location);
  const stale = await browser.send('POST', url, body, headers);
  t.equal(stale.status, 409);
});

t.test('two tabs asked for the password: the second answer does what was sent there, too', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('meja.bantuan');
  wait(ipms, 11);
  const url = '/helpdesk/staff/new';
  const open = (login: string) =>
    browser.submit(url, url, { full_name: 'Siti binti Ali', login_id: login, email: `${login}@bantuan.test` });
  const tabs = [await open('siti.satu'), await open('siti.dua')];
  const answers = tabs.map(({ dom }) => ({ ...formValues(dom, url, url), current_password: PASSWORD }));
  for (const fields of answers) {
    const done = await browser.post(url, fields);
    t.equal(done.status, 303, done.text);
    const twice = await browser.post(url, fields);
    t.equal(twice.status, 303, 'a double click is led to the result');
    t.equal((await browser.get(twice.location)).location, done.location);
  }
  t.ok(await person(ipms, 'siti.satu'));
  t.ok(await person(ipms, 'siti.dua'));
});
