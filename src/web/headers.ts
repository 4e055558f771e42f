import helmet from '@fastify/helmet';
import Fastify from 'fastify';
import type { App } from './app-types.ts';

const SELF = ["'self'"];
const NOWHERE = ["'none'"];

/** What no page of IPMS asks a browser for. */
const PERMISSIONS_POLICY = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';

/** Every answer, errors too, says what a browser may do with it. */
export async function guardBrowsers(app: App, secure: boolean) {
  const headers = Object.entries(await (secure ? overTls : inClear));
  app.addHook('onRequest', (_request, { raw }, done) => {
    for (const [name, value] of headers) raw.setHeader(name, value);
    done();
  });
}

/** The plugin puts its headers together anew for each answer, which takes a tenth of a page's time: here it is asked once. */
async function headersFor(secure: boolean): Promise<Record<string, string>> {
  const asked = Fastify();
  await asked.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: NOWHERE,
        styleSrc: SELF,
        scriptSrc: SELF,
        connectSrc: SELF,
        imgSrc: SELF,
        formAction: SELF,
        frameAncestors: NOWHERE,
        baseUri: NOWHERE,
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  });
  asked.get('/', async (_request, reply) => reply.raw.getHeaders());
  const headers = (await asked.inject('/')).json();
  await asked.close();
  return { ...headers, 'permissions-policy': PERMISSIONS_POLICY };
}

const [inClear, overTls] = [headersFor(false), headersFor(true)];

const COMPRESSIBLE = /^text\/|\+xml|json|javascript/;

/** What a cache keeps between here and a browser may be compressed or not: each such answer says that it depends on who asks. */
export function varyByEncoding(app: App) {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (COMPRESSIBLE.test(String(reply.getHeader('content-type')))) reply.header('vary', 'accept-encoding');
    done();
  });
}
