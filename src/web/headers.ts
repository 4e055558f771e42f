import helmet from '@fastify/helmet';
import type { App } from './app-types.ts';

/** Written once: the plugin would put it together anew for each answer, which takes a tenth of a page's time. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join(';');

/** What no page of IPMS asks a browser for. */
const PERMISSIONS_POLICY = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';

/** Every answer, errors too, says what a browser may do with it. */
export async function guardBrowsers(app: App, secure: boolean) {
  app.addHook('onRequest', async (_request, reply) => {
    reply.raw.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
    reply.raw.setHeader('permissions-policy', PERMISSIONS_POLICY);
  });
  await app.register(helmet, {
    contentSecurityPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  });
}

const COMPRESSIBLE = /^text\/|\+xml|json|javascript/;

/** What a cache keeps between here and a browser may be compressed or not: each such answer says that it depends on who asks. */
export function varyByEncoding(app: App) {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (COMPRESSIBLE.test(String(reply.getHeader('content-type')))) reply.header('vary', 'accept-encoding');
    done();
  });
}
