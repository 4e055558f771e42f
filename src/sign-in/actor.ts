import { type Actor, asPerson } from '../base/actor.ts';
import { digest } from '../base/secrets.ts';
import { dayOf } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import { fixedRead } from '../data/fixed-read.ts';
import type { SignInRole } from '../data/schema.ts';
import { whileUnchanged } from '../data/unchanged.ts';
import type { App, MustFirst, Reply, Request } from '../web/app-types.ts';
import { findSession } from '../web/session.ts';
import { browserIn } from './known-places.ts';
import { secondFactorOf } from './second-factor/queries.ts';
import { mustHaveSecondFactor, type Requirement, readRequirement } from './second-factor/requirement.ts';

/**
 * Reads anew, for every request, who is asking and what that person may: the session holds no rights. A form may take its
 * time to come: it counts who may what when all of it is there.
 */
export function recogniseActor(app: App) {
  app.decorateRequest('actor');
  app.decorateRequest('mustFirst', null);
  app.decorateRequest('agencyName', null);
  app.decorateRequest('gone', null);
  app.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') request.gone = goneOf(reply);
    request.actor = await readActor(request);
  });
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.method === 'GET' || request.method === 'HEAD') return done();
    request.mustFirst = null;
    request.agencyName = null;
    readActor(request).then((actor) => {
      request.actor = actor;
      done();
    }, done);
  });
}

/** Says when the connection ends before the answer does. */
function goneOf(reply: Reply) {
  const gone = new AbortController();
  reply.raw.once('close', () => reply.raw.writableFinished || gone.abort());
  return gone.signal;
}

async function readActor(request: Request): Promise<Actor> {
  const visitor: Actor = {
    role: 'visitor',
    userId: null,
    accessCodeId: null,
    agencyId: null,
    name: '',
    email: null,
    address: request.ip,
    browser: browserIn(request),
    ...(request.gone && { gone: request.gone }),
    act: null,
  };
  const { db } = request.server;
  const { userId, accessCodeId, stored, sessionId } = request.session;
  if (stored && (await findSession(db, digest(sessionId))) === undefined) return visitor;
  if (userId !== undefined) {
    const user = await whileUnchanged(db, `sign-in ${userId}`, () => findUser(db, userId));
    if (user === undefined) return visitor;
    request.mustFirst = mustFirst(user, await readRequirement(db), isDelayed(request, user.login_id));
    request.agencyName = user.agency;
    return asPerson(visitor, user);
  }
  if (accessCodeId !== undefined) {
    const code = await whileUnchanged(db, `access code ${accessCodeId}`, () => findCode(db, accessCodeId));
    if (code === undefined || code.expires_at <= request.server.clock().toISOString()) return visitor;
    request.agencyName = code.agency;
    return { ...visitor, role: 'applicant', accessCodeId: code.id, agencyId: code.agency_id, name: code.full_name };
  }
  return visitor;
}

/** May this person still do without a second factor? The last day itself is free. */
function isDelayed({ server }: Request, loginId: string) {
  const last = server.settings.secondFactorDelays[loginId];
  return last !== undefined && dayOf(server.clock()) <= last;
}

type Known = { role: SignInRole; must_change_password: number; has_second_factor: number };

/** What is to be done before anything else: one after the other, when it is both. */
function mustFirst(user: Known, requirement: Requirement, isDelayed: boolean): MustFirst | null {
  if (user.must_change_password === 1) return '/me/password';
  if (isDelayed) return null;
  return mustHaveSecondFactor(requirement, user.role) && user.has_second_factor === 0 ? '/me/second-factor' : null;
}

const findUser = fixedRead((db, id: number) =>
  db
    .selectFrom('user')
    .leftJoin('agency', 'agency.id', 'user.agency_id')
    .select([
      'user.id',
      'login_id',
      'role',
      'agency_id',
      'full_name',
      'email',
      'must_change_password',
      'agency.name as agency',
    ])
    .select(secondFactorOf('user.id').as('has_second_factor'))
    .where('user.id', '=', id)
    .where('status', '=', 'active'),
);

function findCode(db: Db, id: number) {
  return db
    .selectFrom('access_code')
    .innerJoin('agency', 'agency.id', 'access_code.agency_id')
    .select(['access_code.id', 'agency_id', 'full_name', 'expires_at', 'agency.name as agency'])
    .where('access_code.id', '=', id)
    .where('status', 'not in', ['revoked', 'activated'])
    .executeTakeFirst();
}
