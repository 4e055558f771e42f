import type { IncomingMessage } from 'node:http';
import type { App } from './app-types.ts';

declare module 'fastify' {
  interface FastifyInstance {
    routePatterns: { method: string; url: string; pattern: RegExp; config: FastifyContextConfig }[];
  }
}

/**
 * The address as routes know it: without a stroke at its end, as people and other programs add one, and taken literally where
 * its path cannot be decoded, so that its answer is a page like every other.
 */
export function readableAddress(address: string) {
  const [typed = ''] = address.split('?', 1);
  const path = withoutLastStroke(typed);
  const rest = address.slice(typed.length);
  try {
    decodeURIComponent(path);
    return path + rest;
  } catch {
    return path.replaceAll('%', '%25') + rest;
  }
}

/** One stroke is dropped; two are no address of IPMS. */
function withoutLastStroke(path: string) {
  return path.length > 1 && path.endsWith('/') && !path.endsWith('//') ? path.slice(0, -1) : path;
}

/** Keeps a list of all routes, for the answers 404 and 405 and for the tests that walk them. */
export function knowRoutes(app: App) {
  app.decorate('routePatterns', []);
  app.addHook('onRoute', (route) => {
    const pattern = new RegExp(`^${route.url.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+').replace(/\*/g, '.*')}$`);
    const { url, config = {} } = route;
    for (const method of [route.method].flat()) app.routePatterns.push({ method, url, pattern, config });
  });
}

/**
 * A posted form: each field is a string or some strings.
 * @param longest how many characters one may have
 */
export function formBody(longest = 20_000) {
  const field = { type: 'string', maxLength: longest };
  return {
    type: 'object',
    additionalProperties: { anyOf: [field, { type: 'array', maxItems: 6000, items: field }] },
  };
}

/** Only forms are read; what their fields mean is for the form to say. */
export function acceptForms(app: App) {
  app.removeAllContentTypeParsers();
  app.addHook('onRoute', (route) => {
    if (route.method !== 'POST' || route.schema?.body) return;
    route.schema = { ...route.schema, body: formBody() };
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    done();
  });
}

/** A page that is under way when the server is stopped is answered, and its connection ends with it: the stop waits for all of them. */
export function endConnections(app: App) {
  let isEnding = false;
  app.addHook('preClose', async () => {
    isEnding = true;
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isEnding) reply.header('connection', 'close');
    done();
  });
}

/**
 * Some proxies name a client with its port, `203.0.113.7:51234` or `[2001:db8::1]:443`. The port is another each time: it would
 * count one client as many, and stand in the audit trail. Dropped before anybody asks for the address.
 */
export function dropPorts({ headers }: IncomingMessage) {
  const given = headers['x-forwarded-for'];
  if (given === undefined) return;
  headers['x-forwarded-for'] = [given]
    .flat()
    .join(',')
    .split(',')
    .map((each) => each.trim().replace(/^"|"$/g, ''))
    .map((each) => /^\[([\da-f:.]+)\](?::\d+)?$/i.exec(each)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(each)?.[1] ?? each)
    .join(', ');
}
