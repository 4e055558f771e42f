import { MINUTE, SECOND } from '../base/time.ts';
import type { App } from './app-types.ts';

/** A form is there in one or two packets: what takes longer than this is no browser, or a line that nobody can work with. */
const LONGEST_FORM = 30 * SECOND;
/**
 * How long any request may take to arrive, with a file. 5 MB need 80 seconds on a line of 512 kbit/s; in five minutes they
 * come even over one of 150 kbit/s.
 */
export const LONGEST_BODY = 5 * MINUTE;
/** How long the head of a request may take to arrive. */
export const LONGEST_HEAD = 30 * SECOND;

/**
 * Node has one limit for the bodies of all requests, so it is the one for files, and every route that takes none keeps the
 * shorter one by this: whoever lets a form drip in byte by byte holds a connection half a minute and not five.
 */
export function limitBodies(app: App, longest = LONGEST_FORM) {
  app.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request;
    const hasBody = Number(raw.headers['content-length'] ?? 0) > 0 || raw.headers['transfer-encoding'] !== undefined;
    if (hasBody && !raw.complete && !request.routeOptions.config.upload) {
      const timer = setTimeout(() => raw.complete || raw.destroy(), longest).unref();
      for (const event of ['end', 'close']) raw.once(event, () => clearTimeout(timer));
    }
    done();
  });
}

/**
 * A connection on which nobody says anything for a minute is closed, but for whoever has sent all of a form and waits for its
 * answer: an office that signs in at once waits longer for its turns. Whoever does not read the answer is closed out as before.
 */
export function waitForAnswers(app: App) {
  app.addHook('preHandler', ({ method, raw }, _reply, done) => {
    if (method === 'POST' && raw.complete) raw.socket.setTimeout?.(0);
    done();
  });
  app.addHook('onSend', ({ method, raw }, _reply, _payload, done) => {
    if (method === 'POST') raw.socket.setTimeout?.(app.server.timeout);
    done();
  });
}
