import { Busy, Forbidden, TooManyTries, WrongTry } from '../base/errors.ts';
import { InvalidForm } from '../forms/form.ts';
import type { App, Request } from './app-types.ts';
import { ForeignForm } from './csrf.ts';
import { keepRefusedPage } from './throttle.ts';

/** Why something was refused that may have been an attack. */
export const REFUSALS = [
  'wrong',
  'name-shut',
  'network-shut',
  'sent-too-often',
  'busy',
  'page',
  'foreign-form',
] as const;
type Refusal = (typeof REFUSALS)[number];

declare module 'fastify' {
  interface FastifyInstance {
    /** How often each was refused since the start. */
    refusals: Map<Refusal, number>;
  }
}

/** Counts what is refused from now on, for `/metrics`. */
export function countRefusals(app: App) {
  app.decorate('refusals', new Map(REFUSALS.map((why) => [why, 0])));
}

/** Logs and counts who was refused what, from where and why, if it may be an attack; nothing that was typed. */
export async function noteRefusal(thrown: Error, request: Request) {
  const error = thrown instanceof InvalidForm ? (thrown.wrong ?? thrown) : thrown;
  const why = refusalOf(error);
  if (why === null) return;
  const { refusals } = request.server;
  refusals.set(why, (refusals.get(why) ?? 0) + 1);
  const { what = null, userId = null } =
    error instanceof WrongTry || error instanceof TooManyTries ? (error.tried ?? {}) : {};
  const { userId: by, role, address } = request.actor;
  request.log.warn({ why, what, person: userId, by, role, address }, SAID[why]);
  if (why === 'page' && by !== null)
    await keepRefusedPage(request.server.db, by, address, request.routeOptions.url ?? '', request.server.clock());
}

function refusalOf(error: Error): Refusal | null {
  if (error instanceof WrongTry) return 'wrong';
  if (error instanceof TooManyTries) {
    if (error.tried === undefined) return 'sent-too-often';
    return error.status === 429 ? 'network-shut' : 'name-shut';
  }
  if (error instanceof Busy) return 'busy';
  if (error instanceof Forbidden) return 'page';
  return error instanceof ForeignForm ? 'foreign-form' : null;
}

const SAID: Record<Refusal, string> = {
  wrong: 'a wrong try',
  'name-shut': 'a try where the name is shut',
  'network-shut': 'a try from a network that is shut',
  'sent-too-often': 'a form that was sent too often',
  busy: 'too many wait for passwords to be compared',
  page: 'a page that is not for this person',
  'foreign-form': 'a form without the token of a page',
};
