import { t } from 'tap';
import { inAct, UNSET } from '../../src/data/act.ts';
import { relyingParty } from '../../src/sign-in/passkeys/ceremony.ts';
import { updateRequirement } from '../../src/sign-in/second-factor/requirement.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, PASSWORD, startIpms } from '../helper.ts';
import { actorOf } from '../make.ts';
import { mailsNumbered, person, trailOf } from '../read.ts';
import {
  codeOf,
  halfSignedIn,
  KNOWN_SECRET,
  nextCode,
  plantAuthenticator,
  setUpPhone,
} from '../second-factor/phone.ts';
import { addOn, addPasskeyOf, askedBy, Device, PASSKEYS, PLACE, signInBy, startNamed } from './device.ts';

// A person's own passkeys: added, renamed, removed, and what stays guarded meanwhile

const LOGIN = 'admin.jabatan';
const kept = (ipms: Ipms) => ipms.db.selectFrom('passkey').selectAll().orderBy('id').execute();
const codesOf = (ipms: Ipms) => ipms.db.selectFrom('recovery_code').selectAll().execute();
const pass = (ipms: Ipms, minutes: number) => {
  ipms.clock.now = new Date(ipms.clock.now.getTime() + minutes * 60_000);
};

async function require(ipms: Ipms) {
  const actor = await actorOf(ipms, 'meja.bantuan');
  await inAct(ipms.db, { actor, now: ipms.clock.now, settings: UNSET }, (act) =>
    updateRequirement(act, 'helpdesk_and_admins'),
  );
}

t.test('the first passkey comes with recovery codes, ends the other sessions, and is told', async (t) => {
  const ipms = await startNamed(t);
  const { id } = await person(ipms, LOGIN);
  const other = await ipms.signIn(LOGIN);
  const browser = await ipms.signIn(LOGIN);
  const asked = await askedBy(browser, `${PASSKEYS}/new`);
  t.match(asked, {
    rp: { id: 'localhost' },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: [],
  });
  t.notMatch(Buffer.from(asked.user?.id ?? '', 'base64url').toString(), LOGIN, 'the device keeps no name for an id');
  const device = new Device();
  const answer = await browser.submit(PLACE, PASSKEYS, { name: 'Telefon', credential: device.make(asked) });
  t.equal(answer.location, PLACE);
  const page = await browser.get(PLACE);
  t.match(page.text, texts['passkey.added'].ms);
  t.equal(page.dom.querySelectorAll('.codes code').length, 10);
  t.match(page.text, 'Telefon');
  t.match(page.text, texts['passkey.never'].ms);
  t.match(await kept(ipms), [{ user_id: id, name: 'Telefon', counter: 0, transports: 'internal hybrid' }]);
  t.equal((await other.get('/admin')).status, 303, 'the other session is over');
  const [row] = await trailOf(ipms, 'user', id, 'user.passkey-added');
  t.match(row, { sop: '4.20', actor_user_id: id });
  t.same(JSON.parse(row?.after ?? ''), { passkey: 'Telefon' });
  t.equal((await mailsNumbered(ipms, 'passkey-added')).length, 1);
  t.equal((await halfSignedIn(ipms, LOGIN)).place, '/login/code', 'the password is half of a sign-in now');

  const second = new Device();
  t.match((await askedBy(browser, `${PASSKEYS}/new`)).excludeCredentials, [{ id: device.id.toString('base64url') }]);
  t.equal((await addOn(browser, second, 'Kunci USB')).status, 303);
  t.equal((await browser.get(PLACE)).dom.querySelectorAll('.codes').length, 0, 'the codes that there are stay');
  t.equal((await addOn(browser, second, 'Sekali lagi')).status, 409, 'the same passkey twice');
  t.equal((await kept(ipms)).length, 2);
});

