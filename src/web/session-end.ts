import { readSystemSettings } from '../data/system-settings.ts';
import type { App, Request } from './app-types.ts';
import { secondsLeft } from './session.ts';

/** When the session of whoever asks ends, and where a page asks to go on with it; null for a visitor. */
export async function sessionEnd({ actor, session, server }: Request) {
  if (actor.userId === null && actor.accessCodeId === null) return null;
  const lifetimes = await readSystemSettings(server.db, server.settings);
  const left = await secondsLeft(server.db, session.sessionId, lifetimes, server.clock());
  return left && { ...left, ask: actor.userId === null ? '/register/session' : '/me/session' };
}

/** What a page asks that somebody works on for long: to ask is to go on with the session. */
export function sessionEnds(app: App) {
  const answer = async (request: Request) => {
    const { idle, whole } = (await sessionEnd(request)) ?? { idle: 0, whole: 0 };
    return { idle, whole };
  };
  app.get('/me/session', { config: { access: ['user', 'helpdesk'] } }, answer);
  app.get('/register/session', { config: { access: ['applicant'] } }, answer);
}
