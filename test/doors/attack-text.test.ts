import { t } from 'tap';
import { isDomain } from '../../src/agencies/domain.ts';
import { readSettings } from '../../src/base/settings.ts';
import { EMAIL, named } from '../../src/forms/fields.ts';
import { phone } from '../../src/officers/fields.ts';
import { nameKey, nameParts } from '../../src/officers/name.ts';
import { renderLetter } from '../../src/trail/outbox-worker.ts';
import { networkOf } from '../../src/web/throttle.ts';
import { startIpms } from '../helper.ts';

// Texts that are made to mislead, to break out, or to take long.

t.test('no name is blank, and none turns the text around it', (t) => {
  const name = named({ label: 'field.full_name' });
  for (const blank of ['\u3164', '\u115f\u1160', '\uffa0', '\u200d', '\u200c\u200d', '\ufe0f', '\u00ad', '\u034f'])
    t.throws(() => name.read([blank]), JSON.stringify(blank));
  for (const turned of ['Ali\u061cAbu', 'Ali\u180eAbu', 'Ali\u{e0041}\u{e007f}', '\u202eubA'])
    t.throws(() => name.read([turned]), JSON.stringify(turned));
  t.equal(name.read(['\u200b Ali\u200e ']), 'Ali', 'what is around it comes from a chat');
  for (const fine of ['陈志强', 'Ali 👩🏽‍💻', "O'Brien", '-', 'Nur Ain']) t.equal(name.read([fine]), fine);
  t.end();
});

// one that tries every way to read a text would not end within the time of a file
t.test('every pattern comes to an end, whatever it is given', (t) => {
  const long = 250;
  for (const part of ['a', 'a-', 'a.', '-', '.a', '1 ', '(', '+1', 'a/l ', 'dato ', '@', 'a@', "'", '\u0301']) {
    const attack = part.repeat(Math.ceil(long / part.length));
    EMAIL.test(`${attack}@${attack}`);
    EMAIL.test(`a@${attack}!`);
    isDomain(attack.slice(0, 188));
    nameKey(attack);
    nameParts(attack);
    t.throws(() => phone('field.office_phone').read([`${attack.slice(0, 39)}x`]));
  }
  t.end();
});

t.test('a network is counted once, in whatever spelling', (t) => {
  const same = [
    '2001:db8:0:1::1',
    '2001:0DB8:0000:0001:ffff:ffff:ffff:ffff',
    '2001:db8::1:0:0:0:9',
    '2001:db8:0:1::9%eth0',
  ];
  t.strictSame([...new Set(same.map(networkOf))], ['2001:db8:0:1::/64']);
  t.equal(networkOf('::ffff:10.0.0.1'), '10.0.0.1');
  t.equal(networkOf('64:ff9b::10.0.0.1'), '64:ff9b:0:0::/64');
  t.equal(networkOf('::1'), '::1');
  t.equal(networkOf('fe80::'), 'fe80:0:0:0::/64');
  t.equal(networkOf('10.0.0.1'), '10.0.0.1');
  t.equal(networkOf('no address'), 'no address');
  t.end();
});

t.test('everybody is no proxy', (t) => {
  for (const wrong of ['0.0.0.0/0', '::/0', '10.0.0.1/', '10.0.0.1/33', '10.0.0.1/8/8', '10.0.0.1/a', 'true'])
    t.throws(() => readSettings({ IPMS_TRUST_PROXY: wrong }), /IPMS_TRUST_PROXY/, wrong);
  for (const right of ['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8', 'fd00::1/128'])
    t.equal(readSettings({ IPMS_TRUST_PROXY: right }).trustProxy, right);
  t.end();
});

t.test('markup of a stranger stays text in the page and in both parts of the mail', async (t) => {
  const ipms = await startIpms(t);
  const markup = '<img src=x onerror=alert(1)>" \' `{7}` <%= 7*7 %>';
  const form = '/access-code-requests/new';
  const fields = {
    category: 'civil_servant',
    full_name: markup,
    ic_number: '900101145678',
    contact_email: 'a@luar.test',
    agency_id: '1',
    reporting_division: markup,
    note: `${markup}\n=1+1`,
  };
  t.equal((await ipms.visitor().submit(form, form, fields)).status, 303);
  const { id } = await ipms.db
    .selectFrom('access_code_request')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const mail = await ipms.db.selectFrom('outbox').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
  const { html, text: plain, subject } = renderLetter(ipms.app.eta, mail, 'https://ipms.test', null);
  t.notMatch(html, '<img', 'mail');
  t.match(plain, markup);
  t.notMatch(subject, /[\r\n]/);
  const admin = await ipms.signIn('admin.jabatan');
  const helpdesk = await ipms.signIn('meja.bantuan');
  for (const page of [
    await admin.get(`/admin/access-code-requests/${id}`),
    await admin.get('/admin/access-code-requests'),
    await admin.get(`/admin/access-codes/new?request=${id}`),
    await admin.get('/admin/audit'),
    await helpdesk.get(`/helpdesk/outbox/${mail.id}`),
    await helpdesk.get('/helpdesk/outbox'),
  ]) {
    t.equal(page.status, 200);
    t.equal(page.dom.querySelector('img'), null);
    t.notOk(page.dom.querySelector('[onerror]'));
    t.match(page.text, '<%= 7*7 %>');
  }
});
