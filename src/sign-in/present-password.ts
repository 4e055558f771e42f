import { type Actor, userOf } from '../base/actor.ts';
import { seal, unseal } from '../base/secrets.ts';
import { later, MINUTE } from '../base/time.ts';
import { refuseRepeat } from '../data/act.ts';
import { password } from '../forms/fields.ts';
import { defineForm, type Field, type FormState, openForm, readForm } from '../forms/form.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { confirmPassword } from './confirm-password.ts';

/** For so long after the password was right, nothing asks for it again. */
const GRACE = 10 * MINUTE;

/** What was sent, sealed: not typed, so that it is refused as a whole or not at all. */
const carried: Field<string> = {
  kind: 'hidden',
  label: 'present-password.title',
  optional: true,
  max: 0,
  attributes: {},
  read: ([sealed = '']) => sealed,
};

const PresentPasswordForm = defineForm('present-password', {
  current_password: password({ label: 'field.current_password', autocomplete: 'current-password' }),
  carried,
});

/**
 * A change of credentials asks for the present password first, unless it was right within ten minutes: somebody at an open
 * screen must not be able to shut the person out, nor to take another's sign-in. What was sent goes on with it, sealed
 * for this person and this page, so that nothing has to be typed twice and no password stands in the page.
 */
export function askPresentPassword(app: App) {
  app.decorateRequest('asking', null);
  app.addHook('onRoute', (route) => {
    if (route.method === 'POST' && route.config?.asksPassword)
      route.preHandler = [ask, ...[route.preHandler ?? []].flat()];
  });

  async function ask(request: Request, reply: Reply) {
    const { asked, sent, act } = sentBefore(request);
    request.actor.act = act; // the page that asks is no act of its own: gone back to, the form before it is the same one
    if (isFresh(request)) {
      request.body = sent; // asked in two tabs and answered in one: the other's form goes on as well
      return undefined;
    }
    await refuseRepeat(app.db, request.actor);
    request.asking = { form: PresentPasswordForm, show: (_request, _reply, form) => show(request, reply, form, sent) };
    if (!asked) return reply.send(await show(request, reply, openForm(PresentPasswordForm), sent));
    const { current_password } = readForm(PresentPasswordForm, request.body);
    await confirmPassword(app.db, request.actor, current_password, app.settings.bcryptCost, app.clock());
    notePassword(request);
    request.asking = null;
    request.body = sent;
    return undefined;
  }
}

/** The present password was right just now: the session keeps that. */
export function notePassword({ session, server }: Request) {
  session.passwordAt = server.clock().toISOString();
}

const isFresh = (request: Request) => isWithinGrace(request, request.session.passwordAt);

/** Was that within the last ten minutes? A clock that was set back makes nothing fresh. */
export function isWithinGrace({ server }: Request, at = '') {
  const now = server.clock();
  return at <= now.toISOString() && at > later(now, -GRACE).toISOString();
}

/** Shows the page that asks, with what was sent. */
function show(request: Request, reply: Reply, form: FormState, sent: unknown) {
  const carried = JSON.stringify([...whoseAndWhere(request), request.actor.act, sent]);
  form.typed.carried = [seal(request.server.secrets.presentPassword, carried)];
  return page(request, reply, 'sign-in/present-password', { form });
}

type Sent = { asked: boolean; sent: unknown; act: string | null };

/** What was sent before the password was asked for, and the name of that act; this very submission when nothing was asked yet. */
function sentBefore(request: Request): Sent {
  const { body, actor, server } = request;
  const unasked: Sent = { asked: false, sent: body, act: actor.act };
  const { carried } = (body ?? {}) as Record<string, unknown>;
  const text = typeof carried === 'string' ? unseal(server.secrets.presentPassword, carried) : null;
  if (text === null) return unasked;
  const [userId, address, act, sent] = JSON.parse(text) as [number, string, string | null, unknown];
  const [own, here] = whoseAndWhere(request);
  return userId === own && address === here ? { asked: true, sent, act } : unasked;
}

function whoseAndWhere({ actor, url }: Pick<Request, 'url'> & { actor: Actor }) {
  return [userOf(actor), url] as const;
}
