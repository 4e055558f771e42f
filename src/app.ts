import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import session from '@fastify/session';
import fastifyStatic from '@fastify/static';
import Fastify from 'fastify';
import { accessCodes } from './access-codes/routes.ts';
import { accountRequests } from './account-requests/routes.ts';
import { agencies } from './agencies/routes.ts';
import { auditTrail } from './audit-trail/routes.ts';
import { backups } from './backups/routes.ts';
import type { Secrets } from './base/secrets.ts';
import type { Settings } from './base/settings.ts';
import { type Clock, SECOND } from './base/time.ts';
import { bulk } from './bulk/routes.ts';
import { clock as serverClock } from './clock/routes.ts';
import { contacts } from './contacts/routes.ts';
import { corrections } from './corrections/routes.ts';
import { dashboard } from './dashboard/routes.ts';
import { inAct } from './data/act.ts';
import type { Db } from './data/database.ts';
import { readSystemSettings } from './data/system-settings.ts';
import { openDirectory } from './directory/connector.ts';
import { FIELDS } from './directory/mapping.ts';
import { offeredPasswords } from './directory/passwords/offer.ts';
import { directory } from './directory/routes.ts';
import { standingOf } from './directory/standing.ts';
import { groups } from './groups/routes.ts';
import { home } from './home/routes.ts';
import { identities } from './identities/routes.ts';
import { mailboxLife } from './mailbox-life/routes.ts';
import { mailboxes } from './mailboxes/routes.ts';
import { menuOf } from './menu.ts';
import { myAccount } from './my-account/routes.ts';
import { outbox } from './outbox/routes.ts';
import { records } from './records/routes.ts';
import { reports } from './reports/routes.ts';
import { searching } from './search/routes.ts';
import { recogniseActor } from './sign-in/actor.ts';
import type { DemoSignIn } from './sign-in/login.ts';
import { passkeys } from './sign-in/passkeys/routes.ts';
import { NO_DIRECTORY } from './sign-in/password.ts';
import { askPresentPassword } from './sign-in/present-password.ts';
import { signIn } from './sign-in/routes.ts';
import { secondFactor } from './sign-in/second-factor/routes.ts';
import { titleOf } from './sop/index.ts';
import { tickets } from './tickets/routes.ts';
import { resultOf } from './trail/places.ts';
import { transfers } from './transfers/routes.ts';
import { undo } from './undo/routes.ts';
import { usage } from './usage/routes.ts';
import { guardAccess } from './web/access.ts';
import type { App } from './web/app-types.ts';
import { LONGEST_BODY, LONGEST_HEAD, limitBodies, waitForAnswers } from './web/body-time.ts';
import { cookieName, cookieOptions, cookieSigner, isOverTls } from './web/cookies.ts';
import { protectForms } from './web/csrf.ts';
import { answerErrors } from './web/error-pages.ts';
import { guardBrowsers, varyByEncoding } from './web/headers.ts';
import { servePages } from './web/pages.ts';
import type { SchemaTypes } from './web/parameters.ts';
import { countRefusals } from './web/refusals.ts';
import { acceptForms, dropPorts, endConnections, knowRoutes, readableAddress } from './web/requests.ts';
import { sessionStore } from './web/session.ts';
import { sessionEnds } from './web/session-end.ts';
import { unsavedForms } from './web/unsaved-form-page.ts';
import { readFieldsFirst } from './web/uploads.ts';
import { sharedValidators } from './web/validators.ts';

export type Parts = {
  db: Db;
  /** The same database for long reading; left out where nobody else waits. */
  reader?: Db;
  settings: Settings;
  secrets: Secrets;
  clock?: Clock;
  answerAfter?: App['answerAfter'];
  baseUrl?: () => string;
  /** A trial installation: its sign-ins are shown on the sign-in page. */
  demo?: DemoSignIn[];
};

