import { asPerson } from '../../base/actor.ts';
import { WrongTry } from '../../base/errors.ts';
import { digest } from '../../base/secrets.ts';
import { defineForm, type FormState, openForm, readForm } from '../../forms/form.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { parameters } from '../../web/parameters.ts';
import { inspect } from '../../web/throttle.ts';
import { unsavedFormOf } from '../../web/unsaved-forms.ts';
import { nameBrowser, newBrowser, placeOf } from '../known-places.ts';
import { beginSession, type DemoSignIn, homeOf, LoginForm, localPath, showLogin } from '../login.ts';
import { CodeForm, pending, showCode } from '../second-factor/login-code.ts';
import { askToSignIn, verifySignIn } from './ceremony.ts';
import { credential } from './fields.ts';
import { signInWithPasskey } from './passkey.ts';
import { activePersonOf, passkeyByCredential, passkeysOf } from './queries.ts';

const SignInForm = defineForm('passkey', { credential });
const Query = parameters({ next: { type: 'string', maxLength: 2000 } });
type WithNext = Request & { query: { next?: string } };

/**
 * SOP 4.20 step 1 with a passkey: in place of the password, since the device has known the person by finger, face or PIN;
 * or in place of the code, once the password was right. The passkeys of somebody are named to nobody before that.
 */
export function passkeySignIn(app: App, demo: DemoSignIn[]) {
  const show = async (request: WithNext, reply: Reply, { problem, problems }: FormState) => {
    const refused = { problem: problem ?? problems.credential ?? null };
    if ((await pending(request)) !== undefined) return showCode(request, reply, { ...openForm(CodeForm), ...refused });
    return showLogin(request, reply, { ...openForm(LoginForm), ...refused }, demo);
  };
  const route = {
    schema: { querystring: Query },
    config: { sop: '4.20', access: ['anyone'], form: SignInForm, show },
  } as const;

  // what the page's script asks: it goes on to the device as it is
  app.get('/login/passkey', route, async (request) => {
    const user = await pending(request);
    return askToSignIn(request, user === undefined ? [] : await passkeysOf(app.db, user));
  });

  app.post('/login/passkey', route, async (request, reply) => {
    const { credential: answered } = readForm(SignInForm, request.body);
    const half = await pending(request);
    const passkey = await passkeyByCredential(app.db, answered.id);
    const user = passkey && (await activePersonOf(app.db, passkey));
    const browser = request.actor.browser ?? newBrowser();
    const tried = await passkeyTry(request, answered.id, half?.id ?? passkey?.user_id ?? null);
    const entered = await inspect(app.db, tried, app.clock(), async (forgive) => {
      // one answer for all: it is not known, it is somebody else's, or its person may not sign in
      if (passkey === undefined || user === undefined || (half !== undefined && half.id !== user.id))
        throw new WrongTry('passkey.wrong');
      const signed = await verifySignIn(request, answered, passkey);
      const actor = { ...asPerson(request.actor, user), act: null, browser };
      if (!(await app.act({ actor }, (act) => signInWithPasskey(act, user, passkey, signed))))
        throw new WrongTry('passkey.copied');
      await forgive();
      return user;
    });
    nameBrowser(reply, browser);
    await beginSession(request, reply, { userId: entered.id }, half === undefined ? 'passkey' : 'both');
    const next = localPath(request.query.next) ?? (await unsavedFormOf(app.db, entered, app.clock()));
    return reply.redirect(next ?? homeOf(entered.role), 303);
  });
}

/**
 * A passkey is counted under a name of its own: a signature is not guessed, and wrong passwords, which are, shut nobody's passkey.
 * What is refused is kept all the same, and no network sends more of it than of wrong passwords.
 */
async function passkeyTry({ server, actor }: Request, credentialId: string, userId: number | null) {
  const place = await placeOf(server.db, actor, userId, server.clock());
  return { by: actor, what: 'passkey' as const, name: `passkey:${digest(credentialId)}`, userId, ...place };
}