t.test('what a device answers to somebody else, or to another question, adds nothing', async (t) => {
  const ipms = await startNamed(t);
  const browser = await ipms.signIn(LOGIN);
  for (const lies of [
    { origin: 'https://jahat.test' },
    { rpId: 'jahat.test' },
    { type: 'webauthn.get' },
    { flags: 0x41 },
    { challenge: (await askedBy(browser, '/login/passkey')).challenge },
    { challenge: (await askedBy(await ipms.signIn('admin.kementerian'), `${PASSKEYS}/new`)).challenge },
  ]) {
    const answer = await addOn(browser, new Device(), 'Telefon', lies);
    t.equal(answer.status, 422, JSON.stringify(lies));
    t.match(answer.text, texts['passkey.wrong'].ms);
    t.equal(answer.dom.querySelector('form[data-passkey] [name=name]')?.getAttribute('value'), 'Telefon');
    t.equal(answer.dom.querySelector('[name=credential]')?.getAttribute('value'), '', 'and the answer is not kept');
  }
  const asked = await askedBy(browser, `${PASSKEYS}/new`);
  t.equal((await browser.submit(PLACE, PASSKEYS, { name: 'A', credential: new Device().make(asked) })).status, 303);
  const again = await browser.submit(PLACE, PASSKEYS, { name: 'B', credential: new Device().make(asked) });
  t.equal(again.status, 422, 'a challenge that was answered');
  t.equal((await browser.submit(PLACE, PASSKEYS, { name: 'C', credential: '' })).status, 422, 'without scripts');
  t.equal((await kept(ipms)).length, 1);
});

t.test('after ten minutes the password is asked for, and whoever has a second factor shows it again', async (t) => {
  const ipms = await startNamed(t);
  const fresh = await ipms.signIn('admin.kementerian');
  pass(ipms, 11);
  const credential = new Device().make(await askedBy(fresh, `${PASSKEYS}/new`));
  const asked = await fresh.submit(PLACE, PASSKEYS, { name: 'Telefon', credential });
  t.ok(asked.dom.querySelector('[name=current_password]'), 'the password is asked for');
  t.equal((await kept(ipms)).length, 0);
  const carried = asked.dom.querySelector('[name=carried]')?.getAttribute('value') ?? '';
  const _csrf = asked.dom.querySelector('[name=_csrf]')?.getAttribute('value') ?? '';
  const given = await fresh.post(PASSKEYS, { _csrf, carried, current_password: PASSWORD });
  t.equal(given.status, 303, 'and then it is done');
  t.equal((await kept(ipms)).length, 1);

  const { browser } = await addPasskeyOf(ipms, LOGIN);
  const [, own] = await kept(ipms);
  pass(ipms, 11);
  const page = await browser.get(PLACE);
  t.match(page.text, texts['passkey.signInAgain'].ms);
  t.notOk(page.dom.querySelector('form[data-passkey]'));
  t.notOk(page.dom.querySelector('form[action="/me/second-factor"]'), 'nor may an app be set up beside it');
  const token = await browser.token(PLACE);
  const made = new Device().make(await askedBy(browser, `${PASSKEYS}/new`));
  for (const [path, fields] of [
    [PASSKEYS, { name: 'Orang lain', credential: made }],
    [`${PASSKEYS}/${own?.id}/remove`, {}],
    [`${PLACE}/recovery-codes`, {}],
  ] as const) {
    const first = await browser.post(path, { _csrf: token, ...fields });
    const carried = first.dom.querySelector('[name=carried]')?.getAttribute('value') ?? '';
    const given = { _csrf: token, carried, current_password: PASSWORD };
    const answer = carried === '' ? first : await browser.post(path, given);
    t.equal(answer.status, 422, path);
    t.match(answer.text, texts['passkey.signInAgain'].ms, path);
  }
  const alone = await browser.post(PLACE, { _csrf: token, code: '000000', current_password: PASSWORD });
  t.match(alone.text, texts['passkey.signInAgain'].ms);
  t.equal((await kept(ipms)).length, 2);
});

t.test('a code of the app, shown just now, is enough to add a passkey', async (t) => {
  const ipms = await startNamed(t);
  const { secret, browser } = await setUpPhone(ipms, LOGIN);
  pass(ipms, 11);
  t.notOk((await browser.get(PLACE)).dom.querySelector('form[data-passkey]'));
  nextCode(ipms);
  const asked = await browser.submit(PLACE, `${PLACE}/recovery-codes`, { code: codeOf(ipms, secret) });
  const carried = asked.dom.querySelector('[name=carried]')?.getAttribute('value') ?? '';
  const _csrf = asked.dom.querySelector('[name=_csrf]')?.getAttribute('value') ?? '';
  await browser.post(`${PLACE}/recovery-codes`, { _csrf, carried, current_password: PASSWORD });
  t.equal((await addOn(browser, new Device(), 'Telefon')).status, 303);
});