/** The whole application over an open, migrated database; it does not listen yet. */
export async function buildApp({
  db,
  reader = db,
  settings,
  secrets,
  clock = () => new Date(),
  answerAfter = (milliseconds) => setTimeout(milliseconds),
  baseUrl,
  demo,
}: Parts): Promise<App> {
  const app: App = Fastify({
    logger: {
      level: settings.logLevel,
      serializers: {
        req: ({ method, routeOptions, ip }) => ({ method, route: routeOptions?.url, from: ip }),
        res: ({ statusCode, request }) => ({ statusCode, user: request?.actor?.userId ?? undefined }),
      },
    },
    trustProxy: settings.trustProxy ?? false,
    bodyLimit: 256 * 1024,
    requestTimeout: LONGEST_BODY,
    http: { headersTimeout: LONGEST_HEAD },
    connectionTimeout: 60 * SECOND,
    genReqId: () => randomUUID().slice(-10).toUpperCase(), // the random end of it: Node keeps random bytes for these ready
    rewriteUrl: (request) => {
      dropPorts(request);
      return readableAddress(request.url ?? '/');
    },
    routerOptions: { maxParamLength: 16_384 },
  }).withTypeProvider<SchemaTypes>();
  app.setValidatorCompiler(await sharedValidators()); // before it is parted: each part would compile its own

  app
    .decorate('db', db)
    .decorate('reader', reader)
    .decorate('clock', clock)
    .decorate('answerAfter', answerAfter)
    .decorate('settings', settings)
    .decorate('secrets', secrets)
    .decorate('directoryPasswords', NO_DIRECTORY)
    .decorate('directoryStanding', (item) => standingOf(db, item));
  app.decorate('baseUrl', baseUrl ?? (() => settings.baseUrl ?? `http://${settings.host}:${settings.port}`));
  if (settings.directory !== null) {
    const directory = openDirectory(settings.directory, FIELDS);
    app.directoryPasswords = offeredPasswords(db, directory, secrets.passwords);
    app.addHook('onClose', () => directory.close());
  }
  app.decorate('act', ({ actor }, work) => inAct(db, { actor, now: clock(), settings }, work));
  knowRoutes(app);

  await guardBrowsers(app, isOverTls(settings));
  // a page is compressed in one go: a stream for each holds a quarter of a megabyte until it is collected
  await app.register(compress, { threshold: 512, syncThreshold: 128 * 1024, encodings: ['gzip'] });
  const signer = cookieSigner(secrets.cookies);
  await app.register(cookie, { secret: signer });
  acceptForms(app);
  endConnections(app);
  varyByEncoding(app);
  await app.register(formbody, { bodyLimit: 256 * 1024 });
  await app.register(session, {
    secret: signer,
    cookieName: cookieName(settings, 'session'),
    cookie: cookieOptions(settings),
    saveUninitialized: false,
    rolling: false,
    store: sessionStore(db, clock, () => readSystemSettings(db, settings)),
  });
  await servePages(
    app,
    {
      menuOf: (actor) => menuOf(db, actor, clock()),
      notice: demo ? 'demo.notice' : null,
      procedureTitle: titleOf,
    },
    settings.logLevel !== 'debug',
  );
  countRefusals(app);
  answerErrors(app, (request, act) => resultOf(db, request.actor, act));
  limitBodies(app);
  waitForAnswers(app);
  recogniseActor(app);
  readFieldsFirst(app);
  await protectForms(app);
  guardAccess(app);
  askPresentPassword(app);

  await app.register(fastifyStatic, {
    root: join(import.meta.dirname, '../public'),
    serve: false,
    maxAge: '365d',
    immutable: true,
    index: false,
  });

  sessionEnds(app);
  unsavedForms(app);
  await home(app);
  await signIn(app, demo ?? []);
  await secondFactor(app);
  await passkeys(app, demo ?? []);
  await myAccount(app);
  await accessCodes(app);
  await accountRequests(app);
  await mailboxes(app);
  await mailboxLife(app);
  await identities(app);
  await corrections(app);
  await groups(app);
  await tickets(app);
  await agencies(app);
  await outbox(app);
  await contacts(app);
  await records(app);
  await reports(app);
  await directory(app);
  await bulk(app);
  await usage(app);
  await backups(app);
  await transfers(app);
  await undo(app);
  await serverClock(app);
  await dashboard(app);
  await auditTrail(app);
  await searching(app);
  return app;
}
