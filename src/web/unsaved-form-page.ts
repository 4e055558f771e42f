import type { FastifyContextConfig } from 'fastify';
import { NotFound } from '../base/errors.ts';
import { seal, unseal } from '../base/secrets.ts';
import { keepable, refusedForm } from '../forms/form.ts';
import { checkAccess } from './access.ts';
import type { App, Reply, Request } from './app-types.ts';
import { isSameOwner, type Owner, ownerOf } from './form-owner.ts';
import { parameters } from './parameters.ts';
import { findUnsavedForm, keepForm, noteShown, type UnsavedForm } from './unsaved-forms.ts';

/**
 * Keeps a form that came when its session had ended, for the person whom it was shown to, until that person has signed in
 * again.
 * @returns its number; null when there is nothing to keep or no room for it
 */
export async function keepRequest(request: Request, owner: Owner): Promise<number | null> {
  const { url: route, config } = request.routeOptions;
  if (route === undefined || !config.form || !config.show || !readAddress(request)) return null;
  const body = keepable(config.form, request.body);
  if (Object.keys(body).length === 0) return null;
  const { db, secrets, clock } = request.server;
  const { url, params, query } = request;
  return keepForm(db, secrets.unsavedForms, { owner, route, url, params, query, body }, clock());
}

/** The path and what stands behind its `?`, read by the route's schemas: a form that is refused early was not read so far. */
export function readAddress(request: Request) {
  const { schema } = request.routeOptions;
  return (
    (!schema?.params || request.validateInput(request.params, 'params')) &&
    (!schema?.querystring || request.validateInput(request.query, 'querystring'))
  );
}

/**
 * Shows a form that was kept to its person, as it was typed: nothing of it has been done. Of one that could not be kept, its
 * person is led to the page that it stood on. Somebody else who signs in there is led home.
 */
export function unsavedForms(app: App) {
  const schema = {
    querystring: parameters({
      form: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
      before: { type: 'string', maxLength: 1900 },
    }),
  };
  const show = async (request: Request & { query: { form?: number; before?: string } }, reply: Reply) => {
    const owner = ownerOf(request.actor);
    if (owner === null) throw new NotFound();
    const { form: id, before } = request.query;
    if (before !== undefined) return reply.redirect(pageOfLost(request, before, owner) ?? '/', 303);
    if (id === undefined) throw new NotFound();
    const kept = await findUnsavedForm(app.db, app.secrets.unsavedForms, owner, id, app.clock());
    if (kept === null) return reply.redirect('/', 303);
    const route = routeOf(app, kept.route);
    checkAccess(request, route);
    if (!route.form || !route.show) throw new NotFound();
    await noteShown(app.db, id);
    const form = refusedForm(route.form, kept.body, {}, { key: 'unsaved.back' });
    return route.show(asItCame(request, kept, route), reply, { ...form, heading: 'unsaved.heading' });
  };
  app.get('/me/unsaved-form', { schema, config: { access: ['user', 'helpdesk'] } }, show);
  app.get('/register/unsaved-form', { schema, config: { access: ['applicant'] } }, show);
}

/** Where the page that a lost form stood on is found again, sealed: by its person alone, and no other address. */
export function lostFormAt({ server }: Request, owner: Owner, page: string) {
  const before = seal(server.secrets.unsavedForms, JSON.stringify({ lost: { owner, page } }));
  return `/me/unsaved-form?${new URLSearchParams({ before })}`;
}

function pageOfLost({ server }: Request, before: string, owner: Owner) {
  const text = unseal(server.secrets.unsavedForms, before);
  const { lost } = (text === null ? {} : JSON.parse(text)) as { lost?: { owner: Owner; page: string } };
  return lost !== undefined && isSameOwner(lost.owner, owner) ? lost.page : null;
}

/** @throws NotFound when the program that kept the form had a page that is no longer there */
function routeOf(app: App, url: string): FastifyContextConfig {
  const route = app.routePatterns.find((each) => each.method === 'POST' && each.url === url);
  if (route === undefined) throw new NotFound();
  return route.config;
}

/** The present request with the address and content of the one that came too late: what shows a refused form reads these. */
function asItCame(request: Request, { url, params, query, body }: UnsavedForm, config: FastifyContextConfig): Request {
  const values = { url, params, query, body, routeOptions: { ...request.routeOptions, config } };
  return Object.create(
    request,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
  ) as Request;
}