t.test('a passkey gets another name; removed, it opens nothing, and the codes go with the last factor', async (t) => {
  const ipms = await startNamed(t);
  const { browser, device } = await addPasskeyOf(ipms, LOGIN, 'Lama');
  const { id } = await person(ipms, LOGIN);
  const [passkey] = await kept(ipms);
  const page = `${PASSKEYS}/${passkey?.id}`;
  t.equal((await browser.submit(page, page, { name: '' })).status, 422);
  t.equal((await browser.submit(page, page, { name: 'Pejabat' })).location, PLACE);
  t.match((await browser.get(PLACE)).text, 'Pejabat');
  const [renamed] = await trailOf(ipms, 'user', id, 'user.passkey-renamed');
  t.same(
    [JSON.parse(renamed?.before ?? ''), JSON.parse(renamed?.after ?? '')],
    [{ passkey: 'Lama' }, { passkey: 'Pejabat' }],
  );
  await browser.submit(page, page, { name: 'Pejabat' });
  t.equal((await trailOf(ipms, 'user', id, 'user.passkey-renamed')).length, 1, 'the same name is no change');

  const other = ipms.visitor();
  await signInBy(other, device);
  const half = await halfSignedIn(ipms, LOGIN);
  t.equal((await browser.submit(page, `${page}/remove`)).location, PLACE);
  t.match((await browser.get(PLACE)).text, texts['passkey.removed'].ms);
  t.same([await kept(ipms), await codesOf(ipms)], [[], []]);
  t.equal((await other.get('/admin')).status, 303, 'its session is over');
  t.equal((await half.browser.get('/login/code')).location, '/login');
  t.equal((await signInBy(ipms.visitor(), device)).status, 422);
  t.equal((await trailOf(ipms, 'user', id, 'user.passkey-removed')).length, 1);
  t.equal((await mailsNumbered(ipms, 'passkey-removed')).length, 1);
  t.equal((await halfSignedIn(ipms, LOGIN)).place, '/admin', 'the password is enough again');
});

t.test('beside an app, the codes stay with whichever of them is left', async (t) => {
  const ipms = await startNamed(t);
  const { browser } = await addPasskeyOf(ipms, LOGIN);
  await plantAuthenticator(ipms, LOGIN);
  const off = await browser.submit(PLACE, `${PLACE}/turn-off`, { code: codeOf(ipms, KNOWN_SECRET) });
  t.equal(off.status, 303);
  t.equal((await codesOf(ipms)).length, 10, 'the passkey is left');
  await plantAuthenticator(ipms, LOGIN);
  const [passkey] = await kept(ipms);
  await browser.submit(`${PASSKEYS}/${passkey?.id}`, `${PASSKEYS}/${passkey?.id}/remove`);
  t.equal((await codesOf(ipms)).length, 10, 'the app is left');
});

t.test('whoever must have a second factor has one by a passkey, and keeps the last', async (t) => {
  const ipms = await startNamed(t);
  await require(ipms);
  const browser = await ipms.signIn(LOGIN);
  t.equal((await browser.get('/admin')).location, PLACE, 'led to where it is set up');
  t.equal((await addOn(browser, new Device(), 'Telefon')).status, 303);
  t.equal((await browser.get('/admin')).status, 200);
  const [passkey] = await kept(ipms);
  const page = `${PASSKEYS}/${passkey?.id}`;
  const answer = await browser.submit(page, `${page}/remove`);
  t.equal(answer.status, 422);
  t.match(answer.text, texts['passkey.mustStay'].ms);
  t.equal((await kept(ipms)).length, 1);
  t.equal((await codesOf(ipms)).length, 10);
  await plantAuthenticator(ipms, LOGIN);
  t.equal((await browser.submit(page, `${page}/remove`)).status, 303, 'with an app beside it, it may go');
  await addOn(browser, new Device(), 'Telefon');
  t.equal((await browser.submit(PLACE, `${PLACE}/turn-off`, { code: codeOf(ipms, KNOWN_SECRET) })).status, 303);
  t.equal((await browser.get('/admin')).status, 200);
  const helpdesk = await ipms.signIn('meja.bantuan');
  await ipms.db.deleteFrom('system_setting').where('name', '=', 'secondFactor').execute();
  t.match((await helpdesk.get('/helpdesk/settings/second-factor')).text, /1 daripada/, 'and is counted');
});

