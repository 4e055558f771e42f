import { asPerson, userOf } from '../base/actor.ts';
import type { Act } from '../data/act.ts';
import type { Row, SignInRole } from '../data/schema.ts';
import { password, text } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { cookieName, cookieOptions } from '../web/cookies.ts';
import { markOf } from '../web/csrf.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import type { PendingSignIn } from '../web/session.ts';
import { unsavedFormOf } from '../web/unsaved-forms.ts';
import { hashPassword, isOfLowerCost } from './hashing.ts';
import { nameBrowser, newBrowser } from './known-places.ts';
import { relyingParty } from './passkeys/ceremony.ts';
import { keepForDirectory, renewHash } from './password.ts';
import { pendingSignIn } from './second-factor/pending-sign-in.ts';
import { checkSignIn, enter } from './sign-in.ts';

export const LoginForm = defineForm('login', {
  login: text({ label: 'field.login', max: 254, autocomplete: 'username' }),
  password: password({ label: 'field.password', autocomplete: 'current-password' }),
});

/** A sign-in of a trial installation, as its sign-in page shows it. */
export type DemoSignIn = { login: string; role: SignInRole; agency: string; password: string };

const HOME: Record<SignInRole, string> = { user: '/me', admin: '/admin', helpdesk: '/helpdesk' };

/** The page that somebody who has signed in begins with. */
export function homeOf(role: SignInRole) {
  return HOME[role];
}

/** The page to sign in on: with a password, or, where there can be one, with a passkey. */
export async function showLogin(request: Request, reply: Reply, form: FormState, demo: DemoSignIn[]) {
  const next = localPath((request.query as { next?: string }).next);
  const passkeys = relyingParty(request.server.baseUrl()) === null ? null : withNext('/login/passkey', next);
  return page(request, reply, 'sign-in/login', { form, demo, passkeys, ended: hasEnded(request) });
}

/** SOP 4.20 step 1: Log Masuk. */
export function login(app: App, demo: DemoSignIn[]) {
  const show = (request: Request, reply: Reply, form: FormState) => showLogin(request, reply, form, demo);
  const schema = { querystring: parameters({ next: { type: 'string', maxLength: 2000 }, ended: Ended }) };
  const config = { sop: '4.20', access: ['anyone'], form: LoginForm, show } as const;

  app.get('/login', { schema, config }, async (request, reply) => {
    const { role } = request.actor;
    if (role === 'user' || role === 'admin' || role === 'helpdesk')
      return reply.redirect(localPath(request.query.next) ?? homeOf(role), 303); // signed in meanwhile in another tab
    return show(request, reply, openForm(LoginForm));
  });

  app.post('/login', { schema, config }, async (request, reply) => {
    const input = readForm(LoginForm, request.body);
    const { actor } = request;
    const checked = await checkSignIn(app.db, actor, input, app.settings.bcryptCost, app.clock());
    const { needsCode } = checked;
    const user = await withPresentCost(request, checked.user, input.password);
    const next = localPath(request.query.next);
    // an account of the directory that was made from a hash opens with the password that somebody signs in with
    const sealed = await app.directoryPasswords.sealMissing(user.id, input.password);
    const keep = ({ trx, now }: Act) =>
      sealed === null ? undefined : keepForDirectory(trx, user.id, { isTaken: false, sealed }, now);
    if (needsCode) {
      if (sealed !== null) await app.act({ actor: { ...actor, act: null } }, async (act) => keep(act));
      await beginSession(request, reply, { pending: pendingSignIn(user, app.clock()) });
      return reply.redirect(withNext('/login/code', next), 303);
    }
    const browser = actor.browser ?? newBrowser();
    await app.act({ actor: { ...asPerson(actor, user), act: null, browser } }, async (act) => {
      await enter(act, user);
      await keep(act);
    });
    nameBrowser(reply, browser);
    await beginSession(request, reply, { userId: user.id });
    return reply.redirect(next ?? (await unsavedFormOf(app.db, user, app.clock())) ?? homeOf(user.role), 303);
  });

  app.post('/logout', { config: { access: ['anyone'] } }, async (request, reply) => {
    await request.session.destroy();
    clearCookies(reply, ['session', 'form']);
    reply.header('clear-site-data', '"cache", "storage"');
    return reply.redirect('/', 303);
  });
}

/** A password is known only while somebody signs in with it: then its hash is brought to the cost that is set. */
async function withPresentCost({ server: app, actor }: Request, user: Row<'user'>, password: string) {
  const { bcryptCost } = app.settings;
  if (user.password_hash === null || !isOfLowerCost(user.password_hash, bcryptCost)) return user;
  const hash = await hashPassword(password, bcryptCost, actor);
  return app.act({ actor: { ...asPerson(actor, user), act: null } }, (act) => renewHash(act, user, hash));
}

/** What a sign-in page is told of a session that ended while a form was being filled in, which is kept. */
export const Ended = { type: 'string', enum: ['kept'] } as const;

/** Is the page to say so? */
export function hasEnded({ query }: Request) {
  return (query as { ended?: string }).ended !== undefined;
}

/** Whom a session is of: somebody who has signed in, an applicant, or somebody whose code is awaited and who may do nothing yet. */
type SessionOf = { userId: number } | { accessCodeId: number } | { pending: PendingSignIn };

/** What somebody who has signed in has shown: a passkey is a second factor, and tells nothing of the password. */
export type Shown = 'password' | 'both' | 'passkey';

/** A new session id and a new form secret: whatever was known before is worth nothing after. */
export async function beginSession(request: Request, reply: Reply, who: SessionOf, shown: Shown = 'password') {
  await takeNewId(request, who);
  const now = request.server.clock().toISOString();
  if ('userId' in who && shown !== 'passkey') request.session.passwordAt = now;
  if ('userId' in who && shown !== 'password') request.session.secondFactorAt = now;
  clearCookies(reply, ['form']);
}

/** The person who has signed in goes on under a new session id; the old one is worth nothing. */
export async function renewSession(request: Request) {
  const renewedFrom = markOf(request.session.encryptedSessionId);
  const { passwordAt, secondFactorAt } = request.session;
  await takeNewId(request, { userId: userOf(request.actor) });
  Object.assign(request.session, { renewedFrom, passwordAt, secondFactorAt });
}

async function takeNewId(request: Request, who: SessionOf) {
  await request.session.regenerate();
  Object.assign(request.session, who, {
    address: request.ip,
    agent: (request.headers['user-agent'] ?? '').slice(0, 200),
  });
}

function clearCookies(reply: Reply, cookies: ('session' | 'form')[]) {
  const { settings } = reply.server;
  for (const cookie of cookies) reply.clearCookie(cookieName(settings, cookie), cookieOptions(settings));
}

/** A page of the sign-in that leads on to `next` in the end. */
export function withNext(page: '/login' | '/login/code' | '/login/passkey', next: string | null) {
  return next === null ? page : `${page}?next=${encodeURIComponent(next)}`;
}

/** A path of this site, or null: no redirect leaves it, whatever `//`, `\` or control characters try. */
export function localPath(path: string | undefined): string | null {
  if (!path?.startsWith('/') || /^\/[/\\]|[\\\u0000-\u001f\u007f]/.test(path)) return null;
  const url = new URL(path, 'http://ipms.invalid');
  // `/.//host` and `/..//host` begin with two strokes only once their dots are taken away
  return url.host === 'ipms.invalid' && !url.pathname.startsWith('//') ? url.pathname + url.search : null;
}
