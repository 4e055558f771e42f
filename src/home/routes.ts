import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLanguage } from '../base/language.ts';
import { homeOf, localPath } from '../sign-in/login.ts';
import type { App } from '../web/app-types.ts';
import { cookieName, cookieOptions } from '../web/cookies.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { health } from './health.ts';
import { metrics } from './metrics.ts';
import { wellKnown } from './well-known.ts';

const PUBLIC = join(import.meta.dirname, '../../public');

/** What each first page brings along is sent without what is for those who read the source: half a kilobyte of fourteen. */
const PACKED: Record<string, (text: string) => string> = {
  'site.css': (css) => css.replace(/([{};,])\n\s*/g, '$1'),
  'site.js': (script) => script.replace(/^\s*\/\/.*\n/gm, '').replace(/^\s+/gm, ''),
};

const YEAR_IN_SECONDS = 31_536_000;

/** The start page, the language switch, the files that browsers keep, and what machines ask. */
export async function home(app: App) {
  app.get('/', { config: { access: ['anyone'] } }, async (request, reply) => {
    const { role } = request.actor;
    if (role === 'user' || role === 'admin' || role === 'helpdesk') return reply.redirect(homeOf(role), 303);
    return page(request, reply, 'home/home');
  });

  app.post('/language', { config: { access: ['anyone'] } }, async (request, reply) => {
    const { language, return_to } = request.body as Record<string, unknown>;
    reply.setCookie(cookieName(app.settings, 'language'), readLanguage(language), {
      ...cookieOptions(app.settings),
      maxAge: YEAR_IN_SECONDS,
    });
    return reply.redirect(localPath(typeof return_to === 'string' ? return_to : undefined) ?? '/', 303);
  });

  const file = {
    schema: { params: parameters({ file: { type: 'string', pattern: '^[a-z0-9-]+\\.[a-z0-9]+$' } }, 'file') },
  };
  const packed = new Map(
    Object.entries(PACKED).map(([name, pack]) => [name, pack(readFileSync(join(PUBLIC, name), 'utf8'))]),
  );
  app.get('/public/:file', { ...file, config: { access: ['anyone'] } }, (request, reply) => {
    const text = packed.get(request.params.file);
    if (text === undefined) return reply.sendFile(request.params.file);
    reply.header('cache-control', `public, max-age=${YEAR_IN_SECONDS}, immutable`);
    return reply.type(request.params.file.endsWith('.css') ? 'text/css' : 'text/javascript').send(text);
  });

  wellKnown(app);
  health(app);
  metrics(app);
}
