import type { FastifyContextConfig } from 'fastify';
import { Forbidden, SignInRequired } from '../base/errors.ts';
import type { App, Request } from './app-types.ts';

/**
 * Denies by default: every route must say who may use it, and every request is held against that.
 * The start fails for a route that declares nothing.
 */
export function guardAccess(app: App) {
  app.addHook('onRoute', (route) => {
    if (!route.config?.access?.length) throw new Error(`${route.method} ${route.url} does not declare who may use it`);
  });
  app.addHook('preValidation', (request, _reply, done) => {
    if (!request.is404) checkAccess(request, request.routeOptions.config);
    done();
  });
}

/** @throws SignInRequired or Forbidden where whoever asks may not use a route of this kind, or must do something else first */
export function checkAccess(request: Request, { access = [], first }: FastifyContextConfig) {
  if (access.includes('anyone')) return;
  const { role } = request.actor;
  const allowed = access.some((each) => each === role || (each === 'user' && role === 'admin'));
  if (!allowed) {
    if (access.includes('applicant')) throw new SignInRequired('/register');
    if (role === 'visitor' || role === 'applicant') throw new SignInRequired('/login');
    throw new Forbidden();
  }
  const { mustFirst } = request;
  if (mustFirst !== null && mustFirst !== first) throw new SignInRequired(mustFirst);
}
