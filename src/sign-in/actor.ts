import type { Actor } from '../platform/actor.ts';
import type { App, Request } from '../platform/app-types.ts';

/** Reads anew, for every request, who is asking and what that person may: the session holds no rights. */
export function recogniseActor(app: App) {
  app.decorateRequest('actor');
  app.decorateRequest('mustChangePassword', false);
  app.decorateRequest('agencyName', null);
  app.addHook('onRequest', async (request) => {
    request.actor = await readActor(request);
  });
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
    act: null,
  };
  const { userId, accessCodeId } = request.session;
  if (userId !== undefined) {
    const user = await request.server.db
      .selectFrom('user')
      .leftJoin('agency', 'agency.id', 'user.agency_id')
      .select(['user.id', 'role', 'agency_id', 'full_name', 'email', 'must_change_password', 'agency.name as agency'])
      .where('user.id', '=', userId)
      .where('status', '=', 'active')
      .executeTakeFirst();
    if (user === undefined) return visitor;
    request.mustChangePassword = user.must_change_password === 1;
    request.agencyName = user.agency;
    return {
      ...visitor,
      role: user.role,
      userId: user.id,
      agencyId: user.agency_id,
      name: user.full_name,
      email: user.email,
    };
  }
  if (accessCodeId !== undefined) {
    const code = await request.server.db
      .selectFrom('access_code')
      .innerJoin('agency', 'agency.id', 'access_code.agency_id')
      .select(['access_code.id', 'agency_id', 'full_name', 'agency.name as agency'])
      .where('access_code.id', '=', accessCodeId)
      .where('status', 'not in', ['revoked', 'activated'])
      .where('expires_at', '>', request.server.clock().toISOString())
      .executeTakeFirst();
    if (code === undefined) return visitor;
    request.agencyName = code.agency;
    return { ...visitor, role: 'applicant', accessCodeId: code.id, agencyId: code.agency_id, name: code.full_name };
  }
  return visitor;
}
