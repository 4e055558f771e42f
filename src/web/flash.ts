import { seal, unseal } from '../base/secrets.ts';
import { later, MINUTE, SECOND } from '../base/time.ts';
import type { Label, Sentence } from '../texts.ts';
import type { Reply, Request } from './app-types.ts';
import { cookieName, cookieOptions } from './cookies.ts';

/**
 * What the next page says once: that something was done and how far, or was not (a warning), who was mailed, what comes next, and,
 * right after it was made, a code or link that is kept nowhere. It travels sealed in a cookie of the browser that did it.
 */
export type Flash = Sentence & {
  more?: Label | undefined;
  mailed?: string[];
  next?: Label;
  secret?: string;
  /** Where what was done is taken back. */
  undo?: string;
  isWarning?: true;
};

const SHOWN_WITHIN = 2 * MINUTE;
/** A cookie holds no more than 4 KB: of many who were mailed, so many are named, and the rest is a number. */
const MOST_NAMED = 15;

/** A flash, for whom it is, and until when: a cookie that somebody kept or carried elsewhere shows nothing. */
type Sealed = Flash & { userId: number | null; until: string };

export function setFlash(reply: Reply, flash: Flash) {
  const { secrets, settings, clock } = reply.server;
  const until = later(clock(), SHOWN_WITHIN).toISOString();
  const mailed = few(flash.mailed ?? []);
  const sealed: Sealed = { ...flash, mailed, userId: reply.request.actor.userId, until };
  reply.setCookie(cookieName(settings, 'flash'), seal(secrets.flash, JSON.stringify(sealed)), {
    ...cookieOptions(settings),
    maxAge: SHOWN_WITHIN / SECOND,
  });
}

/** What is done, or, where it was to be told to somebody and nobody is there who could be, `untold` as a warning. */
export const toldFlash = (mailed: string[], flash: Flash, untold: Label): Flash =>
  mailed.length > 0 ? flash : { key: untold, isWarning: true };

function few(addresses: string[]) {
  const rest = addresses.length - MOST_NAMED;
  return rest > 0 ? [...addresses.slice(0, MOST_NAMED), `+${rest}`] : addresses;
}

/** The message for this page, which is then gone. */
export function takeFlash(request: Request, reply: Reply): Flash | null {
  const { settings } = reply.server;
  const name = cookieName(settings, 'flash');
  const sealed = request.cookies[name];
  if (!sealed) return null;
  reply.clearCookie(name, cookieOptions(settings));
  const text = unseal(reply.server.secrets.flash, sealed);
  if (text === null) return null;
  const { userId, until, ...flash } = JSON.parse(text) as Sealed;
  const isGood = userId === request.actor.userId && until > reply.server.clock().toISOString();
  return isGood ? flash : null;
}
