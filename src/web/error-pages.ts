import type { FastifyError } from 'fastify';
import {
  Busy,
  Conflict,
  Forbidden,
  Gone,
  NotFound,
  Repeated,
  RuleBroken,
  SignInRequired,
  TooManyTries,
} from '../base/errors.ts';
import { MINUTE } from '../base/time.ts';
import { wasDone } from '../data/act.ts';
import { isDiskTrouble } from '../data/database.ts';
import { InvalidForm, refusedForm } from '../forms/form.ts';
import type { Label, Sentence } from '../texts.ts';
import { checkAccess } from './access.ts';
import type { App, Reply, Request } from './app-types.ts';
import { actOf, ForeignForm, isFromHere, shownTo } from './csrf.ts';
import { setFlash } from './flash.ts';
import { isSameOwner, type Owner, ownerOf } from './form-owner.ts';
import { page } from './pages.ts';
import { noteRefusal } from './refusals.ts';
import { keepRequest, lostFormAt, readAddress } from './unsaved-form-page.ts';
import { unsavedFormAt } from './unsaved-forms.ts';

/** Where the result of an act is shown to whoever did it; null when there is none to show. */
export type ResultOf = (request: Request, act: string) => Promise<string | null>;

/** Every failure becomes a page in the reader's language that says what to do, with a reference that is also in the log. */
export function answerErrors(app: App, resultOf: ResultOf) {
  app.setErrorHandler(async (thrown: FastifyError, request, reply) => {
    try {
      return await answer(thrown, request, reply, resultOf);
    } catch (second) {
      // the page that would show the refused form again may not exist for this actor
      if (second instanceof NotFound || second instanceof SignInRequired || second instanceof Forbidden)
        return answer(second as FastifyError, request, reply, resultOf);
      // or not be open at this step: then the reason stands on a page of its own
      if (second instanceof RuleBroken)
        return errorPage(request, reply, second instanceof Conflict ? 409 : 422, second);
      request.log.error({ err: second }, 'the error page failed');
      return reply
        .code(isDiskTrouble(second) ? 503 : 500)
        .type('text/plain; charset=utf-8')
        .send(`IPMS: ${request.id}`);
    }
  });
  app.setNotFoundHandler(async (request, reply) => {
    const allowed = methodsAt(app, request.url.split('?')[0] ?? '');
    const asked = request.method === 'HEAD' ? 'GET' : request.method;
    if (allowed.length === 0 || allowed.some((method) => method === asked)) return errorPage(request, reply, 404);
    reply.header('allow', allowed.join(', '));
    return errorPage(request, reply, 405);
  });
}

async function answer(error: FastifyError, request: Request, reply: Reply, resultOf: ResultOf) {
  await noteRefusal(error, request);
  const { form, show } = request.asking ?? request.routeOptions.config;
  if (error instanceof Repeated) return reply.redirect((await resultOf(request, error.act)) ?? request.url, 303);
  if (error instanceof SignInRequired) return askToSignIn(error, request, reply);
  if (error instanceof InvalidForm && form && show)
    return show(request, reply.code(422), refusedForm(form, request.body, error.problems, null));
  if (error instanceof RuleBroken) {
    const problem = { key: error.key, params: error.params };
    reply.code(error instanceof Conflict ? 409 : 422);
    if (!form || !show) return errorPage(request, reply, reply.statusCode as ErrorStatus, problem);
    const beside = error.field !== null && error.field in form.fields ? { [error.field]: problem } : {};
    return show(
      request,
      reply,
      refusedForm(form, request.body, beside, error.field !== null && error.field in form.fields ? null : problem),
    );
  }
  if (error instanceof Gone) return reply.code(CLIENT_GONE).send();
  if (error instanceof Busy) {
    const problem = { key: 'error.busy.text', title: 'error.busy.title' } as const;
    return errorPage(request, reply.header('retry-after', BUSY_SECONDS), 503, problem);
  }
  if (error instanceof TooManyTries) return tooManyTries(error, request, reply);
  if (error instanceof NotFound || error.validationContext === 'params') return errorPage(request, reply, 404);
  if (error instanceof Forbidden) return errorPage(request, reply, 403, { key: error.key });
  if (error instanceof ForeignForm) return answerForeignForm(request, reply, resultOf);
  if (isDiskTrouble(error)) {
    request.log.error({ err: error }, 'the disk refused');
    return errorPage(request, reply, 503);
  }
  if (error.statusCode === 413) {
    const isFile = request.routeOptions.config.upload && request.isMultipart();
    const problem = isFile ? { key: 'error.fileTooLarge.text' as const, again: request.url } : undefined;
    return errorPage(request, reply.header('connection', 'close'), 413, problem);
  }
  if (error.statusCode === 415 || (error.statusCode !== undefined && error.statusCode < 500))
    return errorPage(request, reply, 400);
  request.log.error({ err: error }, 'failed');
  return errorPage(request, reply, 500);
}

