import type { Act } from '../../../src/data/act.ts';
import { giveUp } from '../../../src/directory/due.ts';
import { addPasskey, removePasskey, renamePasskey, signInWithPasskey } from '../../../src/sign-in/passkeys/passkey.ts';
import { updateRequirement } from '../../../src/sign-in/second-factor/requirement.ts';
import { type Ipms, PASSWORD } from '../../helper.ts';
import { makeOfficer } from '../../make.ts';
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
} from '../../second-factor/phone.ts';
import { actAs, type Stories, send } from './stage.ts';

export const SIGN_IN: Stories = {
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
  /** From elsewhere than all others, who would be shut out. */
  async guesses({ ipms }) {
    const stranger = ipms.visitor();
    const fields = { password: 'Bukan@katalaluan1', _csrf: await stranger.token('/login') };
    for (let tries = 0; tries < 30; tries += 1)
      await stranger.post('/login', { ...fields, login: `tekaan.${tries}` }, { 'x-forwarded-for': '203.0.113.9' });
  },
};

async function giveUpPassword({ db, clock }: Ipms, userId: number) {
  const made_at = clock.now.toISOString();
  await db.insertInto('directory_password').values({ user_id: userId, sealed: 'sealed', made_at }).execute();
  await giveUp(db, { userId, sealed: 'sealed' }, 'refused', clock.now);
}