t.test('without an app, new recovery codes ask for no code', async (t) => {
  const ipms = await startNamed(t);
  const { browser, codes } = await addPasskeyOf(ipms, LOGIN);
  t.equal((await browser.submit(PLACE, `${PLACE}/recovery-codes`)).status, 303);
  const shown = (await browser.get(PLACE)).dom.querySelectorAll('.codes code').map((each) => each.textContent);
  t.equal(shown.length, 10);
  t.notOk(shown.includes(codes[0] ?? ''));
});

t.test('the helpdesk takes passkeys away with the second factor', async (t) => {
  const ipms = await startNamed(t);
  const { browser, device } = await addPasskeyOf(ipms, LOGIN);
  const { id } = await person(ipms, LOGIN);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const help = `/helpdesk/sign-in-help/${id}`;
  t.equal((await helpdesk.submit(help, `${help}/reset-second-factor`, { reason: 'Telefon hilang' })).status, 303);
  t.same([await kept(ipms), await codesOf(ipms)], [[], []]);
  t.equal((await browser.get('/admin')).status, 303);
  t.equal((await signInBy(ipms.visitor(), device)).status, 422);
});

t.test('ten are enough', async (t) => {
  const ipms = await startNamed(t);
  const { browser } = await addPasskeyOf(ipms, LOGIN);
  for (let more = 2; more <= 10; more += 1) t.equal((await addOn(browser, new Device(), `Kunci ${more}`)).status, 303);
  t.equal((await addOn(browser, new Device(), 'Kunci 11')).status, 422);
  t.equal((await kept(ipms)).length, 10);
});

t.test('passkeys are for a name over TLS, or this very machine', async (t) => {
  t.same(relyingParty('https://ipms.jabatan.test'), { id: 'ipms.jabatan.test', origin: 'https://ipms.jabatan.test' });
  t.same(relyingParty('https://ipms.jabatan.test:8443')?.origin, 'https://ipms.jabatan.test:8443');
  t.ok(relyingParty('http://localhost:3000'));
  for (const none of ['http://ipms.jabatan.test', 'https://10.1.2.3', 'https://[::1]:8443', 'http://127.0.0.1:3000'])
    t.equal(relyingParty(none), null, none);
  const ipms = await startIpms(t, { environment: { IPMS_BASE_URL: 'http://127.0.0.1:3000' } });
  t.notOk((await ipms.visitor().get('/login')).dom.querySelector('form[data-passkey]'));
  const browser = await ipms.signIn(LOGIN);
  t.match((await browser.get(PLACE)).text, texts['passkey.notHere'].ms);
  t.equal((await browser.get(`${PASSKEYS}/new`)).status, 422);
});

t.test('nobody sees or changes the passkeys of others', async (t) => {
  const ipms = await startNamed(t);
  await addPasskeyOf(ipms, LOGIN);
  const before = await kept(ipms);
  const page = `${PASSKEYS}/${before[0]?.id}`;
  for (const login of ['pegawai.jabatan', 'admin.kementerian', 'meja.bantuan']) {
    const browser = await ipms.signIn(login);
    t.equal((await browser.get(page)).status, 404, login);
    const _csrf = await browser.token(PLACE);
    t.equal((await browser.post(page, { _csrf, name: 'Saya' })).status, 404, login);
    t.equal((await browser.post(`${page}/remove`, { _csrf })).status, 404, login);
  }
  const visitor = ipms.visitor();
  const _csrf = await visitor.token('/login');
  for (const path of [page, `${page}/remove`, PASSKEYS])
    t.match((await visitor.post(path, { _csrf, name: 'Saya' })).location, /^\/login/, path);
  t.match((await visitor.get(`${PASSKEYS}/new`)).location, /^\/login/);
  t.same(await kept(ipms), before);
});
