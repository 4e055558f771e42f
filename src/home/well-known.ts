import { NotFound } from '../base/errors.ts';
import { DAY, later } from '../base/time.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import type { App } from '../web/app-types.ts';

/** RFC 9116, 2.5.5: less than a year; each answer begins it anew. */
const TOLD_FOR = 90 * DAY;

/** Search engines may list what a visitor can do; everything else is somebody's own. */
const ROBOTS = `User-agent: *
Allow: /$
Allow: /access-code-requests/new$
Allow: /register$
Allow: /public/
Disallow: /
`;

/** What programs ask of every site at an address that is the same everywhere. */
export function wellKnown(app: App) {
  const config = { access: ['anyone'] } as const;

  app.get('/robots.txt', { config }, (_request, reply) => reply.type('text/plain; charset=utf-8').send(ROBOTS));

  app.get('/favicon.ico', { config }, (_request, reply) =>
    reply.sendFile('favicon.ico', { maxAge: DAY, immutable: false }),
  );

  // where password managers send who should change one (W3C, A Well-Known URL for Changing Passwords)
  app.get('/.well-known/change-password', { config }, (_request, reply) => reply.redirect('/me/password', 303));

  app.get('/.well-known/security.txt', { config }, async (_request, reply) => {
    const { helpdeskEmail } = await readSystemSettings(app.db, app.settings);
    if (helpdeskEmail === null) throw new NotFound();
    const address = `${app.baseUrl()}/.well-known/security.txt`;
    const lines = [
      `Contact: mailto:${encodeURI(helpdeskEmail)}`,
      `Expires: ${later(app.clock(), TOLD_FOR).toISOString()}`,
      'Preferred-Languages: ms, en',
      address.startsWith('https:') ? `Canonical: ${address}` : null, // RFC 9116, 2.5.2: never without TLS
    ];
    return reply.type('text/plain; charset=utf-8').send(`${lines.filter((line) => line !== null).join('\n')}\n`);
  });
}
