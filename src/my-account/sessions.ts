import { digest } from '../base/secrets.ts';
import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import type { sayers } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { browserOf } from './browser.ts';
import { endOtherSessions, endOwnSession } from './own-sessions.ts';
import { latestTries, listOwnSessions, type OwnSession } from './queries.ts';

type Listed = OwnSession & { present: boolean };

function inWords({ agent }: OwnSession, say: ReturnType<typeof sayers>) {
  const { browser, system } = browserOf(agent);
  if (browser !== null && system !== null) return say.t('my-sessions.on', { browser, system });
  return browser ?? system ?? say.t('my-sessions.unknown');
}

const SessionListing: Listing<Listed> = {
  title: 'my-sessions.title',
  intro: 'my-sessions.intro',
  empty: 'my-sessions.empty',
  searchLabel: 'my-sessions.search',
  exportName: 'sessions',
  sort: 'seen_at',
  descending: true,
  columns: [
    { label: 'field.browser', value: inWords },
    { label: 'field.network_address', value: (row) => row.address, sort: 'address' },
    { label: 'my-sessions.began', value: (row, say) => say.time(row.created_at), sort: 'created_at' },
    { label: 'my-sessions.seen', value: (row, say) => say.time(row.seen_at), sort: 'seen_at' },
    {
      label: 'field.status',
      value: (row, say) => say.t(row.present ? 'my-sessions.present' : 'my-sessions.other'),
      tone: (row) => (row.present ? 'good' : 'plain'),
    },
    {
      label: 'list.action',
      value: () => '',
      post: (row) => (row.present ? null : { action: `/me/sessions/${row.id}/end`, label: 'my-sessions.end' }),
    },
  ],
};

/** Where the person is signed in; each session can be ended from another one. */
export function sessions(app: App) {
  const config = { access: ['user', 'helpdesk'] } as const;
  const ending = { ...config, asksPassword: true } as const;
  const Digest = parameters({ id: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' } }, 'id');

  const show = async (request: Request, reply: Reply) => {
    const present = digest(request.session.sessionId);
    const tries = await latestTries(app.db, request.actor);
    return showList(
      request,
      reply,
      SessionListing,
      async (query, db) => {
        const { rows, total } = await listOwnSessions(db, request.actor, query, app.clock());
        return { rows: rows.map((row) => ({ ...row, present: row.id === present })), total };
      },
      { view: 'my-account/sessions', tries },
    );
  };

  app.get('/me/sessions', { schema: { querystring: ListSchema }, config }, show);

  // the page that asks for the password stands at these addresses
  for (const ended of ['/me/sessions/:id/end', '/me/sessions/end-others'])
    app.get(ended, { config }, (_request, reply) => reply.redirect('/me/sessions', 303));

  app.post('/me/sessions/:id/end', { schema: { params: Digest }, config: ending }, async (request, reply) => {
    await app.act(request, (act) => endOwnSession(act, request.params.id));
    setFlash(reply, { key: 'my-sessions.ended' });
    return reply.redirect('/me/sessions', 303);
  });

  app.post('/me/sessions/end-others', { config: ending }, async (request, reply) => {
    const count = await app.act(request, (act) => endOtherSessions(act, request.session.sessionId));
    setFlash(reply, { key: 'my-sessions.othersEnded', params: { count } });
    return reply.redirect('/me/sessions', 303);
  });
}
