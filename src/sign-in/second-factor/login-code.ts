import { asPerson } from '../../base/actor.ts';
import { refuseRepeat } from '../../data/act.ts';
import type { Row } from '../../data/schema.ts';
import { defineForm, type FormState, openForm, readForm } from '../../forms/form.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { parameters } from '../../web/parameters.ts';
import { unsavedFormOf } from '../../web/unsaved-forms.ts';
import { nameBrowser, newBrowser } from '../known-places.ts';
import { beginSession, homeOf, localPath, withNext } from '../login.ts';
import { relyingParty } from '../passkeys/ceremony.ts';
import { FEW_CODES, tryCode } from './code.ts';
import { codeField } from './fields.ts';
import { pendingUser } from './pending-sign-in.ts';
import { authenticatorOf, hasPasskey } from './queries.ts';
import { signInWithCode, warnOfTries } from './sign-in-with-code.ts';

export const CodeForm = defineForm('code', { code: codeField('app') });
/** The same field, for keyboards with letters. */
const RecoveryForm = defineForm('code', { code: codeField('recovery') });

const Query = parameters({
  next: { type: 'string', maxLength: 2000 },
  with: { type: 'string', enum: ['recovery'] },
});
type WithQuery = Request & { query: { next?: string; with?: string } };

/** The page that asks for the second factor of whoever has given the right password. */
export async function showCode(request: WithQuery, reply: Reply, state: FormState) {
  const user = await pending(request);
  if (user === undefined) return again(request, reply);
  const { db, baseUrl } = request.server;
  const next = localPath(request.query.next);
  const hasApp = (await authenticatorOf(db, user)) !== undefined;
  const isRecovery = !hasApp || request.query.with === 'recovery';
  const form = { ...state, form: isRecovery ? RecoveryForm : CodeForm };
  const here = withNext('/login/code', next);
  const other = isRecovery ? here : `${here}${next === null ? '?' : '&'}with=recovery`;
  const canUse = relyingParty(baseUrl()) !== null && (await hasPasskey(db, user));
  const passkeys = canUse ? withNext('/login/passkey', next) : null;
  return page(request, reply, 'second-factor/login-code', { form, hasApp, isRecovery, other, passkeys });
}

/** The second half of SOP 4.20 step 1, for whoever has a second factor: the password was right, the code is asked for. */
export function loginCode(app: App) {
  const show = showCode;
  const route = {
    schema: { querystring: Query },
    config: { sop: '4.20', access: ['anyone'], form: CodeForm, show },
  } as const;

  app.get('/login/code', route, (request, reply) => {
    const { role } = request.actor;
    if (role === 'user' || role === 'admin' || role === 'helpdesk')
      return reply.redirect(localPath(request.query.next) ?? homeOf(role), 303);
    return show(request, reply, openForm(CodeForm));
  });

  app.post('/login/code', route, async (request, reply) => {
    const { code } = readForm(CodeForm, request.body);
    const user = await pending(request);
    if (user === undefined) return again(request, reply);
    const browser = request.actor.browser ?? newBrowser();
    const recovery = await signInAs(request, user, code, browser);
    nameBrowser(reply, browser);
    await beginSession(request, reply, { userId: user.id }, 'both');
    request.actor = asPerson(request.actor, user); // the message is for whoever has signed in just now
    if (recovery !== null) {
      const { left, mailed } = recovery;
      setFlash(reply, { key: 'second-factor.recoveryUsed', params: { count: left }, mailed, ...nextStep(left) });
    }
    const next = localPath(request.query.next) ?? (await unsavedFormOf(app.db, user, app.clock()));
    return reply.redirect(next ?? homeOf(user.role), 303);
  });
}

/** Whose password was right in this session, while the second factor is awaited. */
export const pending = async ({ session, server }: Request) =>
  session.pending && pendingUser(server.db, session.pending, server.clock());

/** The sign-in begins anew. */
function again(request: WithQuery, reply: Reply) {
  if (request.session.pending !== undefined) setFlash(reply, { key: 'second-factor.tooLate' });
  return reply.redirect(withNext('/login', localPath(request.query.next)), 303);
}

/** Wrong codes count with wrong passwords; the last one before the sign-in is shut is told to the person, by an act of its own. */
async function signInAs({ server: app, actor }: Request, user: Row<'user'>, code: string, browser: string) {
  const own = { key: app.secrets.authenticators, came: app.clock() };
  await refuseRepeat(app.db, actor);
  return tryCode(
    app.db,
    actor,
    user.id,
    own.came,
    () => app.act({ actor: { ...asPerson(actor, user), browser } }, (act) => signInWithCode(act, own, user, code)),
    () => app.act({ actor: { ...actor, act: null } }, (act) => warnOfTries(act, user)),
  );
}

const nextStep = (left: number) => (left <= FEW_CODES ? { next: 'second-factor.makeNew' as const } : {});