/** Who is to sign in or has to do something else first is led there; what was typed meanwhile is kept. */
async function askToSignIn({ signIn }: SignInRequired, request: Request, reply: Reply) {
  const owner = request.method === 'POST' ? shownTo(request) : null;
  if (owner !== null && ownerOf(request.actor) === null) return sessionEnded(request, reply, owner);
  const back = request.method === 'GET' ? request.url : '';
  const address =
    signIn === '/login' && back !== '' && back !== '/' ? `/login?next=${encodeURIComponent(back)}` : signIn;
  return reply.redirect(address, 303);
}

/**
 * The session ended while somebody filled a form in: nothing was done. The sign-in says so and leads to the form as it was
 * typed, or, where there was nothing to keep or no room, to the page that it stood on. What was carried out before the session ended, and is sent once more, is said to be done.
 */
async function sessionEnded(request: Request, reply: Reply, owner: Owner) {
  const isPerson = owner.user_id !== null;
  if (await wasDone(request.server.db, actOf(request))) {
    setFlash(reply, { key: 'unsaved.done' });
    return reply.redirect(isPerson ? '/login' : '/register', 303);
  }
  const id = await keepRequest(request, owner);
  if (id === null) {
    setFlash(reply, { key: 'unsaved.lost', isWarning: true });
    const before = isPerson ? pageBefore(request) : null;
    if (before !== null)
      return reply.redirect(`/login?${new URLSearchParams({ next: lostFormAt(request, owner, before) })}`, 303);
    return reply.redirect(isPerson ? '/login' : '/register', 303);
  }
  if (!isPerson) return reply.redirect('/register?ended=kept', 303);
  return reply.redirect(`/login?${new URLSearchParams({ next: unsavedFormAt(owner, id), ended: 'kept' })}`, 303);
}

/** An address so long still fits, sealed, into that of the sign-in. */
const LONGEST_PAGE = 1000;

/** What browsers write into an address as it is: a control character may make another site of it, and the rest is longer once sealed. */
const PLAIN_PATH = /^\/(?!\/)[!#-[\]-~]*$/;

/** The page of this site that the form was sent from; null when the browser does not say. */
function pageBefore({ headers, server }: Request) {
  const from = headers.referer ?? '';
  const base = `${server.baseUrl()}/`;
  const page = from.startsWith(base) ? from.slice(base.length - 1) : '';
  return PLAIN_PATH.test(page) && page.length <= LONGEST_PAGE ? page : null;
}

/** A form without the token of this browser: one of another site, or one of ours from before somebody signed in again. */
async function answerForeignForm(request: Request, reply: Reply, resultOf: ResultOf) {
  const owner = isFromHere(request) ? shownTo(request) : null;
  const actor = ownerOf(request.actor);
  if (owner === null) return errorPage(request, reply, 403, { key: 'error.foreignForm.text' });
  if (actor === null) return sessionEnded(request, reply, owner);
  const act = actOf(request);
  const isDone = await wasDone(request.server.db, act);
  if (!isSameOwner(owner, actor)) {
    if (!isDone) await keepRequest(request, owner);
    return errorPage(request, reply, 403, { key: 'unsaved.otherPerson', title: 'unsaved.heading' });
  }
  const { form, show } = request.routeOptions.config;
  checkAccess(request, request.routeOptions.config);
  if (isDone) return reply.redirect((await resultOf(request, act)) ?? request.url, 303);
  if (!readAddress(request)) throw new NotFound();
  if (!form || !show) return errorPage(request, reply, 403, { key: 'unsaved.pressAgain', title: 'unsaved.notDone' });
  const again = refusedForm(form, request.body, {}, { key: 'unsaved.stale' });
  return show(request, reply.code(409), { ...again, heading: 'unsaved.heading' });
}

function tooManyTries(error: TooManyTries, request: Request, reply: Reply) {
  const minutes = Math.max(1, Math.ceil((error.until.getTime() - request.server.clock().getTime()) / MINUTE));
  const problem = { key: error.key, params: { minutes } };
  const { form, show } = request.asking ?? request.routeOptions.config;
  if (error.status === 429) reply.header('retry-after', minutes * 60);
  // after wrong tries the address is shut out of the page; a form that was only sent too often keeps what was typed
  const again = error.status === 422 || error.key === 'error.tooMany';
  if (again && form && show)
    return show(request, reply.code(error.status), refusedForm(form, request.body, {}, problem));
  return errorPage(request, reply, error.status, problem);
}

/** What logs of servers commonly call it when the client hangs up; nobody reads it. */
const CLIENT_GONE = 499;

/** As long as it may take to serve those who wait. */
const BUSY_SECONDS = 30;

type ErrorStatus = 400 | 403 | 404 | 405 | 409 | 413 | 422 | 429 | 500 | 503;

async function errorPage(
  request: Request,
  reply: Reply,
  status: ErrorStatus,
  problem?: Sentence & { again?: string; title?: Label },
) {
  reply.code(status);
  return page(request, reply, 'error', {
    title: problem?.title ?? (`error.${status}.title` as Label),
    reference: request.id,
    problem: problem ?? { key: `error.${status}.text` as Label },
    sop: undefined,
  });
}

/** The methods that some route answers at a path: to tell "not here" from "not so". */
function methodsAt(app: App, path: string) {
  return (['GET', 'POST'] as const).filter(
    (method) =>
      app.findRoute !== undefined &&
      app.routePatterns.some((route) => route.method === method && route.pattern.test(path)),
  );
}
